//! The intake and a disposal are killed anywhere, each time from the same beginning: nothing is lost, and nothing is
//! there twice. `killed.rs` goes on from where each kill left off.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::Path;

use secrecy::ExposeSecret as _;
use sharewell_exchange::handover::Limits;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{Outcome, Receipt};
use sharewell_exchange::{PublicKey, Signer as _, SigningKey};
use sharewell_intake::store::{Embedded, EntryRow, Files, Store as _, Which};
use sharewell_intake::{By, Error, Intake, Keys, dispose, receipts};
use sharewell_kills::{act, folder, kill};
use support::*;

const FILES: u64 = 5;

fn rule() -> By<'static> {
    By { authority: Some("Retention schedule, line 12"), retention: &[], legal_hold: "" }
}

/// A folder with all that an intake needs, and as many files of one chain as there are, each with notes that the one
/// before did not have.
fn made(dir: &Path) -> (Desk, Vec<u64>) {
    let mut book = Book::new(3, 7);
    let (receipts_key, pem) = SigningKey::generate().unwrap();
    let mut desk = Desk::of(&book);
    desk.keys.receipts = receipts_key;
    let (mut from, mut ends) = (1, Vec::new());
    for number in 0..FILES {
        (0..5).for_each(|note| book.note(&format!("File {number}, note {note}.")));
        let contents = book.contents(7_000 + number, from, book.last(), &[CASE]);
        std::fs::write(dir.join(format!("{number}.sharewell")), book.sealed(&contents, &[desk.recipient()]))
            .unwrap();
        from = book.last() + 1;
        ends.push(book.last());
    }
    // All of it once more, twice: other files that hold the same.
    for (number, name) in [(8_000, "again"), (8_001, "once-more")] {
        let contents = book.contents(number, 1, book.last(), &[CASE]);
        let bytes = book.sealed(&contents, &[desk.recipient()]);
        std::fs::write(dir.join(format!("{name}.sharewell")), bytes).unwrap();
    }
    std::fs::write(dir.join("receipts.key"), pem.expose_secret()).unwrap();
    std::fs::write(dir.join("intake.key"), desk.keys.identities[0].to_secret().expose_secret()).unwrap();
    std::fs::write(dir.join("roster.json"), serde_json::to_vec(&desk.keys.roster).unwrap()).unwrap();
    (desk, ends)
}

fn keys(dir: &Path) -> Keys {
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
    Keys {
        identities: vec![Identity::parse(&read("intake.key")).unwrap()],
        receipts: SigningKey::parse(&read("receipts.key")).unwrap(),
        roster: serde_json::from_str(&read("roster.json")).unwrap(),
    }
}

fn store(dir: &Path) -> Embedded {
    Embedded::open(&dir.join("intake.db"), &dir.join("store.key")).unwrap()
}

fn take_all(dir: &Path, store: &mut Embedded, keys: &Keys) {
    for number in 0..FILES {
        let path = dir.join(format!("{number}.sharewell"));
        let mut intake = Intake { store, keys, limits: Limits::default(), now };
        for answer in intake.take(&path).unwrap() {
            receipts::write(&dir.join("receipts"), &answer.row).unwrap();
        }
    }
}

#[test]
fn an_intake_killed_anywhere_holds_whole_files_and_takes_the_rest_once() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, ends) = made(dir.path());
    (0..FILES).for_each(|number| drop(desk.take(&dir.path().join(format!("{number}.sharewell")))));
    let whole = desk.stored();
    kill("an intake", "child_that_takes_in", dir.path(), 6, 70, |dir| {
        let (mut store, keys) = (store(dir), keys(dir));
        let last = stored(&mut store).keys().map(|(_, at)| at.0).max().unwrap_or_default();
        assert!(last == 0 || ends.contains(&last), "files are taken whole: {last} of {ends:?}");
        take_all(dir, &mut store, &keys);
        assert_eq!(stored(&mut store), whole, "what is held is what was handed over");
        let rows = store.files(Files::All).unwrap();
        assert_eq!(rows.len() as u64, FILES);
        let key: PublicKey = keys.receipts.public_key();
        let mut taken = Vec::new();
        for row in &rows {
            assert_eq!(row.outcome, Outcome::Taken);
            let given = std::fs::read(receipts::path(&dir.join("receipts"), row)).unwrap();
            assert_eq!(given, row.receipt, "the receipt that was given out is the one that is kept");
            let receipt = Receipt::read(&given, &key).unwrap();
            taken.extend(receipt.origins.into_iter().flat_map(|of| of.taken).map(|one| one.sequence));
        }
        let all = taken.len();
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), all, "no two receipts say of one entry that they took it");
    });
}

/// Runs as an act only where a test above started it.
#[test]
fn child_that_takes_in() {
    let Some(dir) = folder() else { return };
    let keys = keys(&dir);
    act(|| {
        let mut store = store(&dir);
        take_all(&dir, &mut store, &keys);
    });
}

#[test]
fn a_disposal_killed_anywhere_is_whole_or_not_begun_and_is_told_once() {
    let dir = tempfile::tempdir().unwrap();
    let (_desk, _) = made(dir.path());
    let mut first = store(dir.path());
    take_all(dir.path(), &mut first, &keys(dir.path()));
    // What is disposed of is what is stored with content in the file.
    let content = |store: &mut Embedded| {
        let (mut whole, mut gone) = (0_u64, 0_u64);
        let each = &mut |row: EntryRow| {
            if row.header.case == Some(id(CASE)) {
                *(if row.stored.is_some() { &mut whole } else { &mut gone }) += 1;
            }
            Ok(())
        };
        store.entries(Which::Case(id(CASE)), each).unwrap();
        (whole, gone)
    };
    let (all, none) = content(&mut first);
    assert!(all > 20 && none == 0);
    drop(first);
    kill("a disposal", "child_that_disposes", dir.path(), 6, 50, |dir| {
        let (mut store, keys) = (store(dir), keys(dir));
        match content(&mut store) {
            (whole, 0) if whole == all => {
                assert_eq!(dispose(&mut store, id(CASE), &rule(), now()).unwrap(), all);
            }
            (0, gone) if gone == all => {
                let again = dispose(&mut store, id(CASE), &rule(), now());
                assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
            }
            half => panic!("half of it is gone: {half:?} of {all}"),
        }
        assert_eq!(content(&mut store), (0, all), "places and hashes stay");
        // The same entries in other files bring nothing back, and one answer tells each disposal.
        let mut told = |name: &str| {
            let mut intake = Intake { store: &mut store, keys: &keys, limits: Limits::default(), now };
            let answers = intake.take(&dir.join(name)).unwrap();
            assert_eq!((answers.len(), answers[0].row.outcome), (1, Outcome::Had));
            answers[0].receipt.disposals.len() as u64
        };
        assert_eq!((told("again.sharewell"), told("once-more.sharewell")), (all, 0));
        assert_eq!(content(&mut store), (0, all));
    });
}

/// Runs as an act only where a test above started it.
#[test]
fn child_that_disposes() {
    let Some(dir) = folder() else { return };
    let mut store = store(&dir);
    act(|| dispose(&mut store, id(CASE), &rule(), now()).unwrap());
}
