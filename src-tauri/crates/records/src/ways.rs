//! Telephone numbers and e-mail addresses as people write them: which of them reach anybody.
//!
//! What is typed is kept as it is typed. It is only asked whether it can be one, kindly: blanks, brackets, +44 and an
//! extension are how people write a number. A slip that is found while somebody makes sure of a number is worth more
//! than one that is found when it is rung.

use crate::plain;

/// Why what stands in a box for a number is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayFault {
    /// It has letters or signs that no number has.
    NotANumber,
    /// It has fewer digits than a number of its kind.
    TooShort,
    /// It has more digits, or two numbers stand in it.
    TooLong,
    /// It is one of a town, without the town's code before it.
    WithoutCode,
    /// It is no e-mail address.
    NotAnAddress,
}

/// How people write that an extension follows.
const EXTENSION: [&str; 6] = ["extension", "extn", "ext", "ex", "x", "#"];

/// Whether what was typed can be a telephone number. Nothing typed is no fault.
///
/// # Errors
/// [`WayFault`].
pub fn read_phone(typed: &str) -> Result<(), WayFault> {
    let text = plain(typed).to_lowercase();
    let text = text.trim();
    let text = ["telephone", "tel", "phone"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = text.trim_start_matches([':', '.', ' ']);
    if text.is_empty() {
        return Ok(());
    }
    let (number, extension) = split_extension(text);
    if extension.is_some_and(|inner| digits(inner).is_none_or(|inner| !(1..=6).contains(&inner.len()))) {
        return Err(WayFault::NotANumber);
    }
    // Inside an agency an extension is a number by itself.
    if number.trim().is_empty() && extension.is_some() {
        return Ok(());
    }
    let digits = digits(number).ok_or(WayFault::NotANumber)?;
    if let Some(abroad) = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00")) {
        return match abroad.strip_prefix("44") {
            Some(national) => of_length(national.trim_start_matches('0').len(), 9, 10),
            None => of_length(abroad.len(), 8, 15),
        };
    }
    match digits.len() {
        _ if digits.contains('+') => Err(WayFault::NotANumber),
        // The child protection lines of charities are shorter than a number of a town.
        _ if digits.starts_with("0800") || digits.starts_with("0845") => of_length(digits.len(), 8, 11),
        _ if digits.starts_with('0') => of_length(digits.len(), 10, 11),
        // 101, 999, 116 123: a number of few digits is whole.
        3 => Ok(()),
        5 | 6 if digits.starts_with("116") || digits.starts_with("118") => Ok(()),
        0..=4 => Err(WayFault::TooShort),
        5..=8 => Err(WayFault::WithoutCode),
        // The nought was left off, as tables do that take it for a sum.
        9 | 10 => Err(WayFault::WithoutCode),
        _ => Err(WayFault::TooLong),
    }
}

fn of_length(digits: usize, least: usize, most: usize) -> Result<(), WayFault> {
    match digits {
        few if few < least => Err(WayFault::TooShort),
        many if many > most => Err(WayFault::TooLong),
        _ => Ok(()),
    }
}

/// A number, and the extension behind it, where one is written.
fn split_extension(text: &str) -> (&str, Option<&str>) {
    let found = EXTENSION.iter().find_map(|word| {
        let (before, after) = text.split_once(word)?;
        Some((before, after.trim_start_matches(['.', ':', ' '])))
    });
    found.map_or((text, None), |(before, after)| (before.trim_end_matches([',', ' ', '(']), Some(after)))
}

/// The digits of a number, with a plus before them where one is written. None where it has a sign that no number has.
fn digits(text: &str) -> Option<String> {
    let mut found = String::new();
    for sign in text.chars() {
        match sign {
            '+' if found.is_empty() => found.push('+'),
            digit if digit.is_ascii_digit() => found.push(digit),
            between if between.is_whitespace() => {}
            '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}' => {}
            _ => return None,
        }
    }
    Some(found)
}

/// Whether what was typed can be an e-mail address. Nothing typed is no fault.
///
/// # Errors
/// [`WayFault::NotAnAddress`].
pub fn read_email(typed: &str) -> Result<(), WayFault> {
    let text = typed.trim();
    // As a program copies it: with the name before it, in pointed brackets.
    let text = text.rsplit_once('<').and_then(|(_, inner)| inner.strip_suffix('>')).unwrap_or(text);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    if text.is_empty() {
        return Ok(());
    }
    let bad = |sign: char| sign.is_whitespace() || sign.is_control() || matches!(sign, ',' | ';' | '<' | '>');
    let whole = match text.split_once('@') {
        Some((who, place)) => {
            let parts: Vec<&str> = place.split('.').collect();
            let ends = parts.last().is_some_and(|end| end.chars().count() >= 2);
            !who.is_empty()
                && !who.starts_with('.')
                && !who.ends_with('.')
                && !place.contains('@')
                && parts.len() >= 2
                && ends
                && parts.iter().all(|part| !part.is_empty())
                && !text.chars().any(bad)
        }
        None => false,
    };
    if whole { Ok(()) } else { Err(WayFault::NotAnAddress) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_taken_as_people_write_it() {
        for typed in [
            "01632 960311",
            "01632960311",
            "(01632) 960 311",
            "01632-960-311",
            "+44 1632 960311",
            "+44 (0)1632 960311",
            "0044 1632 960311",
            "01632 960311 ext 204",
            "01632 960311, ext. 204",
            "01632 960311 x204",
            "01632 960311 (extension 204)",
            "01632 960311 #4",
            "ext 2041",
            "Tel: 01632 960311",
            "020 7946 0018",
            "07700 900123",
            "0800 1111",
            "0808 157 0204",
            "101",
            "999",
            "116 123",
            "+353 1 496 0123",
            "٠١٦٣٢ ٩٦٠٣١١",
            "",
            "  ",
        ] {
            assert_eq!(read_phone(typed), Ok(()), "{typed}");
        }
    }

    #[test]
    fn a_slip_is_found_before_anybody_relies_on_it() {
        for (typed, fault) in [
            ("ask at the desk", WayFault::NotANumber),
            ("01632 96O311", WayFault::NotANumber),
            ("01632 960311 or 960312", WayFault::NotANumber),
            ("01632 960311 ext", WayFault::NotANumber),
            ("01632 9603", WayFault::TooShort),
            ("12", WayFault::TooShort),
            ("+44 1632 96", WayFault::TooShort),
            ("01632 960311 01632 960312", WayFault::TooLong),
            ("+44 1632 9603112", WayFault::TooLong),
            ("960311", WayFault::WithoutCode),
            ("1632 960311", WayFault::WithoutCode),
        ] {
            assert_eq!(read_phone(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn an_address_is_taken_as_it_is_copied_and_a_slip_is_none() {
        for typed in [
            "office@fablewell.example",
            " k.o'madeup+cp@mail.fablewell.example ",
            "Kim Madeup <kim@fablewell.example>",
            "mailto:kim@fablewell.example",
            "siân@fablewell.example",
            "",
        ] {
            assert_eq!(read_email(typed), Ok(()), "{typed}");
        }
        for typed in [
            "fablewell.example",
            "office@",
            "@fablewell.example",
            "office@fablewell",
            "office@@fablewell.example",
            "office@fablewell..example",
            "office at fablewell.example",
            "a@fablewell.example, b@fablewell.example",
            "office@fablewell.example.",
        ] {
            assert_eq!(read_email(typed), Err(WayFault::NotAnAddress), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reading_panic(typed in "\\PC{0,40}", digits in "[+0-9 ()x.-]{0,20}", email in "[a@.<> ]{0,12}") {
            for text in [&typed, &digits, &email] {
                let _ = read_phone(text);
                let _ = read_email(text);
            }
        }
    }
}
