//! A family about whom consent is asked, in a line each: Jo the mother, Sam the father, the child, and who may be told.
#![allow(dead_code)]

use chrono::{DateTime, NaiveDate, TimeDelta};
use sharewell_records::*;
use uuid::Uuid;

pub const CHILD: PersonId = PersonId(Uuid::from_u128(1));
pub const MOTHER: PersonId = PersonId(Uuid::from_u128(2));
pub const FATHER: PersonId = PersonId(Uuid::from_u128(3));
pub const NOTE: ItemId = ItemId(Uuid::from_u128(7));

/// Minutes after noon on the first day.
pub fn at(minutes: i64) -> Moment {
    let start = DateTime::parse_from_rfc3339("2026-03-02T12:00:00+00:00").unwrap();
    Moment(start + TimeDelta::minutes(minutes))
}

pub fn day(text: &str) -> Day {
    Day(text.parse::<NaiveDate>().unwrap())
}

pub fn support() -> ConsentPurpose {
    ConsentPurpose { kind: PurposeKind::Support, words: "Breakfast club".into() }
}

pub fn school() -> ConsentRecipient {
    ConsentRecipient {
        contact: Some(ContactId(Uuid::from_u128(20))),
        name: "Madeup Primary".into(),
        agency: String::new(),
    }
}

pub fn gp() -> ConsentRecipient {
    ConsentRecipient { contact: None, name: "The practice nurse".into(), agency: "Madeup Surgery".into() }
}

pub fn giver(person: PersonId, capacity: GiverCapacity, able: AbleToDecide) -> ConsentGiver {
    ConsentGiver {
        person: Some(person),
        name: "A giver".into(),
        capacity,
        able,
        shows: String::new(),
        powers: String::new(),
        until: None,
    }
}

pub fn mother() -> ConsentGiver {
    giver(MOTHER, GiverCapacity::Parent, AbleToDecide::NotAble)
}

pub fn father() -> ConsentGiver {
    giver(FATHER, GiverCapacity::Parent, AbleToDecide::NotAble)
}

pub fn child(able: AbleToDecide) -> ConsentGiver {
    giver(CHILD, GiverCapacity::Child, able)
}

pub fn kind(kind: InfoKind) -> ConsentThing {
    ConsentThing::Kind { kind }
}

pub fn note(kinds: &[InfoKind]) -> ConsentThing {
    ConsentThing::Item { item: NOTE, kinds: kinds.to_vec() }
}

pub fn method() -> ConsentMethod {
    let evidence = ConsentEvidence::Spoken {
        words: "That is fine".into(),
        witness: String::new(),
        no_witness: "On the telephone".into(),
    };
    ConsentMethod { evidence, interpreter: String::new(), language: String::new() }
}

pub fn answered() -> ConsentAct {
    ConsentAct::Answered { method: method() }
}

pub fn withdrawn() -> ConsentAct {
    ConsentAct::Withdrawn { method: method(), pressed: PressedToWithdraw::No, harm: HarmAskedAgain::No }
}

/// An event of a minute, which is its id too.
pub fn event(
    minute: u32,
    giver: Option<ConsentGiver>,
    act: ConsentAct,
    cells: Vec<ConsentCell>,
) -> ConsentEvent {
    ConsentEvent {
        id: ConsentId(Uuid::from_u128(u128::from(minute) + 100)),
        owed: CHILD,
        sense: ConsentSense::Confidence,
        purpose: support(),
        giver,
        act,
        cells,
        from: None,
        until: None,
        review: None,
        wording: None,
        slip: None,
        happened: at(i64::from(minute)),
        note: String::new(),
    }
}

pub fn cell(what: ConsentThing, recipient: ConsentRecipient, answer: ConsentAnswer) -> ConsentCell {
    ConsentCell { what, recipient, answer }
}

/// An answer about one kind to the school.
pub fn says(minute: u32, giver: ConsentGiver, what: InfoKind, answer: ConsentAnswer) -> ConsentEvent {
    event(minute, Some(giver), answered(), vec![cell(kind(what), school(), answer)])
}

/// Something that happened to one kind and the school.
pub fn does(minute: u32, giver: Option<ConsentGiver>, what: InfoKind, act: ConsentAct) -> ConsentEvent {
    event(minute, giver, act, vec![cell(kind(what), school(), ConsentAnswer::Blank)])
}

/// What all of them come to at a moment, each written down a minute after it happened.
pub fn folded(events: &[ConsentEvent], moment: Moment) -> Consents {
    let said: Vec<_> = events
        .iter()
        .map(|event| ConsentSaid { event, recorded: Moment(event.happened.0 + TimeDelta::minutes(1)) })
        .collect();
    Consents::at(&said, moment)
}

/// How a thing and a recipient stand for the child at a moment.
pub fn state_at(
    events: &[ConsentEvent],
    thing: ThingKey,
    to: &ConsentRecipient,
    moment: Moment,
) -> ConsentState {
    folded(events, moment).stands(&wanted(thing, &[], to)).state
}

pub fn wanted<'a>(thing: ThingKey, kinds: &'a [InfoKind], recipient: &'a ConsentRecipient) -> Wanted<'a> {
    static SUPPORT: std::sync::LazyLock<ConsentPurpose> = std::sync::LazyLock::new(support);
    Wanted { owed: CHILD, sense: ConsentSense::Confidence, purpose: &SUPPORT, thing, kinds, recipient }
}

/// How one kind stands for the school, a day after all of it.
pub fn state(events: &[ConsentEvent], what: InfoKind) -> ConsentState {
    state_at(events, ThingKey::Kind(what), &school(), at(1440))
}
