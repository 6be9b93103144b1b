//! Consent in a file: what stands, what was said, and how it is typed.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    AbleToDecide, ConsentActKind, ConsentAnswer, ConsentId, ConsentPurpose, ConsentRecipient, ConsentSense,
    ConsentState, ConsentThing, ConsentWording, Day, GiverCapacity, GiverKind, HarmAskedAgain, InfoKind,
    ItemId, Moment, NotSoughtWhy, ParentalResponsibility, PersonId, PressedToWithdraw, PurposeKind,
};
use specta::Type;

use super::{DayTyped, LeftTyped};

/// Consent in a file, as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentPage {
    /// The moment for which it holds.
    pub now: Moment,
    /// How the file is called.
    pub child: String,
    /// What stands, for each person, sense and purpose.
    pub matters: Vec<ConsentMatter>,
    /// Everything that happened, the newest first.
    pub timeline: Vec<ConsentLine>,
    /// The people of the file, the child first.
    pub people: Vec<ConsentPerson>,
    /// The notes of the file that can be asked about one by one, the newest first.
    pub notes: Vec<ConsentNote>,
    /// Purposes that were asked about before.
    pub purposes: Vec<ConsentPurpose>,
}

/// What stands for one person, in one sense, for one purpose.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentMatter {
    /// Whose confidence it is.
    pub owed: PersonId,
    /// Their name.
    pub name: String,
    /// In which sense.
    pub sense: ConsentSense,
    /// For what.
    pub purpose: ConsentPurpose,
    /// To whom.
    pub recipients: Vec<ConsentRecipient>,
    /// What, beside each recipient.
    pub rows: Vec<ConsentRow>,
    /// Who said yes to anything that stands, and can take it back.
    pub can_withdraw: Vec<ConsentGiverLine>,
}

/// One thing beside every recipient.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentRow {
    /// What.
    pub what: ConsentWhat,
    /// How it stands, in the order of the recipients.
    pub cells: Vec<ConsentCellView>,
}

/// A kind of information, or a note with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentWhat {
    /// The kind or the note.
    pub thing: ConsentThing,
    /// The note's own words; empty for a kind.
    pub text: String,
}

/// How one thing stands for one recipient.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentCellView {
    /// What all of it comes to.
    pub state: ConsentState,
    /// Whether those who may decide do not agree: consent is no ground there.
    pub apart: bool,
    /// Everybody who said something, side by side.
    pub givers: Vec<ConsentGiverLine>,
}

/// What one person said, as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentGiverLine {
    /// Who it is in the file.
    pub person: Option<PersonId>,
    /// Their name; empty where nobody was asked.
    pub name: String,
    /// In which capacity.
    pub capacity: Option<GiverCapacity>,
    /// How it stands.
    pub state: ConsentState,
    /// Whether it counts.
    pub counts: bool,
    /// Since when.
    pub since: Moment,
    /// Until when.
    pub until: Option<Day>,
}

/// One event in the timeline.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentLine {
    /// The event.
    pub id: ConsentId,
    /// What happened.
    pub act: ConsentActKind,
    /// When it happened.
    pub happened: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
    /// By whom.
    pub author: String,
    /// Whether it was written down on a later day than it happened.
    pub late: bool,
    /// Whose confidence it is.
    pub owed: String,
    /// Who was asked or answered; empty where nobody was.
    pub giver: String,
    /// In which capacity.
    pub capacity: Option<GiverCapacity>,
    /// Whether somebody answered as a parent whom the family's ties do not show to hold responsibility.
    pub not_shown_to_hold: bool,
    /// In which sense.
    pub sense: ConsentSense,
    /// For what.
    pub purpose: ConsentPurpose,
    /// What beside whom, with each answer.
    pub cells: Vec<ConsentSaidCell>,
    /// The words that were used, why nobody was asked, or why it was never true.
    pub words: String,
    /// What else shows it: a witness or why there was none, the paper, the interpreter.
    pub shown: Vec<String>,
    /// Why nobody was asked.
    pub why: Option<NotSoughtWhy>,
    /// How often it was tried.
    pub tries: u16,
    /// The words that the person was shown or read, as they were.
    pub wording: Option<ConsentWording>,
    /// Whether it was answered or told on a slip, which can be printed again.
    pub on_slip: bool,
    /// The last day.
    pub until: Option<Day>,
    /// When to ask again.
    pub review: Option<Day>,
    /// The later answers of the same person that took the place of this one, the first first.
    pub replaced_by: Vec<Moment>,
    /// Whether some of what was said here is still their last word.
    pub stands: bool,
    /// Whether it was never true, or says so of another.
    pub in_error: bool,
    /// Whether it can still be said that it was never true.
    pub can_strike: bool,
    /// Anything else.
    pub note: String,
}

/// One cell of an event.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentSaidCell {
    /// What.
    pub what: ConsentWhat,
    /// To whom.
    pub recipient: ConsentRecipient,
    /// What was answered.
    pub answer: ConsentAnswer,
}

/// Somebody of the file who may be owed a confidence, or be asked.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentPerson {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Whether they are a child.
    pub child: bool,
    /// How old they are, where that is known.
    pub age: Option<u16>,
    /// Whether the ties show them to hold responsibility for the child of the file.
    pub holds: Option<ParentalResponsibility>,
    /// Why asking them may be unsafe: what the flags on them say.
    pub careful: Vec<String>,
}

/// A note that can be asked about by itself.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentNote {
    /// The note.
    pub item: ItemId,
    /// Its words.
    pub text: String,
}

/// What happened, as it is offered in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConsentHow {
    /// It was said.
    Spoken,
    /// Signed by hand.
    Signature,
    /// A mark.
    Mark,
    /// A letter or message of their own.
    Letter,
    /// A paper that was scanned.
    Scan,
}

/// A recipient as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentRecipientInput {
    /// Who it is in the directory.
    #[serde(default)]
    pub contact: Option<sharewell_records::ContactId>,
    /// The name or the post.
    pub name: String,
    /// The agency.
    #[serde(default)]
    pub agency: String,
}

/// What was answered for one thing and one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentAnswerInput {
    /// What.
    pub what: ConsentThing,
    /// To whom: the place in the list of recipients.
    pub recipient: u16,
    /// The answer; blank where nothing was said.
    #[serde(default)]
    pub answer: ConsentAnswer,
}

/// How somebody answered, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentMethodInput {
    /// Spoken or written; none while nothing is chosen.
    pub how: Option<ConsentHow>,
    /// The words that they used.
    pub said: String,
    /// Who heard it besides.
    pub witness: String,
    /// Why nobody did.
    pub no_witness: String,
    /// Where the paper lies.
    pub reference: String,
    /// Who interpreted.
    pub interpreter: String,
    /// In which language.
    pub language: String,
}

/// An event of consent as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentInput {
    /// What happened; none while nothing is chosen.
    pub act: Option<ConsentActKind>,
    /// Whose confidence it is.
    pub owed: Option<PersonId>,
    /// In which sense.
    pub sense: Option<ConsentSense>,
    /// What it is for, in kind.
    pub purpose_kind: Option<PurposeKind>,
    /// What it is for, in words.
    pub purpose: String,
    /// Who was asked or answered, where they stand in the file.
    pub giver: Option<PersonId>,
    /// Else their name.
    pub giver_name: String,
    /// As what, where that is another than the file has of them, or the file has nothing.
    pub stands_as: Option<GiverKind>,
    /// Whether the person whose confidence it is can decide this today.
    pub able: Option<AbleToDecide>,
    /// What shows it.
    pub shows: String,
    /// The order or power that was seen.
    pub powers: String,
    /// Until when that holds.
    pub powers_until: DayTyped,
    /// What was asked about: kinds.
    pub kinds: Vec<InfoKind>,
    /// What was asked about: single notes.
    pub items: Vec<ItemId>,
    /// Of which kinds those notes are.
    pub item_kinds: Vec<InfoKind>,
    /// To whom.
    pub recipients: Vec<ConsentRecipientInput>,
    /// What was answered.
    pub answers: Vec<ConsentAnswerInput>,
    /// How.
    pub method: ConsentMethodInput,
    /// When it happened; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// From when a yes holds.
    pub from: DayTyped,
    /// Until when.
    pub until: DayTyped,
    /// When to ask again.
    pub review: DayTyped,
    /// Why nobody was asked.
    pub not_sought: Option<NotSoughtWhy>,
    /// How often it was tried.
    pub tries: String,
    /// Whether the words of the page were read to them or shown to them.
    pub wording_used: bool,
    /// For which other purposes this answer takes the place of what the same person agreed to before.
    pub replaces: Vec<ConsentPurpose>,
    /// Anything else.
    pub note: String,
}

/// What somebody agreed to, recipient by recipient, for them to take it back.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WithdrawalView {
    /// The moment for which it holds.
    pub now: Moment,
    /// Who said yes.
    pub giver: ConsentGiverLine,
    /// Whose confidence it is.
    pub owed: String,
    /// In which sense.
    pub sense: ConsentSense,
    /// For what.
    pub purpose: ConsentPurpose,
    /// Each recipient for whom their yes stands.
    pub recipients: Vec<WithdrawalRecipient>,
}

/// One recipient for whom somebody's yes stands.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WithdrawalRecipient {
    /// Who.
    pub recipient: ConsentRecipient,
    /// What they agreed to.
    pub what: Vec<ConsentWhat>,
    /// What the sharing log says that they were told, the newest first.
    pub told: Vec<ConsentTold>,
    /// Others whose yes to some of it stands on: it is not undone.
    pub others: Vec<String>,
    /// The notice to them, without a reason; empty where they were told nothing.
    pub notice: String,
}

/// Something that a recipient was told.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ConsentTold {
    /// What.
    pub what: String,
    /// When.
    pub at: Moment,
}

/// For which matter, and by whom, something is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WithdrawalOf {
    /// Whose confidence it is.
    pub owed: PersonId,
    /// In which sense.
    pub sense: ConsentSense,
    /// For what.
    pub purpose: ConsentPurpose,
    /// Who said yes, where they stand in the file.
    pub giver: Option<PersonId>,
    /// Else their name.
    pub giver_name: String,
}

/// A withdrawal as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WithdrawalInput {
    /// For which matter, and by whom.
    pub of: WithdrawalOf,
    /// For which recipients it ends: their places in the view.
    pub recipients: Vec<u16>,
    /// How.
    pub method: ConsentMethodInput,
    /// When; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// Whether somebody is making them, asked alone.
    pub pressed: Option<PressedToWithdraw>,
    /// Whether harm is feared, on everything known.
    pub harm: Option<HarmAskedAgain>,
    /// Anything else.
    pub note: String,
}
