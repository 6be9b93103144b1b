//! Names inside what is written in one piece: an e-mail address, an account's name, the address of a page.
//!
//! There no blank says where a name begins, so here alone a name counts inside a longer word.

use std::collections::{BTreeMap, BTreeSet};

use super::trie::Owner;
use crate::fold::fold;

/// From this length on a name gives somebody away inside any longer word.
const TELLING: usize = 5;
/// From this length on the beginning of a surname gives somebody away behind an initial.
const BEGINNING: usize = 4;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Handles {
    words: BTreeMap<String, Owner>,
    /// Given name and surname.
    pairs: Vec<(String, String, Owner)>,
    /// Whole names of those who are not protected, in one piece.
    open: BTreeSet<String>,
}

impl Handles {
    /// Leaves alone what begins the name of somebody who is not protected.
    pub(super) fn leave(&mut self, whole: String) {
        self.open.insert(whole);
    }

    /// Adds a word of a name that nobody else bears.
    pub(super) fn word(&mut self, word: &str, owner: Owner) {
        if word.chars().count() >= TELLING {
            let known = self.words.entry(word.to_owned()).or_insert(owner);
            if *known != owner {
                *known = Owner::Several;
            }
        }
    }

    /// Adds a given name with its surname.
    pub(super) fn pair(&mut self, given: String, surname: String, owner: Owner) {
        if given.chars().count() > 1 && surname.chars().count() > 1 {
            self.pairs.push((given, surname, owner));
        }
    }

    /// The bytes of every piece that gives somebody away, in order.
    pub(super) fn find(&self, source: &str) -> Vec<(usize, usize, Owner)> {
        let mut found = Vec::new();
        let mut from = 0;
        for token in source.split_inclusive(|c: char| !inside(c)) {
            if is_handle(token) {
                let mut at = from;
                for piece in token.split_inclusive(|c: char| !(c.is_alphanumeric() || "._-".contains(c))) {
                    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
                    if let Some((owner, before)) = self.owner(bare).zip(piece.find(bare)) {
                        found.push((at + before, at + before + bare.len(), owner));
                    }
                    at += piece.len();
                }
            }
            from += token.len();
        }
        found
    }

    fn owner(&self, piece: &str) -> Option<Owner> {
        let letters: String = fold(piece).chars().filter(|c| c.is_alphanumeric()).collect();
        let bare = letters.trim_matches(char::is_numeric);
        let another = |bare: &str| {
            let next = self.open.range(bare.to_owned()..).next();
            next.is_some_and(|name| name.starts_with(bare))
        };
        if bare.is_empty() || another(bare) {
            return None;
        }
        let begins = |whole: &str, with: &str, least: usize| {
            let rest = bare.strip_prefix(with);
            rest.is_some_and(|rest| rest.chars().count() >= least && whole.starts_with(rest))
        };
        let word = self.words.iter().find(|(word, _)| bare.contains(word.as_str())).map(|(_, owner)| *owner);
        word.or_else(|| {
            let paired = self.pairs.iter().find(|(given, surname, _)| {
                let initial: String = given.chars().take(1).collect();
                begins(surname, given, 1)
                    || begins(given, surname, 1)
                    || begins(surname, &initial, BEGINNING)
                    || bare.contains(&format!("{given}{surname}"))
            });
            paired.map(|(_, _, owner)| *owner)
        })
    }
}

/// Whether a run without blanks is an address, an account or a tag.
fn is_handle(token: &str) -> bool {
    token.contains(['@', '#', '/']) || fold(token).contains("www.")
}

/// What stands in one piece with a handle.
fn inside(c: char) -> bool {
    !c.is_whitespace() && !"<>()[]{},;:\"“”|".contains(c)
}

/// An e-mail address goes as a whole.
pub(super) fn widened(source: &str, start: usize, end: usize) -> (usize, usize) {
    let before = source.get(..start).unwrap_or_default();
    let after = source.get(end..).unwrap_or_default();
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
