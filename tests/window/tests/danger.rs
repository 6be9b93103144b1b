//! A child in danger: three screens at most, from anywhere, and before anything else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::{Driver, Start};

#[tokio::test]
async fn from_any_page_danger_is_told_within_three_screens() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window
        .until("Today", "return location.hash.startsWith('#/today') || location.hash === '';", vec![])
        .await;
    window.press("Children").await;
    window.heading("Children").await;
    // Screen one: who to ring, and the three short answers.
    window.control('e').await;
    window.heading("Child in danger now").await;
    window.see("999").await;
    window.sound("60-danger").await;
    window.fill("Which child", "A girl of about five at 12 Made-up Lane").await;
    // Who would not take it is written down at once, and the next number stands there.
    let chosen = "return document.getElementById('whom')?.value ?? '';";
    let first = window.script(chosen, vec![]).await;
    window.press("They will not take it").await;
    window.see("They would not take it").await;
    let next = "const now = document.getElementById('whom')?.value ?? ''; return now !== '' && now !== arguments[0];";
    window.until("the next number", next, vec![first]).await;
    window.fill("What did they say, who decides", "Not their area; their manager, by 15:00").await;
    window.sound("60-danger-refused").await;
    window.fill("What did you tell them?", "She is alone and crying, nobody answers the door.").await;
    window.press("Save. I have told them").await;
    // Screen two: it is saved, and when to write it up.
    window.see("Told, and saved with the time").await;
    window.sound("61-danger-told").await;
    window.press("Today").await;
    window.see("Write").await;
    window.sound("62-today-demo").await;
    window.close().await;
}
