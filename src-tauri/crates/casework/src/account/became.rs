//! What became of something that left: it arrived, was answered, came back, or was asked back. Told, sent and answered are
//! three things, and none of them says another (`practice.md` 3).

use sharewell_records::{AccountNote, AccountNoteId, Became, DisclosureId, LogState, Moment, Payload};
use sharewell_vault::Vault;

use super::breach;
use super::follows::{Follows, left};
use super::log::row;
use crate::error::{Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::views::{BecameChoice, BecameInput, LineView};
use crate::{flagged, store};

/// A line of the log with what can be written down of it, and the notes that a breach asks for.
///
/// # Errors
/// [`crate::Error::NotFound`] where nothing left by that id.
pub fn line(vault: &Vault, id: DisclosureId, now: Moment) -> Result<LineView> {
    store::read(vault, |r| {
        let (line, case) = left(r, id)?;
        let family = Family::of(r, case)?;
        let notes = match line.state {
            LogState::Astray => breach::notes(r, id, &line, &family)?,
            _ => Vec::new(),
        };
        let choices = choices(line.state);
        Ok(LineView {
            line: row(r, line, true, now)?,
            now,
            case,
            child: family.child_name(),
            flags: flagged::lines(&family),
            choices,
            notes,
        })
    })
}

/// What can be written down of something in a state. Of what was only made nothing: it tells nobody anything.
fn choices(state: LogState) -> Vec<BecameChoice> {
    use BecameChoice::{Answered, Delivered, Recalled, Returned};
    match state {
        LogState::Sent => vec![Delivered, Answered, Returned],
        LogState::Delivered => vec![Answered, Returned],
        LogState::Acknowledged => vec![Answered, Returned],
        LogState::Returned => vec![Delivered, Answered],
        LogState::Astray => vec![Recalled],
        LogState::Made | LogState::Refused | LogState::Received | LogState::Withdrawn => Vec::new(),
    }
}

/// Writes down what became of something that left.
///
/// # Errors
/// [`crate::Error::Fields`] for everything that is not as it must be; [`crate::Error::NotFound`] where nothing left by that id.
pub fn became(vault: &mut Vault, id: DisclosureId, typed: &BecameInput, now: Moment) -> Result<()> {
    let (line, case) = store::read(vault, |r| left(r, id))?;
    let mut form = Form::of_past_days(vault, now)?;
    let event = form.chosen("event", typed.event);
    form.fault_if(
        event.is_some_and(|event| !choices(line.state).contains(&event)),
        "event",
        Problem::NotAnOption,
    );
    let at = form.left("when", typed.when.as_ref(), now);
    // Nothing becomes of what has not left yet.
    form.fault_if(at.is_some_and(|at| at < line.at), "when.day", Problem::BadDate);
    let became = match event {
        Some(BecameChoice::Delivered) => {
            Some(Became::Delivered { how: form.required("words", &typed.words) })
        }
        Some(BecameChoice::Returned) => Some(Became::Returned { why: form.required("words", &typed.words) }),
        Some(BecameChoice::Answered) => {
            let by = form.required_name("by", &typed.by);
            let reply = form.required("words", &typed.words);
            let purpose = form.chosen("purpose", typed.purpose);
            purpose.map(|purpose| Became::Answered { by, reply, purpose })
        }
        Some(BecameChoice::Recalled) => {
            let words = form.text("words", &typed.words);
            form.chosen("came", typed.came).map(|came| Became::Recalled { came, words })
        }
        None => None,
    };
    let note = form.end(|| {
        Some(AccountNote { id: AccountNoteId(store::new_id(now)), of: vec![id], at: at?, became: became? })
    })?;
    let follows = store::read(vault, |r| Follows::of(r, id, case, line.decision, &note))?;
    store::write(vault, now, |w| {
        let noted = w.append(Some(case), &Payload::AccountNoted { note }, &follows.basis)?;
        for (case, payload, entry) in follows.payloads() {
            w.append(*case, payload, &[*entry, noted.id])?;
        }
        Ok(())
    })
}
