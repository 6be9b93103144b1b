//! The account of what left and came in: the log, what became of a line, and notices.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    CaseId, Day, DecisionId, DisclosureId, ExtentCount, LogKind, LogState, MayBe, MayKnow, Moment,
    ObligationId, OutcomeKind, PersonId, PurposeMet, RecallEnd, ReceivedId, Route, SourceKind,
};
use specta::Type;

use super::{Correction, DayTyped, FlagLine, LeftTyped};

/// A limit that a sender set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LimitLine {
    /// Who set it; empty where they may not be named.
    pub from: String,
    /// Their post and agency.
    pub from_role: String,
    /// When it came.
    pub at: Moment,
    /// They are asked before it goes further.
    pub ask_first: bool,
    /// To whom it does not go.
    pub not_to: Vec<String>,
    /// The last day on which that holds.
    pub until: Option<Day>,
    /// Whether the child or the family may know that it came.
    pub family: MayKnow,
}

/// Which lines of the log are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LogShow {
    /// Every line.
    All,
    /// What is overdue.
    Overdue,
    /// What was made and not sent.
    Made,
    /// What was sent, and nothing shows that it came.
    Sent,
    /// What arrived.
    Delivered,
    /// What was answered.
    Acknowledged,
    /// What came back.
    Returned,
    /// What went to the wrong person.
    Astray,
    /// What was refused.
    Refused,
    /// What came in.
    Received,
}

/// How far back the log is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LogSpan {
    /// To its beginning.
    All,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// A year.
    Year,
}

/// What of the log is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LogAsk {
    /// The file; none for all of them.
    pub case: Option<CaseId>,
    /// With whom, as typed; empty for everybody.
    pub with: String,
    /// In which state.
    pub show: LogShow,
    /// How far back.
    pub span: LogSpan,
    /// The line behind which it goes on.
    pub after: Option<String>,
}

/// A page of the log.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LogView {
    /// The moment for which it holds.
    pub now: Moment,
    /// The file, where it is the log of one.
    pub file: Option<LogFile>,
    /// The lines, the latest first.
    pub lines: Vec<LogRow>,
    /// Whether more come behind them.
    pub more: bool,
}

/// The file of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LogFile {
    /// Which.
    pub case: CaseId,
    /// How it is called.
    pub child: String,
    /// The number of a restricted one.
    pub restricted: Option<u32>,
    /// Whether its copy was removed from here: nothing of it can be opened.
    pub gone: bool,
}

/// A line of the log. One of a restricted file names nobody outside that file, nor says what it is about.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LogRow {
    /// What left, the decision that refused, or what came in.
    pub id: String,
    /// Which of the three.
    pub kind: LogKind,
    /// How far it has come.
    pub state: LogState,
    /// The file.
    pub file: Option<LogFile>,
    /// Whether it names nobody, since its file is restricted and not open here.
    pub veiled: bool,
    /// To whom, or from whom; empty where they may not be named.
    pub who: String,
    /// Their post and agency.
    pub role: String,
    /// Whether whoever gave it may be named.
    pub named: bool,
    /// How much of the file went; none where that was not chosen item by item.
    pub went: Option<ExtentCount>,
    /// How many notes a file holds that was made, or in which what came in stands.
    pub notes: Option<u32>,
    /// Why, in the words of the record. In the log of one file alone.
    pub why: String,
    /// What was decided.
    pub ground: Option<OutcomeKind>,
    /// How.
    pub route: Option<Route>,
    /// The reference, which names nobody.
    pub reference: String,
    /// When it happened.
    pub at: Moment,
    /// When it was written down.
    pub recorded_at: Option<Moment>,
    /// The decision.
    pub decision: Option<DecisionId>,
    /// By when an answer is chased.
    pub chase: Option<Moment>,
    /// The duty to chase it.
    pub chase_duty: Option<ObligationId>,
    /// Whether that is overdue.
    pub overdue: bool,
    /// What became of it, the first first.
    pub account: Vec<AccountLine>,
    /// The limits under which it came.
    pub limit: Option<LimitLine>,
    /// What was said of what came in before it was corrected, the latest correction first. In the log of one file alone.
    pub corrections: Vec<Correction>,
    /// Whether it is something that came in, and can be corrected here.
    pub can_correct: bool,
    /// Duties that are open about it: to tell whoever has it what changed, or to ask it back.
    pub notices: Vec<ObligationId>,
    /// Whether something can be written down of what became of it.
    pub can_go_on: bool,
}

/// What became of something, as a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AccountLine {
    /// When.
    pub at: Moment,
    /// What.
    pub event: AccountEvent,
    /// Who answered, or who has it.
    pub by: String,
    /// What was said of it.
    pub words: String,
    /// Whether the purpose was met.
    pub purpose: Option<PurposeMet>,
    /// What came of asking it back.
    pub came: Option<RecallEnd>,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AccountEvent {
    /// It arrived.
    Delivered,
    /// It came back.
    Returned,
    /// It was answered.
    Answered,
    /// It went to the wrong person.
    WrongPerson,
    /// It was asked back.
    Recalled,
    /// Whoever has it was told what changed.
    NoticeSent,
    /// They answered that.
    NoticeAnswered,
}

/// What can be written down of what became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BecameChoice {
    /// It arrived.
    Delivered,
    /// It was answered.
    Answered,
    /// It came back, or did not arrive.
    Returned,
    /// It was asked back.
    Recalled,
}

/// What the page shows on which somebody writes down what became of something.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LineView {
    /// The line, as it stands.
    pub line: LogRow,
    /// The moment for which it holds.
    pub now: Moment,
    /// The file.
    pub case: CaseId,
    /// How it is called.
    pub child: String,
    /// The safety flags of the file.
    pub flags: Vec<FlagLine>,
    /// What can be written down of it now.
    pub choices: Vec<BecameChoice>,
    /// Papers for whoever has it, for the data protection officer, and for each person whose matter it held.
    pub notes: Vec<BreachNote>,
}

/// A note about something that went to the wrong person, which holds only its reader's own matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BreachNote {
    /// For whom.
    pub to: BreachReader,
    /// Whose matter it is, where it is for one of the file.
    pub name: String,
    /// What to take care of before they are told.
    pub careful: Vec<String>,
    /// The note; empty where a flag keeps it from them.
    pub text: String,
}

/// Who reads a note about a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "reader", rename_all = "snake_case")]
pub enum BreachReader {
    /// Whoever has what was not meant for them.
    Holder,
    /// The data protection officer.
    Officer,
    /// Somebody whose matter it held.
    Person {
        /// Who.
        id: PersonId,
    },
}

/// What became of something, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct BecameInput {
    /// What; none while nothing is chosen.
    pub event: Option<BecameChoice>,
    /// When; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// Who answered.
    pub by: String,
    /// What shows it, what they said, or why it came back.
    pub words: String,
    /// Whether the purpose was met; none while nothing is chosen.
    pub purpose: Option<PurposeMet>,
    /// What came of asking it back; none while nothing is chosen.
    pub came: Option<RecallEnd>,
}

/// That something went to the wrong person, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WrongPersonInput {
    /// Whether it may put somebody in danger; none while nothing is chosen.
    pub danger: Option<MayBe>,
    /// Who has it, as far as is known.
    pub who: String,
    /// Since when it is known; none while nothing is chosen.
    pub aware: Option<LeftTyped>,
}

/// What was told to us, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReceivedInput {
    /// What whoever gave it is; none while nothing is chosen.
    pub source: Option<SourceKind>,
    /// Their name.
    pub from: String,
    /// Their post and agency, or what they are to the child.
    pub from_role: String,
    /// Whether they agreed to be named, where nobody is named unasked.
    pub may_be_named: bool,
    /// How it came; none while nothing is chosen.
    pub route: Option<Route>,
    /// When it came; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// What was said.
    pub text: String,
    /// Whom it is about.
    pub about: Vec<PersonId>,
    /// Whether they are asked before it goes further.
    pub ask_first: bool,
    /// To whom it does not go, one a line.
    pub not_to: String,
    /// Until when that holds.
    pub until: DayTyped,
    /// Whether the child or the family may know; none while nothing is chosen.
    pub family: Option<MayKnow>,
    /// What support there is today.
    pub support: String,
}

/// A notice to somebody who has something that changed, or for which a permission ended.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HolderNotice {
    /// The duty to tell them.
    pub duty: ObligationId,
    /// The moment for which it holds.
    pub now: Moment,
    /// The file.
    pub case: CaseId,
    /// How it is called.
    pub child: String,
    /// The safety flags of the file.
    pub flags: Vec<FlagLine>,
    /// Whether a permission ended; else something was corrected or taken out.
    pub permission: bool,
    /// To whom.
    pub recipient: String,
    /// Their post and agency.
    pub recipient_role: String,
    /// How they were reached then.
    pub route: Option<Route>,
    /// Whether a safety flag keeps anything from them.
    pub refused: bool,
    /// What changed: the place of each note and paper in what left, and how.
    pub changes: Vec<NoticeChange>,
    /// The notice. It names nobody of the file.
    pub text: String,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// What they answered.
    pub answered: String,
    /// How many shares of the file say in words alone what left: whether they held it cannot be told.
    pub untraced: u32,
}

/// A note or a paper that changed since it left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NoticeChange {
    /// What left.
    pub of: DisclosureId,
    /// The place of the note in it, from 1; of a paper, among the papers.
    pub number: u32,
    /// How many there were.
    pub count: u32,
    /// How.
    pub how: NoticeHow,
}

/// How something changed since it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NoticeHow {
    /// It was corrected.
    Corrected,
    /// It was taken out.
    TakenOut,
    /// A limit of whoever gave it to us came to be known.
    Limited,
    /// The same, and it speaks against whoever has it.
    LimitedAgainst,
    /// What was said of a paper was corrected.
    PaperCorrected,
    /// A newer paper stands in the place of one.
    PaperReplaced,
    /// A paper was taken out.
    PaperTakenOut,
    /// A limit on a paper came to be known.
    PaperLimited,
}

impl NoticeHow {
    /// Whether a limit came to be known, and what they have is not wrong.
    #[must_use]
    pub const fn is_a_limit(self) -> bool {
        match self {
            Self::Limited | Self::LimitedAgainst | Self::PaperLimited => true,
            Self::Corrected
            | Self::TakenOut
            | Self::PaperCorrected
            | Self::PaperReplaced
            | Self::PaperTakenOut => false,
        }
    }
}

/// Something that was told to us, as it stands, to be corrected.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReceivedView {
    /// Identifies it.
    pub id: ReceivedId,
    /// What whoever gave it is.
    pub source: SourceKind,
    /// Their name.
    pub from: String,
    /// Their post and agency, or what they are to the child.
    pub from_role: String,
    /// Whether they may be named.
    pub may_be_named: bool,
    /// How it came.
    pub route: Route,
    /// When it came.
    pub at: Moment,
    /// What was said; none where it stands in no note of this file any more, or in several.
    pub text: Option<String>,
    /// Whom it is about.
    pub about: Vec<PersonId>,
    /// Whether they are asked before it goes further.
    pub ask_first: bool,
    /// To whom it does not go, one a line.
    pub not_to: String,
    /// Until when that holds.
    pub until: Option<Day>,
    /// Whether the child or the family may know.
    pub family: MayKnow,
    /// What support there is.
    pub support: String,
    /// Who was given it since.
    pub went: Vec<ReceivedWent>,
}

/// Somebody who was given something that had been told to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReceivedWent {
    /// By what.
    pub id: DisclosureId,
    /// Who.
    pub who: String,
    /// Their post and agency.
    pub role: String,
    /// When.
    pub at: Moment,
    /// Whether the limits, as they stand, spoke against it.
    pub against: bool,
}

/// That something was written down as told to us in error, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReceivedWrongInput {
    /// Whether it belongs in another file, or in none; none while nothing is chosen.
    pub elsewhere: Option<bool>,
    /// That file; none while none is chosen.
    pub to: Option<CaseId>,
    /// Why.
    pub reason: String,
}

/// That a notice was sent, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NoticeSentInput {
    /// When; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// How, and to which address.
    pub how: String,
    /// Whether it has happened, where a flag keeps anything from them.
    pub happened: bool,
}

/// That a notice was answered, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NoticeAnsweredInput {
    /// When; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// Who answered.
    pub by: String,
    /// What they replaced, deleted or must keep.
    pub reply: String,
}
