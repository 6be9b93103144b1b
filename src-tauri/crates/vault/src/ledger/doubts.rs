//! What openings of this vault put in doubt, as the ledger has it.

use rusqlite::Connection;
use sharewell_records::{Doubts, Written};

use crate::ledger::recorded::HEADER;
use crate::ledger::{self, Content};
use crate::{Reader, Result};

/// What stands in doubt. Asked of an index over the few entries that say so.
pub(crate) fn standing(db: &Connection) -> Result<Doubts> {
    let sql = format!(
        "SELECT {HEADER}, p.bytes FROM entries e INDEXED BY entries_in_doubt LEFT JOIN payloads p ON p.entry = e.n \
         WHERE e.kind IN ('head_not_found', 'head_confirmed', 'clock_doubted', 'clock_trusted') \
         ORDER BY e.fold_at, e.origin, e.sequence"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut doubts = Doubts::default();
    while let Some(row) = rows.next()? {
        let entry = ledger::entry(row)?;
        if let Content::Known(payload) = &entry.content {
            doubts.take(&Written::from(&entry.header), payload);
        }
    }
    Ok(doubts)
}

/// What stands in doubt until a person says that all is well, and what was written meanwhile.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn doubts(r: &Reader<'_>) -> Result<Doubts> {
    standing(r.db())
}
