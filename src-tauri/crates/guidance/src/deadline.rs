//! From "by the end of the next working day" to a moment.
//!
//! Reads no clock: the moment from which a deadline runs is an argument. Days are days in Europe/London, and
//! which of them are working days is said by the [`Calendar`] of the pack that sets the deadline.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use sharewell_records::{Day, Moment, in_london, london_at, london_day};

use crate::Calendar;

/// By when something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deadline {
    /// At once.
    Now,
    /// Within so many hours.
    WithinHours(u16),
    /// By 23:59 of the same day.
    EndOfToday,
    /// By 17:00 of the next working day.
    EndOfNextWorkingDay,
    /// By 23:59 of the day so many days on.
    WithinDays(u16),
    /// By 17:00 of the working day so many working days on.
    WithinWorkingDays(u16),
}

impl Deadline {
    /// Reads the word of a pack (`within_hours:1`). None where it is not one, or beyond ten years.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let number = |n: &str| n.parse::<u16>().ok().filter(|n| (1..=3660).contains(n));
        match word.split_once(':') {
            None => match word {
                "now" => Some(Self::Now),
                "end_of_today" => Some(Self::EndOfToday),
                "end_of_next_working_day" => Some(Self::EndOfNextWorkingDay),
                _ => None,
            },
            Some(("within_hours", n)) => number(n).map(Self::WithinHours),
            Some(("within_days", n)) => number(n).map(Self::WithinDays),
            Some(("within_working_days", n)) => number(n).map(Self::WithinWorkingDays),
            Some(_) => None,
        }
    }

    /// Whether it falls on the same day, give or take a night: now, within 12 hours, end of today.
    #[must_use]
    pub fn same_day(self) -> bool {
        match self {
            Self::Now | Self::EndOfToday => true,
            Self::WithinHours(hours) => hours <= 12,
            Self::EndOfNextWorkingDay | Self::WithinDays(_) | Self::WithinWorkingDays(_) => false,
        }
    }

    /// Whether it never falls after another one, whenever it runs from: tried at every hour of sixty days around
    /// the first turn of a year that the calendar knows, with its holidays, and around the change to summer time.
    #[must_use]
    pub fn never_later_than(self, other: Self, calendar: &Calendar) -> bool {
        let first = calendar.first_year();
        let starts = [(first, 12, 1), (first.saturating_add(1), 3, 1)].into_iter();
        let starts = starts.filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        let moments = starts.flat_map(|start| {
            let from = start.and_time(NaiveTime::MIN).and_utc();
            (0..60 * 24).map(move |hour| in_london(from + TimeDelta::hours(hour)))
        });
        moments.into_iter().all(|from| match (self.due(from, calendar), other.due(from, calendar)) {
            (Some(own), Some(others)) => own.0 <= others.0,
            (_, _) => false,
        })
    }

    /// The moment by which it is due, in Europe/London; none only where dates end.
    #[must_use]
    pub fn due(self, from: Moment, calendar: &Calendar) -> Option<Moment> {
        let today = london_day(from);
        match self {
            Self::Now => Some(in_london(from.0.to_utc())),
            Self::WithinHours(hours) => {
                let at = from.0.to_utc().checked_add_signed(TimeDelta::hours(i64::from(hours)))?;
                Some(in_london(at))
            }
            Self::EndOfToday => at(today, 23, 59),
            Self::WithinDays(days) => at(Day(today.0.checked_add_days(Days::new(days.into()))?), 23, 59),
            Self::EndOfNextWorkingDay => at(calendar.working_days_after(today, 1)?, 17, 0),
            Self::WithinWorkingDays(n) => at(calendar.working_days_after(today, n)?, 17, 0),
        }
    }
}

fn at(day: Day, hour: u32, minute: u32) -> Option<Moment> {
    Some(london_at(day, NaiveTime::from_hms_opt(hour, minute, 0)?))
}

impl std::fmt::Display for Deadline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Now => f.write_str("now"),
            Self::EndOfToday => f.write_str("end_of_today"),
            Self::EndOfNextWorkingDay => f.write_str("end_of_next_working_day"),
            Self::WithinHours(n) => write!(f, "within_hours:{n}"),
            Self::WithinDays(n) => write!(f, "within_days:{n}"),
            Self::WithinWorkingDays(n) => write!(f, "within_working_days:{n}"),
        }
    }
}

impl serde::Serialize for Deadline {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::DateTime;
    use sharewell_records::Nation;

    use super::*;

    fn moment(text: &str) -> Moment {
        Moment(DateTime::parse_from_rfc3339(text).unwrap())
    }
    fn due(word: &str, from: &str, nation: Nation) -> String {
        Deadline::parse(word).unwrap().due(moment(from), &Calendar::first(nation)).unwrap().0.to_rfc3339()
    }

    #[test]
    fn a_next_working_day_skips_the_weekend_and_the_bank_holiday_of_its_nation() {
        let friday = "2026-04-02T16:00:00+01:00"; // the Thursday before Good Friday
        assert_eq!(due("end_of_next_working_day", friday, Nation::England), "2026-04-07T17:00:00+01:00");
        assert_eq!(due("end_of_next_working_day", friday, Nation::Scotland), "2026-04-06T17:00:00+01:00");
        assert_eq!(
            due("end_of_next_working_day", "2026-07-10T09:00:00+01:00", Nation::NorthernIreland),
            "2026-07-14T17:00:00+01:00"
        );
    }

    #[test]
    fn a_deadline_across_the_change_of_clocks_keeps_the_wall_clock() {
        assert_eq!(
            due("within_days:2", "2026-10-24T12:00:00+01:00", Nation::England),
            "2026-10-26T23:59:00+00:00"
        );
        assert_eq!(
            due("within_hours:24", "2026-10-24T12:00:00+01:00", Nation::England),
            "2026-10-25T11:00:00+00:00"
        );
        assert_eq!(
            due("end_of_today", "2026-07-01T23:30:00+00:00", Nation::England),
            "2026-07-02T23:59:00+01:00"
        );
    }

    #[test]
    fn every_word_reads_back_as_itself_and_nonsense_does_not_read() {
        for word in [
            "now",
            "end_of_today",
            "end_of_next_working_day",
            "within_hours:1",
            "within_days:14",
            "within_working_days:5",
        ] {
            assert_eq!(Deadline::parse(word).unwrap().to_string(), word);
        }
        for word in ["", "soon", "within_hours:0", "within_days:-1", "within_days:99999", "within_weeks:2"] {
            assert_eq!(Deadline::parse(word), None, "{word}");
        }
    }
}
