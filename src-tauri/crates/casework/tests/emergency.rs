//! A child in danger now: nothing refuses it, and two duties follow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, children, decide, emergency, handover, paper, start, today};
use sharewell_exchange::keys::Identity;
use support::pdf::everything_in;
use support::*;

fn typed(case: Option<CaseId>, child: &str) -> EmergencyInput {
    EmergencyInput {
        case,
        child: child.into(),
        attempts: vec![AttemptInput {
            who: "Police".into(),
            number: "999".into(),
            result: AttemptResult::Told,
            said: String::new(),
            at: None,
        }],
        told: "A child alone at an open window on the second floor.".into(),
        others_at_risk: String::new(),
        worker_safe: Some(true),
    }
}

fn write_up(case: CaseId) -> WriteUpInput {
    WriteUpInput {
        case: Some(case),
        account: "Rang 999 and stayed below the window.".into(),
        why_urgent: "A small child alone at an open window.".into(),
        explained: "Jo was told on the spot.".into(),
        held_back: String::new(),
        staff: false,
        restricted_file: None,
    }
}

#[test]
fn an_emergency_is_recorded_without_a_file_a_confirmed_code_or_any_filled_field() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = unconfirmed(dir.path());
    let empty = EmergencyInput {
        case: None,
        child: String::new(),
        attempts: vec![],
        told: String::new(),
        others_at_risk: String::new(),
        worker_safe: None,
    };
    let saved = emergency::record_emergency(&mut vault, None, empty, at(1)).unwrap();
    let told = emergency::record_emergency(&mut vault, Some(saved.id), typed(None, "Ayla"), at(2)).unwrap();
    assert_eq!(
        (told.id, told.recorded_at),
        (saved.id, at(1)),
        "it goes on under the moment of the first record"
    );
    assert_eq!(told.attempts[0].at, at(2), "an attempt's time is set when it is first saved");
    assert_eq!(
        told.write_up_by.to_string(),
        "2026-10-07T17:00:00.000+01:00",
        "the end of the next working day"
    );
    let home = today::today(&vault, at(3)).unwrap();
    let duties: Vec<Duty> = home.to_do.iter().map(|line| line.duty).collect();
    assert_eq!(duties, [Duty::DiscussWithAdviser, Duty::WriteUp], "the lead hears of it today; both once");
    assert!(home.to_do.iter().all(|line| line.child == "Ayla" && !line.title.is_empty()));
}

#[test]
fn a_day_without_guidance_says_so_and_its_emergencies_still_work() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = children::open_case(&mut vault, new_case("Isla Notreal", Nation::Scotland), at(1)).unwrap();
    // The oldest guidance carried for Scotland is of 2023.
    let before = moment("2021-03-01T09:00:00Z");
    let refused =
        decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), before).unwrap_err();
    let refused = Failure::from(refused);
    assert_eq!((refused.code, refused.place.as_deref()), (Code::NoPack, Some("scotland")));
    let told = emergency::record_emergency(&mut vault, None, typed(Some(case), ""), at(3)).unwrap();
    assert_eq!(told.child, "Isla Notreal");
}

#[test]
fn the_write_up_is_dated_later_logs_who_was_told_and_closes_its_duty() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let told = emergency::record_emergency(&mut vault, None, typed(None, "Ayla"), at(1)).unwrap();
    let (case, ..) = family(&mut vault);
    let missing = WriteUpInput { why_urgent: " ".into(), ..write_up(case) };
    let refused =
        Failure::from(emergency::write_up_emergency(&mut vault, told.id, missing, at(4)).unwrap_err());
    assert_eq!((refused.code, refused.field.as_deref()), (Code::Missing, Some("why_urgent")));
    let view = emergency::write_up_emergency(&mut vault, told.id, write_up(case), at(90)).unwrap();
    assert_eq!((view.case, view.write_up.as_ref().unwrap().at), (Some(case), at(90)));
    let home = today::today(&vault, at(91)).unwrap();
    assert!(home.to_do.iter().all(|line| line.duty != Duty::WriteUp), "the duty is closed");
    let file = children::child_file(&mut vault, case, at(92)).unwrap();
    assert_eq!(file.disclosures.len(), 1, "whoever was told stands among what left");
    assert_eq!(file.disclosures[0].at, at(1), "at the time of the call");
    let again = emergency::write_up_emergency(&mut vault, told.id, write_up(case), at(93)).unwrap_err();
    assert_eq!(Failure::from(again).code, Code::AlreadySettled);
    let more =
        emergency::record_emergency(&mut vault, Some(told.id), typed(None, "Ayla"), at(94)).unwrap_err();
    assert_eq!(Failure::from(more).code, Code::AlreadySettled);
    let path = dir.path().join("emergency.pdf");
    paper::save_emergency_pdf(&mut vault, told.id, &path, at(95)).unwrap();
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_call_that_they_would_not_take_is_written_down_and_tells_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let refused = |said: &str, at: Option<Moment>| AttemptInput {
        who: "Northmere front door".into(),
        number: "01632 960203".into(),
        result: AttemptResult::Refused,
        said: said.into(),
        at,
    };
    let first = EmergencyInput { attempts: vec![refused("", None)], ..typed(Some(case), "") };
    let made = emergency::record_emergency(&mut vault, None, first.clone(), at(1)).unwrap();
    assert_eq!((made.attempts[0].at, made.gaps.len()), (at(1), 0), "it stands before anything is asked");
    let said = "Their manager decides, by 15:00";
    let then = typed(Some(case), "").attempts.remove(0);
    let more = EmergencyInput { attempts: vec![refused(said, Some(at(1))), then], ..first };
    emergency::record_emergency(&mut vault, Some(made.id), more, at(3)).unwrap();
    emergency::write_up_emergency(&mut vault, made.id, write_up(case), at(90)).unwrap();
    let left = children::child_file(&mut vault, case, at(92)).unwrap().disclosures;
    assert_eq!(left.iter().map(|one| one.recipient.as_str()).collect::<Vec<_>>(), ["Police"]);
    let path = dir.path().join("emergency.pdf");
    paper::save_emergency_pdf(&mut vault, made.id, &path, at(95)).unwrap();
    let pages = everything_in(&path).remove(0).1;
    assert!(pages.contains("They would not take it") && pages.contains(said), "{pages}");
}

#[test]
fn what_was_told_before_there_was_a_file_goes_along_with_its_handover() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let told = emergency::record_emergency(&mut vault, None, typed(None, "Ayla"), at(1)).unwrap();
    let (case, ..) = family(&mut vault);
    emergency::write_up_emergency(&mut vault, told.id, write_up(case), at(90)).unwrap();
    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut vault, &recipient, "Council", at(91)).unwrap();
    let path = dir.path().join("handover.sharewell");
    handover::make_handover(&mut vault, &[case], &recipient, &path, at(92)).unwrap();
    let handed = allegation::opened(&vault, &path, &identity);
    let all = allegation::words_of(&handed).concat();
    assert!(all.contains("A child alone at an open window on the second floor."), "what was told");
    assert!(all.contains("Rang 999 and stayed below the window."), "and what was written up");
    assert_eq!(handed.documents.len(), 1, "with its paper");
}

#[test]
fn the_numbers_stand_on_the_lock_screen_and_999_is_always_first() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(dir.path());
    let open = emergency::emergency_numbers(dir.path(), Some(&vault), at(1)).unwrap();
    start::close(vault, at(1)).unwrap();
    let locked = start::session(dir.path(), None, false, None, at(2)).unwrap();
    assert_eq!(locked.phase, Phase::Locked);
    assert_eq!(locked.numbers, open);
    let numbers: Vec<(NumberKind, &str)> =
        locked.numbers.numbers.iter().map(|one| (one.kind, one.number.as_str())).collect();
    assert_eq!(
        numbers,
        [
            (NumberKind::Police, "999"),
            (NumberKind::FrontDoor, "01632 960203"),
            (NumberKind::OutOfHours, "0808 157 0204"),
            (NumberKind::Lead, "01632 960202")
        ]
    );
    std::fs::remove_file(dir.path().join("vault.local")).unwrap();
    let bare = emergency::emergency_numbers(dir.path(), None, at(2)).unwrap();
    assert_eq!(bare.numbers[0].number, "999", "whatever happened to the file beside the vault");
}

#[test]
fn immediate_danger_is_advised_at_once_and_signed_with_nothing_but_the_choice() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    let place =
        decide::answer(&mut vault, decision, &StepId("danger".into()), choice("not_sure"), at(11)).unwrap();
    let outcome = advised(&place);
    assert_eq!((outcome.kind, outcome.recipient.reach.as_str()), (OutcomeKind::EmergencyShare, "999"));
    let draft = SignOffInput { decided: Some(OutcomeKind::EmergencyShare), ..SignOffInput::default() };
    let signed = sign_off(&mut vault, decision, draft, at(12)).unwrap();
    assert!(
        signed.obligations.iter().any(|one| one.duty == Duty::WriteUp),
        "the write-up has its own deadline"
    );
}
