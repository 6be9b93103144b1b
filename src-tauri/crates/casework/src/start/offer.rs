//! Four words for who would rather not think of a passphrase: drawn by the system's generator out of a list of our own.
//! Nobody guesses what nobody chose.

use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Short plain words, one a line, none of a kind that is guessed first.
const WORDS: &str = include_str!("../../../../../assets/passphrase/en.txt");
/// How many are drawn: more than two thousand million million choices.
const DRAWN: usize = 4;

/// Four words drawn at random. Nothing is kept.
///
/// # Errors
/// [`Error::Stored`] where the system gives no random numbers.
pub fn offer_passphrase() -> Result<String> {
    let words: Vec<&str> = WORDS.lines().collect();
    let mut offered = Zeroizing::new(String::new());
    for number in 0..DRAWN {
        if number > 0 {
            offered.push(' ');
        }
        offered.push_str(words.get(drawn(words.len())?).copied().unwrap_or_default());
    }
    // It is to be shown, so it leaves as text.
    Ok(offered.as_str().to_owned())
}

/// A number below `below`, each as likely as the other.
fn drawn(below: usize) -> Result<usize> {
    const NUMBERS: usize = 1 << 16;
    let fits = NUMBERS - NUMBERS % below.clamp(1, NUMBERS);
    loop {
        let mut bytes = [0; 2];
        SystemRandom::new().fill(&mut bytes).map_err(|_| Error::Stored { what: "random number" })?;
        let number = usize::from(u16::from_be_bytes(bytes));
        if number < fits {
            return Ok(number % below.max(1));
        }
    }
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

    #[test]
    fn every_word_can_be_drawn() {
        let drawn: BTreeSet<usize> = (0..400).map(|_| drawn(3).unwrap()).collect();
        assert_eq!(drawn, BTreeSet::from([0, 1, 2]));
    }
}
