//! People of a file, the ties between them, and the flags that keep them safe.

use sharewell_records::{
    CaseId, EntryId, Flag, FlagId, Moment, ParentalResponsibility, Payload, Person, PersonId, Relationship,
    RelationshipId, RelationshipKind,
};
use sharewell_vault::{Recorded, Vault, flags, people, relationships};

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::restricted::{append_to_all, flag_only_here, only_here, tie_only_here};
use crate::views::{FlagInput, PersonInput, TieInput};
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
fn chosen(
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
    let answered = |form: &mut Form| {
        let responsibility = form.chosen("parental_responsibility", typed.parental_responsibility);
        (responsibility, form.chosen("same_home", typed.same_home))
    };
    let (parental_responsibility, same_home) = match works {
        true => (
            typed.parental_responsibility.or(Some(ParentalResponsibility::NotKnown)),
            typed.same_home.or(Some(false)),
        ),
        false => answered(form),
    };
    let note = form.text("note", &typed.note);
    let relationship = Relationship {
        id,
        from: from?,
        to: typed.to?,
        kind: kind?,
        parental_responsibility: parental_responsibility?,
        same_home: same_home?,
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
    let mut form = Form::new();
    let id = store::person_id(now);
    let person = input::person(&mut form, id, &typed, None, now);
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
        Ok(())
    })?;
    Ok(id)
}

/// Corrects a person's details. The history keeps every earlier form.
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
    let before = known(vault, case, id, "person")?;
    store::read(vault, |r| only_here(r, case, id))?;
    let mut form = Form::new();
    let person = input::person(&mut form, id, &typed, Some(&before.record.birth), now);
    let reason = form.reason("reason", reason);
    let person = form.end(|| person)?;
    store::write(vault, now, |w| {
        append_to_all(w, case, &Payload::PersonAmended { person, reason }, &[before.entry])?;
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
