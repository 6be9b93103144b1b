//! The recovery code: 130 bits on paper.
//!
//! Twenty-six characters of Crockford's base 32 and two check characters, in seven groups of four.
//! Letters that look like digits are read as those digits, so a tired person can type it back.

use data_encoding::Encoding;
use secrecy::{ExposeSecret, SecretString};
use sharewell_records::{Sha256, crockford, typed_code};
use zeroize::Zeroizing;

use crate::bytes::random;
use crate::{Error, Result};

const SYMBOLS: usize = 26;
const CHECK: usize = 2;
/// Bytes that make 32 whole symbols; what is over is thrown away.
const RANDOM: usize = 20;
const TAG: &[u8] = b"sharewell/recovery-check/v1\0";

/// A recovery code. Shown once; `Debug` prints nothing of it.
#[derive(Clone)]
pub struct RecoveryCode(Zeroizing<String>);

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

impl RecoveryCode {
    /// A new code from the system's randomness.
    pub(crate) fn generate() -> Result<Self> {
        let letters = letters()?;
        let bytes = Zeroizing::new(random::<RANDOM>()?);
        let mut code = Zeroizing::new(letters.encode(bytes.as_ref()));
        code.truncate(SYMBOLS);
        Ok(Self(code))
    }

    /// Reads what a person typed: any case, with or without dashes and spaces.
    ///
    /// # Errors
    /// [`Error::RecoveryCodeMistyped`] where length, a character or the check is wrong.
    pub fn read(typed: &SecretString) -> Result<Self> {
        let letters = letters()?;
        let mut code: Zeroizing<String> =
            Zeroizing::new(typed_code(typed.expose_secret()).take(SYMBOLS + CHECK + 1).collect());
        let values = values(&letters, &code).ok_or(Error::RecoveryCodeMistyped)?;
        match values.split_at_checked(SYMBOLS) {
            Some((of_code, check)) if check == check_of(of_code) => {
                code.truncate(SYMBOLS);
                Ok(Self(code))
            }
            Some(_) | None => Err(Error::RecoveryCodeMistyped),
        }
    }

    /// The 26 characters that the key is derived from.
    pub(crate) fn secret(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// As printed: seven groups of four.
    #[must_use]
    pub fn shown(&self) -> SecretString {
        let mut text = Zeroizing::new(String::with_capacity(40));
        let check = letters().ok().and_then(|letters| {
            let check = check_of(&values(&letters, &self.0)?);
            // One symbol is the first five bits of a byte.
            Some(check.map(|value| letters.encode(&[value << 3]).chars().next().unwrap_or_default()))
        });
        for (at, letter) in self.0.chars().chain(check.into_iter().flatten()).enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        SecretString::from(text.as_str())
    }
}

fn letters() -> Result<Encoding> {
    crockford().ok_or(Error::Crypto)
}

/// What each letter stands for, 0 to 31: the first five bits of the byte that it begins. None for what is no letter
/// of a code.
fn values(letters: &Encoding, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut values = Zeroizing::new(Vec::with_capacity(SYMBOLS + CHECK));
    for letter in text.bytes() {
        let byte = letters.decode(&[letter, b'0']).ok()?;
        values.push(byte.first()? >> 3);
    }
    Some(values)
}

/// Ten bits of a hash over the code: a single slip passes once in a thousand, and is then simply wrong.
fn check_of(symbols: &[u8]) -> [u8; CHECK] {
    let [first, second, ..] = Sha256::of(&[TAG, symbols]).0;
    [first & 31, second & 31]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
mod tests {
    use super::*;

    #[test]
    fn a_code_typed_back_in_any_manner_is_the_same_code() {
        let code = RecoveryCode::generate().unwrap();
        let shown = code.shown().expose_secret().to_owned();
        assert_eq!(shown.len(), 34, "seven groups of four");
        let slips = shown.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        for typed in [shown.clone(), shown.replace('-', ""), slips] {
            assert_eq!(RecoveryCode::read(&typed.into()).unwrap().secret(), code.secret());
        }
    }

    #[test]
    fn a_code_that_was_printed_years_ago_is_read_and_printed_as_it_was() {
        // Written down before the alphabet came from a library: letters, check and groups stay for ever.
        let printed = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSGF";
        let code = RecoveryCode::read(&printed.to_owned().into()).unwrap();
        assert_eq!(code.secret(), b"0123456789ABCDEFGHJKMNPQRS");
        assert_eq!(code.shown().expose_secret(), printed);
    }

    #[test]
    fn a_slip_is_told_before_the_code_is_tried() {
        let shown = RecoveryCode::generate().unwrap().shown().expose_secret().to_owned();
        let mut noticed = 0;
        for at in (0..shown.len()).filter(|at| shown.as_bytes()[*at] != b'-') {
            let mut slip = shown.clone().into_bytes();
            slip[at] = if slip[at] == b'7' { b'8' } else { b'7' };
            noticed += usize::from(RecoveryCode::read(&String::from_utf8(slip).unwrap().into()).is_err());
        }
        assert!(
            noticed >= 26,
            "a wrong character is noticed all but once in a thousand, {noticed} of 28 were"
        );
        assert!(RecoveryCode::read(&format!("{shown}0").into()).is_err(), "too long");
        assert!(RecoveryCode::read(&shown[..30].to_owned().into()).is_err(), "too short");
        assert!(RecoveryCode::read(&shown.replace('-', "U").into()).is_err(), "a letter that no code has");
    }

    #[test]
    fn debug_prints_nothing_of_the_code() {
        assert_eq!(format!("{:?}", RecoveryCode::generate().unwrap()), "RecoveryCode(..)");
    }
}
