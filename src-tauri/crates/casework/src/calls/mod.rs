//! The call card: whom to ring about a decision, what to say, and how it ended. Before the signature and after it.
//!
//! A card belongs to a duty of a decision. What is typed on it is kept as a note of the vault; what came of a call is an
//! entry of its own, or stands in the draft until it is signed.

mod about;
mod record;
mod rungs;
mod say;

pub use record::{call_gaps, record_call};

use sharewell_records::{CallEnd, DecisionId, Moment};
use sharewell_vault::Vault;

use crate::error::Result;
use crate::store;
use crate::views::{CallLine, CallView, DutyState, RungView};
use about::About;

/// The card of a call.
///
/// # Errors
/// [`crate::Error::NotFound`] where the duty is none that is done by a call.
pub fn call(vault: &Vault, decision: DecisionId, key: &str, now: Moment) -> Result<CallView> {
    store::read(vault, |r| {
        let about = About::of(r, decision, key, now)?;
        let duty = &about.duty;
        Ok(CallView {
            decision,
            key: key.to_owned(),
            obligation: duty.id,
            case: about.family.case.id,
            child: about.family.child_name(),
            title: duty.title.clone(),
            hint: duty.hint.clone(),
            due: duty.due,
            overdue: duty.overdue,
            due_now: duty.due_now,
            closed: duty.state != DutyState::Outstanding,
            at: stands(&about.rungs, &duty.calls),
            rungs: about.rungs.clone(),
            say: say::lines(r, &about, now)?,
            limits: about.limits.clone(),
            careful: duty.careful.clone(),
            tries: duty.calls.clone(),
            flags: crate::flagged::lines(&about.family),
        })
    })
}

/// Who stands in the place of the one to ring now: the next, where nobody answered or they would not take it.
fn stands(rungs: &[RungView], calls: &[CallLine]) -> u32 {
    let last = calls.iter().rev().find_map(|call| {
        let at = rungs.iter().position(|rung| rung.name == call.recipient)?;
        Some(match call.end {
            CallEnd::NoAnswer | CallEnd::Refused { .. } => at + 1,
            CallEnd::Told { .. } | CallEnd::StillTrying { .. } => at,
        })
    });
    let at = last.unwrap_or(0).min(rungs.len().saturating_sub(1));
    u32::try_from(at).unwrap_or(0)
}
