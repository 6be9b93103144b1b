//! Two worries at once, and the worries that have a way of their own: what is read on a bad evening stays short.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeSet;

use sharewell_guidance::{Advice, Answers, Deadline, NoticeKind, Pack, notices, outcome};
use sharewell_records::{Answer, Day, Duty, Known, KnownFacts, StepId};
use teaching::packs;

const NEXT: [&str; 5] = ["already", "within-hour", "later-today", "not-today", "not_sure"];
const BEHIND: [&str; 8] = [
    "home",
    "carer-ill",
    "works-with-children",
    "young-person",
    "known-adult",
    "stranger",
    "nobody-else",
    "cannot-say",
];
/// Lines, but for law, that two worries bring between them.
const MOST: usize = 16;

fn on() -> Day {
    Day("2026-11-27".parse().unwrap())
}

fn answers(harm: &str, next: &str, behind: &[&str], signs: &[&str]) -> Answers {
    let choice = |value: &str| Answer::Choice { value: value.into(), words: String::new() };
    let choices = |values: &[&str]| Answer::Choices {
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        words: String::new(),
    };
    let mut answers = Answers::new();
    let mut put = |step: &str, answer: Answer| answers.insert(StepId(step.into()), answer);
    put("danger", choice("no"));
    put("harm", choice(harm));
    put("next-with", choice(next));
    put("behind", choices(behind));
    put("signs", choices(signs));
    answers
}

/// The lines of an advice but law.
fn lines(pack: &Pack, known: &KnownFacts, answers: &Answers) -> BTreeSet<String> {
    let said = notices(pack, known, on(), answers);
    said.into_iter().filter(|line| line.kind != NoticeKind::Law).map(|line| line.id.clone()).collect()
}

fn advised(pack: &Pack, known: &KnownFacts, answers: &Answers) -> Advice {
    outcome(pack, known, on(), answers).expect("the advice stands after five questions")
}

/// The signs that may be ticked with another.
fn signs(pack: &Pack) -> Vec<String> {
    let step = pack.step(&StepId("signs".into())).unwrap();
    step.options.iter().filter(|option| !option.alone).map(|option| option.id.clone()).collect()
}

#[test]
fn two_signs_together_bring_lines_that_can_still_be_read() {
    for pack in packs() {
        let signs = signs(&pack);
        for next in NEXT {
            for behind in BEHIND {
                for (at, one) in signs.iter().enumerate() {
                    for two in &signs[at + 1..] {
                        let said = answers("yes", next, &[behind], &[one, two]);
                        let lines = lines(&pack, &KnownFacts::new(), &said);
                        let name = format!("{}: {next}, {behind}, {one} and {two}", pack.name());
                        assert!(lines.len() <= MOST, "{name}: {} lines: {lines:?}", lines.len());
                    }
                }
            }
        }
    }
}

#[test]
fn small_things_about_staff_go_to_the_lead_and_the_officer_is_asked_without_a_name() {
    let none = KnownFacts::new();
    for pack in packs() {
        let staff: &[&str] = &["works-with-children"];
        for next in NEXT {
            let low = advised(&pack, &none, &answers("not_sure", next, staff, &["small-things"]));
            let name = format!("{}: {next}", pack.name());
            assert_eq!(low.id, "tell-lead", "{name}: nobody is reported for a way of being");
            let duty = |key: &str| low.obligations.iter().find(|plan| plan.key == key);
            let asked = duty("low-unsure").expect("the officer is asked");
            assert!(asked.deadline.is_some_and(Deadline::same_day), "{name}");
            assert!(duty("low-lead").is_some(), "{name}: the lead hears it whoever is close");
            assert!(low.obligations.iter().any(|plan| plan.duty == Duty::SeparateFile), "{name}");
        }
        // Whoever fears harm, or somebody else behind it too, is on the way of harm.
        let feared = advised(&pack, &none, &answers("yes", "not-today", staff, &["small-things"]));
        assert_eq!(feared.id, "share-harm-staff", "{}", pack.name());
        let both = ["works-with-children", "home"];
        let more = advised(&pack, &none, &answers("not_sure", "not-today", &both, &["small-things"]));
        assert_eq!(more.id, "share-harm-staff", "{}", pack.name());
    }
}

#[test]
fn a_weapon_or_a_threat_is_rung_to_the_police_and_nobody_fetches_or_bargains() {
    for pack in packs() {
        for behind in BEHIND {
            for harm in ["yes", "not_sure"] {
                let said = answers(harm, "not-today", &[behind], &["threat"]);
                let lines = lines(&pack, &KnownFacts::new(), &said);
                let name = format!("{}: {harm}, {behind}: {lines:?}", pack.name());
                assert!(lines.contains("threat-police") && lines.contains("threat-not"), "{name}");
                assert!(lines.contains("before-then"), "{name}: it has an hour");
                assert!(!lines.contains("keep-apart"), "{name}: a classroom is not the place");
                assert!(advised(&pack, &KnownFacts::new(), &said).kind.shares(), "{name}");
            }
        }
    }
}

#[test]
fn whoever_is_used_by_others_goes_to_the_police_in_the_same_round_and_nothing_warns_anybody() {
    for pack in packs() {
        for behind in ["home", "known-adult", "stranger", "cannot-say"] {
            for sign in ["exploitation", "trafficking"] {
                let said = answers("yes", "within-hour", &[behind], &[sign]);
                let lines = lines(&pack, &KnownFacts::new(), &said);
                let name = format!("{}: {behind}, {sign}: {lines:?}", pack.name());
                assert!(lines.contains("police-too") && lines.contains("goes-out"), "{name}");
            }
        }
    }
}

#[test]
fn a_move_of_which_a_worker_knows_is_rung_about_today_and_no_emergency() {
    let known: KnownFacts = [("door".to_owned(), Known::Word("moves".into()))].into_iter().collect();
    for pack in packs() {
        let of = |next: &str, signs: &[&str]| {
            let said = answers("yes", next, &["home"], signs);
            (advised(&pack, &known, &said).id, lines(&pack, &known, &said))
        };
        let (id, said) = of("already", &["injury-neglect", "case-open"]);
        assert_eq!(id, "share-harm-move", "{}", pack.name());
        assert!(!said.contains("door-there"), "{}: nothing happens at a door tonight", pack.name());
        assert_eq!(of("already", &["injury-neglect"]).0, "share-harm-move-now", "{}", pack.name());
        assert_eq!(of("within-hour", &["case-open"]).0, "share-harm-move-now", "{}", pack.name());
        for part in ["act", "hint", "why", "title"] {
            let text = pack.text("en", &format!("outcome.share-harm-move.{part}")).unwrap_or_default();
            assert!(!text.contains("999"), "{}: {part}", pack.name());
        }
    }
}

#[test]
fn a_parent_who_must_not_know_is_told_nothing_where_adults_have_a_young_person_in_their_hands() {
    let aged =
        |age: i32| -> KnownFacts { [("child_age".to_owned(), Known::Number(age))].into_iter().collect() };
    for pack in packs() {
        let said = answers("yes", "within-hour", &["known-adult"], &["exploitation", "images"]);
        let old = lines(&pack, &aged(17), &said);
        assert!(old.contains("told-sixteen") && !old.contains("safe-parent"), "{}: {old:?}", pack.name());
        assert!(
            old.contains("police-too") && old.contains("keep-back"),
            "{}: pictures hide nothing",
            pack.name()
        );
        let young = lines(&pack, &aged(14), &said);
        assert!(young.contains("safe-parent"), "{}: {young:?}", pack.name());
        let what = pack.text("en", "notice.safe-parent.what").unwrap();
        assert!(what.contains("not one who must not know"), "{}: {what}", pack.name());
    }
}

#[test]
fn nobody_writes_to_a_telephone_that_others_may_read() {
    for pack in packs() {
        let friend = pack.text("en", "notice.missing-friend.hint").unwrap();
        assert!(friend.contains("only where nobody else can read it"), "{}: {friend}", pack.name());
        let said = answers("not_sure", "not_sure", &["cannot-say"], &["off-roll"]);
        assert!(advised(&pack, &KnownFacts::new(), &said).kind.shares(), "{}: by name", pack.name());
        let lines = lines(&pack, &KnownFacts::new(), &said);
        assert!(lines.contains("gone-quiet") && !lines.contains("missing-friend"), "{}", pack.name());
    }
}

#[test]
fn a_parent_who_is_not_fit_names_nobody() {
    for pack in packs() {
        let door = pack.text("en", "notice.unfit-keep.hint").unwrap();
        assert!(door.contains("only once a fit parent"), "{}: {door}", pack.name());
        assert!(door.contains("A parent who is not fit names nobody"), "{}: {door}", pack.name());
        let said = answers("yes", "within-hour", &["home", "known-adult"], &["unfit-home", "adult-near"]);
        let lines = lines(&pack, &KnownFacts::new(), &said);
        assert!(lines.contains("home-keep") && lines.contains("home-who"), "{}: {lines:?}", pack.name());
        assert!(!lines.contains("unfit-keep"), "{}: nobody stands at a door", pack.name());
        let home = pack.text("en", "notice.home-keep.hint").unwrap();
        assert!(home.contains("can name nobody") && home.contains("One of you stays"), "{}", pack.name());
    }
}

#[test]
fn a_threat_by_strangers_is_rung_on_999_though_it_is_hours_off() {
    for pack in packs() {
        for next in NEXT {
            for harm in ["yes", "not_sure"] {
                let said = answers(harm, next, &["stranger"], &["threat-strangers"]);
                let advice = advised(&pack, &KnownFacts::new(), &said);
                assert_eq!(advice.id, "emergency", "{}: {harm}, {next}", pack.name());
                let lines = lines(&pack, &KnownFacts::new(), &said);
                assert!(lines.contains("threat-homes") && lines.contains("threat-family"), "{lines:?}");
                assert!(!lines.contains("before-then") && !lines.contains("threat-police"), "{lines:?}");
            }
        }
        let any = pack.text("en", "notice.threat-police.hint").unwrap();
        assert!(any.contains("today: 999"), "{}: {any}", pack.name());
    }
}

#[test]
fn what_was_dangerous_or_stood_against_itself_is_said_no_more() {
    for pack in packs() {
        let text = |key: &str| pack.text("en", key).unwrap().to_owned();
        let police = text("notice.police-quiet.what");
        assert!(police.contains("whoever they look for may be among them"), "{}: {police}", pack.name());
        let numbers = text("notice.numbers-small.hint");
        assert!(numbers.contains("your own whole total may go"), "{}: {numbers}", pack.name());
        let pictures = text("notice.private-stays.hint");
        assert!(pictures.contains("A safe parent hears of the picture"), "{}: {pictures}", pack.name());
        assert!(!pictures.contains("Not to a parent"), "{}: {pictures}", pack.name());
        let ill = text("notice.ill-carer.hint");
        assert!(!ill.contains("A no costs nothing"), "{}: {ill}", pack.name());
        let told = text("notice.concerned-told.what");
        assert!(told.contains("leave is not asked"), "{}: {told}", pack.name());
    }
}
