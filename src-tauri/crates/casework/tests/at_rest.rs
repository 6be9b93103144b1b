//! What stands in a vault's folder in the clear: two small files, and nothing of a case in either.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use sharewell_casework::{settings, start};
use support::*;

fn members(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn what_stands_beside_the_vault_in_the_clear_is_nothing_of_a_case() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("vault");
    let mut vault = vault(&folder);
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &gates(&[]), 10);
    sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let look = settings_of(&vault).0;
    settings::save_settings(&mut vault, &look, at(81)).unwrap();
    start::close(vault, at(82)).unwrap();
    assert!(start::unlock(&folder, secret("another passphrase"), at(83)).is_err());

    let names: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let known =
        ["backups", "vault.db", "vault.head", "vault.keys", "vault.local", "vault.lock", "window.json"];
    assert!(names.iter().all(|name| known.contains(&name.as_str())), "{names:?}");
    let read =
        |name: &str| -> Value { serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap() };
    let (local, window) = (read("vault.local"), read("window.json"));
    assert_eq!(
        members(&window),
        BTreeSet::from(["language", "screen_protected", "shortcuts", "text_size", "theme"])
    );
    assert_eq!(members(&local), BTreeSet::from(["emergency", "failed", "last", "pending", "used"]));
    for number in local["emergency"].as_array().unwrap() {
        assert_eq!(members(number), BTreeSet::from(["label", "number"]));
    }
    assert_eq!(local["failed"], 1, "wrong tries are counted there");
    assert_eq!(std::fs::read(folder.join("vault.lock")).unwrap(), b"");
    let clear = local.to_string() + &window.to_string();
    for word in ["Ayla", "Sampleton", "Jo ", "943 476", "breakfast", PASSPHRASE] {
        assert!(!clear.contains(word), "{word}");
    }
}
