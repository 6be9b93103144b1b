//! A file, the information items in it, advice, disclosures and emergencies.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    AdviceId, CaseId, DecisionId, DisclosureId, EmergencyId, ItemId, Mark, Moment, Nation, Occurred, PersonId,
};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// A child and the family.
    #[default]
    Family,
    /// An allegation about somebody who works or volunteers with children: a restricted file of its own, beside
    /// the child's and never part of it (DESIGN, *Safe practice*).
    Allegation,
}

impl CaseKind {
    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Allegation => "allegation",
        }
    }

    /// Whether files of this kind stay out of lists, search, a child's file and any handover but their own.
    #[must_use]
    pub fn is_restricted(self) -> bool {
        self == Self::Allegation
    }
}

/// A child's or a family's file, or a restricted one beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Case {
    /// Identifies the file.
    pub id: CaseId,
    /// The child, or the first child of the family.
    pub child: PersonId,
    /// The nation whose guidance applies first.
    pub nation: Nation,
    /// The agency's own number for the file, may be empty.
    #[serde(default)]
    pub reference: String,
    /// Why the file was opened, in a sentence.
    #[serde(default)]
    pub reason: String,
    /// What it is for. It never changes.
    #[serde(default)]
    pub kind: CaseKind,
    /// The child's file beside which a restricted file was opened. It never changes.
    #[serde(default)]
    pub beside: Option<CaseId>,
    /// In a restricted file: the people to whom nothing of it goes. Whom it is about, and a manager who may be
    /// part of it.
    #[serde(default)]
    pub kept_from: Vec<PersonId>,
}

impl Case {
    /// The file of a child and the family, without reference or reason.
    #[must_use]
    pub fn family(id: CaseId, child: PersonId, nation: Nation) -> Self {
        Self {
            id,
            child,
            nation,
            reference: String::new(),
            reason: String::new(),
            kind: CaseKind::Family,
            beside: None,
            kept_from: Vec::new(),
        }
    }
}

/// Somebody who uses the program, as every entry names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Practitioner {
    /// Identifies the person.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Post: health visitor, teacher, social worker …
    pub role: String,
    /// The agency.
    pub agency: String,
    /// The team, may be empty.
    #[serde(default)]
    pub team: String,
    /// The nation in which they work.
    pub nation: Nation,
    /// Telephone, may be empty.
    #[serde(default)]
    pub phone: String,
    /// The adviser they turn to first, may be empty until known.
    #[serde(default)]
    pub lead_name: String,
    /// How to reach that adviser.
    #[serde(default)]
    pub lead_phone: String,
    /// The front door of the place where they work (its name comes from the pack).
    #[serde(default)]
    pub front_door_name: String,
    /// Its telephone number.
    #[serde(default)]
    pub front_door_phone: String,
    /// Its number out of hours.
    #[serde(default)]
    pub out_of_hours_phone: String,
}

impl Practitioner {
    /// What the practitioner's agency, team and front door are called: names of no person.
    #[must_use]
    pub fn agencies(&self) -> [&str; 3] {
        [&self.agency, &self.team, &self.front_door_name]
    }
}

/// One statement in a file (S73, S75, S79).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Item {
    /// Identifies the item.
    pub id: ItemId,
    /// Fact, opinion or reported.
    pub mark: Mark,
    /// What kind of note it came from.
    pub source: ItemSource,
    /// The statement.
    pub text: String,
    /// For a reported item: who said it. For an opinion: as what it was given.
    #[serde(default)]
    pub by: String,
    /// Whom it is about.
    #[serde(default)]
    pub about: Vec<PersonId>,
    /// When it happened or was said.
    pub occurred: Occurred,
    /// Free labels for finding and grouping.
    #[serde(default)]
    pub labels: Vec<String>,
}

/// Where an item comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ItemSource {
    /// A home visit.
    Visit,
    /// A telephone call.
    Call,
    /// A meeting.
    Meeting,
    /// At school, nursery, clinic or centre.
    Setting,
    /// A letter, message or record from somebody else.
    Message,
    /// Something else.
    Other,
}

/// Advice asked for and given (S26–S28, A11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Advice {
    /// Identifies the advice.
    pub id: AdviceId,
    /// The decision that it was for, if any.
    pub decision: Option<DecisionId>,
    /// Who gave it: name and post.
    pub adviser: String,
    /// Whether the adviser belongs to the practitioner's own agency.
    pub own_agency: bool,
    /// Whether the child or anyone else was named. Named and outside the agency is a disclosure.
    pub named: bool,
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// Whether it was followed; a reason is required where it was not.
    pub followed: Followed,
    /// When.
    pub at: Occurred,
}

/// Whether advice was followed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Followed {
    /// Followed.
    Yes,
    /// Not followed, and why.
    No {
        /// Why not.
        reason: String,
    },
    /// Not decided yet.
    NotYet,
}

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
    /// How the recipient's identity was checked, may be empty in an emergency.
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
}

/// Routes by which information leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Spoken on the telephone.
    Telephone,
    /// Spoken face to face or in a meeting.
    InPerson,
    /// Secure e-mail approved by the agency.
    SecureEmail,
    /// The recipient's own form or portal.
    Portal,
    /// On paper, by hand.
    ByHand,
    /// On paper, by tracked post.
    Post,
    /// An encrypted file made by this program.
    EncryptedFile,
}

/// An emergency share: told first, written up after (J2, A8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Emergency {
    /// Identifies the emergency.
    pub id: EmergencyId,
    /// The file, where it is known already. An emergency never waits for one.
    pub case: Option<CaseId>,
    /// The child's name as it was said, where there is no file.
    #[serde(default)]
    pub child: String,
    /// Every attempt to reach somebody, in order.
    pub attempts: Vec<Attempt>,
    /// What was told, in a few words.
    #[serde(default)]
    pub told: String,
    /// Who else may be at risk.
    #[serde(default)]
    pub others_at_risk: String,
    /// Whether the practitioner is safe.
    pub worker_safe: Option<bool>,
}

/// One attempt to reach somebody in an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Attempt {
    /// Whom: 999, the front door, a name.
    pub who: String,
    /// On which number, may be empty.
    #[serde(default)]
    pub number: String,
    /// What came of it.
    pub result: AttemptResult,
    /// When.
    pub at: Moment,
}

/// The three ends of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AttemptResult {
    /// Somebody was told.
    Told,
    /// Nobody answered; the next number is tried.
    NoAnswer,
    /// Still trying.
    StillTrying,
}

/// The later write-up of an emergency, linked and dated as later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EmergencyWriteUp {
    /// The emergency.
    pub emergency: EmergencyId,
    /// The file it belongs to.
    pub case: CaseId,
    /// What happened, in full.
    pub account: String,
    /// Why it could not wait.
    pub why_urgent: String,
    /// Who was told that information was shared, or why not yet.
    pub explained: String,
    /// What was held back, may be empty.
    #[serde(default)]
    pub held_back: String,
}
