//! What was typed into boxes, before anybody knows whether it means anything. The page sends it as it stands, and
//! whether it makes a day, a time or an age is judged in one place.

use serde::{Deserialize, Serialize};
use sharewell_records::{Birth, Day, DayBoxes, Occurred, OnClocks, in_london, on_clocks};
use specta::Type;

/// A day as typed, in the order of its parts: `2026-3-12`. Empty where nothing was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct DayTyped(pub String);

impl DayTyped {
    /// Whether nothing was typed into any of the three boxes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.chars().all(|c| c == '-' || c.is_whitespace())
    }

    /// What stands in each box. A date that was pasted into one of them in one piece may hold hyphens of its own.
    #[must_use]
    pub fn boxes(&self) -> DayBoxes<'_> {
        let mut parts = self.0.splitn(4, '-');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(year), Some(month), Some(day), None) => DayBoxes { day, month, year },
            _ => DayBoxes { day: self.0.strip_prefix("--").unwrap_or(&self.0), month: "", year: "" },
        }
    }
}

impl From<Day> for DayTyped {
    fn from(day: Day) -> Self {
        Self(day.to_string())
    }
}

impl From<Option<Day>> for DayTyped {
    fn from(day: Option<Day>) -> Self {
        day.map(Self::from).unwrap_or_default()
    }
}

/// A day as it stands in three boxes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DayParts {
    /// Day of the month.
    pub day: String,
    /// Month.
    pub month: String,
    /// Year.
    pub year: String,
}

/// Which of two times that clocks show alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Twice {
    /// Before the clocks went back.
    First,
    /// After it.
    Second,
}

/// When something happened, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "known", rename_all = "snake_case")]
pub enum WhenTyped {
    /// On a day.
    Day {
        /// The day.
        on: DayTyped,
    },
    /// On a day at a time, as clocks in the United Kingdom show it.
    Moment {
        /// The day.
        on: DayTyped,
        /// The time: `9:30`, `9.40pm`.
        time: String,
        /// Which of the two, in the night in which clocks go back and show an hour twice.
        #[serde(default)]
        twice: Option<Twice>,
    },
    /// In a month.
    Month {
        /// The year.
        year: String,
        /// The month as a number.
        month: String,
    },
    /// Not known; in one's own words.
    Unknown {
        /// The words.
        words: String,
    },
}

impl From<Occurred> for WhenTyped {
    fn from(when: Occurred) -> Self {
        match when {
            Occurred::Day { on } => Self::Day { on: on.into() },
            Occurred::Moment { at } => {
                let at = in_london(at.0.to_utc());
                let twice = match on_clocks(at.day(), at.0.time()) {
                    OnClocks::Twice { first, .. } if first == at => Some(Twice::First),
                    OnClocks::Twice { .. } => Some(Twice::Second),
                    OnClocks::Once(_) | OnClocks::Never => None,
                };
                Self::Moment { on: at.day().into(), time: at.0.format("%H:%M").to_string(), twice }
            }
            Occurred::Month { year, month } => {
                Self::Month { year: year.to_string(), month: month.to_string() }
            }
            Occurred::Unknown { words } => Self::Unknown { words },
        }
    }
}

/// When something left, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum LeftTyped {
    /// Just now.
    Now,
    /// On a day at a time, as clocks in the United Kingdom show it.
    At {
        /// The day.
        on: DayTyped,
        /// The time.
        time: String,
        /// Which of the two, in the night in which clocks go back and show an hour twice.
        #[serde(default)]
        twice: Option<Twice>,
    },
}

/// A birth, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "known", rename_all = "snake_case")]
pub enum BirthTyped {
    /// The date is known.
    Born {
        /// The date of birth.
        on: DayTyped,
    },
    /// The child is unborn.
    Expected {
        /// The expected date.
        on: DayTyped,
    },
    /// Only about how old.
    About {
        /// Years of age.
        years: String,
    },
    /// Not known.
    Unknown,
}

impl From<Birth> for BirthTyped {
    fn from(birth: Birth) -> Self {
        match birth {
            Birth::Born { on } => Self::Born { on: on.into() },
            Birth::Expected { on } => Self::Expected { on: on.into() },
            Birth::About { years, .. } => Self::About { years: years.to_string() },
            Birth::Unknown => Self::Unknown,
        }
    }
}
