//! What an agency answers to a file that it was given (`*.sharewell-receipt`): which entries it holds now, by their
//! hashes, and what it could not take and why.
//!
//! A compact JSON Web Signature (RFC 7515) by the agency's receipts key over one JSON object, so that any JWS
//! library checks one; in words: `docs/receipt-format.md`. A receipt holds no word of a record: places and hashes
//! alone. Whoever gets one believes nothing in it before its signature holds under the key that their agency's
//! profile names.

mod rules;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
mod tests;

use serde::{Deserialize, Serialize};
use sharewell_records::{HandoverId, Moment, OriginId, Seq, Sha256};
use uuid::Uuid;

use crate::table::json_place;
use crate::{Error, PublicKey, Result, Signer, Where, jws};

/// The version of the format. Raised whenever a field or a word is added.
pub const VERSION: u32 = 1;
/// The `typ` of a receipt's signature.
pub const SIGNATURE_TYPE: &str = "sharewell-receipt+jws";
/// The most bytes of a file: 64 MiB, room for more than half a million entries.
pub const MOST_BYTES: u64 = 64 << 20;

const FORMAT: &str = "sharewell-receipt";
/// What a fault in one is named after: it has no file name of its own.
const NAME: &str = "receipt";

/// An answer to one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Identifies the receipt.
    pub id: Uuid,
    /// The agency, by the name that it gives itself.
    pub agency: String,
    /// When it was made, by the agency's clock.
    pub made_at: Moment,
    /// The file that was given in.
    pub file: GivenFile,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it is quarantined; none for every other outcome.
    pub reason: Option<Reason>,
    /// The handover in it; none where that could not be read, or not be believed.
    pub handover: Option<GivenHandover>,
    /// What became of its entries, for each chain in it.
    pub origins: Vec<OfOrigin>,
    /// What the agency disposed of since its last receipt about these chains.
    pub disposals: Vec<Disposal>,
}

/// The file as it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenFile {
    /// SHA-256 of all its bytes.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A handover by what stays the same each time it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenHandover {
    /// Its id.
    pub id: HandoverId,
    /// SHA-256 of its tag manifest.
    pub contents_hash: Sha256,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Entries of it are held now that were not held before.
    Taken,
    /// Everything in it was held before.
    Had,
    /// No key of the intake opens it. It is kept as it came, for whoever holds its key; nothing in it counts as
    /// received.
    Sealed,
    /// Some or all of it was not taken. It is kept as it came, for a person to look at.
    Quarantined,
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is no handover, or not a well-formed one.
    NotAHandover,
    /// It is damaged or cut short.
    Damaged,
    /// It is larger than the intake takes.
    TooLarge,
    /// A newer version wrote it than the intake knows.
    NewerVersion,
    /// The key that signed is not on the roster.
    UnknownSigner,
    /// The signature does not hold.
    BadSignature,
    /// The key is on the roster for something else than handing over.
    OtherRole,
    /// It was made before the key's time on the roster, or after it.
    NotInForce,
    /// The key was revoked, and no checkpoint that was received before covers it.
    Revoked,
    /// The key is not enrolled for this chain.
    OtherOrigin,
    /// An entry is not the one that was hashed, or the chain breaks.
    BrokenChain,
    /// At the same place of the same chain another entry is held.
    OtherHash,
    /// It goes on from another chain than the one that is held.
    Fork,
    /// Entries before it were never received.
    Gap,
}

impl Reason {
    /// The word as it stands in a receipt.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAHandover => "not_a_handover",
            Self::Damaged => "damaged",
            Self::TooLarge => "too_large",
            Self::NewerVersion => "newer_version",
            Self::UnknownSigner => "unknown_signer",
            Self::BadSignature => "bad_signature",
            Self::OtherRole => "other_role",
            Self::NotInForce => "not_in_force",
            Self::Revoked => "revoked",
            Self::OtherOrigin => "other_origin",
            Self::BrokenChain => "broken_chain",
            Self::OtherHash => "other_hash",
            Self::Fork => "fork",
            Self::Gap => "gap",
        }
    }

    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::NotAHandover,
        Self::Damaged,
        Self::TooLarge,
        Self::NewerVersion,
        Self::UnknownSigner,
        Self::BadSignature,
        Self::OtherRole,
        Self::NotInForce,
        Self::Revoked,
        Self::OtherOrigin,
        Self::BrokenChain,
        Self::OtherHash,
        Self::Fork,
        Self::Gap,
    ];
}

impl std::str::FromStr for Reason {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|reason| reason.word() == text);
        found.ok_or_else(|| Error::contents("it is no reason of a receipt"))
    }
}

/// What became of the entries of one chain in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfOrigin {
    /// The chain.
    pub origin: OriginId,
    /// First sequence that the file covers of it.
    pub from: Seq,
    /// Last sequence.
    pub to: Seq,
    /// Entries that are held now and were not before, in order.
    pub taken: Vec<NamedEntry>,
    /// Entries that were held before, in order: also those whose content the agency has disposed of since.
    pub had: Vec<NamedEntry>,
    /// Entries that were not taken, in order.
    pub quarantined: Vec<QuarantinedEntry>,
    /// How far the chain is held without a gap; none where nothing of it is.
    pub held: Option<HeldTo>,
}

/// An entry by its place and its hash. In JSON a pair: `[3,"5f0c…"]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Seq, Sha256)", into = "(Seq, Sha256)")]
pub struct NamedEntry {
    /// Its place.
    pub sequence: Seq,
    /// Its hash.
    pub entry_hash: Sha256,
}

impl From<(Seq, Sha256)> for NamedEntry {
    fn from((sequence, entry_hash): (Seq, Sha256)) -> Self {
        Self { sequence, entry_hash }
    }
}

impl From<NamedEntry> for (Seq, Sha256) {
    fn from(NamedEntry { sequence, entry_hash }: NamedEntry) -> Self {
        (sequence, entry_hash)
    }
}

/// An entry that was not taken. In JSON three values: `[3,"5f0c…","fork"]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Seq, Sha256, Reason)", into = "(Seq, Sha256, Reason)")]
pub struct QuarantinedEntry {
    /// Its place.
    pub sequence: Seq,
    /// The hash with which it came.
    pub entry_hash: Sha256,
    /// Why.
    pub reason: Reason,
}

impl From<(Seq, Sha256, Reason)> for QuarantinedEntry {
    fn from((sequence, entry_hash, reason): (Seq, Sha256, Reason)) -> Self {
        Self { sequence, entry_hash, reason }
    }
}

impl From<QuarantinedEntry> for (Seq, Sha256, Reason) {
    fn from(QuarantinedEntry { sequence, entry_hash, reason }: QuarantinedEntry) -> Self {
        (sequence, entry_hash, reason)
    }
}

/// A place in a chain with the link there: whatever comes later must go on from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldTo {
    /// The place.
    pub sequence: Seq,
    /// The link there.
    pub link: Sha256,
}

/// An entry whose content the agency removed by its own retention. Place and hash stay with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disposal {
    /// The chain.
    pub origin: OriginId,
    /// The entry's place.
    pub sequence: Seq,
    /// Its hash.
    pub entry_hash: Sha256,
    /// When.
    pub at: Moment,
    /// Under which rule of the agency.
    pub authority: String,
}

/// What is signed: the receipt, and what says how to read it.
#[derive(Serialize, Deserialize)]
struct Signed<T> {
    format: String,
    version: u32,
    /// The id of the key that signed, as the signature's own header names it.
    key: String,
    receipt: T,
}

impl Receipt {
    /// Signs the receipt and gives the file.
    ///
    /// # Errors
    /// [`Error::Contents`] where it does not hold together (nothing leaves that [`Receipt::read`] would refuse),
    /// [`Error::TooLarge`], [`Error::Signing`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>> {
        rules::hold(self).map_err(Error::contents)?;
        let key = signer.public_key().id();
        let signed = Signed { format: FORMAT.to_owned(), version: VERSION, key, receipt: self };
        let body = serde_json::to_vec(&signed).map_err(|_| Error::contents("it does not serialise"))?;
        let file = jws::sign_whole(SIGNATURE_TYPE, &body, signer)?.into_bytes();
        if file.len() as u64 > MOST_BYTES {
            return Err(Error::TooLarge { what: NAME.to_owned(), limit: MOST_BYTES });
        }
        Ok(file)
    }

    /// Reads a receipt that was signed by this key.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::SignatureHeader`], [`Error::UnknownSigner`] where another key signed,
    /// [`Error::BadSignature`], [`Error::UnknownVersion`], and [`Error::Malformed`] where it does not hold together.
    pub fn read(bytes: &[u8], key: &PublicKey) -> Result<Self> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Error::TooLarge { what: NAME.to_owned(), limit: MOST_BYTES });
        }
        // Trust begins here, and nothing is parsed before.
        let body = jws::verify_whole(SIGNATURE_TYPE, bytes, &[*key])?;
        let at = || Where::file(NAME);
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        let malformed = |error: serde_json::Error| Error::malformed(at(), json_place(&error));
        let head: Head = serde_json::from_slice(&body).map_err(malformed)?;
        if head.format != FORMAT {
            return Err(Error::malformed(at(), "it is not a receipt"));
        }
        if head.version != VERSION {
            return Err(Error::UnknownVersion { at: at(), version: head.version.to_string() });
        }
        let Signed { key: named, receipt, .. }: Signed<Self> =
            serde_json::from_slice(&body).map_err(malformed)?;
        if named != key.id() {
            return Err(Error::malformed(at(), "the key that it names is not the one that signed"));
        }
        rules::hold(&receipt).map_err(|why| Error::malformed(at(), why))?;
        Ok(receipt)
    }
}
