//! A decision against the advice, countersigned between two vaults: two laptops, two files, one code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use sharewell_window::families::{made, unlocked};
use sharewell_window::guided::{answer, child, sign_off};
use sharewell_window::{Driver, Start, Window};

const ENDING: &str = "sharewell-countersign";

/// A laptop: a sample vault and the folder in which its files are saved.
struct Laptop {
    vault: PathBuf,
    saved: PathBuf,
}

impl Laptop {
    fn new(root: &Path, name: &str, seed: &str) -> Self {
        let laptop = Self { vault: root.join(format!("{name}-vault")), saved: root.join(name) };
        std::fs::create_dir(&laptop.saved).unwrap();
        made(&laptop.vault, &["--cases", "1", "--seed", seed]);
        laptop
    }

    async fn open(&self) -> (Driver, Window) {
        let driver = Driver::start(Start::vault(&self.vault).with("SHAREWELL_SAVE_DIR", &self.saved));
        let window = unlocked(&driver).await;
        window.at("/today").await;
        (driver, window)
    }

    /// The one file that was saved here, as it travels.
    fn sent(&self, begins: &str) -> PathBuf {
        let mut files = std::fs::read_dir(&self.saved).unwrap().map(|file| file.unwrap().path());
        let named = |path: &PathBuf| {
            path.extension().is_some_and(|ending| ending == ENDING)
                && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(begins))
        };
        files.find(named).expect("the file was saved")
    }
}

fn send(file: &Path, to: &Laptop) {
    // Read from the folder that the driven window looks into; the latest one is taken.
    std::fs::copy(file, to.saved.join(file.file_name().unwrap())).unwrap();
}

async fn script_text(window: &Window, script: &str) -> String {
    window.script(script, vec![]).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_decision_is_countersigned_between_two_vaults() {
    let root = tempfile::tempdir().unwrap();
    let asker = Laptop::new(root.path(), "asker", "11");
    let lead = Laptop::new(root.path(), "lead", "12");

    // The asker holds, against the advice, and asks.
    let (driver, window) = asker.open().await;
    child(&window, "Kit Heldley", "9").await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(&window, &[("harm", "yes"), ("signs", "domestic")], "").await;
    window.press("Decide otherwise").await;
    window.pick("otherwise-kind", "hold-and-seek-advice").await;
    window.fill_id("otherwise-reason", "The police asked us to wait until tonight.").await;
    window.see("will be asked to countersign today").await;
    window.press("Decide this").await;
    window.heading("Check your answers").await;
    // Where nothing is shared, no ground is asked for.
    let ground = "return !document.getElementById('power');";
    window.until("no ground", ground, vec![]).await;
    window.press("Go through a checklist").await;
    window.select("list", "Ten steps").await;
    window.press("Go through it").await;
    window.pick("list-0-0", "yes").await;
    window.fill_id("list-0-0-words", "Talked over with the police").await;
    window.sound("89-countersign-ground").await;
    sign_off(&window).await;
    window.see("Talked over with the police").await;
    let decision = window.address().await;
    window.see("still has to countersign").await;
    window.sound("90-countersign-wanted").await;
    window.press("Ask for the countersignature").await;
    window.heading("Ask for a countersignature").await;
    window.sound("91-countersign-ask").await;
    window.press("Save the file to send").await;
    window.see("The code to read out").await;
    window.sound("92-countersign-code").await;
    let code = script_text(
        &window,
        "return [...document.querySelectorAll('.sw-code li')].map((e) => e.innerText.trim()).join(' ');",
    )
    .await;
    assert_eq!(code.len(), 19, "four groups of four: {code}");
    window.close().await;
    drop(driver);
    send(&asker.sent("Decision"), &lead);

    // The lead reads it on another laptop, and agrees.
    let (driver, window) = lead.open().await;
    window.go("/settings/details").await;
    window.fill("Your full name", "Ada Countersley").await;
    window.fill("What changed?", "This is the lead's laptop").await;
    window.press("Save").await;
    window.see("Ada Countersley").await;
    window.go("/handover").await;
    window.press("Open their file").await;
    window.heading("Countersign a decision").await;
    window.press("Open it").await;
    window.see("Choose the file that they sent you").await;
    window.sound("93-countersign-empty").await;
    window.press("Choose their file").await;
    window.see("to countersign.sharewell-countersign").await;
    window.fill("The code that they read out", "AAAA BBBB CCCC DDDD").await;
    window.press("Open it").await;
    window.see("This code does not open the file").await;
    window.fill("The code that they read out", &code.to_lowercase()).await;
    window.press("Open it").await;
    window.see("The police asked us to wait until tonight.").await;
    window.see("Kit Heldley").await;
    window.sound("94-countersign-read").await;
    window.press("Sign, and save the answer").await;
    window.see("Say whether you agree").await;
    window.pick("verdict", "disagrees").await;
    window.press("Sign, and save the answer").await;
    window.see("Say why you do not agree").await;
    window.sound("95-countersign-why").await;
    window.pick("verdict", "agrees").await;
    window.fill_id("words", "I rang the police myself: they confirmed it.").await;
    window.press("Sign, and save the answer").await;
    window.see("Your answer is signed and saved").await;
    window.sound("96-countersign-said").await;
    assert!(!window.shows("Kit Heldley").await, "nothing of the child is left");
    window.close().await;
    drop(driver);
    send(&lead.sent("Answer"), &asker);

    // The asker takes the answer in.
    let (_driver, window) = asker.open().await;
    window.go(&format!("{decision}/countersign")).await;
    window.press("Choose the answer they sent").await;
    window.see("Ada Countersley").await;
    window.sound("97-countersign-answer").await;
    window.press("Take it in").await;
    window.see("The decision is countersigned").await;
    window.sound("98-countersign-taken").await;
    window.go(&decision).await;
    window.see("I rang the police myself").await;
    assert!(!window.shows("still has to countersign").await, "the duty is closed");
    window.sound("99-countersigned").await;
    window.close().await;
}
