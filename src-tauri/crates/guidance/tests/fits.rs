//! What stands on an advice belongs there: no duty beside an outcome that it does not fit, no question on which nothing
//! hangs, no law that is not confirmed as a question, and no ban to be ticked off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeMap;
use std::path::Path;

use sharewell_guidance::practice::fits::fits;
use sharewell_guidance::{Files, NoticeKind, check_files, mount};
use sharewell_records::{Duty, OutcomeKind};
use teaching::packs;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/guidance");

/// England's newest pack with one text changed.
fn changed(path: &str, from: &str, to: &str) -> Files {
    let mut files = mount(
        teaching::files(&Path::new(ROOT).join("england/2024-05")),
        &teaching::files(&Path::new(ROOT).join("shared")),
    );
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

fn found(files: &Files) -> Vec<String> {
    check_files(files).findings.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn is_found(files: &Files, what: &str) {
    let found = found(files);
    assert!(found.iter().any(|one| one.contains(what)), "{what} is not found, but: {found:?}");
}

#[test]
fn no_nations_advice_brings_a_duty_that_does_not_fit_it() {
    for pack in packs() {
        let duty: BTreeMap<&str, Duty> =
            pack.obligations().iter().map(|one| (one.id.as_str(), one.duty)).collect();
        for outcome in pack.outcomes() {
            for id in pack.brings(outcome) {
                assert!(fits(duty[id], outcome.kind), "{}: {id} beside {}", pack.name(), outcome.id);
            }
        }
    }
}

#[test]
fn what_speaks_of_a_share_does_not_stand_beside_a_no() {
    for duty in [Duty::Explain, Duty::HowMuch, Duty::RecordDisclosure, Duty::Escalate, Duty::ConfirmInWriting]
    {
        assert!(!fits(duty, OutcomeKind::DoNotShare), "{duty:?}");
        assert!(fits(duty, OutcomeKind::ShareWithoutConsent), "{duty:?}");
    }
    assert!(!fits(Duty::WhatWouldChange, OutcomeKind::MustShare));
    let files = changed(
        "outcomes.toml",
        "\"reasons-no-purpose\", \"what-would-change\"",
        "\"reasons-no-purpose\", \"tell-now\", \"chase\", \"what-would-change\"",
    );
    is_found(&files, "the duty chase does not fit this outcome");
}

#[test]
fn grounds_are_suggested_only_where_something_is_shared() {
    let files = changed(
        "outcomes.toml",
        "notices = [\"confirm-nothing\"]",
        "grounds = [\"anonymous\"]\nnotices = [\"confirm-nothing\"]",
    );
    is_found(&files, "grounds are suggested and nothing is shared");
}

#[test]
fn law_that_is_not_confirmed_is_never_a_question() {
    for pack in packs() {
        for step in pack.steps() {
            assert!(!step.unconfirmed, "{}: {}", pack.name(), step.id);
            assert!(step.sources.iter().any(|cite| !cite.unconfirmed), "{}: {}", pack.name(), step.id);
        }
    }
    is_found(
        &changed("steps.toml", "id = \"duty\"\nkind", "id = \"duty\"\nunconfirmed = true\nkind"),
        "never a question",
    );
    is_found(&changed("outcomes.toml", "applies_from = 2026-04-29\n", ""), "has a day");
}

#[test]
fn a_question_that_decides_nothing_is_found() {
    // Its tag alone is no reason to ask.
    let idle = "[[step]]\nid = \"whose\"\n";
    let with = "[[step]]\nid = \"idle\"\nkind = \"yes_no\"\nasks = \"assumptions\"\nsources = [\"S23\"]\nnext = [{ is = \"no\", to = \"whose\" }, { to = \"whose\" }]\n\n[[step]]\nid = \"whose\"\n";
    let mut files = changed("steps.toml", idle, with);
    let steps = String::from_utf8(files["steps.toml"].clone()).unwrap();
    let steps = steps.replacen("  { to = \"whose\" },\n]\n\n# A no", "  { to = \"idle\" },\n]\n\n# A no", 1);
    files.insert("steps.toml".into(), steps.into_bytes());
    let mut words = String::from_utf8(files["text/en.toml"].clone()).unwrap();
    words.push_str("\n[step.idle]\nquestion = \"q\"\nshort = \"s\"\nwhy = \"w\"\n");
    files.insert("text/en.toml".into(), words.into_bytes());
    is_found(&files, "idle: a question is asked that decides nothing");
}

#[test]
fn a_ban_is_a_line_in_every_nation_and_no_duty() {
    for pack in packs() {
        let bans: Vec<&str> = pack
            .notices()
            .iter()
            .filter(|one| one.kind == NoticeKind::Ban)
            .map(|one| one.id.as_str())
            .collect();
        for ban in ["tell-hold", "tell-nobody-yet", "say-nothing-yet", "confirm-nothing"] {
            assert!(bans.contains(&ban), "{} has no line {ban}", pack.name());
        }
        for obligation in pack.obligations() {
            let what = pack.text("en", &format!("obligation.{}.what", obligation.id)).unwrap();
            let ban = [
                "Tell nobody",
                "Tell neither",
                "Ask and tell nobody",
                "Send nothing",
                "Confirm nothing",
                "Say neither",
            ];
            assert!(
                !ban.iter().any(|start| what.starts_with(start)),
                "{}: {}: {what}",
                pack.name(),
                obligation.id
            );
        }
    }
}

#[test]
fn what_we_read_and_did_not_read_stands_with_the_sources_alone() {
    let ours = [
        "not read",
        "were read",
        "was read",
        "cut off",
        "copy read",
        "what we read",
        "check the original",
        "was not found",
        "Unconfirmed",
    ];
    for pack in packs() {
        let texts = pack.all_texts("en");
        let found: Vec<&str> =
            texts.filter(|(_, text)| ours.iter().any(|one| text.contains(one))).map(|(key, _)| key).collect();
        assert_eq!(found, [""; 0], "{}", pack.name());
        for source in &pack.sources {
            assert!(
                !ours.iter().any(|one| source.title.contains(one) || source.publisher.contains(one)),
                "{}: {}",
                pack.name(),
                source.id
            );
        }
    }
}

#[test]
fn what_is_known_of_the_agency_settles_its_grounds_before_the_write_up() {
    use sharewell_guidance::{Answers, GroundField, outcome};
    use sharewell_records::{Answer, Day, Known, KnownFacts, StepId};
    let answers: Answers = [("danger", "no"), ("harm", "yes"), ("next-with", "not-today")]
        .into_iter()
        .map(|(step, value)| {
            (StepId(step.into()), Answer::Choice { value: value.into(), words: String::new() })
        })
        .chain([
            (StepId("behind".into()), Answer::Choices { values: vec!["home".into()], words: String::new() }),
            (
                StepId("signs".into()),
                Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() },
            ),
        ])
        .collect();
    for pack in packs() {
        let basis = |body: Option<&str>| {
            let known: KnownFacts =
                body.map(|body| ("agency_body".to_owned(), Known::Word(body.into()))).into_iter().collect();
            let advice = outcome(&pack, &known, Day("2026-11-27".parse().unwrap()), &answers).unwrap();
            advice.grounds[&GroundField::LawfulBasis].code.clone()
        };
        assert_eq!(basis(Some("public")), "public-task", "{}", pack.name());
        assert_ne!(basis(Some("private")), basis(None), "{}", pack.name());
        assert_eq!(basis(None), "by-body", "{}", pack.name());
    }
}
