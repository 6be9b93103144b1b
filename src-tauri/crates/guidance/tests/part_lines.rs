//! A shared part brings lines and duties to the outcomes that it names, in every pack that shares it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_guidance::{Error, Files, Pack, What, mount, notices};

mod support;
use support::{on, replace};

const PART: &str = r#"
id = "at-a-door"
version = "1"
terms = ["front_door"]
[[source]]
id = "HOUSE"
title = "A rule of the house"
publisher = "Sharewell"
year = 2026
confidence = "original"
"#;

const LINES: &str = r#"
[[notice]]
id = "stay-inside"
kind = "do"
on = ["emergency"]
sources = ["HOUSE"]

[[obligation]]
id = "ring-who-fetches"
duty = "explain"
deadline = "end_of_today"
on = ["emergency"]
sources = ["HOUSE"]
"#;

const TEXT: &str = r#"
[notice.stay-inside]
what = "Stay inside until {front_door} rings back"
[obligation.ring-who-fetches]
what = "Ring whoever fetches {child}"
"#;

/// The English pack with one more part.
fn with(lines: &str) -> Files {
    let assets = support::root("assets/guidance");
    let mut files =
        mount(support::read(&assets.join("england/2024-05")), &support::read(&assets.join("shared")));
    replace(&mut files, "pack.toml", "shares = [", "shares = [\"at-a-door@1\", ");
    for (path, text) in [("part.toml", PART), ("lines.toml", lines), ("text/en.toml", TEXT)] {
        files.insert(format!("shared/at-a-door/{path}"), text.trim_start().as_bytes().to_vec());
    }
    files
}

fn refused(files: &Files, what: What) {
    let Err(Error::Pack(problems)) = Pack::load(files) else { panic!("it was taken: {what:?}") };
    assert!(problems.iter().any(|one| one.what == what), "{problems:?}");
}

#[test]
fn a_part_says_its_lines_on_the_outcomes_that_it_names_and_on_no_other() {
    let pack = Pack::load(&with(LINES)).unwrap();
    let brought = |id: &str| {
        let outcome = pack.outcomes().iter().find(|one| one.id == id).unwrap();
        pack.brings(outcome).any(|id| id == "ring-who-fetches")
    };
    assert!(brought("emergency") && !brought("share-harm"));
    let danger = support::answers(&[("danger", support::choice("yes"))]);
    let said = notices(&pack, &Default::default(), on(), &danger);
    assert_eq!(said.iter().filter(|line| line.id == "stay-inside").count(), 1);
    let words = pack.text("en", "notice.stay-inside.what").unwrap();
    assert_eq!(
        words, "Stay inside until children's social care (the MASH) rings back",
        "in the nation's words"
    );
}

#[test]
fn a_line_of_a_part_that_no_outcome_says_is_refused() {
    refused(&with(&LINES.replacen("on = [\"emergency\"]\n", "", 1)), What::MissingField);
    refused(&with(&LINES.replacen("\"emergency\"", "\"no-such\"", 1)), What::Dangling);
    refused(&with(&LINES.replacen("stay-inside", "door", 1)), What::DuplicateId);
}

#[test]
fn a_pack_names_its_own_lines_by_the_outcome_alone() {
    let mut files = with(LINES);
    replace(&mut files, "outcomes.toml", "[[notice]]\n", "[[notice]]\non = [\"emergency\"]\n");
    refused(&files, What::UnknownField);
}

#[test]
fn no_part_brought_lines_before_engine_five() {
    let mut files = with(LINES);
    replace(&mut files, "pack.toml", "engine = 7", "engine = 4");
    refused(&files, What::UnknownFile);
}
