//! The way to the vault: one read, or one write, for each use case.

use std::time::Duration;

use sharewell_records::{CaseId, FlagId, ItemId, Moment, PersonId, RelationshipId, Stamp};
use sharewell_vault::{Access, Draft, Kept, Reader, Vault, Writer, access, ledger, practitioner};

use crate::error::Result;

/// Reads.
pub(crate) fn read<T>(vault: &Vault, f: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
    vault.read(f)
}

/// Who writes now: the practitioner whose vault it is.
pub(crate) fn stamp(vault: &Vault, now: Moment) -> Result<Stamp> {
    let author = vault.read(practitioner::current)?.record.id;
    Ok(Stamp { author, at: now })
}

/// Writes: all of it is on disk when this returns, or none of it.
pub(crate) fn write<T>(
    vault: &mut Vault,
    now: Moment,
    f: impl FnOnce(&mut Writer<'_>) -> Result<T>,
) -> Result<T> {
    let stamp = stamp(vault, now)?;
    note_clock(vault, now)?;
    vault.write(&stamp, f)
}

/// A clock that was set back by more than this since the vault was last used is noted in the access log.
const CLOCK_SLACK: chrono::TimeDelta = chrono::TimeDelta::minutes(5);

/// Notes a clock that stands before the last row of the access log or the last entry, once for each step back. Work goes on:
/// a wrong clock must not stop a share.
fn note_clock(vault: &mut Vault, now: Moment) -> Result<()> {
    let last = vault.read(|r| {
        let row = access::list(r, None, 1, None)?.into_iter().next();
        // What was noted already is measured from the note alone, until an entry stands under the new clock.
        let entry = match row.as_ref().map(|row| &row.access) {
            Some(Some(Access::ClockChanged { .. })) => None,
            Some(_) | None => ledger::last_recorded_at(r)?,
        };
        Ok::<_, sharewell_vault::Error>(row.map(|row| row.at.0).max(entry.map(|at| at.0)))
    })?;
    if let Some(behind) = last.map(|last| now.0 - last)
        && behind < -CLOCK_SLACK
    {
        let seconds = i32::try_from(behind.num_seconds()).unwrap_or(i32::MIN);
        vault.log(now, None, &Access::ClockChanged { seconds })?;
    }
    Ok(())
}

/// Notes in the access log that something was looked at, printed, exported or overridden.
pub(crate) fn log(
    vault: &mut Vault,
    case: Option<CaseId>,
    now: Moment,
    what: impl FnOnce(PersonId) -> Access,
) -> Result<()> {
    let by = stamp(vault, now)?.author;
    vault.log(now, case, &what(by))?;
    Ok(())
}

/// Keeps a draft.
pub(crate) fn save_draft(vault: &mut Vault, draft: &Draft) -> Result<()> {
    Ok(vault.save_draft(draft)?)
}

/// Keeps what the program notes for itself.
pub(crate) fn keep(vault: &mut Vault, kept: &Kept) -> Result<()> {
    Ok(vault.keep(kept)?)
}

/// Forgets what the program noted; nothing to forget is no error.
pub(crate) fn forget(vault: &mut Vault, key: &str) -> Result<()> {
    match vault.forget(key) {
        Ok(()) | Err(sharewell_vault::Error::NoSuch { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Removes a draft; none to remove is no error.
pub(crate) fn clear_draft(vault: &mut Vault, key: &str) -> Result<()> {
    match vault.delete_draft(key) {
        Ok(()) | Err(sharewell_vault::Error::NoSuch { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// A new id, ordered by the time that the use case was given, so that a sample's history reads in order.
pub(crate) fn new_id(now: Moment) -> uuid::Uuid {
    let since = u64::try_from(now.0.timestamp_millis()).unwrap_or(0);
    let since = Duration::from_millis(since);
    let timestamp = uuid::Timestamp::from_unix(uuid::NoContext, since.as_secs(), since.subsec_nanos());
    uuid::Uuid::new_v7(timestamp)
}

pub(crate) fn person_id(now: Moment) -> PersonId {
    PersonId(new_id(now))
}

pub(crate) fn case_id(now: Moment) -> CaseId {
    CaseId(new_id(now))
}

pub(crate) fn tie_id(now: Moment) -> RelationshipId {
    RelationshipId(new_id(now))
}

pub(crate) fn flag_id(now: Moment) -> FlagId {
    FlagId(new_id(now))
}

pub(crate) fn item_id(now: Moment) -> ItemId {
    ItemId(new_id(now))
}

/// A count or a sequence as a window takes it: whole numbers beyond four thousand million do not occur.
pub(crate) fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
