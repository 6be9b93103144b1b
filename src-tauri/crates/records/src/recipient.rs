//! To whom information goes.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Where information goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct Recipient {
    /// Name of the person or desk.
    pub name: String,
    /// Post and agency.
    pub role: String,
    /// The number or address, and where it was found.
    pub reach: String,
}
