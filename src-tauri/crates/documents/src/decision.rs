//! The values of a decision on paper.

use serde::{Deserialize, Serialize};

use crate::parts::{Change, CheckValues, Child, Item, Obligation, Practitioner, Record, Sheet, Signature};

/// A decision as it was signed, with what happened since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionDocument {
    /// Head and foot.
    pub sheet: Sheet,
    /// The child, with the age on the day.
    pub child: Child,
    /// Who decided.
    pub practitioner: Practitioner,
    /// The nation whose guidance was used.
    pub nation: String,
    /// The guidance.
    pub guidance: Guidance,
    /// What brought it about (`Own worry`, `Request from …`).
    pub trigger: String,
    /// The day for which the guidance was applied, and when the first question was opened.
    pub made: String,
    /// The advice.
    pub advised: String,
    /// What was decided.
    pub decided: String,
    /// Why otherwise than advised; empty where the advice was followed.
    pub otherwise: String,
    /// By when to act; empty where there is no deadline.
    pub deadline: String,
    /// The answers that decided the advice.
    pub why: Vec<Reason>,
    /// Why, in the practitioner's words.
    pub reasons: String,
    /// Other ways that were considered.
    pub alternatives: String,
    /// What is shared, or was asked for, in a sentence.
    pub what: String,
    /// The items that are shared.
    pub items: Vec<Item>,
    /// How much of what was held goes, in a sentence; empty where that was not chosen.
    #[serde(default)]
    pub extent: String,
    /// What stays, a line for each reason.
    #[serde(default)]
    pub stays: Vec<String>,
    /// The consent on which it rests, a line for each person; empty where it names none.
    #[serde(default)]
    pub rests_on: Vec<String>,
    /// To whom, and by which route.
    pub recipient: Recipient,
    /// Checklists that were gone through; no section where there are none.
    pub checklists: Vec<Checklist>,
    /// The grounds, kept apart; none where nothing is shared.
    pub grounds: Option<Grounds>,
    /// What must not be done.
    pub bans: Vec<Notice>,
    /// What was to be said or done at once.
    pub at_once: Vec<Notice>,
    /// Law that was announced: confirmed by nobody, or in force since somebody confirmed it.
    pub law: Vec<Notice>,
    /// What is said on the cards and ticked by nobody.
    pub points: Vec<Notice>,
    /// Both sides of the balance, where they were weighed (A9).
    pub weighing: Option<Weighing>,
    /// Advice taken.
    pub advice: Vec<Advice>,
    /// Who is told, and who is not, and why.
    pub telling: Vec<Telling>,
    /// What is still not known.
    pub unknown: Vec<String>,
    /// What would change the decision (A10).
    pub would_change: String,
    /// When to look again.
    pub review: String,
    /// What follows.
    pub obligations: Vec<Obligation>,
    /// Every question in order.
    pub questions: Vec<Question>,
    /// What was changed or added after sign-off, oldest first.
    pub history: Vec<Change>,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// How to check the record.
    pub check: CheckValues,
    /// The stored record, to be attached. It is not part of `decision.json`.
    #[serde(skip)]
    pub record: Option<Record>,
}

/// A line of the advice that nobody can tick off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// More of it; may be empty.
    pub hint: String,
    /// Since when law is in force, and who confirmed it; empty where nobody has.
    pub confirmed: String,
}

/// The guidance pack that was used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Guidance {
    /// Title of the pack.
    pub title: String,
    /// Version.
    pub version: String,
    /// The start of its content hash, grouped.
    pub hash: String,
    /// Where it comes from, in the pack's own words (`assembled by Sharewell from …`).
    pub provenance: String,
    /// What in it was not confirmed in the original, and is never presented as law.
    pub unconfirmed: Vec<String>,
}

/// An answer that decided the advice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reason {
    /// The reason in words.
    pub text: String,
    /// Its sources (`S48, S50`).
    pub sources: String,
}

/// A question as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub asked: String,
    /// The answer. Empty where it was not asked.
    pub answer: String,
    /// Words beside the answer.
    pub said: String,
    /// When it was answered.
    pub at: String,
    /// Its sources.
    pub sources: String,
    /// Why it was not asked; empty where it was.
    pub not_asked: String,
}

/// Both sides of the balance. Ratings describe; they never compute an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Weighing {
    /// If it is shared.
    pub share: Side,
    /// If it is not.
    pub not_share: Side,
    /// Which side weighs more, in the practitioner's judgement.
    pub heavier: String,
}

/// One side of the balance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Side {
    /// What is likely to happen, and to whom.
    pub what: String,
    /// How likely.
    pub likelihood: String,
    /// How serious.
    pub severity: String,
}

/// Advice taken (A11).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Advice {
    /// Name, post and agency.
    pub who: String,
    /// When.
    pub when: String,
    /// Whether the child was named to them.
    pub named: String,
    /// What came of it.
    pub result: String,
    /// What was said.
    pub said: String,
}

/// Whether one person is told (S59–S60).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Telling {
    /// The person.
    pub name: String,
    /// Told now, later or not.
    pub when: String,
    /// Why.
    pub why: String,
}

/// Where it goes, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recipient {
    /// Person or desk.
    pub name: String,
    /// Post and agency.
    pub role: String,
    /// Number or address, and where it was found.
    pub reach: String,
    /// By which route.
    pub route: String,
    /// How it was checked that this is the right recipient.
    pub verified: String,
}

/// A checklist that was gone through.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checklist {
    /// Its title.
    pub title: String,
    /// The points that were answered.
    pub rows: Vec<Checked>,
}

/// A point of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checked {
    /// What it says.
    pub text: String,
    /// The answer in a word.
    pub value: String,
    /// What shows it. May be empty.
    pub words: String,
}

/// The grounds. Five, asked apart and printed apart; one never stands for another (A6).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grounds {
    /// Power or duty to share.
    pub power: String,
    /// UK GDPR Article 6.
    pub lawful_basis: String,
    /// Article 9 or 10, with the Schedule 1 paragraph.
    pub condition: String,
    /// The limb that explains why there is no consent; printed with the condition where it is not empty.
    pub no_consent_limb: String,
    /// The duty of confidence.
    pub confidence: String,
    /// Why it is necessary and in proportion.
    pub proportionality: String,
    /// Why something that was suggested was changed; no row where it is empty.
    pub changed_because: String,
}
