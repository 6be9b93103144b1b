//! What every file has, a child's or a restricted one: its entries, the day on which it was opened, the duties
//! that stand open in it.

use std::collections::BTreeMap;

use sharewell_records::{CaseId, Moment};
use sharewell_vault::{Reader, ledger, ledger::Entry, obligations, timeline};

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

/// When a file was opened.
pub(crate) fn opened_at(r: &Reader<'_>, case: CaseId) -> Result<Option<Moment>> {
    Ok(ledger::history(r, case)?.first().map(|entry| entry.header.recorded_at))
}

/// How many duties stand open in each file.
pub(crate) fn to_do(r: &Reader<'_>) -> Result<BTreeMap<CaseId, u32>> {
    let mut counts = BTreeMap::new();
    for case in obligations::outstanding(r)?.into_iter().filter_map(|row| row.case) {
        *counts.entry(case).or_insert(0_u32) += 1;
    }
    Ok(counts)
}
