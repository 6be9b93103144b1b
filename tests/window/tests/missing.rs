//! A vault that is not where it was, a clock that cannot be right, and a vault without what remembers its end, in the
//! real window: told in words, with a way on (A11, A16, A18 of the field cases).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::families::{one, unlock, unlocked};
use sharewell_window::{Driver, Start};

#[tokio::test]
async fn a_vault_whose_folder_was_renamed_is_offered_where_it_lies_and_beginning_anew_comes_last() {
    let folder = tempfile::tempdir().unwrap();
    let vault = one(folder.path());
    let driver = Driver::start(Start::vault(&vault));
    let window = unlocked(&driver).await;
    window.see("Today").await;
    window.close().await;
    driver.program_is_gone().await;

    let renamed = folder.path().join("vault of 2025");
    std::fs::rename(&vault, &renamed).unwrap();
    let window = driver.open().await;
    window.heading("Your vault is not where it was").await;
    window.see("vault of 2025").await;
    window.sound("99-missing").await;
    assert!(!window.shows("Who are you?").await, "no first start");
    window.press("Open it there").await;
    unlock(&window).await;
    window.see("Today").await;
    window.close().await;
    driver.program_is_gone().await;

    std::fs::rename(&renamed, folder.path().join("elsewhere")).unwrap();
    std::fs::remove_file(folder.path().join("elsewhere/vault.keys")).unwrap();
    let window = driver.open().await;
    window.heading("Your vault is not where it was").await;
    window.press("Bring back a backup").await;
    window.heading("Bring back a backup").await;
    window.press("Back").await;
    window.press("Begin without it").await;
    window.press("Begin a new vault").await;
    window.heading("Who are you?").await;
    window.close().await;
}

#[tokio::test]
async fn a_wrong_clock_and_a_missing_end_are_told_and_answered() {
    let folder = tempfile::tempdir().unwrap();
    let vault = one(folder.path());
    let driver = Driver::start(Start::vault(&vault));
    let window = unlocked(&driver).await;
    window.see("Today").await;
    window.close().await;
    driver.program_is_gone().await;

    // As if the clock had been right ten years from now.
    let local = vault.join("vault.local");
    let mut kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&local).unwrap()).unwrap();
    let used = kept["used"].as_str().expect("when it was last in use").to_owned();
    let (year, rest) = used.split_at(4);
    kept["used"] = format!("{}{rest}", year.parse::<u32>().unwrap() + 10).into();
    std::fs::write(&local, kept.to_string()).unwrap();
    std::fs::remove_file(vault.join("vault.head")).unwrap();

    let window = driver.open().await;
    window.heading("Unlock").await;
    window.see("Put the clock right before you write anything").await;
    window.sound("99-clock-locked").await;
    unlock(&window).await;
    window.see("The clock of this laptop cannot be right").await;
    window.see("The note of your newest entry was not there").await;
    window.sound("99-doubts-today").await;
    window.press("The clock is right").await;
    let gone = "return !document.body.innerText.includes(arguments[0]);";
    window.until("no word of the clock", gone, vec!["The clock of this laptop cannot be right".into()]).await;

    window.press("Say what happened").await;
    window.heading("Check the vault").await;
    window.press("Keep the vault as it is").await;
    window.see("Say what happened").await;
    window.fill("What happened?", "I copied the folder to this laptop and left that file out.").await;
    window.sound("99-head-why").await;
    window.press("Keep the vault as it is").await;
    window.see("Thank you. It is written down").await;
    window.press("Check now").await;
    window.see("All is well").await;
    window.close().await;
}

#[tokio::test]
async fn a_folder_that_is_renamed_under_an_open_vault_locks_it_and_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let vault = one(folder.path());
    let driver = Driver::start(Start::vault(&vault));
    let window = unlocked(&driver).await;
    window.see("Today").await;
    window.go("/children/new").await;
    window.see("Open a file").await;
    // What is typed is kept again and again until the program has ended, which then gives the driver no answer: whatever
    // is kept after the folder was renamed locks, this or the day's backup that begins by itself.
    let type_on = "const box = document.getElementById('name'); if (!box) return false;
        setInterval(() => { box.value += 'a'; box.dispatchEvent(new Event('input', { bubbles: true })); }, 100);
        return true;";
    window.until("a box to type in", type_on, vec![]).await;
    std::fs::rename(&vault, folder.path().join("vault, moved")).unwrap();
    driver.program_ended_by_itself().await;

    let window = driver.open().await;
    window.heading("Your vault is not where it was").await;
    window.press("Open it there").await;
    unlock(&window).await;
    window.see("Today").await;
    window.close().await;
}
