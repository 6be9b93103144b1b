//! Handovers whose file was written before an entry said so.

use rusqlite::Connection;
use sharewell_records::HandoverId;

use crate::Result;

/// Whether its file was written by a program that noted so beside the ledger.
pub(crate) fn was_written_before(db: &Connection, id: HandoverId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM written_before WHERE handover = ?1")?.exists([id.to_string()])?)
}
