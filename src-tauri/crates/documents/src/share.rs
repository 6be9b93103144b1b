//! The values of a share: what its reader can act on, on one page, and then what is shared.
//!
//! It carries no check values: whoever receives it has nothing to hold them against, and the manifest that stays behind
//! has the hash of the whole file.

use serde::{Deserialize, Serialize};
use sharewell_records::Mark;

use crate::parts::{Child, Practitioner, Sheet};

/// What is shared with somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Head and foot. Its number is the reference, which names nobody.
    pub sheet: Sheet,
    /// To whom it goes.
    pub to: String,
    /// The child, with the age on the day of printing.
    pub child: Child,
    /// Where the child lives; empty where that is not needed, or must not be said.
    pub address: String,
    /// Numbers, as far as they are needed to find the right child.
    pub numbers: Vec<String>,
    /// Who shares it, and whom to ring.
    pub practitioner: Practitioner,
    /// What they are asked to do, and by when.
    pub asked: Asked,
    /// Who is at risk, by name or by role.
    pub at_risk: Vec<String>,
    /// Who has been told and who must not be, by role.
    pub told: Vec<Told>,
    /// Consent, or the ground without it, in one plain line.
    pub ground: String,
    /// How it is to be kept where it goes.
    pub keeping: Keeping,
    /// What was sent before and says something otherwise: this is read in its place.
    pub replaces: Vec<String>,
    /// What is shared.
    pub items: Vec<Shared>,
    /// Papers that go along, each whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<SharedPaper>,
}

/// What the parts of a share are called, for a form that has boxes and no pages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ShareTitles {
    /// What stood in an earlier share and was put right.
    pub replaces: String,
    /// What is asked.
    pub ask: String,
    /// By when.
    pub by: String,
    /// How urgent.
    pub urgency: String,
    /// Whom it is about.
    pub who: String,
    /// That they make sure of whom it is about.
    pub check_child: String,
    /// Who is at risk.
    pub at_risk: String,
    /// Who shares it.
    pub ring: String,
    /// Why it may be shared.
    pub ground: String,
    /// How to keep it.
    pub keep: String,
    /// As whoever acts on it.
    pub keep_who_acts: String,
    /// In a school.
    pub keep_school: String,
    /// In a patient's record.
    pub keep_doctor: String,
    /// Who has been told.
    pub told: String,
    /// Nobody says.
    pub told_none: String,
    /// What is shared.
    pub items: String,
    /// That something is old.
    pub historic: String,
}

impl ShareTitles {
    /// How a share is to be kept, in words.
    #[must_use]
    pub fn keeping(&self, keeping: Keeping) -> &str {
        match keeping {
            Keeping::WhoActs => &self.keep_who_acts,
            Keeping::School => &self.keep_school,
            Keeping::Doctor => &self.keep_doctor,
        }
    }
}

/// What somebody is asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// What.
    pub what: String,
    /// By when.
    pub by: String,
    /// How urgent it is.
    pub urgency: String,
}

/// Whether somebody knows, or must not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// Who, by role.
    pub who: String,
    /// Told, told later, or not to be told.
    pub knows: String,
    /// A safe way to reach them; empty where there is none, or it is not for the reader.
    pub reach: String,
}

/// How a share is to be kept where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// As whoever acts on it keeps such things.
    #[default]
    WhoActs,
    /// In the child protection file of a school, and not in the pupil record.
    School,
    /// In a patient's record, hidden from whoever sees it online.
    Doctor,
}

/// One thing that is shared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shared {
    /// Fact, opinion or reported; none prints as *Not marked yet*.
    pub mark: Option<Mark>,
    /// By whom it was seen or said, and when.
    pub source: String,
    /// How old it is.
    pub age: String,
    /// Whether it is old enough to be looked at again before anybody relies on it.
    pub historic: bool,
    /// What it says.
    pub text: String,
}

/// A paper that goes along: pictures of all its pages, or what a text says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SharedPaper {
    /// What it is.
    pub name: String,
    /// Where it came from, and when.
    pub source: String,
    /// How many pages it has.
    pub pages: u32,
    /// What it says, where it is a text; empty where it is pictures.
    pub text: String,
    /// Its pages as JPEG, in order. They stand on the pages alone and in nothing that is attached.
    #[serde(skip)]
    pub pictures: Vec<Vec<u8>>,
}
