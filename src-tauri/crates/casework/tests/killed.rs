//! A handover, a receipt and a recovery by the agency are killed anywhere: nothing is lost, and nothing is there twice.
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
use sharewell_casework::views::*;
use sharewell_casework::{Vault, children, maintenance, start};
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
