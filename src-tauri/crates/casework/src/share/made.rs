//! What is noted of a share that was made, beside its record: what it takes to make it again, and to say that it was sent.
//!
//! It is written with the record or not at all, and forgotten once somebody answered. How much goes is not bounded by what
//! the program's own notes may hold, so what went item by item is a draft.

use serde::{Deserialize, Serialize};
use sharewell_records::{DisclosureId, Extent, Moment};
use sharewell_vault::{Draft, Reader, Vault, drafts};

use crate::error::{Error, Result};
use crate::store;
use crate::views::SharePart;

/// The kind of draft that it is.
const KIND: &str = "share-made";

/// What is noted of a share that was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Noted {
    /// What went and what stayed.
    pub extent: Extent,
    /// Its sections, where it goes by the recipient's own form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sections: Option<Vec<Section>>,
}

/// A section for the recipient's own form, as it was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Section {
    pub part: SharePart,
    pub title: String,
    pub text: String,
    pub copied: bool,
}

fn key(id: DisclosureId) -> String {
    format!("{KIND}:{id}")
}

/// It as a draft, to be written with the record.
pub(super) fn draft(id: DisclosureId, noted: &Noted, now: Moment) -> Result<Draft> {
    let body = serde_json::to_string(noted).map_err(|_| Error::Stored { what: "share" })?;
    Ok(Draft { key: key(id), kind: KIND.to_owned(), case: None, body, updated: now })
}

/// What is noted of a share; none where it was made before that was, or somebody answered.
pub(super) fn of(r: &Reader<'_>, id: DisclosureId) -> Result<Option<Noted>> {
    let Some(draft) = drafts::get(r, &key(id))? else { return Ok(None) };
    serde_json::from_str(&draft.body).map(Some).map_err(|_| Error::Stored { what: "share" })
}

/// Forgets it.
pub(super) fn forget(vault: &mut Vault, id: DisclosureId) -> Result<()> {
    store::clear_draft(vault, &key(id))
}
