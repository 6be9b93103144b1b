//! The code under which both files are sealed: made, shown, and typed as it was heard.

use secrecy::SecretString;

use crate::error::{Error, Problem, Result};
use crate::input;

/// Random bytes of a code: 80 bits, sixteen letters to read out.
const CODE_BYTES: usize = 10;

pub(super) fn new_code() -> Result<String> {
    let mut bytes = [0; CODE_BYTES];
    let random = ring::rand::SystemRandom::new();
    ring::rand::SecureRandom::fill(&random, &mut bytes)
        .map_err(|_| Error::Stored { what: "random number" })?;
    let letters = sharewell_records::crockford().ok_or(Error::Stored { what: "alphabet" })?;
    Ok(letters.encode(&bytes))
}

/// A code as it may be typed from the telephone.
pub(super) fn typed_code(code: &str) -> Result<SecretString> {
    let letters: String = sharewell_records::typed_code(code).take(input::LONGEST_NAME).collect();
    if letters.is_empty() { Err(Error::field("code", Problem::Missing)) } else { Ok(letters.into()) }
}

pub(super) fn groups(code: &str) -> Vec<String> {
    code.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_code_is_sixteen_letters_that_are_told_apart_and_new_each_time() {
        let (one, other) = (new_code().unwrap(), new_code().unwrap());
        assert_eq!(one.len(), 16);
        assert_ne!(one, other);
        assert!(one.chars().all(|c| "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(c)), "{one}");
        assert_eq!(groups(&one).concat(), one);
    }

    #[test]
    fn a_code_is_taken_as_it_is_heard() {
        let typed = typed_code(" k7qm-o0il 3f5w 2z9x ").unwrap();
        assert_eq!(typed.expose_secret(), "K7QM00113F5W2Z9X");
        assert!(matches!(typed_code(" - "), Err(Error::Fields(_))));
    }
}
