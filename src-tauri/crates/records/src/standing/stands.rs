//! What a record in memory is: its latest form, the entry that gave it, and how it ended.

use std::convert::Infallible;

use crate::{CaseId, EntryId, Header, Moment, Obligation, OriginId, PersonId, Seq, Settlement};

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

/// How something came to an end, and the entry that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended<E> {
    /// How, or why.
    pub how: E,
    /// The entry.
    pub by: Written,
}

/// Something in its latest form. `E` says how it can come to an end; most things cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands<T, E = Infallible> {
    /// The latest form.
    pub record: T,
    /// The file in which it stands.
    pub case: Option<CaseId>,
    /// The entry that gave it this form.
    pub by: Written,
    /// How it ended; none while it stands open.
    pub ended: Option<Ended<E>>,
}

impl<T, E> Stands<T, E> {
    pub(super) fn new(record: T, case: Option<CaseId>, by: Written) -> Self {
        Self { record, case, by, ended: None }
    }

    /// The entry that last changed it: the one that ended it, or gave it its form.
    pub fn changed(&self) -> &Written {
        self.ended.as_ref().map_or(&self.by, |ended| &ended.by)
    }

    /// How it ended, or why; none while it stands open.
    pub fn how(&self) -> Option<&E> {
        self.ended.as_ref().map(|ended| &ended.how)
    }
}

impl Stands<Obligation, Settlement> {
    /// The obligation with how it was closed.
    #[must_use]
    pub fn as_it_stands(&self) -> Obligation {
        Obligation { settled: self.how().cloned(), ..self.record.clone() }
    }
}

/// Where something stood before it was set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetApart {
    /// The file.
    pub from: CaseId,
    /// When it was first written down there.
    pub first_recorded: Moment,
}
