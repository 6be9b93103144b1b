//! What is too large for one file goes as several: each opens and verifies alone, all of them hold everything once, and
//! each has its own way there and back.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sharewell_casework::attached::AddPaper;
use sharewell_casework::handover::HandOver;
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Error, Failure, Piece, PublicKey, Result, Vault, children, handover};
use sharewell_exchange::EntryLine;
use sharewell_exchange::handover::{Handover, Limits, read};
use sharewell_exchange::keys::Identity;
use support::*;

/// How large a paper of these tests is.
const PAPER: usize = 60 << 10;

struct Desk {
    home: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    identity: Identity,
}

impl Desk {
    /// A family with notes, and so many papers.
    fn of(papers: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut vault = vault(&home.path().join("vault"));
        let (case, ..) = family(&mut vault);
        let identity = Identity::generate();
        let recipient = identity.recipient().to_string();
        handover::import_recipient(&mut vault, &recipient, "Council", at(4)).unwrap();
        let mut desk = Self { home, vault, case, identity };
        for number in 0..papers {
            let minute = 10 + number as i64;
            children::add_item(&mut desk.vault, case, item("Seen at home.", vec![]), at(minute)).unwrap();
            desk.paper(&format!("Letter {number}"), PAPER, minute);
        }
        desk
    }

    fn paper(&mut self, what: &str, bytes: usize, minute: i64) -> AttachmentId {
        let path = self.home.path().join("paper.txt");
        fs::write(&path, "Ayla was away on this day.\n".repeat(bytes / 27)).unwrap();
        let typed = PaperInput {
            what: what.into(),
            from: "Fablewell Primary School".into(),
            came: Some(WhenTyped::Day { on: day(2026, 10, 5).into() }),
            ..PaperInput::default()
        };
        at_once(AddPaper::new(self.case, path, typed), &mut self.vault, at(minute)).unwrap()
    }

    fn ask(&self) -> HandoverAsk {
        HandoverAsk::of(&[self.case], &self.identity.recipient().to_string())
    }

    fn hand(&mut self, name: &str, limits: Limits, minute: i64) -> Result<HandoverView> {
        let path = self.home.path().join(name);
        at_once(HandOver::new(self.ask(), path).within(limits), &mut self.vault, at(minute))
    }

    fn made(&self) -> Vec<HandoverView> {
        let mut made = all_made(&self.vault);
        made.sort_by_key(|one| one.part.map(|part| part.number));
        made
    }

    fn opened(&self, path: &Path, limits: Limits) -> Handover {
        let key = PublicKey(self.vault.public_key().unwrap());
        read(fs::File::open(path).unwrap(), &self.identity, &[key], limits).unwrap()
    }

    /// Every part, opened within the limits under which it was made.
    fn parts(&self, limits: Limits) -> Vec<Handover> {
        let made = self.made();
        let file = |one: &HandoverView| self.home.path().join(&one.file_name);
        made.iter().map(|one| self.opened(&file(one), limits)).collect()
    }
}

/// Every handover that was made, however many there are.
fn all_made(vault: &Vault) -> Vec<HandoverView> {
    let all = HandoverLook { made: u32::MAX, ..HandoverLook::default() };
    handover::handover_page_at(vault, &all).unwrap().made
}

/// A reader that takes in little.
fn small(total: u64) -> Limits {
    Limits { total, ..Limits::default() }
}

fn whole(part: &Handover) -> BTreeSet<(OriginId, Seq)> {
    let entries = part.lines.iter().filter_map(|line| match line {
        EntryLine::Whole { header, .. } => Some((header.origin, header.sequence)),
        EntryLine::Disposed { .. } | EntryLine::Withheld { .. } => None,
    });
    entries.collect()
}

#[test]
fn what_is_too_large_for_one_file_goes_in_parts_that_each_open_alone_and_hold_everything_once() {
    let mut desk = Desk::of(8);
    let limits = small(512 << 10);
    let first = desk.hand("october.sharewell", limits, 100).unwrap();
    let count = first.part.expect("it is a part").count;
    assert!(count > 1);
    let names: Vec<String> =
        (1..=count).map(|number| format!("october-{number}-of-{count}.sharewell")).collect();
    assert_eq!(first.file_name, names[0]);
    let beside: Vec<&str> = first.beside.iter().map(|one| one.file_name.as_str()).collect();
    assert_eq!(beside, names[1..]);

    // What the reader refuses as one, it takes in parts.
    let parts = desk.parts(limits);
    assert_eq!(parts.len() as u32, count);
    let (mut next, mut entries, mut papers) = (Seq(1), BTreeSet::new(), BTreeSet::new());
    for (number, part) in (1..).zip(&parts) {
        let said = part.info.part.expect("the bag says which part");
        assert_eq!((said.of, said.number, said.count), (first.id, number, count));
        assert_eq!(part.info.from, next, "each goes on where the one before ended");
        next = Seq(part.info.to.0 + 1);
        for one in whole(part) {
            assert!(entries.insert(one), "an entry stands once: {one:?}");
        }
        for paper in &part.attachments {
            assert!(papers.insert(paper.path.clone()), "a paper goes once");
        }
        assert!(
            part.tables.iter().any(|table| table.name == "items" && table.rows.len() == 8),
            "to read alone"
        );
    }
    assert_eq!(papers.len(), 8, "every paper went");
    assert_eq!(next.0, u64::from(desk.made().last().unwrap().to) + 1);
    // Nothing waits any more.
    let offer = handover::handover_offer(&desk.vault, &desk.ask()).unwrap();
    assert_eq!((offer.waiting, offer.parts), (0, 0));
}

#[test]
fn what_fits_into_one_file_is_whole_and_says_nothing_of_parts() {
    let mut desk = Desk::of(1);
    let made = desk.hand("whole.sharewell", Limits::default(), 100).unwrap();
    assert!(made.part.is_none() && made.beside.is_empty() && made.file_name == "whole.sharewell");
    let whole = desk.opened(&desk.home.path().join("whole.sharewell"), Limits::default());
    assert!(whole.info.part.is_none());
}

#[test]
fn a_part_says_of_the_others_that_they_were_given_and_not_that_something_is_missing() {
    let mut desk = Desk::of(8);
    desk.hand("october.sharewell", small(512 << 10), 100).unwrap();
    for part in desk.parts(small(512 << 10)) {
        let (_, never) = part.info.not_here.unwrap();
        assert_eq!(never, 0, "what stands in another part is no gap");
    }
}

#[test]
fn each_part_stands_in_the_outbox_by_itself_and_one_that_was_not_written_is_offered_again() {
    let mut desk = Desk::of(8);
    desk.hand("october.sharewell", small(512 << 10), 100).unwrap();
    let made = desk.made();
    assert!(made.iter().all(|one| one.state == HandoverState::Written));
    let numbers: Vec<u32> = made.iter().map(|one| one.part.unwrap().number).collect();
    assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>());
    // No file that was there is written over.
    let before: Vec<(PathBuf, Vec<u8>)> = made
        .iter()
        .map(|one| desk.home.path().join(&one.file_name))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    let mut ask = desk.ask();
    (ask.from_beginning, ask.reason) = (true, "The stick was lost".into());
    let path = desk.home.path().join("october.sharewell");
    let again = HandOver::new(ask, path).within(small(512 << 10));
    let again = at_once(again, &mut desk.vault, at(110)).unwrap();
    assert!(again.file_name.starts_with("october-2-1-of-"), "{}", again.file_name);
    for (path, bytes) in before {
        assert_eq!(fs::read(path).unwrap(), bytes);
    }
}

#[test]
fn documents_go_with_the_last_part_alone() {
    let mut desk = Desk::of(4);
    let outcome = answer_all(&mut desk.vault, desk.case, &gates(&[]), 40);
    sign_off(&mut desk.vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let limits = small(900 << 10);
    desk.hand("october.sharewell", limits, 100).unwrap();
    let parts = desk.parts(limits);
    let documents: Vec<usize> = parts.iter().map(|part| part.documents.len()).collect();
    assert!(parts.len() > 1, "{documents:?}");
    assert_eq!(documents.last(), Some(&1));
    assert!(documents[..documents.len() - 1].iter().all(|count| *count == 0), "{documents:?}");
}

#[test]
fn one_thing_that_no_part_can_hold_is_named_before_anything_is_frozen() {
    let mut desk = Desk::of(1);
    let large = desk.paper("A thick report", 400 << 10, 30);
    let refused = desk.hand("october.sharewell", small(400 << 10), 100).unwrap_err();
    let named = matches!(refused, Error::TooLargeToHandOver { piece: Piece::Paper { id }, limit }
        if id == large && limit == 400 << 10);
    assert!(named, "{refused:?}");
    let failure = Failure::from(refused);
    assert_eq!((failure.code, failure.place), (Code::PaperOverLimit, Some(format!("paper {large}"))));

    let long = Limits { line: 400, ..Limits::default() };
    let refused = desk.hand("october.sharewell", long, 100).unwrap_err();
    assert!(
        matches!(refused, Error::TooLargeToHandOver { piece: Piece::Entry { .. }, limit: 400 }),
        "{refused:?}"
    );
    assert_eq!(Failure::from(refused).code, Code::EntryTooLarge);
    let refused = desk.hand("october.sharewell", small(64 << 10), 100).unwrap_err();
    assert!(matches!(refused, Error::TooLargeToHandOver { piece: Piece::Documents, .. }), "{refused:?}");
    assert!(desk.made().is_empty(), "nothing was frozen");
    desk.hand("october.sharewell", Limits::default(), 101).unwrap();
}
