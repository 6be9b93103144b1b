//! The agency's way in: its slot in the key file, and going on with a vault that its holder cannot open any more.

use secrecy::SecretString;
use sharewell_records::{AgencyRecovery, Continued, Moment, OldOrigin, Payload, Stamp};

use crate::door::keys::{Secret, SlotKey};
use crate::door::vault::{Vault, about};
use crate::door::{RecoveryCode, kdf};
use crate::tables::practitioner;
use crate::{Error, Result, ledger};

impl Vault {
    /// The age recipient of the agency's slot; none where no agency can open the vault.
    #[must_use]
    pub fn agency_recipient(&self) -> Option<String> {
        self.keys.agency().map(|slot| slot.recipient)
    }

    /// Lets an agency open the vault, in place of any other agency. `seal` seals the slot's key to the recipient.
    ///
    /// # Errors
    /// Whatever `seal` returns; [`Error::DiskFull`] and the like. Nothing is changed then.
    pub fn set_agency<E: From<Error>>(
        &mut self,
        recipient: &str,
        seal: impl FnOnce(&[u8; 32]) -> std::result::Result<Vec<u8>, E>,
        now: Moment,
    ) -> std::result::Result<(), E> {
        let mut keys = self.keys.clone();
        keys.set_agency(&self.key, recipient, seal)?;
        Ok(self.replace_keys(keys, now)?)
    }

    /// Opens a vault with the agency's key and goes on with it: as a new origin that names the old one and says who
    /// opened it, why, and who agreed, under a new passphrase and a new recovery code. The old ones open nothing any
    /// more. Entries, drafts and papers stay as they are.
    ///
    /// # Errors
    /// As [`Vault::unlock`], and [`Error::WeakPassphrase`] before anything is opened.
    pub fn recover_by_agency(
        dir: &std::path::Path,
        key: SlotKey,
        new_passphrase: &SecretString,
        recovery: AgencyRecovery,
        now: Moment,
    ) -> Result<(Self, RecoveryCode)> {
        kdf::strong_enough(new_passphrase, &[])?;
        let mut vault = Self::unlock(dir, Secret::AgencyKey(key), now)?;
        let own = vault.read(practitioner::current)?.record;
        kdf::strong_enough(new_passphrase, &about(&own))?;
        let stamp = Stamp { author: own.id, at: now };
        let fresh = RecoveryCode::generate()?;
        let mut keys = vault.keys.clone();
        keys.set_passphrase(&vault.key, new_passphrase, keys.kdf())?;
        keys.set_recovery_code(&vault.key, &fresh)?;
        // What went missing before is said by the chain that went missing; this one begins behind it.
        let (id, old, owed) = (vault.id(), vault.read(ledger::tip)?, vault.owed.clone());
        vault.commit(&stamp, |w| -> Result<()> {
            let how = Continued::AgencyKey;
            w.start_origin(
                id,
                Some(OldOrigin { origin: old.origin, last: old.sequence, link: old.link, how }),
            )?;
            crate::door::owed::pay(w, &owed)?;
            w.note(own.id, &Payload::RecoveredByAgency { recovery })
        })?;
        vault.branch_pending = false;
        if !owed.is_empty() {
            vault.paid();
        }
        vault.replace_keys(keys, now)?;
        Ok((vault, fresh))
    }
}
