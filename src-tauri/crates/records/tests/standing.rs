//! What the fold in memory says where no vault's tables stand beside it: of several files and several chains.
#![allow(missing_docs, clippy::unwrap_used)]

use chrono::DateTime;
use sharewell_records::*;
use uuid::Uuid;

fn header(origin: u128, sequence: u64, case: Option<CaseId>, author: PersonId, payload: &Payload) -> Header {
    Header {
        id: EntryId(Uuid::from_u128(origin * 1000 + u128::from(sequence))),
        origin: OriginId(Uuid::from_u128(origin)),
        sequence: Seq(sequence),
        case,
        author,
        kind: payload.kind().to_owned(),
        version: payload.version(),
        recorded_at: Moment(DateTime::parse_from_rfc3339("2026-03-12T10:42:00+00:00").unwrap()),
        basis: vec![],
    }
}

fn practitioner(id: PersonId, name: &str) -> Practitioner {
    Practitioner {
        id,
        name: name.into(),
        role: "Health visitor".into(),
        agency: String::new(),
        team: String::new(),
        nation: Nation::England,
        phone: String::new(),
        lead_name: String::new(),
        lead_phone: String::new(),
        front_door_name: String::new(),
        front_door_phone: String::new(),
        out_of_hours_phone: String::new(),
        officer_phone: String::new(),
        body: None,
    }
}

#[test]
fn somebody_in_two_files_stands_in_both() {
    let (first, second) = (CaseId(Uuid::from_u128(1)), CaseId(Uuid::from_u128(2)));
    let child = PersonId(Uuid::from_u128(3));
    let person = Person::named(child, "Ayla Sampleton".into(), PersonRole::Child);
    let mut standing = Standing::default();
    for (sequence, case) in [(1, first), (2, second)] {
        let recorded = Payload::PersonRecorded { person: person.clone() };
        standing.take(&header(9, sequence, Some(case), child, &recorded), &recorded);
    }
    assert!(standing.is_in(child, first) && standing.is_in(child, second));
    assert!(standing.people_before.is_empty(), "the same once more is no earlier form");
}

#[test]
fn the_practitioner_is_who_was_recorded_last_whatever_numbers_an_earlier_chain_had() {
    let (before, now) = (PersonId(Uuid::from_u128(7)), PersonId(Uuid::from_u128(8)));
    let mut standing = Standing::default();
    for (origin, sequence, id, name) in [(1, 40, before, "Robin Fablewell"), (2, 2, now, "Morgan Inventon")] {
        let recorded = Payload::PractitionerRecorded { practitioner: practitioner(id, name) };
        standing.take(&header(origin, sequence, None, id, &recorded), &recorded);
    }
    assert_eq!(standing.practitioner().unwrap().name, "Morgan Inventon");
    assert_eq!(standing.practitioners.len(), 2, "who wrote before is known by name");
}
