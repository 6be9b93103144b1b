//! The words that English writes around names, from `english.txt`: titles, kinds of street, and ordinary words
//! that are names as well.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("english.txt")));

/// The headings of words for parts.
const PARTS: [&str; 12] = [
    "mother",
    "father",
    "step_parent",
    "grandparent",
    "aunt_or_uncle",
    "cousin",
    "partner",
    "former_partner",
    "carer",
    "neighbour",
    "lodger",
    "childminder",
];

static ENDINGS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| WORDS.ordered("endings").iter().map(|ending| crate::fold::fold(ending)).collect());

#[derive(Default)]
struct Words {
    lists: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// The same in their order.
    ordered: BTreeMap<&'static str, Vec<&'static str>>,
    /// Kinds of street, each with its short forms.
    streets: Vec<Vec<&'static str>>,
}

impl Words {
    fn read(text: &'static str) -> Self {
        let mut words = Self::default();
        let mut heading = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(next) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                heading = next;
                continue;
            }
            words.lists.entry(heading).or_default().extend(line.split_whitespace());
            words.ordered.entry(heading).or_default().extend(line.split_whitespace());
            if heading == "streets" {
                words.streets.push(line.split_whitespace().collect());
            }
        }
        words
    }

    fn ordered(&self, list: &str) -> &[&'static str] {
        self.ordered.get(list).map_or(&[], Vec::as_slice)
    }
}

fn is_in(list: &str, word: &str) -> bool {
    WORDS.lists.get(list).is_some_and(|words| words.contains(word))
}

/// *Mrs* and its like.
pub(super) fn is_title(word: &str) -> bool {
    is_in("titles", word)
}

/// What is said before a name and is no part of it: *Mrs*, *Coach*, *Nan*.
pub(crate) fn is_address(word: &str) -> bool {
    is_title(word) || is_in("callings", word)
}

/// Every title, for a surname that is written behind one.
pub(super) fn titles() -> impl Iterator<Item = &'static str> {
    WORDS.lists.get("titles").into_iter().flatten().copied()
}

/// Parts of a name that are everybody's.
pub(super) fn is_nobodys(word: &str) -> bool {
    is_in("nobodys", word) || is_address(word)
}

/// An ordinary word that is a name as well: *will*, *grace*, *brown*.
pub(super) fn is_ordinary(word: &str) -> bool {
    is_in("ordinary", word) || is_in("months", word) || is_in("streets", word)
}

/// A word that makes no street's name by itself: every town has its *high street*.
pub(super) fn is_everybodys_street(word: &str) -> bool {
    is_in("everybodys_streets", word)
}

/// What is said of a person: behind an ordinary word at the beginning of a sentence it makes a name of it.
pub(super) fn is_said_of_people(word: &str) -> bool {
    is_in("said_of_people", word)
}

/// A number in words; none where the word is no number.
pub(super) fn number(word: &str) -> Option<u32> {
    let of = |word: &str| {
        let small = WORDS.ordered("numbers").iter().position(|one| *one == word).map(|at| at + 1);
        let tens = WORDS.ordered("tens").iter().position(|one| *one == word).map(|at| (at + 2) * 10);
        small.or(tens).and_then(|number| u32::try_from(number).ok())
    };
    let compound = || {
        let ten = WORDS.ordered("tens").iter().find(|ten| word.starts_with(**ten))?;
        let (ten, one) = (of(ten)?, of(word.strip_prefix(ten)?)?);
        (one < 10).then_some(ten + one)
    };
    of(word).or_else(compound)
}

/// An ending of a Slavic, Baltic or Finnic name in a sentence, folded.
pub(super) fn ends_a_case(ending: &str) -> bool {
    ENDINGS.contains(ending)
}

/// The parts that a word calls, by the stored words of ties: *dad* is a *father*.
pub(crate) fn parts_called(word: &str) -> impl Iterator<Item = &'static str> + '_ {
    PARTS.iter().copied().filter(move |part| is_in(part, word))
}

/// What is said around a part: *the*, *his*, *of*.
pub(crate) fn is_said_of_a_part(word: &str) -> bool {
    is_in("around_a_part", word)
}

/// A service in which people have accounts, or what the name of one is called: *insta*, *username*.
pub(super) fn is_account(word: &str) -> bool {
    is_in("accounts", word)
}

/// What is said of a way to somebody: *dad's phone*.
pub(crate) fn is_way_to_somebody(word: &str) -> bool {
    is_in("ways_to_somebody", word)
}

/// A word for everybody at home: *the family*.
pub(crate) fn is_family(word: &str) -> bool {
    is_in("families", word)
}

/// A word of the calendar that is a name as well.
pub(super) fn is_calendar(word: &str) -> bool {
    is_in("months", word)
}

/// Every way of writing a kind of street; none where the word is no such kind.
pub(super) fn street(word: &str) -> Option<&'static [&'static str]> {
    WORDS.streets.iter().find(|forms| forms.contains(&word)).map(Vec::as_slice)
}
