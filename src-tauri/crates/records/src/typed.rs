//! Days and times as people write them: `27 3 2026`, `27th March 26`, `2026-03-27`, `9.40pm`, `0940`.
//!
//! Pure and without a word of any language: what months and hours are called is given. What is wrong is told with
//! the box that it is wrong in; nothing is guessed where two readings are possible.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::{Day, fold, plain};

/// Years that can stand in a record.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2200;
/// Longer than any way to write a day or a time.
const LONGEST: usize = 60;

/// What a language calls months and hours, in whatever letters. Several languages may stand in it.
#[derive(Debug, Clone, Default)]
pub struct TimeWords {
    months: Vec<(String, u32)>,
    beside: Vec<String>,
    ordinals: Vec<String>,
    noon: Vec<String>,
}

impl TimeWords {
    /// Adds a language: its months in order, words that may stand in a written day and say nothing (days of the
    /// week, "of"), what follows a number that counts a day ("th"), and what twelve o'clock by day is called.
    pub fn add(&mut self, months: &[String], beside: &[String], ordinals: &[String], noon: &[String]) {
        self.months.extend((1..).zip(months).map(|(number, name)| (fold(name), number)));
        self.beside.extend(beside.iter().map(|word| fold(word)));
        self.ordinals.extend(ordinals.iter().map(|word| fold(word)));
        self.noon.extend(noon.iter().map(|word| fold(word)));
    }

    /// The month of a name, or of the beginning of one that has three letters and fits no other.
    fn month(&self, word: &str) -> Option<u32> {
        if let Some((_, number)) = self.months.iter().find(|(name, _)| name == word) {
            return Some(*number);
        }
        if word.chars().count() < 3 {
            return None;
        }
        let mut fitting = self.months.iter().filter(|(name, _)| name.starts_with(word)).map(|(_, n)| *n);
        let first = fitting.next()?;
        fitting.all(|other| other == first).then_some(first)
    }
}

/// Three boxes as they stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct DayBoxes<'a> {
    /// The day, or a whole date that was pasted there.
    pub day: &'a str,
    /// The month, as a number or by name.
    pub month: &'a str,
    /// The year.
    pub year: &'a str,
}

/// One box of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    /// Day of the month.
    Day,
    /// Month.
    Month,
    /// Year.
    Year,
}

/// What is wrong with a day as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayFault {
    /// A box is empty, and others are not.
    Missing(DayPart),
    /// What stands in a box is not what belongs there.
    Unclear(DayPart),
    /// The month is shorter than that.
    TooShort {
        /// The month, 1 to 12.
        month: u32,
        /// How many days it has in that year.
        days: u32,
    },
}

/// To which century a year of two digits belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Century {
    /// To the one in which the year lies nearest to this day.
    Nearest(Day),
    /// To the last one in which the year is not after this day: a birth.
    Past(Day),
}

impl Century {
    fn year(self, short: i32) -> i32 {
        let (Self::Nearest(day) | Self::Past(day)) = self;
        let now = day.0.year();
        let this = now - now.rem_euclid(100) + short;
        match self {
            Self::Past(_) if this > now => this - 100,
            Self::Nearest(_) if this - now > 50 => this - 100,
            Self::Nearest(_) if now - this > 50 => this + 100,
            Self::Past(_) | Self::Nearest(_) => this,
        }
    }
}

/// A number of at most so many digits, and nothing else: no sign, no point, no power.
fn number(text: &str, digits: usize) -> Option<u32> {
    let fits = !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// Digits, or letters, that stand together.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Digits(String),
    Letters(String),
}

/// The tokens of a text; none where a sign is in it that no date has.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut all: Vec<Token> = Vec::new();
    let mut together = false;
    for c in fold(text).chars() {
        match all.last_mut() {
            Some(Token::Digits(run)) if together && c.is_ascii_digit() => run.push(c),
            Some(Token::Letters(run)) if together && c.is_alphabetic() => run.push(c),
            _ if c.is_ascii_digit() => all.push(Token::Digits(c.into())),
            _ if c.is_alphabetic() => all.push(Token::Letters(c.into())),
            _ if matches!(c, ' ' | '/' | '.' | ',' | '-' | '\'' | '\\' | '_') => {
                together = false;
                continue;
            }
            _ => return None,
        }
        together = true;
    }
    Some(all)
}

/// A day written in one piece, as day, month and year in plain digits. None where it is none, or could be two.
fn whole(text: &str, words: &TimeWords) -> Option<[String; 3]> {
    let mut numbers: Vec<String> = Vec::new();
    let mut month = None;
    for token in tokens(text)? {
        match token {
            Token::Digits(digits) => numbers.push(digits),
            Token::Letters(word) if words.ordinals.contains(&word) && !numbers.is_empty() => {}
            Token::Letters(word) => match words.month(&word) {
                Some(number) if month.is_none() => month = Some(number.to_string()),
                None if words.beside.contains(&word) => {}
                Some(_) | None => return None,
            },
        }
    }
    match (numbers.as_slice(), month.as_ref()) {
        ([year, day], Some(month)) | ([year, month, day], None) if year.len() == 4 => {
            Some([day.clone(), month.clone(), year.clone()])
        }
        ([day, year], Some(month)) | ([day, month, year], None) => {
            Some([day.clone(), month.clone(), year.clone()])
        }
        ([one], None) => in_one_run(one),
        _ => None,
    }
}

/// `27032026`, `20260327` or `270326`.
fn in_one_run(digits: &str) -> Option<[String; 3]> {
    let cut = |day: std::ops::Range<usize>, month: std::ops::Range<usize>, year: std::ops::Range<usize>| {
        Some([digits.get(day)?.to_owned(), digits.get(month)?.to_owned(), digits.get(year)?.to_owned()])
    };
    let exists = |[day, month, year]: &[String; 3]| {
        let year = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
    };
    match digits.len() {
        6 => cut(0..2, 2..4, 4..6),
        8 => {
            let day_first = cut(0..2, 2..4, 4..8)?;
            let year_first = cut(6..8, 4..6, 0..4)?;
            match (exists(&day_first), exists(&year_first)) {
                (None, Some(_)) => Some(year_first),
                _ => Some(day_first),
            }
        }
        _ => None,
    }
}

/// The three boxes in plain signs, each with what belongs there; a date in one piece spread over them.
fn spread(boxes: DayBoxes<'_>, words: &TimeWords) -> Result<[String; 3], Vec<DayFault>> {
    let typed = [boxes.day, boxes.month, boxes.year].map(plain);
    let [day, month, year] = &typed;
    if [day, month, year].iter().any(|part| part.len() > LONGEST) {
        return Err(vec![DayFault::Unclear(DayPart::Day)]);
    }
    let day_read = alone(day).and_then(|tokens| match tokens.as_slice() {
        [Token::Digits(day)] => Some(day.clone()),
        [Token::Digits(day), Token::Letters(nth)] if words.ordinals.contains(nth) => Some(day.clone()),
        _ => None,
    });
    let month_read = alone(month).and_then(|tokens| match tokens.as_slice() {
        [Token::Digits(month)] => Some(month.clone()),
        [Token::Letters(name)] => words.month(name).map(|number| number.to_string()),
        _ => None,
    });
    let year_read = alone(year).and_then(|tokens| match tokens.as_slice() {
        [Token::Digits(year)] => Some(year.clone()),
        _ => None,
    });
    if let (Some(day), Some(month), Some(year)) = (&day_read, &month_read, &year_read) {
        return Ok([day.clone(), month.clone(), year.clone()]);
    }
    let full = typed.iter().all(|part| !part.is_empty());
    if let Some(parts) = whole(&typed.join(" "), words).filter(|_| !full) {
        return Ok(parts);
    }
    let parts = [
        (DayPart::Day, day, day_read.as_deref().filter(|day| day.len() <= 2)),
        (DayPart::Month, month, month_read.as_deref()),
        (DayPart::Year, year, year_read.as_deref()),
    ];
    let unclear = parts.iter().filter(|(_, typed, read)| !typed.is_empty() && read.is_none());
    let unclear: Vec<DayFault> = unclear.map(|(part, ..)| DayFault::Unclear(*part)).collect();
    if !unclear.is_empty() {
        return Err(unclear);
    }
    let missing = parts.iter().filter(|(_, typed, _)| typed.is_empty());
    Err(missing.map(|(part, ..)| DayFault::Missing(*part)).collect())
}

/// The tokens of a box. A sign that changes a number (a minus before it, a point in it) makes it none.
fn alone(text: &str) -> Option<Vec<Token>> {
    let signed = text.starts_with(['-', '+', '/']);
    tokens(text).filter(|_| !signed)
}

/// A date that stands in one piece in one of three boxes, spread over them in digits; none where each box holds its
/// own part already, or no date is there.
#[must_use]
pub fn spread_day(boxes: DayBoxes<'_>, words: &TimeWords) -> Option<[String; 3]> {
    let parts = spread(boxes, words).ok()?;
    let three = [boxes.day, boxes.month, boxes.year].iter().all(|typed| !plain(typed).is_empty());
    (!three).then_some(parts)
}

/// The day that was typed; none where nothing was. Else every box with something wrong in it.
///
/// # Errors
/// What is wrong, in the order of the boxes.
pub fn read_day(
    boxes: DayBoxes<'_>,
    words: &TimeWords,
    century: Century,
) -> Result<Option<Day>, Vec<DayFault>> {
    if [boxes.day, boxes.month, boxes.year].iter().all(|typed| plain(typed).is_empty()) {
        return Ok(None);
    }
    let [day, month, year] = spread(boxes, words)?;
    let day = number(&day, 2).filter(|day| (1..=31).contains(day));
    let month = number(&month, 2).filter(|month| (1..=12).contains(month));
    let year = read_year(&year, century);
    match (day, month, year) {
        (Some(day), Some(month), Some(year)) => NaiveDate::from_ymd_opt(year, month, day)
            .map(|on| Some(Day(on)))
            .ok_or_else(|| vec![DayFault::TooShort { month, days: days_in(year, month) }]),
        (day, month, year) => {
            let gone = [
                (DayPart::Day, day.is_none()),
                (DayPart::Month, month.is_none()),
                (DayPart::Year, year.is_none()),
            ];
            Err(gone.iter().filter(|(_, gone)| *gone).map(|(part, _)| DayFault::Unclear(*part)).collect())
        }
    }
}

/// The first day of the month that was typed; none where nothing was.
///
/// # Errors
/// What is wrong, in the order of the boxes.
pub fn read_month(
    month: &str,
    year: &str,
    words: &TimeWords,
    century: Century,
) -> Result<Option<Day>, Vec<DayFault>> {
    if plain(month).is_empty() && plain(year).is_empty() {
        return Ok(None);
    }
    read_day(DayBoxes { day: "1", month, year }, words, century)
}

/// A year of four digits, or of two.
fn read_year(digits: &str, century: Century) -> Option<i32> {
    let year = i32::try_from(number(digits, 4)?).ok()?;
    match digits.len() {
        // *0026* is a slip: nobody whose record this is was born so long ago, and nothing is due so far ahead.
        4 => YEARS.contains(&year).then_some(year),
        2 => Some(century.year(year)),
        _ => None,
    }
}

fn days_in(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap_or(31)
}

/// A time of day as it was typed: `9:40`, `9.40pm`, `0940`, `9pm`, `24:00`. Whether it is that of the day after
/// stands beside it: twenty-four o'clock is where the next day begins. None where it is no time.
#[must_use]
pub fn read_time(typed: &str, words: &TimeWords) -> Option<(NaiveTime, bool)> {
    let text = plain(typed).to_lowercase();
    if text.len() > LONGEST {
        return None;
    }
    let (clock, letters) = match text.find(char::is_alphabetic) {
        Some(at) => (text.get(..at)?, text.get(at..)?),
        None => (text.as_str(), ""),
    };
    // "9h40" is how French speakers write it, "9h" and "21 h" too.
    if let Some(minutes) =
        letters.strip_prefix('h').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return of_day(number(clock.trim(), 2)?, number(minutes, 2).filter(|_| minutes.len() == 2)?);
    }
    let letters: String = letters.chars().filter(|c| c.is_alphabetic()).collect();
    let clock = clock.trim_end_matches(|c: char| !c.is_ascii_digit());
    let named = |noon: &str| words.noon.iter().any(|word| *word == fold(noon));
    match letters.as_str() {
        "" | "h" | "hr" | "hrs" => {
            let (hours, minutes) = hours_and_minutes(clock)?;
            // A bare "9" could be morning or evening, and a slip as well.
            of_day(hours, minutes.or_else(|| (!letters.is_empty()).then_some(0))?)
        }
        "am" | "pm" => {
            let (hours, minutes) = hours_and_minutes(clock)?;
            let hours = match (letters.as_str(), hours) {
                ("am", 12) => 0,
                ("am", 0..=11) | ("pm", 12..=23) => hours,
                ("pm", 1..=11) => hours + 12,
                _ => return None,
            };
            of_day(hours, minutes.unwrap_or(0))
        }
        noon if named(noon) && matches!(clock, "" | "12" | "12:00" | "12.00" | "1200") => of_day(12, 0),
        _ => None,
    }
}

/// Hours, and minutes where they were written.
fn hours_and_minutes(clock: &str) -> Option<(u32, Option<u32>)> {
    if !clock.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> =
        clock.split([':', '.', ',', ';', ' ', '-']).filter(|part| !part.is_empty()).collect();
    let minutes = |text: &str| number(text, 2).filter(|_| text.len() == 2);
    match parts.as_slice() {
        [run] if run.len() >= 3 => {
            let (hours, rest) = run.split_at_checked(run.len() - 2)?;
            Some((number(hours, 2)?, Some(minutes(rest)?)))
        }
        [hours] => Some((number(hours, 2)?, None)),
        [hours, rest] => Some((number(hours, 2)?, Some(minutes(rest)?))),
        // A clock that was copied shows seconds; a record does not keep them.
        [hours, rest, seconds] if minutes(seconds).is_some_and(|seconds| seconds < 60) => {
            Some((number(hours, 2)?, Some(minutes(rest)?)))
        }
        _ => None,
    }
}

fn of_day(hours: u32, minutes: u32) -> Option<(NaiveTime, bool)> {
    match (hours, minutes) {
        (24, 0) => Some((NaiveTime::MIN, true)),
        _ => NaiveTime::from_hms_opt(hours, minutes, 0).map(|time| (time, false)),
    }
}

#[cfg(test)]
mod tests;
