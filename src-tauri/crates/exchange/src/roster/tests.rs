#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use ring::signature::Ed25519KeyPair;

use super::*;
use crate::support::{day, id};

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn key(seed: u8) -> PublicKey {
    Signer::public_key(&pair(seed))
}

fn member(seed: u8) -> Member {
    let (name, post) = ("Grace Fabley", "Health visitor");
    Member::new(key(seed), id(u64::from(seed)), name, post, Role::Practitioner, day("2026-01-05"))
}

fn roster() -> Roster {
    Roster {
        agency: Uuid::from_u128(9),
        name: "Madeup Community Health".to_owned(),
        serial: 3,
        issued: day("2026-03-02"),
        members: vec![member(11), Member { role: Role::Lead, ..member(12) }],
    }
}

#[test]
fn a_roster_comes_back_as_it_was_signed_and_finds_its_members_by_key_id() {
    let bytes = roster().sign(&pair(1)).unwrap();
    let read = Roster::read(&bytes, &key(1)).unwrap();
    assert_eq!(read, roster());
    assert_eq!(read.member(&key(12).id()).unwrap().role, Role::Lead);
    assert_eq!(read.member(&key(13).id()), None);
    assert_eq!(read.keys(), [key(11), key(12)]);
    assert_eq!(roster().sign(&pair(1)).unwrap(), bytes, "the same roster gives the same bytes");
}

#[test]
fn a_roster_that_another_key_signed_is_nobodys() {
    let bytes = roster().sign(&pair(2)).unwrap();
    assert!(matches!(Roster::read(&bytes, &key(1)), Err(Error::UnknownSigner)));
}

#[test]
fn no_changed_or_cut_byte_of_a_roster_is_taken() {
    let bytes = roster().sign(&pair(1)).unwrap();
    for at in 0..bytes.len() - 1 {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(Roster::read(&changed, &key(1)).is_err(), "byte {at} was changed");
        assert!(Roster::read(&bytes[..at], &key(1)).is_err(), "cut at {at}");
    }
}

#[test]
fn what_does_not_hold_together_is_neither_signed_nor_read() {
    let refused = |change: &dyn Fn(&mut Roster)| {
        let mut roster = roster();
        change(&mut roster);
        // Somebody who holds the key can sign what this program would not.
        let bytes = KIND.write(&roster, &pair(1)).unwrap();
        let read = Roster::read(&bytes, &key(1)).unwrap_err();
        assert_eq!(roster.sign(&pair(1)).unwrap_err().to_string(), read.to_string());
        read
    };
    assert!(matches!(refused(&|one| one.members.push(member(11))), Error::Twice { .. }));
    assert!(matches!(refused(&|one| one.members[1].origin = id(11)), Error::Twice { .. }));
    assert!(matches!(refused(&|one| one.members[0].kid = key(12).id()), Error::Malformed { .. }));
    assert!(matches!(
        refused(&|one| one.members[0].until = Some(day("2026-01-04"))),
        Error::Malformed { .. }
    ));
    assert!(matches!(refused(&|one| one.members[0].name = " ".into()), Error::Malformed { .. }));
    assert!(matches!(refused(&|one| one.name = "Mock\u{202e}up".into()), Error::Malformed { .. }));
    assert!(matches!(refused(&|one| one.serial = 0), Error::Malformed { .. }));
}

#[test]
fn a_file_larger_than_any_roster_is_refused_before_it_is_read() {
    let bytes = vec![b' '; usize::try_from(MOST_BYTES).unwrap() + 1];
    assert!(matches!(Roster::read(&bytes, &key(1)), Err(Error::TooLarge { .. })));
}

#[test]
fn a_key_counts_from_its_first_day_to_its_last_and_never_after_it_was_taken_back() {
    let one = Member { until: Some(day("2026-06-30")), ..member(11) };
    assert_eq!(one.stands(day("2026-01-04")), Stands::NotYet { from: day("2026-01-05") });
    assert_eq!(one.stands(day("2026-01-05")), Stands::Current);
    assert_eq!(one.stands(day("2026-06-30")), Stands::Current);
    assert_eq!(one.stands(day("2026-07-01")), Stands::RunOut { until: day("2026-06-30") });
    let one = Member { revoked: Some(day("2026-02-01")), ..one };
    assert_eq!(one.stands(day("2026-01-31")), Stands::Current);
    assert_eq!(one.stands(day("2026-02-01")), Stands::Revoked { on: day("2026-02-01") });
    assert_eq!(one.stands(day("2026-07-01")), Stands::Revoked { on: day("2026-02-01") });
}

#[test]
fn only_a_newer_roster_of_the_same_agency_takes_the_place_of_one() {
    let standing = roster();
    Roster { serial: 4, ..roster() }.follows(&standing).unwrap();
    for serial in [1, 3] {
        let error = Roster { serial, ..roster() }.follows(&standing).unwrap_err();
        assert!(matches!(error, Error::NotNewer { standing: 3, .. }));
    }
    let other = Roster { serial: 4, agency: Uuid::from_u128(8), ..roster() };
    assert!(matches!(other.follows(&standing), Err(Error::OtherAgency)));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
        prop_assert!(Roster::read(&bytes, &key(1)).is_err());
        let signed = crate::envelope::Envelope {
            jws: crate::jws::sign(KIND.typ, text.as_bytes(), &pair(1)).unwrap(),
            body: text,
        };
        prop_assert!(Roster::read(&serde_json::to_vec(&signed).unwrap(), &key(1)).is_err());
    }
}
