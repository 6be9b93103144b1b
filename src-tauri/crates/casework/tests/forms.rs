//! Every form tells everything that is wrong with it in one answer, so that nobody mends one thing to be told of the
//! next, and no page has to know a rule.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Failure, Result, Vault, children, countersign, decide, emergency, guidance, handover, restricted,
    settings, start, today,
};
use sharewell_exchange::keys::Identity;
use support::*;

/// What is wrong, field by field, in the order of the page.
fn faults<T: std::fmt::Debug>(refused: Result<T>) -> Vec<(String, Code)> {
    let failure = Failure::from(refused.unwrap_err());
    let first = failure.fields.first().expect("a form names its fields");
    assert_eq!(failure.field.as_deref(), Some(first.field.as_str()), "the first is told by itself too");
    failure.fields.into_iter().map(|one| (one.field, one.code)).collect()
}

fn are(all: &[(&str, Code)]) -> Vec<(String, Code)> {
    all.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect()
}

/// How many entries the vault has.
fn entries(vault: &Vault) -> u64 {
    vault.read(sharewell_vault::ledger::tip).unwrap().sequence.0
}

fn typed(day: &str) -> DayTyped {
    DayTyped(day.to_owned())
}

fn nobody() -> PersonInput {
    PersonInput { role: None, birth: None, ..person(" ", PersonRole::Parent) }
}

fn no_tie() -> TieInput {
    TieInput { to: None, kind: None, parental_responsibility: None, same_home: None, note: String::new() }
}

fn long() -> String {
    "a".repeat(20_001)
}

#[test]
fn a_form_with_three_faults_says_all_three_in_a_childs_file() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let before = entries(&vault);
    let now = at(5);

    let new = NewCase {
        child: PersonInput {
            birth: Some(BirthTyped::Born { on: typed("2019-2-30") }),
            identifiers: vec![Identifier::of(IdentifierKind::NhsNumber, "9434765918".into())],
            ..person("", PersonRole::Child)
        },
        reference: long(),
        ..new_case("x", Nation::England)
    };
    let opened = children::open_case(&mut vault, new, now);
    assert_eq!(
        faults(opened),
        are(&[
            ("name", Code::Missing),
            ("birth.day", Code::FebruaryIsShorter),
            ("identifiers", Code::BadIdentifier),
            ("reference", Code::TooLong),
        ])
    );
    let corrected = children::amend_case(&mut vault, case, &long(), Nation::Wales, " ", true, now);
    assert_eq!(faults(corrected), are(&[("reference", Code::TooLong), ("reason", Code::ReasonMissing)]));

    let added = children::add_person(&mut vault, case, nobody(), Some(no_tie()), now);
    assert_eq!(
        faults(added),
        are(&[
            ("name", Code::Missing),
            ("kind", Code::Missing),
            ("to", Code::Missing),
            ("parental_responsibility", Code::Missing),
        ])
    );
    let amended = children::amend_person(&mut vault, case, mother, nobody(), "", now);
    assert_eq!(
        faults(amended),
        are(&[("name", Code::Missing), ("role", Code::Missing), ("reason", Code::ReasonMissing),])
    );
    let works = TieInput { kind: Some(RelationshipKind::Professional), ..no_tie() };
    let tied = children::add_tie(&mut vault, case, None, works, now);
    assert_eq!(faults(tied), are(&[("from", Code::Missing), ("to", Code::Missing)]), "a home is not asked");

    let flag = FlagInput { person: None, kind: None, reason: " ".into(), review: typed("2026-13-1") };
    assert_eq!(
        faults(children::set_flag(&mut vault, case, flag, now)),
        are(&[
            ("person", Code::Missing),
            ("kind", Code::Missing),
            ("reason", Code::ReasonMissing),
            ("review.month", Code::MonthUnclear),
        ])
    );

    let unsaid = ItemInput {
        mark: Some(Mark::Reported),
        source: None,
        occurred: Some(WhenTyped::Moment { on: typed("2027-1-1"), time: "9:00".into(), twice: None }),
        ..item(" ", vec![child])
    };
    let wrong = are(&[
        ("text", Code::Missing),
        ("by", Code::Missing),
        ("occurred.day", Code::DayToCome),
        ("source", Code::Missing),
    ]);
    assert_eq!(faults(children::add_item(&mut vault, case, unsaid.clone(), now)), wrong);
    let note = children::add_item(&mut vault, case, item("Home at ten.", vec![child]), now).unwrap();
    let mut wrong = wrong;
    wrong.push(("reason".into(), Code::ReasonMissing));
    assert_eq!(faults(children::amend_item(&mut vault, case, note, unsaid, "", now)), wrong);

    let advice = AdviceInput {
        adviser: " ".into(),
        own_agency: None,
        named: None,
        question: String::new(),
        answer: long(),
        followed: Some(FollowedChoice::No),
        reason: " ".into(),
        at: None,
    };
    assert_eq!(
        faults(children::record_advice(&mut vault, case, &advice, now)),
        are(&[
            ("adviser", Code::Missing),
            ("own_agency", Code::Missing),
            ("named", Code::Missing),
            ("question", Code::Missing),
            ("answer", Code::TooLong),
            ("at", Code::Missing),
            ("reason", Code::ReasonMissing),
        ])
    );

    let disclosure = DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: String::new(),
        recipient_role: String::new(),
        when: None,
        check: None,
        in_danger: false,
        checked: long(),
        route: None,
        what: " ".into(),
        why: String::new(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    };
    assert_eq!(
        faults(children::record_disclosure(&mut vault, case, disclosure, now)),
        are(&[
            ("recipient", Code::Missing),
            ("at", Code::Missing),
            ("check", Code::Missing),
            ("checked", Code::TooLong),
            ("route", Code::Missing),
            ("what", Code::Missing),
            ("why", Code::Missing),
        ])
    );
    assert_eq!(entries(&vault), before + 1, "nothing of a refused form is kept");
}

#[test]
fn a_form_with_three_faults_says_all_three_where_a_decision_begins_and_ends() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let request = RequestInput {
        from: None,
        name: String::new(),
        organisation: String::new(),
        reach: String::new(),
        received: DayTyped::default(),
        verified: Some(true),
        how_verified: " ".into(),
        what: String::new(),
        specific: None,
        purpose: String::new(),
        authority: String::new(),
        order: OrderSeen::None,
        deadline: typed("next week"),
        keeping: String::new(),
    };
    let begin = BeginInput {
        trigger: None,
        on: typed("2027-1-1"),
        request: Some(request),
        ..BeginInput::of(Trigger::Request)
    };
    assert_eq!(
        faults(decide::begin_decision(&mut vault, case, &begin, at(10))),
        are(&[
            ("on.day", Code::DayToCome),
            ("from", Code::Missing),
            ("how_verified", Code::WordsMissing),
            ("received", Code::Missing),
            ("what", Code::Missing),
            ("specific", Code::Missing),
            ("deadline.day", Code::DayUnclear),
        ])
    );

    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let mut draft = signing(&outcome);
    draft.what = String::new();
    draft.review = Some(typed("2026-2-30"));
    draft.recipient.name = String::new();
    draft.telling[0].when = WhenTold::Blank;
    let whose = format!("telling:{}", draft.telling[0].person.unwrap());
    let wrong = are(&[
        ("what", Code::Missing),
        ("review.day", Code::FebruaryIsShorter),
        ("recipient", Code::Missing),
        (&whose, Code::PersonRowMissing),
    ]);
    decide::save_sign_off(&mut vault, outcome.decision, draft.clone(), at(70)).unwrap();
    let told = decide::check(&vault, outcome.decision, at(71)).unwrap().missing;
    let told: Vec<(String, Code)> = told.into_iter().map(|one| (one.field, one.code)).collect();
    assert_eq!(told, wrong, "the page is told what the sign-off would say");
    assert_eq!(faults(sign_off(&mut vault, outcome.decision, draft, at(72))), wrong);
}

#[test]
fn a_question_of_many_parts_names_every_part_that_is_not_answered() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let blank =
        || WeighingSide { what: " ".into(), likelihood: Likelihood::Blank, severity: Severity::Blank };
    let mut share = blank();
    share.what = "She gets breakfast".into();
    let weighing = Answer::Weighing { share, not_share: blank(), heavier: Heavier::Blank };
    let step = StepId("weighing".into());
    assert_eq!(
        faults(decide::answer(&mut vault, outcome.decision, &step, weighing, at(80))),
        are(&[
            ("share.likelihood", Code::Missing),
            ("share.severity", Code::Missing),
            ("not_share", Code::WeighingSideMissing),
            ("not_share.likelihood", Code::Missing),
            ("not_share.severity", Code::Missing),
            ("heavier", Code::Missing),
        ])
    );
}

#[test]
fn a_form_with_three_faults_says_all_three_everywhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let now = at(5);

    let nameless = NewPractitioner {
        name: " ".into(),
        role: String::new(),
        team: long(),
        nation: None,
        ..practitioner()
    };
    let wrong = are(&[
        ("name", Code::Missing),
        ("role", Code::Missing),
        ("team", Code::TooLong),
        ("nation", Code::Missing),
    ]);
    assert_eq!(faults(start::check_practitioner(&nameless, now)), wrong, "before the passphrase is chosen");
    let mut corrected = wrong;
    corrected.push(("reason".into(), Code::ReasonMissing));
    assert_eq!(faults(settings::save_practitioner(&mut vault, nameless, " ", now)), corrected);
    let strange = Settings {
        lock_minutes: 0,
        theme: Theme::Light,
        shortcuts: true,
        language: "xx".into(),
        ..Settings::default()
    };
    assert_eq!(
        faults(settings::save_settings(&mut vault, &strange, now)),
        are(&[("lock_minutes", Code::NotAnOption), ("language", Code::NotAnOption),])
    );

    let attempt = AttemptInput {
        who: " ".into(),
        number: "999".into(),
        result: AttemptResult::Told,
        said: String::new(),
        at: None,
    };
    let danger = EmergencyInput {
        case: None,
        child: "a".repeat(301),
        attempts: vec![attempt.clone()],
        told: long(),
        others_at_risk: String::new(),
        worker_safe: None,
    };
    assert_eq!(
        faults(emergency::record_emergency(&mut vault, None, danger.clone(), now)),
        are(&[("child", Code::TooLong), ("attempts", Code::Missing), ("told", Code::TooLong)])
    );
    // A call is recorded whatever is not said yet; what is still to be said is told with it.
    let bare = EmergencyInput {
        child: String::new(),
        attempts: vec![AttemptInput { who: "Police".into(), ..attempt }],
        told: String::new(),
        ..danger
    };
    let told = emergency::record_emergency(&mut vault, None, bare, now).unwrap();
    let gaps: Vec<(String, Code)> = told.gaps.into_iter().map(|one| (one.field, one.code)).collect();
    assert_eq!(gaps, are(&[("child", Code::Missing), ("told", Code::Missing)]));
    let write_up = WriteUpInput {
        case: None,
        account: String::new(),
        why_urgent: " ".into(),
        explained: String::new(),
        held_back: long(),
        staff: false,
        restricted_file: None,
    };
    assert_eq!(
        faults(emergency::write_up_emergency(&mut vault, told.id, write_up, now)),
        are(&[
            ("case", Code::Missing),
            ("account", Code::Missing),
            ("why_urgent", Code::Missing),
            ("explained", Code::Missing),
            ("held_back", Code::TooLong),
        ])
    );
    let duty = today::today(&vault, now).unwrap().to_do[0].id;
    assert_eq!(faults(today::settle_obligation(&mut vault, duty, None, now)), are(&[("how", Code::Missing)]));
    let unneeded = Settlement::NotNeeded { reason: " ".into() };
    assert_eq!(
        faults(today::settle_obligation(&mut vault, duty, unneeded, now)),
        are(&[("reason", Code::ReasonMissing)])
    );

    assert_eq!(
        faults(handover::import_recipient(&mut vault, "not a key", " ", now)),
        are(&[("recipient", Code::BadRecipientKey), ("name", Code::Missing)])
    );
    assert_eq!(
        faults(handover::import_recipient(&mut vault, " ", " ", now)),
        are(&[("recipient", Code::Missing), ("name", Code::Missing)])
    );
    let stranger = Identity::generate().recipient().to_string();
    assert_eq!(
        faults(handover::make_handover(&mut vault, &[], &stranger, &dir.path().join("out"), now)),
        are(&[("recipient", Code::NoRecipient), ("cases", Code::NothingChosen)])
    );
    assert_eq!(
        faults(handover::check_handover(&vault, &HandoverAsk::default())),
        are(&[("recipient", Code::NoRecipient), ("cases", Code::NothingChosen)]),
        "before anybody chooses where it is saved"
    );
    assert_eq!(
        faults(countersign::check_word(None, &long())),
        are(&[("verdict", Code::Missing), ("words", Code::TooLong)])
    );
    assert_eq!(
        faults(countersign::check_word(Some(Verdict::Disagrees), " ")),
        are(&[("words", Code::ReasonMissing)])
    );
    assert_eq!(
        faults(guidance::import_agency_key(&mut vault, "not a key", "", &[], now)),
        are(&[("key", Code::BadSigningKey), ("name", Code::Missing)])
    );

    assert_eq!(faults(restricted::open_restricted(&mut vault, None, now)), are(&[("beside", Code::Missing)]));
    let unsaid = std::path::Path::new("");
    assert_eq!(
        faults(countersign::open_ask(&vault, unsaid, " - ", now)),
        are(&[("path", Code::Missing), ("code", Code::Missing)])
    );
    let apart = restricted::open_restricted(&mut vault, case, now).unwrap();
    let stranger = PersonId(uuid::Uuid::from_u128(7));
    let kept = KeptFromInput { people: vec![stranger], name: " ".into(), post: "Head".into() };
    assert_eq!(
        faults(restricted::save_kept_from(&mut vault, apart, &kept, now)),
        are(&[("people", Code::NotAnOption), ("name", Code::Missing)])
    );
}
