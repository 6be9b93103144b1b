#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use proptest::prelude::*;
use ring::signature::Ed25519KeyPair;
use sharewell_records::{CaseKind, KeptFrom, ToCountersign};

use super::*;
use crate::keys::Identity;
use crate::roster::Roster;
use crate::support::{day, id, moment};

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn key(seed: u8) -> PublicKey {
    Signer::public_key(&pair(seed))
}

fn recipient() -> Recipient {
    Identity::generate().recipient()
}

fn service(area: &str, name: &str) -> Service {
    Service {
        area: area.to_owned(),
        name: name.to_owned(),
        phone: "0117 496 0001".to_owned(),
        email: String::new(),
        hours: Some(Hours {
            days: vec![Weekday::Monday, Weekday::Friday],
            from: NaiveTime::from_hms_opt(8, 45, 0).unwrap(),
            to: NaiveTime::from_hms_opt(17, 15, 0).unwrap(),
        }),
    }
}

fn profile() -> AgencyProfile {
    let lead = Member::new(key(12), id(12), "Ada Mockford", "Lead", Role::Lead, day("2026-01-05"));
    AgencyProfile {
        agency: Uuid::from_u128(9),
        name: "Madeup Community Health".to_owned(),
        nation: Nation::England,
        body: AgencyBody::Public,
        serial: 2,
        issued: day("2026-03-02"),
        expires: day("2027-03-01"),
        keys: Keys { signing: key(1), receipts: key(2), encryption: recipient(), recovery: recipient() },
        people: vec![RoleHolder::from(&lead)],
        officer: Some(Officer {
            name: "Designated officer".to_owned(),
            phone: "0117 496 0003".to_owned(),
            recipient: recipient(),
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
        copies: None,
        countersign: vec![CountersignRule {
            of: ToCountersign::Otherwise,
            by: Role::Lead,
            within_working_days: 0,
        }],
        wanted: vec![WantedField::ChildBirth, WantedField::ChildNumber],
        overlay: Some(Overlay { id: "madeup".to_owned(), version: "1".to_owned(), hash: Sha256([4; 32]) }),
        assurances: Assurances { impact_assessment: "DPIA 12".to_owned(), ..Assurances::default() },
    }
}

#[test]
fn a_profile_comes_back_as_it_was_signed_and_names_its_key() {
    let (profile, by) = (profile(), pair(1));
    let bytes = profile.sign(&by).unwrap();
    let opened = AgencyProfile::read(&bytes).unwrap();
    assert_eq!((opened.profile, opened.key), (profile.clone(), key(1)));
    assert_eq!(profile.sign(&by).unwrap(), bytes, "the same profile gives the same bytes");
}

#[test]
fn a_profile_is_signed_by_the_key_that_it_names_and_by_no_other() {
    // Not by the receipts key either, though the profile names that one too.
    for other in [2, 5] {
        assert!(matches!(profile().sign(&pair(other)), Err(Error::UnknownSigner)));
        let bytes = KIND.write(&profile(), &pair(other)).unwrap();
        assert!(matches!(AgencyProfile::read(&bytes), Err(Error::UnknownSigner)));
    }
}

#[test]
fn a_roster_is_no_profile_and_a_profile_no_roster() {
    let bytes = profile().sign(&pair(1)).unwrap();
    assert!(matches!(Roster::read(&bytes, &key(1)), Err(Error::SignatureHeader { .. })));
    let (agency, name, issued) = (Uuid::from_u128(9), "Madeup".to_owned(), day("2026-03-02"));
    let roster = Roster { agency, name, serial: 1, issued, members: vec![] }.sign(&pair(1)).unwrap();
    assert!(matches!(AgencyProfile::read(&roster), Err(Error::SignatureHeader { .. })));
}

#[test]
fn no_changed_or_cut_byte_of_a_profile_is_taken() {
    let bytes = profile().sign(&pair(1)).unwrap();
    for at in 0..bytes.len() - 1 {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(AgencyProfile::read(&changed).is_err(), "byte {at} was changed");
        assert!(AgencyProfile::read(&bytes[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn what_does_not_hold_together_is_neither_signed_nor_read() {
    let refused = |change: &dyn Fn(&mut AgencyProfile)| {
        let mut one = profile();
        change(&mut one);
        // Somebody who holds the key can sign what this program would not.
        let bytes = KIND.write(&one, &pair(1)).unwrap();
        let read = AgencyProfile::read(&bytes).unwrap_err();
        assert_eq!(one.sign(&pair(1)).unwrap_err().to_string(), read.to_string());
        read
    };
    let malformed = |change: &dyn Fn(&mut AgencyProfile), at: &str| {
        let error = refused(change);
        assert!(matches!(&error, Error::Malformed { at: place, .. } if place.file == at), "{at}: {error}");
    };
    malformed(&|one| one.name = String::new(), "name");
    malformed(&|one| one.serial = 0, "serial");
    malformed(&|one| one.expires = day("2026-03-01"), "expires");
    malformed(&|one| one.lock_minutes = Some(0), "lock_minutes");
    malformed(&|one| one.lock_minutes = Some(31), "lock_minutes");
    malformed(&|one| one.people[0].kid = key(2).id(), "people");
    malformed(&|one| one.people[0].role = Role::Practitioner, "people");
    malformed(&|one| one.people[0].name = "Ada\nMockford".into(), "people");
    malformed(&|one| one.people[0].until = Some(day("2025-01-01")), "people");
    malformed(&|one| one.front_doors[0].phone = "ring us".into(), "front_doors");
    malformed(&|one| one.front_doors[0].phone = String::new(), "front_doors");
    malformed(&|one| one.advisers[0].hours.as_mut().unwrap().days.clear(), "advisers");
    malformed(&|one| one.retention[0].years = 0, "retention");
    malformed(&|one| one.retention[0].of = CaseKind::Numbers, "retention");
    malformed(&|one| one.countersign[0].by = Role::Intake, "countersign");
    malformed(&|one| one.countersign[0].within_working_days = 21, "countersign");
    malformed(&|one| one.assurances.policy_document = "x".repeat(1001), "assurances");
    let twice = |change: &dyn Fn(&mut AgencyProfile)| {
        let error = refused(change);
        assert!(matches!(error, Error::Twice { .. }), "{error}");
    };
    twice(&|one| one.people.push(one.people[0].clone()));
    twice(&|one| one.front_doors.push(one.front_doors[0].clone()));
    twice(&|one| one.wanted.push(WantedField::ChildBirth));
    twice(&|one| one.retention.push(one.retention[0].clone()));
    twice(&|one| one.countersign.push(one.countersign[0].clone()));
    let many = |one: &mut AgencyProfile| {
        one.advisers = (0..=MOST_LISTED).map(|number| service("", &number.to_string())).collect();
    };
    assert!(matches!(refused(&many), Error::TooLarge { .. }));
}

#[test]
fn no_key_does_the_work_of_two() {
    let refused = |change: &dyn Fn(&mut AgencyProfile)| {
        let mut one = profile();
        change(&mut one);
        let bytes = KIND.write(&one, &pair(1)).unwrap();
        assert!(matches!(AgencyProfile::read(&bytes), Err(Error::SameKey { .. })));
    };
    refused(&|one| one.keys.receipts = one.keys.signing);
    refused(&|one| one.keys.recovery = one.keys.encryption.clone());
    refused(&|one| one.officer.as_mut().unwrap().recipient = one.keys.encryption.clone());
    refused(&|one| one.officer.as_mut().unwrap().recipient = one.keys.recovery.clone());
    refused(&|one| {
        one.people[0].key = one.keys.receipts;
        one.people[0].kid = one.keys.receipts.id();
    });
}

/// A body that nobody's program wrote, signed by the agency's own key.
fn forged(change: impl FnOnce(&str) -> String) -> Result<Opened> {
    let (body, _) = crate::envelope::signed(KIND.typ, 1, &profile(), &pair(1)).unwrap();
    let body = change(&body);
    let jws = crate::jws::sign(KIND.typ, body.as_bytes(), &pair(1)).unwrap();
    AgencyProfile::read(&serde_json::to_vec(&crate::envelope::Envelope { body, jws }).unwrap())
}

#[test]
fn a_profile_has_no_word_that_could_stand_before_a_share() {
    assert!(forged(str::to_owned).is_ok());
    for word in [r#""before":"share","#, r#""required":true,"#, r#""block":["emergency"],"#] {
        for at in [r#""content":{"#, r#""of":"otherwise","#, r#""impact_assessment""#] {
            let with = |body: &str| {
                let put =
                    if at.ends_with(['{', ',']) { format!("{at}{word}") } else { format!("{word}{at}") };
                let changed = body.replacen(at, &put, 1);
                assert_ne!(changed, body);
                changed
            };
            let error = forged(with).unwrap_err();
            assert!(matches!(error, Error::Malformed { .. }), "{word} at {at}: {error}");
        }
    }
}

#[test]
fn a_name_that_stands_twice_a_newer_version_and_a_depth_without_end_are_typed_errors() {
    let twice = forged(|body| body.replacen(r#""serial":2"#, r#""serial":2,"serial":3"#, 1));
    assert!(matches!(twice, Err(Error::Malformed { .. })));
    let newer = forged(|body| {
        let later = format!(r#""version":{}"#, VERSION + 1);
        body.replacen(r#""version":1"#, &later, 1).replacen(r#""version":2"#, &later, 1)
    });
    assert!(matches!(newer, Err(Error::UnknownVersion { .. })));
    let deep =
        forged(|body| body.replacen(r#""serial":2"#, &format!(r#""serial":{}"#, "[".repeat(500_000)), 1));
    assert!(matches!(deep, Err(Error::Malformed { .. })));
    let secret = forged(|body| {
        let key = profile().keys.encryption;
        let at = body.find("age1").unwrap();
        body.replacen(&body[at..at + key.to_string().len()], "AGE-SECRET-KEY-1QQQQ", 1)
    });
    let said = secret.unwrap_err();
    assert!(matches!(said, Error::Malformed { .. }));
    assert!(!format!("{said:?}").contains("QQQQ"), "what stood there is not repeated");
    let bytes = vec![b'{'; usize::try_from(MOST_BYTES).unwrap() + 1];
    assert!(matches!(AgencyProfile::read(&bytes), Err(Error::TooLarge { .. })));
}

#[test]
fn only_a_newer_profile_of_the_same_agency_takes_the_place_of_one() {
    let standing = profile();
    AgencyProfile { serial: 3, ..profile() }.follows(&standing).unwrap();
    let older = AgencyProfile { serial: 1, ..profile() }.follows(&standing);
    assert!(matches!(older, Err(Error::NotNewer { serial: 1, standing: 2 })));
    assert!(matches!(profile().follows(&standing), Err(Error::NotNewer { .. })));
    let other = AgencyProfile { agency: Uuid::from_u128(1), serial: 3, ..profile() };
    assert!(matches!(other.follows(&standing), Err(Error::OtherAgency)));
}

#[test]
fn a_profile_runs_out_after_its_last_day_and_a_clock_that_is_behind_shows() {
    assert_eq!(profile().stands(day("2026-03-01")), Standing::NotYet);
    assert_eq!(profile().stands(day("2026-03-02")), Standing::Current);
    assert_eq!(profile().stands(day("2027-03-01")), Standing::Current);
    assert_eq!(profile().stands(day("2027-03-02")), Standing::RunOut);
}

#[test]
fn a_role_is_shown_by_its_key_alone() {
    let profile = profile();
    let on = day("2026-03-12");
    assert!(profile.holds(&key(12), Role::Lead, on));
    assert!(!profile.holds(&key(12), Role::DesignatedOfficer, on));
    assert!(!profile.holds(&key(13), Role::Lead, on));
    assert!(!profile.holds(&key(12), Role::Lead, day("2026-01-04")), "before the first day");
}

#[test]
fn a_number_is_answered_in_its_hours_by_the_clock_in_london() {
    let day = service("", "Office");
    let at = |text: &str| moment(text);
    for (when, answered) in [
        ("2026-03-13T08:44:00+00:00", false),
        ("2026-03-13T08:45:00+00:00", true),
        ("2026-03-13T17:15:00+00:00", false),
        ("2026-03-12T12:00:00+00:00", false),
        // Summer: a quarter to nine in London.
        ("2026-07-10T07:45:00+00:00", true),
    ] {
        assert_eq!(day.is_answered(at(when)), answered, "{when}");
    }
    let mut night = service("", "Night");
    let hours = night.hours.as_mut().unwrap();
    (hours.from, hours.to) = (hours.to, hours.from);
    for (when, answered) in [
        ("2026-03-13T18:00:00+00:00", true),
        ("2026-03-14T08:00:00+00:00", true),
        ("2026-03-14T09:00:00+00:00", false),
        ("2026-03-14T18:00:00+00:00", false),
    ] {
        assert_eq!(night.is_answered(at(when)), answered, "{when}");
    }
    night.hours = None;
    assert!(night.is_answered(at("2026-03-15T03:00:00+00:00")));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..2000, put in ".{0,6}") {
        prop_assert!(AgencyProfile::read(&bytes).is_err());
        let _ = forged(|body| {
            let at = (0..=at.min(body.len())).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
            format!("{}{put}{}", &body[..at], &body[at..])
        });
    }
}

#[test]
fn how_long_copies_stay_is_said_in_version_two_and_what_says_nothing_of_it_stays_readable_to_every_program() {
    let version = |bytes: &[u8]| {
        let envelope: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        let body: serde_json::Value = serde_json::from_str(envelope["body"].as_str().unwrap()).unwrap();
        body["version"].as_u64().unwrap()
    };
    assert_eq!(version(&profile().sign(&pair(1)).unwrap()), 1);
    let kept = |days, source: &str| AgencyProfile {
        copies: Some(CopiesKept { days, source: source.to_owned() }),
        ..profile()
    };
    let said = kept(90, "Records schedule, line 7");
    let bytes = said.sign(&pair(1)).unwrap();
    assert_eq!(version(&bytes), 2);
    assert_eq!(AgencyProfile::read(&bytes).unwrap().profile, said);
    for bad in [kept(3661, "Records schedule"), kept(90, ""), kept(90, " ")] {
        assert!(matches!(bad.sign(&pair(1)), Err(Error::Malformed { .. })));
    }
}
