//! What every file has, a child's or a restricted one: its entries.

use sharewell_records::CaseId;
use sharewell_vault::{Reader, ledger::Entry, timeline};

use crate::error::Result;

/// Every entry of a file, oldest first.
pub(crate) fn entries_of(r: &Reader<'_>, case: CaseId) -> Result<Vec<Entry>> {
    let mut all = Vec::new();
    let mut before = None;
    loop {
        let page = timeline::of_case(r, case, timeline::MOST, before)?;
        let Some(last) = page.last() else { break };
        before = Some(last.header.id);
        all.extend(page);
    }
    all.reverse();
    Ok(all)
}
