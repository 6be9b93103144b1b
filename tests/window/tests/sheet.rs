//! The separate sheet of protected names, saved by its own press from a file that protects somebody, in the real
//! window on the sample vault.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use sharewell_window::guided::child;
use sharewell_window::{Driver, Start};

const SHEET: &str = "Save a separate sheet of protected names";

/// What the pages of a PDF say.
fn pages(pdf: &Path) -> String {
    let output = Command::new("pdftotext").args(["-layout"]).arg(pdf).arg("-").output().unwrap();
    assert!(output.status.success(), "{pdf:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn a_sheet_of_protected_names_is_offered_where_somebody_is_protected_and_saved_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    std::fs::create_dir_all(&saved).unwrap();
    let start = Start { arguments: vec!["--demo".into()], environment: vec![], marked: false };
    let driver = Driver::start(start.with("SHAREWELL_SAVE_DIR", &saved));
    let window = driver.open().await;
    let there = "return location.hash.startsWith('#/today') || location.hash === '';";
    window.until("Today", there, vec![]).await;

    child(&window, "Bo Placeholder", "13").await;
    window.see("Save as PDF").await;
    assert!(!window.shows(SHEET).await, "nobody is protected, so there is no sheet");

    window.press("Set safety flags").await;
    window.heading("Set safety flags").await;
    window.choose("Bo Placeholder").await;
    window.choose("Let out their name or whereabouts").await;
    window.fill("Why, and what to do instead", "Moved in the night.").await;
    window.press("Set the flags").await;
    window.heading("Bo Placeholder").await;
    window.see(SHEET).await;
    window.sound("99-file-protects").await;

    window.press(SHEET).await;
    window.see("keep it apart from all of them").await;
    window.sound("99-sheet-saved").await;
    let files: Vec<_> = std::fs::read_dir(&saved).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [sheet] = files.as_slice() else { panic!("one file by one press: {files:?}") };
    let name = sheet.file_name().unwrap().to_string_lossy();
    assert!(name.starts_with("Protected names") && !name.contains("Placeholder"), "{name}");
    let read = pages(sheet);
    for said in
        ["Restricted: protected names", "Bo Placeholder", "Protected person 1, child", "Moved in the night."]
    {
        assert!(read.contains(said), "{said}: {read}");
    }
    window.close().await;
}
