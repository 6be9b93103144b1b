//! A handover opened and verified by tools that are not ours: Debian's age and tar, the Library of
//! Congress's BagIt validator, a JOSE library and Python's own hashlib.
//!
//! The Python is found through `OUTSIDE_PYTHON`. `SHAREWELL_OUTSIDE=optional` leaves the tests out where the
//! tools are not there; otherwise their absence is a failure that says what to install.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use secrecy::ExposeSecret as _;
use sharewell_exchange::handover::{Contents, Document, write};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{Profile, Signer, guard, share};
use sharewell_left_out::left_out;

#[path = "support/mod.rs"]
#[allow(dead_code)]
mod support;

const INSTALL: &str = "Install the tools: `apt install age tar python3-venv`, then `python3 -m venv outside-tools` and \
    `outside-tools/bin/pip install bagit jwcrypto`, and set OUTSIDE_PYTHON=outside-tools/bin/python. \
    To go without them, set SHAREWELL_OUTSIDE=optional.";

/// The Python that has bagit and jwcrypto; none where the tools are optional and missing.
fn python() -> Option<PathBuf> {
    let optional = std::env::var("SHAREWELL_OUTSIDE").is_ok_and(|word| word == "optional");
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/outside-tools/bin/python");
    let python = std::env::var_os("OUTSIDE_PYTHON").map_or(beside, PathBuf::from);
    let works = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let there = works(Command::new(&python).args(["-c", "import bagit, jwcrypto.jws"]))
        && works(Command::new("age").arg("--version"))
        && works(Command::new("tar").arg("--version"));
    match (there, optional) {
        (true, _) => Some(python),
        (false, true) => None,
        (false, false) => panic!("the outside tools are not there. {INSTALL}"),
    }
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?} failed:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// A handover unpacked with `age` and `tar`: the folder, and the bag inside it.
fn unpacked(contents: &Contents) -> (tempfile::TempDir, PathBuf) {
    let identity = Identity::generate();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("key.txt"), identity.to_secret().expose_secret()).unwrap();
    let out = std::fs::File::create(at("handover.sharewell")).unwrap();
    write(out, contents, &[identity.recipient()], &support::signer()).unwrap();
    run(Command::new("age")
        .arg("-d")
        .arg("-i")
        .arg(at("key.txt"))
        .arg("-o")
        .arg(at("bag.tar"))
        .arg(at("handover.sharewell")));
    run(Command::new("tar").arg("-x").arg("-f").arg(at("bag.tar")).arg("-C").arg(folder.path()));
    let bag = at(&format!("sharewell-{}", contents.id));
    (folder, bag)
}

/// A share unpacked in the same way.
fn unpacked_share() -> (tempfile::TempDir, PathBuf) {
    let identity = Identity::generate();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("key.txt"), identity.to_secret().expose_secret()).unwrap();
    let of = support::contents();
    let contents = share::Contents {
        id: support::id(32),
        made_at: of.made_at,
        practitioner: of.practitioner,
        agency: None,
        words: support::share_words(),
        documents: vec![Document { path: "share-ab12.pdf".into(), bytes: b"%PDF-1.7 shared".to_vec() }],
    };
    let out = std::fs::File::create(at("for-you.sharewell-share")).unwrap();
    share::write(out, &contents, &identity.recipient(), &support::signer()).unwrap();
    let decrypted = Command::new("age")
        .arg("-d")
        .arg("-i")
        .arg(at("key.txt"))
        .arg("-o")
        .arg(at("bag.tar"))
        .arg(at("for-you.sharewell-share"))
        .status()
        .unwrap();
    assert!(decrypted.success());
    run(Command::new("tar").arg("-x").arg("-f").arg(at("bag.tar")).arg("-C").arg(folder.path()));
    let bag = at(&format!("sharewell-share-{}", contents.id));
    (folder, bag)
}

fn verify_share(python: &Path, bag: &Path) -> Output {
    verified(python, bag, &["--share"])
}

fn verify(python: &Path, bag: &Path) -> Output {
    verified(python, bag, &[])
}

fn verified(python: &Path, bag: &Path, kind: &[&str]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/verify_handover.py");
    let key = Signer::public_key(&support::signer()).to_string();
    Command::new(python).arg(script).args(kind).arg("--key").arg(key).arg(bag).output().unwrap()
}

#[test]
fn anyone_with_age_tar_bagit_and_a_jose_library_can_open_and_verify_a_handover() {
    let Some(python) = python() else {
        left_out!("the outside tools are not there. {INSTALL}");
        return;
    };
    for profile in [Profile::Strict, Profile::SpreadsheetSafe] {
        let contents = Contents { profile, ..support::contents() };
        let (_folder, bag) = unpacked(&contents);
        run(Command::new(&python).args(["-m", "bagit", "--validate"]).arg(&bag));
        let output = verify(&python, &bag);
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("11 whole of 13, the chain holds"), "{said}");
        let document = std::fs::read(bag.join("data/documents/decision-1.pdf")).unwrap();
        assert_eq!(document, contents.documents[0].bytes, "documents come out as they went in");
    }
}

#[test]
fn anyone_with_age_tar_bagit_and_a_jose_library_can_open_and_verify_a_share_and_takes_it_for_no_handover() {
    let Some(python) = python() else {
        left_out!("the outside tools are not there. {INSTALL}");
        return;
    };
    let said = |output: &Output| {
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let (_folder, bag) = unpacked_share();
    let output = verify_share(&python, &bag);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("documents: 1, and nothing of a ledger"), "{}", said(&output));
    assert_eq!(std::fs::read(bag.join("data/documents/share-ab12.pdf")).unwrap(), b"%PDF-1.7 shared");
    let as_handover = verify(&python, &bag);
    assert_eq!(as_handover.status.code(), Some(1));
    assert!(said(&as_handover).contains("another kind of document"), "{}", said(&as_handover));
    let (_folder, handover) = unpacked(&support::contents());
    assert_eq!(verify_share(&python, &handover).status.code(), Some(1));
    std::fs::write(bag.join("data/entries.ndjson"), "{}").unwrap();
    assert_eq!(verify_share(&python, &bag).status.code(), Some(1), "what is not listed is found");
}

#[test]
fn the_outside_tools_verify_earlier_chains_too_and_say_where_a_handover_begins() {
    let Some(python) = python() else {
        left_out!("the outside tools are not there. {INSTALL}");
        return;
    };
    let contents = support::restored();
    let (_folder, bag) = unpacked(&contents);
    let output = verify(&python, &bag);
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let chain = contents.chains[0].origin;
    assert!(said.contains(&format!("earlier chain {chain}: 11 whole of 13, the chain holds")), "{said}");
    assert!(said.contains("begins in the middle: 2 earlier entries are not in it"), "{said}");
}

#[test]
fn what_was_changed_after_signing_is_found_by_the_outside_tools_too() {
    let Some(python) = python() else {
        left_out!("the outside tools are not there. {INSTALL}");
        return;
    };
    let changes: [(&str, &str, &str); 4] = [
        ("data/entries.ndjson", "\"sequence\":6", "\"sequence\":7"),
        ("bag-info.txt", "Noor", "Nora"),
        ("tagmanifest-sha256.txt", "bagit.txt", "bagit.txT"),
        ("tagmanifest-sha256.txt.jws", "..", "..A"),
    ];
    for (file, from, to) in changes {
        let (_folder, bag) = unpacked(&support::contents());
        let text = std::fs::read_to_string(bag.join(file)).unwrap();
        assert!(text.contains(from), "{file} holds {from}");
        std::fs::write(bag.join(file), text.replacen(from, to, 1)).unwrap();
        let output = verify(&python, &bag);
        assert_eq!(output.status.code(), Some(1), "{file}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn python_reads_every_table_as_it_was_with_and_without_the_guard() {
    let Some(python) = python() else {
        left_out!("the outside tools are not there. {INSTALL}");
        return;
    };
    for profile in [Profile::Strict, Profile::SpreadsheetSafe] {
        let contents = Contents { profile, ..support::contents() };
        let (_folder, bag) = unpacked(&contents);
        let script = "import csv, json, sys\n\
            rows = list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))\n\
            print(json.dumps(rows))";
        for table in &contents.tables {
            let file = bag.join(format!("data/tables/{}.csv", table.name));
            let output = run(Command::new(&python).args(["-c", script]).arg(file));
            let read: Vec<Vec<String>> = serde_json::from_slice(&output.stdout).unwrap();
            let header: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
            let rows =
                table.rows.iter().map(|row| row.iter().map(|cell| guard(profile, cell)).collect::<Vec<_>>());
            let expected: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
            assert_eq!(read, expected, "{} in {profile:?}", table.name);
        }
    }
}
