//! From "by the end of the next working day" to a moment.
//!
//! Reads no clock: the moment from which a deadline runs is an argument. Days are days in Europe/London,
//! whose summer time is computed from the rule in force since 1996 (last Sundays of March and October at
//! 01:00 UTC). Bank holidays are data for the years 2026 to 2028; beyond them only weekends are skipped,
//! which can only make a deadline earlier.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use sharewell_records::{Moment, Nation};

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
    /// the turn of a year, with its holidays, and around the change to summer time.
    #[must_use]
    pub fn never_later_than(self, other: Self, nation: Nation) -> bool {
        let starts = [(2026, 12, 1), (2027, 3, 1)].into_iter();
        let starts = starts.filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        let moments = starts.flat_map(|start| {
            let from = start.and_time(NaiveTime::MIN).and_utc();
            (0..60 * 24).map(move |hour| Moment(in_london(from + TimeDelta::hours(hour))))
        });
        moments.into_iter().all(|from| match (self.due(from, nation), other.due(from, nation)) {
            (Some(own), Some(others)) => own.0 <= others.0,
            (_, _) => false,
        })
    }

    /// The moment by which it is due, in Europe/London; none only beyond the calendar's end.
    #[must_use]
    pub fn due(self, from: Moment, nation: Nation) -> Option<Moment> {
        let today = in_london(from.0.to_utc()).date_naive();
        match self {
            Self::Now => Some(Moment(in_london(from.0.to_utc()))),
            Self::WithinHours(hours) => {
                let at = from.0.to_utc().checked_add_signed(TimeDelta::hours(i64::from(hours)))?;
                Some(Moment(in_london(at)))
            }
            Self::EndOfToday => at_london(today, 23, 59),
            Self::WithinDays(days) => at_london(today.checked_add_days(Days::new(days.into()))?, 23, 59),
            Self::EndOfNextWorkingDay => at_london(add_working_days(today, 1, nation)?, 17, 0),
            Self::WithinWorkingDays(n) => at_london(add_working_days(today, n, nation)?, 17, 0),
        }
    }
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

/// Whether offices work on this day in this nation.
#[must_use]
pub fn is_working_day(day: NaiveDate, nation: Nation) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend && !bank_holidays(nation).contains(&(day.year(), day.month(), day.day()))
}

fn add_working_days(from: NaiveDate, count: u16, nation: Nation) -> Option<NaiveDate> {
    let mut day = from;
    let mut left = count;
    while left > 0 {
        day = day.succ_opt()?;
        if is_working_day(day, nation) {
            left -= 1;
        }
    }
    Some(day)
}

/// The last Sunday of a month at 01:00 UTC, when clocks change.
fn change(year: i32, month: u32) -> Option<DateTime<Utc>> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    let back = u64::from(last.weekday().num_days_from_sunday());
    Some(last.checked_sub_days(Days::new(back))?.and_hms_opt(1, 0, 0)?.and_utc())
}

pub(crate) fn in_london(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let summer = match (change(at.year(), 3), change(at.year(), 10)) {
        (Some(start), Some(end)) => start <= at && at < end,
        _ => false,
    };
    let offset = FixedOffset::east_opt(if summer { 3600 } else { 0 });
    offset.map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset))
}

/// A wall-clock time in London. Only used for times of day at which clocks never change.
fn at_london(day: NaiveDate, hour: u32, minute: u32) -> Option<Moment> {
    let wall = day.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?);
    let shown = in_london(wall.and_utc());
    Some(Moment(wall.and_local_timezone(*shown.offset()).single()?))
}

type Ymd = (i32, u32, u32);

const ENGLAND_WALES: &[Ymd] = &[
    (2026, 1, 1),
    (2026, 4, 3),
    (2026, 4, 6),
    (2026, 5, 4),
    (2026, 5, 25),
    (2026, 8, 31),
    (2026, 12, 25),
    (2026, 12, 28),
    (2027, 1, 1),
    (2027, 3, 26),
    (2027, 3, 29),
    (2027, 5, 3),
    (2027, 5, 31),
    (2027, 8, 30),
    (2027, 12, 27),
    (2027, 12, 28),
    (2028, 1, 3),
    (2028, 4, 14),
    (2028, 4, 17),
    (2028, 5, 1),
    (2028, 5, 29),
    (2028, 8, 28),
    (2028, 12, 25),
    (2028, 12, 26),
];
const SCOTLAND: &[Ymd] = &[
    (2026, 1, 1),
    (2026, 1, 2),
    (2026, 4, 3),
    (2026, 5, 4),
    (2026, 5, 25),
    (2026, 8, 3),
    (2026, 11, 30),
    (2026, 12, 25),
    (2026, 12, 28),
    (2027, 1, 1),
    (2027, 1, 4),
    (2027, 3, 26),
    (2027, 5, 3),
    (2027, 5, 31),
    (2027, 8, 2),
    (2027, 11, 30),
    (2027, 12, 27),
    (2027, 12, 28),
    (2028, 1, 3),
    (2028, 1, 4),
    (2028, 4, 14),
    (2028, 5, 1),
    (2028, 5, 29),
    (2028, 8, 7),
    (2028, 11, 30),
    (2028, 12, 25),
    (2028, 12, 26),
];
const NORTHERN_IRELAND: &[Ymd] = &[
    (2026, 1, 1),
    (2026, 3, 17),
    (2026, 4, 3),
    (2026, 4, 6),
    (2026, 5, 4),
    (2026, 5, 25),
    (2026, 7, 13),
    (2026, 8, 31),
    (2026, 12, 25),
    (2026, 12, 28),
    (2027, 1, 1),
    (2027, 3, 17),
    (2027, 3, 26),
    (2027, 3, 29),
    (2027, 5, 3),
    (2027, 5, 31),
    (2027, 7, 12),
    (2027, 8, 30),
    (2027, 12, 27),
    (2027, 12, 28),
    (2028, 1, 3),
    (2028, 3, 17),
    (2028, 4, 14),
    (2028, 4, 17),
    (2028, 5, 1),
    (2028, 5, 29),
    (2028, 7, 12),
    (2028, 8, 28),
    (2028, 12, 25),
    (2028, 12, 26),
];

/// Bank holidays as year, month, day (gov.uk lists; Scottish local holidays differ and are not in them).
#[must_use]
pub fn bank_holidays(nation: Nation) -> &'static [(i32, u32, u32)] {
    match nation {
        Nation::England | Nation::Wales => ENGLAND_WALES,
        Nation::Scotland => SCOTLAND,
        Nation::NorthernIreland => NORTHERN_IRELAND,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment(DateTime::parse_from_rfc3339(text).unwrap())
    }
    fn due(word: &str, from: &str, nation: Nation) -> String {
        Deadline::parse(word).unwrap().due(moment(from), nation).unwrap().0.to_rfc3339()
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
