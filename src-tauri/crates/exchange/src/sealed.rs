//! A signed bag inside an age file: what a handover and a share have in common, and what keeps them apart.
//!
//! Each has a type of its own, which its signature names, so that neither is ever taken for the other. On reading the
//! order is the defence: limits, then the encryption, then the signature under a key that counts, and only then
//! anything under `data/`, each file against its listed hash before anybody looks into it.

mod open;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
pub(crate) mod taken_apart;
mod write;

use serde::Deserialize;
use sharewell_records::Pattern;

use crate::PublicKey;
use crate::bag::Labels;
use crate::{Error, Result};

pub(crate) use open::{Bag, decrypt, opened};
pub(crate) use write::{Measured, Outside, write};

/// What a bag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// What a person calls it.
    pub(crate) called: &'static str,
    /// The type that its signature names.
    pub(crate) typ: &'static str,
    /// The version of its form.
    pub(crate) version: u32,
    /// What the name of its folder begins with.
    pub(crate) root: &'static str,
}

/// A handover: records with the slice of the ledger behind them.
pub(crate) const HANDOVER: Kind =
    Kind { called: "a handover", typ: "sharewell-handover+jws", version: 1, root: "sharewell-" };

/// A share: what one recipient reads, and nothing of the ledger.
pub(crate) const SHARE: Kind =
    Kind { called: "a share", typ: "sharewell-share+jws", version: 1, root: "sharewell-share-" };

const KINDS: [Kind; 2] = [HANDOVER, SHARE];

impl Kind {
    /// Refuses what says that it is of another kind, before anything else is said about it.
    fn is_not(self, typ: &str) -> Result<()> {
        match KINDS.into_iter().find(|one| one.typ == typ && *one != self) {
            Some(other) => Err(Error::OtherKind { is: other.called, wanted: self.called }),
            None => Ok(()),
        }
    }
}

/// Whose signature counts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trust<'a> {
    /// Of these keys alone.
    Roster(&'a [PublicKey]),
    /// Of the key that the bag itself names: that one holder wrote all of it is then shown, and who that is comes from
    /// two people who compare its fingerprint.
    Named,
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Path below `data/documents/`: ASCII letters, digits, dot, hyphen, underscore and slash. Choose one
    /// that names no person.
    pub path: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Where documents stand in a bag.
pub(crate) const DOCUMENTS: &str = "data/documents/";

/// The agency that stands behind what was made, as its profile says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// Identifies the agency.
    pub agency: uuid::Uuid,
    /// What it is called.
    pub name: String,
    /// The profile's number.
    pub serial: u32,
}

/// How a language says which agency stands behind a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// That none does.
    none: String,
    /// Which one does: `name`, `serial`.
    behind: Pattern,
}

/// Says whose profile stands behind it, or that none does.
pub(crate) fn add_behind(labels: &mut Labels, agency: Option<&Behind>, said: &Statement) {
    match agency {
        None => {
            labels.add("Sharewell-Agency-Profile", "none");
            labels.add("Sharewell-Agency-Statement", &said.none);
        }
        Some(Behind { agency, name, serial }) => {
            labels.add("Sharewell-Agency-Profile", format!("{agency} {serial}"));
            let places = [("serial", serial.to_string()), ("name", name.clone())];
            let places = places.each_ref().map(|(place, value)| (*place, value.as_str()));
            labels.add("Sharewell-Agency-Statement", said.behind.fill(&places));
        }
    }
}
