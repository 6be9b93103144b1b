//! A statement for somebody: what is reviewed, as typed, and how far it has come.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    AbleToDecide, AskedRecord, CaseId, CutTest, Day, Entitlement, GiverKind, LineBind, LineGoes, LogKind,
    Moment, OfficerAnswer, OfficerSaid, ParentalResponsibility, PersonId, StatementAsker, StatementId,
    StatementSent, StatementState,
};
use specta::Type;

use super::{DayTyped, FlagLine, LeftTyped};

/// About whom and for whom the lines are reviewed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementAsk {
    /// Whom it is about.
    pub about: PersonId,
    /// Who asks, where they stand in the file.
    pub asker: Option<PersonId>,
    /// Their name, where they do not.
    pub asker_name: String,
    /// The day on which they asked, as typed.
    pub asked: DayTyped,
    /// An earlier draft in whose place it stands.
    pub instead_of: Option<StatementId>,
}

/// Every line of the log with what binds it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementReview {
    /// As what whoever asks stands to the person.
    pub stands_as: Option<GiverKind>,
    /// Whether the file says that they hold parental responsibility.
    pub responsibility: Option<ParentalResponsibility>,
    /// Whether they ask about themself.
    pub own: bool,
    /// Whether a flag keeps things from whoever asks.
    pub flagged: bool,
    /// One month from the day on which they asked; none where no day is typed.
    pub month: Option<Day>,
    /// The tests of this nation and this asker.
    pub tests: Vec<CutTest>,
    /// Each line, the earliest first.
    pub lines: Vec<ReviewLine>,
}

/// A line that is reviewed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReviewLine {
    /// What left, the decision that refused, or what came in.
    pub line: String,
    /// Which of the three.
    pub kind: LogKind,
    /// When it happened.
    pub at: Moment,
    /// What the log says, in plain words.
    pub said: String,
    /// Why it cannot go by a tick alone.
    pub binds: Vec<LineBind>,
    /// Whom else it names.
    pub others: Vec<String>,
    /// What an earlier draft had for it.
    pub before: Option<StatementLineInput>,
}

/// What was chosen for a line.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementLineInput {
    /// The line.
    pub line: String,
    /// What becomes of it.
    pub goes: Option<LineGoes>,
    /// The words in which it goes, where they are others.
    pub words: String,
    /// By which test it is cut or said otherwise.
    pub test: Option<CutTest>,
    /// Why.
    pub reason: String,
}

/// A statement as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementInput {
    /// Whom it is about.
    pub about: Option<PersonId>,
    /// Who asks, where they stand in the file.
    pub asker: Option<PersonId>,
    /// Their name, where they do not.
    pub asker_name: String,
    /// By what it was made sure who they are.
    pub checked: String,
    /// The day on which they asked.
    pub asked: DayTyped,
    /// What they ask for.
    pub record: Option<AskedRecord>,
    /// Whether the person can decide about this themself.
    pub able: Option<AbleToDecide>,
    /// What shows that.
    pub shows: String,
    /// Orders that were seen.
    pub orders: String,
    /// An earlier draft in whose place it stands.
    pub instead_of: Option<StatementId>,
    /// What was chosen for each line, in their order.
    pub lines: Vec<StatementLineInput>,
}

/// A statement in the list of a file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementRow {
    /// Which.
    pub id: StatementId,
    /// Whom it is about.
    pub about: String,
    /// Who asks.
    pub asker: String,
    /// The day on which they asked.
    pub asked: Day,
    /// How far it has come.
    pub state: StatementState,
    /// When its latest step was made.
    pub at: Moment,
}

/// The statements of a file, the latest first.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementsView {
    /// The file.
    pub case: CaseId,
    /// How it is called.
    pub child: String,
    /// The statements.
    pub rows: Vec<StatementRow>,
}

/// A statement.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementView {
    /// The moment for which it holds.
    pub now: Moment,
    /// Which.
    pub id: StatementId,
    /// Its file.
    pub case: CaseId,
    /// How that is called.
    pub child: String,
    /// The flags of the file.
    pub flags: Vec<FlagLine>,
    /// Whom it is about.
    pub about_id: PersonId,
    /// Their name.
    pub about: String,
    /// Who asks.
    pub asker: StatementAsker,
    /// The day on which they asked.
    pub asked: Day,
    /// What they ask for.
    pub record: AskedRecord,
    /// What is recorded of whether they may have it.
    pub entitlement: Entitlement,
    /// How far it has come.
    pub state: StatementState,
    /// When it was drafted or changed last.
    pub recorded_at: Moment,
    /// Each line, reviewed.
    pub lines: Vec<StatementLineView>,
    /// That it went to the officer.
    pub sent: Option<StatementSent>,
    /// What the officer answered.
    pub answered: Option<OfficerAnswer>,
    /// Whether something changed since it was reviewed, so that nothing of it may go home.
    pub changed: bool,
    /// A later draft that stands in its place.
    pub replaced_by: Option<StatementId>,
}

/// A reviewed line.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementLineView {
    /// What the log says.
    pub said: String,
    /// What becomes of it.
    pub goes: LineGoes,
    /// The words in which it goes, where they are others.
    pub words: String,
    /// Why it could not go by a tick alone.
    pub binds: Vec<LineBind>,
    /// By which test it is cut or said otherwise.
    pub test: Option<CutTest>,
    /// Why.
    pub reason: String,
}

/// That the draft went to the officer, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StatementSentInput {
    /// When.
    pub when: Option<LeftTyped>,
    /// To whom.
    pub officer: String,
    /// How.
    pub how: String,
}

/// What the officer answered, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct OfficerAnswerInput {
    /// When.
    pub when: Option<LeftTyped>,
    /// Who.
    pub by: String,
    /// What.
    pub said: Option<OfficerSaid>,
    /// In their words.
    pub words: String,
}

/// Which of the two papers of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StatementPaper {
    /// The draft with its reasons, for the data protection officer.
    Draft,
    /// What goes home, once it is released.
    Copy,
}
