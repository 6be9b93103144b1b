//! Slips: what somebody is asked or told on one page, whether it may go home, and signing it on the screen.
//!
//! A slip is made of what the form of a consent asks. Its words are written down once, as they were, and a consent that
//! is signed on it names them: so it can be printed again when the catalogue has changed.

mod compose;
mod leaving;
mod make;
mod page;
mod print;
mod sign;

use sharewell_records::{CaseId, Moment};
use sharewell_vault::{Draft, Reader, Vault, drafts};

pub use leaving::say_leaving;
pub use make::begin_signing;
pub use page::{signing, slip};
pub use print::{SaveSignedSlip, SaveSlip};
pub use sign::{BackToTheFile, SignSlip};

use crate::consent;
use crate::error::{Error, Result};
use crate::input::Form;
use crate::people::Family;
use crate::store;
use crate::views::ConsentInput;

/// The kind of draft under which what a form asked is kept until it is signed.
const KIND: &str = "slip";

fn key(case: CaseId) -> String {
    format!("slip:{case}")
}

/// Takes over what the form of a consent asks, so that slips can be made of it.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be.
pub fn offer_slip(vault: &mut Vault, case: CaseId, typed: &ConsentInput, now: Moment) -> Result<()> {
    let mut form = Form::of_past_days(vault, now)?;
    let read = store::read(vault, |r| {
        let family = Family::of(r, case)?;
        consent::asked(&mut form, r, case, &family, typed, now)
    })?;
    form.end(|| read)?;
    let body = serde_json::to_string(typed).map_err(|_| Error::Stored { what: "slip" })?;
    store::save_draft(
        vault,
        &Draft { key: key(case), kind: KIND.to_owned(), case: Some(case), body, updated: now },
    )
}

/// What was taken over.
fn offered(r: &Reader<'_>, case: CaseId) -> Result<ConsentInput> {
    taken_over(r, case)?.ok_or(Error::NotFound { what: "slip" })
}

/// The same; none where nothing was, or where it has come to its end.
fn taken_over(r: &Reader<'_>, case: CaseId) -> Result<Option<ConsentInput>> {
    let draft = drafts::get(r, &key(case))?;
    let read = draft.map(|draft| serde_json::from_str(&draft.body)).transpose();
    read.map_err(|_| Error::Stored { what: "slip" })
}
