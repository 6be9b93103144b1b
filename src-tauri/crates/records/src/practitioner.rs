//! Who uses the program.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{Nation, PersonId};

closed_set! {
    /// What kind of body an agency is: on it hangs which lawful basis fits.
    AgencyBody in "snake_case" {
        /// A council, a health body, the police, a state school.
        Public = "public",
        /// A charity, a private nursery or school, a club.
        Private = "private",
    }
}

/// Somebody who uses the program, as every entry names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Practitioner {
    /// Identifies the person.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Post: health visitor, teacher, social worker …
    pub role: String,
    /// The agency.
    pub agency: String,
    /// The team, may be empty.
    #[serde(default)]
    pub team: String,
    /// The nation in which they work.
    pub nation: Nation,
    /// Telephone, may be empty.
    #[serde(default)]
    pub phone: String,
    /// The adviser they turn to first, may be empty until known.
    #[serde(default)]
    pub lead_name: String,
    /// How to reach that adviser.
    #[serde(default)]
    pub lead_phone: String,
    /// The front door of the place where they work (its name comes from the pack).
    #[serde(default)]
    pub front_door_name: String,
    /// Its telephone number.
    #[serde(default)]
    pub front_door_phone: String,
    /// Its number out of hours.
    #[serde(default)]
    pub out_of_hours_phone: String,
    /// The number of whoever hears worries about people who work with children, may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub officer_phone: String,
    /// What kind of body the agency is; none until it was said, in the settings or in the first decision that asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<AgencyBody>,
}

impl Practitioner {
    /// What the practitioner's agency, team and front door are called: names of no person.
    #[must_use]
    pub fn agencies(&self) -> [&str; 3] {
        [&self.agency, &self.team, &self.front_door_name]
    }
}
