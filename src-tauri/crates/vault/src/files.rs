//! Files of the vault's folder: their names, and how a small one is replaced so that a power cut leaves
//! the old or the new, never a torn one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::Duration;

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
/// Room that is kept while a paper comes in: noise, there for minutes.
pub(crate) const ROOM: &str = "vault.room";
/// How the folders begin in which a damaged vault is set aside.
pub(crate) const DAMAGED: &str = "damaged-";
/// What says that the vault was ended, and what is still to be removed.
pub(crate) const ENDING: &str = "vault.ending";
/// The folder of backups.
pub const BACKUPS: &str = "backups";

/// A database is at least one page; less was never a vault. SQLite takes an empty file for a new database, and would
/// write into it and throw its log away.
pub(crate) const PAGE: u64 = 4096;

/// Whether a folder holds the parts of a vault, each large enough to be one. Nothing is opened, so nothing is written.
///
/// # Errors
/// [`Error::NoVault`], [`Error::KeysMissing`], [`Error::DatabaseMissing`], [`Error::NotAFile`]; [`Error::Damaged`] where
/// the database is too small to be one.
pub(crate) fn must_be_whole(dir: &Path) -> Result<()> {
    match (dir.join(KEYS).exists(), fs::metadata(dir.join(DB))) {
        (false, Err(_)) => Err(Error::NoVault),
        (false, Ok(_)) => Err(Error::KeysMissing),
        (true, Err(error)) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::DatabaseMissing),
        (true, Err(error)) => Err(error.into()),
        (true, Ok(database)) if database.is_dir() => Err(Error::NotAFile { part: Part::Database }),
        (true, Ok(database)) if database.len() < PAGE => Err(Error::Damaged { part: Part::Database }),
        (true, Ok(_)) => match [(HEAD, Part::Head), (KEYS, Part::Keys)]
            .into_iter()
            .find(|(name, _)| dir.join(name).is_dir())
        {
            Some((_, part)) => Err(Error::NotAFile { part }),
            None => Ok(()),
        },
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
    let mut beside = Some(beside);
    patiently(|| match beside.take() {
        Some(file) => file.persist(path).map(drop).map_err(|failed| {
            beside = Some(failed.file);
            failed.error
        }),
        None => Ok(()),
    })?;
    sync_dir(dir)
}

/// How often, and how long each time, what another program holds is tried again: a little over a second in all.
const TRIES: u32 = 8;
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// Does something to a file that another program may hold for a moment: on Windows a virus scanner or a program that
/// keeps folders the same opens what was just written, and a rename is refused until it lets go.
///
/// # Errors
/// Whatever `act` says at last.
pub fn patiently<T>(act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    patiently_with(act, is_held, std::thread::sleep)
}

fn patiently_with<T>(
    mut act: impl FnMut() -> io::Result<T>,
    held: impl Fn(&io::Error) -> bool,
    mut pause: impl FnMut(Duration),
) -> io::Result<T> {
    let mut wait = FIRST_PAUSE;
    for _ in 1..TRIES {
        match act() {
            Err(error) if held(&error) => pause(wait),
            done => return done,
        }
        wait *= 2;
    }
    act()
}

/// Whether another program holds a file, by the numbers that Windows gives for it: access denied, sharing violation,
/// lock violation. Elsewhere nobody's reading keeps a file from being renamed, and a refusal is one.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// Renames a file or folder, patiently.
///
/// # Errors
/// [`Error::Io`] and the like.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    Ok(patiently(|| fs::rename(from, to))?)
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn held() -> io::Error {
        io::Error::from_raw_os_error(32)
    }

    #[test]
    fn a_file_that_another_program_holds_for_a_moment_is_tried_again() {
        let (mut tries, mut waited) = (0, Duration::ZERO);
        let done = patiently_with(
            || {
                tries += 1;
                if tries < 5 { Err(held()) } else { Ok(tries) }
            },
            |error| error.raw_os_error() == Some(32),
            |pause| waited += pause,
        );
        assert_eq!((done.unwrap(), waited), (5, Duration::from_millis(150)));
    }

    #[test]
    fn a_file_that_is_never_let_go_is_an_error_after_a_second_or_two_and_no_other_error_waits() {
        let (mut tries, mut waited) = (0, Duration::ZERO);
        let done: io::Result<()> = patiently_with(
            || {
                tries += 1;
                Err(held())
            },
            |_| true,
            |pause| waited += pause,
        );
        assert_eq!(done.unwrap_err().raw_os_error(), Some(32));
        assert_eq!(tries, TRIES);
        assert!((1000..2500).contains(&waited.as_millis()), "{waited:?}");
        let full = || -> io::Result<()> { Err(io::ErrorKind::StorageFull.into()) };
        let done = patiently_with(full, |error| error.raw_os_error() == Some(32), |_| unreachable!());
        assert_eq!(done.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
