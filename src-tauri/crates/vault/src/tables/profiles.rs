//! Profiles of agencies that were taken in. The last one counts: from there on its receipts alone end an offer to it.

use rusqlite::{Connection, params};
use sharewell_records::{Payload, TakenProfile};

use crate::ledger::{self, At};
use crate::tables::waiting;
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, taken: &TakenProfile) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO profiles (hash, entry, encryption, receipts) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (hash) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![taken.hash.to_string(), at.n, taken.encryption, taken.receipts])?;
    waiting::stand_behind(db)
}

fn pick(payload: Payload) -> Option<TakenProfile> {
    match payload {
        Payload::ProfileTaken { profile } => Some(*profile),
        _ => None,
    }
}

/// The profile in use; none where no agency stands behind the vault.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn current(r: &Reader<'_>) -> Result<Option<Recorded<TakenProfile>>> {
    let from = "profiles t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                ORDER BY t.entry DESC LIMIT 1";
    Ok(ledger::records(r.db(), from, [], pick)?.pop())
}

/// Every profile that was taken in, the latest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<TakenProfile>>> {
    let from =
        "profiles t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [], pick)
}
