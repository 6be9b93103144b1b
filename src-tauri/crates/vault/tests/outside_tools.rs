//! A vault opened and checked by `docs/verify_vault.py`: Python with public packages, written from
//! `docs/vault-format.md` alone.
//!
//! The Python is found through `OUTSIDE_PYTHON`. `SHAREWELL_OUTSIDE=optional` lets the test pass without the packages;
//! otherwise their absence is a failure that says what to install.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use secrecy::ExposeSecret as _;
use sharewell_records::*;
use support::*;

const INSTALL: &str = "Install the packages: `python3 -m venv outside-tools`, then `outside-tools/bin/pip install -r \
    xtask/outside-tools.txt`, and set OUTSIDE_PYTHON=outside-tools/bin/python. To go without them, set \
    SHAREWELL_OUTSIDE=optional.";

/// The Python that has the packages; none where they are optional and missing.
fn python() -> Option<PathBuf> {
    let optional = std::env::var("SHAREWELL_OUTSIDE").is_ok_and(|word| word == "optional");
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/outside-tools/bin/python");
    let python = std::env::var_os("OUTSIDE_PYTHON").map_or(beside, PathBuf::from);
    let mut packages = Command::new(&python);
    packages.args(["-c", "import argon2.low_level, cryptography, sqlcipher3"]);
    let asked = packages.stdout(Stdio::null()).stderr(Stdio::null()).status();
    match (asked.is_ok_and(|status| status.success()), optional) {
        (true, _) => Some(python),
        (false, true) => {
            eprintln!("Skipped: the Python packages are not there. {INSTALL}");
            None
        }
        (false, false) => panic!("the Python packages are not there. {INSTALL}"),
    }
}

/// What the script says of a copy of a vault, and whether it found it sound.
fn verify(python: &Path, vault: &Path, secret: &str, outside: &[String]) -> (bool, String) {
    let copy = tempfile::tempdir().unwrap();
    for name in ["vault.db", "vault.keys", "vault.head"] {
        fs::copy(vault.join(name), copy.path().join(name)).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/verify_vault.py");
    let mut child = Command::new(python)
        .arg(script)
        .arg(copy.path())
        .args(outside)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{secret}").unwrap();
    let output = child.wait_with_output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

/// A closed vault with a file, a decision and a checkpoint: its recovery code, its raw key, its end.
fn sample(dir: &Path) -> (String, String, String) {
    let (mut vault, code) = create(dir);
    let home = family(&mut vault, 1, "Sampleton");
    vault
        .write(&stamp(3), |w| {
            let text = item("A bruise on the left arm, seen by Zoë", &[home.child.id]);
            w.append(Some(home.case), &Payload::ItemRecorded { item: text }, &[])?;
            let signed = decision(home.case, home.child.id, vec![obligation(Duty::Explain, None)]);
            w.append(Some(home.case), &Payload::DecisionSigned { decision: Box::new(signed) }, &[])?;
            w.sign_checkpoint()
        })
        .unwrap();
    let (key, tip) = (vault.raw_key().unwrap(), vault.tip());
    vault.close().unwrap();
    // So that there is something in the access log.
    unlock(dir, 60).close().unwrap();
    let end = format!("{}:{}:{}", tip.origin, tip.sequence, tip.link);
    (code.shown().expose_secret().to_owned(), key, end)
}

#[test]
fn anyone_with_python_and_the_passphrase_or_the_code_can_check_a_vault() {
    let Some(python) = python() else { return };
    let dir = tempfile::tempdir().unwrap();
    let (code, _, end) = sample(dir.path());
    let (sound, said) = verify(&python, dir.path(), PASSPHRASE, &[]);
    assert!(sound && said.contains("Sound.") && said.contains("unanchored"), "{said}");
    let (sound, said) = verify(&python, dir.path(), &code, std::slice::from_ref(&end));
    assert!(sound && said.contains("anchored to"), "{said}");
    let (opened, said) = verify(&python, dir.path(), "another passphrase", &[]);
    assert!(!opened && said.contains("No slot opens"), "{said}");
}

#[test]
fn what_was_changed_is_found_with_python_alone() {
    let Some(python) = python() else { return };
    let changed = |sql: &str| {
        let dir = tempfile::tempdir().unwrap();
        let (_, key, _) = sample(dir.path());
        let db = Connection::open(dir.path().join("vault.db")).unwrap();
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA foreign_keys = OFF;")).unwrap();
        let triggers =
            "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'";
        let drop: String = db.query_row(triggers, [], |row| row.get(0)).unwrap();
        db.execute_batch(&format!("{drop}; {sql}; PRAGMA wal_checkpoint(TRUNCATE);")).unwrap();
        db.close().unwrap();
        verify(&python, dir.path(), PASSPHRASE, &[])
    };
    for (sql, names) in [
        (
            "UPDATE payloads SET bytes = CAST(replace(CAST(bytes AS TEXT), 'left', 'right') AS BLOB)",
            "content was altered",
        ),
        ("UPDATE entries SET recorded_at = '2020-01-01T00:00:00.000000+00:00' WHERE n = 4", "entry 4"),
        ("DELETE FROM payloads WHERE entry = 4", "gone without a disposal"),
        ("DELETE FROM entries WHERE n = 4", "missing"),
        ("DELETE FROM entries WHERE n = (SELECT max(n) FROM entries)", "vault.head saw entry"),
        ("UPDATE access SET detail = replace(detail, 'unlocked', 'searched')", "access log"),
    ] {
        let (sound, said) = changed(sql);
        assert!(!sound && said.contains("WRONG") && said.contains(names), "{sql}: {said}");
    }
    let dir = tempfile::tempdir().unwrap();
    let (_, _, end) = sample(dir.path());
    let forged = format!("{}0000", end.get(..end.len() - 4).unwrap());
    let (sound, said) = verify(&python, dir.path(), PASSPHRASE, &[forged]);
    assert!(!sound && said.contains("names another link"), "{said}");
    let mut head = fs::read(dir.path().join("vault.head")).unwrap();
    head.iter_mut().for_each(|byte| *byte ^= 1);
    fs::write(dir.path().join("vault.head"), head).unwrap();
    let (sound, said) = verify(&python, dir.path(), PASSPHRASE, &[]);
    assert!(!sound && said.contains("a slot is unreadable"), "{said}");
}
