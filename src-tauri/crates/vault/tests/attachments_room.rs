//! Large papers: little memory, and a disk that is really full.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fs;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use sharewell_left_out::ground::{Ground, test_again};
use sharewell_left_out::left_out;
use sharewell_records::*;
use sharewell_vault::{Error, Result, Taken, Vault, Work, attached, attachments, new_uuid};
use support::*;

const MIB: u64 = 1 << 20;

fn letter(taken: Taken) -> Attachment {
    Attachment {
        id: taken.id,
        name: "letter.txt".into(),
        form: taken.form,
        size: taken.size,
        hash: taken.hash,
        what: "Letter".into(),
        from: "The school".into(),
        said_by: String::new(),
        came: Occurred::Day { on: day(2026, 3, 2) },
        limits: String::new(),
        about: vec![],
        item: None,
        replaces: None,
    }
}

fn take(vault: &Vault, from: &mut impl Read, size: u64) -> Result<Taken, Error> {
    vault.beside(&Work::new())?.take_in(AttachmentId(new_uuid()), from, size)
}

/// Runs a test of this program again by itself: what it takes of memory is then its own.
fn alone(test: &str, variable: &str, at: &Path) -> String {
    let run = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(variable, at)
        .output()
        .unwrap();
    let (said, wrong) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{said}\n{wrong}");
    said.into_owned()
}

/// The most memory that this process had since it last asked for the count to begin anew.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

const MEMORY: &str = "SHAREWELL_MEMORY_OF_PAPERS";
const FLAT: &str = "memory stayed flat";

#[test]
fn fifty_megabytes_come_in_and_go_out_within_32_mib_above_idle() {
    let dir = tempfile::tempdir().unwrap();
    let said = alone("child_that_counts_memory", MEMORY, dir.path());
    assert!(said.contains(FLAT), "{said}");
}

/// Runs only when started by the test above.
#[test]
fn child_that_counts_memory() {
    let Some(home) = std::env::var_os(MEMORY).map(PathBuf::from) else { return };
    let (mut vault, _) = create(&home);
    let family = family(&mut vault, 1, "Sampleton");
    assert!(vault.verify(&[]).unwrap().sound());
    if fs::write("/proc/self/clear_refs", "5").is_err() {
        left_out!("this machine does not let a process count its memory anew");
        println!("\n{FLAT}");
        return;
    }
    let idle = most_memory();
    let size = MOST_ATTACHED;
    let taken = take(&vault, &mut std::io::repeat(b'a').take(size), size).unwrap();
    let added = Payload::AttachmentAdded { attachment: letter(taken) };
    vault.write(&stamp(2), |w| w.append(Some(family.case), &added, &[])).unwrap();
    let mut out = 0;
    vault
        .read(|r| {
            attached::each_piece(r, taken.id, |bytes| {
                out += bytes.len() as u64;
                Ok::<_, Error>(())
            })
        })
        .unwrap();
    assert_eq!(out, size);
    assert!(vault.verify(&[]).unwrap().sound());
    let above = most_memory().saturating_sub(idle);
    assert!(above <= 32 * MIB, "{} MiB above idle", above / MIB);
    println!("\n{FLAT}: {} MiB above idle", above / MIB);
}

const DISK: &str = "SHAREWELL_SMALL_DISK_FOR_PAPERS";
const HELD: &str = "no half paper on a full disk";

#[test]
fn a_disk_that_fills_while_a_paper_comes_in_costs_nothing_and_leaves_nothing() {
    let disk = tempfile::tempdir().unwrap();
    if let Err(why) = test_again(Ground::Room("24m"), disk.path(), DISK, "child_on_a_small_disk", HELD) {
        left_out!("{why}");
    }
}

/// Runs only when started by the test above, with a small disk mounted.
#[test]
fn child_on_a_small_disk() {
    let Some(disk) = std::env::var_os(DISK).map(PathBuf::from) else { return };
    let home = disk.join("vault");
    fs::create_dir(&home).unwrap();
    let (mut vault, _) = create(&home);
    let family = family(&mut vault, 1, "Sampleton");
    let small = take(&vault, &mut &b"a letter"[..], 8).unwrap();
    let small = letter(small);
    let added = Payload::AttachmentAdded { attachment: small.clone() };
    vault.write(&stamp(2), |w| w.append(Some(family.case), &added, &[])).unwrap();

    let refused = take(&vault, &mut std::io::repeat(b'a').take(40 * MIB), 40 * MIB);
    assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
    let papers = |vault: &Vault| vault.read(|r| attachments::of_case(r, family.case)).unwrap().len();
    assert_eq!(papers(&vault), 1, "what was acknowledged is there");
    // Full to the last byte: the vault opens all the same, and what was cut off stands nowhere.
    let mut ballast = fs::File::create(disk.join("ballast")).unwrap();
    while ballast.write_all(&[7; 4096]).is_ok() {}
    drop(vault);
    let vault = unlock(&home, 5);
    assert_eq!(papers(&vault), 1);
    drop((vault, ballast));
    fs::remove_file(disk.join("ballast")).unwrap();

    let mut vault = unlock(&home, 6);
    assert!(vault.verify(&[]).unwrap().sound());
    let bytes = vault.read(|r| attached::piece(r, small.id, 0)).unwrap();
    assert_eq!(bytes.as_deref(), Some(&b"a letter"[..]));
    let again = take(&vault, &mut std::io::repeat(b'b').take(2 * MIB), 2 * MIB).unwrap();
    let added = Payload::AttachmentAdded { attachment: letter(again) };
    vault.write(&stamp(7), |w| w.append(Some(family.case), &added, &[])).unwrap();
    assert_eq!(papers(&vault), 2, "and work goes on when there is room");
    println!("\n{HELD}");
}
