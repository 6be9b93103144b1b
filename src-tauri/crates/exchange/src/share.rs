//! A share in our own container: what one recipient reads, encrypted to their key and signed as a share.
//!
//! It is the signed bag that a handover is, of another kind, and holds documents alone: **never a slice of the ledger**,
//! no table, no id of an entry. A reader refuses one that holds anything else. `docs/share-format.md` says how one is
//! opened without us.

mod read;
mod write;

use serde::Deserialize;
use sharewell_records::{DisclosureId, Moment, Pattern, Practitioner, Sha256};

use crate::keys::Recipient;
use crate::sealed::Statement;
use crate::{PublicKey, sealed};

pub use crate::sealed::{Behind, Document};
pub use read::read;
pub use write::write;

/// Version of the whole format, as `bag-info.txt` gives it.
pub const VERSION: u32 = sealed::SHARE.version;

/// The `typ` of a share's signature.
pub const SIGNATURE_TYPE: &str = sealed::SHARE.typ;

/// What is shared. The same contents always give the same bag, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Identifies the share, and the disclosure that it becomes.
    pub id: DisclosureId,
    /// When it was made. Every time inside the file is this one.
    pub made_at: Moment,
    /// Who shares.
    pub practitioner: Practitioner,
    /// The agency whose profile stands behind the vault; none where none does.
    pub agency: Option<Behind>,
    /// What the recipient reads: PDF documents, by names that say nothing of whom they are about.
    pub documents: Vec<Document>,
    /// In which words it says what it is.
    pub words: Words,
}

/// What a language brings to a share's own page and labels: what it is and how to rely on it, for whoever opens one.
/// Names nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The page; its place is `fingerprint`.
    body: Pattern,
    /// The label that says which agency stands behind it.
    statement: Statement,
}

/// How much a reader takes in. Everything is refused before it is held in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the encrypted file.
    pub total: u64,
    /// Bytes of any one file inside.
    pub file: u64,
    /// Members of the archive, folders included.
    pub files: u64,
}

impl Default for Limits {
    /// A share is what a mailbox takes; this is several times that.
    fn default() -> Self {
        Self { total: 256 << 20, file: 192 << 20, files: 64 }
    }
}

/// A share that was opened and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What `bag-info.txt` says.
    pub info: Info,
    /// The documents, by path.
    pub documents: Vec<Document>,
}

/// What `bag-info.txt` says, after it was found to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Identifies the share.
    pub id: DisclosureId,
    /// When it was made.
    pub made_at: Moment,
    /// The key that signed. Who holds it two people find out by comparing its fingerprint.
    pub signer: PublicKey,
    /// Name of the person who shared, as they wrote it.
    pub made_by: String,
    /// Their agency, as they wrote it.
    pub agency: String,
    /// The key to which it was encrypted.
    pub recipient: Recipient,
    /// SHA-256 of the tag manifest.
    pub contents_hash: Sha256,
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]
mod tests;
