//! Asking for a countersignature, and giving one.

use serde::{Deserialize, Serialize};
use sharewell_records::{CountersignatureId, DecisionId, Moment, Role, Verdict};
use specta::Type;

use super::DecisionView;

/// What a second person said of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SaidView {
    /// Identifies it.
    pub id: CountersignatureId,
    /// The decision.
    pub decision: DecisionId,
    /// Agreed or not.
    pub verdict: Verdict,
    /// Why.
    pub words: String,
    /// Who.
    pub by: String,
    /// Their post.
    pub role: String,
    /// Their agency.
    pub agency: String,
    /// When they said it.
    pub at: Moment,
    /// Of the key that signed it, to compare by telephone.
    pub fingerprint: String,
    /// The role that the agency's profile binds to that key; none where it binds none, or no profile stands.
    pub role_shown: Option<Role>,
    /// The hash of the entry over which they signed.
    pub entry_hash: String,
    /// The chain in which that entry stands. With its place and the link there it is a head held outside.
    pub origin: String,
    /// The place of that entry in its chain.
    pub sequence: u32,
    /// The chain's link.
    pub link: String,
    /// When this vault recorded it.
    pub taken_at: Moment,
}

/// Where the countersigning of one decision stands, for the person who made it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CountersigningView {
    /// The decision.
    pub decision: DecisionId,
    /// The child's name.
    pub child: String,
    /// The decision's number in the file.
    pub number: u32,
    /// Where it stands in a restricted file, its number.
    pub restricted: Option<u32>,
    /// Name of the lead whom the practitioner turns to; may be empty.
    pub lead_name: String,
    /// Their number; may be empty.
    pub lead_phone: String,
    /// The ask that waits for its answer.
    pub asked: Option<WaitingAsk>,
    /// What was said, the first first.
    pub said: Vec<SaidView>,
    /// Whether a countersignature is still wanted.
    pub wanted: bool,
    /// Of this vault's own key, to compare by telephone.
    pub fingerprint: String,
}

/// An ask that waits for its answer.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WaitingAsk {
    /// The code that opens the file, in groups; read out on the telephone.
    pub code: Vec<String>,
    /// When.
    pub at: Moment,
    /// The name that the file was given.
    pub file_name: String,
}

/// An ask as it is opened on the laptop of whoever is asked.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AskView {
    /// The decision, worked out anew from its entry. Nothing of it is kept in this vault.
    pub decision: DecisionView,
    /// Who asks.
    pub asked_by: String,
    /// Their post.
    pub role: String,
    /// Their agency.
    pub agency: String,
    /// Their telephone; may be empty.
    pub phone: String,
    /// When.
    pub asked_at: Moment,
    /// Of the key that signed the ask, to compare by telephone.
    pub fingerprint: String,
    /// Whether this program carries the guidance that was used, or has it from a signed file. Where not, its
    /// words come from the ask.
    pub guidance_known: bool,
    /// What was said here of exactly this entry before.
    pub already: Option<SaidView>,
}

/// An answer to an ask.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CountersignInput {
    /// The ask.
    pub path: String,
    /// Its code.
    pub code: String,
    /// The hash of the entry that was shown.
    pub entry_hash: String,
    /// Agreed or not.
    pub verdict: Option<Verdict>,
    /// Why.
    pub words: String,
    /// Where the answer is saved.
    pub to: String,
}
