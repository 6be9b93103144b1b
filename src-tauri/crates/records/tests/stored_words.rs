//! Every kind of entry with every word of every closed set that it carries: written, read, and pinned by version.
//!
//! `stored_words.txt` holds a line for each set, as `kind version place: words`. Lines are added and never changed:
//! a set that grew makes its kind a newer version, so that an older program knows that it does not know.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

#[path = "support/every.rs"]
mod every;

use std::collections::BTreeSet;

use every::{Set, every};
use serde_json::Value;
use sharewell_records::*;

const PINNED: &str = include_str!("stored_words.txt");

/// The payload with one value put in a place of it.
fn with(payload: &Payload, at: &str, value: &Value) -> Value {
    let mut written = serde_json::to_value(payload).unwrap();
    *written.pointer_mut(at).unwrap_or_else(|| panic!("{} has no {at}", payload.kind())) = value.clone();
    written
}

#[test]
fn every_kind_with_every_word_is_read_as_it_was_written() {
    for (payload, sets) in every() {
        let (kind, version) = (payload.kind(), payload.version());
        let read = Payload::read(kind, version, &payload.to_bytes().unwrap()).unwrap();
        assert_eq!(read, ReadPayload::Known(Box::new(payload.clone())));
        for Set { at, values, .. } in sets {
            for value in values {
                let written = with(&payload, at, &value);
                let bytes = serde_json::to_vec(&written).unwrap();
                let ReadPayload::Known(read) = Payload::read(kind, version, &bytes).unwrap() else {
                    panic!("{kind} is known")
                };
                let again: Value = serde_json::from_slice(&read.to_bytes().unwrap()).unwrap();
                assert_eq!(again, written, "{kind} {at}");
            }
        }
    }
}

#[test]
fn a_word_that_a_version_does_not_have_is_damage_in_it_and_none_in_a_newer_one() {
    for (payload, sets) in every() {
        let (kind, version) = (payload.kind(), payload.version());
        for Set { at, tag, .. } in sets {
            let place = tag.map_or(at.to_owned(), |tag| format!("{at}/{tag}"));
            let bytes = serde_json::to_vec(&with(&payload, &place, &"moonlit".into())).unwrap();
            assert!(Payload::read(kind, version, &bytes).is_err(), "{kind} {place}");
            let newer = ReadPayload::Unknown { kind: kind.to_owned(), version: version + 1 };
            assert_eq!(Payload::read(kind, version + 1, &bytes).unwrap(), newer, "{kind} {place}");
        }
    }
}

#[test]
fn every_kind_is_there() {
    let here: BTreeSet<&str> = every().iter().map(|(payload, _)| payload.kind()).collect();
    assert_eq!(here, KINDS.iter().map(|(kind, _)| *kind).collect());
}

#[test]
fn a_set_that_grows_makes_its_kinds_newer() {
    let mut lines: BTreeSet<&str> = PINNED.lines().collect();
    let mut missing = Vec::new();
    for (payload, sets) in every() {
        for set in sets {
            let place = format!("{} {} {}: ", payload.kind(), payload.version(), set.at);
            let line = format!("{place}{}", set.words().join(" "));
            let Some(pinned) = lines.iter().find(|pinned| pinned.starts_with(&place)).copied() else {
                missing.push(line);
                continue;
            };
            let newer = format!("the set has changed: raise the version of {} in kinds.rs", payload.kind());
            assert_eq!(pinned, line, "{newer}");
            lines.remove(pinned);
        }
    }
    assert!(missing.is_empty(), "add to stored_words.txt:\n{}", missing.join("\n"));
    let older = |line: &&str| {
        let mut parts = line.split(' ');
        let newest = parts.next().and_then(known_version).expect("a known kind");
        parts.next().and_then(|version| version.parse::<u32>().ok()).expect("a version") < newest
    };
    assert!(lines.iter().all(older), "what is left is of older versions: {lines:?}");
}

#[test]
fn a_word_is_the_same_in_every_way_of_asking_for_it() {
    macro_rules! same {
        ($($set:ident),* $(,)?) => {$(
            for one in $set::ALL {
                assert_eq!(serde_json::to_value(one).unwrap(), one.word());
                assert_eq!($set::of(one.word()), Some(one));
            }
            assert_eq!($set::of("moonlit"), None);
        )*};
    }
    same!(
        AbleToDecide,
        AdviserResult,
        Against,
        AgencyBody,
        AttemptResult,
        CaseKind,
        CheckedBy,
        ConsentActKind,
        ConsentAnswer,
        ConsentSense,
        ConsentState,
        ConsentStep,
        Choice,
        ContactRole,
        ContactState,
        Continued,
        Duty,
        FlagKind,
        GiverCapacity,
        ShareGround,
        HandoverState,
        HarmAskedAgain,
        Heavier,
        IdentifierKind,
        InfoKind,
        ItemSource,
        Likelihood,
        Mark,
        More,
        Nation,
        NotSoughtWhy,
        NotTakenWhy,
        NotYetTold,
        NumberFound,
        OnPurpose,
        OrderSeen,
        OutcomeKind,
        PackKind,
        ParentalResponsibility,
        Permission,
        PersonRole,
        PointAnswer,
        PressedToWithdraw,
        PurposeKind,
        ReceiptOutcome,
        RelationshipKind,
        RequesterKind,
        Route,
        Severity,
        Trigger,
        Verdict,
        WayIn,
        WhenTold,
        WrittenHow,
        WhyStays,
    );
}

#[test]
fn what_can_be_set_apart_is_about_one_thing() {
    for (payload, _) in every() {
        assert!(payload.separable().is_none() || payload.thing().is_some(), "{}", payload.kind());
    }
}
