//! The engine on files: the next question, the advice, and every bad entry named with its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::Path;

use support::{Back, england, file, replace, run, text};

/// A day on which England's pack applies.
const ON: &str = "2026-03-12";

fn decide(dir: &Path, facts: &str, answers: &str) -> Back {
    let (facts, answers) = (file(dir, "facts.json", facts), file(dir, "answers.json", answers));
    let args = ["decide", "--pack", "england@2024-05", "--facts", text(&facts), "--answers", text(&answers)];
    run(&[&args[..], &["--on", ON]].concat())
}

fn refused(facts: &str, answers: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    decide(dir.path(), facts, answers).exits(1).err
}

#[test]
fn with_no_answers_the_first_question_is_asked_with_its_words_and_sources() {
    let dir = tempfile::tempdir().unwrap();
    let json = decide(dir.path(), "{}", "{}").exits(0).json();
    assert_eq!(json["state"], "asking");
    assert_eq!(json["next"]["step"], "danger");
    assert_eq!(json["next"]["kind"], "yes_no");
    let values: Vec<_> =
        json["next"]["options"].as_array().unwrap().iter().map(|one| &one["value"]).collect();
    assert_eq!(values, ["yes", "no", "not_sure"]);
    assert!(json["next"]["question"].as_str().is_some_and(|words| !words.contains('{')), "{json}");
    assert!(json["next"]["sources"][0]["title"].is_string(), "{json}");
    assert!(json["outcome"].is_null());
}

#[test]
fn short_answers_lead_on_and_the_advice_has_reasons_obligations_and_sources() {
    let dir = tempfile::tempdir().unwrap();
    let json = decide(dir.path(), "{}", r#"{"danger": "yes"}"#).exits(0).json();
    let outcome = &json["outcome"];
    assert_eq!(outcome["kind"], "emergency-share");
    assert!(outcome["act"].as_str().is_some_and(|words| !words.is_empty()), "{outcome}");
    assert_eq!(outcome["ring"], "emergency", "{outcome}");
    assert_eq!(outcome["reasons"][0]["step"], "danger");
    assert!(outcome["reasons"][0]["because"][0].is_string(), "{outcome}");
    assert_eq!(outcome["obligations"][0]["duty"], "act");
    assert!(outcome["obligations"][0]["what"].is_string(), "{outcome}");
    assert!(outcome["sources"][0]["source"].is_string(), "{outcome}");
    assert!(outcome["grounds"]["lawful_basis"]["code"].is_string(), "{outcome}");
}

#[test]
fn the_advice_stands_while_the_write_up_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let answers = r#"{"danger": "no", "harm": "yes", "next-with": "not-today", "behind": ["home"],
        "signs": ["injury-neglect"], "others": "a younger brother"}"#;
    let json = decide(dir.path(), r#"{"child_age": 13}"#, answers).exits(0).json();
    assert_eq!(json["state"], "advised");
    assert_eq!(json["outcome"]["id"], "share-harm");
    assert_eq!(json["next"]["after_advice"], true);
}

#[test]
fn whole_answers_are_read_as_records_store_them_and_give_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let short = r#"{"danger": "no", "harm": "not_sure", "next-with": "not-today", "behind": ["home"],
        "signs": ["injury-neglect"], "others": ""}"#;
    let whole = r#"{"danger": {"is": "choice", "value": "no"}, "harm": {"is": "choice", "value": "not_sure", "words": ""},
        "next-with": {"is": "choice", "value": "not-today", "words": ""},
        "behind": {"is": "choices", "values": ["home"], "words": ""},
        "signs": {"is": "choices", "values": ["injury-neglect"], "words": ""},
        "others": {"is": "people", "people": [], "words": ""}}"#;
    let first = decide(dir.path(), "{}", short).exits(0);
    assert_eq!(first.json()["outcome"]["kind"], "hold-and-seek-advice");
    assert_eq!(first.out, decide(dir.path(), "{}", whole).exits(0).out);
    assert_eq!(first.out, decide(dir.path(), "{}", short).exits(0).out, "the same files give the same bytes");
}

#[test]
fn an_unknown_step_is_named_with_its_line() {
    let err = refused("{}", "{\n  \"danger\": \"no\",\n  \"dangr\": \"no\"\n}");
    assert!(err.contains("answers.json:3: dangr: england@2024-05 has no step of this name"), "{err}");
}

#[test]
fn a_bad_answer_is_named_with_its_line_and_field_and_what_may_be_written() {
    let err = refused("{}", "{\"danger\":\n\"perhaps\"}");
    assert!(err.contains("answers.json:1: danger: field value: the question has no such option"), "{err}");
    assert!(err.contains("yes, no, not_sure"), "{err}");

    let err = refused("{}", r#"{"danger": {"is": "choice", "valu": "no"}}"#);
    assert!(err.contains("danger: field valu: there is no such field"), "{err}");

    let err = refused("{}", r#"{"harm": true, "others": 3, "signs": null}"#);
    assert!(err.contains("harm: write \"yes\" or \"no\" in quotes"), "{err}");
    assert!(err.contains("others: a number is no answer"), "{err}");
    assert!(err.contains("signs: null is no answer"), "{err}");
}

#[test]
fn what_was_typed_as_an_answer_is_not_repeated_in_an_error() {
    let err =
        refused("{}", r#"{"others": {"is": "people", "people": "Jo Sampleton"}, "danger": "Ali Notreal"}"#);
    assert!(err.contains("others: field people: it must be a list"), "{err}");
    assert!(!err.contains("Sampleton") && !err.contains("Notreal"), "{err}");
}

#[test]
fn a_step_that_stands_twice_is_refused_since_one_would_silently_win() {
    let err = refused("{}", "{\"danger\": \"no\",\n\"danger\": \"yes\"}");
    assert!(err.contains("answers.json:2: danger: this name stands in the file twice"), "{err}");
}

#[test]
fn a_fact_that_the_pack_does_not_use_or_of_another_kind_is_refused() {
    let err = refused(r#"{"shoe_size": 4}"#, "{}");
    assert!(err.contains("facts.json:1: shoe_size: the pack uses no fact of this name"), "{err}");
    assert!(err.contains("child_age"), "{err}");
    let err = refused("{\"child_age\": \"13\",\n \"agency_body\": \"secret\"}", "{\"danger\": \"x\"}");
    assert!(err.contains("facts.json:1: child_age: it must be an age"), "{err}");
    assert!(err.contains("facts.json:2: agency_body: it must be one of: public, private"), "{err}");
    assert!(err.contains("answers.json:1: danger:"), "both files are told in one run:\n{err}");
}

#[test]
fn errors_are_json_where_json_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let (facts, answers) =
        (file(dir.path(), "f.json", "{}"), file(dir.path(), "a.json", "{\n\"nosuch\": \"x\"}"));
    let args =
        ["--json", "decide", "--pack", "england", "--facts", text(&facts), "--answers", text(&answers)];
    let back = run(&args).exits(1);
    let error = &back.json()["error"];
    assert_eq!(error["code"], "refused_input");
    assert_eq!(error["problems"][0]["line"], 2);
    assert_eq!(error["problems"][0]["entry"], "nosuch");
    assert!(error["next"].is_string());
}

#[test]
fn a_file_that_is_missing_or_is_not_json_cannot_run() {
    let dir = tempfile::tempdir().unwrap();
    let back = decide(dir.path(), "{}", "{\n\"danger\": no}").exits(2);
    assert!(back.err.contains("answers.json:2:"), "{}", back.err);
    let back = decide(dir.path(), "{}", "{\"danger\": \"no\"").exits(2);
    assert!(back.err.contains("it ends too early"), "{}", back.err);
    let back = decide(dir.path(), "[]", "{}").exits(2);
    assert!(back.err.contains("facts.json:1:1: it must be an object"), "{}", back.err);
    let facts = file(dir.path(), "facts.json", "{}");
    let gone = dir.path().join("gone.json");
    let back =
        run(&["decide", "--pack", "england", "--facts", text(&facts), "--answers", text(&gone)]).exits(2);
    assert!(back.err.contains("gone.json cannot be read"), "{}", back.err);
}

#[test]
fn a_pack_that_does_not_apply_on_the_day_is_not_followed() {
    let dir = tempfile::tempdir().unwrap();
    let empty = file(dir.path(), "e.json", "{}");
    let args = [
        "decide",
        "--pack",
        "england",
        "--facts",
        text(&empty),
        "--answers",
        text(&empty),
        "--on",
        "2020-01-01",
    ];
    let back = run(&args).exits(1);
    assert!(back.err.contains("does not apply on 2020-01-01: it applies from 2024-04-19"), "{}", back.err);
}

#[test]
fn a_pack_in_a_folder_can_be_followed_while_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let pack = england(dir.path());
    replace(&pack.join("pack.toml"), "version = \"2024-05\"", "version = \"2026-99\"");
    let empty = file(dir.path(), "e.json", "{}");
    let args =
        ["decide", "--pack", text(&pack), "--facts", text(&empty), "--answers", text(&empty), "--on", ON];
    assert_eq!(run(&args).exits(0).json()["pack"]["version"], "2026-99");
}
