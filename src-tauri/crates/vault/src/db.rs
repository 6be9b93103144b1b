//! The connection: SQLCipher's raw key before anything else, then what durability asks for.
//!
//! *Not a database* is what SQLCipher says to a wrong key. By the time this is called the data key has been
//! unwrapped and authenticated, so here it is damage. Nothing in this crate deletes, renames or recreates
//! the file on that error.

use std::path::Path;
use std::time::Duration;

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

/// Opens and keys the database. SQLite's `vfs` may be named for tests of power cuts.
pub(crate) fn open(path: &Path, key: &DataKey, mode: Mode, vfs: Option<&str>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
        | match mode {
            Mode::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
    let db = match vfs {
        Some(name) => Connection::open_with_flags_and_vfs(path, flags, name)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    // Silent before the key: on a wrong one SQLCipher would print to standard error.
    quiet(&db, "PRAGMA cipher_log_level = NONE")?;
    let raw = Zeroizing::new(hex(key.database()?.as_ref()));
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", raw.as_str()));
    quiet(&db, &pragma)?;
    // The first read decides whether key and file belong together.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    for pragma in [
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
