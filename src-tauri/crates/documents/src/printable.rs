//! Making any text fit for paper.
//!
//! PDF/A refuses letters that a typeface does not have, and a reader must not be misled by signs that reorder what
//! they see. Such signs are printed as their code, `[U+1F984]`; nothing is dropped but signs that have no look of
//! their own. Long unbroken runs get places at which a line may end. The attached JSON always holds the exact text.

use std::fmt::Write as _;

/// A run of letters without a blank may be this long before it gets places to break.
const LONGEST_RUN: usize = 22;
/// How many letters stand between two such places.
const PIECE: usize = 11;
/// A place at which a line may end; it has no width.
const MAY_BREAK: char = '\u{200b}';

/// A text that can be printed, and whether some sign stands as a code.
pub(crate) struct Printable {
    pub(crate) text: String,
    pub(crate) has_codes: bool,
}

/// Makes a text printable with typefaces that have the letters for which `has` is true.
pub(crate) fn printable(text: &str, has: impl Fn(char) -> bool) -> Printable {
    let mut shown = String::with_capacity(text.len());
    let mut has_codes = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\n' | '\u{2028}' | '\u{2029}' => shown.push('\n'),
            '\r' => {
                if signs.peek() != Some(&'\n') {
                    shown.push('\n');
                }
            }
            '\t' => shown.push(' '),
            // No look of their own: soft hyphen, variation selectors, a place to break that we set ourselves.
            '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | MAY_BREAK => {}
            sign if misleads(sign) || !has(sign) => {
                has_codes = true;
                shown.push(MAY_BREAK);
                // Writing to a String cannot fail.
                let _ = write!(shown, "[U+{:04X}]", u32::from(sign));
            }
            sign => shown.push(sign),
        }
    }
    // A code is shorter than a piece, so it is never parted itself.
    Printable { text: with_places_to_break(&shown), has_codes }
}

/// Signs that a PDF may not hold, or that change how their neighbours are read.
fn misleads(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff0}'..='\u{fffc}' | '\u{feff}'
            | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
        || u32::from(sign) & 0xfffe == 0xfffe
}

/// Scripts whose letters join into one another: a place to break would part what is one sign to the eye.
fn joins(sign: char) -> bool {
    matches!(sign, '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Signs that belong to the one before them; a line never ends before one.
fn leans_on_the_one_before(sign: char) -> bool {
    matches!(sign,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{200c}'..='\u{200f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Puts places to break into runs that are longer than any line of ours.
fn with_places_to_break(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    for run in text.split_inclusive(|sign: char| sign.is_whitespace() || sign == MAY_BREAK) {
        if run.chars().count() <= LONGEST_RUN {
            broken.push_str(run);
            continue;
        }
        let mut since = 0;
        for sign in run.chars() {
            if since >= PIECE
                && !leans_on_the_one_before(sign)
                && !joins(sign)
                && !sign.is_whitespace()
                && sign != MAY_BREAK
            {
                broken.push(MAY_BREAK);
                since = 0;
            }
            broken.push(sign);
            since += 1;
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        printable(text, |sign| sign.is_alphanumeric() || sign.is_ascii_graphic() || sign == ' ').text
    }

    #[test]
    fn ordinary_text_is_untouched() {
        let text = "Ŵyn said \"no\" at 10:05. #panic() \\ $x$ <b> *bold* _it_";
        assert_eq!(shown(text), text, "nothing that a person can type is taken for markup");
        assert!(!printable(text, |_| true).has_codes);
    }

    #[test]
    fn what_cannot_be_printed_stands_as_a_code() {
        let printed = printable("a\u{0}b\u{202e}c\u{f8ff}d🦄", |sign| sign.is_ascii());
        assert_eq!(printed.text.replace(MAY_BREAK, ""), "a[U+0000]b[U+202E]c[U+F8FF]d[U+1F984]");
        assert!(printed.has_codes, "the page says that codes stand on it");
    }

    #[test]
    fn a_line_never_ends_inside_a_code() {
        let text = printable(&"\u{1f984}".repeat(60), |_| false).text;
        for piece in text.split(MAY_BREAK).filter(|piece| !piece.is_empty()) {
            assert_eq!(piece, "[U+1F984]");
        }
    }

    #[test]
    fn line_ends_of_every_system_are_line_ends() {
        assert_eq!(shown("a\r\nb\rc\nd\u{2028}e\tf"), "a\nb\nc\nd\ne f");
    }

    #[test]
    fn a_word_longer_than_a_line_may_break_and_loses_no_letter() {
        let word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
        let broken = shown(word);
        assert!(broken.contains(MAY_BREAK));
        assert_eq!(broken.replace(MAY_BREAK, ""), word);
        assert_eq!(shown("responsibility for"), "responsibility for", "short words stay whole");
    }

    #[test]
    fn an_accent_is_never_parted_from_its_letter() {
        let word = "e\u{301}".repeat(40);
        let broken = printable(&word, |_| true).text;
        assert!(!broken.contains("\u{200b}\u{301}"), "a line never begins with an accent");
    }
}
