//! A handover, a receipt, a removal of copies and a recovery by the agency are killed anywhere: nothing is lost, and
//! nothing is there twice.
//!
//! `cargo xtask kills` strikes often; these few rounds show that the acts and the looks still fit.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use ring::signature::Ed25519KeyPair;
use secrecy::ExposeSecret as _;
use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::removal::{RemoveCopies, removal_page};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, maintenance, search, start};
use sharewell_exchange::handover::{self as bags, Handover as Bag};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{GivenFile, GivenHandover, HeldTo, NamedEntry, OfOrigin, Outcome, Receipt};
use sharewell_exchange::{EntryLine, PublicKey, Signer};
use sharewell_kills::{act, folder, kill};
use sharewell_vault::ledger;
use support::agency::{Agency, take};
use support::*;

/// Files that are handed over one after the other.
const HANDED: usize = 5;
/// How long the agency lets copies stay, and a moment after that, in minutes.
const DAYS: u16 = 30;
const LATER: i64 = 45 * 24 * 60;
const NEW_PASSPHRASE: &str = "eleven blue lanterns beside a mill";

fn receipts_key() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[21; 32]).unwrap()
}

fn unlocked(dir: &Path, minutes: i64) -> Vault {
    start::unlock(&dir.join("vault"), secret(PASSPHRASE), at(minutes)).unwrap()
}

/// A vault with one child's file, its case, and the agency's key beside it.
fn made(dir: &Path) -> (Vault, CaseId, PersonId, Identity) {
    let mut vault = vault(&dir.join("vault"));
    let (case, child, _) = family(&mut vault);
    let agency = Identity::generate();
    std::fs::write(dir.join("agency.key"), agency.to_secret().expose_secret()).unwrap();
    let key = agency.recipient().to_string();
    handover::import_recipient(&mut vault, &key, "Northmere records team", at(5)).unwrap();
    (vault, case, child, agency)
}

fn agency(dir: &Path) -> Identity {
    Identity::parse(&std::fs::read_to_string(dir.join("agency.key")).unwrap()).unwrap()
}

fn bag(vault: &Vault, path: &Path, by: &Identity) -> Bag {
    let roster = [PublicKey(vault.public_key().unwrap())];
    bags::read(&std::fs::read(path).unwrap()[..], by, &roster, bags::Limits::default()).unwrap()
}

fn ask(vault: &Vault, dir: &Path) -> HandoverAsk {
    let case = handover::handover_page(vault).unwrap().files[0].case;
    HandoverAsk::of(&[case], &agency(dir).recipient().to_string())
}

fn waiting(vault: &Vault) -> u32 {
    handover::handover_page(vault).unwrap().files[0].waits.first().map_or(0, |one| one.waiting)
}

#[test]
fn a_handover_killed_anywhere_is_either_not_begun_or_can_be_written_again_and_holds_all_once() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, case, child, _) = made(dir.path());
    for number in 0..20 {
        let text = format!("Note {number} of a visit.");
        children::add_item(&mut vault, case, item(&text, vec![child]), at(6)).unwrap();
    }
    let before = waiting(&vault);
    vault.close().unwrap();
    kill("a handover", "child_that_hands_over", dir.path(), 6, 70, |dir| {
        let mut vault = unlocked(dir, 20);
        assert!(maintenance::verify_vault(&mut vault, at(21)).unwrap().sound);
        let path = dir.join("out.sharewell");
        if path.exists() {
            bag(&vault, &path, &agency(dir));
        }
        let page = handover::handover_page(&vault).unwrap();
        let path = match &page.made[..] {
            [] => {
                assert!(!path.exists(), "nothing has its name before it is frozen");
                assert_eq!(waiting(&vault), before);
                let ask = ask(&vault, dir);
                at_once(HandOver::new(ask, path.clone()), &mut vault, at(22)).unwrap();
                path
            }
            [one] if one.state == HandoverState::Frozen => {
                assert_eq!(waiting(&vault), before, "what was not written was not handed over");
                assert_eq!(page.unwritten, Some(one.id));
                let again = dir.join("again.sharewell");
                at_once(HandOver::again(one.id, again.clone()), &mut vault, at(22)).unwrap();
                again
            }
            [_] => {
                assert!(path.exists(), "what is said to be written is there");
                path
            }
            more => panic!("there is one handover: {more:?}"),
        };
        assert_eq!(waiting(&vault), 0, "everything was handed over");
        assert_eq!(handover::handover_page(&vault).unwrap().made.len(), 1);
        let places: Vec<Seq> = bag(&vault, &path, &agency(dir))
            .lines
            .iter()
            .filter(|line| matches!(line, EntryLine::Whole { header, .. } if header.case.is_some()))
            .map(EntryLine::sequence)
            .collect();
        assert_eq!(places.len() as u32, before, "all of the file");
        assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len(), "and nothing twice");
    });
}

/// Runs as an act only where a test above started it.
#[test]
fn child_that_hands_over() {
    let Some(dir) = folder() else { return };
    let mut vault = unlocked(&dir, 10);
    let hand = HandOver::new(ask(&vault, &dir), dir.join("out.sharewell"));
    act(|| at_once(hand, &mut vault, at(11)).unwrap());
}

/// What an agency answers to a file of which it takes everything.
fn answer(vault: &Vault, path: &Path, agency: &Identity) -> Receipt {
    let (read, file) = (bag(vault, path, agency), std::fs::read(path).unwrap());
    let named = |line: &EntryLine| match line {
        EntryLine::Withheld { .. } => None,
        whole => Some(NamedEntry { sequence: whole.sequence(), entry_hash: whole.hash().unwrap() }),
    };
    let origins = vec![OfOrigin {
        origin: read.info.origin,
        from: read.info.from,
        to: read.info.to,
        taken: read.lines.iter().filter_map(named).collect(),
        had: vec![],
        quarantined: vec![],
        held: Some(HeldTo { sequence: read.info.to, link: read.info.head }),
    }];
    Receipt {
        id: sharewell_vault::new_uuid(),
        agency: "Madeup Community Health".into(),
        made_at: at(500),
        file: GivenFile { sha256: Sha256::of(&[&file]), bytes: file.len() as u64 },
        outcome: Outcome::Taken,
        reason: None,
        handover: Some(GivenHandover { id: read.info.id, contents_hash: read.info.contents_hash }),
        origins,
        disposals: vec![],
    }
}

#[test]
fn a_receipt_killed_while_it_is_taken_in_is_taken_whole_or_not_and_never_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, case, child, agency) = made(dir.path());
    let profile = TakenProfile {
        agency: support::agency::uuid(4),
        name: "Northmere".into(),
        serial: 1,
        key: Signer::public_key(&receipts_key()).to_string(),
        encryption: agency.recipient().to_string(),
        receipts: Signer::public_key(&receipts_key()).to_string(),
        recovery: Identity::generate().recipient().to_string(),
        hash: Sha256([4; 32]),
        file: String::new(),
    };
    let by = vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let taken = Payload::ProfileTaken { profile: Box::new(profile) };
    vault.write(&Stamp { author: by, at: at(6) }, |w| w.append(None, &taken, &[]).map(|_| ())).unwrap();
    for number in 0..HANDED {
        let text = format!("Note {number} of a visit.");
        let minutes = 7 + number as i64;
        children::add_item(&mut vault, case, item(&text, vec![child]), at(minutes)).unwrap();
        let out = dir.path().join(format!("{number}.sharewell"));
        let ask = ask(&vault, dir.path());
        at_once(HandOver::new(ask, out.clone()), &mut vault, at(minutes)).unwrap();
        let receipt = answer(&vault, &out, &agency).sign(&receipts_key()).unwrap();
        std::fs::write(dir.path().join(format!("{number}.receipt")), receipt).unwrap();
    }
    vault.close().unwrap();
    kill("a receipt", "child_that_takes_receipts", dir.path(), 6, 70, |dir| {
        let mut vault = unlocked(dir, 600);
        assert!(maintenance::verify_vault(&mut vault, at(601)).unwrap().sound);
        let closed = |vault: &Vault| {
            let page = handover::handover_page(vault).unwrap();
            page.made.iter().filter(|one| !one.receipts.is_empty()).count()
        };
        let had = closed(&vault);
        let entries = vault.read(ledger::count).unwrap();
        let again = (0..HANDED)
            .filter(|number| {
                let path = dir.join(format!("{number}.receipt"));
                handover::take_receipt(&mut vault, &path, at(602)).unwrap().again
            })
            .count();
        assert_eq!(again, had, "what was taken in is taken in, and what was not is not half");
        assert_eq!(closed(&vault), HANDED);
        let wrote = vault.read(ledger::count).unwrap() - entries;
        assert_eq!(wrote, (HANDED - had) as u64, "each wrote one entry");
    });
}

/// Runs as an act only where a test above started it.
#[test]
fn child_that_takes_receipts() {
    let Some(dir) = folder() else { return };
    let mut vault = unlocked(&dir, 510);
    act(|| {
        for number in 0..HANDED {
            let path = dir.join(format!("{number}.receipt"));
            handover::take_receipt(&mut vault, &path, at(511)).unwrap();
        }
    });
}

#[test]
fn a_removal_of_copies_killed_anywhere_takes_all_of_it_or_nothing_and_is_written_down_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, child, _) = family(&mut vault);
    let behind = Agency::new(7);
    let mut profile = behind.profile(1);
    (profile.issued, profile.expires) = (day(2026, 1, 1), day(2030, 1, 1));
    profile.copies = Some(CopiesKept { days: DAYS, source: "Schedule, line 7".into() });
    take(&mut vault, &behind.write(dir.path(), &profile));
    for number in 0..20 {
        let text = format!("Note {number} of a visit.");
        children::add_item(&mut vault, case, item(&text, vec![child]), at(6)).unwrap();
    }
    let out = dir.path().join("out.sharewell");
    let ask = HandoverAsk::of(&[case], &behind.encryption.recipient().to_string());
    at_once(HandOver::new(ask, out.clone()), &mut vault, at(10)).unwrap();
    let receipt = dir.path().join("out.receipt");
    let answer = answer(&vault, &out, &behind.encryption).sign(&behind.receipts).unwrap();
    std::fs::write(&receipt, answer).unwrap();
    handover::take_receipt(&mut vault, &receipt, at(11)).unwrap();
    // It holds what goes, until the backup that follows takes its place.
    let old = maintenance::backup_now(&mut vault, at(LATER)).unwrap();
    let old = Path::new(&old.folder).file_name().unwrap().to_owned();
    let all = removal_page(&vault, at(LATER)).unwrap().files[0].entries;
    let entries = vault.read(ledger::count).unwrap();
    vault.close().unwrap();
    kill("a removal of copies", "child_that_removes_copies", dir.path(), 6, 60, |dir| {
        let mut vault = unlocked(dir, LATER + 20);
        assert!(maintenance::verify_vault(&mut vault, at(LATER + 21)).unwrap().sound);
        assert!(!maintenance::backups(&vault).unwrap().is_empty(), "a good backup is there at any time");
        let page = removal_page(&vault, at(LATER + 22)).unwrap();
        let written = vault.read(ledger::count).unwrap() - entries;
        match (page.removed.len(), page.files.len()) {
            (0, 1) => {
                assert_eq!((written, page.files[0].entries), (0, all), "nothing of it went");
                children::child_file(&mut vault, case, at(LATER + 23)).unwrap();
                remove_all(&mut vault, LATER + 24);
            }
            (1, 0) => assert_eq!(written, 1),
            half => panic!("half of it went: {half:?}"),
        }
        let page = removal_page(&vault, at(LATER + 25)).unwrap();
        assert_eq!((page.removed.len(), page.files.len()), (1, 0));
        assert_eq!(page.removed[0].entries, all);
        assert_eq!(vault.read(ledger::count).unwrap(), entries + 1, "places and hashes stay");
        let gone = children::child_file(&mut vault, case, at(LATER + 26)).unwrap_err();
        assert_eq!(Failure::from(gone).code, Code::NotFound);
        assert!(search::search(&mut vault, "visit", at(LATER + 27)).unwrap().hits.is_empty());
        assert!(maintenance::verify_vault(&mut vault, at(LATER + 28)).unwrap().sound);
        // Killed before its own backup, the next one takes the place of the old.
        maintenance::backup_now(&mut vault, at(LATER + 60)).unwrap();
        let folders = maintenance::backups(&vault).unwrap();
        let holds_it = |one: &BackupView| Path::new(&one.folder).file_name() == Some(&old);
        assert!(!folders.is_empty() && !folders.iter().any(holds_it), "{folders:?}");
        let made = handover::handover_page(&vault).unwrap().made;
        assert_eq!(made.iter().map(|one| one.state).collect::<Vec<_>>(), [HandoverState::Received]);
    });
}

fn remove_all(vault: &mut Vault, minutes: i64) {
    let page = removal_page(vault, at(minutes)).unwrap();
    let cases = page.files.iter().map(|file| file.case).collect();
    let typed = RemoveTyped { cases, shown: page.shown, sure: true };
    let removing = RemoveCopies::new(typed, maintenance::BackUp::here());
    at_once(removing, vault, at(minutes)).unwrap();
}

/// Runs as an act only where a test above started it.
#[test]
fn child_that_removes_copies() {
    let Some(dir) = folder() else { return };
    let mut vault = unlocked(&dir, LATER + 5);
    act(|| remove_all(&mut vault, LATER + 6));
}

fn recovery() -> start::RecoveryInput {
    start::RecoveryInput {
        by: "Owen Pretend".into(),
        why: "Nia Exampleton left.".into(),
        agreed: "Ada Mockford".into(),
        agreed_too: "Ines Sampleton".into(),
    }
}

#[test]
fn a_recovery_by_the_agency_killed_anywhere_locks_nobody_out_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    family(&mut vault);
    let behind = Agency::new(9);
    let path = behind.write(dir.path(), &behind.profile(1));
    take(&mut vault, &path);
    std::fs::write(dir.path().join("agency.key"), behind.recovery.to_secret().expose_secret()).unwrap();
    let entries = vault.read(ledger::count).unwrap();
    vault.close().unwrap();
    kill("a recovery by the agency", "child_that_recovers", dir.path(), 6, 60, |dir| {
        let home = dir.join("vault");
        let new = || secret(NEW_PASSPHRASE);
        let held = |vault: &mut Vault| {
            assert!(maintenance::verify_vault(vault, at(31)).unwrap().sound);
            assert!(vault.read(ledger::count).unwrap() >= entries, "nothing is lost");
            let found = children::children(vault, "Ayla", None, at(32)).unwrap();
            assert_eq!(found.lines.len(), 1, "and nobody is there twice");
        };
        // Each secret is tried at a time of its own, so that none waits for the other's wrong try.
        match start::unlock(&home, secret(PASSPHRASE), at(30)) {
            Ok(mut vault) => {
                held(&mut vault);
                vault.close().unwrap();
                start::unlock(&home, new(), at(60)).unwrap_err();
            }
            Err(_) => {
                let mut vault = start::unlock(&home, new(), at(60)).expect("one of the two opens it");
                held(&mut vault);
                vault.close().unwrap();
            }
        }
        // The code was not shown where it was killed, so the agency does it again.
        let identity = agency(dir);
        let (mut vault, recovered) =
            start::recover_by_agency(&home, &identity, &new(), &recovery(), at(120)).unwrap();
        held(&mut vault);
        assert_eq!(vault.origin(), recovered.origin);
        vault.close().unwrap();
        start::unlock(&home, new(), at(180)).unwrap().close().unwrap();
    });
}

/// Runs as an act only where a test above started it.
#[test]
fn child_that_recovers() {
    let Some(dir) = folder() else { return };
    let (home, identity) = (dir.join("vault"), agency(&dir));
    act(|| start::recover_by_agency(&home, &identity, &secret(NEW_PASSPHRASE), &recovery(), at(20)).unwrap());
}
