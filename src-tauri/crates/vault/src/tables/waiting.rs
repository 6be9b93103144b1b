//! Entries that stand in a file and that no handover covers yet.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, EntryId, Seq};

use crate::ledger::{At, set_apart};
use crate::{Reader, Result, db};

pub(crate) fn put(db: &Connection, at: &At) -> Result<()> {
    let Some(case) = at.case_text() else { return Ok(()) };
    db.prepare_cached(
        "INSERT INTO waiting (case_id, entry) SELECT ?1, ?2 \
         WHERE NOT EXISTS (SELECT 1 FROM set_apart a WHERE a.entry = ?2) ON CONFLICT DO NOTHING",
    )?
    .execute(params![case, at.n])?;
    Ok(())
}

/// What was set apart stands in its file no more; what was stated instead is an entry of its own.
pub(crate) fn set_apart(db: &Connection, from: CaseId, entries: &[EntryId]) -> Result<()> {
    for entry in entries {
        db.prepare_cached(
            "DELETE FROM waiting WHERE case_id = ?1 AND entry = (SELECT n FROM entries WHERE id = ?2)",
        )?
        .execute(params![from.to_string(), entry.to_string()])?;
    }
    Ok(())
}

/// A handover covers the entries of its files up to a place in the chain that it was made from.
pub(crate) fn hand_over(db: &Connection, at: &At, cases: &[CaseId], to: Seq) -> Result<()> {
    for case in cases {
        db.prepare_cached(
            "DELETE FROM waiting WHERE case_id = ?1 AND EXISTS \
             (SELECT 1 FROM entries e WHERE e.n = waiting.entry AND e.origin = ?2 AND e.sequence <= ?3)",
        )?
        .execute(params![case.to_string(), at.origin.to_string(), db::int(to.0)])?;
    }
    Ok(())
}

/// How many entries stand in a file, and how many of them no handover covers.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<(u64, u64)> {
    let sql = format!(
        "SELECT (SELECT count(*) FROM entries e WHERE e.case_id = ?1 AND {}), \
         (SELECT count(*) FROM waiting WHERE case_id = ?1)",
        set_apart::STANDS
    );
    let counts = r
        .db()
        .prepare_cached(&sql)?
        .query_row([case.to_string()], |row| Ok((db::count(row.get(0)?), db::count(row.get(1)?))))?;
    Ok(counts)
}
