//! An agency's own protocol: its key added, its signed file looked at and taken into use, its question asked in the
//! write-up of a decision, its numbers in the library.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use sharewell_window::guided::{answer, child};
use sharewell_window::{Driver, Start, repository};

/// Runs `sharewellctl`; gives what it printed as JSON.
fn ctl(arguments: &[&str]) -> serde_json::Value {
    let program = std::env::var_os("SHAREWELL_CTL").expect("`cargo xtask test` tells SHAREWELL_CTL");
    let output = Command::new(program).arg("--json").args(arguments).output().expect("sharewellctl starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// The invented protocol, written for England's guidance as the program carries it.
fn protocol(to: &Path) {
    let shown = ctl(&["pack", "show", "england@2024-05"]);
    let hash = shown["pack"]["hash"].as_str().expect("a pack has a hash").to_owned();
    let from = repository().join("tests/fixtures/overlay/fablewell");
    std::fs::create_dir_all(to.join("text")).unwrap();
    for file in ["overlay.toml", "steps.toml", "outcomes.toml", "library.toml", "text/en.toml"] {
        let text = std::fs::read_to_string(from.join(file)).unwrap().replace(&"0".repeat(64), &hash);
        std::fs::write(to.join(file), text).unwrap();
    }
}

#[tokio::test]
async fn an_agencys_protocol_is_taken_into_use_and_asked() {
    let root = tempfile::tempdir().unwrap();
    let (folder, key) = (root.path().join("fablewell"), root.path().join("agency.key"));
    protocol(&folder);
    let text = |path: &Path| path.to_str().expect("a plain path").to_owned();
    let made = ctl(&["pack", "keygen", "--out", &text(&key)]);
    let public = made["public_key"].as_str().expect("the public half").to_owned();
    let file = root.path().join("Fablewell.sharewell-pack");
    ctl(&["pack", "sign", &text(&folder), "--key", &text(&key), "--out", &text(&file)]);

    let start = Start::demo();
    let driver = Driver::start(start.with("SHAREWELL_SAVE_DIR", root.path()));
    let window = driver.open().await;
    window.until("Today", "return location.hash.startsWith('#/today');", vec![]).await;
    window.go("/settings/guidance").await;
    window.heading("Guidance").await;
    window.press("Install a pack from a file").await;
    window.see("No key that this program knows").await;
    window.sound("110-overlay-unknown").await;
    window.press("Add an agency’s signing key").await;
    window.fill("The signing key", "not a key").await;
    window.fill("Whose key is it?", "Fablewell partnership").await;
    window.press("Add the key").await;
    window.see("This is not a signing key").await;
    window.sound("111-overlay-bad-key").await;
    window.fill("The signing key", &public).await;
    window.press("Add the key").await;
    window.see("Key added").await;
    window.press("Install a pack from a file").await;
    window.see("Your agency’s protocol: fablewell@2026-11").await;
    window.press("Duties: 2 new").await;
    window.see("Within 4 hours").await;
    window.sound("112-overlay-preview").await;
    window.press("Use this protocol").await;
    window.see("Laid over it: Fablewell's own protocol").await;
    window.sound("113-overlay-in-use").await;

    child(&window, "Kit Overlayley", "9").await;
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
    answer(&window, &[("harm", "yes"), ("signs", "injury-neglect"), ("fablewell-reference", "no")], "").await;
    // The call may be answered within its four hours: it is not chased before.
    assert!(!window.shows("ask for a reference number").await);
    window.see("England 2024-05 + fablewell 2026-11").await;
    window.sound("114-overlay-advice").await;
    window.go("/library/england/read/fablewell-contacts").await;
    window.heading("Who to call in Fablewell").await;
    window.see("01632 960702").await;

    window.go("/settings/guidance").await;
    window.press("Take out of use").await;
    window.fill("Why do you take it out of use?", "Only tried out").await;
    window.press("Take out of use").await;
    window.see("serves alone").await;
    window.sound("115-overlay-gone").await;
    window.close().await;
}
