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
use sharewell_records::{Moment, OriginId, Seq, Sha256, VaultId};

use crate::door::keys::DataKey;
use crate::ledger::{self, entries, writer};
use crate::{Error, Part, Result, Work, db, files};

pub(crate) const MANIFEST: &str = "backup.json";
const UNFINISHED: &str = ".unfinished";
const LIMIT: u64 = 64 * 1024;
/// Copying, syncing, checking: what is told of how far a backup is.
const STAGES: u64 = 3;

/// How many backups stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// The newest so many; at least one.
    pub newest: usize,
    /// So many bytes together, counted from the newest. The newest two stay however large they are: the one that was
    /// just verified, and one to go back to.
    pub most_bytes: u64,
}

/// However large they are, as long as [`Keep::newest`] allows it.
const LEAST: usize = 2;

impl Default for Keep {
    fn default() -> Self {
        Self { newest: 10, most_bytes: 4 << 30 }
    }
}

/// What stands in a backup's own file, in the clear and without case data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: String,
    vault: VaultId,
    made: Moment,
    origin: OriginId,
    sequence: Seq,
    link: Sha256,
    disposals: u64,
    /// How many entries the ledger held, of every origin: it only ever grows, whatever the clock says. A backup of an
    /// older program does not say.
    #[serde(default)]
    entries: u64,
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

/// A backup before a migration or a rekey: no checkpoint, since nothing may change yet.
pub(crate) fn before_change(dir: &Path, db: &Connection, key: &DataKey, now: Moment) -> Result<()> {
    make(dir, db, key, now, &Work::new()).map(|_| ())
}

/// Makes a backup. Whoever calls sees to it that one is made at a time.
pub(crate) fn make(dir: &Path, db: &Connection, key: &DataKey, now: Moment, work: &Work) -> Result<Backup> {
    let backups = dir.join(files::BACKUPS);
    files::private_dir(&backups)?;
    let unfinished = backups.join(UNFINISHED);
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    files::private_dir(&unfinished)?;
    let made = fill(dir, &unfinished, db, key, now, work).and_then(|manifest| {
        let path = free_name(&backups, now);
        files::rename(&unfinished, &path)?;
        files::sync_dir(&backups)?;
        Ok(backup_of(path, &manifest))
    });
    if made.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
    }
    made
}

fn fill(dir: &Path, to: &Path, db: &Connection, key: &DataKey, now: Moment, work: &Work) -> Result<Manifest> {
    work.expect(STAGES);
    let before = manifest_of(db, now)?;
    let copy = to.join(files::DB);
    let name = copy.to_str().ok_or(Error::Io(std::io::ErrorKind::InvalidFilename))?;
    db.execute("VACUUM INTO ?1", [name])?;
    work.did(1)?;
    fs::File::options().write(true).open(&copy)?.sync_all()?;
    files::copy_synced(&dir.join(files::KEYS), &to.join(files::KEYS))?;
    work.did(1)?;
    let manifest = look(&copy, key, now, work)?;
    if !goes_on_from(db, &before, &manifest)? {
        return Err(Error::Damaged { part: Part::Backup });
    }
    work.did(1)?;
    let bytes =
        serde_json::to_vec_pretty(&manifest).map_err(|_| Error::Stored { what: "backup manifest" })?;
    files::replace(&to.join(MANIFEST), &bytes)?;
    Ok(manifest)
}

/// Whether a copy is this vault, as it stood before the copying began or as it stood at some time during it.
fn goes_on_from(db: &Connection, before: &Manifest, copy: &Manifest) -> Result<bool> {
    let newer = copy.origin != before.origin || copy.sequence >= before.sequence;
    Ok(copy.vault == before.vault
        && newer
        && copy.disposals >= before.disposals
        && ledger::link_of(db, copy.origin, copy.sequence)? == Some(copy.link))
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
        entries: db::count(db.query_row("SELECT coalesce(max(n), 0) FROM entries", [], |row| row.get(0))?),
    })
}

/// Opens a copy read-only, checks every page, and says how far it goes.
pub(crate) fn look(copy: &Path, key: &DataKey, made: Moment, work: &Work) -> Result<Manifest> {
    let damaged = |error| match Error::from(error) {
        Error::Cancelled => Error::Cancelled,
        _ => Error::Damaged { part: Part::Backup },
    };
    let mut db = db::open(copy, key, db::Mode::ReadOnly, None)?;
    work.bind(&mut db)?;
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

/// Whether a folder is a backup, by the file that says so.
#[must_use]
pub fn is_one(dir: &Path) -> bool {
    dir.join(MANIFEST).exists()
}

/// Whether the database of a backup holds what its manifest says: that vault, up to that link.
pub(crate) fn holds_what_it_says(dir: &Path, db: &Connection) -> Result<bool> {
    let Some(said) = read_manifest(dir) else { return Ok(false) };
    Ok(writer::vault_id(db)? == said.vault
        && entries::tip(db, said.origin)?.sequence == said.sequence
        && ledger::link_of(db, said.origin, said.sequence)? == Some(said.link))
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
    // By what they hold and not by the clock: one that was wrong for a day would otherwise be first for ever, and one
    // that was set back would let go of what was just made.
    found.sort_by(|a, b| (b.1.entries, b.1.made, &b.0).cmp(&(a.1.entries, a.1.made, &a.0)));
    Ok(found)
}

/// The backups of a vault, the newest first. A folder without a readable manifest is not a backup.
///
/// # Errors
/// [`Error::Io`] where the folder cannot be read.
pub fn backups(dir: &Path) -> Result<Vec<Backup>> {
    Ok(all(dir)?.into_iter().map(|(path, manifest)| backup_of(path, &manifest)).collect())
}

/// How many bytes a backup takes. One that cannot be asked counts for nothing, and is not let go for its size.
fn size_of(path: &Path) -> u64 {
    [files::DB, files::KEYS, MANIFEST]
        .into_iter()
        .filter_map(|part| fs::metadata(path.join(part)).ok())
        .map(|part| part.len())
        .sum()
}

/// Removes what is beyond `keep`, and everything that still holds what was disposed of. The one just made
/// stays in any case.
pub(crate) fn rotate(dir: &Path, made: &Backup, keep: Keep) -> Result<()> {
    let now = read_manifest(&made.path).map_or(0, |m| m.disposals);
    let (mut kept, mut bytes) = (1, size_of(&made.path));
    for (path, manifest) in all(dir)? {
        if path == made.path || manifest.vault != made.vault {
            continue;
        }
        let more = bytes.saturating_add(size_of(&path));
        if manifest.disposals < now || kept >= keep.newest.max(1) || (kept >= LEAST && more > keep.most_bytes)
        {
            fs::remove_dir_all(&path)?;
        } else {
            (kept, bytes) = (kept + 1, more);
        }
    }
    Ok(())
}
