//! Where in the ledger an entry stands, as a projection needs to know it.

use sharewell_records::{CaseId, OriginId};

/// The entry that is being folded in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    /// Its row.
    pub n: i64,
    /// Its file.
    pub case: Option<CaseId>,
    /// Its origin.
    pub origin: OriginId,
}

impl At {
    pub(crate) fn case_text(&self) -> Option<String> {
        self.case.map(|c| c.to_string())
    }
}
