//! The shape of the house, held to: which crate may lean on which, and what stays out of where.
//!
//! Between crates it is read from `cargo metadata`, inside a crate from the sources (`shape/rooms.rs`). It says
//! nothing about what the code does.
//! What a crate needs only for its own tests is not counted.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[path = "shape/rooms.rs"]
mod rooms;

/// Which crate may lean on which. A crate that is not named here has no place in the house yet.
const ARROWS: &[(&str, &[&str])] = &[
    ("sharewell", &["sharewell-casework", "sharewell-sample"]),
    (
        "sharewell-casework",
        &[
            "sharewell-guidance",
            "sharewell-exchange",
            "sharewell-documents",
            "sharewell-vault",
            "sharewell-records",
        ],
    ),
    (
        "sharewell-sample",
        &["sharewell-casework", "sharewell-guidance", "sharewell-vault", "sharewell-records"],
    ),
    ("sharewell-guidance", &["sharewell-records"]),
    ("sharewell-exchange", &["sharewell-records"]),
    ("sharewell-documents", &["sharewell-records"]),
    ("sharewell-vault", &["sharewell-records"]),
    ("sharewell-records", &[]),
    (
        "sharewell-ctl",
        &[
            "sharewell-casework",
            "sharewell-sample",
            "sharewell-intake",
            "sharewell-exchange",
            "sharewell-guidance",
        ],
    ),
    ("sharewell-intake", &["sharewell-exchange", "sharewell-records"]),
    ("sharewell-kills", &[]),
    ("sharewell-left-out", &[]),
    ("xtask", &["sharewell-guidance"]),
];

/// They look at everything from outside and nothing leans on them.
const FREE: &[&str] = &["sharewell-window", "sharewell-bench", "sharewell-fuzz"];

/// No source file is longer: above this it holds more than one idea.
const LONGEST: usize = 500;

/// What a pure crate cannot reach for: files, clocks, chance, the machine around it.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "File::open",
    "File::create",
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
    "SystemRandom",
    "Uuid::now_v7",
    "Uuid::new_v4",
];

/// Every package of the workspace with what it leans on outside its tests.
fn leanings() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .current_dir(root())
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .expect("cargo can be started");
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let metadata: Value = serde_json::from_slice(&answer.stdout).expect("cargo answers in JSON");
    let list = |value: &Value, field: &str| value[field].as_array().expect("a list").clone();
    let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
    list(&metadata, "packages")
        .iter()
        .map(|package| {
            let all = list(package, "dependencies");
            (name(package), all.iter().filter(|to| to["kind"] != "dev").map(name).collect())
        })
        .collect()
}

/// The edges that no arrow allows, each as a sentence that names both ends.
fn forbidden(leanings: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut found = Vec::new();
    for (from, tos) in leanings {
        if FREE.contains(&from.as_str()) {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| name == from) else {
            found.push(format!("{from} is a new crate: give it its arrows in ARCHITECTURE.md and here"));
            continue;
        };
        for to in tos {
            let ours = leanings.contains_key(to);
            if ours && !allowed.contains(&to.as_str()) {
                found.push(format!("{from} leans on {to}, and no arrow allows that"));
            }
            if to.starts_with("tauri") && from != "sharewell" {
                found.push(format!("{from} leans on {to}, and only the shell, sharewell, may know Tauri"));
            }
            if to == "rusqlite" && !["sharewell-vault", "sharewell-intake"].contains(&from.as_str()) {
                found.push(format!("{from} leans on {to}, and only the vault and the intake write SQL"));
            }
        }
    }
    found
}

#[test]
fn crates_lean_only_where_an_arrow_points() {
    let leanings = leanings();
    assert!(leanings.contains_key("sharewell-records"), "the workspace is the one that is meant");
    let found = forbidden(&leanings);
    assert!(found.is_empty(), "the shape of the house is broken:\n  {}", found.join("\n  "));
}

#[test]
fn a_forbidden_edge_is_found_and_both_ends_are_named() {
    let names = ARROWS.iter().map(|(name, _)| *name).chain(["sharewell-window"]);
    for (from, to, why) in [
        ("sharewell-guidance", "sharewell-vault", "rules do not know the store"),
        ("sharewell-exchange", "sharewell-vault", "formats do not know the store"),
        ("sharewell-records", "sharewell-casework", "nothing points upwards"),
        ("sharewell", "sharewell-vault", "the shell asks casework"),
        ("sharewell-casework", "sharewell-sample", "what is made up stands outside"),
        ("sharewell-ctl", "tauri", "only the shell knows Tauri"),
        ("sharewell-casework", "tauri-specta", "only the shell knows Tauri"),
        ("sharewell-casework", "rusqlite", "only stores write SQL"),
        ("sharewell-casework", "sharewell-window", "nothing leans on a test package"),
    ] {
        let mut leanings: BTreeMap<String, BTreeSet<String>> =
            names.clone().map(|name| (name.to_owned(), BTreeSet::new())).collect();
        leanings.entry(from.to_owned()).or_default().insert(to.to_owned());
        let found = forbidden(&leanings);
        assert_eq!(found.len(), 1, "{why}: {found:?}");
        assert!(found[0].contains(from) && found[0].contains(to), "both ends are named: {found:?}");
    }
}

#[test]
fn pages_and_parts_reach_the_program_only_through_the_bindings() {
    for room in ["ui/src/pages", "ui/src/parts"] {
        let files = sources(&root().join(room), &["svelte", "ts", "js"]);
        assert!(!files.is_empty(), "{room} holds the pages or the parts");
        for file in files {
            assert!(
                !read(&file).contains("@tauri-apps/"),
                "{} imports Tauri itself; only ui/src/lib may, behind the bindings",
                shown(&file)
            );
        }
    }
}

#[test]
fn no_source_file_holds_more_than_one_idea() {
    let mut files = Vec::new();
    for room in ["src-tauri", "tests", "xtask", "ui"] {
        files.extend(sources(&root().join(room), &["rs", "svelte", "ts", "scss", "css", "mjs"]));
    }
    assert!(files.iter().any(|file| file.ends_with("tests/shape.rs")), "the sources were found");
    let long: Vec<String> = files
        .iter()
        // Written by `cargo xtask bindings`, as long as there are commands and words.
        .filter(|file| {
            !["bindings.ts", "closed_sets.ts"]
                .iter()
                .any(|made| file.ends_with(Path::new("ui/src/lib").join(made)))
        })
        .map(|file| (file, read(file).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| format!("{} has {lines} lines", shown(file)))
        .collect();
    assert!(long.is_empty(), "no file is over {LONGEST} lines; split by idea:\n  {}", long.join("\n  "));
}

#[test]
fn the_pure_crates_read_no_file_no_clock_and_no_chance() {
    let mut found = Vec::new();
    for name in ["records", "guidance"] {
        let files = sources(&root().join("src-tauri/crates").join(name).join("src"), &["rs"]);
        assert!(!files.is_empty(), "{name} has sources");
        for file in files.iter().filter(|file| !only_for_tests(file)) {
            for (number, line) in outside_tests(&read(file)) {
                found.extend(
                    impurities(&line).into_iter().map(|what| format!("{}:{number}: {what}", shown(file))),
                );
            }
        }
    }
    assert!(
        found.is_empty(),
        "time, ids and files come in as arguments, so that a decision replays to the same advice:\n  {}",
        found.join("\n  ")
    );
}

#[test]
fn impurity_is_found_where_it_counts_and_only_there() {
    let source = "use std::{collections::BTreeMap, fs};\n\
                  // std::fs is not used here\n\
                  let now = Utc::now();\n\
                  #[cfg(test)]\n\
                  #[allow(clippy::unwrap_used)]\n\
                  mod tests {\n    use std::fs;\n    fn a() {\n    }\n}\n\
                  #[cfg(test)]\n\
                  mod more;\n\
                  let then = Instant::now();\n";
    let found: Vec<(usize, &str)> = outside_tests(source)
        .iter()
        .flat_map(|(number, line)| impurities(line).into_iter().map(move |what| (*number, what)))
        .collect();
    assert_eq!(found, [(1, "std::fs"), (3, "Utc::now"), (13, "Instant::now")]);
}

/// The impure names on one line, grouped imports included.
fn impurities(line: &str) -> Vec<&'static str> {
    let grouped: Vec<&str> = line
        .split_once("std::{")
        .map(|(_, group)| group.split([',', '}', ';', '{']).map(str::trim).collect())
        .unwrap_or_default();
    IMPURE
        .iter()
        .copied()
        .filter(|name| {
            let in_group = name.strip_prefix("std::").is_some_and(|module| {
                grouped.iter().any(|part| *part == module || part.starts_with(&format!("{module}::")))
            });
            in_group || line.contains(name)
        })
        .collect()
}

/// The numbered lines of a source file without comments and without what is compiled for tests alone.
/// It leans on the format: an item ends where a closing brace stands at the item's own indentation.
fn outside_tests(source: &str) -> Vec<(usize, String)> {
    let mut kept = Vec::new();
    let mut skipping: Option<String> = None;
    let mut inside = false;
    for (index, line) in source.lines().enumerate() {
        let bare = line.trim_start();
        let indentation = &line[..line.len() - bare.len()];
        if let Some(start) = &skipping {
            let attribute = bare.starts_with("#[");
            let closes = inside && indentation == start && bare.starts_with('}');
            let one_line = !inside && !attribute && (bare.ends_with(';') || bare.ends_with('}'));
            inside |= !attribute && bare.ends_with('{');
            if closes || one_line {
                skipping = None;
                inside = false;
            }
        } else if bare.starts_with("#[cfg(test)]") {
            skipping = Some(indentation.to_owned());
        } else if !bare.starts_with("//") {
            kept.push((index + 1, line.to_owned()));
        }
    }
    kept
}

fn only_for_tests(file: &Path) -> bool {
    file.iter().any(|part| part == "tests" || part == "tests.rs")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", shown(file)))
}

/// The files below a folder with one of these endings; built and installed things are passed over.
fn sources(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["node_modules", "target", "dist", "gen"].contains(&name.as_str()) {
                found.extend(sources(&path, endings));
            }
        } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            found.push(path);
        }
    }
    found.sort();
    found
}
