//! What kind of body the agency is: asked in one decision, and never again.

use sharewell_guidance::Step;
use sharewell_records::{AgencyBody, Answer, Moment, Payload, Practitioner};
use sharewell_vault::{Vault, practitioner};

use super::draft::DraftDecision;
use super::known::asks_body;
use crate::error::Result;
use crate::store;

/// Keeps a draft after an answer. What kind of body the agency is, is asked in one decision and never again: the
/// answer goes into the practitioner's settings with the draft, both or neither.
pub(crate) fn keep(
    vault: &mut Vault,
    draft: &DraftDecision,
    step: &Step,
    said: &Answer,
    now: Moment,
) -> Result<()> {
    let body = match said {
        Answer::Choice { value, .. } if asks_body(step) => AgencyBody::of(value),
        _ => None,
    };
    let kept = draft.to_draft(now)?;
    let Some(body) = body else { return store::save_draft(vault, &kept) };
    let own = store::read(vault, |r| Ok(practitioner::current(r)?))?;
    store::write(vault, now, |w| {
        if own.record.body != Some(body) {
            let practitioner = Practitioner { body: Some(body), ..own.record };
            w.append(None, &Payload::PractitionerRecorded { practitioner }, &[own.entry])?;
        }
        Ok(w.save_draft(&kept)?)
    })
}
