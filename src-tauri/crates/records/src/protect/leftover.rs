//! What looks like a leftover in a text that was freed already: it may be somebody's name or whereabouts, and only a
//! person can say.
//!
//! A word is looked up in tables of folded words, so a text costs its own length however many names there are:
//! a slip of one letter by what is left of both words without one, an ending of grammar by the stem before it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::english::{ends_a_case, is_account, is_nobodys, is_ordinary, street};
use super::text::{Gap, Text};
use super::trie::Owner;
use super::{Protection, names};
use crate::fold::fold;
use crate::{LeftoverKind, PersonId};

/// From this length on a slip of one letter is noticed where a capital says that it is a name.
const SLIP: usize = 5;
/// The same without a capital.
const SMALL_SLIP: usize = 8;
/// Shortest stem before an ending.
const STEM: usize = 4;
/// Longest ending.
const ENDING: usize = 5;
/// As many letters of one name, with any of the other, make the name of an account.
const ACCOUNT: usize = 3;
/// From this length on a name is found in two words, or in letters set apart.
const APART: usize = 6;

/// What looks like somebody in the texts that are about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Who it may be.
    pub person: PersonId,
    /// As it is compared and remembered.
    pub form: String,
    /// As it was first written.
    pub shown: String,
    /// What makes it look so.
    pub like: LeftoverKind,
    /// How often it stands there.
    pub count: u32,
}

/// Groups by person and form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leftovers {
    groups: BTreeMap<(PersonId, String), Leftover>,
}

impl Leftovers {
    /// Whether nothing looks like anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The groups, by person and form.
    pub fn groups(&self) -> impl Iterator<Item = &Leftover> {
        self.groups.values()
    }

    fn add(&mut self, person: PersonId, form: String, shown: &str, like: LeftoverKind) {
        let group = self.groups.entry((person, form.clone())).or_insert_with(|| Leftover {
            person,
            form,
            shown: shown.split_whitespace().collect::<Vec<_>>().join(" "),
            like,
            count: 0,
        });
        group.count = group.count.saturating_add(1);
    }
}

/// The folded words of protected people by which a leftover is recognised.
#[derive(Debug, Clone, Default)]
pub(super) struct Near {
    /// Words of names.
    words: BTreeMap<String, PersonId>,
    /// Names of one letter.
    letters: BTreeMap<String, PersonId>,
    /// Each without one of its letters, and whole.
    slips: BTreeMap<String, BTreeSet<String>>,
    /// Each without its ending.
    stems: BTreeMap<String, PersonId>,
    /// Ordinary words that are names.
    ordinary: BTreeMap<String, PersonId>,
    initials: BTreeMap<String, PersonId>,
    /// Words of streets and of houses.
    places: BTreeMap<String, PersonId>,
    place_slips: BTreeMap<String, BTreeSet<String>>,
    towns: BTreeMap<String, PersonId>,
    codes: BTreeMap<String, PersonId>,
    /// Given name and surname, as the name of an account is made of them.
    pairs: Vec<(String, String, PersonId)>,
    /// Words of names that somebody who is not protected had and that are not shown any more.
    earlier: BTreeMap<String, PersonId>,
    /// Words of the names of those who are not protected.
    open: BTreeSet<String>,
    /// What was answered.
    answered: BTreeSet<(PersonId, String)>,
}

impl Near {
    /// Takes in what others are called: none of it is asked about.
    pub(super) fn leave(&mut self, open: BTreeSet<String>) {
        self.open = open;
    }

    /// Remembers that something was answered.
    pub(super) fn answered(&mut self, person: PersonId, form: &str) {
        self.answered.insert((person, form.to_owned()));
    }

    /// Adds the words of a name.
    pub(super) fn name(&mut self, person: PersonId, name: &str) {
        let words = names::words(name);
        if let [(letter, _)] = words.as_slice()
            && letter.chars().count() == 1
        {
            self.letters.entry(letter.clone()).or_insert(person);
        }
        for (word, prefixed) in words {
            let long = word.chars().count();
            if is_nobodys(&word) {
                continue;
            }
            if is_ordinary(&word) {
                self.ordinary.entry(word).or_insert(person);
                continue;
            }
            if prefixed {
                self.words.entry(word).or_insert(person);
                continue;
            }
            // Other scripts write a name in fewer letters.
            if long >= if word.is_ascii() { SLIP } else { SLIP - 1 } {
                for slip in slips(&word) {
                    self.slips.entry(slip).or_default().insert(word.clone());
                }
                for cut in 0..=2.min(long.saturating_sub(STEM)) {
                    let stem: String = word.chars().take(long - cut).collect();
                    self.stems.entry(stem).or_insert(person);
                }
            }
            self.words.entry(word).or_insert(person);
        }
        for initials in names::initials(name) {
            self.initials.entry(initials).or_insert(person);
        }
        for (given, surname) in names::pairs(name) {
            self.pairs.push((given, surname, person));
        }
    }

    /// Adds a name that somebody had and that is not shown any more: who they are is no secret, what they were called is.
    pub(super) fn earlier(&mut self, person: PersonId, name: &str) {
        for (word, _) in names::words(name) {
            if word.chars().count() > 1 && !is_nobodys(&word) {
                self.earlier.entry(word).or_insert(person);
            }
        }
        self.name(person, name);
    }

    /// Whose names the name of an account may be made of: the beginnings of both, one of them three letters or more.
    fn account(&self, letters: &str) -> Option<PersonId> {
        let all: Vec<char> = letters.chars().collect();
        let begins = |name: &str, part: &[char]| {
            !part.is_empty() && name.starts_with(&part.iter().collect::<String>())
        };
        let made_of = |one: &str, other: &str| {
            (1..all.len()).any(|at| {
                let (front, back) = all.split_at(at);
                front.len().max(back.len()) >= ACCOUNT && begins(one, front) && begins(other, back)
            })
        };
        let whose = |(given, surname, _): &&(String, String, PersonId)| {
            made_of(given, surname) || made_of(surname, given)
        };
        self.pairs.iter().find(whose).map(|(_, _, person)| *person)
    }

    /// Adds a word of a street or of a house.
    pub(super) fn place(&mut self, person: PersonId, word: &str) {
        for slip in slips(word) {
            self.place_slips.entry(slip).or_default().insert(word.to_owned());
        }
        self.places.entry(word.to_owned()).or_insert(person);
    }

    /// Adds a town.
    pub(super) fn town(&mut self, person: PersonId, town: String) {
        self.towns.entry(town).or_insert(person);
    }

    /// Adds a half of a postcode.
    pub(super) fn code(&mut self, person: PersonId, half: String) {
        self.codes.entry(half).or_insert(person);
    }

    /// Whom a word of a text may be, and why.
    fn like(&self, word: &str, capital: bool, capitals: bool) -> Option<(PersonId, LeftoverKind)> {
        use LeftoverKind as L;
        let known = |of: &BTreeMap<String, PersonId>, like: L| Some((*of.get(word)?, like));
        if let Some(found) = known(&self.towns, L::Town).filter(|_| capital || !is_ordinary(word)) {
            return Some(found);
        }
        if capitals
            && let Some(found) = known(&self.codes, L::Postcode).or(known(&self.initials, L::Initials))
        {
            return Some(found);
        }
        if capital && let Some(found) = known(&self.letters, L::Initials) {
            return Some(found);
        }
        if capital
            && !self.open.contains(word)
            && let Some(found) = known(&self.earlier, L::Earlier)
        {
            return Some(found);
        }
        if self.open.contains(word) || is_ordinary(word) || is_nobodys(word) || street(word).is_some() {
            return None;
        }
        if capital && let Some(found) = known(&self.words, L::Spelling) {
            return Some(found);
        }
        let long = word.chars().count();
        if ((capital && long + 1 >= SLIP) || long >= SMALL_SLIP)
            && let Some(person) = slipped(word, &self.slips, &self.words)
        {
            return Some((person, L::Spelling));
        }
        if capital && let Some(person) = slipped(word, &self.place_slips, &self.places) {
            return Some((person, L::Street));
        }
        let ending = |cut: usize| -> Option<PersonId> {
            let at = long.checked_sub(cut).filter(|at| *at >= STEM)?;
            let stem: String = word.chars().take(at).collect();
            let ending: String = word.chars().skip(at).collect();
            ends_a_case(&ending).then(|| self.stems.get(&stem).copied()).flatten()
        };
        (1..=ENDING).filter(|_| capital).find_map(ending).map(|person| (person, L::Ending))
    }
}

/// Whose word is written so, or with one slip.
fn slipped(
    word: &str,
    by_slip: &BTreeMap<String, BTreeSet<String>>,
    of: &BTreeMap<String, PersonId>,
) -> Option<PersonId> {
    let near = slips(word).into_iter().filter_map(|slip| by_slip.get(&slip)).flatten();
    let mut near = near.filter(|name| *name == word || one_slip(name, word));
    near.next().and_then(|name| of.get(name)).copied()
}

/// A word without each of its letters, and whole.
fn slips(word: &str) -> Vec<String> {
    let signs: Vec<char> = word.chars().collect();
    let mut slips = vec![word.to_owned()];
    slips.extend((0..signs.len()).map(|left_out| {
        let kept = signs.iter().enumerate().filter(|(at, _)| *at != left_out);
        kept.map(|(_, sign)| *sign).collect::<String>()
    }));
    slips
}

/// Whether one letter lies between two words: one too many, too few or another, or two changed about.
pub(crate) fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    let rest = |of: &[char], from: usize| of.get(from..).map(<[char]>::to_vec);
    let swapped = matches!((a, b), ([x, y, ..], [p, q, ..]) if x == q && y == p);
    rest(a, 1) == rest(b, 1)
        || rest(a, 1).as_deref() == Some(b)
        || rest(b, 1).as_deref() == Some(a)
        || (swapped && rest(a, 2) == rest(b, 2))
}

impl Protection {
    /// Adds what looks like a leftover in a text that was freed.
    pub fn look_over(&self, source: &str, leftovers: &mut Leftovers) {
        if self.is_empty() {
            return;
        }
        let text = Text::of(source);
        let kept = self.kept(&text);
        let is_kept = |range: &Range<usize>| {
            let after = kept.get(kept.partition_point(|(_, end)| *end <= range.start)..);
            after.and_then(<[_]>::first).is_some_and(|(from, _)| *from < range.end)
        };
        let shown = |range: &Range<usize>| {
            let bytes = text.bytes(range.clone());
            bytes.and_then(|(start, end)| source.get(start..end)).unwrap_or_default().to_owned()
        };
        let plain =
            |range: &Range<usize>| -> String { range.clone().filter_map(|at| text.sign(at)).collect() };
        let large = |at: usize| text.letter(at).is_some_and(|letter| !letter.small);
        self.look_for_accounts(source, |person, form, shown| {
            if !self.near.answered.contains(&(person, form.clone())) {
                leftovers.add(person, form, shown, LeftoverKind::Account);
            }
        });
        let mut add = |person: PersonId, form: String, range: &Range<usize>, like: LeftoverKind| {
            if !self.near.answered.contains(&(person, form.clone())) {
                leftovers.add(person, form, &shown(range), like);
            }
        };
        let words = text.words();
        for (nth, range) in words.iter().enumerate().filter(|(_, range)| !is_kept(range)) {
            let word = plain(range);
            let mut unsure = false;
            self.trie.walk(&text, range.start, |found| unsure |= found.owner != Owner::Open && !found.sure);
            if unsure && let Some(person) = self.near.ordinary.get(&word) {
                add(*person, word, range, LeftoverKind::Word);
                continue;
            }
            // *Quillfeather's* is looked up as Quillfeather.
            let owned = text.gap(range.end - 1) == Gap::Apostrophe && text.sign(range.end - 1) == Some('s');
            let bare = if owned { range.start..range.end - 1 } else { range.clone() };
            let capitals = bare.clone().all(large);
            if let Some((person, like)) = self.near.like(&plain(&bare), large(range.start), capitals) {
                add(person, plain(&bare), range, like);
                continue;
            }
            let mut apart = |until: usize| {
                let last = words.get(until)?;
                let (whole, joined) = (range.start..last.end, plain(&(range.start..last.end)));
                let behind_blanks =
                    words.get(nth + 1..=until)?.iter().all(|word| text.gap(word.start) == Gap::Soft);
                // Two small words make a name only where it is long: *made up* is no Madeup.
                let least = if range.len() == 1 || large(range.start) { APART } else { SMALL_SLIP };
                let known = self.near.words.get(&joined).filter(|_| joined.chars().count() >= least)?;
                (behind_blanks && !is_kept(&whole))
                    .then(|| add(*known, joined.clone(), &whole, LeftoverKind::Spelling))
            };
            if apart(nth + 1).is_none() && range.len() == 1 {
                let letters = words.iter().skip(nth).take_while(|word| word.len() == 1).count();
                (2..letters).rev().find_map(|more| apart(nth + more));
            }
        }
    }

    /// Names of accounts without the sign that says so (*insta: joquill99*, *jo_quill*): a word with a digit or an
    /// underscore in it, or one behind the name of such a service.
    fn look_for_accounts(&self, source: &str, mut add: impl FnMut(PersonId, String, &str)) {
        let mut named_before = false;
        for token in source.split(|c: char| c.is_whitespace() || "<>()[]{},;:\"“”|=".contains(c)) {
            let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
            if bare.is_empty() {
                continue;
            }
            let folded = fold(bare);
            let behind_a_service = std::mem::replace(&mut named_before, is_account(&folded));
            let made = bare.contains('_') || bare.contains(char::is_numeric);
            // What has such a sign is hidden as it is.
            if token.contains(['@', '#', '/']) || !(made || behind_a_service) {
                continue;
            }
            let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
            if let Some(person) = self.near.account(&letters) {
                add(person, folded, bare);
            }
        }
    }

    /// As [`Protection::look_over`], in every text inside a JSON value.
    pub fn look_over_value(&self, value: &serde_json::Value, leftovers: &mut Leftovers) {
        use serde_json::Value;
        match value {
            Value::String(text) => self.look_over(text, leftovers),
            Value::Array(values) => values.iter().for_each(|one| self.look_over_value(one, leftovers)),
            Value::Object(fields) => fields.values().for_each(|one| self.look_over_value(one, leftovers)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}
