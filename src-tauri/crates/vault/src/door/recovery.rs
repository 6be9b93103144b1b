//! The recovery code: 130 bits on paper.
//!
//! Twenty-six characters of Crockford's base 32 and two check characters, in seven groups of four.
//! Letters that look like digits are read as those digits, so a tired person can type it back.

use secrecy::{ExposeSecret, SecretString};
use sharewell_records::Sha256;
use zeroize::Zeroizing;

use crate::bytes::random;
use crate::{Error, Result};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS: usize = 26;
const CHECK: usize = 2;
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
        let bytes = Zeroizing::new(random::<SYMBOLS>()?);
        // 256 is a multiple of 32, so the low five bits of a random byte are even.
        let symbols: Zeroizing<Vec<u8>> = Zeroizing::new(bytes.iter().map(|byte| byte & 31).collect());
        Ok(Self::from_symbols(&symbols))
    }

    /// Reads what a person typed: any case, with or without dashes and spaces.
    ///
    /// # Errors
    /// [`Error::RecoveryCodeMistyped`] where length, a character or the check is wrong.
    pub fn read(typed: &SecretString) -> Result<Self> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(SYMBOLS + CHECK));
        for c in typed
            .expose_secret()
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
        {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value =
                ALPHABET.iter().position(|a| char::from(*a) == c).ok_or(Error::RecoveryCodeMistyped)?;
            if symbols.len() == SYMBOLS + CHECK {
                return Err(Error::RecoveryCodeMistyped);
            }
            symbols.push(u8::try_from(value).map_err(|_| Error::RecoveryCodeMistyped)?);
        }
        let (code, check) = symbols.split_at_checked(SYMBOLS).ok_or(Error::RecoveryCodeMistyped)?;
        if check != check_of(code) {
            return Err(Error::RecoveryCodeMistyped);
        }
        Ok(Self::from_symbols(code))
    }

    fn from_symbols(symbols: &[u8]) -> Self {
        let text =
            symbols.iter().filter_map(|s| ALPHABET.get(usize::from(*s))).map(|a| char::from(*a)).collect();
        Self(Zeroizing::new(text))
    }

    /// The 26 characters that the key is derived from.
    pub(crate) fn secret(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// As printed: seven groups of four.
    #[must_use]
    pub fn shown(&self) -> SecretString {
        let values: Zeroizing<Vec<u8>> = Zeroizing::new(
            self.0
                .bytes()
                .filter_map(|b| ALPHABET.iter().position(|a| *a == b))
                .filter_map(|v| u8::try_from(v).ok())
                .collect(),
        );
        let mut text = Zeroizing::new(String::with_capacity(40));
        for (at, value) in values.iter().chain(check_of(&values).iter()).enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push('-');
            }
            if let Some(letter) = ALPHABET.get(usize::from(*value)) {
                text.push(char::from(*letter));
            }
        }
        SecretString::from(text.as_str())
    }
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
