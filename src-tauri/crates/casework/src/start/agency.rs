//! The agency opens a vault that its holder cannot open any more, or has left (J10).

use std::path::Path;

use sharewell_exchange::PublicKey;
use sharewell_exchange::keys::Identity;
use sharewell_records::{AgencyRecovery, Moment, OriginId, Practitioner, fold};
use sharewell_vault::{SlotKey, Vault, agency_slot, ledger, practitioner};
use zeroize::Zeroizing;

use super::{UNCONFIRMED, code_view};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::views::RecoveryCodeView;
use crate::{Secret, state, store};

/// Who opens a vault for the agency, why, and which two people agreed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecoveryInput {
    /// Who opens it.
    pub by: String,
    /// Why.
    pub why: String,
    /// One who agreed.
    pub agreed: String,
    /// The other one.
    pub agreed_too: String,
}

/// What a recovery came to: what the agency's roster needs.
#[derive(Debug, Clone)]
pub struct Recovered {
    /// Whose vault it is.
    pub practitioner: Practitioner,
    /// The chain that ended.
    pub before: OriginId,
    /// The chain that goes on from it.
    pub origin: OriginId,
    /// Its key.
    pub key: PublicKey,
    /// The new recovery code.
    pub code: RecoveryCodeView,
}

/// The age recipient that can open the vault or the backup in a folder; none where no agency can.
///
/// # Errors
/// [`Error::Vault`] where its key slots cannot be read.
pub fn agency_recipient(dir: &Path) -> Result<Option<String>> {
    Ok(agency_slot(dir)?.map(|slot| slot.recipient))
}

/// Opens a vault with the agency's recovery key, under a new passphrase. Nothing is lost: the vault goes on as a new
/// chain whose first entries say what it goes on from, who opened it, why, and which two people agreed. The holder's
/// passphrase and code open nothing any more.
///
/// # Errors
/// [`Error::Fields`] for what is missing, before anything is opened; [`Error::NotFound`] where no agency can open it;
/// [`Error::Exchange`] where another agency's key is needed; [`Error::Vault`] as for opening, and where the new
/// passphrase is too weak.
pub fn recover_by_agency(
    dir: &Path,
    identity: &Identity,
    new_passphrase: &Secret,
    typed: &RecoveryInput,
    now: Moment,
) -> Result<(Vault, Recovered)> {
    let mut form = Form::new();
    let by = form.required_name("by", &typed.by);
    let why = form.reason("why", &typed.why);
    let agreed = form.required_name("agreed", &typed.agreed);
    let too = form.required_name("agreed_too", &typed.agreed_too);
    form.fault_if(!too.is_empty() && fold(&agreed) == fold(&too), "agreed_too", Problem::SamePerson);
    let slot = agency_slot(dir)?.ok_or(Error::NotFound { what: "agency" })?;
    let recovery = AgencyRecovery { by, why, agreed: [agreed, too], recovery: slot.recipient };
    let recovery = form.end(|| Some(recovery))?;
    let opened = identity.unseal(&slot.sealed)?;
    let mut key = Zeroizing::new([0; 32]);
    // What is not of this length was not sealed by a vault.
    if opened.len() != key.len() {
        return Err(sharewell_exchange::Error::Damaged.into());
    }
    key.copy_from_slice(&opened);
    let (mut vault, fresh) = Vault::recover_by_agency(dir, SlotKey::new(key), new_passphrase, recovery, now)?;
    store::keep(&mut vault, &state::words(UNCONFIRMED, "", now))?;
    let (own, origin, before) = store::read(&vault, |r| {
        let origin = ledger::tip(r)?.origin;
        let before = ledger::before(r, origin)?.pop().ok_or(Error::NotFound { what: "origin" })?;
        Ok((practitioner::current(r)?.record, origin, before.origin))
    })?;
    let key = PublicKey(vault.public_key()?);
    Ok((vault, Recovered { practitioner: own, before, origin, key, code: code_view(&fresh, now) }))
}
