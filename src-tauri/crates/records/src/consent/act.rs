//! What happened in an event of consent, and what shows it.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::ConsentId;
use crate::words::closed_set;

/// How an answer was given, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentMethod {
    /// Spoken or written.
    pub evidence: ConsentEvidence,
    /// Who interpreted, may be empty.
    #[serde(default)]
    pub interpreter: String,
    /// The language in which it was asked and answered, may be empty.
    #[serde(default)]
    pub language: String,
}

/// What shows an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ConsentEvidence {
    /// It was said.
    Spoken {
        /// The words that were used.
        words: String,
        /// Who heard it besides; empty where nobody did.
        #[serde(default)]
        witness: String,
        /// Why nobody heard it besides.
        #[serde(default)]
        no_witness: String,
    },
    /// It was written.
    Written {
        /// How.
        how: WrittenHow,
        /// Where the paper lies, or what the scan is called.
        reference: String,
    },
}

closed_set! {
    /// How somebody put an answer in writing.
    WrittenHow in "snake_case" {
        /// Signed by hand.
        Signature = "signature",
        /// A mark, by somebody who does not write.
        Mark = "mark",
        /// A letter or message of their own.
        Letter = "letter",
        /// A paper that was scanned or photographed.
        Scan = "scan",
    }
}

closed_set! {
    /// Why nobody was asked. It is never shown or counted as a refusal.
    NotSoughtWhy in "snake_case" {
        /// To ask would put a child at risk of serious harm.
        ChildHarm = "child_harm",
        /// To ask would put an adult at risk of serious harm.
        AdultHarm = "adult_harm",
        /// Somebody would be pressed.
        Coercion = "coercion",
        /// Whom one would ask may be behind it.
        Suspect = "suspect",
        /// Trafficking is feared.
        Trafficking = "trafficking",
        /// Evidence could be lost.
        Evidence = "evidence",
        /// To ask would stand in the way of preventing or looking into a serious crime.
        Crime = "crime",
        /// The delay would raise the risk.
        Delay = "delay",
        /// Agreement is not the ground: an answer would change nothing.
        NotTheGround = "not_the_ground",
    }
}

closed_set! {
    /// What was answered, alone, to whether anybody is making them withdraw.
    PressedToWithdraw in "snake_case" {
        /// Nobody.
        No = "no",
        /// Somebody is.
        Yes = "yes",
        /// They could not be asked alone.
        NotAlone = "not_alone",
    }
}

closed_set! {
    /// What came of asking about harm again, on everything known, when somebody withdrew.
    HarmAskedAgain in "snake_case" {
        /// No harm is feared.
        No = "no",
        /// It is.
        Yes = "yes",
        /// Not sure.
        NotSure = "not_sure",
    }
}

closed_set! {
    /// Which kind of act an event is.
    ConsentActKind in "snake_case" {
        /// They were asked.
        Asked = "asked",
        /// They answered.
        Answered = "answered",
        /// They took their yes back.
        Withdrawn = "withdrawn",
        /// Something else took its place.
        Superseded = "superseded",
        /// An event that was never true.
        InError = "in_error",
        /// Nobody was asked.
        NotSought = "not_sought",
        /// They did not answer.
        NoAnswer = "no_answer",
        /// They were told, and not asked.
        Told = "told",
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ConsentAct {
    /// They were asked.
    Asked,
    /// They answered, each thing beside each recipient.
    Answered {
        /// How, and what shows it.
        method: ConsentMethod,
    },
    /// They took their yes back. What had gone before stays lawful.
    Withdrawn {
        /// How, and what shows it.
        method: ConsentMethod,
        /// Whether somebody is making them.
        pressed: PressedToWithdraw,
        /// Whether harm is feared, asked again.
        harm: HarmAskedAgain,
    },
    /// Something else was asked or agreed in its place.
    Superseded {
        /// What took its place, where it stands here.
        #[serde(default)]
        by: Option<ConsentId>,
    },
    /// An event that was never true. It acts backwards, and whatever rested on that event is looked at again.
    InError {
        /// The event.
        event: ConsentId,
        /// Why.
        why: String,
    },
    /// Nobody was asked.
    NotSought {
        /// Why.
        why: NotSoughtWhy,
        /// More of it in words, may be empty.
        #[serde(default)]
        words: String,
    },
    /// They were asked, and did not answer. It is not a no, and not a yes.
    NoAnswer {
        /// How often it was tried.
        tries: u16,
        /// How, in words, may be empty.
        #[serde(default)]
        words: String,
    },
    /// They were told, and no agreement was asked: a no would have changed nothing.
    Told,
}

impl ConsentAct {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> ConsentActKind {
        match self {
            Self::Asked => ConsentActKind::Asked,
            Self::Answered { .. } => ConsentActKind::Answered,
            Self::Withdrawn { .. } => ConsentActKind::Withdrawn,
            Self::Superseded { .. } => ConsentActKind::Superseded,
            Self::InError { .. } => ConsentActKind::InError,
            Self::NotSought { .. } => ConsentActKind::NotSought,
            Self::NoAnswer { .. } => ConsentActKind::NoAnswer,
            Self::Told => ConsentActKind::Told,
        }
    }
}
