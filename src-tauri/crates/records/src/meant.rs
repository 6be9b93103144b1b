//! The day that words mean where nobody wrote a date: *last Tuesday*, *two days ago*, *on the 3rd of October*.
//!
//! It decides where a line stands in a story, and is shown as what it is: taken from words. So it is found only where
//! they mean one day. *Before Christmas*, *Tuesday or Wednesday* and *a few days ago* mean none.

use chrono::Datelike as _;
use serde::Deserialize;

use crate::Day;
use crate::fold::{fold, folded_words};

/// How a language says which day, without a date. `{weekday}`, `{number}`, `{day}`, `{month}` and `{year}` stand for
/// what changes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayPhrases {
    /// Monday first, each in every way of writing it.
    weekdays: Vec<Vec<String>>,
    /// One first, each in every way of saying it.
    numbers: Vec<Vec<String>>,
    today: Vec<String>,
    yesterday: Vec<String>,
    day_before_yesterday: Vec<String>,
    /// The last such day before today.
    last_weekday: Vec<String>,
    /// The same, or today: which of the two cannot be told on such a day.
    weekday: Vec<String>,
    /// That day of the week before this one.
    weekday_of_last_week: Vec<String>,
    last_week: Vec<String>,
    last_weekend: Vec<String>,
    last_month: Vec<String>,
    days_ago: Vec<String>,
    weeks_ago: Vec<String>,
    fortnights_ago: Vec<String>,
    date: Vec<String>,
    /// Words beside which no day is certain.
    unsure: Vec<String>,
    /// Words before a day that make another of it.
    unsure_before: Vec<String>,
}

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Ago(i64),
    LastWeekday,
    Weekday,
    WeekdayOfLastWeek,
    LastWeek,
    LastMonth,
    DaysAgo,
    WeeksAgo(i64),
    Date,
}

/// What stands in the places of a phrase.
#[derive(Debug, Clone, Copy, Default)]
struct Slots {
    weekday: Option<i64>,
    number: Option<i64>,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
}

/// A phrase that was found: the words from one place to another, and the day.
struct Found {
    from: usize,
    to: usize,
    says: Says,
    day: Option<Day>,
}

/// How a language speaks of days, with its months and what follows a number that counts a day.
#[derive(Debug, Clone, Copy)]
pub struct SpokenDays<'a> {
    /// Its phrases.
    pub phrases: &'a DayPhrases,
    /// Its months in order.
    pub months: &'a [String],
    /// *st*, *nd*.
    pub ordinals: &'a [String],
}

impl SpokenDays<'_> {
    /// The day that words mean which were written on a day; none where they mean none, or could mean two.
    #[must_use]
    pub fn meant(&self, words: &str, written: Day) -> Option<Day> {
        let said: Vec<String> = folded_words(&words.replace(['/', '-'], " ")).take(MOST_WORDS + 1).collect();
        if said.is_empty() || said.len() > MOST_WORDS {
            return None;
        }
        let mut found = self.all(&said, written);
        // A date says more than the day of the week beside it.
        if found.iter().any(|one| one.says == Says::Date) {
            found.retain(|one| one.says == Says::Date);
        }
        let within = |one: &Found| {
            let longer = |other: &Found| {
                other.from <= one.from && one.to <= other.to && (other.to - other.from) > (one.to - one.from)
            };
            found.iter().any(longer)
        };
        let mut whole = found.iter().filter(|one| !within(one));
        let first = whole.next()?;
        let day = first.day?;
        if whole.any(|other| other.day != Some(day)) {
            return None;
        }
        let is = |list: &[String], word: &str| list.iter().any(|one| fold(one) == word);
        let unsure = said.iter().enumerate().any(|(at, word)| {
            !(first.from..first.to).contains(&at)
                && (is(&self.phrases.unsure, word)
                    || (at < first.from && is(&self.phrases.unsure_before, word)))
        });
        (!unsure && day <= written).then_some(day)
    }

    fn all(&self, said: &[String], written: Day) -> Vec<Found> {
        let p = self.phrases;
        let kinds = [
            (Says::Ago(0), &p.today),
            (Says::Ago(1), &p.yesterday),
            (Says::Ago(2), &p.day_before_yesterday),
            (Says::LastWeekday, &p.last_weekday),
            (Says::Weekday, &p.weekday),
            (Says::WeekdayOfLastWeek, &p.weekday_of_last_week),
            // What lasts longer than a day stands at its end, as a month does.
            (Says::LastWeek, &p.last_week),
            (Says::LastWeek, &p.last_weekend),
            (Says::LastMonth, &p.last_month),
            (Says::DaysAgo, &p.days_ago),
            (Says::WeeksAgo(7), &p.weeks_ago),
            (Says::WeeksAgo(14), &p.fortnights_ago),
            (Says::Date, &p.date),
        ];
        let mut found = Vec::new();
        for (says, phrases) in kinds {
            for phrase in phrases {
                let parts: Vec<&str> = phrase.split_whitespace().collect();
                for (from, there) in said.windows(parts.len().max(1)).enumerate() {
                    if let Some(slots) = self.fits(&parts, there) {
                        let day = day_of(says, slots, written);
                        found.push(Found { from, to: from + parts.len(), says, day });
                    }
                }
            }
        }
        found
    }

    fn fits(&self, parts: &[&str], said: &[String]) -> Option<Slots> {
        let mut slots = Slots::default();
        let with_year = parts.contains(&"{year}");
        for (part, word) in parts.iter().zip(said) {
            match *part {
                "{weekday}" => slots.weekday = Some(place(&self.phrases.weekdays, word)?),
                "{number}" => {
                    let digits = word.parse().ok().filter(|number| (1..=60).contains(number));
                    slots.number =
                        Some(digits.or_else(|| place(&self.phrases.numbers, word).map(|at| at + 1))?);
                }
                "{day}" => {
                    let bare = self.ordinals.iter().find_map(|nth| word.strip_suffix(fold(nth).as_str()));
                    let day = bare.unwrap_or(word).parse().ok();
                    slots.day = Some(day.filter(|day| (1..=31).contains(day))?);
                }
                "{month}" => {
                    let named = self.months.iter().position(|name| {
                        let name = fold(name);
                        name == *word || (word.chars().count() >= 3 && name.starts_with(word.as_str()))
                    });
                    let named = named.and_then(|at| u32::try_from(at + 1).ok());
                    // In digits alone the day comes first here.
                    let in_digits = with_year && slots.day.is_some();
                    let number = || word.parse().ok().filter(|month| in_digits && (1..=12).contains(month));
                    slots.month = Some(named.or_else(number)?);
                }
                "{year}" => slots.year = Some(word.parse().ok().filter(|year| (1900..=2200).contains(year))?),
                plain => (fold(plain) == *word).then_some(())?,
            }
        }
        Some(slots)
    }
}

/// More words than these are an account, and no day.
const MOST_WORDS: usize = 12;

fn place(lists: &[Vec<String>], word: &str) -> Option<i64> {
    let at = lists.iter().position(|list| list.iter().any(|one| fold(one) == word))?;
    i64::try_from(at).ok()
}

fn before(day: Day, days: i64) -> Option<Day> {
    day.0.checked_sub_signed(chrono::TimeDelta::try_days(days)?).map(Day)
}

fn day_of(says: Says, slots: Slots, written: Day) -> Option<Day> {
    let weekday = i64::from(written.0.weekday().num_days_from_monday());
    match says {
        Says::Ago(days) => before(written, days),
        Says::DaysAgo => before(written, slots.number?),
        Says::WeeksAgo(days) => before(written, slots.number?.checked_mul(days)?),
        Says::LastWeekday => before(written, (weekday - slots.weekday? - 1).rem_euclid(7) + 1),
        Says::Weekday => match (weekday - slots.weekday?).rem_euclid(7) {
            0 => None,
            days => before(written, days),
        },
        Says::WeekdayOfLastWeek => before(written, weekday + 7 - slots.weekday?),
        Says::LastWeek => before(written, weekday + 1),
        Says::LastMonth => before(written, i64::from(written.0.day())),
        Says::Date => {
            let (month, day) = (slots.month?, slots.day?);
            let on = |year| chrono::NaiveDate::from_ymd_opt(year, month, day).map(Day);
            match slots.year {
                Some(year) => on(year),
                None => {
                    let this = written.0.year();
                    on(this).filter(|day| *day <= written).or_else(|| on(this - 1))
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn english() -> (DayPhrases, Vec<String>, Vec<String>) {
        let words: serde_json::Value =
            serde_json::from_str(include_str!("../../../../assets/templates/words.en.json")).unwrap();
        let values = &words["values"];
        let of = |value: &serde_json::Value| serde_json::from_value(value.clone()).unwrap();
        let phrases = serde_json::from_value(values["days_meant"].clone()).unwrap();
        (phrases, of(&values["months"]), of(&values["typed"]["ordinals"]))
    }

    fn meant(words: &str, written: &str) -> Option<String> {
        let (phrases, months, ordinals) = english();
        let spoken = SpokenDays { phrases: &phrases, months: &months, ordinals: &ordinals };
        spoken.meant(words, Day(written.parse().unwrap())).map(|day| day.0.to_string())
    }

    #[test]
    fn words_stand_at_the_one_day_that_they_mean() {
        // 29 November 2026 is a Sunday.
        for (words, day) in [
            ("last Tuesday", "2026-11-24"),
            ("Last Tuesday, after school", "2026-11-24"),
            ("tues morning", "2026-11-24"),
            ("on Saturday", "2026-11-28"),
            ("last Sunday", "2026-11-22"),
            ("yesterday evening", "2026-11-28"),
            ("last night", "2026-11-28"),
            ("this morning", "2026-11-29"),
            ("the day before yesterday", "2026-11-27"),
            ("3 days ago", "2026-11-26"),
            ("about two weeks ago", "2026-11-15"),
            ("a fortnight ago", "2026-11-15"),
            ("Tuesday of last week", "2026-11-17"),
            ("last week on Tuesday", "2026-11-17"),
            ("last week", "2026-11-22"),
            ("last month", "2026-10-31"),
            ("around the 3rd of October", "2026-10-03"),
            ("Tuesday 24 November", "2026-11-24"),
            ("12 December", "2025-12-12"),
            ("3/10/2026 I think", "2026-10-03"),
        ] {
            assert_eq!(meant(words, "2026-11-29").as_deref(), Some(day), "{words}");
        }
    }

    #[test]
    fn words_that_mean_no_day_or_two_mean_none() {
        for words in [
            "before Christmas",
            "before last Tuesday",
            "Tuesday or Wednesday",
            "most Tuesdays",
            "every Tuesday",
            "Tuesday before last",
            "a week last Tuesday",
            "next Tuesday",
            "a few days ago",
            "since last week",
            "on Sunday",
            "30 February",
            "12 December 2026",
            "",
            "in the summer",
        ] {
            assert_eq!(meant(words, "2026-11-29"), None, "{words}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_words_make_it_panic(words in ".{0,120}", year in 1900i32..2200) {
            let _ = meant(&words, &format!("{year}-03-01"));
        }
    }
}
