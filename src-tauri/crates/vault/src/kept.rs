//! What the program notes for itself, by name: settings, where somebody left off, the code of an ask.
//!
//! No work of anybody's: that is a draft. A save counts up like a draft's, so that a lost one is noticed.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sharewell_records::Moment;

use crate::ledger::entries;
use crate::{Error, Reader, Result, db};

/// The most bytes of what is noted under a name: 64 KiB.
pub const MOST_BYTES: usize = 64 * 1024;

/// A note of the program's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name, chosen by the caller.
    pub key: String,
    /// What is noted, as the caller wrote it.
    pub body: String,
    /// When it was last saved.
    pub updated: Moment,
}

pub(crate) fn save(db: &Connection, kept: &Kept, saved: u64) -> Result<()> {
    if kept.body.len() > MOST_BYTES || kept.key.len() > 200 {
        return Err(Error::TooLarge { what: "note" });
    }
    db.prepare_cached(
        "INSERT INTO kept (key, body, updated, saved) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO UPDATE \
         SET body = excluded.body, updated = excluded.updated, saved = excluded.saved",
    )?
    .execute(params![kept.key, kept.body, entries::moment_text(kept.updated)?, db::int(saved)])?;
    Ok(())
}

/// Removes what is noted under a name.
pub(crate) fn remove(db: &Connection, key: &str) -> Result<()> {
    let saved: Option<i64> = db
        .prepare_cached("SELECT saved FROM kept WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let Some(saved) = saved else { return Err(Error::NoSuch { what: "note" }) };
    // The count must not fall when what carried it goes.
    db.prepare_cached("UPDATE state SET drafts_saved = max(drafts_saved, ?1)")?.execute([saved])?;
    db.prepare_cached("DELETE FROM kept WHERE key = ?1")?.execute([key])?;
    Ok(())
}

fn row(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept { key: row.get(0)?, body: row.get(1)?, updated: entries::moment(&row.get::<_, String>(2)?)? })
}

/// What is noted under a name, where anything is.
///
/// # Errors
/// [`Error::Stored`] where the row cannot be read.
pub fn get(r: &Reader<'_>, key: &str) -> Result<Option<Kept>> {
    let mut statement = r.db().prepare_cached("SELECT key, body, updated FROM kept WHERE key = ?1")?;
    let mut rows = statement.query([key])?;
    rows.next()?.map(row).transpose()
}

/// Everything that is noted, the last saved first.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn list(r: &Reader<'_>) -> Result<Vec<Kept>> {
    let mut statement = r.db().prepare_cached("SELECT key, body, updated FROM kept ORDER BY saved DESC")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(next) = rows.next()? {
        all.push(row(next)?);
    }
    Ok(all)
}
