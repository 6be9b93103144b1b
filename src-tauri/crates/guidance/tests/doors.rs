//! The doors: what brings a person here, each with its own shortest path, in every nation. Danger and harm come first
//! in every one, and no door is a way round them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeSet;
use std::path::Path;

use sharewell_guidance::{
    Advice, Answers, Deadline, Kind, NotSure, Pack, Place, Step, Tag, check_files, mount, outcome, place,
};
use sharewell_records::{
    AdviserResult, Answer, CheckRow, Day, Duty, Heavier, Known, KnownFacts, Likelihood, OutcomeKind,
    PersonChoice, PointAnswer, Severity, StepId, WeighingSide,
};

const ON: &str = "2026-11-27";
const DOORS: [&str; 8] = [
    "worried",
    "works-with-children",
    "risky-adult",
    "service",
    "changed-mind",
    "moves",
    "numbers",
    "request",
];
/// What is answered where nothing else is said; the first that is offered otherwise.
const USUAL: [(&str, &str); 3] = [("danger", "no"), ("harm", "no"), ("numbers-worry", "no")];

fn on() -> Day {
    Day(ON.parse().unwrap())
}

fn packs() -> Vec<Pack> {
    teaching::packs()
}

fn known(door: &str, more: &[(&str, Known)]) -> KnownFacts {
    let mut known = KnownFacts::from([
        ("door".to_owned(), Known::Word(door.to_owned())),
        ("agency_body".to_owned(), Known::Word("public".to_owned())),
    ]);
    known.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    known
}

fn answer(step: &Step, key: &StepId, said: &[(&str, &str)]) -> Answer {
    let words = || "As it was said".to_owned();
    let one = said.iter().chain(&USUAL).find(|(of, _)| *of == key.0).map(|(_, value)| *value);
    if one == Some("not_sure") {
        return Answer::Choice { value: "not_sure".into(), words: words() };
    }
    let first = || one.map_or_else(|| step.options[0].id.clone(), str::to_owned);
    match step.kind {
        Kind::YesNo | Kind::OneOf => Answer::Choice { value: first(), words: words() },
        Kind::ManyOf => {
            Answer::Choices { values: first().split('+').map(str::to_owned).collect(), words: words() }
        }
        Kind::Text => Answer::Text { text: words() },
        Kind::Date => Answer::Date { on: on() },
        Kind::People => {
            let named = if step.optional { one.unwrap_or_default().to_owned() } else { words() };
            Answer::People { people: Vec::new(), words: named }
        }
        Kind::Items => Answer::Items { items: Vec::new(), words: words() },
        Kind::Adviser => Answer::Adviser {
            who: words(),
            own_agency: true,
            named: false,
            result: AdviserResult::Agrees,
            said: words(),
        },
        Kind::Weighing => {
            let side = || WeighingSide {
                what: words(),
                likelihood: Likelihood::Likely,
                severity: Severity::Moderate,
            };
            Answer::Weighing { share: side(), not_share: side(), heavier: Heavier::NotShare }
        }
        Kind::EachPerson => {
            let value = step.options[0].id.clone();
            let row = PersonChoice { person: None, name: "Mother".into(), value, reason: words() };
            Answer::EachPerson { rows: vec![row] }
        }
        Kind::Checklist => {
            let row =
                |point: &String| CheckRow { point: point.clone(), value: PointAnswer::Yes, words: words() };
            let points: Vec<String> = step.options.iter().map(|point| point.id.clone()).collect();
            Answer::Checklist { rows: points.iter().map(row).collect() }
        }
    }
}

/// The questions that were asked, how many of them before the advice stood, and the advice.
struct Walked {
    asked: Vec<String>,
    to_advice: usize,
    advice: Advice,
}

fn walk(pack: &Pack, known: &KnownFacts, said: &[(&str, &str)]) -> Walked {
    let mut answers = Answers::new();
    let mut to_advice = None;
    for _ in 0..40 {
        let position = place(pack, known, on(), &answers).unwrap();
        let next = match &position.place {
            Place::Asking { next } => next.clone(),
            Place::Advised { next, .. } => {
                to_advice.get_or_insert(position.path.len());
                next.clone()
            }
            Place::Done { .. } => {
                let asked: Vec<String> = position.path.iter().map(|one| one.key.0.clone()).collect();
                let to_advice = to_advice.unwrap_or(asked.len());
                let advice = outcome(pack, known, on(), &answers).unwrap();
                return Walked { asked, to_advice, advice };
            }
        };
        let step = pack.step(&next.key).unwrap();
        answers.insert(next.key.clone(), answer(step, &next.key, said));
    }
    panic!("{} does not end: {answers:?}", pack.name());
}

fn keys(advice: &Advice) -> Vec<&str> {
    advice.obligations.iter().map(|one| one.key.as_str()).collect()
}

fn due_today(advice: &Advice) -> usize {
    let today = |deadline: &Deadline| matches!(deadline, Deadline::Now | Deadline::EndOfToday);
    advice.obligations.iter().filter(|one| one.deadline.as_ref().is_some_and(today)).count()
}

#[test]
fn danger_and_harm_are_asked_first_in_every_door_and_numbers_ask_one_line() {
    for pack in packs() {
        for door in DOORS {
            let walked = walk(&pack, &known(door, &[]), &[]);
            if door == "numbers" {
                let first = pack.step(&StepId(walked.asked[0].clone())).unwrap();
                assert!(first.asks(Tag::ImmediateDanger) && first.asks(Tag::SuspectedHarm));
                assert_eq!(first.not_sure, NotSure::Answer);
            } else {
                assert_eq!(walked.asked[..2], ["danger", "harm"], "{}: {door}", pack.name());
            }
        }
    }
}

#[test]
fn no_door_leads_to_do_not_share_while_danger_or_harm_is_yes_or_not_sure() {
    for pack in packs() {
        for door in DOORS {
            for (asked, said) in
                [("danger", "yes"), ("danger", "not_sure"), ("harm", "yes"), ("harm", "not_sure")]
            {
                let asked = if door == "numbers" { "numbers-worry" } else { asked };
                let requester =
                    [("requester", Known::Word("parent".into())), ("requester_verified", Known::Flag(false))];
                for more in [&[][..], &requester[..]] {
                    let advice = walk(&pack, &known(door, more), &[(asked, said)]).advice;
                    assert!(advice.harm_suspected, "{}: {door}", pack.name());
                    assert_ne!(
                        advice.kind,
                        OutcomeKind::DoNotShare,
                        "{}: {door}: {}",
                        pack.name(),
                        advice.id
                    );
                }
            }
        }
    }
}

/// A door, what is said in it, where it leads, and how many questions that takes to the advice and in all.
type Plain = (&'static str, &'static [(&'static str, &'static str)], &'static str, usize, usize);

const PLAIN: [Plain; 12] = [
    ("works-with-children", &[("staff-what", "hurt"), ("staff-where", "childcare")], "tell-officer", 6, 6),
    ("works-with-children", &[("staff-what", "not_sure")], "tell-officer", 6, 6),
    ("works-with-children", &[("staff-what", "low")], "tell-lead", 6, 6),
    ("risky-adult", &[], "adult-concern", 5, 5),
    ("service", &[], "share-service", 7, 7),
    ("changed-mind", &[], "stop", 4, 6),
    ("moves", &[("moves-where", "nation"), ("moves-accepted", "no")], "share-move", 6, 6),
    ("moves", &[("moves-where", "unknown")], "find-child", 5, 5),
    ("numbers", &[("numbers-found", "no")], "share-numbers", 2, 2),
    ("numbers", &[("numbers-found", "yes"), ("numbers-wider", "no")], "hold-numbers", 3, 3),
    ("numbers", &[("numbers-worry", "not_sure")], "begin-with-person", 1, 1),
    ("worried", &[("purpose", "particular"), ("particular", "fostering")], "notify-fostering", 5, 5),
];

#[test]
fn each_door_has_a_short_path_and_leaves_few_duties() {
    for pack in packs() {
        for (door, said, id, to_advice, all) in PLAIN {
            let walked = walk(&pack, &known(door, &[("child_age", Known::Number(9))]), said);
            let about = format!("{}: {door}: {:?}: {:?}", pack.name(), walked.asked, keys(&walked.advice));
            assert_eq!(walked.advice.id, id, "{about}");
            assert_eq!((walked.to_advice, walked.asked.len()), (to_advice, all), "{about}");
            assert!(walked.advice.obligations.len() <= 8, "{about}");
            assert!(due_today(&walked.advice) <= 3, "{about}");
        }
    }
}

#[test]
fn no_path_has_more_than_thirteen_questions_beside_the_detour_and_what_settings_tell() {
    for pack in packs() {
        let longest = sharewell_guidance::check(&pack).longest;
        assert!(longest <= 15, "{}: {longest}", pack.name());
    }
}

#[test]
fn a_withdrawal_stops_and_nothing_is_weighed_or_looked_for_wherever_it_is_said() {
    let said: [(&str, &[(&str, &str)]); 3] = [
        ("changed-mind", &[]),
        ("service", &[("service-agreed", "withdrawn")]),
        ("worried", &[("whose", "Mother"), ("duty", "none"), ("consent", "withdrawn")]),
    ];
    for pack in packs() {
        for (door, said) in said {
            let pressed = [said, &[("withdrawn-pressed", "yes")]].concat();
            let walked = walk(&pack, &known(door, &[]), &pressed);
            let about = format!("{}: {door}: {:?}", pack.name(), walked.asked);
            assert_eq!(
                (walked.advice.id.as_str(), walked.advice.kind),
                ("stop", OutcomeKind::DoNotShare),
                "{about}"
            );
            for never in ["weighing", "adviser"] {
                assert!(!walked.asked.iter().any(|asked| asked == never), "{about}");
            }
            let each = |key: &str| walked.advice.obligations.iter().find(|one| one.key == key);
            assert!(
                each("act-stop").is_some_and(|one| one.each.is_some()),
                "each recipient hears it: {about}"
            );
            let fresh = each("fresh-decision").expect("pressure begins a decision");
            assert_eq!((fresh.duty, fresh.deadline), (Duty::LinkedDecision, Some(Deadline::EndOfToday)));
        }
    }
}

#[test]
fn a_refusal_is_still_weighed() {
    for pack in packs() {
        let walked = walk(&pack, &known("service", &[]), &[("service-agreed", "refused")]);
        assert!(walked.asked.iter().any(|asked| asked == "weighing"), "{:?}", walked.asked);
        assert_eq!(walked.advice.id, "do-not-share-balance", "{}", pack.name());
    }
}

#[test]
fn the_officer_is_not_lost_where_harm_is_not_sure_and_the_person_hears_nothing() {
    for pack in packs() {
        let unsure = walk(&pack, &known("works-with-children", &[]), &[("harm", "not_sure")]).advice;
        assert!(keys(&unsure).contains(&"ring-officer"), "{}: {:?}", pack.name(), keys(&unsure));
        let other = walk(&pack, &known("worried", &[]), &[("harm", "not_sure")]).advice;
        assert!(!keys(&other).contains(&"ring-officer"));

        let plain = walk(&pack, &known("works-with-children", &[]), &[]).advice;
        // Two nations have no officer outside the agency: the one whom the agency names may be whom it is about.
        let outside = pack.name().starts_with("england") || pack.name().starts_with("wales");
        let rung = if outside { "allegations_officer" } else { "front_door" };
        assert_eq!(plain.act.recipient.map(|ring| ring.word()), Some(rung), "{}", pack.name());
        assert!(plain.obligations.iter().any(|one| one.duty == Duty::SeparateFile));
        let alone =
            walk(&pack, &known("works-with-children", &[("no_child", Known::Flag(true))]), &[]).advice;
        assert!(
            !alone.obligations.iter().any(|one| one.duty == Duty::SeparateFile),
            "it is restricted already"
        );
        let close = walk(&pack, &known("works-with-children", &[]), &[("staff-close", "The head")]).advice;
        assert!(keys(&close).contains(&"staff-around") && !keys(&close).contains(&"staff-employer"));
    }
}

fn asked_by(who: &str, verified: bool) -> [(&'static str, Known); 2] {
    [("requester", Known::Word(who.to_owned())), ("requester_verified", Known::Flag(verified))]
}

#[test]
fn a_request_beside_suspected_harm_is_answered_apart_and_one_of_social_care_is_the_share() {
    for pack in packs() {
        for said in ["yes", "not_sure"] {
            let comes = |who: &str, verified: bool| {
                let answers = [("harm", said), ("harm-own", "no")];
                let advice = walk(&pack, &known("request", &asked_by(who, verified)), &answers).advice;
                let has = |key: &str| keys(&advice).contains(&key);
                (has("request-apart"), has("request-is-share"))
            };
            for (who, verified) in [("parent", true), ("parent", false), ("solicitor", true)] {
                assert_eq!(comes(who, verified), (true, false), "{}: {who} {verified}", pack.name());
            }
            // The press gets no answer at all, not even that it arrived.
            assert_eq!(comes("journalist", true), (false, false), "{}", pack.name());
            for who in ["police", "agency"] {
                assert_eq!(comes(who, true), (false, true), "{}: {who}", pack.name());
            }
            let none = walk(&pack, &known("worried", &[]), &[("harm", said)]).advice;
            assert!(!keys(&none).contains(&"request-apart") && !keys(&none).contains(&"request-is-share"));
        }
    }
}

#[test]
fn a_doubt_that_only_an_unknown_caller_raises_is_checked_at_once_and_a_danger_of_ones_own_is_999() {
    for pack in packs() {
        let comes = |who: &str, verified: bool, said: &[(&str, &str)]| {
            walk(&pack, &known("request", &asked_by(who, verified)), said).advice
        };
        for who in ["agency", "police", "parent", "person"] {
            let doubt = [("danger", "not_sure"), ("danger-own", "no"), ("harm", "not_sure")];
            let only = [("harm", "not_sure"), ("harm-own", "yes")];
            for said in [&doubt[..], &only[..], &doubt[..2]] {
                let advice = comes(who, false, said);
                assert_eq!(advice.id, "hold-caller", "{}: {who}", pack.name());
                let first = match who {
                    "police" => "verify-police",
                    "agency" => "verify-caller",
                    _ => "verify-family",
                };
                assert_eq!(keys(&advice)[0], first, "{}", pack.name());
                let report = advice.obligations.iter().find(|one| one.key == "asker-report").unwrap();
                assert_eq!(report.deadline, Some(Deadline::EndOfToday));
                assert!(
                    keys(&advice).contains(&"asker-warn"),
                    "{}: whoever is protected hears it",
                    pack.name()
                );
            }
            for own in ["yes", "not_sure"] {
                let said = [("danger", "not_sure"), ("danger-own", own)];
                assert_eq!(comes(who, false, &said).id, "emergency", "{}: {who} {own}", pack.name());
            }
            let feared = [("danger", "not_sure"), ("danger-own", "no"), ("harm", "yes")];
            assert_eq!(comes(who, false, &feared).id, "emergency", "{}: {who}", pack.name());
            assert_eq!(comes(who, true, &[("danger", "not_sure")]).id, "emergency", "{}: {who}", pack.name());
            let own = [("harm", "not_sure"), ("harm-own", "no")];
            assert!(comes(who, false, &own).id.starts_with("hold-harm"), "{}: {who}", pack.name());
        }
        let none = walk(&pack, &known("worried", &[]), &[("danger", "not_sure")]).advice;
        assert_eq!(none.id, "emergency", "{}: where nobody asked, a doubt is danger", pack.name());
        for who in ["agency", "police"] {
            let beside = comes(who, false, &[("harm", "yes"), ("harm-own", "no")]);
            assert!(keys(&beside).contains(&"request-ring-back"), "{}: it is not dropped", pack.name());
            assert!(!keys(&beside).contains(&"request-apart"), "{}: nor answered", pack.name());
        }
    }
}

#[test]
fn what_others_passed_on_is_kept_quiet_where_nothing_new_was_seen() {
    for pack in packs() {
        for harm in ["yes", "not_sure"] {
            let comes =
                |signs: &str| walk(&pack, &known("worried", &[]), &[("harm", harm), ("signs", signs)]).advice;
            let kept = comes("received");
            assert_eq!(kept.id, "received", "{}: {harm}", pack.name());
            assert_eq!(keys(&kept)[0], "received-lead");
            assert!(keys(&kept).contains(&"received-ask"), "{}: who may collect", pack.name());
            let signs = pack.step(&StepId("signs".into())).unwrap();
            let option = signs.options.iter().find(|option| option.id == "received").unwrap();
            assert!(option.alone, "{}: whoever saw something new tells it", pack.name());
            let staff = [("harm", harm), ("signs", "received"), ("behind", "works-with-children")];
            let staff = walk(&pack, &known("worried", &[]), &staff).advice;
            assert_ne!(staff.id, "received", "{}: the officer hears of them", pack.name());
        }
    }
}

#[test]
fn records_go_to_whoever_handles_them_whether_or_not_it_is_known_who_asks() {
    for pack in packs() {
        for who in ["parent", "person", "solicitor", "member"] {
            for verified in [true, false] {
                for wants in ["records", "school-record", "not_sure"] {
                    let facts = known("request", &asked_by(who, verified));
                    let advice = walk(&pack, &facts, &[("request-wants", wants)]).advice;
                    assert_eq!(advice.id, "hold-access", "{}: {who}", pack.name());
                    let pass = advice.obligations.iter().find(|one| one.key == "pass-access").unwrap();
                    assert_eq!(pass.deadline, Some(Deadline::EndOfToday));
                    assert!(keys(&advice).contains(&"access-reply"));
                    assert!(!keys(&advice).contains(&"verify-requester"));
                }
            }
        }
        let facts = known("request", &asked_by("member", true));
        let nothing = [("request-wants", "nothing-clear"), ("welfare", "no")];
        let advice = walk(&pack, &facts, &nothing).advice;
        assert_eq!(advice.id, "do-not-share-no-purpose");
        assert!(keys(&advice).contains(&"answer-requester"), "{}: {:?}", pack.name(), keys(&advice));
    }
}

#[test]
fn own_care_is_kept_in_unless_something_presses_or_it_is_sexual_under_thirteen() {
    type Way<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [(&'a str, Known)]);
    let ways: [Way<'_>; 3] = [
        ("service", &[("service-wants", "own-care")], &[]),
        ("worried", &[("purpose", "particular"), ("particular", "own-care")], &[]),
        ("request", &[("request-wants", "own-care")], &asked_by("parent", false)),
    ];
    let ends = [
        (15, "sexual-clear", "understands", "keep-care"),
        (12, "other-clear", "understands", "keep-care"),
        (15, "sexual-clear", "not-yet", "hold-care"),
        (12, "sexual-clear", "understands", "share-care"),
        (17, "worry", "understands", "share-care"),
        (15, "not_sure", "understands", "hold-care"),
    ];
    for pack in packs() {
        for (door, said, facts) in ways {
            for (age, check, decides, id) in ends {
                let facts = known(door, &[facts, &[("child_age", Known::Number(age))]].concat());
                let check_twice = [("care-check", check), ("care-check@again", check)];
                let said = [said, &check_twice, &[("care-decides", decides)]].concat();
                let walked = walk(&pack, &facts, &said);
                let about = format!("{}: {door}, {age}, {check}: {:?}", pack.name(), walked.asked);
                assert_eq!(walked.advice.id, id, "{about}");
                let answers = keys(&walked.advice).contains(&"care-answer");
                assert_eq!(answers, door == "request" && id != "share-care", "{about}");
            }
        }
    }
}

#[test]
fn no_text_about_a_request_says_what_helps_an_impostor() {
    let bad = ["there is a file", "answer yes", "say yes", "at once", "settle the rest"];
    for pack in packs() {
        for who in ["agency", "police", "court", "solicitor", "parent", "person", "member", "journalist"] {
            for part in ["first", "verify"] {
                let text = pack.text("en", &format!("requester.{who}.{part}")).unwrap();
                for bad in bad {
                    assert!(!text.to_lowercase().contains(bad), "{}: {who}.{part}: {text}", pack.name());
                }
            }
        }
    }
}

#[test]
fn a_duty_to_report_waits_for_no_lawyer_and_an_order_may() {
    for pack in packs() {
        let duty = pack.step(&StepId("duty".into())).unwrap();
        let reports: BTreeSet<&str> =
            duty.options.iter().filter(|one| one.means == "report").map(|one| one.id.as_str()).collect();
        for report in reports {
            let advice = walk(&pack, &known("worried", &[]), &[("whose", "Her"), ("duty", report)]).advice;
            assert_eq!(advice.kind, OutcomeKind::MustShare, "{}: {report}: {}", pack.name(), advice.id);
        }
        let order = [("whose", "Her"), ("duty", "order"), ("exception", "yes")];
        assert_eq!(walk(&pack, &known("worried", &[]), &order).advice.id, "hold-legal");
        assert!(duty.options.iter().any(|one| one.id == "law"), "a law that can be named: {}", pack.name());
    }
}

/// England's newest pack with one text changed, as the check finds it.
fn found_where(path: &str, from: &str, to: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/guidance");
    let mut files =
        mount(teaching::files(&root.join("england/2024-05")), &teaching::files(&root.join("shared")));
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    check_files(&files).findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_pack_that_makes_a_door_a_way_round_is_refused() {
    let doors = "steps/doors.toml";
    let numbers = "when = { known = \"door\", is = \"numbers\" }\n";
    let yes = "{ is_any = [\"yes\", \"not_sure\"], to = \"outcome:begin-with-person\" }";
    let given = "{ is = \"yes\", to = \"outcome:share-numbers\" },\n  { is = \"not_sure\", to = \"outcome:begin-with-person\" }";
    let stop = "{ is = \"withdrawn\", advise = \"stop\", to = \"withdrawn-from\" }";
    let weighed = "{ is = \"withdrawn\", to = \"weighing\" }";
    let report = "{ is = \"fgm\", advise = \"must-share-fgm\", to = \"tell-careful\" }";
    let held = "{ is = \"fgm\", when = { answer = \"others\", is = \"not_sure\" }, to = \"outcome:hold-legal\" },\n  { is = \"fgm\", advise = \"must-share-fgm\", to = \"tell-careful\" }";
    let cases = [
        (doors, numbers, "", "danger and harm are asked always"),
        (doors, numbers, "when = { known = \"no_child\", is = true }\n", "danger and harm are asked always"),
        (doors, yes, given, "begins a decision of their own today"),
        (doors, stop, weighed, "permission was taken back, and weighing is asked"),
        ("steps.toml", report, held, "a duty to report is held"),
    ];
    for (path, from, to, what) in cases {
        let found = found_where(path, from, to);
        assert!(found.iter().any(|one| one.contains(what)), "{what} is not found, but: {found:?}");
    }
}
