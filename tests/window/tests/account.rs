//! The account, by keyboard alone: what was told to us under limits that block a later share, and a correction that reaches
//! two who have the note.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::Window;
use sharewell_window::guided::{answer, child, demo, note, sign_off};

const NOTED: &str = "Pip came without a coat";

/// The name of the group of the first note to choose.
async fn first_note(window: &Window) -> String {
    let script = "const r = document.querySelector('.sw-extent fieldset input'); return r ? r.name : null;";
    window.until("a note to choose", script, vec![]).await.as_str().unwrap().to_owned()
}

/// From the file to the sign-off, with somebody named who would receive it.
async fn to_sign_off(window: &Window, name: &str, post: &str) {
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(window, &[("consent", "refused")], "").await;
    window.press("Check and sign off").await;
    window.heading("Check your answers").await;
    window.fill("Name of the person or desk", name).await;
    window.fill("Post and agency", post).await;
    window.rest().await;
    window.press("Choose what goes").await;
    window.heading("What goes, and what stays").await;
}

#[tokio::test]
async fn limits_under_which_something_came_stand_against_a_later_share_until_a_reason_is_said() {
    let (_driver, window) = demo().await;
    child(&window, "Pip Placeholder", "9").await;
    window.press("Write down what we were told").await;
    window.heading("What we were told").await;
    window.sound("180-received").await;
    window.press("Save").await;
    window.see("Say what whoever gave it is").await;
    window.see("Say whether the family may know, or that nobody said").await;
    window.choose("Somebody who speaks for an agency").await;
    window.fill("Their name", "PC Jo Mock").await;
    window.fill("Post and agency", "Northmere Police").await;
    window.select("route", "By secure e-mail").await;
    window.choose("Just now").await;
    window.fill("What were you told?", "There was an argument at the home last night.").await;
    window.fill("Not to", "the school").await;
    window.choose("Yes").await;
    window.sound("181-received-filled").await;
    let narrow = window.resize(640, 480).await;
    assert!(window.too_wide().await.is_empty(), "at {narrow}");
    window.resize(1280, 720).await;
    window.press("Save").await;
    window.heading("Pip Placeholder").await;
    window.see("There was an argument at the home last night.").await;

    to_sign_off(&window, "Pat Mockford", "Made-up Lane School").await;
    window.see("not to the school").await;
    let group = first_note(&window).await;
    window.pick(&group, "goes").await;
    window.see("Why does it go all the same?").await;
    window.sound("182-limit").await;
    let on = "return ![...document.querySelectorAll('main a, main button')].some((one) => clean(one.innerText).startsWith('Go on'));";
    window.until("no way on without a reason", on, vec![]).await;
    window.fill("Why does it go all the same?", "PC Mock agreed by telephone.").await;
    window.press("Go on to sign off").await;
    sign_off(&window).await;

    window.press("Sharing log").await;
    window.heading("Sharing log").await;
    window.see("Came in").await;
    window.see("PC Jo Mock").await;
    window.sound("183-log").await;
    let narrow = window.resize(640, 480).await;
    assert!(window.too_wide().await.is_empty(), "at {narrow}");
    window.sound("184-log-small").await;
}

#[tokio::test]
async fn a_correction_reaches_both_who_have_the_note() {
    let (_driver, window) = demo().await;
    let file = child(&window, "Pip Placeholder", "9").await;
    note(&window, "Pip Placeholder", NOTED).await;
    to_sign_off(&window, "The duty desk", "Those who protect children there").await;
    let group = first_note(&window).await;
    window.pick(&group, "goes").await;
    window.press("Go on to sign off").await;
    sign_off(&window).await;

    // What went to two is written down through the page's own commands.
    let case = file.rsplit('/').next().unwrap();
    let script = "const [file, names] = arguments;
        window.__left = 0;
        (async () => {
          const invoke = window.__TAURI_INTERNALS__.invoke;
          const known = await invoke('shares_to_record', { file });
          for (const recipient of names)
            await invoke('record_disclosure', { file, disclosure: {
              decision: known[0].decision, recipient, recipient_role: 'Made-up agency', when: { when: 'now' },
              check: 'rang_back', checked: '', in_danger: false, route: 'secure_email', what: 'The coat',
              why: 'To keep warm', limits: '', happened: false, names_meant: true, as_decided: true } })
              .then(() => { window.__left += 1; }, (e) => { window.__refused = JSON.stringify(e); });
        })();
        return true;";
    let names = serde_json::json!(["Pat Mockford", "Bo Sample"]);
    window.script(script, vec![case.into(), names]).await;
    let there = "return window.__refused ?? (window.__left === 2 ? 'both' : null);";
    let said = window.until("what went", there, vec![]).await;
    assert_eq!(said.as_str(), Some("both"), "{said}");

    window.go(&file).await;
    window.heading("Pip Placeholder").await;
    window.press("Correct").await;
    window.fill("What do you want to note?", "Pip had left the coat at school").await;
    window.fill_id("reason", "I had it wrong.").await;
    window.press("Save").await;
    window.heading("Pip Placeholder").await;
    window.see("Tell Pat Mockford that something changed").await;
    window.see("Tell Bo Sample that something changed").await;

    window.press("Tell Pat Mockford that something changed").await;
    window.heading("Tell them what changed").await;
    window.see("note 1 of 1 was corrected").await;
    let names_nobody = "return !document.querySelector('#notice-words')?.closest('section, .sw-sheet')?.innerText.includes('Pip');";
    window.until("words that name nobody", names_nobody, vec![]).await;
    window.sound("185-notice").await;
    window.press("Save that it is sent").await;
    window.see("Say how it was sent").await;
    window.choose("Just now").await;
    window.fill("How did you send it?", "By secure e-mail").await;
    window.press("Save that it is sent").await;
    window.heading("Sharing log: Pip Placeholder").await;
    window.see("Told what changed").await;
    window.see("Tell them what changed").await;
    window.sound("186-log-told").await;
}
