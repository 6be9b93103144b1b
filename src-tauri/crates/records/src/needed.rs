//! Whether a share holds more than its purpose needs: plain counts, each of which the sender answers (C12).
//!
//! Nothing is left out by it and nothing is forbidden: it says what a second person would ask.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{Day, Item, Occurred, PersonId, WhyStays, folded_words, london_day};

closed_set! {
    /// What there may be more of than a purpose needs.
    More in "snake_case" {
        /// Everything that is held goes.
        WholeChronology = "whole_chronology",
        /// Items about other children of the family.
        OtherChildren = "other_children",
        /// Items that speak of health, where the purpose does not.
        Health = "health",
        /// Items that speak of offences, where the purpose does not.
        Offence = "offence",
        /// Items that are older than a year.
        Old = "old",
        /// What others said, where nobody is named who said it.
        NoSource = "no_source",
    }
}

/// So much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Counted {
    /// What there is more of.
    pub more: More,
    /// How many items.
    pub count: u32,
}

/// Words that tell of a kind of information for which the law asks more, in a language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct SensitiveWords {
    /// Of health.
    pub health: Vec<String>,
    /// Of offences.
    pub offence: Vec<String>,
}

/// What a share is for.
#[derive(Debug, Clone, Copy)]
pub struct Purpose<'a> {
    /// Everything in which the purpose is said: what is shared, why, with whom.
    pub said: &'a [&'a str],
    /// The child whom it is about.
    pub child: PersonId,
    /// Everybody in the file who is a child.
    pub children: &'a [PersonId],
    /// The day.
    pub on: Day,
}

/// From how many items on *everything that is held* is more than somebody looked through at a glance.
const WHOLE: usize = 3;

impl More {
    /// Why it stays where it is left out in one press; none where that would leave out everything.
    #[must_use]
    pub fn stays_for(self) -> Option<WhyStays> {
        match self {
            Self::WholeChronology => None,
            Self::OtherChildren => Some(WhyStays::SomebodyElse),
            Self::Health | Self::Offence => Some(WhyStays::NotNeeded),
            Self::Old => Some(WhyStays::TooOld),
            Self::NoSource => Some(WhyStays::NotCertain),
        }
    }
}

/// What there is more of in what goes than the purpose may need; `held` counts what is held.
#[must_use]
pub fn more_than_needed(
    purpose: &Purpose<'_>,
    words: &SensitiveWords,
    going: &[&Item],
    held: usize,
) -> Vec<Counted> {
    let count = |more: More| {
        let count = of_which(more, purpose, words, going, held).len();
        Counted { more, count: u32::try_from(count).unwrap_or(u32::MAX) }
    };
    More::ALL.into_iter().map(count).filter(|one| one.count > 0).collect()
}

/// Which of what goes is more than the purpose may need, in one way.
#[must_use]
pub fn of_which<'a>(
    more: More,
    purpose: &Purpose<'_>,
    words: &SensitiveWords,
    going: &[&'a Item],
    held: usize,
) -> Vec<&'a Item> {
    let those = |is: &dyn Fn(&Item) -> bool| going.iter().copied().filter(|item| is(item)).collect();
    match more {
        More::WholeChronology => {
            let whole = going.len() == held && held >= WHOLE;
            if whole { going.to_vec() } else { Vec::new() }
        }
        More::OtherChildren => {
            let other = |one: &PersonId| *one != purpose.child && purpose.children.contains(one);
            those(&|item| item.about.iter().any(other))
        }
        More::Health => unnamed(purpose, &words.health, going),
        More::Offence => unnamed(purpose, &words.offence, going),
        More::Old => those(&|item| is_old(&item.occurred, purpose.on)),
        More::NoSource => those(&|item| item.mark == crate::Mark::Reported && item.by.trim().is_empty()),
    }
}

/// Whether something happened more than a year before a day, as far as that is known.
#[must_use]
pub fn is_old(occurred: &Occurred, on: Day) -> bool {
    last_day(occurred).is_some_and(|day| on.0.years_since(day.0).is_some_and(|years| years >= 1))
}

/// Full months between the day on which something happened and another; none where neither day nor month is known.
#[must_use]
pub fn months_old(occurred: &Occurred, on: Day) -> Option<u32> {
    use chrono::Datelike as _;
    let day = last_day(occurred)?;
    let months = |day: Day| day.0.year() * 12 + i32::try_from(day.0.month0()).unwrap_or(0);
    let full = months(on) - months(day) - i32::from(on.0.day() < day.0.day());
    u32::try_from(full).ok()
}

/// The last day on which it can have been.
fn last_day(occurred: &Occurred) -> Option<Day> {
    match occurred {
        Occurred::Day { on } => Some(*on),
        Occurred::Moment { at } => Some(london_day(*at)),
        Occurred::Month { year, month } => {
            let first = chrono::NaiveDate::from_ymd_opt(i32::from(*year), u32::from(*month), 1)?;
            first.checked_add_months(chrono::Months::new(1))?.pred_opt().map(Day)
        }
        Occurred::Unknown { .. } => None,
    }
}

/// Whether a text holds one of these words.
#[must_use]
pub fn speaks_of(words: &[String], text: &str) -> bool {
    let text: Vec<String> = folded_words(text).collect();
    words.iter().any(|one| {
        let one: Vec<String> = folded_words(one).collect();
        !one.is_empty() && text.windows(one.len()).any(|part| part == one)
    })
}

/// Items that speak of something of which the purpose does not.
fn unnamed<'a>(purpose: &Purpose<'_>, words: &[String], going: &[&'a Item]) -> Vec<&'a Item> {
    let speaks = |text: &str| speaks_of(words, text);
    if purpose.said.iter().any(|text| speaks(text)) {
        return Vec::new();
    }
    let of = |item: &&Item| speaks(&item.text) || item.labels.iter().any(|label| speaks(label));
    going.iter().copied().filter(of).collect()
}
