//! The end of a vault (M8): its keys are destroyed, then everything else of it, file by file.
//!
//! One small file, `vault.ending`, is the point of no return. Before it has its name the vault opens as ever; from then on
//! it opens for nobody, and whoever comes next goes on with what is written there until nothing is left. So a kill or a
//! power cut leaves one of the two, and never a vault that half of is missing. Key slots go first, in the vault and in
//! every backup that goes: what is left behind after that is sealed.
//!
//! Each file is written over once before its name goes. A flash disk may keep what stood there, and so may whoever copied
//! it; that is for people to know, and is said to them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sharewell_records::{EndPiece, EndedPiece, VaultId};
use zeroize::Zeroizing;

use crate::bytes::random;
use crate::care::backup;
use crate::door::Vault;
use crate::door::lockfile::Lock;
use crate::{Error, Result, copies_of, files, forget_looks};

/// The most bytes of `vault.ending` that are read.
const LIMIT: u64 = 8 << 20;
const FORMAT: &str = "sharewell-ending-1";
/// Bytes that are written over at a time.
const STRETCH: usize = 1 << 16;

/// Files of a vault beside the database that hold no entry.
const NOTES: [&str; 5] = [files::HEAD, "vault.head.new", files::LOCAL, "vault.local.new", "window.json"];
/// The database with what SQLite writes beside it, and the room that a paper takes.
const DATABASE: [&str; 5] = [files::DB, files::WAL, "vault.db-shm", "vault.db-journal", files::ROOM];
const KEYS: [&str; 2] = [files::KEYS, "vault.keys.new"];

/// What is to be destroyed, and what whoever goes on with it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndPlan {
    /// Whether the backups in the vault's own folder go, and what was set aside there.
    pub backups: bool,
    /// Folders with copies of backups, in second places, that go.
    pub elsewhere: Vec<PathBuf>,
    /// What the caller needs to go on. Nobody reads it here.
    pub note: String,
}

/// `vault.ending`.
#[derive(Serialize, Deserialize)]
struct Written {
    format: String,
    vault: VaultId,
    /// What there was of each piece when it began.
    there: Vec<(EndPiece, u64)>,
    plan: EndPlan,
}

/// An ending that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The vault.
    pub vault: VaultId,
    /// What is to be destroyed.
    pub plan: EndPlan,
    there: Vec<(EndPiece, u64)>,
}

/// What became of each piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destroyed {
    /// Each piece that there was.
    pub pieces: Vec<EndedPiece>,
    /// Files whose name went, and which could not be written over before; none where an earlier try was cut off.
    pub not_overwritten: u64,
}

impl Vault {
    /// Ends the vault. When this returns `Ok` there is no way back: nothing is written into it any more, it opens for
    /// nobody, and [`destroy`] does the rest once it is closed.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] where it is only looked at; [`Error::Moved`]; [`Error::DiskFull`] and the like. Nothing has ended
    /// then.
    pub fn begin_end(&mut self, plan: &EndPlan) -> Result<()> {
        if self.is_looked_at() {
            return Err(Error::ReadOnly);
        }
        self.lies_here()?;
        let there = EndPiece::ALL.map(|piece| (piece, of(self.dir(), plan, piece).len() as u64)).to_vec();
        let written = Written { format: FORMAT.to_owned(), vault: self.id(), there, plan: plan.clone() };
        let bytes = serde_json::to_vec(&written).map_err(|_| Error::Stored { what: "ending" })?;
        let bytes = Zeroizing::new(bytes);
        if bytes.len() as u64 > LIMIT {
            return Err(Error::TooLarge { what: "ending" });
        }
        files::replace(&self.dir().join(files::ENDING), &bytes)?;
        self.ended = true;
        Ok(())
    }
}

/// The ending that was begun in a folder; none where none was.
///
/// # Errors
/// [`Error::Stored`] where it cannot be read; [`Error::Io`].
pub fn ending(dir: &Path) -> Result<Option<Ending>> {
    let path = dir.join(files::ENDING);
    if !path.exists() {
        return Ok(None);
    }
    let bytes = Zeroizing::new(files::read_small(&path, LIMIT, "ending")?);
    let unreadable = || Error::Stored { what: "ending" };
    let Written { format, vault, there, plan } = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    // It is read where no key can vouch for it, and whoever can put a file there must not have more removed by it than
    // they could themselves: folders elsewhere are those of this vault's copies, by their name.
    let is_ours = |folder: &PathBuf| folder.parent().is_some_and(|place| *folder == copies_of(vault, place));
    let believed = format == FORMAT && plan.elsewhere.iter().all(is_ours);
    if believed { Ok(Some(Ending { vault, plan, there })) } else { Err(unreadable()) }
}

/// Destroys what an ending names, the key slots first. What cannot be removed stays and is told; asked again, it goes on.
///
/// # Errors
/// [`Error::NoVault`] where no ending was begun there; [`Error::InUse`] while another process has the vault open.
pub fn destroy(dir: &Path) -> Result<Destroyed> {
    destroy_watched(dir, |_| Ok(()))
}

/// The same, asking before each file: for tests that cut it off anywhere.
///
/// # Errors
/// As [`destroy`], and what `before` says: then nothing more is done, as if the power had gone.
#[doc(hidden)]
pub fn destroy_watched(dir: &Path, mut before: impl FnMut(&Path) -> io::Result<()>) -> Result<Destroyed> {
    let Some(Ending { plan, there, .. }) = ending(dir)? else { return Err(Error::NoVault) };
    let _lock = Lock::take(dir)?;
    let mut not_overwritten = 0;
    for piece in EndPiece::ALL {
        for path in of(dir, &plan, piece) {
            before(&path)?;
            // What cannot be written over loses its name all the same.
            not_overwritten += u64::from(overwrite(&path).is_err());
            let _ = fs::remove_file(&path);
        }
        let _ = files::sync_dir(dir);
    }
    for folder in folders(dir, &plan) {
        remove_empty(&folder);
    }
    forget_looks();
    let ended = |(piece, there): (EndPiece, u64)| {
        let left = of(dir, &plan, piece).len() as u64;
        EndedPiece { piece, removed: there.saturating_sub(left), left }
    };
    let mut pieces: Vec<EndedPiece> = there.into_iter().map(ended).collect();
    pieces.extend(stays(dir, &plan));
    pieces.retain(|one| one.removed > 0 || one.left > 0);
    Ok(Destroyed { pieces, not_overwritten })
}

/// Removes the last of it, once whoever asked for the end has what they need from it: `vault.ending`, and the folder where
/// it is empty.
///
/// # Errors
/// [`Error::InUse`]; [`Error::Io`] where the file stays.
pub fn forget_end(dir: &Path) -> Result<()> {
    {
        let _lock = Lock::take(dir)?;
        let path = dir.join(files::ENDING);
        let _ = overwrite(&path);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let _ = files::sync_dir(dir);
    }
    let _ = fs::remove_file(dir.join(files::LOCK));
    // Only where nothing of anybody's is in it.
    let _ = fs::remove_dir(dir);
    Ok(())
}

/// The files of one piece that are there.
fn of(dir: &Path, plan: &EndPlan, piece: EndPiece) -> Vec<PathBuf> {
    let named = |names: &[&str]| -> Vec<PathBuf> {
        names.iter().map(|name| dir.join(name)).filter(|path| path.symlink_metadata().is_ok()).collect()
    };
    let is_key = |path: &PathBuf| path.file_name().is_some_and(|name| name == files::KEYS);
    let under = |folders: Vec<PathBuf>| {
        // In each of them the key slots first.
        let mut all: Vec<PathBuf> = folders.iter().flat_map(|folder| files_under(folder)).collect();
        all.sort_by_key(|path| !is_key(path));
        all
    };
    match piece {
        EndPiece::Keys => named(&KEYS),
        EndPiece::Backups if plan.backups => under(own_folders(dir)),
        EndPiece::Copies => under(plan.elsewhere.clone()),
        EndPiece::Database => {
            named(&DATABASE).into_iter().chain(files_under(&dir.join(files::STAGING))).collect()
        }
        EndPiece::Notes => named(&NOTES),
        EndPiece::Backups | EndPiece::Others => Vec::new(),
    }
}

/// The folders within the vault's own that hold key slots: backups, and damaged vaults that were set aside.
fn own_folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let damaged = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(files::DAMAGED));
    std::iter::once(dir.join(files::BACKUPS)).chain(damaged.map(|entry| entry.path())).collect()
}

/// What stays, since nobody asked for it to go or nobody here knows what it is.
fn stays(dir: &Path, plan: &EndPlan) -> Vec<EndedPiece> {
    let kept = if plan.backups { Vec::new() } else { own_folders(dir) };
    let backups: u64 = kept.iter().map(|folder| files_under(folder).len() as u64).sum();
    let known = |name: &str| {
        name.starts_with(files::DAMAGED)
            || [files::LOCK, files::ENDING, files::BACKUPS, files::STAGING].contains(&name)
            || KEYS.iter().chain(&DATABASE).chain(&NOTES).any(|one| *one == name)
    };
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let others = entries.filter(|entry| !known(&entry.file_name().to_string_lossy())).count() as u64;
    [(EndPiece::Backups, backups), (EndPiece::Others, others)]
        .into_iter()
        .filter(|(_, left)| *left > 0)
        .map(|(piece, left)| EndedPiece { piece, removed: 0, left })
        .collect()
}

/// Folders that go where they are empty.
fn folders(dir: &Path, plan: &EndPlan) -> Vec<PathBuf> {
    let own = if plan.backups { own_folders(dir) } else { Vec::new() };
    plan.elsewhere.iter().cloned().chain(own).chain([dir.join(files::STAGING)]).collect()
}

/// Every file below a folder. Links are named and not followed.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut look = vec![folder.to_owned()];
    while let Some(next) = look.pop() {
        // A link in the place of a folder is somebody else's folder.
        if !next.symlink_metadata().is_ok_and(|about| about.is_dir()) {
            continue;
        }
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => look.push(entry.path()),
                _ => found.push(entry.path()),
            }
        }
    }
    found.sort();
    found
}

/// Removes a folder and those in it, the innermost first, where nothing is left in them.
fn remove_empty(folder: &Path) {
    if !folder.symlink_metadata().is_ok_and(|about| about.is_dir()) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    let _ = fs::remove_dir(folder);
}

/// Writes noise over a file, as long as it is, down to the disk. A link is not followed.
fn overwrite(path: &Path) -> Result<()> {
    let about = path.symlink_metadata()?;
    if !about.is_file() {
        return Ok(());
    }
    let mut file = open_for_writing(path, &about)?;
    let mut left = about.len();
    while left > 0 {
        let noise: [u8; 32] = random()?;
        let stretch = noise.repeat(STRETCH / noise.len());
        let now = usize::try_from(left).unwrap_or(STRETCH).min(STRETCH);
        file.write_all(stretch.get(..now).unwrap_or_default())?;
        left -= now as u64;
    }
    Ok(file.sync_all()?)
}

fn open_for_writing(path: &Path, about: &fs::Metadata) -> Result<File> {
    let open = || OpenOptions::new().write(true).open(path);
    match open() {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let mut may = about.permissions();
            // It is about to go: whoever may have it there may write over it.
            #[cfg(unix)]
            std::os::unix::fs::PermissionsExt::set_mode(&mut may, 0o600);
            #[cfg(not(unix))]
            may.set_readonly(false);
            fs::set_permissions(path, may)?;
            Ok(open()?)
        }
        opened => Ok(opened?),
    }
}

/// The folder with all copies of a vault's backups in a second place, where there is one.
#[must_use]
pub fn copies_to_end(vault: VaultId, place: &Path) -> Option<PathBuf> {
    let folder = copies_of(vault, place);
    let ours = backup::backups(&folder).is_ok_and(|all| all.iter().any(|one| one.vault == vault));
    ours.then_some(folder)
}
