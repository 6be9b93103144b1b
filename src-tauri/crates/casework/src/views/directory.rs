//! The practitioner's directory of people and posts.

use serde::{Deserialize, Serialize};
use sharewell_records::{Contact, ContactId, ContactRole, ContactState, Day};
use specta::Type;

use super::DayTyped;

/// A contact as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ContactInput {
    /// A person or a post.
    pub name: String,
    /// What they are; none while nothing is chosen.
    pub role: Option<ContactRole>,
    /// The agency, school or practice.
    pub agency: String,
    /// The number by day.
    pub phone: String,
    /// The number out of hours.
    pub out_of_hours: String,
    /// The e-mail address.
    pub email: String,
    /// The postal address.
    pub address: String,
    /// By which route something confidential reaches them.
    pub safe_channel: String,
    /// Whether somebody made sure of the numbers and addresses; none while nothing is chosen.
    pub is_verified: Option<bool>,
    /// Who made sure.
    pub verified_by: String,
    /// How.
    pub verified_how: String,
    /// Where they were looked up.
    pub verified_source: String,
    /// When.
    pub verified_on: DayTyped,
    /// Until when that is taken to hold; may be left open.
    pub verified_until: DayTyped,
}

/// A contact with how far its numbers can be relied on today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ContactView {
    /// The contact.
    pub contact: Contact,
    /// How far.
    pub state: ContactState,
}

/// Contacts by the alphabet, as many as a page shows at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DirectoryPage {
    /// Whom the practitioner named with their own details. They stand there and are changed there.
    pub own: Vec<Suggestion>,
    /// The contacts.
    pub lines: Vec<ContactView>,
    /// How many there are in all that fit.
    pub in_all: u32,
}

/// Somebody who can be chosen by name, with the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Suggestion {
    /// The contact; none for those of the practitioner's own details.
    pub contact: Option<ContactId>,
    /// A person or a post; may be empty for those of the practitioner's own details.
    pub name: String,
    /// What they are.
    pub role: ContactRole,
    /// The agency.
    pub agency: String,
    /// The number by day.
    pub phone: String,
    /// The number out of hours.
    pub out_of_hours: String,
    /// By which route something confidential reaches them.
    pub safe_channel: String,
    /// How far the numbers can be relied on.
    pub state: ContactState,
    /// When somebody made sure of them last.
    pub verified_on: Option<Day>,
    /// Where they were looked up.
    pub source: String,
}
