//! Duties that follow from decisions and emergencies: outstanding until closed.

use chrono::{Datelike, NaiveTime};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sharewell_records::{
    CaseId, Day, DecisionId, Duty, EmergencyId, EntryId, Moment, Obligation, ObligationId, Payload,
    ReadPayload, Settlement, StandsOn, Urgency, WORKING_DAY_ENDS, london_at, london_day,
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
        "INSERT INTO obligations (id, case_id, decision, emergency, due, body, entry, settled, class, day) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING",
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
        class(obligation.urgency()),
        day(obligation.stands()),
    ])?;
    Ok(())
}

/// How urgent a duty is, as the table has it: the most urgent is the least.
fn class(urgency: Urgency) -> i64 {
    Urgency::ALL.into_iter().zip(0..).find(|(one, _)| *one == urgency).map_or(i64::MAX, |(_, at)| at)
}

/// On which day a duty stands, as the table has it.
fn day(stands: StandsOn) -> i64 {
    match stands {
        StandsOn::AtOnce => 0,
        StandsOn::On(day) => i64::from(day.0.num_days_from_ce()),
        StandsOn::Undated => UNDATED,
    }
}

/// The day of what has no deadline: behind all others.
const UNDATED: i64 = i64::MAX - 1;

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
    rows_of(r, &format!("{SELECT} {rest}"), params)
}

/// Rows read along one index: what a page costs must not hang on what the planner guesses of a larger vault.
fn rows_along(
    r: &Reader<'_>,
    index: &str,
    rest: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<ObligationRow>> {
    let select = SELECT.replacen("FROM obligations t", &format!("FROM obligations t INDEXED BY {index}"), 1);
    rows_of(r, &format!("{select} {rest}"), params)
}

fn rows_of(r: &Reader<'_>, sql: &str, params: impl rusqlite::Params) -> Result<Vec<ObligationRow>> {
    let mut statement = r.db().prepare_cached(sql)?;
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
        "SELECT count(*) FROM obligations t \
         WHERE t.settled IS NULL AND t.class = ?4 AND t.urgency > ?1 AND t.urgency < ?3 AND {}",
        not_yet("?1", "?2")
    );
    let count =
        r.db().prepare_cached(&sql)?.query_row(
            params![at, ends, at.saturating_add(AHEAD), class(Duty::Escalate.urgency())],
            |row| row.get(0),
        )?;
    Ok(db::count(count))
}

/// Everything that is outstanding, shown or not, by the day on which it stands, and the most urgent of each first.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn outstanding(r: &Reader<'_>) -> Result<Vec<ObligationRow>> {
    rows(r, "WHERE t.settled IS NULL ORDER BY t.day, t.class, t.urgency, t.entry, t.rowid", [])
}

/// What consent leaves to be done in all files, by the day on which it stands, behind one of it or from the first: what
/// runs out, what is looked at again, whom to tell that a permission ended. A body is written by `serde_json` alone, so
/// that a key stands in it in one way.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn of_consent(r: &Reader<'_>, after: Option<ObligationId>, limit: usize) -> Result<Vec<ObligationRow>> {
    let first = Behind { class: i64::MIN, day: i64::MIN, urgency: i64::MIN, entry: i64::MIN, row: i64::MIN };
    let behind = after.map(|id| place(r, id)).transpose()?.flatten().unwrap_or(first);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    rows(
        r,
        "WHERE t.settled IS NULL AND instr(t.body, '\"key\":\"consent_') > 0 \
         AND (t.day, t.class, t.urgency, t.entry, t.rowid) > (?1, ?2, ?3, ?4, ?5) \
         ORDER BY t.day, t.class, t.urgency, t.entry, t.rowid LIMIT ?6",
        params![behind.day, behind.class, behind.urgency, behind.entry, behind.row, limit],
    )
}

/// A stretch of what is outstanding, as it stands on a day. In the first part, up to the end of today, what protects
/// comes before every reminder (`records/src/urgency.rs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// All of it.
    All,
    /// What is overdue, due today, or of an emergency.
    Today,
    /// What is due from a day on, and before another one. Both lie behind today.
    Between(Day, Day),
    /// What is due from a day behind today on.
    From(Day),
    /// What has no deadline.
    Undated,
}

/// Where a duty stands in the order of a list.
struct Behind {
    class: i64,
    day: i64,
    urgency: i64,
    entry: i64,
    row: i64,
}

/// The place of an obligation among the outstanding ones, also where it was closed since.
fn place(r: &Reader<'_>, id: ObligationId) -> Result<Option<Behind>> {
    let sql = "SELECT class, day, urgency, entry, rowid FROM obligations WHERE id = ?1";
    let behind = |row: &Row<'_>| {
        Ok(Behind {
            class: row.get(0)?,
            day: row.get(1)?,
            urgency: row.get(2)?,
            entry: row.get(3)?,
            row: row.get(4)?,
        })
    };
    Ok(r.db().prepare_cached(sql)?.query_row([id.to_string()], behind).optional()?)
}

/// The first day behind today, as the table has it.
fn tomorrow(now: Moment) -> i64 {
    i64::from(london_day(now).0.num_days_from_ce()) + 1
}

impl Stretch {
    /// The least day in it, and the least behind it.
    fn days(self, now: Moment) -> (i64, i64) {
        let at = |day: Day| i64::from(day.0.num_days_from_ce());
        match self {
            Self::All => (i64::MIN, i64::MAX),
            Self::Today => (i64::MIN, tomorrow(now)),
            Self::Between(from, until) => (at(from), at(until)),
            Self::From(from) => (at(from), UNDATED),
            Self::Undated => (UNDATED, i64::MAX),
        }
    }
}

/// The next of a stretch, of all files or of one (or of none), that are shown behind one obligation, or the first.
///
/// It is read as ranges of an index, one for each urgency and one for all days to come: a part costs what it shows.
fn read(
    r: &Reader<'_>,
    of: Option<Option<CaseId>>,
    stretch: Stretch,
    after: Option<ObligationId>,
    limit: usize,
    now: Moment,
) -> Result<Vec<ObligationRow>> {
    let (at, ends) = times(now);
    let behind = after.map(|id| place(r, id)).transpose()?.flatten();
    let (from, until) = stretch.days(now);
    let tomorrow = tomorrow(now);
    let case = of.flatten().map(|case| case.to_string());
    // Said as one value or as none: only then is the index of the file read, and not those of the whole vault.
    let file = match of {
        Some(Some(_)) => "t.case_id = ?1",
        Some(None) => "?1 IS NULL AND t.case_id IS NULL",
        None => "?1 IS NULL",
    };
    let (first_along, days_along) = match of {
        Some(_) => ("obligations_first_of_case", "obligations_by_day_of_case"),
        None => ("obligations_first", "obligations_by_day"),
    };
    let mut all: Vec<ObligationRow> = Vec::new();
    let left = |all: &Vec<ObligationRow>| i64::try_from(limit.saturating_sub(all.len())).unwrap_or(i64::MAX);
    if from < tomorrow {
        let sql = format!(
            "WHERE {file} AND t.settled IS NULL AND t.class = ?4 AND t.urgency < ?5 \
             AND (t.urgency, t.entry, t.rowid) > (?6, ?7, ?8) AND NOT {} \
             ORDER BY t.urgency, t.entry, t.rowid LIMIT ?9",
            not_yet("?2", "?3")
        );
        let end = london_day(now)
            .0
            .succ_opt()
            .map_or(i64::MAX, |day| london_at(Day(day), NaiveTime::MIN).0.timestamp_micros());
        let reached = match &behind {
            Some(behind) if behind.day < tomorrow => behind.class,
            Some(_) => i64::MAX,
            None => i64::MIN,
        };
        for class in Urgency::ALL.into_iter().map(class).filter(|class| *class >= reached) {
            let least = behind.as_ref().filter(|behind| behind.class == class && behind.day < tomorrow);
            let least = least.map_or((i64::MIN, i64::MIN, i64::MIN), |one| (one.urgency, one.entry, one.row));
            if left(&all) > 0 {
                let params = params![case, at, ends, class, end, least.0, least.1, least.2, left(&all)];
                all.extend(rows_along(r, first_along, &sql, params)?);
            }
        }
    }
    if until > tomorrow && left(&all) > 0 {
        let sql = format!(
            "WHERE {file} AND t.settled IS NULL AND t.day >= ?4 AND t.day < ?5 \
             AND (t.day, t.class, t.urgency, t.entry, t.rowid) > (?6, ?7, ?8, ?9, ?10) AND NOT {} \
             ORDER BY t.day, t.class, t.urgency, t.entry, t.rowid LIMIT ?11",
            not_yet("?2", "?3")
        );
        let first = from.max(tomorrow);
        let least = behind.filter(|behind| behind.day >= first).unwrap_or(Behind {
            class: i64::MIN,
            day: first,
            urgency: i64::MIN,
            entry: i64::MIN,
            row: i64::MIN,
        });
        let Behind { class, day, urgency, entry, row } = least;
        let params = params![case, at, ends, first, until, day, class, urgency, entry, row, left(&all)];
        all.extend(rows_along(r, days_along, &sql, params)?);
    }
    Ok(all)
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
    read(r, None, stretch, after, limit, now)
}

/// How many of a stretch are shown, counted as far as `most`.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn count(r: &Reader<'_>, stretch: Stretch, most: u32, now: Moment) -> Result<u64> {
    let (from, until) = stretch.days(now);
    let (at, ends) = times(now);
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM obligations t \
         WHERE t.settled IS NULL AND t.day >= ?1 AND t.day < ?2 AND NOT {} LIMIT ?3)",
        not_yet("?4", "?5")
    );
    let count =
        r.db().prepare_cached(&sql)?.query_row(params![from, until, most, at, ends], |row| row.get(0))?;
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
    read(r, Some(case), Stretch::All, after, limit, now)
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
