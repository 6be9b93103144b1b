//! What is taken out of a text at the door, and whether anything of it can be seen.

use crate::fold::{is_accent, is_invisible};

/// A text without what nobody typed: control characters other than line end and tab, marks that turn the direction
/// of what follows, byte-order marks and code points that are no characters. Every kind of line end becomes one.
///
/// Marks that single letters need stay: joiners of Persian and of emoji, and the marks of direction that bind
/// nothing behind them.
#[must_use]
pub fn cleaned(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' => {
                if letters.peek() != Some(&'\n') {
                    clean.push('\n');
                }
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => clean.push('\n'),
            '\n' | '\t' => clean.push(c),
            c if c.is_control() || turns(c) || is_no_character(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Embeddings, overrides and isolates, which turn what stands behind them; and marks that carry no text at all.
fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'
    )
}

fn is_no_character(c: char) -> bool {
    let code = u32::from(c);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}

/// Whether anything of a text can be seen.
#[must_use]
pub fn can_be_seen(text: &str) -> bool {
    text.chars().any(shows)
}

/// Whether a name has a letter, a digit or a sign that is more than punctuation.
#[must_use]
pub fn names_somebody(name: &str) -> bool {
    let punctuation = |c: char| {
        c.is_ascii_punctuation()
            || matches!(
                c,
                '\u{a1}'..='\u{a9}'
                    | '\u{ab}'..='\u{b4}'
                    | '\u{b6}'..='\u{b9}'
                    | '\u{bb}'..='\u{bf}'
                    | '\u{2010}'..='\u{2027}'
                    | '\u{2030}'..='\u{205e}'
                    | '\u{3000}'..='\u{3004}'
                    | '\u{3008}'..='\u{303f}'
                    | '\u{ff01}'..='\u{ff0f}'
                    | '\u{ff1a}'..='\u{ff20}'
                    | '\u{60c}'
                    | '\u{61b}'..='\u{61f}'
                    | '\u{5be}'
                    | '\u{5f3}'..='\u{5f4}'
            )
    };
    name.chars().any(|c| shows(c) && !punctuation(c))
}

fn shows(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    let blank = matches!(c, '\u{2800}' | '\u{fffc}' | '\u{fffd}');
    !(c.is_whitespace() || c.is_control() || is_invisible(c) || is_accent(c) || private || blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_typed_is_taken_out_and_what_a_letter_needs_stays() {
        for (typed, clean) in [
            ("a\u{0}b\u{1b}c", "abc"),
            ("\u{202e}yalA\u{202c}", "yalA"),
            ("\u{feff}Ayla\u{fffe}", "Ayla"),
            ("one\r\ntwo\rthree\u{2028}four\tfive", "one\ntwo\nthree\nfour\tfive"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}👧", "👩\u{200d}👧"),
            ("\u{2067}אלון\u{2069} 3", "אלון 3"),
            ("\u{9b}31m", "31m"),
        ] {
            assert_eq!(cleaned(typed), clean, "{typed:?}");
        }
    }

    #[test]
    fn a_name_has_a_letter_or_a_sign_that_one_can_see() {
        for name in ["O", "王", "😀", "Null", "Test", "Baby girl 2 of Jo", "7", "محمد", "É."] {
            assert!(names_somebody(name), "{name}");
        }
        for name in ["", " ", "\u{200b}", ".", "-", "…", "\u{301}", "\u{3164}", "?!", "\u{fffd}", "—"] {
            assert!(!names_somebody(name), "{name:?}");
        }
        assert!(can_be_seen("."), "a text may be a mark");
        assert!(!can_be_seen("\u{200b}\u{2060} \u{ad}"));
    }
}
