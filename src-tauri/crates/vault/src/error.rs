//! What can go wrong in a vault, in developers' words and without anything that a person typed.
//!
//! The text of a database error is dropped on purpose: a search expression or a constraint can carry a
//! name. The result code stays, and is enough to tell a full disk from a damaged page.

use sharewell_records::EntryId;

/// A part of the vault's folder, for errors and findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `vault.db`.
    Database,
    /// `vault.keys`.
    Keys,
    /// `vault.head`.
    Head,
    /// A folder under `backups/`.
    Backup,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Database => "vault.db",
            Self::Keys => "vault.keys",
            Self::Head => "vault.head",
            Self::Backup => "the backup",
        })
    }
}

/// Why a file is not taken in as a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It has more bytes than [`sharewell_records::MOST_ATTACHED`].
    #[error("it is larger than 50 MB")]
    TooLarge,
    /// It has no bytes.
    #[error("it is empty")]
    Empty,
    /// It is neither PDF, PNG, JPEG nor plain text, whatever it is called.
    #[error("it is no PDF, PNG, JPEG or plain text")]
    ForeignForm,
    /// It was written to while it was read.
    #[error("it changed while it was read")]
    Changed,
}

/// A failure of the vault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no vault in this folder.
    #[error("there is no vault here")]
    NoVault,
    /// A vault, or a part of one, is in this folder already. Nothing is ever written over it.
    #[error("there is a vault here already")]
    AlreadyExists,
    /// A folder lies where a file of the vault is to be. Nothing was changed.
    #[error("{part} is a folder, and no file")]
    NotAFile {
        /// Which file.
        part: Part,
    },
    /// Another process has this vault open.
    #[error("the vault is in use by another process")]
    InUse,
    /// The passphrase does not open the vault. Nothing was changed.
    #[error("wrong passphrase; next try in {wait_seconds} s")]
    WrongPassphrase {
        /// Seconds until the next try is taken; 0 at first.
        wait_seconds: u32,
    },
    /// The recovery code is well formed and does not open the vault. Nothing was changed.
    #[error("wrong recovery code; next try in {wait_seconds} s")]
    WrongRecoveryCode {
        /// Seconds until the next try is taken; 0 at first.
        wait_seconds: u32,
    },
    /// Too soon after wrong tries. The secret was not looked at.
    #[error("too soon after a wrong try; next try in {wait_seconds} s")]
    TooSoon {
        /// Seconds until the next try is taken.
        wait_seconds: u32,
    },
    /// The recovery code has the wrong length, a foreign character or a wrong check character.
    #[error("the recovery code is mistyped")]
    RecoveryCodeMistyped,
    /// The passphrase is easier to guess than zxcvbn 3.
    #[error("the passphrase is too easy to guess (score {score} of 4, 3 needed)")]
    WeakPassphrase {
        /// zxcvbn's score, 0 to 4.
        score: u8,
    },
    /// Key derivation parameters below the floor or above the ceiling.
    #[error("the key derivation parameters are outside the allowed range")]
    KdfOutOfRange,
    /// `vault.db` is here and `vault.keys` is not.
    #[error("vault.keys is missing")]
    KeysMissing,
    /// `vault.keys` is here and `vault.db` is not.
    #[error("vault.db is missing")]
    DatabaseMissing,
    /// A part of the vault is damaged. After a successful unwrap this is never a wrong passphrase.
    #[error("{part} is damaged")]
    Damaged {
        /// Which part.
        part: Part,
    },
    /// The folder holds a backup. It is looked at and brought back, and never worked in.
    #[error("this is a backup and no vault to work in")]
    IsBackup,
    /// Its use was ended: its keys are destroyed, or about to be. It opens for nobody.
    #[error("the use of this vault was ended")]
    Ended,
    /// The open database no longer lies under the vault's name: another program moved it. What was saved lies in the
    /// file that was moved, and is not called saved.
    #[error("the open vault was moved by another program")]
    Moved {
        /// Where the open file lies now, if it was found.
        to: Option<std::path::PathBuf>,
    },
    /// A newer version of the program wrote this vault.
    #[error("the vault is of version {found}; this program knows {known}")]
    TooNew {
        /// The version found.
        found: u32,
        /// The newest version known.
        known: u32,
    },
    /// The disk is full. Nothing of the act was kept; everything acknowledged before it is.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or the file cannot be written to.
    #[error("the vault cannot be written to")]
    ReadOnly,
    /// Reading or writing a file failed otherwise.
    #[error("input or output failed ({0:?})")]
    Io(std::io::ErrorKind),
    /// The database refused for another reason; SQLite's extended result code.
    #[error("the database refused (code {code})")]
    Sqlite {
        /// SQLite's extended result code.
        code: i32,
    },
    /// A record is not well formed.
    #[error(transparent)]
    Record(#[from] sharewell_records::Error),
    /// A stored payload cannot be read. The other entries are unaffected.
    #[error("entry {entry} cannot be read: {reason}")]
    Unreadable {
        /// The entry.
        entry: EntryId,
        /// What is wrong with it.
        reason: sharewell_records::Error,
    },
    /// A stored value that is not part of an entry's payload cannot be read.
    #[error("a stored {what} cannot be read")]
    Stored {
        /// What was expected.
        what: &'static str,
    },
    /// The act names something that is not in the vault.
    #[error("there is no such {what}")]
    NoSuch {
        /// What was looked for.
        what: &'static str,
    },
    /// The thing to be recorded is recorded already.
    #[error("this {what} is recorded already")]
    AlreadyRecorded {
        /// What it is.
        what: &'static str,
    },
    /// The obligation, flag, tie, item or emergency is closed already.
    #[error("this {what} is closed already")]
    AlreadyClosed {
        /// What it is.
        what: &'static str,
    },
    /// The payload belongs to another file than the entry says.
    #[error("the payload of kind {kind} belongs to another file")]
    CaseMismatch {
        /// The payload's kind.
        kind: &'static str,
    },
    /// This kind of entry is written by the vault itself, or may not be disposed of.
    #[error("an entry of kind {kind} cannot be written or disposed of this way")]
    NotAllowed {
        /// The kind.
        kind: String,
    },
    /// Something is larger than the vault takes.
    #[error("the {what} is too large")]
    TooLarge {
        /// What it is.
        what: &'static str,
    },
    /// A file is not taken in as a paper. Nothing of it was kept.
    #[error("the file is not taken: {0}")]
    NotTaken(#[from] NotTaken),
    /// The bytes of a paper are not those for which an entry vouches.
    #[error("an attachment is damaged")]
    AttachmentDamaged,
    /// Long work was cancelled. Nothing of it was kept.
    #[error("cancelled")]
    Cancelled,
    /// The cipher or the source of randomness refused.
    #[error("the cryptographic library refused")]
    Crypto,
}

/// A result with this crate's error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as C;
        let inner = match &error {
            rusqlite::Error::SqliteFailure(inner, _)
            | rusqlite::Error::SqlInputError { error: inner, .. } => inner,
            rusqlite::Error::QueryReturnedNoRows => return Self::NoSuch { what: "row" },
            _ => return Self::Stored { what: "column" },
        };
        // SQLCipher answers a page that fails its authentication with the plain error code. No statement of
        // this crate can earn it otherwise: they are fixed, and what is typed is bound and quoted.
        if inner.extended_code == rusqlite::ffi::SQLITE_ERROR {
            return Self::Damaged { part: Part::Database };
        }
        match inner.code {
            C::DiskFull => Self::DiskFull,
            C::ReadOnly | C::PermissionDenied | C::CannotOpen => Self::ReadOnly,
            C::DatabaseCorrupt | C::NotADatabase => Self::Damaged { part: Part::Database },
            C::OperationInterrupted => Self::Cancelled,
            C::DatabaseBusy | C::DatabaseLocked => Self::InUse,
            _ => Self::Sqlite { code: inner.extended_code },
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        match error.kind() {
            K::StorageFull | K::QuotaExceeded | K::FileTooLarge => Self::DiskFull,
            K::PermissionDenied | K::ReadOnlyFilesystem => Self::ReadOnly,
            kind => Self::Io(kind),
        }
    }
}

impl From<ring::error::Unspecified> for Error {
    fn from(_: ring::error::Unspecified) -> Self {
        Self::Crypto
    }
}
