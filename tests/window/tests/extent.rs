//! What goes and what stays, by keyboard alone: a file with three hundred notes, a choice for each of a few, one press for
//! all the others, and a signature that says how much went.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use sharewell_window::Window;
use sharewell_window::guided::{answer, child, demo, note, sign_off};

/// How many notes the file holds.
const HELD: u32 = 300;

/// Writes further notes down, through the page's own commands.
async fn notes(window: &Window, file: &str, from: u32) {
    let script = "const [file, from, held] = arguments;
        window.__noted = 0;
        (async () => {
          for (let n = from; n < held; n += 1)
            await window.__TAURI_INTERNALS__.invoke('add_item', { file, item: {
              mark: ['fact', 'opinion', 'reported'][n % 3], by: n % 3 === 2 ? 'A neighbour' : '',
              source: 'visit', text: `Note ${n}: Pip came without a coat, and said so.`, about: [],
              occurred: { known: 'unknown', words: 'last winter' }, labels: [] } })
              .then(() => { window.__noted = n + 1; }, (e) => { window.__refused = JSON.stringify(e); });
        })();
        return true;";
    window.script(script, vec![file.into(), from.into(), HELD.into()]).await;
    let there = "return window.__refused ?? (window.__noted === arguments[0] ? 'all' : null);";
    let said = window.until("the notes", there, vec![HELD.into()]).await;
    assert_eq!(said.as_str(), Some("all"), "{said}");
}

/// The name of the group of a note on the page, from 0.
async fn group(window: &Window, at: usize) -> String {
    let script = "const groups = document.querySelectorAll('.sw-extent fieldset');
        const radio = groups[arguments[0]]?.querySelector('input'); return radio ? radio.name : null;";
    window.until("a note to choose", script, vec![at.into()]).await.as_str().unwrap().to_owned()
}

/// Waits until so many go, stay and are open.
async fn counted(window: &Window, words: &str) {
    let script = "return [...document.querySelectorAll('[role=status], main')].some((e) => clean(e.innerText).includes(arguments[0]));";
    window.until(&format!("{words:?}"), script, vec![words.into()]).await;
}

#[tokio::test]
async fn what_goes_is_chosen_by_keyboard_alone_and_the_rest_stays_in_one_press() {
    let (_driver, window) = demo().await;
    let file = child(&window, "Pip Placeholder", "9").await;
    note(&window, "Pip Placeholder", "Pip came without a coat").await;
    notes(&window, file.rsplit('/').next().unwrap(), 1).await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(&window, &[("consent", "refused")], "").await;
    window.press("Check and sign off").await;
    window.heading("Check your answers").await;

    // It is asked, and nothing is chosen beforehand.
    window.see("300 notes are held. Nothing is chosen yet.").await;
    window.fill("Name of the person or desk", "Mrs Fictley").await;
    window.press("Sign off and seal").await;
    window.see("to put right").await;
    window.see("Choose what goes, and what stays").await;
    window.sound("80-extent-asked").await;
    window.press("Choose what goes").await;
    window.heading("What goes, and what stays").await;
    window.see("300 notes, the latest first: page 1 of 15").await;
    let chosen = "return document.querySelectorAll('.sw-extent input:checked').length;";
    assert_eq!(window.script(chosen, vec![]).await, Value::from(0));
    window.sound("81-extent").await;

    let (first, second, third) = (group(&window, 0).await, group(&window, 1).await, group(&window, 2).await);
    window.pick(&first, "goes").await;
    window.pick(&second, "without_name").await;
    window.pick(&third, "stays").await;
    counted(&window, "2 go, 1 stay, 297 not chosen yet.").await;
    window.see("Why does 1 note stay?").await;
    window.select("why", "too old to bear on this").await;
    window.press("It stays for this").await;
    window.see("1 stays: too old to bear on this.").await;
    window.sound("82-extent-chosen").await;

    // The next page, and one press for everything else, on every page.
    window.press("Earlier notes").await;
    window.see("page 2 of 15").await;
    window.press("Everything else stays").await;
    counted(&window, "2 go, 298 stay, 0 not chosen yet.").await;
    window.see("297 stay: not needed for this.").await;
    let narrow = window.resize(640, 480).await;
    assert!(window.too_wide().await.is_empty(), "at {narrow}");
    window.sound("83-extent-small").await;
    window.resize(1280, 720).await;
    window.press("Go on to sign off").await;
    window.heading("Check your answers").await;
    window.see("2 go, 298 stay, 0 not chosen yet.").await;
    window.sound("84-extent-check").await;
    sign_off(&window).await;
}
