//! Namesakes: where two lines would read alike, each carries a fact that the other has not.
//!
//! They are asked of the search index, so that it costs the same in a vault of any size.

use std::collections::BTreeMap;

use sharewell_records::finding::name_key;
use sharewell_records::{Birth, Case, CaseId, Day, Moment, Person, PersonId, same_person_number};
use sharewell_vault::{Reader, cases, flags, joins, people, search};

use crate::error::Result;
use crate::input;
use crate::views::TellsApart;
use crate::{clock, store};

/// How many of one name are looked at. More are told apart among the latest.
pub(super) const NAMESAKES: usize = 30;
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
        // A list shows one of two files that are shown as one; where both can stand, they are told apart.
        let twin = match line {
            Line::NameAndAge(_) => joins::twin_of(r, child.id)?,
            Line::Name => None,
        };
        let another = |other: &&Person| other.id != child.id && Some(other.id) != twin;
        for other in named.iter().filter(another).filter(reads_alike) {
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
pub(super) fn files_of_child(r: &Reader<'_>, person: PersonId) -> Result<Vec<Case>> {
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
