//! What can go wrong on the way to paper. Nothing here repeats what a person typed.

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The values could not be turned into JSON.
    #[error("the values of the {document} document cannot be written as JSON")]
    Values {
        /// The kind of document.
        document: &'static str,
    },
    /// The template and the values do not fit together. A fault of ours: the templates are part of the program.
    #[error("the {document} document could not be laid out ({place})")]
    Compose {
        /// The kind of document.
        document: &'static str,
        /// Template file and line, or `unknown place`.
        place: String,
    },
    /// The pages could not be written as PDF/UA-1 and PDF/A-3a.
    #[error("the {document} document could not be written as PDF ({place})")]
    Export {
        /// The kind of document.
        document: &'static str,
        /// Template file and line, or `unknown place`.
        place: String,
    },
    /// The words under which a document was to be encrypted are none that every reader takes.
    #[error("these words cannot encrypt a document")]
    Words,
    /// A finished document could not be encrypted. A fault of ours.
    #[error("a document could not be encrypted ({place})")]
    Encrypt {
        /// At which step.
        place: &'static str,
    },
    /// The time of printing is outside the years that a PDF can hold.
    #[error("the time of printing is outside the years that a PDF can hold")]
    Time,
}

/// A document, or why there is none.
pub type Result<T> = std::result::Result<T, Error>;
