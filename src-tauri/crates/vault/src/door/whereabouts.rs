//! Where the open database lies, and whether it still lies there.
//!
//! A program that keeps folders the same elsewhere can move the open file aside and put another in its place. What is
//! saved then goes into the file that was moved, and the next opening finds the other one. So nothing is called saved
//! before the file under the vault's name was seen to be the open one.
//!
//! The file is only ever asked about. To open and close it would drop the locks that SQLite holds on it in this
//! process. Windows does not let an open database be moved; there it is only asked whether it is there.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::{Error, Result, files};

/// What a file is, whatever its name: device and number.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(file: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

/// The open database, and where it was opened.
#[derive(Debug)]
pub(crate) struct Whereabouts {
    dir: PathBuf,
    identity: Identity,
}

impl Whereabouts {
    /// Notes where the database lies that was just opened.
    pub(crate) fn of(dir: &Path) -> Result<Self> {
        let identity = identity(&fs::metadata(dir.join(files::DB))?);
        Ok(Self { dir: dir.to_owned(), identity })
    }

    /// Whether the file under the vault's name is the open one.
    ///
    /// # Errors
    /// [`Error::Moved`] where it is not, with where the open one lies now, if it was found.
    pub(crate) fn check(&self) -> Result<()> {
        if self.is(&self.dir.join(files::DB)) {
            return Ok(());
        }
        Err(Error::Moved { to: self.found() })
    }

    fn is(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|file| file.is_file() && identity(&file) == self.identity)
    }

    /// Looks for the open file in its folder, and where that was renamed, beside it.
    fn found(&self) -> Option<PathBuf> {
        let within = |dir: &Path| {
            let entries = fs::read_dir(dir).ok()?.flatten();
            entries.map(|entry| entry.path()).find(|path| self.is(path))
        };
        within(&self.dir).or_else(|| {
            let beside = fs::read_dir(self.dir.parent()?).ok()?.flatten();
            beside.map(|entry| entry.path().join(files::DB)).find(|path| self.is(path))
        })
    }
}

/// Other databases in a vault's folder, by name: where a program that keeps folders the same put one aside.
#[must_use]
pub fn other_databases(dir: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else { return vec![] };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != files::DB && is_database(name))
        .collect();
    names.sort();
    names
}

/// `vault (conflicted copy).db`, `vault-LAPTOP.db`, `vault.sync-conflict-20261129.db`.
fn is_database(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with("vault") && Path::new(&lower).extension().is_some_and(|kind| kind == "db")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn copies_that_a_sync_program_put_aside_are_named_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "vault.db",
            "vault (conflicted copy).db",
            "Vault-LAPTOP.DB",
            "vault.db-wal",
            "vault.keys",
            "notes.db",
        ] {
            fs::write(dir.path().join(name), b"x").unwrap();
        }
        assert_eq!(other_databases(dir.path()), ["Vault-LAPTOP.DB", "vault (conflicted copy).db"]);
    }
}
