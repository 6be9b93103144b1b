//! Keeping protected people out of tables.
//!
//! Whoever is under a flag *protected identity* is called by a role. Their name, other names, numbers and
//! whereabouts are taken out of every text, as whole words, whatever the case or accents. It cannot see what
//! a text says in other words (a misspelling, *his aunt in the north*): who passes a text on reads it first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sharewell_records::{FlagKind, Person, PersonId, PersonRole};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::Records;

/// Parts of a name that are everybody's.
const NOBODYS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "de", "da", "van", "der", "den", "of", "the", "and", "ap",
    "ab",
];

/// Shortest run of digits that is taken for a telephone number or an identifier.
const DIGITS: usize = 6;

/// Who is protected, what they are called instead, and which words give them away.
#[derive(Debug, Clone, Default)]
pub struct Protection {
    labels: BTreeMap<PersonId, String>,
    /// By first word: the words that follow, and the label.
    words: HashMap<String, Vec<(Vec<String>, String)>>,
    digits: HashMap<String, String>,
    /// People who share a home with somebody protected, and with whom.
    homes: BTreeMap<PersonId, String>,
}

impl Protection {
    /// Works out who is protected: everybody under a flag *protected identity* that is not lifted. Numbers
    /// follow the people's ids, which follow the order in which they were first recorded.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let flagged: BTreeSet<PersonId> = records
            .flags
            .values()
            .filter(|flag| flag.record.0.kind == FlagKind::ProtectedIdentity && flag.record.1.is_none())
            .map(|flag| flag.record.0.person)
            .collect();
        let mut protection = Self::default();
        for (at, person) in flagged.iter().enumerate() {
            let role = records.people.get(person).map(|person| role(person.record.role));
            let label = match role {
                Some(role) => format!("Protected person {}, {role}", at + 1),
                None => format!("Protected person {}", at + 1),
            };
            protection.labels.insert(*person, label);
        }
        let mut shared: BTreeSet<String> = BTreeSet::new();
        for person in records.people.values().filter(|person| !flagged.contains(&person.record.id)) {
            shared.extend(names(&person.record).flat_map(words));
        }
        for practitioner in records.practitioners.values() {
            shared.extend(words(&practitioner.record.name));
        }
        for tie in records.relationships.values().map(|tie| &tie.record.0).filter(|tie| tie.same_home) {
            for (one, other) in [(tie.from, tie.to), (tie.to, tie.from)] {
                if let Some(label) = protection.labels.get(&one)
                    && !protection.labels.contains_key(&other)
                {
                    protection.homes.entry(other).or_insert_with(|| label.clone());
                }
            }
        }
        for (person, label) in protection.labels.clone() {
            if let Some(person) = records.people.get(&person) {
                protection.hide(&person.record, &label, &shared);
            }
        }
        for (person, label) in protection.homes.clone() {
            if let Some(person) = records.people.get(&person) {
                protection.hide_address(&person.record.address, &label);
            }
        }
        protection
    }

    /// What a protected person is called; none for everybody else.
    #[must_use]
    pub fn label(&self, person: PersonId) -> Option<&str> {
        self.labels.get(&person).map(String::as_str)
    }

    /// Everybody who is protected, with what they are called.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, &str)> {
        self.labels.iter().map(|(person, label)| (*person, label.as_str()))
    }

    /// With which protected person this one shares a home; then the address is not shown either.
    #[must_use]
    pub fn shares_home(&self, person: PersonId) -> Option<&str> {
        self.homes.get(&person).map(String::as_str)
    }

    /// The text with every protected person called by their label, in brackets.
    #[must_use]
    pub fn scrub(&self, text: &str) -> String {
        if self.labels.is_empty() {
            return text.to_owned();
        }
        let tokens = tokens(text);
        let mut out = String::with_capacity(text.len());
        let mut written = 0;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = tokens.get(at..).unwrap_or_default();
            let found = self.word_match(rest).or_else(|| self.digit_match(rest));
            let Some((length, label)) = found else {
                at += 1;
                continue;
            };
            let end = rest.get(length - 1).map_or(token.end, |last| last.end);
            out.push_str(text.get(written..token.start).unwrap_or_default());
            out.push('[');
            out.push_str(label);
            out.push(']');
            written = end;
            at += length;
        }
        out.push_str(text.get(written..).unwrap_or_default());
        out
    }

    /// The longest run of hidden words at the beginning.
    fn word_match(&self, tokens: &[Token]) -> Option<(usize, &str)> {
        let follow = self.words.get(&tokens.first()?.word)?;
        follow
            .iter()
            .filter(|(rest, _)| {
                tokens.len() > rest.len()
                    && tokens.iter().skip(1).zip(rest).all(|(token, word)| token.word == *word)
            })
            .max_by_key(|(rest, _)| rest.len())
            .map(|(rest, label)| (rest.len() + 1, label.as_str()))
    }

    /// A hidden number at the beginning, however it is spaced.
    fn digit_match(&self, tokens: &[Token]) -> Option<(usize, &str)> {
        let mut run = String::new();
        for (at, token) in tokens.iter().take(12).enumerate() {
            if !token.word.bytes().all(|byte| byte.is_ascii_digit()) {
                break;
            }
            run.push_str(&token.word);
            if let Some(label) = self.digits.get(&national(&run)) {
                return Some((at + 1, label));
            }
        }
        None
    }

    fn hide(&mut self, person: &Person, label: &str, shared: &BTreeSet<String>) {
        for name in names(person) {
            let parts: Vec<String> = words(name).collect();
            for part in &parts {
                let common = NOBODYS.contains(&part.as_str()) || part.chars().count() < 2;
                if !common && !shared.contains(part) {
                    self.hide_words(vec![part.clone()], label);
                }
            }
            // A part that somebody else bears too is hidden only within the whole name.
            if parts.len() > 1 {
                let mut turned = parts.clone();
                turned.rotate_right(1);
                self.hide_words(turned, label);
                self.hide_words(parts, label);
            }
        }
        self.hide_address(&person.address, label);
        self.hide_number(&person.phone, label);
        for identifier in &person.identifiers {
            self.hide_number(&identifier.value, label);
            self.hide_words(words(&identifier.value).collect(), label);
        }
    }

    /// The whole address, and each line or piece of it that has a digit or more than one word.
    fn hide_address(&mut self, address: &str, label: &str) {
        for piece in address.split([',', '\n', ';']) {
            let parts: Vec<String> = words(piece).collect();
            let digit = parts.iter().any(|part| part.contains(|c: char| c.is_ascii_digit()));
            let telling = parts.len() > 1 || (digit && parts.iter().any(|part| part.chars().count() > 4));
            if let [outward, inward] = parts.as_slice()
                && digit
                && inward.len() == 3
            {
                self.hide_words(vec![format!("{outward}{inward}")], label);
            }
            if telling {
                self.hide_words(parts, label);
            }
        }
    }

    fn hide_number(&mut self, number: &str, label: &str) {
        // Two numbers may stand in one field.
        for piece in number.split([',', ';', '/', '\n']) {
            let digits = national(&piece.chars().filter(char::is_ascii_digit).collect::<String>());
            if digits.len() >= DIGITS {
                self.digits.insert(digits, label.to_owned());
            }
        }
    }

    fn hide_words(&mut self, words: Vec<String>, label: &str) {
        let mut words = words.into_iter();
        if let Some(first) = words.next() {
            self.words.entry(first).or_default().push((words.collect(), label.to_owned()));
        }
    }
}

fn names(person: &Person) -> impl Iterator<Item = &str> {
    std::iter::once(person.name.as_str()).chain(person.also_known_as.iter().map(String::as_str))
}

fn role(role: PersonRole) -> &'static str {
    match role {
        PersonRole::Child => "child",
        PersonRole::Parent => "parent",
        PersonRole::Carer => "carer",
        PersonRole::OtherAdult => "other adult",
        PersonRole::Practitioner => "practitioner",
    }
}

/// A telephone number without the country's prefix or the leading nought.
fn national(digits: &str) -> String {
    let rest =
        digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44").filter(|rest| rest.len() > 8));
    rest.unwrap_or(digits).trim_start_matches('0').to_owned()
}

struct Token {
    start: usize,
    end: usize,
    word: String,
}

fn words(text: &str) -> impl Iterator<Item = String> {
    tokens(text).into_iter().map(|token| token.word)
}

/// The words of a text: runs of letters, digits and combining marks, in lower case and without accents.
fn tokens(text: &str) -> Vec<Token> {
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, inside(c)) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                let word = fold(text.get(begin..at).unwrap_or_default());
                tokens.push(Token { start: begin, end: at, word });
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    tokens
}

fn fold(word: &str) -> String {
    word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
