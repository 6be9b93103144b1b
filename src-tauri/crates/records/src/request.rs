//! Somebody asks for information (J6): who, how that was checked, what exactly, why, on what authority, by when.
//! The fields follow the request form of the Information Commissioner's data sharing code (2021, Annex B).

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Day;
use crate::words::closed_set;

closed_set! {
    /// Who may ask. Each has rules of its own (DESIGN, *Safe practice*).
    RequesterKind in "snake_case" {
        /// Another agency or practitioner.
        Agency = "agency",
        /// The police.
        Police = "police",
        /// A court.
        Court = "court",
        /// A solicitor.
        Solicitor = "solicitor",
        /// A parent or carer.
        Parent = "parent",
        /// The person whom the information is about.
        Person = "person",
        /// A member of parliament or another elected member.
        Member = "member",
        /// A journalist.
        Journalist = "journalist",
    }
}

closed_set! {
    /// Whether a court order stands behind a request.
    #[derive(Default)]
    OrderSeen in "snake_case" {
        /// No order is spoken of.
        #[default]
        None = "none",
        /// One is spoken of, and was not seen.
        Claimed = "claimed",
        /// It was seen and read.
        Seen = "seen",
        /// It was seen, read, and checked with the court.
        Checked = "checked",
    }
}

/// A request for information. Text may be empty unless a rule says otherwise: what is not known yet is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Request {
    /// Who asks.
    pub from: RequesterKind,
    /// Name of the person who asks.
    pub name: String,
    /// Post and organisation.
    pub organisation: String,
    /// Where an answer goes, as they gave it.
    pub reach: String,
    /// The day on which it came.
    pub received: Day,
    /// Whether it is certain who asks.
    pub verified: bool,
    /// How that was checked: the number that was rung and where it was found.
    pub how_verified: String,
    /// What exactly is asked for.
    pub what: String,
    /// Whether that is specific, and not a search for whatever there is.
    pub specific: bool,
    /// What it is for.
    pub purpose: String,
    /// The law or power that they name.
    pub authority: String,
    /// Whether a court order stands behind it.
    pub order: OrderSeen,
    /// By when they want an answer.
    pub deadline: Option<Day>,
    /// How they will keep it safe, and for how long.
    pub keeping: String,
}
