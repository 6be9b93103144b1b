//! Drafts: work that is not finished. They and what the program notes for itself (`kept`) are all that changes.
//!
//! An answer is saved within a second of being given and survives a power cut. A draft holds whatever its
//! page put into it; the vault bounds its size and reads nothing in it. Every save counts up, and the count
//! stands in `vault.head`, so that lost saves are noticed.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sharewell_records::{CaseId, Moment};

use crate::ledger::entries;
use crate::{Error, Reader, Result, db};

/// The most bytes of a draft's body: 1 MiB.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The most drafts at a time.
pub const MOST: u64 = 2000;

/// Work that is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Identifies it; chosen by the caller (a decision's id, a page's name).
    pub key: String,
    /// What kind of work (`decision`, `item`, `emergency` …).
    pub kind: String,
    /// The file, where it belongs to one.
    pub case: Option<CaseId>,
    /// JSON, as the caller wrote it.
    pub body: String,
    /// When it was last saved.
    pub updated: Moment,
}

pub(crate) fn save(db: &Connection, draft: &Draft, saved: u64) -> Result<()> {
    if draft.body.len() > MOST_BYTES || draft.key.len() > 200 || draft.kind.len() > 200 {
        return Err(Error::TooLarge { what: "draft" });
    }
    let known = db.prepare_cached("SELECT 1 FROM drafts WHERE key = ?1")?.exists([&draft.key])?;
    if !known {
        let held: i64 = db.prepare_cached("SELECT count(*) FROM drafts")?.query_row([], |row| row.get(0))?;
        if db::count(held) >= MOST {
            return Err(Error::TooLarge { what: "number of drafts" });
        }
    }
    db.prepare_cached(
        "INSERT INTO drafts (key, kind, case_id, body, updated, saved) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, case_id = excluded.case_id, body = excluded.body, \
         updated = excluded.updated, saved = excluded.saved",
    )?
    .execute(params![
        draft.key,
        draft.kind,
        draft.case.map(|c| c.to_string()),
        draft.body,
        entries::moment_text(draft.updated)?,
        db::int(saved),
    ])?;
    Ok(())
}

/// Removes a draft; gives whether there was one.
pub(crate) fn remove(db: &Connection, key: &str) -> Result<bool> {
    let saved: Option<i64> = db
        .prepare_cached("SELECT saved FROM drafts WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let Some(saved) = saved else { return Ok(false) };
    // The count must not fall when the draft that carried it goes.
    db.prepare_cached("UPDATE state SET drafts_saved = max(drafts_saved, ?1)")?.execute([saved])?;
    db.prepare_cached("DELETE FROM drafts WHERE key = ?1")?.execute([key])?;
    Ok(true)
}

/// How many saves there have been, of drafts and of what the program noted for itself.
pub(crate) fn saves(db: &Connection) -> Result<u64> {
    let saves: i64 = db.query_row(
        "SELECT max(drafts_saved, coalesce((SELECT max(saved) FROM drafts), 0), \
         coalesce((SELECT max(saved) FROM kept), 0)) FROM state",
        [],
        |row| row.get(0),
    )?;
    Ok(db::count(saves))
}

fn row(row: &Row<'_>) -> Result<Draft> {
    let case: Option<String> = row.get(2)?;
    Ok(Draft {
        key: row.get(0)?,
        kind: row.get(1)?,
        case: case.map(|c| db::id(&c, "case id")).transpose()?,
        body: row.get(3)?,
        updated: entries::moment(&row.get::<_, String>(4)?)?,
    })
}

/// A draft, where there is one.
///
/// # Errors
/// [`Error::Stored`] where the row cannot be read.
pub fn get(r: &Reader<'_>, key: &str) -> Result<Option<Draft>> {
    let mut statement =
        r.db().prepare_cached("SELECT key, kind, case_id, body, updated FROM drafts WHERE key = ?1")?;
    let mut rows = statement.query([key])?;
    rows.next()?.map(row).transpose()
}

/// Every draft, the last saved first.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn list(r: &Reader<'_>) -> Result<Vec<Draft>> {
    rows(r, "ORDER BY saved DESC", [])
}

/// The next drafts of a kind behind one of them, the longest untouched first, or the first.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn of_kind(r: &Reader<'_>, kind: &str, after: Option<&str>, limit: usize) -> Result<Vec<Draft>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    rows(
        r,
        "WHERE kind = ?1 AND saved > coalesce((SELECT saved FROM drafts WHERE key = ?2), -1) \
         ORDER BY saved LIMIT ?3",
        params![kind, after, limit],
    )
}

/// The drafts of a kind that were saved last, the last first.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn latest_of_kind(r: &Reader<'_>, kind: &str, limit: usize) -> Result<Vec<Draft>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    rows(r, "WHERE kind = ?1 ORDER BY saved DESC LIMIT ?2", params![kind, limit])
}

/// How many drafts of a kind there are.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn count_of_kind(r: &Reader<'_>, kind: &str) -> Result<u64> {
    let count = r
        .db()
        .prepare_cached("SELECT count(*) FROM drafts WHERE kind = ?1")?
        .query_row([kind], |row| row.get(0))?;
    Ok(db::count(count))
}

/// The drafts of a kind that belong to a file, the last saved first.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn of_case(r: &Reader<'_>, kind: &str, case: CaseId) -> Result<Vec<Draft>> {
    rows(r, "WHERE case_id = ?1 AND kind = ?2 ORDER BY saved DESC", params![case.to_string(), kind])
}

fn rows(r: &Reader<'_>, rest: &str, params: impl rusqlite::Params) -> Result<Vec<Draft>> {
    let sql = format!("SELECT key, kind, case_id, body, updated FROM drafts {rest}");
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query(params)?;
    let mut all = Vec::new();
    while let Some(next) = rows.next()? {
        all.push(row(next)?);
    }
    Ok(all)
}
