//! Every statement of the factsheet is fulfilled by something that is there, and the check would say so if not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod teaching;

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
        format!("{}[S47]\nsays = \"x\"\nby = [\"library:why-share#trust\"]{}", &text[..at], &text[end..])
    };
    one(said(&only_told), &format!("trace.toml:{line}: S47: text alone does not fulfil it"));
    let waits = {
        let at = text.find("[S30]").unwrap();
        let end = at + text[at..].find("\n\n").unwrap();
        format!("{}[S30]\nsays = \"x\"\nlater = \"soon\"{}", &text[..at], &text[end..])
    };
    one(said(&waits), "S30: only S96 to S101 may wait");
}
