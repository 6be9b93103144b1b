//! Does every table follow from the ledger? They are built once more beside the stored ones and compared.
//!
//! The copies are temporary tables of the same names: SQLite finds those first, so the same dispatcher that
//! writes the stored tables writes them. They stand in memory and never in a file, since the connection keeps
//! all that is temporary there, and a connection that may only read can have them. One pass over the ledger
//! fills them all.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use crate::tables::{Projection, project};
use crate::{Result, Work, search};

/// The projections that are not what the ledger says. Runs inside a transaction that whoever calls takes back;
/// the copies go with it.
pub(crate) fn differing(db: &Connection, work: &Work) -> Result<Vec<Projection>> {
    let mut stored = Vec::new();
    for projection in Projection::ALL {
        stored.push((projection, project::digest(db, projection)?));
        work.go_on()?;
    }
    // The table of counts belongs to several projections, and is made once.
    let tables: BTreeSet<&str> = Projection::ALL.into_iter().flat_map(Projection::tables).collect();
    for table in tables {
        copy(db, table)?;
    }
    // Counts follow from the copies, as the stored ones follow from the stored tables.
    db.execute_batch("INSERT INTO temp.tallies (what, count) SELECT what, 0 FROM main.tallies")?;
    project::fold_all(db, work)?;
    let mut differing = Vec::new();
    for (projection, before) in stored {
        if project::digest(db, projection)? != before {
            differing.push(projection);
        }
        work.go_on()?;
    }
    Ok(differing)
}

/// Makes an empty temporary table as the stored one of that name is, with its indexes and triggers.
fn copy(db: &Connection, table: &str) -> Result<()> {
    if table == search::TABLE {
        return Ok(db.execute_batch(&search::MAKE.replacen(" search ", " temp.search ", 1))?);
    }
    let sql = "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?1";
    let Some(made) = db.query_row(sql, [table], |row| row.get::<_, String>(0)).optional()? else {
        return Ok(());
    };
    // A temporary table cannot point at one that is stored. What the stored ones point at was checked before.
    let made = made.replacen("CREATE TABLE ", "CREATE TEMP TABLE ", 1).replace(" REFERENCES entries", "");
    db.execute_batch(&made)?;
    let sql = "SELECT sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL";
    let mut statement = db.prepare(sql)?;
    let indexes =
        statement.query_map([table], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    for index in indexes {
        db.execute_batch(&index.replacen("CREATE INDEX ", "CREATE INDEX temp.", 1))?;
    }
    let sql = "SELECT sql FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1";
    let mut statement = db.prepare(sql)?;
    let triggers =
        statement.query_map([table], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    for trigger in triggers {
        db.execute_batch(&trigger.replacen("CREATE TRIGGER ", "CREATE TEMP TRIGGER ", 1))?;
    }
    Ok(())
}
