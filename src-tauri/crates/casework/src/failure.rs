//! What the window is told when something cannot be done: a code, the field, and a few numbers.
//!
//! The catalogue holds the words for each code, in pairs: what happened, and what to do next.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A failure, as the window sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Failure {
    /// What happened.
    pub code: Code,
    /// The field at fault, where there is one: a field of the input, or a step's id.
    pub field: Option<String>,
    /// Seconds to wait, where waiting helps.
    pub wait_seconds: Option<u32>,
    /// A place for support staff: an entry, a file name, a sequence. Never content.
    pub place: Option<String>,
}

/// Everything that can be said to have gone wrong. Each has its pair of sentences in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The vault is locked.
    Locked,
    /// There is no vault here.
    NoVault,
    /// There is a vault here already.
    VaultExists,
    /// Another process holds the vault.
    VaultInUse,
    /// The passphrase does not open the vault.
    WrongPassphrase,
    /// The recovery code does not open the vault.
    WrongRecoveryCode,
    /// The recovery code is mistyped: its check characters do not fit.
    MistypedRecoveryCode,
    /// Too many tries: wait.
    TooSoon,
    /// The passphrase is too weak.
    WeakPassphrase,
    /// The two passphrases differ.
    PassphrasesDiffer,
    /// The recovery code has not been typed back yet.
    RecoveryNotConfirmed,
    /// The vault is damaged.
    VaultDamaged,
    /// A newer version wrote the vault.
    VaultTooNew,
    /// The disk is full.
    DiskFull,
    /// The folder cannot be written.
    ReadOnly,
    /// A file cannot be read.
    FileUnreadable,
    /// A file cannot be written.
    FileNotWritten,
    /// A required field is empty.
    Missing,
    /// A field holds too much.
    TooLong,
    /// A date is not possible.
    BadDate,
    /// The check digit does not fit.
    BadIdentifier,
    /// A reason is required.
    ReasonMissing,
    /// An answer is not one of the options.
    NotAnOption,
    /// Words are required beside the chosen option.
    WordsMissing,
    /// One side of the weighing is empty.
    WeighingSideMissing,
    /// One person's row is empty.
    PersonRowMissing,
    /// The decision is not ready to be signed.
    NotReady,
    /// The decision is signed already.
    AlreadySigned,
    /// The obligation is closed already.
    AlreadySettled,
    /// What was asked for is not there.
    NotFound,
    /// No guidance pack fits the nation and the day.
    NoPack,
    /// The guidance pack is broken.
    BadPack,
    /// The text is not an age recipient key.
    BadRecipientKey,
    /// No recipient key was imported.
    NoRecipient,
    /// No file was chosen.
    NothingChosen,
    /// There is nothing to hand over.
    NothingToHandOver,
    /// A document could not be made.
    DocumentFailed,
    /// A backup could not be verified.
    BackupFailed,
    /// The clock went backwards.
    ClockChanged,
    /// Something unexpected; support needs the place.
    Unexpected,
}
