//! A call about a decision: what *told* takes, what it closes, whom no answer brings forward, and what the record shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, calls, children, decide, paper};
use support::harmed::{harmed, signed};
use support::pdf::everything_in;
use support::*;

/// A file with a note of each mark, and the advice to share since a child is harmed.
fn advised(vault: &mut Vault) -> (CaseId, OutcomeView) {
    let harmed = harmed(vault);
    (harmed.case, harmed.outcome)
}

/// The key of the act.
fn act(outcome: &OutcomeView) -> String {
    let act = outcome.obligations.iter().find(|one| one.duty == Duty::Act).unwrap();
    assert!(act.call, "the act is done by a call");
    act.key.clone()
}

fn typed(view: &CallView, end: CallEndSort) -> CallInput {
    let rung = &view.rungs[view.at as usize];
    CallInput {
        rung: rung.rung,
        number: rung.number.clone(),
        found: None,
        said: Vec::new(),
        end: Some(end),
        who: String::new(),
        job: String::new(),
        reference: String::new(),
        time: String::new(),
        will_do: String::new(),
        by_when: String::new(),
        why: None,
        who_decides: String::new(),
    }
}

fn told(view: &CallView) -> CallInput {
    CallInput {
        who: "call taker 4".into(),
        job: "duty social worker".into(),
        reference: "NM-4471".into(),
        time: "9:50".into(),
        will_do: "Ring back with a plan for the gate".into(),
        by_when: "14:30".into(),
        said: view
            .say
            .iter()
            .filter(|line| line.part == SayPart::Note)
            .map(|line| line.key.clone())
            .collect(),
        ..typed(view, CallEndSort::Told)
    }
}

fn file(vault: &mut Vault, case: CaseId) -> ChildFileView {
    children::child_file(vault, case, at(200)).unwrap()
}

#[test]
fn it_is_said_in_order_who_you_are_who_it_is_about_fact_reported_opinion_and_what_to_ask() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (_, outcome) = advised(&mut vault);
    let view = calls::call(&vault, outcome.decision, &act(&outcome), at(60)).unwrap();
    let parts: Vec<_> = view.say.iter().map(|line| (line.part, line.mark)).collect();
    let note = |mark| (SayPart::Note, Some(mark));
    assert_eq!(
        parts[..5],
        [
            (SayPart::WhoYouAre, None),
            (SayPart::About, None),
            note(Mark::Fact),
            note(Mark::Reported),
            note(Mark::Opinion)
        ]
    );
    assert!(parts[5..].iter().all(|(part, _)| *part == SayPart::Ask) && parts.len() > 5, "{parts:?}");
    assert!(view.say[0].text.contains("Nia Exampleton") && view.say[1].text.contains("Ayla Sampleton"));
    assert!(!view.limits.is_empty(), "what must not be done is said too");
    assert_eq!(view.rungs[0].number, "01632 960203");
    assert_eq!(view.rungs[0].found, NumberFound::OwnDetails);
}

#[test]
fn told_takes_a_name_and_a_time_and_a_desk_is_no_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, outcome) = advised(&mut vault);
    let (decision, key) = (signed(&mut vault, &outcome), act(&outcome));
    let view = calls::call(&vault, decision, &key, at(85)).unwrap();
    let gaps = |typed: &CallInput| -> Vec<_> {
        let gaps = calls::call_gaps(&vault, decision, &key, typed, at(85)).unwrap();
        gaps.into_iter().map(|one| (one.field, one.code)).collect()
    };
    let whole = told(&view);
    assert_eq!(gaps(&whole), []);
    let nobody = CallInput { who: " ".into(), time: String::new(), ..whole.clone() };
    assert_eq!(gaps(&nobody), [("time".to_owned(), Code::TimeMissing), ("who".to_owned(), Code::Missing)]);
    let desk = CallInput { who: "fablewell front door".into(), ..whole.clone() };
    assert_eq!(gaps(&desk), [("who".to_owned(), Code::NotAnOption)]);
    let later = CallInput { time: "18:00".into(), ..whole.clone() };
    assert_eq!(gaps(&later), [("time".to_owned(), Code::TimeToCome)]);
    let refused = Failure::from(calls::record_call(&mut vault, decision, &key, &desk, at(86)).unwrap_err());
    assert_eq!(refused.field.as_deref(), Some("who"));
    assert!(file(&mut vault, case).to_do.iter().any(|one| one.duty == Duty::Act));
}

#[test]
fn told_closes_the_act_and_logs_what_left_and_nothing_less_does() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, outcome) = advised(&mut vault);
    let (decision, key) = (signed(&mut vault, &outcome), act(&outcome));
    let open = |vault: &mut Vault| file(vault, case).to_do.iter().any(|one| one.duty == Duty::Act);
    let still = |why| {
        let view = calls::call(&vault, decision, &key, at(85)).unwrap();
        CallInput { why: Some(why), ..typed(&view, CallEndSort::StillTrying) }
    };
    let voicemail = still(NotYetTold::Voicemail);
    let after = calls::record_call(&mut vault, decision, &key, &voicemail, at(86)).unwrap();
    assert_eq!(after.at, 0, "a message tells nobody: the same number stays");
    assert!(open(&mut vault) && !after.closed);
    let after = calls::record_call(&mut vault, decision, &key, &told(&after), at(90)).unwrap();
    assert!(after.closed && !open(&mut vault));
    assert_eq!(after.tries.len(), 2);
    let view = file(&mut vault, case);
    assert!(!view.to_do.iter().any(|one| one.duty == Duty::RecordDisclosure), "the log is written");
    assert!(view.to_do.iter().any(|one| one.duty == Duty::ConfirmInWriting), "paper follows on its own");
    let left = view.disclosures.first().unwrap();
    assert_eq!(left.recipient, "call taker 4");
    assert!(left.what.contains("A burn on her left hand"), "{}", left.what);
    let calls: Vec<_> = view
        .timeline
        .iter()
        .filter_map(|line| match &line.what {
            TimelineWhat::Other { kind, reason, .. } if kind == "call_made" => Some(reason.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(calls.len(), 2, "{calls:?}");
    assert!(calls.iter().any(|one| one.contains("NM-4471") && one.contains("14:30")), "{calls:?}");
    let path = dir.path().join("decision.pdf");
    paper::save_decision_pdf(&mut vault, decision, &path, at(95)).unwrap();
    let pages = everything_in(&path).remove(0).1;
    assert!(pages.contains("call taker 4") && pages.contains("left a message"), "{pages}");
}

#[test]
fn no_answer_and_a_refusal_bring_forward_the_next_and_telling_the_lead_closes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, outcome) = advised(&mut vault);
    let (decision, key) = (signed(&mut vault, &outcome), act(&outcome));
    let view = calls::call(&vault, decision, &key, at(85)).unwrap();
    let sorts: Vec<_> = view.rungs.iter().map(|one| one.rung).collect();
    use RungSort::{Adviser, FrontDoor, NightService, Police};
    assert_eq!(sorts, [FrontDoor, NightService, Police, Adviser]);
    let none = typed(&view, CallEndSort::NoAnswer);
    let view = calls::record_call(&mut vault, decision, &key, &none, at(86)).unwrap();
    assert_eq!(view.at, 1);
    let unsaid = typed(&view, CallEndSort::Refused);
    let fault = Failure::from(calls::record_call(&mut vault, decision, &key, &unsaid, at(87)).unwrap_err());
    let fields: Vec<_> = fault.fields.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["who_decides", "by_when"]);
    let refused = CallInput {
        who: "Sam Mockford".into(),
        who_decides: "their manager".into(),
        by_when: "15:00".into(),
        ..unsaid
    };
    let view = calls::record_call(&mut vault, decision, &key, &refused, at(88)).unwrap();
    assert_eq!(view.at, 2);
    let lead =
        CallInput { rung: Adviser, number: "01632 960202".into(), who: "Ada Mockford".into(), ..told(&view) };
    let view = calls::record_call(&mut vault, decision, &key, &lead, at(90)).unwrap();
    assert!(!view.closed, "social care still has to be told");
    assert!(file(&mut vault, case).disclosures.is_empty(), "nothing left the agency");
    let night = CallInput { rung: NightService, ..told(&view) };
    assert!(calls::record_call(&mut vault, decision, &key, &night, at(92)).unwrap().closed);
}

#[test]
fn a_call_beside_the_advice_is_kept_and_written_down_with_the_signature() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, outcome) = advised(&mut vault);
    let (decision, key) = (outcome.decision, act(&outcome));
    let view = calls::call(&vault, decision, &key, at(60)).unwrap();
    let none = typed(&view, CallEndSort::NoAnswer);
    let view = calls::record_call(&mut vault, decision, &key, &none, at(75)).unwrap();
    let view = calls::record_call(&mut vault, decision, &key, &told(&view), at(81)).unwrap();
    assert!(view.closed && view.obligation.is_none());
    assert!(file(&mut vault, case).disclosures.is_empty(), "nothing is in the record before the signature");
    let on_advice = decide::outcome(&vault, decision, at(78)).unwrap();
    let act = on_advice.obligations.iter().find(|one| one.key == key).unwrap();
    assert_eq!((act.state, act.calls.len()), (DutyState::Done, 2));
    signed(&mut vault, &outcome);
    let view = file(&mut vault, case);
    assert!(!view.to_do.iter().any(|one| matches!(one.duty, Duty::Act | Duty::RecordDisclosure)));
    assert_eq!(view.disclosures.len(), 1);
    let after = calls::call(&vault, decision, &key, at(90)).unwrap();
    assert_eq!(after.tries.len(), 2);
    assert!(after.closed && after.obligation.is_some());
}

#[test]
fn calls_of_a_decision_that_is_given_up_stay_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, outcome) = advised(&mut vault);
    let (decision, key) = (outcome.decision, act(&outcome));
    let view = calls::call(&vault, decision, &key, at(60)).unwrap();
    calls::record_call(&mut vault, decision, &key, &told(&view), at(81)).unwrap();
    decide::discard_draft(&mut vault, decision, "Somebody else decides it.", at(82)).unwrap();
    let view = file(&mut vault, case);
    assert_eq!(view.disclosures.len(), 1, "what was said has left");
    let kinds = view.timeline.iter().filter(|line| match &line.what {
        TimelineWhat::Other { kind, .. } => kind == "call_made",
        _ => false,
    });
    assert_eq!(kinds.count(), 1);
}

#[test]
fn a_number_that_they_gave_leaves_it_to_be_made_sure_who_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, outcome) = advised(&mut vault);
    let (decision, key) = (signed(&mut vault, &outcome), act(&outcome));
    let view = calls::call(&vault, decision, &key, at(85)).unwrap();
    let gave = CallInput { number: "01632 960999".into(), found: Some(NumberFound::TheyGave), ..told(&view) };
    calls::record_call(&mut vault, decision, &key, &gave, at(90)).unwrap();
    assert!(file(&mut vault, case).to_do.iter().any(|one| one.duty == Duty::VerifyRecipient));
}

#[test]
fn a_chase_closes_on_what_they_will_do_and_a_duty_without_a_call_has_no_card() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (_, outcome) = advised(&mut vault);
    let decision = signed(&mut vault, &outcome);
    let view = decide::decision(&vault, decision, at(2000)).unwrap();
    let chase = view.obligations.iter().find(|one| one.duty == Duty::Escalate).unwrap();
    assert!(chase.call);
    let card = calls::call(&vault, decision, &chase.key, at(2000)).unwrap();
    let silent = CallInput { will_do: String::new(), ..told(&card) };
    let gaps = calls::call_gaps(&vault, decision, &chase.key, &silent, at(2000)).unwrap();
    assert_eq!(gaps.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["will_do"]);
    let other = view.obligations.iter().find(|one| !one.call).unwrap();
    assert!(calls::call(&vault, decision, &other.key, at(2000)).is_err());
}

#[test]
fn what_was_told_in_the_call_is_confirmed_without_choosing_it_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, outcome) = advised(&mut vault);
    signed(&mut vault, &outcome);
    let key = act(&outcome);
    let view = calls::call(&vault, outcome.decision, &key, at(85)).unwrap();
    let thought = view.say.iter().find(|line| line.mark == Some(Mark::Opinion)).unwrap().key.clone();
    let seen = view.say.iter().find(|line| line.mark == Some(Mark::Fact)).unwrap().key.clone();
    let said = told(&view).said.into_iter().filter(|key| *key != thought).collect();
    calls::record_call(&mut vault, outcome.decision, &key, &CallInput { said, ..told(&view) }, at(86))
        .unwrap();

    let to_do = file(&mut vault, case).to_do;
    let duty = to_do.iter().find(|one| one.duty == Duty::ConfirmInWriting).unwrap().id;
    let confirms = paper::referral(&vault, duty, at(90)).unwrap();
    let count = confirms.notes;
    assert_eq!((count.held, count.goes, count.open, confirms.said), (3, 2, 1, 2), "{count:?}");
    let text = |part| confirms.sections.iter().find(|one| one.part == part).unwrap().text.clone();
    assert!(text(ReferralPart::Facts).contains("A burn on her left hand"));
    assert!(text(ReferralPart::Reported).contains("Coz gets cross"));
    assert!(text(ReferralPart::Opinions).is_empty(), "what was not said is not confirmed unasked");
    // What was told can still be kept back on paper.
    let lines = paper::extent_of_duty(&vault, duty, 0, at(91)).unwrap().lines;
    let going: Vec<bool> = lines.iter().map(|line| line.choice == Choice::Goes).collect();
    assert_eq!(going.iter().filter(|goes| **goes).count(), 2);
    let sent = SentInput { when: Some(LeftTyped::Now), route: Some(Route::Post), reference: String::new() };
    paper::sent_referral(&mut vault, duty, &sent, at(93)).unwrap();
    let left = file(&mut vault, case).disclosures;
    let went: Vec<_> = left.iter().filter_map(|one| one.went).map(|one| (one.leaves(), one.held)).collect();
    assert_eq!(went, [(2, 3), (2, 3)], "the call and the confirmation say the same");
    // So a correction reaches whoever was told aloud as well.
    let child = children::file_head(&vault, case, at(94)).unwrap().child.person.id;
    let corrected = item("A graze on her left hand", vec![child]);
    children::amend_item(&mut vault, case, seen.parse().unwrap(), corrected, "Seen again.", at(95)).unwrap();
    assert_eq!(file(&mut vault, case).to_do.iter().filter(|one| one.notice).count(), 2);
}
