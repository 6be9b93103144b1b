//! The private copy of a vault's files that a look opens.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Result, files};

/// How the private folders begin, by which those that were left behind are found.
const PREFIX: &str = "sharewell-look-";
const COPIED: [&str; 5] = [files::DB, files::WAL, files::KEYS, files::HEAD, files::LOCAL];

/// A copy of a vault's files in a private folder, which goes with this value.
#[derive(Debug)]
pub(crate) struct Copied(TempDir);

impl Copied {
    /// Copies what a vault consists of. Nothing is written where it lies.
    pub(crate) fn of(dir: &Path) -> Result<Self> {
        forget_looks();
        let copy = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        files::private_dir(copy.path())?;
        for name in COPIED {
            let from = dir.join(name);
            if from.exists() {
                fs::copy(&from, copy.path().join(name))?;
            }
        }
        Ok(Self(copy))
    }

    /// The private folder.
    pub(crate) fn dir(&self) -> &Path {
        self.0.path()
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
