//! The main job end to end: a file, an item, a decision over a refusal and a *not sure*, sign-off, what is still
//! to do, finding it again, handing it over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::handover::HandOver;
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Error, Failure, FieldFailure, children, decide, handover, paper, search, start, today,
};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{EntryLine, PublicKey};
use support::*;

#[test]
fn no_file_is_opened_before_the_recovery_code_was_typed_back() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = unconfirmed(dir.path());
    let refused =
        children::open_case(&mut vault, new_case("Ayla Sampleton", Nation::England), at(1)).unwrap_err();
    assert_eq!(Failure::from(refused).code, Code::RecoveryNotConfirmed);
    let wrong = start::confirm_recovery_code(&mut vault, &secret("0000-0000"), at(2)).unwrap_err();
    assert_eq!(Failure::from(wrong).code, Code::MistypedRecoveryCode);
    start::confirm_recovery_code(&mut vault, &secret(&code.groups.join("-").to_lowercase()), at(3)).unwrap();
    assert!(children::open_case(&mut vault, new_case("Ayla Sampleton", Nation::England), at(4)).is_ok());
}

#[test]
fn a_refusal_and_a_not_sure_lead_to_weighing_advice_and_a_signed_share() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    children::add_item(&mut vault, case, item("Ayla opened the door at 10:15.", vec![child]), at(5)).unwrap();

    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    assert_eq!(outcome.kind, OutcomeKind::ShareWithoutConsent, "weighed, and the adviser agrees");
    assert_eq!(outcome.obligations[0].duty, Duty::Act, "the first duty is the act itself");
    assert!(outcome.first_action.contains("Ring"), "{}", outcome.first_action);
    assert!(
        outcome.why.iter().all(|line| !line.text.contains('{')),
        "every name is filled in: {:?}",
        outcome.why
    );
    let path: Vec<&str> = outcome.answers.iter().map(|line| line.step.0.as_str()).collect();
    assert!(path.contains(&"would-change@advice"), "not sure led to an adviser and back: {path:?}");

    let mut draft = signing(&outcome);
    draft.telling[0].when = WhenTold::Later;
    draft.telling[0].why = String::new();
    let refused = sign_off(&mut vault, outcome.decision, draft.clone(), at(80)).unwrap_err();
    let refused = Failure::from(refused);
    let whose = format!("telling:{}", draft.telling[0].person.unwrap());
    assert_eq!((refused.code, refused.field), (Code::NotReady, Some(whose)));
    draft.telling[0].why = "She is seen at nursery first.".into();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(81)).unwrap();
    assert_eq!((signed.number, signed.decided), (1, OutcomeKind::ShareWithoutConsent));
    assert!(!signed.entry_hash.is_empty() && signed.age == Some(7));
    assert!(signed.answers.iter().any(|answer| answer.weighing.is_some()), "both sides print side by side");
    assert!(
        matches!(decide::place(&vault, outcome.decision, at(82)).unwrap(), Place::Signed { id } if id == outcome.decision)
    );
    let again = sign_off(&mut vault, outcome.decision, signing(&outcome), at(83)).unwrap_err();
    assert_eq!(Failure::from(again).code, Code::AlreadySigned);

    // What follows stands on the home page until it is closed.
    let home = today::today(&vault, at(90)).unwrap();
    assert!(home.drafts.is_empty(), "a signed decision is no draft");
    let to_do = all_to_do(&vault, at(90));
    let act = to_do.iter().find(|line| line.duty == Duty::Act).expect("the act is outstanding");
    assert!(!act.title.is_empty() && act.child == "Ayla Sampleton");
    let bare =
        today::settle_obligation(&mut vault, act.id, Settlement::NotNeeded { reason: " ".into() }, at(91));
    assert_eq!(Failure::from(bare.unwrap_err()).code, Code::ReasonMissing);
    today::settle_obligation(&mut vault, act.id, Settlement::Done { note: "Rang".into() }, at(92)).unwrap();
    assert!(all_to_do(&vault, at(92)).iter().all(|line| line.id != act.id), "what is closed leaves the list");
    let twice =
        today::settle_obligation(&mut vault, act.id, Settlement::Done { note: String::new() }, at(93));
    assert_eq!(Failure::from(twice.unwrap_err()).code, Code::AlreadySettled);

    // Advice that was taken is kept, and the file tells the story.
    let file = children::child_file(&mut vault, case, at(94)).unwrap();
    let advice = |line: &&TimelineLine| matches!(line.what, TimelineWhat::Advice { .. });
    assert_eq!(
        file.timeline.iter().filter(advice).count(),
        2,
        "the detour's adviser and the one after weighing"
    );
    assert!(file.decisions[0].signed);

    // Found again, with the place cut at the match.
    let found = search::search(&mut vault, "breakf", at(95)).unwrap();
    let hit =
        found.hits.iter().find(|hit| hit.decision == Some(outcome.decision)).expect("the decision is found");
    assert_eq!(hit.pieces[1].to_lowercase(), "breakf", "every second piece is the match: {:?}", hit.pieces);
    assert_eq!(search::search(&mut vault, "sampleton", at(96)).unwrap().children.len(), 1);

    // Handed over, and read back with nothing but the file and the key.
    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    let path = dir.path().join("out.sharewell");
    let unknown = handover::make_handover(&mut vault, &[case], &recipient, &path, at(97)).unwrap_err();
    assert_eq!(Failure::from(unknown).code, Code::NoRecipient);
    handover::import_recipient(&mut vault, &recipient, "Fablewell Council", at(98)).unwrap();
    let none = handover::make_handover(&mut vault, &[], &recipient, &path, at(98)).unwrap_err();
    assert_eq!(Failure::from(none).code, Code::NothingChosen);
    let made = handover::make_handover(&mut vault, &[case], &recipient, &path, at(99)).unwrap();
    assert_eq!((made.children.as_slice(), made.documents), (["Ayla Sampleton".to_owned()].as_slice(), 1));
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(Sha256::of(&[&bytes]).to_string(), made.file_hash, "the hash is that of the file");
    assert!(!bytes.windows(9).any(|w| w == b"Sampleton"), "nothing readable stands in the file");
    let roster = [PublicKey(vault.public_key().unwrap())];
    let opened =
        sharewell_exchange::handover::read(&bytes[..], &identity, &roster, Default::default()).unwrap();
    let whole = opened.lines.iter().filter(|line| matches!(line, EntryLine::Whole { .. })).count();
    assert_eq!(u32::try_from(whole).unwrap(), made.entries);
    assert_eq!(opened.documents.len(), 1);
    assert!(opened.documents[0].bytes.starts_with(b"%PDF"));
    let people = opened.tables.iter().find(|table| table.name == "people").unwrap();
    assert!(people.rows.iter().any(|row| row.iter().any(|cell| cell == &mother.to_string())));

    // Written again: the same entries and tables, in a handover of its own that says whose place it takes.
    let second = dir.path().join("again.sharewell");
    let rebuilt = handover::rebuild_handover(&mut vault, made.id, &second, at(300)).unwrap();
    assert_ne!(rebuilt.file_hash, made.file_hash, "every encryption is fresh");
    let bytes = std::fs::read(&second).unwrap();
    let reopened =
        sharewell_exchange::handover::read(&bytes[..], &identity, &roster, Default::default()).unwrap();
    assert_eq!((reopened.info.replaces, rebuilt.replaces), (Some(made.id), Some(made.id)));
    assert_eq!((reopened.info.id, opened.info.replaces), (rebuilt.id, None));
    assert_eq!((&reopened.lines, &reopened.tables), (&opened.lines, &opened.tables));
    let empty = handover::make_handover(&mut vault, &[case], &recipient, &path, at(301)).unwrap_err();
    assert!(
        matches!(empty, Error::NothingToHandOver { last: Some(last) } if last == rebuilt.id),
        "nothing is handed over twice: {empty}"
    );

    // Tables for a program that imports: asked for once, and the same whenever the file is written again.
    children::add_item(&mut vault, case, item("=1+1 stood on the note", vec![child]), at(302)).unwrap();
    let third = dir.path().join("strict.sharewell");
    let strict =
        HandOver::new(HandoverAsk::of(&[case], &recipient), third.clone()).with_tables(Profile::Strict);
    let strict = at_once(strict, &mut vault, at(303)).unwrap();
    let fourth = dir.path().join("strict-again.sharewell");
    handover::rebuild_handover(&mut vault, strict.id, &fourth, at(304)).unwrap();
    let read = |path: &std::path::Path| {
        let bytes = std::fs::read(path).unwrap();
        sharewell_exchange::handover::read(&bytes[..], &identity, &roster, Default::default()).unwrap()
    };
    let (strict, again) = (read(&third), read(&fourth));
    assert_eq!((opened.profile, reopened.profile), (Profile::SpreadsheetSafe, Profile::SpreadsheetSafe));
    assert_eq!((strict.profile, again.profile), (Profile::Strict, Profile::Strict));
    assert_eq!((&again.lines, &again.tables), (&strict.lines, &strict.tables));
}

#[test]
fn a_draft_and_every_word_in_it_survive_closing_and_opening_the_vault() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    let place = decide::answer(&mut vault, decision, &StepId("danger".into()), choice("no"), at(11)).unwrap();
    assert_eq!(asked(&place).step.id.0, "harm");
    decide::answer(&mut vault, decision, &StepId("harm".into()), choice("no"), at(12)).unwrap();
    let others = StepId("others".into());
    let typed = Answer::People { people: vec![], words: "the cousin who st".into() };
    decide::save_typing(&mut vault, decision, &others, typed.clone(), at(13)).unwrap();
    children::save_note(&mut vault, &format!("item:{case}"), "half a sen", at(13)).unwrap();
    start::remember_place(&mut vault, "/decide/x", at(14)).unwrap();
    start::close(vault, at(14)).unwrap();

    let wrong = start::unlock(dir.path(), secret("not the passphrase at all"), at(15)).unwrap_err();
    assert_eq!(Failure::from(wrong).code, Code::WrongPassphrase);
    let mut vault = start::unlock(dir.path(), secret(PASSPHRASE), at(16)).unwrap();
    let view = start::session(dir.path(), Some(&vault), false, None, at(16)).unwrap();
    assert_eq!((view.resume.as_deref(), view.counts.drafts), (Some("/decide/x"), 1));
    let resumed = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(17)).unwrap();
    let question = asked(&resumed);
    assert_eq!(
        (question.decision, question.step.id.clone()),
        (decision, others),
        "it goes on where it stopped"
    );
    assert_eq!(question.answer, Some(typed), "every word is there");
    assert_eq!(question.answers.len(), 2);
    assert_eq!(children::note(&vault, &format!("item:{case}")).unwrap().as_deref(), Some("half a sen"));
    children::save_note(&mut vault, &format!("item:{case}"), "", at(18)).unwrap();
    assert_eq!(children::note(&vault, &format!("item:{case}")).unwrap(), None, "an empty body clears it");
}

#[test]
fn changing_an_answer_tells_first_what_stays_and_what_falls_away() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let harm = StepId("harm".into());
    let change = decide::preview_change(&vault, outcome.decision, &harm, choice("yes"), at(70)).unwrap();
    assert!(!change.harmless);
    assert!(
        change.fall_away.iter().any(|line| line.step.0 == "consent"),
        "consent is not asked where harm is feared"
    );
    assert!(change.fall_away.iter().any(|line| line.step.0 == "others"), "asked again behind the advice");
    let same = decide::preview_change(&vault, outcome.decision, &harm, choice("no"), at(71)).unwrap();
    assert!(same.harmless, "the same answer changes nothing");

    let place = decide::answer(&mut vault, outcome.decision, &harm, choice("yes"), at(72)).unwrap();
    assert_eq!(asked(&place).step.id.0, "next-with");
    let back = decide::answer(&mut vault, outcome.decision, &harm, choice("no"), at(73)).unwrap();
    assert_eq!(advised(&back).kind, OutcomeKind::ShareWithoutConsent, "undone, every answer is back");
    let lost = decide::question(&vault, outcome.decision, &StepId("next-with".into()), at(74)).unwrap_err();
    let lost = Failure::from(lost);
    assert_eq!((lost.code, lost.field.as_deref()), (Code::NotFound, Some("next-with")));
}

#[test]
fn a_suggested_ground_is_changed_with_a_reason_and_follows_the_answers_where_it_was_not() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let suggested = outcome.draft.grounds.clone();
    let mut draft = signing(&outcome);
    draft.grounds.power = "Our own statute of 1702".into();
    decide::save_sign_off(&mut vault, outcome.decision, draft.clone(), at(79)).unwrap();
    let check = decide::check(&vault, outcome.decision, at(79)).unwrap();
    let needed = FieldFailure { field: "changed_because".into(), code: Code::ReasonMissing, length: None };
    assert_eq!(check.missing, [needed]);
    let unsigned = sign_off(&mut vault, outcome.decision, draft.clone(), at(80)).unwrap_err();
    assert_eq!(Failure::from(unsigned).field.as_deref(), Some("changed_because"));

    // The kind of body changes the lawful basis; what was typed over stays.
    let body = StepId("body".into());
    decide::answer(&mut vault, outcome.decision, &body, choice("private"), at(81)).unwrap();
    let now = decide::outcome(&vault, outcome.decision, at(82)).unwrap();
    assert_eq!(now.draft.grounds.power, "Our own statute of 1702");
    assert_ne!(now.draft.grounds.lawful_basis, suggested.lawful_basis, "a suggestion that nobody touched");

    let mut draft = now.draft.clone();
    draft.grounds.changed_because = "We are set up by it.".into();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(83)).unwrap();
    assert_eq!(signed.grounds.changed_because, "We are set up by it.");
}

#[test]
fn a_reason_is_not_kept_where_every_ground_stands_as_suggested() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let mut draft = signing(&outcome);
    draft.grounds.changed_because = "Typed, and then put back".into();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
    assert_eq!(signed.grounds.changed_because, "");
}

#[test]
fn a_decision_carries_the_checklists_that_were_gone_through() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let lists = decide::check(&vault, outcome.decision, at(78)).unwrap().lists;
    let one_off = lists.iter().find(|list| list.article == "ico-2011-one-off").unwrap();
    assert!(one_off.points.len() > 5 && !one_off.points[0].text.is_empty());
    let row =
        |point: &str, value: PointAnswer| CheckRow { point: point.into(), value, words: "seen today".into() };
    let mut draft = signing(&outcome);
    let list = |article: &str, rows: Vec<CheckRow>| CheckedList { article: article.into(), rows };
    draft.checklists = vec![
        list(
            "ico-2011-one-off",
            vec![
                row("harm", PointAnswer::Yes),
                row("exempt", PointAnswer::Blank),
                row("made-up", PointAnswer::Yes),
            ],
        ),
        list("ico-2021-annex-a", vec![row("aim", PointAnswer::Blank)]),
        list("golden-rules-2024", vec![row("rule-1", PointAnswer::Yes)]),
    ];
    let signed = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
    let [kept] = signed.checklists.as_slice() else { panic!("{:?}", signed.checklists) };
    assert_eq!(kept.title, one_off.title);
    let [point] = kept.rows.as_slice() else { panic!("only what was answered: {:?}", kept.rows) };
    assert_eq!((point.value, point.words.as_str()), (PointAnswer::Yes, "seen today"));
    let pdf = dir.path().join("decision.pdf");
    paper::save_decision_pdf(&mut vault, signed.id, &pdf, at(81)).unwrap();
    assert!(support::pdf::everything_in(&pdf)[0].1.contains("seen today"));
}

#[test]
fn not_sharing_where_harm_is_suspected_asks_for_the_leads_countersignature_the_same_day() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("behind", choices(&["home"])),
        ("signs", Answer::Choices { values: vec!["domestic".into()], words: String::new() }),
        ("asked", choice("unsafe")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(&mut vault, case, &said, 10);
    assert_eq!(outcome.kind, OutcomeKind::ShareWithoutConsent);
    assert!(outcome.countersign_if_not_shared);
    assert!(
        outcome.recipient.reach == "01632 960203",
        "the front door, in office hours: {:?}",
        outcome.recipient
    );
    assert!(outcome.first_action.contains("01632 960203"), "{}", outcome.first_action);

    let mut draft = signing(&outcome);
    draft.decided = Some(OutcomeKind::HoldAndSeekAdvice);
    decide::save_sign_off(&mut vault, outcome.decision, draft.clone(), at(79)).unwrap();
    let check = decide::check(&vault, outcome.decision, at(79)).unwrap();
    assert!(check.countersign);
    assert_eq!(
        check.missing,
        [FieldFailure { field: "otherwise".into(), code: Code::ReasonMissing, length: None }]
    );
    draft.otherwise = "The police asked us to wait until tonight.".into();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
    assert!(signed.countersign_wanted);
    let countersign = signed.obligations.iter().find(|one| one.duty == Duty::Countersign).unwrap();
    assert_eq!(countersign.due.unwrap().day(), at(80).day(), "the same day");
    let sharing =
        |one: &ObligationView| matches!(one.duty, Duty::RecordDisclosure | Duty::TellLimits | Duty::Act);
    assert!(!signed.obligations.iter().any(sharing), "nothing leaves, so nothing of a share follows");
    assert!(signed.obligations.iter().any(|one| one.duty == Duty::Review));
}

#[test]
fn where_coercion_is_possible_telling_later_is_suggested_and_never_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let decision =
        asked(&decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap())
            .decision;
    for (minute, (step, answer)) in [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("next-with", choice("later-today")),
        ("behind", choices(&["home"])),
        ("signs", choices(&["domestic"])),
        ("others", Answer::People { people: vec![], words: String::new() }),
        ("asked", choice("unsafe")),
        ("also-required", choice("no")),
        ("body", choice("public")),
    ]
    .into_iter()
    .enumerate()
    {
        let now = at(11 + i64::try_from(minute).unwrap());
        decide::answer(&mut vault, decision, &StepId(step.into()), answer, now).unwrap();
    }
    let step = StepId("tell-careful".into());
    let question = decide::question(&vault, decision, &step, at(30)).unwrap();
    assert!(question.advice.is_some(), "the advice stands in a band above the write-up");
    assert_eq!(question.answer, None, "nothing is chosen for the practitioner");
    let row = question.people.iter().find(|person| person.id == mother).unwrap();
    assert_eq!(row.later_because, Some(LaterBecause::CoercionPossible));
    assert_eq!(row.reason_for, ["not", "now"], "to wait is advised, and costs no reason");
    let spoke = question.people.iter().find(|person| person.id == child).unwrap();
    assert_eq!(spoke.later_because, Some(LaterBecause::ChildInPerson), "the child who spoke is not shut out");
    assert_eq!(spoke.reason_for, ["not"], "told now in person, or later where it is agreed so");
    let one_row = Answer::EachPerson {
        rows: vec![PersonChoice {
            person: Some(mother),
            name: "Jo".into(),
            value: "later".into(),
            reason: "r".into(),
        }],
    };
    let refused = decide::answer(&mut vault, decision, &step, one_row, at(31)).unwrap_err();
    assert_eq!(Failure::from(refused).code, Code::PersonRowMissing, "the child is decided about separately");
}

#[test]
fn consent_and_duties_cannot_be_decided_into_being_and_an_emergency_is_never_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    assert!(!outcome.other_kinds.contains(&OutcomeKind::ShareWithConsent), "somebody said no");
    assert!(!outcome.other_kinds.contains(&OutcomeKind::MustShare), "no duty was confirmed");
    let mut draft = signing(&outcome);
    draft.decided = Some(OutcomeKind::ShareWithConsent);
    draft.otherwise = "I feel she would agree.".into();
    let refused = Failure::from(sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap_err());
    assert_eq!((refused.code, refused.field.as_deref()), (Code::NotReady, Some("decided")));
    let bare = SignOffInput { decided: Some(OutcomeKind::EmergencyShare), ..SignOffInput::default() };
    let signed = sign_off(&mut vault, outcome.decision, bare, at(81)).unwrap();
    assert!(signed.obligations.iter().any(|one| one.duty == Duty::WriteUp), "told at once, written up after");
    assert!(!signed.countersign_wanted, "sharing sooner needs no countersignature");
}

#[test]
fn advice_in_which_the_child_was_named_outside_the_agency_is_logged_as_a_disclosure() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    let named = Answer::Adviser {
        who: "Rhian Fictley, school".into(),
        own_agency: false,
        named: true,
        result: AdviserResult::Agrees,
        said: "She knows Ayla and would want to hear.".into(),
    };
    for (minute, (step, answer)) in [
        ("danger", choice("no")),
        ("harm", choice("no")),
        ("others", Answer::People { people: vec![], words: String::new() }),
        ("purpose", choice("not_sure")),
        ("purpose@advice", named),
    ]
    .into_iter()
    .enumerate()
    {
        let now = at(11 + i64::try_from(minute).unwrap());
        decide::answer(&mut vault, decision, &StepId(step.into()), answer, now).unwrap();
    }
    decide::discard_draft(&mut vault, decision, "Not mine to decide", at(30)).unwrap();
    let file = children::child_file(&mut vault, case, at(31)).unwrap();
    assert_eq!(file.disclosures.len(), 1, "the talk happened, whatever became of the decision");
    assert_eq!(file.disclosures[0].recipient, "Rhian Fictley, school");
}

/// A list reads less than a decision's page does. Whom a duty is about must not differ for it, also where an answer
/// names somebody who is nobody of the file.
#[test]
fn a_duty_in_a_list_is_called_as_its_decision_calls_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, mother) = family(&mut vault);
    let others = Answer::People { people: vec![mother], words: "Rhian's two boys".into() };
    let mut said = refusal();
    said.retain(|(step, _)| *step != "others");
    said.push(("others", others));
    let outcome = answer_all(&mut vault, case, &said, 10);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let list = all_to_do(&vault, at(81));
    for line in &list {
        let on_page = signed.obligations.iter().find(|one| one.id == Some(line.id)).unwrap();
        assert_eq!((&line.title, &line.hint), (&on_page.title, &on_page.hint));
        assert_eq!(line.child, "Ayla Sampleton");
    }
    let linked = |about: &str| list.iter().any(|line| line.title.contains(about));
    assert!(linked("Rhian's two boys"), "in words: {list:?}");
    let name = children::child_file(&mut vault, case, at(82)).unwrap();
    let name = &name.people.iter().find(|one| one.person.id == mother).unwrap().person.name;
    assert!(linked(name), "of the file: {list:?}");
}

#[test]
fn logging_what_left_closes_the_duty_to_log_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let open = |vault: &sharewell_casework::Vault| {
        all_to_do(vault, at(81)).iter().any(|line| line.duty == Duty::RecordDisclosure)
    };
    assert!(open(&vault));
    let disclosure = DisclosureInput {
        decision: Some(signed.id),
        somebody_else: false,
        recipient: "Mrs Fictley".into(),
        recipient_role: "Deputy head".into(),
        when: Some(sharewell_casework::views::LeftTyped::Now),
        check: Some(sharewell_records::CheckedBy::RangBack),
        in_danger: false,
        checked: "Rang back on the school's number".into(),
        route: Some(Route::Telephone),
        what: "Breakfast".into(),
        why: "A quiet start".into(),
        limits: "For school only".into(),
        happened: false,
        names_meant: false,
        as_decided: false,
    };
    children::record_disclosure(&mut vault, case, disclosure, at(82)).unwrap();
    assert!(!open(&vault));
}
