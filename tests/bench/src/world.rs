//! A vault and a database written by hand that hold the same, growing together.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use sharewell_records::{PersonId, Stamp};
use sharewell_vault::{Error as VaultError, Kdf, NewVault, Secret, Vault};
use tempfile::TempDir;

use crate::by_hand::{ByHand, Rows};
use crate::corpus::{Corpus, Next, moment, practitioner};
use crate::error::{Error, Result};

const PASSPHRASE: &str = "seven quiet otters cross the lane";
const SEED: u64 = 20_260_312;
/// Entries written together while filling.
const BATCH: u64 = 1000;

/// Both sides.
pub struct World {
    vault: Option<Vault>,
    /// The limit's side.
    pub by_hand: ByHand,
    corpus: Corpus,
    author: PersonId,
    recovery_code: SecretString,
    entries: u64,
    folder: TempDir,
}

impl World {
    /// An empty vault and an empty database in a temporary folder under `dir`.
    pub fn new(dir: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("sharewell-bench-").tempdir_in(dir)?;
        let practitioner = practitioner();
        let author = practitioner.id;
        let new = NewVault {
            passphrase: PASSPHRASE.into(),
            practitioner,
            stamp: Stamp { author, at: moment(0) },
            kdf: Kdf::Calibrate,
        };
        let home = folder.path().join("vault");
        std::fs::create_dir(&home)?;
        let (vault, code) = Vault::create(&home, new)?;
        Ok(Self {
            vault: Some(vault),
            by_hand: ByHand::create(&folder.path().join("by-hand.db"))?,
            corpus: Corpus::new(SEED),
            author,
            recovery_code: code.shown(),
            entries: 0,
            folder,
        })
    }

    /// Where both stand.
    pub fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// The vault's folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    /// The passphrase.
    pub fn passphrase() -> SecretString {
        PASSPHRASE.into()
    }

    /// Who writes.
    pub fn author(&self) -> PersonId {
        self.author
    }

    /// The vault, open.
    pub fn vault(&self) -> Result<&Vault> {
        Ok(self.vault.as_ref().ok_or(VaultError::NoVault)?)
    }

    /// The vault, to be written to.
    pub fn vault_mut(&mut self) -> Result<&mut Vault> {
        Ok(self.vault.as_mut().ok_or(VaultError::NoVault)?)
    }

    /// Closes the vault, or leaves it closed.
    pub fn close(&mut self) -> Result<()> {
        self.vault.take().map_or(Ok(()), |vault| Ok(vault.close()?))
    }

    /// Opens the vault with the passphrase.
    pub fn unlock(&mut self) -> Result<()> {
        self.open(Secret::Passphrase(Self::passphrase()))
    }

    /// Opens the vault with the recovery code, which asks for no slow derivation.
    pub fn unlock_by_code(&mut self) -> Result<()> {
        let code = SecretString::from(self.recovery_code.expose_secret());
        self.open(Secret::RecoveryCode(code))
    }

    fn open(&mut self, with: Secret) -> Result<()> {
        self.vault = Some(Vault::unlock(&self.home(), with, moment(self.entries))?);
        Ok(())
    }

    /// The next entry, for both sides.
    pub fn next(&mut self) -> Result<(Next, Rows)> {
        let next = self.corpus.entry();
        self.both(next)
    }

    /// An entry, made ready for both sides.
    pub fn both(&mut self, next: Next) -> Result<(Next, Rows)> {
        self.entries += 1;
        let rows = Rows::of(&next, self.entries)?;
        Ok((next, rows))
    }

    /// Saves through the vault's own way of writing, in one transaction.
    pub fn save(&mut self, entries: &[Next]) -> Result<()> {
        let stamp = Stamp { author: self.author, at: moment(self.entries) };
        let vault = self.vault.as_mut().ok_or(VaultError::NoVault)?;
        vault.write(&stamp, |w| {
            entries.iter().try_for_each(|next| w.append(Some(next.case), &next.payload, &[]).map(|_| ()))
        })?;
        Ok(())
    }

    /// Brings both sides to so many entries.
    pub fn fill(&mut self, size: u64) -> Result<()> {
        while self.entries < size {
            let batch = BATCH.min(size - self.entries);
            let (ours, hand): (Vec<_>, Vec<_>) =
                (0..batch).map(|_| self.next()).collect::<Result<Vec<_>>>()?.into_iter().unzip();
            self.save(&ours)?;
            self.by_hand.write(&hand)?;
        }
        // Both start the measurements from the same state: everything in the database, no write-ahead log.
        self.close()?;
        self.unlock()?;
        self.by_hand.checkpoint()
    }

    /// The key derivation that the vault uses, alone.
    pub fn derivation(&self) -> Result<argon2::Params> {
        let keys: serde_json::Value =
            serde_json::from_slice(&std::fs::read(self.home().join("vault.keys"))?)?;
        let number = |value: &serde_json::Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
        let found = argon(&keys).ok_or(Error::NoDerivation)?;
        let (Some(memory), Some(passes)) =
            (found.get("memory_kib").and_then(number), found.get("passes").and_then(number))
        else {
            return Err(Error::NoDerivation);
        };
        argon2::Params::new(memory, passes, 1, Some(32)).map_err(Error::Derivation)
    }
}

/// The first object under the name `argon2id`.
fn argon(value: &serde_json::Value) -> Option<&serde_json::Value> {
    match value {
        serde_json::Value::Object(fields) => {
            fields.get("argon2id").or_else(|| fields.values().find_map(argon))
        }
        serde_json::Value::Array(list) => list.iter().find_map(argon),
        _ => None,
    }
}
