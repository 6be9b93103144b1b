//! An agency opens a vault whose holder left, and makes its own keys anew without a gap.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::PathBuf;

use sharewell_casework::records::OriginId;
use sharewell_casework::{agency as takes, clock, start};
use support::agency::{Agency, agency};
use support::{file, run, run_with, text};

/// A vault of a family in which the agency's profile was taken, and the file with its passphrase.
fn vault_of(agency: &Agency) -> (PathBuf, PathBuf) {
    let passphrase = file(agency.dir.path(), "passphrase", "lantern copper meadow ferry\n");
    let folder = agency.at("vault");
    run_with(&passphrase, &["sample", "--vault", text(&folder), "--cases", "1", "--seed", "7"]).exits(0);
    let now = clock::now();
    let mut vault = start::unlock(&folder, "lantern copper meadow ferry".to_owned().into(), now).unwrap();
    let path = agency.at("agency/profile.sharewell-profile");
    let shown = takes::preview_profile(&vault, &path, now).unwrap().hash;
    let path = text(&path).to_owned();
    let typed = sharewell_casework::views::TakeProfile { path, shown, compared: true, other_agency: false };
    takes::take_profile(&mut vault, &typed, now).unwrap();
    vault.close().unwrap();
    (folder, passphrase)
}

#[test]
fn a_vault_is_recovered_with_nothing_lost_and_its_new_key_enrolled_in_the_same_act() {
    let agency = agency();
    let (vault, old) = vault_of(&agency);
    let verified = run_with(&old, &["vault", "verify", "--vault", text(&vault), "--json"]).exits(0).json();
    let before = verified["origin"].as_str().unwrap().parse::<OriginId>().unwrap();
    let (found, query) = (["search", "--vault", text(&vault), "--json"], "a");
    let had = run_with(&old, &[&found[..], &[query]].concat()).exits(0).json();
    let new = file(agency.dir.path(), "new", "marble orchard pilot thistle\n");
    let recover = |agreed: &[&str]| {
        let (off, out) = (agency.at("off"), agency.at("agency"));
        let mut args = vec!["agency", "recover", "--offline", text(&off), "--agency", text(&out)];
        args.extend(["--vault", text(&vault), "--by", "Owen Pretend", "--why", "She left on Friday"]);
        args.extend(agreed.iter().flat_map(|name| ["--agreed", name]));
        run_with(&new, &args)
    };
    let one = recover(&["Ada Mockford"]).exits(1);
    assert!(one.err.contains("Two people"), "{}", one.err);
    recover(&["Ada Mockford", "ada  mockford"]).exits(1);
    assert!(agency.roster().members.is_empty(), "nothing was done yet");
    let said = recover(&["Ada Mockford", "Ines Sampleton"]).exits(0);
    assert!(said.out.contains("recovery code"), "{}", said.out);

    let roster = agency.roster();
    let [member] = roster.members.as_slice() else { panic!("one key: {roster:?}") };
    assert_eq!(member.continues, Some(before));
    let shown = run_with(&new, &["vault", "verify", "--vault", text(&vault), "--json"]).exits(0).json();
    assert_eq!(shown["origin"].as_str(), Some(member.origin.to_string().as_str()));
    let has = run_with(&new, &[&found[..], &[query]].concat()).exits(0).json();
    assert_eq!(has, had, "everything is found as before");
    run_with(&old, &["vault", "verify", "--vault", text(&vault)]).exits(1);
    // Who, why and which two stand in the vault for ever.
    let handed = agency.at("all.sharewell");
    let to = agency.profile().keys.encryption.to_string();
    let args = ["handover", "--vault", text(&vault), "--out", text(&handed), "--recipient", &to];
    let made = run_with(&new, &args).exits(0);
    assert!(made.out.contains(&member.key.to_string()), "it is signed by the enrolled key: {}", made.out);
}

#[test]
fn a_vault_that_took_no_profile_in_opens_for_no_agency() {
    let (agency, other) = (agency(), self::agency());
    let (vault, old) = vault_of(&other);
    let (off, out) = (agency.at("off"), agency.at("agency"));
    let args =
        ["agency", "recover", "--offline", text(&off), "--agency", text(&out), "--vault", text(&vault)];
    let who =
        ["--by", "Owen Pretend", "--why", "Left", "--agreed", "Ada Mockford", "--agreed", "Ines Sampleton"];
    let back = run_with(&old, &[&args[..], &who].concat()).exits(1);
    assert!(back.err.contains("does not open this vault"), "{}", back.err);
    run_with(&old, &["vault", "verify", "--vault", text(&vault)]).exits(0);
}

#[test]
fn a_vault_whose_holder_has_the_profile_before_is_recovered_with_the_key_before() {
    let agency = agency();
    let (vault, _) = vault_of(&agency);
    let before = agency.profile();
    agency.does("rekey", &["--from", text(&agency.settings()), "recovery"]).exits(0);
    let profile = agency.profile();
    assert_eq!(profile.serial, before.serial + 1);
    assert_ne!(profile.keys.recovery, before.keys.recovery);
    assert_eq!(profile.keys.encryption, before.keys.encryption);
    assert!(!agency.at("agency/recovery-before-1.key").exists(), "what opens vaults stays offline");
    let new = file(agency.dir.path(), "new", "marble orchard pilot thistle\n");
    let (off, out) = (agency.at("off"), agency.at("agency"));
    let args =
        ["agency", "recover", "--offline", text(&off), "--agency", text(&out), "--vault", text(&vault)];
    let who =
        ["--by", "Owen Pretend", "--why", "Left", "--agreed", "Ada Mockford", "--agreed", "Ines Sampleton"];
    run_with(&new, &[&args[..], &who].concat()).exits(0);
    run_with(&new, &["vault", "verify", "--vault", text(&vault)]).exits(0);
}

/// Cut off after the new key was put in place, before the profile names it: nobody waits, and the next run goes on.
#[test]
fn a_rekey_that_was_cut_off_leaves_an_intake_that_works() {
    let agency = agency();
    let old_profile = std::fs::read(agency.at("agency/profile.sharewell-profile")).unwrap();
    agency.does("rekey", &["--from", text(&agency.settings()), "encryption", "receipts"]).exits(0);
    std::fs::write(agency.at("agency/profile.sharewell-profile"), old_profile).unwrap();

    let keys = agency.at("agency");
    run(&["intake", "list", "--keys", text(&keys)]).exits(0);
    let nothing = agency.at("none.sharewell");
    std::fs::write(&nothing, b"no handover").unwrap();
    let said = run(&["intake", "--keys", text(&keys), text(&nothing), "--json"]).exits(1).json();
    assert_eq!(said["answers"][0]["outcome"], "quarantined", "its keys are those that the profile names");
    agency.does("rekey", &["--from", text(&agency.settings()), "encryption", "receipts"]).exits(0);
    run(&["intake", "again", "--keys", text(&keys)]).exits(0);
}
