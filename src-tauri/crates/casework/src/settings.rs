//! Settings, and who the practitioner is. What the lock screen needs stands beside the vault in the clear: how the window looks, and
//! nothing of a case. The time until the vault locks stands inside, where nobody else can change it.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sharewell_documents::Language;
use sharewell_records::{Moment, Payload, Practitioner};
use sharewell_vault::{Reader, Vault, practitioner};

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::language::SETTINGS;
use crate::views::{NewPractitioner, Settings, Theme};
use crate::{emergency, input, keep, state, store};

const WHAT: &str = "settings";
/// The plain file in the vault's folder.
const FILE: &str = "window.json";
/// The most bytes of the plain file that are looked at.
const LIMIT: u64 = 4096;

/// How the window looks while the vault is locked.
#[derive(Debug, Serialize, Deserialize)]
struct Plain {
    theme: Theme,
    shortcuts: bool,
    #[serde(default)]
    language: String,
}

fn default() -> Settings {
    Settings { lock_minutes: 5, theme: Theme::System, shortcuts: true, language: String::new() }
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
        Some(Plain { theme, shortcuts, language }) => Settings { theme, shortcuts, language, ..default() },
        None => default(),
    }
}

/// The settings of an open vault.
///
/// # Errors
/// [`Error::Stored`] where they are there and cannot be read.
pub(crate) fn of(r: &Reader<'_>, dir: &Path) -> Result<Settings> {
    Ok(state::read(r, SETTINGS, WHAT)?.unwrap_or_else(|| plain(dir)))
}

/// The settings of an open vault.
///
/// # Errors
/// [`Error::Stored`] where they are there and cannot be read.
pub fn current(vault: &Vault) -> Result<Settings> {
    store::read(vault, |r| of(r, vault.dir()))
}

/// Keeps the settings.
///
/// # Errors
/// [`Error::Fields`] for a value that is not offered; [`Error::NotWritten`].
pub fn save_settings(vault: &mut Vault, settings: &Settings, now: Moment) -> Result<()> {
    let spoken = settings.language.is_empty() || Language::of(&settings.language).is_some();
    let mut form = Form::new();
    form.fault_if(!(1..=30).contains(&settings.lock_minutes), "lock_minutes", Problem::NotAnOption);
    form.fault_if(!spoken, "language", Problem::NotAnOption);
    form.end(|| Some(()))?;
    store::keep(vault, &state::values(SETTINGS, WHAT, settings, now)?)?;
    let plain =
        Plain { theme: settings.theme, shortcuts: settings.shortcuts, language: settings.language.clone() };
    let bytes = serde_json::to_vec(&plain).map_err(|_| Error::Stored { what: "settings" })?;
    keep::bytes(&vault.dir().join(FILE), &bytes)
}

/// Corrects the practitioner's details. The numbers on the lock screen follow.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be.
pub fn save_practitioner(vault: &mut Vault, typed: NewPractitioner, reason: &str, now: Moment) -> Result<()> {
    let before = store::read(vault, |r| Ok(practitioner::current(r)?))?;
    let mut form = Form::new();
    let changed = input::practitioner(&mut form, before.record.id, &typed);
    form.reason("reason", reason);
    let changed: Practitioner = form.end(|| changed)?;
    let numbers = emergency::as_kept(&changed);
    store::write(vault, now, |w| {
        w.append(None, &Payload::PractitionerRecorded { practitioner: changed }, &[before.entry])?;
        Ok(())
    })?;
    Ok(vault.set_emergency_numbers(numbers)?)
}
