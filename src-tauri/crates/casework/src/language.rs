//! The language in which a vault speaks: the practitioner's setting, the first listed one where none was chosen.

use serde::Deserialize;
use sharewell_documents::Language;
use sharewell_vault::{Reader, kept};

use crate::error::Result;

/// Under which the settings are kept.
pub(crate) const SETTINGS: &str = "state:settings";

/// The language of an open vault. One that this program does not have gives way to the first.
pub(crate) fn of(r: &Reader<'_>) -> Result<Language> {
    #[derive(Deserialize)]
    struct Spoken {
        language: String,
    }
    let kept = kept::get(r, SETTINGS)?;
    let chosen = kept.and_then(|noted| serde_json::from_str::<Spoken>(&noted.body).ok());
    Ok(chosen.and_then(|kept| Language::of(&kept.language)).unwrap_or_default())
}
