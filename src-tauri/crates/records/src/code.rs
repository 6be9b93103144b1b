//! Codes that people read from paper or hear on the telephone: Crockford's base 32.
//!
//! No letter in it is mistaken for a digit, and whoever types one of the letters that were left out for that means
//! the digit that it looks like.

use data_encoding::{Encoding, Specification};

/// Crockford's base 32, in capitals and without padding. None never comes of it: the alphabet has 32 symbols.
#[must_use]
pub fn crockford() -> Option<Encoding> {
    let mut letters = Specification::new();
    letters.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    letters.encoding().ok()
}

/// The letters of a code as it was typed: capitals, without blanks, full stops and dashes of any kind, and with
/// digits for the letters that look like them. What is in no code stays, so that it is refused.
pub fn typed_code(typed: &str) -> impl Iterator<Item = char> {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}');
    typed.chars().filter(kept).map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_any_manner_of_typing() {
        for typed in ["K7QM-0011", " k7qm\u{2013}o0il ", "k7qm.OOli", "K7\tQM 00\u{2010}11"] {
            assert_eq!(typed_code(typed).collect::<String>(), "K7QM0011", "{typed}");
        }
        assert_eq!(typed_code(" k7qm-o0il 3f5w.2z9x ").collect::<String>(), "K7QM00113F5W2Z9X");
        assert_eq!(typed_code("Ü").collect::<String>(), "Ü", "what is in no code is left to be refused");
    }

    #[test]
    fn the_alphabet_is_the_one_that_was_printed_from_the_beginning() {
        let encoding = crockford().unwrap();
        let letters: String =
            (0..32u8).filter_map(|value| encoding.encode(&[value << 3]).chars().next()).collect();
        assert_eq!(letters, "0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    }
}
