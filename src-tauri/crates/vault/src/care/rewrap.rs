//! Key slots made anew: for another passphrase, for another recovery code.
//!
//! Deriving a key from a passphrase is slow on purpose. So it is done beside the open vault, and only what comes
//! of it is put in place in the vault itself.

use secrecy::SecretString;
use sharewell_records::Moment;

use crate::door::keys::{Keys, Secret};
use crate::door::local::Local;
use crate::door::vault::about;
use crate::door::{RecoveryCode, Vault};
use crate::door::{kdf, opening};
use crate::tables::practitioner;
use crate::{Beside, Error, Result};

/// Key slots that are to take the place of those from which they were made.
#[derive(Debug)]
pub struct NewKeys {
    from: Keys,
    to: Keys,
}

impl Beside {
    /// Wraps the data key under another passphrase. [`Vault::take_keys`] makes it count.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`] where the old one is wrong, [`Error::WeakPassphrase`] where the new one is.
    pub fn new_passphrase(&self, old: SecretString, new: &SecretString) -> Result<NewKeys> {
        let own = self.read(practitioner::current)?.record;
        kdf::strong_enough(new, &about(&own))?;
        self.rewrap(old, |keys| keys.set_passphrase(&self.key, new, keys.kdf()))
    }

    /// Wraps the data key under a new recovery code. [`Vault::take_keys`] makes it count, and then the old one no
    /// longer opens anything.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`] where the passphrase is wrong.
    pub fn new_recovery_code(&self, passphrase: SecretString) -> Result<(NewKeys, RecoveryCode)> {
        let fresh = RecoveryCode::generate()?;
        let keys = self.rewrap(passphrase, |keys| keys.set_recovery_code(&self.key, &fresh))?;
        Ok((keys, fresh))
    }

    /// Whether a passphrase is this vault's, while it stays open: somebody else had the screen, and who takes it back
    /// shows that they may. Wrong tries slow down as they do at the door, and the next opening tells of them.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`]; [`Error::TooSoon`] while a try is not taken.
    pub fn check_passphrase(&self, typed: SecretString, now: Moment) -> Result<()> {
        self.work().go_on()?;
        opening::unwrap(self.dir(), &Secret::Passphrase(typed), now)?;
        let mut local = Local::read(self.dir());
        (local.failed, local.last) = (0, None);
        // Where it cannot be written, later tries are slower than they need be, and nothing is lost.
        let _ = local.write(self.dir());
        Ok(())
    }

    fn rewrap(
        &self,
        passphrase: SecretString,
        change: impl FnOnce(&mut Keys) -> Result<()>,
    ) -> Result<NewKeys> {
        self.work().go_on()?;
        if self.keys.unwrap(&Secret::Passphrase(passphrase))?.is_none() {
            return Err(Error::WrongPassphrase { wait_seconds: 0 });
        }
        self.work().go_on()?;
        let mut to = self.keys.clone();
        change(&mut to)?;
        Ok(NewKeys { from: self.keys.clone(), to })
    }
}

impl Vault {
    /// Puts new key slots in place. The data key stays; it is only wrapped anew.
    ///
    /// # Errors
    /// [`Error::Cancelled`] where the slots were changed since these were made; [`Error::DiskFull`] and the like.
    /// Nothing is changed then.
    pub fn take_keys(&mut self, new: NewKeys, now: Moment) -> Result<()> {
        if new.from != self.keys {
            return Err(Error::Cancelled);
        }
        self.replace_keys(new.to, now)
    }
}
