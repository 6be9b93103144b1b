//! Whether there is room for a paper, told before it comes in: in the vault, and in the backup that follows.

use std::path::Path;

use sharewell_vault::Vault;

use super::chosen::{Chosen, file_name};
use crate::error::{Error, Result};
use crate::views::PaperOffer;

/// What the database's own log takes while a paper comes in, whatever its size.
const LOG: u64 = 16 << 20;

/// What a file that was chosen is, and what it would take, before anything of it is kept.
///
/// # Errors
/// [`Error::NotRead`] where it cannot be read; [`Error::Vault`] where it is empty or too large; [`Error::NoRoom`].
pub fn offer_paper(vault: &Vault, path: &Path) -> Result<PaperOffer> {
    let size = Chosen::open(path)?.size();
    let (needs, free) = must_do(vault, size)?;
    Ok(PaperOffer { name: file_name(path), kib: kib(size), needs_kib: kib(needs), free_kib: free.map(kib) })
}

/// Bytes in KiB, rounded up.
pub(super) fn kib(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX)
}

/// What a paper needs, and what is free; refused where that does not do. A vault that can be backed up no more would
/// be lost with the laptop.
///
/// # Errors
/// [`Error::NoRoom`].
pub(super) fn must_do(vault: &Vault, size: u64) -> Result<(u64, Option<u64>)> {
    let database = std::fs::metadata(vault.dir().join("vault.db")).map_or(0, |about| about.len());
    let (in_vault, in_backup) = (size + LOG, database + size);
    let needs = in_vault + in_backup;
    match free(vault.dir()) {
        Some(free) if free < needs => Err(Error::NoRoom(needs, free)),
        free => Ok((needs, free)),
    }
}

/// How many bytes are free where a folder lies; none where the system does not say.
#[cfg(target_os = "linux")]
fn free(folder: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok()?;
    about.f_bavail.checked_mul(about.f_frsize)
}

#[cfg(not(target_os = "linux"))]
fn free(folder: &Path) -> Option<u64> {
    use sysinfo::{DiskRefreshKind, Disks};
    let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_storage());
    let of = disks.iter().filter(|disk| folder.starts_with(disk.mount_point()));
    of.max_by_key(|disk| disk.mount_point().components().count()).map(sysinfo::Disk::available_space)
}
