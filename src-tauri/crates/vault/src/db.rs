//! The connection: SQLCipher's raw key before anything else, then what durability asks for.
//!
//! *Not a database* is what SQLCipher says to a wrong key. By the time this is called the data key has been
//! unwrapped and authenticated, so here it is damage. Nothing in this crate deletes, renames or recreates
//! the file on that error.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::bytes::hex;
use crate::door::keys::DataKey;
use crate::{Error, Result};

/// Prepared statements kept at hand.
const STATEMENTS: usize = 128;
/// How long a statement waits for another connection: a program that looks at the vault from outside.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How the file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// For use.
    ReadWrite,
    /// Made if it is not there.
    Create,
    /// For looking at a backup: nothing is written, not even beside it.
    ReadOnly,
}

/// SQLCipher makes its cipher ready behind SQLite's own beginning, outside the lock that guards it: a second thread
/// that opens meanwhile finds SQLite begun and the cipher missing, and its first database looks damaged. So one
/// thread opens before all others.
static READY: Once = Once::new();

fn make_ready() {
    // One that fails is told by whoever opens next.
    READY.call_once(|| drop(Connection::open_in_memory()));
}

/// Opens and keys the database. SQLite's `vfs` may be named for tests of power cuts.
pub(crate) fn open(path: &Path, key: &DataKey, mode: Mode, vfs: Option<&str>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
        | match mode {
            Mode::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
    make_ready();
    let db = match vfs {
        Some(name) => Connection::open_with_flags_and_vfs(path, flags, name)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    // Until the key fits: on closing, SQLite would write the log back into what may be damaged, and remove it.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // Silent before the key: on a wrong one SQLCipher would print to standard error.
    quiet(&db, "PRAGMA cipher_log_level = NONE")?;
    let raw = Zeroizing::new(hex(key.database()?.as_ref()));
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", raw.as_str()));
    quiet(&db, &pragma)?;
    // The first read decides whether key and file belong together.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    for pragma in [
        // Pages are deciphered and authenticated whenever they are read anew: SQLite's own 2 MB hold those of fifty
        // files of a small vault, and not those of a large one.
        "PRAGMA cache_size = -16384",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA foreign_keys = ON",
        "PRAGMA recursive_triggers = ON",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA cell_size_check = ON",
    ] {
        quiet(&db, pragma)?;
    }
    if mode != Mode::ReadOnly {
        let journal: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if journal != "wal" {
            return Err(Error::ReadOnly);
        }
        for pragma in [
            "PRAGMA synchronous = FULL",
            "PRAGMA fullfsync = ON",
            "PRAGMA checkpoint_fullfsync = ON",
            "PRAGMA secure_delete = ON",
        ] {
            quiet(&db, pragma)?;
        }
    }
    // A plan serves whatever is asked with it: otherwise a statement with a bound in it is compiled anew each time.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

/// Runs a statement and drops whatever it answers; some pragmas answer and some do not.
pub(crate) fn quiet(db: &Connection, sql: &str) -> Result<()> {
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// A sequence or count for SQL. What does not fit cannot be stored and finds nothing.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A stored count. Constraints keep it from being negative.
pub(crate) fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

/// A stored id.
pub(crate) fn id<T: std::str::FromStr>(text: &str, what: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::Stored { what })
}

/// A stored hash.
pub(crate) fn hash(bytes: &[u8]) -> Result<sharewell_records::Sha256> {
    bytes.try_into().map(sharewell_records::Sha256).map_err(|_| Error::Stored { what: "hash" })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::process::Command;
    use std::sync::Barrier;

    use super::*;

    /// Says to the child process that it is one.
    const FIRST: &str = "SHAREWELL_FIRST_OF_ALL";
    /// Processes, each of which begins once.
    const BEGINNINGS: usize = 60;
    const THREADS: usize = 8;

    #[test]
    fn threads_that_open_the_first_databases_of_a_program_at_once_find_the_cipher_ready() {
        for beginning in 0..BEGINNINGS {
            let run = Command::new(std::env::current_exe().unwrap())
                .args(["db::tests::child_that_begins", "--exact", "--nocapture", "--test-threads=1"])
                .env(FIRST, "1")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&run.stderr);
            assert!(run.status.success(), "beginning {beginning}: {said}");
        }
    }

    /// Runs only when started by the test above: nothing has touched the store in this process yet.
    #[test]
    fn child_that_begins() {
        if std::env::var_os(FIRST).is_none() {
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let keys: Vec<_> = (0..THREADS).map(|_| DataKey::generate().unwrap()).collect();
        let together = Barrier::new(THREADS);
        std::thread::scope(|scope| {
            for (n, key) in keys.iter().enumerate() {
                let path = dir.path().join(n.to_string());
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    let db = open(&path, key, Mode::Create, None).unwrap();
                    quiet(&db, "CREATE TABLE a (b)").unwrap();
                    db.close().unwrap();
                    let begins = std::fs::read(&path).unwrap();
                    assert!(!begins.starts_with(b"SQLite format 3"), "nothing is written in the clear");
                });
            }
        });
    }
}
