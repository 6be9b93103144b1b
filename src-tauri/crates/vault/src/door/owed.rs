//! What an opening owes to the ledger: what it found is written there before anything else is.

use rusqlite::Connection;
use sharewell_records::{Absence, Moment, OriginId, Payload, clock_doubt};

use crate::Result;
use crate::care::agreement::HeadState;
use crate::ledger::{Writer, doubts, entries};
use crate::tables::practitioner;

/// Writes what an opening owes to the ledger.
pub(crate) fn pay(w: &mut Writer<'_>, owed: &[Payload]) -> Result<()> {
    let Some(author) = (!owed.is_empty()).then(|| practitioner::current(&w.reader())).transpose()? else {
        return Ok(());
    };
    owed.iter().try_for_each(|payload| w.note(author.record.id, payload))
}

/// Whether the head was not found, and the ledger does not say so yet.
pub(crate) fn owes_head(owed: &[Payload]) -> bool {
    owed.iter().any(|payload| matches!(payload, Payload::HeadNotFound { .. }))
}

/// What the ledger must say of this opening before anything else is written: that its end could not be compared, that
/// the clock cannot be right, or that it is again.
pub(crate) fn in_doubt(
    db: &Connection,
    origin: OriginId,
    head: &HeadState,
    used: Option<Moment>,
    now: Moment,
) -> Result<Vec<Payload>> {
    let stands = doubts::standing(db)?;
    let head = match head {
        HeadState::Missing => Some(Absence::Missing),
        HeadState::Unreadable => Some(Absence::Unreadable),
        HeadState::Agrees | HeadState::Lost(_) => None,
    };
    let before = stands.clock_last();
    let last = match before {
        Some(last) => Some(last),
        None => entries::last_recorded(db, origin)?.max(used),
    };
    let clock = match (clock_doubt(now, last), before, last) {
        (Some(_), None, Some(last)) => Some(Payload::ClockDoubted { last }),
        (None, Some(_), _) => Some(Payload::ClockTrusted { by_person: false }),
        (_, _, _) => None,
    };
    Ok(head.map(|found| Payload::HeadNotFound { found }).into_iter().chain(clock).collect())
}
