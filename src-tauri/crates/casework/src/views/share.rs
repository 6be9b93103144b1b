//! A share that is made from a signed decision: what it is made of, as typed, and how far it has come.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    Against, AttachmentForm, AttachmentId, CaseId, CheckedBy, ContactId, ContactState, Day, DecisionId,
    DisclosureId, ExtentCount, ItemId, Mark, MayGo, Moment, NameGoes, Named, OutcomeKind, PersonId, Piece,
    Recipient, Route, ShareState,
};
use specta::Type;

use super::{FlagLine, LeftTyped, LeftoverView, MoreLine, StayLine};

/// What the page of a share shows.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ShareView {
    /// The decision on which it rests.
    pub decision: DecisionId,
    /// Its file.
    pub case: CaseId,
    /// How the file is called.
    pub child: String,
    /// What was decided.
    pub decided: OutcomeKind,
    /// To whom it goes.
    pub recipient: Recipient,
    /// The flags on the people of the file.
    pub flags: Vec<FlagLine>,
    /// What is known of the recipient from the directory; none where it names nobody so, or more than one.
    pub contact: Option<ShareContact>,
    /// What goes, in order.
    pub items: Vec<ShareItem>,
    /// Every paper of the file, to be chosen from, and none chosen.
    pub papers: Vec<SharePaper>,
    /// What was to go and stays, since something stands against it now.
    pub held_back: Vec<ShareHeld>,
    /// How much goes and stays.
    pub count: ExtentCount,
    /// Why what stays stays.
    pub staying: Vec<StayLine>,
    /// Where more goes than the purpose may need.
    pub more: Vec<MoreLine>,
    /// How many notes nobody looked at when it was signed.
    pub new_since: u32,
    /// Whether it was chosen, note by note, when it was signed. Where it was not it is chosen now.
    pub was_chosen: bool,
    /// Whether what stands against a note is shown and stops nothing: harm, danger, a duty or an order.
    pub never_stops: bool,
    /// Whether nothing of it may go to this recipient.
    pub refused: bool,
    /// What may stand in the boxes to begin with.
    pub offered: ShareOffered,
    /// The ways in which it can go, and why one cannot.
    pub routes: Vec<ShareRoute>,
    /// The recipient's key, to which it can be encrypted; none where the directory has none of theirs.
    pub key: Option<ShareKey>,
    /// What in the chosen notes looks like somebody protected, to be asked before anything leaves.
    pub leftovers: Vec<LeftoverView>,
    /// Shares that were made of this decision, the latest first.
    pub made: Vec<ShareLine>,
}

/// A note as it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareItem {
    /// Which.
    pub item: ItemId,
    /// Its label.
    pub mark: Mark,
    /// What it says, as it leaves.
    pub text: String,
    /// By whom and when.
    pub source: String,
    /// How old it is.
    pub age: String,
    /// Whether it is old enough to be looked at again.
    pub historic: bool,
    /// Whether it goes without a name.
    pub nameless: bool,
    /// What stands against it, and stops nothing.
    pub against: Vec<Against>,
    /// When it went to this recipient in other words; none where it did not.
    pub went_otherwise: Option<Moment>,
}

/// A note that was to go and stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareHeld {
    /// Which.
    pub item: ItemId,
    /// Its label.
    pub mark: Mark,
    /// What it says, as we hold it.
    pub text: String,
    /// What stands against it now.
    pub against: Vec<Against>,
    /// Whether a reason would let it go, here.
    pub takes_a_reason: bool,
}

/// A recipient, as the directory has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareContact {
    /// Which contact.
    pub contact: ContactId,
    /// The number by day.
    pub phone: String,
    /// By which way something confidential reaches them.
    pub safe_channel: String,
    /// How far that can be relied on.
    pub state: ContactState,
    /// When somebody made sure of it last.
    pub verified_on: Option<Day>,
    /// How they did; empty where nobody did.
    pub verified_how: String,
    /// Where the number was looked up.
    pub source: String,
}

/// What of a paper there was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperBefore {
    /// What the older one is called.
    pub what: String,
    /// Whether a newer paper stands in its place; else what is said of it was corrected.
    pub replaced: bool,
    /// When the older one went to this recipient; none where it did not.
    pub sent_at: Option<Moment>,
}

/// A paper of the file, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SharePaper {
    /// Which.
    pub paper: AttachmentId,
    /// What it is.
    pub what: String,
    /// Where it came from, and when.
    pub source: String,
    /// What its sender allowed.
    pub limits: String,
    /// Who else it is about.
    pub about: Vec<String>,
    /// What it is by its content.
    pub form: AttachmentForm,
    /// How many pages were looked at.
    pub looked: u32,
    /// Of how many; none where no page was.
    pub pages: u32,
    /// Whether every page was looked at.
    pub is_whole: bool,
    /// Whether it may go to this recipient.
    pub verdict: MayGo,
    /// What there was before in its place, or how it was said before to this recipient.
    pub before: Option<PaperBefore>,
}

/// A paper that is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SharePaperInput {
    /// Which.
    pub paper: AttachmentId,
    /// Why it goes though something stands against it; it stays in our record.
    pub why: String,
}

/// What stands in the record beside what leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareTexts {
    /// Who is named in what goes, but whom the file is about and whoever is protected.
    pub people: Vec<NamedLine>,
    /// Whether it must be said of each what becomes of their name. Harm, danger and duty wait for nothing.
    pub must_be_said: bool,
    /// The notes that go.
    pub texts: Vec<ShareText>,
}

/// Somebody who is named in what goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NamedLine {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// The part that they play.
    pub part: String,
    /// In how many notes.
    pub count: u32,
    /// What becomes of their name.
    pub goes: NameGoes,
}

/// A note, as it stands and as it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareText {
    /// Which.
    pub item: ItemId,
    /// Its label.
    pub mark: Mark,
    /// Whether anything of it does not leave.
    pub is_changed: bool,
    /// What it says.
    pub text: Vec<Piece>,
    /// Who said it.
    pub by: Vec<Piece>,
}

/// What may stand in the boxes to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareOffered {
    /// Who is at risk.
    pub at_risk: String,
    /// What they are asked to do.
    pub ask: String,
    /// By when.
    pub by: String,
    /// How it is to be kept there, by what the directory says that they are; none where it does not say.
    pub keeping: Option<ShareKeeping>,
}

/// A way in which a share can go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareRoute {
    /// The way.
    pub route: Route,
    /// Whether it is open to this recipient. Unencrypted only where the directory names a way for them that is secure.
    pub open: bool,
    /// That way, as the directory has it.
    pub channel: String,
}

/// A recipient's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareKey {
    /// Its fingerprint, which two people compare by telephone.
    pub fingerprint: String,
    /// Whether somebody made sure of it and it did not change since: nothing is encrypted to another.
    pub open: bool,
    /// The fingerprint of our own key, which signs: the recipient compares it.
    pub signed_by: String,
}

/// How a share is to be kept where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ShareKeeping {
    /// As whoever acts on it keeps such things.
    WhoActs,
    /// In the child protection file of a school.
    School,
    /// In a patient's record, hidden from whoever sees it online.
    Doctor,
}

/// A share as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ShareInput {
    /// The notes that the page showed to go. What goes is by what was signed; where it is not the same any more it is
    /// looked at again.
    pub items: Vec<ItemId>,
    /// The papers that go.
    pub papers: Vec<SharePaperInput>,
    /// What becomes of the names of others.
    pub names: Vec<Named>,
    /// What they are asked to do.
    pub ask: String,
    /// By when, as their reader reads it.
    pub by: String,
    /// How urgent it is; may be empty.
    pub urgency: String,
    /// Who is at risk, a line each.
    pub at_risk: String,
    /// How it is to be kept there; none while nothing is chosen.
    pub keeping: Option<ShareKeeping>,
    /// The way; none while nothing is chosen.
    pub route: Option<Route>,
    /// Whether the encrypted file is our container to the recipient's key, and no PDF under words.
    pub to_key: bool,
    /// Why it goes unencrypted, where it does.
    pub why_open: String,
}

/// A share that was made.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ShareLine {
    /// Which.
    pub id: DisclosureId,
    /// The reference on every page, which names nobody.
    pub reference: String,
    /// How far it has come.
    pub state: ShareState,
    /// The way.
    pub route: Route,
    /// How many notes went.
    pub count: u32,
    /// How many papers went.
    pub papers: u32,
    /// When it was last recorded.
    pub recorded_at: Moment,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// How, and under which reference of theirs.
    pub sent_how: String,
    /// Who answered.
    pub acknowledged_by: String,
    /// What they will do.
    pub will_do: String,
    /// Whether the file that is to be sent is our container to the recipient's key.
    pub to_key: bool,
    /// How often it was made again, under new words or to their key as it was then.
    pub made_again: u32,
    /// Whether it can be made again.
    pub can_be_again: bool,
    /// What keeps it from being sent now, where it is made and not sent.
    pub bars: Vec<Against>,
    /// Whether it goes by the recipient's own form, and its sections stand ready to be copied.
    pub in_form: bool,
}

/// The parts of a share, as a form takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SharePart {
    /// What stood in an earlier share and was put right.
    Replaces,
    /// What is asked, and by when.
    Ask,
    /// Whom it is about.
    Who,
    /// Who is at risk.
    AtRisk,
    /// Who has been told, and who must not be.
    Told,
    /// Why it may be shared.
    Ground,
    /// How to keep it.
    Keep,
    /// From whom it is, and whom to ring.
    Ring,
    /// What is shared.
    Items,
}

/// A section of a share for the recipient's own form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareFormSection {
    /// Which.
    pub part: SharePart,
    /// What it is about.
    pub title: String,
    /// What stands in it.
    pub text: String,
    /// Whether it was copied.
    pub copied: bool,
}

/// A share that goes by the recipient's own form.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ShareFormView {
    /// The share.
    pub share: DisclosureId,
    /// The decision on which it rests.
    pub decision: DecisionId,
    /// Its file.
    pub case: CaseId,
    /// How the file is called.
    pub child: String,
    /// The flags on the people of the file.
    pub flags: Vec<FlagLine>,
    /// To whom it goes.
    pub recipient: Recipient,
    /// The reference, which names nobody.
    pub reference: String,
    /// How far it has come.
    pub state: ShareState,
    /// What stands in it, in order.
    pub sections: Vec<ShareFormSection>,
}

/// That a share was sent, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ShareSentInput {
    /// When; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// By what it was made sure who the recipient is; none while nothing is chosen.
    pub check: Option<CheckedBy>,
    /// More of it in words.
    pub checked: String,
    /// How it was sent, and to which address.
    pub how: String,
    /// The reference that they gave, may be empty.
    pub reference: String,
    /// That it had left before somebody saw that it must not be sent: it is recorded all the same.
    pub had_left: bool,
}

/// That somebody answered, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ShareAnsweredInput {
    /// When; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// Who.
    pub by: String,
    /// What they will do.
    pub will_do: String,
}
