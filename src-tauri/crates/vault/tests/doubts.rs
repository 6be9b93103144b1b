//! What an opening puts in doubt, and that it stays told until a person says that all is well (A11, A16).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;

use chrono::TimeDelta;
use sharewell_records::*;
use sharewell_vault::{Error, Finding, HeadState, Vault, Work, clock_in_doubt, ledger};
use support::*;

/// A vault with some entries, closed.
fn lived(dir: &Path) {
    let (mut vault, _) = create(dir);
    family(&mut vault, 1, "Inventwood");
    vault.close().unwrap();
}

fn doubts(vault: &Vault) -> Doubts {
    vault.read(ledger::doubts).unwrap()
}

/// Days after the moments at which the tests live.
fn days(many: i64) -> Moment {
    Moment(at(0).0 + TimeDelta::days(many))
}

fn open_at(dir: &Path, now: Moment) -> Vault {
    Vault::unlock(dir, secret(), now).unwrap()
}

#[test]
fn an_end_that_was_taken_away_stays_a_finding_until_a_person_confirms_it() {
    type Taken = fn(&Path);
    let ways: [(Taken, Absence, Finding); 3] = [
        (|head| fs::remove_file(head).unwrap(), Absence::Missing, Finding::HeadMissing),
        (
            |head| fs::write(head, [7_u8; 304]).unwrap(),
            Absence::Unreadable,
            Finding::HeadSlotsUnreadable { slots: 2 },
        ),
        (
            |head| fs::write(head, b"").unwrap(),
            Absence::Unreadable,
            Finding::HeadSlotsUnreadable { slots: 2 },
        ),
    ];
    for (take, absence, finding) in ways {
        let dir = tempfile::tempdir().unwrap();
        lived(dir.path());
        let yesterday = fs::read(dir.path().join("vault.db")).unwrap();
        let mut vault = unlock(dir.path(), 20);
        vault.write(&stamp(21), |w| w.sign_checkpoint().map(drop)).unwrap();
        let end = vault.tip();
        vault.close().unwrap();
        // Yesterday's database is put back, and what knows of the entry that is gone is taken away.
        fs::write(dir.path().join("vault.db"), yesterday).unwrap();
        take(&dir.path().join("vault.head"));

        let vault = unlock(dir.path(), 30);
        assert_ne!(vault.opening().head, HeadState::Agrees);
        assert_eq!(doubts(&vault).heads(), [(absence, at(30))], "the ledger says so");
        assert_ne!(vault.tip().link, end.link);
        vault.close().unwrap();

        for second in [40, 50] {
            let vault = unlock(dir.path(), second);
            assert_eq!(vault.opening().head, HeadState::Agrees, "it was made anew, once the ledger said so");
            assert_eq!(doubts(&vault).heads().len(), 1, "and nothing is said twice");
            let report = vault.verify(&[]).unwrap();
            assert_eq!(
                report.findings,
                std::slice::from_ref(&finding),
                "it does not go away by opening the vault"
            );
            vault.close().unwrap();
        }

        let mut vault = unlock(dir.path(), 60);
        vault.confirm_head(&stamp(61), "I put Monday's copy back myself.").unwrap();
        assert!(vault.verify(&[]).unwrap().sound());
        let again = vault.confirm_head(&stamp(62), "Once more");
        assert!(matches!(again, Err(Error::AlreadyClosed { .. })), "{again:?}");
        let said = |kind: &str| {
            let mut found = 0;
            vault
                .read(|r| {
                    ledger::in_order(r, |entry| {
                        found += usize::from(entry.header.kind == kind);
                        Ok::<_, Error>(())
                    })
                })
                .unwrap();
            found
        };
        assert_eq!((said("head_not_found"), said("head_confirmed")), (1, 1));
    }
}

#[test]
fn nothing_takes_the_place_of_a_missing_end_before_the_ledger_says_that_it_was_missing() {
    let dir = tempfile::tempdir().unwrap();
    lived(dir.path());
    let head = dir.path().join("vault.head");
    fs::remove_file(&head).unwrap();
    let looked = Vault::look(dir.path(), &secret(), at(20), &Work::new()).unwrap();
    assert_eq!(looked.opening().head, HeadState::Missing);
    assert!(!looked.verify(&[]).unwrap().sound());
    drop(looked);
    assert!(!head.exists(), "looking makes none");
    unlock(dir.path(), 30).close().unwrap();
    assert_eq!(doubts(&unlock(dir.path(), 40)).heads().len(), 1);
}

#[test]
fn a_vault_that_was_made_or_brought_back_misses_no_end() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Inventwood");
    let backup = vault.beside(&Work::new()).unwrap().back_up(at(30)).unwrap();
    assert!(doubts(&vault).heads().is_empty());
    vault.close().unwrap();
    let to = other.path().join("vault");
    let restored = restore(&backup.path, &to, &secret(), &stamp(40)).unwrap();
    assert!(doubts(&restored).heads().is_empty());
    assert!(restored.verify(&[]).unwrap().sound());
    restored.close().unwrap();
    assert!(doubts(&unlock(&to, 50)).heads().is_empty());
}

#[test]
fn a_wrong_clock_is_told_before_the_vault_is_open_and_marks_what_is_written() {
    for wrong in [-20_000, -3650, -1, 80 * 365] {
        let dir = tempfile::tempdir().unwrap();
        lived(dir.path());
        open_at(dir.path(), days(1)).close().unwrap();
        let wrong = days(1 + wrong);
        let (doubt, used) = clock_in_doubt(dir.path(), wrong).expect("told while the vault is locked");
        assert_eq!(used, Some(days(1)));
        assert_eq!(doubt == ClockDoubt::Ahead, wrong.0 > days(1).0);
        assert_eq!(clock_in_doubt(dir.path(), days(2)), None);

        let mut vault = open_at(dir.path(), wrong);
        let before = vault.tip().sequence;
        assert!(doubts(&vault).clock_last().is_some());
        let doubtful = Stamp { author: stamp(0).author, at: wrong };
        vault.write(&doubtful, |w| w.sign_checkpoint().map(drop)).unwrap();
        let written = vault.tip();
        vault.close().unwrap();
        assert!(
            clock_in_doubt(dir.path(), wrong).is_some(),
            "using it under a wrong clock does not make it right"
        );

        // The clock is right again; what was written ahead of it does not put it in doubt.
        let mut vault = open_at(dir.path(), days(3));
        assert_eq!(doubts(&vault).clock_last(), None);
        vault
            .write(&Stamp { author: stamp(0).author, at: days(3) }, |w| w.sign_checkpoint().map(drop))
            .unwrap();
        let stands = doubts(&vault);
        assert!(stands.is_clock_doubtful(written.origin, written.sequence));
        assert!(stands.is_clock_doubtful(written.origin, before));
        assert!(!stands.is_clock_doubtful(written.origin, Seq(before.0 - 1)));
        assert!(!stands.is_clock_doubtful(written.origin, vault.tip().sequence));
        assert!(vault.verify(&[]).unwrap().sound(), "the order of the chain is not the clock's");
        vault.close().unwrap();
        let vault = open_at(dir.path(), days(4));
        assert_eq!(doubts(&vault).clock_last(), None);
    }
}

#[test]
fn a_person_can_say_that_the_clock_is_right() {
    let dir = tempfile::tempdir().unwrap();
    lived(dir.path());
    let later = days(3 * 365);
    let mut vault = open_at(dir.path(), later);
    assert!(doubts(&vault).clock_last().is_some(), "three years of leave");
    let now = Stamp { author: stamp(0).author, at: later };
    let trusted = Payload::ClockTrusted { by_person: true };
    vault.write(&now, |w| w.append(None, &trusted, &[]).map(drop)).unwrap();
    assert_eq!(doubts(&vault).clock_last(), None);
    let again = vault.write(&now, |w| w.append(None, &trusted, &[]).map(drop));
    assert!(matches!(again, Err(Error::AlreadyClosed { .. })), "{again:?}");
    vault.close().unwrap();
    let vault = open_at(dir.path(), Moment(later.0 + TimeDelta::days(1)));
    assert_eq!(doubts(&vault).clock_last(), None);
}

#[test]
fn lost_numbers_are_not_used_for_what_an_opening_says() {
    let dir = tempfile::tempdir().unwrap();
    lived(dir.path());
    let yesterday = fs::read(dir.path().join("vault.db")).unwrap();
    let mut vault = unlock(dir.path(), 20);
    vault.write(&stamp(21), |w| w.sign_checkpoint().map(drop)).unwrap();
    let lost = vault.tip();
    vault.close().unwrap();
    fs::write(dir.path().join("vault.db"), yesterday).unwrap();
    let vault = open_at(dir.path(), days(-3650));
    assert!(matches!(vault.opening().head, HeadState::Lost(_)));
    assert!(vault.tip().sequence < lost.sequence, "nothing was put in the place of what is lost");
    vault.close().unwrap();
    fs::remove_file(dir.path().join("vault.head")).unwrap();
    let mut vault = open_at(dir.path(), days(-3649));
    assert!(vault.tip().sequence < lost.sequence, "nor when the end is taken away as well");
    let stamp = Stamp { author: stamp(0).author, at: days(-3649) };
    vault.write(&stamp, |w| w.sign_checkpoint().map(drop)).unwrap();
    assert_ne!(vault.origin(), lost.origin, "a chain of its own");
    let stands = doubts(&vault);
    assert_eq!(stands.heads().len(), 1);
    assert!(stands.clock_last().is_some());
}
