//! What the files hold before they are changed.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveTime;
use sharewell_exchange::countersign::{Ask, OpenedAsk, Stored, salt_text};
use sharewell_exchange::enrolment::Request as Asked;
use sharewell_exchange::profile::{
    AgencyProfile, Assurances, Hours, Keys, Officer, Overlay, RoleHolder, Service,
};
use sharewell_exchange::receipt::{
    Disposal, GivenFile, GivenHandover, HeldTo, NamedEntry, OfOrigin, Outcome, Reason, Receipt,
};
use sharewell_exchange::roster::{Member, Roster};
use sharewell_exchange::{PublicKey, share};
use sharewell_records::*;
use uuid::Uuid;

use crate::family::{self, day, id, moment};
use crate::sealed::{agency, key, pair};

pub(crate) fn roster() -> Roster {
    let member = |number, role| {
        Member::new(key(), id(number), "Grace Fabley", "Health visitor", role, day("2026-01-05"))
    };
    Roster {
        agency: Uuid::from_u128(9),
        name: "Madeup Community Health".to_owned(),
        serial: 3,
        issued: day("2026-03-02"),
        members: vec![member(11, Role::Practitioner)],
    }
}

pub(crate) fn request() -> Asked {
    Asked {
        agency: Uuid::from_u128(9),
        key: key(),
        origin: id(1),
        continues: Some(id(2)),
        name: "Grace Fabley".to_owned(),
        post: "Health visitor".to_owned(),
        team: String::new(),
        asked_at: moment("2026-03-02T09:30:00+00:00"),
        nonce: "00112233445566778899aabbccddeeff".to_owned(),
    }
}

pub(crate) fn profiles() -> Vec<Vec<u8>> {
    let service = |area: &str, name: &str| Service {
        area: area.to_owned(),
        name: name.to_owned(),
        phone: "0117 496 0001".to_owned(),
        email: String::new(),
        hours: Some(Hours {
            days: vec![Weekday::Monday, Weekday::Friday],
            from: NaiveTime::from_hms_opt(8, 45, 0).unwrap(),
            to: NaiveTime::from_hms_opt(17, 15, 0).unwrap(),
        }),
    };
    let other = PublicKey([2; 32]);
    let lead = PublicKey([12; 32]);
    let lead = Member::new(lead, id(12), "Ada Mockford", "Lead", Role::Lead, day("2026-01-05"));
    let recipient = agency().recipient();
    let profile = AgencyProfile {
        agency: Uuid::from_u128(9),
        name: "Madeup Community Health".to_owned(),
        nation: Nation::England,
        body: AgencyBody::Public,
        serial: 2,
        issued: day("2026-03-02"),
        expires: day("2027-03-01"),
        keys: Keys {
            signing: key(),
            receipts: other,
            encryption: recipient.clone(),
            recovery: sharewell_exchange::keys::Identity::generate().recipient(),
        },
        people: vec![RoleHolder::from(&lead)],
        officer: Some(Officer {
            name: "Designated officer".to_owned(),
            phone: "0117 496 0003".to_owned(),
            recipient: sharewell_exchange::keys::Identity::generate().recipient(),
        }),
        front_doors: vec![service("North", "First Response")],
        advisers: vec![service("", "Named nurse")],
        lock_minutes: Some(5),
        retention: vec![Retention {
            of: CaseKind::Family,
            years: 25,
            from: KeptFrom::Birth,
            source: "Records schedule".to_owned(),
        }],
        legal_hold: String::new(),
        copies: Some(CopiesKept { days: 28, source: "Records schedule".to_owned() }),
        countersign: vec![CountersignRule {
            of: ToCountersign::Otherwise,
            by: Role::Lead,
            within_working_days: 0,
        }],
        wanted: vec![WantedField::ChildBirth, WantedField::ChildNumber],
        overlay: Some(Overlay { id: "madeup".to_owned(), version: "1".to_owned(), hash: Sha256([4; 32]) }),
        assurances: Assurances { impact_assessment: "DPIA 12".to_owned(), ..Assurances::default() },
    };
    vec![profile.sign(&pair()).unwrap()]
}

pub(crate) fn receipts() -> Vec<Receipt> {
    let entry = |at: u64| NamedEntry { sequence: Seq(at), entry_hash: Sha256([at as u8; 32]) };
    let whole = Receipt {
        id: Uuid::from_u128(77),
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
    };
    let unread = Receipt {
        outcome: Outcome::Sealed,
        reason: None,
        handover: None,
        origins: vec![],
        disposals: vec![],
        ..whole.clone()
    };
    vec![whole, unread]
}

pub(crate) fn ask() -> Ask {
    let entries = family::entries();
    let signed = |(_, payload): &&(Header, Payload)| matches!(payload, Payload::DecisionSigned { .. });
    let (header, payload) = entries.iter().find(signed).unwrap();
    let records = family::records();
    Ask {
        asked_at: moment("2026-03-12T12:00:00+00:00"),
        practitioner: records.practitioners.values().next().unwrap().record.clone(),
        entry: Stored {
            header: header.clone(),
            salt: salt_text(&[4; 32]),
            payload: String::from_utf8(payload.to_bytes().unwrap()).unwrap(),
            link: Sha256([3; 32]),
        },
        case: records.cases.values().next().unwrap().record.clone(),
        people: records.people.values().map(|one| one.record.clone()).collect(),
        ties: vec![],
        flags: vec![],
        items: vec![],
        pack: BTreeMap::new(),
        number: 1,
        hidden: Vec::new(),
    }
}

pub(crate) fn said(opened: &OpenedAsk) -> Countersignature {
    Countersignature {
        id: id(801),
        decision: opened.decision.id,
        entry: opened.ask.entry.header.id,
        entry_hash: opened.entry_hash,
        origin: opened.ask.entry.header.origin,
        sequence: opened.ask.entry.header.sequence,
        link: opened.ask.entry.link,
        verdict: Verdict::Agrees,
        person: id(802),
        words: "I would have decided the same".into(),
        by: "Ada Mockford".into(),
        role: "Safeguarding lead".into(),
        agency: "Madeup Community Health".into(),
        at: moment("2026-03-12T13:00:00+00:00"),
    }
}

pub(crate) fn share() -> share::Contents {
    let pdf = |path: &str| share::Document {
        path: path.to_owned(),
        bytes: b"%PDF-1.7 not a real document".to_vec(),
    };
    let practitioner = family::records().practitioners.values().next().unwrap().record.clone();
    share::Contents {
        id: id(900),
        made_at: moment("2026-03-12T15:00:00+00:00"),
        practitioner,
        agency: None,
        documents: vec![pdf("share-ab12cd34.pdf"), pdf("paper-1.pdf")],
        words: family::share_words(),
    }
}

pub(crate) fn overlay() -> BTreeMap<String, Vec<u8>> {
    folder(&crate::root().join("tests/fixtures/overlay/fablewell"))
}

/// One nation's, with what several nations share.
pub(crate) fn pack() -> BTreeMap<String, Vec<u8>> {
    use std::sync::LazyLock;
    static PACK: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
        let at = crate::root().join("assets/guidance/wales");
        let mut versions: Vec<_> = std::fs::read_dir(at).unwrap().map(|one| one.unwrap().path()).collect();
        versions.sort();
        let shared = folder(&crate::root().join("assets/guidance/shared"));
        sharewell_guidance::mount(folder(&versions.pop().unwrap()), &shared)
    });
    PACK.clone()
}

fn folder(at: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, at: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, into);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                into.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(at, at, &mut files);
    files
}
