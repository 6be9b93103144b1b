//! Who is protected anywhere in the store: a file's texts are freed of those of every other file too.

use sharewell_records::{Called, FlagKind, LeftoverAnswer, Person, PersonId, Protection, Standing};

use super::folded;
use crate::Result;
use crate::store::{Store, Which};

/// What says who somebody is and whether they are protected.
const KINDS: [&str; 7] = [
    "case_opened",
    "case_amended",
    "person_recorded",
    "person_amended",
    "flag_set",
    "flag_lifted",
    "leftover_answered",
];

/// Everybody under a standing flag *protected identity*, in every form they ever had.
pub(super) struct Protected {
    people: Vec<(PersonId, Vec<Person>)>,
    answers: Vec<LeftoverAnswer>,
    called: Called,
}

impl Protected {
    pub(super) fn of(store: &mut dyn Store) -> Result<Self> {
        let standing = folded(store, Which::Kinds(&KINDS))?;
        let flags = standing.flags.values().filter(|one| one.ended.is_none()).map(|one| &one.record);
        let protecting = flags.filter(|flag| flag.kind == FlagKind::ProtectedIdentity);
        let people = protecting.map(|flag| (flag.person, forms(&standing, flag.person))).collect();
        let answers = standing.leftovers.into_values().map(|one| one.record).collect();
        Ok(Self { people, answers, called: called() })
    }

    /// The rule for one file, beside whoever is protected in the others.
    pub(super) fn beside(&self, standing: &Standing) -> Protection {
        let elsewhere = self.people.iter().filter(|(person, _)| !standing.people.contains_key(person));
        let elsewhere: Vec<Person> = elsewhere.flat_map(|(_, forms)| forms).cloned().collect();
        standing.protection_beside(&self.called, &elsewhere, &self.answers)
    }
}

/// Every form in which a person was recorded, the latest last.
fn forms(standing: &Standing, person: PersonId) -> Vec<Person> {
    let before = standing.people_before.get(&person).into_iter().flatten();
    before.chain(standing.people.get(&person).map(|one| &one.record)).cloned().collect()
}

/// What protected people are called, in the words of the papers.
fn called() -> Called {
    #[derive(serde::Deserialize, Default)]
    struct Words {
        called: Called,
    }
    let words = include_str!("../../../../../assets/templates/words.en.json");
    serde_json::from_str::<Words>(words).unwrap_or_default().called
}
