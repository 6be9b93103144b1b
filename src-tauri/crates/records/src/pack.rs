//! Guidance as a record names it.

use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{Nation, Sha256};

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

/// A pack or an overlay that was installed from a signed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The pack or overlay.
    pub pack: PackRef,
    /// Which of the two.
    pub what: PackKind,
    /// The nation whose guidance it is.
    pub nation: Nation,
    /// The pack over which an overlay is laid.
    pub base: Option<Sha256>,
    /// The key that signed it, in hexadecimal.
    pub signer: String,
}

/// The key with which an agency signs overlays, under the name given to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackKey {
    /// The Ed25519 public key, in hexadecimal.
    pub key: String,
    /// The name.
    pub name: String,
}
