//! What goes and what stays, as part of the sign-off of a decision that shares.
//!
//! It is asked where something is held and nothing hurries: where harm is suspected or a child is in danger the choice
//! may be left, and what was said in the call is recorded there.

use sharewell_guidance::practice::consent_given;
use sharewell_records::{Answer, DecisionId, Extent, ExtentMove, Moment, OutcomeKind};
use sharewell_vault::{Reader, Vault};

use super::advised::{Advised, advised};
use super::draft::{self, Open};
use super::towards;
use crate::error::{Error, Field, Problem, Result};
use crate::sharing::extent::{Chooser, For, Holding};
use crate::store;
use crate::views::{ExtentHead, ExtentView, SignOffInput};

/// A page of what is held, with what is chosen for the recipient of the sign-off.
///
/// # Errors
/// [`sharewell_guidance::Error::NotYet`] while no advice stands.
pub fn extent(vault: &Vault, decision: DecisionId, page: u32, now: Moment) -> Result<ExtentView> {
    store::read(vault, |r| {
        let (open, advised, typed) = read(r, decision, now)?;
        let holding = Holding::of(&open.items);
        let chooser = chooser(&open, &advised, &typed, &holding);
        let kept = open.draft.extent.as_ref();
        chooser.view(r, &chooser.standing(kept), kept, page)
    })
}

/// Does one thing to what is chosen, and shows the page again. What was chosen for another recipient is gone then.
///
/// # Errors
/// [`Error::Fields`] where it cannot be done, or nobody is named who would receive it.
pub fn move_extent(
    vault: &mut Vault,
    decision: DecisionId,
    act: &ExtentMove,
    page: u32,
    now: Moment,
) -> Result<ExtentView> {
    let (moved, view) = store::read(vault, |r| {
        let (open, advised, typed) = read(r, decision, now)?;
        if typed.recipient.name.trim().is_empty() {
            return Err(Error::field("recipient", Problem::Missing));
        }
        let holding = Holding::of(&open.items);
        let chooser = chooser(&open, &advised, &typed, &holding);
        let moved = chooser.moved(&chooser.standing(open.draft.extent.as_ref()), act)?;
        let view = chooser.view(r, &moved, Some(&moved), page)?;
        Ok((moved, view))
    })?;
    let mut draft = store::read(vault, |r| draft::raw(r, decision))?;
    draft.extent = Some(moved);
    draft::save(vault, &draft, now)?;
    Ok(view)
}

fn read(r: &Reader<'_>, decision: DecisionId, now: Moment) -> Result<(Open, Advised, SignOffInput)> {
    let open = Open::read(r, decision, now)?;
    let Some(advised) = advised(&open)? else { return Err(sharewell_guidance::Error::NotYet.into()) };
    let typed = towards::typed(&open, &advised, now);
    Ok((open, advised, typed))
}

/// Chooses for what was typed towards the sign-off.
fn chooser<'a>(
    open: &'a Open,
    advised: &Advised,
    typed: &'a SignOffInput,
    holding: &'a Holding<'a>,
) -> Chooser<'a> {
    let answered = open.position.path.iter().filter_map(|asked| match &asked.answer {
        Answer::Choice { words, .. } | Answer::Choices { words, .. } => Some(words.as_str()),
        Answer::Text { text } => Some(text.as_str()),
        _ => None,
    });
    let said = [typed.what.as_str(), &typed.reasons, &typed.recipient.role].into_iter();
    let of = For {
        decided: typed.decided.unwrap_or(advised.advice.kind),
        harm: advised.advice.harm_suspected,
        agreed: consent_given(&open.carried.pack, &open.position),
        consents: &open.consents,
        recipient: &typed.recipient,
        said: said.chain(answered).collect(),
        on: open.on,
    };
    Chooser::of(holding, &open.family, of)
}

/// What of the extent stands in the way of the sign-off. Nothing where nothing leaves or is held, and where harm or
/// danger does not wait for it.
pub(crate) fn missing(open: &Open, advised: &Advised, typed: &SignOffInput) -> Vec<(Field, Problem)> {
    match head(open, advised, typed) {
        Some(head) if !head.may_wait && !typed.recipient.name.trim().is_empty() => {
            let holding = Holding::of(&open.items);
            let chooser = chooser(open, advised, typed, &holding);
            chooser.missing(&chooser.standing(open.draft.extent.as_ref()))
        }
        Some(_) | None => Vec::new(),
    }
}

/// How much goes and stays so far; none where nothing leaves or nothing is held.
pub(crate) fn head(open: &Open, advised: &Advised, typed: &SignOffInput) -> Option<ExtentHead> {
    let decided: OutcomeKind = typed.decided.unwrap_or(advised.advice.kind);
    if !decided.shares() || open.items.is_empty() {
        return None;
    }
    let holding = Holding::of(&open.items);
    let chooser = chooser(open, advised, typed, &holding);
    let extent = chooser.standing(open.draft.extent.as_ref());
    Some(ExtentHead { count: extent.count(), may_wait: chooser.may_wait() })
}

/// The extent as it is signed. One of which nothing was chosen is none.
pub(crate) fn signed(open: &Open, advised: &Advised, typed: &SignOffInput) -> Option<Extent> {
    head(open, advised, typed)?;
    let holding = Holding::of(&open.items);
    let extent = chooser(open, advised, typed, &holding).standing(open.draft.extent.as_ref());
    extent.is_begun().then_some(extent)
}
