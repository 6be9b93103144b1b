//! Settings, and who the practitioner is. What the lock screen needs stands beside the vault in the clear: how the window looks, and
//! nothing of a case. The time until the vault locks stands inside, where nobody else can change it.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sharewell_records::{Moment, Payload, Practitioner};
use sharewell_vault::{Reader, Vault, practitioner};

use crate::error::{Error, Problem, Result};
use crate::views::{NewPractitioner, Settings};
use crate::{emergency, input, keep, state, store};

const KEY: &str = "state:settings";
const WHAT: &str = "settings";
/// The plain file in the vault's folder.
const FILE: &str = "window.json";
/// The most bytes of the plain file that are looked at.
const LIMIT: u64 = 4096;
const THEMES: [&str; 4] = ["system", "light", "dark", "contrast"];

/// How the window looks while the vault is locked.
#[derive(Debug, Serialize, Deserialize)]
struct Plain {
    theme: String,
    shortcuts: bool,
}

fn default() -> Settings {
    Settings { lock_minutes: 5, theme: "system".to_owned(), shortcuts: true }
}

/// The plain part; the default where the file is missing or not readable.
pub(crate) fn plain(dir: &Path) -> Settings {
    let read = || -> Option<Plain> {
        let path = dir.join(FILE);
        if std::fs::metadata(&path).ok()?.len() > LIMIT {
            return None;
        }
        serde_json::from_slice(&std::fs::read(path).ok()?).ok()
    };
    match read() {
        Some(plain) if THEMES.contains(&plain.theme.as_str()) => {
            Settings { theme: plain.theme, shortcuts: plain.shortcuts, ..default() }
        }
        Some(_) | None => default(),
    }
}

/// The settings of an open vault.
///
/// # Errors
/// [`Error::Stored`] where they are there and cannot be read.
pub(crate) fn of(r: &Reader<'_>, dir: &Path) -> Result<Settings> {
    Ok(state::read(r, KEY, WHAT)?.unwrap_or_else(|| plain(dir)))
}

/// Keeps the settings.
///
/// # Errors
/// [`Error::Field`] for a value that is not offered; [`Error::NotWritten`].
pub fn save_settings(vault: &mut Vault, settings: &Settings, now: Moment) -> Result<()> {
    if !(1..=30).contains(&settings.lock_minutes) {
        return Err(Error::field("lock_minutes", Problem::NotAnOption));
    }
    if !THEMES.contains(&settings.theme.as_str()) {
        return Err(Error::field("theme", Problem::NotAnOption));
    }
    store::keep(vault, &state::values(KEY, WHAT, settings, now)?)?;
    let plain = Plain { theme: settings.theme.clone(), shortcuts: settings.shortcuts };
    let bytes = serde_json::to_vec(&plain).map_err(|_| Error::Stored { what: "settings" })?;
    keep::bytes(&vault.dir().join(FILE), &bytes)
}

/// Corrects the practitioner's details. The numbers on the lock screen follow.
///
/// # Errors
/// [`Error::Field`] for what is not as it must be.
pub fn save_practitioner(vault: &mut Vault, typed: NewPractitioner, reason: &str, now: Moment) -> Result<()> {
    // A change of a number is its own reason; a text is checked and needs not be there.
    input::text(reason, "reason")?;
    let before = store::read(vault, |r| Ok(practitioner::current(r)?))?;
    let changed: Practitioner = input::practitioner(before.record.id, &typed)?;
    let numbers = emergency::as_kept(&changed);
    store::write(vault, now, |w| {
        w.append(None, &Payload::PractitionerRecorded { practitioner: changed }, &[before.entry])?;
        Ok(())
    })?;
    Ok(vault.set_emergency_numbers(numbers)?)
}
