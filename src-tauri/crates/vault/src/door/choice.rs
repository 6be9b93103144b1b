//! What is guessed first in a passphrase, however long it is: a phrase that everybody knows, words of kinds out of
//! which nobody draws at random (numbers, days, colours), the person's own name and agency, a year behind any of them.
//!
//! A list of words cannot know how likely a whole phrase is; so what is guessable is taken off, and what is left has to
//! be strong by itself.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sharewell_records::{fold, folded_words};
use zeroize::Zeroizing;

/// Why a choice of words is guessed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A phrase that everybody knows.
    WellKnown,
    /// Words of a kind: numbers, days, colours, letters.
    OneKind,
    /// The person's own name, post or agency.
    OwnName,
}

/// Fewer letters than this beside what is guessed first are none.
const LEAST: usize = 8;

static GUESSED: LazyLock<Guessed> = LazyLock::new(|| Guessed::read(include_str!("guessed.txt")));

#[derive(Default)]
struct Guessed {
    phrases: BTreeSet<String>,
    kinds: BTreeSet<String>,
}

impl Guessed {
    fn read(text: &str) -> Self {
        let mut guessed = Self::default();
        let mut phrases = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line {
                "[phrases]" => phrases = true,
                "[kinds]" => phrases = false,
                phrase if phrases => {
                    guessed.phrases.insert(letters(phrase).to_string());
                }
                words => guessed.kinds.extend(words.split(' ').map(str::to_owned)),
            }
        }
        guessed
    }
}

/// The letters of a text, folded: signs that are put for letters count as these, everything else goes.
fn letters(text: &str) -> Zeroizing<String> {
    let folded = Zeroizing::new(fold(text));
    let seen = folded.chars().filter_map(|c| match c {
        '0' => Some('o'),
        '1' | '!' | '|' => Some('i'),
        '3' | '€' => Some('e'),
        '4' | '@' => Some('a'),
        '5' | '$' => Some('s'),
        '7' | '+' => Some('t'),
        c if c.is_alphabetic() => Some(c),
        _ => None,
    });
    Zeroizing::new(seen.collect())
}

/// What is left where everything that is guessed first is taken off, and why that is guessed.
pub(super) struct Left {
    /// The words that are left, as they were typed.
    pub words: Zeroizing<String>,
    /// Why what was taken off is guessed; none where nothing was.
    pub flaw: Option<Flaw>,
    /// Hardly anything is left.
    pub little: bool,
}

/// Takes off what is guessed first. `about` is what an attacker knows of the person.
pub(super) fn left(passphrase: &str, about: &[&str]) -> Left {
    let own: BTreeSet<String> = about
        .iter()
        .flat_map(|text| folded_words(text).chain(std::iter::once(letters(text).to_string())))
        .filter(|word| word.chars().count() > 1)
        .collect();
    let flaw_of = |word: &str| {
        if own.contains(word) {
            Some(Flaw::OwnName)
        } else if GUESSED.kinds.contains(word) || word.chars().all(|c| c.is_ascii_digit()) {
            Some(Flaw::OneKind)
        } else {
            None
        }
    };
    let all = letters(passphrase);
    let count = all.chars().count();
    let known = |phrase: &&String| all.contains(phrase.as_str()) && count < phrase.chars().count() + LEAST;
    if GUESSED.phrases.iter().any(|phrase| known(&phrase)) {
        return Left { words: Zeroizing::default(), flaw: Some(Flaw::WellKnown), little: true };
    }
    let mut words = Zeroizing::new(String::new());
    let mut flaw = None;
    let mut seen = BTreeSet::new();
    for word in passphrase.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()) {
        let folded = fold(word);
        if folded.is_empty() {
            continue;
        }
        match flaw_of(&folded) {
            Some(why) => flaw = Some(flaw.filter(|first| *first == Flaw::OwnName).unwrap_or(why)),
            None if seen.insert(folded) => {
                words.push_str(word);
                words.push(' ');
            }
            None => {}
        }
    }
    // The same, however it is glued together: as few letters as can be left are left.
    let (rest, by_own) = fewest(&all, &own, &GUESSED.kinds);
    let little = rest < LEAST && count > 0 && rest * 2 <= count;
    if little && flaw.is_none() {
        flaw = Some(if by_own { Flaw::OwnName } else { Flaw::OneKind });
    }
    Left { words, flaw, little }
}

/// How few letters of a text can be left where known words are cut out of it, and whether a word of the person's own
/// was among them.
fn fewest(text: &str, own: &BTreeSet<String>, kinds: &BTreeSet<String>) -> (usize, bool) {
    let signs: Vec<char> = text.chars().collect();
    // For each beginning of the text: how few are left in it, and whether an own word was cut.
    let mut best: Vec<(usize, bool)> = vec![(0, false)];
    for end in 1..=signs.len() {
        let (before, was_own) = best.get(end - 1).copied().unwrap_or_default();
        let mut least = (before + 1, was_own);
        for length in 3..=end.min(24) {
            let Some(word) = signs.get(end - length..end) else { continue };
            let word = Zeroizing::new(word.iter().collect::<String>());
            let is_own = own.contains(word.as_str());
            if is_own || kinds.contains(word.as_str()) {
                let (left, earlier) = best.get(end - length).copied().unwrap_or_default();
                if left < least.0 {
                    least = (left, earlier || is_own);
                }
            }
        }
        best.push(least);
    }
    best.last().copied().unwrap_or_default()
}
