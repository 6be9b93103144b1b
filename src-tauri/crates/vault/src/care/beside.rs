//! A second look at the open vault, for long work: a connection of its own, for reading alone.
//!
//! SQLite's write-ahead log lets one connection read what stood there when it began while another writes, so
//! that a check, a backup or a handover holds up neither a save nor a lock. What a check compares with, the
//! head and the key slots as they stood then, is taken along: both move on with the next save.
//!
//! Where the vault closes first, what is read here stays readable until this is dropped; whoever closes stops
//! the work and waits for it.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sharewell_records::{Moment, OriginId, VaultId};

use crate::care::backup::{self, Backup};
use crate::care::findings::{OutsideHead, Report};
use crate::care::verify::{self, Companions};
use crate::door::Vault;
use crate::door::keys::{DataKey, Keys};
use crate::ledger::writer;
use crate::ledger::{Reader, Tip};
use crate::{Result, Work, db, files};

/// A read-only connection beside an open vault, with the work that it was opened for.
pub struct Beside {
    db: Connection,
    pub(super) key: DataKey,
    pub(super) keys: Keys,
    dir: PathBuf,
    vault: VaultId,
    tip: Tip,
    companions: Companions,
    work: Work,
}

impl std::fmt::Debug for Beside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Beside").field("vault", &self.vault).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens a second connection for reading alone. It reads the vault as it stands now, whatever is saved
    /// meanwhile; a stop of `work` ends whatever statement runs on it.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Io`] and the like where the database cannot be opened again; [`Error::Moved`]
    /// where another program put the open file aside.
    pub fn beside(&self, work: &Work) -> Result<Beside> {
        work.go_on()?;
        // A second connection opens what lies under the vault's name.
        self.lies_here()?;
        // With an empty log the reader takes SQLite's read lock number 0, under which nobody writes a page of
        // the database itself: what a check reads from the file cannot change under it.
        self.write_back();
        let mut second = db::open(&self.dir.join(files::DB), &self.key, db::Mode::ReadOnly, None)?;
        work.bind(&mut second)?;
        db::quiet(&second, "BEGIN")?;
        // A transaction begins with its first read.
        second.query_row("SELECT count(*) FROM state", [], |_| Ok(()))?;
        Ok(Beside {
            db: second,
            key: self.key.again(),
            keys: self.keys.clone(),
            dir: self.dir.clone(),
            vault: self.id(),
            tip: self.tip(),
            companions: self.companions(),
            work: work.clone(),
        })
    }
}

impl Beside {
    /// Reads.
    ///
    /// # Errors
    /// Whatever `f` returns.
    pub fn read<T, E>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        f(&Reader(&self.db))
    }

    /// The work that this was opened for.
    #[must_use]
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// The end of the own chain as it stood when this was opened.
    #[must_use]
    pub fn tip(&self) -> Tip {
        self.tip
    }

    /// The origin that the vault writes.
    #[must_use]
    pub fn origin(&self) -> OriginId {
        self.tip.origin
    }

    /// The vault's id.
    #[must_use]
    pub fn id(&self) -> VaultId {
        self.vault
    }

    /// The vault's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// As [`Vault::sign`].
    ///
    /// # Errors
    /// [`Error::Crypto`] where the key is not usable.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        writer::sign(&self.db, message)
    }

    /// As [`Vault::public_key`].
    ///
    /// # Errors
    /// [`Error::Crypto`] where the key is not usable.
    pub fn public_key(&self) -> Result<[u8; 32]> {
        writer::public_key(&self.db)
    }

    /// Ends the reading of what stood when this was opened: as long as somebody reads it, the log only grows.
    pub(super) fn look_no_more(&self) -> Result<()> {
        if self.db.is_autocommit() { Ok(()) } else { db::quiet(&self.db, "COMMIT") }
    }

    /// Copies the database into a new file, under the same key. It sees to a transaction of its own.
    pub(super) fn copy_database(&self, to: &str) -> Result<()> {
        self.look_no_more()?;
        self.db.execute("VACUUM INTO ?1", [to])?;
        Ok(())
    }

    /// A third connection, for writing what is not the ledger's. It keeps few pages in memory: what it writes is
    /// written once.
    pub(super) fn second_for_writing(&self) -> Result<Connection> {
        let third = db::open(&self.dir.join(files::DB), &self.key, db::Mode::ReadWrite, None)?;
        db::quiet(&third, "PRAGMA cache_size = -2048")?;
        Ok(third)
    }

    /// As [`Vault::verify`], of the vault as it stood when this was opened.
    ///
    /// # Errors
    /// As [`Vault::verify`].
    pub fn verify(self, outside: &[OutsideHead]) -> Result<Report> {
        let Self { db, companions, work, .. } = self;
        verify::check(&db, companions, outside, &work)
    }

    /// Copies the database with its key slots into a backup and verifies it. What was saved meanwhile may be in
    /// it. [`Vault::backed_up`] makes it count.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Cancelled`], and [`Error::Damaged`] naming the backup
    /// where the copy does not agree. Nothing of it is left then.
    pub fn back_up(self, now: Moment) -> Result<Backup> {
        // A copy is made outside any transaction, and sees to one of its own.
        db::quiet(&self.db, "COMMIT")?;
        backup::make(&self.dir, &self.db, &self.key, now, &self.work)
    }
}
