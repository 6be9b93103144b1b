//! Times as records need them: the moment of recording, and when something happened, known or not.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A moment with the zone's offset, as RFC 3339 text (`2026-03-12T10:42:00+00:00`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct Moment(#[specta(type = String)] pub DateTime<FixedOffset>);

impl Moment {
    /// The calendar day at this moment's own offset.
    #[must_use]
    pub fn day(&self) -> Day {
        Day(self.0.date_naive())
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(chrono::SecondsFormat::Millis, false))
    }
}

/// A calendar day, as `2026-03-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct Day(#[specta(type = String)] pub NaiveDate);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// When something happened. Often less is known than a clock would tell, and guessing would be a lie.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(tag = "known", rename_all = "snake_case")]
pub enum Occurred {
    /// The day is known.
    Day {
        /// The day.
        on: Day,
    },
    /// The moment is known.
    Moment {
        /// The moment.
        at: Moment,
    },
    /// Only the month is known.
    Month {
        /// The year.
        year: u16,
        /// 1 to 12.
        month: u8,
    },
    /// Not known; in the practitioner's own words ("before Christmas").
    Unknown {
        /// The words.
        words: String,
    },
}

/// Full years between a birth and a day; none for a day before the birth (an unborn child).
#[must_use]
pub fn age_on(born: Day, on: Day) -> Option<u32> {
    on.0.years_since(born.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day(NaiveDate::from_ymd_opt(y, m, d).unwrap())
    }

    #[test]
    fn a_birthday_counts_from_its_own_day() {
        assert_eq!(age_on(day(2014, 6, 4), day(2026, 6, 3)), Some(11));
        assert_eq!(age_on(day(2014, 6, 4), day(2026, 6, 4)), Some(12));
    }

    #[test]
    fn an_unborn_child_has_no_age() {
        assert_eq!(age_on(day(2027, 1, 1), day(2026, 6, 3)), None);
    }
}
