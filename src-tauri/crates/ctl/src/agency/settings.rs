//! The settings that an agency writes, read, and made into a profile.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sharewell_casework::records::{
    AgencyBody, CopiesKept, CountersignRule, Day, Nation, Retention, WantedField,
};
use sharewell_exchange::profile::{AgencyProfile, Assurances, Keys, Officer, Overlay, RoleHolder, Service};

use super::refused::Refused;
use crate::error::Error;
use crate::pack_file::limited;

/// The most bytes of the settings.
const MOST_BYTES: u64 = 1024 * 1024;

/// Names that somebody would write who wants something to be in the way. There are none of them: the form of a profile
/// has no such word, and they are told apart from a slip so that it is said why.
const IN_THE_WAY: [&str; 10] =
    ["before", "required", "require", "mandatory", "must", "block", "blocks", "stop", "stops", "prevent"];

/// What an agency writes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    name: String,
    nation: Nation,
    body: AgencyBody,
    expires: Day,
    #[serde(default)]
    lock_minutes: Option<u8>,
    #[serde(default)]
    legal_hold: String,
    #[serde(default)]
    wanted: Vec<WantedField>,
    #[serde(default)]
    officer: Option<Officer>,
    #[serde(default)]
    front_door: Vec<Service>,
    #[serde(default)]
    adviser: Vec<Service>,
    #[serde(default)]
    retention: Vec<Retention>,
    #[serde(default)]
    copies: Option<CopiesKept>,
    #[serde(default)]
    countersign: Vec<CountersignRule>,
    #[serde(default)]
    overlay: Option<PathBuf>,
    #[serde(default)]
    assurances: Assurances,
}

/// What a profile has beside its settings.
pub struct Rest {
    pub agency: uuid::Uuid,
    pub serial: u32,
    pub issued: Day,
    pub keys: Keys,
    pub people: Vec<RoleHolder>,
    pub overlay: Option<Overlay>,
}

impl Settings {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Refused::WouldBlock`], [`Refused::Settings`] with the line; never what stood there.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let bytes = limited(path, MOST_BYTES)?;
        let place = |line: usize| format!("{}:{line}", path.display());
        let settings = |line, why: &str| Refused::Settings { place: place(line), why: why.to_owned() };
        let text = std::str::from_utf8(&bytes).map_err(|_| settings(1, "it is not UTF-8 text"))?;
        let table: toml::Table = toml::from_str(text)
            .map_err(|error| settings(line_of(text, &error), "it is not TOML from here on"))?;
        if let Some(name) = in_the_way(&toml::Value::Table(table)) {
            let line = text.lines().position(|line| writes(line, &name)).map_or(1, |at| at + 1);
            return Err(Refused::WouldBlock { place: format!("{}: {name}", place(line)) }.into());
        }
        toml::from_str(text).map_err(|error| {
            Refused::Settings { place: place(line_of(text, &error)), why: why(&error) }.into()
        })
    }

    /// The folder of the agency's own protocol, seen from the settings.
    pub fn overlay(&self, from: &Path) -> Option<PathBuf> {
        let folder = self.overlay.as_ref()?;
        Some(from.parent().unwrap_or(Path::new("")).join(folder))
    }

    /// The name of the agency.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The profile.
    pub fn profile(self, rest: Rest) -> AgencyProfile {
        AgencyProfile {
            agency: rest.agency,
            name: self.name,
            nation: self.nation,
            body: self.body,
            serial: rest.serial,
            issued: rest.issued,
            expires: self.expires,
            keys: rest.keys,
            people: rest.people,
            officer: self.officer,
            front_doors: self.front_door,
            advisers: self.adviser,
            lock_minutes: self.lock_minutes,
            retention: self.retention,
            legal_hold: self.legal_hold,
            copies: self.copies,
            countersign: self.countersign,
            wanted: self.wanted,
            overlay: rest.overlay,
            assurances: self.assurances,
        }
    }
}

/// The first name anywhere in a table that would be in the way.
fn in_the_way(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::Table(table) => table.iter().find_map(|(name, value)| {
            let named =
                IN_THE_WAY.iter().any(|one| name.to_lowercase().split(['_', '-']).any(|word| word == *one));
            if named { Some(name.clone()) } else { in_the_way(value) }
        }),
        toml::Value::Array(values) => values.iter().find_map(in_the_way),
        _ => None,
    }
}

/// Whether a line gives a value to this name, or opens its table.
fn writes(line: &str, name: &str) -> bool {
    line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).any(|word| word == name)
        && !line.trim_start().starts_with('#')
}

fn line_of(text: &str, error: &toml::de::Error) -> usize {
    let at = error.span().map_or(0, |span| span.start);
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The library's own words where they name what is missing or not known; they repeat no value.
fn why(error: &toml::de::Error) -> String {
    let said = error.message();
    if said.starts_with("unknown field") || said.starts_with("missing field") {
        said.to_owned()
    } else {
        "the value is none that may stand there".to_owned()
    }
}
