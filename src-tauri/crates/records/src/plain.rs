//! What was typed, in plain signs: without what nobody sees, with one kind of blank, and with the digits of every
//! script as 0 to 9.

use unicode_normalization::UnicodeNormalization as _;

use crate::fold::is_invisible;

/// The zeros of the scripts that count in tens and have digits of their own; nine more follow each.
const ZEROS: [u32; 37] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,
    0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x1_04A0, 0x1_E950,
];

/// The digit of any script as one of 0 to 9; anything else as it is.
pub(crate) fn digit(c: char) -> char {
    let code = u32::from(c);
    ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))
        .and_then(|value| char::from_digit(value, 10))
        .unwrap_or(c)
}

/// A short text that was typed or pasted, in plain signs. Blanks around it are gone.
#[must_use]
pub fn plain(typed: &str) -> String {
    let seen = typed.chars().filter(|c| !is_invisible(*c)).nfkc();
    let text: String = seen
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            // The hyphens, dashes and the minus sign that word processors put for the one on the keyboard.
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
            '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => digit(c),
        })
        .collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_gone_and_every_digit_is_one() {
        for typed in [
            "\u{200B}943 476 5919",
            "943\u{A0}476\u{2009}5919\u{FEFF}",
            "\u{202A}943\u{202F}476\u{3000}5919\u{202C}",
            "٩٤٣ ٤٧٦ ٥٩١٩",
            "۹۴۳ ۴۷۶ ۵۹۱۹",
            "९४३ ४७६ ५९१९",
            "９４３　４７６　５９１９",
            "9\u{AD}43\t476\n5919",
        ] {
            assert_eq!(plain(typed), "943 476 5919", "{typed:?}");
        }
        assert_eq!(plain("12\u{2013}03\u{2212}2026"), "12-03-2026");
        assert_eq!(plain(" \u{200B} "), "");
    }
}
