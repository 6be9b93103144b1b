//! Shift three times: what is on the screen goes, and the vault locks, wherever the focus is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::families::{made, unlocked};
use sharewell_window::{Driver, Start};

#[tokio::test]
async fn shift_three_times_locks_from_a_field_and_from_a_dialog_and_nothing_typed_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::vault(&made(&folder.path().join("vault"), &["--cases", "2", "--seed", "7"]));

    // In the middle of a word, in a field. Twice is an accident, and so is a capital letter between.
    let driver = Driver::start(start.clone());
    let window = unlocked(&driver).await;
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    window.press("Children").await;
    window.heading("Children").await;
    let file = "const a = document.querySelector('main a[href^=\"#/children/\"]:not([href$=\"/new\"])'); return a ? a.getAttribute('href').slice(1) : null;";
    let file = window.until("a child's file", file, vec![]).await.as_str().unwrap().to_owned();
    window.go(&file).await;
    window.press("Add an entry").await;
    window.choose("Opinion").await;
    window.fill("What do you want to note?", "Jo seems more tired and overwhel").await;
    window.shift(2).await;
    window.keys("M").await;
    window.shift(2).await;
    assert!(window.shows("What do you want to note?").await, "the page is still there");
    window.shift(3).await;
    window.ended().await;
    window.close().await;
    drop(driver);

    let driver = Driver::start(start.clone());
    let window = unlocked(&driver).await;
    window.heading("Add an entry").await;
    assert_eq!(window.value_of("What do you want to note?").await, "Jo seems more tired and overwhelM");

    // In a dialog that asks something.
    window.go(&file).await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    window.press("Discard this draft").await;
    window.fill("Why do you discard it?", "Begun in the wr").await;
    window.shift(3).await;
    window.ended().await;
    window.close().await;
    drop(driver);

    let driver = Driver::start(start);
    let window = unlocked(&driver).await;
    window.press("Discard this draft").await;
    let kept = "const f = document.getElementById('discard-why'); return !!f && f.value === arguments[0];";
    window.until("the reason that was begun", kept, vec!["Begun in the wr".into()]).await;
    window.close().await;
}
