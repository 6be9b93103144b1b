//! Files of the vault's folder: their names, and how a small one is replaced so that a power cut leaves
//! the old or the new, never a torn one.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use crate::{Error, Part, Result};

/// The database.
pub const DB: &str = "vault.db";
/// SQLite's write-ahead log beside the database.
pub const WAL: &str = "vault.db-wal";
/// The key slots.
pub const KEYS: &str = "vault.keys";
/// The head of the chain.
pub const HEAD: &str = "vault.head";
/// Courtesies without case data.
pub const LOCAL: &str = "vault.local";
/// The file that carries the operating system's lock.
pub const LOCK: &str = "vault.lock";
/// The folder of backups.
pub const BACKUPS: &str = "backups";

/// A database is at least one page; less was never a vault. SQLite takes an empty file for a new database, and would
/// write into it and throw its log away.
const PAGE: u64 = 4096;

/// Whether a folder holds the parts of a vault, each large enough to be one. Nothing is opened, so nothing is written.
///
/// # Errors
/// [`Error::NoVault`], [`Error::KeysMissing`], [`Error::DatabaseMissing`]; [`Error::Damaged`] where the database is
/// too small to be one.
pub(crate) fn must_be_whole(dir: &Path) -> Result<()> {
    match (dir.join(KEYS).exists(), fs::metadata(dir.join(DB))) {
        (false, Err(_)) => Err(Error::NoVault),
        (false, Ok(_)) => Err(Error::KeysMissing),
        (true, Err(error)) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::DatabaseMissing),
        (true, Err(error)) => Err(error.into()),
        (true, Ok(database)) if database.len() < PAGE => Err(Error::Damaged { part: Part::Database }),
        (true, Ok(_)) => Ok(()),
    }
}

/// Reads a file that must be small.
///
/// # Errors
/// [`Error::TooLarge`] beyond `limit` bytes; [`Error::Io`] where it cannot be read.
pub fn read_small(path: &Path, limit: u64, what: &'static str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { what });
    }
    Ok(bytes)
}

/// Replaces a file as a whole: written beside it, synced, renamed, and the folder synced. What a kill leaves beside
/// it is overwritten by the next time.
///
/// # Errors
/// [`Error::DiskFull`], [`Error::ReadOnly`] or [`Error::Io`]; the old file is then untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let dir = path.parent().ok_or(Error::Io(std::io::ErrorKind::InvalidInput))?;
    let name = path.file_name().ok_or(Error::Io(std::io::ErrorKind::InvalidInput))?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut beside = tempfile::Builder::new()
        .prefix(name)
        .rand_bytes(0)
        .suffix(".new")
        .make_in(dir, |beside| options.open(beside))?;
    beside.as_file_mut().write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|failed| failed.error)?;
    sync_dir(dir)
}

/// Makes names in a folder durable. Windows has no such call and does not need one.
///
/// # Errors
/// [`Error::Io`] where the folder cannot be synced.
pub fn sync_dir(dir: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

/// Makes a folder that only its owner may enter.
///
/// # Errors
/// [`Error::ReadOnly`] or [`Error::Io`].
pub fn private_dir(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Copies a file and syncs the copy.
///
/// # Errors
/// [`Error::DiskFull`], [`Error::ReadOnly`] or [`Error::Io`].
pub fn copy_synced(from: &Path, to: &Path) -> Result<()> {
    let mut target = OpenOptions::new().write(true).create_new(true).open(to)?;
    std::io::copy(&mut File::open(from)?, &mut target)?;
    target.sync_all()?;
    Ok(())
}

/// The folder in which a vault is made before it is moved into place.
pub(crate) const STAGING: &str = "creating";

/// Whether a creation or a restore was cut off between the two moves into place: the database is there and
/// its keys still stand in the staging folder. Nobody was told of such a vault.
pub(crate) fn interrupted(dir: &Path) -> bool {
    let staging = dir.join(STAGING);
    !dir.join(KEYS).exists() && staging.join(KEYS).exists() && !staging.join(DB).exists()
}
