//! Opening the file: the key before anything else, then what durability asks for.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use data_encoding::HEXLOWER;
use ring::rand::{SecureRandom as _, SystemRandom};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::{Error, Result};

/// The version of the tables.
const VERSION: i64 = 1;
const MAKE: &str = include_str!("../../../sql/embedded/001-intake.sql");
/// How long one intake waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(60);

/// SQLCipher makes its cipher ready outside the lock that guards SQLite's beginning; so one thread opens first.
static READY: Once = Once::new();

pub(super) fn open(store: &Path, key_file: &Path) -> Result<Connection> {
    READY.call_once(|| drop(Connection::open_in_memory()));
    // An empty file is what is left of one that was never made.
    let is_there = fs::metadata(store).is_ok_and(|found| found.len() > 0);
    let key = match (is_there, fs::metadata(key_file).is_ok()) {
        (_, true) => read_key(key_file)?,
        (true, false) => return Err(Error::StoreKeyMissing),
        (false, false) => make_key(key_file)?,
    };
    let flags =
        OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut db = Connection::open_with_flags(store, flags)?;
    // Until the key fits: on closing, SQLite would write its log back into what may be damaged.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.busy_timeout(PATIENCE)?;
    // Silent before the key: on a wrong one SQLCipher would print to standard error.
    quiet(&db, "PRAGMA cipher_log_level = NONE")?;
    quiet(&db, &Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", key.as_str())))?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    for pragma in [
        "PRAGMA temp_store = MEMORY",
        "PRAGMA foreign_keys = ON",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA cell_size_check = ON",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA fullfsync = ON",
        "PRAGMA checkpoint_fullfsync = ON",
        // What the agency disposed of is gone from the file.
        "PRAGMA secure_delete = ON",
    ] {
        quiet(&db, pragma)?;
    }
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    make(&mut db)?;
    Ok(db)
}

fn make(db: &mut Connection) -> Result<()> {
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    match tx.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))? {
        0 => {
            tx.execute_batch(MAKE)?;
            tx.pragma_update(None, "user_version", VERSION)?;
        }
        VERSION => {}
        _ => return Err(Error::NewerStore),
    }
    tx.commit()?;
    Ok(())
}

fn quiet(db: &Connection, sql: &str) -> Result<()> {
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

fn read_key(path: &Path) -> Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    let opened = File::open(path).map_err(Error::file(path))?;
    opened.take(1024).read_to_string(&mut text).map_err(Error::file(path))?;
    let text = Zeroizing::new(text.trim().to_ascii_lowercase());
    let whole = HEXLOWER.decode(text.as_bytes()).map(Zeroizing::new).is_ok_and(|key| key.len() == 32);
    if whole { Ok(text) } else { Err(Error::NotAStoreKey) }
}

/// Makes a key and has it on the disk before anything is written under it.
fn make_key(path: &Path) -> Result<Zeroizing<String>> {
    let mut key = Zeroizing::new([0; 32]);
    SystemRandom::new()
        .fill(key.as_mut())
        .map_err(|_| Error::File { path: path.to_owned(), kind: std::io::ErrorKind::Other })?;
    let text = Zeroizing::new(HEXLOWER.encode(key.as_ref()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Whole or not at all: half a key would lock what comes after out of its own store.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::file(path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(Error::file(path))?;
    file.as_file().sync_all().map_err(Error::file(path))?;
    match file.persist_noclobber(path) {
        Ok(_) => {}
        // Another intake that begins at the same time made it.
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => return read_key(path),
        Err(error) => return Err(Error::file(path)(error.error)),
    }
    #[cfg(unix)]
    File::open(folder).and_then(|dir| dir.sync_all()).map_err(Error::file(path))?;
    Ok(text)
}
