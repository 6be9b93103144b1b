//! People of a file, and the ties between them.

use sharewell_records::{
    CaseId, EntryId, Moment, ParentalResponsibility, Payload, Person, PersonId, PersonRole, Relationship,
    RelationshipId, RelationshipKind, same_address,
};
use sharewell_vault::{Recorded, Vault, people, relationships};

use super::same::{same_beside, same_number};
use crate::duties::number_to_check;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::restricted::{append_to_all, only_here, tie_only_here};
use crate::views::{PersonInput, TieInput, TieKind};
use crate::{input, store};

/// The latest form of a person of this file, and the entry that gave it.
fn known(vault: &Vault, case: CaseId, id: PersonId, field: &str) -> Result<Recorded<Person>> {
    store::read(vault, |r| {
        people::of_case(r, case)?
            .into_iter()
            .find(|person| person.record.id == id)
            .ok_or_else(|| Error::field(field, Problem::NotAnOption))
    })
}

/// The entry of whoever was chosen of this file.
pub(super) fn chosen(
    form: &mut Form,
    vault: &Vault,
    case: CaseId,
    id: Option<PersonId>,
    field: &str,
) -> Option<EntryId> {
    let id = form.chosen(field, id)?;
    form.take(known(vault, case, id, field)).map(|person| person.entry)
}

/// A tie to somebody of the file, and their entry.
fn tie(
    form: &mut Form,
    (vault, case): (&Vault, CaseId),
    id: RelationshipId,
    from: Option<PersonId>,
    typed: &TieInput,
) -> Option<(Relationship, EntryId)> {
    let kind = form.chosen("kind", typed.kind);
    let to = chosen(form, vault, case, typed.to, "to");
    form.fault_if(from.is_some() && from == typed.to, "to", Problem::NotAnOption);
    // Neither is asked of somebody who is there to work.
    let works = kind == Some(RelationshipKind::Professional);
    let parental_responsibility = match works {
        true => typed.parental_responsibility.or(Some(ParentalResponsibility::NotKnown)),
        false => form.chosen("parental_responsibility", typed.parental_responsibility),
    };
    let same_home = if works { typed.same_home.or(Some(false)) } else { typed.same_home };
    let note = form.text("note", &typed.note);
    let relationship = Relationship {
        id,
        from: from?,
        to: typed.to?,
        kind: kind?,
        parental_responsibility: parental_responsibility?,
        same_home,
        note,
    };
    Some((relationship, to?))
}

/// Adds a person, and how they are tied to somebody of the file. Gives the person's id.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be.
pub fn add_person(
    vault: &mut Vault,
    case: CaseId,
    typed: PersonInput,
    tie_typed: Option<TieInput>,
    now: Moment,
) -> Result<PersonId> {
    let mut form = Form::of_past_days(vault, now)?;
    let id = store::person_id(now);
    // The part played is not asked where the tie says it.
    let of_tie = || match tie_typed.as_ref()?.kind {
        Some(kind) => kind.role(),
        // That the tie is missing is told; the part may follow from it.
        None => Some(PersonRole::OtherAdult),
    };
    let typed = PersonInput { role: typed.role.or_else(of_tie), ..typed };
    let person = input::person(&mut form, id, &typed, None, now);
    let numbers = same_beside(&mut form, (vault, case), person.as_ref(), &typed, now);
    let tie = tie_typed.map(|typed| tie(&mut form, (vault, case), store::tie_id(now), Some(id), &typed));
    let (person, tie) = form.end(|| {
        Some((
            person?,
            match tie {
                Some(tie) => Some(tie?),
                None => None,
            },
        ))
    })?;
    store::write(vault, now, |w| {
        let added = append_to_all(w, case, &Payload::PersonRecorded { person }, &[])?;
        if let Some((relationship, to)) = tie {
            let tied = Payload::RelationshipRecorded { relationship };
            append_to_all(w, case, &tied, &[added.id, to])?;
        }
        for _ in numbers {
            w.append(Some(case), &number_to_check(id, now), &[added.id])?;
        }
        Ok(())
    })?;
    Ok(id)
}

/// Corrects a person's details, and nobody else's. The history keeps every earlier form.
///
/// # Errors
/// [`Error::Fields`] without a reason, or for what is not as it must be.
pub fn amend_person(
    vault: &mut Vault,
    case: CaseId,
    id: PersonId,
    typed: PersonInput,
    reason: &str,
    now: Moment,
) -> Result<()> {
    amend_person_and_home(vault, case, id, typed, Some(&[]), reason, now)
}

/// Corrects a person's details. Where the address is another one and others lived there too, it has to be said who moves
/// along; they are written with it, and whoever stays behind lives in another home from then on.
///
/// # Errors
/// As [`amend_person`]; `moves` where it was not said.
pub fn amend_person_and_home(
    vault: &mut Vault,
    case: CaseId,
    id: PersonId,
    typed: PersonInput,
    moves: Option<&[PersonId]>,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let before = known(vault, case, id, "person")?;
    let (family, all) = store::read(vault, |r| {
        only_here(r, case, id)?;
        Ok((Family::of(r, case)?, people::of_case(r, case)?))
    })?;
    let mut form = Form::of_past_days(vault, now)?;
    let person = input::person(&mut form, id, &typed, Some(&before.record), now);
    let numbers = same_number(&mut form, vault, person.as_ref(), &typed, now);
    let reason = form.reason("reason", reason);
    let moved = person.as_ref().is_some_and(|one| {
        !before.record.address.is_empty() && !same_address(&one.address, &before.record.address)
    });
    let there: Vec<PersonId> = family.shares_home_with(id).map(|one| one.id).filter(|_| moved).collect();
    let along = match (moves, there.is_empty()) {
        (None, false) => {
            form.fault("moves", Problem::Missing);
            &[]
        }
        (moves, _) => moves.unwrap_or_default(),
    };
    form.fault_if(moved && along.iter().any(|one| !there.contains(one)), "moves", Problem::NotAnOption);
    let mut person = form.end(|| person)?;
    // The window is never given the earlier names, so it cannot send them back.
    if !typed.forget_earlier_names {
        let kept = before.record.care.earlier_names.iter().cloned();
        person.care.earlier_names = kept.chain(std::mem::take(&mut person.care.earlier_names)).collect();
        person.care.earlier_names.dedup();
    }
    let along: Vec<Recorded<Person>> = all
        .into_iter()
        .filter(|one| moved && along.contains(&one.record.id))
        .map(|one| one.map(|other| Person { address: person.address.clone(), ..other }))
        .collect();
    let goes = |one: PersonId| one == id || along.iter().any(|other| other.record.id == one);
    let parted: Vec<Recorded<Relationship>> = store::read(vault, |r| {
        let ties = relationships::of_case(r, case)?.into_iter();
        let parts =
            |tie: &Relationship| moved && tie.same_home == Some(true) && goes(tie.from) != goes(tie.to);
        Ok(ties.filter(|tie| parts(&tie.record)).collect())
    })?;
    store::write(vault, now, |w| {
        let amended = Payload::PersonAmended { person, reason: reason.clone() };
        let amended = append_to_all(w, case, &amended, &[before.entry])?;
        for _ in numbers {
            w.append(Some(case), &number_to_check(id, now), &[amended.id])?;
        }
        for one in along {
            let amended = Payload::PersonAmended { person: one.record, reason: reason.clone() };
            append_to_all(w, case, &amended, &[one.entry])?;
        }
        for tie in parted {
            let relationship = Relationship { same_home: Some(false), ..tie.record };
            let amended = Payload::RelationshipAmended { relationship, reason: reason.clone() };
            append_to_all(w, case, &amended, &[tie.entry])?;
        }
        Ok(())
    })
}

/// Ties two people of the file. Gives the tie's id.
///
/// # Errors
/// [`Error::Fields`] where one of them is not in the file, or both are the same.
pub fn add_tie(
    vault: &mut Vault,
    case: CaseId,
    from: impl Into<Option<PersonId>>,
    typed: TieInput,
    now: Moment,
) -> Result<RelationshipId> {
    let from = from.into();
    let mut form = Form::new();
    let tied = chosen(&mut form, vault, case, from, "from");
    let relationship = tie(&mut form, (vault, case), store::tie_id(now), from, &typed);
    let (relationship, basis) = form.end(|| {
        let (relationship, to) = relationship?;
        Some((relationship, [tied?, to]))
    })?;
    let id = relationship.id;
    store::write(vault, now, |w| {
        append_to_all(w, case, &Payload::RelationshipRecorded { relationship }, &basis)?;
        Ok(())
    })?;
    Ok(id)
}

/// Ends a tie, or takes back one that was recorded in error.
///
/// # Errors
/// [`Error::Fields`] without a reason, [`Error::NotFound`] where no such tie stands.
pub fn end_tie(vault: &mut Vault, case: CaseId, id: RelationshipId, reason: &str, now: Moment) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = store::read(vault, |r| {
        tie_only_here(r, case, id)?;
        let ties = relationships::of_case(r, case)?;
        ties.into_iter()
            .find(|tie| tie.record.id == id)
            .map(|tie| tie.entry)
            .ok_or(Error::NotFound { what: "tie" })
    })?;
    store::write(vault, now, |w| {
        append_to_all(w, case, &Payload::RelationshipEnded { id, reason }, &[before])?;
        Ok(())
    })
}

/// Every kind of tie, in the order in which it is offered, and the part that it says somebody plays.
#[must_use]
pub fn tie_kinds() -> Vec<TieKind> {
    RelationshipKind::ALL.into_iter().map(|kind| TieKind { kind, role: kind.role() }).collect()
}
