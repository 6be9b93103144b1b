//! A record as it stands, and how it came to an end.

use std::convert::Infallible;

use super::Written;
use crate::{CaseId, Obligation, Settlement};

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
