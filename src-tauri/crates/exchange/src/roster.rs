//! An agency's roster (`*.sharewell-roster`): whose keys it takes handovers from, in which role, from when and until
//! when. Signed by the key that signs the agency's profile; a signature's `kid` is looked up here and nowhere else.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sharewell_records::{Day, OriginId, Role};
use uuid::Uuid;

use crate::envelope::{self, Kind};
use crate::{Error, PublicKey, Result, Signer, Where};

/// The newest version of a roster's form.
pub const VERSION: u32 = 1;
/// The most bytes of a file: 16 MiB, some twenty thousand members.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// The most members, those who left included.
pub const MOST_MEMBERS: usize = 20_000;

const KIND: Kind = Kind { typ: "sharewell-roster+jws", version: VERSION, most: MOST_BYTES };

/// Who works for an agency, by the key with which each signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// Identifies the agency.
    pub agency: Uuid,
    /// What it is called.
    pub name: String,
    /// Counts up with each roster: an older one never takes the place of a newer one.
    pub serial: u32,
    /// The day on which it was signed.
    pub issued: Day,
    /// Everybody who was ever enrolled, those who left included: what they signed earlier still names them.
    pub members: Vec<Member>,
}

/// Somebody's key. Whoever goes on from a backup, or was let in again by the agency, has a new key and a line of
/// their own for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The key's id, its RFC 7638 thumbprint: what a signature names.
    pub kid: String,
    /// The Ed25519 public key, in hexadecimal.
    pub key: PublicKey,
    /// The chain that the key signs.
    pub origin: OriginId,
    /// Full name.
    pub name: String,
    /// Post: health visitor, teacher, social worker …
    pub post: String,
    /// What they do for the agency.
    pub role: Role,
    /// The first day on which the key counts.
    pub from: Day,
    /// The last day on which it counts; none until somebody says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The day from which it counts no more: they left, or somebody else may have the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Day>,
    /// The chain that this one goes on from, where the agency knows of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<OriginId>,
}

/// How a member's key stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It counts.
    Current,
    /// It counts from a later day on.
    NotYet {
        /// The first day.
        from: Day,
    },
    /// It counted until a day that has passed.
    RunOut {
        /// The last day.
        until: Day,
    },
    /// It was taken back.
    Revoked {
        /// From when on.
        on: Day,
    },
}

impl Member {
    /// A member by the key, with nothing settled beyond its first day.
    #[must_use]
    pub fn new(key: PublicKey, origin: OriginId, name: &str, post: &str, role: Role, from: Day) -> Self {
        Self {
            kid: key.id(),
            key,
            origin,
            name: name.to_owned(),
            post: post.to_owned(),
            role,
            from,
            until: None,
            revoked: None,
            continues: None,
        }
    }

    /// How the key stands on a day. A revocation goes before everything else.
    #[must_use]
    pub fn stands(&self, on: Day) -> Stands {
        match (self.revoked, self.until) {
            (Some(revoked), _) if revoked <= on => Stands::Revoked { on: revoked },
            (_, _) if on < self.from => Stands::NotYet { from: self.from },
            (_, Some(until)) if until < on => Stands::RunOut { until },
            (_, _) => Stands::Current,
        }
    }
}

impl Roster {
    /// Reads a roster that this key signed.
    ///
    /// # Errors
    /// [`Error::TooLarge`] before anything is read; [`Error::UnknownSigner`] where another key signed;
    /// [`Error::UnknownVersion`], [`Error::Twice`], [`Error::Malformed`] and those of a signature.
    pub fn read(bytes: &[u8], agency: &PublicKey) -> Result<Self> {
        let (roster, key): (Self, _) = KIND.read(bytes)?;
        if key != *agency {
            return Err(Error::UnknownSigner);
        }
        roster.check()?;
        Ok(roster)
    }

    /// The bytes of the signed file: the same roster and key give the same bytes.
    ///
    /// # Errors
    /// As [`Self::read`], for what does not hold together; [`Error::Signing`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>> {
        self.check()?;
        KIND.write(self, signer)
    }

    /// Whose key has this id.
    #[must_use]
    pub fn member(&self, kid: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.kid == kid)
    }

    /// Every key, for a reader that looks up a signature by its id. How each stands is asked of its member.
    #[must_use]
    pub fn keys(&self) -> Vec<PublicKey> {
        self.members.iter().map(|member| member.key).collect()
    }

    /// Whether this roster may take the place of the one in use.
    ///
    /// # Errors
    /// [`Error::OtherAgency`], [`Error::NotNewer`].
    pub fn follows(&self, standing: &Self) -> Result<()> {
        crate::profile::newer((self.agency, self.serial), (standing.agency, standing.serial))
    }

    fn check(&self) -> Result<()> {
        let bad = |at: &str, why| Err(Error::malformed(Where::file(at), why));
        envelope::text("name", &self.name, 200, true)?;
        if self.serial == 0 {
            return bad("serial", "it begins at 1");
        }
        if self.members.len() > MOST_MEMBERS {
            return Err(Error::TooLarge { what: "the roster".to_owned(), limit: MOST_MEMBERS as u64 });
        }
        let (mut keys, mut origins) = (BTreeSet::new(), BTreeSet::new());
        for (number, member) in (1_u64..).zip(&self.members) {
            let at = || Where::line("members", number);
            if member.kid != member.key.id() {
                return Err(Error::malformed(at(), "the id is not that of the key"));
            }
            envelope::text("members", &member.name, 200, true)?;
            envelope::text("members", &member.post, 200, false)?;
            if !keys.insert(member.key) {
                return Err(Error::Twice { path: format!("members: key {}", member.kid) });
            }
            if !origins.insert(member.origin) {
                return Err(Error::Twice { path: format!("members: origin {}", member.origin) });
            }
            if member.until.is_some_and(|until| until < member.from) {
                return Err(Error::malformed(at(), "it ends before it begins"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "roster/tests.rs"]
mod tests;
