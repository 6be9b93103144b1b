//! What can keep the intake from its work. What is wrong with a file that somebody gave in is no error here: it is
//! told in the receipt, and the file is kept.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sharewell_records::{Day, Moment};

/// A result with this crate's error.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can be wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read or written.
    #[error("{}: {kind}", path.display())]
    File {
        /// The path.
        path: PathBuf,
        /// Why.
        kind: ErrorKind,
    },
    /// A key file does not hold what it must.
    #[error("{}: {source}", path.display())]
    Key {
        /// The path.
        path: PathBuf,
        /// What is wrong with it.
        source: sharewell_exchange::Error,
    },
    /// A file changed while it was read: somebody still copies it.
    #[error("{}: it changed while it was read", path.display())]
    StillWritten {
        /// The path.
        path: PathBuf,
    },
    /// The store is there and its key file is not. Nothing is ever made anew then.
    #[error("the store is there and its key file is missing")]
    StoreKeyMissing,
    /// The store's key file does not hold 64 hexadecimal digits.
    #[error("the store's key file does not hold a key")]
    NotAStoreKey,
    /// The key does not open the store, or the store is damaged.
    #[error("the key does not open the store, or the store is damaged")]
    WrongStoreKey,
    /// A newer version made the store.
    #[error("a newer version made this store")]
    NewerStore,
    /// The store cannot be written to.
    #[error("the store cannot be written to")]
    ReadOnly,
    /// This machine's clock is behind what it wrote before: a revoked key would count again.
    #[error("the clock is behind {newest}, when something was taken in")]
    ClockBehind {
        /// The newest moment in the store.
        newest: Moment,
    },
    /// This machine's clock is behind the day on which the roster was signed.
    #[error("the clock is behind the roster, which was signed on {issued}")]
    ClockBehindRoster {
        /// The day.
        issued: Day,
    },
    /// Another intake wrote the same entries at the same time. Nothing was written; the file is tried again.
    #[error("another intake was at the same entries")]
    Together,
    /// Something stored does not read back.
    #[error("a stored {what} does not read back")]
    Stored {
        /// What.
        what: &'static str,
    },
    /// There is nothing of this id.
    #[error("there is nothing of that id")]
    NotFound,
    /// A rule under which something is disposed of must be named, in at most 200 letters.
    #[error("the rule under which it is disposed of is missing or too long")]
    NoAuthority,
    /// A database that is not on this machine is reached over TLS with its host verified, or not at all.
    #[error("a database on another machine is reached over TLS alone")]
    TlsRequired,
    /// The address of a database cannot be read.
    #[error("the address of the database cannot be read")]
    BadAddress,
    /// A password stands in the address of a database, which every process can see.
    #[error("a password stands in the address of the database")]
    PasswordInAddress,
    /// The certificate of the authority that vouches for the server cannot be read.
    #[error("{}: it holds no certificate", path.display())]
    BadAuthority {
        /// The path.
        path: PathBuf,
    },
    /// The database failed.
    #[error("the database failed: {what}")]
    Database {
        /// The state's code or kind, never a value.
        what: String,
    },
    /// The agency keeps such a file longer, or says nothing of how long it keeps one.
    #[error("{}", until.map_or_else(|| "the profile does not say how long such a file is kept".to_owned(), |day| format!("such a file is kept until {day}")))]
    NotDue {
        /// Until when, where that can be said.
        until: Option<Day>,
    },
    /// Nothing may be disposed of for now.
    #[error("a legal hold stands: {why}")]
    LegalHold {
        /// Why, in the agency's words.
        why: String,
    },
    /// Signing a receipt failed.
    #[error("signing the receipt failed: {0}")]
    Receipt(#[from] sharewell_exchange::Error),
    /// The embedded store failed.
    #[error("the store failed: {0}")]
    Embedded(rusqlite::Error),
}

impl Error {
    /// What went wrong with a file.
    pub(crate) fn file(path: &Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |error| Self::File { path: path.to_owned(), kind: error.kind() }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::WrongStoreKey,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Self::ReadOnly,
            _ => Self::Embedded(error),
        }
    }
}
