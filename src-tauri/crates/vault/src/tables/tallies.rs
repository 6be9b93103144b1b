//! How many there are of what every page counts. Triggers keep the numbers beside the tables.

use crate::{Reader, Result, db};

fn of(r: &Reader<'_>, what: &str) -> Result<u64> {
    let count = r
        .db()
        .prepare_cached("SELECT count FROM tallies WHERE what = ?1")?
        .query_row([what], |row| row.get(0))?;
    Ok(db::count(count))
}

/// How many children's files there are; restricted ones are counted nowhere.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn families(r: &Reader<'_>) -> Result<u64> {
    of(r, "families")
}

/// How many obligations are outstanding in the whole vault.
///
/// # Errors
/// As [`families`].
pub fn outstanding(r: &Reader<'_>) -> Result<u64> {
    of(r, "outstanding")
}

/// How many entries of files no finished handover to anybody holds: those that are only on this laptop, as far as this vault
/// knows. A handover that was frozen and not written takes nothing off, and one to a second recipient nothing more.
///
/// # Errors
/// As [`families`].
pub fn waiting(r: &Reader<'_>) -> Result<u64> {
    of(r, "waiting")
}
