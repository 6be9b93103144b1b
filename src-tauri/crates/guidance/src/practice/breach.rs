//! What follows where somebody learned what a safety flag was to keep from them.
//!
//! Whoever is in danger is protected first. The lead and the agency's data protection officer are told the same day;
//! the officer decides whether it is reported, and the 72 hours of the UK GDPR (article 33) run from when it was known.

use sharewell_records::{Duty, Moment, Nation};

use crate::{Calendar, Deadline};

/// Each duty, and by when it is due, the most pressing first.
const DUTIES: [(Duty, Deadline); 4] = [
    (Duty::ProtectAfterBreach, Deadline::Now),
    (Duty::TellLeadOfBreach, Deadline::Now),
    (Duty::TellDataProtectionOfficer, Deadline::EndOfToday),
    (Duty::ReportBreach, Deadline::WithinHours(72)),
];

/// The duties of a breach that is known now, each with the moment by which it is due. They hold in every nation, and
/// whether or not there is guidance to read.
#[must_use]
pub fn duties(nation: Nation, known: Moment) -> [(Duty, Option<Moment>); 4] {
    let calendar = Calendar::first(nation);
    DUTIES.map(|(duty, deadline)| (duty, deadline.due(known, &calendar)))
}

/// Whether a duty of a breach is to be done the moment it is known.
#[must_use]
pub fn is_at_once(duty: Duty) -> bool {
    DUTIES.contains(&(duty, Deadline::Now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_in_danger_comes_first_and_the_report_has_72_hours() {
        let Ok(known) = chrono::DateTime::parse_from_rfc3339("2026-10-10T09:00:00+01:00").map(Moment) else {
            unreachable!("a moment")
        };
        let due = duties(Nation::England, known);
        assert_eq!(due[0], (Duty::ProtectAfterBreach, Some(known)));
        let report = due.iter().find(|(duty, _)| *duty == Duty::ReportBreach);
        let hours = report.and_then(|(_, due)| *due).map(|due| (due.0 - known.0).num_hours());
        assert_eq!(hours, Some(72), "also over a weekend");
        assert!(due.iter().any(|(duty, _)| *duty == Duty::TellDataProtectionOfficer));
    }
}
