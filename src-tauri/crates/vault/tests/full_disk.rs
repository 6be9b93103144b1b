//! A file system that is really full, as a laptop's disk is at the worst moment.
//!
//! `faults.rs` limits the database's own pages; here the log, the heads, the backup and the notes beside the vault
//! meet a full disk too. It takes the right to mount, in a namespace of its own that goes with the test.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sharewell_left_out::ground::{Ground, test_again};
use sharewell_left_out::left_out;
use sharewell_records::*;
use sharewell_vault::{Draft, EmergencyNumber, Error, HeadState, Keep, Vault, backups, drafts, items};
use support::*;

/// Where the child process finds the small disk.
const DISK: &str = "SHAREWELL_SMALL_DISK";
/// What the child prints once all of it held.
const HELD: &str = "everything held on a full disk";

#[test]
fn a_disk_that_is_really_full_is_told_and_costs_nothing_that_was_acknowledged() {
    let disk = tempfile::tempdir().unwrap();
    if let Err(why) = test_again(Ground::Room("12m"), disk.path(), DISK, "child_on_a_small_disk", HELD) {
        left_out!("{why}");
    }
}

/// A file that takes all the room there is but so many bytes.
struct Ballast(PathBuf);

impl Ballast {
    fn leaving(disk: &Path, room: u64) -> Self {
        let path = disk.join("ballast");
        let mut file = fs::File::create(&path).unwrap();
        while file.write_all(&[7; 4096]).is_ok() {}
        let size = file.metadata().unwrap().len();
        file.set_len(size.saturating_sub(room)).unwrap();
        Self(path)
    }

    fn goes(self) {
        fs::remove_file(self.0).unwrap();
    }
}

fn draft(body: String) -> Draft {
    Draft { key: "answers".into(), kind: "decision".into(), case: None, body, updated: at(7) }
}

/// Runs only when started by the test above, with a small disk mounted.
#[test]
fn child_on_a_small_disk() {
    let Some(disk) = std::env::var_os(DISK).map(PathBuf::from) else { return };
    let home = disk.join("vault");
    fs::create_dir(&home).unwrap();
    let (mut vault, _) = create(&home);
    let family = family(&mut vault, 1, "Sampleton");
    vault.save_draft(&draft("typed before the disk was full".into())).unwrap();
    let backup = vault.backup(&stamp(2), Keep::default()).unwrap();

    let ballast = Ballast::leaving(&disk, 256 * 1024);
    let mut kept = 0;
    let refused = loop {
        let note = Payload::ItemRecorded { item: item(&"words ".repeat(200), &[family.child.id]) };
        match vault.write(&stamp(3), |w| w.append(Some(family.case), &note, &[])) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 10_000, "the disk was to be full");
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    let typed = vault.save_draft(&draft("x".repeat(500_000)));
    assert!(matches!(typed, Err(Error::DiskFull)), "{typed:?}");
    let copied = vault.backup(&stamp(4), Keep::default());
    assert!(matches!(copied, Err(Error::DiskFull)), "{copied:?}");
    let numbers = vec![EmergencyNumber { label: "Front door ".repeat(5_000), number: "01632 960333".into() }];
    let noted = vault.set_emergency_numbers(numbers);
    assert!(matches!(noted, Err(Error::DiskFull)), "{noted:?}");

    let second = disk.join("second");
    fs::create_dir(&second).unwrap();
    let made = try_to_create(&second);
    assert!(matches!(made, Err(Error::DiskFull)), "a new vault on a full disk: {:?}", made.err());
    assert!(!Vault::exists(&second), "and nothing that looks like one is left");

    let count = |vault: &Vault| vault.read(|r| items::of_case(r, family.case)).unwrap().len();
    let before = |vault: &Vault| vault.read(|r| drafts::get(r, "answers")).unwrap().unwrap().body;
    assert_eq!(count(&vault), kept, "everything acknowledged is readable while the disk is full");
    assert_eq!(before(&vault), "typed before the disk was full");
    drop(vault);
    let vault = unlock(&home, 5);
    assert_eq!((count(&vault), vault.opening().head.clone()), (kept, HeadState::Agrees), "and opens full");
    drop(vault);

    ballast.goes();
    let mut vault = unlock(&home, 6);
    assert_eq!((count(&vault), before(&vault).as_str()), (kept, "typed before the disk was full"));
    assert!(vault.verify(&[]).unwrap().sound());
    assert_eq!(backups(&home).unwrap(), [backup], "no half backup counts, and the whole one stays");
    vault.save_draft(&draft("and work goes on when there is room".into())).unwrap();
    vault.backup(&stamp(8), Keep::default()).unwrap();
    println!("\n{HELD}");
}
