//! What is held in a file, and what was agreed to about it.

use sharewell_records::{Consents, Item, Moment};
use sharewell_vault::{Reader, Recorded, items};

use crate::consent;
use crate::error::Result;
use crate::people::Family;

/// What is held in a file; a restricted one speaks of what the child's file holds as well.
pub(crate) fn held(r: &Reader<'_>, family: &Family) -> Result<Vec<Recorded<Item>>> {
    let mut held = items::of_case(r, family.case.id)?;
    if let Some(beside) = family.case.beside {
        held.extend(items::of_case(r, beside)?);
    }
    Ok(held)
}

/// What was written down of consent, as it stands; a restricted file's people answer in the child's.
pub(crate) fn agreed(r: &Reader<'_>, family: &Family, now: Moment) -> Result<Consents> {
    Ok(consent::folded(r, family.case.beside.unwrap_or(family.case.id), now)?.1)
}
