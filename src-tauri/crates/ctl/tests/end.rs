//! The end of use from the command line: what stands first is told before anything is asked, and whoever has the certificate
//! verifies it without a vault.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use sharewell_exchange::keys::Identity;
use support::{file, run, run_with, text};

#[test]
fn a_vault_ends_once_it_is_handed_over_or_a_reason_is_given_and_its_certificate_is_verified_without_it() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", "lantern copper meadow ferry\n");
    let (vault, sealed) = (dir.path().join("vault"), dir.path().join("sealed"));
    std::fs::create_dir(&sealed).unwrap();
    let args = ["sample", "--vault", text(&vault), "--cases", "1", "--seed", "7"];
    run_with(&passphrase, &args).exits(0);
    let look = ["end", "look", "--vault", text(&vault), "--files", text(&sealed)];
    let told = run_with(&passphrase, &look).exits(1);
    assert!(told.out.contains("in no file that was written"), "{}", told.out);

    let end = ["end", "vault", "--vault", text(&vault), "--files", text(&sealed)];
    let confirmed = [&end[..], &["--confirm", "end this vault"]].concat();
    run_with(&passphrase, &confirmed).exits(1);
    run_with(&passphrase, &[&end[..], &["--reason", "nothing-real"]].concat()).exits(1);
    assert!(vault.join("vault.keys").exists(), "nothing ended without a reason, or without the words");

    let recipient = Identity::generate().recipient().to_string();
    let out = sealed.join("march.sharewell");
    let hand =
        ["--json", "handover", "--vault", text(&vault), "--recipient", &recipient, "--out", text(&out)];
    run_with(&passphrase, &hand).exits(0);
    let told = run_with(&passphrase, &look);
    assert!(!told.out.contains("in no file that was written"), "{}", told.out);

    let args = [&["--json"], &confirmed[..], &["--reason", "nothing-real"]].concat();
    let ended = run_with(&passphrase, &args).exits(0).json();
    assert!(!vault.exists());
    let certificate = ended["ended"]["certificate"].as_str().unwrap();
    let verified = run(&["--json", "end", "verify", certificate]).exits(0).json();
    assert_eq!(verified["begun"]["handovers"][0]["seen"], true, "{verified}");
    assert!(verified["begun"]["held"]["in_files"].as_u64().unwrap() > 0);
    let key = verified["begun"]["key"].as_str().unwrap();
    run(&["end", "verify", certificate, "--key", key]).exits(0);
    let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    run(&["end", "verify", certificate, "--key", other]).exits(1);

    let mut changed = std::fs::read(certificate).unwrap();
    changed[200] ^= 1;
    let changed = file(dir.path(), "changed.sharewell-end", &String::from_utf8(changed).unwrap());
    run(&["end", "verify", text(&changed)]).exits(1);
    run_with(&passphrase, &["end", "go-on", "--vault", text(&vault)]).exits(1);
}
