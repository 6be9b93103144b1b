//! Files that are broken in every way: each is kept with a reason, nothing of it is believed, and the next is taken.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::Path;

use proptest::prelude::*;
use sharewell_exchange::handover::Limits;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{Outcome, Reason, Receipt};
use sharewell_intake::Error;
use sharewell_intake::store::{Embedded, Files, Store as _};
use sharewell_records::Role;
use support::*;

/// The agency's key in the fixtures; it protects nothing real.
const AGENCY: &str = include_str!("../../../../tests/fixtures/handovers/agency-test-key.txt");

fn desk() -> (Book, Desk) {
    let book = Book::new(3, 7);
    let mut desk = Desk::of(&book);
    desk.keys.identities.push(Identity::parse(AGENCY).unwrap());
    (book, desk)
}

#[test]
fn each_broken_file_is_kept_with_its_reason_and_the_next_is_taken() {
    let (book, desk) = desk();
    let broken = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/handovers/broken");
    for (name, reason) in [
        ("chain_forked", Reason::BrokenChain),
        ("entry_altered", Reason::BrokenChain),
        ("jws_alg_none", Reason::BadSignature),
        ("jws_wrong_key", Reason::UnknownSigner),
        ("path_traversal", Reason::NotAHandover),
        ("version_from_the_future", Reason::NewerVersion),
    ] {
        let path = broken.join(format!("{name}.sharewell"));
        let answer = desk.taken(&path);
        assert_eq!((answer.row.outcome, answer.row.reason), (Outcome::Quarantined, Some(reason)), "{name}");
        assert!(answer.receipt.origins.is_empty(), "{name}: nothing in it is repeated");
        let kept = desk.store().piece(answer.row.sha256, 0).unwrap().unwrap();
        assert_eq!(kept, std::fs::read(&path).unwrap(), "{name} is kept as it came");
        assert!(desk.stored().is_empty(), "{name}");
    }
    let whole = desk.handed(&book, 700, 1, book.last(), &[CASE]);
    assert_eq!(desk.taken(&whole).row.outcome, Outcome::Taken);
}

#[test]
fn a_file_cut_at_any_place_or_with_any_byte_changed_is_never_taken() {
    let (book, desk) = desk();
    let whole = std::fs::read(desk.handed(&book, 700, 1, book.last(), &[CASE])).unwrap();
    let step = whole.len() / 12;
    for at in (0..whole.len()).step_by(step) {
        let cut = desk.taken(&desk.file("cut.sharewell", &whole[..at]));
        let mut changed = whole.clone();
        changed[at] ^= 1;
        let changed = desk.taken(&desk.file("changed.sharewell", &changed));
        for answer in [cut, changed] {
            assert!(matches!(answer.row.outcome, Outcome::Quarantined | Outcome::Sealed), "{at}: {answer:?}");
        }
    }
    assert!(desk.stored().is_empty());
    let more = desk.taken(&desk.file("more.sharewell", &[whole, b"more".to_vec()].concat()));
    assert_eq!(more.row.reason, Some(Reason::Damaged), "something after its end");
}

#[test]
fn what_is_over_a_limit_is_refused_before_it_is_held() {
    let (book, mut desk) = desk();
    let path = desk.handed(&book, 700, 1, book.last(), &[CASE]);
    for limits in [
        Limits { total: 3_000, ..Limits::default() },
        Limits { file: 100, ..Limits::default() },
        Limits { files: 6, ..Limits::default() },
        Limits { line: 300, ..Limits::default() },
    ] {
        desk.limits = limits;
        let answer = desk.taken(&path);
        assert_eq!(answer.row.reason, Some(Reason::TooLarge), "{limits:?}");
        let mut store = desk.store();
        let kept = store.piece(answer.row.sha256, 0).unwrap().is_some();
        assert!(
            kept || limits.total == 3_000,
            "the store is not filled with what is over the limit as a whole"
        );
        assert!(desk.intake(&mut store).again().unwrap().is_empty(), "and tried again it is the same");
    }
    desk.limits = Limits::default();
    assert_eq!(desk.taken(&path).row.outcome, Outcome::Taken, "once it may be that large");
}

#[test]
fn a_receipt_is_no_handover_and_a_handover_no_receipt() {
    let (book, desk) = desk();
    let path = desk.handed(&book, 700, 1, book.last(), &[CASE]);
    let answer = desk.taken(&path);
    let swapped = desk.taken(&desk.file("b.sharewell", &answer.row.receipt));
    assert_eq!(swapped.row.reason, Some(Reason::NotAHandover));
    let key = sharewell_exchange::Signer::public_key(&desk.keys.receipts);
    assert!(Receipt::read(&std::fs::read(&path).unwrap(), &key).is_err());
    let other = Desk::with(vec![book.member(Role::Practitioner)]);
    let other = sharewell_exchange::Signer::public_key(&other.keys.receipts);
    assert!(Receipt::read(&answer.row.receipt, &other).is_err(), "another agency's key");
}

#[test]
fn nothing_of_a_record_is_readable_at_rest() {
    let (book, desk) = desk();
    let other = Identity::generate();
    desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
    let sealed = book.sealed(&book.contents(701, 1, 5, &[CASE]), &[other.recipient()]);
    desk.taken(&desk.file("sealed.sharewell", &sealed));
    let mut looked = 0;
    // Open, so that what SQLite keeps beside it is there too.
    let store = desk.store();
    for entry in std::fs::read_dir(desk.dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for word in ["Sampleton", "Fablewell", "SQLite format 3", "case_opened", "not a real document"] {
            assert!(!bytes.windows(word.len()).any(|at| at == word.as_bytes()), "{word}");
        }
        looked += 1;
    }
    assert!(looked >= 4);
    drop(store);
}

#[test]
fn a_store_without_its_key_or_with_another_is_an_error_and_stays_as_it_is() {
    let (book, desk) = desk();
    desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
    let key = desk.dir.path().join("store.key");
    let before = std::fs::read(desk.store_path()).unwrap();
    let kept = std::fs::read_to_string(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let open = || Embedded::open(&desk.store_path(), &key);
    assert!(matches!(open(), Err(Error::StoreKeyMissing)));
    assert!(!key.exists(), "no key is made anew for a store that is there");
    std::fs::write(&key, "7".repeat(64)).unwrap();
    assert!(matches!(open(), Err(Error::WrongStoreKey)));
    std::fs::write(&key, "hello").unwrap();
    assert!(matches!(open(), Err(Error::NotAStoreKey)));
    assert_eq!(std::fs::read(desk.store_path()).unwrap(), before);
    std::fs::write(&key, kept).unwrap();
    assert!(!open().unwrap().files(Files::All).unwrap().is_empty());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let fresh = desk.dir.path().join("fresh.key");
        Embedded::open(&desk.dir.path().join("fresh.db"), &fresh).unwrap();
        assert_eq!(std::fs::metadata(&fresh).unwrap().permissions().mode() & 0o077, 0, "its owner's alone");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_bytes_stop_the_intake(bytes in prop::collection::vec(any::<u8>(), 0..300), age in any::<bool>()) {
        let (_, desk) = desk();
        let bytes = if age { [b"age-encryption.org/v1\n".to_vec(), bytes].concat() } else { bytes };
        let answer = desk.taken(&desk.file("x.sharewell", &bytes));
        prop_assert!(matches!(answer.row.outcome, Outcome::Quarantined | Outcome::Sealed));
    }
}
