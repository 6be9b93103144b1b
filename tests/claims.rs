//! What README and SECURITY say of the program as a whole: tests that are named are there, and what the window is
//! allowed is no more than is said.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The texts of the files below a folder that end like this.
fn texts(folder: &Path, endings: &[&str], found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "target", "dist", "gen"].contains(&name.as_str()) {
            texts(&path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

fn below(folders: &[&str], endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    folders.iter().for_each(|folder| texts(&root().join(folder), endings, &mut found));
    assert!(!found.is_empty(), "{folders:?} hold sources");
    found
}

/// The functions of a source that are tests.
fn tests_in(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut marked = false;
    for line in source.lines().map(str::trim) {
        let function = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "));
        match function.and_then(|rest| rest.split_once('(')) {
            Some((name, _)) if marked => drop(found.insert(name.to_owned())),
            _ => {}
        }
        let test = line.starts_with("#[") && (line.ends_with("test]") || line.contains("::test("));
        marked = test || (marked && (line.starts_with("#[") || line.starts_with("//")));
    }
    found
}

/// Names in backticks that read like a test's.
fn named(page: &str) -> Vec<&str> {
    let test = |name: &&str| {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        name.chars().all(letters) && name.matches('_').count() >= 3
    };
    page.split('`').skip(1).step_by(2).filter(test).collect()
}

#[test]
fn every_test_that_is_named_is_there() {
    let sources = below(&["src-tauri", "tests", "xtask"], &[".rs"]);
    let tests: BTreeSet<String> = sources.iter().flat_map(|source| tests_in(source)).collect();
    let security = read("SECURITY.md");
    assert!(named(&security).len() > 30, "each defence names its test");
    for (page, text) in [("SECURITY.md", &security), ("README.md", &read("README.md"))] {
        let gone: Vec<&str> = named(text).into_iter().filter(|name| !tests.contains(*name)).collect();
        assert!(gone.is_empty(), "{page} names tests that are not there: {gone:?}");
    }
}

#[test]
fn each_defence_names_its_test() {
    let security = read("SECURITY.md");
    let table = security.split("## Which test shows it").nth(1).and_then(|rest| rest.split("\n## ").next());
    let rows: Vec<&str> =
        table.expect("the table is there").lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 20, "{}", rows.len());
    for row in rows {
        let shown_by = row.trim_matches('|').split('|').nth(1).unwrap_or_default();
        assert!(!named(shown_by).is_empty(), "no test is named for: {row}");
    }
}

#[test]
fn a_test_is_told_from_other_functions() {
    let source = "#[test]\nfn one_two_three_four() {}\nfn helps_them_all_out() {}\n#[tokio::test(flavor = \"x\")]\n\
                  // why\n#[ignore]\nasync fn waits_for_it_all() {}\n";
    let found: Vec<String> = tests_in(source).into_iter().collect();
    assert_eq!(found, ["one_two_three_four", "waits_for_it_all"]);
    assert_eq!(named("`a_b_c_d` and a_b_c_e, `vault.keys`, `a_b` and `x_y_z_w`"), ["a_b_c_d", "x_y_z_w"]);
}

#[test]
fn the_page_may_load_nothing_and_reach_the_program_alone() {
    let window = json("tauri.conf.json");
    let policy = window["app"]["security"]["csp"].as_str().expect("a content security policy");
    let rules: BTreeSet<&str> = policy.split(';').map(str::trim).collect();
    for rule in ["default-src 'none'", "script-src 'self'", "connect-src ipc: http://ipc.localhost"] {
        assert!(rules.contains(rule), "{rule} stands in {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("https:"), "{policy}");
    let allowed = json("src-tauri/capabilities/main.json");
    let allowed = allowed["permissions"].as_array().expect("permissions");
    assert!(
        allowed.iter().all(|one| one.as_str().is_some_and(|one| one.starts_with("core:event:"))),
        "{allowed:?}"
    );
}

#[test]
fn the_title_is_always_the_same_and_nothing_goes_to_the_clipboard() {
    let sources = below(&["ui/src", "src-tauri/src"], &[".rs", ".ts", ".svelte"]);
    for word in ["document.title", "svelte:head", "set_title", "navigator.clipboard", "execCommand"] {
        assert!(!sources.iter().any(|source| source.contains(word)), "{word}");
    }
    // One file can reach it, and five commands ask that file, where a person pressed for it: a section of a
    // confirmation in writing, one for a recipient's own form, the message that goes with a share, and the two of
    // the account, a notice and a note about what went wrong.
    // What somebody pastes into a box is read from the event alone, which writes nothing.
    let writes = |source: &&String| source.replace("ClipboardEvent", "").contains("Clipboard");
    let reach: usize = sources.iter().filter(writes).count();
    let asked: usize = sources.iter().map(|source| source.matches("copied::hold(").count()).sum();
    assert_eq!((reach, asked), (1, 5), "what can be copied is copied by a press, and in one place");
    // It takes what casework let leave and noted (`Copied`), which nothing but casework can make.
    let takes = sources.iter().map(|source| source.matches("text: Copied) -> bool").count()).sum::<usize>();
    assert_eq!(takes, 2, "here and where the platform has no such way: never a text that nobody noted");
    let titles: usize = sources.iter().map(|source| source.matches(".title(").count()).sum();
    assert_eq!(titles, 1, "the title is given once, when the window is made");
}

/// What the words of a form's fields are kept under: where it is empty, and where it is anything else.
const SAYS: [&str; 2] = ["need", "bad"];
/// Asked by the page itself: the forms of questions, and the grounds as a whole.
const OF_THE_PAGE: [&str; 2] = ["decide.need.", "signoff.need.grounds"];

/// The keys of every field that has words of its own.
fn fields(words: &Value, at: &str, found: &mut Vec<String>) {
    let Some(words) = words.as_object() else { return };
    for (name, inner) in words {
        let key = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
        match inner.as_object() {
            Some(says) if SAYS.contains(&name.as_str()) => {
                found.extend(says.keys().map(|field| format!("{key}.{field}")));
            }
            _ => fields(inner, &key, found),
        }
    }
}

#[test]
fn words_for_a_field_stand_under_the_name_that_a_use_case_gives_it() {
    let mut sources = Vec::new();
    texts(&root().join("src-tauri/crates/casework/src"), &[".rs"], &mut sources);
    // A file of tests alone names no field.
    sources.retain(|source| !source.contains("\nuse super::*;"));
    let sources: String =
        sources.iter().map(|source| source.split("#[cfg(test)]").next().unwrap_or_default()).collect();
    let mut keys = Vec::new();
    fields(&json("assets/words/en.json"), "", &mut keys);
    assert!(keys.len() > 50, "forms have words: {keys:?}");
    let stray: Vec<_> = keys
        .iter()
        .filter(|key| !OF_THE_PAGE.iter().any(|page| key.starts_with(page)))
        .filter(|key| !sources.contains(&format!("\"{}\"", key.rsplit('.').next().unwrap_or_default())))
        .collect();
    assert!(stray.is_empty(), "no use case has a field of that name, so nobody reads these: {stray:?}");
}
