//! People of a file, the ties between them, and the flags that keep them safe.

use sharewell_records::{
    CaseId, EntryId, Flag, FlagId, Moment, Payload, PersonId, Relationship, RelationshipId,
};
use sharewell_vault::{Vault, flags, people, relationships};

use crate::error::{Error, Problem, Result};
use crate::restricted::{append_to_all, flag_only_here, only_here, tie_only_here};
use crate::views::{FlagInput, PersonInput, TieInput};
use crate::{input, store};

/// The entry that gave a person of this file its latest form.
fn known(vault: &Vault, case: CaseId, id: PersonId, field: &str) -> Result<EntryId> {
    store::read(vault, |r| {
        people::of_case(r, case)?
            .into_iter()
            .find(|person| person.record.id == id)
            .map(|person| person.entry)
            .ok_or_else(|| Error::field(field, Problem::NotAnOption))
    })
}

fn tie(id: RelationshipId, from: PersonId, typed: &TieInput) -> Result<Relationship> {
    if from == typed.to {
        return Err(Error::field("to", Problem::NotAnOption));
    }
    Ok(Relationship {
        id,
        from,
        to: typed.to,
        kind: typed.kind,
        parental_responsibility: typed.parental_responsibility,
        same_home: typed.same_home,
        note: input::text(&typed.note, "note")?,
    })
}

/// Adds a person, and how they are tied to somebody of the file. Gives the person's id.
///
/// # Errors
/// [`Error::Field`] for what is not as it must be.
pub fn add_person(
    vault: &mut Vault,
    case: CaseId,
    typed: PersonInput,
    tie_typed: Option<TieInput>,
    now: Moment,
) -> Result<PersonId> {
    let person = input::person(store::person_id(now), &typed, now)?;
    let tie = match tie_typed {
        None => None,
        Some(typed) => {
            let to = known(vault, case, typed.to, "to")?;
            Some((tie(store::tie_id(now), person.id, &typed)?, to))
        }
    };
    let id = person.id;
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
/// [`Error::Field`] without a reason, or for what is not as it must be.
pub fn amend_person(
    vault: &mut Vault,
    case: CaseId,
    id: PersonId,
    typed: PersonInput,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = known(vault, case, id, "person")?;
    store::read(vault, |r| only_here(r, case, id))?;
    let person = input::person(id, &typed, now)?;
    store::write(vault, now, |w| {
        append_to_all(w, case, &Payload::PersonAmended { person, reason }, &[before])?;
        Ok(())
    })
}

/// Ties two people of the file. Gives the tie's id.
///
/// # Errors
/// [`Error::Field`] where one of them is not in the file, or both are the same.
pub fn add_tie(
    vault: &mut Vault,
    case: CaseId,
    from: PersonId,
    typed: TieInput,
    now: Moment,
) -> Result<RelationshipId> {
    let basis = [known(vault, case, from, "from")?, known(vault, case, typed.to, "to")?];
    let relationship = tie(store::tie_id(now), from, &typed)?;
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
/// [`Error::Field`] without a reason, [`Error::NotFound`] where no such tie stands.
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
/// [`Error::Field`] without a reason, for a review in the past, or where the person is not in the file.
pub fn set_flag(vault: &mut Vault, case: CaseId, typed: FlagInput, now: Moment) -> Result<FlagId> {
    let basis = [known(vault, case, typed.person, "person")?];
    store::read(vault, |r| only_here(r, case, typed.person))?;
    let flag = Flag {
        id: store::flag_id(now),
        person: typed.person,
        kind: typed.kind,
        reason: input::reason(&typed.reason)?,
        review: typed.review.map(|day| input::coming_day(day, now, "review")).transpose()?,
    };
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
/// [`Error::Field`] without a reason, [`Error::NotFound`] where no such flag stands.
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
