//! Where the vaults of this computer lie, and where copies of their backups go: remembered outside of them.
//!
//! A vault whose folder was renamed, or whose drive is not plugged in, would otherwise look like a first start, and a
//! frightened person would begin a second one. What is kept holds folders, ids of vaults and moments, and nothing of
//! what is in them.

mod ground;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sharewell_records::{Moment, VaultId};
use sharewell_vault::{Backup, Keep, Vault, Work, vault_in};

pub use ground::ground;

use crate::error::{Error, Result};
use crate::keep;
use crate::views::{CopyDue, MissingVault, SecondPlace};

/// The most vaults that are remembered; the one not used for longest is forgotten first.
const MOST: usize = 20;
/// The most bytes of the file that are looked at.
const LIMIT: u64 = 64 * 1024;
/// Days after which a copy elsewhere is too old to be quiet about.
const COPY_EACH: i64 = 7;

/// A second place for backups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Copies {
    to: PathBuf,
    last: Option<Moment>,
}

/// One vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// The folder in which the program looks for it.
    asked: PathBuf,
    /// The folder in which it lies.
    at: PathBuf,
    vault: VaultId,
    #[serde(default)]
    copies: Option<Copies>,
}

/// What this computer remembers.
#[derive(Debug, Clone)]
pub struct Places {
    /// None where the system names no folder for it: then nothing is remembered.
    file: Option<PathBuf>,
}

impl Places {
    /// The memory of this computer, in the platform's folder for a program's settings.
    #[must_use]
    pub fn of_this_computer() -> Self {
        let dirs = directories::ProjectDirs::from("", "", "Sharewell");
        Self { file: dirs.map(|dirs| dirs.preference_dir().join("places.json")) }
    }

    /// A memory that is kept in a file.
    #[must_use]
    pub fn kept_in(file: PathBuf) -> Self {
        Self { file: Some(file) }
    }

    /// A memory of nothing: the fictional sample is not remembered.
    #[must_use]
    pub fn none() -> Self {
        Self { file: None }
    }

    /// What is kept. A courtesy: what cannot be read counts as nothing.
    fn all(&self) -> Vec<Place> {
        let read = || serde_json::from_slice(&keep::read(self.file.as_deref()?, LIMIT).ok()?).ok();
        read().unwrap_or_default()
    }

    fn of(&self, asked: &Path) -> Option<Place> {
        self.all().into_iter().find(|place| place.asked == asked)
    }

    /// Keeps a changed place, the one used last first.
    fn keep(&self, place: Place) -> Result<()> {
        let mut all = self.all();
        all.retain(|other| other.asked != place.asked);
        all.insert(0, place);
        all.truncate(MOST);
        self.write(&all)
    }

    fn write(&self, all: &[Place]) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Error::NotWritten(error.kind()))?;
        }
        let bytes = serde_json::to_vec_pretty(all).map_err(|_| Error::Stored { what: "places" })?;
        keep::bytes(file, &bytes)
    }

    /// The folder in which a vault lies that the program looks for in `asked`.
    #[must_use]
    pub fn at(&self, asked: &Path) -> PathBuf {
        self.of(asked).map_or_else(|| asked.to_owned(), |place| place.at)
    }

    /// Remembers that a vault was opened.
    ///
    /// # Errors
    /// [`Error::NotWritten`]. Nobody has to wait for it: the vault is open.
    pub fn opened(&self, asked: &Path, vault: &Vault) -> Result<()> {
        let before = self.of(asked).filter(|place| place.vault == vault.id());
        let copies = before.as_ref().and_then(|place| place.copies.clone());
        let place = Place { asked: asked.to_owned(), at: vault.dir().to_owned(), vault: vault.id(), copies };
        if before.as_ref() == Some(&place) { Ok(()) } else { self.keep(place) }
    }

    /// Where a vault is remembered and nothing is found there: where it was, and where it may be now.
    #[must_use]
    pub fn missing(&self, asked: &Path) -> Option<MissingVault> {
        let place = self.of(asked).filter(|place| !Vault::exists(&place.at))?;
        let shown = |path: &Path| path.display().to_string();
        let found = beside(&place).iter().map(|path| shown(path)).collect();
        Some(MissingVault { was: shown(&place.at), found })
    }

    /// A person shows where the vault lies now.
    ///
    /// # Errors
    /// [`Error::Vault`] where no vault lies there, or a backup; [`Error::OtherVault`] where it is another one.
    pub fn lies_in(&self, asked: &Path, folder: &Path) -> Result<()> {
        let place = self.of(asked).ok_or(Error::NotFound { what: "place" })?;
        if sharewell_vault::is_backup(folder) {
            return Err(sharewell_vault::Error::IsBackup.into());
        }
        match vault_in(folder) {
            Some(vault) if vault == place.vault => {
                self.keep(Place { at: std::path::absolute(folder).unwrap_or(folder.to_owned()), ..place })
            }
            Some(_) => Err(Error::OtherVault),
            None => Err(sharewell_vault::Error::NoVault.into()),
        }
    }

    /// Forgets a vault: the next start is a first one. Nothing of the vault is touched.
    ///
    /// # Errors
    /// [`Error::NotWritten`].
    pub fn forget(&self, asked: &Path) -> Result<()> {
        let mut all = self.all();
        all.retain(|place| place.asked != asked);
        self.write(&all)
    }

    /// The second place for backups of a vault; none where none was chosen.
    #[must_use]
    pub fn second(&self, asked: &Path) -> Option<PathBuf> {
        self.of(asked)?.copies.map(|copies| copies.to)
    }

    /// The second place as a page shows it.
    #[must_use]
    pub fn second_view(&self, asked: &Path, now: Moment) -> Option<SecondPlace> {
        let place = self.of(asked)?;
        let copies = place.copies?;
        Some(SecondPlace {
            folder: copies.to.display().to_string(),
            reachable: copies.to.is_dir(),
            last: copies.last,
            days: copies.last.map(|last| days_between(last, now)),
            same_disk: same_disk(&copies.to, &place.at),
        })
    }

    /// Chooses a second place, or none.
    ///
    /// # Errors
    /// [`Error::NotWritten`] where it is no folder that can be written into; [`Error::InTheVault`] where it lies in the
    /// vault's own folder.
    pub fn choose_second(&self, asked: &Path, to: Option<&Path>) -> Result<()> {
        let place = self.of(asked).ok_or(Error::NotFound { what: "place" })?;
        let copies = match to {
            None => None,
            Some(to) => {
                let to = outside(&place.at, to)?;
                // Whether anything can be written there is tried now, and not on the day when it is needed.
                tempfile::tempfile_in(&to).map_err(|error| Error::NotWritten(error.kind()))?;
                Some(Copies { to, last: None })
            }
        };
        self.keep(Place { copies, ..place })
    }

    /// Copies a backup into the second place, where there is one, and remembers that it was.
    ///
    /// # Errors
    /// [`Error::Vault`] where the copy could not be made: the backup itself is safe.
    pub fn copy(&self, asked: &Path, made: &Backup, work: &Work, now: Moment) -> Result<Option<Backup>> {
        let Some(place) = self.of(asked) else { return Ok(None) };
        let Some(copies) = place.copies.clone() else { return Ok(None) };
        let copy = sharewell_vault::copy_elsewhere(made, &copies.to, Keep::default(), work)?;
        self.keep(Place { copies: Some(Copies { last: Some(now), ..copies }), ..place })?;
        Ok(Some(copy))
    }

    /// What to remind of: that no copy lies elsewhere, or that the last one is old.
    #[must_use]
    pub fn copy_due(&self, asked: &Path, now: Moment) -> Option<CopyDue> {
        match self.of(asked)?.copies {
            None => Some(CopyDue::NoPlace),
            Some(Copies { last: None, .. }) => Some(CopyDue::NotYet),
            Some(Copies { last: Some(last), .. }) => {
                let days = days_between(last, now);
                (i64::from(days) >= COPY_EACH).then_some(CopyDue::Old { days })
            }
        }
    }

    /// Every backup that can be reached of the vault that is looked for in `asked`: in its folder and in the second place.
    #[must_use]
    pub fn backups(&self, asked: &Path) -> Vec<Backup> {
        let place = self.of(asked);
        let home = place.as_ref().map_or_else(|| asked.to_owned(), |place| place.at.clone());
        let mut all = sharewell_vault::backups(&home).unwrap_or_default();
        if let Some(Place { vault, copies: Some(copies), .. }) = place {
            let elsewhere = sharewell_vault::copies_of(vault, &copies.to);
            all.extend(sharewell_vault::backups(&elsewhere).unwrap_or_default());
        }
        all
    }
}

/// A folder for copies of a vault's backups, which lies outside of the vault's own.
///
/// # Errors
/// [`Error::NotWritten`] where it is not there; [`Error::InTheVault`].
pub(crate) fn outside(vault: &Path, to: &Path) -> Result<PathBuf> {
    let home = vault.canonicalize().unwrap_or_else(|_| vault.to_owned());
    let to = to.canonicalize().map_err(|error| Error::NotWritten(error.kind()))?;
    if to.starts_with(&home) { Err(Error::InTheVault) } else { Ok(to) }
}

/// Folders near where a vault was that hold it now: a renamed folder, or a renamed one above it.
fn beside(place: &Place) -> Vec<PathBuf> {
    let folders = |dir: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).take(MOST_LOOKED_AT).collect()
    };
    let Some(parent) = place.at.parent() else { return vec![] };
    let mut near = folders(parent);
    if let (Some(above), Some(name)) = (parent.parent(), place.at.file_name()) {
        near.extend(folders(above).into_iter().map(|folder| folder.join(name)));
    }
    near.retain(|folder| vault_in(folder) == Some(place.vault) && !sharewell_vault::is_backup(folder));
    near.sort();
    near.dedup();
    near
}

/// How many folders are looked into beside where a vault was.
const MOST_LOOKED_AT: usize = 200;

/// Days that lie between two moments, whichever comes first: a copy that a wrong clock dates ahead is as little to rely on
/// as an old one.
fn days_between(one: Moment, other: Moment) -> u32 {
    u32::try_from((other.0 - one.0).num_days().unsigned_abs()).unwrap_or(u32::MAX)
}

#[cfg(unix)]
fn same_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).ok().map(|about| about.dev());
    matches!((device(one), device(other)), (Some(one), Some(other)) if one == other)
}

#[cfg(not(unix))]
fn same_disk(_: &Path, _: &Path) -> bool {
    false
}
