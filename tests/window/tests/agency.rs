//! The whole way there and back: an agency's profile is taken in by its fingerprint, the practitioner is enrolled, hands
//! over, and the receipt that the intake signs closes the handover in the window.

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
async fn a_profile_comes_in_a_handover_goes_out_and_its_receipt_closes_it() {
    let root = tempfile::tempdir().unwrap();
    let (offline, agency) = (root.path().join("stick"), root.path().join("agency"));
    let saved = root.path().join("saved");
    std::fs::create_dir(&saved).unwrap();
    let settings = root.path().join("profile.toml");
    std::fs::write(&settings, ctl(&["agency", "example"])).unwrap();
    ctl(&["agency", "init", "--offline", text(&offline), "--out", text(&agency), "--from", text(&settings)]);
    std::fs::copy(only(&agency, "sharewell-profile"), saved.join("agency.sharewell-profile")).unwrap();

    let driver = Driver::start(Start::vault(&one(root.path())).with("SHAREWELL_SAVE_DIR", &saved));
    let window = unlocked(&driver).await;
    // Whoever would hand over is led there.
    window.go("/handover").await;
    window.press("Has your agency sent you its profile? Take it in").await;
    window.heading("Your agency").await;
    window.see("No agency stands behind this vault yet").await;
    window.fits("130-no-agency").await;
    window.press("Take in a profile").await;
    window.see("Ring your agency on a number you looked up").await;
    window.press("Take it in").await;
    window.see("Compare the fingerprint with your agency by telephone first").await;
    window.fits("131-profile").await;
    window.choose("They read it out, and it is the same").await;
    window.press("Take it in").await;
    window.see("counts from now on").await;
    window.fits("132-agency").await;

    // Nobody types whom to ring.
    window.see("of your agency").await;
    window.press("Put them into the directory").await;
    window.see("Your agency’s numbers stand in your directory").await;

    window.press("Save the request").await;
    window.see("The request is saved").await;
    let read = "return document.querySelector('.sw-num strong').innerText;";
    let fingerprint = window.until("the fingerprint", read, vec![]).await;
    let fingerprint = fingerprint.as_str().unwrap().to_owned();
    let request = only(&saved, "sharewell-enrolment");
    let keys = ["--offline", text(&offline), "--agency", text(&agency)];
    let enrol = ["agency", "enrol", keys[0], keys[1], keys[2], keys[3], text(&request)];
    ctl(&[&enrol[..], &["--role", "practitioner", "--fingerprint", &fingerprint]].concat());

    window.go("/handover").await;
    window.heading("Hand over").await;
    window.choose("Madeup Community Health").await;
    let child = "const a = document.querySelector('label[for=files]'); return a && a.innerText;";
    let child = window.until("the child's file", child, vec![]).await;
    window.choose(child.as_str().unwrap()).await;
    window.press("Save the handover file").await;
    window.see("The handover file is saved").await;
    window.go("/").await;
    window.see("only on this laptop").await;

    ctl(&["intake", "--keys", text(&agency), text(&only(&saved, "sharewell"))]);
    let receipt = only(&agency.join("receipts"), "sharewell-receipt");
    std::fs::copy(&receipt, saved.join("answer.sharewell-receipt")).unwrap();
    window.go("/handover").await;
    window.heading("Hand over").await;
    window.press("Choose the receipt").await;
    window.see("The receipt is taken in").await;
    window.see("All of it has arrived").await;
    window.fits("133-receipt").await;
    window.press("Choose the receipt").await;
    window.see("This receipt was taken in before").await;
    window.close().await;
}
