//! Closing a duty, and opening it again.

use sharewell_guidance::practice::closing;
use sharewell_records::{Duty, EntryId, Moment, ObligationId, Payload, Settlement, Unneeded};
use sharewell_vault::{Vault, obligations, obligations::ObligationRow};

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::words::Words;
use crate::{language, store};

/// Closes a duty.
///
/// # Errors
/// [`Error::AlreadySettled`]; [`Error::Fields`] where something is not needed and no reason is given, or where what was
/// done has to be said and is not.
pub fn settle_obligation(
    vault: &mut Vault,
    id: ObligationId,
    settlement: impl Into<Option<Settlement>>,
    now: Moment,
) -> Result<()> {
    let row = open(vault, id)?;
    let settlement = checked(row.obligation.duty, settlement.into())?;
    settle(vault, &row, settlement, now)
}

/// Says in one press that a duty is not needed. The reason is kept in words, as if it had been typed: whoever reads the
/// record needs no list.
///
/// # Errors
/// [`Error::AlreadySettled`]; [`Error::Fields`] where this duty is never dropped in one press.
pub fn drop_obligation(vault: &mut Vault, id: ObligationId, why: Unneeded, now: Moment) -> Result<()> {
    let row = open(vault, id)?;
    if !closing::dropped_at_once(row.obligation.duty) {
        return Err(Error::field("reason", Problem::ReasonMissing));
    }
    let reason = store::read(vault, |r| Ok(Words::of(language::of(r)?).unneeded.of(why).to_owned()))?;
    settle(vault, &row, Settlement::NotNeeded { reason }, now)
}

/// Opens a closed duty again. That it was closed, and how, stays in the record.
///
/// # Errors
/// [`Error::Vault`] where there is no such duty. One that is open stays open.
pub fn reopen_obligation(vault: &mut Vault, id: ObligationId, now: Moment) -> Result<()> {
    let row = store::read(vault, |r| Ok(obligations::get(r, id)?))?;
    let Some(settled) = &row.settled else { return Ok(()) };
    let basis = [row.entry, settled.entry];
    store::write(vault, now, |w| {
        w.append(row.case, &Payload::ObligationReopened { id }, &basis)?;
        Ok(())
    })
}

/// Adds to a duty that was done what was done. It is closed anew with the words: nothing that stands is rewritten.
///
/// # Errors
/// [`Error::Fields`] where nothing is said; [`Error::AlreadySettled`] where it was found not to be needed.
pub fn note_obligation(vault: &mut Vault, id: ObligationId, note: &str, now: Moment) -> Result<()> {
    let mut form = Form::new();
    let note = form.reason("note", note);
    form.end(|| Some(()))?;
    let row = store::read(vault, |r| Ok(obligations::get(r, id)?))?;
    let how = row.settled.as_ref().and_then(|settled| settled.how.as_ref());
    if matches!(how, Some(Settlement::NotNeeded { .. })) {
        return Err(Error::AlreadySettled);
    }
    let basis: [EntryId; 1] = [row.entry];
    store::write(vault, now, |w| {
        if row.settled.is_some() {
            w.append(row.case, &Payload::ObligationReopened { id }, &basis)?;
        }
        w.append(
            row.case,
            &Payload::ObligationSettled { id, settlement: Settlement::Done { note } },
            &basis,
        )?;
        Ok(())
    })
}

/// A duty that is not closed.
fn open(vault: &Vault, id: ObligationId) -> Result<ObligationRow> {
    let row = store::read(vault, |r| Ok(obligations::get(r, id)?))?;
    if row.settled.is_some() { Err(Error::AlreadySettled) } else { Ok(row) }
}

fn settle(vault: &mut Vault, row: &ObligationRow, settlement: Settlement, now: Moment) -> Result<()> {
    let basis: [EntryId; 1] = [row.entry];
    store::write(vault, now, |w| {
        w.append(row.case, &Payload::ObligationSettled { id: row.obligation.id, settlement }, &basis)?;
        Ok(())
    })
}

/// A settlement as typed: one of the two, a reason wherever something is not needed, and words where a duty is done only
/// with them.
fn checked(duty: Duty, settlement: Option<Settlement>) -> Result<Settlement> {
    let mut form = Form::new();
    let settlement = form.chosen("how", settlement).map(|settlement| match settlement {
        Settlement::Done { note } if closing::takes_words(duty) => {
            Settlement::Done { note: form.reason("note", &note) }
        }
        Settlement::Done { note } => Settlement::Done { note: form.text("note", &note) },
        Settlement::NotNeeded { reason } => Settlement::NotNeeded { reason: form.reason("reason", &reason) },
    });
    form.end(|| settlement)
}
