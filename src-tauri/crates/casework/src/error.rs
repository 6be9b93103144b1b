//! What can go wrong in a use case, in developers' words and without anything that a person typed.

use sharewell_records::{AttachmentId, EndRefused, HandoverId, Nation, NotTo, OriginId, Seq, WayFault};

mod fault;
mod page;
mod refusal;

pub use fault::{PackFault, PackFaultKind};
pub use page::PageFault;
pub use refusal::Refusal;

/// A result with this crate's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not happen. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Fields of the input are not as they must be: every one of them, in the order of the page.
    #[error("{}", told(.0))]
    Fields(Vec<(Field, Problem)>),
    /// The recovery code was not typed back yet (H3). An emergency is never refused for it.
    #[error("the recovery code was not typed back yet")]
    RecoveryNotConfirmed,
    /// What was typed back is a recovery code, and not this vault's.
    #[error("another recovery code was typed")]
    OtherRecoveryCode,
    /// What was asked for is not in the vault.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The step is not on the path that the answers lead along.
    #[error("the step {step} is not on the path")]
    NotOnPath {
        /// The step's id.
        step: String,
    },
    /// The decision is not ready to be signed: every field and every step that stands in the way.
    #[error("the decision is not ready to be signed: {}", told(.0))]
    NotReady(Vec<(Field, Problem)>),
    /// The decision was signed before.
    #[error("the decision is signed already")]
    AlreadySigned,
    /// The file was given another nation since the decision began.
    #[error("the nation of the file was changed")]
    NationChanged,
    /// The duty, flag, tie or emergency was closed before.
    #[error("this is closed already")]
    AlreadySettled,
    /// No guidance pack fits the nation and the day.
    #[error("there is no guidance pack for {} on that day", nation.word())]
    NoPack {
        /// The nation.
        nation: Nation,
    },
    /// An embedded or kept guidance pack cannot be read.
    #[error("the guidance pack {pack} cannot be read: {fault}")]
    BadPack {
        /// The pack.
        pack: String,
        /// The first thing that is wrong with it.
        fault: PackFault,
    },
    /// A guidance pack from a file is not taken into use.
    #[error("the guidance pack is not taken: {0}")]
    Refused(#[from] Refusal),
    /// Nothing in the chosen files waits for the recipient.
    #[error("there is nothing to hand over")]
    NothingToHandOver {
        /// The handover by which the recipient got some of them last.
        last: Option<HandoverId>,
    },
    /// One thing alone is larger than whoever opens a handover takes in, so that no part can hold it.
    #[error("one thing alone is over the limit of {limit} bytes: {piece}")]
    TooLargeToHandOver {
        /// What it is.
        piece: Piece,
        /// The limit that it is over.
        limit: u64,
    },
    /// A handover stands frozen, and its file was not written: nothing of it is handed over.
    #[error("the file of the handover {handover} was not written: {why}")]
    Unwritten {
        /// The handover, by which its file can be written again.
        handover: HandoverId,
        /// Why.
        why: Box<Error>,
    },
    /// An agency's receipt is not believed.
    #[error("the receipt is not taken: {0:?}")]
    Receipt(ReceiptFault),
    /// A share that came is not opened.
    #[error("the share is not opened: {0:?}")]
    Arrived(ArrivedFault),
    /// A file of the handover may be somewhere, so that it is not dropped.
    #[error("a file of this handover may be somewhere")]
    HandoverOut,
    /// What may go of the copies here is not what was shown.
    #[error("what may go has changed since it was shown")]
    CopiesChanged,
    /// The use of the vault is not ended at all.
    #[error("the vault is not ended: {}", .0.word())]
    NotEnded(EndRefused),
    /// Something changed since the page before the end was shown. Nothing has ended.
    #[error("something changed since the page before the end was shown")]
    EndChanged,
    /// A restricted file goes with no other.
    #[error("a restricted file is handed over by itself")]
    RestrictedAlone,
    /// The agency has not said to whom alone restricted files go.
    #[error("the agency's profile names no designated officer")]
    NoOfficer,
    /// A file is no profile of an agency, or was changed.
    #[error("the file is no profile: {0}")]
    NotAProfile(sharewell_exchange::Error),
    /// What is known of people of a child's file is changed there.
    #[error("this person stands in the child's file")]
    InChildsFile,
    /// A sheet of protected names is asked of a file that protects nobody.
    #[error("nobody in this file is protected")]
    NobodyProtected,
    /// Something in a paper looks like somebody protected, and nobody has said what it is.
    #[error("something looks like a protected person")]
    Leftovers,
    /// Something changed since a statement was reviewed: what was released may not go any more.
    #[error("something changed since the statement was reviewed")]
    StatementChanged,
    /// The copy of a statement that goes home is made once the data protection officer released it.
    #[error("the data protection officer has not released the statement")]
    NotReleased,
    /// A countersignature is over another decision, or over another content of it.
    #[error("the countersignature is not over this decision")]
    NotThisDecision,
    /// Nobody countersigns what they decided themselves.
    #[error("this is the practitioner's own decision")]
    OwnDecision,
    /// There is no room for a paper and the backup that follows: the bytes that are needed, and that are free.
    #[error("there is no room: {0} bytes are needed and {1} are free")]
    NoRoom(u64, u64),
    /// A page of a paper cannot go along in a share.
    #[error("page {page} cannot go along: {why}")]
    Page {
        /// Which, from 1.
        page: u32,
        /// Why.
        why: PageFault,
    },
    /// A file outside the vault could not be written.
    #[error("a file could not be written ({0:?})")]
    NotWritten(std::io::ErrorKind),
    /// A file outside the vault could not be read.
    #[error("a file could not be read ({0:?})")]
    NotRead(std::io::ErrorKind),
    /// In the folder that was shown lies another vault.
    #[error("another vault lies there")]
    OtherVault,
    /// A second place for backups that would be lost with the vault.
    #[error("the second place lies in the vault's own folder")]
    InTheVault,
    /// A backup did not verify.
    #[error("the backup does not verify")]
    BackupNotSound,
    /// A value that this crate keeps in the vault cannot be read or written.
    #[error("a stored {what} cannot be read")]
    Stored {
        /// What it is.
        what: &'static str,
    },
    /// The engine refused.
    #[error(transparent)]
    Guidance(#[from] sharewell_guidance::Error),
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] sharewell_vault::Error),
    /// The handover could not be made.
    #[error(transparent)]
    Exchange(#[from] sharewell_exchange::Error),
    /// The document could not be made.
    #[error(transparent)]
    Document(#[from] sharewell_documents::Error),
    /// A record is not well formed.
    #[error(transparent)]
    Record(#[from] sharewell_records::Error),
}

/// One thing of a handover that cannot be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// An entry, by its place.
    Entry {
        /// The chain.
        origin: OriginId,
        /// Its place.
        at: Seq,
    },
    /// A paper.
    Paper {
        /// Which.
        id: AttachmentId,
    },
    /// The tables and documents, which stand in one file.
    Documents,
}

impl std::fmt::Display for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Entry { origin, at } => write!(f, "entry {at} of {origin}"),
            Self::Paper { id } => write!(f, "paper {id}"),
            Self::Documents => f.write_str("documents"),
        }
    }
}

/// Why a share that somebody made for us is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrivedFault {
    /// This vault has no key to which anybody could share.
    NoKey,
    /// It was made for another key.
    OtherKey,
    /// It is no share: a handover, or a file of another kind.
    NotAShare,
    /// It is damaged, cut short, or was changed since it was signed.
    Damaged,
    /// It is larger than a share may be.
    TooLarge,
    /// A newer version wrote it.
    NewerVersion,
    /// A file that was to bring a key holds none.
    NotAKey,
}

impl ArrivedFault {
    pub(crate) fn of(why: &sharewell_exchange::Error) -> Self {
        use sharewell_exchange::Error as Exchange;
        match why {
            Exchange::NotForThisKey => Self::OtherKey,
            Exchange::NotAge | Exchange::OtherKind { .. } | Exchange::NotOfAShare { .. } => Self::NotAShare,
            Exchange::UnknownVersion { .. } => Self::NewerVersion,
            Exchange::TooLarge { .. } => Self::TooLarge,
            _ => Self::Damaged,
        }
    }
}

/// Why a receipt is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptFault {
    /// No agency's profile stands that names the key of receipts.
    NoProfile,
    /// It is no receipt.
    NotAReceipt,
    /// Another key signed it.
    OtherKey,
    /// It was changed since it was signed.
    Changed,
    /// A newer version wrote it.
    NewerVersion,
    /// It answers nothing that this vault handed over.
    NotOurs,
}

/// A field of the input, or the id of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field(pub String);

impl From<&str> for Field {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

fn told(faults: &[(Field, Problem)]) -> String {
    let one = |(field, problem): &(Field, Problem)| format!("the field {}: {problem}", field.0);
    faults.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It must be filled.
    #[error("it is empty")]
    Missing,
    /// It holds more than it may.
    #[error("it holds too much")]
    TooLong,
    /// It is longer than it may be, and by how much.
    #[error("it has {length} characters, and {most} are the most")]
    TooManyCharacters {
        /// How many it has.
        length: u32,
        /// How many it may have.
        most: u32,
    },
    /// It has neither a letter nor a sign that one can see.
    #[error("it has nothing that one can read")]
    NothingToRead,
    /// The date is not possible there.
    #[error("the date is not possible")]
    BadDate,
    /// The day, the month and the year are empty.
    #[error("no day was typed")]
    DateMissing,
    /// The day is empty, and the rest is not.
    #[error("the day of the month is empty")]
    DayMissing,
    /// The month is empty, and the rest is not.
    #[error("the month is empty")]
    MonthMissing,
    /// The year is empty, and the rest is not.
    #[error("the year is empty")]
    YearMissing,
    /// What stands for the day is none.
    #[error("the day of the month cannot be read")]
    DayUnclear,
    /// What stands for the month is none.
    #[error("the month cannot be read")]
    MonthUnclear,
    /// What stands for the year is none.
    #[error("the year cannot be read")]
    YearUnclear,
    /// April has 30 days.
    #[error("April has 30 days")]
    AprilIsShorter,
    /// June has 30 days.
    #[error("June has 30 days")]
    JuneIsShorter,
    /// September has 30 days.
    #[error("September has 30 days")]
    SeptemberIsShorter,
    /// November has 30 days.
    #[error("November has 30 days")]
    NovemberIsShorter,
    /// February has 28 days in that year.
    #[error("February has 28 days in that year")]
    FebruaryIsShorter,
    /// February has 29 days in that year.
    #[error("February has 29 days in that year")]
    FebruaryHas29,
    /// No record is about that year.
    #[error("the year is out of range")]
    YearOutOfRange,
    /// The day is still to come.
    #[error("the day is still to come")]
    DayToCome,
    /// A day of birth is still to come.
    #[error("the day of birth is still to come")]
    NotBornYet,
    /// The day has passed.
    #[error("the day has passed")]
    DayPassed,
    /// No birth is expected then.
    #[error("no birth is expected then")]
    DueDateFar,
    /// What stands for an age is none.
    #[error("the age cannot be read")]
    AgeUnclear,
    /// The time is empty.
    #[error("the time is empty")]
    TimeMissing,
    /// What stands for the time is none.
    #[error("the time cannot be read")]
    TimeUnclear,
    /// The time is still to come.
    #[error("the time is still to come")]
    TimeToCome,
    /// Clocks went forward over that time.
    #[error("clocks went forward over that time")]
    TimeSkipped,
    /// Clocks showed that time twice.
    #[error("clocks showed that time twice")]
    TimeTwice,
    /// It stands for "none", and is no number.
    #[error("the number is a placeholder")]
    NumberIsPlaceholder,
    /// The date of birth in it does not exist.
    #[error("the date in the number does not exist")]
    NumberHasNoDate,
    /// The check digit or the form of an identifier does not fit.
    #[error("the identifier does not fit its form")]
    BadIdentifier,
    /// A reason is required.
    #[error("a reason is required")]
    ReasonMissing,
    /// The value is not one that may be chosen.
    #[error("the value is not one of the options")]
    NotAnOption,
    /// Words are required beside the value.
    #[error("words are required beside the value")]
    WordsMissing,
    /// One side of the balance is empty.
    #[error("one side of the weighing is empty")]
    WeighingSideMissing,
    /// One person's row is empty.
    #[error("one person's row is empty")]
    PersonRowMissing,
    /// It names somebody to whom nothing of a restricted file goes.
    #[error("it names somebody from whom the file is kept")]
    KeptFrom,
    /// It names somebody who is protected, where that would leave.
    #[error("it names somebody who is protected")]
    NamesProtected,
    /// It names somebody whom a flag forbids to tell or to contact.
    #[error("it names somebody whom a flag forbids to tell")]
    Flagged,
    /// A flag stands on them: a reason is required.
    #[error("a flag asks for a reason")]
    FlagReason,
    /// The words that confirm it are others.
    #[error("the words that confirm it are others")]
    NotThePhrase,
    /// Something in it is still to be filled in.
    #[error("something in it is still to be filled in")]
    StillBlank,
    /// The postcode stands for no place.
    #[error("the postcode stands for no place")]
    PseudoPostcode,
    /// An address that says there is none.
    #[error("the address says that there is none")]
    NoAddress,
    /// Somebody of another file may be the same child, and nothing was said of that.
    #[error("somebody of another file may be the same child")]
    SameChild,
    /// Somebody of a child's file lives at the address.
    #[error("somebody of a child's file lives there")]
    FamilyAddress,
    /// What stands in a box for a number or an address reaches nobody.
    #[error("it is no number or address that reaches anybody")]
    Way(WayFault),
    /// The same flag stands on the person already.
    #[error("the flag stands on the person already")]
    FlagStands,
    /// Nothing is there of which somebody could have made sure.
    #[error("there is no number and no address to make sure of")]
    NothingToVerify,
    /// Not every page of a paper was looked at.
    #[error("not every page was looked at")]
    NotLookedAt,
    /// What was said makes nobody sure who the recipient is.
    #[error("that is no check of who it is")]
    NoCheck,
    /// No file was chosen.
    #[error("no file was chosen")]
    NothingChosen,
    /// The key was not imported.
    #[error("the key was not imported")]
    NoRecipient,
    /// A restricted file goes to the designated officer's key alone.
    #[error("a restricted file goes to the designated officer alone")]
    OfficerAlone,
    /// The same person was named twice, where two are asked for.
    #[error("it names the same person twice")]
    SamePerson,
    /// The fingerprint was not compared with the agency.
    #[error("the fingerprint was not compared")]
    NotCompared,
    /// It is of another agency than the one in use, which was not agreed to.
    #[error("it is of another agency")]
    OtherAgency,
    /// It is no key to hand over to.
    #[error("it is no recipient key")]
    BadRecipientKey,
    /// It is no signing key.
    #[error("it is no signing key")]
    BadSigningKey,
    /// It is the secret half of a key. What was typed is shown nowhere.
    #[error("it is the secret half of a key")]
    SecretKeyGiven,
    /// It is no key to which a share can be encrypted.
    #[error("it is no key to which a share can be encrypted")]
    NotAShareKey,
    /// Nobody made sure of the recipient's key, or it changed since.
    #[error("nobody made sure of their key")]
    KeyNotSure,
}

impl From<NotTo> for Problem {
    fn from(why: NotTo) -> Self {
        match why {
            NotTo::KeptFrom => Self::KeptFrom,
            NotTo::NamesProtected => Self::NamesProtected,
            NotTo::Flagged(_) => Self::Flagged,
        }
    }
}

impl Error {
    /// One field is at fault.
    #[must_use]
    pub fn field(field: &str, problem: Problem) -> Self {
        Self::Fields(vec![(field.into(), problem)])
    }
}
