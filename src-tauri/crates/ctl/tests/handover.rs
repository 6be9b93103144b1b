//! What was handed over from the command line, and what was not: the way on after a failure is always printed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::{Path, PathBuf};

use serde_json::Value;
use sharewell_exchange::handover::{self, Limits};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{EntryLine, PublicKey};
use sharewell_left_out::ground::{self, Ground};
use sharewell_left_out::left_out;
use support::{Back, file, run, run_with, text};

const PASSPHRASE: &str = "lantern copper meadow ferry\n";

struct Desk {
    dir: tempfile::TempDir,
    passphrase: PathBuf,
    vault: PathBuf,
}

fn desk() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = file(dir.path(), "passphrase", PASSPHRASE);
    let vault = dir.path().join("vault");
    let args = ["sample", "--vault", text(&vault), "--cases", "1", "--seed", "7"];
    run_with(&passphrase, &args).exits(0);
    Desk { dir, passphrase, vault }
}

impl Desk {
    fn out(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn hand(&self, out: &Path, more: &[&str]) -> Back {
        let args = ["handover", "--vault", text(&self.vault), "--out", text(out)];
        run_with(&self.passphrase, &[&args[..], more].concat())
    }

    /// Runs the verb where a stick of 16 KiB is mounted; why not, where the machine does not allow that.
    fn hand_to_a_full_stick(&self, recipient: &str) -> Result<Back, String> {
        let stick = self.out("stick");
        std::fs::create_dir(&stick).unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_sharewellctl"));
        let mut command = ground::on(Ground::Room("16k"), &stick, program);
        command
            .args(["handover", "--vault", text(&self.vault), "--out", text(&stick.join("x.sharewell"))])
            .args(["--recipient", recipient])
            .env("SHAREWELL_PASSPHRASE_FILE", &self.passphrase);
        let run = ground::run(command)?;
        let (code, err) =
            (run.status.code().unwrap_or(-1), String::from_utf8_lossy(&run.stderr).into_owned());
        Ok(Back { code, out: String::from_utf8_lossy(&run.stdout).into_owned(), err })
    }
}

/// How many entries of files a handover holds whole.
fn entries(path: &Path, identity: &Identity, signer: &Value) -> usize {
    let signer = PublicKey::from_hex(signer.as_str().unwrap()).unwrap();
    let read = handover::read(std::fs::File::open(path).unwrap(), identity, &[signer], Limits::default());
    let whole = |line: &&EntryLine| matches!(line, EntryLine::Whole { header, .. } if header.case.is_some());
    read.unwrap().lines.iter().filter(whole).count()
}

#[test]
fn after_a_full_stick_the_message_names_what_writes_it_and_the_same_words_end_in_a_file() {
    let desk = desk();
    let key = Identity::generate().recipient().to_string();
    let full = match desk.hand_to_a_full_stick(&key) {
        Ok(full) => full,
        Err(why) => return left_out!("{why}"),
    };
    let full = full.exits(2);
    assert!(full.err.contains("The disk is full"), "{}", full.err);
    let named = full.err.split("--again ").nth(1).expect("it names the handover").trim_end_matches(".\n");
    assert_eq!(named.len(), 36, "{}", full.err);

    // The newest that was not written, without its id; and the same words as at first.
    let again = desk.hand(&desk.out("again.sharewell"), &["--again"]).exits(0);
    assert!(again.out.contains(named) && desk.out("again.sharewell").exists(), "{}", again.out);
    let none = desk.hand(&desk.out("none.sharewell"), &["--again"]).exits(1);
    assert!(none.err.contains("No handover waits for its file") && none.err.contains(named), "{}", none.err);
    let done = desk.hand(&desk.out("none.sharewell"), &["--recipient", &key]).exits(1);
    assert!(done.err.contains("has everything in these files already"), "{}", done.err);
    assert!(
        done.err.contains(&format!("--again {named}")),
        "and how to have the file once more: {}",
        done.err
    );
    assert!(!desk.out("none.sharewell").exists());
}

#[test]
fn plainly_run_again_after_a_full_stick_it_hands_over() {
    let desk = desk();
    let key = Identity::generate().recipient().to_string();
    let full = match desk.hand_to_a_full_stick(&key) {
        Ok(full) => full,
        Err(why) => return left_out!("{why}"),
    };
    full.exits(2);
    let made = desk.hand(&desk.out("room.sharewell"), &["--recipient", &key]).exits(0);
    assert!(made.out.contains("It begins at the beginning"), "{}", made.out);
    desk.hand(&desk.out("none.sharewell"), &["--again"]).exits(1);
}

#[test]
fn a_lost_file_and_a_second_key_have_their_way_on() {
    let desk = desk();
    let (first, second) = (Identity::generate(), Identity::generate());
    let [one, two] = [&first, &second].map(|identity| identity.recipient().to_string());
    let path = desk.out("first.sharewell");
    let made = desk.hand(&path, &["--recipient", &one, "--json"]).exits(0).json();
    let whole = entries(&path, &first, &made["signed_by"]);
    let id = made["handover"]["id"].as_str().unwrap();
    assert_eq!(made["handover"]["state"], "written");

    // Lost: the message names what writes it once more, and that needs no id typed from anywhere else.
    std::fs::remove_file(&path).unwrap();
    let refused = desk.hand(&path, &["--recipient", &one, "--json"]).exits(1).json();
    assert_eq!(
        (&refused["error"]["code"], &refused["error"]["handover"]),
        (&"nothing_to_hand_over".into(), &id.into())
    );
    let again = desk.hand(&path, &["--again", id, "--json"]).exits(0).json();
    assert_eq!(entries(&path, &first, &again["signed_by"]), whole);

    // A second key: everything, on purpose, with a reason.
    let path = desk.out("second.sharewell");
    let refused = desk.hand(&path, &["--recipient", &two]).exits(1);
    assert!(refused.err.contains("needs a reason") && refused.err.contains("--reason"), "{}", refused.err);
    assert!(!path.exists());
    let why = "The family moved.";
    let moved = desk.hand(&path, &["--recipient", &two, "--reason", why, "--json"]).exits(0).json();
    assert_eq!((&moved["handover"]["reason"], &moved["handover"]["from"]), (&why.into(), &1.into()));
    assert_eq!(entries(&path, &second, &moved["signed_by"]), whole);

    // Everything once more to the first.
    let path = desk.out("all.sharewell");
    let args = ["--recipient", &one, "--from-beginning"];
    assert!(desk.hand(&path, &args).exits(1).err.contains("needs a reason"));
    let all = desk
        .hand(&path, &[&args[..], &["--reason", "The stick was lost.", "--json"]].concat())
        .exits(0)
        .json();
    assert_eq!(entries(&path, &first, &all["signed_by"]), whole);

    let stranger = "00000000-0000-7000-8000-000000000001";
    for (id, says) in
        [(stranger, "is not a handover of this vault"), ("no id", "is not a handover of this vault")]
    {
        assert!(desk.hand(&desk.out("x"), &["--again", id]).exits(1).err.contains(says));
    }
}

#[test]
fn one_handover_is_new_or_one_of_before_and_never_both() {
    let args = ["handover", "--vault", "v", "--out", "o"];
    let key = Identity::generate().recipient().to_string();
    assert!(run(&args).exits(2).err.contains("--recipient"));
    let both = run(&[&args[..], &["--again", "--recipient", &key]].concat()).exits(2);
    assert!(both.err.contains("--again"), "{}", both.err);
}
