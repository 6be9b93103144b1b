//! The list of codes: each with what it means for whoever asked, and an error that is told so.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a code means for whoever asked, whatever its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// What was asked for is not as it must be, or is not allowed: something else has to be asked for.
    Refused,
    /// Nothing is wrong with what was asked for; it cannot be done here and now.
    CannotRun,
}

/// Declares the codes, each with one error that is told so, for the test that holds the list to what [`Failure`]s
/// are made of. None is beside what no use case says: the shell says that it is locked, the page that two fields
/// differ, and a changed clock is a notice.
///
/// [`Failure`]: super::Failure
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident: $class:ident, $error:expr;)*) => {
        /// Everything that can be said to have gone wrong. Each has its pair of sentences in the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// What it means for whoever asked.
            #[must_use]
            pub fn class(self) -> Class {
                match self { $(Self::$code => Class::$class,)* }
            }
        }

        /// Every code with an error that is told so.
        #[cfg(test)]
        pub(super) fn examples() -> Vec<(Code, Option<crate::Error>)> {
            use super::tests::in_field;
            use crate::{ArrivedFault, Error, PackFault, PackFaultKind, PageFault, Piece, Problem, ReceiptFault, Refusal};
            use sharewell_exchange::{Error as Exchange, Where};
            use sharewell_records::{AttachmentId, EndRefused, Nation, OriginId, Seq, WayFault};
            use sharewell_vault::{Error as Vault, NotTaken, Part};
            use std::io::ErrorKind;
            vec![$((Code::$code, $error)),*]
        }
    };
}

codes! {
    /// The vault is locked.
    Locked: CannotRun, None;
    /// Somebody has the screen to read and sign a slip: nothing else is shown or done until the passphrase is given.
    Signing: CannotRun, None;
    /// There is no vault here.
    NoVault: CannotRun, Some(Vault::NoVault.into());
    /// There is a vault here already.
    VaultExists: Refused, Some(Vault::AlreadyExists.into());
    /// Another process holds the vault.
    VaultInUse: CannotRun, Some(Vault::InUse.into());
    /// The passphrase does not open the vault.
    WrongPassphrase: Refused, Some(Vault::WrongPassphrase { wait_seconds: 5 }.into());
    /// The recovery code does not open the vault.
    WrongRecoveryCode: Refused, Some(Vault::WrongRecoveryCode { wait_seconds: 0 }.into());
    /// The recovery code is mistyped: its check characters do not fit.
    MistypedRecoveryCode: Refused, Some(Vault::RecoveryCodeMistyped.into());
    /// Too many tries: wait.
    TooSoon: Refused, Some(Vault::TooSoon { wait_seconds: 5 }.into());
    /// The passphrase is too weak.
    WeakPassphrase: Refused, Some(Vault::WeakPassphrase { score: 1 }.into());
    /// The two passphrases differ.
    PassphrasesDiffer: Refused, None;
    /// The recovery code has not been typed back yet.
    RecoveryNotConfirmed: Refused, Some(Error::RecoveryNotConfirmed);
    /// The vault is damaged.
    VaultDamaged: Refused, Some(Vault::Damaged { part: Part::Database }.into());
    /// The folder holds a backup, in which nobody works.
    IsBackup: Refused, Some(Vault::IsBackup.into());
    /// Its use was ended: it opens for nobody any more.
    VaultEnded: Refused, Some(Vault::Ended.into());
    /// Another program moved the open vault: what was saved lies elsewhere.
    VaultMoved: CannotRun, Some(Vault::Moved { to: None }.into());
    /// A newer version wrote the vault.
    VaultTooNew: CannotRun, Some(Vault::TooNew { found: 9, known: 1 }.into());
    /// The disk is full.
    DiskFull: CannotRun, Some(Error::NotWritten(ErrorKind::StorageFull));
    /// The folder cannot be written.
    ReadOnly: CannotRun, Some(Error::NotWritten(ErrorKind::PermissionDenied));
    /// A paper is larger than a file keeps.
    PaperTooLarge: Refused, Some(Vault::NotTaken(NotTaken::TooLarge).into());
    /// A paper has nothing in it.
    PaperEmpty: Refused, Some(Vault::NotTaken(NotTaken::Empty).into());
    /// A paper is no PDF, picture or plain text, whatever it is called.
    PaperForeign: Refused, Some(Vault::NotTaken(NotTaken::ForeignForm).into());
    /// A paper was written to while it was read.
    PaperChanged: Refused, Some(Vault::NotTaken(NotTaken::Changed).into());
    /// What is kept of a paper is not what was taken in.
    PaperDamaged: CannotRun, Some(Vault::AttachmentDamaged.into());
    /// There is no room for a paper and the backup that follows.
    NoRoom: CannotRun, Some(Error::NoRoom(1 << 20, 1));
    /// A file cannot be read.
    FileUnreadable: CannotRun, Some(Error::NotRead(ErrorKind::NotFound));
    /// A newer version wrote the file.
    FileTooNew: CannotRun, Some(Exchange::UnknownVersion { at: Where::file("body"), version: "2".into() }.into());
    /// A file cannot be written.
    FileNotWritten: CannotRun, Some(Error::NotWritten(ErrorKind::NotFound));
    /// A chosen path is no text, so it could not be shown as it is.
    PathNotText: Refused, None;
    /// A required field is empty.
    Missing: Refused, Some(in_field(Problem::Missing));
    /// A field holds too much.
    TooLong: Refused, Some(in_field(Problem::TooLong));
    /// A name has nothing in it that one can read.
    NothingToRead: Refused, Some(in_field(Problem::NothingToRead));
    /// The postcode stands for no place.
    PseudoPostcode: Refused, Some(in_field(Problem::PseudoPostcode));
    /// An address that says there is none.
    NoAddress: Refused, Some(in_field(Problem::NoAddress));
    /// Somebody of another file may be the same child.
    SameChild: Refused, Some(in_field(Problem::SameChild));
    /// A date is not possible.
    BadDate: Refused, Some(in_field(Problem::BadDate));
    /// The day, the month and the year are empty.
    DateMissing: Refused, Some(in_field(Problem::DateMissing));
    /// The day is empty, and the rest is not.
    DayMissing: Refused, Some(in_field(Problem::DayMissing));
    /// The month is empty, and the rest is not.
    MonthMissing: Refused, Some(in_field(Problem::MonthMissing));
    /// The year is empty, and the rest is not.
    YearMissing: Refused, Some(in_field(Problem::YearMissing));
    /// What stands for the day is none.
    DayUnclear: Refused, Some(in_field(Problem::DayUnclear));
    /// What stands for the month is none.
    MonthUnclear: Refused, Some(in_field(Problem::MonthUnclear));
    /// What stands for the year is none.
    YearUnclear: Refused, Some(in_field(Problem::YearUnclear));
    /// April has 30 days.
    AprilIsShorter: Refused, Some(in_field(Problem::AprilIsShorter));
    /// June has 30 days.
    JuneIsShorter: Refused, Some(in_field(Problem::JuneIsShorter));
    /// September has 30 days.
    SeptemberIsShorter: Refused, Some(in_field(Problem::SeptemberIsShorter));
    /// November has 30 days.
    NovemberIsShorter: Refused, Some(in_field(Problem::NovemberIsShorter));
    /// February has 28 days in that year.
    FebruaryIsShorter: Refused, Some(in_field(Problem::FebruaryIsShorter));
    /// February has 29 days in that year.
    FebruaryHas29: Refused, Some(in_field(Problem::FebruaryHas29));
    /// No record is about that year.
    YearOutOfRange: Refused, Some(in_field(Problem::YearOutOfRange));
    /// The day is still to come.
    DayToCome: Refused, Some(in_field(Problem::DayToCome));
    /// A day of birth is still to come.
    NotBornYet: Refused, Some(in_field(Problem::NotBornYet));
    /// The day has passed.
    DayPassed: Refused, Some(in_field(Problem::DayPassed));
    /// No birth is expected then.
    DueDateFar: Refused, Some(in_field(Problem::DueDateFar));
    /// What stands for an age is none.
    AgeUnclear: Refused, Some(in_field(Problem::AgeUnclear));
    /// The time is empty.
    TimeMissing: Refused, Some(in_field(Problem::TimeMissing));
    /// What stands for the time is none.
    TimeUnclear: Refused, Some(in_field(Problem::TimeUnclear));
    /// The time is still to come.
    TimeToCome: Refused, Some(in_field(Problem::TimeToCome));
    /// Clocks went forward over that time.
    TimeSkipped: Refused, Some(in_field(Problem::TimeSkipped));
    /// Clocks showed that time twice.
    TimeTwice: Refused, Some(in_field(Problem::TimeTwice));
    /// It stands for "none", and is no number.
    NumberIsPlaceholder: Refused, Some(in_field(Problem::NumberIsPlaceholder));
    /// The date of birth in it does not exist.
    NumberHasNoDate: Refused, Some(in_field(Problem::NumberHasNoDate));
    /// The check digit does not fit.
    BadIdentifier: Refused, Some(in_field(Problem::BadIdentifier));
    /// A reason is required.
    ReasonMissing: Refused, Some(in_field(Problem::ReasonMissing));
    /// An answer is not one of the options.
    NotAnOption: Refused, Some(in_field(Problem::NotAnOption));
    /// Words are required beside the chosen option.
    WordsMissing: Refused, Some(in_field(Problem::WordsMissing));
    /// One side of the weighing is empty.
    WeighingSideMissing: Refused, Some(in_field(Problem::WeighingSideMissing));
    /// One person's row is empty.
    PersonRowMissing: Refused, Some(in_field(Problem::PersonRowMissing));
    /// It names somebody to whom nothing of a restricted file goes.
    KeptFrom: Refused, Some(in_field(Problem::KeptFrom));
    /// It names somebody who is protected, where that would leave.
    NamesProtected: Refused, Some(in_field(Problem::NamesProtected));
    /// It names somebody whom a flag forbids to tell or to contact.
    Flagged: Refused, Some(in_field(Problem::Flagged));
    /// A flag stands on them: a reason is required.
    FlagReason: Refused, Some(in_field(Problem::FlagReason));
    /// Something in it is still to be filled in.
    StillBlank: Refused, Some(in_field(Problem::StillBlank));
    /// The decision is not ready to be signed.
    NotReady: Refused, Some(Error::NotReady(vec![("what".into(), Problem::Missing)]));
    /// The decision is signed already.
    AlreadySigned: Refused, Some(Error::AlreadySigned);
    /// The file has another nation than when the decision began.
    NationChanged: Refused, Some(Error::NationChanged);
    /// The obligation is closed already.
    AlreadySettled: Refused, Some(Error::AlreadySettled);
    /// What was asked for is not there.
    NotFound: Refused, Some(Error::NotFound { what: "file" });
    /// No guidance pack fits the nation and the day.
    NoPack: CannotRun, Some(Error::NoPack { nation: Nation::Wales });
    /// The guidance pack is broken.
    BadPack: Refused, Some(Error::BadPack { pack: "p".into(), fault: PackFault::of(PackFaultKind::Cycle, "steps.toml:1") });
    /// The pack's file is not signed by a known key.
    PackNotTrusted: Refused, Some(Refusal::NotTrusted.into());
    /// The pack needs a newer program.
    PackTooNew: CannotRun, Some(Refusal::NeedsNewerProgram.into());
    /// The pack does not meet a condition of safe guidance.
    PackUnsafe: Refused, Some(Refusal::Unsafe { fault: PackFault::of(PackFaultKind::Cycle, "steps.toml:1") }.into());
    /// The pack is not newer than what serves.
    PackOlder: Refused, Some(Refusal::Older { serving: "england@2024-05".into() }.into());
    /// The pack continues nothing that is known here.
    PackUnknownLine: Refused, Some(Refusal::UnknownLine.into());
    /// The pack is in use already.
    PackAlreadyThere: Refused, Some(Refusal::AlreadyThere.into());
    /// The pack's file was changed since it was shown.
    PackFileChanged: Refused, Some(Refusal::FileChanged.into());
    /// The text is not a signing key.
    BadSigningKey: Refused, Some(in_field(Problem::BadSigningKey));
    /// The text is the secret half of a key.
    SecretKeyGiven: Refused, Some(in_field(Problem::SecretKeyGiven));
    /// The text is no key to which a share can be encrypted.
    NotAShareKey: Refused, Some(in_field(Problem::NotAShareKey));
    /// Nobody made sure of the recipient's key, or it changed since.
    KeyNotSure: Refused, Some(in_field(Problem::KeyNotSure));
    /// The text is not an age recipient key.
    BadRecipientKey: Refused, Some(in_field(Problem::BadRecipientKey));
    /// No recipient key was imported.
    NoRecipient: Refused, Some(in_field(Problem::NoRecipient));
    /// The file is no profile of an agency, or was changed.
    NotAProfile: Refused, Some(Error::NotAProfile(Exchange::BadSignature));
    /// The profile is not newer than the one in use.
    ProfileNotNewer: Refused, Some(Exchange::NotNewer { serial: 1, standing: 2 }.into());
    /// The profile is of another agency than the one in use.
    OtherAgency: Refused, Some(in_field(Problem::OtherAgency));
    /// The fingerprint was not compared with the agency.
    NotCompared: Refused, Some(in_field(Problem::NotCompared));
    /// The same person was named twice, where two are asked for.
    SamePerson: Refused, Some(in_field(Problem::SamePerson));
    /// A restricted file goes to the designated officer's key alone.
    OfficerAlone: Refused, Some(in_field(Problem::OfficerAlone));
    /// The agency has not said to whom alone restricted files go.
    NoOfficer: CannotRun, Some(Error::NoOfficer);
    /// The code does not open the file.
    WrongCode: Refused, Some(Exchange::WrongCode.into());
    /// The countersignature is over another decision.
    NotThisDecision: Refused, Some(Error::NotThisDecision);
    /// Nobody countersigns their own decision.
    OwnDecision: Refused, Some(Error::OwnDecision);
    /// Somebody of a child's file lives at the address.
    FamilyAddress: Refused, Some(in_field(Problem::FamilyAddress));
    /// It is no telephone number.
    NotANumber: Refused, Some(in_field(Problem::Way(WayFault::NotANumber)));
    /// It has too few digits for a telephone number.
    NumberShort: Refused, Some(in_field(Problem::Way(WayFault::TooShort)));
    /// It has too many digits for one telephone number.
    NumberLong: Refused, Some(in_field(Problem::Way(WayFault::TooLong)));
    /// The code of the town is missing.
    NumberWithoutCode: Refused, Some(in_field(Problem::Way(WayFault::WithoutCode)));
    /// It is no e-mail address.
    NotAnAddress: Refused, Some(in_field(Problem::Way(WayFault::NotAnAddress)));
    /// The same flag stands on the person already.
    FlagStands: Refused, Some(in_field(Problem::FlagStands));
    /// There is no number and no address to make sure of.
    NothingToVerify: Refused, Some(in_field(Problem::NothingToVerify));
    /// Not every page of a paper was looked at.
    NotLookedAt: Refused, Some(in_field(Problem::NotLookedAt));
    /// What was said makes nobody sure who the recipient is.
    NoCheck: Refused, Some(in_field(Problem::NoCheck));
    /// No file was chosen.
    NothingChosen: Refused, Some(in_field(Problem::NothingChosen));
    /// There is nothing to hand over.
    NothingToHandOver: Refused, Some(Error::NothingToHandOver { last: None });
    /// No agency's profile stands that says by which key receipts are signed.
    ReceiptNoProfile: CannotRun, Some(Error::Receipt(ReceiptFault::NoProfile));
    /// The file is no receipt.
    ReceiptUnreadable: Refused, Some(Error::Receipt(ReceiptFault::NotAReceipt));
    /// A receipt was signed by another key than the agency's.
    ReceiptOtherKey: Refused, Some(Error::Receipt(ReceiptFault::OtherKey));
    /// A receipt was changed since it was signed.
    ReceiptChanged: Refused, Some(Error::Receipt(ReceiptFault::Changed));
    /// A newer version wrote the receipt.
    ReceiptTooNew: CannotRun, Some(Error::Receipt(ReceiptFault::NewerVersion));
    /// A receipt answers nothing that this vault handed over.
    ReceiptNotOurs: Refused, Some(Error::Receipt(ReceiptFault::NotOurs));
    /// One entry alone is larger than whoever opens a handover takes in.
    EntryTooLarge: CannotRun, Some(Error::TooLargeToHandOver {
        piece: Piece::Entry { origin: OriginId(uuid::Uuid::nil()), at: Seq(1) },
        limit: 1 << 30,
    });
    /// One paper alone is.
    PaperOverLimit: CannotRun, Some(Error::TooLargeToHandOver {
        piece: Piece::Paper { id: AttachmentId(uuid::Uuid::nil()) },
        limit: 1 << 30,
    });
    /// The documents together are.
    DocumentsTooLarge: CannotRun, Some(Error::TooLargeToHandOver { piece: Piece::Documents, limit: 1 << 30 });
    /// The vault has no key to which anybody could share.
    ShareNoKey: Refused, Some(Error::Arrived(ArrivedFault::NoKey));
    /// A share was made for another key.
    ShareOtherKey: Refused, Some(Error::Arrived(ArrivedFault::OtherKey));
    /// A file is no share.
    NotAShare: Refused, Some(Error::Arrived(ArrivedFault::NotAShare));
    /// A share is damaged, or was changed since it was signed.
    ShareDamaged: Refused, Some(Error::Arrived(ArrivedFault::Damaged));
    /// A share is larger than one may be.
    ShareTooLarge: Refused, Some(Error::Arrived(ArrivedFault::TooLarge));
    /// A newer version wrote the share.
    ShareTooNew: CannotRun, Some(Error::Arrived(ArrivedFault::NewerVersion));
    /// A file holds no key for shares.
    NoShareKey: Refused, Some(Error::Arrived(ArrivedFault::NotAKey));
    /// A file of the handover may be somewhere: it is not dropped.
    HandoverOut: Refused, Some(Error::HandoverOut);
    /// What may go of the copies here is not what was shown.
    CopiesChanged: Refused, Some(Error::CopiesChanged);
    /// The use of the vault is not ended at all: the agency holds everything, or nobody can tell.
    NotEnded: Refused, Some(Error::NotEnded(EndRefused::LegalHold));
    /// Something changed since the page before the end was shown.
    EndChanged: Refused, Some(Error::EndChanged);
    /// The words that confirm it are others.
    NotThePhrase: Refused, Some(in_field(Problem::NotThePhrase));
    /// A restricted file goes with no other.
    RestrictedAlone: Refused, Some(Error::RestrictedAlone);
    /// What is known of people of a child's file is changed there.
    InChildsFile: Refused, Some(Error::InChildsFile);
    /// A paper has more pages than a share takes.
    PagesTooMany: Refused, Some(Error::Page { page: 1, why: PageFault::TooMany });
    /// A page is no picture.
    PageNoPicture: Refused, Some(Error::Page { page: 1, why: PageFault::NoPicture });
    /// A page is damaged.
    PageDamaged: Refused, Some(Error::Page { page: 1, why: PageFault::Damaged });
    /// A page is larger than a page of a share may be.
    PageTooLarge: Refused, Some(Error::Page { page: 1, why: PageFault::TooLarge });
    /// The file protects nobody, so there is no sheet of protected names.
    NobodyProtected: Refused, Some(Error::NobodyProtected);
    /// Something in a paper looks like somebody protected, and nobody has said what it is.
    Leftovers: Refused, Some(Error::Leftovers);
    /// Something changed since a statement was reviewed.
    StatementChanged: Refused, Some(Error::StatementChanged);
    /// The data protection officer has not released a statement.
    NotReleased: Refused, Some(Error::NotReleased);
    /// A document could not be made.
    DocumentFailed: CannotRun, Some(sharewell_documents::Error::Time.into());
    /// In the folder that was shown lies another vault.
    OtherVault: Refused, Some(Error::OtherVault);
    /// The second place for backups lies in the vault's own folder.
    InTheVault: Refused, Some(Error::InTheVault);
    /// A backup could not be verified.
    BackupFailed: Refused, Some(Error::BackupNotSound);
    /// Somebody stopped it.
    Stopped: CannotRun, Some(Vault::Cancelled.into());
    /// The clock went backwards.
    ClockChanged: CannotRun, None;
    /// Something unexpected; support needs the place.
    Unexpected: CannotRun, Some(Error::Stored { what: "draft" });
}
