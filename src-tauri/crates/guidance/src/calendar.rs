//! Which days are working days in a nation, as the pack that is followed says.
//!
//! A calendar is data in the pack (`docs/pack-format.md`, section 14), so a new bank holiday comes with a new pack
//! and an old decision is reckoned as it was on its day. Beyond the last year of a calendar only weekends are
//! passed over, which can only make a deadline earlier; [`Calendar::runs_out`] warns a year before.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate, Weekday};
use sharewell_records::{Day, Nation};

/// The bank holidays of one nation, for whole years without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// `calendar@2`, the shared part that it came from.
    pub name: String,
    first: i32,
    last: i32,
    holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// A calendar of the years from `first` to `last`.
    pub(crate) fn new(name: String, first: i32, last: i32, holidays: BTreeSet<NaiveDate>) -> Self {
        Self { name, first, last, holidays }
    }

    /// The calendar that the program held before packs carried one: 2026 to 2028. Packs without a calendar, and
    /// what was decided under them, are reckoned by it for ever.
    #[must_use]
    pub fn first(nation: Nation) -> Self {
        crate::load::first_calendar(nation)
    }

    /// Whether offices work on this day.
    #[must_use]
    pub fn is_working_day(&self, day: Day) -> bool {
        !matches!(day.0.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains(&day.0)
    }

    /// The working day that is so many working days after a day; none only where dates end.
    #[must_use]
    pub fn working_days_after(&self, day: Day, count: u16) -> Option<Day> {
        let mut day = day;
        let mut left = count;
        while left > 0 {
            day = Day(day.0.succ_opt()?);
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        Some(day)
    }

    /// Its bank holidays in order.
    pub fn holidays(&self) -> impl Iterator<Item = Day> {
        self.holidays.iter().copied().map(Day)
    }

    /// The first year that it knows.
    #[must_use]
    pub fn first_year(&self) -> i32 {
        self.first
    }

    /// The last day that it knows.
    #[must_use]
    pub fn until(&self) -> Day {
        Day(NaiveDate::from_ymd_opt(self.last, 12, 31).unwrap_or(NaiveDate::MAX))
    }

    /// Its last day, where that is less than a year after `today`: a calendar with more years is needed.
    #[must_use]
    pub fn runs_out(&self, today: Day) -> Option<Day> {
        let until = self.until();
        let in_a_year = today.0.checked_add_months(Months::new(12));
        in_a_year.is_none_or(|then| until.0 < then).then_some(until)
    }

    /// Whether it knows the holidays of a day.
    #[must_use]
    pub fn knows(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day.0.year())
    }
}
