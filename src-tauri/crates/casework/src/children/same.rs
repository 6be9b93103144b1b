//! The same child twice, one number for two.
//!
//! Before a child's details are saved, whoever has the same number, or the same name and birth, is shown: no second
//! file is made in silence, and two records are never put together. They are asked of the search index, so that it
//! costs the same in a vault of any size, and nobody who stands only in a restricted file is ever among them.

use sharewell_records::finding::same_name;
use sharewell_records::{Birth, CaseId, Moment, Person, PersonId};
use sharewell_vault::{Reader, Vault, flags, joins, people, search};

use super::lines::line_of;
use super::namesakes::{NAMESAKES, files_of_child};
use crate::error::{Problem, Result};
use crate::input::{self, Form};
use crate::store;
use crate::views::{PersonInput, SameChild};

/// People of other files who may be the child whose details were typed: with the same number, or of the same name
/// and birth. `of` is who it is, where a record is being changed: who was alike before is not asked about again. `into` is the file to which somebody is added.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub fn same_child(
    vault: &Vault,
    typed: &PersonInput,
    of: Option<PersonId>,
    into: Option<CaseId>,
    now: Moment,
) -> Result<Vec<SameChild>> {
    let mut form = Form::of_past_days(vault, now)?;
    let id = of.unwrap_or_else(|| store::person_id(now));
    let person = input::person(&mut form, id, typed, None, now);
    store::read(vault, |r| match &person {
        Some(person) => match into {
            Some(case) => others_beside(r, case, person, now),
            None => others(r, person, now),
        },
        None => Ok(vec![]),
    })
}

/// Who may be the same as a person who is about to be added to a file: somebody of that file, or a child with one.
pub(crate) fn others_beside(
    r: &Reader<'_>,
    case: CaseId,
    person: &Person,
    now: Moment,
) -> Result<Vec<SameChild>> {
    let mut same = Vec::new();
    if let Some(line) = line_of(r, case, now)? {
        let here = people::of_case(r, case)?.into_iter().map(|one| one.record);
        let here =
            here.filter(|one| same_name(&one.name, &person.name) && may_agree(&one.birth, &person.birth));
        same.extend(here.map(|one| SameChild {
            line: line.clone(),
            person: one.id,
            name: one.name,
            birth: one.birth,
            address: one.address,
            identifiers: one.identifiers,
            number: false,
            here: true,
        }));
    }
    let known: Vec<PersonId> = same.iter().map(|one| one.person).collect();
    same.extend(others(r, person, now)?.into_iter().filter(|one| !known.contains(&one.person)));
    Ok(same)
}

/// Whether two births may be one: what is not known contradicts nothing.
fn may_agree(one: &Birth, other: &Birth) -> bool {
    match (one, other) {
        (Birth::Born { on }, Birth::Born { on: other }) => on == other,
        (Birth::Born { .. }, Birth::Expected { .. }) | (Birth::Expected { .. }, Birth::Born { .. }) => false,
        _ => true,
    }
}

/// Who may be the same child as a person who is about to be saved, and was not before.
pub(crate) fn others(r: &Reader<'_>, person: &Person, now: Moment) -> Result<Vec<SameChild>> {
    let before = people::find(r, person.id)?.map(|one| one.record);
    let mut found = alike(r, person)?;
    if let Some(before) = before {
        let known: Vec<(PersonId, bool)> =
            alike(r, &before)?.into_iter().map(|(one, by)| (one.id, by)).collect();
        found.retain(|(one, by)| !known.contains(&(one.id, *by)));
    }
    let mut same = Vec::new();
    for (one, number) in found {
        let own = files_of_child(r, one.id)?.into_iter().next();
        let case = match own {
            Some(case) => Some(case.id),
            // Somebody of another file who has this number under another name: one of the two is wrong. A brother or
            // sister who is recorded there is nobody else.
            None if number && !same_name(&one.name, &person.name) => {
                people::cases_of(r, one.id)?.into_iter().next()
            }
            None => None,
        };
        let Some(line) = case.map(|case| line_of(r, case, now)).transpose()?.flatten() else { continue };
        let protects = flags::protects(r, line.case)?;
        same.push(SameChild {
            line,
            person: one.id,
            name: one.name,
            birth: one.birth,
            address: if protects { String::new() } else { one.address },
            identifiers: one.identifiers,
            number,
            here: false,
        });
    }
    Ok(same)
}

/// The others who have a number of this person, or the name and the birth; whether it is the number.
pub(super) fn alike(r: &Reader<'_>, person: &Person) -> Result<Vec<(Person, bool)>> {
    let mut found: Vec<(Person, bool)> =
        search::by_number(r, &person.identifiers)?.into_iter().map(|one| (one, true)).collect();
    if let Birth::Born { on } | Birth::Expected { on } = person.birth {
        for one in search::by_name(r, &person.name, Some(on), NAMESAKES)? {
            if !found.iter().any(|(known, _)| known.id == one.id) {
                found.push((one, false));
            }
        }
    }
    // Whoever is known to be the same child in another file is no other one.
    let twin = joins::twin_of(r, person.id)?;
    found.retain(|(one, _)| one.id != person.id && Some(one.id) != twin);
    Ok(found)
}

/// Whoever may be the same child must have been seen, and said to be another. Gives those whose number is the same,
/// which somebody then has to check.
pub(crate) fn same_number(
    form: &mut Form,
    vault: &Vault,
    person: Option<&Person>,
    typed: &PersonInput,
    now: Moment,
) -> Vec<PersonId> {
    let Some(person) = person else { return vec![] };
    let same = form.take(store::read(vault, |r| others(r, person, now))).unwrap_or_default();
    let unseen = same.iter().any(|one| !typed.another.contains(&one.person));
    form.fault_if(unseen, "another", Problem::SameChild);
    same.into_iter().filter(|one| one.number).map(|one| one.person).collect()
}

/// Whoever may be the same must have been seen before somebody is added to a file, too. Gives those who have this number
/// under another name, which somebody then has to check: the same child may well stand in a brother's or sister's file.
pub(crate) fn same_beside(
    form: &mut Form,
    (vault, case): (&Vault, CaseId),
    person: Option<&Person>,
    typed: &PersonInput,
    now: Moment,
) -> Vec<PersonId> {
    let Some(person) = person else { return vec![] };
    let same = form.take(store::read(vault, |r| others_beside(r, case, person, now))).unwrap_or_default();
    let unseen = same.iter().any(|one| !typed.another.contains(&one.person));
    form.fault_if(unseen, "another", Problem::SameChild);
    let wrong = |one: &SameChild| one.number && !same_name(&one.name, &person.name);
    same.into_iter().filter(wrong).map(|one| one.person).collect()
}
