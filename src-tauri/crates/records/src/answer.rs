//! An answer to a question of the guidance, and what the file told the engine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{Day, ItemId, Moment, PersonId};

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
        /// What came of it.
        result: AdviserResult,
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
        /// Which side weighs more. The person's own judgement.
        heavier: Heavier,
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

closed_set! {
    /// What came of asking an adviser (S26, S49).
    #[derive(Default)]
    AdviserResult in "snake_case" {
        /// Not chosen yet: in what is still being typed, and in what was never finished.
        #[default]
        Blank = "",
        /// They agree with what is planned.
        Agrees = "agrees",
        /// They do not.
        Disagrees = "disagrees",
        /// Nobody could be reached.
        NotReached = "not_reached",
        /// The adviser is part of the worry.
        Implicated = "implicated",
        /// Nobody was asked.
        NotAsked = "not_asked",
    }
}

impl AdviserResult {
    /// What can be chosen, in the order in which it is offered.
    pub const OFFERED: [Self; 5] =
        [Self::Agrees, Self::Disagrees, Self::NotReached, Self::Implicated, Self::NotAsked];

    /// Whether the adviser was reached and said something. Then it is said who, and what (A11).
    #[must_use]
    pub fn spoke(self) -> bool {
        match self {
            Self::Agrees | Self::Disagrees => true,
            Self::Blank | Self::NotReached | Self::Implicated | Self::NotAsked => false,
        }
    }
}

closed_set! {
    /// Which side of the balance weighs more (S48).
    #[derive(Default)]
    Heavier in "snake_case" {
        /// Not chosen yet: in what is still being typed, and in what was never finished.
        #[default]
        Blank = "",
        /// The reasons to share.
        Share = "share",
        /// The reasons not to share.
        NotShare = "not_share",
        /// Not sure.
        NotSure = "not_sure",
    }
}

/// A point of a checklist, answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CheckRow {
    /// The point's id.
    pub point: String,
    /// What was answered.
    pub value: PointAnswer,
    /// What was seen or said that shows it. May be empty.
    #[serde(default)]
    pub words: String,
}

closed_set! {
    /// What a point of a checklist was answered.
    #[derive(Default)]
    PointAnswer in "snake_case" {
        /// Not chosen yet: in what is still being typed, and in what was never finished.
        #[default]
        Blank = "",
        /// Yes; then something shows it.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not sure.
        NotSure = "not_sure",
    }
}

impl PointAnswer {
    /// What can be chosen, in the order in which it is offered.
    pub const OFFERED: [Self; 3] = [Self::Yes, Self::No, Self::NotSure];
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
    /// How likely it is.
    pub likelihood: Likelihood,
    /// How bad it would be.
    pub severity: Severity,
}

closed_set! {
    /// How likely something is. A rating describes; it never computes an outcome.
    #[derive(Default)]
    Likelihood in "snake_case" {
        /// Not chosen yet: in what is still being typed, and in what was never finished.
        #[default]
        Blank = "",
        /// Unlikely.
        Unlikely = "unlikely",
        /// Possible.
        Possible = "possible",
        /// Likely.
        Likely = "likely",
        /// Almost certain.
        AlmostCertain = "almost_certain",
        /// Not sure.
        NotSure = "not_sure",
    }
}

closed_set! {
    /// How bad something would be.
    #[derive(Default)]
    Severity in "snake_case" {
        /// Not chosen yet: in what is still being typed, and in what was never finished.
        #[default]
        Blank = "",
        /// Slight.
        Slight = "slight",
        /// Moderate.
        Moderate = "moderate",
        /// Serious.
        Serious = "serious",
        /// Severe.
        Severe = "severe",
        /// Not sure.
        NotSure = "not_sure",
    }
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
