//! The words under which a share is encrypted: six, drawn out of a list of 7,776, which makes 77 bits. They are shown once,
//! told by another way than the file goes, and kept nowhere.

use crate::drawn;
use crate::error::Result;

/// The long list of the Electronic Frontier Foundation: words that are told apart when they are said and typed.
const WORDS: &str = include_str!("../../../../../assets/passphrase/eff-large.en.txt");
/// How many are drawn.
const DRAWN: usize = 6;

/// Six words drawn at random. Nothing is kept.
///
/// # Errors
/// [`crate::Error::Stored`] where the system gives no random numbers.
pub fn offer_words() -> Result<String> {
    // They are to be shown, so they leave as text.
    Ok(drawn::words(WORDS, DRAWN)?.as_str().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_has_7776_words_of_plain_letters_and_each_once() {
        let words: Vec<&str> = WORDS.lines().collect();
        assert_eq!(words.len(), 7776);
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        let plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(words.iter().all(plain));
    }

    #[test]
    fn what_is_offered_is_six_words_never_the_same_and_short_enough_for_every_reader() {
        let all: BTreeSet<String> = (0..60).map(|_| offer_words().unwrap()).collect();
        assert_eq!(all.len(), 60);
        assert!(all.iter().all(|offered| offered.split(' ').count() == 6 && offered.len() <= 127));
    }
}
