//! What of a file goes along with a confirmation in writing: as it was signed, or as it was chosen since. What was chosen
//! since is recorded with what leaves.

use sharewell_records::{CaseId, Duty, Extent, ExtentMove, ItemId, Moment, ObligationId, Recipient};
use sharewell_vault::{Draft, Reader, Vault, calls, disclosures, drafts, obligations};

use super::basis::Basis;
use crate::error::{Error, Result};
use crate::people::Family;
use crate::sharing::extent::{Chooser, Holding};
use crate::sharing::held::{agreed, held};
use crate::sharing::limits::Limits;
use crate::views::ExtentView;
use crate::words::Words;
use crate::{clock, language, store};

/// The kind of draft that a choice is.
const KIND: &str = "extent";

/// The key of what is chosen for a duty.
pub(super) fn key(duty: ObligationId) -> String {
    format!("{KIND}:{duty}")
}

/// What was chosen for a duty since it was signed; otherwise what was signed, and what was said in the call: nobody chooses
/// again what they have told already.
pub(super) fn kept(
    r: &Reader<'_>,
    duty: ObligationId,
    (case, basis): (CaseId, &Basis),
) -> Result<Option<Extent>> {
    match drafts::get(r, &key(duty))? {
        Some(draft) => {
            serde_json::from_str(&draft.body).map(Some).map_err(|_| Error::Stored { what: "draft" })
        }
        None => {
            let said = said(r, basis)?;
            let Recipient { name, role, .. } = &basis.recipient;
            let signed = basis.extent.clone().filter(|one| one.is_for(name, role) || said.is_empty());
            if said.is_empty() {
                return Ok(signed);
            }
            let begun = match signed {
                Some(signed) => signed,
                None => {
                    let recorded = held(r, &Family::of(r, case)?)?;
                    Extent::of(name, role, &Holding::of(&recorded).held())
                }
            };
            Ok(Some(begun.with_said(&said)))
        }
    }
}

/// The notes that whoever the confirmation goes to was told aloud.
pub(super) fn said(r: &Reader<'_>, basis: &Basis) -> Result<Vec<ItemId>> {
    let Some(decision) = basis.decision else { return Ok(Vec::new()) };
    // What was said in another call was said to somebody else.
    let duties = obligations::of_decision(r, decision)?;
    let acts: Vec<&str> = duties
        .iter()
        .filter(|row| row.obligation.duty == Duty::Act)
        .map(|row| row.obligation.key.as_str())
        .collect();
    let calls = calls::of_decision(r, decision)?.into_iter().map(|one| one.record);
    let calls = calls.filter(|call| call.end.is_told() && acts.contains(&call.key.as_str()));
    let mut said: Vec<ItemId> = calls.flat_map(|call| call.items).collect();
    let Recipient { name, role, .. } = &basis.recipient;
    for one in disclosures::of_decision(r, decision)?.into_iter().map(|one| one.record) {
        let theirs = |extent: &&Extent| one.route.is_spoken() && extent.is_for(name, role);
        let extent = one.extent.as_ref().filter(theirs);
        said.extend(extent.into_iter().flat_map(Extent::leaving).map(|item| item.item));
    }
    Ok(said)
}

/// A page of what is held, with what is chosen for whoever the confirmation goes to.
///
/// # Errors
/// [`Error::NotFound`] where the duty is none to confirm in writing, or stands in no file.
pub fn extent_of_duty(vault: &Vault, duty: ObligationId, page: u32, now: Moment) -> Result<ExtentView> {
    store::read(vault, |r| looked(r, duty, None, page, now).map(|(_, view)| view))
}

/// Does one thing to what is chosen, and shows the page again.
///
/// # Errors
/// As [`extent_of_duty`]; [`Error::Fields`] where it cannot be done, [`Error::AlreadySettled`] where it is sent.
pub fn move_extent_of_duty(
    vault: &mut Vault,
    duty: ObligationId,
    act: &ExtentMove,
    page: u32,
    now: Moment,
) -> Result<ExtentView> {
    let (moved, view) = store::read(vault, |r| {
        if sharewell_vault::obligations::get(r, duty)?.settled.is_some() {
            return Err(Error::AlreadySettled);
        }
        looked(r, duty, Some(act), page, now)
    })?;
    let body = serde_json::to_string(&moved).map_err(|_| Error::Stored { what: "draft" })?;
    let draft = Draft { key: key(duty), kind: KIND.to_owned(), case: Some(view.case), body, updated: now };
    store::save_draft(vault, &draft)?;
    Ok(view)
}

fn looked(
    r: &Reader<'_>,
    duty: ObligationId,
    act: Option<&ExtentMove>,
    page: u32,
    now: Moment,
) -> Result<(Extent, ExtentView)> {
    let (case, basis) = Basis::of_duty(r, duty, Words::of(language::of(r)?))?;
    let family = Family::of(r, case)?;
    let recorded = held(r, &family)?;
    let holding = Holding::of(&recorded);
    let (consents, limits) = (agreed(r, &family, now)?, Limits::of(r, &family)?);
    let chooser = Chooser::of(&holding, &family, basis.chosen_for(&consents, &limits, clock::day_of(now)));
    let kept = kept(r, duty, (case, &basis))?;
    let standing = chooser.standing(kept.as_ref());
    let extent = match act {
        Some(act) => chooser.moved(&standing, act)?,
        None => standing,
    };
    let view = chooser.view(r, &extent, Some(&extent), page)?;
    Ok((extent, view))
}
