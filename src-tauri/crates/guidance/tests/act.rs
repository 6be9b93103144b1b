//! Engine 3: the act names whom it rings as data, and its words name the same one in every language.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;
mod teaching;

use sharewell_guidance::{
    Body, Error, Files, FlowWords, Pack, Part, Problem, Ring, Saying, SideOf, What, check_files, difference,
    outcome,
};
use support::{answers, choice, mini, nothing_known, on, people, replace};
use teaching::packs;

/// The small pack as engine 3 wants it: every outcome says whom its act rings.
fn mini3() -> Files {
    let mut files = mini();
    replace(&mut files, "pack.toml", "engine = 1", "engine = 3");
    let terms = "terms = [\"front_door\", \"adviser\", \"police\"]";
    replace(&mut files, "pack.toml", "terms = [\"front_door\"]", terms);
    let mut requesters = String::new();
    let mut words = String::from("term.adviser = \"adviser\"\nterm.police = \"police\"\n");
    for id in sharewell_guidance::REQUESTERS {
        requesters.push_str(&format!("[[requester]]\nid = \"{id}\"\nsources = [\"S\"]\n"));
        for part in ["name", "first", "verify"] {
            words.push_str(&format!("requester.{id}.{part} = \"words\"\n"));
        }
    }
    files.get_mut("pack.toml").unwrap().extend(requesters.bytes());
    let mut texts = words.into_bytes();
    texts.extend(&files["text/en.toml"]);
    files.insert("text/en.toml".into(), texts);
    // What follows where somebody decides otherwise, or in a restricted file, has its words in the pack.
    let (mut rows, mut words) = (String::new(), String::new());
    for (id, duty) in MORE {
        rows.push_str(&format!("\n[[obligation]]\nid = \"{id}\"\nduty = \"{duty}\"\nsources = [\"S87\"]\n"));
        words.push_str(&format!("\n[obligation.{id}]\nwhat = \"{id}\"\n"));
        let brings = "obligations = [\"act\", \"explain-each\"";
        replace(&mut files, "outcomes.toml", brings, &format!("{brings}, \"{id}\""));
    }
    files.get_mut("outcomes.toml").unwrap().extend(rows.bytes());
    files.get_mut("text/en.toml").unwrap().extend(words.bytes());
    for (outcome, ring, act) in ACTS {
        let row = format!("[[outcome]]\nid = \"{outcome}\"\n");
        replace(&mut files, "outcomes.toml", &row, &format!("{row}ring = \"{ring}\"\n"));
        reword(&mut files, outcome, act);
    }
    files
}

/// What a pack of engine 3 has besides.
const MORE: [(&str, &str); 3] =
    [("write-up", "write_up"), ("allegations", "discuss_with_adviser"), ("separate-file", "separate_file")];

/// Each outcome of the small pack, whom it rings, and the words for it.
const ACTS: [(&str, &str, &str); 7] = [
    ("emergency", "emergency", "Ring 999, then the {front_door}"),
    ("share-harm", "front_door", "Ring the {front_door} today. If nobody answers, ring the {police} on 101"),
    ("must-share", "police", "Ring the {police} on 101 about {child}"),
    ("share-consent", "none", "Ring whom they agreed to"),
    ("share-anyway", "none", "Ring who needs it"),
    ("hold", "adviser", "Ring your {adviser}, else the {front_door}"),
    ("do-not-share", "none", "Write down why"),
];

/// Puts other words to an act.
fn reword(files: &mut Files, outcome: &str, act: &str) {
    let text = String::from_utf8(files["text/en.toml"].clone()).unwrap();
    let (before, after) = text.split_once(&format!("[outcome.{outcome}]\n")).expect("the outcome has words");
    let at = after.find("act = ").expect("an act");
    let (kept, rest) = after.split_at(at);
    let (_, rest) = rest.split_once('\n').expect("a whole line");
    let text = format!("{before}[outcome.{outcome}]\n{kept}act = \"{act}\"\n{rest}");
    files.insert("text/en.toml".into(), text.into_bytes());
}

fn problems(files: &Files) -> Vec<Problem> {
    match Pack::load(files) {
        Err(Error::Pack(problems)) => problems,
        other => panic!("it was to be refused: {other:?}"),
    }
}

/// The findings about one outcome's act.
fn found(files: &Files, outcome: &str) -> String {
    let findings = check_files(files).findings;
    let about = |one: &&sharewell_guidance::Finding| one.id == outcome && one.condition == 1;
    assert!(findings.iter().all(|one| about(&one)), "nothing else is wrong: {findings:?}");
    findings.iter().map(|one| one.message.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_small_pack_of_engine_three_is_whole_and_its_advice_says_whom_to_ring() {
    assert_eq!(check_files(&mini3()).findings, []);
    let pack = Pack::load(&mini3()).unwrap();
    let advised = |given: &[(&str, sharewell_records::Answer)]| {
        outcome(&pack, &nothing_known(), on(), &answers(given)).unwrap().act.recipient
    };
    assert_eq!(advised(&[("danger", choice("yes"))]), Some(Ring::Emergency));
    let harm = [("danger", choice("no")), ("harm", choice("yes")), ("others", people(""))];
    assert_eq!(advised(&harm), Some(Ring::FrontDoor));
}

#[test]
fn every_outcome_says_whom_its_act_rings_from_engine_three_on_and_none_before() {
    let mut files = mini3();
    replace(&mut files, "outcomes.toml", "ring = \"front_door\"\n", "");
    let missing = problems(&files);
    assert!(
        missing.iter().any(|one| one.id == "share-harm" && one.what == What::MissingField),
        "silence is not nobody: {missing:?}"
    );
    let mut files = mini3();
    replace(&mut files, "outcomes.toml", "ring = \"front_door\"", "ring = \"headteacher\"");
    assert!(problems(&files).iter().any(|one| one.what == What::NotAWord), "the set is closed");
    let mut files = mini3();
    replace(&mut files, "pack.toml", "engine = 3", "engine = 2");
    assert!(problems(&files).iter().all(|one| one.what == What::UnknownField), "engine 2 has no such field");
}

#[test]
fn an_act_whose_words_do_not_name_whom_it_rings_is_found() {
    let mut files = mini3();
    reword(&mut files, "share-harm", "Ring the front door today");
    assert!(found(&files, "share-harm").contains("have no {front_door}"), "plain words do not count");
    let mut files = mini3();
    reword(&mut files, "hold", "Ring the {front_door}");
    assert!(found(&files, "hold").contains("rings adviser"));
    let mut files = mini3();
    reword(&mut files, "must-share", "Ring the {police} on 1010");
    assert!(found(&files, "must-share").contains("do not say 101"));
    let mut files = mini3();
    reword(&mut files, "do-not-share", "Ring the {front_door}");
    assert!(found(&files, "do-not-share").contains("rings nobody"));
    let mut files = mini3();
    replace(&mut files, "outcomes.toml", "ring = \"emergency\"", "ring = \"front_door\"");
    assert_eq!(found(&files, "emergency"), "an emergency rings 999 first");
}

#[test]
fn twelve_a_duty_that_would_follow_in_silence_is_found() {
    for (id, duty) in MORE {
        let mut files = mini3();
        let (from, to) =
            (format!("id = \"{id}\"\nduty = \"{duty}\""), format!("id = \"other-{id}\"\nduty = \"act\""));
        replace(&mut files, "outcomes.toml", &from, &to);
        replace(&mut files, "outcomes.toml", &format!(", \"{id}\""), &format!(", \"other-{id}\""));
        replace(
            &mut files,
            "text/en.toml",
            &format!("[obligation.{id}]"),
            &format!("[obligation.other-{id}]"),
        );
        let findings = check_files(&files).findings;
        assert!(!findings.is_empty() && findings.iter().all(|one| one.condition == 12), "{id}: {findings:?}");
    }
}

#[test]
fn every_language_names_whom_the_act_rings() {
    let mut files = mini3();
    replace(&mut files, "pack.toml", "languages = [\"en\"]", "languages = [\"en\", \"cy\"]");
    files.insert("text/cy.toml".into(), files["text/en.toml"].clone());
    assert_eq!(check_files(&files).findings, []);
    let english = files["text/en.toml"].clone();
    reword(&mut files, "share-harm", "Ring the service today");
    let welsh = files.insert("text/en.toml".into(), english).unwrap();
    files.insert("text/cy.toml".into(), welsh);
    let message = found(&files, "share-harm");
    assert!(message.contains("in \"cy\"") && !message.contains("\"en\""), "{message}");
}

#[test]
fn a_recipient_has_one_word_in_a_pack_and_outside_it() {
    for ring in Ring::ALL {
        assert_eq!(serde_json::to_value(ring).unwrap(), ring.word());
    }
}

#[test]
fn each_of_those_whom_an_act_names_is_a_part_of_its_own() {
    let pack = Pack::load(&mini3()).unwrap();
    let words = |text: &str| Saying::Words(text.to_owned());
    let front_door = || Saying::Named(Body::FrontDoor, "front door".to_owned());
    for (id, parts) in [
        (
            "share-harm",
            vec![
                words("Ring the "),
                front_door(),
                words(" today. If nobody answers, ring the police on 101"),
            ],
        ),
        (
            "hold",
            vec![
                words("Ring your "),
                Saying::Named(Body::Adviser, "adviser".to_owned()),
                words(", else the "),
                front_door(),
            ],
        ),
        ("must-share", vec![words("Ring the police on 101 about {child}")]),
        ("emergency", vec![words("Ring 999, then the "), front_door()]),
        ("do-not-share", vec![words("Write down why")]),
    ] {
        assert_eq!(pack.act_words("en", id).unwrap(), parts, "{id}");
    }
    assert_eq!(pack.act_words("en", "nowhere"), None);
    assert_eq!(pack.act_words("cy", "hold"), None);
}

#[test]
fn another_recipient_is_told_as_a_difference_of_two_packs() {
    let before = Pack::load(&mini3()).unwrap();
    let mut files = mini3();
    replace(&mut files, "outcomes.toml", "ring = \"adviser\"", "ring = \"front_door\"");
    let after = Pack::load(&files).unwrap();
    let change = difference((&before, "en"), (&after, "en"), &FlowWords::default());
    let sides = &change.outcomes.changed[0].sides;
    assert_eq!(sides[0].what, SideOf::Rings, "{sides:?}");
    assert_eq!(sides[0].after, [Part::Ring(Ring::FrontDoor)], "{sides:?}");
}

#[test]
fn every_shipped_pack_says_whom_each_act_rings_and_splits_its_words_without_loss() {
    for pack in packs() {
        assert_eq!(pack.engine, sharewell_guidance::ENGINE, "{}", pack.name());
        for one in pack.outcomes() {
            assert!(one.act.recipient.is_some(), "{}: {}", pack.name(), one.id);
            for lang in &pack.languages {
                let key = format!("outcome.{}.act", one.id);
                assert_eq!(
                    Some(whole(&pack.act_words(lang, &one.id).unwrap()).as_str()),
                    pack.text(lang, &key)
                );
            }
        }
        for duty in pack.obligations() {
            let key = format!("obligation.{}.what", duty.id);
            let parts = pack.saying("en", &key).unwrap();
            assert_eq!(Some(whole(&parts).as_str()), pack.text("en", &key));
        }
    }
}

fn whole(parts: &[Saying]) -> String {
    let text = |part: &Saying| match part {
        Saying::Words(text) | Saying::Named(_, text) => text.clone(),
    };
    parts.iter().map(text).collect()
}
