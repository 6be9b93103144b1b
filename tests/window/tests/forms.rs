//! A form that is sent with nothing in it tells everything that it needs at once, each with its box, and loses
//! nothing of what was typed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::{Driver, Start, Window};

/// What the summary tells, in its order.
async fn told(window: &Window) -> Vec<String> {
    let told = "const all = [...document.querySelectorAll('.govuk-error-summary li')].map((e) => e.innerText.trim());
        return all.length > 0 && all;";
    let told = window.until("the summary of what is to be put right", told, vec![]).await;
    told.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Every line of the summary leads to a box of the page that says the same.
async fn each_leads_to_its_box(window: &Window, count: usize) {
    let boxes = "return [...document.querySelectorAll('.govuk-error-summary a')].filter((a) => {
        const box = document.getElementById(a.getAttribute('href').slice(1));
        const group = box && box.closest('.govuk-form-group--error, .sw-tick--error, fieldset');
        return !!group && group.innerText.includes(a.innerText.trim()); }).length;";
    let led = window.script(boxes, vec![]).await;
    assert_eq!(led.as_u64(), Some(count as u64), "{}", window.text().await);
}

/// The heading of the summary stands below the bar.
async fn is_seen_whole(window: &Window) {
    let below = "const title = document.querySelector('.govuk-error-summary__title').getBoundingClientRect();
        return title.top >= document.querySelector('.sw-bar').getBoundingClientRect().bottom;";
    window.until("the summary below the bar", below, vec![]).await;
}

#[tokio::test]
async fn a_form_tells_everything_that_is_wrong_with_it_at_once() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window
        .until("Today", "return location.hash.startsWith('#/today') || location.hash === '';", vec![])
        .await;

    window.press("Children").await;
    window.press("Open a file").await;
    window.heading("Open a child").await;
    window.press("Open a file").await;
    assert_eq!(told(&window).await.len(), 2, "a name and a birth");
    window.fill("Full name", "Bo Placeholder").await;
    window.choose("I know about how old").await;
    window.fill("About how many years old", "300").await;
    window.press("Open a file").await;
    window.see("That is not an age").await;
    window.fill("About how many years old", "6").await;
    window.press("Open a file").await;
    window.heading("Bo Placeholder").await;
    let file = window.address().await;

    window.go(&format!("{file}/flags/new")).await;
    window.heading("Set a safety flag").await;
    window.fill_id("review", "31").await;
    window.fill_id("review-month", "2").await;
    window.fill_id("review-year", "2027").await;
    window.press("Set the flag").await;
    let all = told(&window).await;
    assert_eq!(all.len(), 4, "{all:?}");
    assert!(all[3].starts_with("February has 28 days"), "the shell says which day there is not: {all:?}");
    each_leads_to_its_box(&window, 4).await;
    is_seen_whole(&window).await;
    window.sound("70-flag-problems").await;
    assert_eq!(window.value_of("Day").await, "31", "what was typed stays");

    window.go(&format!("{file}/entries/new")).await;
    window.heading("Add an entry").await;
    window.choose("Reported").await;
    window.press("Save").await;
    let all = told(&window).await;
    assert_eq!(all.len(), 4, "text, speaker, when and source: {all:?}");
    each_leads_to_its_box(&window, 4).await;
    window.sound("71-entry-problems").await;

    window.go(&format!("{file}/disclosures/new")).await;
    window.heading("Record").await;
    window.press("Save").await;
    let all = told(&window).await;
    assert_eq!(all.len(), 6, "when, to whom, how sure, how, what and why: {all:?}");
    each_leads_to_its_box(&window, 6).await;
    window.sound("72-disclosure-problems").await;

    window.go(&format!("{file}/people/new")).await;
    window.heading("Add a person").await;
    window.press("Save").await;
    let all = told(&window).await;
    assert_eq!(all.len(), 6, "name, part, birth, tie, responsibility and home: {all:?}");
    each_leads_to_its_box(&window, 6).await;
    window.sound("73-person-problems").await;
    window.close().await;
}
