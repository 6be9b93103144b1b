//! The guided decision: questions, outcome and sign-off.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    Answer, CaseId, CaseKind, CheckedList, ConsentPurpose, ConsentRecipient, Day, DecisionId, ExtentCount, Grounds, Moment, Nation,
    OutcomeKind, PersonId, Recipient, StepId, Telling, WayIn,
};
use specta::Type;

use super::{
    AnswerParts, CardView, DayTyped, Gate, LaterBecause, NoticeView, ObligationView, PackName, Relation,
    RequestLine, SourceView, StepKind,
};
use crate::failure::FieldFailure;

/// Where a decision stands: at a question, at its advice, or signed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// The next question.
    Question {
        /// The question.
        question: Box<QuestionView>,
    },
    /// Every question is answered, or the advice stands and the rest is write-up.
    Outcome {
        /// The advice.
        outcome: Box<OutcomeView>,
    },
    /// Signed off.
    Signed {
        /// The decision.
        id: DecisionId,
    },
}

/// One question.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct QuestionView {
    /// The decision.
    pub decision: DecisionId,
    /// The file.
    pub case: CaseId,
    /// The child's name; in a file without a child, how the file is called.
    pub child: String,
    /// The door through which it was begun; none where there were none yet.
    pub door: Option<WayIn>,
    /// What the file is for.
    pub file_kind: CaseKind,
    /// The nation whose guidance asks.
    pub nation: Nation,
    /// The question itself.
    pub step: StepView,
    /// Its number, from 1.
    pub number: u32,
    /// The answer saved so far, complete or not.
    pub answer: Option<Answer>,
    /// When that was saved.
    pub saved_at: Option<Moment>,
    /// The question before; none at the first.
    pub back: Option<StepId>,
    /// Answers on the path, in order.
    pub answers: Vec<AnswerLine>,
    /// What was not asked, because the file knows it.
    pub not_asked: Vec<NotAsked>,
    /// Once the advice stands: its kind and heading; the rest is write-up that never delays it.
    pub advice: Option<AdviceBand>,
    /// Where the guidance has expired.
    pub expired: Option<ExpiredView>,
    /// The day on which it was decided, where it is written down later.
    pub on: Option<Day>,
    /// The request that brings it about.
    pub request: Option<RequestLine>,
    /// People of the file, for questions about people.
    pub people: Vec<PersonChoiceView>,
    /// Whom the practitioner could ask, for questions about advice.
    pub advisers: Vec<KnownAdviser>,
    /// Whose confidence it is, for the question whether they agree.
    pub whose: Vec<String>,
    /// Items of the file, for questions about items.
    pub items: Vec<ItemChoiceView>,
    /// The safety flags of the file.
    pub flags: Vec<super::FlagLine>,
}

/// Guidance whose last day has passed. It serves on; going on is confirmed once, and never by an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExpiredView {
    /// The last day on which it applied.
    pub until: Day,
    /// When the practitioner confirmed going on under it.
    pub confirmed_at: Option<Moment>,
}

/// The advice in a band, once it stands.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AdviceBand {
    /// Kind.
    pub kind: OutcomeKind,
    /// Heading from the pack.
    pub heading: String,
    /// The first action, from the pack with names filled in.
    pub first_action: String,
    /// By when.
    pub by: Option<Moment>,
    /// Whether that had passed when this was asked for.
    pub overdue: bool,
    /// Whether it is to be done at once, and is not late yet.
    pub due_now: bool,
}

/// A question's words and form, from the pack.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StepView {
    /// The step.
    pub id: StepId,
    /// Its form.
    pub kind: StepKind,
    /// The question.
    pub question: String,
    /// Hint, may be empty.
    pub hint: String,
    /// Why we ask.
    pub why: String,
    /// Options, in order. *Not sure* last.
    pub options: Vec<OptionView>,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// Whether the law behind it is unconfirmed (commencement to be confirmed).
    pub unconfirmed: bool,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Whether it belongs to the write-up after the advice.
    pub after_advice: bool,
    /// The paragraphs of the library at which its help opens.
    pub help: Vec<super::HelpView>,
}

/// One option.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct OptionView {
    /// Its value.
    pub value: String,
    /// Its label.
    pub label: String,
    /// A hint, may be empty.
    pub hint: String,
    /// Label of the text field that it opens; none where it opens none.
    pub words: Option<String>,
    /// Whether those words are required.
    pub words_required: bool,
    /// Whether it is *not sure* (shown last, after "or").
    pub not_sure: bool,
    /// Whether it excludes the others ("none of these").
    pub exclusive: bool,
}

/// A given answer in a line.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AnswerLine {
    /// The step.
    pub step: StepId,
    /// Its number.
    pub number: u32,
    /// A short form of the question.
    pub question: String,
    /// The answer.
    pub answer: AnswerParts,
    /// Whether it was *not sure*.
    pub not_sure: bool,
    /// When it was given.
    pub at: Moment,
}

/// A step that was not asked.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NotAsked {
    /// The step.
    pub step: StepId,
    /// Why, in the pack's words with values filled in ("Ayla is 7").
    pub because: String,
}

/// A person to choose.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PersonChoiceView {
    /// The person.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// What they are to the child.
    pub tie: Relation,
    /// Why safe practice suggests to tell them later, where it does. Never chosen for the practitioner.
    pub later_because: Option<LaterBecause>,
    /// Which options cost a reason for this person.
    pub reason_for: Vec<String>,
}

/// Somebody whom the practitioner could ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KnownAdviser {
    /// Their name.
    pub name: String,
    /// Their number, may be empty.
    pub number: String,
    /// Whether the question means them.
    pub meant: bool,
}

/// An item to choose.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ItemChoiceView {
    /// The item.
    pub id: sharewell_records::ItemId,
    /// Mark.
    pub mark: sharewell_records::Mark,
    /// The statement.
    pub text: String,
    /// By whom.
    pub by: String,
    /// When.
    pub occurred: sharewell_records::Occurred,
}

/// What changing an earlier answer would do (A3).
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ChangeView {
    /// Later answers that stay.
    pub stay: Vec<AnswerLine>,
    /// Later answers that stop applying.
    pub fall_away: Vec<AnswerLine>,
    /// Answers given before that apply again.
    pub come_back: Vec<AnswerLine>,
    /// Whether nothing changes but the answer itself.
    pub harmless: bool,
}

/// The advice.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct OutcomeView {
    /// The decision.
    pub decision: DecisionId,
    /// The file.
    pub case: CaseId,
    /// The child's name.
    pub child: String,
    /// The door through which it was begun; none where there were none yet.
    pub door: Option<WayIn>,
    /// What the file is for.
    pub file_kind: CaseKind,
    /// The outcome's id in the pack.
    pub id: String,
    /// Kind.
    pub kind: OutcomeKind,
    /// Heading.
    pub heading: String,
    /// The advice in a paragraph.
    pub advice: String,
    /// The act itself, names and numbers filled in.
    pub first_action: String,
    /// By when.
    pub by: Option<Moment>,
    /// Whether that had passed when this was asked for.
    pub overdue: bool,
    /// Whether it is to be done at once, and is not late yet.
    pub due_now: bool,
    /// Whom the act names though no number of theirs is known.
    pub no_numbers: Vec<NoNumber>,
    /// Suggested recipient: the front door or who was named.
    pub recipient: Recipient,
    /// Why: one line for each deciding answer, with its sources.
    pub why: Vec<WhyLine>,
    /// What must not be done, and law that is not confirmed: lines that nobody can tick off.
    pub notices: Vec<NoticeView>,
    /// What must be done, in order; the act first.
    pub obligations: Vec<ObligationView>,
    /// On which card each of them stands, with what is said there; the act's card first.
    pub cards: Vec<CardView>,
    /// Advice on the act; may be empty.
    pub hint: String,
    /// The path.
    pub answers: Vec<AnswerLine>,
    /// What was not asked.
    pub not_asked: Vec<NotAsked>,
    /// What is still not known.
    pub unknown: Vec<AnswerLine>,
    /// Grounds, kept apart; none where nothing is shared.
    pub grounds: Vec<GroundView>,
    /// The next question of the write-up; none where all are answered.
    pub write_up_next: Option<StepId>,
    /// Whether some law behind it is unconfirmed.
    pub unconfirmed: bool,
    /// What has been typed towards the sign-off.
    pub draft: SignOffInput,
    /// When it was last saved.
    pub saved_at: Option<Moment>,
    /// Whether not sharing against this advice asks for the lead's countersignature the same day.
    pub countersign_if_not_shared: bool,
    /// Other outcomes that the practitioner may decide on instead.
    pub other_kinds: Vec<OutcomeKind>,
    /// Pack, for the foot of the page ("England 2024-05").
    pub pack: PackName,
    /// How the pack came about ("Assembled by Sharewell from …").
    pub provenance: String,
    /// Where the guidance has expired.
    pub expired: Option<ExpiredView>,
    /// Whether it is signed into a restricted file, not into the child's.
    pub apart: bool,
    /// Restricted files beside the child's that there are already.
    pub restricted_files: Vec<super::RestrictedLine>,
    /// The number of the restricted file in which it was begun.
    pub restricted: Option<u32>,
    /// The safety flags of the file.
    pub flags: Vec<super::FlagLine>,
    /// How protected people are called while the act is done.
    pub careful: Vec<String>,
}

/// Somebody whom an act names, and whose number stands nowhere in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NoNumber {
    /// Whose it would be.
    pub whose: super::NumberOf,
    /// As the nation calls them.
    pub name: String,
}

/// One reason for the advice.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WhyLine {
    /// The step, where it is one.
    pub step: Option<StepId>,
    /// The reason.
    pub text: String,
    /// Codes of the sources.
    pub sources: Vec<SourceView>,
}

/// One of the grounds, kept apart from the others.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct GroundView {
    /// Which.
    pub gate: Gate,
    /// The suggestion, in the pack's words; may be empty.
    pub suggested: String,
    /// Whether it leaves something to be filled in.
    pub blank: bool,
    /// Whether it is unconfirmed.
    pub unconfirmed: bool,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// Everything typed between the advice and the sign-off. Saved as typed, complete or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignOffInput {
    /// What is decided; none until chosen, then the advice's kind or another.
    pub decided: Option<OutcomeKind>,
    /// Why otherwise, where it differs.
    pub otherwise: String,
    /// Why, in the practitioner's words.
    pub reasons: String,
    /// Alternatives considered.
    pub alternatives: String,
    /// What is shared or was asked for.
    pub what: String,
    /// To whom.
    pub recipient: Recipient,
    /// Grounds, as suggested or edited.
    pub grounds: Grounds,
    /// Whether each person is told.
    pub telling: Vec<Telling>,
    /// Duties already done or not needed, by key.
    pub settled: Vec<SettledInput>,
    /// When to look again, as typed; none while nothing was typed.
    pub review: Option<DayTyped>,
    /// Checklists gone through, with every point of each.
    #[serde(default)]
    pub checklists: Vec<CheckedList>,
    /// Whether the practitioner signs it into a restricted file although the advice does not: somebody who works
    /// or volunteers with children may be behind it.
    #[serde(default)]
    pub apart: bool,
    /// Where it is signed into a restricted file: an existing one beside the child's file; none opens a new one.
    #[serde(default)]
    pub restricted_file: Option<CaseId>,
    /// For which purpose, where the consents of several fit; none until one was chosen.
    #[serde(default)]
    pub rests_on: Option<ConsentPurpose>,
}

/// A checklist that a decision may carry.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ListView {
    /// The article's id.
    pub article: String,
    /// Its title.
    pub title: String,
    /// Its points, in order: id and text.
    pub points: Vec<ListPoint>,
    /// Where it comes from.
    pub sources: Vec<SourceView>,
}

/// A point of a checklist.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ListPoint {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// A duty settled before sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SettledInput {
    /// The duty's key in this decision.
    pub key: String,
    /// How.
    pub settlement: sharewell_records::Settlement,
}

/// What still stands between the practitioner and the sign-off.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CheckView {
    /// The advice and what was typed.
    pub outcome: OutcomeView,
    /// Everything that stands in the way, in the order of the page: the field of [`SignOffInput`] or a step's id, and
    /// what is wrong with it.
    pub missing: Vec<FieldFailure>,
    /// Who signs.
    pub signer: String,
    /// Whether the lead's countersignature will be asked for.
    pub countersign: bool,
    /// Checklists that may go along.
    pub lists: Vec<ListView>,
    /// Everybody about whom it is decided whether they are told, the child first.
    pub tell: Vec<TellView>,
    /// What goes and what stays, so far; none where nothing leaves or nothing is held.
    pub extent: Option<ExtentHead>,
    /// The consents of the file that fit, one for each purpose; of several, one is chosen. None where the ground is no
    /// permission.
    pub rests_on: Vec<RestsOnView>,
}

/// A consent on which a decision rests, or can rest: what was agreed to for one purpose about its recipient.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RestsOnView {
    /// For what.
    pub purpose: ConsentPurpose,
    /// Whether the decision rests on it.
    pub chosen: bool,
    /// By whose confidence being lifted.
    pub of: Vec<RestsOnLine>,
}

/// What one person agreed may go.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RestsOnLine {
    /// Whose confidence it is.
    pub owed: String,
    /// To whom, as they heard it.
    pub recipient: ConsentRecipient,
    /// The kinds and the notes.
    pub what: Vec<super::ConsentWhat>,
    /// The last day.
    pub until: Option<Day>,
}

/// How much of what is held goes and stays, so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExtentHead {
    /// How much.
    pub count: ExtentCount,
    /// Whether it may be left open: harm and danger wait for nothing.
    pub may_wait: bool,
}

/// Somebody about whom it is decided whether they are told.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct TellView {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Why safe practice suggests to tell them later, where it does.
    pub later_because: Option<LaterBecause>,
    /// Which choices cost a reason for this person.
    pub reason_for: Vec<sharewell_records::WhenTold>,
}
