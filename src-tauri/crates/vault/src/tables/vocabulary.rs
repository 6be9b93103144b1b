//! Which kinds of entry, and which forms of them, the tables were made under.
//!
//! What a newer version wrote stands in the ledger and in no table. The program that knows it makes the tables
//! anew, once, and only where there is such an entry: most vaults never hold one. A program that knows less than
//! the one before does the same, so that its tables are always what its own fold gives.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use sharewell_records::{KINDS, known_version};

use crate::Result;

/// The form in which every kind was first written.
const FIRST: u32 = 1;

/// Kinds with the newest version that is known of each.
type Known = BTreeMap<String, u32>;

/// Forgets how far the tables were built where this program reads entries otherwise than the one that built them.
/// They are then built anew, and that can be cut off and goes on.
pub(crate) fn follow(db: &mut Connection) -> Result<()> {
    let ours: Known =
        KINDS.iter().filter_map(|(kind, _)| Some(((*kind).to_owned(), known_version(kind)?))).collect();
    let theirs = stored(db)?;
    if theirs == ours {
        return Ok(());
    }
    let tx = db.transaction()?;
    if reads_otherwise(&tx, &theirs, &ours)? {
        tx.execute("DELETE FROM projections", [])?;
    }
    tx.execute("DELETE FROM known_kinds", [])?;
    for (kind, version) in &ours {
        tx.prepare_cached("INSERT INTO known_kinds (kind, version) VALUES (?1, ?2)")?
            .execute(params![kind, version])?;
    }
    tx.commit()?;
    Ok(())
}

fn stored(db: &Connection) -> Result<Known> {
    let mut statement = db.prepare("SELECT kind, version FROM known_kinds")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether there is an entry that one of the two programs reads and the other does not.
fn reads_otherwise(db: &Connection, theirs: &Known, ours: &Known) -> Result<bool> {
    let mut statement = db.prepare("SELECT DISTINCT kind, version FROM entries")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, version): (String, u32) = (row.get(0)?, row.get(1)?);
        let reads = |known: &Known| known.get(&kind).is_some_and(|newest| version <= *newest);
        // A vault in which nothing is noted yet was written by a program that knew the first form of each.
        let read =
            if theirs.is_empty() { version <= FIRST && ours.contains_key(&kind) } else { reads(theirs) };
        if read != reads(ours) {
            return Ok(true);
        }
    }
    Ok(false)
}
