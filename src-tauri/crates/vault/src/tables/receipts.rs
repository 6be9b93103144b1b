//! Receipts of agencies, as they were taken in.

use rusqlite::{Connection, params};
use sharewell_records::{HandoverId, Payload, ReceiptId, TakenReceipt};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

/// The one that was taken first stands.
pub(crate) fn put(db: &Connection, at: &At, receipt: &TakenReceipt) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO receipts (id, handover, entry) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![receipt.id.to_string(), receipt.handover.to_string(), at.n])?;
    Ok(())
}

/// All of them, in the order in which they were taken in.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<TakenReceipt>>> {
    let from = "receipts t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry";
    ledger::records(r.db(), from, [], Payload::receipt)
}

/// Those that answer a handover, in the order in which they were taken in.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_handover(r: &Reader<'_>, id: HandoverId) -> Result<Vec<Recorded<TakenReceipt>>> {
    let from = "receipts t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.handover = ?1 ORDER BY t.entry";
    ledger::records(r.db(), from, [id.to_string()], Payload::receipt)
}

/// One receipt; none where it was not taken in.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn get(r: &Reader<'_>, id: ReceiptId) -> Result<Option<Recorded<TakenReceipt>>> {
    let from = "receipts t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    Ok(ledger::records(r.db(), from, [id.to_string()], Payload::receipt)?.into_iter().next())
}
