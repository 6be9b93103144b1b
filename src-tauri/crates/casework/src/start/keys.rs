//! Another passphrase, another recovery code. A passphrase is derived slowly, so both are long work: whoever saves
//! or locks meanwhile does not wait for it. Cut off, everything stays as it was.

use sharewell_records::Moment;
use sharewell_vault::{Beside, NewKeys, RecoveryCode, Vault};

use super::{UNCONFIRMED, code_view};
use crate::error::Result;
use crate::long::{Long, at_once};
use crate::views::{RecoveryCodeView, WorkKind};
use crate::{Secret, state, store};

/// Changes the passphrase.
#[derive(Debug, Clone)]
pub struct ChangePassphrase {
    /// The one that opens the vault now.
    pub old: Secret,
    /// The one that is to open it.
    pub new: Secret,
}

/// Gives a new recovery code; the old one opens nothing any more, and the new one must be typed back.
#[derive(Debug, Clone)]
pub struct NewRecoveryCode {
    /// The passphrase of the vault.
    pub passphrase: Secret,
}

impl Long for ChangePassphrase {
    type Made = NewKeys;
    type Told = ();

    const KIND: WorkKind = WorkKind::Keys;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<NewKeys> {
        Ok(beside.new_passphrase(self.old.clone(), &self.new)?)
    }

    fn end(self, vault: &mut Vault, keys: NewKeys, now: Moment) -> Result<()> {
        Ok(vault.take_keys(keys, now)?)
    }
}

impl Long for NewRecoveryCode {
    type Made = (NewKeys, RecoveryCode);
    type Told = RecoveryCodeView;

    const KIND: WorkKind = WorkKind::Keys;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<(NewKeys, RecoveryCode)> {
        Ok(beside.new_recovery_code(self.passphrase.clone())?)
    }

    fn end(
        self,
        vault: &mut Vault,
        (keys, fresh): (NewKeys, RecoveryCode),
        now: Moment,
    ) -> Result<RecoveryCodeView> {
        vault.take_keys(keys, now)?;
        store::keep(vault, &state::words(UNCONFIRMED, "", now))?;
        Ok(code_view(&fresh, now))
    }
}

/// Gives a new recovery code, all at once.
///
/// # Errors
/// [`crate::Error::Vault`] where the passphrase is wrong.
pub fn new_recovery_code(vault: &mut Vault, passphrase: Secret, now: Moment) -> Result<RecoveryCodeView> {
    at_once(NewRecoveryCode { passphrase }, vault, now)
}
