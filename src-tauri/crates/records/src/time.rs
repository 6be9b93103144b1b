//! Times as records need them: the moment of recording, and when something happened, known or not.
//!
//! Deadlines, days and printed times are those of clocks in the United Kingdom. What such a clock shows is told
//! here and nowhere else.

use chrono::{DateTime, Datelike as _, FixedOffset, LocalResult, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Europe::London;
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

/// An instant as clocks in the United Kingdom show it.
#[must_use]
pub fn in_london(instant: DateTime<Utc>) -> Moment {
    Moment(instant.with_timezone(&London).fixed_offset())
}

/// The day on which a moment falls in the United Kingdom, whatever offset it was written with.
#[must_use]
pub fn london_day(moment: Moment) -> Day {
    in_london(moment.0.to_utc()).day()
}

/// A time of day on a day. In the hour that clocks skip in spring, the same time an hour later; in the hour
/// that comes twice in autumn, the first, so that a deadline is never late.
#[must_use]
pub fn london_at(day: Day, time: NaiveTime) -> Moment {
    let local = day.0.and_time(time);
    match London.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => Moment(moment.fixed_offset()),
        LocalResult::None => in_london(local.and_utc()),
    }
}

/// What a time of day on a day is, on clocks in the United Kingdom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnClocks {
    /// They show it once.
    Once(Moment),
    /// They show it twice: in the night of autumn in which they go back.
    Twice {
        /// In summer time.
        first: Moment,
        /// An hour later, in winter time.
        second: Moment,
    },
    /// They never show it: in the night of spring in which they go forward.
    Never,
}

/// When clocks show a time of day on a day.
#[must_use]
pub fn on_clocks(day: Day, time: NaiveTime) -> OnClocks {
    match London.from_local_datetime(&day.0.and_time(time)) {
        LocalResult::Single(moment) => OnClocks::Once(Moment(moment.fixed_offset())),
        LocalResult::Ambiguous(first, second) => {
            OnClocks::Twice { first: Moment(first.fixed_offset()), second: Moment(second.fixed_offset()) }
        }
        LocalResult::None => OnClocks::Never,
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

/// The day on which somebody becomes so many full years old. Whoever was born on 29 February does so on 1 March where the
/// year has no such day.
#[must_use]
pub fn birthday(born: Day, years: u16) -> Day {
    let year = born.0.year() + i32::from(years);
    let first_of_march = || NaiveDate::from_ymd_opt(year, 3, 1);
    Day(born.0.with_year(year).or_else(first_of_march).unwrap_or(born.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::{Days, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    /// The law since 1996: from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last of October.
    fn is_summer(at: DateTime<Utc>) -> bool {
        let change = |month| {
            let last = NaiveDate::from_ymd_opt(at.year(), month, 31).unwrap();
            let sunday = last - Days::new(u64::from(last.weekday().num_days_from_sunday()));
            sunday.and_hms_opt(1, 0, 0).unwrap().and_utc()
        };
        (change(3)..change(10)).contains(&at)
    }

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day(NaiveDate::from_ymd_opt(y, m, d).unwrap())
    }

    #[test]
    fn a_birthday_counts_from_its_own_day() {
        assert_eq!(age_on(day(2014, 6, 4), day(2026, 6, 3)), Some(11));
        assert_eq!(age_on(day(2014, 6, 4), day(2026, 6, 4)), Some(12));
    }

    #[test]
    fn a_birthday_is_the_first_day_of_an_age() {
        for born in [day(2014, 6, 4), day(2012, 2, 29)] {
            for years in [12, 13, 16, 18] {
                let on = birthday(born, years);
                assert_eq!(age_on(born, on), Some(u32::from(years)), "{born}");
                let before = Day(on.0.pred_opt().unwrap());
                assert_eq!(age_on(born, before), Some(u32::from(years) - 1), "{born}");
            }
        }
    }

    #[test]
    fn an_unborn_child_has_no_age() {
        assert_eq!(age_on(day(2027, 1, 1), day(2026, 6, 3)), None);
    }

    #[test]
    fn summer_and_winter_carry_their_own_offset() {
        assert_eq!(in_london(utc("2026-01-05T09:00:00Z")).to_string(), "2026-01-05T09:00:00.000+00:00");
        assert_eq!(in_london(utc("2026-07-05T09:00:00Z")).to_string(), "2026-07-05T10:00:00.000+01:00");
    }

    #[test]
    fn just_before_midnight_in_summer_is_still_that_day_in_london() {
        assert_eq!(london_day(in_london(utc("2026-07-05T22:59:00Z"))), day(2026, 7, 5));
        assert_eq!(london_day(in_london(utc("2026-07-05T23:01:00Z"))), day(2026, 7, 6));
    }

    #[test]
    fn the_hour_that_comes_twice_is_read_as_the_first() {
        let half_past_one = london_at(day(2026, 10, 25), time(1, 30));
        assert_eq!(half_past_one.to_string(), "2026-10-25T01:30:00.000+01:00");
    }

    #[test]
    fn clocks_show_one_hour_twice_in_autumn_and_one_never_in_spring() {
        let OnClocks::Twice { first, second } = on_clocks(day(2026, 10, 25), time(1, 30)) else {
            unreachable!("half past one comes twice");
        };
        assert_eq!((second.0 - first.0).num_minutes(), 60);
        assert_eq!(first, london_at(day(2026, 10, 25), time(1, 30)));
        assert_eq!(on_clocks(day(2026, 3, 29), time(1, 30)), OnClocks::Never);
        let noon = in_london(utc("2026-07-05T11:00:00Z"));
        assert_eq!(on_clocks(day(2026, 7, 5), time(12, 0)), OnClocks::Once(noon));
    }

    #[test]
    fn the_hour_that_clocks_skip_still_gives_a_moment() {
        let skipped = london_at(day(2026, 3, 29), time(1, 30));
        assert_eq!(skipped.to_string(), "2026-03-29T02:30:00.000+01:00");
    }

    #[test]
    fn every_half_hour_of_2015_to_2040_has_the_offset_that_the_law_gives_it() {
        let (mut at, end) = (utc("2015-01-01T00:00:00Z"), utc("2041-01-01T00:00:00Z"));
        while at < end {
            let offset = in_london(at).0.offset().local_minus_utc();
            assert_eq!(offset, if is_summer(at) { 3600 } else { 0 }, "{at}");
            at += TimeDelta::minutes(30);
        }
    }

    proptest! {
        #[test]
        fn a_time_of_day_in_london_reads_back_as_itself_but_for_the_hour_that_is_skipped(
            days in 0i64..9497, hour in 0u32..24, minute in 0u32..60,
        ) {
            let day = Day(day(2015, 1, 1).0 + TimeDelta::days(days));
            let at = london_at(day, time(hour, minute));
            let shown = in_london(at.0.to_utc());
            prop_assert_eq!(shown, at, "it carries London's own offset");
            prop_assert_eq!(shown.0.offset(), at.0.offset());
            prop_assert_eq!(london_day(at), day);
            if hour != 1 {
                prop_assert_eq!(at.0.naive_local(), day.0.and_time(time(hour, minute)));
            }
        }
    }
}
