//! What an opening put in doubt, told until a person says that all is well.

use std::path::Path;

use sharewell_records::{ClockDoubt, Moment, Payload, Stamp};
use sharewell_vault::{Vault, clock_in_doubt, ledger, practitioner};

use crate::error::Result;
use crate::input::Form;
use crate::store;
use crate::views::ClockView;

/// Whether the clock of this computer can be right, before a vault is open.
#[must_use]
pub fn clock_before(dir: &Path, now: Moment) -> Option<ClockView> {
    clock_in_doubt(dir, now).map(|(doubt, last)| ClockView { behind: doubt == ClockDoubt::Behind, last })
}

/// As the open vault's ledger has it.
pub(crate) fn clock(vault: &Vault, now: Moment) -> Result<Option<ClockView>> {
    let last = store::read(vault, |r| Ok(ledger::doubts(r)?))?.clock_last();
    Ok(last.map(|last| ClockView { behind: now < last, last: Some(last) }))
}

/// A person says that the clock is right: from here on what is written is dated as before.
///
/// # Errors
/// [`crate::Error::Vault`] where it is not in doubt.
pub fn trust_clock(vault: &mut Vault, now: Moment) -> Result<()> {
    store::write(vault, now, |w| {
        w.append(None, &Payload::ClockTrusted { by_person: true }, &[])?;
        Ok(())
    })?;
    vault.in_use(now);
    Ok(())
}

/// A person knows why the end of the ledger could not be compared, and says so.
///
/// # Errors
/// [`crate::Error::Fields`] where no reason is given; [`crate::Error::Vault`] where nothing is in doubt.
pub fn confirm_head(vault: &mut Vault, reason: &str, now: Moment) -> Result<()> {
    let mut form = Form::new();
    let reason = form.reason("reason", reason);
    let reason = form.end(|| Some(reason))?;
    let author = store::read(vault, |r| Ok(practitioner::current(r)?))?.record.id;
    Ok(vault.confirm_head(&Stamp { author, at: now }, &reason)?)
}
