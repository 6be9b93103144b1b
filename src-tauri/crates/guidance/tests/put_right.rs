//! What was passed on was wrong, or reached the wrong person: each has a way of its own through every door, in every nation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod teaching;

use sharewell_guidance::{Answers, Deadline, Pack, notices, outcome};
use sharewell_records::{Answer, Day, Duty, KnownFacts, StepId};

fn on() -> Day {
    Day("2026-11-27".parse().unwrap())
}

fn one(value: &str) -> Answer {
    Answer::Choice { value: value.into(), words: String::new() }
}

fn many(values: &[&str]) -> Answer {
    Answer::Choices { values: values.iter().map(|one| (*one).to_owned()).collect(), words: String::new() }
}

/// The outcome, its duties, and the lines that stand on it.
fn comes(pack: &Pack, harm: &str, behind: &[&str], sign: &str) -> (String, Vec<Duty>, Vec<String>) {
    let said = [
        ("danger", one("no")),
        ("harm", one(harm)),
        ("next-with", one("not-today")),
        ("behind", many(behind)),
        ("signs", many(&[sign])),
    ];
    let answers: Answers = said.into_iter().map(|(step, said)| (StepId(step.into()), said)).collect();
    let advice = outcome(pack, &KnownFacts::new(), on(), &answers).expect("the advice stands");
    let first = advice.obligations.first().expect("the act");
    assert!(first.deadline.is_some_and(Deadline::same_day), "{}: {sign}", pack.name());
    let duties = advice.obligations.iter().map(|plan| plan.duty).collect();
    let lines = notices(pack, &KnownFacts::new(), on(), &answers);
    (advice.id, duties, lines.into_iter().map(|line| line.id.clone()).collect())
}

#[test]
fn what_was_wrong_is_put_right_with_whoever_had_it_and_the_first_text_is_kept() {
    for pack in teaching::packs() {
        for harm in ["yes", "not_sure"] {
            let (id, duties, lines) = comes(&pack, harm, &["home"], "was-wrong");
            assert_eq!(id, "put-right", "{}", pack.name());
            for duty in [Duty::ConsultFrontDoor, Duty::ConfirmInWriting, Duty::Explain, Duty::LegalAdvice] {
                assert!(duties.contains(&duty), "{}: {duty:?}", pack.name());
            }
            assert!(lines.contains(&"right-stays".to_owned()), "{}", pack.name());
        }
    }
}

#[test]
fn who_can_be_found_because_it_went_astray_is_warned_and_nobody_is_asked_to_delete_it() {
    for pack in teaching::packs() {
        let (id, duties, lines) = comes(&pack, "yes", &["home"], "went-astray");
        assert_eq!(id, "share-harm", "{}", pack.name());
        assert!(duties.contains(&Duty::LegalAdvice), "{}: a clock runs", pack.name());
        for line in ["astray-warn", "astray-delete", "astray-social", "astray-change"] {
            assert!(lines.contains(&line.to_owned()), "{}: {line}", pack.name());
        }
        let (id, _, lines) = comes(&pack, "not_sure", &["cannot-say"], "went-astray");
        assert_eq!(id, "gone-astray", "{}", pack.name());
        assert!(
            !lines.contains(&"astray-delete".to_owned()),
            "{}: a trusted office may be asked",
            pack.name()
        );
    }
}

#[test]
fn somebody_who_works_with_children_is_heard_of_by_the_officer_also_where_it_was_wrong() {
    for pack in teaching::packs() {
        for sign in ["was-wrong", "went-astray"] {
            let (id, duties, lines) = comes(&pack, "yes", &["works-with-children"], sign);
            assert_eq!(id, "share-harm-staff", "{}", pack.name());
            assert!(duties.contains(&Duty::SeparateFile), "{}", pack.name());
            let line = if sign == "was-wrong" { "right-call" } else { "astray-warn" };
            assert!(lines.contains(&line.to_owned()), "{}: {line}", pack.name());
        }
    }
}

#[test]
fn what_reached_us_by_mistake_is_rung_to_whoever_sent_it_and_nobody_in_it_is_looked_for() {
    for pack in teaching::packs() {
        for harm in ["yes", "not_sure"] {
            let (id, duties, lines) = comes(&pack, harm, &["cannot-say"], "not-for-us");
            assert_eq!(id, "sent-to-us", "{}", pack.name());
            assert!(duties.contains(&Duty::ConsultFrontDoor), "{}: nobody reached is no end", pack.name());
            for line in ["sender-nothing", "sender-box"] {
                assert!(lines.contains(&line.to_owned()), "{}: {line}", pack.name());
            }
        }
        // Danger is 999, and whoever sent it hears it in the same minutes.
        let said =
            [("danger", one("not_sure")), ("behind", many(&["home"])), ("signs", many(&["not-for-us"]))];
        let answers: Answers = said.into_iter().map(|(step, said)| (StepId(step.into()), said)).collect();
        let lines = notices(&pack, &KnownFacts::new(), on(), &answers);
        for id in ["sender-too", "sender-nothing", "sender-box", "sender-note"] {
            assert!(lines.iter().any(|line| line.id == id), "{}: {id}", pack.name());
        }
    }
}
