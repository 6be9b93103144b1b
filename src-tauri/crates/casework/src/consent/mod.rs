//! Consent: what stands, and writing down what was asked, answered, withdrawn, or not asked.
//!
//! What events come to is the rule of `records` ([`Consents`]); who may answer for whom is that of each event's giver.
//! Here the file's people are looked at beside it, and what the record shows to be done is closed.

mod asked;
mod givers;
mod page;
mod prompts;
mod record;
mod replaced;
mod said;
mod strike;
mod table;
mod typed;
mod withdraw;

use sharewell_records::{CaseId, ConsentEvent, ConsentSaid, Consents, Moment};
use sharewell_vault::{Reader, Recorded, consents};

use crate::error::Result;

pub use givers::consent_givers;
pub use page::consents as consent_page;
pub use record::{consent_wording, record_consent};
pub use strike::strike_consent;
pub use table::{givers_table, givers_text};
pub use withdraw::{withdraw_consent, withdrawal};

pub(crate) use asked::{ToAsk, asked};
pub(crate) use givers::stands_to;
pub(crate) use prompts::{Prompt, prompt_of};
pub(crate) use record::write_with;
pub(crate) use replaced::replaced;
pub(crate) use said::line;
pub(crate) use withdraw::{is_to, notice_text};

/// The events of a file, and what they come to at a moment.
pub(crate) fn folded(
    r: &Reader<'_>,
    case: CaseId,
    moment: Moment,
) -> Result<(Vec<Recorded<ConsentEvent>>, Consents)> {
    let events = consents::of_case(r, case)?;
    let stands = Consents::at(&said(&events), moment);
    Ok((events, stands))
}

/// Events beside the moment at which each was written down.
fn said(events: &[Recorded<ConsentEvent>]) -> Vec<ConsentSaid<'_>> {
    events.iter().map(|one| ConsentSaid { event: &one.record, recorded: one.recorded_at }).collect()
}
