//! Closed sets of words that views carry, and where each comes from.

use serde::{Deserialize, Serialize};
use sharewell_guidance::practice::caution::Caution;
use sharewell_guidance::{GroundField, Kind};
use sharewell_records::Settlement;
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
}

impl From<Caution> for LaterBecause {
    fn from(caution: Caution) -> Self {
        match caution {
            Caution::FlagDoNotTell => Self::FlagDoNotTell,
            Caution::FlagNoContact => Self::FlagNoContact,
            Caution::CoercionPossible => Self::CoercionPossible,
        }
    }
}
