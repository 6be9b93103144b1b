//! A vault of made-up families that stays where it is when the program ends, as `sharewellctl sample` makes it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::driver::wanted;
use crate::{Driver, Window};

/// No secret: it opens the sample vaults of tests alone.
pub const PASSPHRASE: &str = "four grey ponds freeze gently";

/// Runs `sharewellctl` with the passphrase of the sample vaults, or another.
pub fn sharewellctl(passphrase: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let secret = folder.path().join("passphrase");
    std::fs::write(&secret, passphrase).expect("a file can be written");
    std::fs::set_permissions(&secret, Permissions::from_mode(0o600)).expect("it can be private");
    let mut command = Command::new(wanted("SHAREWELL_CTL"));
    command.args(arguments).env("SHAREWELL_PASSPHRASE_FILE", &secret);
    command.output().expect("sharewellctl starts")
}

/// Makes the vault at `vault`; `options` as `sharewellctl sample` takes them.
///
/// # Panics
/// Where it could not be made.
pub fn made(vault: &Path, options: &[&str]) -> PathBuf {
    let at = vault.to_string_lossy();
    let made = sharewellctl(PASSPHRASE, &[&["sample", "--vault", &at][..], options].concat());
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    vault.to_owned()
}

/// Of one family, in `folder/vault`.
pub fn one(folder: &Path) -> PathBuf {
    made(&folder.join("vault"), &["--cases", "1", "--seed", "7"])
}

/// Types the passphrase, and waits until the vault is open.
pub async fn unlock(window: &Window) {
    window.heading("Unlock").await;
    window.fill("Passphrase", PASSPHRASE).await;
    window.press("Unlock").await;
    window.until("an open vault", "return location.hash.startsWith('#/');", vec![]).await;
}

/// A window with the vault open.
pub async fn unlocked(driver: &Driver) -> Window {
    let window = driver.open().await;
    unlock(&window).await;
    window
}

/// Opens the first file of the list and gives its address.
pub async fn first_file(window: &Window) -> String {
    window.go("/children").await;
    let open = "const link = document.querySelector('main a[href*=\"#/children/\"]:not([href$=new])'); link?.click(); return !!link;";
    window.until("the first child", open, vec![]).await;
    let there = "return /^#\\/children\\/[0-9a-f-]{36}/.test(location.hash);";
    window.until("a file", there, vec![]).await;
    window.address().await
}
