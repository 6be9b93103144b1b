//! Whose names and details a share leaves out beside those that are protected, and what that changes in a text.
//!
//! Somebody of the file who is not whom it is about, and whom a text that goes names, is offered and never cut by itself:
//! whoever shares it says of each whether they stay named. Where harm, danger, a duty or an order speak for the share,
//! nobody has to: who was not spoken of stays named then.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{PersonId, ShareGround};

closed_set! {
    /// What becomes of somebody's name and details in the texts of a share.
    #[derive(Default)]
    NameGoes in "snake_case" {
        /// Not said yet.
        #[default]
        Blank = "",
        /// They stay named.
        Stays = "stays",
        /// They are called by the part they play, and their details are left out.
        LeftOut = "left_out",
    }
}

/// What was said of somebody whom a text that goes names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Named {
    /// Who.
    pub person: PersonId,
    /// What becomes of their name.
    pub goes: NameGoes,
}

/// Of whom it still has to be said whether they stay named.
#[must_use]
pub fn unsaid(named: &[PersonId], said: &[Named], ground: Option<ShareGround>) -> Vec<PersonId> {
    if ground.is_some_and(ShareGround::never_stops) {
        return Vec::new();
    }
    let is_said =
        |person: &PersonId| said.iter().any(|one| one.person == *person && one.goes != NameGoes::Blank);
    named.iter().copied().filter(|person| !is_said(person)).collect()
}

/// Whose names are left out: of those who are named, and of nobody else.
#[must_use]
pub fn left_out(named: &[PersonId], said: &[Named]) -> Vec<PersonId> {
    let leaves = |person: &PersonId| {
        said.iter().rev().find(|one| one.person == *person).is_some_and(|one| one.goes == NameGoes::LeftOut)
    };
    named.iter().copied().filter(leaves).collect()
}

closed_set! {
    /// How a stretch of what stands in the record stands to what leaves.
    Stretch in "snake_case" {
        /// It stands in both.
        Same = "same",
        /// It stands in the record and does not leave.
        Gone = "gone",
        /// It leaves in the place of what is gone.
        Put = "put",
    }
}

/// A stretch of a text, and how it stands to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Piece {
    /// How.
    pub stretch: Stretch,
    /// The words, with the blanks behind them.
    pub text: String,
}

/// The most comparisons of words that are made for one text; beyond that its middle counts as changed whole.
const MOST_COMPARED: usize = 4_000_000;

/// What stands in the record and what leaves, as one run of stretches: without what was put it is the one, without what is
/// gone the other.
#[must_use]
pub fn differences(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (words(before), words(after));
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (tail(&old, head), tail(&new, head));
    let foot =
        old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let old_middle = old_rest.get(..old_rest.len() - foot).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - foot).unwrap_or_default();
    let mut pieces = Pieces::default();
    pieces.all(Stretch::Same, old.get(..head).unwrap_or_default());
    middle(old_middle, new_middle, &mut pieces);
    pieces.all(Stretch::Same, tail(old_rest, old_rest.len() - foot));
    pieces.0
}

/// Words, each with the blanks behind it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

fn tail<'a, 'b>(words: &'b [&'a str], from: usize) -> &'b [&'a str] {
    words.get(from..).unwrap_or_default()
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn put(&mut self, stretch: Stretch, word: &str) {
        match self.0.last_mut() {
            Some(last) if last.stretch == stretch => last.text.push_str(word),
            Some(_) | None => self.0.push(Piece { stretch, text: word.to_owned() }),
        }
    }

    fn all(&mut self, stretch: Stretch, words: &[&str]) {
        words.iter().for_each(|word| self.put(stretch, word));
    }
}

/// The middle, by the longest run of words that both have.
fn middle(old: &[&str], new: &[&str], pieces: &mut Pieces) {
    let wide = new.len() + 1;
    if old.len().saturating_mul(new.len()) > MOST_COMPARED {
        pieces.all(Stretch::Gone, old);
        pieces.all(Stretch::Put, new);
        return;
    }
    // How many words both have from here to the end.
    let mut common = vec![0_u32; (old.len() + 1) * wide];
    let at = |row: usize, column: usize| row * wide + column;
    let look = |common: &[u32], row, column| common.get(at(row, column)).copied().unwrap_or_default();
    for (row, word) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let count = match word == other {
                true => look(&common, row + 1, column + 1) + 1,
                false => look(&common, row + 1, column).max(look(&common, row, column + 1)),
            };
            if let Some(place) = common.get_mut(at(row, column)) {
                *place = count;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    while let (Some(word), Some(other)) = (old.get(row), new.get(column)) {
        if word == other {
            pieces.put(Stretch::Same, word);
            (row, column) = (row + 1, column + 1);
        } else if look(&common, row + 1, column) >= look(&common, row, column + 1) {
            pieces.put(Stretch::Gone, word);
            row += 1;
        } else {
            pieces.put(Stretch::Put, other);
            column += 1;
        }
    }
    pieces.all(Stretch::Gone, tail(old, row));
    pieces.all(Stretch::Put, tail(new, column));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn id(last: u8) -> PersonId {
        format!("0192f0c1-2345-7abc-8def-0000000000{last:02}").parse().unwrap()
    }

    fn without(pieces: &[Piece], stretch: Stretch) -> String {
        pieces.iter().filter(|one| one.stretch != stretch).map(|one| one.text.as_str()).collect()
    }

    #[test]
    fn both_texts_stand_whole_in_the_stretches() {
        for (before, after) in [
            ("Sam Madeup rang. Sam was cross.", "[father] rang. [father] was cross."),
            ("", "put"),
            ("gone", ""),
            ("the same\nlines", "the same\nlines"),
            ("a b c d", "x b y d"),
        ] {
            let pieces = differences(before, after);
            assert_eq!(without(&pieces, Stretch::Put), before);
            assert_eq!(without(&pieces, Stretch::Gone), after);
        }
        let long = "word ".repeat(3_000);
        let pieces = differences(&format!("a {long}"), &format!("{long}b"));
        assert_eq!(without(&pieces, Stretch::Gone), format!("{long}b"));
    }

    #[test]
    fn what_is_the_same_is_not_marked() {
        let pieces = differences("Yesterday Sam Madeup rang school.", "Yesterday [father] rang school.");
        let gone: Vec<_> = pieces.iter().filter(|one| one.stretch == Stretch::Gone).collect();
        assert_eq!(gone.len(), 1);
        assert_eq!(gone.first().unwrap().text, "Sam Madeup ");
    }

    #[test]
    fn each_is_asked_about_but_where_a_child_is_protected() {
        let named = [id(1), id(2), id(3)];
        let said = [
            Named { person: id(1), goes: NameGoes::LeftOut },
            Named { person: id(2), goes: NameGoes::Blank },
        ];
        assert_eq!(unsaid(&named, &said, Some(ShareGround::Judgement)), [id(2), id(3)]);
        assert_eq!(unsaid(&named, &said, Some(ShareGround::Permission)), [id(2), id(3)]);
        for ground in [ShareGround::Emergency, ShareGround::Harm, ShareGround::Duty] {
            assert_eq!(unsaid(&named, &said, Some(ground)), []);
        }
        assert_eq!(left_out(&named, &said), [id(1)]);
        assert_eq!(left_out(&[id(2)], &said), [], "of nobody who is not named");
        let twice = [said[0], Named { person: id(1), goes: NameGoes::Stays }];
        assert_eq!(left_out(&named, &twice), [], "the last word counts");
    }
}
