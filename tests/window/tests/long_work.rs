//! Long work in the real window: it holds up neither an answer nor a lock, it can be stopped, and cut off it leaves
//! no half file and tells of nothing that was not done.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use sharewell_window::families::{made, unlocked};
use sharewell_window::{Driver, Start, Window};

/// A key whose other half nobody has.
const RECIPIENT: &str = "age13clrjf5rsqkafa4njvrzy3sxvhetu3jf83xyuh2lh2mtl84y64usst87h7";
/// So many statements that a check takes several seconds, in so many files that the page of one still opens at once.
const NOTES: &str = "60000";
const CASES: &str = "12";

/// The folders of this test: the vault, where the window saves to, and where it puts what is temporary.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["saved", "tmp"] {
            std::fs::create_dir(place.at(name)).unwrap();
        }
        made(&place.at("vault"), &["--cases", CASES, "--notes", NOTES, "--seed", "7"]);
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self) -> Driver {
        let start = Start::vault(&self.at("vault"));
        Driver::start(start.with("SHAREWELL_SAVE_DIR", self.at("saved")).with("TMPDIR", self.at("tmp")))
    }

    /// Nothing stands where files are saved, under any name, and no paper and no handover where temporary ones do.
    fn nothing_was_written(&self) {
        let saved = files(&self.at("saved"));
        assert!(saved.is_empty(), "a half file was left: {saved:?}");
        for file in files(&self.at("tmp")) {
            let bytes = std::fs::read(&file).unwrap_or_default();
            let ours = [&b"%PDF"[..], b"age-encryption"].iter().any(|mark| bytes.starts_with(mark));
            assert!(!ours, "{} holds what was being written", file.display());
        }
    }
}

fn files(below: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(below).into_iter().flatten().flatten() {
        if entry.path().is_dir() { all.extend(files(&entry.path())) } else { all.push(entry.path()) }
    }
    all
}

/// Whether work of a kind runs, as the shell itself says.
async fn runs(window: &Window, kind: &str) -> bool {
    let ask = "window.asked = null;
        window.__TAURI_INTERNALS__.invoke('work_progress', { kind: arguments[0] })
          .then((view) => { window.asked = view ? 'runs' : 'none'; });
        return true;";
    window.script(ask, vec![kind.into()]).await;
    window.until("what the shell says of its work", "return window.asked;", vec![]).await == "runs"
}

/// Waits until the page shows how far the work is.
async fn progress(window: &Window) {
    window.until("how far it is", "return !!document.querySelector('[role=progressbar]');", vec![]).await;
}

/// Waits until the page shows how far it is of how much: what had to be written first is written by then.
async fn under_way(window: &Window) {
    let share = "return !!document.querySelector('[role=progressbar][aria-valuenow]');";
    window.until("how much there is to do", share, vec![]).await;
}

/// Locks in the middle of work of a kind, and opens again in a fresh program, as a person would.
async fn lock_in_the_middle(place: &Place, window: Window, driver: Driver, kind: &str) -> (Driver, Window) {
    assert!(runs(&window, kind).await, "the work still runs when the vault locks");
    window.lock_by_key().await;
    window.ended().await;
    window.close().await;
    drop(driver);
    let driver = place.start();
    let window = unlocked(&driver).await;
    (driver, window)
}

#[tokio::test]
async fn long_work_holds_up_no_answer_and_no_lock_and_cut_off_leaves_nothing_false() {
    let place = Place::new();
    let driver = place.start();
    let window = unlocked(&driver).await;

    // A decision is begun: its first question is what is answered meanwhile.
    window.go("/children").await;
    window.heading("Children").await;
    let child = "const a = [...document.querySelectorAll('main a')].find((a) => /^#\\/children\\/[0-9a-f-]{36}$/.test(a.getAttribute('href')));
        return a && a.getAttribute('href').slice(1);";
    let child = window.until("a child's file", child, vec![]).await;
    let child = child.as_str().unwrap().to_owned();
    window.go(&child).await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    window.at("/question/danger").await;
    let question = window.address().await;

    // Stopped by its button, it says so, and that nothing was found is not said.
    window.go("/settings/check").await;
    window.heading("Check the vault").await;
    window.press("Check now").await;
    progress(&window).await;
    window.press("Stop. Nothing is lost").await;
    window.see("You stopped it. Nothing is left half done.").await;
    assert!(!runs(&window, "check").await);
    assert!(!window.shows("All is well").await, "a check that was stopped says nothing of the vault");
    window.sound("80-check-stopped").await;

    // Begun again; meanwhile a question is answered, and its answer is in the vault.
    window.press("Check now").await;
    progress(&window).await;
    window.sound("81-check-runs").await;
    window.go(&question).await;
    window.pick("answer", "no").await;
    window.press("Save and continue").await;
    window.at("/question/harm").await;
    let (driver, window) = lock_in_the_middle(&place, window, driver, "check").await;
    window.go(&question).await;
    let kept =
        "const no = document.querySelector('input[name=answer][value=no]'); return !!no && no.checked;";
    window.until("the answer that was given while the check ran", kept, vec![]).await;

    // A handover is frozen, its file is not written, and nobody is told that it was.
    window.go("/handover").await;
    window.heading("Hand over").await;
    window.fill_id("key", RECIPIENT).await;
    window.fill("Whose key is it?", "Northmere records team").await;
    window.press("Add the key").await;
    window.see("Key added").await;
    window.choose("Northmere records team").await;
    window.press("Tick all that wait").await;
    window.press("Save the handover file").await;
    under_way(&window).await;
    let (driver, window) = lock_in_the_middle(&place, window, driver, "handover").await;
    place.nothing_was_written();
    window.go("/handover").await;
    window.see("Handovers made").await;
    window.see("Its file was not written").await;
    for false_words in ["The handover file is saved", "entries handed over", "Check value (SHA-256)"] {
        assert!(!window.shows(false_words).await, "the page says {false_words:?}: {}", window.text().await);
    }
    window.sound("82-handover-cut-off").await;

    // A child's file as PDF.
    window.go(&child).await;
    window.press("Save as PDF").await;
    progress(&window).await;
    let (_driver, window) = lock_in_the_middle(&place, window, driver, "paper").await;
    place.nothing_was_written();
    window.go(&child).await;
    window.see("Save as PDF").await;
    assert!(!window.shows("Saved as").await, "{}", window.text().await);
    window.close().await;
}
