//! One window a vault: a second start gives way to the first, and where the two cannot see each other the
//! vault's own lock keeps the second one out until the first has ended.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use sharewell_window::families::sharewellctl;
use sharewell_window::{Bus, Desk, Driver, Process, Program, Start};

/// The sample vault's passphrase, which is no secret.
const PASSPHRASE: &str = "fictional families for trying out";

fn pages(desk: &Desk) -> Vec<Process> {
    desk.processes().into_iter().filter(|process| process.name.starts_with("WebKitWebProces")).collect()
}

/// The program with an open vault, in its shipped mode, and the vault's folder.
fn first_start(desk: &Desk, bus: &Bus) -> (Program, PathBuf) {
    let first = desk.start(bus, "first", &["--demo".as_ref()], &[]);
    desk.until("the first window", || (pages(desk).len() == 1).then_some(()));
    let vaults = desk.sample_vaults();
    assert_eq!(vaults.len(), 1, "the first start made its vault");
    (first, vaults[0].clone())
}

/// Exit status and words of `sharewellctl vault verify`.
fn verify(vault: &Path) -> (Option<i32>, String) {
    let at = vault.to_string_lossy();
    let output = sharewellctl(PASSPHRASE, &["vault", "verify", "--vault", &at]);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_second_start_ends_by_itself_and_the_first_keeps_the_vault() {
    let desk = Desk::new();
    let bus = desk.bus();
    let (mut first, vault) = first_start(&desk, &bus);
    let mut second = desk.start(&bus, "second", &["--demo".as_ref(), "--vault".as_ref(), &vault], &[]);
    let status = desk.until("the end of the second start", || second.ended());
    assert_eq!(status, 0, "a second start is no mistake:\n{}", desk.logs());
    assert_eq!(first.ended(), None, "the first goes on");
    let open: Vec<Process> =
        desk.processes().into_iter().filter(|p| p.name.starts_with("sharewell")).collect();
    assert_eq!(
        open.iter().map(|p| p.pid).collect::<Vec<_>>(),
        [first.pid()],
        "one process is left: {open:?}"
    );
    assert_eq!(pages(&desk).len(), 1, "and one window");
    let (status, said) = verify(&vault);
    assert_ne!(status, Some(0), "the first still holds the vault: {said}");
    assert!(said.contains("Another program has this vault open"), "and another program is told so: {said}");
    first.end();
}

#[tokio::test]
async fn a_second_process_in_another_session_is_kept_out_until_the_first_has_ended() {
    let desk = Desk::new();
    let bus = desk.bus();
    let (mut first, vault) = first_start(&desk, &bus);
    let elsewhere = Desk::new();
    let other = elsewhere.bus();
    let mut start = Start::vault(&vault).with("DBUS_SESSION_BUS_ADDRESS", other.address());
    start.environment.extend(elsewhere.surroundings());
    let driver = Driver::start(start);
    let window = driver.open().await;
    window.see("Unlock").await;
    window.fill("Passphrase", PASSPHRASE).await;
    window.press("Unlock").await;
    window.see("Another Sharewell window has this vault open").await;
    window.sound("70-vault-in-use").await;
    assert!(!window.shows("Children").await, "nothing is opened");
    assert_eq!(first.ended(), None, "the first goes on");
    first.end();
    let (status, said) = verify(&vault);
    assert_eq!(status, Some(0), "the vault is whole after the clash: {said}");
    println!("{}", said.trim());
    window.fill("Passphrase", PASSPHRASE).await;
    window.press("Unlock").await;
    window.see("Children").await;
    window.close().await;
}
