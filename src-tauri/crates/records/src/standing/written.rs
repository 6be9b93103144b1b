//! The entry behind what stands.

use crate::{CaseId, EntryId, Header, Moment, OriginId, PersonId, Seq};

/// The entry that said something: where it stands, when and by whom it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The entry.
    pub entry: EntryId,
    /// Its chain.
    pub origin: OriginId,
    /// Its place there.
    pub sequence: Seq,
    /// The file that its header names.
    pub case: Option<CaseId>,
    /// When it was recorded.
    pub at: Moment,
    /// By whom.
    pub author: PersonId,
}

impl From<&Header> for Written {
    fn from(header: &Header) -> Self {
        let Header { id, origin, sequence, case, author, recorded_at, .. } = header;
        Self {
            entry: *id,
            origin: *origin,
            sequence: *sequence,
            case: *case,
            at: *recorded_at,
            author: *author,
        }
    }
}
