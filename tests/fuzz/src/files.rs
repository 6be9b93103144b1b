//! Files that agencies, colleagues and publishers hand over.

use sharewell_exchange::enrolment::Request;
use sharewell_exchange::profile::AgencyProfile;
use sharewell_exchange::receipt::{Receipt, SIGNATURE_TYPE};
use sharewell_exchange::roster::Roster;
use sharewell_exchange::{PublicKey, countersign as signing, handover as exchanged, pack as packs};
use sharewell_guidance::Pack;

use crate::sealed::{self, CODE, agency, key, pair};
use crate::{family, fixture};

/// A handover as it comes: age around what may be anything.
pub(crate) mod handover {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = exchanged::read(bytes, &agency(), &[key()], exchanged::Limits::default());
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let broken = ["chain_forked", "jws_alg_none", "path_traversal"];
        let broken = broken.map(|name| fixture(&format!("handovers/broken/{name}.sharewell")));
        broken.into_iter().chain([whole()]).collect()
    }

    /// The example family's, sealed to the agency.
    pub(crate) fn whole() -> Vec<u8> {
        let mut sealed = Vec::new();
        exchanged::write(&mut sealed, &family::contents(), &[agency().recipient()], &pair()).unwrap();
        sealed
    }
}

/// A bag that is whole but for one file: the first byte says which, what follows is its content. All that vouches for it
/// is made anew.
pub(crate) mod handover_inside {
    use std::sync::LazyLock;

    use super::*;

    static WHOLE: LazyLock<Vec<(String, Vec<u8>)>> =
        LazyLock::new(|| sealed::unpacked(&sealed::opened(&handover::whole(), &agency())));

    /// What comes of it.
    pub(crate) fn taken(bytes: &[u8]) -> sharewell_exchange::Result<exchanged::Handover> {
        let Some((which, content)) = bytes.split_first() else {
            return Err(sharewell_exchange::Error::NotAge);
        };
        let mut files = WHOLE.clone();
        let which = usize::from(*which) % files.len();
        files[which].1 = content.to_vec();
        let file = agency().recipient().seal(&sealed::bag(files, which)).unwrap();
        exchanged::read(file.as_slice(), &agency(), &[key()], exchanged::Limits::default())
    }

    pub(crate) fn read(bytes: &[u8]) {
        let _ = taken(bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let whole = |(at, (_, bytes)): (usize, &(String, Vec<u8>))| {
            [&[u8::try_from(at).unwrap()], bytes.as_slice()].concat()
        };
        WHOLE.iter().enumerate().map(whole).collect()
    }

    #[test]
    fn a_bag_with_nothing_changed_is_taken() {
        for seed in seeds() {
            taken(&seed).unwrap();
        }
    }
}

/// A signed file of an agency, and what is signed in it.
macro_rules! signed {
    ($file:ident, $inside:ident, $read:expr, $typ:expr, $made:expr) => {
        pub(crate) mod $file {
            use super::*;

            pub(crate) fn read(bytes: &[u8]) {
                let _ = $read(bytes);
            }

            pub(crate) fn seeds() -> Vec<Vec<u8>> {
                $made
            }
        }

        pub(crate) mod $inside {
            use super::*;

            pub(crate) fn read(bytes: &[u8]) {
                let _ = $read(&sealed::envelope($typ, bytes));
            }

            pub(crate) fn seeds() -> Vec<Vec<u8>> {
                $file::seeds().iter().map(|file| sealed::body(file)).collect()
            }

            #[test]
            fn a_body_with_nothing_changed_is_taken() {
                for seed in seeds() {
                    $read(&sealed::envelope($typ, &seed)).unwrap();
                }
            }
        }
    };
}
signed!(profile, profile_inside, AgencyProfile::read, "sharewell-profile+jws", made::profiles());
signed!(
    roster,
    roster_inside,
    |bytes| Roster::read(bytes, &key()),
    "sharewell-roster+jws",
    vec![made::roster().sign(&pair()).unwrap()]
);
signed!(
    enrolment,
    enrolment_inside,
    Request::read,
    "sharewell-enrolment+jws",
    vec![made::request().sign(&pair()).unwrap()]
);

/// A receipt as it comes.
pub(crate) mod receipt {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = Receipt::read(bytes, &key());
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        made::receipts().iter().map(|receipt| receipt.sign(&pair()).unwrap()).collect()
    }
}

/// What is signed in one.
pub(crate) mod receipt_inside {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = Receipt::read(&sealed::whole(SIGNATURE_TYPE, bytes), &key());
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        receipt::seeds().iter().map(|file| sealed::body_of_whole(file)).collect()
    }

    #[test]
    fn a_body_with_nothing_changed_is_taken() {
        for seed in seeds() {
            Receipt::read(&sealed::whole(SIGNATURE_TYPE, &seed), &key()).unwrap();
        }
    }
}

/// A question to countersign, and an answer, as they come.
pub(crate) mod countersign {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let code = secrecy::SecretString::from(CODE);
        let _ = signing::open_ask(bytes, &code);
        let _ = signing::open_answer(bytes, &code);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let file = |name: &str| fixture(&format!("countersign/e5f0dd7/{name}.sharewell-countersign"));
        let quick = sealed::under_code(b"{\"body\":\"\",\"jws\":\"\"}");
        vec![file("ask"), file("answer"), quick]
    }
}

/// What is sealed under a code: the first byte says whether it is signed as a question, as an answer, or is the whole of
/// what was sealed.
pub(crate) mod countersign_inside {
    use super::*;

    const TYPES: [&str; 2] = ["sharewell-countersign-ask+jws", "sharewell-countersign-answer+jws"];

    pub(crate) fn read(bytes: &[u8]) {
        let Some((which, body)) = bytes.split_first() else { return };
        let plain = match TYPES.get(usize::from(which % 3)) {
            Some(typ) => sealed::envelope(typ, body),
            None => body.to_vec(),
        };
        countersign::read(&sealed::under_code(&plain));
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let code = secrecy::SecretString::from(CODE);
        let ask = signing::seal_ask(&made::ask(), &code, &pair()).unwrap();
        let opened = signing::open_ask(&ask, &code).unwrap();
        let signed = serde_json::json!({
            "version": signing::VERSION, "public_key": key().to_string(), "content": opened.ask,
        });
        let said = serde_json::json!({
            "version": 1, "public_key": key().to_string(), "content": made::said(&opened),
        });
        [
            (0_u8, signed.to_string()),
            (1, said.to_string()),
            (2, "{\"body\":\"{}\",\"jws\":\"a..b\"}".to_owned()),
        ]
        .map(|(which, body)| [&[which], body.as_bytes()].concat())
        .to_vec()
    }

    #[test]
    fn a_body_with_nothing_changed_is_taken() {
        let code = secrecy::SecretString::from(CODE);
        let file = |which: usize| sealed::under_code(&sealed::envelope(TYPES[which], &seeds()[which][1..]));
        signing::open_ask(&file(0), &code).unwrap();
        signing::open_answer(&file(1), &code).unwrap();
    }
}

/// A pack of guidance or an agency's protocol as it comes.
pub(crate) mod pack {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let keys = [key()];
        let _ = packs::read(bytes, packs::Roster { publishers: &keys, agencies: &keys });
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        vec![
            packs::write(&made::overlay(), &pair()).unwrap(),
            fixture("packs/e5f0dd7/fablewell.sharewell-pack"),
        ]
    }
}

/// The files of a pack, whoever signed them: the first byte says which of them it is, what follows is its content.
pub(crate) mod pack_inside {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let Some((which, content)) = bytes.split_first() else { return };
        let mut files = made::pack();
        let path = files.keys().nth(usize::from(*which) % files.len()).unwrap().clone();
        files.insert(path, content.to_vec());
        let signed = packs::write(&files, &pair());
        let keys = [key()];
        let opened =
            signed.and_then(|file| packs::read(&file, packs::Roster { publishers: &keys, agencies: &keys }));
        if let Ok(opened) = opened {
            let _ = Pack::load(&opened.files);
        }
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let files = made::pack();
        assert!(files.len() < 256, "one byte says which");
        let one =
            |(at, content): (usize, &Vec<u8>)| [&[u8::try_from(at).unwrap()], content.as_slice()].concat();
        files.values().enumerate().map(one).collect()
    }

    #[test]
    fn a_pack_with_nothing_changed_is_read() {
        let files = made::pack();
        let keys = [key()];
        let roster = packs::Roster { publishers: &keys, agencies: &keys };
        let opened = packs::read(&packs::write(&files, &pair()).unwrap(), roster).unwrap();
        Pack::load(&opened.files).unwrap();
    }
}

/// What the files hold before they are changed.
mod made {
    use std::collections::BTreeMap;
    use std::path::Path;

    use chrono::NaiveTime;
    use sharewell_exchange::countersign::{Ask, OpenedAsk, Stored, salt_text};
    use sharewell_exchange::enrolment::Request as Asked;
    use sharewell_exchange::profile::{Assurances, Hours, Keys, Officer, Overlay, RoleHolder, Service};
    use sharewell_exchange::receipt::{
        Disposal, GivenFile, GivenHandover, HeldTo, NamedEntry, OfOrigin, Outcome, Reason,
    };
    use sharewell_exchange::roster::Member;
    use sharewell_records::*;
    use uuid::Uuid;

    use super::*;
    use crate::family::{day, id, moment};

    pub(super) fn roster() -> Roster {
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

    pub(super) fn request() -> Asked {
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

    pub(super) fn profiles() -> Vec<Vec<u8>> {
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
            countersign: vec![CountersignRule {
                of: ToCountersign::Otherwise,
                by: Role::Lead,
                within_working_days: 0,
            }],
            wanted: vec![WantedField::ChildBirth, WantedField::ChildNumber],
            overlay: Some(Overlay {
                id: "madeup".to_owned(),
                version: "1".to_owned(),
                hash: Sha256([4; 32]),
            }),
            assurances: Assurances { impact_assessment: "DPIA 12".to_owned(), ..Assurances::default() },
        };
        vec![profile.sign(&pair()).unwrap()]
    }

    pub(super) fn receipts() -> Vec<Receipt> {
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

    pub(super) fn ask() -> Ask {
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

    pub(super) fn said(opened: &OpenedAsk) -> Countersignature {
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

    pub(super) fn overlay() -> BTreeMap<String, Vec<u8>> {
        folder(&crate::root().join("tests/fixtures/overlay/fablewell"))
    }

    /// One nation's, with what several nations share.
    pub(super) fn pack() -> BTreeMap<String, Vec<u8>> {
        use std::sync::LazyLock;
        static PACK: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
            let at = crate::root().join("assets/guidance/wales");
            let mut versions: Vec<_> =
                std::fs::read_dir(at).unwrap().map(|one| one.unwrap().path()).collect();
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
}
