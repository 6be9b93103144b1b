//! What a second person said of signed decisions (A15): in this vault's files, and to others.

use rusqlite::{Connection, params};
use sharewell_records::{Countersigned, DecisionId, Payload};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, countersigned: &Countersigned) -> Result<()> {
    let said = &countersigned.said;
    db.prepare_cached(
        "INSERT INTO countersignatures (id, decision, case_id, entry) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![said.id.to_string(), said.decision.to_string(), at.case_text(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Countersigned> {
    match payload {
        Payload::DecisionCountersigned { countersigned } => Some(*countersigned),
        _ => None,
    }
}

const FROM: &str = "countersignatures t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n";

/// What was said of a decision of this vault, the first first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_decision(r: &Reader<'_>, decision: DecisionId) -> Result<Vec<Recorded<Countersigned>>> {
    let from = format!("{FROM} WHERE t.decision = ?1 AND t.case_id IS NOT NULL ORDER BY t.entry");
    ledger::records(r.db(), &from, [decision.to_string()], pick)
}

/// What the holder of this vault said of decisions that others made, the latest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn said_here(r: &Reader<'_>) -> Result<Vec<Recorded<Countersigned>>> {
    let from = format!("{FROM} WHERE t.case_id IS NULL ORDER BY t.entry DESC");
    ledger::records(r.db(), &from, [], pick)
}
