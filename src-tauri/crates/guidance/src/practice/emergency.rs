//! What follows from an emergency that was told at once (DESIGN, *Emergency*: "write-up by the end of the next
//! working day, the lead alerted").
//!
//! Both follow whether or not there is guidance to read: a pack that cannot be read never stops an emergency. Where
//! there is one its own obligations of these duties are named, so that its words can be shown.

use sharewell_records::{Duty, Moment, Nation};

use crate::{Calendar, Deadline, Pack};

/// A duty that follows from an emergency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyDuty {
    /// The duty.
    pub duty: Duty,
    /// The pack's id for it, or the one that every pack is expected to have.
    pub key: String,
    /// By when; none only beyond the calendar's end.
    pub due: Option<Moment>,
}

/// Each duty, the id by which a pack has it, and by when it is due.
const DUTIES: [(Duty, &str, Deadline); 2] = [
    (Duty::WriteUp, "write-up", Deadline::EndOfNextWorkingDay),
    (Duty::DiscussWithAdviser, "alert-lead", Deadline::EndOfToday),
];

/// The two duties of an emergency that is told now: to write it up, and to let the lead know.
#[must_use]
pub fn duties(pack: Option<&Pack>, nation: Nation, told: Moment) -> Vec<EmergencyDuty> {
    let calendar = pack.map_or_else(|| Calendar::first(nation), |pack| pack.calendar.clone());
    let duty = |(duty, id, deadline): (Duty, &str, Deadline)| EmergencyDuty {
        duty,
        key: pack.and_then(|pack| key(pack, duty, id)).unwrap_or(id).to_owned(),
        due: deadline.due(told, &calendar),
    };
    DUTIES.into_iter().map(duty).collect()
}

/// The id of the pack's own obligation: the one of that name, else its first of that duty.
fn key<'a>(pack: &'a Pack, duty: Duty, id: &str) -> Option<&'a str> {
    let mut of_duty = pack.obligations().iter().filter(|one| one.duty == duty).map(|one| one.id.as_str());
    let first = of_duty.clone().next();
    of_duty.find(|one| *one == id).or(first)
}
