//! Moments in the zone in which deadlines are kept; what clocks show there is known in `sharewell-records`
//! (`time.rs`). [`now`] is the one place that reads a clock; the shell and the command line call it, and no use case
//! does.

use chrono::{Duration, NaiveDate, Utc};
use sharewell_records::{Day, Moment};
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
