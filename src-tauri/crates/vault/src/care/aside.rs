//! Setting a damaged vault aside, so that a backup can take its place in the same folder.
//!
//! Its files move as they are into `damaged-<when>/` beside the backups; nothing of them is deleted, read or
//! repaired here. What was moved can be put back as a whole, which is what happens where the restore that
//! asked for it fails. The caller holds the folder's lock.

use std::fs;
use std::path::{Path, PathBuf};

use sharewell_records::Moment;

use crate::{Result, files};

/// The files of a vault, the key slots last: while they are there, the folder still counts as a vault.
/// `vault.local` stays, since it holds no case data and the lock screen reads its numbers.
const FILES: [&str; 5] = ["vault.db-wal", "vault.db-shm", files::HEAD, files::DB, files::KEYS];

/// A vault that was set aside.
#[derive(Debug)]
pub(crate) struct Aside {
    dir: PathBuf,
    to: PathBuf,
    moved: Vec<&'static str>,
}

impl Aside {
    /// Moves the vault's files into a folder of their own. Where one cannot be moved, the others go back.
    pub(crate) fn take(dir: &Path, now: Moment) -> Result<Self> {
        let mut aside = Self { dir: dir.to_path_buf(), to: free_name(dir, now), moved: Vec::new() };
        let there: Vec<_> = FILES.into_iter().filter(|name| dir.join(name).exists()).collect();
        if there.is_empty() {
            return Ok(aside);
        }
        files::private_dir(&aside.to)?;
        let moved = there.into_iter().try_for_each(|name| {
            files::rename(&dir.join(name), &aside.to.join(name))?;
            aside.moved.push(name);
            Ok(())
        });
        match moved.and_then(|()| files::sync_dir(&aside.to)) {
            Ok(()) => Ok(aside),
            Err(error) => {
                aside.back()?;
                Err(error)
            }
        }
    }

    /// Puts everything back. What was placed in the meantime goes: it is a copy of a backup.
    pub(crate) fn put_back(self) -> Result<()> {
        for name in FILES {
            if !self.moved.contains(&name) && self.dir.join(name).exists() {
                fs::remove_file(self.dir.join(name))?;
            }
        }
        self.back()
    }

    fn back(&self) -> Result<()> {
        if self.moved.is_empty() && !self.to.exists() {
            return Ok(());
        }
        for name in &self.moved {
            files::rename(&self.to.join(name), &self.dir.join(name))?;
        }
        // Only an empty folder goes; anything else in it would be somebody's.
        let _ = fs::remove_dir(&self.to);
        files::sync_dir(&self.dir)
    }
}

fn free_name(dir: &Path, now: Moment) -> PathBuf {
    let stamp = format!("{}{}", files::DAMAGED, now.0.to_utc().format("%Y-%m-%dT%H-%M-%SZ"));
    let mut path = dir.join(&stamp);
    let mut more = 1;
    while path.exists() {
        more += 1;
        path = dir.join(format!("{stamp}-{more}"));
    }
    path
}
