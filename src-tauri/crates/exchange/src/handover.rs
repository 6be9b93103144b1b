//! A handover: one file that holds files, tables, documents and the ledger slice behind them.
//!
//! [`write()`] streams age over tar over a signed BagIt bag; [`read()`] opens one again and believes nothing
//! in it until it is verified. Who may receive it, which files are in it and what becomes of it afterwards
//! is decided elsewhere.

mod attached;
mod read;
mod write;

use sharewell_records::{CaseId, HandoverId, Moment, OriginId, Practitioner, Seq, Sha256};

use crate::{EntryLine, Profile, PublicKey, Readme, Table, sealed};

pub use crate::sealed::{Behind, Document};
pub use attached::{Attached, Bytes, NoBytes};
pub use read::read;
pub use write::{write, write_with};

/// Version of the whole format, as `bag-info.txt` gives it.
pub const VERSION: u32 = sealed::HANDOVER.version;

/// The `typ` of a handover's signature.
pub const SIGNATURE_TYPE: &str = sealed::HANDOVER.typ;

/// What is to be handed over. The same contents always give the same bag, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Identifies the handover.
    pub id: HandoverId,
    /// When it was frozen. Every time inside the file is this one.
    pub made_at: Moment,
    /// The chain.
    pub origin: OriginId,
    /// First sequence covered.
    pub from: Seq,
    /// Last sequence covered.
    pub to: Seq,
    /// The link at `to`.
    pub head: Sha256,
    /// The link before `from`; the genesis link where `from` is 1.
    pub previous_link: Sha256,
    /// The key that signs; must be the signer's.
    pub public_key: PublicKey,
    /// Who hands over.
    pub practitioner: Practitioner,
    /// The agency whose profile stood behind the vault when it was frozen; none where none did.
    pub agency: Option<Behind>,
    /// The files handed over.
    pub cases: Vec<CaseId>,
    /// Every entry from `from` to `to`, in order.
    pub lines: Vec<EntryLine>,
    /// What goes along of chains before this one.
    pub chains: Vec<EarlierChain>,
    /// Which entries of the files come before, and stand in none of this.
    pub beginning: Beginning,
    /// Which part it is of what was too large for one file; none where it is whole.
    pub part: Option<Part>,
    /// The handover whose place this one takes: the same entries, written by another program or once more.
    pub replaces: Option<HandoverId>,
    /// The tables, see [`crate::tables`].
    pub tables: Vec<Table>,
    /// How cells are written.
    pub profile: Profile,
    /// Rendered documents.
    pub documents: Vec<Document>,
    /// Papers whose bytes go along; they come from [`Bytes`] when they are written.
    pub attachments: Vec<Attached>,
    /// In which words its first page and its labels speak.
    pub words: Readme,
}

/// A slice of a chain that the handover's own one goes on from: what was written before a backup was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierChain {
    /// The chain.
    pub origin: OriginId,
    /// First sequence covered.
    pub from: Seq,
    /// Last sequence covered.
    pub to: Seq,
    /// The link at `to`.
    pub head: Sha256,
    /// The link before `from`; the genesis link where `from` is 1.
    pub previous_link: Sha256,
    /// Every entry from `from` to `to`, in order.
    pub lines: Vec<EntryLine>,
}

/// Which entries of the files that are handed over come before, and stand in no slice of the handover. A handover that
/// starts in the middle says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beginning {
    /// How many there are.
    pub entries: u64,
    /// Those of them that the same recipient never got.
    pub never: u64,
    /// The finished handovers to the same recipient that hold the others, the earliest first.
    pub given: Vec<EarlierHandover>,
}

/// Which part a handover is of what was too large for one file. Each is a handover of its own, and verifies alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The first part, by which all of them are known to belong together.
    pub of: HandoverId,
    /// Which one it is, from 1.
    pub number: u32,
    /// How many there are.
    pub count: u32,
}

/// A handover that the same recipient got before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierHandover {
    /// Identifies it.
    pub id: HandoverId,
    /// When it was frozen.
    pub made_at: Moment,
    /// First sequence covered of its own chain.
    pub from: Seq,
    /// Last sequence covered.
    pub to: Seq,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Entries that stand whole (disposed ones included), those of earlier chains among them.
    pub entries: u64,
    /// Entries of other files, of which only place and hash stand there.
    pub withheld: u64,
    /// Tables.
    pub tables: u64,
    /// Documents.
    pub documents: u64,
    /// Bytes of everything under `data/`.
    pub payload_bytes: u64,
    /// SHA-256 of the tag manifest. It stands for the whole contents, and a receipt can name it: unlike the
    /// encrypted bytes, it is the same each time the handover is made again.
    pub contents_hash: Sha256,
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
    /// Bytes of one line of `entries.ndjson`.
    pub line: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { total: 1 << 30, file: 512 << 20, files: 20_000, line: 16 << 20 }
    }
}

/// A handover that was opened and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// What `bag-info.txt` says.
    pub info: Info,
    /// Every entry of the range, hashes and links verified.
    pub lines: Vec<EntryLine>,
    /// What goes along of chains before, verified like the range.
    pub chains: Vec<EarlierChain>,
    /// How the cells were written. `tables` holds them as they were before.
    pub profile: Profile,
    /// The tables.
    pub tables: Vec<Table>,
    /// The documents.
    pub documents: Vec<Document>,
    /// The bytes of papers, each held to the hash that its row in the table `attachments` gives. Paths are those below
    /// `data/attachments/`.
    pub attachments: Vec<Document>,
    /// Files of kinds that this version does not know, verified and kept. Paths are those in the bag.
    pub others: Vec<Document>,
}

/// What `bag-info.txt` says, after it was found to be signed and to agree with the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Identifies the handover.
    pub id: HandoverId,
    /// When it was frozen.
    pub made_at: Moment,
    /// The chain.
    pub origin: OriginId,
    /// First sequence covered.
    pub from: Seq,
    /// Last sequence covered.
    pub to: Seq,
    /// The link before `from`.
    pub previous_link: Sha256,
    /// The link at `to`.
    pub head: Sha256,
    /// The key of the roster that signed.
    pub signer: PublicKey,
    /// Name of the person who handed over, as they wrote it.
    pub made_by: String,
    /// Their agency, as they wrote it.
    pub agency: String,
    /// The files handed over.
    pub cases: Vec<CaseId>,
    /// How many entries of them come before and are not here, and how many of those the recipient never got; none
    /// where the handover is of an earlier program and does not say.
    pub not_here: Option<(u64, u64)>,
    /// Which part it is of what was too large for one file; none where it is whole.
    pub part: Option<Part>,
    /// The handover whose place it takes.
    pub replaces: Option<HandoverId>,
    /// Every key to which it was encrypted.
    pub recipients: Vec<crate::keys::Recipient>,
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
