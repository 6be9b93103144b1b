//! How long the way back into a vault counts as tried (H4).

use crate::{Day, birthday};

/// How many years a try counts.
const YEARS: u16 = 1;

/// From which day on somebody is reminded to try the way back again.
#[must_use]
pub fn next_rehearsal(tried: Day) -> Day {
    birthday(tried, YEARS)
}

/// Whether to remind of it on a day. A code that was typed back counts as tried on that day, so that nobody is reminded
/// in the first year. A day that is still to come, from a clock that was wrong, reminds of nothing.
#[must_use]
pub fn rehearsal_is_due(typed_back: Day, rehearsed: Option<Day>, on: Day) -> bool {
    let tried = rehearsed.map_or(typed_back, |day| day.max(typed_back));
    on >= next_rehearsal(tried)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().unwrap())
    }

    #[test]
    fn it_is_due_a_year_after_the_last_try_and_a_new_code_that_was_typed_back_is_one() {
        let typed_back = day("2026-03-12");
        assert!(!rehearsal_is_due(typed_back, None, day("2027-03-11")));
        assert!(rehearsal_is_due(typed_back, None, day("2027-03-12")));
        let rehearsed = Some(day("2027-02-01"));
        assert!(!rehearsal_is_due(typed_back, rehearsed, day("2028-01-31")));
        assert!(rehearsal_is_due(typed_back, rehearsed, day("2028-02-01")));
        // A code that was made since then was typed back.
        assert!(!rehearsal_is_due(day("2027-12-24"), rehearsed, day("2028-12-23")));
    }

    #[test]
    fn a_try_on_the_day_that_most_years_do_not_have_is_due_on_the_next() {
        assert_eq!(next_rehearsal(day("2028-02-29")), day("2029-03-01"));
    }

    #[test]
    fn a_try_dated_ahead_by_a_wrong_clock_reminds_of_nothing_before_its_year() {
        assert!(!rehearsal_is_due(day("2026-03-12"), Some(day("2031-01-01")), day("2027-06-01")));
    }
}
