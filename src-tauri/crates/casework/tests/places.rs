//! What this computer remembers of its vaults: one that is not where it was, and copies of backups elsewhere (A18, A45
//! of the field cases).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use sharewell_casework::long::at_once;
use sharewell_casework::maintenance::{self, BackUp};
use sharewell_casework::places::Places;
use sharewell_casework::views::CopyDue;
use sharewell_casework::{Code, Failure, start};
use support::*;

/// A computer with a memory, and a vault that was opened on it.
struct Computer {
    dir: tempfile::TempDir,
    places: Places,
    asked: PathBuf,
}

impl Computer {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::kept_in(dir.path().join("config/places.json"));
        let asked = dir.path().join("data/vault");
        let vault = vault(&asked);
        places.opened(&asked, &vault).unwrap();
        start::close(vault, at(1)).unwrap();
        Self { dir, places, asked }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A folder elsewhere.
    fn stick(&self) -> PathBuf {
        let stick = self.path("stick");
        fs::create_dir_all(&stick).unwrap();
        stick
    }

    fn back_up(&self, minutes: i64) -> sharewell_casework::views::BackupView {
        let mut vault = start::unlock(&self.places.at(&self.asked), secret(PASSPHRASE), at(minutes)).unwrap();
        let backup = BackUp { places: self.places.clone(), asked: self.asked.clone() };
        let made = at_once(backup, &mut vault, at(minutes)).unwrap();
        start::close(vault, at(minutes)).unwrap();
        made
    }
}

fn code<T: std::fmt::Debug>(refused: sharewell_casework::Result<T>) -> Code {
    Failure::from(refused.unwrap_err()).code
}

#[test]
fn a_vault_whose_folder_was_renamed_is_not_taken_for_a_first_start_and_is_found_beside_its_place() {
    let here = Computer::new();
    assert_eq!(here.places.missing(&here.asked), None, "it lies where it was");
    let renamed = here.path("data/vault of last year");
    fs::rename(&here.asked, &renamed).unwrap();
    let missing = here.places.missing(&here.asked).expect("remembered");
    assert_eq!(missing.was, here.asked.display().to_string());
    assert_eq!(missing.found, [renamed.display().to_string()], "one click away");

    here.places.lies_in(&here.asked, &renamed).unwrap();
    assert_eq!(here.places.at(&here.asked), renamed);
    assert_eq!(here.places.missing(&here.asked), None);
    assert!(start::unlock(&here.places.at(&here.asked), secret(PASSPHRASE), at(2)).is_ok());

    // The folder above was renamed, or the whole of it went with a drive.
    fs::rename(here.path("data"), here.path("DATA 2")).unwrap();
    let missing = here.places.missing(&here.asked).expect("remembered");
    assert_eq!(missing.found, [here.path("DATA 2/vault of last year").display().to_string()]);
    fs::rename(here.path("DATA 2"), tempfile::tempdir().unwrap().keep().join("gone")).unwrap();
    assert_eq!(here.places.missing(&here.asked).expect("remembered").found, Vec::<String>::new());
}

#[test]
fn only_that_vault_takes_its_place_and_beginning_anew_has_to_be_said() {
    let here = Computer::new();
    here.back_up(2);
    let backup = fs::read_dir(here.asked.join("backups")).unwrap().next().unwrap().unwrap().path();
    let kept = here.path("kept aside");
    fs::rename(&here.asked, &kept).unwrap();
    let backup = kept.join("backups").join(backup.file_name().unwrap());
    assert_eq!(code(here.places.lies_in(&here.asked, &backup)), Code::IsBackup, "nobody works in a backup");
    assert_eq!(code(here.places.lies_in(&here.asked, &here.stick())), Code::NoVault);
    let other = here.path("other");
    start::close(vault(&other), at(3)).unwrap();
    assert_eq!(code(here.places.lies_in(&here.asked, &other)), Code::OtherVault);
    assert!(here.places.missing(&here.asked).is_some(), "a wrong choice changes nothing");

    here.places.forget(&here.asked).unwrap();
    assert_eq!(here.places.missing(&here.asked), None, "now it is a first start");
    assert!(kept.join("vault.db").exists(), "and nothing of the old one was touched");
}

#[test]
fn what_this_computer_remembers_holds_nothing_of_a_case_and_can_be_lost() {
    let here = Computer::new();
    let file = here.path("config/places.json");
    let kept = fs::read_to_string(&file).unwrap();
    for word in ["Nia", "Exampleton", "Fablewell"] {
        assert!(!kept.contains(word), "{kept}");
    }
    for broken in ["", "{", "[{\"asked\": 3}]"] {
        fs::write(&file, broken).unwrap();
        assert_eq!(here.places.at(&here.asked), here.asked, "the vault is found where it always was");
        assert_eq!(here.places.missing(&here.asked), None);
    }
}

#[test]
fn each_backup_is_copied_to_the_second_place_and_the_copy_alone_brings_the_vault_back() {
    let here = Computer::new();
    assert_eq!(here.places.copy_due(&here.asked, at(2)), Some(CopyDue::NoPlace));
    assert!(here.back_up(3).copy.is_none());
    let stick = here.stick();
    here.places.choose_second(&here.asked, Some(&stick)).unwrap();
    assert_eq!(here.places.copy_due(&here.asked, at(4)), Some(CopyDue::NotYet));
    let made = here.back_up(5);
    let copy = made.copy.expect("a copy");
    assert_eq!(copy.failed, None);
    assert!(Path::new(&copy.folder).starts_with(stick.canonicalize().unwrap()), "{}", copy.folder);
    assert_eq!(here.places.copy_due(&here.asked, at(6)), None);
    let week = 7 * 24 * 60;
    assert_eq!(here.places.copy_due(&here.asked, at(5 + week)), Some(CopyDue::Old { days: 7 }));
    let ahead = here.places.copy_due(&here.asked, at(5 - week));
    assert_eq!(ahead, Some(CopyDue::Old { days: 7 }), "a wrong clock dated it ahead: that proves nothing");
    let place = here.places.second_view(&here.asked, at(5 + week)).unwrap();
    assert_eq!((place.days, place.reachable, place.same_disk), (Some(7), true, true));

    // The laptop is gone, with every backup that lay on it.
    fs::remove_dir_all(&here.asked).unwrap();
    let found = maintenance::backups_at_hand(&here.places, &here.asked);
    assert_eq!(found.len(), 1, "the copy is offered by itself");
    let vault =
        maintenance::restore_vault(Path::new(&found[0].folder), &here.asked, secret(PASSPHRASE), at(9))
            .unwrap();
    start::close(vault, at(10)).unwrap();
}

#[test]
fn a_stick_that_is_not_plugged_in_costs_no_backup_and_is_told() {
    let here = Computer::new();
    let stick = here.stick();
    here.places.choose_second(&here.asked, Some(&stick)).unwrap();
    fs::remove_dir(&stick).unwrap();
    let made = here.back_up(5);
    assert!(Path::new(&made.folder).join("vault.db").exists(), "the backup is there");
    assert!(made.copy.expect("told").failed.is_some());
    assert!(!stick.exists(), "nothing is written into the empty place of a stick");
    assert!(!here.places.second_view(&here.asked, at(6)).unwrap().reachable);
    assert_eq!(here.places.copy_due(&here.asked, at(6)), Some(CopyDue::NotYet));
}

#[test]
fn a_second_place_that_would_be_lost_with_the_vault_is_refused() {
    let here = Computer::new();
    let inside = here.asked.join("backups");
    fs::create_dir_all(&inside).unwrap();
    assert_eq!(code(here.places.choose_second(&here.asked, Some(&inside))), Code::InTheVault);
    let nowhere = here.path("nowhere");
    assert_eq!(code(here.places.choose_second(&here.asked, Some(&nowhere))), Code::FileNotWritten);
    assert_eq!(here.places.second(&here.asked), None);
}

#[test]
fn copies_elsewhere_make_room_for_new_ones() {
    let here = Computer::new();
    let stick = here.stick();
    here.places.choose_second(&here.asked, Some(&stick)).unwrap();
    for minutes in 0..12 {
        here.back_up(100 + minutes);
    }
    let home = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    let copies = fs::read_dir(home.join("backups")).unwrap().count();
    assert_eq!(copies, 10);
}
