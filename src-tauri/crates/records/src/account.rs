//! What became of something that left: it arrived, came back, was answered, went to the wrong person, was asked back; and
//! that whoever has it was told what changed since (`practice.md` 3, 10, 22).

use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{AccountNoteId, DisclosureId, Moment, ObligationId};

/// A line in the account of what left. It is added and never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountNote {
    /// Identifies it.
    pub id: AccountNoteId,
    /// What left: one thing, or all that a notice is about.
    pub of: Vec<DisclosureId>,
    /// When it happened.
    pub at: Moment,
    /// What happened.
    pub became: Became,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Became {
    /// It arrived.
    Delivered {
        /// What shows it.
        how: String,
    },
    /// It came back, or did not arrive.
    Returned {
        /// What is known of why.
        why: String,
    },
    /// Somebody on the other side answered.
    Answered {
        /// Who.
        by: String,
        /// What they said, and what they will do.
        reply: String,
        /// Whether what it was for was met.
        purpose: PurposeMet,
    },
    /// It went to the wrong person.
    WrongPerson {
        /// Who has it, as far as is known.
        who: String,
        /// Whether that may put somebody in danger.
        danger: MayBe,
        /// When somebody here knew: the 72 hours run from then.
        aware: Moment,
    },
    /// Whoever has it was asked to give it back, and what came of it.
    Recalled {
        /// What came of it.
        came: RecallEnd,
        /// More of it in words.
        words: String,
    },
    /// Whoever has it was told what changed.
    NoticeSent {
        /// The duty to tell them.
        notice: ObligationId,
        /// How.
        how: String,
        /// The words that were sent.
        words: String,
    },
    /// They answered the notice.
    NoticeAnswered {
        /// The duty to tell them.
        notice: ObligationId,
        /// Who answered.
        by: String,
        /// What they said: what they replaced, deleted or must keep.
        reply: String,
    },
}

closed_set! {
    /// Whether what something was shared for was met.
    PurposeMet in "snake_case" {
        /// It was.
        Met = "met",
        /// In part.
        Partly = "partly",
        /// It was not.
        NotMet = "not_met",
        /// It cannot be said yet.
        NotYet = "not_yet",
    }
}

closed_set! {
    /// Whether something may be so.
    MayBe in "snake_case" {
        /// It may.
        Yes = "yes",
        /// Nobody can rule it out.
        NotSure = "not_sure",
        /// It may not.
        No = "no",
    }
}

impl MayBe {
    /// Whether it is acted upon: whoever is not sure acts as if it were so.
    #[must_use]
    pub const fn counts(self) -> bool {
        match self {
            Self::Yes | Self::NotSure => true,
            Self::No => false,
        }
    }
}

closed_set! {
    /// What came of asking for something back.
    RecallEnd in "snake_case" {
        /// They were asked, and have not answered.
        Asked = "asked",
        /// It was deleted, and they said so.
        Deleted = "deleted",
        /// It came back.
        GivenBack = "given_back",
        /// They passed it on, or keep it.
        Kept = "kept",
    }
}
