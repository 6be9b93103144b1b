//! A list of duties that a person can work with, by keyboard alone: closed in one press, opened again in one, with a note
//! or a reason at hand; and what was typed is there after the browser's Back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use sharewell_window::guided::{answer, child, sign_off};
use sharewell_window::{Driver, Start, Window};

/// The box of the first duty that a script accepts, by what it is called.
async fn first(window: &Window, accepts: &str) -> String {
    let script = format!(
        "const rows = [...document.querySelectorAll('.sw-todo')].filter((row) => row.querySelector('[data-tick]'));
         const row = rows.find((row) => {accepts});
         return row ? clean(row.querySelector('[data-tick]').getAttribute('aria-label')) : null;"
    );
    window.until("a duty to close", &script, vec![]).await.as_str().unwrap().to_owned()
}

/// How the box of that name stands, and whether it has the focus.
async fn stands(window: &Window, name: &str, checked: bool) {
    let script = "const box = [...document.querySelectorAll('[data-tick]')]
            .find((one) => clean(one.getAttribute('aria-label')) === arguments[0]);
        return !!box && box.getAttribute('aria-checked') === arguments[1];";
    window
        .until(&format!("{name:?} to be {checked}"), script, vec![name.into(), checked.to_string().into()])
        .await;
}

#[tokio::test]
async fn duties_are_closed_by_a_tick_and_opened_again_by_keyboard_alone() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window.press("Today").await;
    window.see("Overdue, or due today").await;
    window.sound("63-today-duties").await;
    window.press("Everything to do").await;
    window.heading("Everything to do").await;
    window.rest().await;
    window.sound("64-duties").await;

    // One press closes a reminder; the focus stays on it, and it is said. A second press would close nothing else.
    let reminder = first(
        &window,
        "[...row.querySelectorAll('button')].some((b) => b.innerText.startsWith('Not needed'))",
    )
    .await;
    window.press(&reminder).await;
    stands(&window, &reminder, true).await;
    let on = "const at = document.activeElement;
        return at.matches('[data-tick][aria-checked=true]') && [...document.querySelectorAll('[role=status]')].some((e) => e.innerText.includes('Undo stands beside it'));";
    window.until("the focus on what was closed", on, vec![]).await;
    window.see("Undo").await;
    window.picture("65-duties-ticked").await;

    // Undo opens it where it stood.
    window.press("Undo").await;
    stands(&window, &reminder, false).await;
    let back = "return clean(document.activeElement.getAttribute('aria-label') || '') === arguments[0];";
    window.until("the focus on what was opened again", back, vec![reminder.as_str().into()]).await;

    // A note beside what was done.
    window.press(&reminder).await;
    stands(&window, &reminder, true).await;
    window.press("Add a note").await;
    window.fill("What you did", "Read aloud to the lead.").await;
    window.press("Save").await;
    window.see("Read aloud to the lead.").await;

    // Not needed asks for a reason, once.
    let other = first(&window, "row.querySelector('[aria-checked=false]') && [...row.querySelectorAll('button')].some((b) => b.innerText.startsWith('Not needed'))").await;
    window.press("Not needed").await;
    window.see("Why is it not needed?").await;
    window.sound("66-duties-why").await;
    window.press("Somebody else does it").await;
    stands(&window, &other, true).await;

    window.press("By child").await;
    window.at("/duties/child").await;
    window.rest().await;
    window.sound("67-duties-by-child").await;
    let each = "return [...document.querySelectorAll('main section.sw-sheet')].length > 1;";
    assert_eq!(window.script(each, vec![]).await, Value::Bool(true), "one child after the other");

    // Children in the order of names, which is kept.
    window.press("Children").await;
    window.heading("Children").await;
    window.press("A to Z").await;
    let order = "const names = [...document.querySelectorAll('.sw-list .sw-row a')].map((a) => clean(a.innerText));
        return names.length > 2 && names.every((name, at) => at === 0 || names[at - 1].localeCompare(name) <= 0);";
    window.until("the children by name", order, vec![]).await;
    window.sound("68-children-by-name").await;
    window.press("Guidance").await;
    window.at("/library/").await;
    window.close().await;
}

#[tokio::test]
async fn what_was_typed_is_there_after_the_browsers_back() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window.press("Children").await;
    window.heading("Children").await;
    let file = "const a = document.querySelector('.sw-list .sw-row a'); return a && a.getAttribute('href').slice(1);";
    let file = window.until("a file", file, vec![]).await.as_str().unwrap().to_owned();
    window.go(&file).await;
    window.see("Add an entry").await;
    window.picture("69-file").await;
    window.press("Add an entry").await;
    window.heading("Add an entry").await;
    // Back in the middle of a word, by the history and by the key, and on again.
    window.fill("What do you want to note?", "Came without breakf").await;
    window.script("history.back(); return true;", vec![]).await;
    window.press("Add an entry").await;
    window.heading("Add an entry").await;
    assert_eq!(window.value_of("What do you want to note?").await, "Came without breakf");
    window.add_to("What do you want to note?", "ast").await;
    window.keys("\u{e00a}\u{e012}\u{e000}").await;
    window.until("the file", "return !location.hash.endsWith('/entries/new');", vec![]).await;
    window.script("history.forward(); return true;", vec![]).await;
    window.heading("Add an entry").await;
    assert_eq!(window.value_of("What do you want to note?").await, "Came without breakfast");
    window.close().await;
}

#[tokio::test]
async fn what_is_due_today_stands_first_on_few_cards_and_nothing_to_be_done_is_folded() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    child(&window, "Bo Cardley", "6").await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(&window, &[("harm", "yes"), ("signs", "domestic"), ("asked", "unsafe")], "").await;
    let cards = "const heads = [...document.querySelectorAll('main section[id^=card-]')];
        const later = [...document.querySelectorAll('main .sw-latercards > section')];
        const act = heads[0]?.querySelector('.sw-duty__act');
        const folded = document.querySelectorAll('main details .sw-duty__row').length;
        return /^card-ring/.test(heads[0]?.id ?? '') && !!act && folded === 0 && later.length > 0
          && heads.length <= 3 && heads.length + later.length <= 7;";
    window.until("few cards, the act first", cards, vec![]).await;
    window.see("In the call").await;
    window.see("Say what may not be passed on").await;
    window.sound("140-cards").await;
    window.resize(640, 480).await;
    assert!(window.too_wide().await.is_empty());
    window.picture("141-cards-640").await;
    window.resize(1280, 720).await;
    window.press("Check and sign off").await;
    sign_off(&window).await;
    window.see("Signed off and sealed").await;
    let signed = "const heads = [...document.querySelectorAll('main section[id^=card-]')];
        const later = [...document.querySelectorAll('main .sw-latercards > section')];
        return /^card-ring/.test(heads[0]?.id ?? '') && later.length > 0 && heads.length + later.length <= 7
          && document.querySelectorAll('main details .sw-duty__row').length === 0;";
    window.until("the same cards", signed, vec![]).await;
    window.sound("142-cards-signed").await;
    window.resize(640, 480).await;
    window.picture("143-cards-signed-640").await;
    window.resize(1280, 720).await;
    // A call closes on who was reached; a thing to write down in one press, and opens again.
    window.press("Not needed: Log what left").await;
    window.press("Somebody else does it").await;
    window.see("Undo").await;
    window.go("/duties/all").await;
    window.see("Ring or send").await;
    window.sound("144-duties-on-cards").await;
}
