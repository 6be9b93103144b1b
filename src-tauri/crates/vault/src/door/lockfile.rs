//! One process a vault, guaranteed by the operating system.
//!
//! The lock stands on a file of its own, since SQLite locks byte ranges of the database itself. It ends
//! with the process, however that ends, so there is never a stale lock to clear.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::{Error, Result, files};

/// The lock, held while the value lives.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// Takes the lock, or says at once that another process has it.
    ///
    /// # Errors
    /// [`Error::InUse`]; [`Error::ReadOnly`] or [`Error::Io`] where the file cannot be made.
    pub fn take(dir: &Path) -> Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(dir.join(files::LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(Error::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Keeps other processes out while it is held, and makes no file: where there is none, no process was ever here.
    ///
    /// # Errors
    /// [`Error::InUse`].
    pub fn watch(dir: &Path) -> Result<Option<Self>> {
        let Ok(file) = File::open(dir.join(files::LOCK)) else { return Ok(None) };
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Err(Error::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The operating system lets go when the file closes, whatever this says.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_told_that_the_vault_is_in_use() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::take(dir.path()).unwrap();
        assert!(matches!(Lock::take(dir.path()), Err(Error::InUse)), "one process a vault");
        drop(first);
        assert!(Lock::take(dir.path()).is_ok(), "a lock ends with its holder");
    }
}
