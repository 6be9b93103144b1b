//! The values of the recovery kit.

use serde::Serialize;

use crate::parts::Sheet;

/// What is printed once and kept in a safe place (H3). It holds no passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecoveryKit {
    /// Head and foot. Number and check value may be empty.
    pub sheet: Sheet,
    /// Whose vault it opens.
    pub owner: String,
    /// The agency.
    pub agency: String,
    /// The vault's id.
    pub vault: String,
    /// When the code was made.
    pub made: String,
    /// The code.
    pub code: RecoveryCode,
}

/// The recovery code in the groups in which it is read out and typed. `Debug` prints none of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct RecoveryCode(pub Vec<String>);

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}
