//! A slip: what it says, what may be left with whom, and what is signed on it.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    ConsentAnswer, Day, FlagKind, MayLeave, Moment, PersonId, SignedHow, SlipPaper, SlipText, SlipTone,
    WhoSees,
};
use specta::Type;

use super::NamedNumber;

/// Which slip is made of what a form asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlipChoice {
    /// Which paper; none for the one on which somebody chooses.
    pub paper: Option<SlipPaper>,
    /// For whom it is written; none for what the reader's age suggests.
    pub tone: Option<SlipTone>,
    /// Whether it is to tell nobody else anything.
    pub neutral: bool,
    /// What was answered of names that may give something away.
    pub names: Vec<SlipNameInput>,
}

/// Whether a recipient's name gives away why somebody turns to them, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlipNameInput {
    /// The place of the recipient on the slip.
    pub recipient: u16,
    /// Whether it does; none while nothing is chosen.
    pub tells: Option<bool>,
    /// What stands in its place.
    pub words: String,
}

/// A slip before it is used.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SlipView {
    /// The moment for which it holds.
    pub now: Moment,
    /// How the file is called.
    pub child: String,
    /// Who reads it.
    pub giver: String,
    /// Which paper.
    pub paper: SlipPaper,
    /// For whom it is written.
    pub tone: SlipTone,
    /// What it says, with the offered words in place of names about which nothing was answered.
    pub text: SlipText,
    /// The age at which most people read it with ease; none where no formula fits the language.
    pub reading_age: Option<u8>,
    /// Names that may give something away.
    pub names: Vec<SlipName>,
    /// What may be left with whoever reads it.
    pub leaving: LeavingView,
    /// What the flags on them say.
    pub careful: Vec<String>,
}

/// A recipient whose name may give away why somebody turns to them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SlipName {
    /// The place of the recipient on the slip.
    pub recipient: u16,
    /// The name.
    pub name: String,
    /// Words that are offered in its place.
    pub offered: String,
}

/// Whether something may be left with somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LeavingState {
    /// They do not stand in the file: it goes to no home that is known here.
    NoHome,
    /// They have to be asked.
    Ask,
    /// A flag forbids it.
    Flagged,
    /// It was asked, and `said` tells.
    Asked,
}

/// What stands of leaving something with somebody.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LeavingView {
    /// How it stands.
    pub state: LeavingState,
    /// Who it is.
    pub person: Option<PersonId>,
    /// The flag that forbids it.
    pub flag: Option<FlagKind>,
    /// What they said last, be it old.
    pub said: Option<LeavingSaid>,
    /// Whether this slip may go home with them as it is.
    pub may_go: bool,
}

/// What somebody said may be left with them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LeavingSaid {
    /// Who sees what comes for them.
    pub sees: WhoSees,
    /// What may be left.
    pub may: MayLeave,
    /// Why.
    pub reason: String,
    /// When they were asked.
    pub asked: Day,
}

/// The same as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LeavingInput {
    /// Who sees what comes for them; none while nothing is chosen.
    pub sees: Option<WhoSees>,
    /// What may be left.
    pub may: Option<MayLeave>,
    /// Why.
    pub reason: String,
}

/// Where a printed slip goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SlipGoes {
    /// It is read and signed here, and stays with us.
    Here,
    /// Somebody takes it along, or it is sent.
    Home,
}

/// What the signing view shows: one slip, and nothing else of any file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SigningNow {
    /// How far it is.
    pub phase: SigningPhase,
    /// The slip; none once it was stopped or signed: then nothing of it is shown any more.
    pub slip: Option<SigningSlip>,
    /// Numbers for an emergency, without the name of anybody.
    pub numbers: Vec<NamedNumber>,
}

/// A slip on the screen.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SigningSlip {
    /// Which paper.
    pub paper: SlipPaper,
    /// For whom it is written.
    pub tone: SlipTone,
    /// What it says.
    pub text: SlipText,
}

/// How far signing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SigningPhase {
    /// The slip is shown.
    Reading,
    /// Somebody stopped: nothing was written down.
    Stopped,
    /// It was signed, or read, and written down.
    Ended,
}

/// What was answered for a thing beside a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlipAnswer {
    /// The place of the thing on the slip.
    pub thing: u16,
    /// The place of the recipient.
    pub recipient: u16,
    /// The answer.
    pub answer: ConsentAnswer,
}

/// What somebody chose, and how they sign, as the signing view sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignInput {
    /// What was answered.
    pub answers: Vec<SlipAnswer>,
    /// How it is ended; none while nothing is chosen.
    pub how: Option<SignedHow>,
    /// The name, where it was typed.
    pub name: String,
    /// Who saw or heard it, with their job.
    pub witness: String,
    /// The words that were said, or why they could not sign.
    pub words: String,
    /// The signature that was drawn: a PNG picture in base 64.
    pub drawn: String,
    /// Who interpreted.
    pub interpreter: String,
    /// In which language it was read out.
    pub language: String,
}
