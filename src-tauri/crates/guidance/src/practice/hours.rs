//! Which of a service's two numbers is answered at a moment.
//!
//! Children's services answer in office hours, and an emergency duty team outside them (the packs' articles
//! `contacts`). A call at seven in the evening to the number of the day rings in an empty room, so the hour decides
//! which one stands beside the act. Opening hours differ from place to place: nine to five on working days is the
//! span in which every office is open, and outside it the other number is answered in any case.

use chrono::Timelike;
use sharewell_records::{Moment, Nation, in_london};

use crate::Calendar;

/// The first hour of an office's day, and the first after it, by the clock in London.
const OPEN: std::ops::Range<u32> = 9..17;

/// Whether offices are open at a moment: nine to five on the working days of the nation's calendar.
#[must_use]
pub fn open(at: Moment, calendar: &Calendar) -> bool {
    let local = in_london(at.0.to_utc());
    calendar.is_working_day(local.day()) && OPEN.contains(&local.0.hour())
}

/// Whether offices are open at a moment in any nation, where nothing says which one it is.
#[must_use]
pub fn open_anywhere(at: Moment) -> bool {
    Nation::ALL.into_iter().any(|nation| open(at, &Calendar::first(nation)))
}

/// The number to ring at a moment. Where only one of the two is known, it is that one: a number that may not be
/// answered is better than none. Empty where neither is known.
#[must_use]
pub fn answered<'a>(at: Moment, calendar: &Calendar, day: &'a str, out_of_hours: &'a str) -> &'a str {
    match (open(at, calendar), day, out_of_hours) {
        (_, day, "") => day,
        (true, "", night) | (false, _, night) => night,
        (true, day, _) => day,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn at(text: &str) -> Moment {
        Moment(DateTime::parse_from_rfc3339(text).unwrap())
    }

    #[test]
    fn an_office_is_open_from_nine_to_five_on_the_working_days_of_its_nation() {
        for (when, nation, is_open) in [
            ("2026-03-12T08:59:59+00:00", Nation::England, false),
            ("2026-03-12T09:00:00+00:00", Nation::England, true),
            ("2026-03-12T16:59:59+00:00", Nation::England, true),
            ("2026-03-12T17:00:00+00:00", Nation::England, false),
            // In summer the clock in London is an hour on.
            ("2026-07-09T08:30:00+00:00", Nation::England, true),
            ("2026-07-09T16:30:00+00:00", Nation::England, false),
            // A Saturday, and a bank holiday of two nations alone.
            ("2026-03-14T11:00:00+00:00", Nation::Wales, false),
            ("2026-03-17T11:00:00+00:00", Nation::NorthernIreland, false),
            ("2026-03-17T11:00:00+00:00", Nation::Scotland, true),
            ("2026-11-30T11:00:00+00:00", Nation::Scotland, false),
            ("2026-11-30T11:00:00+00:00", Nation::England, true),
        ] {
            assert_eq!(open(at(when), &Calendar::first(nation)), is_open, "{when} in {nation:?}");
        }
    }

    #[test]
    fn the_number_shown_is_the_one_that_is_answered_and_the_only_one_where_there_is_one() {
        let (noon, evening) = (at("2026-03-12T12:00:00+00:00"), at("2026-03-12T19:00:00+00:00"));
        let number = |when, day, night| answered(when, &Calendar::first(Nation::England), day, night);
        assert_eq!(number(noon, "day", "night"), "day");
        assert_eq!(number(evening, "day", "night"), "night");
        assert_eq!(number(evening, "day", ""), "day");
        assert_eq!(number(noon, "", "night"), "night");
        assert_eq!(number(noon, "", ""), "");
    }
}
