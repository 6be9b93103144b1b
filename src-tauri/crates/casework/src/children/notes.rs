//! What is being typed into any form, kept so that a lock or a power cut takes nothing.

use sharewell_records::{CaseId, Moment};
use sharewell_vault::{Draft, Vault, drafts};

use crate::error::Result;
use crate::input;
use crate::store;

/// The kind of draft that a page's note is.
const KIND: &str = "note";

fn key_of(key: &str) -> Result<String> {
    Ok(format!("note:{}", input::required_name(key, "key")?))
}

/// Keeps what is being typed into a form; an empty body clears it. Returns when it was saved.
///
/// # Errors
/// [`crate::Error::Fields`] where the key is empty or the body holds too much.
pub fn save_note(vault: &mut Vault, key: &str, body: &str, now: Moment) -> Result<Moment> {
    let key_in_vault = key_of(key)?;
    if body.len() > drafts::MOST_BYTES / 2 {
        return Err(crate::Error::field("body", crate::error::Problem::TooLong));
    }
    if body.is_empty() {
        store::clear_draft(vault, &key_in_vault)?;
        return Ok(now);
    }
    // A key ends with the file that it belongs to (`item:<case>`), where it belongs to one.
    let case = key.rsplit(':').next().and_then(|id| id.parse::<CaseId>().ok());
    let draft = Draft { key: key_in_vault, kind: KIND.to_owned(), case, body: body.to_owned(), updated: now };
    store::save_draft(vault, &draft)?;
    Ok(now)
}

/// What was being typed into a form; none where nothing is kept.
///
/// # Errors
/// [`crate::Error::Fields`] where the key is empty.
pub fn note(vault: &Vault, key: &str) -> Result<Option<String>> {
    let key = key_of(key)?;
    store::read(vault, |r| Ok(drafts::get(r, &key)?.map(|draft| draft.body)))
}
