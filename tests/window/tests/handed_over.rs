//! What could not be written was not handed over, as a person sees it: told at once, offered at once, and nothing that
//! is false stands on a page.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use sharewell_window::families::{one, unlocked};
use sharewell_window::{Driver, Start, Window};

/// Keys whose other halves nobody has.
const RECIPIENT: &str = "age13clrjf5rsqkafa4njvrzy3sxvhetu3jf83xyuh2lh2mtl84y64usst87h7";
const ANOTHER: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
/// A folder that is there and takes no file, whoever asks.
const TAKES_NOTHING: &str = "/proc/sys";

async fn opened(folder: &Path, save: &Path) -> (Driver, Window) {
    let driver = Driver::start(Start::vault(&folder.join("vault")).with("SHAREWELL_SAVE_DIR", save));
    let window = unlocked(&driver).await;
    (driver, window)
}

async fn key(window: &Window, key: &str, name: &str) {
    window.fill_id("key", key).await;
    window.fill("Whose key is it?", name).await;
    window.press("Add the key").await;
    window.see("Key added").await;
}

#[tokio::test]
async fn a_file_that_was_not_written_is_offered_at_once_and_a_second_agency_gets_it_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    std::fs::create_dir(&saved).unwrap();
    one(folder.path());
    let (driver, window) = opened(folder.path(), Path::new(TAKES_NOTHING)).await;
    window.go("/handover").await;
    window.heading("Hand over").await;
    key(&window, RECIPIENT, "Northmere records team").await;
    window.choose("Northmere records team").await;
    window.see("wait for them, of").await;
    let child = "const a = document.querySelector('label[for=files]'); return a && a.innerText;";
    let child = window.until("the child's file", child, vec![]).await;
    let child = child.as_str().unwrap().to_owned();
    window.choose(&child).await;
    window.press("Save the handover file").await;
    window.see("Nothing of it counts as handed over").await;
    window.see("Write its file now").await;
    window.see("wait for them, of").await;
    for false_words in ["The handover file is saved", "They have all", "Check value (SHA-256)"] {
        assert!(!window.shows(false_words).await, "the page says {false_words:?}: {}", window.text().await);
    }
    window.sound("85-handover-not-written").await;
    window.go("/").await;
    window.see("only on this laptop").await;
    window.close().await;
    drop(driver);

    // Somewhere else, with one press.
    let (_driver, window) = opened(folder.path(), &saved).await;
    window.go("/handover").await;
    window.press("Write its file now").await;
    window.see("The handover file is saved").await;
    window.see("Nobody has confirmed that they have it").await;
    window.see("It begins at the beginning").await;
    assert!(!window.shows("Write its file now").await, "{}", window.text().await);
    assert_eq!(std::fs::read_dir(&saved).unwrap().count(), 1);
    window.sound("86-handover-written-after-all").await;

    // A second agency: on purpose.
    window.press("Add an agency’s key").await;
    key(&window, ANOTHER, "Eastvale records team").await;
    window.choose("Eastvale records team").await;
    window.choose(&child).await;
    window.see("Why does somebody else get what one recipient has already?").await;
    window.press("Save the handover file").await;
    window.see("Say why").await;
    window.sound("87-handover-on-purpose").await;
    window.fill("Why does somebody else get", "The family moved to Eastvale.").await;
    window.press("Save the handover file").await;
    window.see("Why: The family moved to Eastvale.").await;
    window.see("They have all").await;
    window.sound("88-handover-to-another").await;
    window.close().await;
}
