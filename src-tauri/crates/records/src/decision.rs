//! A decision as it is signed: what it rests on, and who is told.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{
    Answered, CaseId, CheckedList, Day, DecisionId, Extent, KnownFacts, Moment, Nation, Obligation,
    OutcomeKind, PackRef, PersonId, Recipient, Request, RestsOn, StepId,
};

closed_set! {
    /// What brought the decision about.
    Trigger in "snake_case" {
        /// The practitioner's own worry.
        Worry = "worry",
        /// Somebody asks us for information.
        Request = "request",
        /// New facts about an earlier decision.
        NewFacts = "new_facts",
        /// A linked decision for somebody else at risk.
        Linked = "linked",
    }
}

/// The grounds on which a share rests, kept apart (facts 3.1, A6). Empty text means not settled.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct Grounds {
    /// Power or duty to share.
    pub power: String,
    /// UK GDPR Article 6 basis.
    pub lawful_basis: String,
    /// Article 9 or 10 condition with Schedule 1 paragraph.
    pub condition: String,
    /// Which limb of Schedule 1 paragraph 18(1)(c) explains that there was no consent.
    pub no_consent_limb: String,
    /// What lifts, or does not lift, the duty of confidence.
    pub confidence: String,
    /// Why it is necessary and in proportion.
    pub proportionality: String,
    /// Why something that was suggested was changed. Empty where all stand as suggested.
    #[serde(default)]
    pub changed_because: String,
}

/// Whether and when one person is told (S59–S60).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Telling {
    /// The person, where the file knows them.
    pub person: Option<PersonId>,
    /// Their name as shown.
    pub name: String,
    /// When.
    pub when: WhenTold,
    /// Why.
    pub why: String,
}

closed_set! {
    /// When somebody is told that their information is shared (S59, S60).
    #[derive(Default)]
    WhenTold in "snake_case" {
        /// Not chosen yet: in what is still being typed, and in what was never finished.
        #[default]
        Blank = "",
        /// Now.
        Now = "now",
        /// Later, and why not now.
        Later = "later",
        /// Not, and why.
        Not = "not",
        /// They were told already.
        Told = "told",
        /// Not sure yet.
        NotSure = "not_sure",
    }
}

impl WhenTold {
    /// Whether the person knows, or is about to.
    #[must_use]
    pub fn knows(self) -> bool {
        match self {
            Self::Now | Self::Told => true,
            Self::Blank | Self::Later | Self::Not | Self::NotSure => false,
        }
    }

    /// Whether it is settled. *Not sure* is not, and nor is what was never chosen.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self {
            Self::Now | Self::Later | Self::Not | Self::Told => true,
            Self::Blank | Self::NotSure => false,
        }
    }
}

/// A decision as signed off. Immutable; new facts make a new, linked decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Identifies it.
    pub id: DecisionId,
    /// The file.
    pub case: CaseId,
    /// The child it is about.
    pub child: PersonId,
    /// The nation whose pack was used.
    pub nation: Nation,
    /// The pack.
    pub pack: PackRef,
    /// What brought it about.
    pub trigger: Trigger,
    /// An earlier decision that this one follows.
    #[serde(default)]
    pub follows: Option<DecisionId>,
    /// When the first question was opened.
    pub started: Moment,
    /// The day for which the guidance was applied.
    pub on: Day,
    /// What the file told the engine.
    pub known: KnownFacts,
    /// Every answer given, in the order of first asking, those off the path included.
    pub answers: Vec<Answered>,
    /// The steps on the path, in order.
    pub path: Vec<StepId>,
    /// The outcome's id in the pack.
    pub outcome: String,
    /// What the pack advised.
    pub advised: OutcomeKind,
    /// What the practitioner decided.
    pub decided: OutcomeKind,
    /// Why they decided otherwise; empty where they followed the advice.
    #[serde(default)]
    pub otherwise: String,
    /// Why, in the practitioner's words.
    pub reasons: String,
    /// Other ways that were considered.
    #[serde(default)]
    pub alternatives: String,
    /// What is (to be) shared, or was asked for.
    pub what: String,
    /// To whom.
    pub recipient: Recipient,
    /// On what grounds.
    pub grounds: Grounds,
    /// Whether each person is told.
    pub telling: Vec<Telling>,
    /// What is still not known: steps answered *not sure*.
    pub unknown: Vec<StepId>,
    /// What follows.
    pub obligations: Vec<Obligation>,
    /// When to look again.
    pub review: Day,
    /// When the practitioner confirmed going on under guidance that had expired; none where it had not, and
    /// where an emergency did not wait for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired_confirmed: Option<Moment>,
    /// The request that brought it about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// Checklists that were gone through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklists: Vec<CheckedList>,
    /// Other nations whose guidance this needs a decision under too, since agency, child or harm are there (A5).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Nation>,
    /// What of the file goes to the recipient, and what stays (from version 3). None where nothing leaves or nothing was
    /// held, and where harm did not wait for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// The consent on which it rests, as it stood when it was signed (from version 4): for one purpose, whose and to what.
    /// None where it rests on another ground, and where nothing was written down of it: then its answers say who agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<RestsOn>,
}
