//! Long work beside the open vault holds up no save, sees what stood when it began, and can be stopped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;

use sharewell_records::Payload;
use sharewell_vault::{Draft, Error, Keep, Vault, Work, backups, drafts};
use support::*;

fn draft(body: &str) -> Draft {
    Draft { key: "d".into(), kind: "x".into(), case: None, body: body.into(), updated: at(14) }
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_check_holds_up_no_save_and_tells_of_what_stood_when_it_began() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let work = Work::new();
    let beside = vault.beside(&work).unwrap();
    let stood = beside.tip();
    let before = names(dir.path());

    // Everything that a check compares with moves on: the chain, the drafts, the head, the key slots, the log.
    for second in 2..40 {
        let note = Payload::ItemRecorded { item: item(&format!("note {second}"), &[home.child.id]) };
        vault.write(&stamp(second), |w| w.append(Some(home.case), &note, &[])).unwrap();
    }
    vault.save_draft(&draft("typed meanwhile")).unwrap();
    change_passphrase(&mut vault, PASSPHRASE.into(), "another long passphrase of five words".into(), at(41))
        .unwrap();

    let report = beside.verify(&[]).unwrap();
    assert!(report.sound(), "{report:?}");
    assert_eq!(report.entries, stood.sequence.0, "what was written meanwhile is not in it");
    let (done, total) = work.progress();
    assert_eq!(Some(done), total, "all of it was told");
    assert_eq!(names(dir.path()), before, "what is built for comparing never reaches a file");
    assert_eq!(vault.read(|r| drafts::get(r, "d")).unwrap().unwrap().body, "typed meanwhile");
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn a_backup_that_is_made_while_somebody_writes_is_whole_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    for second in 2..30 {
        family(&mut vault, second, "Sampleton");
    }
    let begun = vault.tip();
    let beside = vault.beside(&Work::new()).unwrap();
    let made = std::thread::scope(|scope| {
        let copying = scope.spawn(|| beside.back_up(at(100)));
        let mut second = 100;
        while !copying.is_finished() {
            second += 1;
            let note = Payload::ItemRecorded { item: item("typed meanwhile", &[home.child.id]) };
            vault.write(&stamp(second), |w| w.append(Some(home.case), &note, &[])).unwrap();
        }
        copying.join().unwrap().unwrap()
    });
    vault.backed_up(&made, at(5000), Keep::default()).unwrap();
    assert!(made.origin == begun.origin && made.sequence >= begun.sequence, "{made:?} of {begun:?}");
    assert_eq!(backups(dir.path()).unwrap(), std::slice::from_ref(&made));
    let away = tempfile::tempdir().unwrap();
    let restored = restore(&made.path, away.path(), &secret(), &stamp(6000)).unwrap();
    assert!(restored.verify(&[]).unwrap().sound());
}

#[test]
fn work_that_is_stopped_ends_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    for second in 1..60 {
        family(&mut vault, second, "Sampleton");
    }
    let stopped = Work::new();
    let beside = vault.beside(&stopped).unwrap();
    stopped.stop();
    assert!(matches!(beside.verify(&[]), Err(Error::Cancelled)));
    assert!(matches!(vault.beside(&stopped), Err(Error::Cancelled)), "what was stopped does not begin");

    let stopped = Work::new();
    let beside = vault.beside(&stopped).unwrap();
    stopped.stop();
    assert!(matches!(beside.back_up(at(70)), Err(Error::Cancelled)));
    assert_eq!(names(&dir.path().join("backups")), Vec::<String>::new(), "no half backup lies about");

    // In the middle of it, from another thread.
    let halfway = Work::new();
    let beside = vault.beside(&halfway).unwrap();
    let outcome = std::thread::scope(|scope| {
        let checking = scope.spawn(|| beside.verify(&[]));
        while halfway.progress().0 == 0 {
            std::hint::spin_loop();
        }
        halfway.stop();
        checking.join().unwrap()
    });
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    assert!(vault.verify(&[]).unwrap().sound(), "and nothing was harmed");
    assert!(vault.backup(&stamp(80), Keep::default()).unwrap().path.exists());
}

#[test]
fn a_vault_that_closes_before_the_work_ends_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Sampleton");
    let beside = vault.beside(&Work::new()).unwrap();
    vault.save_draft(&draft("the last word")).unwrap();
    vault.close().unwrap();
    drop(beside);
    let vault = unlock(dir.path(), 20);
    assert_eq!(vault.read(|r| drafts::get(r, "d")).unwrap().unwrap().body, "the last word");
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn a_backup_that_was_missed_is_known_until_one_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    assert_eq!(vault.backup_failed(), None);
    vault.backup_missed(at(3));
    vault.backup_missed(at(9));
    assert_eq!(vault.backup_failed(), Some(at(3)), "since the first that was missed");
    vault.close().unwrap();
    let mut vault = unlock(dir.path(), 20);
    assert_eq!(vault.backup_failed(), Some(at(3)), "and after a restart");
    vault.backup(&stamp(21), Keep::default()).unwrap();
    assert_eq!(vault.backup_failed(), None);
    vault.close().unwrap();
    assert_eq!(unlock(dir.path(), 30).backup_failed(), None);
}

#[test]
fn a_missed_backup_is_known_where_the_folder_takes_no_note_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    // A folder in the place of the file that would be written beside it.
    fs::create_dir(dir.path().join("vault.local.new")).unwrap();
    vault.backup_missed(at(3));
    assert_eq!(vault.backup_failed(), Some(at(3)));
}

#[test]
fn whoever_locks_can_end_what_runs_on_the_vaults_own_connection() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    for second in 1..30 {
        family(&mut vault, second, "Sampleton");
    }
    let canceller = vault.canceller();
    let done = std::sync::atomic::AtomicBool::new(false);
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                canceller.cancel();
            }
        });
        let outcome = vault.verify(&[]);
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        outcome
    });
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    assert!(matches!(Vault::unlock(dir.path(), secret(), at(90)), Err(Error::InUse)), "and it is still open");
}

#[test]
fn an_end_at_any_moment_is_told_as_an_end_and_never_as_damage() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    for second in 1..60 {
        family(&mut vault, second, "Sampleton");
    }
    let canceller = vault.canceller();
    let whole = std::time::Instant::now();
    assert!(vault.verify(&[]).unwrap().sound());
    let whole = whole.elapsed();
    let mut ended = 0;
    for moment in 0..60 {
        let outcome = std::thread::scope(|scope| {
            let (begins, begun) = std::sync::mpsc::channel();
            let (vault, canceller) = (&vault, &canceller);
            scope.spawn(move || {
                begun.recv().unwrap();
                let from = std::time::Instant::now();
                while from.elapsed() < whole * moment / 60 {
                    std::hint::spin_loop();
                }
                canceller.cancel();
            });
            begins.send(()).unwrap();
            vault.verify(&[])
        });
        match outcome {
            Ok(report) => assert!(report.sound(), "{moment}: {:?}", report.findings),
            Err(Error::Cancelled) => ended += 1,
            Err(other) => panic!("{moment}: {other:?}"),
        }
    }
    assert!(ended > 0, "the check was met in the middle: {ended}");
    assert!(vault.verify(&[]).unwrap().sound(), "and nothing was harmed");
}
