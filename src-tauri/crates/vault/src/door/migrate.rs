//! From one version of the schema to the next.
//!
//! A released migration never changes. All that are missing run in one transaction together with the
//! version, and the caller makes a backup before the first of them.

use rusqlite::{Connection, TransactionBehavior};

use crate::{Error, Result};

/// Every migration in order; the place in this list, from 1, is the version.
pub(crate) const ALL: &[&str] = &[
    include_str!("../../migrations/001_start.sql"),
    include_str!("../../migrations/002_installed_packs.sql"),
    include_str!("../../migrations/003_countersignatures.sql"),
    include_str!("../../migrations/004_restricted_files.sql"),
    include_str!("../../migrations/005_known_kinds.sql"),
    include_str!("../../migrations/006_lists.sql"),
    include_str!("../../migrations/007_kept.sql"),
    include_str!("../../migrations/008_doubts.sql"),
    include_str!("../../migrations/009_what_was_handed_over.sql"),
    include_str!("../../migrations/010_protected.sql"),
    include_str!("../../migrations/011_contacts.sql"),
    include_str!("../../migrations/012_duties.sql"),
    include_str!("../../migrations/013_files_without_a_child.sql"),
    include_str!("../../migrations/014_urgency.sql"),
    include_str!("../../migrations/015_calls.sql"),
    include_str!("../../migrations/016_attachments.sql"),
    include_str!("../../migrations/017_consents.sql"),
    include_str!("../../migrations/018_shares.sql"),
    include_str!("../../migrations/019_pages_of_papers.sql"),
    include_str!("../../migrations/020_joins.sql"),
    include_str!("../../migrations/021_sharing_log.sql"),
    include_str!("../../migrations/022_slips.sql"),
    include_str!("../../migrations/023_profiles.sql"),
    include_str!("../../migrations/024_statements.sql"),
    include_str!("../../migrations/025_receipts.sql"),
    include_str!("../../migrations/028_rehearsals.sql"),
    include_str!("../../migrations/029_received_corrected.sql"),
];

/// The newest version that this program knows.
pub(crate) fn known(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// The version of a database.
pub(crate) fn version(db: &Connection) -> Result<u32> {
    let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    u32::try_from(version).map_err(|_| Error::Stored { what: "schema version" })
}

/// Brings a database to the newest version. `before` runs first where a used database is about to change.
pub(crate) fn run(
    db: &mut Connection,
    migrations: &[&str],
    before: impl FnOnce(&Connection) -> Result<()>,
) -> Result<()> {
    let (found, known) = (version(db)?, known(migrations));
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        before(db)?;
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    for migration in migrations.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        tx.execute_batch(migration)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_is_all_or_nothing_and_a_backup_comes_first() {
        let mut db = Connection::open_in_memory().unwrap();
        let first = "CREATE TABLE a (x) STRICT_IS_NOT_ASKED_HERE";
        assert!(run(&mut db, &[first], |_| Ok(())).is_err(), "a broken migration fails");
        assert_eq!(version(&db).unwrap(), 0);

        let one = "CREATE TABLE a (x INTEGER) STRICT";
        run(&mut db, &[one], |_| panic!("nothing to back up yet")).unwrap();
        let mut backed_up = false;
        let broken = "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)";
        let failed = run(&mut db, &[one, broken], |_| {
            backed_up = true;
            Ok(())
        });
        assert!(failed.is_err() && backed_up, "the backup is made before the first change");
        assert_eq!(version(&db).unwrap(), 1, "version and tables move together");
        let tables: i64 =
            db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'b'", [], |r| r.get(0)).unwrap();
        assert_eq!(tables, 0, "nothing of a failed migration stays");

        let refused = run(&mut db, &[one, "CREATE TABLE b (x INTEGER) STRICT"], |_| Err(Error::DiskFull));
        assert!(matches!(refused, Err(Error::DiskFull)), "no backup, no migration");
        assert_eq!(version(&db).unwrap(), 1);
    }

    #[test]
    fn what_the_program_noted_moves_out_of_the_drafts_and_nothing_is_lost() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db, &ALL[..6], |_| Ok(())).unwrap();
        let kinds = ["state", "countersign", "handover_file", "note", "decision", "written by a later one"];
        for (saved, kind) in (0_i64..).zip(kinds) {
            let row = rusqlite::params![format!("{kind}:1"), kind, format!("body of {kind}"), saved];
            let sql = "INSERT INTO drafts (key, kind, body, updated, saved) VALUES (?1, ?2, ?3, 'then', ?4)";
            db.execute(sql, row).unwrap();
        }
        run(&mut db, ALL, |_| Ok(())).unwrap();
        let all = |table: &str| {
            let mut rows =
                db.prepare(&format!("SELECT key, body, updated, saved FROM {table} ORDER BY saved")).unwrap();
            let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<(String, String, String, i64)> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            };
            rows.query_map([], row).unwrap().collect::<rusqlite::Result<Vec<_>>>().unwrap()
        };
        let as_it_was = |from: usize, to: usize| {
            let one = |(saved, kind): (i64, &str)| {
                (format!("{kind}:1"), format!("body of {kind}"), "then".to_owned(), saved)
            };
            (0_i64..).zip(kinds).map(one).collect::<Vec<_>>()[from..to].to_vec()
        };
        assert_eq!(all("kept"), as_it_was(0, 3));
        assert_eq!(all("drafts"), as_it_was(3, 6), "what is typed and what is not known stay where they are");
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        db.pragma_update(None, "user_version", known(ALL) + 1).unwrap();
        assert!(matches!(run(&mut db, ALL, |_| Ok(())), Err(Error::TooNew { .. })));
    }
}
