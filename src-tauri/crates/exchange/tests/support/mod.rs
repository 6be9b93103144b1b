//! A fictional family with a history, as entries, tables and a signed handover. The same every time.

use ring::signature::Ed25519KeyPair;
use sharewell_exchange::handover::{Beginning, Contents, Document, EarlierChain, EarlierHandover};
use sharewell_exchange::{EntryLine, Profile, Signer, tables};
use sharewell_records::*;

/// The practitioner's signing key.
pub fn signer() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap()
}

/// What the papers call protected people.
pub fn called() -> Called {
    let words = include_str!("../../../../../assets/templates/words.en.json");
    let mut words: serde_json::Value = serde_json::from_str(words).unwrap();
    serde_json::from_value(words["called"].take()).unwrap()
}

/// An id made of a number.
pub fn id<T: std::str::FromStr<Err = Error>>(number: u64) -> T {
    format!("0192f0c1-2345-7abc-8def-{number:012x}").parse().unwrap()
}

pub fn moment(text: &str) -> Moment {
    Moment(chrono::DateTime::parse_from_rfc3339(text).unwrap())
}

pub fn day(text: &str) -> Day {
    Day(text.parse().unwrap())
}

pub fn person(number: u64, name: &str, role: PersonRole) -> Person {
    Person::named(id(number), name.to_owned(), role)
}

pub fn item(number: u64, text: &str) -> Item {
    Item {
        id: id(number),
        mark: Mark::Fact,
        source: ItemSource::Visit,
        text: text.to_owned(),
        by: String::new(),
        about: vec![id(101)],
        occurred: Occurred::Month { year: 2026, month: 3 },
        labels: vec!["home".to_owned()],
        visit: Some(Visit {
            id: id(90),
            place: "At home".to_owned(),
            there: vec![id(101)],
            others: String::new(),
            alone: vec![id(101)],
        }),
    }
}

/// The chosen file and another one, of which nothing may leave.
pub const CASE: u64 = 50;
pub const OTHER_CASE: u64 = 51;

/// Everything that was recorded, with its file.
pub fn history() -> Vec<(Option<u64>, Payload)> {
    let practitioner = Practitioner {
        id: id(1),
        name: "Noor Exampleton".into(),
        role: "Health visitor".into(),
        agency: "Madeup Community Health".into(),
        team: String::new(),
        nation: Nation::England,
        phone: "01632 960100".into(),
        lead_name: String::new(),
        lead_phone: String::new(),
        front_door_name: String::new(),
        front_door_phone: String::new(),
        out_of_hours_phone: String::new(),
        officer_phone: String::new(),
        body: None,
    };
    let child = Person {
        birth: Birth::Born { on: day("2019-04-05") },
        identifiers: vec![Identifier::of(IdentifierKind::NhsNumber, "9434765919".into())],
        address: "12 Madeup Road, Faketown, ZZ9 9ZZ".into(),
        ..person(101, "Ayla Sampleton", PersonRole::Child)
    };
    let carer = Person {
        also_known_as: vec!["Zoë Notreal".into()],
        birth: Birth::Born { on: day("1990-01-02") },
        address: "3 Nosuch Lane, Inventon, ZZ1 1ZZ".into(),
        phone: "07700 900123".into(),
        ..person(102, "Zoë Fablewell", PersonRole::Carer)
    };
    let sibling = Person {
        address: "Flat 3, Nosuch Lane, Inventon".into(),
        ..person(103, "Tam Fablewell", PersonRole::Child)
    };
    let flag = Flag {
        id: id(201),
        person: id(102),
        kind: FlagKind::ProtectedIdentity,
        reason: "Moved to Inventon; her former partner is looking for her.".into(),
        review: None,
    };
    let tie = Relationship {
        id: id(301),
        from: id(102),
        to: id(103),
        kind: RelationshipKind::Mother,
        parental_responsibility: ParentalResponsibility::Holds,
        same_home: Some(true),
        note: String::new(),
    };
    let obligation = Obligation {
        id: id(601),
        decision: Some(id(501)),
        emergency: None,
        duty: Duty::Explain,
        key: "explain".into(),
        person: Some(id(102)),
        due: Some(moment("2026-03-13T17:00:00+00:00")),
        settled: None,
    };
    let decision = Decision {
        id: id(501),
        case: id(CASE),
        child: id(101),
        nation: Nation::England,
        pack: PackRef { id: "england".into(), version: "2024-05".into(), hash: Sha256([5; 32]) },
        trigger: Trigger::Worry,
        follows: None,
        started: moment("2026-03-12T10:00:00+00:00"),
        on: day("2026-03-12"),
        known: [("age".to_owned(), Known::Number(6))].into(),
        answers: vec![Answered {
            step: StepId("weighing".into()),
            answer: Answer::EachPerson {
                rows: vec![PersonChoice {
                    person: Some(id(102)),
                    name: "Zoë Fablewell".into(),
                    value: "later".into(),
                    reason: "Ring zoe on +44 7700 900 123 first".into(),
                }],
            },
            at: moment("2026-03-12T10:05:00+00:00"),
        }],
        path: vec![StepId("weighing".into())],
        outcome: "share".into(),
        advised: OutcomeKind::ShareWithoutConsent,
        decided: OutcomeKind::ShareWithoutConsent,
        otherwise: String::new(),
        reasons: "=1+1 is how a spreadsheet would see this; Fablewell, Zoë agreed".into(),
        alternatives: String::new(),
        what: "Two visits".into(),
        recipient: Recipient { name: "Front door".into(), ..Recipient::default() },
        grounds: Grounds::default(),
        telling: vec![Telling {
            person: Some(id(102)),
            name: "Zoë Fablewell".into(),
            when: WhenTold::Later,
            why: String::new(),
        }],
        unknown: vec![],
        obligations: vec![obligation],
        review: day("2026-04-12"),
        expired_confirmed: None,
        request: Some(Request {
            from: RequesterKind::Agency,
            name: "Mrs Fictley".into(),
            organisation: "Madeup Primary School".into(),
            reach: "01632 960110".into(),
            received: day("2026-03-11"),
            verified: true,
            how_verified: "Rang the school's own number".into(),
            what: "Whether Zoe Fablewell knows of it".into(),
            specific: true,
            purpose: "A quiet start in the mornings".into(),
            authority: String::new(),
            order: OrderSeen::None,
            deadline: None,
            keeping: String::new(),
        }),
        checklists: vec![CheckedList {
            article: "ico-2011-one-off".into(),
            rows: vec![CheckRow {
                point: "harm".into(),
                value: PointAnswer::NotSure,
                words: "Zoe Fablewell may know".into(),
            }],
        }],
        also: Vec::new(),
        extent: None,
        rests_on: Vec::new(),
    };
    let chosen = Some(CASE);
    vec![
        (None, Payload::OriginStarted { vault: id(2), public_key: signer_key(), continues: None }),
        (None, Payload::PractitionerRecorded { practitioner }),
        (chosen, Payload::CaseOpened { case: case(CASE, 101) }),
        (chosen, Payload::PersonRecorded { person: child }),
        (chosen, Payload::PersonRecorded { person: carer }),
        (Some(OTHER_CASE), Payload::CaseOpened { case: case(OTHER_CASE, 104) }),
        (
            Some(OTHER_CASE),
            Payload::PersonRecorded { person: person(104, "Otto Mockford", PersonRole::Child) },
        ),
        (chosen, Payload::PersonRecorded { person: sibling }),
        (chosen, Payload::RelationshipRecorded { relationship: tie }),
        (chosen, Payload::FlagSet { flag }),
        (
            chosen,
            Payload::ItemRecorded {
                item: item(401, "Zoe Fablewell's door at 3 Nosuch Lane was open.\nTam cried."),
            },
        ),
        (
            chosen,
            Payload::ItemAmended {
                item: item(
                    401,
                    "ZOE’s door at 3 Nosuch Lane (ZZ11ZZ) was ajar; 07700900123 rang.\nTam Fablewell cried.",
                ),
                reason: "It was not open.".into(),
            },
        ),
        (chosen, Payload::DecisionSigned { decision: Box::new(decision) }),
        (
            chosen,
            Payload::ObligationSettled {
                id: id(601),
                settlement: Settlement::Done { note: "Told Zoë.".into() },
            },
        ),
        (chosen, Payload::DecisionCountersigned { countersigned: Box::new(countersigned()) }),
    ]
}

fn countersigned() -> Countersigned {
    let said = Countersignature {
        id: id(801),
        decision: id(501),
        entry: id(9012),
        entry_hash: Sha256([6; 32]),
        origin: id(3),
        sequence: Seq(13),
        link: Sha256([8; 32]),
        verdict: Verdict::Disagrees,
        words: "Zoe Fablewell should be told today.".into(),
        person: id(802),
        by: "Ada Fictley".into(),
        role: "Safeguarding lead".into(),
        agency: "Madeup Community Health".into(),
        at: moment("2026-03-12T13:00:00+00:00"),
    };
    Countersigned { said, key: "0b".repeat(32), body: "{}".into(), jws: "a..b".into() }
}

fn signer_key() -> String {
    Signer::public_key(&signer()).to_string()
}

fn case(number: u64, child: u64) -> Case {
    Case { reason: "A worry".into(), ..Case::family(id(number), id(child), Nation::England) }
}

/// The history as entries of one origin.
pub fn entries() -> Vec<(Header, Payload)> {
    let entry = |(at, (case, payload)): (usize, (Option<u64>, Payload))| {
        let header = Header {
            id: id(9000 + at as u64),
            origin: id(3),
            sequence: Seq(at as u64 + 1),
            case: case.map(id),
            author: id(1),
            kind: payload.kind().to_owned(),
            version: payload.version(),
            recorded_at: moment(&format!("2026-03-12T10:{at:02}:00+00:00")),
            basis: vec![],
        };
        (header, payload)
    };
    history().into_iter().enumerate().map(entry).collect()
}

/// The records of the chosen file.
pub fn records() -> Standing {
    let mut records = Standing::default();
    for (header, payload) in entries() {
        if header.case != Some(id(OTHER_CASE)) {
            records.take(&header, &payload);
        }
    }
    records
}

/// A handover of entries 3 to the last, the other file withheld and one entry disposed of.
pub fn contents() -> Contents {
    let mut chain = GENESIS;
    let mut previous_link = GENESIS;
    let mut lines = Vec::new();
    for (header, payload) in entries() {
        let salt = [header.sequence.0 as u8; 32];
        let stored = payload.to_bytes().unwrap();
        let payload_hash = payload_hash(&salt, &stored);
        let entry_hash = entry_hash(&header, payload_hash).unwrap();
        if header.sequence < Seq(3) {
            previous_link = link(chain, header.sequence, entry_hash);
        }
        chain = link(chain, header.sequence, entry_hash);
        let sequence = header.sequence;
        lines.push(if header.case == Some(id(OTHER_CASE)) {
            EntryLine::Withheld { sequence, entry_hash }
        } else if header.kind == "item_recorded" {
            EntryLine::Disposed { header, payload_hash }
        } else {
            EntryLine::Whole { header, stored, salt }
        });
    }
    let practitioner = records().practitioners.values().next().unwrap().record.clone();
    let lines = lines.split_off(2);
    Contents {
        id: id(700),
        made_at: moment("2026-03-14T09:30:00+00:00"),
        origin: id(3),
        from: Seq(3),
        to: lines.last().unwrap().sequence(),
        head: chain,
        previous_link,
        public_key: Signer::public_key(&signer()),
        practitioner,
        agency: None,
        cases: vec![id(CASE)],
        lines,
        chains: vec![],
        part: None,
        beginning: Beginning { entries: 1, never: 1, given: vec![] },
        replaces: None,
        tables: tables::build(&records(), &records().protection(&called())),
        profile: Profile::SpreadsheetSafe,
        attachments: vec![],
        documents: vec![Document {
            path: "decision-1.pdf".into(),
            bytes: b"%PDF-1.7 not a real document".to_vec(),
        }],
        words: readme(),
    }
}

/// The words of a handover's first page.
pub fn readme() -> sharewell_exchange::Readme {
    serde_json::from_value(values()["handover"].take()).unwrap()
}

/// The words of a share's first page.
pub fn share_words() -> sharewell_exchange::share::Words {
    serde_json::from_value(values()["share_to_key"].take()).unwrap()
}

fn values() -> serde_json::Value {
    let words = include_str!("../../../../../assets/templates/words.en.json");
    let mut words: serde_json::Value = serde_json::from_str(words).unwrap();
    words["values"].take()
}

/// A handover of a restored vault: what was written before goes along as the chain that it was.
pub fn restored() -> Contents {
    let old = contents();
    let chain = EarlierChain {
        origin: old.origin,
        from: old.from,
        to: old.to,
        head: old.head,
        previous_link: old.previous_link,
        lines: old.lines.clone(),
    };
    let origin = id(77);
    let mut head = GENESIS;
    let lines = (1..4).map(|sequence| {
        let header = Header {
            id: id(9_000 + sequence),
            origin,
            sequence: Seq(sequence),
            case: None,
            author: id(1),
            kind: "note_of_a_later_version".into(),
            version: 1,
            recorded_at: old.made_at,
            basis: vec![],
        };
        let line = EntryLine::Whole { header, stored: b"{}".to_vec(), salt: [7; 32] };
        head = link(head, Seq(sequence), line.hash().unwrap());
        line
    });
    let lines = lines.collect();
    let given = EarlierHandover { id: id(701), made_at: old.made_at, from: Seq(1), to: Seq(2) };
    Contents {
        origin,
        from: Seq(1),
        to: Seq(3),
        head,
        previous_link: GENESIS,
        lines,
        chains: vec![chain],
        beginning: Beginning { entries: 2, never: 1, given: vec![given] },
        ..old
    }
}
