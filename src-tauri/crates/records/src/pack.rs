//! Guidance as a record names it.

use serde::{Deserialize, Serialize};

use crate::Sha256;
use crate::words::closed_set;

/// The pack under which a decision was made, so that it can be replayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// The pack's id (`england`).
    pub id: String,
    /// Its version (`2024-05`).
    pub version: String,
    /// SHA-256 over its sorted paths and raw-byte hashes.
    pub hash: Sha256,
}

closed_set! {
    /// What can be installed from a signed file.
    PackKind in "snake_case" {
        /// A nation's guidance.
        Pack = "pack",
        /// An agency's own protocol, laid over a nation's.
        Overlay = "overlay",
    }
}
