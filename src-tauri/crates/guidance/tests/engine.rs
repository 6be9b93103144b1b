//! Answers lead to advice, whatever the order in which they were given.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use proptest::prelude::*;
use sharewell_guidance::{
    AnswerError, Answers, Error, GroundField, Pack, Place, Round, Who, change, check_answer, countersign,
    outcome, place,
};
use sharewell_records::{
    AdviserResult, Answer, Duty, Heavier, Known, KnownFacts, OutcomeKind, StepId, WeighingSide,
};
use support::*;

fn at(answers: &[(&str, Answer)]) -> sharewell_guidance::Position {
    place(&pack(), &nothing_known(), on(), &support::answers(answers)).unwrap()
}

/// No danger, no harm, nobody else, a purpose, no duty.
fn ordinary() -> Vec<(&'static str, Answer)> {
    let no = || choice("no");
    vec![("danger", no()), ("harm", no()), ("others", people("")), ("purpose", choice("yes")), ("duty", no())]
}

#[test]
fn a_decision_begins_with_danger_and_ends_there_at_once() {
    let start = at(&[]);
    assert_eq!(start.next().unwrap().step.0, "danger");
    assert_eq!((start.to_go.shortest, start.to_go.longest), (1, 10), "the unconfirmed law is not asked yet");
    let later = place(&pack(), &nothing_known(), day("2026-09-30"), &Answers::new()).unwrap();
    assert_eq!(later.to_go.longest, 11, "and is, from its day on");
    for answer in ["yes", "not_sure"] {
        let done = at(&[("danger", choice(answer))]);
        assert_eq!(
            done.place,
            Place::Done { outcome: "emergency".into() },
            "danger needs no second question"
        );
    }
}

#[test]
fn advice_stands_before_the_write_up() {
    let advised = at(&[("danger", choice("no")), ("harm", choice("yes"))]);
    let Place::Advised { outcome, next } = &advised.place else { panic!("{advised:?}") };
    assert_eq!((outcome.as_str(), next.step.0.as_str(), next.number), ("share-harm", "others", 3));
}

#[test]
fn not_sure_asks_an_adviser_and_then_the_same_question_once_more() {
    let mut given = vec![("danger", choice("no")), ("harm", choice("no")), ("others", people(""))];
    given.push(("purpose", choice("not_sure")));
    let next = at(&given).next().unwrap().clone();
    assert_eq!(
        (next.key.0.as_str(), next.step.0.as_str(), next.round),
        ("purpose@advice", "advice", Round::Advice)
    );

    given.push(("purpose@advice", adviser(AdviserResult::NotReached)));
    assert_eq!(
        at(&given).next().unwrap().key.0,
        "purpose@front_door",
        "an absent adviser leads to the front door"
    );
    given.pop();
    given.push(("purpose@advice", adviser(AdviserResult::Agrees)));
    let again = at(&given).next().unwrap().clone();
    assert_eq!((again.key.0.as_str(), again.step.0.as_str()), ("purpose@again", "purpose"));

    given.push(("purpose@again", choice("yes")));
    assert_eq!(at(&given).next().unwrap().step.0, "duty", "advice settled it");
    assert_eq!(at(&given).unknown, Vec::new());
    given.pop();
    given.push(("purpose@again", choice("not_sure")));
    let still = at(&given);
    assert_eq!(still.place, Place::Done { outcome: "hold".into() }, "it never loops");
    assert_eq!(still.unknown, [StepId("purpose".into())]);
    let advice = outcome(&pack(), &nothing_known(), on(), &answers(&given)).unwrap();
    assert!(advice.obligations.iter().any(|o| o.key == "ask"), "what is unknown brings an adviser (A4)");
}

#[test]
fn the_file_answers_an_age_and_says_so() {
    let mut given = ordinary();
    given.extend([("changes", choice("yes")), ("consent", choice("given")), ("whose", people("Ayla"))]);
    let known = KnownFacts::from([("child_age".to_owned(), Known::Number(16))]);
    let position = place(&pack(), &known, on(), &answers(&given)).unwrap();
    assert_eq!(position.place, Place::Done { outcome: "share-consent".into() });
    assert_eq!(position.not_asked[0].because, "known.sixteen");
    let younger = KnownFacts::from([("child_age".to_owned(), Known::Number(15))]);
    assert_eq!(place(&pack(), &younger, on(), &answers(&given)).unwrap().next().unwrap().step.0, "competent");
}

#[test]
fn a_dated_question_is_asked_from_its_day_on() {
    let after = |date: &str| place(&pack(), &nothing_known(), day(date), &answers(&ordinary())).unwrap();
    assert_eq!(after("2026-09-29").next().unwrap().step.0, "changes");
    assert_eq!(after("2026-09-30").next().unwrap().step.0, "new-duty");
}

#[test]
fn a_half_filled_answer_is_kept_and_never_counts() {
    let mut given = vec![("danger", choice("no")), ("harm", choice("no")), ("others", people(""))];
    given.push(("purpose", Answer::Choice { value: "yes".into(), words: " ".into() }));
    let position = at(&given);
    let next = position.next().unwrap();
    assert_eq!(next.step.0, "purpose", "the question stays open");
    assert_eq!(next.incomplete, Some(AnswerError::WordsMissing { option: "yes".into() }));

    let pack = pack();
    let step = |id: &str| pack.step(&StepId(id.into())).unwrap();
    let Answer::Weighing { share, .. } = weighing(Heavier::Share) else { unreachable!() };
    let one_sided = Answer::Weighing { share, not_share: WeighingSide::default(), heavier: Heavier::Share };
    assert_eq!(
        check_answer(step("weighing"), &one_sided),
        Err(AnswerError::WeighingSideMissing { side: "not_share".into(), field: "what".into() })
    );
    assert_eq!(check_answer(step("danger"), &choice("perhaps")), Err(AnswerError::NotAnOption));
    assert_eq!(check_answer(step("danger"), &people("")), Err(AnswerError::WrongKind));
    assert_eq!(check_answer(step("whose"), &people(" ")), Err(AnswerError::Missing));
    let Answer::EachPerson { mut rows } = tell("not") else { unreachable!() };
    rows[0].reason.clear();
    let told = check_answer(step("tell"), &Answer::EachPerson { rows });
    assert_eq!(told, Ok(()), "what it costs to tell nobody depends on what is advised for them");
}

#[test]
fn the_advice_says_why_on_what_grounds_and_what_follows() {
    let mut given = ordinary();
    given[2] = ("others", people("Kit, at his father's"));
    given.extend([
        ("changes", choice("no")),
        ("weighing", weighing(Heavier::Share)),
        ("adviser", adviser(AdviserResult::Agrees)),
    ]);
    let answers = answers(&given);
    let advice = outcome(&pack(), &nothing_known(), on(), &answers).unwrap();
    assert_eq!((advice.id.as_str(), advice.kind), ("share-anyway", OutcomeKind::ShareWithoutConsent));
    let because: Vec<_> = advice.deciding.iter().flat_map(|d| d.because.clone()).collect();
    assert_eq!(because, ["step.weighing.because.share", "step.adviser.because.agrees"]);
    assert_eq!(advice.grounds[&GroundField::Confidence].code, "public-interest");
    assert_eq!(advice.obligations[0].duty, Duty::Act, "the act comes first");
    let linked = advice.obligations.iter().find(|o| o.key == "linked").unwrap();
    assert_eq!(linked.each, Some(Who::Named { people: vec![], words: "Kit, at his father's".into() }));
    let met: Vec<_> = advice.obligations.iter().filter(|o| o.met).map(|o| o.key.as_str()).collect();
    assert_eq!(met, ["purpose-words"], "what an answer met already is not asked for again");
    assert!(!advice.complete && !advice.harm_suspected);
    assert_eq!(outcome(&pack(), &nothing_known(), on(), &Answers::new()), Err(Error::NotYet));
}

#[test]
fn only_silence_against_harm_or_duty_is_countersigned() {
    let pack = pack();
    let harm = answers(&[("danger", choice("no")), ("harm", choice("not_sure"))]);
    let advice = outcome(&pack, &nothing_known(), on(), &harm).unwrap();
    assert_eq!(countersign(&pack, &advice, OutcomeKind::DoNotShare).unwrap().duty, Duty::Countersign);
    assert!(countersign(&pack, &advice, OutcomeKind::HoldAndSeekAdvice).is_some(), "waiting is not sharing");
    assert_eq!(
        countersign(&pack, &advice, OutcomeKind::EmergencyShare),
        None,
        "sharing sooner never needs one"
    );
    let quiet = answers(&[
        ("danger", choice("no")),
        ("harm", choice("no")),
        ("others", people("")),
        ("purpose", choice("no")),
    ]);
    let advice = outcome(&pack, &nothing_known(), on(), &quiet).unwrap();
    assert_eq!(countersign(&pack, &advice, OutcomeKind::HoldAndSeekAdvice), None);
}

#[test]
fn a_change_says_what_stays_falls_away_and_comes_back() {
    let mut given = ordinary();
    given.extend([
        ("changes", choice("yes")),
        ("consent", choice("refused")),
        ("weighing", weighing(Heavier::Share)),
    ]);
    let answers = answers(&given);
    let key = StepId("consent".into());
    let change = |new: &str| change(&pack(), &nothing_known(), on(), &answers, &key, &choice(new)).unwrap();
    let told = change("given");
    assert_eq!(told.stays.len(), 6, "{told:?}");
    assert_eq!(told.falls_away.len(), 1);
    assert_eq!(
        (told.falls_away[0].key.0.as_str(), told.falls_away[0].because.0.as_str()),
        ("weighing", "consent")
    );
    assert!(change("refused").falls_away.is_empty(), "the same answer changes nothing");

    let mut changed = answers.clone();
    changed.insert(key.clone(), choice("given"));
    let back =
        sharewell_guidance::change(&pack(), &nothing_known(), on(), &changed, &key, &choice("refused"))
            .unwrap();
    assert_eq!(back.comes_back, [StepId("weighing".into())], "undone, the words are there again");
    let nowhere = StepId("nowhere".into());
    assert!(matches!(
        sharewell_guidance::change(&pack(), &nothing_known(), on(), &answers, &nowhere, &choice("yes")),
        Err(Error::NoSuchStep { .. })
    ));
}

/// Any answers to any questions, whole or not, on the path or off it.
fn any_answers() -> impl Strategy<Value = Answers> {
    let keys = [
        "danger",
        "harm",
        "others",
        "purpose",
        "duty",
        "exception",
        "endanger",
        "new-duty",
        "changes",
        "consent",
        "whose",
        "competent",
        "weighing",
        "adviser",
        "tell",
        "purpose@advice",
        "purpose@front_door",
        "purpose@again",
        "duty@advice",
        "duty@again",
        "changes@advice",
        "changes@again",
        "gone",
    ];
    let words =
        prop_oneof![Just("yes"), Just("no"), Just("no"), Just("not_sure"), Just("given"), Just("refused")];
    let answer = prop_oneof![
        6 => words.prop_map(choice),
        1 => proptest::sample::select(Heavier::ALL.to_vec()).prop_map(weighing),
        1 => proptest::sample::select(AdviserResult::ALL.to_vec()).prop_map(adviser),
        1 => prop_oneof![Just(""), Just("Kit")].prop_map(people),
        1 => prop_oneof![Just("now"), Just("not"), Just("?")].prop_map(tell),
    ];
    proptest::collection::btree_map(proptest::sample::select(keys.to_vec()), answer, 0..23)
        .prop_map(|map| map.into_iter().map(|(key, answer)| (StepId(key.into()), answer)).collect())
}

fn straight(pack: &Pack, answers: &Answers) -> (Answers, sharewell_guidance::Position) {
    let position = place(pack, &nothing_known(), day("2026-10-01"), answers).unwrap();
    let path = position.path.iter().map(|asked| (asked.key.clone(), asked.answer.clone())).collect();
    (path, position)
}

proptest! {
    #[test]
    fn answers_off_the_path_change_nothing(answers in any_answers()) {
        let pack = pack();
        let (path, position) = straight(&pack, &answers);
        let (_, alone) = straight(&pack, &path);
        prop_assert_eq!(&alone.path, &position.path);
        prop_assert_eq!(alone.advised(), position.advised());
        prop_assert_eq!(alone.unknown, position.unknown);
        let on = day("2026-10-01");
        prop_assert_eq!(
            outcome(&pack, &nothing_known(), on, &path).ok(),
            outcome(&pack, &nothing_known(), on, &answers).ok()
        );
    }

    #[test]
    fn going_back_and_forth_ends_where_the_straight_path_ends(
        last in any_answers(),
        detours in proptest::collection::vec(any_answers(), 0..4),
    ) {
        // Whatever was answered on the way, answering as in `last` at the end leads where `last` leads.
        let pack = pack();
        let mut kept = Answers::new();
        detours.into_iter().for_each(|detour| kept.extend(detour));
        let (path, straight_on) = straight(&pack, &last);
        kept.extend(path);
        if let Some(next) = straight_on.next() {
            kept.remove(&next.key);
        }
        let (_, position) = straight(&pack, &kept);
        prop_assert_eq!(&position.path, &straight_on.path);
        prop_assert_eq!(position.advised().map(str::to_owned), straight_on.advised().map(str::to_owned));
    }

    #[test]
    fn what_a_change_tells_is_what_then_happens(answers in any_answers(), new in any_answers()) {
        let pack = pack();
        let on = day("2026-10-01");
        for (key, answer) in &new {
            let Ok(told) = change(&pack, &nothing_known(), on, &answers, key, answer) else { continue };
            let mut changed = answers.clone();
            changed.insert(key.clone(), answer.clone());
            let after = place(&pack, &nothing_known(), on, &changed).unwrap();
            for stays in told.stays.iter().chain(&told.comes_back) {
                prop_assert!(after.path.iter().any(|asked| asked.key == *stays));
            }
            for falls in &told.falls_away {
                prop_assert!(after.path.iter().all(|asked| asked.key != falls.key));
                prop_assert!(changed.contains_key(&falls.key), "what falls away is kept");
            }
        }
    }
}
