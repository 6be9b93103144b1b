//! A program that is ended in the middle of a word, with no time to save: in an emergency, nobody types again what
//! they have typed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use sharewell_window::families::{one, unlocked};
use sharewell_window::wait::PATIENCE;
use sharewell_window::{Driver, Start, Window};

/// For how long somebody types without a pause.
const TYPING: Duration = Duration::from_secs(5);
/// Somebody who waits this long has paused, and proves nothing: a pause is when everything is saved.
const PAUSE: Duration = Duration::from_millis(400);
/// What may be lost, as is promised.
const PROMISED: Duration = Duration::from_millis(500);
/// What any machine may take to write what was sent in time; one that is slow takes longer.
const SLACK: Duration = Duration::from_millis(1_000);

/// What was typed word by word.
struct Typed {
    /// When each word stood there.
    words: Vec<Instant>,
    /// How many of them came before the last pause, which the machine made.
    before: usize,
    /// The longest that the machine took for a word: how slow it is.
    slowest: Duration,
}

impl Typed {
    /// What this machine may take to write what was sent in time.
    fn slack(&self) -> Duration {
        SLACK.max(self.slowest * 4)
    }
}

/// Types words into the field that has the focus, until some [`TYPING`] went by without a pause. A machine that stands
/// still meanwhile makes a pause that nobody meant; then it is typed on.
async fn type_without_a_pause(window: &Window) -> Typed {
    let begun = Instant::now();
    let mut typed = Typed { words: Vec::new(), before: 0, slowest: Duration::ZERO };
    let (mut since, mut last) = (begun, begun);
    while since.elapsed() < TYPING + typed.slack() {
        assert!(begun.elapsed() < PATIENCE, "the machine never lets anybody type on for {TYPING:?}");
        window.keys(&format!("word{} ", typed.words.len())).await;
        let now = Instant::now();
        typed.slowest = typed.slowest.max(now - last);
        if now - last >= PAUSE {
            (since, typed.before) = (now, typed.words.len());
        }
        typed.words.push(now);
        last = now;
    }
    typed
}

/// Everything that was typed in time is there again.
fn all_but_the_last_half_second(typed: &Typed, killed: Instant, found: &str) {
    let in_time = typed.words.iter().take_while(|at| **at + PROMISED + typed.slack() <= killed).count();
    let words = typed.words.len();
    assert!(in_time > typed.before + 10, "{words} words were typed, {in_time} of them in time");
    let kept = found.split_whitespace().count();
    println!("typed {words} words, {in_time} in time, kept {kept}");
    let wanted: Vec<String> = (0..in_time).map(|word| format!("word{word}")).collect();
    assert!(found.starts_with(&wanted.join(" ")), "{in_time} words were typed in time; there is: {found}");
}

fn after<'a>(found: &'a str, begun: &str) -> &'a str {
    found.strip_prefix(begun).unwrap_or_else(|| panic!("what was typed first is there: {found}"))
}

#[tokio::test]
async fn what_is_typed_in_an_emergency_without_a_pause_outlives_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::vault(&one(folder.path()));

    let driver = Driver::start(start.clone());
    let window = unlocked(&driver).await;
    window.control('e').await;
    window.heading("Child in danger now").await;
    window.fill("Which child", "A boy at the bus stop").await;
    window.pick("safe", "yes").await;
    window.select("whom", "Somebody else").await;
    window.fill("What did you tell them?", "I said: ").await;
    let typed = type_without_a_pause(&window).await;
    driver.kill_program();
    let killed = Instant::now();
    window.close().await;
    drop(driver);

    let driver = Driver::start(start.clone());
    let window = unlocked(&driver).await;
    window.control('e').await;
    window.heading("Child in danger now").await;
    window.rest().await;
    all_but_the_last_half_second(
        &typed,
        killed,
        after(&window.value_of("What did you tell them?").await, "I said: "),
    );
    assert_eq!(window.value_of("Which child").await, "A boy at the bus stop");
    let chosen = "return document.querySelector('input[name=safe][value=yes]').checked
        && document.getElementById('whom').value === 'else' && !!document.getElementById('whom-else');";
    window.until("every choice as it was", chosen, vec![]).await;
    window.sound("63-danger-resumed").await;

    // Told, and now written up: the same there, with what was ticked and chosen.
    window.fill("Their name, post or number", "The duty desk").await;
    window.press("Save. I have told them").await;
    window.see("Told, and saved with the time").await;
    window.press("Write it up now").await;
    window.heading("Write up the emergency").await;
    let address = window.address().await;
    window.press("Save the write-up").await;
    window.see("to put right").await;
    window.sound("64-write-up-problems").await;
    window.choose("Someone who works or volunteers with children").await;
    let first =
        "const list = document.getElementById('file'); list.focus(); return list.options[1].innerText;";
    let child = window.until("a file to choose", first, vec![]).await;
    window.select("file", child.as_str().unwrap()).await;
    window.fill("Why could it not wait?", "I feared: ").await;
    let typed = type_without_a_pause(&window).await;
    driver.kill_program();
    let killed = Instant::now();
    window.close().await;
    drop(driver);

    let driver = Driver::start(start);
    let window = unlocked(&driver).await;
    window.go(&address).await;
    window.heading("Write up the emergency").await;
    window.rest().await;
    all_but_the_last_half_second(
        &typed,
        killed,
        after(&window.value_of("Why could it not wait?").await, "I feared: "),
    );
    let chosen = "return document.getElementById('staff').checked
        && document.getElementById('file').selectedOptions[0].innerText === arguments[0];";
    window.until("the file and the tick as they were", chosen, vec![child]).await;
    window.close().await;
}
