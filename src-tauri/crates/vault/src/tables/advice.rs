//! Advice sought and given. Recorded again when it becomes known whether it was followed.

use rusqlite::{Connection, params};
use sharewell_records::Advice;

use crate::Result;
use crate::ledger::At;

pub(crate) fn put(db: &Connection, at: &At, advice: &Advice) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO advice (id, case_id, decision, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET decision = excluded.decision, entry = excluded.entry",
    )?
    .execute(params![
        advice.id.to_string(),
        at.case_text(),
        advice.decision.map(|d| d.to_string()),
        at.n
    ])?;
    Ok(())
}

/// The decision for which it is, in the form in which it stands.
pub(crate) fn put_decision(db: &Connection, advice: &Advice) -> Result<()> {
    db.prepare_cached("UPDATE advice SET decision = ?2 WHERE id = ?1")?
        .execute(params![advice.id.to_string(), advice.decision.map(|d| d.to_string())])?;
    Ok(())
}

#[cfg(any(test, feature = "test-hooks"))]
pub use read::{of_case, of_decision};

/// What the table says, for the test that holds it to the fold in memory: pages read advice from a file's story.
#[cfg(any(test, feature = "test-hooks"))]
mod read {
    use sharewell_records::{Advice, CaseId, DecisionId, Payload};

    use crate::ledger;
    use crate::{Reader, Recorded, Result};

    fn pick(payload: Payload) -> Option<Advice> {
        match payload {
            Payload::AdviceRecorded { advice } => Some(advice),
            _ => None,
        }
    }

    /// The advice of a file, newest form first.
    ///
    /// # Errors
    /// [`crate::Error::Unreadable`] names an entry that cannot be read.
    pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Advice>>> {
        let from = "advice t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.case_id = ?1 ORDER BY t.entry DESC";
        ledger::records(r.db(), from, [case.to_string()], pick)
    }

    /// The advice for a decision, newest form first.
    ///
    /// # Errors
    /// [`crate::Error::Unreadable`] names an entry that cannot be read.
    pub fn of_decision(r: &Reader<'_>, decision: DecisionId) -> Result<Vec<Recorded<Advice>>> {
        let from = "advice t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.decision = ?1 ORDER BY t.entry DESC";
        ledger::records(r.db(), from, [decision.to_string()], pick)
    }
}
