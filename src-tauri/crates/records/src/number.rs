//! Numbers that agencies give to people, as they stand in letters: which of them can be one.

use chrono::NaiveDate;

use crate::{Birth, Day, IdentifierKind, plain};

/// Why a number is not one of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// It has a letter, a sign or a number of digits that no such number has, or its check digit does not fit.
    Slip,
    /// It stands for "none", as systems that must have a number put it: 0000000000, ZZZZ.
    Placeholder,
    /// Its first six digits are a date of birth that does not exist.
    NoSuchDate,
}

/// What letters write around a number, in capitals.
const AROUND: [&str; 14] = [
    "HEALTHANDCARE",
    "NUMBER",
    "NHS",
    "CHI",
    "HSC",
    "H&C",
    "HCN",
    "UPN",
    "NO",
    "NR",
    "NUM",
    "HC",
    // *Rhif GIG*: the NHS number in a Welsh letter.
    "RHIF",
    "GIG",
];

/// A number in the form in which it is kept: digits and letters alone. None where nothing was typed.
///
/// Hyphens, full stops, blanks of every kind and what nobody sees are taken off, and so are the words around it.
///
/// # Errors
/// [`NumberFault`].
pub fn read_number(kind: IdentifierKind, typed: &str) -> Result<Option<String>, NumberFault> {
    if kind == IdentifierKind::Agency {
        let value: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        return Ok((!value.is_empty()).then_some(value));
    }
    let text: String = plain(typed).to_uppercase().chars().filter(|c| !between(*c)).collect();
    if text.is_empty() {
        return Ok(None);
    }
    if kind == IdentifierKind::Upn {
        let bare = text.strip_prefix("UPN").filter(|rest| rest.len() >= 13).unwrap_or(&text);
        return upn(bare).map(Some);
    }
    let digits = bare(&text);
    if digits.is_empty() {
        return Err(NumberFault::Slip);
    }
    ten_digits(kind, digits).map(Some)
}

/// Signs that letters put between the digits, and never as one of them.
fn between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | ',' | ':' | ';' | '/' | '\'' | '(' | ')' | '[' | ']' | '#' | '_' | '=')
        || matches!(c, '"' | '\u{201C}'..='\u{201F}' | '\u{AB}' | '\u{BB}' | '\u{2039}' | '\u{203A}' | '`')
        // The mark of a footnote, or of what was copied from a table.
        || matches!(c, '*' | '\u{2020}' | '\u{2021}' | '|' | '<' | '>' | '{' | '}')
}

/// A number without the words that stand around it.
fn bare(text: &str) -> &str {
    let mut bare = text;
    while let Some(rest) =
        AROUND.iter().find_map(|word| bare.strip_prefix(word).or_else(|| bare.strip_suffix(word)))
    {
        bare = rest;
    }
    bare
}

fn ten_digits(kind: IdentifierKind, digits: &str) -> Result<String, NumberFault> {
    if is_placeholder(digits) {
        return Err(NumberFault::Placeholder);
    }
    if kind == IdentifierKind::ChiNumber && digits.len() == 10 && chi_days(digits).is_empty() {
        return Err(NumberFault::NoSuchDate);
    }
    if check_digit_holds(digits) { Ok(digits.to_owned()) } else { Err(NumberFault::Slip) }
}

/// The letters of a pupil number by what each counts for: I, O and S are read as figures, and left out.
const UPN_LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

/// The check letter of a pupil number: its other signs, each by its place from 2 on, summed modulo 23. The last may be a
/// letter, in a temporary number (government data standards catalogue, *Unique Pupil Number* 2.0).
fn upn_letter(text: &str) -> Option<char> {
    let mut sum = 0_usize;
    for (at, sign) in text.chars().enumerate().skip(1) {
        let counts = match sign.to_digit(10) {
            Some(digit) => usize::try_from(digit).ok()?,
            None if at == 12 => UPN_LETTERS.find(sign)?,
            None => return None,
        };
        sum += (at + 1) * counts;
    }
    UPN_LETTERS.chars().nth(sum % 23)
}

/// A check letter, eleven digits, and a digit or a letter.
fn upn(text: &str) -> Result<String, NumberFault> {
    // "ZZ" and nothing but zeros or more letters behind it is what schools put for none.
    let all_letters = text.chars().all(|c| c.is_ascii_alphabetic());
    let no_digit_counts =
        text.chars().skip(1).all(|c| matches!(c, '0' | '9')) && one_kind(text.get(1..).unwrap_or(""));
    if is_placeholder(text) || (text.len() > 1 && (all_letters || no_digit_counts)) {
        return Err(NumberFault::Placeholder);
    }
    let checked = text.chars().count() == 13 && text.chars().next() == upn_letter(text);
    if checked { Ok(text.to_owned()) } else { Err(NumberFault::Slip) }
}

/// Whether a number stands for "none": one sign over and over, or digits that count up or down.
fn is_placeholder(text: &str) -> bool {
    text.len() >= 6 && (one_kind(text) || counts(text))
}

fn one_kind(text: &str) -> bool {
    let mut signs = text.chars();
    signs.next().is_some_and(|first| signs.all(|c| c == first))
}

/// 0123456789, 1234567890, 9876543210: each digit is the one before it and one more, or one less.
fn counts(text: &str) -> bool {
    let Some(digits) = text.chars().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let steps =
        |by: u32| digits.iter().zip(digits.iter().skip(1)).all(|(one, next)| (one + by) % 10 == *next);
    steps(1) || steps(9)
}

/// The days of birth that the first six digits of a CHI number can mean: it has no century.
fn chi_days(chi: &str) -> Vec<Day> {
    let part = |range: std::ops::Range<usize>| chi.get(range)?.parse::<u32>().ok();
    let (Some(day), Some(month), Some(year)) = (part(0..2), part(2..4), part(4..6)) else {
        return Vec::new();
    };
    let centuries = [1800, 1900, 2000];
    centuries
        .iter()
        .filter_map(|century| NaiveDate::from_ymd_opt(century + i32::try_from(year).ok()?, month, day))
        .map(Day)
        .collect()
}

/// Whether a number says another day of birth than the one that is recorded. Only a CHI number says one, and only a
/// day that is known can differ from it. A warning, never a refusal: either may be the one that is wrong.
#[must_use]
pub fn says_another_birth(kind: IdentifierKind, number: &str, birth: &Birth) -> bool {
    match (kind, birth) {
        (IdentifierKind::ChiNumber, Birth::Born { on }) => !chi_days(number).contains(on),
        _ => false,
    }
}

/// Whether ten digits are a valid NHS, CHI-length or H&C number by the modulo 11 check digit.
#[must_use]
pub fn check_digit_holds(value: &str) -> bool {
    let digits: Vec<u32> =
        value.chars().filter(|c| !c.is_whitespace()).filter_map(|c| c.to_digit(10)).collect();
    let spaces_aside = value.chars().filter(|c| !c.is_whitespace()).count();
    let Some((last, front)) = digits.split_last() else { return false };
    if digits.len() != 10 || spaces_aside != 10 {
        return false;
    }
    let sum: u32 = front.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => *last == 0,
        10 => false,
        check => *last == check,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NHS: IdentifierKind = IdentifierKind::NhsNumber;
    const CHI: IdentifierKind = IdentifierKind::ChiNumber;

    /// A number of its first nine digits, where a tenth fits.
    fn whole(front: &str) -> Option<String> {
        (0..10).map(|last| format!("{front}{last}")).find(|number| check_digit_holds(number))
    }

    #[test]
    fn the_check_digit_of_an_nhs_number_is_checked() {
        assert!(check_digit_holds("999 000 0018") == check_digit_holds("9990000018"), "spaces do not matter");
        assert!(check_digit_holds("9434765919"), "a published test number");
        assert!(!check_digit_holds("9434765918"), "one digit off");
        assert!(!check_digit_holds("943476591"), "nine digits");
        assert!(!check_digit_holds("94347659l9"), "a letter among digits");
    }

    #[test]
    fn a_number_is_read_as_it_stands_in_a_letter() {
        for typed in [
            "943 476 5919",
            "943-476-5919",
            "943.476.5919",
            "943\u{2011}476\u{2013}5919",
            "943/476/5919",
            "NHS 943 476 5919",
            "NHS No: 943 476 5919",
            "nhs number 9434765919",
            "NHS No. 943-476-5919.",
            "943 476 5919 (NHS)",
            "\"943 476 5919\"",
            "\u{201C}943 476 5919\u{201D}",
            "\u{2018}943 476 5919\u{2019}",
            "\u{AB}943 476 5919\u{BB}",
            "943 476 5919*",
            "943 476 5919 \u{2020}",
            "Rhif GIG 943 476 5919",
            "Rhif GIG: 943-476-5919",
            "\u{200B}943\u{A0}476\u{2009}5919",
            "٩٤٣ ٤٧٦ ٥٩١٩",
            "９４３４７６５９１９",
        ] {
            assert_eq!(read_number(NHS, typed), Ok(Some("9434765919".into())), "{typed:?}");
        }
        for kind in [CHI, IdentifierKind::HcNumber] {
            let number = whole("010120001").or_else(|| whole("010120002")).unwrap();
            for before in ["CHI ", "CHI no. ", "H&C number: ", "HSC No ", "Health and Care Number "] {
                assert_eq!(
                    read_number(kind, &format!("{before}{number}")),
                    Ok(Some(number.clone())),
                    "{before}"
                );
            }
        }
        assert_eq!(read_number(NHS, " \u{200B}-"), Ok(None), "nothing was typed");
        assert_eq!(read_number(IdentifierKind::Agency, " 3/4 a"), Ok(Some("3/4a".into())));
    }

    #[test]
    fn a_slip_is_no_number() {
        for typed in [
            "943 476 5918",
            "943 476 591",
            "943 476 59199",
            "94347659l9",
            "x",
            "NHS",
            "+9434765919",
            "9434765919e0",
        ] {
            assert_eq!(read_number(NHS, typed), Err(NumberFault::Slip), "{typed}");
        }
    }

    #[test]
    fn what_stands_for_none_is_refused_by_name() {
        for digit in '0'..='9' {
            let filler = String::from(digit).repeat(10);
            for kind in [NHS, CHI, IdentifierKind::HcNumber] {
                assert_eq!(read_number(kind, &filler), Err(NumberFault::Placeholder), "{filler}");
            }
        }
        for typed in
            ["999 999 9999", "NHS 000-000-0000", "0123456789", "1234567890", "987 654 3210", "ZZZZZZZZZZ"]
        {
            assert_eq!(read_number(NHS, typed), Err(NumberFault::Placeholder), "{typed}");
        }
        for typed in ["ZZZZZZZZZZZZZ", "zz", "A000000000000", "0000000000000", "XXXXXXXXXXXXX", "UPNUNKNOWN"]
        {
            assert_eq!(read_number(IdentifierKind::Upn, typed), Err(NumberFault::Placeholder), "{typed}");
        }
        assert_eq!(read_number(IdentifierKind::Upn, "A82343200100"), Err(NumberFault::Slip));
    }

    #[test]
    fn the_check_letter_of_a_pupil_number_is_checked() {
        let read = |typed: &str| read_number(IdentifierKind::Upn, typed);
        // Worked examples that were published for schools, and one of them as it stands in letters.
        for (typed, kept) in [
            ("H801200001001", "H801200001001"),
            ("UPN H801-2000 0100 1", "H801200001001"),
            ("b801200005001", "B801200005001"),
        ] {
            assert_eq!(read(typed), Ok(Some(kept.into())), "{typed}");
        }
        for typed in ["B207000016049", "A801200005001", "I801200001001", "X80120000A001", "H8012000010011"] {
            assert_eq!(read(typed), Err(NumberFault::Slip), "{typed}");
        }
        // A temporary number ends in a letter, which counts by its place among the letters.
        let temporary: Vec<char> =
            UPN_LETTERS.chars().filter(|one| read(&format!("{one}80120000100A")).is_ok()).collect();
        assert_eq!(temporary.len(), 1, "one letter fits");
        assert_eq!(
            read(&format!("{}80120000100I", temporary[0])),
            Err(NumberFault::Slip),
            "I is no such letter"
        );
        // Every slip of one digit changes the letter.
        for at in 1..13 {
            for digit in '0'..='9' {
                let mut signs: Vec<char> = "H801200001001".chars().collect();
                let same = signs[at] == digit;
                signs[at] = digit;
                let typed: String = signs.into_iter().collect();
                assert_eq!(read(&typed).is_ok(), same, "{typed}");
            }
        }
    }

    #[test]
    fn a_chi_number_begins_with_a_day_that_can_be() {
        for front in ["310215123", "310215124", "001015123", "320115123", "011315123"] {
            if let Some(number) = whole(front) {
                assert_eq!(read_number(CHI, &number), Err(NumberFault::NoSuchDate), "{number}");
                assert!(read_number(NHS, &number).is_ok(), "no other number has a date in it");
            }
        }
        let leap = whole("290200123").or_else(|| whole("290200124")).unwrap();
        assert!(read_number(CHI, &leap).is_ok(), "1900 had no such day, 2000 had");
    }

    #[test]
    fn a_chi_number_that_says_another_birthday_is_told_and_nothing_else_is() {
        let day = |y, m, d| Birth::Born { on: Day(NaiveDate::from_ymd_opt(y, m, d).unwrap()) };
        assert!(says_another_birth(CHI, "0101150012", &day(2015, 1, 2)));
        assert!(!says_another_birth(CHI, "0101150012", &day(2015, 1, 1)));
        assert!(!says_another_birth(CHI, "0101150012", &day(1915, 1, 1)), "it has no century");
        assert!(!says_another_birth(CHI, "0101150012", &Birth::Unknown));
        assert!(!says_another_birth(NHS, "0101150012", &day(2015, 1, 2)));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reading_panic_and_what_is_kept_reads_as_itself(typed in "\\PC{0,40}", digits in "[0-9 -]{8,14}") {
            for kind in [NHS, CHI, IdentifierKind::HcNumber, IdentifierKind::Upn] {
                for text in [&typed, &digits] {
                    if let Ok(Some(kept)) = read_number(kind, text) {
                        prop_assert_eq!(read_number(kind, &kept), Ok(Some(kept)));
                    }
                }
            }
        }
    }
}
