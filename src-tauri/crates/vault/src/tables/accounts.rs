//! What became of what left.

use rusqlite::{Connection, params};
use sharewell_records::{AccountNote, CaseId, DisclosureId, Payload};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, note: &AccountNote) -> Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO accounts (id, disclosure, case_id, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id, disclosure) DO UPDATE SET entry = excluded.entry",
    )?;
    for of in &note.of {
        statement.execute(params![note.id.to_string(), of.to_string(), at.case_text(), at.n])?;
    }
    Ok(())
}

fn pick(payload: Payload) -> Option<AccountNote> {
    match payload {
        Payload::AccountNoted { note } => Some(note),
        _ => None,
    }
}

/// The account of something that left, the first first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_disclosure(r: &Reader<'_>, id: DisclosureId) -> Result<Vec<Recorded<AccountNote>>> {
    let from = "accounts t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.disclosure = ?1 ORDER BY t.entry";
    ledger::records(r.db(), from, [id.to_string()], pick)
}

/// The accounts of everything that left a file, the first line first; each line once.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<AccountNote>>> {
    let from = "(SELECT DISTINCT entry FROM accounts WHERE case_id = ?1) t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry";
    ledger::records(r.db(), from, [case.to_string()], pick)
}
