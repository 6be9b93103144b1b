//! What is typed towards the sign-off, and what a decision of it follows from.

use sharewell_guidance::practice::telling::is_told_now;
use sharewell_records::{DecisionId, Moment, Recipient};
use sharewell_vault::Vault;

use super::act::recipient;
use super::advised::{Advised, advised, telling};
use super::draft::{self, Open};
use super::filled::Filled;
use super::grounds::{follow_suggestions, suggested, suggestions};
use super::obligations::Basis;
use super::ready;
use crate::error::Result;
use crate::views::SignOffInput;
use crate::{clock, store};

/// What stands in the sign-off before anything was typed: suggestions, and no choice.
fn fresh(open: &Open, wording: &Filled<'_>, advised: &Advised, recipient: &Recipient) -> SignOffInput {
    let review = advised.advice.review.due(advised.from, &open.carried.pack.calendar);
    SignOffInput {
        recipient: recipient.clone(),
        grounds: suggested(wording, &advised.advice.grounds),
        telling: telling(open),
        review: review.map(|due| clock::day_of(due).into()),
        ..SignOffInput::default()
    }
}

/// What was typed towards the sign-off, or the suggestions where nothing was.
pub(crate) fn typed(open: &Open, advised: &Advised, now: Moment) -> SignOffInput {
    let wording = open.filled();
    let recipient = recipient(open.wording(), &advised.advice, &open.practitioner, now);
    match &open.draft.sign_off {
        Some(typed) => {
            let mut typed = typed.clone();
            // Who is told is answered in the write-up; it stands there until it is typed over here.
            if typed.telling.is_empty() {
                typed.telling = telling(open);
            }
            if let Some(earlier) = &open.draft.suggested {
                let now = suggested(&wording, &advised.advice.grounds);
                follow_suggestions(&mut typed.grounds, earlier, &now);
            }
            typed
        }
        None => fresh(open, &wording, advised, &recipient),
    }
}

/// What a decision of this draft follows from.
pub(crate) fn basis<'a>(open: &'a Open, advised: &'a Advised, typed: &SignOffInput) -> Basis<'a> {
    let pack = &open.carried.pack;
    let review = advised.advice.review.due(advised.from, &pack.calendar).map_or(open.on, clock::day_of);
    let cautions = open.cautions(None);
    let told = typed.telling.iter().filter(|row| is_told_now(row, cautions.advised(row.person)));
    Basis {
        told_now: Some(told.map(|row| row.person).collect()),
        pack,
        advice: &advised.advice,
        family: &open.family,
        from: advised.from,
        review: ready::review(typed, advised.from).ok().flatten().unwrap_or(review),
        decided: typed.decided.unwrap_or(advised.advice.kind),
        apart: typed.apart,
    }
}

/// Keeps what is typed towards the sign-off, complete or not. Returns when it was saved.
///
/// # Errors
/// [`crate::Error::Fields`] where it holds too much, [`crate::Error::NotFound`] where there is no such draft.
pub fn save_sign_off(
    vault: &mut Vault,
    decision: DecisionId,
    typed: SignOffInput,
    now: Moment,
) -> Result<Moment> {
    ready::limits(&typed)?;
    let (mut draft, suggested) = store::read(vault, |r| {
        let open = Open::read(r, decision, now)?;
        let suggested = advised(&open)?.map(|advised| suggestions(&open, &advised));
        Ok((draft::raw(r, decision)?, suggested))
    })?;
    draft.sign_off = Some(typed);
    draft.suggested = suggested;
    draft::save(vault, &draft, now)?;
    Ok(now)
}
