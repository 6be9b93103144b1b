//! Who is protected, and how they are kept out of whatever leaves.
//!
//! One rule for tables, papers, search results and everything else: whoever is under a flag *protected
//! identity* is called by a number and a part played. Their names, numbers and whereabouts are found however
//! they are written: without accents, turned round, behind a title, in the possessive, with invisible
//! characters inside; a number re-spaced or with its country's prefix, a postcode without its blank, a street
//! without its number. The recorded name of somebody else is never changed. An ordinary word that is a name as
//! well (*will*, *grace*) counts where it is written with a capital.
//!
//! It cannot see what a text says in other words (a misspelling, a grammatical case, *his aunt in the north*),
//! nor a town alone, nor initials without full stops: who passes a text on reads it first.

mod english;
mod names;
mod places;
mod text;
mod trie;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use crate::{Flag, FlagKind, Person, PersonId, PersonRole, Relationship};

pub(crate) use english::is_address;
use names::OpenNames;
use places::{Numbers, OpenPlaces};
use text::{Gap, Text};
use trie::{Found, Owner, Rule, Tells, Trie};

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
    /// Standing flags.
    pub flags: Vec<&'a Flag>,
    /// Standing ties.
    pub ties: Vec<&'a Relationship>,
    /// Names of practitioners and leads, who are open to all.
    pub open_names: Vec<&'a str>,
    /// Agencies and teams: what they are called is left alone.
    pub agencies: Vec<&'a str>,
}

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
    pub fn of(circle: &Circle<'_>, called: &Called) -> Self {
        let protecting = circle.flags.iter().filter(|flag| flag.kind == FlagKind::ProtectedIdentity);
        let flagged: BTreeSet<PersonId> = protecting.map(|flag| flag.person).collect();
        let mut all = Self { several: called.several.clone(), home: called.home.clone(), ..Self::default() };
        for (at, person) in flagged.iter().enumerate() {
            let role = circle.people.iter().find(|one| one.id == *person).map(|one| one.role);
            all.numbers.insert(*person, at);
            all.called.push(called.person(at + 1, role));
        }
        if flagged.is_empty() {
            return all;
        }
        all.find_homes(circle);
        let (names, places) = all.take_open(circle);
        let forms = |of: &[&'_ Person]| -> Vec<(usize, Person)> {
            let known = of.iter().filter_map(|one| Some((*all.numbers.get(&one.id)?, (*one).clone())));
            known.collect()
        };
        let (latest, earlier) = (forms(&circle.people), forms(&circle.earlier));
        for (owner, person) in latest.iter().chain(&earlier) {
            let child = person.role == PersonRole::Child;
            for name in names_of(person) {
                names.hide(&mut all.trie, *owner, name, child);
            }
            all.digits.hide_phone(*owner, &person.phone);
            for one in &person.identifiers {
                all.digits.hide_identifier(&mut all.trie, *owner, &one.value);
            }
        }
        for (owner, person) in &latest {
            places.hide(&mut all.trie, *owner, &person.address);
        }
        // A home that was left stays readable as the home of whoever was left there.
        let left = |address: &str| {
            circle.people.iter().any(|one| all.is_open(one.id) && same_address(&one.address, address))
        };
        let homes: Vec<_> = earlier.iter().filter(|(_, person)| !left(&person.address)).collect();
        for (owner, person) in homes {
            places.hide(&mut all.trie, *owner, &person.address);
        }
        for (person, owner) in all.homes.clone() {
            for one in circle.people.iter().filter(|one| one.id == person) {
                places.hide(&mut all.trie, owner, &one.address);
            }
        }
        // What they are called is no form of anybody's name.
        for called in all.called.iter().chain([&all.several]) {
            let text = Text::of(called);
            all.trie.insert(&text.pattern(0..text.letters.len()), Owner::Open, Rule::of(Tells::Name));
        }
        all
    }

    /// Whoever is tied to a protected person by *same home*, or is recorded at the same address.
    fn find_homes(&mut self, circle: &Circle<'_>) {
        for tie in circle.ties.iter().filter(|tie| tie.same_home) {
            for (one, other) in [(tie.from, tie.to), (tie.to, tie.from)] {
                if let Some(number) = self.numbers.get(&one).filter(|_| !self.numbers.contains_key(&other)) {
                    self.homes.entry(other).or_insert(*number);
                }
            }
        }
        for one in &circle.people {
            let Some(number) = self.numbers.get(&one.id) else { continue };
            for other in circle.people.iter().filter(|other| !self.numbers.contains_key(&other.id)) {
                if same_address(&one.address, &other.address) {
                    self.homes.entry(other.id).or_insert(*number);
                }
            }
        }
    }

    fn take_open(&mut self, circle: &Circle<'_>) -> (OpenNames, OpenPlaces) {
        let (mut names, mut places) = (OpenNames::default(), OpenPlaces::default());
        let latest = circle.people.iter();
        for person in latest.chain(&circle.earlier).filter(|one| !self.numbers.contains_key(&one.id)) {
            for name in names_of(person) {
                names.take(&mut self.trie, name, person.role == PersonRole::Child);
            }
        }
        let open: Vec<_> = circle.people.iter().filter(|one| self.is_open(one.id)).collect();
        for person in open {
            places.take(&mut self.trie, &person.address);
        }
        for name in &circle.open_names {
            names.take(&mut self.trie, name, false);
        }
        for agency in &circle.agencies {
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

    fn replace(&self, text: &str, found: &[(usize, usize, Owner)]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut written = 0;
        for (start, end, owner) in found {
            let called = match owner {
                Owner::One(at) => self.called.get(*at).unwrap_or(&self.several),
                Owner::Open | Owner::Several => &self.several,
            };
            out.push_str(text.get(written..*start).unwrap_or_default());
            out.push('[');
            out.push_str(called);
            out.push(']');
            written = *end;
        }
        out.push_str(text.get(written..).unwrap_or_default());
        out
    }

    /// The bytes that give somebody away, in order, each with whom.
    fn find(&self, source: &str) -> Vec<(usize, usize, Owner)> {
        if self.trie.is_empty() && self.digits.is_empty() {
            return Vec::new();
        }
        let text = Text::of(source);
        let kept = self.kept(&text);
        let mut found: Vec<(usize, usize, Owner)> = Vec::new();
        let mut at = 0;
        while at < text.letters.len() {
            let Some((from, hit)) = self.hidden(source, &text, &kept, at) else {
                at += 1;
                continue;
            };
            if let Some((start, end)) = text.bytes(from..hit.end) {
                let floor = found.last().map_or(0, |(_, end, _)| *end);
                let (start, end) = widened(source, start, end);
                let start = start.max(floor);
                found.push((start, end, hit.owner));
                at = hit.end;
                while text.letter(at).is_some_and(|letter| letter.start < end) {
                    at += 1;
                }
            } else {
                at += 1;
            }
        }
        found
    }

    /// Where the names of those who are not protected stand.
    fn kept(&self, text: &Text) -> Vec<(usize, usize)> {
        let mut kept = Vec::new();
        let mut at = 0;
        while at < text.letters.len() {
            let mut end = None;
            if text.begins(at) {
                self.trie.walk(text, at, |found| {
                    if found.owner == Owner::Open {
                        end = end.max(Some(found.end));
                    }
                });
            }
            match end {
                Some(end) => {
                    kept.push((at, end));
                    at = end;
                }
                None => at += 1,
            }
        }
        kept
    }

    /// The longest form that begins at a letter and leaves the names of others whole, and where it begins once a
    /// title or the number of a house is taken along.
    fn hidden(
        &self,
        source: &str,
        text: &Text,
        kept: &[(usize, usize)],
        at: usize,
    ) -> Option<(usize, Found)> {
        let mut best: Option<Found> = None;
        let mut offer = |found: Found| {
            let clear = kept
                .iter()
                .skip(kept.partition_point(|(_, end)| *end <= at))
                .take_while(|(from, _)| *from < found.end)
                .all(|(from, end)| *from >= at && *end <= found.end && end - from < found.end - at);
            if clear && best.is_none_or(|best| best.end < found.end) {
                best = Some(found);
            }
        };
        if text.begins(at) {
            self.trie.walk(text, at, |found| {
                if found.owner != Owner::Open {
                    offer(found);
                }
            });
        }
        if let Some((end, owner)) = self.digits.at(source, text, at) {
            offer(Found { end, owner, tells: Tells::Place });
        }
        let best = best?;
        let word_before = || {
            let mut from = at.checked_sub(1).filter(|_| text.gap(at) == Gap::Soft)?;
            while from > 0 && text.gap(from) < Gap::Soft {
                from -= 1;
            }
            let word: String = (from..at).filter_map(|at| text.sign(at)).collect();
            let clear = !kept.iter().any(|(kept_from, end)| *kept_from < at && from < *end);
            clear.then_some((from, word))
        };
        let from = match (best.tells, word_before()) {
            (Tells::Name, Some((from, word))) if english::is_title(&word) => from,
            (Tells::Street, Some((from, word)))
                if word.chars().count() < 6 && word.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                from
            }
            _ => at,
        };
        Some((from, best))
    }
}

fn names_of(person: &Person) -> impl Iterator<Item = &str> {
    std::iter::once(person.name.as_str()).chain(person.also_known_as.iter().map(String::as_str))
}

/// Whether two addresses are the same but for the way of writing; none is the same as none.
#[must_use]
pub fn same_address(one: &str, other: &str) -> bool {
    let words = |text: &str| crate::fold::folded_words(text).collect::<Vec<_>>();
    let words_of = words(one);
    !words_of.is_empty() && words_of == words(other)
}

/// An e-mail address goes as a whole.
fn widened(source: &str, start: usize, end: usize) -> (usize, usize) {
    let before = source.get(..start).unwrap_or_default();
    let after = source.get(end..).unwrap_or_default();
    let inside = |c: char| !c.is_whitespace() && !"<>()[]{},;:\"“”|".contains(c);
    let from = before
        .rfind(|c| !inside(c))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let to = end + after.find(|c| !inside(c)).unwrap_or(after.len());
    let around = source.get(from..to).unwrap_or_default();
    if let Some((local, domain)) = around.split_once('@')
        && !local.is_empty()
        && domain.contains('.')
    {
        let trimmed = around.trim_end_matches(['.', '!', '?', '\'', '’']);
        return (from, (from + trimmed.len()).max(end));
    }
    (start, end)
}
