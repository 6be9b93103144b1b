//! Why guidance from a file is not taken into use.

use super::fault::PackFault;

/// Why a guidance pack from a file is not taken into use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody whom this program or this practitioner trusts signed it.
    #[error("its signature is not one of a known key")]
    NotTrusted,
    /// It needs a newer engine.
    #[error("it needs a newer program")]
    NeedsNewerProgram,
    /// It is not well formed, or does not meet a condition of safe guidance.
    #[error("{fault}")]
    Unsafe {
        /// The first thing that is wrong with it.
        fault: PackFault,
    },
    /// What serves already is as new or newer.
    #[error("{serving} serves already, and is not older")]
    Older {
        /// What serves.
        serving: String,
    },
    /// It continues no pack that is known here.
    #[error("it supersedes nothing that is known here")]
    UnknownLine,
    /// It is in use already.
    #[error("it is in use already")]
    AlreadyThere,
    /// The file is no longer the one that was shown.
    #[error("the file is not the one that was shown")]
    FileChanged,
}
