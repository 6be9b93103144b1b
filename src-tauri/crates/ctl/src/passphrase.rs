//! The passphrase: asked for at the terminal without showing it, or from a file for scripts.
//!
//! Never from an argument or a variable of its own: both are visible to other processes.

use std::io::{ErrorKind, IsTerminal, Read};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::error::{Error, kind_words};
use crate::say;

/// Names the file in whose first line the passphrase stands.
const FILE: &str = "SHAREWELL_PASSPHRASE_FILE";
/// The longest first line that is looked at, in bytes.
const LONGEST: usize = 4096;

/// The passphrase of a vault that is there.
pub fn of(vault: &Path) -> Result<SecretString, Error> {
    match std::env::var_os(FILE) {
        Some(path) => from_file(Path::new(&path)),
        None => ask(&format!("Passphrase of {}: ", vault.display())),
    }
}

/// The passphrase of a backup, or its recovery code.
pub fn of_backup(backup: &Path) -> Result<SecretString, Error> {
    match std::env::var_os(FILE) {
        Some(path) => from_file(Path::new(&path)),
        None => ask(&format!("Passphrase or recovery code of {}: ", backup.display())),
    }
}

/// The passphrase of a vault that is to be made; asked for twice.
pub fn new(vault: &Path) -> Result<SecretString, Error> {
    if let Some(path) = std::env::var_os(FILE) {
        return from_file(Path::new(&path));
    }
    let first = ask(&format!("New passphrase for {}: ", vault.display()))?;
    let again = ask("The same again: ")?;
    if first.expose_secret() == again.expose_secret() { Ok(first) } else { Err(Error::PassphrasesDiffer) }
}

fn ask(prompt: &str) -> Result<SecretString, Error> {
    // With its input redirected, a script would otherwise wait for a person who is not there.
    if !std::io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    rpassword::prompt_password(prompt).map(SecretString::from).map_err(|_| Error::NoTerminal)
}

fn from_file(path: &Path) -> Result<SecretString, Error> {
    let bad = |why: String| Error::PassphraseFile { path: path.display().to_string(), why };
    let io = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => bad("is not there".to_owned()),
        kind => bad(format!("cannot be read ({})", kind_words(kind))),
    };
    let file = std::fs::File::open(path).map_err(io)?;
    let about = file.metadata().map_err(io)?;
    if about.is_dir() {
        return Err(bad("is a folder".to_owned()));
    }
    warn_where_others_can_read(path, &about);
    // Room for all that is read, so that nothing is left behind by a buffer that grows.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 2));
    file.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > LONGEST {
        return Err(bad(format!("has a first line of more than {LONGEST} bytes")));
    }
    let text = std::str::from_utf8(line).map_err(|_| bad("is not UTF-8 text".to_owned()))?;
    if text.is_empty() {
        return Err(bad("has an empty first line".to_owned()));
    }
    Ok(SecretString::from(text))
}

#[cfg(unix)]
fn warn_where_others_can_read(path: &Path, about: &std::fs::Metadata) {
    use std::os::unix::fs::PermissionsExt;
    // A pipe or a device is nobody's to read later.
    if about.is_file() && about.permissions().mode() & 0o077 != 0 {
        say::tell(&format!(
            "Warning: others on this machine can read {}. Run: chmod 600 {}",
            path.display(),
            path.display()
        ));
    }
}

#[cfg(not(unix))]
fn warn_where_others_can_read(_path: &Path, _about: &std::fs::Metadata) {}
