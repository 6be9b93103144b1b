//! A day as something that is found: *15 October*, *15/10/2026*, *October 2026*.

use chrono::Datelike as _;

use crate::fold::fold;
use crate::{Day, Occurred, london_day};

/// Marks the words of days. No text that is typed has it in a word, since it is no letter.
const DAY: char = '\u{e000}';
/// Marks the words of months.
const MONTH: char = '\u{e001}';

/// The words under which a thing is found that has this day, or this month.
#[must_use]
pub fn day_words(occurred: &Occurred) -> String {
    let day = |day: Day| {
        let (year, month, on) = (day.0.year(), day.0.month(), day.0.day());
        format!("{DAY}{year:04}{month:02}{on:02} {DAY}{month:02}{on:02} {MONTH}{year:04}{month:02}")
    };
    match occurred {
        Occurred::Day { on } => day(*on),
        Occurred::Moment { at } => day(london_day(*at)),
        Occurred::Month { year, month } => format!("{MONTH}{year:04}{month:02}"),
        Occurred::Unknown { .. } => String::new(),
    }
}

/// Those of the words under which something is found that are of days.
#[must_use]
pub fn day_words_of(found_by: &str) -> String {
    found_by.split(' ').filter(|word| word.starts_with([DAY, MONTH])).collect::<Vec<_>>().join(" ")
}

/// The words of days that were typed, in one of the orders in which they are written here.
pub(super) fn wanted(typed: &str, months: &[String]) -> Vec<String> {
    let parts: Vec<&str> = typed
        .split(|c: char| c.is_whitespace() || "/.-,".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    // Three groups of digits with blanks between are a number, and no date.
    let blanks = typed.trim().contains(char::is_whitespace);
    let named = |part: &str| named_month(part, months);
    let month = |part: &str| named(part).or_else(|| number(part, 2).filter(|_| !blanks));
    let on = |years: &[u32], month: u32, day: u32| {
        if years.is_empty() {
            return vec![format!("{DAY}{month:02}{day:02}")];
        }
        years.iter().map(|year| format!("{DAY}{year:04}{month:02}{day:02}")).collect()
    };
    let read = || match parts.as_slice() {
        [first, second] => match (ordinal(first), month(second), named(first)) {
            (Some(day), Some(month), _) => Some(on(&[], month, day)),
            (None, _, Some(month)) => {
                let year = number(second, 4).filter(|_| second.len() == 4);
                let of_year = year.map(|year| vec![format!("{MONTH}{year:04}{month:02}")]);
                of_year.or_else(|| ordinal(second).map(|day| on(&[], month, day)))
            }
            _ => None,
        },
        [year, month_of, day] if year.len() == 4 && number(year, 4).is_some() => {
            Some(on(&years(year), month(month_of)?, ordinal(day)?))
        }
        [first, second, year] => {
            let (day, month) = match (ordinal(first), named(first)) {
                (Some(day), _) => (day, month(second)?),
                (None, month) => (ordinal(second)?, month?),
            };
            let years = years(year);
            (!years.is_empty()).then(|| on(&years, month, day))
        }
        _ => None,
    };
    read().unwrap_or_default()
}

/// The month that a word names, by at least its first three letters.
fn named_month(word: &str, months: &[String]) -> Option<u32> {
    let word = fold(word);
    let begins = |month: &String| fold(month).starts_with(&word);
    let at = (word.chars().count() >= 3).then(|| months.iter().position(begins)).flatten()?;
    u32::try_from(at).ok().map(|at| at + 1)
}

/// A number of at most so many digits, and not nought.
fn number(part: &str, digits: usize) -> Option<u32> {
    let plain = part.len() <= digits && part.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| part.parse().ok()).flatten().filter(|number| *number > 0)
}

/// A day of a month, with or without the letters that make it an ordinal.
fn ordinal(part: &str) -> Option<u32> {
    let letters = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let day = number(part.strip_suffix(letters)?, 2)?;
    (letters.chars().count() <= 2 && letters.chars().all(char::is_alphabetic) && day <= 31).then_some(day)
}

/// The years that a number of two or four digits may mean.
fn years(part: &str) -> Vec<u32> {
    let Ok(number) = part.parse::<u32>() else { return Vec::new() };
    match part.len() {
        4 => vec![number],
        2 => vec![1900 + number, 2000 + number],
        _ => Vec::new(),
    }
}
