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
const BEHIND: [&[&str]; 12] = [
    &["home"],
    &["carer-ill"],
    &["home", "carer-ill"],
    &["works-with-children"],
    &["young-person"],
    &["stranger"],
    &["known-adult"],
    &["nobody-else"],
    &["cannot-say"],
    &["home", "stranger"],
    &["works-with-children", "young-person"],
    &["stranger", "nobody-else"],
];
/// What holds back telling by itself, whoever is behind it.
const KEEPS: [&str; 6] = ["trafficking", "fabricated", "fgm-known", "fgm-feared", "fgm", "marriage"];

/// What is passed on by name, whatever the doubt: whoever is not sure of harm shares it all the same.
const ALWAYS: [&str; 14] = [
    "infant-mark",
    "under-13",
    "fgm-known",
    "fgm",
    "unfit-carer",
    "unfit-home",
    "adult-near",
    "past",
    "radical",
    "case-open",
    "takes-back",
    "threat",
    "missing",
    "off-roll",
];
/// Nobody can say where the child is: that has lines of its own.
const GONE: [&str; 2] = ["missing", "off-roll"];
/// Where no relative is the safe one.
const KIN: [&str; 4] = ["fgm-known", "fgm-feared", "fgm", "marriage"];
/// What somebody else told of an adult: nobody goes to the child with it.
const OF_AN_ADULT: [&str; 3] = ["told-by", "adult-near", "past"];

/// Whether the advice is to share, and not to talk it through.
fn shared(harm: &str, behind: &[&str], sign: &str) -> bool {
    harm == "yes" || ALWAYS.contains(&sign) || behind.contains(&"works-with-children")
}

/// Whether only these may be behind it.
fn only(behind: &[&str], who: &[&str]) -> bool {
    behind.iter().all(|one| who.contains(one))
}

/// Somebody at home, or nobody can say.
fn close(behind: &[&str]) -> bool {
    behind.iter().any(|who| ["home", "cannot-say"].contains(who))
}

/// Whether nobody stands at the door now who is not fit to fetch the child. What they do at night is a worry like another.
fn fit(next: &str, sign: &str) -> bool {
    !["unfit-carer", "unfit-home"].contains(&sign) || ["later-today", "not-today"].contains(&next)
}

/// In danger from themself: not left alone, which has lines of its own.
fn stayed_with(behind: &[&str], sign: &str) -> bool {
    ["self-harm", "suicide"].contains(&sign) && only(behind, &["nobody-else", "young-person"])
}

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

    /// Drawn into a cause: who is rung, and what is said, is another.
    fn drawn_in(&self) -> bool {
        self.advice.id.starts_with("share-radical")
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
    // What was passed to us has a way of its own, and what we passed on and was wrong or went astray.
    let own = ["received", "was-wrong", "went-astray", "not-for-us", "small-things", "threat-strangers"];
    step.values().into_iter().filter(|sign| !own.contains(sign)).map(str::to_owned).collect()
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
    every(|name, _, (_, next, behind, sign), walked| {
        let now = ["already", "within-hour", "not_sure"].contains(&next);
        assert_eq!(walked.advice.deadline == Some(Deadline::Now), now, "{name}");
        let first = walked.advice.obligations.first().expect("the act");
        assert_eq!(first.deadline == Some(Deadline::Now), now, "{name}: the act itself");
        assert!(first.deadline.is_some_and(Deadline::same_day), "{name}");
        // At the door of whoever is not fit there are lines of their own.
        let own = !fit(next, sign) || GONE.contains(&sign) || stayed_with(behind, sign) || walked.drawn_in();
        assert_eq!(walked.says("door"), !own && next == "within-hour", "{name}");
        assert_eq!(
            walked.says("where-now"),
            !own && next == "not_sure",
            "{name}: where the child is comes first"
        );
        assert_eq!(walked.says("door-there"), !own && next == "already", "{name}: together already");
        // Two young people are kept apart; a threat has an hour.
        let two = only(behind, &["young-person"]) && sign != "threat";
        assert_eq!(walked.says("before-then"), !own && !two && !now, "{name}");
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
        for id in ["share-harm", "share-harm-now", "share-harm-move", "share-harm-move-now"] {
            let act = pack.text("en", &format!("outcome.{id}.act")).unwrap();
            assert!(act.contains("who else is at risk"), "{}: {act}", pack.name());
        }
    }
}

#[test]
fn nobody_in_the_family_is_told_where_it_may_be_one_of_them_and_the_strictest_wins() {
    every(|name, _, (harm, next, behind, sign), walked| {
        let close = close(behind);
        let staff = behind.contains(&"works-with-children");
        let fit = fit(next, sign);
        let kin = KIN.contains(&sign);
        let hold = close || KEEPS.contains(&sign) || sign == "not_sure";
        // A partner's violence: the parent who told of it is not shut out.
        let line = match (shared(harm, behind, sign), sign) {
            (true, "domestic") => "tell-partner",
            (true, _) => "tell-hold",
            (false, _) => "ask-nobody-yet",
        };
        let said: Vec<&str> = ["tell-hold", "tell-partner", "ask-nobody-yet"]
            .into_iter()
            .filter(|line| walked.says(line))
            .collect();
        // One line says it, and where another says it better this one is silent.
        let better = kin || sign == "adult-near" || walked.drawn_in();
        assert_eq!(said, if hold && fit && !better { vec![line] } else { vec![] }, "{name}");
        assert_eq!(walked.says("kin-hold"), kin, "{name}: no relative is the safe one");
        assert_eq!(walked.says("adult-hold"), sign == "adult-near", "{name}: neither family nor adult");
        assert_eq!(walked.says("radical-not"), sign == "radical" && close, "{name}: nobody at home");
        let parent = walked.says("safe-parent") || walked.says("tell-parent");
        assert!(!(parent && hold), "{name}: a parent may be told only where nothing holds it back");
        // Nobody can be told with the child there where nobody knows where the child is: that has lines of its own.
        assert_eq!(walked.says("missing-told"), sign == "missing", "{name}");
        let settled = ["missing", "off-roll", "adult-near", "concealed", "radical"].contains(&sign);
        assert!(!(parent && settled), "{name}: who hears it is settled in the call");
        // Whoever looks after the child is ill, and nobody means harm: spoken with kindly, as the call settles.
        let ill = only(behind, &["carer-ill"]);
        for line in ["ill-carer", "ill-treated", "ill-child"] {
            assert_eq!(walked.says(line), ill && !walked.drawn_in(), "{name}: {line}");
        }
        assert!(parent || hold || staff || settled || ill, "{name}");
        assert!(!(walked.says("safe-parent") && walked.says("tell-parent")), "{name}: one line about it");
        let grown = close || behind.iter().any(|who| ["stranger", "known-adult"].contains(who));
        let said_better = better
            || (sign == "domestic" && close)
            || (sign == "images" && !close)
            || sign == "off-roll"
            || only(behind, &["known-adult"]);
        assert_eq!(
            walked.says("no-confront"),
            grown && fit && !said_better,
            "{name}: two children are kept apart, not left to routine"
        );
        let other = ["adult-near", "marriage", "images"].contains(&sign);
        let outside = only(behind, &["known-adult"]) && !GONE.contains(&sign) && !other && fit;
        assert_eq!(
            walked.says("outside-quiet"),
            outside && !walked.drawn_in(),
            "{name}: nothing reaches an adult from outside"
        );
        let young = behind.contains(&"young-person") && !["missing", "concealed", "radical"].contains(&sign);
        assert_eq!(walked.says("keep-apart"), young && sign != "threat", "{name}: before they next meet");
        assert_eq!(walked.says("other-child"), young, "{name}: the other is a child too");
    });
}

#[test]
fn who_works_with_children_is_heard_of_by_the_officer_and_kept_apart_whatever_else_is_ticked() {
    every(|name, _, (_, _, behind, _), walked| {
        let staff = behind.contains(&"works-with-children");
        assert_eq!(walked.brings("allegations"), staff, "{name}: whatever the doubt");
        let apart = walked.advice.obligations.iter().any(|plan| plan.duty == Duty::SeparateFile);
        assert_eq!(apart, staff, "{name}");
        assert_eq!(walked.says("staff-ask-nothing") && walked.says("staff-lead"), staff, "{name}");
    });
}

#[test]
fn the_child_who_spoke_is_told_at_once_unless_that_has_to_be_agreed_first() {
    every(|name, _, (_, next, behind, sign), walked| {
        // Who told of it herself already knows that somebody heard: only what is feared is agreed first.
        let agreed = KEEPS.contains(&sign) && sign != "fgm-known";
        let fit = fit(next, sign);
        let there = fit && !GONE.contains(&sign);
        let other_way = sign == "no-words";
        let spoke = there && !agreed && !other_way && !OF_AN_ADULT.contains(&sign) && !walked.drawn_in();
        assert_eq!(walked.told, spoke, "{name}");
        assert_eq!(walked.says("child-way"), other_way, "{name}: in signs and symbols");
        // What more is agreed in the call, always where somebody at home may be behind it.
        let call = there && (close(behind) || only(behind, &["nobody-else", "carer-ill"]));
        assert_eq!(walked.says("child-call"), call, "{name}");
        let line = if sign == "unfit-home" { "home-child" } else { "unfit-child" };
        assert_eq!(walked.says(line), !fit, "{name}: who comes for them, in simple words");
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
    every(|name, _, _, walked| assert_eq!(walked.asked, 5, "{name}"));
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
            let here = sign == of && shared(harm, behind, sign);
            assert!(walked.says(line) || !here, "{name}: {line}");
            assert!(sign == of || !walked.says(line), "{name}: {line} does not fit");
        }
        let kinds = pack.notices().iter().filter(|one| walked.says(&one.id)).map(|one| one.kind);
        // Another child and an adult of theirs behind it at once: each has a line of its own.
        let both = behind.contains(&"young-person") && behind.len() > 1;
        let most = if both { 6 } else { 5 };
        assert!(kinds.filter(|kind| *kind == NoticeKind::Ban).count() <= most, "{name}: bans are read");
    });
    let young: KnownFacts = [("child_age".to_owned(), Known::Number(12))].into_iter().collect();
    for pack in packs() {
        let walked = walk(&pack, &young, "yes", "not-today", &["young-person"], "sexual");
        assert!(walked.says("under-13"), "{}: the file knows the age", pack.name());
    }
}

#[test]
fn what_is_passed_on_whatever_the_doubt_is_shared_by_name() {
    every(|name, _, (harm, _, behind, sign), walked| {
        assert_eq!(walked.advice.kind.shares(), shared(harm, behind, sign), "{name}");
    });
    let young: KnownFacts = [("child_age".to_owned(), Known::Number(12))].into_iter().collect();
    for pack in packs() {
        let walked = walk(&pack, &young, "not_sure", "not-today", &["home"], "sexual");
        assert!(walked.advice.kind.shares(), "{}: the file knows the age", pack.name());
    }
}

#[test]
fn whoever_comes_for_the_child_and_is_not_fit_has_lines_of_their_own_and_nothing_speaks_against_ringing_home()
{
    every(|name, _, (_, next, behind, sign), walked| {
        let unfit = !fit(next, sign);
        for line in ["unfit-keep", "unfit-door", "unfit-fetch", "unfit-report"] {
            assert_eq!(walked.says(line), unfit && sign == "unfit-carer", "{name}: {line}");
        }
        // In their home nobody fetches: who has the child is settled in the call.
        for line in ["home-keep", "home-who", "home-goes"] {
            assert_eq!(walked.says(line), unfit && sign == "unfit-home", "{name}: {line}");
        }
        let home = sign == "unfit-carer" && !unfit && !behind.contains(&"works-with-children");
        assert_eq!(walked.says("drink-home"), home, "{name}: at home, and later");
    });
}

#[test]
fn who_is_drawn_into_a_cause_is_passed_on_by_its_own_route_and_social_care_hears_it_in_the_same_round() {
    every(|name, pack, (_, _, behind, sign), walked| {
        let drawn = sign == "radical" && !behind.contains(&"works-with-children");
        assert_eq!(walked.drawn_in(), drawn, "{name}");
        if drawn {
            let act = pack.text("en", &format!("outcome.{}.act", walked.advice.id)).unwrap();
            let route = pack.text("en", "term.prevent_route").unwrap();
            let front = pack.text("en", "term.front_door").unwrap();
            assert!(act.contains(route) && act.contains(front), "{name}: {act}");
            for line in ["radical-route", "radical-words", "radical-help"] {
                assert!(walked.says(line), "{name}: {line}");
            }
        }
    });
}

#[test]
fn somebody_unknown_asks_and_one_closer_question_tells_the_caller_from_a_worry_of_ones_own() {
    for pack in packs() {
        for who in ["agency", "police", "parent", "person", "solicitor", "member"] {
            let known: KnownFacts = [
                ("requester".to_owned(), Known::Word(who.to_owned())),
                ("requester_verified".to_owned(), Known::Flag(false)),
            ]
            .into_iter()
            .collect();
            for harm in ["yes", "not_sure"] {
                let name = format!("{}: {who}, {harm}", pack.name());
                let mut answers = Answers::new();
                let mut put = |step: &str, answer: Answer| answers.insert(StepId(step.into()), answer);
                put("danger", choice("no"));
                put("harm", choice(harm));
                put("harm-own", choice("yes"));
                let caller = outcome(&pack, &known, on(), &answers).expect("it stands after three questions");
                assert_eq!(caller.id, "hold-caller", "{name}: what is known already is no fresh worry");
                let mut put = |step: &str, answer: Answer| answers.insert(StepId(step.into()), answer);
                put("harm-own", choice("no"));
                put("next-with", choice("within-hour"));
                put("behind", choices(&["home"]));
                put("signs", choices(&["domestic"]));
                let own = outcome(&pack, &known, on(), &answers).expect("and so does one's own, after five");
                let id = if harm == "yes" { "share-harm-now" } else { "hold-harm-now" };
                assert_eq!(own.id, id, "{name}");
                let asked = place(&pack, &known, on(), &answers).unwrap().path.len();
                assert_eq!(asked, 5, "{name}");
                // What worries is asked where it is a worry; the time is not: it is rung now.
                let said: BTreeSet<String> =
                    notices(&pack, &known, on(), &answers).into_iter().map(|line| line.id.clone()).collect();
                assert_eq!(said.contains("domestic-quiet"), harm == "yes", "{name}");
            }
        }
    }
}

/// How many words a person reads in a text: a term counts as the words that it stands for.
fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn a_line_is_short_enough_for_a_bad_evening() {
    for pack in packs() {
        for line in pack.notices() {
            let hint = pack.text("en", &format!("notice.{}.hint", line.id)).unwrap_or_default();
            assert!(words(hint) <= 76, "{}: {}: {} words", pack.name(), line.id, words(hint));
        }
        for duty in pack.obligations() {
            let hint = pack.text("en", &format!("obligation.{}.hint", duty.id)).unwrap_or_default();
            assert!(words(hint) <= 76, "{}: {}: {} words", pack.name(), duty.id, words(hint));
        }
        // Violence by a partner: what must not be done is read before anything else.
        for id in ["tell-partner", "domestic-quiet"] {
            let what = pack.text("en", &format!("notice.{id}.what")).unwrap();
            let hint = pack.text("en", &format!("notice.{id}.hint")).unwrap();
            assert!(words(what) <= 15 && words(hint) <= 20, "{}: {id}", pack.name());
        }
    }
}

#[test]
fn one_sign_alone_brings_few_lines() {
    every(|name, pack, (_, _, behind, sign), walked| {
        // Who comes for a child, or a child who takes it back, beside whoever is behind it: two situations at once.
        if ["unfit-carer", "unfit-home", "takes-back"].contains(&sign) || behind.len() > 1 {
            return;
        }
        let law =
            |id: &&String| pack.notices().iter().any(|one| one.id == **id && one.kind == NoticeKind::Law);
        let lines = walked.lines.iter().filter(|id| !law(id)).count();
        let most = if behind == ["young-person"] { 14 } else { 12 };
        assert!(lines <= most, "{name}: {lines} lines: {:?}", walked.lines);
    });
}

#[test]
fn on_a_move_the_office_of_the_place_is_rung_and_the_case_is_kept_until_it_is_taken() {
    let known = |unborn: bool| -> KnownFacts {
        let door = ("door".to_owned(), Known::Word("moves".into()));
        let born = unborn.then(|| ("child_unborn".to_owned(), Known::Flag(true)));
        [door].into_iter().chain(born).collect()
    };
    for pack in packs() {
        for (next, id) in [("already", "share-harm-move-now"), ("not-today", "share-harm-move")] {
            for unborn in [true, false] {
                let walked = walk(&pack, &known(unborn), "yes", next, &["home"], "domestic");
                let name = format!("{}: {next}, {unborn}", pack.name());
                assert_eq!(walked.advice.id, id, "{name}");
                assert_eq!(walked.advice.act.recipient, Some(Ring::OtherArea), "{name}: no number of ours");
                assert!(walked.says("moves-keeps") && walked.says("moves-goes"), "{name}");
                assert!(walked.brings("move-chase-harm"), "{name}");
                assert_eq!(walked.brings("move-interim-unborn"), unborn, "{name}");
                assert_eq!(walked.brings("move-interim-harm"), !unborn, "{name}");
                assert_eq!(walked.says("moves-maternity"), unborn, "{name}");
                // Who moves together with whoever is behind it hides nothing from them.
                assert_eq!(walked.says("moves-hidden"), next == "not-today", "{name}");
            }
        }
    }
}
