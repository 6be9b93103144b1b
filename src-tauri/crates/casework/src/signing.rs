//! Signing with the vault's own key what leaves it as a file.

use sharewell_exchange::PublicKey;
use sharewell_vault::{Beside, Vault};

use crate::error::Result;

/// What holds the vault's own key: the open vault, and a second look at it for long work.
pub(crate) trait Signs {
    /// As [`Vault::sign`].
    fn sign(&self, message: &[u8]) -> sharewell_vault::Result<[u8; 64]>;
    /// As [`Vault::public_key`].
    fn public_key(&self) -> sharewell_vault::Result<[u8; 32]>;
}

impl Signs for Vault {
    fn sign(&self, message: &[u8]) -> sharewell_vault::Result<[u8; 64]> {
        Self::sign(self, message)
    }

    fn public_key(&self) -> sharewell_vault::Result<[u8; 32]> {
        Self::public_key(self)
    }
}

impl Signs for Beside {
    fn sign(&self, message: &[u8]) -> sharewell_vault::Result<[u8; 64]> {
        Self::sign(self, message)
    }

    fn public_key(&self) -> sharewell_vault::Result<[u8; 32]> {
        Self::public_key(self)
    }
}

/// Signs with the vault's own key, which never leaves it.
pub(crate) struct Signer<'a> {
    from: &'a dyn Signs,
    public: PublicKey,
}

impl sharewell_exchange::Signer for Signer<'_> {
    fn public_key(&self) -> PublicKey {
        self.public
    }

    fn sign(&self, message: &[u8]) -> sharewell_exchange::Result<[u8; 64]> {
        self.from.sign(message).map_err(|_| sharewell_exchange::Error::Signing)
    }
}

/// The vault's own key, for whatever leaves signed.
pub(crate) fn signer(from: &dyn Signs) -> Result<Signer<'_>> {
    Ok(Signer { from, public: PublicKey(from.public_key()?) })
}
