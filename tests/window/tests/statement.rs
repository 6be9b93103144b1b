//! A statement for the person, by keyboard alone: drafted line by line, sent to the data protection officer, and a copy
//! for home only once the officer released it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::families::{first_file, one, unlocked};
use sharewell_window::{Driver, Start};

#[tokio::test]
async fn a_statement_goes_through_the_officer_and_only_then_home() {
    let root = tempfile::tempdir().unwrap();
    let saved = root.path().join("saved");
    std::fs::create_dir(&saved).unwrap();
    let driver = Driver::start(Start::vault(&one(root.path())).with("SHAREWELL_SAVE_DIR", &saved));
    let window = unlocked(&driver).await;
    let file = first_file(&window).await;
    window.go(&format!("{file}/statements")).await;
    window.see("Nobody has asked yet").await;
    window.fits("140-statements").await;
    window.press("Draft a statement").await;
    window.heading("Draft a statement").await;
    window.press("Make the draft").await;
    window.see("Say whom it is about").await;
    window.fits("141-statement-problems").await;

    let first = "return document.querySelector('input[name=about]').value;";
    let about = window.until("whom it is about", first, vec![]).await.as_str().unwrap().to_owned();
    window.pick("about", &about).await;
    window.choose("Somebody who does not stand in this file").await;
    window.fill("Their name", "Ines Fictional").await;
    for (id, typed) in [("asked", "1"), ("asked-month", "March"), ("asked-year", "2026")] {
        window.fill_id(id, typed).await;
    }
    window.choose("Who was told what about somebody").await;
    window.pick("able", "not_settled").await;
    let lines = "const ready = !document.body.innerText.includes('Then the lines stand here'); return ready && String(document.querySelectorAll('input[type=radio][name^=line_][name$=_goes][value=cut]').length);";
    let lines: usize = window.until("the lines", lines, vec![]).await.as_str().unwrap().parse().unwrap();
    assert!(lines > 0, "the sample's log has lines");
    for at in 0..lines {
        window.pick(&format!("line_{at}_goes"), "reworded").await;
        window.fill_id(&format!("line_{at}_words"), "We told the school that mornings are hard.").await;
        window.select(&format!("line_{at}_test"), "About other people, who did not agree").await;
        window.fill_id(&format!("line_{at}_reason"), "It names her gran.").await;
    }
    window.fits("142-statement-lines").await;
    window.press("Make the draft").await;
    window.see("to nobody else").await;
    assert!(!window.shows("Save the copy for home").await, "not in one press");
    window.fits("143-statement-draft").await;
    window.press("Save the draft for the officer").await;
    window.see("Saved:").await;

    window.press("It went to the officer").await;
    window.fill("Name of the data protection officer", "Owen Pretend").await;
    window.choose("Just now").await;
    window.fill("How did it go there?", "By hand").await;
    window.keys("\u{e009}\u{e007}\u{e000}").await;
    window.see("before they answer").await;
    assert!(!window.shows("Save the copy for home").await, "the officer has not answered");
    window.press("The officer answered").await;
    window.choose("It may go as it is").await;
    window.choose("Just now").await;
    window.keys("\u{e009}\u{e007}\u{e000}").await;
    window.see("mind who opens the post").await;
    window.fits("144-statement-released").await;
    window.press("Save the copy for home").await;
    window.see("Saved:").await;
    let papers = std::fs::read_dir(&saved).unwrap().count();
    assert_eq!(papers, 2, "the officer's and the one for home");
    window.close().await;
}
