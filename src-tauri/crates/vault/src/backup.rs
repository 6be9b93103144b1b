//! Backups: database and key slots as one unit, verified before they count.
//!
//! A copy is made while the vault is open, opened again read-only under the same key, checked, and compared
//! with the chain; only then does it get its name. It opens with the passphrase and recovery code that were
//! valid when it was made. After a disposal the next verified backup takes the place of all that still hold
//! what was disposed of.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sharewell_records::{Moment, OldOrigin, OriginId, Seq, Sha256, Stamp, VaultId};

use crate::access::Access;
use crate::aside::Aside;
use crate::create;
use crate::keys::{DataKey, Keys, Secret};
use crate::lockfile::Lock;
use crate::writer::{Marks, Reader};
use crate::{Error, HeadState, Part, Result, Vault, db, entries, files, ledger, opening, verify, writer};

const MANIFEST: &str = "backup.json";
const UNFINISHED: &str = ".unfinished";
const LIMIT: u64 = 64 * 1024;

/// How many backups stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// The newest so many; at least one.
    pub newest: usize,
}

impl Default for Keep {
    fn default() -> Self {
        Self { newest: 10 }
    }
}

/// What stands in a backup's own file, in the clear and without case data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    format: String,
    vault: VaultId,
    made: Moment,
    origin: OriginId,
    sequence: Seq,
    link: Sha256,
    disposals: u64,
}

/// A verified backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its folder.
    pub path: PathBuf,
    /// Which vault.
    pub vault: VaultId,
    /// When it was made.
    pub made: Moment,
    /// The origin that the vault wrote then.
    pub origin: OriginId,
    /// The last sequence in it.
    pub sequence: Seq,
    /// The link there.
    pub link: Sha256,
}

impl Vault {
    /// Makes a backup under a signed checkpoint, verifies it, and lets go of the oldest.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Cancelled`], and [`Error::Damaged`] naming the backup
    /// where the copy does not agree. Older backups are then untouched.
    pub fn backup(&mut self, stamp: &Stamp, keep: Keep) -> Result<Backup> {
        self.write(stamp, |w| w.sign_checkpoint())?;
        let made = make(&self.dir, &self.db, &self.key, stamp.at)?;
        rotate(&self.dir, &made, keep)?;
        self.log(stamp.at, None, &Access::BackedUp {})?;
        Ok(made)
    }
}

/// A backup before a migration or a rekey: no checkpoint, since nothing may change yet.
pub(crate) fn before_change(dir: &Path, db: &Connection, key: &DataKey, now: Moment) -> Result<()> {
    make(dir, db, key, now).map(|_| ())
}

fn make(dir: &Path, db: &Connection, key: &DataKey, now: Moment) -> Result<Backup> {
    let backups = dir.join(files::BACKUPS);
    files::private_dir(&backups)?;
    let unfinished = backups.join(UNFINISHED);
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    files::private_dir(&unfinished)?;
    let made = fill(dir, &unfinished, db, key, now).and_then(|manifest| {
        let path = free_name(&backups, now);
        fs::rename(&unfinished, &path)?;
        files::sync_dir(&backups)?;
        Ok(backup_of(path, &manifest))
    });
    if made.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
    }
    made
}

fn fill(dir: &Path, to: &Path, db: &Connection, key: &DataKey, now: Moment) -> Result<Manifest> {
    let copy = to.join(files::DB);
    let name = copy.to_str().ok_or(Error::Io(std::io::ErrorKind::InvalidFilename))?;
    db.execute("VACUUM INTO ?1", [name])?;
    fs::File::options().write(true).open(&copy)?.sync_all()?;
    files::copy_synced(&dir.join(files::KEYS), &to.join(files::KEYS))?;
    let manifest = manifest_of(db, now)?;
    let seen = look(&copy, key, now)?;
    if seen != manifest {
        return Err(Error::Damaged { part: Part::Backup });
    }
    let bytes =
        serde_json::to_vec_pretty(&manifest).map_err(|_| Error::Stored { what: "backup manifest" })?;
    files::replace(&to.join(MANIFEST), &bytes)?;
    Ok(manifest)
}

fn manifest_of(db: &Connection, made: Moment) -> Result<Manifest> {
    let origin = ledger::own_origin(db)?;
    let tip = entries::tip(db, origin)?;
    let disposals: i64 = db.query_row("SELECT count(*) FROM disposed", [], |row| row.get(0))?;
    Ok(Manifest {
        format: "sharewell-backup-1".to_owned(),
        vault: writer::vault_id(db)?,
        made,
        origin,
        sequence: tip.sequence,
        link: tip.link,
        disposals: db::count(disposals),
    })
}

/// Opens a copy read-only, checks every page, and says how far it goes.
fn look(copy: &Path, key: &DataKey, made: Moment) -> Result<Manifest> {
    let damaged = |_| Error::Damaged { part: Part::Backup };
    let db = db::open(copy, key, db::Mode::ReadOnly, None)?;
    let sound: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(damaged)?;
    if sound != "ok" {
        return Err(Error::Damaged { part: Part::Backup });
    }
    let manifest = manifest_of(&db, made)?;
    db.close().map_err(|(_, error)| Error::from(error))?;
    for left in ["vault.db-wal", "vault.db-shm"] {
        // SQLite may leave empty companions beside a file opened read-only.
        let _ = fs::remove_file(copy.with_file_name(left));
    }
    Ok(manifest)
}

fn free_name(backups: &Path, now: Moment) -> PathBuf {
    let stamp = now.0.to_utc().format("%Y-%m-%dT%H-%M-%SZ").to_string();
    let mut path = backups.join(&stamp);
    let mut more = 1;
    while path.exists() {
        more += 1;
        path = backups.join(format!("{stamp}-{more}"));
    }
    path
}

fn backup_of(path: PathBuf, manifest: &Manifest) -> Backup {
    let Manifest { vault, made, origin, sequence, link, .. } = *manifest;
    Backup { path, vault, made, origin, sequence, link }
}

fn read_manifest(path: &Path) -> Option<Manifest> {
    serde_json::from_slice(&files::read_small(&path.join(MANIFEST), LIMIT, "backup manifest").ok()?).ok()
}

fn all(dir: &Path) -> Result<Vec<(PathBuf, Manifest)>> {
    let backups = dir.join(files::BACKUPS);
    if !backups.exists() {
        return Ok(vec![]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(backups)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name != UNFINISHED) && path.is_dir() {
            found.extend(read_manifest(&path).map(|manifest| (path, manifest)));
        }
    }
    found.sort_by(|a, b| (b.1.made, &b.0).cmp(&(a.1.made, &a.0)));
    Ok(found)
}

/// The backups of a vault, the newest first. A folder without a readable manifest is not a backup.
///
/// # Errors
/// [`Error::Io`] where the folder cannot be read.
pub fn backups(dir: &Path) -> Result<Vec<Backup>> {
    Ok(all(dir)?.into_iter().map(|(path, manifest)| backup_of(path, &manifest)).collect())
}

/// Removes what is beyond `keep`, and everything that still holds what was disposed of. The one just made
/// stays in any case.
fn rotate(dir: &Path, made: &Backup, keep: Keep) -> Result<()> {
    let now = read_manifest(&made.path).map_or(0, |m| m.disposals);
    let mut kept = 1;
    for (path, manifest) in all(dir)? {
        if path == made.path || manifest.vault != made.vault {
            continue;
        }
        if manifest.disposals < now || kept >= keep.newest.max(1) {
            fs::remove_dir_all(&path)?;
        } else {
            kept += 1;
        }
    }
    Ok(())
}

/// Restores a backup into an empty folder, on this machine or another, and opens it. The copy goes on as a
/// new origin with a signing key of its own; its first entry names the old one.
///
/// # Errors
/// [`Error::AlreadyExists`] where the folder holds a vault; [`Error::WrongPassphrase`] or
/// [`Error::WrongRecoveryCode`]; [`Error::Damaged`]; [`Error::NoVault`] where `from` is no backup. The folder is
/// then as it was.
pub fn restore(from: &Path, to: &Path, with: &Secret, stamp: &Stamp) -> Result<Vault> {
    if Vault::exists(to) {
        return Err(Error::AlreadyExists);
    }
    restore_over(from, to, with, stamp)
}

/// As [`restore`], also where the folder holds a damaged vault: its files are set aside first, into
/// `damaged-<when>/` in the same folder, and put back where the restore fails. Nothing of them is deleted. The
/// backup may lie in the same folder.
///
/// # Errors
/// As [`restore`]; [`Error::AlreadyExists`] only where the vault there opens with the same secret and is sound,
/// and [`Error::InUse`] where a process has it open.
pub fn restore_over(from: &Path, to: &Path, with: &Secret, stamp: &Stamp) -> Result<Vault> {
    match (from.join(files::KEYS).exists(), from.join(files::DB).exists()) {
        (true, true) => {}
        (false, true) => return Err(Error::KeysMissing),
        (true, false) => return Err(Error::DatabaseMissing),
        (false, false) => return Err(Error::NoVault),
    }
    let keys = Keys::read(&from.join(files::KEYS))?;
    let key = keys.unwrap(with)?.ok_or_else(|| wrong(with))?;
    files::private_dir(to)?;
    let lock = Lock::take(to)?;
    if Vault::exists(to) && is_sound(to, with) {
        return Err(Error::AlreadyExists);
    }
    let staging = create::stage(to)?;
    let copied = [files::DB, files::KEYS]
        .into_iter()
        .try_for_each(|name| files::copy_synced(&from.join(name), &staging.join(name)))
        .and_then(|()| look(&staging.join(files::DB), &key, stamp.at).map(|_| ()));
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
    let mut vault = opening::assemble(to, lock, keys, key, stamp.at, &mut |_| {}, None)?;
    let old = vault.read(ledger::tip)?;
    let (id, by_recovery_code) = (vault.id(), matches!(with, Secret::RecoveryCode(_)));
    vault.commit(stamp, |w| {
        let how = "restore".to_owned();
        w.start_origin(id, Some(OldOrigin { origin: old.origin, last: old.sequence, link: old.link, how }))?;
        w.log(stamp.at, None, &Access::Restored {})?;
        w.log(stamp.at, None, &Access::Unlocked { by_recovery_code })
    })?;
    vault.branch_pending = false;
    vault.head.write_both(&vault.marks.head())?;
    // A backup has no head of its own: the new origin's first one was written just now.
    vault.opening.head = HeadState::Agrees;
    Ok(vault)
}

/// Whether the vault in a folder opens with this secret, holds what `verify` expects, and lacks nothing that its
/// head saw. Nothing is written. A vault of which this cannot be said may be set aside.
fn is_sound(dir: &Path, with: &Secret) -> bool {
    let looked = || -> Result<bool> {
        let keys = Keys::read(&dir.join(files::KEYS))?;
        let Some(key) = keys.unwrap(with)? else { return Ok(false) };
        let db = db::open(&dir.join(files::DB), &key, db::Mode::ReadOnly, None)?;
        let marks = Marks::read(&db, ledger::own_origin(&db)?)?;
        let head = opening::compare(&db, &marks, &opening::head_now(dir, &key)?)?;
        Ok(writer::vault_id(&db)? == keys.vault()
            && matches!(head, HeadState::Agrees | HeadState::Missing)
            && verify::holds(&db)?)
    };
    looked().unwrap_or(false)
}

/// Whether a backup opens with a secret, for a rehearsal (H4): how many entries it holds.
///
/// # Errors
/// As [`restore`]; nothing is written.
pub fn rehearse(from: &Path, with: &Secret) -> Result<u64> {
    let keys = Keys::read(&from.join(files::KEYS))?;
    let key = keys.unwrap(with)?.ok_or_else(|| wrong(with))?;
    let db = db::open(&from.join(files::DB), &key, db::Mode::ReadOnly, None)?;
    ledger::count(&Reader(&db))
}

/// A secret that does not open a backup. There is no wait: whoever holds a backup needs no program to try.
fn wrong(with: &Secret) -> Error {
    match with {
        Secret::Passphrase(_) => Error::WrongPassphrase { wait_seconds: 0 },
        Secret::RecoveryCode(_) => Error::WrongRecoveryCode { wait_seconds: 0 },
    }
}
