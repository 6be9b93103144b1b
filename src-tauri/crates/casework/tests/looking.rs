//! A vault in a place that cannot be written to opens to be read, and nothing leaves it (A17 of the field cases). It
//! takes the right to mount, in a namespace of its own that goes with the test.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, children, handover, maintenance, paper, search, start, today};
use sharewell_left_out::ground::{Ground, test_again};
use sharewell_left_out::left_out;
use support::*;

/// Where the child process finds the place that cannot be written to.
const PLACE: &str = "SHAREWELL_READ_ONLY_PLACE";
/// What the child prints once all of it held.
const HELD: &str = "everything held where nothing can be written";

fn everything(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn a_vault_where_nothing_can_be_written_opens_to_read_and_lets_nothing_out() {
    let place = tempfile::tempdir().unwrap();
    let home = place.path().join("vault");
    fs::create_dir(&home).unwrap();
    let mut made = vault(&home);
    let (case, _, mother) = family(&mut made);
    children::add_item(&mut made, case, item("Came without breakfast.", vec![mother]), at(4)).unwrap();
    // As a kill leaves it: what was saved last stands in the log alone, which nothing can write back there.
    let log = fs::read(home.join("vault.db-wal")).unwrap();
    made.close().unwrap();
    fs::write(home.join("vault.db-wal"), log).unwrap();
    let before = everything(&home);

    let again = "child_where_nothing_can_be_written";
    if let Err(why) = test_again(Ground::ReadOnly, &home, PLACE, again, HELD) {
        left_out!("{why}");
        return;
    }
    assert!(everything(&home) == before, "nothing was written there");
}

/// Runs only when started by the test above, with the vault where nothing can be written.
#[test]
fn child_where_nothing_can_be_written() {
    let Some(home) = std::env::var_os(PLACE).map(PathBuf::from) else { return };
    assert!(fs::write(home.join("try"), b"x").is_err(), "the place was to be read-only");
    let refused = |error| Failure::from(error).code;
    let wrong = start::unlock(&home, "another passphrase altogether".to_owned().into(), at(9)).unwrap_err();
    assert_eq!(refused(wrong), Code::WrongPassphrase);

    let mut look = start::unlock(&home, secret(PASSPHRASE), at(10)).unwrap();
    let session = start::session(&home, Some(&look), false, None, at(10)).unwrap();
    assert!(session.looking && session.phase == Phase::Open, "the page says that this is only a look");
    let case = children::children(&look, "", None, at(10)).unwrap().lines.first().unwrap().case;
    let file = children::child_file(&mut look, case, at(10)).unwrap();
    assert!(
        format!("{:?}", file.timeline).contains("Came without breakfast."),
        "what stood in the log is read"
    );
    assert_eq!(search::search(&mut look, "breakfast", at(10)).unwrap().hits.len(), 1);
    let home = today::today(&look, at(10)).unwrap();
    assert!(!home.notices.contains(&Notice::NoBackup), "nobody is reminded of what cannot be made here");
    assert!(maintenance::verify_vault(&mut look, at(10)).unwrap().sound);

    let out = tempfile::tempdir().unwrap();
    let note = item("Typed where nothing can be kept.", vec![]);
    assert_eq!(refused(children::add_item(&mut look, case, note, at(11)).unwrap_err()), Code::ReadOnly);
    let path = out.path().join("file.pdf");
    assert_eq!(
        refused(paper::save_file_summary(&mut look, case, &path, at(11)).unwrap_err()),
        Code::ReadOnly
    );
    let made = handover::make_handover(&mut look, &[case], "", &out.path().join("all.sharewell"), at(11));
    assert_eq!(refused(made.unwrap_err()), Code::ReadOnly);
    assert_eq!(refused(maintenance::backup_now(&mut look, at(11)).unwrap_err()), Code::ReadOnly);
    assert!(!maintenance::backup_due(&look, at(11)).unwrap(), "no backup is tried by itself");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0, "nothing left the vault");
    let copy = look.dir().to_owned();
    start::close(look, at(12)).unwrap();
    assert!(!copy.exists(), "and the private copy went with the look");
    println!("\n{HELD}");
}
