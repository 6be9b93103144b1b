//! Disposal by the agency's own retention.

use sharewell_records::{Birth, CaseId, Day, KeptFrom, Moment, Retention, birthday, london_day};

use crate::look::folded;
use crate::store::{Store, Which};
use crate::{Error, Result};

/// The longest name of a rule, as receipts carry it.
const LONGEST: usize = 200;

/// Under what something is disposed of.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// A rule that somebody names; none for the agency's retention.
    pub authority: Option<&'a str>,
    /// How long the agency keeps each kind of file.
    pub retention: &'a [Retention],
    /// Why nothing may be disposed of for now; empty where no such hold stands.
    pub legal_hold: &'a str,
}

/// Removes the content of a file's entries and its papers, and logs each under its rule; the next receipt about each
/// chain tells it. Places and hashes stay, so the chains still hold, and the same entries given in once more do not
/// come back. Gives how many entries there were.
///
/// # Errors
/// [`Error::LegalHold`]; [`Error::NotDue`] where nobody names a rule and the retention has not run out;
/// [`Error::NoAuthority`]; [`Error::NotFound`] where nothing of the file is there.
pub fn dispose(store: &mut dyn Store, case: CaseId, by: &By<'_>, now: Moment) -> Result<u64> {
    if !by.legal_hold.trim().is_empty() {
        return Err(Error::LegalHold { why: by.legal_hold.trim().to_owned() });
    }
    let authority = match by.authority {
        Some(named) => named.trim().to_owned(),
        None => run_out(store, case, by.retention, london_day(now))?,
    };
    let plain = !authority.is_empty() && !authority.chars().any(char::is_control);
    if !plain || authority.chars().count() > LONGEST {
        return Err(Error::NoAuthority);
    }
    let at = Moment(now.0.to_utc().fixed_offset());
    let mut entries = 0;
    store.transact(&mut |tx| {
        entries = tx.dispose(case, at, &authority)?;
        if entries == 0 { Err(Error::NotFound) } else { Ok(()) }
    })?;
    Ok(entries)
}

/// The rule by which a file is kept no longer.
fn run_out(store: &mut dyn Store, case: CaseId, rules: &[Retention], today: Day) -> Result<String> {
    let standing = folded(store, Which::Case(case))?;
    let kept = standing.cases.get(&case).map(|one| &one.record).ok_or(Error::NotFound)?;
    let rule = rules.iter().find(|rule| rule.of == kept.kind).ok_or(Error::NotDue { until: None })?;
    let from = match rule.from {
        KeptFrom::Birth => standing.people.get(&kept.child).and_then(|one| match one.record.birth {
            Birth::Born { on } | Birth::Expected { on } => Some(on),
            // Nobody is taken for older than somebody wrote down.
            Birth::About { .. } | Birth::Unknown => None,
        }),
        KeptFrom::LastEntry => {
            let mut last = None;
            store.entries(Which::Case(case), &mut |row| {
                if row.header.case == Some(case) {
                    last = last.max(Some(london_day(row.header.recorded_at)));
                }
                Ok(())
            })?;
            last
        }
    };
    match from.map(|from| birthday(from, rule.years)) {
        Some(until) if until <= today => Ok(rule.source.trim().chars().take(LONGEST).collect()),
        until => Err(Error::NotDue { until }),
    }
}
