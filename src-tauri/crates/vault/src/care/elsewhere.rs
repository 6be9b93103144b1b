//! A verified backup once more in a second place: on a stick, on another disk. A laptop that is lost takes every
//! backup on it along.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use ring::digest::{Context, SHA256};
use sharewell_records::VaultId;

use crate::care::backup::{Backup, Keep, MANIFEST, rotate};
use crate::{Error, Part, Result, Work, files};

/// Where the copies of a vault's backups lie below a second place. Several vaults may share one.
#[must_use]
pub fn copies_of(vault: VaultId, place: &Path) -> PathBuf {
    let id = vault.to_string();
    place.join(format!("Sharewell {}", id.rsplit('-').next().unwrap_or(&id)))
}

/// Copies a verified backup into a second place, reads the copy back and lets go of the oldest there. A copy gets its
/// name only when every byte was found to be the same.
///
/// # Errors
/// [`Error::Io`] where the place is not there; [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Cancelled`];
/// [`Error::Damaged`] naming the backup where what was read back differs. Earlier copies are then untouched.
pub fn copy_elsewhere(made: &Backup, place: &Path, keep: Keep, work: &Work) -> Result<Backup> {
    // The place itself is never made: a stick that is not plugged in would be written into the empty folder under it.
    if !fs::metadata(place)?.is_dir() {
        return Err(Error::Io(std::io::ErrorKind::NotADirectory));
    }
    let home = copies_of(made.vault, place);
    let backups = home.join(files::BACKUPS);
    fs::create_dir_all(&backups)?;
    let name = made.path.file_name().ok_or(Error::Io(std::io::ErrorKind::InvalidInput))?;
    let path = backups.join(name);
    if !path.exists() {
        let unfinished = backups.join(".copying");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        fs::create_dir(&unfinished)?;
        let copied = [files::DB, files::KEYS, MANIFEST].into_iter().try_for_each(|part| {
            work.go_on()?;
            files::copy_synced(&made.path.join(part), &unfinished.join(part))?;
            match hash(&made.path.join(part), work)? == hash(&unfinished.join(part), work)? {
                true => Ok(()),
                false => Err(Error::Damaged { part: Part::Backup }),
            }
        });
        if let Err(error) = copied.and_then(|()| files::rename(&unfinished, &path)) {
            let _ = fs::remove_dir_all(&unfinished);
            return Err(error);
        }
        // A stick's file system may have no such thing for a folder; the files are synced.
        let _ = files::sync_dir(&backups);
    }
    let copy = Backup { path, ..made.clone() };
    rotate(&home, &copy, keep)?;
    Ok(copy)
}

fn hash(path: &Path, work: &Work) -> Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut context = Context::new(&SHA256);
    let mut bytes = vec![0; 1 << 20];
    loop {
        work.go_on()?;
        let read = file.read(&mut bytes)?;
        match bytes.get(..read) {
            None | Some([]) => break,
            Some(more) => context.update(more),
        }
    }
    Ok(context.finish().as_ref().to_vec())
}
