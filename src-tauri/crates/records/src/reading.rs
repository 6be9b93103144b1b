//! How hard a text is to read: the age at which most people can read it with ease.
//!
//! The Flesch-Kincaid grade level (J. P. Kincaid and others, *Derivation of new readability formulas for Navy enlisted
//! personnel*, 1975): 0.39 × words in a sentence + 11.8 × syllables in a word − 15.59. A grade is a school year of the
//! United States, whose first is begun at six, so that the age is the grade and five. It counts and understands
//! nothing: it is shown to whoever writes, and decides nothing.

use crate::fold;

/// What was counted in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences: what ends in a full stop, a question mark, an exclamation mark or a line.
    pub sentences: u32,
    /// Words: what holds a letter. Numbers are read out, and not counted.
    pub words: u32,
    /// Syllables, by the groups of vowels that are heard.
    pub syllables: u32,
}

/// The youngest age that is told.
const YOUNGEST: u8 = 5;
/// The oldest.
const OLDEST: u8 = 22;

impl Counts {
    /// Counts an English text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut all = Self::default();
        for sentence in text.split(['.', '?', '!', '\n', ':', ';']) {
            let mut words = 0;
            for word in sentence.split(|sign: char| {
                sign.is_whitespace() || matches!(sign, '-' | '/' | '\u{2013}' | '\u{2014}')
            }) {
                let letters: String = fold(word).chars().filter(char::is_ascii_alphabetic).collect();
                if !letters.is_empty() {
                    words += 1;
                    all.syllables += syllables(&letters);
                }
            }
            all.words += words;
            all.sentences += u32::from(words > 0);
        }
        all
    }

    /// The Flesch-Kincaid grade level; none where nothing was counted.
    #[must_use]
    pub fn grade(self) -> Option<f64> {
        if self.words == 0 || self.sentences == 0 {
            return None;
        }
        let (sentences, words) = (f64::from(self.sentences), f64::from(self.words));
        Some(0.39 * words / sentences + 11.8 * f64::from(self.syllables) / words - 15.59)
    }
}

/// The age in years at which most people read an English text with ease; none where nothing of it is words.
#[must_use]
pub fn reading_age(text: &str) -> Option<u8> {
    let age = (Counts::of(text).grade()? + 5.0).round();
    // Between the two bounds it is a small whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let age = age.clamp(f64::from(YOUNGEST), f64::from(OLDEST)) as u8;
    Some(age)
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The syllables of an English word in small letters: its groups of vowels, without an *e* that is not heard at its end,
/// and with two where two vowels are heard apart.
fn syllables(word: &str) -> u32 {
    let letters = word.as_bytes();
    let (mut count, mut before) = (0, false);
    for (at, letter) in letters.iter().enumerate() {
        let vowel = is_vowel(*letter) && !(at == 0 && *letter == b'y');
        count += u32::from(vowel && !before);
        before = vowel;
    }
    let ends = |ending: &str| word.ends_with(ending) && word.len() > ending.len();
    // *Made*, *likes*; not *table*, *needed*, *changes*, *the*.
    let heard_before = |back: usize| {
        let at = letters.len().checked_sub(back);
        at.and_then(|at| letters.get(at)).is_some_and(|letter| is_vowel(*letter))
    };
    let silent = (ends("e") && !heard_before(2) && (!ends("le") || heard_before(3)))
        || (ends("es")
            && !heard_before(3)
            && !["ses", "zes", "xes", "ces", "ges", "ches", "shes", "les"].iter().any(|ending| ends(ending)))
        || (ends("ed") && !heard_before(3) && !ends("ted") && !ends("ded"));
    count = count.saturating_sub(u32::from(silent));
    // *Being*, *radio*, *stadium*; but *Australian* and *reptilian* end in one, as published counts have them.
    for pair in ["ia", "io", "iu", "eo", "uou", "ying", "eing", "oing"] {
        let parted = word.contains(pair)
            && !(pair == "ia" && word.ends_with("lian"))
            && !["tion", "sion", "cia", "tia", "cio", "tio", "gio", "people"]
                .iter()
                .any(|one| word.contains(one));
        count += u32::from(parted);
    }
    count.max(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_that_are_heard() {
        for (word, heard) in [
            ("the", 1),
            ("made", 1),
            ("likes", 1),
            ("asked", 1),
            ("needed", 2),
            ("table", 2),
            ("people", 2),
            ("school", 1),
            ("you", 1),
            ("yes", 1),
            ("answer", 2),
            ("information", 4),
            ("permission", 3),
            ("changes", 2),
            ("being", 2),
            ("radio", 3),
            ("stadium", 3),
            ("doctor", 2),
            ("family", 3),
            ("reptilian", 3),
            ("australian", 3),
            ("hybrid", 2),
            ("seemingly", 3),
            ("creature", 2),
            ("i", 1),
            ("psst", 1),
        ] {
            assert_eq!(syllables(word), heard, "{word}");
        }
    }

    /// Two sentences whose grade is published as an example of the formula.
    #[test]
    fn what_is_published_of_the_formula_comes_out() {
        let platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.";
        let counts = Counts::of(platypus);
        assert_eq!(counts, Counts { sentences: 1, words: 13, syllables: 24 });
        let grade = counts.grade().unwrap();
        assert!((grade - 11.3).abs() < 0.05, "{grade}");
        let cat = Counts::of("The cat sat on the mat.");
        assert_eq!(cat, Counts { sentences: 1, words: 6, syllables: 6 });
        assert!((cat.grade().unwrap() + 1.45).abs() < 0.005);
    }

    #[test]
    fn longer_sentences_and_longer_words_are_read_later() {
        let easy = "We want to help you. Tell us yes or no.";
        let hard = "Notwithstanding the foregoing considerations, practitioners may disclose information \
                    proportionately where safeguarding necessitates it.";
        assert_eq!(reading_age(easy), Some(YOUNGEST));
        assert_eq!(reading_age(hard), Some(OLDEST));
        assert_eq!(reading_age(" 12 -- 7.\n"), None);
    }

    #[test]
    fn a_line_is_a_sentence_whatever_ends_it() {
        let lines = Counts::of("What we tell\nWho we tell\nUntil when: March");
        assert_eq!((lines.sentences, lines.words), (4, 9));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,300}") {
            let _ = reading_age(&text);
        }
    }
}
