//! Signed decisions, to share and not to share alike (A10).

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Day, Decision, DecisionId, Payload};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, decision: &Decision) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO decisions (id, case_id, child, follows, decided, review, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![
        decision.id.to_string(),
        decision.case.to_string(),
        decision.child.to_string(),
        decision.follows.map(|d| d.to_string()),
        decision.decided.word(),
        decision.review.to_string(),
        at.n,
    ])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Decision> {
    match payload {
        Payload::DecisionSigned { decision } => Some(*decision),
        _ => None,
    }
}

/// The decisions of a file, newest first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Decision>>> {
    let from = "decisions t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.case_id = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// One decision.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: DecisionId) -> Result<Recorded<Decision>> {
    let from = "decisions t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    ledger::records(r.db(), from, [id.to_string()], pick)?
        .into_iter()
        .next()
        .ok_or(Error::NoSuch { what: "decision" })
}

/// Decisions to be looked at again by a day and that no later decision follows, the most overdue first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn to_review(r: &Reader<'_>, by: Day) -> Result<Vec<Recorded<Decision>>> {
    let from = "decisions t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.review <= ?1 AND NOT EXISTS (SELECT 1 FROM decisions later WHERE later.follows = t.id) \
                ORDER BY t.review, t.entry";
    ledger::records(r.db(), from, [by.to_string()], pick)
}
