//! What `verify` can find, each with its place, and the report that gathers it.

use sharewell_records::{EntryId, OriginId, Seq, Sha256};

use crate::{Lost, Part, Projection};

/// A head that was kept elsewhere: in a receipt, on a printed document, with a colleague.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutsideHead {
    /// The origin.
    pub origin: OriginId,
    /// The sequence.
    pub sequence: Seq,
    /// The link there.
    pub link: Sha256,
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The origin.
    pub origin: OriginId,
    /// The sequence.
    pub sequence: Seq,
    /// The entry.
    pub entry: EntryId,
}

/// Something that `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Pages of `vault.db` fail SQLCipher's authentication.
    PagesDamaged {
        /// How many.
        pages: u64,
    },
    /// SQLite's own check finds the database malformed.
    StructureDamaged {
        /// How many problems, at most a hundred.
        problems: u64,
    },
    /// A part could not be read to its end.
    Unreadable {
        /// Which.
        part: Part,
    },
    /// `vault.keys` on disk is not what opened the vault.
    KeysChanged,
    /// Entries are missing.
    EntriesMissing {
        /// The origin.
        origin: OriginId,
        /// First missing.
        from: Seq,
        /// Last missing.
        to: Seq,
    },
    /// A row of the ledger does not have the form of an entry.
    EntryMalformed {
        /// The row.
        row: u64,
    },
    /// An entry's header is not what its hash covers.
    EntryAltered(Place),
    /// The chain does not lead to this entry: it was changed, moved or put in.
    LinkBroken(Place),
    /// An entry's content is not what its hash covers.
    PayloadAltered(Place),
    /// An entry's content is gone without a disposal.
    PayloadMissing(Place),
    /// An entry's content matches its hash and does not have the form of its kind.
    PayloadMalformed(Place),
    /// The bytes of a paper are not those for which this entry vouches.
    AttachmentAltered(Place),
    /// The bytes of a paper of which this entry speaks are gone without a disposal.
    AttachmentMissing(Place),
    /// A payload or a disposal mark belongs to no entry that says so.
    Stray {
        /// The row.
        row: u64,
    },
    /// An origin does not begin with the entry that names its key.
    OriginNotStarted(Place),
    /// An origin says that it continues a place in another chain that is not there.
    ContinuesNothing(Place),
    /// A checkpoint does not agree with the chain or its signature is wrong.
    CheckpointWrong(Place),
    /// The order of folding was changed.
    OrderAltered(Place),
    /// There is no `vault.head`.
    HeadMissing,
    /// Slots of `vault.head` are unreadable.
    HeadSlotsUnreadable {
        /// 1 or 2.
        slots: u8,
    },
    /// The ledger lacks, or contradicts, what `vault.head` saw.
    Lost(Lost),
    /// An outside head names another link than the chain has there.
    OutsideHeadDisagrees(OutsideHead),
    /// An outside head names a sequence that is not here.
    OutsideHeadMissing(OutsideHead),
    /// A projection is not what a rebuild gives.
    ProjectionDiffers(Projection),
    /// The search index does not agree with its own content.
    SearchIndexDamaged,
    /// A row of the access log was changed, removed or put in.
    AccessAltered {
        /// Its number.
        number: u64,
    },
    /// A note: a loss that was found and logged earlier.
    EarlierLoss {
        /// The origin.
        origin: OriginId,
        /// The last sequence that was there.
        held: Seq,
        /// The last sequence that the head had seen.
        head: Seq,
    },
    /// A note: entries that a newer version wrote. They are kept and verified.
    FromNewerVersion {
        /// How many.
        entries: u64,
    },
}

impl Finding {
    /// Whether this is a note and nothing is wrong.
    #[must_use]
    pub fn is_note(&self) -> bool {
        matches!(self, Self::EarlierLoss { .. } | Self::FromNewerVersion { .. })
    }

    /// The entry that it names.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::EntryAltered(place)
            | Self::LinkBroken(place)
            | Self::PayloadAltered(place)
            | Self::PayloadMissing(place)
            | Self::PayloadMalformed(place)
            | Self::AttachmentAltered(place)
            | Self::AttachmentMissing(place)
            | Self::OriginNotStarted(place)
            | Self::ContinuesNothing(place)
            | Self::CheckpointWrong(place)
            | Self::OrderAltered(place) => Some(*place),
            Self::PagesDamaged { .. }
            | Self::StructureDamaged { .. }
            | Self::Unreadable { .. }
            | Self::KeysChanged
            | Self::EntriesMissing { .. }
            | Self::EntryMalformed { .. }
            | Self::Stray { .. }
            | Self::HeadMissing
            | Self::HeadSlotsUnreadable { .. }
            | Self::Lost(_)
            | Self::OutsideHeadDisagrees(_)
            | Self::OutsideHeadMissing(_)
            | Self::ProjectionDiffers(_)
            | Self::SearchIndexDamaged
            | Self::AccessAltered { .. }
            | Self::EarlierLoss { .. }
            | Self::FromNewerVersion { .. } => None,
        }
    }
}

/// One chain as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The origin.
    pub origin: OriginId,
    /// Its last sequence.
    pub last: Seq,
    /// The link there: to be kept elsewhere.
    pub link: Sha256,
    /// Anchored to this sequence by an outside head; unanchored after. None where no outside head was given.
    pub anchored: Option<Seq>,
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many entries were checked.
    pub entries: u64,
    /// How many signed checkpoints agree.
    pub checkpoints: u64,
    /// Every chain.
    pub chains: Vec<Chain>,
    /// Everything found, in the order of checking; the first of a chain is the first wrong entry.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.findings.iter().all(Finding::is_note)
    }
}
