//! Closed sets of words that views carry, and where each comes from.

use serde::{Deserialize, Serialize};
use sharewell_guidance::practice::cards::Card;
use sharewell_guidance::practice::caution::Caution;
use sharewell_guidance::{ArticleKind, Body, Deadline, GroundField, Kind, NotSure, NoticeKind, Post, Ring};
use sharewell_records::{PersonRole, RelationshipKind, Settlement};
use specta::Type;

/// The form of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Yes, no or not sure.
    YesNoNotSure,
    /// One option.
    OneOf,
    /// One or more options.
    ManyOf,
    /// Free text.
    Text,
    /// A day.
    Date,
    /// People of the file, and others in words.
    People,
    /// Advice taken.
    Adviser,
    /// Information items of the file.
    Items,
    /// Both sides of the balance.
    Weighing,
    /// One option for each person.
    EachPerson,
    /// A fixed list of points.
    Checklist,
}

impl From<Kind> for StepKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::YesNo => Self::YesNoNotSure,
            Kind::OneOf => Self::OneOf,
            Kind::ManyOf => Self::ManyOf,
            Kind::Text => Self::Text,
            Kind::Date => Self::Date,
            Kind::People => Self::People,
            Kind::Adviser => Self::Adviser,
            Kind::Items => Self::Items,
            Kind::Weighing => Self::Weighing,
            Kind::EachPerson => Self::EachPerson,
            Kind::Checklist => Self::Checklist,
        }
    }
}

/// Whether a duty is outstanding, or how it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// It waits.
    Outstanding,
    /// It was done.
    Done,
    /// It is not needed.
    NotNeeded,
}

impl From<Option<&Settlement>> for DutyState {
    fn from(settled: Option<&Settlement>) -> Self {
        match settled {
            None => Self::Outstanding,
            Some(Settlement::Done { .. }) => Self::Done,
            Some(Settlement::NotNeeded { .. }) => Self::NotNeeded,
        }
    }
}

/// In which order children are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChildrenOrder {
    /// The file touched last first.
    #[default]
    ByChange,
    /// By name.
    ByName,
}

/// A part of the list of duties: how soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DutySpan {
    /// All of it.
    All,
    /// Emergencies, what is overdue, and what is due today.
    Now,
    /// The seven days after today.
    Week,
    /// After that.
    Later,
    /// What has no deadline.
    Undated,
}

/// A ground of a decision, kept apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// Power or duty to share.
    Power,
    /// Lawful basis.
    LawfulBasis,
    /// Condition for sensitive information.
    Condition,
    /// Why there is no consent: part of the condition.
    NoConsentLimb,
    /// Duty of confidence.
    Confidence,
    /// Necessity and proportion.
    Proportionality,
}

impl From<GroundField> for Gate {
    fn from(field: GroundField) -> Self {
        match field {
            GroundField::Power => Self::Power,
            GroundField::LawfulBasis => Self::LawfulBasis,
            GroundField::Condition => Self::Condition,
            GroundField::NoConsentLimb => Self::NoConsentLimb,
            GroundField::Confidence => Self::Confidence,
            GroundField::Proportionality => Self::Proportionality,
        }
    }
}

/// What kind of line on an advice it is, that nobody can tick off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NoticeSort {
    /// What must not be done.
    Ban,
    /// What is said or done at once.
    Do,
    /// Law that was announced: confirmed by nobody, or in force since somebody confirmed it.
    Law,
}

impl From<NoticeKind> for NoticeSort {
    fn from(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::Ban => Self::Ban,
            NoticeKind::Do => Self::Do,
            NoticeKind::Law => Self::Law,
        }
    }
}

/// In which post somebody confirmed for an agency that a law is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedIn {
    /// Its lawyer.
    Lawyer,
    /// Its data protection officer.
    DataProtectionOfficer,
}

impl From<Post> for ConfirmedIn {
    fn from(post: Post) -> Self {
        match post {
            Post::Lawyer => Self::Lawyer,
            Post::DataProtectionOfficer => Self::DataProtectionOfficer,
        }
    }
}

/// A card: what belongs together of what follows from a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CardSort {
    /// The act, and every call that goes with it.
    Ring,
    /// Telling, asking and hearing the child and the people.
    Telling,
    /// What is gone through with the adviser or the lead.
    Adviser,
    /// Other people at risk.
    Others,
    /// What is written down of what left.
    Written,
    /// Why, where nothing leaves yet.
    Reasons,
    /// No answer, or no action.
    Chase,
    /// Coming back to it.
    LookAgain,
}

impl From<Card> for CardSort {
    fn from(card: Card) -> Self {
        match card {
            Card::Ring => Self::Ring,
            Card::Telling => Self::Telling,
            Card::Adviser => Self::Adviser,
            Card::Others => Self::Others,
            Card::Written => Self::Written,
            Card::Reasons => Self::Reasons,
            Card::Chase => Self::Chase,
            Card::LookAgain => Self::LookAgain,
        }
    }
}

/// Why telling somebody later is suggested. Never chosen for the practitioner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LaterBecause {
    /// A flag on the person says that they are not to be told.
    FlagDoNotTell,
    /// A flag on the person says that they are not to be contacted.
    FlagNoContact,
    /// Somebody could be put under pressure or at risk.
    CoercionPossible,
    /// The child who spoke hears it in person, whatever is held back from others. The one that suggests no waiting.
    ChildInPerson,
}

impl From<Caution> for LaterBecause {
    fn from(caution: Caution) -> Self {
        match caution {
            Caution::FlagDoNotTell => Self::FlagDoNotTell,
            Caution::FlagNoContact => Self::FlagNoContact,
            Caution::CoercionPossible => Self::CoercionPossible,
            Caution::ChildInPerson => Self::ChildInPerson,
        }
    }
}

/// What an article of the library is, in the order in which a page shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ArticleSort {
    /// Who to call, by role.
    Contacts,
    /// Golden rules.
    Rules,
    /// Points that a decision can carry.
    Checklist,
    /// Principles.
    Principles,
    /// What is often believed, and is not so.
    Myths,
    /// Words of the nation.
    Glossary,
    /// Documents to read.
    Reading,
}

impl From<ArticleKind> for ArticleSort {
    fn from(kind: ArticleKind) -> Self {
        match kind {
            ArticleKind::Rules => Self::Rules,
            ArticleKind::Principles => Self::Principles,
            ArticleKind::Myths => Self::Myths,
            ArticleKind::Checklist => Self::Checklist,
            ArticleKind::Contacts => Self::Contacts,
            ArticleKind::Glossary => Self::Glossary,
            ArticleKind::Reading => Self::Reading,
        }
    }
}

/// What somebody is to the child: their tie where one is recorded, else the part that they play in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum Relation {
    /// The tie.
    Tie(RelationshipKind),
    /// The part.
    Part(PersonRole),
}

/// What can be set apart from a child's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ApartKind {
    /// A note.
    Item,
    /// A paper.
    Attachment,
    /// Advice taken.
    Advice,
    /// Something shared.
    Disclosure,
}

/// Whose number it is that is rung in an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// 999.
    Police,
    /// Where worries about a child are reported.
    FrontDoor,
    /// The same at night and on days off.
    OutOfHours,
    /// The adviser turned to first.
    Lead,
    /// One that the lock screen's file names in another way.
    Other,
}

impl NumberKind {
    /// Those that are kept beside the vault, each with its word there.
    const KEPT: [(Self, &'static str); 4] = [
        (Self::Police, "police"),
        (Self::FrontDoor, "front_door"),
        (Self::OutOfHours, "out_of_hours"),
        (Self::Lead, "lead"),
    ];

    /// Its word beside the vault.
    pub(crate) fn word(self) -> &'static str {
        Self::KEPT.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The kind of a word.
    pub(crate) fn of(word: &str) -> Self {
        Self::KEPT.iter().find(|(_, kept)| *kept == word).map_or(Self::Other, |(kind, _)| *kind)
    }
}

/// Whose number it is that an act asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NumberOf {
    /// Where worries about a child are reported.
    FrontDoor,
    /// The same at night and on days off.
    OutOfHours,
    /// The adviser turned to first.
    Adviser,
    /// Who hears worries about people who work with children.
    AllegationsOfficer,
}

impl From<Body> for NumberOf {
    fn from(body: Body) -> Self {
        match body {
            Body::FrontDoor => Self::FrontDoor,
            Body::OutOfHours => Self::OutOfHours,
            Body::Adviser => Self::Adviser,
            Body::AllegationsOfficer => Self::AllegationsOfficer,
        }
    }
}

/// What would make a passphrase harder to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StrengthAdvice {
    /// Nothing: it will do.
    Good,
    /// More words.
    AddWords,
    /// Many people use it.
    Common,
    /// It has names in it.
    Names,
    /// Parts of it repeat.
    Repeats,
    /// It follows the keys.
    Keyboard,
    /// It has dates in it.
    Dates,
    /// All its words are of a kind: numbers, days, colours.
    OneKind,
}

/// How the window looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the laptop is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// With high contrast.
    Contrast,
}

/// What *not sure* does at a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NotSureDoes {
    /// An adviser is asked, then the same question once more.
    Advice,
    /// It is an answer like any other.
    Answer,
    /// It is not offered.
    None,
}

impl From<NotSure> for NotSureDoes {
    fn from(does: NotSure) -> Self {
        match does {
            NotSure::Advice => Self::Advice,
            NotSure::Answer => Self::Answer,
            NotSure::None => Self::None,
        }
    }
}

/// Whom an act rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RingWho {
    /// 999.
    Emergency,
    /// The front door of children's social care.
    FrontDoor,
    /// The agency's adviser.
    Adviser,
    /// The police, on 101.
    Police,
    /// The agency's legal adviser.
    LegalAdviser,
    /// Whoever advises on data protection.
    DataAdviser,
    /// Who hears worries about people who work with children.
    AllegationsOfficer,
    /// The children's office of another area.
    OtherArea,
    /// Nobody whom the program could know.
    Nobody,
}

impl From<Ring> for RingWho {
    fn from(ring: Ring) -> Self {
        match ring {
            Ring::Emergency => Self::Emergency,
            Ring::FrontDoor => Self::FrontDoor,
            Ring::Adviser => Self::Adviser,
            Ring::Police => Self::Police,
            Ring::LegalAdviser => Self::LegalAdviser,
            Ring::DataAdviser => Self::DataAdviser,
            Ring::AllegationsOfficer => Self::AllegationsOfficer,
            Ring::OtherArea => Self::OtherArea,
            Ring::Nobody => Self::Nobody,
        }
    }
}

/// How a deadline is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineBy {
    /// At once.
    Now,
    /// So many hours.
    WithinHours,
    /// The end of the day.
    EndOfToday,
    /// The end of the next working day.
    EndOfNextWorkingDay,
    /// So many days.
    WithinDays,
    /// So many working days.
    WithinWorkingDays,
}

impl DeadlineBy {
    /// How a deadline is counted, and how many; 0 where there is nothing to count.
    pub(crate) fn of(deadline: Deadline) -> (Self, u16) {
        match deadline {
            Deadline::Now => (Self::Now, 0),
            Deadline::WithinHours(count) => (Self::WithinHours, count),
            Deadline::EndOfToday => (Self::EndOfToday, 0),
            Deadline::EndOfNextWorkingDay => (Self::EndOfNextWorkingDay, 0),
            Deadline::WithinDays(count) => (Self::WithinDays, count),
            Deadline::WithinWorkingDays(count) => (Self::WithinWorkingDays, count),
        }
    }
}
