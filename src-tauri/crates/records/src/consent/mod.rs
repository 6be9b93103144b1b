//! Consent as it was asked for and answered: one event of it, never changed afterwards.
//!
//! A person's consent has no state of its own. Each event says what was asked, answered, withdrawn or left, by whom, about
//! which kinds of information and for whom; what stands at a moment is folded from all of them (`cells.rs`) by the
//! moves of `state.rs`.

mod act;
mod agreed;
mod cells;
mod combine;
mod giver;
mod may;
mod rests;
mod state;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::fold::folded_words;
use crate::words::closed_set;
use crate::{ConsentId, ContactId, Day, ItemId, Moment, OnSlip, PersonId, Sha256, fold};

pub use act::*;
pub use agreed::AgreedFor;
pub use cells::*;
pub use giver::*;
pub use may::*;
pub use rests::RestsOn;
pub use state::*;

closed_set! {
    /// What an answer means in law. The three are never merged: a yes in one sense is none in another.
    ConsentSense in "snake_case" {
        /// Permission that lifts a duty of confidence.
        Confidence = "confidence",
        /// Agreement to a service.
        Service = "service",
        /// Consent under the UK GDPR.
        Gdpr = "gdpr",
    }
}

closed_set! {
    /// What information is to be used for, as far as it decides what may ride on a yes.
    PurposeKind in "snake_case" {
        /// Help for the child or the family.
        Support = "support",
        /// Care for somebody's health.
        Health = "health",
        /// Learning and school.
        Education = "education",
        /// Home and money.
        Home = "home",
        /// Keeping somebody safe.
        Safety = "safety",
        /// Something else.
        Other = "other",
    }
}

impl PurposeKind {
    /// Whether what bears on somebody's safety may go for this purpose by agreement: it never rides on a yes to help.
    #[must_use]
    pub const fn carries_safeguarding(self) -> bool {
        match self {
            Self::Safety => true,
            Self::Support | Self::Health | Self::Education | Self::Home | Self::Other => false,
        }
    }
}

/// What information is to be used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentPurpose {
    /// Of which kind.
    pub kind: PurposeKind,
    /// In words, as it was said to the person.
    pub words: String,
}

impl ConsentPurpose {
    /// What makes two purposes one: the kind, and the words whatever their case and spacing.
    #[must_use]
    pub fn key(&self) -> (PurposeKind, String) {
        (self.kind, folded(&self.words))
    }
}

closed_set! {
    /// Kinds of information, as a person can be asked about them.
    InfoKind in "snake_case" {
        /// Who somebody is and how to reach them.
        Identity = "identity",
        /// The family and who lives together.
        Family = "family",
        /// School: attendance, learning.
        School = "school",
        /// Health.
        Health = "health",
        /// Mental health.
        MentalHealth = "mental_health",
        /// Home and money.
        Home = "home",
        /// Offences, or what is said of them.
        Offences = "offences",
        /// What bears on somebody's safety.
        Safeguarding = "safeguarding",
        /// Anything else.
        Other = "other",
    }
}

/// What may go: everything of a kind, or one statement of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "thing", rename_all = "snake_case")]
pub enum ConsentThing {
    /// Everything of a kind.
    Kind {
        /// The kind.
        kind: InfoKind,
    },
    /// One statement.
    Item {
        /// The statement.
        item: ItemId,
        /// What it is, as it was judged when it was asked about: a statement can be of several kinds.
        #[serde(default)]
        kinds: Vec<InfoKind>,
    },
}

impl ConsentThing {
    /// What makes two things one.
    #[must_use]
    pub const fn key(&self) -> ThingKey {
        match self {
            Self::Kind { kind } => ThingKey::Kind(*kind),
            Self::Item { item, .. } => ThingKey::Item(*item),
        }
    }
}

/// A kind or a statement, by which a cell is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThingKey {
    /// Everything of a kind.
    Kind(InfoKind),
    /// One statement.
    Item(ItemId),
}

impl ThingKey {
    /// The thing, as a cell names it. Of which kinds a statement is, the answers to it said.
    #[must_use]
    pub const fn thing(self) -> ConsentThing {
        match self {
            Self::Kind(kind) => ConsentThing::Kind { kind },
            Self::Item(item) => ConsentThing::Item { item, kinds: Vec::new() },
        }
    }
}

/// To whom something may go: somebody in the directory, or a named post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentRecipient {
    /// Who it is in the directory; none for a post that is only named.
    #[serde(default)]
    pub contact: Option<ContactId>,
    /// The name or the post, as the person heard it.
    pub name: String,
    /// The agency, may be empty.
    #[serde(default)]
    pub agency: String,
}

/// By which a recipient is found. A post that is only named is another recipient than one in the directory: a yes
/// reaches nobody whom it did not name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhoKey {
    /// Somebody in the directory.
    Contact(ContactId),
    /// A named post and its agency, whatever the case and the spacing.
    Named(String, String),
}

impl ConsentRecipient {
    /// By which it is found.
    #[must_use]
    pub fn key(&self) -> WhoKey {
        match self.contact {
            Some(contact) => WhoKey::Contact(contact),
            None => WhoKey::Named(folded(&self.name), folded(&self.agency)),
        }
    }

    /// Whether both may be one: a no reaches whoever may be meant. Two who stand in the directory are told apart there;
    /// others by the name, and by the agency where both have one. Two bodies are never one for having a name in common.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        if let (Some(one), Some(other)) = (self.contact, other.contact) {
            return one == other;
        }
        let (one, two) = (folded(&self.agency), folded(&other.agency));
        // A post and its agency are written in one line or in two.
        let same_agency = one.is_empty() || two.is_empty() || one.contains(&two) || two.contains(&one);
        folded(&self.name) == folded(&other.name) && same_agency
    }

    /// Whether a line that says who somebody is names this recipient: all of the name, word by word, up to where the line
    /// or a part of it ends. A name that only begins another is another's.
    #[must_use]
    pub fn is_named_in(&self, line: &str) -> bool {
        let name: Vec<String> = folded_words(&self.name).collect();
        let parts = line.split([',', ';', ':', '(', ')', '\n', '/']);
        !name.is_empty()
            && parts.map(|part| folded_words(part).collect::<Vec<_>>()).any(|part| part.ends_with(&name))
    }
}

closed_set! {
    /// What a person answered for one thing and one recipient. Each is stored as its own.
    #[derive(Default)]
    ConsentAnswer in "snake_case" {
        /// None: in events that carry no answer.
        #[default]
        Blank = "",
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not this one.
        NotThisOne = "not_this_one",
        /// I want to think.
        Thinking = "thinking",
    }
}

impl ConsentAnswer {
    /// What can be chosen, in the order in which it is offered.
    pub const OFFERED: [Self; 4] = [Self::Yes, Self::No, Self::NotThisOne, Self::Thinking];
}

/// One thing beside one recipient, and what was answered for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentCell {
    /// What.
    pub what: ConsentThing,
    /// To whom.
    pub recipient: ConsentRecipient,
    /// What was answered; blank in an event that is no answer.
    #[serde(default)]
    pub answer: ConsentAnswer,
}

/// The words that the person was shown or read, as they were on that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentWording {
    /// The words.
    pub text: String,
    /// Which version of them.
    pub version: String,
    /// In which language.
    pub language: String,
    /// SHA-256 over the words in UTF-8.
    #[specta(type = String)]
    pub hash: Sha256,
}

impl ConsentWording {
    /// Words with their hash.
    #[must_use]
    pub fn of(text: String, version: String, language: String) -> Self {
        let hash = Sha256::of(&[text.as_bytes()]);
        Self { text, version, language, hash }
    }

    /// Whether these are the words of which the hash was taken.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.hash == Sha256::of(&[self.text.as_bytes()])
    }
}

/// One event of somebody's consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentEvent {
    /// Identifies the event.
    pub id: ConsentId,
    /// Whose confidence it is.
    pub owed: PersonId,
    /// In which sense.
    pub sense: ConsentSense,
    /// What the information is for.
    pub purpose: ConsentPurpose,
    /// Who was asked, answered or was told; none where nobody was.
    #[serde(default)]
    pub giver: Option<ConsentGiver>,
    /// What happened.
    pub act: ConsentAct,
    /// What beside whom, each with its answer.
    pub cells: Vec<ConsentCell>,
    /// From when a yes holds; none from the moment of the answer.
    #[serde(default)]
    pub from: Option<Day>,
    /// The last day on which a yes holds; none where nothing was said.
    #[serde(default)]
    pub until: Option<Day>,
    /// When to ask again whether it still fits.
    #[serde(default)]
    pub review: Option<Day>,
    /// The words that they were shown or read.
    #[serde(default)]
    pub wording: Option<ConsentWording>,
    /// The slip on which they answered or were told, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<OnSlip>,
    /// When it happened; when it was written down, the entry says.
    pub happened: Moment,
    /// Anything else, may be empty.
    #[serde(default)]
    pub note: String,
}

impl ConsentEvent {
    /// The event that this one says was never true.
    #[must_use]
    pub const fn strikes(&self) -> Option<ConsentId> {
        match &self.act {
            ConsentAct::InError { event, .. } => Some(*event),
            ConsentAct::Asked
            | ConsentAct::Answered { .. }
            | ConsentAct::Withdrawn { .. }
            | ConsentAct::Superseded { .. }
            | ConsentAct::NotSought { .. }
            | ConsentAct::NoAnswer { .. }
            | ConsentAct::Told => None,
        }
    }

    /// What it does to one of its cells; none where it does nothing to a cell by itself.
    #[must_use]
    pub const fn step(&self, cell: &ConsentCell) -> Option<ConsentStep> {
        match &self.act {
            ConsentAct::Asked => Some(ConsentStep::Asked),
            ConsentAct::Answered { .. } => match cell.answer {
                ConsentAnswer::Blank => None,
                ConsentAnswer::Yes => Some(ConsentStep::Yes),
                ConsentAnswer::No => Some(ConsentStep::No),
                ConsentAnswer::NotThisOne => Some(ConsentStep::NotThisOne),
                ConsentAnswer::Thinking => Some(ConsentStep::Thinking),
            },
            ConsentAct::Withdrawn { .. } => Some(ConsentStep::Withdrawn),
            ConsentAct::Superseded { .. } => Some(ConsentStep::Superseded),
            ConsentAct::InError { .. } => None,
            ConsentAct::NotSought { .. } => Some(ConsentStep::NotSought),
            ConsentAct::NoAnswer { .. } => Some(ConsentStep::NoAnswer),
            ConsentAct::Told => Some(ConsentStep::Told),
        }
    }

    /// Whether somebody said yes to something in it.
    #[must_use]
    pub fn says_yes(&self) -> bool {
        self.cells.iter().any(|cell| self.step(cell) == Some(ConsentStep::Yes))
    }
}

/// A text as it is compared: small letters, single spaces.
fn folded(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
