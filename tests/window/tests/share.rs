//! A share from the signed decision to its answer, by keyboard alone: what goes, six words that are kept nowhere, a file
//! that says nothing without them, and what it shows closed once it is sent.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use sharewell_window::guided::{answer, child, note, sign_off};
use sharewell_window::{Driver, Start, Window};

const WRITTEN: &str = "Pip came without a coat";

/// The words that the page shows.
async fn words(window: &Window) -> String {
    let script =
        "const e = document.querySelector('.govuk-inset-text strong'); return e ? e.innerText.trim() : null;";
    window.until("the words", script, vec![]).await.as_str().unwrap().to_owned()
}

/// What a file says under some words, where they open it.
fn read(file: &Path, words: &str) -> Option<String> {
    let plain = file.with_extension("plain.pdf");
    let password = format!("--password={words}");
    let opened = Command::new("qpdf").args([&password, "--decrypt"]).arg(file).arg(&plain).output().unwrap();
    if !opened.status.success() {
        return None;
    }
    let text = Command::new("pdftotext").args(["-layout"]).arg(&plain).arg("-").output().unwrap();
    std::fs::remove_file(&plain).unwrap();
    Some(String::from_utf8_lossy(&text.stdout).into_owned())
}

#[tokio::test]
async fn a_share_is_made_sent_and_answered_by_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    std::fs::create_dir_all(&saved).unwrap();
    let start = Start { arguments: vec!["--demo".into()], environment: vec![], marked: false };
    let driver = Driver::start(start.with("SHAREWELL_SAVE_DIR", &saved));
    let window = driver.open().await;
    let there = "return location.hash.startsWith('#/today') || location.hash === '';";
    window.until("Today", there, vec![]).await;

    child(&window, "Pip Placeholder", "9").await;
    note(&window, "Pip Placeholder", WRITTEN).await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(&window, &[("consent", "refused")], "").await;
    window.press("Check and sign off").await;
    window.heading("Check your answers").await;
    window.picture("139-share-check").await;
    window.fill("Name of the person or desk", "The duty desk").await;
    window.fill("Post and agency", "Those who protect children there").await;
    window.press("Choose what goes").await;
    window.heading("What goes, and what stays").await;
    let group = "const r = document.querySelector('.sw-extent fieldset input'); return r ? r.name : null;";
    let group = window.until("the note", group, vec![]).await.as_str().unwrap().to_owned();
    window.pick(&group, "goes").await;
    window.press("Go on to sign off").await;
    sign_off(&window).await;

    window.press("Make the share").await;
    window.heading("Share with The duty desk").await;
    // What was signed to go goes, and nothing is ticked here.
    window.see("What goes: 1 of 1").await;
    window.sound("140-share").await;
    window.press("Make the file").await;
    window.see("Choose how they are to keep it").await;
    window.sound("141-share-missing").await;
    window
        .fill(
            "What do you ask them to do?",
            "Let Pip have a coat from the box, and say nothing of it in class.",
        )
        .await;
    window.fill("Who is at risk?", "Pip").await;
    window.choose("In a school or college").await;
    window.choose("As an encrypted file").await;
    window.press("Draw six words").await;
    let drawn = words(&window).await;
    assert_eq!(drawn.split_whitespace().count(), 6, "six words");
    window.sound("142-share-words").await;
    let narrow = window.resize(640, 480).await;
    assert!(window.too_wide().await.is_empty(), "at {narrow}");
    window.sound("143-share-small").await;
    window.resize(1280, 720).await;
    window.press("Make the file").await;
    window.see("Nobody has it yet.").await;
    window.see("Made, not sent").await;
    let at_words = "const b = document.activeElement; return b.id === 'give-saved' && b.innerText.includes(arguments[0]);";
    window.until("the focus on the words, which are told now", at_words, vec![drawn.as_str().into()]).await;
    window.sound("144-share-made").await;

    let files: Vec<_> = std::fs::read_dir(&saved).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("one file: {files:?}") };
    assert_eq!(read(file, "no such words stand here at all"), None, "nothing opens it but the words");
    let bytes = std::fs::read(file).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds("Placeholder") && !holds(WRITTEN), "nothing can be read without them");
    let text = read(file, &drawn).expect("the words open it");
    for said in ["Pip Placeholder", WRITTEN, "Let Pip have a coat", "parent portal"] {
        assert!(text.contains(said), "{said}: {text}");
    }

    window.press("It is sent").await;
    window.heading("The share is sent").await;
    window.choose("Just now").await;
    window.fill("How did you send it?", "By e-mail to the address in the directory").await;
    window.choose("I rang them on a number that I looked up").await;
    window.sound("145-share-sent").await;
    window.press("It is sent").await;
    window.see("Sent, no answer yet").await;
    window.sound("146-share-went").await;
    assert!(!window.shows(drawn.as_str()).await, "the words are gone with the page");
    window.close().await;
}
