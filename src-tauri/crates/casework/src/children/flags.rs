//! The safety flags of a file's people.

use std::collections::BTreeSet;

use sharewell_guidance::practice;
use sharewell_records::{CaseId, EntryId, Flag, FlagId, FlagKind, Moment, Payload, PersonId};
use sharewell_vault::{Vault, flags};

use super::people::chosen;
use crate::error::{Error, Problem, Result};
use crate::input::{Form, at_most};
use crate::restricted::{append_to_all, flag_only_here, only_here};
use crate::views::{FlagInput, FlagReview, FlagsInput};
use crate::{clock, input, store};

/// When looking again is suggested, for each kind of flag that is set today.
#[must_use]
pub fn flag_reviews(now: Moment) -> Vec<FlagReview> {
    let today = clock::day_of(now);
    let suggested = |kind| FlagReview { kind, on: practice::review::look_again(kind, today).into() };
    FlagKind::ALL.into_iter().map(suggested).collect()
}

/// Sets several flags at once: each kind that was chosen on each person, in one write. Gives their ids.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be: a reason of its own at `reasons.0`, counted by people and then by
/// kinds as they were sent.
pub fn set_flags(vault: &mut Vault, case: CaseId, typed: &FlagsInput, now: Moment) -> Result<Vec<FlagId>> {
    let mut form = Form::new();
    let FlagsInput { people, kinds, .. } = typed;
    form.take(at_most(people, "people").and_then(|()| at_most(kinds, "kinds")));
    form.fault_if(people.is_empty(), "people", Problem::Missing);
    form.fault_if(kinds.is_empty(), "kinds", Problem::Missing);
    let mut on: Vec<(PersonId, EntryId)> = Vec::new();
    for person in people {
        form.take(store::read(vault, |r| only_here(r, case, *person)));
        on.extend(chosen(&mut form, vault, case, Some(*person), "people").map(|entry| (*person, entry)));
    }
    let standing = standing(vault, case)?;
    let twice = on.iter().any(|(person, _)| kinds.iter().any(|kind| standing.contains(&(*person, *kind))));
    form.fault_if(twice, "kinds", Problem::FlagStands);
    let shared = if typed.same_reason { form.reason("reason", &typed.reason) } else { String::new() };
    let mut flags = Vec::new();
    for (at_person, (person, entry)) in on.iter().enumerate() {
        for (at_kind, kind) in kinds.iter().enumerate() {
            let own = || {
                let mut reasons = typed.reasons.iter();
                reasons.find(|one| one.person == *person && one.kind == *kind).map_or("", |one| &one.reason)
            };
            let reason = match typed.same_reason {
                true => shared.clone(),
                false => form.reason(&format!("reasons.{}", at_person * kinds.len() + at_kind), own()),
            };
            let review = typed.reviews.iter().find(|one| one.kind == *kind).map(|one| &one.on);
            let field = format!("review_{}", kind.word());
            // Told once, at the kind, however many people it is set on.
            let review = match review {
                Some(on) if at_person == 0 => form.coming_day(&field, on, now),
                Some(on) => input::read_day(on, &field, now).ok().flatten(),
                None => None,
            };
            let flag = Flag { id: store::flag_id(now), person: *person, kind: *kind, reason, review };
            flags.push((flag, *entry));
        }
    }
    let flags = form.end(|| Some(flags))?;
    let ids = flags.iter().map(|(flag, _)| flag.id).collect();
    store::write(vault, now, |w| {
        for (flag, basis) in flags {
            append_to_all(w, case, &Payload::FlagSet { flag }, &[basis])?;
        }
        Ok(())
    })?;
    Ok(ids)
}

/// Which flags stand on whom: none is set a second time beside itself, where lifting one would leave the other.
fn standing(vault: &Vault, case: CaseId) -> Result<BTreeSet<(PersonId, FlagKind)>> {
    store::read(vault, |r| {
        Ok(flags::of_case(r, case)?.into_iter().map(|flag| (flag.record.person, flag.record.kind)).collect())
    })
}

/// Sets a safety flag on a person of the file. Gives the flag's id.
///
/// # Errors
/// [`Error::Fields`] without a reason, for a review in the past, or where the person is not in the file.
pub fn set_flag(vault: &mut Vault, case: CaseId, typed: FlagInput, now: Moment) -> Result<FlagId> {
    let mut form = Form::new();
    let basis = chosen(&mut form, vault, case, typed.person, "person");
    if let Some(person) = typed.person {
        form.take(store::read(vault, |r| only_here(r, case, person)));
    }
    let kind = form.chosen("kind", typed.kind);
    if let Some(both) = typed.person.zip(kind) {
        form.fault_if(standing(vault, case)?.contains(&both), "kind", Problem::FlagStands);
    }
    let reason = form.reason("reason", &typed.reason);
    let review = form.coming_day("review", &typed.review, now);
    let (flag, basis) = form.end(|| {
        let flag = Flag { id: store::flag_id(now), person: typed.person?, kind: kind?, reason, review };
        Some((flag, [basis?]))
    })?;
    let id = flag.id;
    store::write(vault, now, |w| {
        append_to_all(w, case, &Payload::FlagSet { flag }, &basis)?;
        Ok(())
    })?;
    Ok(id)
}

/// Lifts a safety flag, with the reason why it is safe now.
///
/// # Errors
/// [`Error::Fields`] without a reason, [`Error::NotFound`] where no such flag stands.
pub fn lift_flag(vault: &mut Vault, case: CaseId, id: FlagId, reason: &str, now: Moment) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = store::read(vault, |r| {
        flag_only_here(r, case, id)?;
        let standing = flags::of_case(r, case)?;
        standing
            .into_iter()
            .find(|flag| flag.record.id == id)
            .map(|flag| flag.entry)
            .ok_or(Error::NotFound { what: "flag" })
    })?;
    store::write(vault, now, |w| {
        append_to_all(w, case, &Payload::FlagLifted { id, reason }, &[before])?;
        Ok(())
    })
}
