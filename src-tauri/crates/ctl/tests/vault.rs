//! A vault from the command line: made, checked, searched, saved, brought back, handed over.
//!
//! Every unlock derives a key at the product's own floor, so the journey is one test over one vault.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use sharewell_exchange::handover::{Handover, Limits};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{Profile, PublicKey, handover};
use support::{Back, file, run, run_with, text};

const PASSPHRASE: &str = "lantern copper meadow ferry\nanother line is not read\n";

fn sample(dir: &Path, passphrase: &Path, seed: &str) -> Back {
    let args =
        ["sample", "--vault", text(dir), "--cases", "3", "--seed", seed, "--until", "2026-03-12", "--json"];
    run_with(passphrase, &args).exits(0)
}

/// Every file of a folder but the count of wrong tries, which is there to be changed.
fn bytes(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_file() && name != "vault.local" {
            all.insert(name, std::fs::read(path).unwrap());
        }
    }
    all
}

fn read(path: &Path, identity: &Identity, signer: &str) -> Handover {
    let signer = PublicKey::from_hex(signer).unwrap();
    handover::read(std::fs::File::open(path).unwrap(), identity, &[signer], Limits::default()).unwrap()
}

/// A cell without the ids in it, also those inside kept JSON, and without the hash of an entry, which is over its id.
/// They are never made from a seed.
fn nameless(cell: &str) -> String {
    let letters: Vec<char> = cell.chars().collect();
    if letters.len() == 64 && letters.iter().all(char::is_ascii_hexdigit) {
        return "hash".into();
    }
    let is_id = |part: &[char]| {
        part.iter().enumerate().all(|(at, letter)| match at {
            8 | 13 | 18 | 23 => *letter == '-',
            _ => letter.is_ascii_hexdigit(),
        })
    };
    let (mut told, mut at) = (String::new(), 0);
    while let Some(letter) = letters.get(at) {
        if letters.get(at..at + 36).is_some_and(is_id) {
            told.push_str("id");
            at += 36;
        } else {
            told.push(*letter);
            at += 1;
        }
    }
    told
}

/// What a handover tells, in an order that does not hang on ids.
fn told(read: &Handover) -> Vec<String> {
    let row = |table: &str, row: &[String]| {
        format!("{table}: {}", row.iter().map(|cell| nameless(cell)).collect::<Vec<_>>().join(" | "))
    };
    let rows = read.tables.iter().flat_map(|table| table.rows.iter().map(|cells| row(&table.name, cells)));
    let mut all: Vec<_> = rows.collect();
    all.sort();
    all
}

#[test]
fn a_sample_is_checked_searched_saved_brought_back_and_handed_over() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let vault = dir.path().join("vault");
    let made = sample(&vault, &passphrase, "7");
    assert_eq!(made.json()["cases"], 3);
    assert_eq!(made.err, "", "a private passphrase file is nothing to warn of");

    // A second one is never written over the first.
    let args = ["sample", "--vault", text(&vault), "--cases", "1", "--seed", "1"];
    assert!(run_with(&passphrase, &args).exits(1).err.contains("is there already"));

    let check =
        run_with(&passphrase, &["vault", "verify", "--vault", text(&vault), "--json"]).exits(0).json();
    assert_eq!(check["check"]["sound"], true);
    assert!(check["check"]["entries"].as_u64() > Some(10), "there is a history: {check}");

    // A name from the vault itself is found again, by people and by programs.
    let identity = Identity::generate();
    let key = identity.recipient().to_string();
    let out = dir.path().join("first.sharewell");
    let hand = ["handover", "--vault", text(&vault), "--recipient", &key, "--out", text(&out), "--json"];
    let made = run_with(&passphrase, &hand).exits(0).json();
    let opened = read(&out, &identity, made["signed_by"].as_str().unwrap());
    assert_eq!(opened.info.cases.len(), 3, "without --case every file is handed over");
    let names = made["handover"]["children"].as_array().unwrap();
    let name = names[0].as_str().unwrap();
    let found = run_with(&passphrase, &["search", "--vault", text(&vault), "--json", name]).exits(0).json();
    let child = found["children"].as_array().unwrap().iter().find(|child| child["name"] == name);
    let case = child.expect("the child is found by name")["case"].as_str().unwrap().to_owned();

    assert_eq!((opened.profile, &made["tables"]), (Profile::SpreadsheetSafe, &"spreadsheet_safe".into()));

    // The same file again is refused before a passphrase is even asked for.
    assert!(run(&hand).exits(1).out.contains("out_exists"));

    // A receipt is believed under a profile's key alone; one that is not there is told before a passphrase is asked for.
    let receipt = dir.path().join("first.sharewell-receipt");
    let take = ["vault", "receipt", text(&receipt), "--vault", text(&vault), "--json"];
    assert!(run(&take).exits(2).out.contains("unreadable"));
    std::fs::write(&receipt, "no receipt").unwrap();
    assert_eq!(run_with(&passphrase, &take).exits(2).json()["error"]["code"], "receipt_no_profile");

    // A backup, brought back elsewhere, is a sound vault of the same passphrase.
    let saved =
        run_with(&passphrase, &["vault", "backup", "--vault", text(&vault), "--json"]).exits(0).json();
    let folder = saved["backup"]["folder"].as_str().unwrap().to_owned();
    let rehearse = ["vault", "rehearse", "--from", &folder];
    let tried = run_with(&passphrase, &[&rehearse[..], &["--json"]].concat()).exits(0).json();
    assert_eq!(tried["entries"], saved["backup"]["entries"], "it holds what the backup said");
    let other = file(dir.path(), "other-words.txt", "another passphrase altogether\n");
    assert!(run_with(&other, &rehearse).exits(1).err.contains("does not open"));
    let again = dir.path().join("again");
    run_with(&passphrase, &["vault", "restore", "--vault", text(&again), "--from", &folder]).exits(0);
    let back = run_with(&passphrase, &["vault", "verify", "--vault", text(&again)]).exits(0);
    assert!(back.out.contains("The vault is sound."), "{}", back.out);

    let args = ["vault", "restore", "--vault", text(&again), "--from", &folder];
    assert!(
        run(&args).exits(1).err.contains("There is a vault in this folder already."),
        "never over a vault"
    );

    let args = [&args[..], &["--set-aside"]].concat();
    let back = run_with(&passphrase, &args).exits(1);
    assert!(back.err.contains("There is a vault in this folder already."), "a sound one is never set aside");

    // One file alone from the restored vault, opened by the agency's key and signed by the new chain.
    let one = dir.path().join("one.sharewell");
    let hand =
        ["handover", "--vault", text(&again), "--recipient", &key, "--out", text(&one), "--case", &case];
    let hand = [&hand[..], &["--tables", "strict"]].concat();
    assert!(
        run_with(&passphrase, &hand).exits(1).err.contains("has everything in these files already"),
        "the backup was made after the handover, and knows of it"
    );
    let hand = [&hand[..], &["--from-beginning", "--reason", "The first file was lost."]].concat();
    let back = run_with(&passphrase, &hand).exits(0);
    assert!(back.out.contains("key fingerprint"), "{}", back.out);
    let signer = back.out.lines().find_map(|line| line.trim().strip_prefix("signed by")).unwrap().trim();
    let opened = read(&one, &identity, signer);
    assert_eq!(opened.info.cases.iter().map(ToString::to_string).collect::<Vec<_>>(), [case]);
    assert_eq!(opened.profile, Profile::Strict, "for a program that imports");
    assert_eq!(opened.chains.len(), 1, "with what was written before the backup");

    // A wrong passphrase is refused and leaves every byte as it was.
    let wrong = file(dir.path(), "wrong", "lantern copper meadow cherry\n");
    let before = bytes(&vault);
    let back = run_with(&wrong, &["vault", "verify", "--vault", text(&vault)]).exits(1);
    assert!(back.err.contains("That passphrase does not open the vault."), "{}", back.err);
    assert!(!back.err.contains("cherry"), "the passphrase is not repeated");
    assert!(before.contains_key("vault.db") && before.contains_key("vault.keys"));
    assert_eq!(bytes(&vault), before, "a failed unlock changes no byte");

    // A case of another vault is refused.
    let other = "00000000-0000-7000-8000-000000000001";
    let path = dir.path().join("other.sharewell");
    let hand =
        ["handover", "--vault", text(&again), "--recipient", &key, "--out", text(&path), "--case", other];
    assert!(run_with(&passphrase, &hand).exits(1).err.contains("is not a file of this vault"));
    assert!(!path.exists(), "nothing is written where it is refused");
}

#[test]
fn a_restricted_file_is_handed_over_by_its_number_and_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let vault = dir.path().join("vault");
    let args = ["sample", "--vault", text(&vault), "--cases", "6", "--seed", "3", "--json"];
    assert_eq!(run_with(&passphrase, &args).exits(0).json()["cases"], 6);
    let identity = Identity::generate();
    let key = identity.recipient().to_string();
    let out = dir.path().join("all.sharewell");
    let hand = ["handover", "--vault", text(&vault), "--recipient", &key, "--out", text(&out), "--json"];
    let made = run_with(&passphrase, &hand).exits(0).json();
    let all = read(&out, &identity, made["signed_by"].as_str().unwrap());
    assert_eq!(all.info.cases.len(), 6, "all files are all children's files");
    let out = dir.path().join("own.sharewell");
    let hand = [&hand[..6], &[text(&out), "--json", "--restricted"]].concat();
    let made = run_with(&passphrase, &[&hand[..], &["1"]].concat()).exits(0).json();
    assert_eq!(made["handover"]["restricted"], 1);
    let own = read(&out, &identity, made["signed_by"].as_str().unwrap());
    assert_eq!(own.info.cases.len(), 1);
    assert!(!all.info.cases.contains(&own.info.cases[0]));

    let none = dir.path().join("none.sharewell");
    let hand = [&hand[..6], &[text(&none), "--restricted", "9"]].concat();
    let refused = run_with(&passphrase, &hand).exits(1);
    assert!(refused.err.contains("9 is not the number of a restricted file"), "{}", refused.err);
    assert!(!none.exists());
}

#[test]
fn the_same_seed_tells_the_same_history_and_another_seed_another() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let identity = Identity::generate();
    let key = identity.recipient().to_string();
    let history = |name: &str, seed: &str| {
        let (vault, out) = (dir.path().join(name), dir.path().join(format!("{name}.sharewell")));
        sample(&vault, &passphrase, seed);
        let args = ["handover", "--vault", text(&vault), "--recipient", &key, "--out", text(&out), "--json"];
        let made = run_with(&passphrase, &args).exits(0).json();
        told(&read(&out, &identity, made["signed_by"].as_str().unwrap()))
    };
    let first = history("first", "7");
    assert!(first.len() > 10, "there is a history");
    let second = history("second", "7");
    let differs = first.iter().zip(&second).find(|(one, other)| one != other);
    assert_eq!(differs, None, "the same seed gives the same");
    assert_eq!(first.len(), second.len(), "the same seed gives as much");
    assert!(first != history("third", "8"), "another seed gives another");
}

#[test]
fn a_folder_without_a_vault_cannot_be_opened_and_stays_empty() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let empty = dir.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    for verb in [&["vault", "verify"][..], &["vault", "backup"], &["search", "Sampleton"]] {
        let back = run_with(&passphrase, &[verb, &["--vault", text(&empty)]].concat()).exits(2);
        assert!(back.err.contains("There is no vault in this folder."), "{}", back.err);
    }
    assert_eq!(std::fs::read_dir(&empty).unwrap().count(), 0, "looking for a vault makes nothing");
    let back =
        run_with(&passphrase, &["vault", "verify", "--vault", text(&dir.path().join("gone"))]).exits(2);
    assert!(back.err.contains("gone cannot be read"), "{}", back.err);
}

#[test]
fn a_passphrase_file_that_cannot_serve_is_named_with_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let vault = dir.path().join("vault");
    let args = ["sample", "--vault", text(&vault), "--cases", "1", "--seed", "1"];
    let back = run_with(&dir.path().join("gone"), &args).exits(2);
    assert!(back.err.contains("gone is not there. Put the passphrase in its first line"), "{}", back.err);
    let back = run_with(&file(dir.path(), "blank", "\nlantern copper meadow ferry\n"), &args).exits(2);
    assert!(back.err.contains("blank has an empty first line"), "{}", back.err);
    let back = run_with(dir.path(), &args).exits(2);
    assert!(back.err.contains("is a folder"), "{}", back.err);
    let back = run_with(&file(dir.path(), "weak", "password1\n"), &args).exits(1);
    assert!(back.err.contains("That passphrase could be guessed"), "{}", back.err);
    assert!(!back.err.contains("password1"), "the passphrase is not repeated");
    assert!(!vault.join("vault.db").exists(), "nothing is made where it is refused");
}

#[cfg(unix)]
#[test]
fn a_passphrase_file_that_others_can_read_is_warned_of_and_still_used() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let open = file(dir.path(), "open", "password1\n");
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o644)).unwrap();
    let vault = dir.path().join("vault");
    let back = run_with(&open, &["sample", "--vault", text(&vault), "--cases", "1", "--seed", "1"]).exits(1);
    assert!(back.err.contains("Warning: others on this machine can read"), "{}", back.err);
    assert!(back.err.contains("could be guessed"), "it was used: {}", back.err);
}

#[test]
fn without_a_terminal_and_without_a_file_nobody_waits_for_a_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let vault = dir.path().join("vault");
    let back = run(&["sample", "--vault", text(&vault), "--cases", "1", "--seed", "1"]).exits(2);
    assert!(back.err.contains("SHAREWELL_PASSPHRASE_FILE"), "{}", back.err);
}

#[test]
fn a_key_that_is_none_is_refused_and_a_secret_key_is_not_shown() {
    use secrecy::ExposeSecret;
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("x.sharewell");
    let secret = Identity::generate().to_secret();
    for (key, phrase) in [("age1short", "too short"), (secret.expose_secret(), "secret key")] {
        let args = ["handover", "--vault", "v", "--recipient", key, "--out", text(&out)];
        let back = run(&args).exits(1);
        assert!(back.err.contains(phrase), "{}", back.err);
        assert!(!back.err.contains(secret.expose_secret()), "a secret is never shown");
    }
}

#[test]
fn a_head_kept_elsewhere_anchors_the_chain_up_to_it_and_a_false_one_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let vault = dir.path().join("vault");
    sample(&vault, &passphrase, "7");
    let verify = |more: &[&str]| {
        run_with(&passphrase, &[&["vault", "verify", "--vault", text(&vault)], more].concat())
    };
    let kept = verify(&["--json"]).exits(0).json();
    let (origin, last) = (kept["origin"].as_str().unwrap(), kept["last"].as_u64().unwrap());
    let link = kept["check"]["head"].as_str().unwrap();
    assert!(kept["check"]["anchored_to"].is_null(), "nothing outside was asked");
    let head = format!("{origin}:{last}:{link}");
    let back = verify(&["--head", &head]).exits(0);
    assert!(back.out.contains(&format!("to {last}, all of it")), "{}", back.out);

    // A backup writes more entries; the head that was kept speaks for those before.
    run_with(&passphrase, &["vault", "backup", "--vault", text(&vault)]).exits(0);
    let back = verify(&["--head", &head]).exits(0);
    assert!(back.out.contains(&format!("to {last}, unanchored after")), "{}", back.out);

    let other = format!("{origin}:{last}:{}", "0".repeat(64));
    let beyond = format!("{origin}:9999:{link}");
    let back = verify(&["--head", &other, "--head", &beyond]).exits(1);
    assert!(back.out.contains(&format!("entry {last}: outside_head_disagrees")), "{}", back.out);
    assert!(back.out.contains("entry 9999: outside_head_missing"), "{}", back.out);
    for (mistyped, why) in [
        ("x:1", "two colons"),
        ("x:1:y", "ORIGIN"),
        (&*format!("{origin}:one:y"), "SEQ"),
        (&*format!("{origin}:1:y"), "LINK"),
    ] {
        assert!(verify(&["--head", mistyped]).exits(2).err.contains(why), "{mistyped} names what is wrong");
    }
}

#[test]
fn a_damaged_vault_is_set_aside_and_brought_back_in_its_own_folder() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let vault = dir.path().join("vault");
    sample(&vault, &passphrase, "7");
    let backups = vault.join("backups");
    let backup = std::fs::read_dir(&backups).unwrap().next().unwrap().unwrap().path();
    let mut broken = std::fs::read(vault.join("vault.db")).unwrap();
    broken[100..140].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(vault.join("vault.db"), &broken).unwrap();
    run_with(&passphrase, &["vault", "verify", "--vault", text(&vault)]).exits(1);

    let args = ["vault", "restore", "--vault", text(&vault), "--from", text(&backup)];
    assert!(
        run_with(&passphrase, &args).exits(1).err.contains("There is a vault"),
        "not without being asked"
    );
    run_with(&passphrase, &[&args[..], &["--set-aside"]].concat()).exits(0);
    run_with(&passphrase, &["vault", "verify", "--vault", text(&vault)]).exits(0);
    let mut aside = std::fs::read_dir(&vault).unwrap().map(|entry| entry.unwrap().path());
    let aside =
        aside.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("damaged-")).unwrap();
    assert_eq!(std::fs::read(aside.join("vault.db")).unwrap(), broken, "nothing of it was deleted");
}

#[test]
fn whoever_works_at_a_terminal_is_told_what_an_opening_found_and_which_backup_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let vault = dir.path().join("vault");
    sample(&vault, &passphrase, "7");
    let with = |args: &[&str]| run_with(&passphrase, &[args, &["--vault", text(&vault)]].concat());
    assert_eq!(with(&["search", "Sampleton"]).exits(0).err, "", "nothing to tell of a sound one");

    // A copy of the backups in the vault's own folder is no copy, here as in the window.
    let backups = vault.join("backups");
    let before = std::fs::read_dir(&backups).unwrap().count();
    let inside = with(&["vault", "backup", "--copy-to", text(&backups)]).exits(1);
    assert!(inside.err.contains("lies in the vault's own folder"), "{}", inside.err);
    assert_eq!(std::fs::read_dir(&backups).unwrap().count(), before, "nothing was made");

    std::fs::remove_file(vault.join("vault.head")).unwrap();
    std::fs::copy(vault.join("vault.db"), vault.join("vault (copy).db")).unwrap();
    let told = with(&["search", "Sampleton"]).exits(0);
    assert!(
        told.err.contains("vault.head, which remembers the end of the record, was not there"),
        "{}",
        told.err
    );
    assert!(told.err.contains("vault (copy).db"), "{}", told.err);
    let again = with(&["search", "Sampleton"]).exits(0);
    assert!(again.err.contains("vault confirm --head"), "until somebody says why: {}", again.err);
    with(&["vault", "confirm", "--head", "I moved it."]).exits(0);
    std::fs::remove_file(vault.join("vault (copy).db")).unwrap();
    assert_eq!(with(&["search", "Sampleton"]).exits(0).err, "");

    // A folder in place of a file is told as one.
    for name in ["vault.head", "vault.db"] {
        let kept = vault.join(format!("{name}.kept"));
        std::fs::rename(vault.join(name), &kept).unwrap();
        std::fs::create_dir(vault.join(name)).unwrap();
        let told = with(&["search", "Sampleton"]).exits(1);
        assert!(told.err.contains(&format!("{name} is a folder, and no file")), "{}", told.err);
        std::fs::remove_dir(vault.join(name)).unwrap();
        std::fs::rename(&kept, vault.join(name)).unwrap();
    }

    let good = std::fs::read_dir(&backups).unwrap().next().unwrap().unwrap().path();
    let break_it = |at: &Path| {
        let mut broken = std::fs::read(at.join("vault.db")).unwrap();
        broken[100..140].iter_mut().for_each(|byte| *byte ^= 0x5a);
        std::fs::write(at.join("vault.db"), &broken).unwrap();
    };
    break_it(&vault);
    let told = with(&["search", "Sampleton"]).exits(1);
    assert!(told.err.contains("The newest backup that is whole is"), "{}", told.err);
    assert!(told.err.contains(text(&good)), "{}", told.err);

    break_it(&good);
    let told = run_with(&passphrase, &["vault", "rehearse", "--from", text(&good)]).exits(1);
    assert!(told.err.contains("This backup is damaged"), "{}", told.err);
    assert!(told.err.contains("Try an older backup"), "{}", told.err);
    assert!(!told.err.contains("Bring a backup back"), "{}", told.err);
}
