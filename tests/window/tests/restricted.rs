//! A worry about somebody who works with children: signed into a restricted file, the child's file looked through,
//! and handed over by itself, in the real window on the sample vault.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use sharewell_window::guided::{answer, child, note, sign_off};
use sharewell_window::{Driver, Start};

/// Whom nobody but the restricted file may name.
const COACH: &str = "Dan Marlow";

#[tokio::test]
async fn an_allegation_about_a_worker_is_kept_out_of_the_childs_file_and_goes_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    std::fs::create_dir_all(&saved).unwrap();
    let start = Start::demo();
    let driver = Driver::start(start.with("SHAREWELL_SAVE_DIR", &saved));
    let window = driver.open().await;
    let there = "return location.hash.startsWith('#/today') || location.hash === '';";
    window.until("Today", there, vec![]).await;

    let file = child(&window, "Bo Placeholder", "13").await;
    note(&window, "Bo Placeholder", "Bo comes to training without a coat.").await;
    note(&window, "Bo Placeholder", &format!("Coach {COACH} sends Bo messages at night.")).await;

    // The advice says beforehand where it is kept, and the sign-off puts it there.
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(
        &window,
        &[("harm", "yes"), ("behind", "works-with-children"), ("signs", "sexual"), ("asked", "unsafe")],
        "",
    )
    .await;
    window.heading("Share today, and not with the person it is about").await;
    window.see("it goes into a restricted file and not").await;
    window.sound("90-restricted-outcome").await;
    window.press("Check and sign off").await;
    window.see("You sign this into a restricted file").await;
    window.sound("91-restricted-check").await;
    sign_off(&window).await;
    window.see("This is in restricted file 2").await;
    window.sound("92-restricted-decision").await;

    window.press("Go to the file").await;
    window.heading("Restricted file 2").await;
    window.see("local authority designated officer").await;
    window.see("Nobody is named yet").await;
    window.sound("93-restricted-file").await;
    let own = window.address().await;

    window.press("Say whom it is about").await;
    window.heading("Whom is this file kept from?").await;
    window.fill("Full name", COACH).await;
    window.fill("Post and place of work", "Coach, Northmere Swifts").await;
    window.sound("94-kept-from").await;
    window.press("Save").await;
    window.see(&format!("Nothing goes to: {COACH}.")).await;

    // He is refused as somebody to tell.
    window.press("Record what was shared").await;
    window.fill("Who received it?", COACH).await;
    window.choose("Just now").await;
    window.choose("I know them, by face or by voice").await;
    window.select("route", "By telephone").await;
    window.fill("What did you share?", "That it was reported").await;
    window.fill("Why?", "He asked").await;
    window.press("Save").await;
    window.see("somebody from whom the restricted file is kept").await;
    window.sound("95-kept-from-refused").await;
    window.go(&own).await;

    // The child's file is looked through.
    window.press("Look through the child").await;
    window.heading("What in the file of Bo Placeholder belongs here?").await;
    window.sound("96-apart").await;
    window.choose(&format!("Coach {COACH} sends Bo messages at night.")).await;
    window.press("Move 1 note here").await;
    window.heading("Restricted file 2").await;
    window.see("sends Bo messages at night").await;
    window.sound("97-restricted-file-full").await;

    // Nothing of it stands in the child's file, the search, the list or on the home page.
    window.go(&file).await;
    window.heading("Bo Placeholder").await;
    window.see("without a coat").await;
    let text = window.text().await.to_lowercase();
    for word in ["marlow", "messages at night", "restricted"] {
        assert!(!text.contains(word), "the child's file says {word}: {text}");
    }
    window.sound("98-childs-file").await;
    window.go("/search/Marlow").await;
    window.see("Nothing fits").await;
    window.go("/today").await;
    window.see("Restricted file 2").await;
    let text = window.text().await;
    assert!(!text.contains("Marlow") && !text.contains("messages at night"), "{text}");
    window.sound("99-today").await;
    window.press("Children").await;
    window.press("Restricted files").await;
    window.heading("Restricted files").await;
    window.see("Opened").await;
    window.sound("99-restricted-list").await;

    // It goes by itself.
    window.press("Handovers").await;
    let identity = folder.path().join("agency-key.txt");
    run(Command::new("age-keygen").arg("-o").arg(&identity));
    let recipient = run(Command::new("age-keygen").arg("-y").arg(&identity));
    window.fill_id("key", recipient.trim()).await;
    window.fill("Whose key is it?", "Northmere designated officer").await;
    window.press("Add the key").await;
    window.see("Key added").await;
    window.choose("Northmere designated officer").await;
    window.choose("Bo Placeholder").await;
    window.press("Save the handover file").await;
    window.see("The handover file is saved").await;
    let childs = opened(&newest(&saved), &identity);
    assert!(childs.contains("without a coat"), "the child's file is handed over");
    for word in ["Marlow", "messages at night", "share-harm-staff", "is restricted"] {
        assert!(!childs.contains(word), "the child's handover says {word}");
    }

    window.press("Hand over a restricted file").await;
    window.choose("Restricted file 2").await;
    window.sound("99-handover-restricted").await;
    window.press("Save the handover file").await;
    window.see("The handover file is saved").await;
    window
        .until(
            "the second handover",
            "return document.body.innerText.includes('Restricted file 2:');",
            vec![],
        )
        .await;
    window.sound("99-handover-restricted-done").await;
    let own = opened(&newest(&saved), &identity);
    assert!(own.contains("Marlow sends Bo messages at night"), "the whole restricted file is handed over");
    assert!(own.contains("This whole handover is restricted"));
    assert!(!own.contains("without a coat"), "what is the child's own stays in the child's file");
    window.close().await;
}

#[tokio::test]
async fn an_emergency_with_a_worker_behind_it_is_written_up_in_a_restricted_file() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    let there = "return location.hash.startsWith('#/today') || location.hash === '';";
    window.until("Today", there, vec![]).await;
    let file = child(&window, "Bo Placeholder", "13").await;
    window.control('e').await;
    window.heading("Child in danger now").await;
    window.fill("Which child", "Bo Placeholder").await;
    window.fill("What did you tell them?", &format!("{COACH} has driven off with Bo.")).await;
    window.press("Save. I have told them").await;
    window.see("Told, and saved with the time").await;
    window.press("Today").await;
    window.press("Write it up by the end").await;
    window.heading("Write up the emergency").await;
    window.select("file", "Bo Placeholder, about 13 years").await;
    window.fill("Why could it not wait?", "He was on the road with Bo.").await;
    window.fill("Who in the family knows", "Not yet: the police ask to wait.").await;
    window.choose("Someone who works or volunteers with children may be behind it").await;
    window.sound("99-write-up-apart").await;
    window.press("Save the write-up").await;
    window.heading("The emergency is written up").await;
    window.press("Open the file").await;
    window.heading("Restricted file 2").await;
    window.see("has driven off with Bo").await;
    window.sound("99-write-up-file").await;
    window.go(&file).await;
    window.heading("Bo Placeholder").await;
    assert!(!window.text().await.contains("driven off"), "the child's file says nothing of it");
    window.close().await;
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The handover that was saved last.
fn newest(saved: &Path) -> PathBuf {
    let files = std::fs::read_dir(saved).unwrap().flatten().map(|entry| entry.path());
    let handovers = files.filter(|path| path.extension().is_some_and(|ending| ending == "sharewell"));
    handovers.max_by_key(|path| std::fs::metadata(path).unwrap().modified().unwrap()).expect("a handover")
}

/// Every word of a handover, as its recipient opens it.
fn opened(handover: &Path, identity: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let tar = folder.path().join("bag.tar");
    run(Command::new("age").arg("-d").arg("-i").arg(identity).arg("-o").arg(&tar).arg(handover));
    String::from_utf8_lossy(&std::fs::read(&tar).unwrap()).into_owned()
}
