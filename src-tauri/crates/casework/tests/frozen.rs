//! What landed commits wrote, opened, verified and listed for ever (`tests/fixtures/README.md`).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../../sample/examples/freeze/listing.rs"]
mod listing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sharewell_casework::handover as casework_handover;
use sharewell_casework::records::{HandoverState, Moment, Profile, Sha256};
use sharewell_casework::views::{FileFacts, HandoverView};
use sharewell_casework::{Secret, Vault, maintenance, start};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{PublicKey, countersign, handover, pack};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures")
}

/// The folders of a kind, one for each commit that was frozen, each with its listing.
fn frozen(kind: &str) -> Vec<(PathBuf, Value)> {
    let found: Vec<_> = fs::read_dir(fixtures().join(kind))
        .unwrap()
        .map(|folder| folder.unwrap().path())
        .map(|folder| {
            let listing = fs::read_to_string(folder.join("listing.json")).expect("each has its listing");
            (folder, serde_json::from_str(&listing).unwrap())
        })
        .collect();
    assert!(!found.is_empty(), "{kind}");
    found
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().expect(name)
}

/// The keys that signed what a listing tells of.
fn roster(listing: &Value) -> Vec<PublicKey> {
    let keys: Vec<String> = serde_json::from_value(listing["roster"].clone()).unwrap();
    keys.iter().map(|key| PublicKey::from_hex(key).unwrap()).collect()
}

fn files(below: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let to = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(&file, &to).unwrap();
    }
}

/// Both listings with every difference named, so that a failure can be read.
fn same(held: &Value, told: &Value, place: &str) {
    match (held, told) {
        (Value::Object(held), Value::Object(told)) => {
            for name in held.keys().chain(told.keys()) {
                same(
                    held.get(name).unwrap_or(&Value::Null),
                    told.get(name).unwrap_or(&Value::Null),
                    &format!("{place}/{name}"),
                );
            }
        }
        (Value::Array(held), Value::Array(told)) if held.len() == told.len() => {
            for (at, (held, told)) in held.iter().zip(told).enumerate() {
                same(held, told, &format!("{place}/{at}"));
            }
        }
        _ => assert_eq!(held, told, "{place}"),
    }
}

fn holds(vault: &Vault, listing: &Value) {
    let read_at: Moment = serde_json::from_value(listing["read_at"].clone()).unwrap();
    same(&listing::vault(vault, read_at).unwrap(), &listing["holds"], "vault");
}

#[test]
fn every_frozen_vault_opens_verifies_and_holds_what_it_held() {
    for (folder, listing) in frozen("vaults") {
        let dir = tempfile::tempdir().unwrap();
        copy(&folder.join("vault"), dir.path());
        let read_at: Moment = serde_json::from_value(listing["read_at"].clone()).unwrap();
        let vault = start::unlock(dir.path(), Secret::from(text(&listing, "passphrase")), read_at).unwrap();
        holds(&vault, &listing);
        start::close(vault, read_at).unwrap();
        let again = start::unlock(dir.path(), Secret::from(text(&listing, "passphrase")), read_at).unwrap();
        holds(&again, &listing);
    }
}

#[test]
fn every_frozen_backup_is_restored_with_its_recovery_code() {
    for (folder, listing) in frozen("vaults") {
        let dir = tempfile::tempdir().unwrap();
        copy(&folder.join("vault"), &dir.path().join("old"));
        let read_at: Moment = serde_json::from_value(listing["read_at"].clone()).unwrap();
        let backup = fs::read_dir(dir.path().join("old/backups")).unwrap().next().unwrap().unwrap().path();
        let (to, code) = (dir.path().join("new"), Secret::from(text(&listing, "recovery_code")));
        let mut vault = maintenance::restore_vault(&backup, &to, code, read_at).unwrap();
        let report = maintenance::verify_vault(&mut vault, read_at).unwrap();
        assert!(report.sound, "{:?}", report.findings);
        let held = listing::vault(&vault, read_at).unwrap();
        same(&held["files"], &listing["holds"]["files"], "files");
    }
}

#[test]
fn every_frozen_handover_opens_verifies_and_lists_the_same() {
    let key = fs::read_to_string(fixtures().join("handovers/agency-test-key.txt")).unwrap();
    let identity = Identity::parse(&key).unwrap();
    for (folder, listing) in frozen("handovers/frozen") {
        let roster = roster(&listing);
        for (name, told) in listing["holds"].as_object().unwrap() {
            let bytes = fs::read(folder.join(name)).unwrap();
            let opened =
                handover::read(&bytes[..], &identity, &roster, handover::Limits::default()).expect(name);
            same(&listing::handed_over(&opened), told, name);
        }
    }
}

#[test]
fn every_frozen_handover_is_written_again_with_the_tables_and_entries_that_it_had() {
    let key = fs::read_to_string(fixtures().join("handovers/agency-test-key.txt")).unwrap();
    let identity = Identity::parse(&key).unwrap();
    for (folder, listing) in frozen("vaults") {
        let commit = folder.file_name().unwrap();
        let dir = tempfile::tempdir().unwrap();
        copy(&folder.join("vault"), &dir.path().join("vault"));
        let now: Moment = serde_json::from_value(listing["read_at"].clone()).unwrap();
        let passphrase = Secret::from(text(&listing, "passphrase"));
        let mut vault = start::unlock(&dir.path().join("vault"), passphrase, now).unwrap();
        let of_commit = fixtures().join("handovers/frozen").join(commit);
        let told: Value =
            serde_json::from_str(&fs::read_to_string(of_commit.join("listing.json")).unwrap()).unwrap();
        let mut roster = roster(&told);
        roster.push(PublicKey(vault.public_key().unwrap()));
        let read = |path: &Path| {
            let bytes = fs::read(path).unwrap();
            handover::read(&bytes[..], &identity, &roster, handover::Limits::default()).unwrap()
        };
        for name in told["holds"].as_object().unwrap().keys() {
            let was = read(&of_commit.join(name));
            let to = dir.path().join("again.sharewell");
            casework_handover::rebuild_handover(&mut vault, was.info.id, &to, now).unwrap();
            let again = read(&to);
            assert_eq!((again.profile, again.lines), (was.profile, was.lines), "{commit:?}");
            assert_eq!(again.profile, Profile::SpreadsheetSafe);
        }
    }
}

#[test]
fn what_an_earlier_version_wrote_counts_as_written_and_what_it_noted_of_the_file_is_told_while_it_can_be_read()
 {
    let mut noted = 0;
    for (folder, listing) in frozen("vaults") {
        let dir = tempfile::tempdir().unwrap();
        copy(&folder.join("vault"), dir.path());
        let now: Moment = serde_json::from_value(listing["read_at"].clone()).unwrap();
        let mut vault = start::unlock(dir.path(), Secret::from(text(&listing, "passphrase")), now).unwrap();
        let page = casework_handover::handover_page(&vault).unwrap();
        assert!(page.made.len() > 1 && page.unwritten.is_none() && page.since.is_none());
        let told = |one: &HandoverView| (one.state, one.facts, one.file_hash.len());
        assert!(page.made.iter().all(|one| told(one) == (HandoverState::Written, FileFacts::Known, 64)));
        // One restricted file was handed over, by itself; another may stand beside it.
        let apart = page.restricted.iter().filter(|file| file.waiting == 0);
        assert_eq!(apart.clone().count(), 1, "{:?}", folder.file_name());
        for file in page.files.iter().chain(apart) {
            let waits: Vec<u32> = file.waits.iter().map(|one| one.waiting).collect();
            assert_eq!((file.waiting, waits), (0, vec![0]), "{:?}", folder.file_name());
        }
        // Since what was written stands in the ledger, no note of it is kept beside it.
        let note = format!("handover_file:{}", page.made[0].id);
        if vault.forget(&note).is_err() {
            continue;
        }
        noted += 1;
        let page = casework_handover::handover_page(&vault).unwrap();
        assert_eq!(
            told(&page.made[0]),
            (HandoverState::Written, FileFacts::Unreadable, 0),
            "it left all the same"
        );
        assert!(vault.verify(&[]).unwrap().sound());
    }
    assert_eq!(noted, 3, "the three versions that kept such notes");
}

#[test]
fn every_frozen_ask_and_its_answer_open_and_say_the_same() {
    for (folder, listing) in frozen("countersign") {
        let code = Secret::from(text(&listing, "code"));
        let read = |name: &str| fs::read(folder.join(name)).unwrap();
        let ask = countersign::open_ask(&read("ask.sharewell-countersign"), &code).unwrap();
        same(&listing::asked(&ask), &listing["holds"]["ask"], "ask");
        let answer = countersign::open_answer(&read("answer.sharewell-countersign"), &code).unwrap();
        countersign::check(&answer).unwrap();
        assert_eq!(answer.said.entry_hash, ask.entry_hash, "over that decision");
        same(&listing::answered(&answer), &listing["holds"]["answer"], "answer");
    }
}

#[test]
fn every_frozen_pack_and_overlay_is_taken_from_its_signer() {
    for (folder, listing) in frozen("packs") {
        let key = [PublicKey::from_hex(text(&listing, "public_key")).unwrap()];
        for (name, told) in listing["holds"].as_object().unwrap() {
            let bytes = fs::read(folder.join(name)).unwrap();
            let roster = pack::Roster { publishers: &key, agencies: &key };
            let opened = pack::read(&bytes, roster).expect(name);
            same(&listing::signed_pack(&opened), told, name);
            assert!(pack::read(&bytes, pack::Roster::default()).is_err(), "{name} of a stranger");
        }
    }
}

#[test]
fn what_is_frozen_is_never_written_again() {
    let root = fixtures();
    let told: BTreeMap<String, String> = fs::read_to_string(root.join("frozen.sha256"))
        .unwrap()
        .lines()
        .map(|line| line.split_once("  ").expect("a hash and a path"))
        .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
        .collect();
    let mut held = BTreeMap::new();
    for kind in ["vaults", "handovers/frozen", "countersign", "packs"] {
        for file in files(&root.join(kind)) {
            let path = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            held.insert(path, Sha256::of(&[&fs::read(&file).unwrap()]).to_string());
        }
    }
    for (path, hash) in &told {
        assert_eq!(held.get(path), Some(hash), "{path} was changed, moved or removed: take it back");
    }
    for path in held.keys() {
        assert!(told.contains_key(path), "{path} is new: add it to frozen.sha256 (see README.md there)");
    }
}
