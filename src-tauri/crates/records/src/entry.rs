//! An entry of the ledger: its header, and who writes it.

use serde::{Deserialize, Serialize};

use crate::{CaseId, EntryId, Moment, OriginId, PersonId, Seq};

/// What an entry is, without its content. Hashed in RFC 8785 form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The entry.
    pub id: EntryId,
    /// The chain it belongs to.
    pub origin: OriginId,
    /// Its place in that chain, from 1.
    pub sequence: Seq,
    /// The file it belongs to; none for what concerns the vault itself.
    pub case: Option<CaseId>,
    /// Who recorded it.
    pub author: PersonId,
    /// The payload's kind.
    pub kind: String,
    /// The payload's version.
    pub version: u32,
    /// When it was recorded: UTC with the zone's offset.
    pub recorded_at: Moment,
    /// The entries it builds on: what it amends, settles or writes up.
    pub basis: Vec<EntryId>,
}

/// Who writes, and when: what an append needs besides the payload. Made by the caller, never by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who.
    pub author: PersonId,
    /// When.
    pub at: Moment,
}
