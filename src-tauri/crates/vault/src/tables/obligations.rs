//! Duties that follow from decisions and emergencies: outstanding until closed.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sharewell_records::{
    CaseId, DecisionId, EmergencyId, EntryId, Moment, Obligation, ObligationId, Payload, ReadPayload,
    Settlement, WORKING_DAY_ENDS, london_at, london_day,
};

use crate::ledger::{At, entries};
use crate::{Error, Reader, Result, db};

/// `decision` is the signed decision that carries the obligation, where one does.
pub(crate) fn put(
    db: &Connection,
    at: &At,
    obligation: &Obligation,
    decision: Option<DecisionId>,
) -> Result<()> {
    let body = serde_json::to_string(obligation).map_err(|_| Error::Stored { what: "obligation" })?;
    db.prepare_cached(
        "INSERT INTO obligations (id, case_id, decision, emergency, due, body, entry, settled) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        obligation.id.to_string(),
        at.case_text(),
        obligation.decision.or(decision).map(|d| d.to_string()),
        obligation.emergency.map(|e| e.to_string()),
        obligation.due.map(|due| due.0.timestamp_micros()),
        body,
        at.n,
        obligation.settled.as_ref().map(|_| at.n),
    ])?;
    Ok(())
}

/// Marks an outstanding obligation as closed by an entry.
pub(crate) fn settle(db: &Connection, at: &At, id: ObligationId) -> Result<()> {
    db.prepare_cached("UPDATE obligations SET settled = ?2 WHERE id = ?1 AND settled IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

/// Marks a closed obligation as outstanding again.
pub(crate) fn reopen(db: &Connection, id: ObligationId) -> Result<()> {
    db.prepare_cached("UPDATE obligations SET settled = NULL WHERE id = ?1")?.execute([id.to_string()])?;
    Ok(())
}

/// How and when an obligation was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// How; none where the entry that says so was lawfully disposed of.
    pub how: Option<Settlement>,
    /// The entry.
    pub entry: EntryId,
    /// When it was recorded.
    pub at: Moment,
}

/// An obligation with its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObligationRow {
    /// As it was attached.
    pub obligation: Obligation,
    /// The file.
    pub case: Option<CaseId>,
    /// The entry that attached it.
    pub entry: EntryId,
    /// When that was recorded.
    pub recorded_at: Moment,
    /// Closed; none while outstanding.
    pub settled: Option<Settled>,
}

const SELECT: &str = "SELECT t.body, t.case_id, e.id, e.recorded_at, s.id, s.recorded_at, s.kind, sp.bytes, s.version \
     FROM obligations t JOIN entries e ON e.n = t.entry LEFT JOIN entries s ON s.n = t.settled \
     LEFT JOIN payloads sp ON sp.entry = s.n";

fn row(row: &Row<'_>) -> Result<ObligationRow> {
    let text = |at: usize| -> Result<String> { Ok(row.get::<_, String>(at)?) };
    let obligation: Obligation =
        serde_json::from_str(&text(0)?).map_err(|_| Error::Stored { what: "obligation" })?;
    let case: Option<String> = row.get(1)?;
    let closed: Option<String> = row.get(4)?;
    let settled = match closed {
        None => None,
        Some(entry) => {
            let (kind, bytes): (String, Option<Vec<u8>>) = (row.get(6)?, row.get(7)?);
            let version: u32 = row.get(8)?;
            let entry = db::id(&entry, "entry id")?;
            // What was closed when it was attached says so itself, unless it was opened again since.
            let how = match bytes.map(|bytes| Payload::read(&kind, version, &bytes)) {
                Some(Ok(ReadPayload::Known(payload))) => match *payload {
                    Payload::ObligationSettled { settlement, .. } => Some(settlement),
                    _ => obligation.settled.clone(),
                },
                Some(Ok(ReadPayload::Unknown { .. })) | None => obligation.settled.clone(),
                Some(Err(reason)) => return Err(Error::Unreadable { entry, reason }),
            };
            Some(Settled { how, entry, at: entries::moment(&text(5)?)? })
        }
    };
    Ok(ObligationRow {
        obligation,
        case: case.map(|c| db::id(&c, "case id")).transpose()?,
        entry: db::id(&text(2)?, "entry id")?,
        recorded_at: entries::moment(&text(3)?)?,
        settled,
    })
}

fn rows(r: &Reader<'_>, rest: &str, params: impl rusqlite::Params) -> Result<Vec<ObligationRow>> {
    let mut statement = r.db().prepare_cached(&format!("{SELECT} {rest}"))?;
    let mut found = statement.query(params)?;
    let mut all = Vec::new();
    while let Some(next) = found.next()? {
        all.push(row(next)?);
    }
    Ok(all)
}

/// A duty to chase a call that is not shown yet (`records/src/due.rs` says from when), by its row `t`. A body is
/// written by `serde_json` alone, so that its words stand in it in one way. `{now}` and `{ends}` are parameters.
fn not_yet(now: &str, ends: &str) -> String {
    format!(
        "(instr(t.body, '\"duty\":\"escalate\"') > 0 AND t.due IS NOT NULL AND t.due > {now} AND t.due <> {ends} \
         AND EXISTS (SELECT 1 FROM obligations a WHERE a.decision = t.decision \
         AND instr(a.body, '\"duty\":\"act\"') > 0))"
    )
}

/// Now, and when this working day ends, as the column `due` has them.
fn times(now: Moment) -> (i64, i64) {
    let ends = london_at(london_day(now), WORKING_DAY_ENDS);
    (now.0.timestamp_micros(), ends.0.timestamp_micros())
}

/// How far ahead a duty to chase is ever due. More days than any run of holidays.
const AHEAD: i64 = 21 * 24 * 60 * 60 * 1_000_000;

/// How many of what is outstanding is not shown yet.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn not_shown(r: &Reader<'_>, now: Moment) -> Result<u64> {
    let (at, ends) = times(now);
    let sql = format!(
        "SELECT count(*) FROM obligations t WHERE t.settled IS NULL AND t.urgency > ?1 AND t.urgency < ?3 AND {}",
        not_yet("?1", "?2")
    );
    let count = r
        .db()
        .prepare_cached(&sql)?
        .query_row(params![at, ends, at.saturating_add(AHEAD)], |row| row.get(0))?;
    Ok(db::count(count))
}

/// Everything that is outstanding, shown or not: what follows from emergencies first, then the earliest deadline, then what has
/// none.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn outstanding(r: &Reader<'_>) -> Result<Vec<ObligationRow>> {
    rows(r, "WHERE t.settled IS NULL ORDER BY t.urgency, t.entry, t.rowid", [])
}

/// A stretch of [`outstanding`]. What follows from an emergency stands before every deadline, whenever it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// All of it.
    All,
    /// Emergencies, and what is due before a moment.
    Before(Moment),
    /// What is due from a moment on, and before another one.
    Between(Moment, Moment),
    /// What is due from a moment on.
    From(Moment),
    /// What has no deadline.
    Undated,
}

/// The urgency of what has no deadline, as the table works it out.
const UNDATED: i64 = 4_611_686_018_427_387_903;

impl Stretch {
    /// The least urgency in it, and the least behind it.
    fn bounds(self) -> (i64, i64) {
        let at = |moment: Moment| moment.0.timestamp_micros();
        match self {
            Self::All => (i64::MIN, i64::MAX),
            Self::Before(end) => (i64::MIN, at(end)),
            Self::Between(start, end) => (at(start), at(end)),
            Self::From(start) => (at(start), UNDATED),
            Self::Undated => (UNDATED, i64::MAX),
        }
    }
}

/// The place of an obligation among the outstanding ones, also where it was closed since.
fn place(r: &Reader<'_>, id: ObligationId) -> Result<Option<(i64, i64, i64)>> {
    Ok(r.db()
        .prepare_cached("SELECT urgency, entry, rowid FROM obligations WHERE id = ?1")?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

/// The next of a stretch that are shown behind one obligation, which may have been closed since, or the first.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn page(
    r: &Reader<'_>,
    stretch: Stretch,
    after: Option<ObligationId>,
    limit: usize,
    now: Moment,
) -> Result<Vec<ObligationRow>> {
    let (at, ends) = times(now);
    let (start, end) = stretch.bounds();
    let after = after.map(|id| place(r, id)).transpose()?.flatten();
    let (urgency, entry, row) = after.unwrap_or((start, i64::MIN, i64::MIN)).max((start, i64::MIN, i64::MIN));
    let rest = format!(
        "WHERE t.settled IS NULL AND (t.urgency, t.entry, t.rowid) > (?1, ?2, ?3) AND t.urgency < ?4 AND NOT {} \
         ORDER BY t.urgency, t.entry, t.rowid LIMIT ?5",
        not_yet("?6", "?7")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    rows(r, &rest, params![urgency, entry, row, end, limit, at, ends])
}

/// How many of a stretch are shown, counted as far as `most`.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn count(r: &Reader<'_>, stretch: Stretch, most: u32, now: Moment) -> Result<u64> {
    let (start, end) = stretch.bounds();
    let (at, ends) = times(now);
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM obligations t \
         WHERE t.settled IS NULL AND t.urgency >= ?1 AND t.urgency < ?2 AND NOT {} LIMIT ?3)",
        not_yet("?4", "?5")
    );
    let count =
        r.db().prepare_cached(&sql)?.query_row(params![start, end, most, at, ends], |row| row.get(0))?;
    Ok(db::count(count))
}

/// The next outstanding obligations of a file that are shown behind one of them, or the first, the most urgent first. Of no file:
/// those of emergencies that are not written up.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn open_in(
    r: &Reader<'_>,
    case: Option<CaseId>,
    after: Option<ObligationId>,
    limit: usize,
    now: Moment,
) -> Result<Vec<ObligationRow>> {
    let (at, ends) = times(now);
    let after = after.map(|id| place(r, id)).transpose()?.flatten();
    let (urgency, entry, row) = after.unwrap_or((i64::MIN, i64::MIN, i64::MIN));
    let rest = format!(
        "WHERE t.case_id IS ?1 AND t.settled IS NULL AND (t.urgency, t.entry, t.rowid) > (?2, ?3, ?4) AND NOT {} \
         ORDER BY t.urgency, t.entry, t.rowid LIMIT ?5",
        not_yet("?6", "?7")
    );
    let (case, limit) = (case.map(|case| case.to_string()), i64::try_from(limit).unwrap_or(i64::MAX));
    rows(r, &rest, params![case, urgency, entry, row, limit, at, ends])
}

/// How many obligations are outstanding in a file, and shown.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn outstanding_in(r: &Reader<'_>, case: CaseId, now: Moment) -> Result<u64> {
    let (at, ends) = times(now);
    let sql = format!(
        "SELECT count(*) FROM obligations t WHERE t.case_id = ?1 AND t.settled IS NULL AND NOT {}",
        not_yet("?2", "?3")
    );
    let count =
        r.db().prepare_cached(&sql)?.query_row(params![case.to_string(), at, ends], |row| row.get(0))?;
    Ok(db::count(count))
}

/// The obligations of a file, closed ones included, in the order in which they came.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<ObligationRow>> {
    rows(r, "WHERE t.case_id = ?1 ORDER BY t.entry, t.rowid", [case.to_string()])
}

/// The obligations that follow from a decision, in the order in which the pack gave them.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn of_decision(r: &Reader<'_>, decision: DecisionId) -> Result<Vec<ObligationRow>> {
    rows(r, "WHERE t.decision = ?1 ORDER BY t.entry, t.rowid", [decision.to_string()])
}

/// The obligations that follow from an emergency.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn of_emergency(r: &Reader<'_>, emergency: EmergencyId) -> Result<Vec<ObligationRow>> {
    rows(r, "WHERE t.emergency = ?1 ORDER BY t.entry, t.rowid", [emergency.to_string()])
}

/// One obligation.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: ObligationId) -> Result<ObligationRow> {
    rows(r, "WHERE t.id = ?1", [id.to_string()])?
        .into_iter()
        .next()
        .ok_or(Error::NoSuch { what: "obligation" })
}
