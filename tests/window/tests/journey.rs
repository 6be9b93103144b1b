//! The main journey, walked by keyboard alone in the real window: first start, recovery code typed back, a
//! child and a parent, a guided decision with a refusal and a *not sure*, sign-off, lock in the middle of a
//! word, unlock, search, handover, and the handover opened by tools that are not ours.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use sharewell_window::first::{PASSPHRASE, child_and_parent, first_start};
use sharewell_window::guided::what_goes;
use sharewell_window::{Driver, Start, Window, repository};

/// The id of the step that is asked now.
async fn step(window: &Window) -> String {
    window.at("/question/").await;
    window.address().await.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Saves, and waits for the next page.
async fn onward(window: &Window, from: &str) {
    window.press("Save and continue").await;
    let script = "return !location.hash.endsWith('/question/' + arguments[0]) ||
        [...document.querySelectorAll('.govuk-error-summary')].length > 0;";
    window.until(&format!("what follows {from}"), script, vec![from.into()]).await;
    assert!(
        !window.address().await.ends_with(&format!("/question/{from}")),
        "{from} was not accepted: {}",
        window.text().await
    );
}

/// Answers everything that is asked: no harm suspected, *not sure* of confidence once, the mother refuses,
/// not sharing weighs more heavily, the adviser agrees.
async fn decide(window: &Window) {
    window.press("Should I share?").await;
    window.sound("20-what-brings-you").await;
    window.press("I am worried about a child").await;
    let mut unsure = false;
    for _ in 0..30 {
        let script = "return location.hash.includes('/question/') || location.hash.endsWith('/outcome');";
        window.until("a question or the advice", script, vec![]).await;
        if window.address().await.ends_with("/outcome") {
            window.see("What you must do").await;
            if window.shows("Write it up").await {
                window.press("Write it up").await;
                window.at("/question/").await;
                continue;
            }
            assert!(unsure, "a not sure was part of the journey");
            return;
        }
        let asked = step(window).await;
        window
            .until("the question", "return !!document.querySelector('main h1, main legend');", vec![])
            .await;
        window.sound(&format!("21-{}", asked.replace('@', "-"))).await;
        match asked.as_str() {
            "danger" | "harm" => window.pick("answer", "no").await,
            "others" => {}
            "purpose" => {
                window.pick("answer", "service").await;
                window.fill_id("answer-words", "Help for Ayla and her mother in the mornings").await;
            }
            "would-change" if !unsure => {
                unsure = true;
                window.pick("answer", "not_sure").await;
            }
            "whose" => window.choose("Jo Sampleton").await,
            "duty" => window.pick("answer", "none").await,
            "would-change" | "would-change@again" => window.pick("answer", "yes").await,
            "consent" => window.pick("answer", "refused").await,
            "weighing" => {
                window.fill_id("share", "Jo may stop opening the door to me for some weeks").await;
                window.pick("share-likelihood", "possible").await;
                window.pick("share-severity", "slight").await;
                window.fill_id("not_share", "Ayla is alone in the mornings and may be hurt").await;
                window.pick("not_share-likelihood", "likely").await;
                window.pick("not_share-severity", "serious").await;
                window.pick("heavier", "share").await;
            }
            "body" => window.pick("answer", "public").await,
            "tell" | "tell-careful" => {
                for row in 0..6 {
                    let there = window
                        .script(
                            "return !!document.getElementById(arguments[0]);",
                            vec![format!("row-{row}").into()],
                        )
                        .await;
                    if there != serde_json::Value::Bool(true) {
                        break;
                    }
                    window.pick(&format!("row-{row}"), "now").await;
                }
            }
            _ if asked.contains("advice") || asked.contains("front_door") || asked == "adviser" => {
                window.pick("answer", "agrees").await;
                window.fill_id("who", "Pat Mockford, safeguarding lead").await;
                window.pick("own", "yes").await;
                window.pick("named", "no").await;
                window
                    .fill_id("said", "Share the mornings with the school. It was told to you in confidence.")
                    .await;
            }
            other => {
                panic!("the pack asks {other}, which this journey does not know: {}", window.text().await)
            }
        }
        onward(window, &asked).await;
    }
    panic!("more than thirty questions");
}

async fn sign_off(window: &Window) -> String {
    window.heading("Share").await;
    window.see("What you must do").await;
    window.sound("30-outcome").await;
    window.press("Check and sign off").await;
    window.heading("Check your answers").await;
    window.sound("31-check").await;
    window.press("Sign off and seal").await;
    window.see("to put right").await;
    window.sound("32-check-missing").await;
    if window.shows("What do you decide?").await {
        window.pick("decided", "share-without-consent").await;
    }
    window
        .fill("Your reasons", "Ayla is alone before school. Jo said no; the reasons to share are heavier.")
        .await;
    window.fill("What else did you think of?", "Waiting for the next visit, which is too late.").await;
    window.fill("What is shared", "That Ayla was alone on one evening, and who gets her to school.").await;
    window.fill("Name of the person or desk", "Sam Mockford").await;
    window.fill("Post and agency", "Head teacher, Made-up Lane Primary").await;
    window.fill("Number or address", "01632 960303, from the school's own page").await;
    for ground in ["power", "lawful_basis", "condition", "no_consent_limb", "confidence", "proportionality"] {
        let empty = window
            .script(
                "const f = [...document.querySelectorAll('textarea,input')].find((e) => e.id === arguments[0] || e.id.endsWith(arguments[0])); return f && !f.value ? f.id : null;",
                vec![ground.into()],
            )
            .await;
        if let Some(id) = empty.as_str() {
            window.fill_id(id, "Necessary for this purpose, and the least that serves it.").await;
        }
    }
    what_goes(window).await;
    window.choose("This is my decision").await;
    window.sound("33-check-filled").await;
    window.press("Sign off and seal").await;
    window.at("/decisions/").await;
    window.see("Signed off and sealed").await;
    window.sound("34-signed").await;
    window.press("Save as PDF").await;
    window.see("Saved as").await;
    window.address().await
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{said}");
    said
}

/// Opens and verifies a handover with age, tar, bagit and a JOSE library; gives the words of its entries.
fn opened_by_others(handover: &Path, identity: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let tar = folder.path().join("bag.tar");
    run(Command::new("age").arg("-d").arg("-i").arg(identity).arg("-o").arg(&tar).arg(handover));
    run(Command::new("tar").arg("-x").arg("-f").arg(&tar).arg("-C").arg(folder.path()));
    let bag = std::fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.is_dir())
        .expect("a bag");
    let entries = std::fs::read_to_string(bag.join("data/entries.ndjson")).unwrap();
    let key = entries
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|line| line.pointer("/content/public_key").and_then(|v| v.as_str().map(str::to_owned)))
        .expect("the origin names its public key");
    let python = std::env::var_os("OUTSIDE_PYTHON").expect("OUTSIDE_PYTHON is set by `cargo xtask test`");
    run(Command::new(&python).args(["-m", "bagit", "--validate"]).arg(&bag));
    let said = run(Command::new(&python)
        .arg(repository().join("docs/verify_handover.py"))
        .arg("--key")
        .arg(key)
        .arg(&bag));
    assert!(said.contains("the chain holds"), "{said}");
    let documents: Vec<_> = std::fs::read_dir(bag.join("data/documents")).unwrap().flatten().collect();
    assert!(!documents.is_empty(), "the decision's document is in the bag");
    entries
}

#[tokio::test]
async fn a_practitioner_walks_the_main_journey_by_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (vault, saved) = (folder.path().join("vault"), folder.path().join("saved"));
    std::fs::create_dir_all(&saved).unwrap();
    let start = Start::vault(&vault).with("SHAREWELL_SAVE_DIR", &saved);

    let driver = Driver::start(start.clone());
    let window = driver.open().await;
    first_start(&window).await;
    child_and_parent(&window).await;
    decide(&window).await;
    let decision = sign_off(&window).await;
    window.close().await;
    drop(driver);

    // The lock comes by itself, in the middle of a word, and not between two keys on a machine that is busy.
    let driver = Driver::start(start.clone().with("SHAREWELL_LOCK_AFTER_SECONDS", "30"));
    let window = driver.open().await;
    window.heading("Unlock").await;
    window.sound("40-unlock").await;
    window.fill("Passphrase", "not the passphrase").await;
    window.press("Unlock").await;
    window.see("to put right").await;
    window.sound("41-wrong-passphrase").await;
    window.fill("Passphrase", PASSPHRASE).await;
    window.press("Unlock").await;
    window.until("Today", "return location.hash.startsWith('#/');", vec![]).await;
    window.press("Children").await;
    window.press("Ayla Sampleton").await;
    window.press("Add an entry").await;
    window.choose("Opinion").await;
    window.fill("What do you want to note?", "Jo seems more tired and overwhel").await;
    window.ended().await;
    window.close().await;
    drop(driver);

    let driver = Driver::start(start);
    let window = driver.open().await;
    window.heading("Unlock").await;
    window.fill("Passphrase", PASSPHRASE).await;
    window.press("Unlock").await;
    window.heading("Add an entry").await;
    assert_eq!(
        window.value_of("What do you want to note?").await,
        "Jo seems more tired and overwhel",
        "the word that the lock cut short is there, on the page where it was typed"
    );
    window.sound("42-resumed").await;

    window.control('k').await;
    window.keys("zebra").await;
    window.at("/search/").await;
    window.see("pyjamas").await;
    window.sound("50-search").await;

    let identity = folder.path().join("agency-key.txt");
    run(Command::new("age-keygen").arg("-o").arg(&identity));
    let recipient = run(Command::new("age-keygen").arg("-y").arg(&identity));
    window.press("Handovers").await;
    window.heading("Hand over").await;
    window.sound("51-handover-empty").await;
    window.fill_id("key", "age1notakey").await;
    window.fill("Whose key is it?", "Northmere records team").await;
    window.press("Add the key").await;
    window.see("to put right").await;
    window.fill_id("key", recipient.trim()).await;
    window.press("Add the key").await;
    window.see("Key added").await;
    window.choose("Northmere records team").await;
    window.choose("Ayla Sampleton").await;
    window.sound("52-handover").await;
    window.press("Save the handover file").await;
    window.see("The handover file is saved").await;
    window.sound("53-handover-done").await;
    window.go(&decision).await;
    window.see("Share without agreement").await;
    window.sound("54-decision").await;
    window.press("Help").await;
    window.sound("55-help").await;
    window.press("Settings").await;
    window.sound("56-settings").await;
    window.close().await;

    let handover = std::fs::read_dir(&saved)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "sharewell"))
        .expect("a handover file was saved");
    let entries = opened_by_others(&handover, &identity);
    assert!(entries.contains("zebra pyjamas"), "what was recorded reached the agency");
    assert!(entries.contains("decision_signed"), "and so did the decision");
    let pdf = std::fs::read_dir(&saved)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .expect("the decision was saved as a PDF");
    assert!(run(Command::new("pdftotext").arg(&pdf).arg("-")).contains("Ayla Sampleton"));
}
