//! The forms in which an address, a telephone number or an identifier is written.

use std::collections::{BTreeMap, BTreeSet};

use super::english::{is_everybodys_street, is_ordinary, number, street};
use super::leftover::Near;
use super::text::Text;
use super::trie::{Owner, Rule, Tells, Trie};
use crate::PersonId;
use crate::fold::fold;

/// Fewest digits that are taken for a telephone number.
const PHONE: usize = 6;
/// Fewest signs of an identifier.
const IDENTIFIER: usize = 5;
/// Fewest signs of a postcode's first half that count alone.
const HALF: usize = 3;
/// From this length on a house's name may be written in two words.
const LONG: usize = 7;

/// What the addresses of those who are not protected say: it stays readable, and a town that is theirs as well
/// tells nobody where a protected person is.
#[derive(Default)]
pub(super) struct OpenPlaces {
    words: BTreeSet<String>,
    agencies: BTreeSet<String>,
}

impl OpenPlaces {
    pub(super) fn take(&mut self, trie: &mut Trie, address: &str) {
        self.words.extend(crate::fold::folded_words(address));
        let codes = Piece::all(address);
        self.words.extend(codes.iter().flat_map(|piece| &piece.postcodes).map(|code| half(code)));
        // The neighbour's house stands in the same street.
        for piece in Piece::all(address).iter().filter(|piece| piece.numbered() && piece.words.len() > 1) {
            for form in piece.forms() {
                trie.insert(&form, Owner::Open, Rule::of(Tells::Place));
            }
        }
    }

    /// Leaves the words of an agency's name out of what is asked.
    pub(super) fn leave(&mut self, agency: &str) {
        self.agencies.extend(crate::fold::folded_words(agency));
    }

    /// What of an address may tell where somebody is: the town, half a postcode.
    pub(super) fn may_be(&self, near: &mut Near, person: PersonId, address: &str) {
        let others = |word: &String| self.words.contains(word) || self.agencies.contains(word);
        let pieces = Piece::all(address);
        let last = last_in_words(&pieces);
        for (at, piece) in pieces.iter().enumerate() {
            if let ([town], None) = (piece.words.as_slice(), piece.street_at)
                && at > 0
                && at == last
                && !piece.numbered()
                && !others(town)
            {
                near.town(person, town.clone());
            }
            for word in piece.telling_words(at == 0) {
                if word.chars().count() >= IDENTIFIER && !is_ordinary(word) && !others(word) {
                    near.place(person, word);
                }
            }
            for code in &piece.postcodes {
                let first = half(code);
                let second: String = code.iter().filter(|sign| **sign != ' ').skip(first.len()).collect();
                if first.len() < HALF && !others(&first) {
                    near.code(person, first);
                }
                near.code(person, second);
            }
        }
    }

    /// Adds every form of an address.
    pub(super) fn hide(&self, trie: &mut Trie, owner: usize, address: &str) {
        let owner = Owner::One(owner);
        let pieces = Piece::all(address);
        let last = last_in_words(&pieces);
        for code in pieces.iter().flat_map(|piece| &piece.postcodes) {
            trie.insert(code, owner, Rule::of(Tells::Place));
            // The first half tells the part of a town; one of two signs is a motorway as well.
            let half = half(code);
            if half.len() >= HALF && !self.words.contains(&half) {
                trie.insert(&apart(&half), owner, Rule { half: true, ..Rule::of(Tells::Place) });
            }
        }
        for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| !piece.words.is_empty()) {
            let shared = piece.words.iter().all(|word| self.words.contains(word));
            let town = at > 0 && at == last && !piece.numbered() && piece.street_at.is_none();
            if town && (shared || piece.words.len() < 2) {
                continue;
            }
            let capital = matches!(piece.words.as_slice(), [name] if is_ordinary(name));
            let rule = Rule { capital, ..Rule::of(Tells::Place) };
            match piece.words.as_slice() {
                // A house's name, or a number that says nothing alone.
                [name] if piece.numbered() || name.chars().count() < IDENTIFIER => {}
                [name] if at == 0 => hide_house(trie, owner, name, rule),
                [_] => {}
                _ => {
                    let everybodys = |word: &String| {
                        is_number(word) || is_everybodys_street(word) || street(word).is_some()
                    };
                    let capital = piece.words.iter().all(everybodys);
                    for form in piece.forms() {
                        trie.insert(&form, owner, Rule { capital: capital && !piece.numbered(), ..rule });
                    }
                    for form in piece.streets() {
                        // One word that does not say that it is a street may be any word.
                        let capital = capital || (piece.street_at.is_none() && !form.contains(&' '));
                        trie.insert(&form, owner, Rule { capital, ..Rule::of(Tells::Street) });
                    }
                    // *Rosebank Mill Lane*: a house's name with nothing between it and its street.
                    if let Some((house, street)) = piece.named_house() {
                        let plain: String = house.iter().filter(|sign| **sign != ' ').collect();
                        if !is_ordinary(&plain) && plain.chars().count() >= IDENTIFIER {
                            hide_house(trie, owner, &plain, rule);
                            for form in street {
                                trie.insert(&form, owner, Rule { capital, ..Rule::of(Tells::Street) });
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a house, in one word or in two.
fn hide_house(trie: &mut Trie, owner: Owner, name: &str, rule: Rule) {
    let signs: Vec<char> = name.chars().collect();
    trie.insert(&signs, owner, rule);
    if signs.len() >= LONG {
        trie.insert(&apart(name), owner, rule);
    }
}

/// Whether an address cannot be taken apart: several words with no comma or line between them, no kind of street and
/// no postcode. Only the whole of it could be hidden, so whoever types it is asked to set its parts apart.
#[must_use]
pub fn address_stays_whole(address: &str) -> bool {
    match Piece::all(address).as_slice() {
        [only] => only.words.len() > 2 && only.street_at.is_none() && only.postcodes.is_empty(),
        _ => false,
    }
}

/// The last piece that is more than a postcode: the town, where the address names one.
fn last_in_words(pieces: &[Piece]) -> usize {
    pieces.iter().rposition(|piece| !piece.words.is_empty()).unwrap_or(0)
}

/// A piece of an address: what stands between commas or lines, or until the end of a street's name.
pub(super) struct Piece {
    pub(super) words: Vec<String>,
    patterns: Vec<Vec<char>>,
    /// The word that says which kind of street it is.
    pub(super) street_at: Option<usize>,
    pub(super) postcodes: Vec<Vec<char>>,
}

impl Piece {
    pub(super) fn all(address: &str) -> Vec<Self> {
        let mut pieces = Vec::new();
        // *14, Larch Road*: the number goes with its street.
        let mut alone: Vec<&str> = Vec::new();
        for line in address.split([',', '\n', '\r', ';']) {
            let mut words: Vec<&str> = std::mem::take(&mut alone);
            words.extend(line.split_whitespace());
            if matches!(words.as_slice(), [only] if is_number(&fold(only))) {
                alone = words;
                continue;
            }
            // *The Rosebank* is Rosebank.
            if words.len() == 2 && words.first().is_some_and(|word| fold(word) == "the") {
                words.remove(0);
            }
            let mut postcodes = Vec::new();
            let mut at = 0;
            while at < words.len() {
                let two = words.get(at..at + 2).map(<[&str]>::concat);
                let one = words.get(at).map(|word| (*word).to_owned());
                let found = [(2, two), (1, one)].into_iter().find_map(|(many, word)| {
                    word.filter(|word| is_postcode(&fold(word))).map(|word| (many, word))
                });
                match found {
                    Some((many, word)) => {
                        postcodes.push(apart(&fold(&word)));
                        words.drain(at..at + many);
                    }
                    None => at += 1,
                }
            }
            let mut piece = Self::of(&words, postcodes);
            // One line without commas: what stands behind the street is the town.
            if let Some(end) = piece.street_at.map(|at| at + 1).filter(|end| *end < piece.words.len()) {
                let town = Self::of(words.get(end..).unwrap_or_default(), Vec::new());
                let postcodes = std::mem::take(&mut piece.postcodes);
                pieces.push(Self::of(words.get(..end).unwrap_or_default(), postcodes));
                pieces.push(town);
            } else {
                pieces.push(piece);
            }
        }
        pieces.retain(|piece| !piece.words.is_empty() || !piece.postcodes.is_empty());
        pieces
    }

    fn of(words: &[&str], postcodes: Vec<Vec<char>>) -> Self {
        let mut kept = Self { words: Vec::new(), patterns: Vec::new(), street_at: None, postcodes };
        for word in words {
            let text = Text::of(word);
            let pattern = text.pattern(0..text.letters.len());
            let plain: String = pattern.iter().filter(|sign| **sign != ' ').collect();
            // *Fourteen Larch Road* is number 14.
            let first = kept.words.is_empty() && words.len() > 1;
            let (plain, pattern) = match number(&plain).filter(|_| first) {
                Some(number) => (number.to_string(), number.to_string().chars().collect()),
                None => (plain, pattern),
            };
            // *P.O. Box* and *PO Box*.
            let pattern = if plain == "po" { apart(&plain) } else { pattern };
            kept.words.push(plain);
            kept.patterns.push(pattern);
        }
        let first = usize::from(kept.words.first().is_some_and(|word| is_number(word))) + 1;
        let kind = |at: &usize| kept.words.get(*at).is_some_and(|word| street(word).is_some());
        // The last of several: *Church Hill Lane* is a lane.
        kept.street_at = (first..kept.words.len()).find(kind).map(|mut at| {
            while kind(&(at + 1)) {
                at += 1;
            }
            at
        });
        kept
    }

    pub(super) fn numbered(&self) -> bool {
        self.words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()))
    }

    /// The piece in every way of writing its kind of street, and without that kind where a number stands before.
    fn forms(&self) -> Vec<Vec<char>> {
        let mut forms = self.spellings(0);
        if let Some(at) = self.street_at.filter(|at| *at > 1 && self.numbered()) {
            forms.push(self.patterns.get(..at).unwrap_or_default().join(&' '));
        }
        forms
    }

    /// The street without the number of the house. Not every name says which kind of street it is, and Welsh says it
    /// first: *7 The Larches*, *3 Broadway*, *12 Heol y Bont*.
    fn streets(&self) -> Vec<Vec<char>> {
        let end = self.street_at.unwrap_or(self.words.len());
        let number = self.words.iter().take(end).rposition(|word| is_number(word));
        let from = number.map_or(0, |number| number + 1);
        if self.street_at.is_some() {
            return if end > from { self.spellings(from) } else { Vec::new() };
        }
        let from = from + usize::from(self.words.get(from).is_some_and(|word| word == "the"));
        let tells = match self.words.get(from..).unwrap_or_default() {
            [] => false,
            [only] => only.chars().count() >= IDENTIFIER && !is_ordinary(only) && !is_everybodys_street(only),
            [..] => true,
        };
        if number.is_some() && tells { self.spellings(from) } else { Vec::new() }
    }

    /// The name of a house before a street without a number, and that street: the last two words.
    fn named_house(&self) -> Option<(Vec<char>, Vec<Vec<char>>)> {
        let end = self.street_at.filter(|at| *at >= 2 && at + 1 == self.words.len() && !self.numbered())?;
        let from = end - 1;
        let house = self.patterns.get(..from)?.join(&' ');
        let kind = |at: usize| self.words.get(at).is_some_and(|word| street(word).is_some());
        (!kind(from)).then(|| (house, self.spellings(from)))
    }

    /// The words that only this street or house is called by: no number, no kind of street, nothing that every town has.
    fn telling_words(&self, first: bool) -> impl Iterator<Item = &String> {
        let end = self.street_at.unwrap_or(if first { self.words.len() } else { 0 });
        let common = |word: &String| is_number(word) || is_everybodys_street(word) || street(word).is_some();
        self.words.iter().take(end).filter(move |word| !common(word))
    }

    fn spellings(&self, from: usize) -> Vec<Vec<char>> {
        let own = self.patterns.get(from..).unwrap_or_default();
        let mut all = vec![own.join(&' ')];
        if let Some((at, kinds)) =
            self.street_at.and_then(|at| Some((at - from, street(self.words.get(at)?)?)))
        {
            for kind in kinds {
                let mut other = own.to_vec();
                if let Some(word) = other.get_mut(at) {
                    *word = kind.chars().collect();
                }
                all.push(other.join(&' '));
            }
        }
        all.retain(|form| !form.is_empty());
        all
    }
}

pub(super) fn is_number(word: &str) -> bool {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    digits > 0 && word.len() - digits < 2
}

/// A postcode of the United Kingdom, or an Eircode, without its blank.
fn is_postcode(word: &str) -> bool {
    let signs: Vec<char> = word.chars().collect();
    let [front @ .., digit, one, two] = signs.as_slice() else { return false };
    let letters = front.iter().take_while(|sign| sign.is_ascii_lowercase()).count();
    let rest = front.get(letters..).unwrap_or_default();
    let kingdom = digit.is_ascii_digit()
        && [one, two].iter().all(|sign| sign.is_ascii_lowercase())
        && (1..3).contains(&letters)
        && (1..3).contains(&rest.len())
        && rest.first().is_some_and(char::is_ascii_digit)
        && rest.iter().all(char::is_ascii_alphanumeric);
    let ireland = matches!(signs.as_slice(), [a, b, c, rest @ ..]
        if rest.len() == 4 && a.is_ascii_lowercase() && b.is_ascii_digit()
        && (c.is_ascii_digit() || *c == 'w')
        && rest.iter().all(char::is_ascii_alphanumeric) && rest.iter().any(char::is_ascii_digit));
    kingdom || ireland
}

/// The first half of a postcode, as it is looked for.
fn half(code: &[char]) -> String {
    let signs: Vec<char> = code.iter().copied().filter(|sign| *sign != ' ').collect();
    let kingdom = matches!(signs.as_slice(), [.., digit, one, two]
        if digit.is_ascii_digit() && one.is_ascii_alphabetic() && two.is_ascii_alphabetic());
    let second = if kingdom { 3 } else { 4 };
    signs.get(..signs.len().saturating_sub(second)).unwrap_or_default().iter().collect()
}

/// The signs with a blank allowed between any two.
fn apart(word: &str) -> Vec<char> {
    word.chars().filter(|sign| sign.is_alphanumeric()).flat_map(|sign| [' ', sign]).skip(1).collect()
}

/// Numbers by their digits, without the country's prefix.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    whole: BTreeMap<String, Owner>,
    /// Without the area's code: they count where no digits stand before.
    local: BTreeMap<String, Owner>,
}

impl Numbers {
    /// Adds the numbers that a free text holds.
    pub(super) fn hide_phone(&mut self, owner: usize, phone: &str) {
        for piece in phone.split(|c: char| !(c.is_numeric() || c.is_whitespace() || "+-–().".contains(c))) {
            let mut run = String::new();
            for group in piece.split(|c: char| !c.is_numeric()).filter(|group| !group.is_empty()) {
                // Two numbers may stand behind one another.
                if run.len() >= 10 && (group.starts_with('0') || group.len() > 9) {
                    self.phone(owner, &run);
                    run.clear();
                }
                run.extend(group.chars().flat_map(crate::fold::fold_char).map(crate::plain::digit));
            }
            self.phone(owner, &run);
        }
    }

    fn phone(&mut self, owner: usize, digits: &str) {
        let number = national(digits);
        if number.len() < PHONE {
            return;
        }
        let area = match number.as_bytes() {
            // 0131, 0118: large towns, with seven digits behind the code.
            [b'1', b'1', ..] | [b'1', _, b'1', ..] if number.len() == 10 => 3,
            [b'1', ..] if matches!(number.len(), 9 | 10) => number.len() - 6,
            [b'2', ..] if number.len() == 10 => 2,
            // *ends in 900123*: nobody else's number is told so.
            [b'7', ..] if number.len() == 10 => 4,
            _ => 0,
        };
        if let Some(local) = number.get(area..).filter(|_| area > 0) {
            put(&mut self.local, local, owner);
        }
        put(&mut self.whole, &number, owner);
    }

    /// Adds an identifier; what is not digits alone goes to the words.
    pub(super) fn hide_identifier(&mut self, trie: &mut Trie, owner: usize, value: &str) {
        let folded = fold(value);
        let signs: String =
            folded.chars().map(crate::plain::digit).filter(|sign| sign.is_alphanumeric()).collect();
        if signs.len() < IDENTIFIER {
            return;
        }
        if signs.bytes().all(|byte| byte.is_ascii_digit()) {
            put(&mut self.whole, signs.trim_start_matches('0'), owner);
            put(&mut self.whole, &national(&signs), owner);
        } else if signs.contains(|c: char| c.is_ascii_digit()) {
            trie.insert(&apart(&signs), Owner::One(owner), Rule::of(Tells::Place));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    /// The longest number that begins at a letter, however it is spaced: where it ends, and whose it is.
    pub(super) fn at(&self, source: &str, text: &Text, from: usize) -> Option<(usize, Owner)> {
        let digit = |at: usize| text.sign(at).filter(char::is_ascii_digit);
        let parted = |at: usize, by: fn(char) -> bool| {
            let before = at.checked_sub(1).and_then(|before| text.letter(before));
            let gap = before.zip(text.letter(at)).and_then(|(a, b)| source.get(a.end..b.start));
            gap.is_some_and(|gap| gap.chars().count() < 5 && gap.chars().all(by))
        };
        let between = |at: usize| parted(at, may_part_a_number);
        let begins = |at: usize| text.gap(at) > super::text::Gap::None;
        if self.is_empty() || !begins(from) || digit(from).is_none() {
            return None;
        }
        // A comma ends the number before as often as it parts one: then the second stands alone.
        let goes_on = |at: usize| parted(at, belongs_to_a_number);
        let alone = from == 0 || digit(from - 1).is_none() || !goes_on(from);
        let mut run = String::new();
        let mut found = None;
        for at in from..(from + 20).min(text.letters.len()) {
            if at > from && begins(at) && !between(at) {
                break;
            }
            let Some(sign) = digit(at) else { break };
            run.push(sign);
            if begins(at + 1) {
                let number = national(&run);
                let whole = self.whole.get(&number).or_else(|| self.whole.get(run.trim_start_matches('0')));
                let local =
                    self.local.get(&run).filter(|_| alone && !(digit(at + 1).is_some() && goes_on(at + 1)));
                if let Some(owner) = whole.or(local) {
                    found = Some((at + 1, *owner));
                }
            }
        }
        found
    }
}

fn belongs_to_a_number(c: char) -> bool {
    c.is_whitespace() || "()./+".contains(c) || super::text::is_hyphen(c) || crate::fold::is_invisible(c)
}

/// What people and programs put between the groups of a number besides.
fn may_part_a_number(c: char) -> bool {
    belongs_to_a_number(c) || "_,*·•|~:;'\"=".contains(c)
}

fn put(to: &mut BTreeMap<String, Owner>, digits: &str, owner: usize) {
    let owner = Owner::One(owner);
    if !digits.is_empty() {
        to.entry(digits.to_owned())
            .and_modify(|known| {
                if *known != owner {
                    *known = Owner::Several;
                }
            })
            .or_insert(owner);
    }
}

/// A telephone number without the country's prefix or the leading nought.
fn national(digits: &str) -> String {
    let rest =
        digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44").filter(|rest| rest.len() > 8));
    rest.unwrap_or(digits).trim_start_matches('0').to_owned()
}
