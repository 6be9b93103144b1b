//! The end of use: what is not received stands first, nothing ends by mistake, what is begun is brought to its end wherever
//! it is cut off, and a certificate stays that anyone can verify and that names nobody (M8).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};

use sharewell_casework::end_of_use::{EndUse, LookAtEnd, finish, is_ending};
use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Failure, PublicKey, Result, Vault, children, emergency, maintenance, places, start,
};
use sharewell_exchange::EntryLine;
use sharewell_exchange::end_of_use::Certificate;
use sharewell_exchange::handover as bags;
use sharewell_exchange::receipt::{GivenFile, GivenHandover, HeldTo, NamedEntry, OfOrigin, Outcome, Receipt};
use support::agency::{Agency, take};
use support::*;

struct Desk {
    home: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    agency: Agency,
}

/// A vault with a family and a backup, and an agency behind it.
fn desk() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let mut vault = vault(&home.path().join("vault"));
    let (case, child, _) = family(&mut vault);
    children::add_item(&mut vault, case, item("Toast for breakfast.", vec![child]), at(4)).unwrap();
    let agency = Agency::new(7);
    let path = agency.write(home.path(), &agency.profile(1));
    take(&mut vault, &path);
    std::fs::create_dir(home.path().join("sealed")).unwrap();
    maintenance::backup_now(&mut vault, at(5)).unwrap();
    Desk { home, vault, case, agency }
}

fn named(line: &EntryLine) -> Option<NamedEntry> {
    match line {
        EntryLine::Whole { .. } | EntryLine::Disposed { .. } => {
            Some(NamedEntry { sequence: line.sequence(), entry_hash: line.hash().unwrap() })
        }
        EntryLine::Withheld { .. } => None,
    }
}

impl Desk {
    fn sealed(&self) -> PathBuf {
        self.home.path().join("sealed")
    }

    fn hand(&mut self, name: &str, minutes: i64) -> HandoverView {
        let ask = HandoverAsk::of(&[self.case], &self.agency.encryption.recipient().to_string());
        let path = self.sealed().join(name);
        at_once(HandOver::new(ask, path), &mut self.vault, at(minutes)).unwrap()
    }

    fn receive(&mut self, name: &str, minutes: i64) {
        let file = std::fs::read(self.sealed().join(name)).unwrap();
        let roster = [PublicKey(self.vault.public_key().unwrap())];
        let bag = bags::read(&file[..], &self.agency.encryption, &roster, bags::Limits::default()).unwrap();
        let info = &bag.info;
        let own = OfOrigin {
            origin: info.origin,
            from: info.from,
            to: info.to,
            taken: bag.lines.iter().filter_map(named).collect(),
            had: vec![],
            quarantined: vec![],
            held: Some(HeldTo { sequence: info.to, link: info.head }),
        };
        let receipt = Receipt {
            id: sharewell_vault::new_uuid(),
            agency: "Fablewell Community Health".into(),
            made_at: at(500),
            file: GivenFile { sha256: Sha256::of(&[&file]), bytes: file.len() as u64 },
            outcome: Outcome::Taken,
            reason: None,
            handover: Some(GivenHandover { id: info.id, contents_hash: info.contents_hash }),
            origins: vec![own],
            disposals: vec![],
        };
        let path = self.home.path().join("a.sharewell-receipt");
        std::fs::write(&path, receipt.sign(&self.agency.receipts).unwrap()).unwrap();
        handover::take_receipt(&mut self.vault, &path, at(minutes)).unwrap();
    }

    fn look(&mut self) -> EndPage {
        at_once(LookAtEnd { folder: Some(self.sealed()) }, &mut self.vault, at(600)).unwrap()
    }

    fn first(&mut self) -> Vec<(EndFirst, u32)> {
        self.look().first.into_iter().map(|one| (one.what, one.count)).collect()
    }

    /// What somebody types who does everything right.
    fn typed(&mut self) -> EndTyped {
        let page = self.look();
        EndTyped {
            folder: self.sealed().display().to_string(),
            shown: page.shown,
            reason: page.needs_reason.then_some(EndReason::AgencySaid),
            phrase: page.phrase,
            backups: true,
            copies: false,
        }
    }

    fn end(&mut self, typed: EndTyped) -> Result<()> {
        let end = EndUse { typed, passphrase: secret(PASSPHRASE), second: None };
        at_once(end, &mut self.vault, at(700))
    }

    /// Ended up to the point of no return, and closed.
    fn ended(mut self) -> (tempfile::TempDir, PathBuf, PublicKey) {
        let typed = self.typed();
        self.end(typed).unwrap();
        let (dir, key) = (self.vault.dir().to_owned(), PublicKey(self.vault.public_key().unwrap()));
        self.vault.close().unwrap();
        (self.home, dir, key)
    }

    /// That the vault is as it was, and opens.
    fn opens_as_ever(self) {
        let dir = self.vault.dir().to_owned();
        assert!(!is_ending(&dir));
        self.vault.close().unwrap();
        let mut vault = start::unlock(&dir, secret(PASSPHRASE), at(900)).unwrap();
        assert!(maintenance::verify_vault(&mut vault, at(901)).unwrap().sound);
    }
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> Code {
    Failure::from(result.unwrap_err()).code
}

fn certificate(folder: &Path) -> PathBuf {
    let mut all = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    all.find(|path| path.extension().is_some_and(|ending| ending == "sharewell-end")).expect("it is there")
}

#[test]
fn what_the_agency_has_not_stands_first_and_looking_changes_nothing() {
    let mut desk = desk();
    let tip = desk.vault.tip();
    let page = desk.look();
    let all = page.entries;
    assert_eq!(desk.first(), [(EndFirst::NotHandedOver, all)]);
    assert!(page.needs_reason && page.files.is_empty());
    assert_eq!(desk.look(), page, "as often as one likes");
    assert_eq!(desk.vault.tip(), tip);

    desk.hand("march.sharewell", 10);
    assert_eq!(desk.first(), [(EndFirst::NoReceipt, all)]);
    assert!(!desk.look().needs_reason, "the sealed file is here");
    // Renamed it is found by its hash; changed by one byte it is not the file.
    let (there, renamed) = (desk.sealed().join("march.sharewell"), desk.sealed().join("for the agency"));
    std::fs::rename(&there, &renamed).unwrap();
    assert_eq!(desk.first(), [(EndFirst::NoReceipt, all)]);
    let mut bytes = std::fs::read(&renamed).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&renamed, &bytes).unwrap();
    assert_eq!(desk.first(), [(EndFirst::FileNotFound, all)]);
    assert!(desk.look().needs_reason);
    bytes[middle] ^= 1;
    std::fs::write(&there, &bytes).unwrap();
    desk.receive("march.sharewell", 20);
    assert_eq!((desk.first(), desk.look().received), (vec![], all));
    std::fs::remove_file(&there).unwrap();
    std::fs::remove_file(&renamed).unwrap();
    assert_eq!(desk.first(), [], "what a receipt names needs no file");
}

#[test]
fn what_no_handover_carries_and_what_is_open_stands_first() {
    let mut desk = desk();
    desk.hand("march.sharewell", 10);
    desk.receive("march.sharewell", 20);
    let draft = sharewell_vault::Draft {
        key: "begun".into(),
        kind: "item".into(),
        case: Some(desk.case),
        body: "{}".into(),
        updated: at(30),
    };
    desk.vault.save_draft(&draft).unwrap();
    assert_eq!(desk.first(), [(EndFirst::DraftOpen, 1)]);
    assert!(desk.look().needs_reason);
    let mut told = support::allegation::told();
    let page = at_once(LookAtEnd { folder: None }, &mut told.vault, at(600)).unwrap();
    let restricted = told.vault.read(|r| sharewell_vault::copies::standing(r, told.apart, &[])).unwrap();
    assert!(!restricted.is_empty());
    let counted = page.first.iter().find(|one| one.what == EndFirst::NotHandedOver).unwrap().count;
    let childs = told.vault.read(|r| sharewell_vault::copies::standing(r, told.child, &[])).unwrap();
    assert_eq!(counted as usize, restricted.len() + childs.len());
    assert!(page.first.iter().any(|one| one.what == EndFirst::DutyOpen));
}

#[test]
fn nothing_ends_without_the_passphrase_the_words_a_reason_and_what_was_shown() {
    let mut desk = desk();
    let right = desk.typed();
    let wrong = EndUse { typed: right.clone(), passphrase: secret("another one of mine"), second: None };
    assert_eq!(code(at_once(wrong, &mut desk.vault, at(700))), Code::WrongPassphrase);
    assert_eq!(code(desk.end(EndTyped { phrase: "yes".into(), ..right.clone() })), Code::NotThePhrase);
    assert_eq!(code(desk.end(EndTyped { reason: None, ..right.clone() })), Code::ReasonMissing);
    assert_eq!(code(desk.end(EndTyped { folder: String::new(), ..right.clone() })), Code::Missing);
    let inside = desk.vault.dir().join("backups").display().to_string();
    assert_eq!(code(desk.end(EndTyped { folder: inside, ..right.clone() })), Code::InTheVault);
    assert_eq!(code(desk.end(EndTyped { shown: String::new(), ..right.clone() })), Code::EndChanged);
    assert_eq!(std::fs::read_dir(desk.sealed()).unwrap().count(), 0, "no certificate of what did not end");
    desk.opens_as_ever();
}

#[test]
fn an_emergency_that_is_told_meanwhile_is_told_and_calls_the_end_off() {
    let mut desk = desk();
    desk.hand("march.sharewell", 10);
    desk.receive("march.sharewell", 20);
    let typed = desk.typed();
    let mut long = EndUse { typed, passphrase: secret(PASSPHRASE), second: None };
    use sharewell_casework::long::Long as _;
    long.start(&mut desk.vault, at(700)).unwrap();
    let beside = desk.vault.beside(&sharewell_casework::Work::new()).unwrap();
    // While the files are looked at and the passphrase is tried.
    let told = EmergencyInput {
        case: Some(desk.case),
        child: String::new(),
        attempts: vec![AttemptInput {
            who: "Police".into(),
            number: "999".into(),
            result: AttemptResult::Told,
            said: String::new(),
            at: None,
        }],
        told: "A child alone at an open window.".into(),
        others_at_risk: String::new(),
        worker_safe: Some(true),
    };
    emergency::record_emergency(&mut desk.vault, None, told, at(701)).unwrap();
    let seen = long.run(beside, at(701)).unwrap();
    assert_eq!(code(long.end(&mut desk.vault, seen, at(702))), Code::EndChanged);
    assert!(desk.first().iter().any(|(what, _)| *what == EndFirst::EmergencyOpen));
    desk.opens_as_ever();
}

#[test]
fn while_the_agency_holds_everything_nothing_ends() {
    let mut desk = desk();
    desk.hand("march.sharewell", 10);
    desk.receive("march.sharewell", 20);
    let mut profile = desk.agency.profile(2);
    profile.legal_hold = "The inquiry in Madeup Lane".into();
    let path = desk.agency.write(desk.home.path(), &profile);
    take(&mut desk.vault, &path);
    let page = desk.look();
    assert_eq!(
        (page.refused, page.hold.as_str()),
        (Some(EndRefused::LegalHold), "The inquiry in Madeup Lane")
    );
    let typed = desk.typed();
    assert_eq!(code(desk.end(typed)), Code::NotEnded);
    desk.opens_as_ever();
}

#[test]
fn a_vault_that_has_ended_is_gone_and_its_certificate_holds_and_names_nobody() {
    let mut desk = desk();
    let first = desk.hand("march.sharewell", 10);
    desk.receive("march.sharewell", 20);
    let child = desk.look().received;
    children::add_item(&mut desk.vault, desk.case, item("Late for school.", vec![]), at(30)).unwrap();
    let second = desk.hand("april.sharewell", 40);
    let (tip, case) = (desk.vault.tip(), desk.case);
    let (home, dir, key) = desk.ended();
    assert!(is_ending(&dir), "it has ended, and is still there");
    assert_eq!(code(start::unlock(&dir, secret(PASSPHRASE), at(800))), Code::VaultEnded);
    let view = finish(&dir, None, false, at(801)).unwrap().unwrap();
    assert!(!dir.exists(), "the vault and its backups are gone");
    assert!(view.pieces.iter().all(|one| one.left == 0), "{view:?}");
    assert_eq!(view.not_overwritten, Some(0));

    let path = certificate(&home.path().join("sealed"));
    assert_eq!(path.display().to_string(), view.certificate);
    let bytes = std::fs::read(&path).unwrap();
    let read = Certificate::read(&bytes, Some(&key)).unwrap();
    let begun = &read.begun;
    let own = begun.chains.last().unwrap();
    assert_eq!(
        (own.origin, own.last, own.link),
        (tip.origin, tip.sequence, tip.link),
        "the head, as it stood"
    );
    assert_eq!((begun.held.received, begun.held.in_files), (u64::from(child), 1));
    assert_eq!(begun.reason, None);
    let handed: Vec<_> = begun.handovers.iter().map(|one| (one.id, one.state, one.seen)).collect();
    let expected = [(first.id, HandoverState::Received, true), (second.id, HandoverState::Written, true)];
    assert_eq!(handed, expected);
    let file = std::fs::read(home.path().join("sealed/april.sharewell")).unwrap();
    assert_eq!(begun.handovers[1].sha256, Sha256::of(&[&file]));
    assert_eq!(begun.receipts.len(), 1);
    assert_eq!(begun.receipts[0].handover, first.id);
    assert!(read.ended.is_some());

    // All that is signed, since a reader refuses a field that it does not know.
    let said = format!("{read:?}");
    for word in ["Ayla", "Sampleton", "Fablewell", "Toast", "march", "Noor", &case.to_string()] {
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert_eq!(finish(&dir, None, true, at(802)).unwrap(), None, "there is nothing to go on with");
}

#[test]
fn wherever_the_power_goes_the_next_start_brings_it_to_its_end_with_its_certificate() {
    let mut desk = desk();
    desk.hand("march.sharewell", 10);
    let (home, dir, key) = desk.ended();
    let sealed = home.path().join("sealed");
    let begun_alone = std::fs::read(certificate(&sealed)).unwrap();
    assert_eq!(Certificate::read(&begun_alone, Some(&key)).unwrap().ended, None);
    let mut steps = 0;
    let whole = home.path().join("whole");
    copy(&dir, &whole);
    sharewell_vault::destroy_watched(&whole, |_| {
        steps += 1;
        Ok(())
    })
    .unwrap();
    assert!(steps > 5);
    for cut in 0..=steps {
        let here = home.path().join(format!("cut-{cut}"));
        copy(&dir, &here);
        std::fs::write(certificate(&sealed), &begun_alone).unwrap();
        let mut done = 0;
        let _ = sharewell_vault::destroy_watched(&here, |_| {
            done += 1;
            if done > cut { Err(std::io::ErrorKind::Interrupted.into()) } else { Ok(()) }
        });
        let view = finish(&here, None, true, at(900)).unwrap().unwrap();
        assert!(!here.exists() && view.pieces.iter().all(|one| one.left == 0), "cut after {cut}");
        let read = Certificate::read(&std::fs::read(certificate(&sealed)).unwrap(), Some(&key)).unwrap();
        let ended = read.ended.expect("it says what became of it");
        assert_eq!(ended.not_overwritten, None, "what an earlier try could not do is not known");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)
        } else {
            std::fs::copy(entry.path(), to).map(|_| ()).unwrap()
        }
    }
}

#[test]
fn where_the_certificate_cannot_be_written_the_keys_are_gone_all_the_same_and_it_is_written_elsewhere() {
    let mut desk = desk();
    desk.hand("march.sharewell", 10);
    let (home, dir, key) = desk.ended();
    std::fs::rename(home.path().join("sealed"), home.path().join("pulled out")).unwrap();
    assert_eq!(code(finish(&dir, None, false, at(801))), Code::FileNotWritten);
    assert!(!dir.join("vault.keys").exists() && !dir.join("vault.db").exists() && is_ending(&dir));
    assert_eq!(code(start::unlock(&dir, secret(PASSPHRASE), at(802))), Code::VaultEnded);
    let desktop = home.path().join("desktop");
    std::fs::create_dir(&desktop).unwrap();
    let view = finish(&dir, Some(&desktop), true, at(900)).unwrap().unwrap();
    let read = Certificate::read(&std::fs::read(view.certificate).unwrap(), Some(&key)).unwrap();
    let ended = read.ended.unwrap();
    assert!(ended.pieces.iter().any(|one| one.piece == EndPiece::Keys && one.removed == 1), "{ended:?}");
    assert!(!dir.exists());
}

#[test]
fn copies_in_a_second_place_go_where_they_are_chosen() {
    let mut desk = desk();
    let stick = desk.home.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    maintenance::backup_and_copy(&mut desk.vault, &stick, at(50)).unwrap();
    let typed = EndTyped { copies: true, ..desk.typed() };
    let end = EndUse { typed, passphrase: secret(PASSPHRASE), second: Some(stick.clone()) };
    at_once(end, &mut desk.vault, at(700)).unwrap();
    let dir = desk.vault.dir().to_owned();
    desk.vault.close().unwrap();
    let view = finish(&dir, None, false, at(701)).unwrap().unwrap();
    assert!(view.pieces.iter().any(|one| one.piece == EndPiece::Copies && one.removed > 0 && one.left == 0));
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 0);
    let memory = places::Places::kept_in(desk.home.path().join("places.json"));
    memory.forget(&dir).unwrap();
    let read = Certificate::read(&std::fs::read(view.certificate).unwrap(), None).unwrap();
    assert_eq!(read.begun.reason, Some(EndReason::AgencySaid), "nothing was handed over");
}
