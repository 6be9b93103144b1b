//! What the window is told when something cannot be done: a code, the field, and a few numbers.
//!
//! The catalogue holds the words for each code, in pairs: what happened, and what to do next.

use serde::{Deserialize, Serialize};
use sharewell_records::{HandoverId, WayFault};
use specta::Type;

use crate::error::{ArrivedFault, Error, Field, PackFault, PageFault, Piece, Problem, ReceiptFault, Refusal};

mod code;

pub use code::{Class, Code};

/// A failure, as the window sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Failure {
    /// What happened.
    pub code: Code,
    /// The field at fault, where there is one: a field of the input, or a step's id. The first, where there are more.
    pub field: Option<String>,
    /// Every field at fault, in the order of the page.
    pub fields: Vec<FieldFailure>,
    /// Seconds to wait, where waiting helps.
    pub wait_seconds: Option<u32>,
    /// A place for support staff: an entry, a file name, a sequence. Never content.
    pub place: Option<String>,
    /// What is wrong with a guidance pack, where it is one that is at fault.
    pub fault: Option<Box<PackFault>>,
    /// The handover whose file can be written again: one that stands frozen, or the last one where nothing waits.
    pub handover: Option<HandoverId>,
}

/// A field at fault, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FieldFailure {
    /// A field of the input, or a step's id.
    pub field: String,
    /// What is wrong with it.
    pub code: Code,
    /// How long it is, where it is too long.
    pub length: Option<Length>,
}

/// How long a text is, and how long it may be, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Length {
    /// How long it is.
    pub is: u32,
    /// How long it may be.
    pub most: u32,
}

impl From<(Field, Problem)> for FieldFailure {
    fn from((field, problem): (Field, Problem)) -> Self {
        let length = match problem {
            Problem::TooManyCharacters { length, most } => Some(Length { is: length, most }),
            _ => None,
        };
        Self { field: field.0, code: problem.into(), length }
    }
}

impl Failure {
    /// A failure with its code alone.
    #[must_use]
    pub fn of(code: Code) -> Self {
        Self {
            code,
            field: None,
            fields: Vec::new(),
            wait_seconds: None,
            place: None,
            fault: None,
            handover: None,
        }
    }

    fn at(code: Code, place: impl std::fmt::Display) -> Self {
        Self { place: Some(place.to_string()), ..Self::of(code) }
    }

    /// A pack at fault: its words come from what is wrong, and support gets names and numbers.
    fn of_pack(code: Code, name: &str, fault: PackFault) -> Self {
        let place = format!("{name} {}", fault.place).trim().to_owned();
        Self { fault: Some(Box::new(fault)), ..Self::at(code, place) }
    }

    fn in_field(code: Code, field: String) -> Self {
        let fields = vec![FieldFailure { field: field.clone(), code, length: None }];
        Self { field: Some(field), fields, ..Self::of(code) }
    }

    /// Everything that is wrong with a form. The code and the field are those of the first.
    fn all(faults: Vec<(Field, Problem)>) -> Self {
        let fields: Vec<FieldFailure> = faults.into_iter().map(FieldFailure::from).collect();
        match fields.first().cloned() {
            Some(FieldFailure { field, code, .. }) => Self { field: Some(field), fields, ..Self::of(code) },
            None => Self::of(Code::Unexpected),
        }
    }

    /// What stands in the way of a sign-off. Whom it may not go to is told by its own code; what is only not there
    /// yet, as not ready.
    fn not_ready(faults: Vec<(Field, Problem)>) -> Self {
        let first = faults.first().map(|(_, problem)| *problem);
        let code = match first {
            Some(
                problem @ (Problem::KeptFrom
                | Problem::NamesProtected
                | Problem::Flagged
                | Problem::FlagReason
                | Problem::TooLong
                | Problem::TooManyCharacters { .. }),
            ) => problem.into(),
            Some(_) | None => Code::NotReady,
        };
        Self { code, ..Self::all(faults) }
    }

    fn wait(code: Code, seconds: u32) -> Self {
        Self { wait_seconds: (seconds > 0).then_some(seconds), ..Self::of(code) }
    }
}

// No wildcard in any of these: a new error does not compile until someone has decided what the person is told.

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Fields(faults) => Self::all(faults),
            Error::RecoveryNotConfirmed => Self::of(Code::RecoveryNotConfirmed),
            Error::OtherRecoveryCode => Self::of(Code::WrongRecoveryCode),
            Error::NotFound { what } => Self::at(Code::NotFound, what),
            Error::NotOnPath { step } => Self::in_field(Code::NotFound, step),
            Error::NotReady(faults) => Self::not_ready(faults),
            Error::AlreadySigned => Self::of(Code::AlreadySigned),
            Error::NationChanged => Self::of(Code::NationChanged),
            Error::AlreadySettled => Self::of(Code::AlreadySettled),
            Error::NoPack { nation } => Self::at(Code::NoPack, nation.word()),
            Error::BadPack { pack, fault } => Self::of_pack(Code::BadPack, &pack, fault),
            Error::Refused(refusal) => refusal.into(),
            Error::Receipt(fault) => Self::of(fault.into()),
            Error::Arrived(fault) => Self::of(fault.into()),
            Error::HandoverOut => Self::of(Code::HandoverOut),
            Error::CopiesChanged => Self::of(Code::CopiesChanged),
            Error::NotEnded(why) => Self::at(Code::NotEnded, why.word()),
            Error::EndChanged => Self::of(Code::EndChanged),
            Error::RestrictedAlone => Self::of(Code::RestrictedAlone),
            Error::NoOfficer => Self::of(Code::NoOfficer),
            Error::NotAProfile(error) => Self::at(Code::NotAProfile, error),
            Error::InChildsFile => Self::of(Code::InChildsFile),
            Error::NobodyProtected => Self::of(Code::NobodyProtected),
            Error::StatementChanged => Self::of(Code::StatementChanged),
            Error::NotReleased => Self::of(Code::NotReleased),
            Error::Leftovers => Self::of(Code::Leftovers),
            Error::NothingToHandOver { last } => Self { handover: last, ..Self::of(Code::NothingToHandOver) },
            Error::Unwritten { handover, why } => Self { handover: Some(handover), ..Self::from(*why) },
            Error::TooLargeToHandOver { piece, .. } => Self::at(piece.into(), piece),
            Error::NotThisDecision => Self::of(Code::NotThisDecision),
            Error::Page { page, why } => Self::at(Code::from(why), page),
            Error::OwnDecision => Self::of(Code::OwnDecision),
            Error::NoRoom(needs, free) => {
                Self::at(Code::NoRoom, format!("{} MB / {} MB", needs.div_ceil(1 << 20), free >> 20))
            }
            Error::NotWritten(kind) => Self::at(written(kind), format!("{kind:?}")),
            Error::NotRead(kind) => Self::at(Code::FileUnreadable, format!("{kind:?}")),
            Error::OtherVault => Self::of(Code::OtherVault),
            Error::InTheVault => Self::of(Code::InTheVault),
            Error::BackupNotSound => Self::of(Code::BackupFailed),
            Error::Stored { what } => Self::at(Code::Unexpected, what),
            Error::Guidance(error) => error.into(),
            Error::Vault(error) => error.into(),
            Error::Exchange(error) => error.into(),
            Error::Document(error) => Self::at(Code::DocumentFailed, error),
            Error::Record(error) => Self::at(Code::Unexpected, error),
        }
    }
}

impl From<ArrivedFault> for Code {
    fn from(fault: ArrivedFault) -> Self {
        match fault {
            ArrivedFault::NoKey => Self::ShareNoKey,
            ArrivedFault::OtherKey => Self::ShareOtherKey,
            ArrivedFault::NotAShare => Self::NotAShare,
            ArrivedFault::Damaged => Self::ShareDamaged,
            ArrivedFault::TooLarge => Self::ShareTooLarge,
            ArrivedFault::NewerVersion => Self::ShareTooNew,
            ArrivedFault::NotAKey => Self::NoShareKey,
        }
    }
}

impl From<ReceiptFault> for Code {
    fn from(fault: ReceiptFault) -> Self {
        match fault {
            ReceiptFault::NoProfile => Self::ReceiptNoProfile,
            ReceiptFault::NotAReceipt => Self::ReceiptUnreadable,
            ReceiptFault::OtherKey => Self::ReceiptOtherKey,
            ReceiptFault::Changed => Self::ReceiptChanged,
            ReceiptFault::NewerVersion => Self::ReceiptTooNew,
            ReceiptFault::NotOurs => Self::ReceiptNotOurs,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotTrusted => Self::of(Code::PackNotTrusted),
            Refusal::NeedsNewerProgram => Self::of(Code::PackTooNew),
            Refusal::Unsafe { fault } => Self::of_pack(Code::PackUnsafe, "", fault),
            Refusal::Older { serving } => Self::at(Code::PackOlder, serving),
            Refusal::UnknownLine => Self::of(Code::PackUnknownLine),
            Refusal::AlreadyThere => Self::of(Code::PackAlreadyThere),
            Refusal::FileChanged => Self::of(Code::PackFileChanged),
        }
    }
}

impl From<Problem> for Code {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Missing => Self::Missing,
            Problem::TooLong | Problem::TooManyCharacters { .. } => Self::TooLong,
            Problem::NothingToRead => Self::NothingToRead,
            Problem::PseudoPostcode => Self::PseudoPostcode,
            Problem::NoAddress => Self::NoAddress,
            Problem::SameChild => Self::SameChild,
            Problem::BadDate => Self::BadDate,
            Problem::DateMissing => Self::DateMissing,
            Problem::DayMissing => Self::DayMissing,
            Problem::MonthMissing => Self::MonthMissing,
            Problem::YearMissing => Self::YearMissing,
            Problem::DayUnclear => Self::DayUnclear,
            Problem::MonthUnclear => Self::MonthUnclear,
            Problem::YearUnclear => Self::YearUnclear,
            Problem::AprilIsShorter => Self::AprilIsShorter,
            Problem::JuneIsShorter => Self::JuneIsShorter,
            Problem::SeptemberIsShorter => Self::SeptemberIsShorter,
            Problem::NovemberIsShorter => Self::NovemberIsShorter,
            Problem::FebruaryIsShorter => Self::FebruaryIsShorter,
            Problem::FebruaryHas29 => Self::FebruaryHas29,
            Problem::YearOutOfRange => Self::YearOutOfRange,
            Problem::DayToCome => Self::DayToCome,
            Problem::NotBornYet => Self::NotBornYet,
            Problem::DayPassed => Self::DayPassed,
            Problem::DueDateFar => Self::DueDateFar,
            Problem::AgeUnclear => Self::AgeUnclear,
            Problem::TimeMissing => Self::TimeMissing,
            Problem::TimeUnclear => Self::TimeUnclear,
            Problem::TimeToCome => Self::TimeToCome,
            Problem::TimeSkipped => Self::TimeSkipped,
            Problem::TimeTwice => Self::TimeTwice,
            Problem::NumberIsPlaceholder => Self::NumberIsPlaceholder,
            Problem::NumberHasNoDate => Self::NumberHasNoDate,
            Problem::BadIdentifier => Self::BadIdentifier,
            Problem::ReasonMissing => Self::ReasonMissing,
            Problem::NotAnOption => Self::NotAnOption,
            Problem::WordsMissing => Self::WordsMissing,
            Problem::WeighingSideMissing => Self::WeighingSideMissing,
            Problem::PersonRowMissing => Self::PersonRowMissing,
            Problem::KeptFrom => Self::KeptFrom,
            Problem::NamesProtected => Self::NamesProtected,
            Problem::Flagged => Self::Flagged,
            Problem::FlagReason => Self::FlagReason,
            Problem::StillBlank => Self::StillBlank,
            Problem::NotThePhrase => Self::NotThePhrase,
            Problem::FamilyAddress => Self::FamilyAddress,
            Problem::Way(WayFault::NotANumber) => Self::NotANumber,
            Problem::Way(WayFault::TooShort) => Self::NumberShort,
            Problem::Way(WayFault::TooLong) => Self::NumberLong,
            Problem::Way(WayFault::WithoutCode) => Self::NumberWithoutCode,
            Problem::Way(WayFault::NotAnAddress) => Self::NotAnAddress,
            Problem::NothingToVerify => Self::NothingToVerify,
            Problem::FlagStands => Self::FlagStands,
            Problem::NoCheck => Self::NoCheck,
            Problem::NotLookedAt => Self::NotLookedAt,
            Problem::NothingChosen => Self::NothingChosen,
            Problem::NoRecipient => Self::NoRecipient,
            Problem::OfficerAlone => Self::OfficerAlone,
            Problem::SamePerson => Self::SamePerson,
            Problem::NotCompared => Self::NotCompared,
            Problem::OtherAgency => Self::OtherAgency,
            Problem::BadRecipientKey => Self::BadRecipientKey,
            Problem::BadSigningKey => Self::BadSigningKey,
            Problem::SecretKeyGiven => Self::SecretKeyGiven,
            Problem::NotAShareKey => Self::NotAShareKey,
            Problem::KeyNotSure => Self::KeyNotSure,
        }
    }
}

impl From<PageFault> for Code {
    fn from(fault: PageFault) -> Self {
        match fault {
            PageFault::TooMany => Self::PagesTooMany,
            PageFault::NoSuchPage => Self::NotFound,
            PageFault::NoPicture => Self::PageNoPicture,
            PageFault::Damaged => Self::PageDamaged,
            PageFault::TooLarge => Self::PageTooLarge,
        }
    }
}

impl From<Piece> for Code {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Entry { .. } => Self::EntryTooLarge,
            Piece::Paper { .. } => Self::PaperOverLimit,
            Piece::Documents => Self::DocumentsTooLarge,
        }
    }
}

/// Why a file could not be written; a kind of the standard library's open set, so the rest is one answer.
fn written(kind: std::io::ErrorKind) -> Code {
    use std::io::ErrorKind as Kind;
    match kind {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Code::DiskFull,
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Code::ReadOnly,
        _ => Code::FileNotWritten,
    }
}

impl From<sharewell_guidance::Error> for Failure {
    fn from(error: sharewell_guidance::Error) -> Self {
        use sharewell_guidance::Error as Guidance;
        match error {
            Guidance::Pack(_) | Guidance::NoOutcome => {
                Self::of_pack(Code::BadPack, "", PackFault::from(&error))
            }
            Guidance::NotYet => Self::of(Code::NotReady),
            Guidance::NoSuchStep { step } => Self::in_field(Code::NotFound, step.0),
            Guidance::Answer { step, .. } => Self::in_field(Code::NotAnOption, step.0),
        }
    }
}

impl From<sharewell_vault::Error> for Failure {
    fn from(error: sharewell_vault::Error) -> Self {
        use sharewell_vault::{Error as Vault, NotTaken};
        let place = error.to_string();
        match error {
            Vault::NoVault => Self::of(Code::NoVault),
            Vault::AlreadyExists => Self::of(Code::VaultExists),
            Vault::InUse => Self::of(Code::VaultInUse),
            Vault::WrongPassphrase { wait_seconds } => Self::wait(Code::WrongPassphrase, wait_seconds),
            Vault::WrongRecoveryCode { wait_seconds } => Self::wait(Code::WrongRecoveryCode, wait_seconds),
            Vault::TooSoon { wait_seconds } => Self::wait(Code::TooSoon, wait_seconds),
            Vault::RecoveryCodeMistyped => Self::of(Code::MistypedRecoveryCode),
            Vault::WeakPassphrase { .. } => Self::in_field(Code::WeakPassphrase, "passphrase".to_owned()),
            Vault::KeysMissing
            | Vault::DatabaseMissing
            | Vault::NotAFile { .. }
            | Vault::Damaged { .. }
            | Vault::Unreadable { .. } => Self::at(Code::VaultDamaged, place),
            Vault::IsBackup => Self::of(Code::IsBackup),
            Vault::Ended => Self::of(Code::VaultEnded),
            Vault::Moved { to } => Self {
                place: Some(to.map_or_else(|| "vault.db".to_owned(), |path| path.display().to_string())),
                ..Self::of(Code::VaultMoved)
            },
            Vault::TooNew { .. } => Self::at(Code::VaultTooNew, place),
            Vault::NotTaken(why) => {
                let code = match why {
                    NotTaken::TooLarge => Code::PaperTooLarge,
                    NotTaken::Empty => Code::PaperEmpty,
                    NotTaken::ForeignForm => Code::PaperForeign,
                    NotTaken::Changed => Code::PaperChanged,
                };
                Self::in_field(code, "file".to_owned())
            }
            Vault::AttachmentDamaged => Self::of(Code::PaperDamaged),
            Vault::Cancelled => Self::of(Code::Stopped),
            Vault::DiskFull => Self::of(Code::DiskFull),
            Vault::ReadOnly => Self::of(Code::ReadOnly),
            Vault::Io(kind) => Self::at(written(kind), place),
            Vault::NoSuch { .. } => Self::at(Code::NotFound, place),
            Vault::AlreadyClosed { .. } => Self::at(Code::AlreadySettled, place),
            Vault::TooLarge { .. } => Self::at(Code::TooLong, place),
            Vault::KdfOutOfRange
            | Vault::Sqlite { .. }
            | Vault::Record(_)
            | Vault::Stored { .. }
            | Vault::AlreadyRecorded { .. }
            | Vault::CaseMismatch { .. }
            | Vault::NotAllowed { .. }
            | Vault::Crypto => Self::at(Code::Unexpected, place),
        }
    }
}

impl From<sharewell_exchange::Error> for Failure {
    fn from(error: sharewell_exchange::Error) -> Self {
        use sharewell_exchange::Error as Exchange;
        let place = error.to_string();
        match error {
            Exchange::NotARecipient { .. } | Exchange::SecretKeyGiven => {
                Self { place: Some(place), ..Self::in_field(Code::BadRecipientKey, "recipient".to_owned()) }
            }
            Exchange::WrongCode => Self::in_field(Code::WrongCode, "code".to_owned()),
            Exchange::NoRecipient => Self::of(Code::NoRecipient),
            Exchange::Io(error) => Self::at(written(error.kind()), place),
            Exchange::NotAge
            | Exchange::NotForThisKey
            | Exchange::Damaged
            | Exchange::Tar { .. }
            | Exchange::NotAFile { .. }
            | Exchange::BadPath { .. }
            | Exchange::Twice { .. }
            | Exchange::NotListed { .. }
            | Exchange::Missing { .. }
            | Exchange::OutOfOrder { .. }
            | Exchange::Altered { .. }
            | Exchange::Malformed { .. }
            | Exchange::SignatureHeader { .. }
            | Exchange::UnknownSigner
            | Exchange::BadSignature
            | Exchange::OtherKind { .. }
            | Exchange::NotOfAShare { .. }
            | Exchange::Entry { .. }
            | Exchange::Chain { .. }
            | Exchange::Table { .. }
            | Exchange::SameKey { .. }
            | Exchange::NotAnIdentity => Self::at(Code::FileUnreadable, place),
            Exchange::OtherAgency => Self::in_field(Code::OtherAgency, "other_agency".to_owned()),
            Exchange::NotNewer { standing, .. } => Self::at(Code::ProfileNotNewer, standing),
            Exchange::UnknownVersion { .. } => Self::at(Code::FileTooNew, place),
            Exchange::NotASigningKey => Self::in_field(Code::BadSigningKey, "key".to_owned()),
            Exchange::Signing | Exchange::Contents { .. } | Exchange::TooLarge { .. } => {
                Self::at(Code::Unexpected, place)
            }
        }
    }
}

#[cfg(test)]
mod tests;
