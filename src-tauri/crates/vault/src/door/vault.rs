//! The open vault: one connection, one lock, one key.
//!
//! Everything that writes goes through [`Vault::write`] or saves a draft; both are on disk when they return.
//! The vault reads no clock: who calls says what time it is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle, TransactionBehavior};
use secrecy::SecretString;
use sharewell_records::{
    CaseId, Continued, Moment, OldOrigin, OriginId, Payload, Practitioner, Stamp, VaultId,
};

use crate::access::Access;
use crate::care::agreement::HeadState;
use crate::door::Kdf;
use crate::door::copied::Copied;
use crate::door::keys::{DataKey, Keys, Secret};
use crate::door::local::{EmergencyNumber, Local};
use crate::door::lockfile::Lock;
use crate::door::owed::{owes_head, pay};
use crate::door::whereabouts::Whereabouts;
use crate::drafts::{self, Draft};
use crate::kept::Kept;
use crate::ledger::head::HeadFile;
use crate::ledger::writer::{self, Marks, nobody};
use crate::ledger::{Reader, Tip, Writer};
use crate::tables::Projection;
use crate::{Error, Result, db, files};

/// An open vault. Dropping it closes the database, lets go of the lock and wipes the key.
pub struct Vault {
    // Fields drop in this order: the database closes before the lock goes.
    pub(crate) db: Connection,
    pub(crate) lies: Whereabouts,
    pub(crate) head: HeadFile,
    pub(crate) marks: Marks,
    pub(crate) opening: Opening,
    pub(crate) keys: Keys,
    pub(crate) key: DataKey,
    pub(crate) dir: PathBuf,
    pub(crate) branch_pending: bool,
    /// What the opening found and the ledger does not say yet. It is written before anything else is.
    pub(crate) owed: Vec<Payload>,
    pub(crate) backup_failed: Option<Moment>,
    /// Its end was begun: nothing is written any more.
    pub(crate) ended: bool,
    pub(crate) _lock: Lock,
    /// The private copy that is open in place of the vault, where it is only looked at.
    pub(crate) looked: Option<Copied>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("id", &self.id()).finish_non_exhaustive()
    }
}

/// What was found when the vault was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// When.
    pub at: Moment,
    /// What the head said.
    pub head: HeadState,
    /// Projections that were rebuilt.
    pub rebuilt: Vec<Projection>,
    /// Wrong tries since the last opening, now in the access log.
    pub failed_tries: u32,
    /// Whether the opening could be written into the access log; a full disk does not lock anybody out.
    pub logged: bool,
    /// Other databases in the folder, by name: what is missing may lie in one of them.
    pub others: Vec<String>,
}

/// What a new vault needs.
#[derive(Debug)]
pub struct NewVault {
    /// The passphrase; refused below zxcvbn 3.
    pub passphrase: SecretString,
    /// Whose vault it is.
    pub practitioner: Practitioner,
    /// Who writes the first entries, and when.
    pub stamp: Stamp,
    /// How the passphrase is stretched.
    pub kdf: Kdf,
}

/// Ends whatever runs on an open vault's own connection from another thread, so that a lock waits for no
/// search. Work on a connection of its own ([`Vault::beside`]) is stopped by its [`Work`].
#[derive(Clone)]
pub struct Canceller(std::sync::Arc<InterruptHandle>);

impl std::fmt::Debug for Canceller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Canceller")
    }
}

impl Canceller {
    /// Whatever runs on the database now ends with [`Error::Cancelled`].
    pub fn cancel(&self) {
        self.0.interrupt();
    }
}

impl Vault {
    /// Whether there is a vault, or a part of one, in this folder. What an interrupted creation or restore left
    /// was never a vault.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        dir.join(files::KEYS).exists() || (dir.join(files::DB).exists() && !files::interrupted(dir))
    }

    /// The database's raw key in hexadecimal, for tests that tamper.
    ///
    /// # Errors
    /// [`Error::Crypto`].
    #[doc(hidden)]
    #[cfg(any(test, feature = "test-hooks"))]
    pub fn raw_key(&self) -> Result<String> {
        Ok(crate::bytes::hex(self.key.database()?.as_ref()))
    }

    /// Lets the database grow by so many pages and no more: a disk that is full soon, for tests.
    ///
    /// # Errors
    /// [`Error::Sqlite`].
    #[doc(hidden)]
    #[cfg(any(test, feature = "test-hooks"))]
    pub fn limit_pages(&self, more: u32) -> Result<()> {
        let now: u32 = self.db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        db::quiet(&self.db, &format!("PRAGMA max_page_count = {}", now + more))
    }

    /// Counts the steps that the database takes for what `f` asks, for tests of what grows with the vault. Unlike a
    /// time they are the same on every machine.
    ///
    /// # Errors
    /// Whatever `f` returns.
    #[doc(hidden)]
    #[cfg(any(test, feature = "test-hooks"))]
    pub fn count_steps<T, E: From<Error>>(
        &mut self,
        f: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<(T, u64), E> {
        let steps = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
        let counted = std::sync::Arc::clone(&steps);
        let count = move || {
            counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            false
        };
        self.db.progress_handler(1, Some(count)).map_err(Error::from)?;
        let done = f(self);
        self.db.progress_handler(0, None::<fn() -> bool>).map_err(Error::from)?;
        Ok((done?, steps.load(std::sync::atomic::Ordering::Relaxed)))
    }

    /// Makes the open database refuse every write, for tests.
    ///
    /// # Errors
    /// [`Error::Sqlite`].
    #[doc(hidden)]
    #[cfg(any(test, feature = "test-hooks"))]
    pub fn refuse_writes(&self) -> Result<()> {
        db::quiet(&self.db, "PRAGMA query_only = ON")
    }

    /// Whether what was typed is this vault's recovery code, before the first real case (H3).
    ///
    /// # Errors
    /// [`Error::RecoveryCodeMistyped`] where it is not well formed; [`Error::WrongRecoveryCode`] where it is
    /// another one.
    pub fn check_recovery_code(&self, typed: SecretString) -> Result<()> {
        match self.keys.unwrap(&Secret::RecoveryCode(typed))? {
            Some(_) => Ok(()),
            None => Err(Error::WrongRecoveryCode { wait_seconds: 0 }),
        }
    }

    pub(crate) fn replace_keys(&mut self, keys: Keys, now: Moment) -> Result<()> {
        if self.is_looked_at() {
            return Err(Error::ReadOnly);
        }
        if self.ended {
            return Err(Error::Ended);
        }
        // Beside another database these slots would open nothing.
        self.lies_here()?;
        keys.write(&self.dir.join(files::KEYS))?;
        self.keys = keys;
        self.log(now, None, &Access::KeysChanged {})
    }

    /// Writes: one transaction of entries, projections, drafts and access rows, then the head. Where `f`
    /// fails, nothing of it stays. When this returns `Ok`, it is on disk, in the file under the vault's name.
    ///
    /// # Errors
    /// Whatever `f` returns; [`Error::DiskFull`] and the like where the commit fails; [`Error::Moved`] where another
    /// program put the open file aside.
    pub fn write<T, E: From<Error>>(
        &mut self,
        stamp: &Stamp,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (vault, pending, old) = (self.keys.vault(), self.branch_pending, self.marks.tip);
        let owed = self.owed.clone();
        let done = self.commit(stamp, |w| {
            if pending {
                // Entries were lost here. Their sequence numbers are never used again.
                let how = Continued::Loss;
                w.start_origin(
                    vault,
                    Some(OldOrigin { origin: old.origin, last: old.sequence, link: old.link, how }),
                )
                .map_err(E::from)?;
            }
            pay(w, &owed).map_err(E::from)?;
            f(w)
        })?;
        self.branch_pending = false;
        if !owed.is_empty() {
            self.paid();
        }
        Ok(done)
    }

    /// Runs `f` in a transaction; marks and head follow only a commit.
    pub(crate) fn commit<T, E: From<Error>>(
        &mut self,
        stamp: &Stamp,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.is_looked_at() {
            return Err(Error::ReadOnly.into());
        }
        if self.ended {
            return Err(Error::Ended.into());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let mut writer = Writer::new(&tx, stamp, self.marks);
        let done = f(&mut writer)?;
        let marks = writer.marks();
        tx.commit().map_err(Error::from)?;
        self.marks = marks;
        // What remembers the end of the ledger was not there, and the ledger does not say so yet: nothing takes its
        // place before it does.
        if owes_head(&self.owed) {
            self.lies_here()?;
            return Ok(done);
        }
        if let Err(error) = self.head.write(&marks.head()) {
            // An older head is harmless; the entry is safe.
            tracing::warn!(%error, "vault.head could not be written");
        }
        // After the commit: what was typed is then at least in the file that was moved.
        self.lies_here()?;
        Ok(done)
    }

    /// Whether the file under the vault's name is the open one. Where it is not, the log is written back into the
    /// file that was moved: it then holds everything, and the log does not get between the pages of another file.
    ///
    /// # Errors
    /// [`Error::Moved`].
    pub(crate) fn lies_here(&self) -> Result<()> {
        let lies = self.lies.check();
        if lies.is_err() {
            self.write_back();
        }
        lies
    }

    /// Reads. All that `f` asks is answered from one moment, and the database is locked for it once.
    ///
    /// # Errors
    /// Whatever `f` returns.
    pub fn read<T, E>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        // Within another read there is a moment already. Where none can be had, each question has its own.
        let _moment = self.db.is_autocommit().then(|| self.db.unchecked_transaction());
        f(&Reader(&self.db))
    }

    /// Saves a draft; it is on disk when this returns.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond the bounds of [`drafts`]; [`Error::DiskFull`] and the like.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<()> {
        self.commit(&nobody(draft.updated), |w| w.save_draft(draft))
    }

    /// Removes a draft.
    ///
    /// # Errors
    /// [`Error::NoSuch`] where there is none.
    pub fn delete_draft(&mut self, key: &str) -> Result<()> {
        let at = self.opening.at;
        self.commit(&nobody(at), |w| match w.delete_draft(key)? {
            true => Ok(()),
            false => Err(Error::NoSuch { what: "draft" }),
        })
    }

    /// Keeps what the program notes for itself; it is on disk when this returns.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond the bounds of [`crate::kept`]; [`Error::DiskFull`] and the like.
    pub fn keep(&mut self, kept: &Kept) -> Result<()> {
        self.commit(&nobody(kept.updated), |w| w.keep(kept))
    }

    /// Forgets what the program noted under a name.
    ///
    /// # Errors
    /// [`Error::NoSuch`] where there is nothing.
    pub fn forget(&mut self, key: &str) -> Result<()> {
        let at = self.opening.at;
        self.commit(&nobody(at), |w| w.forget(key))
    }

    /// Every draft, the last saved first.
    ///
    /// # Errors
    /// [`Error::Stored`] where one cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        self.read(drafts::list)
    }

    /// Adds a row to the access log. Of a vault that is only looked at there is none to add: what was seen there is
    /// not logged.
    ///
    /// # Errors
    /// [`Error::DiskFull`] and the like; [`Error::ReadOnly`] where something left a vault that is only looked at.
    pub fn log(&mut self, at: Moment, case: Option<CaseId>, what: &Access) -> Result<()> {
        if self.is_looked_at() {
            return if what.leaves() { Err(Error::ReadOnly) } else { Ok(()) };
        }
        self.commit(&nobody(at), |w| w.log(at, case, what))
    }

    /// A person says why the end of the ledger could not be compared, and takes the ledger as it is.
    ///
    /// # Errors
    /// [`Error::AlreadyClosed`] where nothing of that is in doubt; [`Error::DiskFull`] and the like.
    pub fn confirm_head(&mut self, stamp: &Stamp, reason: &str) -> Result<()> {
        let confirmed = Payload::HeadConfirmed { reason: reason.to_owned() };
        self.write(stamp, |w| w.append(None, &confirmed, &[]).map(|_| ()))?;
        if matches!(self.opening.head, HeadState::Missing | HeadState::Unreadable) {
            self.opening.head = HeadState::Agrees;
        }
        Ok(())
    }

    /// What was found when the vault was opened.
    #[must_use]
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// The vault's id.
    #[must_use]
    pub fn id(&self) -> VaultId {
        self.keys.vault()
    }

    /// The origin that this vault writes.
    #[must_use]
    pub fn origin(&self) -> OriginId {
        self.marks.tip.origin
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The end of the own chain: what printed documents and handovers carry as an outside head.
    #[must_use]
    pub fn tip(&self) -> Tip {
        self.marks.tip
    }

    /// Signs bytes with the own origin's key (Ed25519), for a handover. The message must begin with a tag of
    /// its own, as a JWS does.
    ///
    /// # Errors
    /// [`Error::Crypto`] where the key is not usable.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        writer::sign(&self.db, message)
    }

    /// The own origin's Ed25519 public key.
    ///
    /// # Errors
    /// [`Error::Crypto`] where the key is not usable.
    pub fn public_key(&self) -> Result<[u8; 32]> {
        writer::public_key(&self.db)
    }

    /// Ends whatever runs on this vault's own connection, from another thread.
    #[must_use]
    pub fn canceller(&self) -> Canceller {
        Canceller(std::sync::Arc::new(self.db.get_interrupt_handle()))
    }

    /// Sets the numbers that the lock screen shows. They stand in the clear and name no case.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::ReadOnly`] or [`Error::Io`].
    pub fn set_emergency_numbers(&self, numbers: Vec<EmergencyNumber>) -> Result<()> {
        let mut local = Local::read(&self.dir);
        local.emergency = numbers;
        local.write(&self.dir)
    }

    /// Writes the log back into the database as far as other readers allow, and waits for none of them. Where it
    /// fails nothing is lost: the log stays, and a check says what is wrong with the pages.
    pub(crate) fn write_back(&self) {
        let _ = self.db.busy_timeout(Duration::ZERO);
        let _ = db::quiet(&self.db, "PRAGMA wal_checkpoint(TRUNCATE)");
        let _ = self.db.busy_timeout(db::PATIENCE);
    }

    /// Closes the vault: the log is written back into the database, and its file goes.
    ///
    /// # Errors
    /// [`Error::DiskFull`] and the like where writing back fails; nothing acknowledged is lost then.
    pub fn close(self) -> Result<()> {
        // The last named goes first: the copy that was looked at goes after all that lies in it.
        let Self { looked: _looked, db, mut head, marks, owed, ended, _lock, .. } = self;
        db.flush_prepared_statement_cache();
        db.close().map_err(|(_, error)| Error::from(error))?;
        if !ended && !owes_head(&owed) {
            let _ = head.write(&marks.head());
        }
        Ok(())
    }
}

/// What an attacker would try first.
pub(crate) fn about(practitioner: &Practitioner) -> Vec<&str> {
    vec![&practitioner.name, &practitioner.role, &practitioner.agency, &practitioner.team, "sharewell"]
}
