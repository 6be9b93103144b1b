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
use crate::views::{NewPractitioner, Resize, Settings, Theme};
use crate::{agency, emergency, input, keep, state, store};

const WHAT: &str = "settings";
/// The plain file in the vault's folder.
const FILE: &str = "window.json";
/// The most bytes of the plain file that are looked at.
const LIMIT: u64 = 4096;

/// The sizes of text there are, in hundredths of the usual one.
const TEXT_SIZES: [u16; 10] = [100, 110, 125, 150, 175, 200, 250, 300, 350, 400];

/// How the window looks while the vault is locked.
#[derive(Debug, Serialize, Deserialize)]
struct Plain {
    theme: Theme,
    shortcuts: bool,
    #[serde(default)]
    language: String,
    #[serde(default)]
    text_size: u16,
    #[serde(default = "protected")]
    screen_protected: bool,
}

fn protected() -> bool {
    true
}

impl From<&Settings> for Plain {
    fn from(settings: &Settings) -> Self {
        Self {
            theme: settings.theme,
            shortcuts: settings.shortcuts,
            language: settings.language.clone(),
            text_size: settings.text_size,
            screen_protected: settings.screen_protected,
        }
    }
}

/// The nearest size there is.
fn offered(size: u16) -> u16 {
    TEXT_SIZES.into_iter().min_by_key(|one| one.abs_diff(size)).unwrap_or(TEXT_SIZES[0])
}

/// The size of text after a step.
#[must_use]
pub fn resized(now: u16, how: Resize) -> u16 {
    let now = offered(now);
    match how {
        Resize::Larger => TEXT_SIZES.into_iter().find(|size| *size > now).unwrap_or(now),
        Resize::Smaller => TEXT_SIZES.into_iter().rev().find(|size| *size < now).unwrap_or(now),
        Resize::Usual => TEXT_SIZES[0],
    }
}

/// Keeps the size of text for the next start. Nothing is written where there is no vault yet, or where one is only
/// looked at.
///
/// # Errors
/// [`Error::NotWritten`].
pub fn keep_text_size(dir: &Path, vault: Option<&Vault>, size: u16) -> Result<()> {
    let kept = plain(dir);
    if !Vault::exists(dir) || vault.is_some_and(Vault::is_looked_at) || kept.text_size == size {
        return Ok(());
    }
    write_plain(dir, &Settings { text_size: size, ..kept })
}

fn write_plain(dir: &Path, settings: &Settings) -> Result<()> {
    let bytes = serde_json::to_vec(&Plain::from(settings)).map_err(|_| Error::Stored { what: "settings" })?;
    keep::bytes(&dir.join(FILE), &bytes)
}

/// The plain part; the default where the file is missing or not readable.
#[must_use]
pub fn plain(dir: &Path) -> Settings {
    let read = || -> Option<Plain> {
        let path = dir.join(FILE);
        if std::fs::metadata(&path).ok()?.len() > LIMIT {
            return None;
        }
        serde_json::from_slice(&std::fs::read(path).ok()?).ok()
    };
    match read() {
        Some(Plain { theme, shortcuts, language, text_size, screen_protected }) => Settings {
            theme,
            shortcuts,
            language,
            text_size: offered(text_size),
            screen_protected,
            ..Settings::default()
        },
        None => Settings::default(),
    }
}

/// The settings of an open vault.
///
/// # Errors
/// [`Error::Stored`] where they are there and cannot be read.
pub(crate) fn of(r: &Reader<'_>, dir: &Path) -> Result<Settings> {
    let beside = plain(dir);
    let text_size = beside.text_size;
    let kept: Settings = state::read(r, SETTINGS, WHAT)?.unwrap_or(beside);
    // The agency's limit counts at once, also for a longer time that was chosen before.
    let lock_minutes =
        agency::most_lock_minutes(r)?.map_or(kept.lock_minutes, |most| kept.lock_minutes.min(most));
    Ok(Settings { text_size, lock_minutes, ..kept })
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
    form.fault_if(!TEXT_SIZES.contains(&settings.text_size), "text_size", Problem::NotAnOption);
    form.end(|| Some(()))?;
    store::keep(vault, &state::values(SETTINGS, WHAT, settings, now)?)?;
    write_plain(vault.dir(), settings)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_to_four_times_its_size_in_steps_and_comes_back() {
        let mut size = Settings::default().text_size;
        let mut steps = 0;
        while resized(size, Resize::Larger) > size {
            size = resized(size, Resize::Larger);
            steps += 1;
        }
        assert_eq!((size, steps), (400, 9));
        for _ in 0..steps {
            size = resized(size, Resize::Smaller);
        }
        assert_eq!(size, 100);
        assert_eq!(resized(100, Resize::Smaller), 100);
        assert_eq!(resized(350, Resize::Usual), 100);
        assert_eq!(resized(0, Resize::Larger), 110, "what is not offered is the nearest that is");
        assert_eq!(resized(u16::MAX, Resize::Larger), 400);
    }
}
