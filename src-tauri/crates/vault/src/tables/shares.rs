//! Shares that were made into a file: what went in each, and how far it has come.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, DecisionId, DisclosureId, Payload, Share};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, share: &Share) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO shares (id, case_id, decision, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![share.id.to_string(), at.case_text(), share.decision.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Share> {
    match payload {
        Payload::ShareRecorded { share } => Some(share),
        _ => None,
    }
}

/// A share in its latest form, where it is there.
pub(crate) fn find(db: &Connection, id: DisclosureId) -> Result<Option<Recorded<Share>>> {
    let from = "shares t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    Ok(ledger::records(db, from, [id.to_string()], pick)?.into_iter().next())
}

/// A share.
///
/// # Errors
/// [`Error::NoSuch`] where there is none; [`Error::Unreadable`] names an entry that cannot be read.
pub fn get(r: &Reader<'_>, id: DisclosureId) -> Result<Recorded<Share>> {
    find(r.db(), id)?.ok_or(Error::NoSuch { what: "share" })
}

/// The shares of a file, the one that was changed last first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Share>>> {
    let from = "shares t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.case_id = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// The shares that rest on a decision, the one that was changed last first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_decision(r: &Reader<'_>, decision: DecisionId) -> Result<Vec<Recorded<Share>>> {
    let from = "shares t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.decision = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [decision.to_string()], pick)
}
