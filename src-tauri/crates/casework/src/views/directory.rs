//! The practitioner's directory of people and posts.

use serde::{Deserialize, Serialize};
use sharewell_records::{Contact, ContactId, ContactRole, ContactState, Day};
use specta::Type;

use super::DayTyped;
use crate::failure::FieldFailure;

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
    /// Their public key, to which a share can be encrypted; may be empty.
    pub key: String,
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
    /// The fingerprint of their key, to be compared with them by telephone; empty where there is no key.
    pub fingerprint: String,
}

/// A key as it is typed into the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KeySeen {
    /// Its fingerprint, to be compared by telephone; empty where it is no key for a share.
    pub fingerprint: String,
    /// Whether it is the secret half of a key, which is kept nowhere.
    pub is_secret: bool,
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

/// How a row of somebody's list stands to the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ListRowState {
    /// It cannot be taken.
    Faulty,
    /// They stand in the directory with other numbers or addresses.
    Changed,
    /// They are not in the directory.
    New,
    /// They stand in the directory as the row says.
    Same,
    /// The same stands in an earlier row.
    Twice,
}

/// Why a whole list cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ListRefused {
    /// There is nothing in the file.
    Empty,
    /// It is a spreadsheet's own file.
    Workbook,
    /// Its letters are not written in UTF-8.
    NotText,
    /// No column is called a name.
    NoName,
    /// It is larger than a list can be.
    TooLarge,
    /// It is another file than the one that was looked at.
    FileChanged,
}

/// Why a row cannot be read. What is wrong with a field of one that can be, its own code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ListRowFault {
    /// Its letters are not written in UTF-8.
    NotText,
    /// A quotation mark is opened in it and not closed.
    QuoteOpen,
    /// It has more cells than there are columns.
    TooManyCells,
    /// It holds too much.
    TooLong,
    /// A cell holds a formula.
    Formula,
}

/// A row of somebody's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListRow {
    /// Its number, as a spreadsheet counts.
    pub row: u32,
    /// How it stands to the directory.
    pub state: ListRowState,
    /// The contact as the row says; the role is *other* where the post is not known. None where nothing could be read.
    pub contact: Option<Contact>,
    /// Whether the row says a post that is not known.
    pub post_unknown: bool,
    /// The same as they stand in the directory with other numbers.
    pub before: Option<Contact>,
    /// Why nothing of it could be read.
    pub fault: Option<ListRowFault>,
    /// What is wrong with its fields.
    pub fields: Vec<FieldFailure>,
}

/// How many rows there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListCounts {
    /// That cannot be taken.
    pub faulty: u32,
    /// That stand there with other numbers.
    pub changed: u32,
    /// That are not there.
    pub new: u32,
    /// That stand there so.
    pub same: u32,
    /// That stand in an earlier row.
    pub twice: u32,
}

/// Somebody's list, looked at: nothing of it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ContactList {
    /// Why it cannot be taken at all.
    pub refused: Option<ListRefused>,
    /// The hash of the file that was looked at.
    pub hash: String,
    /// The columns that nothing is read from, as they are called there.
    pub unread: Vec<String>,
    /// How many rows there are.
    pub counts: ListCounts,
    /// The rows of the state that was asked for, as many as a page shows.
    pub rows: Vec<ListRow>,
    /// How many can be taken at a time.
    pub most: u32,
}

/// What is said when a list is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListInput {
    /// The hash of the file that was looked at.
    pub hash: String,
    /// Whether those who stand there with other numbers are changed.
    pub with_changed: bool,
    /// Whether somebody made sure of the numbers in it; none while nothing is chosen.
    pub is_verified: Option<bool>,
    /// Who made sure.
    pub verified_by: String,
    /// How.
    pub verified_how: String,
    /// Whose list it is.
    pub verified_source: String,
    /// When.
    pub verified_on: DayTyped,
    /// Until when that is taken to hold; may be left open.
    pub verified_until: DayTyped,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListTaken {
    /// Why nothing was taken.
    pub refused: Option<ListRefused>,
    /// How many were added.
    pub added: u32,
    /// How many were changed.
    pub changed: u32,
    /// How many are left, since no more can be taken at a time.
    pub left: u32,
}
