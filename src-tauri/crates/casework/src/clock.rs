//! Moments in the zone in which deadlines are kept.
//!
//! An instant comes in, and leaves as a moment with the offset that clocks in the United Kingdom show at
//! that instant. [`now`] is the one place that reads a clock; the shell and the command line call it, and no
//! use case does.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;
use sharewell_records::{Day, Moment};

/// Now, for the shell and the command line. Use cases are given their moment.
#[must_use]
pub fn now() -> Moment {
    now_from(Utc::now())
}

/// An instant as clocks in the United Kingdom show it.
#[must_use]
pub fn now_from(instant: DateTime<Utc>) -> Moment {
    Moment(instant.with_timezone(&London).fixed_offset())
}

/// The day on which a moment falls in the United Kingdom, whatever offset it was written with.
#[must_use]
pub fn day_of(moment: Moment) -> Day {
    Day(moment.0.with_timezone(&London).date_naive())
}

/// A time of day on a day. In the hour that clocks skip in spring, the same time an hour later; in the hour
/// that comes twice in autumn, the first, so that a deadline is never late.
#[must_use]
pub fn at(day: Day, time: NaiveTime) -> Moment {
    let local = day.0.and_time(time);
    match London.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => Moment(moment.fixed_offset()),
        LocalResult::None => now_from(Utc.from_utc_datetime(&local)),
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn summer_and_winter_carry_their_own_offset() {
        assert_eq!(now_from(utc("2026-01-05T09:00:00Z")).to_string(), "2026-01-05T09:00:00.000+00:00");
        assert_eq!(now_from(utc("2026-07-05T09:00:00Z")).to_string(), "2026-07-05T10:00:00.000+01:00");
    }

    #[test]
    fn just_before_midnight_in_summer_is_still_that_day_in_london() {
        assert_eq!(day_of(now_from(utc("2026-07-05T22:59:00Z"))), day(2026, 7, 5).unwrap());
        assert_eq!(day_of(now_from(utc("2026-07-05T23:01:00Z"))), day(2026, 7, 6).unwrap());
    }

    #[test]
    fn the_hour_that_comes_twice_is_read_as_the_first() {
        let half_past_one = at(day(2026, 10, 25).unwrap(), NaiveTime::from_hms_opt(1, 30, 0).unwrap());
        assert_eq!(half_past_one.to_string(), "2026-10-25T01:30:00.000+01:00");
    }

    #[test]
    fn the_hour_that_clocks_skip_still_gives_a_moment() {
        let skipped = at(day(2026, 3, 29).unwrap(), NaiveTime::from_hms_opt(1, 30, 0).unwrap());
        assert_eq!(skipped.to_string(), "2026-03-29T02:30:00.000+01:00");
    }
}
