//! Making a vault.
//!
//! Everything is made in a folder beside and moved into place, the key slots last: a power cut on the way
//! leaves no vault at all rather than half a one.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::TransactionBehavior;
use sharewell_records::{Payload, VaultId};

use crate::care::agreement::HeadState;
use crate::door::keys::{DataKey, Keys};
use crate::door::lockfile::Lock;
use crate::door::vault::{NewVault, Vault, about};
use crate::door::{RecoveryCode, kdf, migrate, opening};
use crate::ledger::writer::Marks;
use crate::ledger::{Tip, Writer};
use crate::{Error, Result, Work, access, db, files};

/// An empty staging folder. What an interrupted attempt left goes with the old one.
pub(crate) fn stage(dir: &Path) -> Result<PathBuf> {
    // What is still being removed there would take a new vault along.
    if dir.join(files::ENDING).exists() {
        return Err(Error::Ended);
    }
    let staging = dir.join(files::STAGING);
    if files::interrupted(dir) && dir.join(files::DB).exists() {
        files::rename(&dir.join(files::DB), &staging.join(files::DB))?;
    }
    if staging.exists() {
        fs::remove_dir_all(&staging)?;
    }
    files::private_dir(&staging)?;
    Ok(staging)
}

/// Moves what was staged into place, the keys last, and removes the folder in any case.
pub(crate) fn place(dir: &Path, staging: &Path, made: Result<()>) -> Result<()> {
    let placed = made.and_then(|()| {
        if Vault::exists(dir) {
            return Err(Error::AlreadyExists);
        }
        files::rename(&staging.join(files::DB), &dir.join(files::DB))?;
        if let Err(error) = files::rename(&staging.join(files::KEYS), &dir.join(files::KEYS)) {
            let _ = files::rename(&dir.join(files::DB), &staging.join(files::DB));
            return Err(error);
        }
        files::sync_dir(dir)
    });
    let _ = fs::remove_dir_all(staging);
    placed
}

pub(crate) fn create(dir: &Path, new: &NewVault) -> Result<(Vault, RecoveryCode)> {
    files::private_dir(dir)?;
    let lock = Lock::take(dir)?;
    let staging = stage(dir)?;
    let mut made = None;
    let staged = make(&staging, new).map(|parts| made = Some(parts));
    place(dir, &staging, staged)?;
    let (key, code) = made.ok_or(Error::NoVault)?;
    let keys = Keys::read(&dir.join(files::KEYS))?;
    let mut vault = opening::assemble(dir, lock, keys, key, new.stamp.at, &Work::new(), None)?;
    // The first head was written just now; there is none to miss.
    vault.opening.head = HeadState::Agrees;
    vault.owed.clear();
    vault.head.write_both(&vault.marks.head())?;
    Ok((vault, code))
}

fn make(staging: &Path, new: &NewVault) -> Result<(DataKey, RecoveryCode)> {
    let id = VaultId(uuid::Uuid::now_v7());
    let key = DataKey::generate()?;
    let code = RecoveryCode::generate()?;
    let keys = Keys::create(id, &key, &new.passphrase, new.kdf, &code)?;
    let mut db = db::open(&staging.join(files::DB), &key, db::Mode::Create, None)?;
    migrate::run(&mut db, migrate::ALL, |_| Ok(()))?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let nowhere = sharewell_records::OriginId(uuid::Uuid::nil());
    let marks =
        Marks { tip: Tip::genesis(nowhere), others_fold: i64::MIN, access: access::tip(&tx)?, drafts: 0 };
    let mut writer = Writer::new(&tx, &new.stamp, marks);
    writer.start_origin(id, None)?;
    writer.append(None, &Payload::PractitionerRecorded { practitioner: new.practitioner.clone() }, &[])?;
    tx.commit()?;
    db.close().map_err(|(_, error)| Error::from(error))?;
    keys.write(&staging.join(files::KEYS))?;
    Ok((key, code))
}

impl Vault {
    /// Makes a vault and opens it. The recovery code is shown once and cannot be had again.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`], [`Error::WeakPassphrase`], [`Error::InUse`], [`Error::DiskFull`],
    /// [`Error::ReadOnly`].
    pub fn create(dir: &Path, new: NewVault) -> Result<(Self, RecoveryCode)> {
        kdf::strong_enough(&new.passphrase, &about(&new.practitioner))?;
        if Self::exists(dir) {
            return Err(Error::AlreadyExists);
        }
        create(dir, &new)
    }
}
