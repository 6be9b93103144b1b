//! Moments in the zone in which deadlines are kept; what clocks show there is known in `sharewell-records`
//! (`time.rs`). [`now`] is the one place that reads a clock; the shell and the command line call it, and no use case
//! does.

use chrono::{Duration, NaiveDate, Utc};
use sharewell_records::{Birth, Day, Moment};
pub use sharewell_records::{in_london as now_from, london_at as at, london_day as day_of};

/// Now, for the shell and the command line. Use cases are given their moment.
#[must_use]
pub fn now() -> Moment {
    now_from(Utc::now())
}

/// A later or an earlier day; the same day where the calendar ends.
#[must_use]
pub fn days_after(day: Day, days: i64) -> Day {
    Day(Duration::try_days(days).and_then(|by| day.0.checked_add_signed(by)).unwrap_or(day.0))
}

/// A moment some hours later.
#[must_use]
pub fn hours_after(moment: Moment, hours: i64) -> Moment {
    let later = Duration::try_hours(hours).and_then(|by| moment.0.checked_add_signed(by)).unwrap_or(moment.0);
    now_from(later.to_utc())
}

/// A day of the calendar, for data that is known to be right.
pub(crate) fn day(year: i32, month: u32, of_month: u32) -> Option<Day> {
    NaiveDate::from_ymd_opt(year, month, of_month).map(Day)
}

/// Full years on a day, where they can be known. An age that was only about right counts on from the day it
/// was recorded.
#[must_use]
pub(crate) fn age(birth: &Birth, on: Day) -> Option<u32> {
    match birth {
        Birth::Born { on: born } => sharewell_records::age_on(*born, on),
        Birth::About { years, on: recorded } => {
            Some(u32::from(*years) + sharewell_records::age_on(*recorded, on).unwrap_or(0))
        }
        Birth::Expected { .. } | Birth::Unknown => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_unborn_child_has_no_age_and_an_age_about_right_grows() {
        let day = |y| super::day(y, 6, 3).unwrap();
        assert_eq!(age(&Birth::Expected { on: day(2026) }, day(2026)), None);
        assert_eq!(age(&Birth::About { years: 7, on: day(2024) }, day(2026)), Some(9));
    }
}
