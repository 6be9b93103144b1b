//! To whom nothing of a restricted file goes: whom it is about, and a manager who may be part of it.

use std::collections::BTreeSet;

use sharewell_records::{Case, CaseId, Moment, Payload, Person, PersonRole};
use sharewell_vault::{Vault, cases, people};

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::store;
use crate::views::KeptFromInput;

/// Says to whom nothing of a restricted file goes: people who stand in it, and one more by name and post.
///
/// # Errors
/// [`Error::Fields`] where the file is not a restricted one, somebody does not stand in it, or a post has no name.
pub fn save_kept_from(vault: &mut Vault, case: CaseId, typed: &KeptFromInput, now: Moment) -> Result<()> {
    let (before, known) = store::read(vault, |r| {
        let known: BTreeSet<_> = people::of_case(r, case)?.into_iter().map(|one| one.record.id).collect();
        Ok((cases::get(r, case)?, known))
    })?;
    if !before.record.kind.is_restricted() {
        return Err(Error::field("case", Problem::NotAnOption));
    }
    let mut form = Form::new();
    let strange = typed.people.iter().any(|person| !known.contains(person));
    form.fault_if(strange, "people", Problem::NotAnOption);
    let name = form.name("name", &typed.name);
    let post = form.name("post", &typed.post);
    // A post alone keeps nothing from anybody.
    form.fault_if(name.is_empty() && !post.is_empty(), "name", Problem::Missing);
    form.end(|| Some(()))?;
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
