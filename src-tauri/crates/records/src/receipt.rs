//! What an agency's receipt said of a handover, as it was taken in.
//!
//! Only what the vault itself can stand by is in it: an entry counts as received where the receipt names it with the
//! hash that the vault has at that place. A pair with another hash is a fork: kept, told, and never believed.

use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{EntryPlace, Handover, HandoverId, Moment, OriginId, Payload, ReceiptId, Seq, Sha256};

closed_set! {
    /// What became of a file at the agency.
    ReceiptOutcome in "snake_case" {
        /// Entries of it are held there now that were not held before.
        Taken = "taken",
        /// Everything in it was held there before.
        Had = "had",
        /// No key there opens it. It is kept as it came, and nothing in it counts as received.
        Sealed = "sealed",
        /// Some or all of it was not taken. It is kept as it came, for a person to look at.
        Quarantined = "quarantined",
    }
}

closed_set! {
    /// Why an agency did not take something. The same words as in the receipt (`docs/receipt-format.md`).
    NotTakenWhy in "snake_case" {
        /// It is no handover, or not a well-formed one.
        NotAHandover = "not_a_handover",
        /// It is damaged or cut short.
        Damaged = "damaged",
        /// It is larger than the intake takes.
        TooLarge = "too_large",
        /// A newer version wrote it than the intake knows.
        NewerVersion = "newer_version",
        /// The key that signed is not on the roster.
        UnknownSigner = "unknown_signer",
        /// The signature does not hold.
        BadSignature = "bad_signature",
        /// The key is on the roster for something else than handing over.
        OtherRole = "other_role",
        /// It was made before the key's time on the roster, or after it.
        NotInForce = "not_in_force",
        /// The key was revoked, and no checkpoint that was received before covers it.
        Revoked = "revoked",
        /// The key is not enrolled for this chain.
        OtherOrigin = "other_origin",
        /// An entry is not the one that was hashed, or the chain breaks.
        BrokenChain = "broken_chain",
        /// At the same place of the same chain another entry is held.
        OtherHash = "other_hash",
        /// It goes on from another chain than the one that is held.
        Fork = "fork",
        /// Entries before it were never received.
        Gap = "gap",
    }
}

/// Entries of a handover's files in one chain, from the first to the last: every one of them between the two, and
/// none of any other file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedStretch {
    /// The chain.
    pub origin: OriginId,
    /// The first.
    pub from: Seq,
    /// The last.
    pub to: Seq,
    /// How many there are.
    pub entries: u64,
}

/// The same of entries that were not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantinedStretch {
    /// The chain.
    pub origin: OriginId,
    /// The first.
    pub from: Seq,
    /// The last.
    pub to: Seq,
    /// How many there are.
    pub entries: u64,
    /// Why.
    pub why: NotTakenWhy,
}

/// Where the agency holds something else than the vault in one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForkThere {
    /// The chain.
    pub origin: OriginId,
    /// The first place at which it differs.
    pub at: Seq,
    /// How many entries differ; none where only the chain's link does.
    pub entries: u64,
    /// What stands there: the entry's hash, or the link.
    pub theirs: Sha256,
}

/// How far the agency holds a chain without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldThere {
    /// The chain.
    pub origin: OriginId,
    /// The place.
    pub at: Seq,
    /// The link there.
    pub link: Sha256,
}

/// An entry whose content the agency removed by its own retention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisposedThere {
    /// The chain.
    pub origin: OriginId,
    /// Its place.
    pub sequence: Seq,
    /// When.
    pub at: Moment,
    /// Under which rule of the agency.
    pub authority: String,
}

/// A receipt as it was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenReceipt {
    /// Identifies it.
    pub id: ReceiptId,
    /// The agency, by the name that it gives itself.
    pub agency: String,
    /// When it was made, by the agency's clock.
    pub made_at: Moment,
    /// The id of the key that signed it.
    pub key: String,
    /// SHA-256 of the file that was given in.
    pub file: Sha256,
    /// The handover that it answers.
    pub handover: HandoverId,
    /// What became of the file.
    pub outcome: ReceiptOutcome,
    /// Why it is quarantined; none otherwise.
    pub reason: Option<NotTakenWhy>,
    /// The entries that the agency has, by stretches of each chain.
    pub received: Vec<ReceivedStretch>,
    /// Those that it did not take.
    pub quarantined: Vec<QuarantinedStretch>,
    /// Where it holds something else than this vault.
    pub forks: Vec<ForkThere>,
    /// How far it holds each chain.
    pub held: Vec<HeldThere>,
    /// What it removed by its own retention.
    pub disposals: Vec<DisposedThere>,
}

impl Payload {
    /// The receipt that an entry took in.
    #[must_use]
    pub fn receipt(self) -> Option<TakenReceipt> {
        if let Self::ReceiptTaken { receipt } = self { Some(*receipt) } else { None }
    }
}

/// What a receipt says of the files of the handover that it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Got<'a> {
    /// The handover: whoever it went to has what the receipt names.
    pub handover: &'a Handover,
    /// The receipt.
    pub receipt: &'a TakenReceipt,
}

impl Got<'_> {
    /// Whether it says that an entry of a file was received.
    #[must_use]
    pub fn names(&self, at: EntryPlace) -> bool {
        self.handover.cases.contains(&at.case)
            && self.receipt.received.iter().any(|stretch| {
                stretch.origin == at.origin && (stretch.from..=stretch.to).contains(&at.sequence)
            })
    }
}
