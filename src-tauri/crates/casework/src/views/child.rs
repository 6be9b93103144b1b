//! Children, families and what their files hold.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    AttachmentForm, AttachmentId, Birth, Care, CaseId, CaseKind, Day, DecisionId, DisclosureId, EmergencyId,
    EntryId, ExtentCount, Flag, FlagKind, Identifier, IdentifierKind, ItemId, ItemSource, Mark, Moment,
    Nation, Occurred, OutcomeKind, ParentalResponsibility, Person, PersonId, PersonRole, RelationshipId,
    RelationshipKind, Route, Trigger, WayIn,
};
use specta::Type;

use super::{BirthTyped, ChildrenOrder, DayTyped, DisclosureLine, TellsApart, VisitView, WhenTyped};

/// One line in the list of children.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ChildLine {
    /// The file.
    pub case: CaseId,
    /// What it is for.
    pub kind: CaseKind,
    /// The child's name; a protected name is shown in the practitioner's own window, marked. In a file about numbers the
    /// title.
    pub name: String,
    /// Birth as recorded.
    pub birth: Birth,
    /// Full years today, where they can be known.
    pub age: Option<u32>,
    /// Whether somebody in the file carries a safety flag.
    pub flagged: bool,
    /// The last entry's kind, as stored (`item_recorded`).
    pub last_kind: String,
    /// When that was.
    pub last_at: Moment,
    /// Things still to do in this file.
    pub to_do: u32,
    /// What tells it apart from files whose lines read the same; empty where there is none.
    pub telling: Vec<TellsApart>,
    /// How many files read the same, this one counted; nought where there is no other.
    pub alike: u32,
}

/// A part of the list of files.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ChildrenPage {
    /// The files, in the order that was chosen last.
    pub lines: Vec<ChildLine>,
    /// That order.
    pub order: ChildrenOrder,
    /// How many there are in all.
    pub in_all: u32,
    /// With the first lines of a query: files of people whose names are nearly what was typed.
    pub also: Vec<ChildLine>,
}

/// A new file, with its child.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NewCase {
    /// The child.
    pub child: PersonInput,
    /// The nation whose guidance applies first.
    pub nation: Nation,
    /// The agency's number for the file, may be empty.
    pub reference: String,
    /// Why the file is opened, may be empty.
    pub reason: String,
}

/// A person as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PersonInput {
    /// Full name.
    pub name: String,
    /// Other names.
    pub also_known_as: Vec<String>,
    /// Part played; none while nothing is chosen.
    pub role: Option<PersonRole>,
    /// Birth; none while nothing is chosen. Not asked of a practitioner.
    pub birth: Option<BirthTyped>,
    /// Identifiers.
    pub identifiers: Vec<Identifier>,
    /// Kinds of number that were asked for and are not known.
    #[serde(default)]
    pub unknown_numbers: Vec<IdentifierKind>,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Agency and post, for a practitioner.
    pub agency: String,
    /// Language or interpreter needs.
    pub language: String,
    /// Disability or communication needs.
    pub needs: String,
    /// That there is no fixed address, and how to reach them; none where that is not said.
    #[serde(default)]
    pub no_fixed_address: Option<String>,
    /// The name used, pronouns, sex as registered; and earlier names that are not to be shown: of those, only what is
    /// added. Those that are kept stay.
    #[serde(default)]
    pub care: Care,
    /// Whether the earlier names that were kept are taken away.
    #[serde(default)]
    pub forget_earlier_names: bool,
    /// People of other files with the same number, or the same name and birth, of whom it was said that each is
    /// another child.
    #[serde(default)]
    pub another: Vec<PersonId>,
}

/// The tie of a person to another, as typed. `from` is the `kind` of `to`.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct TieInput {
    /// Of whom, usually the child; none while nobody is chosen.
    pub to: Option<PersonId>,
    /// The kind; none while nothing is chosen.
    pub kind: Option<RelationshipKind>,
    /// Parental responsibility for `to`. Not asked of somebody who is there to work.
    pub parental_responsibility: Option<ParentalResponsibility>,
    /// Whether they share a home; none where that is not known. Not asked of somebody who is there to work.
    pub same_home: Option<bool>,
    /// A note.
    pub note: String,
}

/// A child's file on one page.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ChildFileView {
    /// The file.
    pub case: CaseId,
    /// What it is for.
    pub kind: CaseKind,
    /// Nation.
    pub nation: Nation,
    /// The agency's number.
    pub reference: String,
    /// Why it was opened.
    pub reason: String,
    /// When it was opened.
    pub opened_at: Moment,
    /// Whom it is about: the child, or an adult. In a file about numbers it is nobody, and bears the title.
    pub child: PersonView,
    /// What tells it apart from files of namesakes; empty where there is none.
    pub telling: Vec<TellsApart>,
    /// Everyone else.
    pub people: Vec<PersonView>,
    /// Ties between them.
    pub ties: Vec<TieView>,
    /// The story, newest first.
    pub timeline: Vec<TimelineLine>,
    /// Decisions, newest first, drafts included.
    pub decisions: Vec<DecisionLine>,
    /// What left.
    pub disclosures: Vec<DisclosureLine>,
    /// Still to do.
    pub to_do: Vec<super::ToDoLine>,
    /// Whether somebody in it is protected: then there is a separate sheet of protected names to save.
    pub protects: bool,
    /// Where it is a restricted file.
    pub restricted: Option<super::RestrictedView>,
    /// The file that is shown as one with it: another file of the same child.
    pub joined: Option<super::JoinedFile>,
    /// The flags that stand in either.
    pub flags: Vec<super::FlagLine>,
}

/// What stands above a file: what a form about it needs, and no more.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FileHead {
    /// The file.
    pub case: CaseId,
    /// What it is for.
    pub kind: CaseKind,
    /// Nation.
    pub nation: Nation,
    /// The agency's number.
    pub reference: String,
    /// Why it was opened.
    pub reason: String,
    /// When it was opened.
    pub opened_at: Moment,
    /// Whom it is about: the child, or an adult. In a file about numbers it is nobody, and bears the title.
    pub child: PersonView,
    /// What tells it apart from files of namesakes; empty where there is none.
    pub telling: Vec<TellsApart>,
    /// Everyone else.
    pub people: Vec<PersonView>,
    /// Ties between them.
    pub ties: Vec<TieView>,
    /// Signed decisions, newest first.
    pub decisions: Vec<DecisionLine>,
    /// The decision that is begun and not signed yet.
    pub begun: Option<DecisionId>,
    /// Where it is a restricted file.
    pub restricted: Option<super::RestrictedView>,
    /// The safety flags that stand in it.
    pub flags: Vec<super::FlagLine>,
}

/// A person in a file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PersonView {
    /// The person.
    pub person: Person,
    /// Full years today.
    pub age: Option<u32>,
    /// A number of theirs says another day of birth than the one recorded.
    pub number_differs: bool,
    /// Flags in force.
    pub flags: Vec<FlagView>,
    /// What is said beside their name wherever it stands: their own flags, and those of the home that bind them.
    pub beside_name: Vec<sharewell_records::FlagKind>,
    /// Earlier forms of the record, if any.
    pub amendments: u32,
    /// Who else lives at the same home: asked whether they move along.
    pub at_home: Vec<PersonId>,
    /// How many earlier names are kept that are not shown; the person given here has none of them.
    pub earlier_names: u32,
}

/// A flag with its author and date.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FlagView {
    /// The flag.
    pub flag: Flag,
    /// When it was set.
    pub set_at: Moment,
    /// By whom.
    pub set_by: String,
}

/// A flag as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FlagInput {
    /// Whom it is about; none while nobody is chosen.
    pub person: Option<PersonId>,
    /// Kind; none while nothing is chosen.
    pub kind: Option<FlagKind>,
    /// Why, and what to do instead.
    pub reason: String,
    /// When to look again; may be empty.
    pub review: DayTyped,
}

/// A tie as shown.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct TieView {
    /// The tie.
    pub id: RelationshipId,
    /// From.
    pub from: PersonId,
    /// To.
    pub to: PersonId,
    /// Kind.
    pub kind: RelationshipKind,
    /// Parental responsibility of `from` for `to`.
    pub parental_responsibility: ParentalResponsibility,
    /// Same home; none where that is not known.
    pub same_home: Option<bool>,
    /// Note.
    pub note: String,
}

/// An information item as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ItemInput {
    /// Fact, opinion or reported; none while nothing is chosen.
    pub mark: Option<Mark>,
    /// What kind of note; none while nothing is chosen.
    pub source: Option<ItemSource>,
    /// The statement.
    pub text: String,
    /// Who said it, or as what it was given.
    pub by: String,
    /// Whom it is about.
    pub about: Vec<PersonId>,
    /// When; none while nothing is chosen.
    pub occurred: Option<WhenTyped>,
    /// Labels.
    pub labels: Vec<String>,
}

/// Advice as typed, that was asked for outside a decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AdviceInput {
    /// Who gave it: name and post.
    pub adviser: String,
    /// Whether they belong to the practitioner's own agency; none while nothing is chosen.
    pub own_agency: Option<bool>,
    /// Whether the child or anybody else was named to them; none while nothing is chosen.
    pub named: Option<bool>,
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// Whether it was followed; none while nothing is chosen.
    pub followed: Option<FollowedChoice>,
    /// Why not, where it was not.
    pub reason: String,
    /// When; none while nothing is chosen.
    pub at: Option<WhenTyped>,
}

/// Whether advice was followed, as chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FollowedChoice {
    /// Followed.
    Yes,
    /// Not followed; a reason is required.
    No,
    /// Not decided yet.
    NotYet,
}

/// One line of the story.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct TimelineLine {
    /// The entry.
    pub entry: EntryId,
    /// Its place in the chain.
    pub sequence: u32,
    /// When it happened.
    pub occurred: Occurred,
    /// The day that words such as *last Tuesday* were taken to mean, by which it is placed; none where they say none.
    pub placed: Option<Day>,
    /// When it was written down.
    pub recorded_at: Moment,
    /// The name of the child from whose file it was copied.
    pub copied_from: Option<String>,
    /// Whether the clock was in doubt then, so that it may have been at another time.
    pub clock_doubtful: bool,
    /// The file in which it was written, where that is the one that is shown as one with this.
    pub file: Option<CaseId>,
    /// Who wrote it down.
    pub author: String,
    /// What it is.
    pub what: TimelineWhat,
}

/// What a line of the story tells.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum TimelineWhat {
    /// An information item in its latest form.
    Item {
        /// The item.
        id: ItemId,
        /// Mark.
        mark: Mark,
        /// Source.
        source: ItemSource,
        /// Statement.
        text: String,
        /// By whom.
        by: String,
        /// Names of those it is about.
        about: Vec<String>,
        /// Those it is about, for a correction: two people may bear one name.
        about_ids: Vec<PersonId>,
        /// Labels, for a correction to keep.
        labels: Vec<String>,
        /// Earlier forms, newest first.
        history: Vec<Correction>,
        /// Whether it was withdrawn as recorded in error, and why.
        withdrawn: Option<String>,
        /// The visit of which it is a line. The lines of one stand together.
        visit: Option<Box<VisitView>>,
    },
    /// A paper in its latest form.
    Attachment {
        /// The paper.
        id: AttachmentId,
        /// What it is, by its content.
        form: AttachmentForm,
        /// What its file was called.
        name: String,
        /// What it is, in words.
        text: String,
        /// Where it came from.
        from: String,
        /// Who said so.
        said_by: String,
        /// What its sender allowed.
        limits: String,
        /// Names of those it is about.
        about: Vec<String>,
        /// Earlier forms, newest first.
        history: Vec<Correction>,
        /// Whether it was withdrawn as added in error, and why.
        withdrawn: Option<String>,
    },
    /// A decision signed off.
    Decision {
        /// The decision.
        id: DecisionId,
        /// What was decided.
        decided: OutcomeKind,
        /// What was advised.
        advised: OutcomeKind,
        /// To whom.
        recipient: String,
    },
    /// Something left.
    Disclosure {
        /// The disclosure.
        id: DisclosureId,
        /// To whom.
        recipient: String,
        /// What.
        text: String,
        /// How.
        route: Route,
        /// How much of the file went; none where that was not chosen item by item.
        went: Option<ExtentCount>,
    },
    /// An emergency.
    Emergency {
        /// The emergency.
        id: EmergencyId,
        /// What was told.
        told: String,
        /// Whom.
        who: String,
        /// Whether it is written up.
        written_up: bool,
    },
    /// Advice taken.
    Advice {
        /// From whom.
        adviser: String,
        /// What was answered.
        text: String,
    },
    /// Anything about the file itself: opened, a person added, a flag set or lifted.
    Other {
        /// The stored kind.
        kind: String,
        /// A name, where one is meant.
        name: String,
        /// A reason, where one was given.
        reason: String,
    },
    /// Written by a newer version of the program.
    Unknown {
        /// The stored kind.
        kind: String,
    },
}

/// An earlier form of an amended statement.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct Correction {
    /// The earlier text.
    pub was: String,
    /// Why it was corrected.
    pub reason: String,
    /// When.
    pub at: Moment,
}

/// One decision in a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DecisionLine {
    /// The decision.
    pub id: DecisionId,
    /// The child's name; empty for a restricted file.
    pub child: String,
    /// The number of a restricted file.
    pub restricted: Option<u32>,
    /// Signed, or a draft.
    pub signed: bool,
    /// What was decided; none for a draft.
    pub decided: Option<OutcomeKind>,
    /// The question at which a draft stopped.
    pub at_question: Option<u32>,
    /// What that question asks; empty for a restricted file, and where there is none.
    pub asks: String,
    /// The advice that a draft has reached.
    pub advised: Option<OutcomeKind>,
    /// What worries, as far as it was chosen from a list; empty for a restricted file.
    pub worries: Vec<String>,
    /// What brings it about.
    pub trigger: Trigger,
    /// The door through which it was begun; none where there were none yet, and for a restricted file.
    pub door: Option<WayIn>,
    /// When it was last touched.
    pub at: Moment,
}
