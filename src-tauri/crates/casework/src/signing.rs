//! Signing with the vault's own key what leaves it as a file.

use sharewell_exchange::PublicKey;
use sharewell_vault::Vault;

use crate::error::Result;

/// Signs with the vault's own key, which never leaves it.
pub(crate) struct Signer<'a> {
    pub vault: &'a Vault,
    pub public: PublicKey,
}

impl sharewell_exchange::Signer for Signer<'_> {
    fn public_key(&self) -> PublicKey {
        self.public
    }

    fn sign(&self, message: &[u8]) -> sharewell_exchange::Result<[u8; 64]> {
        self.vault.sign(message).map_err(|_| sharewell_exchange::Error::Signing)
    }
}

/// The vault's own key, for whatever leaves signed.
pub(crate) fn signer(vault: &Vault) -> Result<Signer<'_>> {
    Ok(Signer { vault, public: PublicKey(vault.public_key()?) })
}
