//! The private copy of a vault's files that a look opens.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::door::lockfile::Lock;
use crate::{Result, files};

/// How the private folders begin, by which those that were left behind are found.
const PREFIX: &str = "sharewell-look-";
const COPIED: [&str; 5] = [files::DB, files::WAL, files::KEYS, files::HEAD, files::LOCAL];

/// A copy of a vault's files in a private folder, which goes with this value.
#[derive(Debug)]
pub(crate) struct Copied {
    /// Held from before the first file is there, so that what a kill leaves is known as nobody's. Goes before the
    /// folder does.
    lock: Option<Lock>,
    folder: TempDir,
}

impl Copied {
    /// Copies what a vault consists of. Nothing is written where it lies.
    pub(crate) fn of(dir: &Path) -> Result<Self> {
        let copy = Self::empty()?;
        for name in COPIED {
            let from = dir.join(name);
            if from.exists() {
                fs::copy(&from, copy.dir().join(name))?;
            }
        }
        Ok(copy)
    }

    /// A private folder into which whoever calls copies, as where the database is open and is not to be read as a file.
    pub(crate) fn empty() -> Result<Self> {
        forget_looks();
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        files::private_dir(folder.path())?;
        let lock = Some(Lock::take(folder.path())?);
        Ok(Self { lock, folder })
    }

    /// Gives its lock to whoever opens the copy as a vault.
    pub(crate) fn give_lock(&mut self) -> Result<Lock> {
        self.lock.take().map_or_else(|| Lock::take(self.dir()), Ok)
    }

    /// The private folder.
    pub(crate) fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// What a kill makes of it: the lock is let go of, and nothing is removed.
    #[cfg(test)]
    pub(crate) fn killed(mut self) -> Option<Lock> {
        let lock = self.lock.take();
        std::mem::forget(self);
        lock
    }

    /// The copy of the database.
    pub(crate) fn database(&self) -> PathBuf {
        self.dir().join(files::DB)
    }
}

/// Removes the copies that looks of before left behind: those that no process holds any more. What cannot be
/// removed now goes another time.
pub fn forget_looks() {
    let Ok(found) = fs::read_dir(std::env::temp_dir()) else { return };
    for entry in found.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && File::open(entry.path().join(files::LOCK)).is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_is_held_stays_and_one_that_a_kill_left_goes_with_the_next_look() {
        let vault = tempfile::tempdir().unwrap();
        fs::write(vault.path().join(files::DB), b"encrypted").unwrap();
        let held = Copied::of(vault.path()).unwrap();
        let dir = held.dir().to_owned();
        forget_looks();
        assert!(dir.join(files::DB).exists(), "somebody looks");
        drop(held.killed());
        forget_looks();
        assert!(!dir.exists());
    }
}
