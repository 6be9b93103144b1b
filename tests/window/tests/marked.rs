//! A language is a set of files: in the real window, over a real vault, the main journey is walked in a language of
//! which every word is marked, and no page says, labels or describes anything without the mark.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use sharewell_window::first::{PASSPHRASE, child_and_parent, first_start};
use sharewell_window::guided::{answer, child, note, sign_off};
use sharewell_window::{Driver, Start, Window};

/// The tag of the marked language, and the variable by which the program of the tests is asked to speak it.
const TAG: &str = "qps";
const ASKED: &str = "SHAREWELL_MARKED";

/// A vault's folder in which the window speaks the marked language before there is a vault, as it does on the lock
/// screen of one that speaks it.
fn speaking(folder: &Path) -> PathBuf {
    let vault = folder.join("vault");
    std::fs::create_dir_all(&vault).unwrap();
    let plain = serde_json::json!({ "theme": "light", "shortcuts": true, "language": TAG });
    std::fs::write(vault.join("window.json"), plain.to_string()).unwrap();
    vault
}

/// Goes to each of these pages and reads it.
async fn read(window: &Window, pages: &[String]) {
    for page in pages {
        window.go(page).await;
        window.until("a heading", "return !!document.querySelector('main h1');", vec![]).await;
        window.speaks(page).await;
    }
}

fn paths(under: &str, pages: &[&str]) -> Vec<String> {
    pages.iter().map(|page| format!("{under}{page}")).collect()
}

/// The decision, from what brings one here to the paper; gives its address.
async fn decision(window: &Window, saved: &Path) -> String {
    window.press("Should I share?").await;
    window.sound("what brings you").await;
    window.press("I am worried about a child").await;
    answer(window, &[("would-change", "not_sure"), ("consent", "refused")], "asked").await;
    window.sound("the advice").await;
    window.press("Check and sign off").await;
    window.heading("Check your answers").await;
    window.press("Sign off and seal").await;
    window.see("to put right").await;
    window.sound("what is missing").await;
    sign_off(window).await;
    window.sound("signed").await;
    window.press("Save as PDF").await;
    window.see("Saved as").await;
    window.allow(&saved.display().to_string());
    window.sound("saved as PDF").await;
    window.address().await
}

/// A worry about somebody who works with children, as far as the restricted file and what is kept from whom.
async fn restricted(window: &Window) {
    child(window, "Bo Placeholder", "13").await;
    note(window, "Bo Placeholder", "Coach Marlow sends Bo messages at night.").await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(
        window,
        &[("harm", "yes"), ("behind", "works-with-children"), ("signs", "sexual"), ("asked", "unsafe")],
        "asked of staff",
    )
    .await;
    window.sound("advice apart").await;
    window.press("Check and sign off").await;
    sign_off(window).await;
    window.sound("signed apart").await;
    window.press("Go to the file").await;
    window.heading("Restricted file").await;
    window.sound("a restricted file").await;
    window.press("Say whom it is about").await;
    window.heading("Whom is this file kept from?").await;
    window.sound("kept from").await;
    window.fill("Full name", "Dan Marlow").await;
    window.press("Save").await;
    window.see("Nothing goes to: Dan Marlow.").await;
    window.press("Look through the child").await;
    window.heading("What in the file of Bo Placeholder belongs here?").await;
    window.sound("what is set apart").await;
}

#[tokio::test]
async fn the_main_journey_says_no_word_that_a_translator_could_not_reach() {
    let folder = tempfile::tempdir().unwrap();
    let (vault, saved) = (speaking(folder.path()), folder.path().join("saved"));
    std::fs::create_dir_all(&saved).unwrap();
    let driver = Driver::start(Start::vault(&vault).with("SHAREWELL_SAVE_DIR", &saved).marked());
    let window = driver.open().await;
    first_start(&window).await;

    // What the window spoke so far the vault speaks from here on: its guidance and its papers.
    window.go("/settings/display").await;
    window.press("Save").await;
    window.heading("Settings").await;
    window.go("/today").await;
    child_and_parent(&window).await;
    let file = window.address().await;
    let decided = decision(&window, &saved).await;
    let forms = [
        "",
        "/people",
        "/people/new",
        "/ties/new",
        "/flags/new",
        "/entries/new",
        "/visits/new",
        "/disclosures/new",
        "/details",
        "/request",
        "/share",
    ];
    read(&window, &paths(&file, &forms)).await;
    read(&window, &paths(&decided, &["", "/replay", "/map"])).await;
    restricted(&window).await;
    let settings = [
        "",
        "/display",
        "/keys",
        "/lock",
        "/backup",
        "/check",
        "/guidance",
        "/about",
        "/recovery",
        "/passphrase",
        "/details",
    ];
    read(&window, &paths("/settings", &settings)).await;
    let others = [
        "/directory",
        "/directory/new",
        "/today",
        "/children",
        "/children/new",
        "/danger",
        "/restricted",
        "/restricted/new",
        "/decide",
        "/countersign",
        "/handover",
        "/library/england",
        "/library/england/map",
        "/help",
        "/help/sources",
    ];
    read(&window, &paths("", &others)).await;
    window.control('k').await;
    window.keys("þzebra").await;
    window.see("pyjamas").await;
    window.sound("what a search found").await;
    let pages = window.has_spoken();
    assert!(pages > 75, "the journey was walked: {pages} pages");
    window.close().await;

    let window = driver.open().await;
    window.heading("Unlock").await;
    window.copy("Passphrase", PASSPHRASE).await;
    window.press("Unlock").await;
    window.see("to put right").await;
    window.sound("the lock screen").await;
    assert_eq!(window.has_spoken(), 1);
    window.close().await;

    let papers = std::fs::read_dir(&saved).unwrap().flatten().map(|entry| entry.path());
    let paper = papers.into_iter().find(|path| std::fs::read(path).unwrap().starts_with(b"%PDF"));
    let read = Command::new("pdftotext").arg(paper.expect("the paper was saved")).arg("-").output().unwrap();
    let read = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(read.matches('ŷ').count() > 100, "the paper speaks the vault's language: {read}");
}

#[tokio::test]
async fn the_program_that_is_given_out_cannot_be_asked_for_the_marked_language() {
    let told =
        |name: &str| PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set")));
    let knows = |program: PathBuf| {
        let bytes = std::fs::read(program).unwrap();
        bytes.windows(ASKED.len()).any(|part| part == ASKED.as_bytes())
    };
    assert!(knows(told("SHAREWELL_MARKED_BIN")), "the program of the tests has the name in it");
    assert!(!knows(told("SHAREWELL_BIN")), "the program that is given out has not");
    assert!(!knows(told("SHAREWELL_CTL")), "nor has sharewellctl");

    let folder = tempfile::tempdir().unwrap();
    let start = Start::vault(&speaking(folder.path())).with(ASKED, told("SHAREWELL_MARKED_PAGES"));
    let driver = Driver::start(start);
    let window = driver.open().await;
    window.heading("Who are you?").await;
    assert!(!window.text().await.contains('ŷ'), "{}", window.text().await);
    window.close().await;
}
