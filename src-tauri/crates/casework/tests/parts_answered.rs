//! What becomes of the parts of a handover that was too large for one file: stopped, cut off by the power, written again,
//! answered one by one, to a designated officer, and after a backup was brought back.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sharewell_casework::attached::AddPaper;
use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::{Long as _, at_once};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Error, PublicKey, Vault, Work, children, maintenance, start};
use sharewell_exchange::EntryLine;
use sharewell_exchange::handover::{self as bags, Handover as Bag, Limits};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{GivenFile, GivenHandover, HeldTo, NamedEntry, OfOrigin, Outcome, Receipt};
use support::agency::{Agency, take};
use support::*;

/// A reader that takes in little.
const SMALL: Limits = Limits { total: 512 << 10, file: u64::MAX, files: 20_000, line: 16 << 20 };

struct Desk {
    home: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    agency: Agency,
}

/// A family with notes and papers, and an agency behind the vault.
fn desk() -> Desk {
    let home = tempfile::tempdir().unwrap();
    let mut vault = vault(&home.path().join("vault"));
    let (case, ..) = family(&mut vault);
    let agency = Agency::new(7);
    let path = agency.write(home.path(), &agency.profile(1));
    take(&mut vault, &path);
    let mut desk = Desk { home, vault, case, agency };
    for number in 0..14 {
        children::add_item(&mut desk.vault, case, item("Seen at home.", vec![]), at(10 + number)).unwrap();
        paper(&mut desk.vault, case, 10 + number);
    }
    desk
}

fn paper(vault: &mut Vault, case: CaseId, minute: i64) {
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("paper.txt");
    std::fs::write(&path, format!("Away on day {minute}.\n").repeat(4_000)).unwrap();
    let typed = PaperInput {
        what: format!("Letter {minute}"),
        from: "Fablewell Primary School".into(),
        came: Some(WhenTyped::Day { on: day(2026, 10, 5).into() }),
        ..PaperInput::default()
    };
    at_once(AddPaper::new(case, path, typed), vault, at(minute)).unwrap();
}

impl Desk {
    fn out(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn to_agency(&self) -> HandoverAsk {
        HandoverAsk::of(&[self.case], &self.agency.encryption.recipient().to_string())
    }

    fn hand_over(&self) -> HandOver {
        HandOver::new(self.to_agency(), self.out("october.sharewell")).within(SMALL)
    }

    /// Handed over in parts; those, in order.
    fn handed(&mut self) -> Vec<HandoverView> {
        let work = self.hand_over();
        at_once(work, &mut self.vault, at(100)).unwrap();
        self.parts()
    }

    /// The parts of the first handover, in order.
    fn parts(&self) -> Vec<HandoverView> {
        let mut made = all_made(&self.vault);
        made.retain(|one| one.part.is_some() && one.replaces.is_none());
        made.sort_by_key(|one| one.part.map(|part| part.number));
        assert!(made.len() > 2, "in several parts");
        made
    }

    fn again(&mut self, id: HandoverId, name: &str, minutes: i64) -> HandoverView {
        let path = self.out(name);
        at_once(HandOver::again(id, path).within(SMALL), &mut self.vault, at(minutes)).unwrap()
    }

    fn waiting(&self) -> u32 {
        handover::handover_offer(&self.vault, &self.to_agency()).unwrap().waiting
    }

    fn bag(&self, name: &str) -> Bag {
        opened(&self.vault, &self.out(name), &self.agency.encryption)
    }

    /// The agency's answer to a file of which it takes everything is taken in.
    fn receive(&mut self, name: &str, minutes: i64) {
        let (bag, file) = (self.bag(name), std::fs::read(self.out(name)).unwrap());
        let info = &bag.info;
        let chain = |origin, from, to, link, lines: &[EntryLine]| OfOrigin {
            origin,
            from,
            to,
            taken: lines.iter().filter_map(named).collect(),
            had: vec![],
            quarantined: vec![],
            held: Some(HeldTo { sequence: to, link }),
        };
        let own = chain(info.origin, info.from, info.to, info.head, &bag.lines);
        let earlier = bag.chains.iter().map(|one| chain(one.origin, one.from, one.to, one.head, &one.lines));
        let receipt = Receipt {
            id: sharewell_vault::new_uuid(),
            agency: "Fablewell Community Health".into(),
            made_at: at(500),
            file: GivenFile { sha256: Sha256::of(&[&file]), bytes: file.len() as u64 },
            outcome: Outcome::Taken,
            reason: None,
            handover: Some(GivenHandover { id: info.id, contents_hash: info.contents_hash }),
            origins: std::iter::once(own).chain(earlier).collect(),
            disposals: vec![],
        };
        let path = self.out("a.sharewell-receipt");
        std::fs::write(&path, receipt.sign(&self.agency.receipts).unwrap()).unwrap();
        handover::take_receipt(&mut self.vault, &path, at(minutes)).unwrap();
    }

    /// Entries of the file in one of its files.
    fn in_file(&self, name: &str) -> u32 {
        of_file(&self.bag(name), self.case).len() as u32
    }
}

fn opened(vault: &Vault, path: &Path, by: &Identity) -> Bag {
    let roster = [PublicKey(vault.public_key().unwrap())];
    bags::read(std::fs::File::open(path).unwrap(), by, &roster, Limits::default()).unwrap()
}

/// Every handover that was made, however many there are.
fn all_made(vault: &Vault) -> Vec<HandoverView> {
    let all = HandoverLook { made: u32::MAX, ..HandoverLook::default() };
    handover::handover_page_at(vault, &all).unwrap().made
}

/// The places of a file's entries that stand whole in a handover.
fn of_file(bag: &Bag, case: CaseId) -> BTreeSet<(OriginId, Seq)> {
    let lines = bag.lines.iter().chain(bag.chains.iter().flat_map(|chain| &chain.lines));
    let whole = |line: &EntryLine| match line {
        EntryLine::Whole { header, .. } if header.case == Some(case) => {
            Some((header.origin, header.sequence))
        }
        _ => None,
    };
    lines.filter_map(whole).collect()
}

/// An entry as a receipt names it.
fn named(line: &EntryLine) -> Option<NamedEntry> {
    match line {
        EntryLine::Whole { .. } | EntryLine::Disposed { .. } => {
            Some(NamedEntry { sequence: line.sequence(), entry_hash: line.hash().unwrap() })
        }
        EntryLine::Withheld { .. } => None,
    }
}

#[test]
fn a_stop_between_two_parts_keeps_the_written_ones_and_each_of_the_others_is_written_as_it_was_frozen() {
    let mut desk = desk();
    let all = desk.waiting();
    let mut long = desk.hand_over();
    long.start(&mut desk.vault, at(100)).unwrap();
    let count = desk.parts().len();
    let work = Work::new();
    let beside = desk.vault.beside(&work).unwrap();
    let first = desk.out(&format!("october-1-of-{count}.sharewell"));
    let made = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !first.exists() && !work.is_stopped() {
                std::thread::yield_now();
            }
            work.stop();
        });
        let made = long.run(beside, at(100));
        work.stop();
        made
    });
    let error = long.end(&mut desk.vault, made.unwrap(), at(101)).unwrap_err();
    let parts = desk.parts();
    let left: Vec<HandoverView> =
        parts.iter().filter(|one| one.state == HandoverState::Frozen).cloned().collect();
    assert_eq!(parts[0].state, HandoverState::Written);
    assert!(!left.is_empty() && left.len() < count, "some were written, and some were not");
    assert!(matches!(error, Error::Unwritten { handover, .. } if handover == left[0].id), "{error:?}");
    assert_eq!(all_made(&desk.vault).len(), count, "nothing more was made");

    for (number, one) in left.iter().enumerate() {
        let name = format!("left-{number}.sharewell");
        let written = desk.again(one.id, &name, 110);
        assert_eq!((written.id, written.replaces, written.state), (one.id, None, HandoverState::Written));
        let said = desk.bag(&name).info.part.unwrap();
        let part = one.part.unwrap();
        assert_eq!((said.of, said.number, said.count), (parts[0].id, part.number, part.count));
    }
    let mut together = BTreeSet::new();
    for one in desk.parts() {
        assert_eq!(one.state, HandoverState::Written);
        together.extend(of_file(&desk.bag(&one.file_name), desk.case));
    }
    assert_eq!(together.len() as u32, all, "all parts hold every entry");
}

#[test]
fn a_power_cut_before_anything_of_the_parts_was_noted_gives_the_same_bytes_once_more() {
    let mut desk = desk();
    let mut long = desk.hand_over();
    long.start(&mut desk.vault, at(100)).unwrap();
    drop(long.run(desk.vault.beside(&Work::new()).unwrap(), at(100)).unwrap());
    let dir = desk.vault.dir().to_owned();
    desk.vault.close().unwrap();
    desk.vault = start::unlock(&dir, secret(PASSPHRASE), at(200)).unwrap();

    let parts = desk.parts();
    assert!(parts.iter().all(|one| one.state == HandoverState::Frozen));
    assert!(handover::handover_page(&desk.vault).unwrap().unwritten.is_some(), "it is told");
    for one in &parts {
        let part = one.part.unwrap();
        let there = format!("october-{}-of-{}.sharewell", part.number, part.count);
        let again = format!("again-{}.sharewell", part.number);
        let written = desk.again(one.id, &again, 210);
        assert_eq!((written.id, written.replaces), (one.id, None));
        assert_eq!(
            desk.bag(&again),
            desk.bag(&there),
            "the tag manifest included, which stands for every byte"
        );
    }
}

#[test]
fn each_receipt_closes_the_entries_of_its_part_and_the_others_are_offered_again() {
    let mut desk = desk();
    let all = desk.waiting();
    let parts = desk.handed();
    assert_eq!(desk.waiting(), all, "a written file ends no offer to whoever sends receipts");
    let mut left = all;
    // In any order.
    for one in parts.iter().rev() {
        left -= desk.in_file(&one.file_name);
        desk.receive(&one.file_name, 120);
        assert_eq!(desk.waiting(), left, "part {:?}", one.part);
        for other in desk.parts() {
            let answered = other.part.unwrap().number >= one.part.unwrap().number;
            assert_eq!(other.state == HandoverState::Received, answered, "{:?}", other.part);
        }
    }
    assert_eq!(left, 0);
}

#[test]
fn a_part_that_is_written_again_names_the_one_it_replaces_and_either_receipt_closes_both() {
    let mut desk = desk();
    let parts = desk.handed();
    let old = &parts[1];
    let new = desk.again(old.id, "again.sharewell", 110);
    assert_eq!((new.replaces, new.part), (Some(old.id), old.part), "it is the same part");
    let (first, second) = (desk.bag(&old.file_name), desk.bag("again.sharewell"));
    assert_eq!((&first.lines, &first.tables), (&second.lines, &second.tables));
    assert_eq!(first.attachments, second.attachments);
    assert_eq!((second.info.replaces, second.info.part), (Some(old.id), first.info.part));
    desk.receive("again.sharewell", 120);
    let state = |id| {
        let made = all_made(&desk.vault);
        made.into_iter().find(|one| one.id == id).unwrap().state
    };
    assert_eq!([old.id, new.id].map(state), [HandoverState::Received; 2]);
    assert_eq!([parts[0].id, parts[2].id].map(state), [HandoverState::Written; 2]);
}

#[test]
fn what_is_written_again_from_a_backup_that_was_brought_back_goes_in_parts_as_well() {
    let mut desk = desk();
    let parts = desk.handed();
    let backup = maintenance::backup_now(&mut desk.vault, at(130)).unwrap().folder;
    let to = desk.out("restored");
    desk.vault = maintenance::restore_vault(Path::new(&backup), &to, secret(PASSPHRASE), at(140)).unwrap();
    let all = desk.waiting();
    let new = desk.again(parts[0].id, "after.sharewell", 150);
    let count = new.part.expect("it is too large for one file").count as usize;
    let made = all_made(&desk.vault);
    let replacing: Vec<_> = made.iter().filter(|one| one.replaces == Some(parts[0].id)).collect();
    assert_eq!(replacing.len(), count);
    let mut together = BTreeSet::new();
    for one in replacing {
        assert_eq!(one.state, HandoverState::Written);
        for place in of_file(&desk.bag(&one.file_name), desk.case) {
            assert!(together.insert(place), "once: {place:?}");
        }
    }
    assert_eq!(together.len() as u32, all, "everything that this chain and the one before hold");
    assert!(maintenance::verify_vault(&mut desk.vault, at(160)).unwrap().sound);
}

#[test]
fn the_parts_of_a_restricted_file_go_to_the_designated_officer_alone() {
    let mut told = support::allegation::told();
    let agency = Agency::new(9);
    let path = agency.write(told.dir.path(), &agency.profile(1));
    take(&mut told.vault, &path);
    let limits = Limits { total: 1 << 20, ..SMALL };
    for minute in 100..120 {
        paper(&mut told.vault, told.apart, minute);
    }
    let hand = |vault: &mut Vault, to: &Identity, name: &str| {
        let ask = HandoverAsk::of(&[told.apart], &to.recipient().to_string());
        let path = told.dir.path().join(name);
        at_once(HandOver::new(ask, path).within(limits), vault, at(200))
    };
    let refused = hand(&mut told.vault, &agency.encryption, "wrong.sharewell");
    assert!(matches!(refused, Err(Error::Fields(_))), "{refused:?}");
    let made = hand(&mut told.vault, &agency.officer, "restricted.sharewell").unwrap();
    let names: Vec<String> =
        std::iter::once(made.file_name).chain(made.beside.into_iter().map(|one| one.file_name)).collect();
    assert!(names.len() > 1, "in parts");
    for name in names {
        let path = told.dir.path().join(&name);
        let bag = opened(&told.vault, &path, &agency.officer);
        assert_eq!(bag.info.recipients, [agency.officer.recipient()], "to nobody beside them");
        assert_eq!(bag.info.cases, [told.apart]);
        for other in [&agency.encryption, &agency.recovery] {
            let roster = [PublicKey(told.vault.public_key().unwrap())];
            let file = std::fs::File::open(&path).unwrap();
            assert!(bags::read(file, other, &roster, Limits::default()).is_err(), "{name}");
        }
    }
}
