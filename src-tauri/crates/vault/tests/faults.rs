//! Full disks, folders that cannot be written to, kills, and what is readable at rest.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use sharewell_records::*;
use sharewell_vault::{Draft, Error, HeadState, Keep, Vault, drafts, items, search};
use support::*;

fn draft(n: u64) -> Draft {
    Draft {
        key: "answers".into(),
        kind: "decision".into(),
        case: None,
        body: format!("{{\"n\":{n}}}"),
        updated: at(n as i64),
    }
}

#[test]
fn a_full_disk_is_a_clear_error_and_costs_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    vault.limit_pages(20).unwrap();
    let mut kept = 0;
    let refused = loop {
        let note = Payload::ItemRecorded { item: item(&"words ".repeat(200), &[home.child.id]) };
        match vault.write(&stamp(2), |w| w.append(Some(home.case), &note, &[])) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 100_000, "the disk was to be full");
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    let full = vault.save_draft(&Draft { body: "x".repeat(500_000), ..draft(1) });
    assert!(matches!(full, Err(Error::DiskFull)), "{full:?}");
    let count = |vault: &Vault| vault.read(|r| items::of_case(r, home.case)).unwrap().len();
    assert_eq!(count(&vault), kept, "everything acknowledged is readable while the disk is full");
    drop(vault);
    let mut vault = unlock(dir.path(), 3);
    assert_eq!((count(&vault), vault.opening().head.clone()), (kept, HeadState::Agrees));
    vault.save_draft(&draft(2)).unwrap();
    assert!(vault.verify(&[]).unwrap().sound(), "and work goes on when there is room");
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_without_room_is_told_when_a_vault_is_made_or_backed_up() {
    // /dev/full takes nothing: every write to it says that the device is full.
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    fs::create_dir_all(dir.path().join("backups")).unwrap();
    std::os::unix::fs::symlink("/dev/full", dir.path().join("vault.local.new")).unwrap();
    let numbers = vec![sharewell_vault::EmergencyNumber { label: "a".into(), number: "01632 960333".into() }];
    let refused = vault.set_emergency_numbers(numbers).unwrap_err();
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    fs::remove_dir_all(dir.path().join("backups")).unwrap();
    fs::write(dir.path().join("backups"), b"a file where a folder should be").unwrap();
    let refused = vault.backup(&stamp(1), Keep::default()).unwrap_err();
    assert!(matches!(refused, Error::Io(_)), "{refused:?}");
    assert!(vault.verify(&[]).unwrap().sound(), "a failed backup harms nothing");
}

#[test]
fn a_database_that_cannot_be_written_to_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    vault.refuse_writes().unwrap();
    let refused = vault.save_draft(&draft(1)).unwrap_err();
    assert!(matches!(refused, Error::ReadOnly), "{refused:?}");
    let refused = vault.write(&stamp(1), |w| w.sign_checkpoint()).unwrap_err();
    assert!(matches!(refused, Error::ReadOnly), "{refused:?}");
}

/// Every file under a folder.
fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn planted_in(dir: &Path, words: &[&str]) -> Vec<PathBuf> {
    let mut all = vec![];
    files(dir, &mut all);
    let holds = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
    all.retain(|path| words.iter().any(|word| holds(&fs::read(path).unwrap(), word.as_bytes())));
    all
}

#[test]
fn planted_words_are_nowhere_at_rest() {
    let dir = tempfile::tempdir().unwrap();
    let words = ["quincewhistle", "marrowfax", "SQLite format", "tintagelbrook", "fernumbra"];
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Quincewhistle");
    vault
        .write(&stamp(2), |w| {
            let mut note = item("seen at Marrowfax Row", &[home.child.id]);
            note.labels.push("tintagelbrook".into());
            w.append(Some(home.case), &Payload::ItemRecorded { item: note }, &[])
        })
        .unwrap();
    vault.save_draft(&Draft { body: "{\"why\":\"fernumbra\"}".into(), ..draft(1) }).unwrap();
    vault.read(|r| search::search(r, "marrowfax", 10, None)).unwrap();
    assert_eq!(
        planted_in(dir.path(), &words),
        Vec::<PathBuf>::new(),
        "while open, the log and its index included"
    );
    vault.backup(&stamp(3), Keep::default()).unwrap();
    vault.close().unwrap();
    let away = dir.path().join("away");
    let backup = sharewell_vault::backups(dir.path()).unwrap().remove(0);
    restore(&backup.path, &away, &secret(), &stamp(4)).unwrap().close().unwrap();
    assert_eq!(
        planted_in(dir.path(), &words),
        Vec::<PathBuf>::new(),
        "after closing, backup and restored copy included"
    );
    fs::write(dir.path().join("plain"), "Quincewhistle").unwrap();
    assert_eq!(planted_in(dir.path(), &words).len(), 1, "the search for planted words finds what is there");
}

/// Runs only when started by the test below: saves, and prints what was acknowledged, until it is killed.
#[test]
fn child_that_saves_until_it_is_killed() {
    let Some(dir) = std::env::var_os("SHAREWELL_KILL_DIR").map(PathBuf::from) else { return };
    let mut vault = unlock(&dir, 10);
    let case = CaseId(std::env::var("SHAREWELL_KILL_CASE").unwrap().parse().unwrap());
    let from: u64 = std::env::var("SHAREWELL_KILL_FROM").unwrap().parse().unwrap();
    let mut out = std::io::stdout();
    for n in from.. {
        vault.save_draft(&draft(n)).unwrap();
        writeln!(out, "\nDRAFT {n}").unwrap();
        out.flush().unwrap();
        if n % 3 == 0 {
            let note = Payload::ItemRecorded { item: item(&format!("note {n}"), &[]) };
            vault.write(&stamp(n as i64), |w| w.append(Some(case), &note, &[])).unwrap();
            writeln!(out, "\nENTRY {n}").unwrap();
            out.flush().unwrap();
        }
    }
}

#[test]
fn everything_acknowledged_survives_a_kill_at_any_moment() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    vault.save_draft(&draft(0)).unwrap();
    vault.close().unwrap();
    let kills = if std::env::var_os("SHAREWELL_FULL").is_some() { 200 } else { 20 };
    let (mut acknowledged, mut entries, mut chance) = (0_u64, vec![], 0x2545_f491_4f6c_dd1d_u64);
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child_that_saves_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env("SHAREWELL_KILL_DIR", dir.path())
            .env("SHAREWELL_KILL_CASE", home.case.to_string())
            .env("SHAREWELL_KILL_FROM", (acknowledged + 1).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let (lines, spin) = (chance % 23 + 1, chance % 60_000);
        let mut told = 0;
        let mut note = |line: &str| {
            if let Some(n) = line.strip_prefix("DRAFT ") {
                acknowledged = n.parse().unwrap();
                told += 1;
            } else if let Some(n) = line.strip_prefix("ENTRY ") {
                entries.push(n.to_owned());
                told += 1;
            }
            told
        };
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        while let Some(Ok(line)) = out.next() {
            if note(&line) >= lines {
                break;
            }
        }
        for _ in 0..spin {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        // What was printed before the kill was acknowledged too. A last line that was cut is not.
        for line in out.map_while(|line| line.ok()) {
            note(&line);
        }
        child.wait().unwrap();
        assert!(told > 0, "kill {kill}: the child saved something first");

        let vault = unlock(dir.path(), 5);
        assert_eq!(vault.opening().head, HeadState::Agrees, "kill {kill}");
        let kept = vault.read(|r| drafts::get(r, "answers")).unwrap().unwrap();
        let n: u64 = kept.body.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
        assert!(
            n == acknowledged || n == acknowledged + 1,
            "kill {kill}: draft {n}, acknowledged {acknowledged}"
        );
        let held: Vec<String> = vault
            .read(|r| items::of_case(r, home.case))
            .unwrap()
            .into_iter()
            .map(|i| i.record.text)
            .collect();
        for n in &entries {
            assert!(held.contains(&format!("note {n}")), "kill {kill}: the acknowledged entry {n} is gone");
        }
        let report = vault.verify(&[]).unwrap();
        assert!(report.sound(), "kill {kill}: {report:?}");
        acknowledged = n;
    }
}

#[test]
fn a_backup_is_encrypted_and_nothing_else_is_left_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Sampleton");
    let backup = vault.backup(&stamp(50), Keep::default()).unwrap();
    assert!(backup.path.exists());
    let left = fs::read_dir(dir.path().join("backups")).unwrap().count();
    assert_eq!(left, 1, "no half backup lies about");
    let db = Connection::open(backup.path.join("vault.db")).unwrap();
    assert!(
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).is_err(),
        "a backup is encrypted too"
    );
}
