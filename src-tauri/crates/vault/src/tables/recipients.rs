//! Keys of agencies that the practitioner imported.

use rusqlite::{Connection, params};
use sharewell_records::Payload;
pub use sharewell_records::RecipientKey;

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, recipient: &str) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO recipients (recipient, entry) VALUES (?1, ?2) ON CONFLICT (recipient) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![recipient, at.n])?;
    Ok(())
}

/// Whether any key was imported.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn any(r: &Reader<'_>) -> Result<bool> {
    Ok(r.db().prepare_cached("SELECT 1 FROM recipients LIMIT 1")?.exists([])?)
}

/// Every imported key, the latest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<RecipientKey>>> {
    let from =
        "recipients t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [], |payload| match payload {
        Payload::RecipientKeyImported { recipient, name } => Some(RecipientKey { recipient, name }),
        _ => None,
    })
}
