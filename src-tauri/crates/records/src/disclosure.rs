//! What left, by whatever route.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{CheckedBy, DecisionId, DisclosureId, Extent, Moment};

/// What left: by whatever route, spoken, written or sent (S87–S88, D1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Disclosure {
    /// Identifies the disclosure.
    pub id: DisclosureId,
    /// The decision on which it rests, if one was made before.
    pub decision: Option<DecisionId>,
    /// The person it went to.
    pub recipient: String,
    /// Their post and agency.
    pub recipient_role: String,
    /// By what it was made sure who the recipient is; none in an emergency, and in what was written before it was asked
    /// (from version 2).
    #[serde(default)]
    pub check: Option<CheckedBy>,
    /// More of it in words, may be empty.
    #[serde(default)]
    pub checked: String,
    /// By which route.
    pub route: Route,
    /// What was shared.
    pub what: String,
    /// Why.
    pub why: String,
    /// Limits told to the recipient; roles, never protected names.
    #[serde(default)]
    pub limits: String,
    /// When it left.
    pub at: Moment,
    /// What of the file went with it, in which words, and what stayed (from version 3). None where that was not chosen
    /// item by item: what was said aloud stands in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
}

closed_set! {
    /// Routes by which information leaves.
    Route in "snake_case" {
        /// Spoken on the telephone.
        Telephone = "telephone",
        /// Spoken face to face or in a meeting.
        InPerson = "in_person",
        /// Secure e-mail approved by the agency.
        SecureEmail = "secure_email",
        /// The recipient's own form or portal.
        Portal = "portal",
        /// On paper, by hand.
        ByHand = "by_hand",
        /// On paper, by tracked post.
        Post = "post",
        /// An encrypted file made by this program.
        EncryptedFile = "encrypted_file",
    }
}

impl Route {
    /// Whether it is said aloud, so that nothing written goes to anybody.
    #[must_use]
    pub fn is_spoken(self) -> bool {
        match self {
            Self::Telephone | Self::InPerson => true,
            Self::SecureEmail | Self::Portal | Self::ByHand | Self::Post | Self::EncryptedFile => false,
        }
    }
}
