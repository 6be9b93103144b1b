//! Every statement of the factsheet is fulfilled by something that is there, and the check would say so if not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod teaching;

use std::collections::BTreeMap;
use std::path::Path;

use sharewell_guidance::{Error, FulfilsKind, Pack, Problem, check_trace, trace};
use teaching::packs;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn written() -> String {
    std::fs::read_to_string(root().join("assets/guidance/trace.toml")).expect("the trace is there")
}

/// What the check says of a trace.
fn said(text: &str) -> Vec<String> {
    let packs = packs();
    let packs: Vec<&Pack> = packs.iter().collect();
    let problems: Vec<Problem> = match trace(text) {
        Ok(statements) => check_trace(&statements, &packs),
        Err(Error::Pack(problems)) => problems,
        Err(other) => panic!("{other}"),
    };
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn every_statement_is_fulfilled_by_something_that_is_there_and_cites_it() {
    let problems = said(&written());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_screen_that_fulfils_a_statement_is_an_address_of_the_window() {
    let routes =
        std::fs::read_to_string(root().join("ui/src/pages/routes.ts")).expect("the routes are there");
    for statement in trace(&written()).unwrap() {
        for by in statement.by.iter().filter(|by| by.kind == FulfilsKind::Screen) {
            let path = format!("path: \"{}\"", by.id);
            assert!(routes.contains(&path), "S{} names the screen {}", statement.number, by.id);
        }
    }
}

#[test]
fn what_is_missing_dangling_or_only_told_is_found_with_its_line() {
    let text = written();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        said(&text.replacen(from, to, 1))
    };
    let one = |found: Vec<String>, says: &str| {
        assert!(found.iter().any(|line| line.contains(says)), "{says}: {found:?}");
        assert!(found.iter().all(|line| line.starts_with("trace.toml:")), "{found:?}");
    };
    one(with("[S29]", "[S129]"), "S129: statements are S1 to S103");
    one(with("[S29]", "[S129]"), "S29: the statement is missing");
    one(with("obligation:own-code", "obligation:own-cod"), "has no own-cod");
    one(with("step:signs", "step:danger"), "S13: danger in england@2024-05 does not cite it");
    one(with("\"library:why", "\"libary:why"), "is no step:");
    let line = text.lines().position(|line| line == "[S47]").unwrap() + 1;
    let only_told = {
        let at = text.find("[S47]").unwrap();
        let end = at + text[at..].find("\n\n").unwrap();
        let own = "label = \"x\"\nkeys = [\"article.why-share.point.trust\"]\nsays = [\"trust\"]";
        format!("{}[S47]\n{own}\nby = [\"library:why-share#trust\"]{}", &text[..at], &text[end..])
    };
    one(said(&only_told), &format!("trace.toml:{line}: S47: text alone does not fulfil it"));
    let waits = text.replacen("[S30]\n", "[S30]\nlater = \"soon\"\n", 1);
    one(said(&waits), "S30: only S96 to S101 may wait");
}

#[test]
fn a_statement_whose_words_are_not_there_is_found() {
    let text = written();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        said(&text.replacen(from, to, 1))
    };
    let one = |found: Vec<String>, says: &str| {
        assert!(found.iter().any(|line| line.contains(says)), "{says}: {found:?}");
    };
    let welfare = "says = [\"promoting a child's welfare\"]";
    one(
        with(welfare, "says = [\"the price of fish\"]"),
        "S45: wales@2021-02 does not say \"the price of fish\"",
    );
    one(with(welfare, "says = []"), "S45: \"keys\" and \"says\" name the texts");
    one(
        with("keys = [\"step.weighing.why\"]", "keys = [\"step.weighing.reason\"]"),
        "has no text step.weighing.reason",
    );
    let idle = "keys = [\"step.weighing.why\", \"article.why-share.point.how\"]";
    one(
        with("keys = [\"step.weighing.why\"]", idle),
        "article.why-share.point.how in scotland@2023-08 says none",
    );
    one(
        with("wales/article.accord.body", "scotland/article.accord.body"),
        "scotland@2023-08 has no text article.accord.body",
    );
}

/// The table for reviewers: each statement, and the words in which it stands.
fn table() -> String {
    let packs = packs();
    let mut newest: BTreeMap<&str, &Pack> = BTreeMap::new();
    for pack in &packs {
        let held = newest.entry(pack.nation.word()).or_insert(pack);
        if pack.applies_from > held.applies_from {
            *held = pack;
        }
    }
    let mut lines = vec![
        "# The statements of the factsheet, and our words".to_owned(),
        String::new(),
        "Written by `cargo test -p sharewell-guidance --test trace` with SHAREWELL_WRITE_TRANSCRIPTS=1. The number and our own".to_owned(),
        "short name of each statement, the text in which it stands, and its words, where nations differ in each.".to_owned(),
        String::new(),
        "| | statement | text | nation | words |".to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    for one in trace(&written()).unwrap() {
        for at in &one.keys {
            let mut said: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for (nation, pack) in
                newest.iter().filter(|(_, pack)| at.nation.is_none_or(|own| own == pack.nation))
            {
                said.entry(pack.text("en", &at.key).unwrap().replace('|', "\\|")).or_default().push(nation);
            }
            for (text, nations) in said {
                let all = nations.len() == newest.len();
                let nations = if all { "all".to_owned() } else { nations.join(", ") };
                lines
                    .push(format!("| S{} | {} | `{}` | {nations} | {text} |", one.number, one.label, at.key));
            }
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_table_for_reviewers_shows_each_statement_beside_its_words() {
    let path = root().join("tests/transcripts/statements.md");
    let table = table();
    if std::env::var_os("SHAREWELL_WRITE_TRANSCRIPTS").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, table, "look at what changed, then run with SHAREWELL_WRITE_TRANSCRIPTS=1");
    for number in 1..=103 {
        assert!(table.contains(&format!("| S{number} |")), "S{number}");
    }
}
