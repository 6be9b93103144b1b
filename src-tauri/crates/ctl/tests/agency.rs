//! An agency is set up from the command line: its keys lie where they belong, nothing in its profile can stand before
//! a share, and nobody is enrolled whose fingerprint was not read out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::{Path, PathBuf};

use sharewell_casework::records::{Day, Role};
use sharewell_exchange::{Signer as _, SigningKey};
use support::agency::{Agency, agency, empty};
use support::{copy, replace, run, text};

fn day(text: &str) -> Day {
    Day(text.parse().unwrap())
}

/// Every file below a folder, with its content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn what_signs_for_the_agency_and_what_opens_vaults_lies_offline_alone() {
    let agency = agency();
    let names = |folder: &str| -> Vec<String> {
        let all = files(&agency.at(folder));
        all.iter().map(|(path, _)| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("off"), ["profile-signing.key", "recovery.key"]);
    assert_eq!(
        names("agency"),
        ["encryption.key", "profile.sharewell-profile", "receipts.key", "roster.sharewell-roster"]
    );
    for (path, secret) in files(&agency.at("off")) {
        // The line of the secret itself, in any file of intake's.
        let secret = String::from_utf8(secret).unwrap();
        let line = secret.lines().find(|line| !line.starts_with(['-', '#'])).unwrap();
        for (other, bytes) in files(&agency.at("agency")) {
            let there = bytes.windows(line.len()).any(|some| some == line.as_bytes());
            assert!(!there, "{} stands in {}", path.display(), other.display());
        }
    }
    #[cfg(unix)]
    for key in ["off/profile-signing.key", "off/recovery.key", "agency/encryption.key", "agency/receipts.key"]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(agency.at(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only its owner reads {key}");
    }
}

#[test]
fn the_profile_names_the_keys_that_were_made() {
    let agency = agency();
    let keys = agency.profile().keys;
    let read = |path: &str| std::fs::read_to_string(agency.at(path)).unwrap();
    let signing = SigningKey::parse(&read("off/profile-signing.key")).unwrap();
    let receipts = SigningKey::parse(&read("agency/receipts.key")).unwrap();
    assert_eq!((keys.signing, keys.receipts), (signing.public_key(), receipts.public_key()));
    let identity = |path: &str| sharewell_exchange::keys::Identity::parse(&read(path)).unwrap().recipient();
    assert_eq!(keys.encryption, identity("agency/encryption.key"));
    assert_eq!(keys.recovery, identity("off/recovery.key"));
}

#[test]
fn an_offline_folder_that_is_reached_from_where_intake_works_is_refused_and_nothing_is_made() {
    let agency = empty();
    let out = agency.at("agency");
    let refused = |off: &Path, out: &Path| {
        let back = agency.init_at(off, out).exits(1);
        assert!(back.err.contains("offline") || back.err.contains("taken away"), "{}", back.err);
        assert!(!agency.at("agency").exists() && !agency.at("agency/off").exists(), "nothing was made");
    };
    refused(&out, &out);
    refused(&out.join("off"), &out);
    refused(&agency.at("agency/x/../off"), &out);
    refused(&agency.at("off"), &agency.at("off/agency"));
    // The tests run in the folder of this crate.
    for here in [".", "off", "./deep/off"] {
        let back = agency.init_at(Path::new(here), &out).exits(1);
        assert!(back.err.contains("the working folder"), "{}", back.err);
        assert!(!out.exists() && !Path::new("off").exists() && !Path::new("deep").exists());
    }
    #[cfg(unix)]
    {
        std::fs::create_dir(agency.at("intake")).unwrap();
        std::os::unix::fs::symlink(agency.at("intake"), agency.at("stick")).unwrap();
        let back = agency.init_at(&agency.at("stick/off"), &agency.at("intake")).exits(1);
        assert!(back.err.contains("offline"), "through a link too: {}", back.err);
    }
}

#[test]
fn nothing_is_written_over() {
    let agency = agency();
    let before = (files(&agency.at("off")), files(&agency.at("agency")));
    let back = agency.init().exits(1);
    assert!(back.err.contains("is there already"), "{}", back.err);
    // One file in the way is enough, and the others are not made.
    let other = empty();
    std::fs::create_dir(other.at("agency")).unwrap();
    std::fs::write(other.at("agency/receipts.key"), "mine").unwrap();
    other.init().exits(1);
    assert_eq!(std::fs::read(other.at("agency/receipts.key")).unwrap(), b"mine");
    assert!(!other.at("off/recovery.key").exists() && !other.at("agency/encryption.key").exists());
    assert_eq!((files(&agency.at("off")), files(&agency.at("agency"))), before);
}

#[test]
fn settings_that_would_stand_before_a_share_are_refused_with_their_line() {
    for (from, to) in [
        ("lock_minutes = 10", "required = [\"child_birth\"]"),
        ("lock_minutes = 10", "block_sharing_until_countersigned = true"),
        ("by = \"lead\"", "by = \"lead\"\nbefore = \"share\""),
        ("source = \"Our records schedule, part 2\"", "source = \"\"\nmust = true"),
    ] {
        let agency = empty();
        let line = replace(&agency.settings(), from, to) + to.matches('\n').count();
        let back = agency.init().exits(1);
        assert!(
            back.err.contains("stand in the way") && back.err.contains(&format!(":{line}: ")),
            "{}",
            back.err
        );
        assert!(!agency.at("off").exists() && !agency.at("agency").exists(), "nothing was made");
    }
}

#[test]
fn a_lock_that_leaves_no_time_to_write_is_refused() {
    for minutes in ["0", "31"] {
        let agency = empty();
        replace(&agency.settings(), "lock_minutes = 10", &format!("lock_minutes = {minutes}"));
        let back = agency.init().exits(1);
        assert!(back.err.contains("lock_minutes"), "{}", back.err);
        assert!(!agency.at("off").exists() && !agency.at("agency").exists(), "nothing was made");
    }
}

#[test]
fn settings_with_a_slip_are_refused_with_their_line_and_without_what_stood_there() {
    for (from, to, said) in [
        ("body = \"public\"", "body = \"secret-word\"", "none that may stand there"),
        ("body = \"public\"", "body = \"public\"\nspelling = 1", "unknown field"),
        ("nation = \"england\"", "", "missing field"),
        ("expires = \"2027-11-30\"", "expires = \"soon", "not TOML"),
        ("phone = \"0117 496 0101\"", "phone = \"ring us\"", "telephone number"),
    ] {
        let agency = empty();
        replace(&agency.settings(), from, to);
        let back = agency.init().exits(1);
        assert!(back.err.contains(said), "{to}: {}", back.err);
        assert!(!back.err.contains("secret-word"), "{}", back.err);
        assert!(!agency.at("off").exists() && !agency.at("agency").exists(), "nothing was made");
    }
}

/// The example of an overlay beside the settings, over the pack that the program carries.
fn with_protocol(agency: &Agency) -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/overlay/fablewell");
    let folder = agency.at("protocol");
    copy(&own, &folder);
    let shown = run(&["pack", "show", "england@2024-05", "--json"]).exits(0).json();
    replace(&folder.join("overlay.toml"), &"0".repeat(64), shown["pack"]["hash"].as_str().unwrap());
    replace(&agency.settings(), "# overlay = \"protocol\"", "");
    replace(&agency.settings(), "name = ", "overlay = \"protocol\"\nname = ");
    folder
}

#[test]
fn a_protocol_is_signed_by_the_agency_and_named_in_the_profile() {
    let agency = empty();
    with_protocol(&agency);
    agency.init().exits(0);
    let overlay = agency.profile().overlay.unwrap();
    let file = agency.at(&format!("agency/{}-{}.sharewell-pack", overlay.id, overlay.version));
    let key = agency.profile().keys.signing.to_string();
    let verified = run(&["pack", "verify", text(&file), "--key", &key, "--json"]).exits(0).json();
    assert_eq!(verified["hash"].as_str(), Some(overlay.hash.to_string().as_str()));
}

#[test]
fn a_protocol_that_would_block_is_refused_and_no_key_is_made() {
    let agency = empty();
    let folder = with_protocol(&agency);
    // Asked before anybody may say that a child is in danger.
    replace(&folder.join("overlay.toml"), "before = \"asked\"", "before = \"danger\"");
    let back = agency.init().exits(1);
    let said = "a question of the overlay stands before the advice";
    assert!(back.out.contains(said), "{}{}", back.out, back.err);
    assert!(!agency.at("off").exists() && !agency.at("agency").exists(), "nothing was made");
}

#[test]
fn nobody_is_enrolled_before_their_fingerprint_was_read_out() {
    let agency = agency();
    let (path, request) = agency.request("Grace Fabley", 1);
    let back = agency.does("enrol", &[text(&path)]).exits(1);
    assert!(
        back.out.contains("Grace Fabley") && back.out.contains(&request.key.fingerprint()),
        "{}",
        back.out
    );
    assert!(agency.roster().members.is_empty(), "nobody was enrolled");
    let wrong = request.key.fingerprint().replace(['0', '1', '2'], "3");
    let args = [text(&path), "--role", "practitioner", "--fingerprint"];
    let back = agency.does("enrol", &[&args[..], &[wrong.as_str()]].concat()).exits(1);
    assert!(back.err.contains("not the fingerprint"), "{}", back.err);
    assert!(agency.roster().members.is_empty());
    let heard = request.key.fingerprint().replace(' ', "").to_uppercase();
    agency.does("enrol", &[&args[..], &[heard.as_str()]].concat()).exits(0);
    let roster = agency.roster();
    let member = roster.member(&request.key.id()).unwrap();
    assert_eq!(
        (member.name.as_str(), member.role, member.origin),
        ("Grace Fabley", Role::Practitioner, request.origin)
    );
    assert_eq!(roster.serial, 2, "a roster that changed has the next number");
    let again = agency.does("enrol", &[&args[..], &[heard.as_str()]].concat()).exits(1);
    assert!(again.err.contains("on the roster already"), "{}", again.err);
}

#[test]
fn a_request_to_another_agency_or_that_was_changed_is_refused() {
    let agency = agency();
    let (path, request) = agency.request_to(uuid::Uuid::from_u128(5), "Grace Fabley", 1);
    let heard = request.key.fingerprint();
    let args = [text(&path), "--role", "lead", "--fingerprint", heard.as_str()];
    let back = agency.does("enrol", &args).exits(1);
    assert!(back.err.contains("another agency"), "{}", back.err);
    let (path, _) = agency.request("Grace Fabley", 2);
    replace(&path, "Grace Fabley", "Ada Mockford");
    let back = agency.does("enrol", &[text(&path)]).exits(1);
    assert!(back.err.contains("signature"), "{}", back.err);
    assert!(agency.roster().members.is_empty());
}

#[test]
fn a_key_is_renewed_and_taken_back_with_its_day() {
    let agency = agency();
    let request =
        agency.enrol("Grace Fabley", 1, "practitioner", &["--from", "2026-01-05", "--until", "2026-06-30"]);
    let key = request.key.fingerprint();
    agency.does("renew", &["--key", &key, "--until", "2026-01-04"]).exits(1);
    agency.does("renew", &["--key", &key, "--until", "2027-06-30"]).exits(0);
    assert_eq!(agency.roster().members[0].until, Some(day("2027-06-30")));
    let digits = request.key.to_string();
    agency.does("revoke", &["--key", &digits[..12], "--from", "2026-11-20"]).exits(0);
    assert_eq!(agency.roster().members[0].revoked, Some(day("2026-11-20")));
    agency.does("revoke", &["--key", &digits, "--from", "2026-11-25"]).exits(0);
    assert_eq!(agency.roster().members[0].revoked, Some(day("2026-11-20")), "never moved to a later day");
    let listed = run(&["agency", "roster", "--agency", text(&agency.at("agency"))]).exits(0);
    assert!(listed.out.contains("taken back from 2026-11-20"), "{}", listed.out);
    let none = agency.does("revoke", &["--key", "ffffff00", "--from", "2026-11-20"]).exits(1);
    assert!(none.err.contains("0 keys"), "{}", none.err);
}

#[test]
fn intake_goes_on_without_the_offline_folder() {
    let agency = agency();
    agency.enrol("Grace Fabley", 1, "practitioner", &[]);
    std::fs::remove_dir_all(agency.at("off")).unwrap();
    let listed = run(&["agency", "roster", "--agency", text(&agency.at("agency")), "--json"]).exits(0).json();
    assert_eq!(listed["members"].as_array().map(Vec::len), Some(1));
    let shown = agency.at("agency/profile.sharewell-profile");
    run(&["agency", "profile", "--show", text(&shown)]).exits(0);
    // What changes it needs the keys.
    let back = agency.does("renew", &["--key", "000000", "--until", "2027-01-01"]).exits(2);
    assert!(back.err.contains("profile-signing.key"), "{}", back.err);
}

#[test]
fn the_next_profile_has_the_next_number_the_same_keys_and_those_who_lead() {
    let agency = agency();
    let first = agency.profile();
    let lead = agency.enrol("Ada Mockford", 1, "lead", &[]);
    agency.enrol("Grace Fabley", 2, "practitioner", &[]);
    let gone = agency.enrol("Owen Pretend", 3, "lead", &[]);
    agency.does("revoke", &["--key", &gone.key.to_string(), "--from", "2026-01-01"]).exits(0);
    replace(&agency.settings(), "lock_minutes = 10", "lock_minutes = 5");
    agency.does("profile", &["--from", text(&agency.settings())]).exits(0);
    let next = agency.profile();
    next.follows(&first).unwrap();
    assert_eq!((next.serial, next.lock_minutes, &next.keys), (2, Some(5), &first.keys));
    let people: Vec<_> = next.people.iter().map(|one| (one.key, one.role)).collect();
    assert_eq!(
        people,
        [(lead.key, Role::Lead)],
        "practitioners stand on the roster, and who left stands on neither"
    );
}

#[test]
fn keys_that_were_copied_to_where_intake_works_sign_nothing() {
    let agency = agency();
    copy(&agency.at("off"), &agency.at("agency/off"));
    let (off, out) = (agency.at("agency/off"), agency.at("agency"));
    let back = run(&[
        "agency",
        "renew",
        "--offline",
        text(&off),
        "--agency",
        text(&out),
        "--key",
        "000000",
        "--until",
        "2027-01-01",
    ])
    .exits(1);
    assert!(back.err.contains("would not be offline"), "{}", back.err);
}

#[test]
fn the_keys_of_another_agency_change_nothing() {
    let (agency, other) = (agency(), self::agency());
    let before = files(&agency.at("agency"));
    let (off, out) = (other.at("off"), agency.at("agency"));
    let both = ["--offline", text(&off), "--agency", text(&out)];
    let settings = agency.settings();
    for (verb, more) in [
        ("profile", &["--from", text(&settings)][..]),
        ("renew", &["--key", "000000", "--until", "2027-01-01"][..]),
    ] {
        let back = run(&[&["agency", verb], &both[..], more].concat()).exits(1);
        assert!(back.err.contains("another agency's"), "{}", back.err);
    }
    assert_eq!(files(&agency.at("agency")), before);
}
