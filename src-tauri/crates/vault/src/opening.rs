//! Opening a vault: the wait, the key, the database, its version, its head.
//!
//! A wrong secret changes no byte of database and keys. A ledger that is shorter than its head, or another
//! one, is reported with the sequences it cost and does not stand in the way: what is there can be read, and
//! the next entry starts a new origin, so that a lost sequence number is never used for something else.

use std::path::Path;

use rusqlite::Connection;
use sharewell_records::{Moment, OriginId, Seq};

use crate::access::{self, Access};
use crate::head::{self, Found, HeadFile};
use crate::keys::{DataKey, Keys, Secret};
use crate::local::Local;
use crate::lockfile::Lock;
use crate::vault::nobody;
use crate::writer::{self, Marks};
use crate::{Error, Part, Progress, Projection, Result, Vault, backup, db, files, ledger, migrate, project};

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
}

/// How ledger and head agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadState {
    /// They agree.
    Agrees,
    /// There was no head to compare with: a copy, or somebody removed it.
    Missing,
    /// Both slots are unreadable.
    Unreadable,
    /// The ledger lacks what the head saw.
    Lost(Lost),
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// The origin that the head names.
    pub origin: OriginId,
    /// The last sequence that is there and agrees.
    pub held: Seq,
    /// The last sequence that the head saw. Equal to `held` where only drafts or access rows are missing.
    pub head: Seq,
    /// Saves of drafts that are missing.
    pub drafts: u64,
    /// Rows of the access log that are missing.
    pub access: u64,
}

impl Lost {
    /// The lost sequences, first and last; none where no entry is missing.
    #[must_use]
    pub fn sequences(&self) -> Option<(Seq, Seq)> {
        (self.head > self.held).then_some((Seq(self.held.0 + 1), self.head))
    }
}

pub(crate) fn open(
    dir: &Path,
    with: &Secret,
    now: Moment,
    progress: &mut dyn FnMut(Progress),
    vfs: Option<&str>,
) -> Result<Vault> {
    if !Vault::exists(dir) {
        return Err(Error::NoVault);
    }
    let lock = Lock::take(dir)?;
    if !dir.join(files::KEYS).exists() {
        return Err(Error::KeysMissing);
    }
    if !dir.join(files::DB).exists() {
        return Err(Error::DatabaseMissing);
    }
    let (keys, key) = unwrap(dir, with, now)?;
    let by_recovery_code = matches!(with, Secret::RecoveryCode(_));
    let mut vault = assemble(dir, lock, keys, key, now, progress, vfs)?;
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
    Err(match with {
        Secret::Passphrase(_) => Error::WrongPassphrase { wait_seconds },
        Secret::RecoveryCode(_) => Error::WrongRecoveryCode { wait_seconds },
    })
}

/// Opens database and head under a key that was unwrapped.
pub(crate) fn assemble(
    dir: &Path,
    lock: Lock,
    keys: Keys,
    key: DataKey,
    now: Moment,
    progress: &mut dyn FnMut(Progress),
    vfs: Option<&str>,
) -> Result<Vault> {
    let mut db = db::open(&dir.join(files::DB), &key, db::Mode::ReadWrite, vfs)?;
    migrate::run(&mut db, migrate::ALL, |db| backup::before_change(dir, db, &key, now))?;
    if writer::vault_id(&db)? != keys.vault() {
        return Err(Error::Damaged { part: Part::Database });
    }
    let rebuilt = project::catch_up(&mut db, progress)?;
    let origin = ledger::own_origin(&db)?;
    let marks = Marks::read(&db, origin)?;
    let (mut head, found) = HeadFile::open(dir, key.head()?)?;
    let state = compare(&db, &marks, &found)?;
    let branch_pending =
        db.query_row("SELECT branch_pending FROM state", [], |row| row.get::<_, i64>(0))? != 0;
    if state == HeadState::Missing || state == HeadState::Unreadable {
        head.write_both(&marks.head())?;
    }
    let opening = Opening { at: now, head: state, rebuilt, failed_tries: 0, logged: false };
    Ok(Vault { db, head, marks, opening, keys, key, dir: dir.to_owned(), branch_pending, _lock: lock })
}

/// Compares the ledger, the access log and the drafts with what the head saw.
pub(crate) fn compare(db: &Connection, marks: &Marks, found: &Found) -> Result<HeadState> {
    let Some(head) = found.head else {
        return Ok(if found.present { HeadState::Unreadable } else { HeadState::Missing });
    };
    let held =
        if head.origin == marks.tip.origin { marks.tip } else { crate::entries::tip(db, head.origin)? };
    let agrees = ledger::link_of(db, head.origin, head.sequence)? == Some(head.link);
    // Another link at the same place is another chain: everything up to there is in doubt.
    let held = if agrees || held.sequence < head.sequence {
        held.sequence
    } else {
        Seq(head.sequence.0.saturating_sub(1))
    };
    let access = if head.access > marks.access.count {
        head.access - marks.access.count
    } else if head.access == 0 || access::link_at(db, head.access)? == Some(head.access_link) {
        0
    } else {
        1
    };
    let drafts = head.drafts.saturating_sub(marks.drafts);
    if agrees && access == 0 && drafts == 0 {
        return Ok(HeadState::Agrees);
    }
    let held = if agrees { head.sequence } else { held };
    Ok(HeadState::Lost(Lost { origin: head.origin, held, head: head.sequence, drafts, access }))
}

/// The head as it is on disk, for `verify`.
pub(crate) fn head_now(dir: &Path, key: &DataKey) -> Result<Found> {
    head::read(dir, &key.head()?)
}

impl Vault {
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
        let noted = self.commit(&nobody(now), |w| {
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
                self.branch_pending |= lost.is_some_and(|l| l.sequences().is_some());
                self.opening.failed_tries = small(pending.len() as u64);
                if local.failed > 0 || !pending.is_empty() {
                    local.failed = 0;
                    local.last = None;
                    let _ = local.write(&self.dir);
                }
                Ok(())
            }
            Err(Error::DiskFull | Error::ReadOnly | Error::Io(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }
}
