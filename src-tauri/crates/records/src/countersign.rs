//! What a second person said of a signed decision (A15): agreed or not, over exactly which content.

use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{CountersignatureId, DecisionId, EntryId, Moment, OriginId, PersonId, Seq, Sha256};

closed_set! {
    /// What was said of a decision.
    Verdict in "snake_case" {
        /// They countersign it.
        Agrees = "agrees",
        /// They do not, and say why. Both views are kept.
        Disagrees = "disagrees",
    }
}

/// A countersignature, or its refusal, over one signed decision as it stands in the ledger.
///
/// It names the entry by its hash, so it holds for that content and no other, and the place of the entry in its
/// chain, so that the vault of the person who gave it is a head held outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersignature {
    /// Identifies it.
    pub id: CountersignatureId,
    /// The decision.
    pub decision: DecisionId,
    /// The entry that signed it.
    pub entry: EntryId,
    /// The entry's hash, worked out anew by whoever said this.
    pub entry_hash: Sha256,
    /// The chain in which the entry stands.
    pub origin: OriginId,
    /// Its place there.
    pub sequence: Seq,
    /// The chain's link at it.
    pub link: Sha256,
    /// What was said.
    pub verdict: Verdict,
    /// Why; required where they do not agree.
    pub words: String,
    /// The person who said it, as their own vault knows them.
    pub person: PersonId,
    /// Name of who said it.
    pub by: String,
    /// Their post.
    pub role: String,
    /// Their agency.
    pub agency: String,
    /// When they said it.
    pub at: Moment,
}

/// A countersignature with what proves who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersigned {
    /// What was said.
    pub said: Countersignature,
    /// The Ed25519 public key of the vault in which it was said, in hexadecimal.
    pub key: String,
    /// The text over which that key signed, never written again.
    pub body: String,
    /// The detached JWS over it.
    pub jws: String,
}
