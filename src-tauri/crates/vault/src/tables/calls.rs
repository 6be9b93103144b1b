//! Calls about decisions: who was tried or reached, and what came of it.

use rusqlite::{Connection, params};
use sharewell_records::{Call, CaseId, DecisionId, Payload};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, call: &Call) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO calls (id, case_id, decision, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![
        call.id.to_string(),
        at.case_text(),
        call.decision.map(|d| d.to_string()),
        at.n
    ])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Call> {
    match payload {
        Payload::CallMade { call } => Some(call),
        _ => None,
    }
}

/// The calls of a file, the first first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Call>>> {
    let from = "calls t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.case_id = ?1 ORDER BY t.entry";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// The calls about a decision, the first first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_decision(r: &Reader<'_>, decision: DecisionId) -> Result<Vec<Recorded<Call>>> {
    let from = "calls t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.decision = ?1 ORDER BY t.entry";
    ledger::records(r.db(), from, [decision.to_string()], pick)
}
