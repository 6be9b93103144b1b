//! A practitioner's request to be enrolled (`*.sharewell-enrolment`): their key, and who they say they are, signed by
//! that very key. So the file shows that whoever wrote it holds the key; who that is, two people make sure of by
//! reading the fingerprint to one another.

use serde::{Deserialize, Serialize};
use sharewell_records::{Moment, OriginId};
use uuid::Uuid;

use crate::envelope::{self, Kind};
use crate::{Error, PublicKey, Result, Signer, Where};

/// The newest version of a request's form.
pub const VERSION: u32 = 1;
/// The most bytes of a file.
pub const MOST_BYTES: u64 = 16 * 1024;

const KIND: Kind = Kind { typ: "sharewell-enrolment+jws", version: VERSION, most: MOST_BYTES };

/// What a practitioner asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The agency of whom it is asked, as its profile names it.
    pub agency: Uuid,
    /// The key of the practitioner's vault.
    pub key: PublicKey,
    /// The chain that it signs.
    pub origin: OriginId,
    /// The chain that this one goes on from, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<OriginId>,
    /// Full name.
    pub name: String,
    /// Post.
    pub post: String,
    /// Team, may be empty.
    #[serde(default)]
    pub team: String,
    /// When it was asked, by the clock of the practitioner's computer.
    pub asked_at: Moment,
    /// Sixteen bytes in hexadecimal that no two requests share.
    pub nonce: String,
}

impl Request {
    /// Reads a request and makes sure that whoever wrote it holds the key.
    ///
    /// # Errors
    /// [`Error::TooLarge`] before anything is read; [`Error::UnknownSigner`] where another key signed than the one
    /// that asks; [`Error::UnknownVersion`], [`Error::Malformed`] and those of a signature.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let (request, key): (Self, _) = KIND.read(bytes)?;
        if key != request.key {
            return Err(Error::UnknownSigner);
        }
        request.check()?;
        Ok(request)
    }

    /// The bytes of the signed file.
    ///
    /// # Errors
    /// [`Error::UnknownSigner`] where the signer is not the key that asks; as [`Self::read`] for what does not hold
    /// together; [`Error::Signing`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>> {
        if signer.public_key() != self.key {
            return Err(Error::UnknownSigner);
        }
        self.check()?;
        KIND.write(self, signer)
    }

    fn check(&self) -> Result<()> {
        envelope::text("name", &self.name, 200, true)?;
        envelope::text("post", &self.post, 200, false)?;
        envelope::text("team", &self.team, 200, false)?;
        let nonce = self.nonce.len() == 32 && self.nonce.bytes().all(|c| c.is_ascii_hexdigit());
        if !nonce {
            return Err(Error::malformed(Where::file("nonce"), "it is not sixteen bytes in hexadecimal"));
        }
        if self.continues == Some(self.origin) {
            return Err(Error::malformed(Where::file("continues"), "a chain cannot go on from itself"));
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "enrolment/tests.rs"]
mod tests;
