//! An event of consent that was never true. It is not withdrawn: it acts backwards, and whatever went while it was thought
//! to be true is looked at again.

use sharewell_records::{CaseId, ConsentAct, ConsentAnswer, ConsentEvent, ConsentId, Moment};
use sharewell_vault::{Vault, disclosures};

use super::{folded, prompts::Prompt, record, withdraw};
use crate::error::{Error, Result};
use crate::input::Form;
use crate::{clock, store};

/// Says of an event that it was never true, and why.
///
/// # Errors
/// [`Error::Fields`] without a reason, [`Error::NotFound`] where no such event stands in the file.
pub fn strike_consent(
    vault: &mut Vault,
    case: CaseId,
    id: ConsentId,
    reason: &str,
    now: Moment,
) -> Result<ConsentId> {
    let mut form = Form::new();
    let why = form.reason("reason", reason);
    let why = form.end(|| Some(why))?;
    let (event, went) = store::read(vault, |r| {
        let (events, stands) = folded(r, case, now)?;
        let found = events.into_iter().map(|one| one.record).find(|one| one.id == id);
        let event = found.filter(|one| !stands.struck().contains(&one.id));
        let event = event.ok_or(Error::NotFound { what: "consent" })?;
        let left = disclosures::of_case(r, case)?;
        let went = event.says_yes()
            && left.iter().any(|one| {
                let to =
                    |cell: &sharewell_records::ConsentCell| withdraw::is_to(&one.record, &cell.recipient);
                one.record.at >= event.happened && event.cells.iter().any(to)
            });
        Ok((event, went))
    })?;
    let mut struck = ConsentEvent {
        id: ConsentId(store::new_id(now)),
        act: ConsentAct::InError { event: id, why },
        happened: now,
        from: None,
        until: None,
        review: None,
        wording: None,
        slip: None,
        note: String::new(),
        ..event.clone()
    };
    for cell in &mut struck.cells {
        cell.answer = ConsentAnswer::Blank;
    }
    let again = went.then(|| Prompt::Struck(id).payload(&event, clock::day_of(now), now));
    record::write(vault, case, struck, Vec::new(), again.into_iter().collect(), now)
}
