#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use ring::signature::Ed25519KeyPair;

use super::*;
use crate::support::{id, moment};

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn request() -> Request {
    Request {
        agency: Uuid::from_u128(9),
        key: Signer::public_key(&pair(7)),
        origin: id(1),
        continues: Some(id(2)),
        name: "Grace Fabley".to_owned(),
        post: "Health visitor".to_owned(),
        team: String::new(),
        asked_at: moment("2026-03-02T09:30:00+00:00"),
        nonce: "00112233445566778899aabbccddeeff".to_owned(),
    }
}

#[test]
fn a_request_comes_back_as_it_was_written() {
    let bytes = request().sign(&pair(7)).unwrap();
    assert_eq!(Request::read(&bytes).unwrap(), request());
}

#[test]
fn nobody_asks_with_a_key_that_they_do_not_hold() {
    assert!(matches!(request().sign(&pair(8)), Err(Error::UnknownSigner)));
    // The envelope of somebody else around a key that was seen on a roster.
    let bytes = KIND.write(&request(), &pair(8)).unwrap();
    assert!(matches!(Request::read(&bytes), Err(Error::UnknownSigner)));
}

#[test]
fn no_changed_or_cut_byte_of_a_request_is_taken() {
    let bytes = request().sign(&pair(7)).unwrap();
    for at in 0..bytes.len() - 1 {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(Request::read(&changed).is_err(), "byte {at} was changed");
        assert!(Request::read(&bytes[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn what_does_not_hold_together_is_neither_signed_nor_read() {
    for change in [
        (|one: &mut Request| one.name = String::new()) as fn(&mut Request),
        |one| one.post = "x".repeat(201),
        |one| one.team = "a\u{0}b".to_owned(),
        |one| one.nonce = "0011".to_owned(),
        |one| one.continues = Some(one.origin),
    ] {
        let mut one = request();
        change(&mut one);
        assert!(matches!(one.sign(&pair(7)), Err(Error::Malformed { .. })));
        let bytes = KIND.write(&one, &pair(7)).unwrap();
        assert!(matches!(Request::read(&bytes), Err(Error::Malformed { .. })));
    }
}

#[test]
fn a_file_larger_than_any_request_is_refused_before_it_is_read() {
    let bytes = vec![b' '; usize::try_from(MOST_BYTES).unwrap() + 1];
    assert!(matches!(Request::read(&bytes), Err(Error::TooLarge { .. })));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Request::read(&bytes).is_err());
    }
}
