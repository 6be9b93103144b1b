//! Consent, by keyboard alone: what somebody said on the telephone, beside each recipient; taken back on one page; and a
//! record that was never true.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::guided::child;
use sharewell_window::{Driver, Start};

/// Tab, Space, the arrow to the right, and Ctrl with Enter.
const TAB: &str = "\u{e004}";
const SPACE: &str = " ";
const RIGHT: &str = "\u{e014}";
const SEND: &str = "\u{e009}\u{e007}\u{e000}";

#[tokio::test]
async fn a_spoken_answer_is_written_down_and_taken_back_by_keyboard_alone() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    let file = child(&window, "Bo Cardley", "6").await;
    window.press("Consent").await;
    window.heading("Consent").await;
    window.see("Every cell starts at Not asked").await;
    window.sound("100-consent-empty").await;
    window.press("Record what was asked or answered").await;
    window.heading("Record what was asked or answered").await;
    let set = "return document.querySelectorAll('main input[type=radio]:checked').length;";
    assert_eq!(window.script(set, vec![]).await, 0, "nothing is set beforehand");
    window.choose("They answered").await;
    window.choose("Bo Cardley").await;
    window.choose("Permission that lifts a duty of confidence").await;
    window.select("purpose_kind", "Help for the child or the family").await;
    window.fill("In a few words, as you said it to them", "Breakfast club").await;
    window.fill("Who may be told?", "Madeup Primary").await;
    window.choose("Health").await;
    window.see("may we tell Madeup Primary").await;
    window.pick("giver", "somebody").await;
    window.fill("Their name", "Jo Cardley").await;
    window.select("stands_as", "A parent with parental responsibility").await;
    window.pick("able", "not_able").await;
    window.fill("What shows it?", "He is six").await;

    // A cell is one tab stop, and the arrows choose in it: the first answer is Yes, the next No.
    let first = "document.getElementById('answers').focus(); return true;";
    window.script(first, vec![]).await;
    window.keys(SPACE).await;
    let chosen =
        "return document.querySelector('input[name=\"answer-0-0\"]:checked')?.value === arguments[0];";
    window.until("Yes", chosen, vec!["yes".into()]).await;
    window.keys(RIGHT).await;
    window.until("No", chosen, vec!["no".into()]).await;
    window.keys(TAB).await;
    let left = "return document.activeElement.name !== 'answer-0-0';";
    window.until("the next stop", left, vec![]).await;
    window.script(first, vec![]).await;
    window.keys(SPACE).await;
    window.until("Yes again", chosen, vec!["yes".into()]).await;
    let same = "const all = [...document.querySelectorAll('.sw-asked__answer')].map((one) => Math.round(one.getBoundingClientRect().width));
        return all.length === 4 && new Set(all).size === 1;";
    window.until("four answers of one size", same, vec![]).await;

    window.pick("how", "spoken").await;
    window.fill("The words they used", "The school may know").await;
    window.fill("If nobody did, why not?", "On the telephone").await;
    window.pick("when", "now").await;
    window.sound("101-consent-recording").await;
    for (width, height) in [(640, 480), (320, 640)] {
        window.resize(width, height).await;
        let wide = window.too_wide().await;
        assert!(wide.is_empty(), "{width}: {wide:?}");
        window.picture(&format!("102-consent-recording-{width}")).await;
    }
    window.resize(1280, 720).await;
    window.keys(SEND).await;
    window.heading("Consent").await;
    window.see("The school may know").await;
    window.sound("103-consent-stands").await;
    for (width, height) in [(640, 480), (320, 640)] {
        window.resize(width, height).await;
        let wide = window.too_wide().await;
        assert!(wide.is_empty(), "{width}: {wide:?}");
        window.picture(&format!("104-consent-stands-{width}")).await;
    }
    window.resize(1280, 720).await;

    // Taken back on one page; harm is asked, and a fresh decision is offered and blocks nothing.
    window.press("Jo Cardley takes it back").await;
    window.heading("A permission ends").await;
    window.choose("Madeup Primary").await;
    window.see("Nothing has gone to them").await;
    window.pick("pressed", "no").await;
    window.pick("harm", "not_sure").await;
    window.see("Decide afresh now").await;
    window.pick("how", "spoken").await;
    window.fill("The words they used", "I changed my mind").await;
    window.fill("If nobody did, why not?", "On the telephone").await;
    window.pick("when", "now").await;
    window.sound("105-consent-withdrawing").await;
    window.keys(SEND).await;
    window.heading("Consent").await;
    window.see("I changed my mind").await;
    window.see("Withdrawn").await;

    // What was never true is not withdrawn.
    window.press("This was never true").await;
    window.fill("What is wrong with it?", "It was another child").await;
    window.sound("106-consent-error").await;
    window.press("Record it as an error").await;
    window.heading("Consent").await;
    window.see("It was another child").await;
    window.go(&file).await;
    window.see("Consent, for Madeup Primary").await;
    window.close().await;
}
