//! Disposal by the agency's own retention.

use sharewell_records::{CaseId, Moment};

use crate::store::Store;
use crate::{Error, Result};

/// The longest name of a rule, as receipts carry it.
const LONGEST: usize = 200;

/// Removes the content of a file's entries and its papers, and logs each under the rule that was named; the next
/// receipt about each chain tells it. Places and hashes stay, so the chains still hold, and the same entries given in
/// once more do not come back. Gives how many entries there were.
///
/// # Errors
/// [`Error::NoAuthority`]; [`Error::NotFound`] where nothing of the file is there.
pub fn dispose(store: &mut dyn Store, case: CaseId, authority: &str, now: Moment) -> Result<u64> {
    let authority = authority.trim();
    let plain = !authority.is_empty() && !authority.chars().any(char::is_control);
    if !plain || authority.chars().count() > LONGEST {
        return Err(Error::NoAuthority);
    }
    let at = Moment(now.0.to_utc().fixed_offset());
    let mut entries = 0;
    store.transact(&mut |tx| {
        entries = tx.dispose(case, at, authority)?;
        if entries == 0 { Err(Error::NotFound) } else { Ok(()) }
    })?;
    Ok(entries)
}
