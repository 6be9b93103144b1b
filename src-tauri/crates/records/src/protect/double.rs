//! The same person under two ids: each child's file knows its people by ids of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{names_of, same_address};
use crate::fold::folded_words;
use crate::{Birth, IdentifierKind, Person, PersonRole};

/// A whole name, whichever way round.
type Name = BTreeSet<String>;

/// Those who are protected, by their whole names: each name is folded once, however many people are compared with them.
pub(super) struct Doubles<'a> {
    known: &'a [(usize, &'a Person)],
    by_name: BTreeMap<Name, BTreeSet<usize>>,
}

impl<'a> Doubles<'a> {
    /// Of people in every form they had, each with its owner.
    pub(super) fn of(known: &'a [(usize, &'a Person)]) -> Self {
        let mut by_name: BTreeMap<Name, BTreeSet<usize>> = BTreeMap::new();
        for (at, (_, one)) in known.iter().enumerate() {
            for name in whole_names(one) {
                by_name.entry(name).or_default().insert(at);
            }
        }
        Self { known, by_name }
    }

    /// The owner of the first of them whom another file recorded anew as this person: the same whole name, and nothing
    /// that says otherwise; a name in one word counts only with a detail that both have. It errs towards hiding: who is
    /// somebody else is told apart by a date of birth.
    pub(super) fn of_whom(&self, other: &Person) -> Option<usize> {
        let mut namesakes: BTreeMap<usize, bool> = BTreeMap::new();
        for name in whole_names(other) {
            for at in self.by_name.get(&name).into_iter().flatten() {
                *namesakes.entry(*at).or_default() |= name.len() > 1;
            }
        }
        namesakes.into_iter().find_map(|(at, in_full)| {
            let (owner, known) = self.known.get(at)?;
            let same = !contradict(known, other) && (in_full || share_a_detail(known, other));
            same.then_some(*owner)
        })
    }
}

fn whole_names(of: &Person) -> BTreeSet<Name> {
    let words = |name: &str| folded_words(name).filter(|word| !super::is_address(word)).collect();
    names_of(of).map(words).filter(|words: &Name| !words.is_empty()).collect()
}

fn contradict(one: &Person, other: &Person) -> bool {
    let born = match (&one.birth, &other.birth) {
        (Birth::Born { on: one }, Birth::Born { on: other }) => one != other,
        _ => false,
    };
    let number = |of: &Person| {
        let numbers = of.identifiers.iter().filter(|one| one.kind == IdentifierKind::NhsNumber);
        numbers.map(|one| digits(&one.value)).next()
    };
    let numbers = number(one).zip(number(other)).is_some_and(|(one, other)| one != other);
    let child = |of: &Person| of.role == PersonRole::Child;
    born || numbers || child(one) != child(other)
}

fn share_a_detail(one: &Person, other: &Person) -> bool {
    let born = matches!((&one.birth, &other.birth), (Birth::Born { on: one }, Birth::Born { on: other }) if one == other);
    let rung = digits(&one.phone).len() > 5 && digits(&one.phone) == digits(&other.phone);
    let mut numbers = one.identifiers.iter();
    let numbered = numbers.any(|mine| {
        let mut theirs = other.identifiers.iter();
        theirs.any(|theirs| mine.kind == theirs.kind && digits(&mine.value) == digits(&theirs.value))
    });
    born || rung || numbered || same_address(&one.address, &other.address)
}

fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
