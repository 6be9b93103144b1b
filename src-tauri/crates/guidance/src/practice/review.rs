//! When to look again at a safety flag. It is a suggestion that stands in the boxes of the form, and never a date that
//! binds.

use chrono::{Datelike as _, Months, TimeDelta, Weekday};
use sharewell_records::{Day, FlagKind};

/// In how many months a flag is looked at again. What keeps somebody from being told or reached weighs on them, and
/// what is known of a danger changes soon; where somebody lives in hiding, and who opens the post, changes later.
const fn months(kind: FlagKind) -> u32 {
    match kind {
        FlagKind::DoNotTell | FlagKind::NoContact | FlagKind::UnsafePhone => 3,
        FlagKind::DoNotPost | FlagKind::ProtectedIdentity | FlagKind::WorkerSafety => 6,
    }
}

/// The day on which to look again at a flag that is set today, never on a weekend.
#[must_use]
pub fn look_again(kind: FlagKind, today: Day) -> Day {
    let day = today.0.checked_add_months(Months::new(months(kind))).unwrap_or(today.0);
    let on = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => 0,
    };
    Day(TimeDelta::try_days(on).and_then(|by| day.checked_add_signed(by)).unwrap_or(day))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_is_looked_at_again_within_half_a_year_and_on_a_day_of_work() {
        for today in ["2026-11-29", "2026-11-30", "2024-08-31", "2026-01-01"] {
            let today = Day(today.parse().unwrap());
            for kind in FlagKind::ALL {
                let again = look_again(kind, today);
                let days = (again.0 - today.0).num_days();
                assert!((85..=186).contains(&days), "{kind:?}: {days}");
                assert!(!matches!(again.0.weekday(), Weekday::Sat | Weekday::Sun), "{kind:?}");
            }
        }
        let told = look_again(FlagKind::DoNotTell, Day("2026-11-30".parse().unwrap()));
        assert_eq!(told.0.to_string(), "2027-03-01", "the end of February is a Sunday");
    }
}
