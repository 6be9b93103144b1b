//! Guidance that has landed is never read otherwise than on the day on which it landed: each frozen pack has the
//! hash that decisions keep, and the decisions of that day come out the same.
//!
//! `tests/fixtures/packs/<commit>/` holds the packs of a landed commit, and teaching cases of that day, one for each
//! outcome. They are never rewritten: a folder is added before the format changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sharewell_guidance::{Pack, Saying, check};
use teaching::{Case, packs_in};

/// The last commit whose packs are of engine 2.
const ENGINE_TWO: &str = "4d36c92";

/// Each of its packs with its content hash.
const HASHES: [(&str, &str); 5] = [
    ("england@2015-03", "a76430e2febc06752eb7df3f79e98c4aea61b7cad4787e2a3f5b09ac7a594de4"),
    ("england@2024-05", "332da14e2a75e058fbe70b6b371157bb6d596c8d9b2701edf31fd2bacb382f84"),
    ("northern_ireland@2019-04", "f0e01d7485f702cb4bfffe64a43b2671b0ffb3b18e92575393c56837ba13c824"),
    ("scotland@2023-08", "78e6e30c20e482b90cbdc71ef20d0f475d272e761848930a28671c8112d6b6d2"),
    ("wales@2021-02", "68849e82c7afd7902f76a352f2b747eee83ed427eed1c79f00f6668da650c0d8"),
];

fn frozen(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/packs").join(ENGINE_TWO).join(inside)
}

fn packs() -> Vec<Pack> {
    packs_in(&frozen("guidance"))
}

fn cases() -> BTreeMap<String, Case> {
    let mut cases = BTreeMap::new();
    for nation in std::fs::read_dir(frozen("cases")).unwrap().map(|entry| entry.unwrap().path()) {
        for path in std::fs::read_dir(&nation).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(frozen("cases")).unwrap().display().to_string();
            let case = Case::read(&std::fs::read_to_string(&path).unwrap());
            cases.insert(name.clone(), case.unwrap_or_else(|why| panic!("{name}: {why}")));
        }
    }
    cases
}

#[test]
fn landed_packs_have_the_hash_that_decisions_keep_and_still_meet_every_condition() {
    let found: Vec<(String, String)> =
        packs().iter().map(|pack| (pack.name(), pack.hash.to_string())).collect();
    let kept: Vec<(String, String)> =
        HASHES.iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect();
    assert_eq!(found, kept, "a frozen pack is never rewritten");
    for pack in packs() {
        assert_eq!(check(&pack).findings, [], "{}", pack.name());
    }
}

#[test]
fn decisions_under_landed_packs_come_out_as_they_did() {
    let packs = packs();
    let cases = cases();
    assert_eq!(cases.len(), 73, "one for each outcome that was taught");
    for (name, case) in cases {
        let pack = case.pack(&packs).unwrap_or_else(|why| panic!("{name}: {why}"));
        let told = case.walk(pack).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(case.missed(&told), [""; 0], "{name}");
        assert_eq!(told.advice.act.recipient, None, "{name}: nobody is guessed from a sentence");
    }
}

#[test]
fn the_words_of_a_landed_act_stay_whole() {
    for pack in packs() {
        for outcome in pack.outcomes() {
            let key = format!("outcome.{}.act", outcome.id);
            let whole = Saying::Words(pack.text("en", &key).unwrap().to_owned());
            assert_eq!(pack.act_words("en", &outcome.id), Some(vec![whole]), "{}: {key}", pack.name());
        }
    }
}
