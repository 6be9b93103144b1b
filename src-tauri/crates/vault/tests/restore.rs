//! Bringing a backup back where a damaged vault lies.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use sharewell_records::*;
use sharewell_vault::{Error, HeadState, Keep, OutsideHead, Secret, Vault, cases};
use support::*;

/// The vault's own files and a hash of each; the lock's file and the courtesies apart. SQLite may leave an empty
/// log beside a database that it has read.
fn bytes(dir: &Path) -> BTreeMap<&'static str, Sha256> {
    let names = ["vault.db", "vault.db-wal", "vault.keys", "vault.head"];
    let held = |name| fs::read(dir.join(name)).ok().filter(|bytes| !bytes.is_empty());
    names.into_iter().filter_map(|name| Some((name, Sha256::of(&[&held(name)?])))).collect()
}

fn asides(dir: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("damaged-")).collect()
}

/// Flips bytes in the first page, so that the database no longer opens.
fn damage(dir: &Path) {
    let path = dir.join("vault.db");
    let mut all = fs::read(&path).unwrap();
    all[100..140].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(path, all).unwrap();
}

/// A closed vault with one family, its backup, and its recovery code.
fn backed_up(dir: &Path) -> (CaseId, sharewell_vault::Backup, String) {
    let (mut vault, code) = create(dir);
    let case = family(&mut vault, 1, "Sampleton").case;
    let backup = vault.backup(&stamp(2), Keep::default()).unwrap();
    family(&mut vault, 3, "Notreal");
    vault.close().unwrap();
    (case, backup, code.shown().expose_secret().to_owned())
}

#[test]
fn a_backup_takes_the_place_of_a_damaged_vault_and_nothing_of_it_is_deleted() {
    for by_code in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let (case, backup, code) = backed_up(dir.path());
        damage(dir.path());
        let refused = Vault::unlock(dir.path(), secret(), at(4));
        assert!(matches!(refused, Err(Error::Damaged { .. })), "{refused:?}");
        let before = bytes(dir.path());

        let with = if by_code { Secret::RecoveryCode(code.into()) } else { secret() };
        let vault = restore(&backup.path, dir.path(), &with, &stamp(5)).unwrap();
        vault.read(|r| cases::get(r, case)).unwrap();
        let known = OutsideHead { origin: backup.origin, sequence: backup.sequence, link: backup.link };
        let report = vault.verify(&[known]).unwrap();
        assert!(report.sound(), "{report:?}");
        assert_ne!(vault.origin(), backup.origin, "a copy goes on as a new origin");
        vault.close().unwrap();

        let aside = asides(dir.path());
        assert_eq!(aside.len(), 1, "the damaged vault stands in one folder of its own");
        assert_eq!(bytes(&aside[0]), before, "byte for byte as it was");
        assert!(backup.path.join("vault.db").exists(), "the backup stays where it was");
        assert_eq!(unlock(dir.path(), 6).opening().head, HeadState::Agrees);
    }
}

#[test]
fn a_vault_without_its_database_or_its_keys_can_be_brought_back() {
    for gone in ["vault.db", "vault.keys"] {
        let dir = tempfile::tempdir().unwrap();
        let (case, backup, _) = backed_up(dir.path());
        fs::remove_file(dir.path().join(gone)).unwrap();
        let vault = restore(&backup.path, dir.path(), &secret(), &stamp(5)).unwrap();
        vault.read(|r| cases::get(r, case)).unwrap();
    }
}

#[test]
fn a_vault_that_lost_entries_may_be_replaced_by_a_backup() {
    let dir = tempfile::tempdir().unwrap();
    let (case, backup, _) = backed_up(dir.path());
    // An older database under a newer head: pages are whole, and entries are missing.
    fs::copy(backup.path.join("vault.db"), dir.path().join("vault.db")).unwrap();
    let vault = restore(&backup.path, dir.path(), &secret(), &stamp(5)).unwrap();
    vault.read(|r| cases::get(r, case)).unwrap();
}

#[test]
fn a_vault_whose_pages_are_whole_and_whose_chain_is_not_may_be_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let (case, backup, _) = backed_up(dir.path());
    let vault = unlock(dir.path(), 4);
    let key = vault.raw_key().unwrap();
    vault.close().unwrap();
    let db = rusqlite::Connection::open(dir.path().join("vault.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; DROP TRIGGER access_never_changes; UPDATE access SET detail = '{{}}' WHERE n = 1;"))
        .unwrap();
    db.close().unwrap();
    let vault = restore(&backup.path, dir.path(), &secret(), &stamp(5)).unwrap();
    vault.read(|r| cases::get(r, case)).unwrap();
}

#[test]
fn a_sound_vault_is_never_set_aside_by_its_own_secret() {
    let dir = tempfile::tempdir().unwrap();
    let (_, backup, _) = backed_up(dir.path());
    let before = bytes(dir.path());
    let refused = restore(&backup.path, dir.path(), &secret(), &stamp(5));
    assert!(matches!(refused, Err(Error::AlreadyExists)), "{refused:?}");
    assert_eq!((bytes(dir.path()), asides(dir.path()).len()), (before, 0), "nothing was touched");
    let mut open = unlock(dir.path(), 6);
    let refused = restore(&backup.path, dir.path(), &secret(), &stamp(7));
    assert!(matches!(refused, Err(Error::InUse)), "an open vault least of all: {refused:?}");
    assert!(open.verify(&[]).unwrap().sound());
    family(&mut open, 8, "Madeup");
    let killed = tempfile::tempdir().unwrap();
    copy(dir.path(), killed.path());
    assert!(fs::metadata(killed.path().join("vault.db-wal")).unwrap().len() > 0, "it was not closed");
    let refused = restore(&backup.path, killed.path(), &secret(), &stamp(9));
    assert!(matches!(refused, Err(Error::AlreadyExists)), "nor one that a power cut left: {refused:?}");
}

#[test]
fn a_restore_that_fails_leaves_the_damaged_vault_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (_, backup, _) = backed_up(dir.path());
    damage(dir.path());
    let before = bytes(dir.path());
    let unchanged = |why: &str| {
        assert_eq!(bytes(dir.path()), before, "{why}: every byte is as it was");
        assert_eq!(asides(dir.path()), Vec::<PathBuf>::new(), "{why}: no folder is left over");
        assert!(!dir.path().join("creating").exists(), "{why}: nothing half made is left over");
    };

    let other = Secret::Passphrase("a different passphrase entirely".into());
    let refused = restore(&backup.path, dir.path(), &other, &stamp(5));
    assert!(matches!(refused, Err(Error::WrongPassphrase { .. })), "{refused:?}");
    unchanged("a wrong passphrase");

    let broken = tempfile::tempdir().unwrap();
    copy(&backup.path, broken.path());
    damage(broken.path());
    let refused = restore(broken.path(), dir.path(), &secret(), &stamp(6));
    assert!(matches!(refused, Err(Error::Damaged { .. })), "{refused:?}");
    unchanged("a damaged backup");

    // Only opened in its place does a vault of a newer version show itself: after the old one was moved.
    let newer = tempfile::tempdir().unwrap();
    copy(&backup.path, newer.path());
    // Without the file that says so it is no backup, and opens for work.
    fs::remove_file(newer.path().join("backup.json")).unwrap();
    let vault = Vault::unlock(newer.path(), secret(), at(7)).unwrap();
    let key = vault.raw_key().unwrap();
    vault.close().unwrap();
    let db = rusqlite::Connection::open(newer.path().join("vault.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA user_version = 9999;")).unwrap();
    db.close().unwrap();
    let refused = restore(newer.path(), dir.path(), &secret(), &stamp(8));
    assert!(matches!(refused, Err(Error::TooNew { .. })), "{refused:?}");
    unchanged("a backup of a newer version");

    let again = restore(&backup.path, dir.path(), &secret(), &stamp(9));
    assert!(again.is_ok(), "and the right backup still comes back: {again:?}");
}
