//! The path of harm, in every nation: when to ring, who must not be told yet, who else has to hear it, and what the
//! child hears. Every answer to the questions about time and about who may be behind it is walked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeSet;

use sharewell_guidance::practice::child;
use sharewell_guidance::{Advice, Answers, Deadline, NoticeKind, Pack, Ring, notices, outcome, place};
use sharewell_records::{Answer, Day, Duty, Known, KnownFacts, StepId};
use teaching::packs;

const NEXT: [&str; 5] = ["already", "within-hour", "later-today", "not-today", "not_sure"];
const BEHIND: [&[&str]; 9] = [
    &["home"],
    &["works-with-children"],
    &["young-person"],
    &["stranger"],
    &["nobody-else"],
    &["cannot-say"],
    &["home", "stranger"],
    &["works-with-children", "young-person"],
    &["stranger", "nobody-else"],
];
/// What holds back telling by itself, whoever is behind it.
const KEEPS: [&str; 6] = ["trafficking", "fabricated", "fgm-known", "fgm-feared", "fgm", "marriage"];

fn on() -> Day {
    Day("2026-11-27".parse().unwrap())
}

fn choice(value: &str) -> Answer {
    Answer::Choice { value: value.into(), words: String::new() }
}

fn choices(values: &[&str]) -> Answer {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Answer::Choices { values, words: String::new() }
}

struct Walked {
    advice: Advice,
    lines: BTreeSet<String>,
    asked: usize,
    told: bool,
}

impl Walked {
    fn brings(&self, key: &str) -> bool {
        self.advice.obligations.iter().any(|plan| plan.key == key)
    }

    fn says(&self, id: &str) -> bool {
        self.lines.contains(id)
    }
}

fn walk(pack: &Pack, known: &KnownFacts, harm: &str, next: &str, behind: &[&str], sign: &str) -> Walked {
    let mut answers = Answers::new();
    let mut put = |step: &str, answer: Answer| answers.insert(StepId(step.into()), answer);
    put("danger", choice("no"));
    put("harm", choice(harm));
    put("next-with", choice(next));
    put("behind", choices(behind));
    put("signs", if sign == "not_sure" { choice(sign) } else { choices(&[sign]) });
    let at = place(pack, known, on(), &answers).unwrap();
    let advice =
        outcome(pack, known, on(), &answers).expect("the advice stands before anything else is asked");
    let lines = notices(pack, known, on(), &answers).into_iter().map(|line| line.id.clone()).collect();
    let told = child::hears_at_once(pack, known, on(), &answers);
    Walked { advice, lines, asked: at.path.len(), told }
}

fn signs(pack: &Pack) -> Vec<String> {
    let step = pack.step(&StepId("signs".into())).unwrap();
    step.values().into_iter().map(str::to_owned).collect()
}

/// Every way down the path of harm, told to `hold` with a name.
fn every(mut hold: impl FnMut(&str, &Pack, (&str, &str, &[&str], &str), &Walked)) {
    for pack in packs() {
        for next in NEXT {
            for behind in BEHIND {
                for sign in signs(&pack) {
                    for harm in ["yes", "not_sure"] {
                        let walked = walk(&pack, &KnownFacts::new(), harm, next, behind, &sign);
                        let name = format!("{}: {harm}, {next}, {behind:?}, {sign}", pack.name());
                        hold(&name, &pack, (harm, next, behind, &sign), &walked);
                    }
                }
            }
        }
    }
}

#[test]
fn who_is_with_the_child_within_the_hour_or_may_be_is_rung_about_now() {
    every(|name, _, (_, next, _, sign), walked| {
        let now = ["already", "within-hour", "not_sure"].contains(&next);
        assert_eq!(walked.advice.deadline == Some(Deadline::Now), now, "{name}");
        let first = walked.advice.obligations.first().expect("the act");
        assert_eq!(first.deadline == Some(Deadline::Now), now, "{name}: the act itself");
        assert!(first.deadline.is_some_and(Deadline::same_day), "{name}");
        assert_eq!(walked.says("door"), now || sign == "unfit-carer", "{name}");
        assert_eq!(walked.says("before-then"), ["later-today", "not-today"].contains(&next), "{name}");
        if now {
            assert_eq!(walked.advice.act.recipient, Some(Ring::FrontDoor), "{name}: past everybody else");
        }
        if now && walked.advice.kind.shares() {
            assert!(walked.brings("chase-hour") && !walked.brings("chase"), "{name}");
        }
    });
}

#[test]
fn the_act_says_what_to_do_where_nobody_has_a_plan_in_time_and_names_the_others() {
    for pack in packs() {
        for outcome in pack.outcomes() {
            let act = pack.text("en", &format!("outcome.{}.act", outcome.id)).unwrap();
            assert!(!act.contains("leave work"), "{}: {act}", pack.name());
            if outcome.id.ends_with("-now") {
                assert!(act.contains("now") && act.contains("999"), "{}: {act}", pack.name());
            }
        }
        for id in ["share-harm", "share-harm-now", "share-harm-staff", "share-harm-staff-now"] {
            let act = pack.text("en", &format!("outcome.{id}.act")).unwrap();
            assert!(act.contains("who else is at risk"), "{}: {act}", pack.name());
        }
    }
}

#[test]
fn nobody_in_the_family_is_told_where_it_may_be_one_of_them_and_the_strictest_wins() {
    every(|name, _, (harm, _, behind, sign), walked| {
        let close = behind.iter().any(|who| ["home", "works-with-children", "cannot-say"].contains(who));
        let kin = KEEPS.contains(&sign);
        let hold = close || kin || sign == "not_sure";
        if harm == "yes" {
            assert_eq!(walked.says("tell-hold"), hold, "{name}");
        } else {
            assert_eq!(walked.says("ask-nobody-yet"), close, "{name}");
        }
        // Nobody can be told with the child there where nobody knows where the child is: that has lines of its own.
        let parent = walked.says("safe-parent") || walked.says("tell-parent");
        let there = sign != "missing";
        assert_eq!(parent, !hold && there, "{name}: a parent may be told exactly where nothing holds it back");
        assert_eq!(walked.says("missing-told"), !there, "{name}");
        assert!(!(walked.says("safe-parent") && walked.says("tell-parent")), "{name}: one line about it");
        let grown = close || behind.contains(&"stranger");
        assert_eq!(
            walked.says("no-confront"),
            grown,
            "{name}: two children are kept apart, not left to routine"
        );
        let young = behind.contains(&"young-person");
        assert_eq!(walked.says("keep-apart"), young, "{name}: before they next meet");
        assert_eq!(walked.says("other-child"), young, "{name}: the other is a child too");
    });
}

#[test]
fn who_works_with_children_is_heard_of_by_the_officer_and_kept_apart_whatever_else_is_ticked() {
    every(|name, _, (harm, _, behind, _), walked| {
        let staff = behind.contains(&"works-with-children");
        let officer = if harm == "yes" { "allegations" } else { "officer-doubt" };
        assert_eq!(walked.brings(officer), staff, "{name}");
        let apart = walked.advice.obligations.iter().any(|plan| plan.duty == Duty::SeparateFile);
        assert_eq!(apart, staff, "{name}");
        assert_eq!(walked.says("staff-ask-nothing") && walked.says("staff-lead"), staff, "{name}");
    });
}

#[test]
fn the_child_who_spoke_is_told_at_once_unless_that_has_to_be_agreed_first() {
    every(|name, _, (_, _, _, sign), walked| {
        // Who told of it herself already knows that somebody heard: only what is feared is agreed first.
        let agreed = KEEPS.contains(&sign) && sign != "fgm-known";
        assert_eq!(walked.told, !agreed, "{name}");
        assert!(walked.says("child-call"), "{name}: what more is always agreed in the call");
    });
    let baby: KnownFacts = [("child_age".to_owned(), Known::Number(0))].into_iter().collect();
    let unborn: KnownFacts = [("child_unborn".to_owned(), Known::Flag(true))].into_iter().collect();
    for pack in packs() {
        let of = |known: &KnownFacts| walk(&pack, known, "yes", "not-today", &["home"], "infant-mark");
        let (baby, unborn) = (of(&baby), of(&unborn));
        assert!(!baby.told && baby.says("infant-seen") && !baby.says("child-call"), "{}", pack.name());
        assert!(!unborn.told && unborn.says("unborn-case") && !unborn.says("infant-seen"), "{}", pack.name());
        let hint = pack.text("en", "notice.child-told.hint").unwrap();
        assert!(hint.contains("I cannot keep this to myself") && hint.contains("word for word"));
    }
}

#[test]
fn five_questions_at_most_stand_before_the_telephone() {
    every(|name, _, _, walked| {
        assert_eq!(walked.asked, 5, "{name}");
    });
}

#[test]
fn what_is_done_at_the_door_stands_where_it_fits_and_nowhere_else() {
    let at = [
        ("infant-mark", "infant-mark"),
        ("self-harm", "wound"),
        ("suicide", "suicide"),
        ("images", "images"),
        ("images", "images-keep"),
        ("under-13", "under-13"),
    ];
    every(|name, pack, (harm, _, behind, sign), walked| {
        for (of, line) in at {
            let asked = harm == "yes" || line != "infant-mark";
            assert_eq!(walked.says(line), asked && sign == of, "{name}: {line}");
        }
        let kinds = pack.notices().iter().filter(|one| walked.says(&one.id)).map(|one| one.kind);
        // Another child and an adult of theirs behind it at once: each has a line of its own.
        let both = behind.contains(&"young-person") && behind.len() > 1;
        let most = if both { 5 } else { 4 };
        assert!(kinds.filter(|kind| *kind == NoticeKind::Ban).count() <= most, "{name}: bans are read");
    });
    let young: KnownFacts = [("child_age".to_owned(), Known::Number(12))].into_iter().collect();
    for pack in packs() {
        let walked = walk(&pack, &young, "yes", "not-today", &["young-person"], "sexual");
        assert!(walked.says("under-13"), "{}: the file knows the age", pack.name());
    }
}
