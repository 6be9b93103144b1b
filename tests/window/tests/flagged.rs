//! The safety flags of a file stand on every page of its decisions, on the record of a share, and on the emergency page
//! that was reached from it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::guided::{answer, child};
use sharewell_window::{Driver, Start, Window};

/// The quiet line, named for whoever hears the page and reached by the keyboard.
async fn flagged(window: &Window, page: &str) {
    let stands = "const s = document.querySelector('main section.sw-flags');
        const title = s && document.getElementById(s.getAttribute('aria-labelledby'));
        return !!s && /out of all that leaves/.test(s.innerText) && /duty worker/.test(s.innerText)
          && /Safety flags/.test(title?.textContent ?? '') && !!s.querySelector('a[href]');";
    window.until(&format!("the flag on {page}"), stands, vec![]).await;
}

#[tokio::test]
async fn a_flag_stands_on_every_page_of_a_decision_and_goes_along_into_an_emergency() {
    let start = Start::demo();
    let driver = Driver::start(start);
    let window = driver.open().await;
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    let file = child(&window, "Bo Flaggley", "6").await;
    window.press("Set safety flags").await;
    window.heading("Set safety flags").await;
    window.choose("Bo Flaggley").await;
    window.choose("Let out their name or whereabouts").await;
    window.fill("Why, and what to do instead", "Lives in a refuge").await;
    window.press("Set the flags").await;
    window.heading("Bo Flaggley").await;
    window.press("Should I share?").await;
    flagged(&window, "the beginning").await;
    window.press("I am worried about a child").await;
    window.at("/question/danger").await;
    flagged(&window, "a question").await;
    window.sound("120-flag-question").await;
    answer(&window, &[("harm", "yes"), ("behind", "works-with-children"), ("signs", "sexual")], "").await;
    flagged(&window, "the advice").await;
    window.see("Give Bo Flaggley’s name and address only to the duty worker").await;
    window.sound("121-flag-advice").await;
    window.press("Check and sign off").await;
    window.heading("Check your answers").await;
    flagged(&window, "the sign-off").await;
    window.sound("122-flag-signoff").await;
    window.go(&format!("{file}/disclosures/new")).await;
    flagged(&window, "the record of a share").await;
    window.select("route", "Through their form or portal").await;
    window.fill("Who received it?", "Northmere school").await;
    window.fill("What did you share?", "Bo Flaggley was at home").await;
    window.fill("Why?", "So that they know").await;
    window.press("Save").await;
    window.see("This names somebody who is protected").await;
    window.sound("123-flag-share").await;
    window.go(&file).await;
    window.heading("Bo Flaggley").await;
    window.press("Child in danger now").await;
    window.at("/danger/for/").await;
    let begun = "return document.getElementById('child')?.value === 'Bo Flaggley';";
    window.until("the child of the file", begun, vec![]).await;
    flagged(&window, "the emergency page").await;
    window.sound("124-flag-danger").await;
    window.close().await;
}
