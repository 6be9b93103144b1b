//! What is looked for, as a tree of letters. From each beginning of a word the tree is walked until the text
//! leaves it, so a long text costs its own length however many names there are.

use std::collections::BTreeMap;

use super::english::is_said_of_people;
use super::text::{Gap, Text};

/// Whose a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Somebody who is not protected: it is left as it stands.
    Open,
    /// One protected person.
    One(usize),
    /// Several of them.
    Several,
}

/// Which part of somebody a form gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// A name.
    Name,
    /// Where somebody is.
    Place,
    /// A street: the number of a house before it goes with it.
    Street,
}

/// How a form must stand in a text to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) tells: Tells,
    /// Only with capital letters: small, it is an ordinary word.
    pub(super) capital: bool,
    /// Only with a full stop in it: initials.
    pub(super) stops: bool,
    /// A plural's *s* may follow.
    pub(super) plural: bool,
    /// A month as well: beside a number it is the month.
    pub(super) month: bool,
    /// An ordinary word: a capital at the beginning of a sentence does not make a name of it.
    pub(super) word: bool,
    /// The first half of a postcode: before its second half it is another home's.
    pub(super) half: bool,
}

impl Rule {
    pub(super) fn of(tells: Tells) -> Self {
        Self { tells, capital: false, stops: false, plural: false, month: false, word: false, half: false }
    }
}

#[derive(Debug, Clone, Copy)]
struct End {
    owner: Owner,
    rule: Rule,
}

#[derive(Debug, Clone, Default)]
struct Node {
    next: BTreeMap<char, usize>,
    ends: Vec<End>,
}

/// A form that was found: letters until `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) owner: Owner,
    pub(super) tells: Tells,
    /// Whether nobody needs to be asked: an ordinary word at the beginning of a sentence may be just that.
    pub(super) sure: bool,
}

/// The tree. A blank in a pattern is a place at which blanks may stand, and need not.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl Trie {
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    /// Adds a form. Where several people share it, it is nobody's alone.
    pub(super) fn insert(&mut self, pattern: &[char], owner: Owner, rule: Rule) {
        let mut at = 0;
        for sign in pattern {
            let fresh = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return };
            at = *node.next.entry(*sign).or_insert(fresh);
            if at == fresh {
                self.nodes.push(Node::default());
            }
        }
        let Some(node) = self.nodes.get_mut(at).filter(|_| at > 0) else { return };
        let open = owner == Owner::Open;
        let same = |end: &&mut End| (end.owner == Owner::Open) == open && end.rule.stops == rule.stops;
        match node.ends.iter_mut().find(same) {
            Some(end) => {
                if end.owner != owner {
                    end.owner = Owner::Several;
                }
                end.rule.capital &= rule.capital;
                end.rule.plural |= rule.plural;
                end.rule.month &= rule.month;
                end.rule.word &= rule.word;
                end.rule.half &= rule.half;
                if rule.tells == Tells::Street {
                    end.rule.tells = Tells::Street;
                }
            }
            None => node.ends.push(End { owner, rule }),
        }
    }

    /// Every form that stands at a letter, to `found`.
    pub(super) fn walk(&self, text: &Text, from: usize, mut found: impl FnMut(Found)) {
        let mut states: Vec<usize> = vec![0];
        for at in from..text.letters.len() {
            let Some(letter) = text.letter(at) else { return };
            let behind_blank = at > from && letter.gap >= Gap::Soft;
            if at > from && letter.gap == Gap::Hard {
                return;
            }
            let mut next: Vec<usize> = Vec::new();
            for state in &states {
                let Some(node) = self.nodes.get(*state) else { continue };
                let over = node.next.get(&' ').and_then(|blank| self.nodes.get(*blank));
                let here = (!behind_blank).then_some(node);
                next.extend(here.into_iter().chain(over).filter_map(|node| node.next.get(&letter.sign)));
            }
            if next.is_empty() {
                return;
            }
            for state in &next {
                for end in self.nodes.get(*state).into_iter().flat_map(|node| &node.ends) {
                    if let Some(end_at) = counts(text, from, at + 1, &end.rule) {
                        let sure = !end.rule.word || is_sure(text, from, end_at);
                        found(Found { end: end_at, owner: end.owner, tells: end.rule.tells, sure });
                    }
                }
            }
            states = next;
        }
    }
}

/// Where a form ends that stands in the letters of a range; none where it does not count there.
fn counts(text: &Text, from: usize, to: usize, rule: &Rule) -> Option<usize> {
    let end = match text.ends(to) {
        true => to,
        false => text.plural(to).filter(|_| rule.plural)?,
    };
    let begins_large = |at: usize| {
        (at > from && text.gap(at) == Gap::None) || text.letter(at).is_some_and(|letter| !letter.small)
    };
    if rule.capital && !(from..to).all(begins_large) {
        return None;
    }
    if rule.month && beside_a_number(text, from, to) {
        return None;
    }
    if rule.stops && !(from + 1..=to).any(|at| text.stop(at)) {
        return None;
    }
    if rule.half && second_half(text, to) {
        return None;
    }
    Some(end)
}

/// Whether an ordinary word is a name where it stands: inside a sentence, alone, with a possessive, or before what is
/// said of people only.
fn is_sure(text: &Text, from: usize, to: usize) -> bool {
    let alone = from == 0 && to == text.letters.len();
    let owns = text.gap(to) == Gap::Apostrophe;
    !text.opens(from) || alone || owns || text.word_at(to).is_some_and(|next| is_said_of_people(&next))
}

/// Whether the second half of a postcode stands at a letter.
fn second_half(text: &Text, at: usize) -> bool {
    let digit = text.sign(at).is_some_and(|sign| sign.is_ascii_digit());
    let letter = |at: usize| text.sign(at).is_some_and(|sign| sign.is_ascii_lowercase());
    text.gap(at) <= Gap::Soft && digit && letter(at + 1) && letter(at + 2) && text.gap(at + 3) > Gap::None
}

/// *3 May* and *May 2026* are days.
fn beside_a_number(text: &Text, from: usize, to: usize) -> bool {
    let digit = |at: usize| text.sign(at).is_some_and(|sign| sign.is_ascii_digit());
    let mut before = from;
    // *3rd May*: the letters of the ordinal lie between.
    while before > 0 && from - before < 3 && !digit(before - 1) {
        before -= 1;
    }
    let ordinal = (before..from).filter_map(|at| text.sign(at)).collect::<String>();
    let numbered = matches!(ordinal.as_str(), "" | "st" | "nd" | "rd" | "th");
    let day_before = before > 0 && numbered && text.gap(from) <= Gap::Soft && digit(before - 1);
    day_before || (text.gap(to) <= Gap::Soft && digit(to))
}
