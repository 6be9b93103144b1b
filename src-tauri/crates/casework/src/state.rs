//! The vault's own small states: where to go on, what was not typed back yet, the settings.

use sharewell_records::Moment;
use sharewell_vault::Draft;

/// The kind of draft in which the vault's own small states are kept.
pub(crate) const STATE: &str = "state";

pub(crate) fn state(key: &str, body: &str, now: Moment) -> Draft {
    Draft { key: key.to_owned(), kind: STATE.to_owned(), case: None, body: body.to_owned(), updated: now }
}
