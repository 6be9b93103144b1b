//! What follows where something left before anybody made sure who received it.
//!
//! A child in danger does not wait for it. It stays to be done, by the end of the same day, whatever the guidance says.

use sharewell_records::{Duty, Moment, Nation};

use crate::{Calendar, Deadline};

/// The duty to make sure of the recipient, and by when it is due.
#[must_use]
pub fn duty(nation: Nation, left: Moment) -> (Duty, Option<Moment>) {
    (Duty::VerifyRecipient, Deadline::EndOfToday.due(left, &Calendar::first(nation)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_nobody_made_sure_of_is_made_sure_of_the_same_day() {
        let Ok(left) = chrono::DateTime::parse_from_rfc3339("2026-10-10T09:00:00+01:00").map(Moment) else {
            unreachable!("a moment")
        };
        let (duty, due) = duty(Nation::Wales, left);
        assert_eq!(duty, Duty::VerifyRecipient);
        assert_eq!(due.map(|due| due.0.date_naive()), Some(left.0.date_naive()), "on a Saturday too");
    }
}
