//! The intake is killed at any point: nothing is lost and nothing is there twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use secrecy::ExposeSecret as _;
use sharewell_exchange::handover::Limits;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{Outcome, Receipt};
use sharewell_exchange::roster::Roster;
use sharewell_exchange::{Signer as _, SigningKey};
use sharewell_intake::store::{Embedded, Files, Store as _};
use sharewell_intake::{Intake, Keys, receipts};
use sharewell_records::Role;
use support::*;

/// Says to the child process that it is one, and in which folder it works.
const FOLDER: &str = "SHAREWELL_INTAKE_TO_KILL";

/// Files of two chains in the order of their names, which is not that of the chains.
fn hand_over(desk: &Desk, books: &mut [Book]) -> usize {
    let mut number = 0;
    for book in books.iter_mut() {
        let mut from = 1;
        for round in 0..4 {
            let to = book.last();
            let contents = book.contents(7_000 + number, from, to, &[CASE]);
            // The second of each comes first.
            let name = format!("in/{:03}.sharewell", if number % 2 == 0 { number + 1 } else { number - 1 });
            std::fs::create_dir_all(desk.dir.path().join("in")).unwrap();
            desk.file(&name, &book.sealed(&contents, &[desk.recipient()]));
            number += 1;
            from = to + 1;
            for note in 0..5 {
                book.note(&format!("Round {round}, note {note}."));
            }
        }
    }
    number as usize
}

#[test]
fn killed_at_any_point_nothing_is_lost_and_nothing_is_there_twice() {
    let mut books = [Book::new(3, 7), Book::new(4, 8)];
    let (receipts_key, pem) = SigningKey::generate().unwrap();
    let mut desk = Desk::with(books.iter().map(|book| book.member(Role::Practitioner)).collect());
    desk.keys.receipts = receipts_key;
    let files = hand_over(&desk, &mut books);
    let dir = tempfile::tempdir().unwrap();
    std::fs::rename(desk.dir.path().join("in"), dir.path().join("in")).unwrap();
    let path = |name: &str| dir.path().join(name);
    std::fs::write(path("receipts.key"), pem.expose_secret()).unwrap();
    std::fs::write(path("intake.key"), desk.keys.identities[0].to_secret().expose_secret()).unwrap();
    std::fs::write(path("roster.json"), serde_json::to_vec(&desk.keys.roster).unwrap()).unwrap();

    let mut kills = 0;
    let mut wait = Duration::from_millis(5);
    loop {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child_that_takes_in", "--exact", "--nocapture", "--test-threads=1"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(wait);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "it ends well where nobody kills it");
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        // A step that is no multiple of anything, so that each kill strikes somewhere else.
        wait += Duration::from_micros(7_370);
        assert!(kills < 2_000, "it never comes to an end");
    }
    assert!(kills > 3, "it was killed {kills} times");

    // The same without a kill, in a store of its own.
    let calm = Desk { dir: tempfile::tempdir().unwrap(), ..desk };
    for path in given(dir.path()) {
        calm.take(&path);
    }
    let mut store = Embedded::open(&dir.path().join("intake.db"), &dir.path().join("store.key")).unwrap();
    assert_eq!(stored(&mut store), calm.stored(), "what is held is what was handed over, once");
    let rows = store.files(Files::All).unwrap();
    assert_eq!(rows.len(), files);
    for row in rows {
        assert_eq!(row.outcome, Outcome::Taken);
        assert_eq!(store.piece(row.sha256, 0).unwrap(), None);
        let receipt = std::fs::read(receipts::path(&dir.path().join("receipts"), &row)).unwrap();
        assert_eq!(receipt, row.receipt, "the receipt that was given out is the one that is kept");
        Receipt::read(&receipt, &calm.keys.receipts.public_key()).unwrap();
    }
    for book in &books {
        let told = calm.store().files(Files::All).unwrap();
        let told =
            told.iter().map(|row| Receipt::read(&row.receipt, &calm.keys.receipts.public_key()).unwrap());
        let mut taken: Vec<u64> = told
            .flat_map(|receipt| receipt.origins)
            .filter(|one| one.origin == book.origin)
            .flat_map(|one| one.taken)
            .map(|one| one.sequence.0)
            .collect();
        taken.sort_unstable();
        let twice = taken.windows(2).any(|two| two[0] == two[1]);
        assert!(!twice, "no receipt says of an entry that another took that it took it");
    }
}

/// The files that were handed over, in the order of their names.
fn given(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir.join("in")).unwrap();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// Runs only when started by the test above.
#[test]
fn child_that_takes_in() {
    let Some(dir) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
    let roster: Roster = serde_json::from_str(&read("roster.json")).unwrap();
    let keys = Keys {
        identities: vec![Identity::parse(&read("intake.key")).unwrap()],
        receipts: SigningKey::parse(&read("receipts.key")).unwrap(),
        roster,
    };
    let mut store = Embedded::open(&dir.join("intake.db"), &dir.join("store.key")).unwrap();
    let folder = dir.join("receipts");
    for path in given(&dir) {
        let mut intake = Intake { store: &mut store, keys: &keys, limits: Limits::default(), now };
        for answer in intake.take(&path).unwrap() {
            receipts::write(&folder, &answer.row).unwrap();
        }
    }
}
