//! A child signs a slip, by keyboard alone: the window shows that slip and nothing else, whoever tries to leave it comes to
//! nothing of the file, in the page and at the shell's own door; Stop counts as nothing; and a program that is killed
//! there opens at the lock with nothing written down.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::families::{first_file, one, unlocked};
use sharewell_window::{Driver, Start, Window};

/// Space, Escape, and Ctrl with Enter.
const SPACE: &str = " ";
const ESCAPE: &str = "\u{e00c}";
const SEND: &str = "\u{e009}\u{e007}\u{e000}";
const PASSPHRASE: &str = sharewell_window::families::PASSPHRASE;

/// Focuses a box by its id and presses Space there.
async fn tick(window: &Window, id: &str) {
    let focus = "const box = document.getElementById(arguments[0]); box?.focus(); return !!box;";
    window.until(id, focus, vec![id.into()]).await;
    window.keys(SPACE).await;
    let chosen = "return document.getElementById(arguments[0]).checked;";
    window.until("it is chosen", chosen, vec![id.into()]).await;
}

/// Comes to the slip of the first child's file, made of what the form of a consent holds, and gives the file's address.
async fn at_a_slip(window: &Window) -> String {
    let file = first_file(window).await;
    window.press("Consent").await;
    window.heading("Consent").await;
    window.press("Record what was asked or answered").await;
    window.heading("Record what was asked or answered").await;
    window.choose("They answered").await;
    tick(window, "owed").await;
    window.choose("Permission that lifts a duty of confidence").await;
    window.select("purpose_kind", "Help for the child or the family").await;
    window.fill("In a few words, as you said it to them", "Breakfast club").await;
    window.fill("Who may be told?", "Madeup Primary").await;
    window.choose("Health").await;
    tick(window, "giver").await;
    window.pick("able", "able").await;
    window.fill("What shows it?", "She says back what it means").await;
    window.press("Make a slip to read and sign").await;
    window.see("What it says").await;
    window.see("Most people can read it at about").await;
    file
}

/// Nothing of a file, no menu and no search stand in the window; and the shell refuses what the page did not ask.
async fn nothing_else_is_there(window: &Window) {
    let bare = "return !document.querySelector('nav, [role=search], .sw-rail, .sw-bar') && !document.body.innerText.includes('Overview');";
    window.until("a bare window", bare, vec![]).await;
    for (command, arguments) in [
        ("today", "{}"),
        ("children", "{ typed: '', after: null }"),
        ("search", "{ query: 'a' }"),
        ("emergency_numbers", "{}"),
        ("save_note", "{ key: 'a', body: 'b' }"),
    ] {
        let ask = format!(
            "return window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(() => 'given', (error) => error.code ?? String(error));"
        );
        assert_eq!(window.script(&ask, vec![]).await, "signing", "{command}");
    }
}

async fn back_to_the_file(window: &Window) {
    window.fill("Passphrase", PASSPHRASE).await;
    window.press("Back to the file").await;
    window.until("the file", "return !!document.querySelector('nav');", vec![]).await;
}

#[tokio::test]
async fn a_child_signs_a_slip_and_nobody_leaves_it_without_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let driver = Driver::start(Start::vault(&one(folder.path())));
    let window = unlocked(&driver).await;
    let file = at_a_slip(&window).await;
    window.fits("120-slip").await;
    window.press("Sign on this screen").await;
    window.heading("You choose").await;
    let set = "return document.querySelectorAll('input[type=radio]:checked').length;";
    assert_eq!(window.script(set, vec![]).await, 0, "nothing is set beforehand");
    window.fits("122-signing").await;

    // Search, help, an address, a page that is loaded again: none leads out.
    nothing_else_is_there(&window).await;
    window.control('k').await;
    window.go("/children").await;
    window.heading("You choose").await;
    window.script("location.reload(); return true;", vec![]).await;
    window.heading("You choose").await;
    nothing_else_is_there(&window).await;
    // The key for danger works: numbers, and nobody's name.
    window.control('e').await;
    window.see("999").await;

    // Nothing chosen is told, and Stop is a neutral screen that counts as nothing.
    window.keys(SEND).await;
    window.see("Choose at least one answer, or stop").await;
    window.sound("124-signing-problems").await;
    window.keys(ESCAPE).await;
    window.heading("You have stopped.").await;
    window.see("nothing counts as a no").await;
    window.sound("125-signing-stopped").await;
    nothing_else_is_there(&window).await;
    window.fill("Passphrase", "not the one").await;
    window.press("Back to the file").await;
    window.see("to put right").await;
    back_to_the_file(&window).await;

    // The slip is still there, as it was offered. Signed with a typed name, what was chosen stands, and can be printed
    // again.
    window.go(&format!("{file}/slip")).await;
    window.see("What it says").await;
    window.press("Sign on this screen").await;
    window.heading("You choose").await;
    tick(&window, "answers").await;
    window.pick("how", "typed").await;
    window.fill("Your name", "My name").await;
    window.keys(SEND).await;
    window.heading("Thank you.").await;
    nothing_else_is_there(&window).await;
    window.sound("126-signing-ended").await;
    back_to_the_file(&window).await;
    window.go(&format!("{file}/consent")).await;
    window.see("Save the slip as it was signed").await;
    window.see("Madeup Primary").await;
    window.sound("127-signed").await;
    window.close().await;
}

#[tokio::test]
async fn a_program_that_is_killed_while_somebody_signs_opens_at_the_lock_with_nothing_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::vault(&one(folder.path()));
    let driver = Driver::start(start.clone());
    let window = unlocked(&driver).await;
    let file = at_a_slip(&window).await;
    window.press("Sign on this screen").await;
    window.heading("You choose").await;
    tick(&window, "answers").await;
    window.pick("how", "typed").await;
    window.fill("Your name", "Half a na").await;
    driver.kill_program();
    window.close().await;
    drop(driver);

    let driver = Driver::start(start);
    let window = driver.open().await;
    window.heading("Unlock").await;
    window.fill("Passphrase", PASSPHRASE).await;
    window.press("Unlock").await;
    window
        .until(
            "an open vault",
            "return location.hash.startsWith('#/') && !!document.querySelector('nav');",
            vec![],
        )
        .await;
    window.go(&format!("{file}/consent")).await;
    window.heading("Consent").await;
    let none = "return !document.body.innerText.includes('Half a na') && !document.body.innerText.includes('Madeup Primary');";
    window.until("nothing half", none, vec![]).await;
    window.close().await;
}
