//! What an ordinary share, a no and a wait owe to whoever they are about, where no harm is suspected: what the child
//! hears, what stays, who hears nothing, and who minds it meanwhile. In every nation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use sharewell_guidance::{Answers, Pack, Place, notices, outcome, place};
use sharewell_records::{Answer, Day, Known, KnownFacts, StepId};

fn on() -> Day {
    Day("2026-11-27".parse().unwrap())
}

fn one(value: &str) -> Answer {
    Answer::Choice { value: value.into(), words: "in words".into() }
}

fn nobody() -> Answer {
    Answer::People { people: Vec::new(), words: String::new() }
}

fn word(text: &str) -> Known {
    Known::Word(text.into())
}

/// The outcome, its duties and its lines, after *no* to danger and to harm, nobody else at risk, and what is given.
struct Come {
    id: String,
    duties: Vec<String>,
    lines: Vec<String>,
}

impl Come {
    fn of(pack: &Pack, known: &[(&str, Known)], given: &[(&str, Answer)]) -> Self {
        let known: KnownFacts =
            known.iter().map(|(name, known)| ((*name).to_owned(), known.clone())).collect();
        let first = [("danger", one("no")), ("harm", one("no"))];
        let all = first.iter().chain(given);
        let answers: Answers = all.map(|(step, said)| (StepId((*step).into()), said.clone())).collect();
        let advice =
            outcome(pack, &known, on(), &answers).unwrap_or_else(|error| panic!("{}: {error}", pack.name()));
        let duties = advice.obligations.iter().map(|plan| plan.key.clone()).collect();
        let lines = notices(pack, &known, on(), &answers).into_iter().map(|line| line.id.clone()).collect();
        Self { id: advice.id, duties, lines }
    }

    #[track_caller]
    fn says(&self, lines: &[&str]) {
        for line in lines {
            assert!(
                self.lines.iter().any(|there| there == line),
                "{}: {line} is not among {:?}",
                self.id,
                self.lines
            );
        }
    }

    #[track_caller]
    fn never(&self, lines: &[&str]) {
        for line in lines {
            assert!(!self.lines.iter().any(|there| there == line), "{}: {line} stands there", self.id);
        }
    }

    fn owes(&self, duty: &str) -> bool {
        self.duties.iter().any(|there| there == duty)
    }
}

fn open() -> Vec<(&'static str, Answer)> {
    vec![("others", nobody()), ("purpose", one("service")), ("whose", nobody()), ("duty", one("none"))]
}

fn packs() -> Vec<Pack> {
    teaching::packs().into_iter().filter(|pack| pack.applies_on(on())).collect()
}

#[test]
fn a_share_without_harm_says_what_the_child_hears_what_stays_and_who_hears_nothing() {
    for pack in packs() {
        let come = Come::of(&pack, &[("child_age", Known::Number(9))], &open());
        assert_eq!(come.id, "share-not-confidential", "{}", pack.name());
        come.says(&["plain-child", "plain-stays", "plain-quiet", "plain-back"]);
        // Another office has words of its own for what stays.
        let asked = [("requester", word("agency")), ("requester_verified", Known::Flag(true))];
        let come = Come::of(&pack, &asked, &open());
        come.says(&["plain-child", "what-stays"]);
        come.never(&["plain-stays", "plain-quiet"]);
    }
}

#[test]
fn nobody_hears_the_views_of_a_baby_and_what_was_seen_is_written_down() {
    for pack in packs() {
        let baby = Come::of(&pack, &[("child_age", Known::Number(1))], &open());
        baby.never(&["plain-child"]);
        assert!(baby.owes("views-seen") && !baby.owes("views"), "{}: {:?}", pack.name(), baby.duties);
        let nine = Come::of(&pack, &[("child_age", Known::Number(9))], &open());
        assert!(nine.owes("views") && !nine.owes("views-seen"), "{}: {:?}", pack.name(), nine.duties);
    }
}

#[test]
fn a_no_is_said_and_kept_and_a_wait_is_minded_by_somebody() {
    for pack in packs() {
        let nothing = [("others", nobody()), ("purpose", one("none")), ("welfare", one("no"))];
        let come = Come::of(&pack, &[], &nothing);
        assert_eq!(come.id, "do-not-share-no-purpose", "{}", pack.name());
        come.says(&["no-said", "no-kept"]);
        let bears = [("others", nobody()), ("purpose", one("none")), ("welfare", one("yes"))];
        let come = Come::of(&pack, &[], &bears);
        assert_eq!(come.id, "hold-advice", "{}", pack.name());
        come.says(&["wait-as-ever", "wait-child", "plain-quiet"]);
        come.never(&["no-said"]);
        let law = [("exception", one("no")), ("endanger", one("no"))];
        let mut required = open();
        required.retain(|(step, _)| *step != "duty");
        required.push(("duty", one("law")));
        required.extend(law);
        let come = Come::of(&pack, &[], &required);
        assert_eq!(come.id, "must-share-law", "{}", pack.name());
        come.says(&["law-seen", "plain-child", "plain-stays", "plain-back"]);
    }
}

#[test]
fn the_press_is_answered_after_three_questions_and_nobody_is_asked_who_else_is_at_risk() {
    for pack in packs() {
        let known: KnownFacts =
            [("requester".to_owned(), word("journalist")), ("door".to_owned(), word("request"))].into();
        let given = [("danger", one("no")), ("harm", one("no"))];
        let answers: Answers = given.into_iter().map(|(step, said)| (StepId(step.into()), said)).collect();
        let Place::Asking { next } = place(&pack, &known, on(), &answers).unwrap().place else {
            panic!("{} asks nothing more", pack.name())
        };
        assert_eq!(next.key.0, "press-what", "{}", pack.name());
        let come = Come::of(&pack, &[("requester", word("journalist"))], &[("press-what", one("story"))]);
        assert_eq!(come.id, "do-not-share-press", "{}", pack.name());
        let hint = pack.text("en", "step.press-what.hint").unwrap();
        assert!(hint.contains("You fear for {child} or anybody else"), "{hint}");
    }
}

#[test]
fn whoever_asks_for_what_is_written_about_themself_is_helped_and_not_told_on() {
    for pack in packs() {
        let asks = [("others", nobody()), ("request-wants", one("records"))];
        let facts = |who: &str| [("requester", word(who)), ("child_age", Known::Number(13))];
        let own = Come::of(&pack, &facts("person"), &asks);
        assert_eq!(own.id, "hold-access", "{}", pack.name());
        own.says(&["access-self", "access-nothing"]);
        own.never(&["access-asked", "access-own"]);
        let parent = Come::of(&pack, &facts("parent"), &asks);
        parent.says(&["access-asked"]);
        parent.never(&["access-self"]);
    }
}

#[test]
fn whoever_holds_nothing_is_told_nothing_and_a_solicitor_hears_neither_yes_nor_no() {
    for pack in packs() {
        let asks = |wants: &str| [("others", nobody()), ("request-wants", one(wants))];
        for (who, sure) in [("parent", false), ("parent", true), ("member", false), ("member", true)] {
            let known = [("requester", word(who)), ("requester_verified", Known::Flag(sure))];
            let come = Come::of(&pack, &known, &asks("news"));
            assert_eq!(come.id, "no-news", "{}: {who}", pack.name());
            come.says(&["news-none", "news-worry", "news-as-ever"]);
            assert_eq!(
                come.lines.iter().any(|line| line == "news-parent"),
                who == "parent",
                "{}",
                pack.name()
            );
        }
        let known = [("requester", word("solicitor")), ("requester_verified", Known::Flag(false))];
        let come = Come::of(&pack, &known, &asks("letter"));
        assert_eq!(come.id, "no-letter", "{}", pack.name());
        come.says(&["case-process", "case-stays", "show-nothing"]);
        assert!(
            come.owes("letter-solicitor") && !come.owes("letter-answer"),
            "{}: {:?}",
            pack.name(),
            come.duties
        );
        let parent = Come::of(&pack, &[("requester", word("parent"))], &asks("letter"));
        assert!(parent.owes("letter-answer") && !parent.owes("letter-solicitor"), "{}", pack.name());
    }
}

/// The lines of an advice where harm is feared.
fn beside_harm(pack: &Pack, age: i32, behind: &[&str], signs: &[&str]) -> Vec<String> {
    let many = |values: &[&str]| Answer::Choices {
        values: values.iter().map(|one| (*one).to_owned()).collect(),
        words: String::new(),
    };
    let known: KnownFacts = [("child_age".to_owned(), Known::Number(age))].into();
    let given = [
        ("danger", one("no")),
        ("harm", one("yes")),
        ("next-with", one("within-hour")),
        ("behind", many(behind)),
        ("signs", many(signs)),
    ];
    let answers: Answers = given.into_iter().map(|(step, said)| (StepId(step.into()), said)).collect();
    notices(pack, &known, on(), &answers).into_iter().map(|line| line.id.clone()).collect()
}

#[test]
fn who_is_used_by_others_is_not_one_of_two_children_who_hurt_one_another() {
    for pack in packs() {
        let used = beside_harm(&pack, 15, &["young-person"], &["exploitation", "threat"]);
        let hurt = beside_harm(&pack, 15, &["young-person"], &["sexual"]);
        for line in ["two-children", "other-child"] {
            assert!(!used.iter().any(|one| one == line), "{}: {line}", pack.name());
            assert!(hurt.iter().any(|one| one == line), "{}: {line}", pack.name());
        }
        assert!(used.iter().any(|one| one == "used-said") && !hurt.iter().any(|one| one == "used-said"));
    }
}

#[test]
fn a_small_child_does_not_mean_to_die_and_whoever_looks_after_the_child_is_asked() {
    for pack in packs() {
        let small = beside_harm(&pack, 0, &["carer-ill"], &["suicide"]);
        let grown = beside_harm(&pack, 14, &["nobody-else"], &["suicide"]);
        for line in ["suicide", "no-is-heard", "seen-next"] {
            assert!(!small.iter().any(|one| one == line), "{}: {line}", pack.name());
            assert!(grown.iter().any(|one| one == line), "{}: {line}", pack.name());
        }
        assert!(
            small.iter().any(|one| one == "suicide-carer") && !grown.iter().any(|one| one == "suicide-carer")
        );
    }
}

#[test]
fn a_warning_that_somebody_would_like_to_give_has_the_lines_of_an_adult_who_may_be_a_risk() {
    for pack in packs() {
        let come = Come::of(&pack, &[], &[("others", nobody()), ("purpose", one("warn"))]);
        assert_eq!(come.id, "hold-concern", "{}", pack.name());
        come.says(&["adult-hold", "adult-look", "adult-call", "adult-record", "wait-as-ever"]);
    }
}

#[test]
fn where_asking_is_unsafe_a_child_who_spoke_hears_it_and_a_child_not_seen_is_written_down_by_the_hour() {
    for pack in packs() {
        let why = Answer::Choices { values: vec!["child-harm".into()], words: String::new() };
        let mut given = open();
        given.retain(|(step, _)| *step != "whose");
        given.push(("whose", Answer::People { people: Vec::new(), words: "her mother".into() }));
        given.extend([("would-change", one("yes")), ("consent", one("unsafe")), ("why-unsafe", why)]);
        let come = Come::of(&pack, &[("child_age", Known::Number(9))], &given);
        assert_eq!(come.id, "share-unsafe", "{}", pack.name());
        come.says(&["tell-hold", "child-told", "child-call"]);
        let seen = [("others", nobody()), ("purpose", one("particular")), ("particular", one("not-seen"))];
        let come = Come::of(&pack, &[], &seen);
        assert_eq!(come.id, "find-child", "{}", pack.name());
        come.says(&["find-noted", "find-ask"]);
    }
}
