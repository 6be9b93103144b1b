//! One way to compare what people type: small letters, no accents, nothing that the eye does not see.
//!
//! *Łucja*, *LUCJA* and *Lucja* are the same, so are *Groß* and *Gross*, *O’Brien* and *OBrien*, and a name
//! with a soft hyphen, a zero-width space or a no-break space inside is the name. Whatever compares names uses
//! this; what a text is found by stands on it, in `finding`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

/// A text in small letters without accents, apostrophes and invisible characters; everything else stays.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| !is_apostrophe(*c)).flat_map(fold_char).collect()
}

/// What one character is compared as: nothing for an accent or an invisible character, two letters for a
/// ligature or for a letter such as *ß* or *æ*.
pub fn fold_char(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .filter(|c| !is_invisible(*c))
        .nfkd()
        // Some letters come apart into a letter and an apostrophe, as *ŉ* does: it says no more there than elsewhere.
        .filter(move |part| {
            !is_accent(*part) && !is_invisible(*part) && (*part == c || !is_apostrophe(*part))
        })
        .flat_map(char::to_lowercase)
        .filter(|c| !is_accent(*c))
        .flat_map(plain)
}

/// The words of a text, folded: runs of letters and digits, an apostrophe inside them dropped.
pub fn folded_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || is_accent(c) || is_apostrophe(c) || is_invisible(c)))
        .map(fold)
        .filter(|word| !word.is_empty())
}

/// Letters that Unicode does not take apart, as they are typed on a keyboard that lacks them.
fn plain(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ł' | 'ƚ' | 'ɫ' => ('l', None),
        'đ' | 'ð' | 'ɗ' => ('d', None),
        'ø' | 'ɔ' => ('o', None),
        'ħ' => ('h', None),
        'ŧ' | 'ț' => ('t', None),
        'ı' | 'ɨ' => ('i', None),
        'ȷ' => ('j', None),
        'ĸ' | 'ƙ' => ('k', None),
        'ŋ' | 'ɲ' => ('n', None),
        'ɓ' | 'ƀ' => ('b', None),
        'ɛ' | 'ə' | 'ǝ' => ('e', None),
        'ʉ' => ('u', None),
        'ƶ' => ('z', None),
        'ƴ' => ('y', None),
        'ƒ' => ('f', None),
        'ς' => ('σ', None),
        // Persian and Arabic keyboards write one letter with two signs.
        'ی' | 'ى' | 'ې' => ('ي', None),
        'ک' => ('ك', None),
        'ة' | 'ہ' | 'ھ' => ('ه', None),
        // The two Japanese syllabaries, which one keyboard changes into another.
        'ァ'..='ヶ' => (char::from_u32(u32::from(c) - 0x60).unwrap_or(c), None),
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// An accent that hangs on the letter before it. The vowel signs of Indic scripts are letters of their own.
pub(crate) fn is_accent(c: char) -> bool {
    canonical_combining_class(c) != 0
}

/// The many signs that stand for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{b4}'
            | '\u{2b9}'..='\u{2bf}'
            | '\u{2c8}'
            | '\u{2018}'..='\u{201b}'
            | '\u{2ee}'
            | '\u{5f3}'
            | '\u{2032}'
            | '\u{a78b}'..='\u{a78c}'
            | '\u{ff07}'
    )
}

/// The many signs that stand for a hyphen.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// What takes no room or says nothing: soft hyphen, zero-width characters, marks of direction, variation selectors,
/// controls, and the stroke that only stretches an Arabic word.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{640}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    ) || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_of_another_keyboard_fold_to_those_of_this_one() {
        for (typed, plain) in [
            ("Łukasz Żmijewska", "lukasz zmijewska"),
            ("SØREN GROSS", "soren gross"),
            ("Søren Groß", "soren gross"),
            ("Đào Thị Hồng", "dao thi hong"),
            ("Işık", "isik"),
            ("İpek", "ipek"),
            ("Ægir Þór", "aegir thor"),
            ("Zoe\u{308}", "zoe"),
            ("ﬁona", "fiona"),
            ("Ｚｏｅ", "zoe"),
            ("Quill\u{ad}feather", "quillfeather"),
            ("Qu\u{200b}ill", "quill"),
            ("O’Brien", "obrien"),
            ("O'BRIEN", "obrien"),
        ] {
            assert_eq!(fold(typed), plain, "{typed}");
        }
    }

    #[test]
    fn a_blank_that_does_not_break_is_a_blank_and_a_vowel_sign_is_a_letter() {
        assert_eq!(fold("Zoë\u{a0}Madeup"), "zoe madeup");
        assert_ne!(fold("राम"), fold("रम"), "vowel signs tell names apart");
        assert_eq!(
            folded_words("Madeup,\u{a0}Zo\u{eb}; d’Arcy").collect::<Vec<_>>(),
            ["madeup", "zoe", "darcy"]
        );
    }

    #[test]
    fn every_letter_folds_to_what_folds_to_itself() {
        for c in '\0'..=char::MAX {
            let once = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
        }
        assert_eq!(fold("ŉ"), "n", "as it is typed without its apostrophe");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
