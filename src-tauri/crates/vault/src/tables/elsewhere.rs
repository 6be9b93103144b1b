//! Records that other agencies hold, each in its latest form.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, HeldElsewhere, HeldElsewhereId, Payload};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, held: &HeldElsewhere) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO held_elsewhere (id, case_id, entry) VALUES (?1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![held.id.to_string(), at.case_text(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<HeldElsewhere> {
    match payload {
        Payload::ElsewhereRecorded { held } => Some(held),
        _ => None,
    }
}

/// A record in its latest form, where it is there.
pub(crate) fn find(db: &Connection, id: HeldElsewhereId) -> Result<Option<Recorded<HeldElsewhere>>> {
    let from =
        "held_elsewhere t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    Ok(ledger::records(db, from, [id.to_string()], pick)?.into_iter().next())
}

/// The records of a file that other agencies hold, or held, in the order in which they were changed last.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<HeldElsewhere>>> {
    let from = "held_elsewhere t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.case_id = ?1 ORDER BY t.entry";
    ledger::records(r.db(), from, [case.to_string()], pick)
}
