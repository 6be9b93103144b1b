//! What the program notes in the vault for itself: where to go on, what was not typed back yet, the settings, the code
//! of an ask. Read back as it was noted, or told as unreadable.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sharewell_records::Moment;
use sharewell_vault::{Kept, Reader, kept};

use crate::error::{Error, Result};

/// Words under a name, as they are.
pub(crate) fn words(key: &str, body: &str, now: Moment) -> Kept {
    Kept { key: key.to_owned(), body: body.to_owned(), updated: now }
}

/// Values under a name.
///
/// # Errors
/// [`Error::Stored`] where they cannot be written.
pub(crate) fn values<T: Serialize>(key: &str, what: &'static str, values: &T, now: Moment) -> Result<Kept> {
    let body = serde_json::to_string(values).map_err(|_| Error::Stored { what })?;
    Ok(words(key, &body, now))
}

/// The values under a name; none where nothing is noted.
///
/// # Errors
/// [`Error::Stored`] where something is and cannot be read.
pub(crate) fn read<T: DeserializeOwned>(r: &Reader<'_>, key: &str, what: &'static str) -> Result<Option<T>> {
    let Some(kept) = kept::get(r, key)? else { return Ok(None) };
    serde_json::from_str(&kept.body).map(Some).map_err(|_| Error::Stored { what })
}
