//! What can be wrong with a handover or a key. Names the file, the line and the rule; never a value that
//! a person typed.

use sharewell_records::Seq;

/// A result with this crate's error.
pub type Result<T> = std::result::Result<T, Error>;

/// A place in a handover: a file of the bag, and a line of it where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// Path inside the bag, cut short and escaped.
    pub file: String,
    /// Line, from 1, where a line is known.
    pub line: Option<u64>,
}

impl Where {
    /// A whole file.
    #[must_use]
    pub fn file(path: &str) -> Self {
        Self { file: shown(path), line: None }
    }

    /// A line of a file, from 1.
    #[must_use]
    pub fn line(path: &str, line: u64) -> Self {
        Self { file: shown(path), line: Some(line) }
    }
}

impl std::fmt::Display for Where {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{} line {line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// A name from outside, made safe for a log or a terminal: escaped, and at most 120 characters.
pub(crate) fn shown(name: &str) -> String {
    name.chars().flat_map(char::escape_default).take(120).collect()
}

/// Everything that can be wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is not an age X25519 recipient (`age1…`, 62 characters).
    #[error("not an age recipient: {why}")]
    NotARecipient {
        /// What is wrong with it.
        why: &'static str,
    },
    /// The text is a secret key. It must not travel; only its recipient may.
    #[error("this is a secret key, not a recipient")]
    SecretKeyGiven,
    /// The text is not an age X25519 identity (`AGE-SECRET-KEY-1…`).
    #[error("not an age identity")]
    NotAnIdentity,
    /// A public signing key is not 32 bytes of an Ed25519 key in hexadecimal.
    #[error("not an Ed25519 public key")]
    NotASigningKey,
    /// A handover needs at least one recipient.
    #[error("no recipient key")]
    NoRecipient,
    /// Signing failed, or the signature does not verify under the signer's own public key.
    #[error("signing failed")]
    Signing,
    /// What is to be handed over does not hold together.
    #[error("the contents do not hold together: {why}")]
    Contents {
        /// Which rule is broken, with the place.
        why: String,
    },
    /// Reading or writing failed.
    #[error("reading or writing failed: {0}")]
    Io(#[from] std::io::Error),
    /// The file is not age, or its header is damaged or too long.
    #[error("not an age file, or its header is damaged")]
    NotAge,
    /// The file is not encrypted to this key.
    #[error("not encrypted to this key")]
    NotForThisKey,
    /// The code does not open the file.
    #[error("the code does not open it")]
    WrongCode,
    /// The encrypted part is damaged or cut short.
    #[error("the encrypted part is damaged or cut short")]
    Damaged,
    /// A limit was passed.
    #[error("larger than allowed: {what} is over {limit}")]
    TooLarge {
        /// What is too large.
        what: String,
        /// The limit, in bytes or pieces.
        limit: u64,
    },
    /// The tar archive is damaged, cut short or not POSIX ustar.
    #[error("the tar archive is not well formed: {why}")]
    Tar {
        /// What is wrong.
        why: &'static str,
    },
    /// An archive member is neither a regular file nor a folder.
    #[error("{path} is neither a regular file nor a folder")]
    NotAFile {
        /// The member.
        path: String,
    },
    /// A path would leave the bag, or has characters that are not allowed.
    #[error("the path {path} is not allowed")]
    BadPath {
        /// The member.
        path: String,
    },
    /// A file stands twice in the archive or twice in a list.
    #[error("{path} stands twice")]
    Twice {
        /// The file.
        path: String,
    },
    /// A file is not in the manifest.
    #[error("{path} is not listed in the manifest")]
    NotListed {
        /// The file.
        path: String,
    },
    /// A listed or required file is missing.
    #[error("{path} is missing")]
    Missing {
        /// The file.
        path: String,
    },
    /// A file comes before the files that vouch for it.
    #[error("{path} is not where it should be in the archive")]
    OutOfOrder {
        /// The file.
        path: String,
    },
    /// A file's SHA-256 is not the listed one.
    #[error("{path} is not the file that was listed: its SHA-256 differs")]
    Altered {
        /// The file.
        path: String,
    },
    /// A file that describes the bag does not have the form it must have.
    #[error("{at}: {why}")]
    Malformed {
        /// Where.
        at: Where,
        /// What is wrong.
        why: String,
    },
    /// A version that this program does not know.
    #[error("{at}: version {version} is not known here")]
    UnknownVersion {
        /// Where.
        at: Where,
        /// The version as written, cut short.
        version: String,
    },
    /// The signature's header asks for something other than EdDSA over Ed25519.
    #[error("the signature's header is not accepted: {why}")]
    SignatureHeader {
        /// What is wrong.
        why: &'static str,
    },
    /// It is a signed file of another kind.
    #[error("it is {is}, and not {wanted}")]
    OtherKind {
        /// What it says that it is.
        is: &'static str,
        /// What was to be opened.
        wanted: &'static str,
    },
    /// A share holds what no share holds: entries of a ledger, tables, anything but what its recipient reads.
    #[error("{path} is nothing that a share holds")]
    NotOfAShare {
        /// The file.
        path: String,
    },
    /// The signer is not on the roster that the reader was given.
    #[error("the signer is not on the roster")]
    UnknownSigner,
    /// The signature does not verify.
    #[error("the signature does not verify")]
    BadSignature,
    /// An entry is not the one that was hashed.
    #[error("{at}: entry {sequence}: {why}")]
    Entry {
        /// Where.
        at: Where,
        /// Which entry.
        sequence: Seq,
        /// What is wrong.
        why: &'static str,
    },
    /// The chain does not lead from the stated start to the stated head.
    #[error("{at}: the chain breaks: {why}")]
    Chain {
        /// Where.
        at: Where,
        /// What is wrong.
        why: &'static str,
    },
    /// Two keys that do different work are one and the same.
    #[error("the {one} and the {other} are the same key")]
    SameKey {
        /// What one is for.
        one: &'static str,
        /// What the other is for.
        other: &'static str,
    },
    /// The file is of another agency than the one in use.
    #[error("the file is of another agency")]
    OtherAgency,
    /// The file is not newer than the one in use.
    #[error("number {serial} is not newer than number {standing}, which is in use")]
    NotNewer {
        /// The file's own number.
        serial: u32,
        /// The number in use.
        standing: u32,
    },
    /// A table is not as its contract says.
    #[error("{at}: {why}")]
    Table {
        /// Where.
        at: Where,
        /// What is wrong.
        why: &'static str,
    },
}

impl Error {
    pub(crate) fn malformed(at: Where, why: impl Into<String>) -> Self {
        Self::Malformed { at, why: why.into() }
    }

    pub(crate) fn contents(why: impl Into<String>) -> Self {
        Self::Contents { why: why.into() }
    }
}
