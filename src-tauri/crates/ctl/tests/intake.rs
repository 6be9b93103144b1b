//! An agency takes handovers in from the command line: from a vault to a receipt, and read again in each role.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::PathBuf;

use serde_json::Value;
use sharewell_casework::records::{Day, Role};
use sharewell_exchange::profile::AgencyProfile;
use sharewell_exchange::receipt::{Outcome, Receipt};
use sharewell_exchange::roster::{Member, Roster};
use sharewell_exchange::{PublicKey, SigningKey};
use support::{Back, file, run, run_with, text};

const PASSPHRASE: &str = "lantern copper meadow ferry\n";

struct Desk {
    dir: tempfile::TempDir,
    passphrase: PathBuf,
}

/// An agency, a vault of an invented family, and nobody enrolled yet.
fn desk() -> Desk {
    desk_of("2")
}

fn desk_of(cases: &str) -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let desk = Desk { dir, passphrase };
    let settings = run(&["agency", "example"]).exits(0).out;
    std::fs::write(desk.at("profile.toml"), settings).unwrap();
    let (off, agency, from) = (desk.at("off"), desk.at("agency"), desk.at("profile.toml"));
    run(&["agency", "init", "--offline", text(&off), "--out", text(&agency), "--from", text(&from)]).exits(0);
    let vault = desk.at("vault");
    run_with(&desk.passphrase, &["sample", "--vault", text(&vault), "--cases", cases, "--seed", "7"])
        .exits(0);
    desk
}

impl Desk {
    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn profile(&self) -> AgencyProfile {
        AgencyProfile::read(&std::fs::read(self.at("agency/profile.sharewell-profile")).unwrap())
            .unwrap()
            .profile
    }

    fn handed(&self, name: &str, more: &[&str]) -> Value {
        let recipient = self.profile().keys.encryption.to_string();
        let (vault, out) = (self.at("vault"), self.at(name));
        let args =
            ["handover", "--json", "--vault", text(&vault), "--out", text(&out), "--recipient", &recipient];
        run_with(&self.passphrase, &[&args[..], more].concat()).exits(0).json()
    }

    /// Puts whoever handed over on the roster.
    fn enrol(&self, handed: &Value) {
        let key = std::fs::read_to_string(self.at("off/profile-signing.key")).unwrap();
        let profile = self.profile();
        let word = |name: &str| handed[name].as_str().unwrap().to_owned();
        let origin = word("origin").parse().unwrap();
        let signer = PublicKey::from_hex(&word("signed_by")).unwrap();
        let from = Day("2020-01-01".parse().unwrap());
        let member =
            Member::new(signer, origin, "Noor Exampleton", "Health visitor", Role::Practitioner, from);
        let (agency, name) = (profile.agency, profile.name);
        let roster = Roster { agency, name, serial: 2, issued: from, members: vec![member] };
        let bytes = roster.sign(&SigningKey::parse(&key).unwrap()).unwrap();
        std::fs::write(self.at("agency/roster.sharewell-roster"), bytes).unwrap();
    }

    fn intake(&self, verb: &[&str], more: &[&str]) -> Back {
        let keys = self.at("agency");
        run(&[&["intake"], verb, &["--keys", text(&keys)], more].concat())
    }

    fn receipt(&self, answer: &Value) -> Receipt {
        let bytes = std::fs::read(answer["receipt"].as_str().unwrap()).unwrap();
        Receipt::read(&bytes, &self.profile().keys.receipts).unwrap()
    }
}

#[test]
fn from_a_vault_to_a_receipt_and_once_more() {
    let desk = desk();
    let handed = desk.handed("a.sharewell", &[]);
    let path = desk.at("a.sharewell");
    let path = text(&path);

    // Nobody is enrolled: it is kept apart, the receipt says why, and the next file is taken all the same.
    let stranger = desk.intake(&[], &[path, "--json"]).exits(1).json();
    assert_eq!(stranger["answers"][0]["reason"], "unknown_signer");
    assert_eq!(desk.receipt(&stranger["answers"][0]).outcome, Outcome::Quarantined);
    desk.enrol(&handed);
    let again = desk.intake(&["again"], &["--json"]).exits(0).json();
    assert_eq!(again["answers"][0]["outcome"], "taken");
    let receipt = desk.receipt(&again["answers"][0]);
    assert_eq!(receipt.handover.unwrap().id.to_string(), handed["handover"]["id"].as_str().unwrap());
    assert_eq!(receipt.agency, "Madeup Community Health");
    let entries = handed["handover"]["entries"].as_u64().unwrap() as usize;
    assert_eq!(receipt.origins[0].taken.len(), entries, "every entry that was handed over is named");

    let once_more = desk.intake(&[], &[path, "/nowhere/b.sharewell"]).exits(1);
    assert!(once_more.out.contains("taken by Noor Exampleton"), "{}", once_more.out);
    assert!(once_more.out.contains("(answered before)"), "{}", once_more.out);
    assert!(
        once_more.out.contains("/nowhere/b.sharewell cannot be read"),
        "one that is not there costs no other"
    );

    let listed = desk.intake(&["list"], &[]).exits(0).out;
    assert!(listed.contains("taken") && listed.contains("Noor Exampleton"), "{listed}");
    let cases = desk.intake(&["list"], &["--json"]).exits(0).json();
    let case = cases["cases"][0]["case"].as_str().unwrap().to_owned();
    let page = desk.intake(&["show"], &[&case]).exits(0).out;
    assert!(page.contains("people\n") && page.contains("person_id"), "{page}");
    let id = handed["handover"]["id"].as_str().unwrap();
    assert!(desk.intake(&["show"], &[id]).exits(0).out.contains("outcome"), "a handover by its id");
    let none = desk.intake(&["show"], &["0192f0c1-2345-7abc-8def-000000000009"]).exits(1);
    assert!(none.err.contains("intake list"), "{}", none.err);
    let called = cases["cases"][0]["called"].as_str().unwrap();
    let found = desk.intake(&["search"], &[called, "--json"]).exits(0).json();
    assert!(!found["hits"].as_array().unwrap().is_empty());
    assert!(desk.intake(&["search"], &["nothingthatstandsthere"]).exits(0).out.contains("Found 0 places"));

    // Disposed of by a rule that is named; the receipt of the next file tells it.
    let early = desk.intake(&["dispose"], &["--case", &case]).exits(1);
    assert!(early.err.contains("--authority"), "{}", early.err);
    let gone = desk.intake(&["dispose"], &["--case", &case, "--authority", "Order of the court", "--json"]);
    assert!(gone.exits(0).json()["entries"].as_u64().unwrap() > 0);
    let anew = desk.at("anew.sharewell");
    let vault = desk.at("vault");
    let args = ["handover", "--vault", text(&vault), "--out", text(&anew), "--again", id];
    run_with(&desk.passphrase, &args).exits(0);
    let anew = desk.intake(&[], &[text(&anew), "--json"]).exits(0).json();
    assert_eq!(anew["answers"][0]["outcome"], "had");
    assert!(!desk.receipt(&anew["answers"][0]).disposals.is_empty());
}

#[test]
fn a_folder_is_watched_and_only_what_is_whole_is_taken() {
    let desk = desk();
    let handed = desk.handed("a.sharewell", &[]);
    desk.enrol(&handed);
    let inbox = desk.at("inbox");
    std::fs::create_dir(&inbox).unwrap();
    let whole = std::fs::read(desk.at("a.sharewell")).unwrap();
    std::fs::write(inbox.join("whole.sharewell"), &whole).unwrap();
    std::fs::write(inbox.join("half.sharewell"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(inbox.join("notes.txt"), "x").unwrap();
    let watch =
        || desk.intake(&["watch"], &["--once", "--every", "1", text(&inbox), "--json"]).exits(0).json();
    let first = watch();
    assert_eq!(first["answers"].as_array().unwrap().len(), 1);
    assert_eq!(first["answers"][0]["outcome"], "taken");
    std::fs::write(inbox.join("half.sharewell"), &whole).unwrap();
    let then = watch();
    assert!(then["answers"].as_array().unwrap().iter().all(|one| one["again"] == true), "{then}");
    assert!(inbox.join("whole.sharewell").exists(), "files stay where they are");
}

#[test]
fn keys_that_the_profile_does_not_name_and_a_store_without_its_key_are_told() {
    let desk = desk();
    let handed = desk.handed("a.sharewell", &[]);
    desk.enrol(&handed);
    let path = desk.at("a.sharewell");
    desk.intake(&[], &[text(&path)]).exits(0);
    let key = desk.at("agency/store.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let lost = desk.intake(&["list"], &["--json"]).exits(2).json();
    assert_eq!(lost["error"]["code"], "store_key_missing");
    std::fs::write(&key, kept).unwrap();
    desk.intake(&["list"], &[]).exits(0);
    let (_, other) = SigningKey::generate().unwrap();
    std::fs::write(desk.at("agency/receipts.key"), secrecy::ExposeSecret::expose_secret(&other)).unwrap();
    let differ = desk.intake(&[], &[text(&path), "--json"]).exits(2).json();
    assert_eq!(differ["error"]["code"], "keys_differ");
}

#[test]
fn whom_a_role_may_not_know_it_cannot_list_show_or_find() {
    // The eighth family's carer is protected.
    let desk = desk_of("8");
    let handed = desk.handed("a.sharewell", &[]);
    desk.enrol(&handed);
    let path = desk.at("a.sharewell");
    desk.intake(&[], &[text(&path)]).exits(0);
    // Whoever the sample protects: a lead reads the name, and nobody below does, at any door.
    let cases = desk.intake(&["list"], &["--role", "lead", "--json"]).exits(0).json();
    let ids: Vec<String> = cases["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["case"].as_str().unwrap().to_owned())
        .collect();
    let (mut names, mut theirs) = (Vec::new(), Vec::new());
    for id in &ids {
        let page = desk.intake(&["show"], &["--role", "lead", "--json", id]).exits(0).json();
        let empty = Vec::new();
        let rows = |name: &str| {
            let tables = page["tables"].as_array().unwrap();
            let found = tables.iter().find(|table| table["name"] == name);
            found.and_then(|table| table["rows"].as_array()).unwrap_or(&empty).clone()
        };
        for flag in
            rows("flags").iter().filter(|row| row["kind"] == "protected_identity" && row["lifted"] != "true")
        {
            let person =
                rows("people").into_iter().find(|row| row["person_id"] == flag["person_id"]).unwrap();
            names.push(person["name"].as_str().unwrap().to_owned());
            theirs.push(id.clone());
        }
    }
    assert!(!names.is_empty(), "the sample protects somebody: {cases}");
    let lead = desk.intake(&["search"], &["--role", "lead", &names[0]]).exits(0).out;
    assert!(!lead.contains("Found 0 places") && lead.contains(&names[0]), "a lead finds them: {lead}");
    for role in ["intake", "practitioner"] {
        let mut said = desk.intake(&["list"], &["--role", role]).exits(0).out;
        for id in &theirs {
            said.push_str(&desk.intake(&["show"], &["--role", role, id]).exits(0).out);
        }
        for name in &names {
            let found = desk.intake(&["search"], &["--role", role, name]).exits(0).out;
            assert!(found.contains("Found 0 places"), "{role} looks for {name}: {found}");
            assert!(!said.contains(name.as_str()), "{role} reads {name}");
        }
    }
}

#[test]
fn of_a_lost_laptop_it_is_told_what_came_and_that_the_rest_is_unknown() {
    let desk = desk();
    let handed = desk.handed("a.sharewell", &[]);
    desk.enrol(&handed);
    let lost = |more: &[&str]| desk.intake(&["lost"], more);
    let none = lost(&["Noor Exampleton"]).exits(0);
    assert!(none.out.contains("Nothing of this chain was ever received"), "{}", none.out);

    let path = desk.at("a.sharewell");
    desk.intake(&[], &[text(&path)]).exits(0);
    let last = handed["handover"]["to"].as_u64().unwrap();
    let told = lost(&["--lost", "2020-01-01", "noor", "exampleton"]).exits(0);
    for words in [
        format!("entry {last}, on "),
        format!("What was written after entry {last} was never received"),
        "on the day of the loss or later".into(),
        "--from 2020-01-01".into(),
        "Tell your data protection officer today".into(),
        "Restricted files are told to the designated officer alone".into(),
    ] {
        assert!(told.out.contains(&words), "{words}:\n{}", told.out);
    }

    let origin = handed["origin"].as_str().unwrap();
    let json = lost(&["--json", origin]).exits(0).json();
    let chain = &json["chains"][0];
    assert_eq!((&chain["origin"], &chain["later"]), (&handed["origin"], &Value::from("unknown")));
    assert_eq!(chain["received"]["to"].as_u64(), Some(last));
    let listed = desk.intake(&["list"], &["--json"]).exits(0).json();
    assert!(listed["cases"].as_array().unwrap().len() >= 2);
    assert_eq!(json["files"], listed["cases"], "the files of the one laptop there is");
    let steps: Vec<&str> =
        json["next"].as_array().unwrap().iter().map(|step| step["do"].as_str().unwrap()).collect();
    assert_eq!(steps, ["revoke", "bring_backup", "tell_data_protection_officer"]);
    let key = handed["signed_by"].as_str().unwrap();
    assert_eq!(json["next"][0]["key"], handed["signed_by"]);
    assert_eq!(lost(&["--json", &key[..12]]).exits(0).json()["chains"][0]["origin"], handed["origin"]);

    for nobody in ["Ada Mockford", "0192f0c1-2345-7abc-8def-000000000099", "abc"] {
        let refused = lost(&["--json", nobody]).exits(1).json();
        assert_eq!(refused["error"]["code"], "no_such", "{nobody}");
    }
}

#[test]
fn after_new_keys_what_was_made_for_the_old_ones_is_taken_in_as_before() {
    let desk = desk();
    let before = desk.profile().keys;
    let old = desk.handed("old.sharewell", &[]);
    desk.enrol(&old);
    let (off, agency, from) = (desk.at("off"), desk.at("agency"), desk.at("profile.toml"));
    let at = ["--offline", text(&off), "--agency", text(&agency), "--from", text(&from)];
    let said = run(&[&["agency", "rekey"][..], &at, &["encryption", "receipts"]].concat()).exits(0);
    assert!(said.out.contains("stay beside the new ones"), "{}", said.out);
    let keys = desk.profile().keys;
    assert!(keys.encryption != before.encryption && keys.receipts != before.receipts);
    assert_eq!((keys.signing, keys.recovery), (before.signing, before.recovery.clone()));

    // The file on its way was made for the key before; its receipt is signed by the key that everybody now knows.
    let path = desk.at("old.sharewell");
    let taken = desk.intake(&[], &[text(&path), "--json"]).exits(0).json();
    assert_eq!(taken["answers"][0]["outcome"], "taken");
    desk.receipt(&taken["answers"][0]);
    let new = desk.handed("new.sharewell", &["--from-beginning", "--reason", "New keys"]);
    assert_eq!(new["origin"], old["origin"]);
    let path = desk.at("new.sharewell");
    let had = desk.intake(&[], &[text(&path), "--json"]).exits(0).json();
    assert_ne!(had["answers"][0]["outcome"], "quarantined");

    // Once more: no key is lost on the way.
    run(&[&["agency", "rekey"][..], &at, &["encryption"]].concat()).exits(0);
    let path = desk.at("old.sharewell");
    let again = desk.intake(&[], &[text(&path), "--json"]).exits(0).json();
    assert_eq!(again["answers"][0]["outcome"], "taken", "answered before");
    assert!(desk.at("agency/encryption-before-2.key").is_file());
}
