//! Trying the way back into the vault before it is needed (H4): on a copy, never on the vault.

use sharewell_records::{Moment, london_day, next_rehearsal, rehearsal_is_due};
use sharewell_vault::{Access, Beside, Reader, Rehearsal, Vault, access, practitioner};

use crate::error::Result;
use crate::long::{Long, at_once};
use crate::views::{RehearsalPage, RehearsedView, WorkKind};
use crate::{Secret, agency, start, store};

/// Opens a copy of the vault with the recovery code as it stands on the kit, says what that brings back, and removes the
/// copy. That it was tried stands in the access log.
#[derive(Debug, Clone)]
pub struct Rehearse {
    /// The code as typed.
    pub code: Secret,
}

impl Long for Rehearse {
    type Made = Rehearsal;
    type Told = RehearsedView;

    const KIND: WorkKind = WorkKind::Rehearsal;
    const LEAVES: bool = false;

    fn begin(&mut self, vault: &mut Vault, _now: Moment) -> Result<()> {
        // It counts once it is written down, and into a look nothing is written.
        if vault.is_looked_at() { Err(sharewell_vault::Error::ReadOnly.into()) } else { Ok(()) }
    }

    fn run(&self, beside: Beside, _now: Moment) -> Result<Rehearsal> {
        Ok(beside.rehearse(&self.code)?)
    }

    fn end(self, vault: &mut Vault, found: Rehearsal, now: Moment) -> Result<RehearsedView> {
        vault.log(now, None, &Access::RecoveryRehearsed {})?;
        Ok(RehearsedView {
            entries: store::small(found.entries),
            files: store::small(found.files),
            newest: found.newest,
            page: page(vault, now)?,
        })
    }
}

/// Tries the way back, all at once.
///
/// # Errors
/// [`crate::Error::Vault`] where the code is mistyped or another one, where the copy is damaged or finds no room, and
/// where the vault is only looked at.
pub fn rehearse(vault: &mut Vault, code: Secret, now: Moment) -> Result<RehearsedView> {
    at_once(Rehearse { code }, vault, now)
}

/// How the ways back stand.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub fn page(vault: &Vault, now: Moment) -> Result<RehearsalPage> {
    let slot = vault.agency_recipient();
    store::read(vault, |r| {
        let profile = agency::standing(r)?.map(|opened| opened.profile);
        let recovery = profile.as_ref().map(|profile| profile.keys.recovery.to_string());
        let (typed_back, last) = (practitioner::recovery_confirmed_at(r)?, access::rehearsed(r)?);
        let tried = typed_back.map(|typed_back| last.map_or(typed_back, |last| last.max(typed_back)));
        Ok(RehearsalPage {
            confirmed: start::recovery_confirmed(r)?,
            last,
            next: tried.map(|tried| next_rehearsal(london_day(tried))),
            due: is_due(r, now)?,
            agency_can: recovery.is_some() && slot == recovery,
            agency: profile.map(|profile| profile.name).unwrap_or_default(),
        })
    })
}

/// Whether to remind of it. Not while no code was typed back: that is asked for already.
pub(crate) fn is_due(r: &Reader<'_>, now: Moment) -> Result<bool> {
    if !start::recovery_confirmed(r)? {
        return Ok(false);
    }
    let Some(typed_back) = practitioner::recovery_confirmed_at(r)? else { return Ok(false) };
    let rehearsed = access::rehearsed(r)?.map(london_day);
    Ok(rehearsal_is_due(london_day(typed_back), rehearsed, london_day(now)))
}
