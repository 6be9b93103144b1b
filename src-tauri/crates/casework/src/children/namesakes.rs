//! Namesakes, and the same child twice.
//!
//! Where two lines would read alike, each carries a fact that the other has not. Before a child's details are saved,
//! whoever has the same number, or the same name and birth, is shown: no second file is made in silence, and two
//! records are never put together. Both are asked of the search index, so they cost the same in a vault of any size,
//! and nobody who stands only in a restricted file is ever among them.

use std::collections::BTreeMap;

use sharewell_records::finding::{name_key, same_name};
use sharewell_records::{Birth, Case, CaseId, Day, Moment, Person, PersonId, same_person_number};
use sharewell_vault::{Reader, Vault, cases, flags, people, search};

use super::list::line_of;
use crate::error::{Problem, Result};
use crate::input::{self, Form};
use crate::views::{PersonInput, SameChild, TellsApart};
use crate::{clock, store};

/// How many of one name are looked at. More are told apart among the latest.
const NAMESAKES: usize = 30;
/// How much of an address tells a home.
const HOME: usize = 60;

/// How a birth reads in a line.
#[derive(Debug, PartialEq, Eq)]
enum Reads {
    Aged(u32),
    Expected(Day),
    Nothing,
}

fn reads(birth: &Birth, today: Day) -> Reads {
    match birth {
        Birth::Expected { on } => Reads::Expected(*on),
        Birth::Born { .. } | Birth::About { .. } | Birth::Unknown => {
            input::age(birth, today).map_or(Reads::Nothing, Reads::Aged)
        }
    }
}

/// What stands in a line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Line {
    /// The name, and the age at this moment.
    NameAndAge(Moment),
    /// The name alone.
    Name,
}

/// A child's file with what can tell it apart.
struct Known {
    facts: [Option<TellsApart>; 4],
    opened: Option<Moment>,
}

/// Namesakes by the names that were looked up, so that a list of them asks once.
#[derive(Default)]
pub(crate) struct Namesakes {
    of: BTreeMap<String, Vec<Person>>,
}

impl Namesakes {
    /// What tells a child's file apart from those that read the same, and how many do, itself counted.
    pub(crate) fn telling(
        &mut self,
        r: &Reader<'_>,
        (case, child): (CaseId, &Person),
        line: Line,
    ) -> Result<(Vec<TellsApart>, u32)> {
        let key = name_key(&child.name);
        if !self.of.contains_key(&key) {
            self.of.insert(key.clone(), search::by_name(r, &child.name, None, NAMESAKES)?);
        }
        let reads_alike = |other: &&Person| match line {
            Line::Name => true,
            Line::NameAndAge(now) => {
                let today = clock::day_of(now);
                reads(&other.birth, today) == reads(&child.birth, today)
            }
        };
        let named = self.of.get(&key).map(Vec::as_slice).unwrap_or_default();
        let mut others = Vec::new();
        for other in named.iter().filter(|other| other.id != child.id).filter(reads_alike) {
            for file in files_of_child(r, other.id)? {
                others.push(known(r, &file, other)?);
            }
        }
        if others.is_empty() {
            return Ok((vec![], 0));
        }
        let own = known(r, &cases::get(r, case)?.record, child)?;
        let alone = |at: &usize| {
            let fact = own.facts.get(*at);
            let known = fact.is_some_and(Option::is_some);
            // On both sides: a line that says nothing there leaves the reader to guess.
            known
                && others.iter().all(|one| one.facts.get(*at) != fact)
                && others.iter().all(|one| one.facts.get(*at).is_some_and(Option::is_some))
        };
        // The first fact in which they all differ; where there is none, all that is known, and when it was opened.
        let telling = match (0..own.facts.len()).find(alone).and_then(|at| own.facts.get(at).cloned()) {
            Some(fact) => fact.into_iter().collect(),
            None => {
                let opened = own.opened.map(|at| TellsApart::Opened { at });
                own.facts.iter().flatten().cloned().chain(opened).collect()
            }
        };
        Ok((telling, store::small(others.len() as u64 + 1)))
    }
}

fn known(r: &Reader<'_>, case: &Case, child: &Person) -> Result<Known> {
    Ok(Known { facts: facts(r, case, child)?, opened: cases::opened_at(r, case.id)? })
}

/// The children's files whose child somebody is.
fn files_of_child(r: &Reader<'_>, person: PersonId) -> Result<Vec<Case>> {
    let mut files = Vec::new();
    for id in people::cases_of(r, person)? {
        let case = cases::get(r, id)?.record;
        if case.child == person && !case.kind.is_restricted() {
            files.push(case);
        }
    }
    Ok(files)
}

fn facts(r: &Reader<'_>, case: &Case, person: &Person) -> Result<[Option<TellsApart>; 4]> {
    let born = match person.birth {
        Birth::Born { on } | Birth::Expected { on } => Some(TellsApart::Born { on }),
        Birth::About { .. } | Birth::Unknown => None,
    };
    // Whereabouts that are protected stand on the file's own page, and in no list.
    let protects = flags::protects(r, case.id)?;
    let line: String = person.address.lines().next().unwrap_or_default().chars().take(HOME).collect();
    let home = (!line.is_empty() && !protects).then_some(TellsApart::Home { line });
    let reference =
        (!case.reference.is_empty()).then(|| TellsApart::Reference { reference: case.reference.clone() });
    let number = person.identifiers.iter().find(|one| same_person_number(one, one));
    let number = number.map(|one| {
        let figures: Vec<char> = one.value.chars().collect();
        TellsApart::Number { last: figures.iter().skip(figures.len().saturating_sub(4)).collect() }
    });
    Ok([born, home, reference, number])
}

/// People of other files who may be the child whose details were typed: with the same number, or of the same name
/// and birth. `of` is who it is, where a record is being changed: who was alike before is not asked about again.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub fn same_child(
    vault: &Vault,
    typed: &PersonInput,
    of: Option<PersonId>,
    now: Moment,
) -> Result<Vec<SameChild>> {
    let mut form = Form::new();
    let id = of.unwrap_or_else(|| store::person_id(now));
    let person = input::person(&mut form, id, typed, None, now);
    store::read(vault, |r| match &person {
        Some(person) => others(r, person, now),
        None => Ok(vec![]),
    })
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
        });
    }
    Ok(same)
}

/// The others who have a number of this person, or the name and the birth; whether it is the number.
fn alike(r: &Reader<'_>, person: &Person) -> Result<Vec<(Person, bool)>> {
    let mut found: Vec<(Person, bool)> =
        search::by_number(r, &person.identifiers)?.into_iter().map(|one| (one, true)).collect();
    if let Birth::Born { on } | Birth::Expected { on } = person.birth {
        for one in search::by_name(r, &person.name, Some(on), NAMESAKES)? {
            if !found.iter().any(|(known, _)| known.id == one.id) {
                found.push((one, false));
            }
        }
    }
    found.retain(|(one, _)| one.id != person.id);
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
