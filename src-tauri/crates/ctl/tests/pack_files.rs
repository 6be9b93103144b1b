//! A key is made, a pack is signed with it and verified, and nothing unsafe or altered passes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::Path;

use support::{england, replace, run, text};

fn keygen(dir: &Path) -> (String, String) {
    let file = dir.join("publisher.key");
    let json = run(&["pack", "keygen", "--out", text(&file), "--json"]).exits(0).json();
    (text(&file).to_owned(), json["public_key"].as_str().unwrap().to_owned())
}

#[test]
fn a_pack_is_signed_with_a_new_key_and_verified_by_its_public_half() {
    let dir = tempfile::tempdir().unwrap();
    let (key, public) = keygen(dir.path());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&key).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only its owner reads the secret half");
    }
    let secret = std::fs::read_to_string(&key).unwrap();
    let again = run(&["pack", "keygen", "--out", &key]).exits(1);
    assert!(again.err.contains(&key), "a key is never written over: {}", again.err);
    assert_eq!(std::fs::read_to_string(&key).unwrap(), secret);

    let pack = england(dir.path());
    let out = dir.path().join("england.sharewell-pack");
    let said = run(&["pack", "sign", text(&pack), "--key", &key, "--out", text(&out)]).exits(0);
    assert!(said.out.contains("england@") && said.out.contains(&public), "{}", said.out);
    assert!(!said.out.contains(secret.lines().nth(1).unwrap()), "the secret half is never printed");
    run(&["pack", "sign", text(&pack), "--key", &key, "--out", text(&out)]).exits(1);

    let json = run(&["pack", "verify", text(&out), "--key", &public, "--json"]).exits(0).json();
    assert_eq!((json["kind"].as_str(), json["signer"].as_str()), (Some("pack"), Some(public.as_str())));
    assert_eq!(json["report"]["findings"].as_array().map(Vec::len), Some(0));
    let back = run(&["pack", "verify", text(&out)]).exits(1);
    assert!(back.err.contains("signer"), "the built-in publisher did not sign it: {}", back.err);

    let mut bytes = std::fs::read(&out).unwrap();
    let at = bytes.windows(10).rposition(|some| some == b"supersedes").unwrap();
    bytes[at] = b'S';
    std::fs::write(&out, bytes).unwrap();
    let back = run(&["pack", "verify", text(&out), "--key", &public]).exits(1);
    assert!(back.err.contains("pack/pack.toml"), "the altered file is named: {}", back.err);
    run(&["pack", "verify", text(&out), "--key", "nonsense"]).exits(2);
    run(&["pack", "verify", text(&dir.path().join("none"))]).exits(2);
}

#[test]
fn a_pack_that_is_not_safe_is_not_signed() {
    let dir = tempfile::tempdir().unwrap();
    let (key, _) = keygen(dir.path());
    let pack = england(dir.path());
    replace(&pack.join("pack.toml"), "start = \"numbers-worry\"", "start = \"dangerous\"");
    let out = dir.path().join("england.sharewell-pack");
    let back = run(&["pack", "sign", text(&pack), "--key", &key, "--out", text(&out)]).exits(1);
    assert!(back.out.contains("pack.toml:"), "{}", back.out);
    assert!(!out.exists(), "nothing was written");
}

#[test]
fn a_file_that_is_no_key_signs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pack = england(dir.path());
    let key = support::file(dir.path(), "key", "open sesame\n");
    let out = dir.path().join("england.sharewell-pack");
    let back = run(&["pack", "sign", text(&pack), "--key", text(&key), "--out", text(&out)]).exits(1);
    assert!(!back.err.contains("sesame") && !out.exists(), "{}", back.err);
}
