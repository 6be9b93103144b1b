//! The way back in, tried before it is needed: a code that is missing, mistyped or another one is told as that, and the
//! right one says how much it would bring back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::first::{child_and_parent, first_start};
use sharewell_window::{Driver, Start, Window};

/// Tries it with what stands in the box.
async fn tried(window: &Window, told: &str) {
    window.press("Try it on a copy").await;
    window.see("to put right").await;
    window.see(told).await;
}

#[tokio::test]
async fn the_way_back_is_tried_in_the_window_and_each_wrong_code_is_told() {
    let root = tempfile::tempdir().unwrap();
    let driver = Driver::start(Start::vault(&root.path().join("vault")));
    let window = driver.open().await;
    let code = first_start(&window).await;
    child_and_parent(&window).await;

    window.go("/settings/rehearsal").await;
    window.heading("Try the way back in").await;
    window.see("Not yet").await;
    window.fits("140-rehearsal").await;
    tried(&window, "Type the recovery code").await;
    window.sound("141-rehearsal-empty").await;
    window.copy("Recovery code", "AAAAA-BBBBB").await;
    tried(&window, "has a slip in it").await;
    window.sound("142-rehearsal-wrong").await;

    window.copy("Recovery code", &code).await;
    window.press("Try it on a copy").await;
    window.see("Your code opens the copy").await;
    window.see("1 child\u{2019}s file is among them").await;
    assert!(!window.shows("to put right").await, "what was put right is not told any more");
    window.fits("143-rehearsed").await;
    window.close().await;
}
