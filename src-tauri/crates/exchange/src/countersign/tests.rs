#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use ring::signature::Ed25519KeyPair;
use sharewell_records::Verdict;

use super::*;
use crate::support;

fn code(text: &str) -> SecretString {
    SecretString::from(text)
}

fn lead() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap()
}

/// The decision of the fictional family, as an ask.
fn ask() -> Ask {
    let entries = support::entries();
    let (header, payload) =
        entries.iter().find(|(_, payload)| matches!(payload, Payload::DecisionSigned { .. })).unwrap();
    let records = support::records();
    Ask {
        asked_at: support::moment("2026-03-12T12:00:00+00:00"),
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

fn said(opened: &OpenedAsk) -> Countersignature {
    Countersignature {
        id: support::id(801),
        decision: opened.decision.id,
        entry: opened.ask.entry.header.id,
        entry_hash: opened.entry_hash,
        origin: opened.ask.entry.header.origin,
        sequence: opened.ask.entry.header.sequence,
        link: opened.ask.entry.link,
        verdict: Verdict::Agrees,
        person: support::id(802),
        words: "I would have decided the same".into(),
        by: "Ada Mockford".into(),
        role: "Safeguarding lead".into(),
        agency: "Madeup Community Health".into(),
        at: support::moment("2026-03-12T13:00:00+00:00"),
    }
}

#[test]
fn an_ask_opens_under_its_code_with_the_hash_worked_out_from_the_entry() {
    let ask = ask();
    let sealed = seal_ask(&ask, &code("K7QM"), &support::signer()).unwrap();
    let opened = open_ask(&sealed, &code("K7QM")).unwrap();
    assert_eq!(opened.ask, ask);
    assert_eq!(opened.key, Signer::public_key(&support::signer()));
    let expected =
        entry_hash(&ask.entry.header, payload_hash(&[4; 32], ask.entry.payload.as_bytes())).unwrap();
    assert_eq!(opened.entry_hash, expected);
    assert!(!sealed.windows(7).any(|part| part == b"Fablewe"), "nothing of it is readable without the code");
    assert!(matches!(open_ask(&sealed, &code("K7QN")), Err(Error::WrongCode)));
}

#[test]
fn an_answer_holds_for_what_was_said_and_who_said_it() {
    let sealed = seal_ask(&ask(), &code("K7QM"), &support::signer()).unwrap();
    let opened = open_ask(&sealed, &code("K7QM")).unwrap();
    let (kept, answer) = seal_answer(&said(&opened), &code("K7QM"), &lead()).unwrap();
    let taken = open_answer(&answer, &code("K7QM")).unwrap();
    assert_eq!(taken, kept, "both vaults keep the same");
    assert_eq!(taken.key, Signer::public_key(&lead()).to_string());
    check(&taken).unwrap();
    let mut changed = taken.clone();
    changed.said.verdict = Verdict::Disagrees;
    assert!(matches!(check(&changed), Err(Error::BadSignature)), "what is kept must be what was signed");
    let mut other = taken;
    other.key = Signer::public_key(&support::signer()).to_string();
    assert!(matches!(check(&other), Err(Error::BadSignature)));
}

#[test]
fn an_ask_is_no_answer_and_an_answer_no_ask() {
    let sealed = seal_ask(&ask(), &code("K7QM"), &support::signer()).unwrap();
    assert!(matches!(open_answer(&sealed, &code("K7QM")), Err(Error::SignatureHeader { .. })));
    let opened = open_ask(&sealed, &code("K7QM")).unwrap();
    let (_, answer) = seal_answer(&said(&opened), &code("K7QM"), &lead()).unwrap();
    assert!(matches!(open_ask(&answer, &code("K7QM")), Err(Error::SignatureHeader { .. })));
}

/// The envelope of a text signed by somebody, under the code of these tests.
fn sealed_body(body: &str, jws: &str) -> Vec<u8> {
    seal(&Envelope { body: body.to_owned(), jws: jws.to_owned() }, &code("K7QM")).unwrap()
}

#[test]
fn a_changed_body_or_a_key_that_did_not_sign_is_refused() {
    let (body, jws) = signed(ASK, VERSION, &ask(), &support::signer()).unwrap();
    let changed = body.replacen("Two visits", "Two visits and the address", 1);
    assert_ne!(changed, body, "the word stands there to be changed");
    assert!(matches!(open_ask(&sealed_body(&changed, &jws), &code("K7QM")), Err(Error::BadSignature)));
    let own = Signer::public_key(&support::signer()).to_string();
    let other = body.replacen(&own, &Signer::public_key(&lead()).to_string(), 1);
    assert!(matches!(open_ask(&sealed_body(&other, &jws), &code("K7QM")), Err(Error::UnknownSigner)));
}

#[test]
fn an_entry_that_is_no_decision_or_of_another_file_is_named() {
    let seal_changed = |change: &dyn Fn(&mut Ask)| {
        let mut ask = ask();
        change(&mut ask);
        open_ask(&seal_ask(&ask, &code("K7QM"), &support::signer()).unwrap(), &code("K7QM"))
            .unwrap_err()
            .to_string()
    };
    let not_a_decision = seal_changed(&|ask| {
        ask.entry.header.kind = "recovery_confirmed".into();
        ask.entry.header.version = 1;
        ask.entry.payload = r#"{"kind":"recovery_confirmed"}"#.into();
    });
    assert!(not_a_decision.contains("not a signed decision"), "{not_a_decision}");
    let elsewhere = seal_changed(&|ask| ask.entry.header.case = Some(support::id(support::OTHER_CASE)));
    assert!(elsewhere.contains("not of one another"), "{elsewhere}");
    let salt = seal_changed(&|ask| ask.entry.salt = "AAAA".into());
    assert!(salt.contains("32 bytes"), "{salt}");
}

#[test]
fn a_newer_version_is_told_and_a_file_that_asks_for_much_work_is_refused() {
    let body = format!(
        r#"{{"version":{},"public_key":"{}","content":{{}}}}"#,
        VERSION + 1,
        Signer::public_key(&support::signer())
    );
    let jws = crate::jws::sign(ASK, body.as_bytes(), &support::signer()).unwrap();
    let newer = open_ask(&sealed_body(&body, &jws), &code("K7QM"));
    assert!(
        matches!(&newer, Err(Error::UnknownVersion { version, .. }) if *version == (VERSION + 1).to_string()),
        "{newer:?}"
    );
    let sealed = seal_ask(&ask(), &code("K7QM"), &support::signer()).unwrap();
    let at = sealed.windows(4).position(|part| part == b" 15\n").unwrap();
    let mut heavy = sealed.clone();
    heavy.splice(at..at + 4, *b" 22\n");
    assert!(matches!(open_ask(&heavy, &code("K7QM")), Err(Error::TooLarge { .. })), "before it is done");
}

#[test]
fn a_decision_in_a_newer_form_is_told_as_newer_and_never_as_damage() {
    let newer = |change: &dyn Fn(&mut Stored)| {
        let mut ask = ask();
        change(&mut ask.entry);
        open_ask(&seal_ask(&ask, &code("K7QM"), &support::signer()).unwrap(), &code("K7QM")).unwrap_err()
    };
    let next = sharewell_records::known_version("decision_signed").unwrap() + 1;
    let named = format!("decision_signed {next}");
    let unknown = |error: &Error| matches!(error, Error::UnknownVersion { version, .. } if *version == named);
    let form = newer(&|entry| entry.header.version = next);
    assert!(unknown(&form), "{form:?}");
    let word = newer(&|entry| {
        entry.header.version = next;
        entry.payload = entry.payload.replace(r#""trigger":""#, r#""trigger":"moonlit_"#);
    });
    assert!(unknown(&word), "a word that is not known here: {word:?}");
    let damage =
        newer(&|entry| entry.payload = entry.payload.replace(r#""trigger":""#, r#""trigger":"moonlit_"#));
    assert!(matches!(damage, Error::Malformed { .. }), "the same word in a known form is damage: {damage:?}");
}

/// What stands in an ask besides the entry has no version of its own: the file's version speaks for it.
#[test]
fn a_set_that_an_ask_carries_and_that_grows_makes_the_file_newer() {
    use sharewell_records::*;
    let words = [
        Nation::ALL.map(Nation::word).join(" "),
        CaseKind::ALL.map(CaseKind::word).join(" "),
        PersonRole::ALL.map(PersonRole::word).join(" "),
        IdentifierKind::ALL.map(IdentifierKind::word).join(" "),
        RelationshipKind::ALL.map(RelationshipKind::word).join(" "),
        ParentalResponsibility::ALL.map(ParentalResponsibility::word).join(" "),
        FlagKind::ALL.map(FlagKind::word).join(" "),
        Mark::ALL.map(Mark::word).join(" "),
        ItemSource::ALL.map(ItemSource::word).join(" "),
        Verdict::ALL.map(Verdict::word).join(" "),
    ];
    let of_version_3 = [
        "england scotland wales northern_ireland",
        "family allegation adult numbers",
        "child parent carer other_adult practitioner",
        "nhs_number chi_number hc_number upn agency",
        "mother father parent step_parent adoptive_parent partner_of_parent grandparent great_grandparent aunt_or_uncle cousin sibling half_sibling step_sibling foster_carer kinship_carer special_guardian carer partner former_partner other_relative family_friend neighbour lodger childminder contact professional",
        "holds does_not_hold not_known",
        "do_not_tell no_contact do_not_post unsafe_phone protected_identity worker_safety",
        "fact opinion reported",
        "visit call meeting setting message other",
        "agrees disagrees",
    ];
    assert_eq!(words, of_version_3, "raise VERSION in countersign.rs, and pin the words of it here");
    assert_eq!(VERSION, 3);
}

#[test]
fn a_file_to_a_key_or_no_age_file_at_all_is_told() {
    assert!(matches!(open_ask(b"hello", &code("K7QM")), Err(Error::NotAge)));
    let recipient = crate::keys::Identity::generate().recipient();
    let recipients = std::iter::once(recipient.age() as &dyn age::Recipient);
    let mut out = Vec::new();
    let mut stream = age::Encryptor::with_recipients(recipients).unwrap().wrap_output(&mut out).unwrap();
    stream.write_all(b"{}").unwrap();
    stream.finish().unwrap();
    assert!(matches!(open_ask(&out, &code("K7QM")), Err(Error::NotForThisKey)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_file_makes_it_panic(
        cut in 0usize..4000, at in 0usize..4000, byte in any::<u8>(), other in proptest::collection::vec(any::<u8>(), 0..300)
    ) {
        // A file that opens costs its work; what is broken here is broken in its header, before that is done.
        let header = b"age-encryption.org/v1\n-> scrypt c2FsdHNhbHRzYWx0c2FsdA 1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
        let mut bytes = header.to_vec();
        bytes.truncate(cut.min(bytes.len()));
        if let Some(changed) = bytes.get_mut(at) { *changed = byte; }
        bytes.extend(other);
        prop_assert!(open_ask(&bytes, &code("K7QM")).is_err());
    }
}
