//! What people type as they write it on paper, told at its very box where it is wrong; text at four times its size; a
//! form that takes nothing while it saves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use sharewell_window::{Driver, Start, Window};

const WIDTH: &str = "return window.innerWidth;";

async fn number(window: &Window, script: &str) -> f64 {
    window.script(script, vec![]).await.as_f64().unwrap()
}

async fn opened(window: &Window) -> String {
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    window.go("/children/new").await;
    window.heading("Open a child").await;
    window.fill("Full name", "Bo Placeholder").await;
    window.choose("I know about how old").await;
    window.fill("About how many years old", "6").await;
    window.press("Open a file").await;
    window.heading("Bo Placeholder").await;
    window.address().await
}

/// What a box holds.
async fn held(window: &Window, id: &str) -> String {
    let held = window.script("return document.getElementById(arguments[0]).value;", vec![id.into()]).await;
    held.as_str().unwrap().to_owned()
}

/// Empties a box as a hand does that selects all and cuts it.
async fn emptied(window: &Window, id: &str) {
    let script = "const box = document.getElementById(arguments[0]);
        box.value = '';
        box.dispatchEvent(new Event('input', { bubbles: true }));";
    window.script(script, vec![id.into()]).await;
}

/// The box is marked, its fault is told in the summary, and the line there leads to it.
async fn is_told(window: &Window, id: &str, words: &str) {
    window.see(words).await;
    let marked = "const box = document.getElementById(arguments[0]);
        return box.getAttribute('aria-invalid') === 'true' || box.type === 'radio';";
    window.until(&format!("the box {id} to be marked"), marked, vec![id.into()]).await;
    let led = "const line = [...document.querySelectorAll('.govuk-error-summary a')]
          .find((a) => a.getAttribute('href') === '#' + arguments[0]);
        if (!line) return false;
        line.click();
        return document.activeElement.id === arguments[0];";
    window.until(&format!("a line of the summary that leads to {id}"), led, vec![id.into()]).await;
}

#[tokio::test]
async fn a_day_and_a_time_are_taken_as_they_are_written_and_told_at_the_box_where_they_are_wrong() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    let file = opened(&window).await;
    window.go(&format!("{file}/entries/new")).await;
    window.heading("Add an entry").await;
    window.pick("mark", "fact").await;
    window.fill_id("text", "The kitchen light was on.").await;
    window.pick("when", "moment").await;
    window.fill_id("when-day", "31").await;
    window.fill_id("when-day-month", "April").await;
    window.fill_id("when-day-year", "26").await;
    window.fill_id("when-time", "half past").await;
    window.press("Save").await;
    is_told(&window, "when-day", "April has 30 days").await;
    is_told(&window, "when-time", "That is not a time").await;
    window.sound("80-april-has-30-days").await;

    // In the night in which clocks go back an hour comes twice; a whole date may be pasted into one box.
    emptied(&window, "when-day-month").await;
    emptied(&window, "when-day-year").await;
    window.fill_id("when-day", "26 Oct 2025").await;
    window.fill_id("when-time", "1.30am").await;
    window
        .until(
            "the date over three boxes",
            "return document.getElementById('when-day-year').value === '2025';",
            vec![],
        )
        .await;
    assert_eq!(
        (held(&window, "when-day").await, held(&window, "when-day-month").await),
        ("26".into(), "10".into())
    );
    window.press("Save").await;
    is_told(&window, "when-twice", "Choose the first or the second").await;
    window.sound("81-which-of-the-two").await;
    window.pick("when-twice", "second").await;
    window.select("source", "Home visit").await;
    window.press("Save").await;
    window.heading("Bo Placeholder").await;
    window.rest().await;
    window.picture("81b-in-the-file").await;
    assert!(window.shows("01:30").await, "{}", window.text().await);
    assert!(!window.shows("did not foresee").await, "and nothing broke on the way");
}

#[tokio::test]
async fn text_grows_to_four_times_its_size_by_keys_and_every_page_is_read_downwards() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window.resize(1280, 720).await;
    let file = opened(&window).await;
    let usual = number(&window, WIDTH).await;
    for _ in 0..9 {
        window.control('+').await;
        window.rest().await;
    }
    window.until("text at four times its size", "return window.innerWidth <= 330;", vec![]).await;
    let large = number(&window, WIDTH).await;
    assert!((usual / large - 4.0).abs() < 0.1, "{usual} against {large}");
    assert!(!window.shows("did not foresee").await, "nothing is asked for that the page may not do");
    for (page, name) in [
        ("/today", "82-today-400"),
        (file.as_str(), "83-file-400"),
        (&format!("{file}/entries/new"), "84-entry-400"),
        (&format!("{file}/share"), "85-share-400"),
        ("/settings/display", "86-display-400"),
        ("/danger", "87-danger-400"),
    ] {
        window.go(page).await;
        window.rest().await;
        assert_eq!(window.too_wide().await, Vec::<String>::new(), "{page}");
        window.picture(name).await;
    }
    // A summary can be seen from its heading, and what its line leads to from its label.
    window.go(&format!("{file}/entries/new")).await;
    window.heading("Add an entry").await;
    window.press("Save").await;
    let seen = "const title = document.querySelector('.govuk-error-summary__title');
        if (!title) return false;
        const { top, bottom } = title.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;";
    window.until("the summary's heading", seen, vec![]).await;
    window.picture("88-problems-400").await;
    let labelled = "document.querySelector('.govuk-error-summary a[href=\"#text\"]').click();
        const { top } = document.querySelector('label[for=text]').getBoundingClientRect();
        return document.activeElement.id === 'text' && top >= 0 && top < window.innerHeight;";
    window.until("the label of the box", labelled, vec![]).await;
    window.control('0').await;
    let back = format!("return window.innerWidth >= {usual} - 1;");
    window.until("the usual size", &back, vec![]).await;
    window.control('=').await;
    window.until("a step", &format!("return window.innerWidth < {usual} - 50;"), vec![]).await;
    window.go("/settings/display").await;
    window.see("Text at 110%").await;
    window.press("Usual size").await;
    window.see("Text at 100%").await;
    window.sound("89-size-of-text").await;
}

#[tokio::test]
async fn what_is_typed_while_a_form_saves_is_not_in_the_record() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    let file = opened(&window).await;
    window.go(&format!("{file}/share")).await;
    window.press("I am worried about a child").await;
    window.until("a question", "return !!document.querySelector('form[data-step]');", vec![]).await;
    window.rest().await;
    // As fast as a hand can: the press, and before the page has answered a click and a key for what comes next.
    let hasty = "const form = document.querySelector('form[data-step]');
        const all = [...form.querySelectorAll('input[type=radio]')];
        all[1].click();
        const chosen = all[1].value;
        form.requestSubmit();
        const busy = () => form.querySelector('button[aria-disabled=true]');
        return new Promise((done) => {
          const look = () => {
            if (!busy()) return form.isConnected ? setTimeout(look, 0) : done([chosen, 'gone']);
            all[0].click();
            const key = new KeyboardEvent('keydown', { key: '1', bubbles: true, cancelable: true });
            const taken = all[1].dispatchEvent(key);
            done([chosen, all[1].checked && !taken ? 'held' : 'changed']);
          };
          look();
        });";
    let told = window.script(hasty, vec![]).await;
    assert_ne!(told.get(1), Some(&Value::from("changed")), "{told}");
    window.rest().await;
    window.picture("90-after-a-hasty-hand").await;
}

#[tokio::test]
async fn control_enter_in_a_dialog_never_sends_the_page_behind_it() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    let file = opened(&window).await;
    window.go(&format!("{file}/share")).await;
    window.press("I am worried about a child").await;
    window.until("a question", "return !!document.querySelector('form[data-step]');", vec![]).await;
    window.press("Discard").await;
    window.until("the dialog", "return !!document.querySelector('dialog[open]');", vec![]).await;
    window.control('\u{e007}').await;
    window.see("Say why you discard it").await;
    let alone = "return document.querySelectorAll('dialog[open]').length === 1
        && !document.querySelector('form[data-step] .govuk-error-summary');";
    assert_eq!(window.script(alone, vec![]).await, Value::Bool(true));
    window.sound("91-key-in-a-dialog").await;
}
