//! What is known is not asked, and what is owed fits: the kind of agency, a child who is not born, a call to chase, what
//! must not be done.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, children, decide, settings, today};
use sharewell_vault::{decisions, practitioner as own};
use support::*;

fn harm(sign: &str) -> Vec<(&'static str, Answer)> {
    vec![
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("behind", choices(&[if sign == "domestic" { "home" } else { "stranger" }])),
        ("signs", Answer::Choices { values: vec![sign.into()], words: String::new() }),
        ("asked", words("no-time", "Nobody could be reached.")),
        ("body", choice("public")),
    ]
}

fn body(vault: &Vault) -> Option<AgencyBody> {
    vault.read(own::current).unwrap().record.body
}

fn has(outcome: &OutcomeView, step: &str) -> bool {
    outcome.answers.iter().any(|line| line.step.0 == step)
}

fn basis(outcome: &OutcomeView) -> String {
    outcome.draft.grounds.lawful_basis.clone()
}

#[test]
fn what_kind_of_body_the_agency_is_is_asked_in_one_decision_and_never_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    assert_eq!(body(&vault), None);
    let first = answer_all(&mut vault, case, &harm("injury-neglect"), 10);
    assert!(has(&first, "body"), "the first decision asks, and shows it as an answer");
    assert_eq!(body(&vault), Some(AgencyBody::Public));

    // It is changed in the draft that asked as any other answer is, and the settings follow.
    let step = StepId("body".into());
    decide::answer(&mut vault, first.decision, &step, choice("private"), at(80)).unwrap();
    assert_eq!(body(&vault), Some(AgencyBody::Private));
    decide::answer(&mut vault, first.decision, &step, choice("public"), at(81)).unwrap();
    let first = decide::outcome(&vault, first.decision, at(82)).unwrap();
    sign_off(&mut vault, first.decision, signing(&first), at(83)).unwrap();

    let second = answer_all(&mut vault, case, &harm("injury-neglect"), 100);
    assert!(!has(&second, "body") && second.not_asked.iter().any(|one| one.step == step));
    assert_eq!(basis(&second), basis(&first));
    sign_off(&mut vault, second.decision, signing(&second), at(180)).unwrap();

    let changed = NewPractitioner { body: Some(AgencyBody::Private), ..practitioner() };
    settings::save_practitioner(&mut vault, changed, "We became a charity.", at(190)).unwrap();
    let third = answer_all(&mut vault, case, &harm("injury-neglect"), 200);
    assert_ne!(basis(&third), basis(&second), "the settings count from then on");
    let kept = vault.read(|r| decisions::get(r, second.decision)).unwrap().record;
    assert_eq!(kept.known["agency_body"], Known::Word("public".into()), "what was signed is frozen");
}

#[test]
fn grounds_stand_settled_on_the_advice_once_the_kind_of_body_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let known = NewPractitioner { body: Some(AgencyBody::Public), ..practitioner() };
    settings::save_practitioner(&mut vault, known, "Said at once.", at(0)).unwrap();
    let (case, ..) = family(&mut vault);
    let mut place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(5)).unwrap();
    for minute in 6..12 {
        let Place::Question { question } = &place else { break };
        let answer = reply(question, &harm("injury-neglect"));
        let (decision, step) = (question.decision, question.step.id.clone());
        place = decide::answer(&mut vault, decision, &step, answer, at(minute)).unwrap();
    }
    let advice = advised(&place);
    assert!(advice.write_up_next.is_some(), "the write-up is not begun");
    let grounds: Vec<&str> = advice.grounds.iter().map(|one| one.suggested.as_str()).collect();
    assert!(grounds.iter().any(|one| one.starts_with("Public task")), "{grounds:?}");
    assert!(!grounds.iter().any(|one| one.contains("Settle which") || one.contains("Say which")));
}

#[test]
fn no_grounds_stand_beside_an_advice_that_shares_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let no = gates(&[("purpose", choice("none")), ("welfare", choice("no"))]);
    let no: Vec<_> = no.into_iter().rev().collect();
    let outcome = answer_all(&mut vault, case, &no, 10);
    assert_eq!(outcome.kind, OutcomeKind::DoNotShare);
    assert!(outcome.grounds.is_empty(), "{:?}", outcome.grounds);
    let law = outcome.notices.iter().filter(|one| one.kind == NoticeSort::Law);
    assert_eq!(law.count(), 1, "beside what is said and done with the no");
    assert!(outcome.obligations.iter().all(|one| one.duty != Duty::Explain && one.duty != Duty::Escalate));
}

#[test]
fn what_must_not_be_done_is_a_line_and_no_duty_before_and_after_the_sign_off() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &harm("domestic"), 10);
    let ban = |notices: &[NoticeView]| {
        notices
            .iter()
            .any(|one| one.kind == NoticeSort::Ban && one.title.starts_with("Tell and confront nobody"))
    };
    assert!(ban(&outcome.notices), "{:?}", outcome.notices);
    assert!(!outcome.obligations.iter().any(|one| one.title.starts_with("Tell and confront nobody")));
    let mut typed = signing(&outcome);
    for row in &mut typed.telling {
        (row.when, row.why) = (WhenTold::Later, "When social care say so.".into());
    }
    let signed = sign_off(&mut vault, outcome.decision, typed, at(80)).unwrap();
    assert!(ban(&signed.notices), "it stands where the decision is read");
}

#[test]
fn a_child_who_is_not_born_has_no_views_to_hear_and_is_called_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut file = new_case("Unborn baby of Gwen Smith", Nation::England);
    file.child.birth = Some(BirthTyped::Expected { on: DayTyped::from(day(2027, 2, 14)) });
    let case = children::open_case(&mut vault, file, at(1)).unwrap();
    let begun = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(5)).unwrap();
    let question = &asked(&begun).step.question;
    assert_eq!(question, "Is anyone in danger right now: the unborn baby or someone else?");
    let outcome = answer_from(&mut vault, begun, &harm("injury-neglect"), 10);
    assert!(outcome.kind.shares() && outcome.obligations.iter().all(|one| one.duty != Duty::HearViews));
}

#[test]
fn a_call_is_chased_from_the_day_after_whatever_was_said_of_it_until_they_say_what_they_will_do() {
    for note in ["Ms Nosuch took it on and rings back at three.", "No answer. I left a message."] {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let (case, ..) = family(&mut vault);
        let outcome = answer_all(&mut vault, case, &harm("injury-neglect"), 10);
        assert!(
            !outcome.obligations.iter().any(|one| one.duty == Duty::Escalate),
            "the call may be answered yet"
        );
        let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
        assert!(!signed.obligations.iter().any(|one| one.duty == Duty::Escalate));

        let (same_day, next_day) = (at(300), at(24 * 60));
        let chase = |vault: &Vault, now| {
            let lines = all_to_do(vault, now);
            let counted = today::today(vault, now).unwrap().to_do_in_all;
            assert_eq!(lines.len(), counted as usize, "what is hidden is not counted");
            lines.iter().any(|line| line.duty == Duty::Escalate)
        };
        assert!(!chase(&vault, same_day));
        let act = signed.obligations.iter().find(|one| one.duty == Duty::Act).unwrap().id.unwrap();
        let how = Settlement::Done { note: note.into() };
        today::settle_obligation(&mut vault, act, how, same_day).unwrap();
        assert!(!chase(&vault, same_day));
        assert!(chase(&vault, next_day), "told is not acknowledged: {note:?}");
        let line = children::children(&vault, "", None, next_day).unwrap().lines[0].to_do;
        let file = children::child_file(&mut vault, case, next_day).unwrap();
        assert_eq!(line as usize, file.to_do.len());
        let own = file.to_do.iter().find(|one| one.duty == Duty::Escalate).expect("it is chased").id;
        let unsaid = Settlement::Done { note: String::new() };
        assert!(today::settle_obligation(&mut vault, own, unsaid, next_day).is_err(), "what will they do?");
        let how = Settlement::Done { note: "Ms Nosuch visits tonight.".into() };
        today::settle_obligation(&mut vault, own, how, next_day).unwrap();
        assert!(!chase(&vault, next_day));
    }
}

#[test]
fn a_source_is_said_once_with_its_paragraphs_and_nothing_of_how_it_was_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(5)).unwrap();
    let outcome = answer_from(&mut vault, place, &gates(&[]), 10);
    let purpose = StepId("purpose".into());
    let asked = decide::question(&vault, outcome.decision, &purpose, at(70)).unwrap();
    let codes: Vec<&str> = asked.step.sources.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes[0], "S19, S20, S22, S64");
    for source in &asked.step.sources {
        let same = asked.step.sources.iter().filter(|one| one.title == source.title);
        assert_eq!(same.count(), 1, "{}", source.title);
        assert!(!source.publisher.contains("copy read"), "{}", source.publisher);
    }
}

#[test]
fn a_doubt_about_somebody_who_works_with_children_goes_apart_and_the_officer_hears_of_it_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let said = [
        ("danger", choice("no")),
        ("harm", choice("not_sure")),
        ("next-with", choice("within-hour")),
        ("behind", choices(&["works-with-children", "young-person"])),
        ("signs", choice("not_sure")),
        ("asked", words("no-time", "Nobody could be reached.")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(&mut vault, case, &said, 10);
    let shared = ("share-harm-staff-now", OutcomeKind::ShareWithoutConsent);
    assert_eq!((outcome.id.as_str(), outcome.kind), shared, "whatever the doubt");
    assert!(outcome.apart && outcome.due_now, "kept out of their reach, and rung about now");
    let officer =
        |all: &[ObligationView]| all.iter().filter(|one| one.title.contains("designated officer")).count();
    assert_eq!(officer(&outcome.obligations), 1, "{:?}", outcome.obligations);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    assert_eq!(officer(&signed.obligations), 1);
    assert!(signed.restricted.is_some(), "it is signed into a restricted file");
}

#[test]
fn what_is_done_at_once_stands_before_and_after_the_sign_off_and_what_is_not_confirmed_is_shown_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let mut said = harm("suicide");
    said.push(("next-with", choice("within-hour")));
    said[2] = ("behind", choices(&["nobody-else"]));
    let outcome = answer_all(&mut vault, case, &said, 10);
    assert_eq!(outcome.id, "share-harm-now");
    let line = |notices: &[NoticeView], id: &str| notices.iter().find(|one| one.id == id).cloned();
    let crisis = line(&outcome.notices, "suicide").unwrap();
    assert!(crisis.kind == NoticeSort::Do && crisis.unconfirmed, "{crisis:?}");
    assert!(!line(&outcome.notices, "no-is-heard").unwrap().unconfirmed);
    assert!(line(&outcome.notices, "door").is_none(), "who is in danger from themself is stayed with");
    assert!(line(&outcome.notices, "tell-parent").is_some() && line(&outcome.notices, "tell-hold").is_none());
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    assert!(line(&signed.notices, "suicide").is_some(), "it stands where the decision is read");
}
