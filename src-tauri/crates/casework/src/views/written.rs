//! What is written down in one act: a visit with its lines, several flags, something copied to another file.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    CaseId, FlagId, FlagKind, ItemId, ItemSource, Mark, Nation, PersonId, PersonRole, RelationshipKind,
    VisitId,
};
use specta::Type;

use super::{ChildLine, DayTyped, Suggestion, WhenTyped};

/// Several flags as typed: each kind on each person.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct FlagsInput {
    /// Whom they are about.
    pub people: Vec<PersonId>,
    /// The kinds.
    pub kinds: Vec<FlagKind>,
    /// Whether one reason stands for all.
    pub same_reason: bool,
    /// That reason: why, and what to do instead.
    pub reason: String,
    /// Else the reason of each.
    pub reasons: Vec<FlagReason>,
    /// When to look again, for each kind; may be empty.
    pub reviews: Vec<FlagReview>,
}

/// Why one flag is set on one person.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FlagReason {
    /// The person.
    pub person: PersonId,
    /// The kind.
    pub kind: FlagKind,
    /// Why, and what to do instead.
    pub reason: String,
}

/// When to look again at a kind of flag.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FlagReview {
    /// The kind.
    pub kind: FlagKind,
    /// The day, as it stands in the boxes; may be empty.
    pub on: DayTyped,
}

/// A kind of tie as it is offered.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
pub struct TieKind {
    /// The kind.
    pub kind: RelationshipKind,
    /// The part that it says somebody plays; none where it has to be asked.
    pub role: Option<PersonRole>,
}

/// What a file's change of nation leaves as it is, and what it stops.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NationWarning {
    /// The nation to which the practitioner's own numbers belong.
    pub own: Nation,
    /// The practitioner's own numbers, where they belong to another nation than the file then does.
    pub numbers: Vec<Suggestion>,
    /// How many decisions are begun in the file: each stops.
    pub begun: u32,
}

/// Something that can be copied into another child's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CopyWhat {
    /// A person, with the flags on them.
    Person {
        /// The person.
        id: PersonId,
    },
    /// The home of a person, for the child of the other file.
    Home {
        /// The person.
        id: PersonId,
    },
    /// A note.
    Note {
        /// The item.
        id: ItemId,
    },
}

/// Something of what is copied that can stay where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum CopyPart {
    /// Other names.
    OtherNames,
    /// The birth.
    Birth,
    /// Numbers that agencies gave.
    Numbers,
    /// The address.
    Address,
    /// How they are reached without a fixed address.
    NoFixedAddress,
    /// The telephone.
    Phone,
    /// The agency and post of somebody who is there to work.
    Agency,
    /// Language or interpreter needs.
    Language,
    /// Disability or communication needs.
    Needs,
    /// A flag.
    Flag {
        /// Which.
        id: FlagId,
    },
    /// Why a flag was set.
    Reason {
        /// Of which.
        id: FlagId,
    },
    /// By whom a note is, where it says so without having to.
    By,
}

/// A part, as it is shown before anything is copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CopyPartView {
    /// Which.
    pub part: CopyPart,
    /// What it says; of a flag, nothing.
    pub text: String,
    /// The kind of a flag.
    pub flag: Option<FlagKind>,
    /// Others of this file whom a reason names: whoever reads the other file would read of them.
    pub names: Vec<String>,
    /// Whether it goes along unless somebody says otherwise.
    pub goes: bool,
}

/// What is about to be copied: all of it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ToCopy {
    /// The person's name; of a note that somebody else gave, theirs.
    pub name: String,
    /// The note; empty for a person or a home.
    pub text: String,
    /// When what is noted happened; empty for a person or a home.
    pub when: String,
    /// The label of a note.
    pub mark: Option<Mark>,
    /// Everything else that goes along, or can.
    pub parts: Vec<CopyPartView>,
    /// Names of those whom a note concerns.
    pub concerns: Vec<String>,
    /// The files of brothers and sisters.
    pub likely: Vec<ChildLine>,
}

/// What to copy, and where to.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CopyInput {
    /// What.
    pub what: CopyWhat,
    /// The parts that go along. What was not chosen stays where it is.
    pub with: Vec<CopyPart>,
    /// The files.
    pub to: Vec<CaseId>,
    /// Whether it was looked at that a note may be told there of all whom it concerns.
    pub seen: bool,
}

impl CopyInput {
    /// Whether a part goes along.
    #[must_use]
    pub fn has(&self, part: CopyPart) -> bool {
        self.with.contains(&part)
    }
}

/// One statement of a visit as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct LineInput {
    /// Fact, opinion or reported; none while nothing is chosen.
    pub mark: Option<Mark>,
    /// The statement.
    pub text: String,
    /// Who said it, or as what it was given.
    pub by: String,
    /// Whom it is about.
    pub about: Vec<PersonId>,
}

/// What the lines of a visit have in common, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct VisitHead {
    /// When; none while nothing is chosen.
    pub occurred: Option<WhenTyped>,
    /// What kind of contact; none while nothing is chosen.
    pub source: Option<ItemSource>,
    /// Where.
    pub place: String,
    /// Who of the file was there.
    pub there: Vec<PersonId>,
    /// Who else was there.
    pub others: String,
    /// Which of the children who were there were seen alone; none while it was not said. Not asked where none was.
    pub alone: Option<Vec<PersonId>>,
}

/// A visit as typed, with its lines.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct VisitInput {
    /// What they have in common.
    pub head: VisitHead,
    /// The statements.
    pub lines: Vec<LineInput>,
}

/// A visit as the story tells it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct VisitView {
    /// The visit.
    pub id: VisitId,
    /// Where.
    pub place: String,
    /// Names of those who were there.
    pub there: Vec<String>,
    /// Who else was there.
    pub others: String,
    /// Names of the children who were seen alone; none where no child was there.
    pub alone: Option<Vec<String>>,
}
