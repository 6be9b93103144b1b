//! The call card, by keyboard alone: said in order, killed in the middle and there again, no answer, and told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use sharewell_window::families::{one, unlocked};
use sharewell_window::guided::{answer, child};
use sharewell_window::{Driver, Start, Window};

/// Space, and Ctrl with Enter.
const SPACE: &str = " ";
const SEND: &str = "\u{e009}\u{e007}\u{e000}";
/// The most key presses from the open card to *told*, Tab and every letter that is typed included.
const PRESSES: u64 = 120;

/// The file of a child with a note of today, and the advice to share.
async fn advised(window: &Window) -> String {
    child(window, "Bo Cardley", "6").await;
    window.press("Add an entry").await;
    window.heading("Add an entry").await;
    window.choose("Fact").await;
    window.fill("What do you want to note?", "A bruise round the left arm, as wide as a hand").await;
    window.pick("when", "moment").await;
    window.press("Now").await;
    window.select("source", "Home visit").await;
    window.press("Save").await;
    window.heading("Bo Cardley").await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(window, &[("harm", "yes"), ("signs", "injury-neglect"), ("asked", "unsafe")], "").await;
    window.address().await
}

/// Whether *Told* is off.
async fn told_is_off(window: &Window, off: bool) {
    let script = "const b = document.querySelector('main form[data-main] button[type=submit]');
        return !!b && (b.getAttribute('aria-disabled') === 'true') === arguments[0];";
    window.until(&format!("Told to be off: {off}"), script, vec![off.into()]).await;
}

/// The number, the list's head, *Told*, *No answer* and *Still trying*, all in the window as it stands.
async fn all_at_hand(window: &Window, when: &str) {
    let script = "const inside = (e) => { const b = e?.getBoundingClientRect(); return !!b && b.height > 0 && b.top >= 0 && b.bottom <= innerHeight; };
        const ends = [...document.querySelectorAll('.sw-ends button')].slice(0, 3);
        const list = document.querySelector('.sw-say > li');
        // The keys went down the list, and the page after them.
        scrollTo(0, 0); document.querySelector('.sw-callcard__say').scrollTop = 0;
        return scrollY === 0 && ends.length === 3 && [document.querySelector('.sw-tel'), document.getElementById('call-say'), list, ...ends].every(inside);";
    window.until(&format!("number, list and ends in sight {when}"), script, vec![]).await;
}

async fn ticked(window: &Window, count: usize) {
    let script = "return [...document.querySelectorAll('.sw-say input')].filter((i) => i.checked).length === arguments[0];";
    window.until(&format!("{count} lines said"), script, vec![count.into()]).await;
}

#[tokio::test]
async fn a_call_is_made_by_keyboard_alone_and_goes_on_where_it_was_after_the_program_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::vault(&one(folder.path()));
    let driver = Driver::start(start.clone());
    let window = unlocked(&driver).await;
    let advice = advised(&window).await;
    window.press("Open the call card").await;
    window.heading("Say, in this order").await;
    window.see("A bruise round the left arm").await;
    window.see("Limits. Say them too.").await;
    told_is_off(&window, true).await;
    window.see("Write who took it").await;
    all_at_hand(&window, "at the beginning").await;
    let asked = "return document.querySelector('.sw-say').innerText;";
    let asked = window.script(asked, vec![]).await.as_str().unwrap_or_default().to_owned();
    assert!(asked.contains("Agree in the call what more Bo hears"), "{asked}");
    assert!(
        !asked.contains("you cannot keep it to yourself"),
        "what is said to the child is said to the child"
    );
    window.sound("90-call-begun").await;
    let card = window.address().await;

    // Tick as said: the next line is at hand by itself.
    window.choose("Said: Who you are").await;
    ticked(&window, 1).await;
    let next = "return document.activeElement.closest('li')?.classList.contains('is-now') ?? false;";
    window.until("the focus on what to say next", next, vec![]).await;
    window.keys(SPACE).await;
    ticked(&window, 2).await;
    window.until("the focus on what to say next", next, vec![]).await;
    window.keys(SPACE).await;
    ticked(&window, 3).await;
    window.fill("Who took it", "Robin Pret").await;
    window.rest().await;
    window.sound("91-call-cut-off").await;
    driver.kill_program();
    window.close().await;
    drop(driver);

    let driver = Driver::start(start);
    let window = unlocked(&driver).await;
    window.go(&card).await;
    window.heading("Say, in this order").await;
    ticked(&window, 3).await;
    assert_eq!(window.value_of("Who took it").await, "Robin Pret");

    // A message left tells nobody; no answer brings the next number into its place.
    window.press("Still trying").await;
    window.press("I left a message").await;
    window.see("Still trying: left a message").await;
    ticked(&window, 3).await;
    let number = "return clean(document.querySelector('.sw-tel')?.innerText ?? '');";
    let first = window.script(number, vec![]).await;
    window.press("No answer, try next").await;
    let other = "const n = clean(document.querySelector('.sw-tel')?.innerText ?? ''); return !!n && n !== arguments[0];";
    window.until("the next number", other, vec![first]).await;
    all_at_hand(&window, "after two tries").await;
    window.sound("92-call-next").await;

    // Out of hours the police are next, who are told too and close nothing: back to whoever takes it.
    let first = "const careful = document.querySelector('.sw-callcard__tel .sw-careful');
        return careful ? clean(document.querySelector('.sw-callcard__tel .sw-rungs button').innerText) : '';";
    let whoever = window.script(first, vec![]).await;
    let whoever = whoever.as_str().unwrap_or_default();
    if !whoever.is_empty() {
        window.press(whoever).await;
        let there = "return !document.querySelector('.sw-callcard__tel .sw-careful');";
        window.until("the number of whoever takes it", there, vec![]).await;
    }

    // Told: a name and a time.
    window.script("window.pressed = 0; addEventListener('keydown', () => (window.pressed += 1), true); return true;", vec![]).await;
    window.fill("Who took it", "call taker 4").await;
    told_is_off(&window, true).await;
    window.press("Now").await;
    told_is_off(&window, false).await;
    window.sound("93-call-told-on").await;
    window.keys(SEND).await;
    window.see("Told, and saved.").await;
    let pressed = window.script("return window.pressed;", vec![]).await.as_u64().unwrap();
    println!("{pressed} key presses from the next number to told");
    assert!(pressed <= PRESSES, "{pressed} key presses");
    window.sound("94-call-told").await;

    for (width, height) in [(640, 480), (320, 640)] {
        window.resize(width, height).await;
        let wide = window.too_wide().await;
        assert!(wide.is_empty(), "{width}: {wide:?}");
        window.picture(&format!("95-call-{width}")).await;
    }
    window.resize(1280, 720).await;

    // The advice shows that it is done, with every try.
    window.go(&advice).await;
    window.see("call taker 4").await;
    window.see("left a message").await;
    let open = "return [...document.querySelectorAll('main a')].some((a) => a.innerText.startsWith('Open the call card') && a.closest('.sw-duty__row--act'));";
    assert_eq!(window.script(open, vec![]).await, Value::Bool(false), "the act is closed");
    window.sound("96-advice-after-the-call").await;
    window.close().await;
}

#[tokio::test]
async fn a_card_that_is_not_begun_reads_downwards_in_a_narrow_window() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    advised(&window).await;
    window.press("Open the call card").await;
    window.heading("Say, in this order").await;
    for (width, height) in [(640, 480), (320, 640)] {
        window.resize(width, height).await;
        let wide = window.too_wide().await;
        assert!(wide.is_empty(), "{width}: {wide:?}");
        window.picture(&format!("97-call-begun-{width}")).await;
    }
    window.close().await;
}

#[tokio::test]
async fn on_the_advice_the_act_is_seen_first_and_each_ban_in_one_line_with_its_reason_behind_it() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    child(&window, "Bo Cardley", "6").await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    let said = [("harm", "yes"), ("behind", "home"), ("signs", "domestic"), ("asked", "unsafe")];
    answer(&window, &said, "").await;
    let act = "const inside = (e) => { const b = e?.getBoundingClientRect(); return !!b && b.top >= 0 && b.bottom <= innerHeight; };
        const bans = [...document.querySelectorAll('.sw-bans > li')];
        const titles = bans.map((one) => one.querySelector('strong'));
        return scrollY === 0 && inside(document.querySelector('.sw-outcome p:nth-of-type(2)')) && bans.length > 0 && titles.every(inside);";
    window.until("the act and every ban in the first window", act, vec![]).await;
    let folded = "const open = [...document.querySelectorAll('.sw-bans details')].map((one) => one.open);
        return open[0] === true && open.slice(1).every((one) => !one);";
    assert_eq!(window.script(folded, vec![]).await, Value::Bool(true));
    window.sound("98-advice-domestic").await;
    for (width, height) in [(640, 480), (320, 640)] {
        window.resize(width, height).await;
        let wide = window.too_wide().await;
        assert!(wide.is_empty(), "{width}: {wide:?}");
        window.picture(&format!("99-advice-domestic-{width}")).await;
    }
    window.close().await;
}
