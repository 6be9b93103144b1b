//! A handover as it was frozen, and the key of the agency that it is for.

use crate::{CaseId, HandoverId, Seq, Sha256};

/// A handover as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Identifies it.
    pub id: HandoverId,
    /// The age recipient.
    pub recipient: String,
    /// Its name.
    pub recipient_name: String,
    /// The files handed over.
    pub cases: Vec<CaseId>,
    /// First sequence covered.
    pub from: Seq,
    /// Last sequence covered.
    pub to: Seq,
    /// The chain's link there.
    pub head: Sha256,
}

/// A key of an agency under the name given to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientKey {
    /// The age recipient.
    pub recipient: String,
    /// The name.
    pub name: String,
}
