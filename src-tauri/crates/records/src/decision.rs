//! A decision: its answers, its outcome, what it rests on and the obligations that follow.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    CaseId, Day, DecisionId, EmergencyId, ItemId, Moment, Nation, ObligationId, PersonId, Request, Sha256,
};

/// Names a step of a guidance pack (`danger`, `harm`, `confidence`). Never changes within a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct StepId(pub String);

impl std::fmt::Display for StepId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The pack under which a decision was made, so that it can be replayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// The pack's id (`england`).
    pub id: String,
    /// Its version (`2024-05`).
    pub version: String,
    /// SHA-256 over its sorted paths and raw-byte hashes.
    pub hash: Sha256,
}

/// What can be installed from a signed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PackKind {
    /// A nation's guidance.
    Pack,
    /// An agency's own protocol, laid over a nation's.
    Overlay,
}

/// An answer to a step. `not_sure` is a value like any other, and a real answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Answer {
    /// One value of a closed set: `yes`, `no`, `not_sure`, or an option's id.
    Choice {
        /// The value.
        value: String,
        /// Words beside it, where the step asks for them (an order's number, another reason). May be empty.
        #[serde(default)]
        words: String,
    },
    /// Several values of a closed set.
    Choices {
        /// The values, in the pack's order.
        values: Vec<String>,
        /// Words beside them. May be empty.
        #[serde(default)]
        words: String,
    },
    /// Free text.
    Text {
        /// The text.
        text: String,
    },
    /// A day.
    Date {
        /// The day.
        on: Day,
    },
    /// People of the file (whose confidence, who else is at risk), and others in words.
    People {
        /// People recorded in the file.
        people: Vec<PersonId>,
        /// Others, in words. May be empty.
        #[serde(default)]
        words: String,
    },
    /// Advice taken, or that none could be had.
    Adviser {
        /// Name and post of the adviser. Empty where nobody could be reached.
        who: String,
        /// Whether the adviser belongs to the practitioner's own agency.
        own_agency: bool,
        /// Whether anyone was named to the adviser.
        named: bool,
        /// What came of it: `agrees`, `disagrees`, `not_reached`, `implicated`, `not_asked`.
        result: String,
        /// What was said.
        #[serde(default)]
        said: String,
    },
    /// Information items of the file chosen for the question.
    Items {
        /// The items.
        items: Vec<ItemId>,
        /// Anything else, in words. May be empty.
        #[serde(default)]
        words: String,
    },
    /// Both sides of the balance (S48). Ratings describe; they never compute an outcome.
    Weighing {
        /// What is likely to happen if it is shared.
        share: WeighingSide,
        /// What is likely to happen if it is not.
        not_share: WeighingSide,
        /// Which side weighs more: `share`, `not_share` or `not_sure`. The person's own judgement.
        heavier: String,
    },
    /// A choice for each person separately, with a reason (tell now, later, not).
    EachPerson {
        /// One row a person.
        rows: Vec<PersonChoice>,
    },
    /// A fixed list of points, each answered, with what shows it.
    Checklist {
        /// One row a point.
        rows: Vec<CheckRow>,
    },
}

/// A point of a checklist, answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CheckRow {
    /// The point's id.
    pub point: String,
    /// `yes`, `no` or `not_sure`; empty where it is not answered yet.
    pub value: String,
    /// What was seen or said that shows it. May be empty.
    #[serde(default)]
    pub words: String,
}

/// A checklist of the guidance's library, gone through for a decision. It shows what was looked at; nothing is
/// counted, and no point decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CheckedList {
    /// The article's id in the pack.
    pub article: String,
    /// The points that were answered.
    pub rows: Vec<CheckRow>,
}

/// One side of the balance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct WeighingSide {
    /// What is likely to happen, and to whom.
    pub what: String,
    /// `unlikely`, `possible`, `likely`, `almost_certain` or `not_sure`.
    pub likelihood: String,
    /// `slight`, `moderate`, `serious`, `severe` or `not_sure`.
    pub severity: String,
}

/// A choice about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PersonChoice {
    /// The person, where the file knows them.
    pub person: Option<PersonId>,
    /// The name as shown when it was asked.
    pub name: String,
    /// The value chosen.
    pub value: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// An answer with the moment at which it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The step.
    pub step: StepId,
    /// The answer.
    pub answer: Answer,
    /// When.
    pub at: Moment,
}

/// Something that the file tells the engine, so that it need not be asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum Known {
    /// True or false.
    Flag(bool),
    /// A whole number (an age in years).
    Number(i32),
    /// A word of a closed set.
    Word(String),
}

/// Everything the file tells the engine, by name.
pub type KnownFacts = BTreeMap<String, Known>;

/// The named ends of a guided decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// A child is in danger now: tell at once what the danger calls for, write it up after.
    EmergencyShare,
    /// A confirmed duty or a valid order requires it, within its bounds (S15).
    MustShare,
    /// Share what the person who is owed the confidence agreed to, within the limits (S30, S85).
    ShareWithConsent,
    /// Share without consent, because reasons outweigh it (S43).
    ShareWithoutConsent,
    /// Share part: what the purpose needs and the grounds carry (S71–S72).
    ShareLimited,
    /// Hold, with a deadline, and ask for advice (S26).
    HoldAndSeekAdvice,
    /// Do not share, with reasons, what would change it, and a review date.
    DoNotShare,
}

impl OutcomeKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::EmergencyShare,
        Self::MustShare,
        Self::ShareWithConsent,
        Self::ShareWithoutConsent,
        Self::ShareLimited,
        Self::HoldAndSeekAdvice,
        Self::DoNotShare,
    ];

    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::EmergencyShare => "emergency-share",
            Self::MustShare => "must-share",
            Self::ShareWithConsent => "share-with-consent",
            Self::ShareWithoutConsent => "share-without-consent",
            Self::ShareLimited => "share-limited",
            Self::HoldAndSeekAdvice => "hold-and-seek-advice",
            Self::DoNotShare => "do-not-share",
        }
    }

    /// Whether something leaves.
    #[must_use]
    pub fn shares(self) -> bool {
        match self {
            Self::EmergencyShare
            | Self::MustShare
            | Self::ShareWithConsent
            | Self::ShareWithoutConsent
            | Self::ShareLimited => true,
            Self::HoldAndSeekAdvice | Self::DoNotShare => false,
        }
    }

    /// Whether it shares without resting on consent; then each person is told, or not, separately.
    #[must_use]
    pub fn shares_without_consent(self) -> bool {
        match self {
            Self::EmergencyShare | Self::MustShare | Self::ShareWithoutConsent | Self::ShareLimited => true,
            Self::ShareWithConsent | Self::HoldAndSeekAdvice | Self::DoNotShare => false,
        }
    }
}

/// The kinds of duty that a pack may attach to an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// The act itself: ring or write to this recipient on this number, by this time.
    Act,
    /// Write down the clear and legitimate purpose (S19).
    StatePurpose,
    /// Hear and write down the child's views, at whatever age (S18, SC9).
    HearViews,
    /// Think of everyone who may be affected (S76).
    ConsiderEveryone,
    /// Decide how much: only what the purpose needs (S71–S72).
    HowMuch,
    /// Separate fact, opinion and what was reported by others (S75).
    SeparateFactOpinion,
    /// Check that it is the right recipient and that they need it (S84).
    VerifyRecipient,
    /// Keep protected names and whereabouts out (2024 rule 5).
    ProtectIdentities,
    /// Keep an allegation about staff in a restricted file of its own: the decision is signed there.
    SeparateFile,
    /// Use a secure route (S83).
    SecureRoute,
    /// Tell the recipient the limits, also on passing on (S85–S86).
    TellLimits,
    /// Record what left, to whom, why and how (S87–S88).
    RecordDisclosure,
    /// Tell the person that their information is shared, or record why not (S59–S60).
    Explain,
    /// Talk it over with an adviser (S26, S49).
    DiscussWithAdviser,
    /// Consult the front door the same day.
    ConsultFrontDoor,
    /// Put a spoken referral in writing.
    ConfirmInWriting,
    /// Take legal advice the same day.
    LegalAdvice,
    /// Make a linked decision for another person at risk (S76).
    LinkedDecision,
    /// Find out who else knows, and confirm that they acted (S29).
    WhoElseActed,
    /// Check one's own assumptions, and where to get advice on a culture or faith (S23–S25).
    CheckAssumptions,
    /// Write up an emergency.
    WriteUp,
    /// Write down the reasons for not sharing.
    RecordReasons,
    /// Write down what would change the answer.
    WhatWouldChange,
    /// Look again by a date.
    Review,
    /// Ask the lead to countersign the same day.
    Countersign,
    /// Notify the police (female genital mutilation duty).
    NotifyPolice,
    /// Chase a reply, and escalate where there is none.
    Escalate,
    /// Work with the family towards agreement.
    KeepWorkingWithFamily,
}

/// An obligation as it was attached to a signed decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Obligation {
    /// Identifies it.
    pub id: ObligationId,
    /// The decision or emergency from which it follows.
    pub decision: Option<DecisionId>,
    /// The emergency from which it follows.
    pub emergency: Option<EmergencyId>,
    /// The duty.
    pub duty: Duty,
    /// The pack's own id for the obligation (text key), so that its words can be shown.
    pub key: String,
    /// Whom it concerns, where it is about one person.
    pub person: Option<PersonId>,
    /// By when; none where there is no deadline.
    pub due: Option<Moment>,
    /// Whether it was already done when the decision was signed.
    pub settled: Option<Settlement>,
}

/// How an obligation was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Settlement {
    /// Done; a note may be empty.
    Done {
        /// What was done.
        #[serde(default)]
        note: String,
    },
    /// Not needed, and why. The reason is required.
    NotNeeded {
        /// Why not.
        reason: String,
    },
}

/// What brought the decision about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The practitioner's own worry.
    Worry,
    /// Somebody asks us for information.
    Request,
    /// New facts about an earlier decision.
    NewFacts,
    /// A linked decision for somebody else at risk.
    Linked,
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

/// Where information goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct Recipient {
    /// Name of the person or desk.
    pub name: String,
    /// Post and agency.
    pub role: String,
    /// The number or address, and where it was found.
    pub reach: String,
}

/// Whether and when one person is told (S59–S60).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Telling {
    /// The person, where the file knows them.
    pub person: Option<PersonId>,
    /// Their name as shown.
    pub name: String,
    /// `now`, `later`, `not` or `told`.
    pub when: String,
    /// Why.
    pub why: String,
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
}
