//! Words drawn by the system's generator out of a list. Nobody guesses what nobody chose.

use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// So many words of a list with a word a line, each as likely as every other, with a blank between. Nothing is kept.
///
/// # Errors
/// [`Error::Stored`] where the system gives no random numbers.
pub(crate) fn words(list: &str, how_many: usize) -> Result<Zeroizing<String>> {
    let words: Vec<&str> = list.lines().collect();
    // Long enough from the start: a text that grows leaves pieces of itself behind.
    let mut offered = Zeroizing::new(String::with_capacity(how_many * 24));
    for number in 0..how_many {
        if number > 0 {
            offered.push(' ');
        }
        offered.push_str(words.get(drawn(words.len())?).copied().unwrap_or_default());
    }
    Ok(offered)
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
    fn every_word_can_be_drawn() {
        let drawn: BTreeSet<usize> = (0..400).map(|_| drawn(3).unwrap()).collect();
        assert_eq!(drawn, BTreeSet::from([0, 1, 2]));
    }
}
