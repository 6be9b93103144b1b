//! The statement for the person: who was told what about them and why, drafted for the data protection officer, whom
//! nobody passes by (`practice.md` 14).
//!
//! Every line of the sharing log of a file is reviewed by itself: it goes, it goes in other words, or it is cut by a test
//! that the law names. What goes home says nothing of what was cut: its lines are numbered anew. A statement is recorded
//! again at each step; the latest form counts, and what an earlier form says never changes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

use crate::words::closed_set;
use crate::{
    AbleToDecide, Day, GiverKind, LogKind, Moment, Nation, ParentalResponsibility, Person, PersonId,
    StatementId, folded_words,
};

closed_set! {
    /// Which record is asked for. In a school each has rights of its own.
    AskedRecord in "snake_case" {
        /// The educational record of a pupil.
        EducationalRecord = "educational_record",
        /// A report on a pupil.
        Report = "report",
        /// The child protection file.
        ProtectionFile = "protection_file",
        /// Who was told what about somebody.
        WhoWasTold = "who_was_told",
    }
}

impl AskedRecord {
    /// Whether a school has a clock of its own for it, beside that of data protection.
    #[must_use]
    pub const fn has_a_school_clock(self) -> bool {
        match self {
            Self::EducationalRecord => true,
            Self::Report | Self::ProtectionFile | Self::WhoWasTold => false,
        }
    }
}

closed_set! {
    /// What becomes of a line in what goes home.
    LineGoes in "snake_case" {
        /// It goes as the log says it.
        Goes = "goes",
        /// It goes in other words.
        Reworded = "reworded",
        /// It does not go, and nothing shows that it is not there.
        Cut = "cut",
    }
}

closed_set! {
    /// Why a line cannot go by a tick alone.
    LineBind in "snake_case" {
        /// It names somebody who is protected: it cannot go in these words at all.
        Protected = "protected",
        /// A flag keeps things from whoever asks.
        Flagged = "flagged",
        /// Whoever gave it is no agency, and may be known by it.
        Reporter = "reporter",
        /// Its sender set limits, or nobody said that the family may know.
        Limits = "limits",
        /// Whoever asks was not to be told yet.
        NotTold = "not_told",
        /// It speaks of health.
        Health = "health",
        /// It names somebody else.
        Others = "others",
    }
}

closed_set! {
    /// By which test a line is cut, or said in other words.
    CutTest in "snake_case" {
        /// It would be likely to do serious harm to somebody.
        SeriousHarm = "serious_harm",
        /// It is about health, and no health professional has given an opinion.
        HealthOpinion = "health_opinion",
        /// It is about the abuse of a child, and not in that child's best interests.
        ChildAbuse = "child_abuse",
        /// It is about somebody else, who did not agree.
        OtherPeople = "other_people",
        /// Its sender set limits.
        SendersLimits = "senders_limits",
        /// The police or social care agreed that they are not told yet.
        NotYetTold = "not_yet_told",
    }
}

impl CutTest {
    /// Whether it is there in a nation, where somebody asks about themself (`own`) or about somebody else. What a person
    /// may know of their own is never kept from them as child-abuse data, and Scotland does not have that test.
    #[must_use]
    pub fn is_there(self, nation: Nation, own: bool) -> bool {
        match self {
            Self::ChildAbuse => nation != Nation::Scotland && !own,
            Self::SeriousHarm
            | Self::HealthOpinion
            | Self::OtherPeople
            | Self::SendersLimits
            | Self::NotYetTold => true,
        }
    }
}

/// What a reviewed line lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineLacks {
    /// It names somebody protected, and goes: it has to be said in other words, or cut.
    OtherWords,
    /// The words in which it goes.
    Words,
    /// The test, or one that is there.
    Test,
    /// Why.
    Reason,
}

/// A line of the sharing log, reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// The line: what left, the decision that refused, or what came in.
    pub line: Uuid,
    /// Which of the three.
    pub kind: LogKind,
    /// When it happened.
    pub at: Moment,
    /// What the log says, in plain words.
    pub said: String,
    /// What becomes of it.
    pub goes: LineGoes,
    /// The words in which it goes, where they are others.
    #[serde(default)]
    pub words: String,
    /// Why it could not go by a tick alone.
    #[serde(default)]
    pub binds: Vec<LineBind>,
    /// By which test it is cut or said otherwise.
    #[serde(default)]
    pub test: Option<CutTest>,
    /// Why: for our record and the officer alone.
    #[serde(default)]
    pub reason: String,
}

impl StatementLine {
    /// The words in which it goes home; none where it does not.
    #[must_use]
    pub fn going(&self) -> Option<&str> {
        match self.goes {
            LineGoes::Goes => Some(&self.said),
            LineGoes::Reworded => Some(&self.words),
            LineGoes::Cut => None,
        }
    }

    /// What it still lacks. A line that anything binds goes with a reason, never by a tick alone.
    #[must_use]
    pub fn lacks(&self, nation: Nation, own: bool) -> Vec<LineLacks> {
        let mut lacks = Vec::new();
        let open = self.test.is_some_and(|test| test.is_there(nation, own));
        match self.goes {
            LineGoes::Goes if self.binds.contains(&LineBind::Protected) => lacks.push(LineLacks::OtherWords),
            LineGoes::Goes => {
                if !self.binds.is_empty() && self.reason.trim().is_empty() {
                    lacks.push(LineLacks::Reason);
                }
            }
            LineGoes::Reworded | LineGoes::Cut => {
                if self.goes == LineGoes::Reworded && self.words.trim().is_empty() {
                    lacks.push(LineLacks::Words);
                }
                if !open {
                    lacks.push(LineLacks::Test);
                }
                if self.reason.trim().is_empty() {
                    lacks.push(LineLacks::Reason);
                }
            }
        }
        lacks
    }
}

/// A part of a name of fewer letters stands in too many other words to be looked for.
const SHORTEST_PART: usize = 3;

/// Whom of a file a text names beside those whom it may name (`besides`): by any part of a name that none of these has.
/// It finds too much rather than too little: what it finds is asked about, and decides nothing.
#[must_use]
pub fn names_others<'a>(text: &str, people: &'a [Person], besides: &[PersonId]) -> Vec<&'a Person> {
    let said: BTreeSet<String> = folded_words(text).collect();
    let parts = |person: &Person| -> BTreeSet<String> {
        let names = std::iter::once(&person.name).chain(&person.also_known_as);
        names
            .flat_map(|name| folded_words(name))
            .filter(|part| part.chars().count() >= SHORTEST_PART)
            .collect()
    };
    let may = |person: &&Person| besides.contains(&person.id);
    let open: BTreeSet<String> = people.iter().filter(may).flat_map(parts).collect();
    let named =
        |person: &&Person| parts(person).iter().any(|part| said.contains(part) && !open.contains(part));
    people.iter().filter(|person| !besides.contains(&person.id)).filter(named).collect()
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StatementAsker {
    /// Who it is in the file; none for somebody who does not stand there.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// By what it was made sure who they are; may be empty.
    #[serde(default)]
    pub checked: String,
}

/// What is recorded of whether the asker may have it for this person, on the day of the draft. It decides nothing: the
/// officer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Entitlement {
    /// As what they stand to the person, as far as the file says it.
    #[serde(default)]
    pub stands_as: Option<GiverKind>,
    /// Whether they hold parental responsibility, as far as the file says it.
    #[serde(default)]
    pub responsibility: Option<ParentalResponsibility>,
    /// Whether the person can decide about this themself today.
    pub able: AbleToDecide,
    /// What shows that; may be empty where it is not settled.
    #[serde(default)]
    pub shows: String,
    /// Orders that were seen and what they say; may be empty.
    #[serde(default)]
    pub orders: String,
}

/// That the draft went to the data protection officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StatementSent {
    /// When.
    pub at: Moment,
    /// To whom.
    pub officer: String,
    /// How.
    pub how: String,
}

closed_set! {
    /// What the data protection officer said.
    OfficerSaid in "snake_case" {
        /// It goes as it was drafted.
        Released = "released",
        /// It has to be drafted otherwise.
        Changed = "changed",
        /// It does not go.
        Refused = "refused",
    }
}

/// What the data protection officer answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OfficerAnswer {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// What.
    pub said: OfficerSaid,
    /// In their words: what to change, why it does not go.
    #[serde(default)]
    pub words: String,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Identifies it.
    pub id: StatementId,
    /// The nation whose tests were offered.
    pub nation: Nation,
    /// Whom it is about.
    pub about: PersonId,
    /// Who asks.
    pub asker: StatementAsker,
    /// The day on which they asked.
    pub asked: Day,
    /// What they ask for.
    pub record: AskedRecord,
    /// What is recorded of whether they may have it.
    pub entitlement: Entitlement,
    /// Every line of the log, the earliest first.
    pub lines: Vec<StatementLine>,
    /// An earlier draft in whose place this one stands.
    #[serde(default)]
    pub instead_of: Option<StatementId>,
    /// That it went to the officer.
    #[serde(default)]
    pub sent: Option<StatementSent>,
    /// What the officer answered.
    #[serde(default)]
    pub answered: Option<OfficerAnswer>,
}

/// By which day a request for somebody's own data is answered, as nobody has confirmed: one month from the day on which it
/// came. It decides nothing alone.
#[must_use]
pub fn answer_by(asked: Day) -> Option<Day> {
    asked.0.checked_add_months(chrono::Months::new(1)).map(Day)
}

closed_set! {
    /// How far a statement has come.
    StatementState in "snake_case" {
        /// It is drafted. Nobody has it.
        Draft = "draft",
        /// The officer has it.
        Sent = "sent",
        /// The officer released it.
        Released = "released",
        /// The officer wants it otherwise.
        Changed = "changed",
        /// The officer refused it.
        Refused = "refused",
    }
}

impl Statement {
    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> StatementState {
        match (&self.answered, &self.sent) {
            (Some(answer), _) => match answer.said {
                OfficerSaid::Released => StatementState::Released,
                OfficerSaid::Changed => StatementState::Changed,
                OfficerSaid::Refused => StatementState::Refused,
            },
            (None, Some(_)) => StatementState::Sent,
            (None, None) => StatementState::Draft,
        }
    }

    /// Whether whoever asks asks about themself.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.asker.person == Some(self.about)
    }

    /// The lines that go home, in their order, in the words in which they go.
    pub fn going(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter_map(StatementLine::going)
    }

    /// Whether every line is reviewed, each once, the earliest first, and none lacks anything.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        let own = self.is_own();
        let whole = self.lines.iter().all(|line| line.lacks(self.nation, own).is_empty());
        let ordered = self.lines.is_sorted_by_key(|line| line.at);
        let once: BTreeSet<Uuid> = self.lines.iter().map(|line| line.line).collect();
        whole && ordered && once.len() == self.lines.len()
    }

    /// Whether it is as it is when it was just drafted.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.sent.is_none() && self.answered.is_none()
    }

    /// Whether this can be recorded as the next step of an earlier form: one step, and nothing said before is changed.
    #[must_use]
    pub fn follows(&self, before: &Self) -> bool {
        let kept = |one: &Self| Self { sent: None, answered: None, ..one.clone() };
        let sent = before.sent.is_none() && self.sent.is_some();
        let answered = before.answered.is_none() && self.answered.is_some();
        let stays = (sent || self.sent == before.sent) && (answered || self.answered == before.answered);
        // The officer answers what the officer has.
        let in_order = !answered || before.sent.is_some();
        kept(self) == kept(before) && stays && in_order && sent != answered
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
