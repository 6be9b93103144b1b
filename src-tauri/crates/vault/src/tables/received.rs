//! What was told to us, and the limits that came with it.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Payload, Received, ReceivedId};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, received: &Received) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO received (id, case_id, entry) VALUES (?1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![received.id.to_string(), at.case_text(), at.n])?;
    Ok(())
}

pub(crate) fn withdraw(db: &Connection, at: &At, id: ReceivedId) -> Result<()> {
    db.prepare_cached("UPDATE received SET withdrawn = ?2 WHERE id = ?1 AND withdrawn IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Received> {
    match payload {
        Payload::ReceivedRecorded { received } | Payload::ReceivedAmended { received, .. } => Some(received),
        _ => None,
    }
}

/// What was received in a file, as it stands; not what was written down in error.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Received>>> {
    let from = "received t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.case_id = ?1 AND t.withdrawn IS NULL ORDER BY t.entry";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// One thing that was received, withdrawn or not.
///
/// # Errors
/// [`Error::NoSuch`] where there is none; [`Error::Unreadable`] names an entry that cannot be read.
pub fn get(r: &Reader<'_>, id: ReceivedId) -> Result<Recorded<Received>> {
    let from = "received t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    let found = ledger::records(r.db(), from, [id.to_string()], pick)?;
    found.into_iter().next().ok_or(Error::NoSuch { what: "received" })
}
