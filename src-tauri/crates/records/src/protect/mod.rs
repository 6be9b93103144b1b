//! Who is protected, and how they are kept out of whatever leaves.
//!
//! One rule for tables, papers, search results and everything else: whoever is under a flag *protected
//! identity* is called by a number and a part played. Their names, numbers and whereabouts are found however
//! they are written: without accents, turned round, behind a title, in the possessive, with invisible
//! characters inside; a number re-spaced or with its country's prefix, a postcode without its blank, a street
//! without its number. The recorded name of somebody else is never changed. An ordinary word that is a name as
//! well (*will*, *grace*) counts where a capital makes a name of it: not at the beginning of a sentence.
//!
//! What only looks like them is not cut but asked about (`leftover.rs`): a slip, a grammatical case, the town,
//! initials without full stops. What a text says in other words (*his aunt in the north*) nothing sees: who passes a
//! text on reads it first.

mod double;
mod english;
mod find;
mod handles;
mod leftover;
mod names;
mod places;
mod same_home;
mod text;
mod trie;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use crate::{
    Flag, FlagKind, LeftoverAnswer, LeftoverMeans, Person, PersonId, PersonRole, Relationship, home,
};

use double::Doubles;
pub(crate) use english::{is_address, is_family, is_said_of_a_part, is_way_to_somebody, parts_called};
use handles::Handles;
use leftover::Near;
pub(crate) use leftover::one_slip;
pub use leftover::{Leftover, Leftovers};
use names::OpenNames;
pub use places::address_stays_whole;
use places::{Numbers, OpenPlaces};
pub use same_home::same_address;
pub(crate) use same_home::{Home, is_at};
use text::Text;
use trie::{Owner, Rule, Tells, Trie};

/// The words by which protected people are called, from a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Called {
    /// With `{number}` and `{role}`.
    pub person: String,
    /// With `{number}`, where the part played is not known.
    pub person_alone: String,
    /// Where a form is shared by several protected people.
    pub several: String,
    /// Stands in place of the address of whoever lives with one; with `{person}`.
    pub home: String,
    /// Stands in place of a detail that is kept apart.
    pub kept: String,
    /// The parts played.
    pub roles: BTreeMap<PersonRole, String>,
}

impl Called {
    fn person(&self, number: usize, role: Option<PersonRole>) -> String {
        let number = number.to_string();
        match role.and_then(|role| self.roles.get(&role)) {
            Some(role) => self.person.replace("{number}", &number).replace("{role}", role),
            None => self.person_alone.replace("{number}", &number),
        }
    }
}

/// Everybody who counts for the rule: the people of whatever leaves together.
#[derive(Debug, Clone, Default)]
pub struct Circle<'a> {
    /// People in their latest form.
    pub people: Vec<&'a Person>,
    /// Earlier forms of the same people: a name or a home that was changed still tells who somebody is.
    pub earlier: Vec<&'a Person>,
    /// Whoever is protected in another file, in every form they ever had, the latest last. They have no number and no
    /// part here: that they are protected is all that is said.
    pub elsewhere: Vec<&'a Person>,
    /// What was answered of forms that looked like somebody.
    pub answers: Vec<&'a LeftoverAnswer>,
    /// Standing flags.
    pub flags: Vec<&'a Flag>,
    /// Standing ties.
    pub ties: Vec<&'a Relationship>,
    /// Names of practitioners and leads, who are open to all.
    pub open_names: Vec<&'a str>,
    /// Agencies and teams: what they are called is left alone.
    pub agencies: Vec<&'a str>,
}

/// Somebody in one form, and by which place they are called.
type Whose<'a> = (usize, &'a Person);

/// Who is protected, what they are called instead, and what gives them away.
#[derive(Clone, Default)]
pub struct Protection {
    /// By person, the place in `called`.
    numbers: BTreeMap<PersonId, usize>,
    called: Vec<String>,
    several: String,
    home: String,
    kept: String,
    /// People who share a home with somebody protected, and with whom.
    homes: BTreeMap<PersonId, usize>,
    trie: Trie,
    digits: Numbers,
    handles: Handles,
    near: Near,
}

// A protected name must not reach a log through `{:?}`.
impl std::fmt::Debug for Protection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Protection").field("people", &self.called.len()).finish_non_exhaustive()
    }
}

impl Protection {
    /// Works out who is protected: everybody under a standing flag *protected identity*. Numbers follow the
    /// people's ids, which follow the order in which they were first recorded.
    #[must_use]
    pub fn of<'a>(circle: &Circle<'a>, called: &Called) -> Self {
        let protecting = circle.flags.iter().filter(|flag| flag.kind == FlagKind::ProtectedIdentity);
        let flagged: BTreeSet<PersonId> = protecting.map(|flag| flag.person).collect();
        let mut all = Self { several: called.several.clone(), home: called.home.clone(), ..Self::default() };
        all.kept.clone_from(&called.kept);
        for (at, person) in flagged.iter().enumerate() {
            let role = circle.people.iter().find(|one| one.id == *person).map(|one| one.role);
            all.numbers.insert(*person, at);
            all.called.push(called.person(at + 1, role));
        }
        let mut elsewhere: BTreeMap<PersonId, usize> = BTreeMap::new();
        for person in circle.elsewhere.iter().filter(|one| !flagged.contains(&one.id)) {
            elsewhere.entry(person.id).or_insert_with(|| {
                all.called.push(called.several.clone());
                all.called.len() - 1
            });
        }
        // Who has a name that is not shown any more is no secret; what they were called is asked about.
        let labels = all.called.len();
        let mut renamed: Vec<(usize, &Person)> = Vec::new();
        for person in circle.people.iter().filter(|one| !one.care.earlier_names.is_empty()) {
            if !flagged.contains(&person.id) && !elsewhere.contains_key(&person.id) {
                all.called.push(person.name.clone());
                renamed.push((all.called.len() - 1, person));
            }
        }
        if all.called.is_empty() {
            return all;
        }
        let whose =
            |one: &Person| flagged.iter().position(|id| *id == one.id).or(elsewhere.get(&one.id).copied());
        let of = |of: &[&'a Person]| -> Vec<(usize, &'a Person)> {
            of.iter().filter_map(|one| Some((whose(one)?, *one))).collect()
        };
        let mut latest = of(&circle.people);
        let mut earlier = of(&circle.earlier);
        let last: BTreeMap<PersonId, &Person> = circle.elsewhere.iter().map(|one| (one.id, *one)).collect();
        for (owner, one) in of(&circle.elsewhere) {
            let is_last = last.get(&one.id).is_some_and(|last| std::ptr::eq(*last, one));
            if is_last { latest.push((owner, one)) } else { earlier.push((owner, one)) }
        }
        // The same person under another id, as another file knows them.
        let known: Vec<(usize, &Person)> = latest.iter().chain(&earlier).copied().collect();
        let doubles = Doubles::of(&known);
        for one in &circle.people {
            if whose(one).is_none()
                && let Some(owner) = doubles.of_whom(one)
            {
                all.numbers.insert(one.id, owner);
                latest.push((owner, one));
                earlier.extend(
                    circle.earlier.iter().filter(|before| before.id == one.id).map(|one| (owner, *one)),
                );
            }
        }
        all.find_homes(circle, &latest);
        let (names, places) = all.take_open(circle);
        all.hide_all(circle, (&latest, &earlier), (&names, &places));
        for (_, person) in &renamed {
            person.care.earlier_names.iter().for_each(|name| all.near.earlier(person.id, name));
        }
        let persons: BTreeMap<PersonId, usize> =
            known.iter().chain(&renamed).map(|(owner, one)| (one.id, *owner)).collect();
        for answer in &circle.answers {
            if let Some(owner) = persons.get(&answer.person) {
                all.near.answered(answer.person, &answer.form);
                if answer.means == LeftoverMeans::Them {
                    names.hide_answered(&mut all.trie, *owner, &answer.form);
                }
            }
        }
        all.near.leave(names.into_parts());
        // What they are called is no form of anybody's name.
        for called in all.called.iter().take(labels).chain([&all.several]) {
            let text = Text::of(called);
            all.trie.insert(&text.pattern(0..text.letters.len()), Owner::Open, Rule::of(Tells::Name));
        }
        all
    }

    /// Adds every form of everybody who is protected.
    fn hide_all(
        &mut self,
        circle: &Circle<'_>,
        (latest, earlier): (&[Whose<'_>], &[Whose<'_>]),
        (names, places): (&OpenNames, &OpenPlaces),
    ) {
        for (owner, person) in latest.iter().chain(earlier) {
            let child = person.role == PersonRole::Child;
            // A name that is not shown any more, or shown to few, gives them away as much as the one they have.
            let care = person.care.earlier_names.iter().chain([&person.care.name_used.words]);
            for name in names_of(person).chain(care.map(String::as_str).filter(|name| !name.is_empty())) {
                names.hide((&mut self.trie, &mut self.handles), *owner, name, child);
                self.near.name(person.id, name);
            }
            self.digits.hide_phone(*owner, &person.phone);
            for one in &person.identifiers {
                self.digits.hide_identifier(&mut self.trie, *owner, &one.value);
            }
        }
        // A home that was left stays readable as the home of whoever was left there.
        let open = circle.people.iter().filter(|one| self.is_open(one.id));
        let open: Vec<Home> = open.map(|one| Home::of(&one.address)).collect();
        let left = |address: &str| {
            let home = Home::of(address);
            open.iter().any(|open| open.is(&home))
        };
        let before: Vec<_> = earlier.iter().filter(|(_, person)| !left(&person.address)).collect();
        let with: Vec<(usize, &Person)> =
            circle.people.iter().filter_map(|one| Some((*self.homes.get(&one.id)?, *one))).collect();
        for (owner, person) in latest.iter().chain(before).chain(&with) {
            places.hide(&mut self.trie, *owner, &person.address);
            places.may_be(&mut self.near, person.id, &person.address);
        }
    }

    /// Whoever lives at the same home as a protected person.
    fn find_homes(&mut self, circle: &Circle<'_>, latest: &[(usize, &Person)]) {
        let theirs: BTreeSet<PersonId> = latest.iter().map(|(_, one)| one.id).collect();
        let mut people = circle.people.clone();
        let here: BTreeSet<PersonId> = people.iter().map(|one| one.id).collect();
        people.extend(latest.iter().map(|(_, one)| *one).filter(|one| !here.contains(&one.id)));
        let households = home::Households::of(&people, &circle.ties);
        for (owner, protected) in latest {
            for other in households.with(protected.id).difference(&theirs) {
                self.homes.entry(*other).or_insert(*owner);
            }
        }
    }

    fn take_open(&mut self, circle: &Circle<'_>) -> (OpenNames, OpenPlaces) {
        let (mut names, mut places) = (OpenNames::default(), OpenPlaces::default());
        let latest = circle.people.iter();
        for person in latest.chain(&circle.earlier).filter(|one| !self.numbers.contains_key(&one.id)) {
            for name in names_of(person) {
                names.take(&mut self.trie, &mut self.handles, name, person.role == PersonRole::Child);
            }
        }
        let open: Vec<_> = circle.people.iter().filter(|one| self.is_open(one.id)).collect();
        for person in open {
            places.take(&mut self.trie, &person.address);
        }
        for name in &circle.open_names {
            names.take(&mut self.trie, &mut self.handles, name, false);
        }
        for agency in &circle.agencies {
            places.leave(agency);
            let text = Text::of(agency);
            let pattern = text.pattern(0..text.letters.len());
            if text.words().len() > 1 {
                self.trie.insert(&pattern, Owner::Open, Rule::of(Tells::Place));
            }
        }
        (names, places)
    }

    /// Whether somebody is neither protected nor at home with somebody who is.
    fn is_open(&self, person: PersonId) -> bool {
        !self.numbers.contains_key(&person) && !self.homes.contains_key(&person)
    }

    /// Whether nobody is protected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.called.is_empty()
    }

    /// What a protected person is called; none for everybody else.
    #[must_use]
    pub fn label(&self, person: PersonId) -> Option<&str> {
        self.numbers.get(&person).and_then(|at| self.called.get(*at)).map(String::as_str)
    }

    /// Everybody who is protected, with what they are called.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, &str)> {
        self.numbers.keys().filter_map(|person| Some((*person, self.label(*person)?)))
    }

    /// With which protected person this one shares a home; then the address is not shown either.
    #[must_use]
    pub fn shares_home(&self, person: PersonId) -> Option<&str> {
        self.homes.get(&person).and_then(|at| self.called.get(*at)).map(String::as_str)
    }

    /// What stands in place of the address of whoever shares a home with a protected person.
    #[must_use]
    pub fn home_kept_apart(&self, person: PersonId) -> Option<String> {
        self.shares_home(person).map(|called| format!("[{}]", self.home.replace("{person}", called)))
    }

    /// What stands in place of a detail of a protected person that is kept apart.
    #[must_use]
    pub fn kept_apart(&self) -> &str {
        &self.kept
    }

    /// Whether a text holds a name or whereabouts of a protected person.
    #[must_use]
    pub fn names_protected(&self, text: &str) -> bool {
        !self.is_empty() && !self.find(text).is_empty()
    }

    /// Whether any of several texts does.
    pub fn names_any<'t>(&self, texts: impl IntoIterator<Item = &'t String>) -> bool {
        texts.into_iter().any(|text| self.names_protected(text))
    }

    /// The text with every protected person called by their label, in brackets.
    #[must_use]
    pub fn scrub(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.is_empty() {
            return text;
        }
        // What was taken out can leave a number that stands alone now: until nothing is found.
        for _ in 0..8 {
            let found = self.find(&text);
            if found.is_empty() {
                break;
            }
            text = self.replace(&text, &found);
        }
        text
    }

    /// The pieces of texts inside a JSON value that give somebody away, as they are written.
    #[must_use]
    pub fn pieces(&self, value: &Value) -> BTreeSet<String> {
        match value {
            Value::String(text) => self.pieces_of(text),
            Value::Array(values) => values.iter().flat_map(|one| self.pieces(one)).collect(),
            Value::Object(fields) => fields.values().flat_map(|one| self.pieces(one)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => BTreeSet::new(),
        }
    }

    /// As [`Protection::scrub`] goes about it: what only stands alone once another piece is gone is one as well.
    fn pieces_of(&self, text: &str) -> BTreeSet<String> {
        let (mut pieces, mut text) = (BTreeSet::new(), text.to_owned());
        for _ in 0..8 {
            let found = if self.is_empty() { Vec::new() } else { self.find(&text) };
            if found.is_empty() {
                break;
            }
            pieces
                .extend(found.iter().filter_map(|(start, end, _)| text.get(*start..*end)).map(str::to_owned));
            text = self.replace(&text, &found);
        }
        pieces
    }

    /// Hides these pieces as well, wherever they stand: somebody's whom this circle does not know.
    pub fn hide_pieces(&mut self, pieces: &[String], called: &Called) {
        if pieces.is_empty() {
            return;
        }
        self.called.push(called.several.clone());
        let owner = Owner::One(self.called.len() - 1);
        for piece in pieces {
            let text = Text::of(piece);
            self.trie.insert(&text.pattern(0..text.letters.len()), owner, Rule::of(Tells::Place));
        }
    }

    /// Frees every text inside a JSON value; keys are ours and stay. Whether anything was changed.
    pub fn scrub_value(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => {
                let freed = self.scrub(text);
                let changed = freed != *text;
                *text = freed;
                changed
            }
            Value::Array(values) => values.iter_mut().fold(false, |any, one| self.scrub_value(one) | any),
            Value::Object(fields) => fields.values_mut().fold(false, |any, one| self.scrub_value(one) | any),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// Whether stored JSON holds a name or whereabouts of a protected person, escaped or not, as a value or as a
    /// key. What is no JSON could hold anything.
    #[must_use]
    pub fn names_protected_in_json(&self, json: &str) -> bool {
        fn found(protection: &Protection, value: &Value) -> bool {
            match value {
                Value::Null | Value::Bool(_) => false,
                Value::Number(number) => protection.names_protected(&number.to_string()),
                Value::String(text) => protection.names_protected(text),
                Value::Array(values) => values.iter().any(|value| found(protection, value)),
                Value::Object(fields) => fields
                    .iter()
                    .any(|(key, value)| protection.names_protected(key) || found(protection, value)),
            }
        }
        !self.is_empty() && serde_json::from_str(json).map_or(true, |value| found(self, &value))
    }
}

/// Whether a text holds a number at which somebody is rung, or an address or account that is made of their name.
pub(crate) fn is_reached_by(person: &Person, text: &str) -> bool {
    let (mut digits, mut handles) = (Numbers::default(), Handles::default());
    digits.hide_phone(0, &person.phone);
    for name in names_of(person) {
        OpenNames::default().hide((&mut Trie::default(), &mut handles), 0, name, false);
    }
    let letters = Text::of(text);
    let rung = (0..letters.letters.len()).any(|at| digits.at(text, &letters, at).is_some());
    rung || !handles.find(text).is_empty()
}

fn names_of(person: &Person) -> impl Iterator<Item = &str> {
    std::iter::once(person.name.as_str()).chain(person.also_known_as.iter().map(String::as_str))
}
