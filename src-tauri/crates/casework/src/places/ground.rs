//! On what ground a folder lies: kept the same elsewhere by a program, on a share, on a drive that can be taken out.

use std::path::{Component, Path};

use sysinfo::{Disk, DiskRefreshKind, Disks};

use crate::views::{Ground, GroundKind};

/// How folders are called that a program keeps the same elsewhere: the beginning of a folder's name in small letters,
/// and what people call the program.
const SYNCED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("cloudstorage", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("syncthing", "Syncthing"),
    ("box sync", "Box"),
    ("pcloud", "pCloud"),
    ("megasync", "MEGA"),
    ("sharepoint", "SharePoint"),
    ("box-box", "Box"),
    ("proton drive", "Proton Drive"),
    ("protondrive", "Proton Drive"),
    ("seafile", "Seafile"),
    ("seadrive", "Seafile"),
];

/// Folders that are called so in these very letters: *box* is a word, and somebody's name.
const SYNCED_AS: &[(&str, &str)] = &[("Box", "Box")];

/// What a program leaves in a folder that it keeps the same, and what people call it.
const LEFT_BY: &[(&str, &str)] = &[
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    ("desktop.onedrive", "OneDrive"),
    (".seafile-data", "Seafile"),
    (".boxsync", "Box"),
];

/// The beginnings of what such a program leaves, where the rest differs from folder to folder.
const LEFT_AS: &[(&str, &str)] = &[(".sync_", "Nextcloud"), ("._sync_", "Nextcloud")];
/// How many files of a folder are looked at for them.
const MOST_LOOKED_AT: usize = 2000;

/// File systems that lie on another computer.
const SHARES: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.gvfsd-fuse",
    "9p",
    "afs",
    "ncpfs",
    "glusterfs",
    "fuse.glusterfs",
    "fuse.rclone",
];

/// What is known of the ground on which a folder lies, or would lie. Nothing is opened.
#[must_use]
pub fn ground(folder: &Path) -> Vec<Ground> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_storage());
    // Where the system names no disks, the folder's name alone says something.
    let disks = disks.map(Vec::<Disk>::from).unwrap_or_default();
    let mounts: Vec<Mount> = disks
        .iter()
        .map(|disk| Mount {
            at: disk.mount_point().to_owned(),
            kind: disk.file_system().to_string_lossy().to_lowercase(),
            removable: disk.is_removable(),
        })
        .collect();
    of(&folder, &mounts)
}

/// A place at which a disk is mounted.
struct Mount {
    at: std::path::PathBuf,
    /// Its file system, in small letters.
    kind: String,
    removable: bool,
}

fn of(folder: &Path, mounts: &[Mount]) -> Vec<Ground> {
    let mut grounds = Vec::new();
    if let Some(by) = synced(folder) {
        grounds.push(Ground { kind: GroundKind::Synced, name: by.to_owned() });
    }
    let mount = mounts.iter().filter(|mount| folder.starts_with(&mount.at));
    let mount = mount.max_by_key(|mount| mount.at.components().count());
    let unc = folder.to_string_lossy().starts_with(r"\\") && !folder.to_string_lossy().starts_with(r"\\?\");
    if unc || mount.is_some_and(|mount| SHARES.contains(&mount.kind.as_str())) {
        grounds.push(Ground { kind: GroundKind::Share, name: String::new() });
    }
    if mount.is_some_and(|mount| mount.removable) {
        grounds.push(Ground { kind: GroundKind::Removable, name: String::new() });
    }
    grounds
}

fn synced(folder: &Path) -> Option<&'static str> {
    let named = folder.components().find_map(|part| {
        let Component::Normal(name) = part else { return None };
        if let Some((_, by)) = SYNCED_AS.iter().find(|(called, _)| name == *called) {
            return Some(*by);
        }
        let name = name.to_string_lossy().to_lowercase();
        SYNCED.iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, by)| *by)
    });
    named.or_else(|| {
        folder.ancestors().find_map(|above| {
            let there = |name: &str| std::fs::symlink_metadata(above.join(name)).is_ok();
            let left = LEFT_BY.iter().find(|(name, _)| there(name)).map(|(_, by)| *by);
            left.or_else(|| {
                let files = std::fs::read_dir(above).into_iter().flatten().flatten().take(MOST_LOOKED_AT);
                let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
                names.into_iter().find_map(|name| {
                    LEFT_AS.iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, by)| *by)
                })
            })
        })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kinds(folder: &str, mounts: &[Mount]) -> Vec<GroundKind> {
        of(Path::new(folder), mounts).into_iter().map(|ground| ground.kind).collect()
    }

    fn mount(at: &str, kind: &str, removable: bool) -> Mount {
        Mount { at: at.into(), kind: kind.into(), removable }
    }

    #[test]
    fn a_folder_that_a_program_keeps_the_same_elsewhere_is_named() {
        for (folder, by) in [
            ("/home/nia/OneDrive - Fablewell Council/Sharewell", "OneDrive"),
            ("/home/nia/Dropbox (Team)/vault", "Dropbox"),
            ("/Users/nia/Library/Mobile Documents/com~apple~CloudDocs/vault", "iCloud"),
            ("/home/nia/Nextcloud/vault", "Nextcloud"),
            ("/home/nia/Box/vault", "Box"),
            ("/Users/nia/Library/CloudStorage/Box-Box/vault", "iCloud"),
            ("/home/nia/Proton Drive/nia/My files/vault", "Proton Drive"),
            ("/home/nia/Seafile/My Library/vault", "Seafile"),
        ] {
            assert_eq!(synced(Path::new(folder)), Some(by), "{folder}");
        }
        assert_eq!(synced(Path::new("/home/nia/.local/share/sharewell/vault")), None);
        assert_eq!(synced(Path::new("/home/box/boxes/vault")), None, "a box is no program");
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("shared/.stfolder")).unwrap();
        assert_eq!(synced(&dir.path().join("shared/deep/vault")), Some("Syncthing"), "by what it leaves");
        std::fs::create_dir_all(dir.path().join("kept/deep")).unwrap();
        std::fs::write(dir.path().join("kept/.sync_1f2e3d4c5b6a.db"), b"").unwrap();
        assert_eq!(synced(&dir.path().join("kept/deep/vault")), Some("Nextcloud"), "by how that begins");
    }

    #[test]
    fn a_share_and_a_drive_that_can_be_taken_out_are_named_by_the_nearest_mount() {
        let mounts = [
            mount("/", "ext4", false),
            mount("/mnt/team", "cifs", false),
            mount("/media/nia/STICK", "vfat", true),
        ];
        assert_eq!(kinds("/home/nia/vault", &mounts), []);
        assert_eq!(kinds("/mnt/team/vault", &mounts), [GroundKind::Share]);
        assert_eq!(kinds("/media/nia/STICK/vault", &mounts), [GroundKind::Removable]);
        assert_eq!(kinds("/mnt/teamwork/vault", &mounts), [], "another folder's name");
    }
}
