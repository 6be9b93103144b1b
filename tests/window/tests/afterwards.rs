//! What comes after a handover: once the agency's receipt names every entry of a child's file, and its time for copies is
//! over, a person removes the copy from the laptop. Nothing goes before, and nothing goes by itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use sharewell_window::families::{one, unlocked};
use sharewell_window::{Driver, Start};

/// Runs `sharewellctl` and gives what it said.
fn ctl(arguments: &[&str]) -> String {
    let program = std::env::var_os("SHAREWELL_CTL").expect("`cargo xtask test` tells SHAREWELL_CTL");
    let output = Command::new(program).args(arguments).output().expect("sharewellctl starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("what it says is text")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// The one file in a folder with this ending.
fn only(folder: &Path, ending: &str) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut of_kind = files.filter(|path| path.extension().is_some_and(|it| it == ending));
    let file = of_kind.next().unwrap_or_else(|| panic!("no .{ending} in {}", folder.display()));
    assert_eq!(of_kind.next(), None, "one .{ending}");
    file
}

#[tokio::test]
async fn a_copy_that_the_agency_has_is_removed_by_a_person_and_the_record_of_it_stays() {
    let root = tempfile::tempdir().unwrap();
    let (offline, agency) = (root.path().join("stick"), root.path().join("agency"));
    let saved = root.path().join("saved");
    std::fs::create_dir(&saved).unwrap();
    let settings = root.path().join("profile.toml");
    // This agency lets copies go as soon as its receipt is in.
    let copies = "\n[copies]\ndays = 0\nsource = \"Records schedule, part 4\"\n";
    std::fs::write(&settings, ctl(&["agency", "example"]) + copies).unwrap();
    ctl(&["agency", "init", "--offline", text(&offline), "--out", text(&agency), "--from", text(&settings)]);
    std::fs::copy(only(&agency, "sharewell-profile"), saved.join("agency.sharewell-profile")).unwrap();

    let driver = Driver::start(Start::vault(&one(root.path())).with("SHAREWELL_SAVE_DIR", &saved));
    let window = unlocked(&driver).await;
    window.go("/children/new").await;
    window.heading("Open a child").await;
    window.fill("Full name", "Bo Placeholder").await;
    window.choose("I know about how old").await;
    window.fill("About how many years old", "6").await;
    window.press("Open a file").await;
    window.heading("Bo Placeholder").await;

    window.go("/settings/copies").await;
    window.heading("Copies your agency has").await;
    window.see("No agency stands behind this vault").await;
    window.fits("134-no-copies").await;

    window.go("/settings/agency").await;
    window.heading("Your agency").await;
    window.press("Take in a profile").await;
    window.see("Copies stay on laptops 0 days").await;
    window.choose("They read it out, and it is the same").await;
    window.press("Take it in").await;
    window.see("counts from now on").await;
    window.press("Save the request").await;
    window.see("The request is saved").await;
    let read = "return document.querySelector('.sw-num strong').innerText;";
    let fingerprint = window.until("the fingerprint", read, vec![]).await;
    let fingerprint = fingerprint.as_str().unwrap().to_owned();
    let request = only(&saved, "sharewell-enrolment");
    let enrol = ["agency", "enrol", "--offline", text(&offline), "--agency", text(&agency), text(&request)];
    ctl(&[&enrol[..], &["--role", "practitioner", "--fingerprint", &fingerprint]].concat());

    window.go("/settings/copies").await;
    window.see("No receipt of your agency has been taken in").await;
    window.go("/handover").await;
    window.heading("Hand over").await;
    window.choose("Madeup Community Health").await;
    window.choose("Bo Placeholder").await;
    window.press("Save the handover file").await;
    window.see("The handover file is saved").await;
    ctl(&["intake", "--keys", text(&agency), text(&only(&saved, "sharewell"))]);
    let receipt = only(&agency.join("receipts"), "sharewell-receipt");
    std::fs::copy(&receipt, saved.join("answer.sharewell-receipt")).unwrap();
    window.press("Choose the receipt").await;
    window.see("All of it has arrived").await;

    window.go("/settings/copies").await;
    window.see("Which copies are removed?").await;
    // What was never handed over stays, and it is said why.
    window.see("What stays, and why").await;
    window.see("Hand it over, and take in the receipt").await;
    window.fits("135-copies").await;
    window.press("Remove these copies").await;
    window.see("Choose at least one copy").await;
    window.choose("Bo Placeholder").await;
    window.choose("I have looked at what goes, and I do not need it here").await;
    window.press("Remove these copies").await;
    window.see("The copy of 1 file is removed").await;
    window.see("A new backup was made and verified").await;
    window.see("Removed before").await;
    window.fits("136-removed").await;

    window.go("/children").await;
    window.rest().await;
    assert!(!window.shows("Bo Placeholder").await, "the child's file is no longer on this laptop");
    window.go("/handover").await;
    window.see("1 file whose copy was removed").await;
    window.close().await;
}
