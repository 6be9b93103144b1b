//! A handover as it was frozen, how far it has come, and what still waits for whom.
//!
//! What was frozen is not handed over yet. Coverage is counted for each recipient, by files that were finished: a
//! second agency lacks what the first one has, and a stick that was full when the file was written holds nothing.

use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{CaseId, Got, HandoverId, OriginId, Payload, Seq, Sha256, Written};

closed_set! {
    /// How the cells of a handover's tables are written.
    Profile in "snake_case" {
        /// RFC 4180 in UTF-8 and nothing else: for a program that imports.
        Strict = "strict",
        /// With a byte-order mark, and an apostrophe before what a spreadsheet would run: for people.
        SpreadsheetSafe = "spreadsheet_safe",
    }
}

impl Default for Profile {
    /// What a person can open without harm; and what every handover was before there was a choice.
    fn default() -> Self {
        Self::SpreadsheetSafe
    }
}

/// A stretch of one chain, from its first entry to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainSlice {
    /// The chain.
    pub origin: OriginId,
    /// First sequence.
    pub from: Seq,
    /// Last sequence.
    pub to: Seq,
    /// The chain's link there.
    pub head: Sha256,
}

/// Which part a handover is of what was too large for one file. Each part is a handover of its own: it is frozen, written,
/// received and offered again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverPart {
    /// The first part, by which all of them are known to belong together.
    pub of: HandoverId,
    /// Which one it is, from 1.
    pub number: u32,
    /// How many there are.
    pub count: u32,
    /// The last entry of the last part: what protects somebody by then protects them in the tables of every part.
    pub until: Seq,
}

impl HandoverPart {
    /// Whether it is the last one, in which the documents go.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.number == self.count
    }
}

/// A handover as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Identifies it.
    pub id: HandoverId,
    /// The age recipient.
    pub recipient: String,
    /// Its name.
    pub recipient_name: String,
    /// The files handed over.
    pub cases: Vec<CaseId>,
    /// First sequence covered.
    pub from: Seq,
    /// Last sequence covered.
    pub to: Seq,
    /// The chain's link there.
    pub head: Sha256,
    /// How the cells of its tables are written.
    pub profile: Profile,
    /// What goes along of chains before its own, the earliest first.
    pub earlier: Vec<ChainSlice>,
    /// The finished handovers to the same recipient that hold entries which come before; none where its form does
    /// not say.
    pub before: Option<Vec<HandoverId>>,
    /// Why somebody gets once more what they, or others, have already.
    pub reason: Option<String>,
    /// Which part it is; none where it is whole.
    pub part: Option<HandoverPart>,
    /// The version of the program that froze it; none where its form does not say.
    pub version: Option<String>,
    /// The handover whose place it takes.
    pub replaces: Option<HandoverId>,
}

impl Payload {
    /// The handover that an entry froze.
    #[must_use]
    pub fn handover(&self) -> Option<Handover> {
        let Self::HandoverMade {
            id,
            recipient,
            recipient_name,
            cases,
            from,
            to,
            head,
            profile,
            earlier,
            before,
            reason,
            part,
            version,
            replaces,
        } = self
        else {
            return None;
        };
        Some(Handover {
            id: *id,
            recipient: recipient.clone(),
            recipient_name: recipient_name.clone(),
            cases: cases.clone(),
            from: *from,
            to: *to,
            head: *head,
            profile: *profile,
            earlier: earlier.clone(),
            before: before.clone(),
            reason: reason.clone(),
            part: *part,
            version: version.clone(),
            replaces: *replaces,
        })
    }
}

impl From<Handover> for Payload {
    fn from(made: Handover) -> Self {
        let Handover {
            id,
            recipient,
            recipient_name,
            cases,
            from,
            to,
            head,
            profile,
            earlier,
            before,
            reason,
            part,
            version,
            replaces,
        } = made;
        Self::HandoverMade {
            id,
            recipient,
            recipient_name,
            cases,
            from,
            to,
            head,
            profile,
            earlier,
            before,
            reason,
            part,
            version,
            replaces,
        }
    }
}

/// A handover's file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenFile {
    /// The name under which it was saved, without its folder.
    pub name: String,
    /// SHA-256 of it.
    pub hash: Sha256,
    /// Its size in bytes.
    pub bytes: u64,
    /// Entries that stand whole in it.
    pub entries: u64,
    /// Documents in it.
    pub documents: u64,
    /// SHA-256 of its tag manifest: the same each time the handover is written again.
    pub contents_hash: Sha256,
}

/// A key of an agency under the name given to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientKey {
    /// The age recipient.
    pub recipient: String,
    /// The name.
    pub name: String,
}

closed_set! {
    /// How far a handover has come.
    HandoverState in "snake_case" {
        /// It is settled what goes to whom; its file was not written.
        Frozen = "frozen",
        /// Its file is on a disk and was read back from there. Nobody has confirmed that they have it.
        Written = "written",
        /// The agency's receipts name every entry that it holds of its files.
        Received = "received",
        /// It was given up before a file was written: nothing of it left.
        Dropped = "dropped",
    }
}

impl HandoverState {
    /// Whether what it holds is offered no more. The agency whose profile stands sends receipts, and to its key nothing
    /// else ends the offer; nobody else could send one, and to them the written file does.
    #[must_use]
    pub fn ends_the_offer(self, by_receipt_alone: bool) -> bool {
        match self {
            Self::Frozen | Self::Dropped => false,
            Self::Written => !by_receipt_alone,
            Self::Received => true,
        }
    }
}

/// Where an entry of a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryPlace {
    /// The file.
    pub case: CaseId,
    /// The chain.
    pub origin: OriginId,
    /// Its place in it.
    pub sequence: Seq,
}

impl EntryPlace {
    /// Where an entry stands; none where it stands in no file.
    #[must_use]
    pub fn of(by: &Written) -> Option<Self> {
        by.case.map(|case| Self { case, origin: by.origin, sequence: by.sequence })
    }
}

/// A handover, the chain in which it was frozen, and how far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made<'a> {
    /// The handover.
    pub handover: &'a Handover,
    /// Its chain.
    pub origin: OriginId,
    /// How far it has come.
    pub state: HandoverState,
}

impl Made<'_> {
    /// The stretches that it holds of its files, each by its chain, its first and its last entry.
    pub fn stretches(&self) -> impl Iterator<Item = (OriginId, Seq, Seq)> {
        let own = std::iter::once((self.origin, self.handover.from, self.handover.to));
        own.chain(self.handover.earlier.iter().map(|slice| (slice.origin, slice.from, slice.to)))
    }

    /// Whether its file holds an entry.
    #[must_use]
    pub fn holds(&self, at: EntryPlace) -> bool {
        self.handover.cases.contains(&at.case)
            && self
                .stretches()
                .any(|(origin, from, to)| origin == at.origin && (from..=to).contains(&at.sequence))
    }

    /// Whether its file can still be written as what was frozen: it never was written, in the chain that the vault writes,
    /// and the program that froze it writes the same bytes. Otherwise another handover takes its place, under an id of its
    /// own: no two files under one id ever differ.
    #[must_use]
    pub fn is_written_as_frozen(&self, program: &str, own: OriginId) -> bool {
        self.state == HandoverState::Frozen
            && self.origin == own
            && self.handover.version.as_deref() == Some(program)
    }

    /// Whether another one to the same recipient holds all of it: then nobody needs to write its file any more.
    #[must_use]
    pub fn is_held_by(&self, other: &Made<'_>) -> bool {
        let within = |(origin, from, to): (OriginId, Seq, Seq)| {
            other.stretches().any(|(of, first, last)| of == origin && first <= from && to <= last)
        };
        self.handover.recipient == other.handover.recipient
            && self.handover.cases.iter().all(|case| other.handover.cases.contains(case))
            && self.stretches().all(within)
    }
}

/// Whether an entry of a file waits to be handed over: to a recipient, or to anybody at all where none is named. It
/// does until a handover that holds it has come so far that the offer ends ([`HandoverState::ends_the_offer`]), or a
/// receipt names it. `agency` is the key of the agency whose profile stands: to that one, a written file ends nothing.
///
/// This is the rule. A vault keeps its outcome in tables (`vault/src/tables/waiting.rs`), and a test holds the two to
/// each other.
pub fn waits<'a>(
    at: EntryPlace,
    made: impl IntoIterator<Item = Made<'a>>,
    receipts: impl IntoIterator<Item = Got<'a>>,
    recipient: Option<&str>,
    agency: Option<&str>,
) -> bool {
    let theirs = |of: &Handover| recipient.is_none_or(|to| of.recipient == to);
    let ended = |one: Made<'_>| {
        theirs(one.handover)
            && one.state.ends_the_offer(agency == Some(&one.handover.recipient))
            && one.holds(at)
    };
    !made.into_iter().any(ended) && !receipts.into_iter().any(|got| theirs(got.handover) && got.names(at))
}

/// How far a handover has come by receipts: received once they name every entry that it holds of its files, whichever
/// of the handovers to the same recipient they answer. One whose file was not written is received only where a receipt
/// answers it: whoever sent that has the file.
pub fn reached<'a>(
    made: Made<'_>,
    entries: impl IntoIterator<Item = EntryPlace>,
    receipts: impl IntoIterator<Item = Got<'a>>,
) -> HandoverState {
    let theirs = |got: &Got<'_>| got.handover.recipient == made.handover.recipient;
    let theirs: Vec<Got<'a>> = receipts.into_iter().filter(theirs).collect();
    let answers = |got: &Got<'_>| got.handover.id == made.handover.id && !got.receipt.received.is_empty();
    if made.state != HandoverState::Written && !theirs.iter().any(answers) {
        return made.state;
    }
    let mut named = entries
        .into_iter()
        .filter(|at| made.holds(*at))
        .map(|at| theirs.iter().any(|got| got.names(at)))
        .peekable();
    if named.peek().is_some() && named.all(|named| named) { HandoverState::Received } else { made.state }
}

/// From where in one chain on a file is handed over: right behind the last stretch that the recipient has before the
/// first entry that waits, so that the next slice links on to it; from the beginning where there is none.
pub fn begins(first_waiting: Seq, last_of_each: impl IntoIterator<Item = Seq>) -> Seq {
    let before = last_of_each.into_iter().filter(|to| *to < first_waiting).max();
    before.map_or(Seq(1), |to| Seq(to.0.saturating_add(1)))
}

/// Who has anything of a file already, by finished handovers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Has {
    /// The recipient.
    pub recipient: bool,
    /// Somebody else.
    pub others: bool,
}

closed_set! {
    /// Why a handover is made on purpose only, with a reason.
    OnPurpose in "snake_case" {
        /// The recipient gets once more what they have.
        Again = "again",
        /// The recipient has nothing of a file that somebody else has.
        Another = "another",
    }
}

/// Whether a handover of files needs a reason: where everything goes once more to somebody who has it, and where a
/// file goes for the first time to somebody else than the one who has it. What is new goes to both without one.
#[must_use]
pub fn on_purpose(from_beginning: bool, files: &[Has]) -> Option<OnPurpose> {
    if from_beginning && files.iter().any(|file| file.recipient) {
        return Some(OnPurpose::Again);
    }
    files.iter().any(|file| file.others && !file.recipient).then_some(OnPurpose::Another)
}
