//! When two addresses are the same home.

use std::collections::BTreeSet;

use super::english::street;
use super::places::{Piece, is_number};

/// Whether two addresses are the same home, however they are written: the same house in the same street, and no town or
/// postcode that says otherwise. Where one names a flat and the other none, it is taken for the same. None is the same as
/// none.
#[must_use]
pub fn same_address(one: &str, other: &str) -> bool {
    Home::of(one).is(&Home::of(other))
}

/// Whether a text that somebody is written to with ends in an address: *The Occupier, 5 Pine Way*.
pub(crate) fn is_at(address: &str, text: &str) -> bool {
    let home = Home::of(address);
    if home.is_none() {
        return false;
    }
    // Whoever it goes to stands before the number of the house, or before a comma.
    let mut before = ' ';
    let starts = text.char_indices().filter(|(_, c)| {
        let parted = !before.is_alphanumeric();
        let starts = parted && (c.is_ascii_digit() || matches!(before, ',' | ';' | '\n'));
        before = *c;
        starts
    });
    std::iter::once(0)
        .chain(starts.map(|(at, _)| at))
        .any(|at| text.get(at..).is_some_and(|rest| home.is(&Home::of(rest))))
}

/// An address as it is compared.
#[derive(Debug)]
pub(crate) struct Home {
    flat: BTreeSet<String>,
    /// Number and street, or the name of a house and what it stands in.
    house: Vec<String>,
    town: BTreeSet<String>,
    codes: BTreeSet<String>,
}

impl Home {
    /// Takes an address apart.
    pub(crate) fn of(address: &str) -> Self {
        let pieces = Piece::all(address);
        let street = pieces.iter().rposition(|piece| piece.street_at.is_some() || piece.numbered());
        let (before, town) = pieces.split_at(street.map_or(pieces.len(), |at| at + 1));
        let house: Vec<String> =
            before.iter().flat_map(|piece| &piece.words).map(|word| street_word(word)).collect();
        let number = house.iter().rposition(|word| is_number(word)).unwrap_or(0);
        let (flat, house) = house.split_at(number);
        let codes = pieces.iter().flat_map(|piece| &piece.postcodes);
        let plain = |code: &Vec<char>| code.iter().filter(|sign| **sign != ' ').collect();
        Self {
            flat: flat.iter().filter(|word| !word.starts_with("flat")).cloned().collect(),
            house: house.to_vec(),
            town: town.iter().flat_map(|piece| piece.words.iter().cloned()).collect(),
            codes: codes.map(plain).collect(),
        }
    }

    /// Whether no house is named.
    pub(crate) fn is_none(&self) -> bool {
        self.house.is_empty()
    }

    /// What two addresses of the same home have in common, whatever else they say.
    pub(crate) fn house(&self) -> &[String] {
        &self.house
    }

    /// Whether it is the same home as another, as [`same_address`] says.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let differ =
            |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
        !self.is_none()
            && self.house == other.house
            && !differ(&self.flat, &other.flat)
            && !differ(&self.codes, &other.codes)
            && (!differ(&self.town, &other.town) || !self.codes.is_disjoint(&other.codes))
    }
}

/// One way of writing each kind of street.
fn street_word(word: &str) -> String {
    street(word).and_then(|kinds| kinds.first()).map_or_else(|| word.to_owned(), |kind| (*kind).to_owned())
}
