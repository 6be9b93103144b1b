//! What goes and what stays, as part of the sign-off of a decision that shares.
//!
//! It is asked where something is held and nothing hurries: where harm is suspected or a child is in danger the choice
//! may be left, and what was said in the call is recorded there.

use sharewell_records::{DecisionId, ExtentMove, Moment};
use sharewell_vault::{Reader, Vault};

use super::advised::{Advised, advised};
use super::draft::{self, Open};
use super::goes::chooser;
use super::towards;
use crate::error::{Error, Problem, Result};
use crate::sharing::extent::Holding;
use crate::store;
use crate::views::{ExtentView, SignOffInput};

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
