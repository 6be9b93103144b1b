//! Calls that were made beside the advice: kept in the draft, and written down with the signature.

use sharewell_records::{Call, Decision, Duty, Moment, Obligation, Payload, Settlement, is_checked};
use sharewell_vault::{Reader, Vault};

use super::advised::advised;
use super::draft::{self, DraftCall, DraftDecision, Open};
use super::grounds::suggestions;
use super::towards::typed;
use crate::error::Result;
use crate::language;
use crate::sharing::calls::{self, Said};
use crate::sharing::log::verify_recipient;
use crate::views::SettledInput;
use crate::words::Words;

/// Keeps a call in the draft. `closes`: the key of the duty that it closes, and with what.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub(crate) fn keep(
    vault: &mut Vault,
    open: &Open,
    made: (Call, bool),
    closes: Option<(String, String)>,
    now: Moment,
) -> Result<()> {
    let mut kept = open.draft.clone();
    let (call, outside) = made;
    kept.calls.push(DraftCall { call, outside });
    if let (Some((key, note)), Some(advised)) = (closes, advised(open)?) {
        let mut towards = typed(open, &advised, now);
        towards.settled.retain(|one| one.key != key);
        towards.settled.push(SettledInput { key, settlement: Settlement::Done { note } });
        kept.sign_off = Some(towards);
        kept.suggested = Some(suggestions(open, &advised));
    }
    draft::save(vault, &kept, now)
}

/// The calls of a draft as entries beside the decision as it is signed.
pub(crate) fn signed(r: &Reader<'_>, open: &Open, signed: &Decision, now: Moment) -> Result<Vec<Payload>> {
    let words = Words::of(language::of(r)?);
    let said = Said { what: &signed.what, why: &signed.reasons, limits: "" };
    let decided = |call: &Call| Call { decision: Some(signed.id), ..call.clone() };
    let nation = open.family.case.nation;
    let mut unsure = None;
    let mut all = Vec::new();
    for one in &open.draft.calls {
        let call = decided(&one.call);
        let left = if one.outside { calls::disclosure(&call, &said, words, now) } else { None };
        let left = left.map(|left| calls::traced(r, &open.family, (&call, left))).transpose()?;
        if left.as_ref().is_some_and(|left| !is_checked(left.check)) && unsure.is_none() {
            unsure = Some(verify_recipient(nation, None, now));
        }
        all.push(Payload::CallMade { call });
        all.extend(left.map(|disclosure| Payload::DisclosureRecorded { disclosure }));
    }
    all.extend(unsure);
    Ok(all)
}

/// The calls of a draft that is given up. They were made: they stay in the file, with what left by them.
pub(crate) fn given_up(r: &Reader<'_>, draft: &DraftDecision, now: Moment) -> Result<Vec<Payload>> {
    let words = Words::of(language::of(r)?);
    let mut all = Vec::new();
    for one in &draft.calls {
        let call = Call { decision: None, ..one.call.clone() };
        let said = Said { what: "", why: "", limits: "" };
        let left = if one.outside { calls::disclosure(&call, &said, words, now) } else { None };
        all.push(Payload::CallMade { call: call.clone() });
        all.extend(left.map(|disclosure| Payload::DisclosureRecorded { disclosure }));
    }
    Ok(all)
}

/// A duty as it is signed: where a call was told, that what left is logged is done.
pub(crate) fn logged(duty: Obligation, open: &Open) -> Obligation {
    let told = |one: &&DraftCall| one.outside && one.call.end.is_told();
    let Some(told) = open.draft.calls.iter().find(told) else { return duty };
    if duty.duty != Duty::RecordDisclosure || duty.settled.is_some() {
        return duty;
    }
    let note = calls::note(&told.call, Words::of(open.family.language));
    Obligation { settled: Some(Settlement::Done { note }), ..duty }
}
