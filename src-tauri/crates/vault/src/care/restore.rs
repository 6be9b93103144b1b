//! Restoring a backup: into an empty folder, or where a damaged vault lies.
//!
//! Only a copy that was found sound takes the place of anything, and nothing of what it replaces is deleted.

use std::fs;
use std::path::Path;

use sharewell_records::{Continued, OldOrigin, Payload, Stamp};

use crate::access::Access;
use crate::care::agreement::{self, HeadState};
use crate::care::aside::Aside;
use crate::care::backup::look;
use crate::care::verify;
use crate::door::copied::Copied;
use crate::door::keys::{DataKey, Keys, Secret};
use crate::door::lockfile::Lock;
use crate::door::{Vault, create, opening, owed};
use crate::ledger;
use crate::ledger::writer::{self, Marks};
use crate::{Error, Result, Work, db, files};

/// Restores a backup into a folder, on this machine or another, and opens it. The copy goes on as a new origin with a
/// signing key of its own; its first entry names the old one. Where the folder holds a damaged vault, its files are set
/// aside first, into `damaged-<when>/` in the same folder, and put back where the restore fails. Nothing of them is
/// deleted. The backup may lie in the same folder. `work` says how far it is, and can be stopped until the copy takes
/// its place.
///
/// # Errors
/// [`Error::AlreadyExists`] where the folder holds a vault that opens with the same secret and is sound,
/// [`Error::InUse`] where a process has it open; [`Error::WrongPassphrase`] or [`Error::WrongRecoveryCode`];
/// [`Error::Damaged`]; [`Error::NoVault`] where `from` is no backup; [`Error::Cancelled`]. The folder is then as it was.
pub fn restore(from: &Path, to: &Path, with: &Secret, stamp: &Stamp, work: &Work) -> Result<Vault> {
    work.go_on()?;
    files::must_be_whole(from)?;
    let keys = Keys::read(&from.join(files::KEYS))?;
    let key = keys.unwrap(with)?.ok_or_else(|| with.wrong())?;
    files::private_dir(to)?;
    let lock = Lock::take(to)?;
    if Vault::exists(to) && is_sound(to, with) {
        return Err(Error::AlreadyExists);
    }
    let staging = create::stage(to)?;
    let copied = [files::DB, files::KEYS]
        .into_iter()
        .try_for_each(|name| files::copy_synced(&from.join(name), &staging.join(name)))
        .and_then(|()| look(&staging.join(files::DB), &key, stamp.at, work).map(|_| ()))
        .and_then(|()| work.go_on());
    // Only a copy that was found sound takes the place of anything.
    let aside = match copied.and_then(|()| Aside::take(to, stamp.at)) {
        Ok(aside) => aside,
        Err(error) => {
            let _ = fs::remove_dir_all(&staging);
            return Err(error);
        }
    };
    let begun = match create::place(to, &staging, Ok(())) {
        Ok(()) => begin(to, lock, keys, key, with, stamp),
        Err(error) => {
            aside.put_back()?;
            return Err(error);
        }
    };
    if begun.is_err() {
        // The lock ended with the attempt; another process may not come between.
        let _lock = Lock::take(to)?;
        aside.put_back()?;
    }
    begun
}

/// Opens what was placed and starts its origin.
fn begin(to: &Path, lock: Lock, keys: Keys, key: DataKey, with: &Secret, stamp: &Stamp) -> Result<Vault> {
    let mut vault = opening::assemble(to, lock, keys, key, stamp.at, &Work::new(), None)?;
    // A backup has no head of its own: that none is found is no news.
    vault.owed.retain(|payload| !matches!(payload, Payload::HeadNotFound { .. }));
    let owed = vault.owed.clone();
    let old = vault.read(ledger::tip)?;
    let (id, by_recovery_code) = (vault.id(), matches!(with, Secret::RecoveryCode(_)));
    vault.commit(stamp, |w| {
        let how = Continued::Restore;
        w.start_origin(id, Some(OldOrigin { origin: old.origin, last: old.sequence, link: old.link, how }))?;
        owed::pay(w, &owed)?;
        w.log(stamp.at, None, &Access::Restored {})?;
        w.log(stamp.at, None, &Access::Unlocked { by_recovery_code })
    })?;
    vault.branch_pending = false;
    vault.owed.clear();
    vault.head.write_both(&vault.marks.head())?;
    vault.opening.head = HeadState::Agrees;
    Ok(vault)
}

/// Whether the vault in a folder opens with this secret, holds what `verify` expects, and lacks nothing that its
/// head saw. Nothing is written. A vault of which this cannot be said may be set aside.
fn is_sound(dir: &Path, with: &Secret) -> bool {
    let looked = || -> Result<bool> {
        let keys = Keys::read(&dir.join(files::KEYS))?;
        let Some(key) = keys.unwrap(with)? else { return Ok(false) };
        let copy = Copied::of(dir)?;
        let db = db::open(&copy.database(), &key, db::Mode::ReadOnly, None)?;
        let marks = Marks::read(&db, ledger::own_origin(&db)?)?;
        let head = agreement::compare(&db, &marks, &agreement::head_now(dir, &key)?)?;
        Ok(writer::vault_id(&db)? == keys.vault()
            && matches!(head, HeadState::Agrees | HeadState::Missing)
            && verify::holds(&db)?)
    };
    looked().unwrap_or(false)
}
