//! A form that is sent with nothing in it tells everything that it needs at once, each with its box, and loses
//! nothing of what was typed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fantoccini::key::Key;
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
    window.heading("Set safety flags").await;
    window.press("Set the flags").await;
    let all = told(&window).await;
    assert_eq!(all.len(), 3, "on whom, what and why: {all:?}");
    each_leads_to_its_box(&window, 3).await;
    window.choose("Bo Placeholder").await;
    window.choose("Post to their home").await;
    window.choose("Ring or text them").await;
    window.sound("69-flags-two-kinds").await;
    window.fill_id("review_do_not_post", "31").await;
    window.fill_id("review_do_not_post-month", "2").await;
    window.fill_id("review_do_not_post-year", "2027").await;
    window.press("Set the flags").await;
    window.see("February has 28 days").await;
    let all = told(&window).await;
    assert_eq!(all.len(), 2, "one reason for both, and the day there is not: {all:?}");
    each_leads_to_its_box(&window, 2).await;
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
    assert_eq!(all.len(), 3, "name, tie and responsibility: {all:?}");
    each_leads_to_its_box(&window, 3).await;
    window.sound("73-person-problems").await;
    window.close().await;
}

#[tokio::test]
async fn a_visit_with_three_lines_is_written_by_keys_alone_and_leaving_it_takes_nothing_of_it() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    let there = "return location.hash.startsWith('#/today') || location.hash === '';";
    window.until("Today", there, vec![]).await;
    let file = sharewell_window::guided::child(&window, "Bo Placeholder", "6").await;
    window.press("Write up a visit").await;
    window.heading("Write up a visit").await;
    // The first button that begins so is *Save and add another line*.
    let save = format!("{}{}{}", Key::Control, Key::Enter, Key::Null);
    window.keys(&save).await;
    let all = told(&window).await;
    assert_eq!(all.len(), 3, "when, and the mark and the text of the line: {all:?}");
    each_leads_to_its_box(&window, 3).await;

    window.pick("when", "day").await;
    window.press("Today").await;
    window.fill("Where?", "At home").await;
    window.choose("Bo Placeholder").await;
    window.choose("No child was seen alone").await;
    let another = format!("{}{}{}{}", Key::Control, Key::Shift, Key::Enter, Key::Null);
    for (at, mark, text) in [
        (0, "fact", "There was no food in the kitchen."),
        (1, "opinion", "Bo seemed tired."),
        (2, "reported", "I sleep on the sofa."),
    ] {
        if at > 0 {
            window.keys(&another).await;
            let focused = format!("return document.activeElement.id === 'line-{at}-mark';");
            window.until("the new line has the focus", &focused, vec![]).await;
        }
        window.pick(&format!("line-{at}-mark"), mark).await;
        window.fill_id(&format!("line-{at}-text"), text).await;
    }
    window.keys(&save).await;
    window.see("Line 3: Say who said it").await;
    window.sound("74-visit-problem").await;
    let address = window.address().await;
    window.go(&file).await;
    window.heading("Bo Placeholder").await;
    window.go(&address).await;
    window.heading("Write up a visit").await;
    window.fill_id("line-2-by", "Bo").await;
    window.sound("75-visit").await;
    window.keys(&save).await;
    window.heading("Bo Placeholder").await;
    for said in ["There was no food in the kitchen.", "Bo seemed tired.", "I sleep on the sofa.", "At home"] {
        window.see(said).await;
    }
    window.sound("76-file-with-visit").await;
    window.close().await;
}
