//! Somebody is added to the directory, chosen by name in a record of a share, and a duty to confirm in writing leads to
//! the text for the form.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::{Driver, Start, Window, guided};

/// Types into a combobox by its id, and waits for what is offered.
async fn offered(window: &Window, id: &str, text: &str) {
    window.fill_id(id, text).await;
    let shown = "const list = document.getElementById(arguments[0] + '-offered');
        return !!list && !list.hidden && list.children.length > 0;";
    window.until("somebody to choose", shown, vec![id.into()]).await;
}

#[tokio::test]
async fn somebody_of_the_directory_is_chosen_by_name_in_a_record_of_a_share() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window
        .until("Today", "return location.hash.startsWith('#/today') || location.hash === '';", vec![])
        .await;

    window.press("Directory").await;
    window.heading("Directory").await;
    window.sound("110-directory-first").await;
    window.press("Add a person or post").await;
    window.heading("Add a person or post").await;
    window.press("Save").await;
    window.see("Say the name, or the post").await;
    window.see("Choose what they are").await;
    window.fill("Name", "Ms Orla Sampleford").await;
    window.select("role", "School or college").await;
    window.fill("Agency, school or practice", "Fablewell Primary").await;
    window.fill("Number by day", "01632 960311").await;
    window.choose("Yes").await;
    window.fill("How?", "rang the switchboard").await;
    window.fill("Where was it looked up?", "the council’s list").await;
    window.sound("111-contact").await;
    window.press("Save").await;
    window.heading("Directory").await;
    window.see("Ms Orla Sampleford").await;
    window.see("Verified").await;
    window.sound("112-directory").await;

    let file = guided::child(&window, "Bo Placeholder", "6").await;
    window.go(&format!("{file}/disclosures/new")).await;
    window.heading("Record").await;
    offered(&window, "recipient", "orla").await;
    window.picture("113-offered").await;
    window.keys("\u{e015}\u{e007}").await;
    window.see("01632 960311").await;
    assert_eq!(window.value_of("Who received it?").await, "Ms Orla Sampleford");
    window.choose("Their number was shown").await;
    window.see("A number that is shown is no check").await;
    window.sound("114-share-no-check").await;
    window.choose("I rang them on a number that I looked up").await;
    window.choose("Just now").await;
    window.select("route", "By telephone").await;
    window.fill("What did you share?", "That Bo was not collected").await;
    window.fill("Why?", "So that somebody waits with him").await;
    window.press("Save").await;
    window.heading("Bo Placeholder").await;
    window.see("With Ms Orla Sampleford: That Bo was not collected").await;
    window.close().await;
}

#[tokio::test]
async fn a_duty_to_confirm_in_writing_leads_to_the_text_for_the_form() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window
        .until("Today", "return location.hash.startsWith('#/today') || location.hash === '';", vec![])
        .await;
    let file = guided::child(&window, "Bo Placeholder", "6").await;
    guided::note(&window, "Bo Placeholder", "A burn on his left hand").await;
    window.go(&format!("{file}/share")).await;
    window.press("I am worried about a child").await;
    let said = [("danger", "no"), ("harm", "yes"), ("signs", "injury-neglect"), ("asked", "unsafe")];
    guided::answer(&window, &said, "").await;
    guided::sign(&window).await;
    window.go(&file).await;
    window.heading("Bo Placeholder").await;
    window.press("Confirm").await;
    window.see("What was seen").await;
    window.see("0 of 1 notes of the file go along.").await;
    window.press("Change what goes").await;
    window.heading("What goes, and what stays").await;
    window.choose("Goes").await;
    window.see("1 go, 0 stay, 0 not chosen yet.").await;
    window.press("Go on to the text").await;
    window.see("1 of 1 notes of the file goes along.").await;
    window.sound("121-referral").await;
    window.press("Copy What was seen").await;
    window.see("Copied. It is taken back after a minute").await;
    window.picture("122-referral-copied").await;
    window.close().await;
}
