//! What other programs, full disks and worried people do to a vault's folder (A4, A12, A16, A17 of the field cases).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sharewell_records::*;
use sharewell_vault::{Access, Draft, Error, HeadState, Keep, Part, Vault, Work, backups, cases, rehearse};
use support::*;

/// Every file below a folder with its bytes and when it was last written: nothing may differ after a look.
fn everything(dir: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            all.extend(everything(&entry.path()));
        } else {
            let written = entry.metadata().unwrap().modified().unwrap();
            all.insert(entry.path(), (fs::read(entry.path()).unwrap(), written));
        }
    }
    all
}

#[test]
fn a_database_that_a_full_disk_left_too_small_is_damaged_and_nothing_is_written_into_it() {
    let (small, vault) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    create(vault.path()).0.close().unwrap();
    for size in [0, 1, 511, 512, 4095, 4096, 8192] {
        let dir = small.path().join(size.to_string());
        fs::create_dir(&dir).unwrap();
        for name in ["vault.keys", "vault.head"] {
            fs::copy(vault.path().join(name), dir.join(name)).unwrap();
        }
        fs::write(dir.join("vault.db"), vec![0; size]).unwrap();
        // The log may be all that is left of the newest entries.
        fs::write(dir.join("vault.db-wal"), b"a log").unwrap();
        let kept = |dir: &Path| {
            ["vault.db", "vault.db-wal", "vault.keys", "vault.head"]
                .map(|name| fs::read(dir.join(name)).unwrap())
        };
        let before = kept(&dir);
        for opened in [
            Vault::unlock(&dir, secret(), at(1)).map(drop),
            Vault::look(&dir, &secret(), at(1), &Work::new()).map(drop),
            rehearse(&dir, &secret()).map(drop),
        ] {
            assert!(matches!(opened, Err(Error::Damaged { part: Part::Database })), "{size}: {opened:?}");
            assert!(kept(&dir) == before, "{size} bytes: nothing is written");
        }
    }
}

#[test]
fn looking_at_a_vault_or_a_backup_writes_nothing_there_and_answers_the_same_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Sampleton");
    let backup = vault.backup(&stamp(2), Keep::default()).unwrap();
    family(&mut vault, 3, "Notreal");
    // Killed: what was saved last stands in the log alone.
    let log = fs::read(dir.path().join("vault.db-wal")).unwrap();
    vault.close().unwrap();
    fs::write(dir.path().join("vault.db-wal"), log).unwrap();
    for looked_at in [dir.path(), &backup.path] {
        let before = everything(looked_at);
        for _ in 0..2 {
            assert!(rehearse(looked_at, &secret()).unwrap() > 3);
            let look = Vault::look(looked_at, &secret(), at(5), &Work::new()).unwrap();
            assert!(look.is_looked_at());
            let report = look.verify(&[]).unwrap();
            assert!(report.sound(), "{:?}", report.findings);
            let files = look.read(cases::list).unwrap().len();
            assert_eq!(files, if looked_at == dir.path() { 2 } else { 1 });
            drop(look);
            assert!(everything(looked_at) == before, "nothing was written");
        }
    }
}

#[test]
fn what_is_only_looked_at_takes_no_word_and_lets_nothing_out() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let case = family(&mut vault, 1, "Sampleton").case;
    vault.close().unwrap();
    let mut look = Vault::look(dir.path(), &secret(), at(2), &Work::new()).unwrap();
    let draft = Draft { key: "a".into(), kind: "b".into(), case: None, body: "c".into(), updated: at(3) };
    assert!(matches!(look.save_draft(&draft), Err(Error::ReadOnly)));
    let by = practitioner().id;
    look.log(at(3), Some(case), &Access::CaseViewed { by }).expect("there is no log to write into");
    let left = look.log(at(3), Some(case), &Access::Printed { by, what: "file".into() });
    assert!(matches!(left, Err(Error::ReadOnly)), "what cannot be logged does not leave");
}

#[test]
fn a_vault_that_a_program_has_open_is_not_looked_at_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = create(dir.path());
    let beside = Vault::look(dir.path(), &secret(), at(1), &Work::new());
    assert!(matches!(beside, Err(Error::InUse)), "{beside:?}");
    drop(vault);
    Vault::look(dir.path(), &secret(), at(1), &Work::new()).unwrap();
}

#[test]
fn the_copy_that_a_look_opens_goes_with_it_and_one_that_a_kill_left_goes_with_the_next() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path()).0.close().unwrap();
    let look = Vault::look(dir.path(), &secret(), at(1), &Work::new()).unwrap();
    let copy = look.dir().to_owned();
    assert!(copy.join("vault.db").exists() && copy != dir.path());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o077, 0, "for its owner alone");
    }
    drop(look);
    assert!(!copy.exists());
    // As after a kill: the folder is there and no process holds its lock.
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join("vault.lock"), b"").unwrap();
    Vault::look(dir.path(), &secret(), at(1), &Work::new()).unwrap();
    assert!(!copy.exists());
}

#[test]
fn a_backup_is_known_as_one_and_never_worked_in() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Sampleton");
    let backup = vault.backup(&stamp(2), Keep::default()).unwrap();
    vault.close().unwrap();
    let before = everything(&backup.path);
    let opened = Vault::unlock(&backup.path, secret(), at(3));
    assert!(matches!(opened, Err(Error::IsBackup)), "{opened:?}");
    assert!(everything(&backup.path) == before);
    // One that does not hold what it says is no backup to lean on.
    let manifest = backup.path.join("backup.json");
    let said = fs::read_to_string(&manifest).unwrap();
    let other = said.replace(&format!("\"sequence\": {}", backup.sequence.0), "\"sequence\": 2");
    assert_ne!(said, other);
    fs::write(&manifest, other).unwrap();
    let looked = Vault::look(&backup.path, &secret(), at(3), &Work::new());
    assert!(matches!(looked, Err(Error::Damaged { part: Part::Backup })), "{looked:?}");
}

#[cfg(unix)]
#[test]
fn what_was_written_into_a_file_that_was_swapped_is_not_called_saved_and_is_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Sampleton");
    vault.close().unwrap();
    let older = fs::read(dir.path().join("vault.db")).unwrap();

    let mut vault = Vault::unlock(dir.path(), secret(), at(2)).unwrap();
    family(&mut vault, 3, "Notreal");
    let put_aside = dir.path().join("vault (conflicted copy).db");
    fs::rename(dir.path().join("vault.db"), &put_aside).unwrap();
    fs::write(dir.path().join("vault.db"), &older).unwrap();

    let draft = Draft {
        key: "a".into(),
        kind: "b".into(),
        case: None,
        body: "typed meanwhile".into(),
        updated: at(4),
    };
    for told in [
        vault.save_draft(&draft),
        vault.log(at(4), None, &Access::Locked {}),
        vault.verify(&[]).map(drop),
        vault.backup(&stamp(5), Keep::default()).map(drop),
        vault.beside(&Work::new()).map(drop),
    ] {
        match told {
            Err(Error::Moved { to }) => assert_eq!(to.as_deref(), Some(put_aside.as_path())),
            other => panic!("called well: {other:?}"),
        }
    }
    let sequence = vault.tip().sequence;
    vault.close().unwrap();

    let vault = Vault::unlock(dir.path(), secret(), at(6)).unwrap();
    assert!(matches!(vault.opening().head, HeadState::Lost(_)), "what is missing is told");
    assert_eq!(vault.opening().others, ["vault (conflicted copy).db"], "and where it may lie");
    drop(vault);

    // Back in its place it holds everything, and what was typed last.
    fs::rename(&put_aside, dir.path().join("vault.db")).unwrap();
    let vault = Vault::unlock(dir.path(), secret(), at(7)).unwrap();
    assert!(vault.tip().sequence >= sequence);
    assert!(vault.drafts().unwrap().iter().any(|draft| draft.body == "typed meanwhile"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_was_renamed_under_an_open_vault_is_found_beside_its_place() {
    let outer = tempfile::tempdir().unwrap();
    let (dir, renamed) = (outer.path().join("vault"), outer.path().join("vault of march"));
    fs::create_dir(&dir).unwrap();
    let (mut vault, _) = create(&dir);
    fs::rename(&dir, &renamed).unwrap();
    match vault.log(at(1), None, &Access::Locked {}) {
        Err(Error::Moved { to }) => assert_eq!(to, Some(renamed.join("vault.db"))),
        other => panic!("called well: {other:?}"),
    }
}

#[test]
fn the_newest_backup_is_the_one_that_holds_most_whatever_the_clock_said() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let keep = Keep { newest: 3, ..Keep::default() };
    // Eighty years ahead, then right again, then ten years behind.
    let clocks = [2_500_000_000, 10, 20, 30, -300_000_000, -299_000_000];
    let mut last = None;
    for (turn, second) in clocks.into_iter().enumerate() {
        family(&mut vault, i64::try_from(turn).unwrap(), "Sampleton");
        let made = vault.backup(&stamp(second), keep).unwrap();
        let found = backups(dir.path()).unwrap();
        assert_eq!(found[0].path, made.path, "the one just made is the newest");
        if let Some(before) = last.replace(made.path) {
            assert_eq!(found[1].path, before, "and the one before it stays");
        }
        assert!(found.len() <= 3);
    }
    let made: Vec<Moment> = backups(dir.path()).unwrap().into_iter().map(|one| one.made).collect();
    assert_eq!(made, [at(-299_000_000), at(-300_000_000), at(30)]);
}
