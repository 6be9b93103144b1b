//! Why something could not be measured.

/// The result of measuring.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An argument is not known, or lacks its value.
    #[error("{0} is not understood, or its value is missing")]
    Argument(String),
    /// Candidate and limit did not do the same work, so that a ratio would mean nothing.
    #[error("the two sides did not do the same: {0}")]
    NotTheSame(&'static str),
    /// The key file has not the form that the derivation is read from.
    #[error("the key file names no derivation")]
    NoDerivation,
    /// The key derivation refused.
    #[error("the key derivation refused: {0}")]
    Derivation(argon2::Error),
    /// The vault refused.
    #[error("the vault refused: {0}")]
    Vault(#[from] sharewell_vault::Error),
    /// A record has no bytes.
    #[error(transparent)]
    Records(#[from] sharewell_records::Error),
    /// A use case refused.
    #[error("a use case refused: {0}")]
    Casework(#[from] sharewell_casework::Error),
    /// The exchange refused.
    #[error("the exchange refused: {0}")]
    Exchange(#[from] sharewell_exchange::Error),
    /// The intake refused.
    #[error("the intake refused: {0}")]
    Intake(#[from] sharewell_intake::Error),
    /// The database server refused.
    #[error("the database server refused: {0}")]
    Postgres(#[from] postgres::Error),
    /// A paper could not be made.
    #[error("a paper could not be made: {0}")]
    Documents(#[from] sharewell_documents::Error),
    /// The bare typesetter refused, at this place.
    #[error("the bare typesetter refused: {0}")]
    Typeset(String),
    /// The database written by hand refused.
    #[error("the database written by hand refused: {0}")]
    Sql(#[from] rusqlite::Error),
    /// age could not encrypt.
    #[error("age could not encrypt: {0}")]
    Encrypt(#[from] age::EncryptError),
    /// age could not decrypt.
    #[error("age could not decrypt: {0}")]
    Decrypt(#[from] age::DecryptError),
    /// A window was started and never painted.
    #[error("a window that was started showed nothing")]
    NoWindow,
    /// Chance is not to be had.
    #[error("the machine gives no random bytes")]
    Chance,
    /// The disk.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}
