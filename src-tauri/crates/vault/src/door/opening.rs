//! Opening a vault: the wait, the key, the database, its version, its head.
//!
//! A wrong secret changes no byte of database and keys. A ledger that is shorter than its head, or another
//! one, is reported with the sequences it cost and does not stand in the way: what is there can be read, and
//! the next entry starts a new origin, so that a lost sequence number is never used for something else.

use std::path::Path;

use secrecy::SecretString;
use sharewell_records::Moment;

use crate::access::Access;
use crate::attached;
use crate::care::agreement::{HeadState, Lost, compare};
use crate::care::backup;
use crate::door::keys::{DataKey, Keys, Secret};
use crate::door::local::Local;
use crate::door::lockfile::Lock;
use crate::door::owed::{in_doubt, owes_head, pay};
use crate::door::vault::{Opening, Vault, about};
use crate::door::whereabouts::{self, Whereabouts};
use crate::door::{RecoveryCode, kdf, migrate};
use crate::ledger;
use crate::ledger::doubts;
use crate::ledger::head::HeadFile;
use crate::ledger::writer::{self, Marks, nobody};
use crate::tables::{practitioner, project, vocabulary};
use crate::{Error, Part, Result, Work, db, files};

pub(crate) fn open(dir: &Path, with: &Secret, now: Moment, work: &Work, vfs: Option<&str>) -> Result<Vault> {
    if dir.join(files::ENDING).exists() {
        return Err(Error::Ended);
    }
    if !Vault::exists(dir) {
        return Err(Error::NoVault);
    }
    if backup::is_one(dir) {
        return Err(Error::IsBackup);
    }
    files::must_be_whole(dir)?;
    let lock = Lock::take(dir)?;
    let (keys, key) = unwrap(dir, with, now)?;
    let by_recovery_code = matches!(with, Secret::RecoveryCode(_));
    let mut vault = assemble(dir, lock, keys, key, now, work, vfs)?;
    vault.note_opening(by_recovery_code)?;
    Ok(vault)
}

/// Tries a secret, with the slow-down before and after. The local file is a courtesy: where it cannot be
/// written, the answer stays the same.
pub(crate) fn unwrap(dir: &Path, with: &Secret, now: Moment) -> Result<(Keys, DataKey)> {
    let mut local = Local::read(dir);
    let wait_seconds = local.wait(now);
    if wait_seconds > 0 {
        let _ = local.write(dir);
        return Err(Error::TooSoon { wait_seconds });
    }
    let keys = Keys::read(&dir.join(files::KEYS))?;
    if let Some(key) = keys.unwrap(with)? {
        return Ok((keys, key));
    }
    let wait_seconds = local.fail(now);
    let _ = local.write(dir);
    Err(with.wrong_for(wait_seconds))
}

/// Opens database and head under a key that was unwrapped.
pub(crate) fn assemble(
    dir: &Path,
    lock: Lock,
    keys: Keys,
    key: DataKey,
    now: Moment,
    work: &Work,
    vfs: Option<&str>,
) -> Result<Vault> {
    let mut db = db::open(&dir.join(files::DB), &key, db::Mode::ReadWrite, vfs)?;
    let lies = Whereabouts::of(dir)?;
    // A database without a version, or another vault's, is none of ours to change.
    if migrate::version(&db)? == 0 || writer::vault_id(&db)? != keys.vault() {
        return Err(Error::Damaged { part: Part::Database });
    }
    migrate::run(&mut db, migrate::ALL, |db| backup::before_change(dir, db, &key, now))?;
    vocabulary::follow(&mut db)?;
    let rebuilt = project::catch_up(&mut db, work)?;
    attached::give_up_room(dir);
    // What a kill cut off. A disk that is full or cannot be written to keeps it a while; nobody sees it.
    match attached::give_up_all(&db) {
        Ok(()) | Err(Error::DiskFull | Error::ReadOnly | Error::Io(_)) => {}
        Err(other) => return Err(other),
    }
    let origin = ledger::own_origin(&db)?;
    let marks = Marks::read(&db, origin)?;
    let (head, found) = HeadFile::open(dir, key.head()?)?;
    let state = compare(&db, &marks, &found)?;
    let branch_pending =
        db.query_row("SELECT branch_pending FROM state", [], |row| row.get::<_, i64>(0))? != 0;
    let Local { backup_failed, used, .. } = Local::read(dir);
    let owed = in_doubt(&db, origin, &state, used, now)?;
    let opening = Opening {
        at: now,
        head: state,
        rebuilt,
        failed_tries: 0,
        logged: false,
        others: whereabouts::other_databases(dir),
    };
    Ok(Vault {
        db,
        lies,
        head,
        marks,
        opening,
        keys,
        key,
        dir: dir.to_owned(),
        branch_pending,
        owed,
        backup_failed,
        ended: false,
        looked: None,
        _lock: lock,
    })
}

impl Vault {
    /// Opens a vault.
    ///
    /// # Errors
    /// [`Error::NoVault`], [`Error::InUse`], [`Error::TooSoon`], [`Error::WrongPassphrase`],
    /// [`Error::WrongRecoveryCode`], [`Error::RecoveryCodeMistyped`], [`Error::Damaged`], [`Error::KeysMissing`],
    /// [`Error::DatabaseMissing`], [`Error::IsBackup`], [`Error::TooNew`].
    pub fn unlock(dir: &Path, with: Secret, now: Moment) -> Result<Self> {
        open(dir, &with, now, &Work::new(), None)
    }

    /// Opens a vault and tells how far a rebuild of projections has come, where one is needed. A rebuild that
    /// is stopped goes on at the next opening.
    ///
    /// # Errors
    /// As [`Vault::unlock`], and [`Error::Cancelled`].
    pub fn unlock_watched(dir: &Path, with: Secret, now: Moment, work: &Work) -> Result<Self> {
        open(dir, &with, now, work, None)
    }

    /// Opens a vault over another SQLite file system, for tests of power cuts.
    ///
    /// # Errors
    /// As [`Vault::unlock`].
    #[doc(hidden)]
    #[cfg(any(test, feature = "test-hooks"))]
    pub fn unlock_over(dir: &Path, with: Secret, now: Moment, vfs: &str) -> Result<Self> {
        open(dir, &with, now, &Work::new(), Some(vfs))
    }

    /// The way back in: opens with the recovery code, sets a new passphrase, and gives a new recovery code;
    /// the old one no longer opens anything.
    ///
    /// # Errors
    /// As [`Vault::unlock`], and [`Error::WeakPassphrase`] before the code is tried.
    pub fn recover(
        dir: &Path,
        code: SecretString,
        new_passphrase: SecretString,
        now: Moment,
    ) -> Result<(Self, RecoveryCode)> {
        kdf::strong_enough(&new_passphrase, &[])?;
        let mut vault = Self::unlock(dir, Secret::RecoveryCode(code), now)?;
        let own = vault.read(practitioner::current)?.record;
        kdf::strong_enough(&new_passphrase, &about(&own))?;
        let fresh = RecoveryCode::generate()?;
        let mut keys = vault.keys.clone();
        keys.set_passphrase(&vault.key, &new_passphrase, keys.kdf())?;
        keys.set_recovery_code(&vault.key, &fresh)?;
        vault.replace_keys(keys, now)?;
        Ok((vault, fresh))
    }

    fn clock_is_doubtful(&self) -> Result<bool> {
        Ok(doubts::standing(&self.db)?.clock_last().is_some())
    }

    /// Takes note of when the vault was in use, for the next opening to compare the clock with. A courtesy: where it
    /// cannot be written, the ledger's last entry serves.
    pub fn in_use(&self, now: Moment) {
        if self.is_looked_at() || self.clock_is_doubtful().unwrap_or(true) {
            return;
        }
        let mut local = Local::read(&self.dir);
        local.used = Some(now);
        let _ = local.write(&self.dir);
    }

    /// What was owed stands in the ledger. A head that was not found is made anew only now.
    pub(crate) fn paid(&mut self) {
        let owed = std::mem::take(&mut self.owed);
        if owes_head(&owed)
            && let Err(error) = self.head.write_both(&self.marks.head())
        {
            tracing::warn!(%error, "vault.head could not be written");
        }
    }

    /// Writes into the access log what the opening found, failed tries first.
    fn note_opening(&mut self, by_recovery_code: bool) -> Result<()> {
        let now = self.opening.at;
        let mut local = Local::read(&self.dir);
        let lost = match &self.opening.head {
            HeadState::Lost(lost) => Some(*lost),
            HeadState::Agrees | HeadState::Missing | HeadState::Unreadable => None,
        };
        let pending = std::mem::take(&mut local.pending);
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        // Where entries were lost, what is owed waits for the new chain: a lost number is never used again.
        let owed = match lost.is_some_and(|lost| lost.sequences().is_some()) || self.branch_pending {
            true => Vec::new(),
            false => self.owed.clone(),
        };
        let noted = self.commit(&nobody(now), |w| {
            pay(w, &owed)?;
            for at in &pending {
                w.log(*at, None, &Access::UnlockFailed {})?;
            }
            if let Some(Lost { origin, held, head, drafts, access }) = lost {
                let (drafts, access) = (small(drafts), small(access));
                w.log(now, None, &Access::LossFound { origin, held, head, drafts, access })?;
                if head > held {
                    w.db().execute("UPDATE state SET branch_pending = 1", [])?;
                }
            }
            w.log(now, None, &Access::Unlocked { by_recovery_code })
        });
        match noted {
            Ok(()) => {
                self.opening.logged = true;
                if !owed.is_empty() {
                    self.paid();
                }
                self.branch_pending |= lost.is_some_and(|l| l.sequences().is_some());
                self.opening.failed_tries = small(pending.len() as u64);
                local.failed = 0;
                local.last = None;
                if !self.clock_is_doubtful()? {
                    local.used = Some(now);
                }
                let _ = local.write(&self.dir);
                Ok(())
            }
            Err(Error::DiskFull | Error::ReadOnly | Error::Io(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }
}
