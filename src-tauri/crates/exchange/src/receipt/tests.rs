//! A receipt says what its key signed, and nothing that was changed on the way passes for one.

use proptest::prelude::*;
use ring::signature::Ed25519KeyPair;

use super::*;
use crate::support::{id, moment};

fn agency() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[21; 32]).unwrap()
}

fn key() -> PublicKey {
    Signer::public_key(&agency())
}

fn entry(at: u64) -> NamedEntry {
    NamedEntry { sequence: Seq(at), entry_hash: Sha256([at as u8; 32]) }
}

fn receipt() -> Receipt {
    Receipt {
        id: Uuid::parse_str("0192f0c1-2345-7abc-8def-0123456789ab").unwrap(),
        agency: "Madeup Community Health".into(),
        made_at: moment("2026-03-15T08:00:00+00:00"),
        file: GivenFile { sha256: Sha256([1; 32]), bytes: 12_345 },
        outcome: Outcome::Quarantined,
        reason: Some(Reason::Revoked),
        handover: Some(GivenHandover { id: id(700), contents_hash: Sha256([2; 32]) }),
        origins: vec![OfOrigin {
            origin: id(3),
            from: Seq(3),
            to: Seq(9),
            taken: vec![entry(3), entry(5)],
            had: vec![entry(4)],
            quarantined: vec![(Seq(9), Sha256([9; 32]), Reason::Revoked).into()],
            held: Some(HeldTo { sequence: Seq(8), link: Sha256([8; 32]) }),
        }],
        disposals: vec![Disposal {
            origin: id(3),
            sequence: Seq(1),
            entry_hash: Sha256([4; 32]),
            at: moment("2026-03-14T08:00:00+00:00"),
            authority: "Retention schedule 2026, line 12".into(),
        }],
    }
}

/// Signs a body of any kind with the agency's key.
fn signed(body: &serde_json::Value) -> Vec<u8> {
    jws::sign_whole(SIGNATURE_TYPE, &serde_json::to_vec(body).unwrap(), &agency()).unwrap().into_bytes()
}

fn body() -> serde_json::Value {
    let file = receipt().sign(&agency()).unwrap();
    serde_json::from_slice(&jws::verify_whole(SIGNATURE_TYPE, &file, &[key()]).unwrap()).unwrap()
}

#[test]
fn a_receipt_reads_back_as_it_was_signed() {
    let mut file = receipt().sign(&agency()).unwrap();
    assert_eq!(Receipt::read(&file, &key()).unwrap(), receipt());
    file.push(b'\n');
    assert_eq!(Receipt::read(&file, &key()).unwrap(), receipt(), "a line end is no change");
    for outcome in [Outcome::Sealed, Outcome::Quarantined] {
        let mut unread = Receipt { outcome, handover: None, origins: vec![], disposals: vec![], ..receipt() };
        unread.reason = (outcome == Outcome::Quarantined).then_some(Reason::NotAHandover);
        assert_eq!(Receipt::read(&unread.sign(&agency()).unwrap(), &key()).unwrap(), unread);
    }
}

#[test]
fn the_body_is_what_the_format_says() {
    let body = body();
    assert_eq!(body["format"], "sharewell-receipt");
    assert_eq!(body["version"], 1);
    assert_eq!(body["key"], key().id());
    let origin = &body["receipt"]["origins"][0];
    assert_eq!(origin["taken"][0], serde_json::json!([3, "03".repeat(32)]));
    assert_eq!(origin["quarantined"][0], serde_json::json!([9, "09".repeat(32), "revoked"]));
    for reason in Reason::ALL {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.word());
        assert_eq!(reason.word().parse::<Reason>().unwrap(), reason);
    }
}

#[test]
fn a_receipt_of_another_key_or_of_another_kind_is_refused() {
    let file = receipt().sign(&agency()).unwrap();
    let other = Signer::public_key(&crate::support::signer());
    assert!(matches!(Receipt::read(&file, &other), Err(Error::UnknownSigner)), "a key of another role");
    let body = serde_json::to_vec(&body()).unwrap();
    let handover = jws::sign_whole(crate::handover::SIGNATURE_TYPE, &body, &agency()).unwrap();
    assert!(matches!(Receipt::read(handover.as_bytes(), &key()), Err(Error::SignatureHeader { .. })));
    let swapped = signed(&{
        let mut body = self::body();
        body["key"] = other.id().into();
        body
    });
    assert!(matches!(Receipt::read(&swapped, &key()), Err(Error::Malformed { .. })));
}

#[test]
fn no_byte_of_a_receipt_can_be_changed_added_or_lost() {
    let file = receipt().sign(&agency()).unwrap();
    for at in 0..file.len() {
        for other in [b'A', b'.', b'_', file[at] ^ 1, 0xff] {
            let mut broken = file.clone();
            broken[at] = other;
            if broken != file {
                assert!(Receipt::read(&broken, &key()).is_err(), "byte {at} as {other}");
            }
        }
        assert!(Receipt::read(&file[..at], &key()).is_err(), "cut at {at}");
    }
    let twice = [file.clone(), file].concat();
    assert!(Receipt::read(&twice, &key()).is_err());
}

#[test]
fn parts_of_two_receipts_make_no_third() {
    let one = String::from_utf8(receipt().sign(&agency()).unwrap()).unwrap();
    let two = Receipt { file: GivenFile { sha256: Sha256([7; 32]), bytes: 1 }, ..receipt() };
    let two = String::from_utf8(two.sign(&agency()).unwrap()).unwrap();
    let parts = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (one, two) = (parts(&one), parts(&two));
    let mixed = format!("{}.{}.{}", one[0], one[1], two[2]);
    assert!(matches!(Receipt::read(mixed.as_bytes(), &key()), Err(Error::BadSignature)));
}

#[test]
fn what_does_not_hold_together_is_refused_though_its_signature_holds() {
    type Change = fn(&mut serde_json::Value);
    let changes: [(&str, Change); 18] = [
        ("a later version", |b| b["version"] = 2.into()),
        ("another format", |b| b["format"] = "sharewell-entries".into()),
        ("a field that nobody knows", |b| b["receipt"]["note"] = "x".into()),
        ("a word that nobody knows", |b| b["receipt"]["outcome"] = "lost".into()),
        ("no agency", |b| b["receipt"]["agency"] = " ".into()),
        ("a line end in the agency's name", |b| b["receipt"]["agency"] = "A\nB".into()),
        ("no reason", |b| b["receipt"]["reason"] = serde_json::Value::Null),
        ("a reason for what was taken", |b| b["receipt"]["outcome"] = "taken".into()),
        ("no handover", |b| b["receipt"]["handover"] = serde_json::Value::Null),
        ("a range that is none", |b| b["receipt"]["origins"][0]["from"] = 10.into()),
        ("a place that is none", |b| b["receipt"]["origins"][0]["from"] = 0.into()),
        ("out of order", |b| b["receipt"]["origins"][0]["taken"][0][0] = 6.into()),
        ("two fates", |b| b["receipt"]["origins"][0]["had"][0][0] = 3.into()),
        ("out of range", |b| b["receipt"]["origins"][0]["taken"][1][0] = 99.into()),
        ("beyond what is held", |b| b["receipt"]["origins"][0]["held"]["sequence"] = 4.into()),
        ("held nowhere", |b| b["receipt"]["origins"][0]["held"] = serde_json::Value::Null),
        ("a hash that is none", |b| b["receipt"]["origins"][0]["taken"][0][1] = "5f".into()),
        ("a disposal of another chain", |b| {
            b["receipt"]["disposals"][0]["origin"] = "0192f0c1-2345-7abc-8def-000000000009".into();
        }),
    ];
    assert!(Receipt::read(&signed(&body()), &key()).is_ok(), "unchanged it is read");
    for (name, change) in changes {
        let mut body = body();
        change(&mut body);
        let error = Receipt::read(&signed(&body), &key());
        assert!(
            matches!(error, Err(Error::Malformed { .. } | Error::UnknownVersion { .. })),
            "{name}: {error:?}"
        );
    }
    let mut twice = body();
    let origin = twice["receipt"]["origins"][0].clone();
    twice["receipt"]["origins"].as_array_mut().unwrap().push(origin);
    assert!(Receipt::read(&signed(&twice), &key()).is_err(), "a chain twice");
}

#[test]
fn nothing_is_signed_that_a_reader_would_refuse() {
    let mut broken = receipt();
    broken.reason = None;
    assert!(matches!(broken.sign(&agency()), Err(Error::Contents { .. })));
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let large = vec![b'A'; MOST_BYTES as usize + 1];
    assert!(matches!(Receipt::read(&large, &key()), Err(Error::TooLarge { limit: MOST_BYTES, .. })));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[A-Za-z0-9_.-]{0,200}") {
        prop_assert!(Receipt::read(&bytes, &key()).is_err());
        prop_assert!(Receipt::read(text.as_bytes(), &key()).is_err());
    }

    #[test]
    fn no_signed_json_makes_the_reader_panic(text in r#"\{("[a-z]{1,8}":("[^"\\]{0,6}"|[0-9]{1,3}|\[\]),?){0,5}\}?"#) {
        let file = jws::sign_whole(SIGNATURE_TYPE, text.as_bytes(), &agency()).unwrap();
        prop_assert!(Receipt::read(file.as_bytes(), &key()).is_err());
    }
}
