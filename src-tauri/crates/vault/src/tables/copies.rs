//! What an agency's receipts say of the copy of a file, which files hang together, and which copies were removed. Asked of
//! the ledger and of other tables: there is no table of its own to be kept right.

use std::collections::BTreeSet;

use rusqlite::params;
use sharewell_records::{CaseId, EntryId, Moment, OriginId, Payload, Seq};

use crate::ledger::{self, Entry, HEADER, set_apart};
use crate::{Reader, Recorded, Result, db};

/// What is here of a file, by headers alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Here {
    /// Entries whose content is here.
    pub entries: u64,
    /// Those of them that no receipt for one of the keys names with their hash, or that stand in the file no more.
    pub not_received: u64,
    /// The chains in which they stand.
    pub chains: BTreeSet<OriginId>,
    /// When the last of them was written down.
    pub last: Option<Moment>,
}

/// Whether an entry `e` stands in its file, and a receipt for one of the age recipients of `?2` names it.
fn received() -> String {
    format!(
        "{} AND EXISTS (SELECT 1 FROM received_slices t JOIN handover_cases c \
         ON c.handover = t.handover AND c.case_id = e.case_id WHERE t.origin = e.origin AND t.to_seq >= e.sequence \
         AND t.from_seq <= e.sequence AND t.recipient IN (SELECT value FROM json_each(?2)))",
        set_apart::STANDS
    )
}

/// How much of a file is here, and how much of it receipts for these age recipients name. No content is read.
///
/// # Errors
/// [`crate::Error::Stored`] where a row cannot be read.
pub fn here(r: &Reader<'_>, case: CaseId, recipients: &[String]) -> Result<Here> {
    let sql = format!(
        "SELECT e.origin, count(*), sum(NOT ({})), max(unixepoch(e.recorded_at)) \
         FROM entries e JOIN payloads p ON p.entry = e.n WHERE e.case_id = ?1 GROUP BY e.origin",
        received()
    );
    let recipients =
        serde_json::to_string(recipients).map_err(|_| crate::Error::Stored { what: "recipients" })?;
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query(params![case.to_string(), recipients])?;
    let mut here = Here::default();
    while let Some(row) = rows.next()? {
        here.chains.insert(db::id(&row.get::<_, String>(0)?, "origin")?);
        here.entries += db::count(row.get(1)?);
        here.not_received += db::count(row.get(2)?);
        let last: Option<i64> = row.get(3)?;
        here.last = here.last.max(last.and_then(moment));
    }
    Ok(here)
}

/// From whole seconds, which is how exactly a day is asked for.
fn moment(seconds: i64) -> Option<Moment> {
    chrono::DateTime::from_timestamp(seconds, 0).map(|at| Moment(at.fixed_offset()))
}

/// Every entry of a file whose content is here, oldest first.
///
/// # Errors
/// [`crate::Error::Stored`] where a row cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {HEADER}, p.bytes FROM entries e JOIN payloads p ON p.entry = e.n WHERE e.case_id = ?1 ORDER BY e.n"
    );
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query([case.to_string()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(ledger::entry(row)?);
    }
    Ok(all)
}

/// Files that hang together, in pairs: entries of both speak of the same person or thing, one builds on the other, or one
/// stands beside the other. Restricted files are among them.
///
/// # Errors
/// [`crate::Error::Stored`] where an id cannot be read.
pub fn links(r: &Reader<'_>) -> Result<Vec<(CaseId, CaseId)>> {
    let sql = "SELECT a.case_id, b.case_id FROM subjects s JOIN entries a ON a.n = s.entry \
               JOIN subjects t ON t.subject = s.subject JOIN entries b ON b.n = t.entry \
               WHERE a.case_id < b.case_id \
               UNION SELECT a.case_id, b.case_id FROM entries a JOIN json_each(a.basis) j JOIN entries b ON b.id = j.value \
               WHERE a.case_id <> b.case_id \
               UNION SELECT id, beside FROM cases WHERE beside IS NOT NULL";
    let mut statement = r.db().prepare_cached(sql)?;
    let pairs = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    pairs
        .map(|pair| {
            let (one, other) = pair?;
            Ok((db::id(&one, "case id")?, db::id(&other, "case id")?))
        })
        .collect()
}

/// How many entries whose content is here speak of something in a file and stand in no file themselves: what was written
/// before there was one. No handover carries them.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn outside(r: &Reader<'_>, case: CaseId) -> Result<u64> {
    // Whoever writes may be known in a file too; who they are is the vault's own.
    let sql = "SELECT count(DISTINCT b.n) FROM entries a JOIN subjects s ON s.entry = a.n \
               JOIN subjects t ON t.subject = s.subject JOIN entries b ON b.n = t.entry \
               JOIN payloads p ON p.entry = b.n \
               WHERE a.case_id = ?1 AND b.case_id IS NULL AND b.kind <> 'practitioner_recorded'";
    let count = r.db().prepare_cached(sql)?.query_row([case.to_string()], |row| row.get(0))?;
    Ok(db::count(count))
}

/// Where an entry stands that stands in a file and whose content is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldAt {
    /// Its chain.
    pub origin: OriginId,
    /// Its place in it.
    pub sequence: Seq,
    /// Whether a receipt for one of the keys names it with its hash.
    pub received: bool,
}

/// Every entry that stands in a file and whose content is here, oldest first, each with whether receipts for these age
/// recipients name it. What was set apart is said again where it belongs, and is told there. No content is read.
///
/// # Errors
/// [`crate::Error::Stored`] where a row cannot be read.
pub fn standing(r: &Reader<'_>, case: CaseId, recipients: &[String]) -> Result<Vec<HeldAt>> {
    let sql = format!(
        "SELECT e.origin, e.sequence, {} FROM entries e JOIN payloads p ON p.entry = e.n \
         WHERE e.case_id = ?1 AND {} ORDER BY e.n",
        received(),
        set_apart::STANDS
    );
    let recipients =
        serde_json::to_string(recipients).map_err(|_| crate::Error::Stored { what: "recipients" })?;
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query(params![case.to_string(), recipients])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(HeldAt {
            origin: db::id(&row.get::<_, String>(0)?, "origin")?,
            sequence: Seq(db::count(row.get(1)?)),
            received: row.get(2)?,
        });
    }
    Ok(all)
}

/// How many entries whose content is here stand in no file and are not the vault's own: an emergency that was told before
/// there was one, above all. No handover carries them.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn without_file(r: &Reader<'_>) -> Result<u64> {
    let sql = "SELECT count(*) FROM entries e JOIN payloads p ON p.entry = e.n WHERE e.case_id IS NULL AND e.kind NOT IN \
               ('origin_started', 'recovered_by_agency', 'checkpoint_signed', 'head_not_found', 'head_confirmed', \
               'clock_doubted', 'clock_trusted', 'disposed', 'practitioner_recorded', 'recovery_confirmed', \
               'contact_added', 'contact_changed', 'contact_removed', 'pack_kept', 'pack_installed', 'pack_removed', \
               'pack_key_imported', 'profile_taken', 'handover_made', 'handover_written', 'handover_dropped', \
               'receipt_taken', 'recipient_key_imported', 'files_joined', 'files_parted')";
    let count = r.db().prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(db::count(count))
}

/// How many papers of a file were taken out as added in error. They leave with no handover.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn papers_kept_back(r: &Reader<'_>, case: CaseId) -> Result<u64> {
    let sql = "SELECT count(*) FROM attachments WHERE case_id = ?1 AND withdrawn IS NOT NULL";
    let count = r.db().prepare_cached(sql)?.query_row([case.to_string()], |row| row.get(0))?;
    Ok(db::count(count))
}

/// What was removed, and under which authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The entries whose content is gone.
    pub entries: Vec<EntryId>,
    /// Under which rule.
    pub authority: String,
    /// Why.
    pub reason: String,
}

/// Every disposal, the latest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn removed(r: &Reader<'_>) -> Result<Vec<Recorded<Removed>>> {
    let from = "entries e JOIN payloads p ON p.entry = e.n WHERE e.kind = 'disposed' ORDER BY e.n DESC";
    ledger::records(r.db(), from, [], |payload| match payload {
        Payload::Disposed { entries, authority, reason } => Some(Removed { entries, authority, reason }),
        _ => None,
    })
}
