//! To whom nothing of a restricted file goes: whom it is about, and a manager who may be part of it.

use std::collections::BTreeSet;

use sharewell_records::{Case, CaseId, Moment, Payload, Person, PersonRole};
use sharewell_vault::{Vault, cases, people};

use crate::error::{Error, Problem, Result};
use crate::views::KeptFromInput;
use crate::{input, store};

/// Says to whom nothing of a restricted file goes: people who stand in it, and one more by name and post.
///
/// # Errors
/// [`Error::Field`] where the file is not a restricted one, or somebody does not stand in it.
pub fn save_kept_from(vault: &mut Vault, case: CaseId, typed: &KeptFromInput, now: Moment) -> Result<()> {
    let (before, known) = store::read(vault, |r| {
        let known: BTreeSet<_> = people::of_case(r, case)?.into_iter().map(|one| one.record.id).collect();
        Ok((cases::get(r, case)?, known))
    })?;
    if !before.record.kind.is_restricted() {
        return Err(Error::field("case", Problem::NotAnOption));
    }
    if typed.people.iter().any(|person| !known.contains(person)) {
        return Err(Error::field("people", Problem::NotAnOption));
    }
    let name = input::name(&typed.name, "name")?;
    let post = input::name(&typed.post, "post")?;
    let added = (!name.is_empty()).then(|| Person {
        agency: post,
        ..Person::named(store::person_id(now), name, PersonRole::Practitioner)
    });
    let mut kept_from = typed.people.clone();
    kept_from.extend(added.iter().map(|person| person.id));
    let amended = Case { kept_from, ..before.record };
    store::write(vault, now, |w| {
        if let Some(person) = added {
            w.append(Some(case), &Payload::PersonRecorded { person }, &[])?;
        }
        let amended = Payload::CaseAmended { case: amended, reason: String::new() };
        w.append(Some(case), &amended, &[before.entry])?;
        Ok(())
    })
}
