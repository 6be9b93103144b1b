//! Which entry of each child's file is the newest that stands in it: the order of the list of files.

use rusqlite::{Connection, params};
use sharewell_records::CaseId;

use crate::Result;
use crate::ledger::{At, set_apart};

/// The entry is the newest one of its file, unless a newer one arrived before it was folded in.
pub(crate) fn put(db: &Connection, at: &At) -> Result<()> {
    // Which files there are is known before: a file's first entry opens it.
    db.prepare_cached(
        "INSERT INTO touched (case_id, entry) SELECT id, ?2 FROM cases WHERE id = ?1 AND restricted = 0 \
         AND NOT EXISTS (SELECT 1 FROM set_apart a WHERE a.entry = ?2) \
         ON CONFLICT (case_id) DO UPDATE SET entry = max(entry, excluded.entry)",
    )?
    .execute(params![at.case_text(), at.n])?;
    Ok(())
}

/// Looks anew for the newest entry of a file from which entries were set apart.
pub(crate) fn find(db: &Connection, case: CaseId) -> Result<()> {
    // The index over files gives the newest entry that stands, and stops there: a maximum would walk them all.
    let sql = format!(
        "UPDATE touched SET entry = coalesce((SELECT e.n FROM entries e WHERE e.case_id = ?1 AND {} \
         ORDER BY e.n DESC LIMIT 1), entry) WHERE case_id = ?1",
        set_apart::STANDS
    );
    db.prepare_cached(&sql)?.execute([case.to_string()])?;
    Ok(())
}
