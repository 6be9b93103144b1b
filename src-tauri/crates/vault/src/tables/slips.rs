//! Slips that were made for somebody to read, with their words as they were.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Payload, Slip, SlipId};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, slip: &Slip) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO slips (id, case_id, entry) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![slip.id.to_string(), at.case_text(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Slip> {
    match payload {
        Payload::SlipMade { slip } => Some(*slip),
        _ => None,
    }
}

/// A slip, where it is there.
pub(crate) fn find(db: &Connection, id: SlipId) -> Result<Option<Recorded<Slip>>> {
    let from = "slips t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    Ok(ledger::records(db, from, [id.to_string()], pick)?.into_iter().next())
}

/// A slip.
///
/// # Errors
/// [`Error::NoSuch`] where there is none; [`Error::Unreadable`] names an entry that cannot be read.
pub fn get(r: &Reader<'_>, id: SlipId) -> Result<Recorded<Slip>> {
    find(r.db(), id)?.ok_or(Error::NoSuch { what: "slip" })
}

/// The slips of a file, the newest first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Slip>>> {
    let from = "slips t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.case_id = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}
