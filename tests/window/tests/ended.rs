//! The end of use: what would be gone stands first, nothing is ended by a slip, and what stays is a certificate that anyone
//! can verify.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use sharewell_window::families::{PASSPHRASE, one, sharewellctl, unlocked};
use sharewell_window::{Driver, Start};

#[tokio::test]
async fn a_vault_ends_in_the_window_only_once_everything_was_said_and_leaves_a_certificate() {
    let root = tempfile::tempdir().unwrap();
    let saved = root.path().join("saved");
    std::fs::create_dir(&saved).unwrap();
    let vault = one(root.path());
    let driver = Driver::start(Start::vault(&vault).with("SHAREWELL_SAVE_DIR", &saved));
    let window = unlocked(&driver).await;

    window.go("/settings").await;
    window.heading("Settings").await;
    window.see("When you leave, or give this laptop back").await;
    window.go("/settings/end").await;
    window.heading("End of use").await;
    window.see("would be gone").await;
    window.fits("150-end-first").await;
    window.press("Choose the folder").await;
    window.see("Destroy the keys and end this vault").await;
    window.fits("151-end-form").await;

    // Whoever presses by a slip ends nothing, and is told all that is missing.
    window.press("Destroy the keys and end this vault").await;
    window.see("to put right").await;
    window.see("Say why").await;
    window.sound("152-end-refused").await;
    window.choose("Nothing in it is about anybody").await;
    window.fill("Your passphrase, once more", "another one altogether").await;
    window.fill("Type: end this vault", "end this vault").await;
    window.press("Destroy the keys and end this vault").await;
    window.see("One thing to put right").await;
    assert!(vault.join("vault.keys").is_file(), "a wrong passphrase ends nothing");

    window.choose("Destroy the backups").await;
    window.fill("Your passphrase, once more", PASSPHRASE).await;
    window.press("Destroy the keys and end this vault").await;
    window.see("This vault has ended").await;
    window.fits("153-ended").await;
    assert!(!vault.join("vault.keys").exists() && !vault.join("vault.db").exists());
    let certificates: Vec<PathBuf> =
        std::fs::read_dir(&saved).unwrap().map(|file| file.unwrap().path()).collect();
    let [certificate] = certificates.as_slice() else { panic!("one certificate: {certificates:?}") };
    let said = sharewellctl(PASSPHRASE, &["end", "verify", &certificate.to_string_lossy()]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));

    window.press("Leave this page").await;
    window.heading("Who are you?").await;
    window.close().await;
}
