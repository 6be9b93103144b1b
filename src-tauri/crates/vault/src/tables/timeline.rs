//! A file's entries, newest first. It needs no table of its own: an index over the ledger serves it.

use rusqlite::params;
use sharewell_records::{CaseId, EntryId};

use crate::ledger::recorded::HEADER;
use crate::ledger::{self, Entry, set_apart};
use crate::{Error, Reader, Result};

/// The most rows that one call returns.
pub const MOST: usize = 500;

/// Entries of a file that were not set apart, the latest arrived first; those before `before` where given, for paging.
///
/// # Errors
/// [`Error::NoSuch`] where `before` is not in this vault.
pub fn of_case(r: &Reader<'_>, case: CaseId, limit: usize, before: Option<EntryId>) -> Result<Vec<Entry>> {
    let below: i64 = match before {
        None => i64::MAX,
        Some(id) => r
            .db()
            .prepare_cached("SELECT n FROM entries WHERE id = ?1")?
            .query_row([id.to_string()], |row| row.get(0))
            .map_err(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => Error::NoSuch { what: "entry" },
                other => other.into(),
            })?,
    };
    let sql = format!(
        "SELECT {HEADER}, p.bytes FROM entries e LEFT JOIN payloads p ON p.entry = e.n \
         WHERE e.case_id = ?1 AND e.n < ?2 AND {} ORDER BY e.n DESC LIMIT ?3",
        set_apart::STANDS
    );
    let limit = i64::try_from(limit.min(MOST)).unwrap_or(0);
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query(params![case.to_string(), below, limit])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(ledger::entry(row)?);
    }
    Ok(all)
}
