//! The same person under two ids: each child's file knows its people by ids of its own.

use std::collections::BTreeSet;

use super::{names_of, same_address};
use crate::fold::folded_words;
use crate::{Birth, IdentifierKind, Person, PersonRole};

/// Whether a person is somebody protected whom another file recorded anew: the same whole name, and nothing that says
/// otherwise; a name in one word counts only with a detail that both have. It errs towards hiding: who is somebody else
/// is told apart by a date of birth.
pub(super) fn is_same(protected: &Person, other: &Person) -> bool {
    let named = |one: &Person| -> BTreeSet<BTreeSet<String>> {
        let words = |name: &str| folded_words(name).filter(|word| !super::is_address(word)).collect();
        names_of(one).map(words).filter(|words: &BTreeSet<String>| !words.is_empty()).collect()
    };
    let (ours, theirs) = (named(protected), named(other));
    let mut shared = ours.intersection(&theirs).peekable();
    if shared.peek().is_none() || contradict(protected, other) {
        return false;
    }
    shared.any(|words| words.len() > 1) || share_a_detail(protected, other)
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
