//! Four words for who would rather not think of a passphrase: drawn by the system's generator out of a list of our own.
//! Nobody guesses what nobody chose.

use crate::drawn;
use crate::error::Result;

/// Short plain words, one a line, none of a kind that is guessed first.
const WORDS: &str = include_str!("../../../../../assets/passphrase/en.txt");
/// How many are drawn: more than two thousand million million choices.
const DRAWN: usize = 4;

/// Four words drawn at random. Nothing is kept.
///
/// # Errors
/// [`crate::Error::Stored`] where the system gives no random numbers.
pub fn offer_passphrase() -> Result<String> {
    // It is to be shown, so it leaves as text.
    Ok(drawn::words(WORDS, DRAWN)?.as_str().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_is_long_its_words_are_short_and_each_stands_in_it_once() {
        let words: Vec<&str> = WORDS.lines().collect();
        assert!(words.len() >= 1296, "{}", words.len());
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        for word in words {
            assert!(
                (3..=10).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()),
                "{word}"
            );
        }
    }

    #[test]
    fn what_is_offered_is_four_words_that_are_strong_enough_and_never_the_same() {
        let all: BTreeSet<String> = (0..60).map(|_| offer_passphrase().unwrap()).collect();
        assert_eq!(all.len(), 60);
        for offered in all {
            assert_eq!(offered.split(' ').count(), 4);
            assert!(sharewell_vault::strength(&offered.as_str().into(), &["sharewell"]) >= 3, "{offered}");
        }
    }
}
