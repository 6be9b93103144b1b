//! The sharing log: a line for everything that left, was refused or came in. Which line an entry writes is said by
//! `records/src/log.rs`; here it is kept, and read a page at a time.

use chrono::DateTime;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use sharewell_records::{
    CaseId, Disclosure, DisclosureId, LogKind, LogLine, LogState, Moment, Payload, Stated,
};
use uuid::Uuid;

use crate::ledger::{At, entries, set_apart};
use crate::{Error, Reader, Result, db};

const COLUMNS: &str = "l.id, l.kind, l.case_id, l.decision, l.at, l.state, l.party";

/// What an entry does to the log.
pub(crate) fn put(db: &Connection, at: &At, payload: &Payload) -> Result<()> {
    for id in payload.logs() {
        let before = find(db, id)?;
        if before.is_some() {
            take_away(db, id)?;
        }
        if let Some(line) = payload.logged(before, at.case, recorded(db, at)?) {
            write(db, &line)?;
        }
    }
    if let Some((id, items)) = payload.carries() {
        let mut statement = db.prepare_cached(
            "INSERT INTO carried (item, disclosure) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?;
        for item in items {
            statement.execute(params![item.to_string(), id.to_string()])?;
        }
    }
    Ok(())
}

/// Moves the line of a disclosure that was set apart into the file that states it.
pub(crate) fn set_apart(
    db: &Connection,
    at: &At,
    thing: Uuid,
    stated: sharewell_records::EntryId,
) -> Result<()> {
    let Some(line) = find(db, thing)?.filter(|line| line.kind == LogKind::Left) else { return Ok(()) };
    let stated = set_apart::stated(db, stated)?;
    let says = stated.as_ref().and_then(|(_, payload)| payload.states());
    let says: Option<&Disclosure> = says.filter(|says| says.thing() == thing).and_then(Stated::disclosure);
    take_away(db, thing)?;
    match says {
        Some(says) => write(db, &LogLine { case: at.case, decision: says.decision, ..line }),
        None => Ok(()),
    }
}

fn recorded(db: &Connection, at: &At) -> Result<Moment> {
    let text: String = db
        .prepare_cached("SELECT recorded_at FROM entries WHERE n = ?1")?
        .query_row([at.n], |row| row.get(0))?;
    entries::moment(&text)
}

fn write(db: &Connection, line: &LogLine) -> Result<()> {
    let (id, at) = (line.id.to_string(), line.at.0.timestamp_micros());
    db.prepare_cached(
        "INSERT INTO sharing_log (id, kind, case_id, decision, at, state, party) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id,
        line.kind.word(),
        line.case.map(|case| case.to_string()),
        line.decision.map(|decision| decision.to_string()),
        at,
        line.state.word(),
        line.party.join(" "),
    ])?;
    let mut statement =
        db.prepare_cached("INSERT INTO sharing_log_words (word, at, id) VALUES (?1, ?2, ?3)")?;
    for word in &line.party {
        statement.execute(params![word, at, id])?;
    }
    Ok(())
}

fn take_away(db: &Connection, id: Uuid) -> Result<()> {
    db.prepare_cached("DELETE FROM sharing_log_words WHERE id = ?1")?.execute([id.to_string()])?;
    db.prepare_cached("DELETE FROM sharing_log WHERE id = ?1")?.execute([id.to_string()])?;
    Ok(())
}

fn find(db: &Connection, id: Uuid) -> Result<Option<LogLine>> {
    let sql = format!("SELECT {COLUMNS} FROM sharing_log l WHERE l.id = ?1");
    let found = db.prepare_cached(&sql)?.query_row([id.to_string()], |row| Ok(line(row))).optional()?;
    found.transpose()
}

fn line(row: &Row<'_>) -> Result<LogLine> {
    let text = |at: usize| -> Result<String> { Ok(row.get::<_, String>(at)?) };
    let maybe = |at: usize| -> Result<Option<String>> { Ok(row.get::<_, Option<String>>(at)?) };
    let stored = || Error::Stored { what: "sharing log" };
    let at = DateTime::from_timestamp_micros(row.get(4)?).ok_or_else(stored)?;
    Ok(LogLine {
        id: db::id(&text(0)?, "log id")?,
        kind: LogKind::of(&text(1)?).ok_or_else(stored)?,
        case: maybe(2)?.map(|case| db::id(&case, "case id")).transpose()?,
        decision: maybe(3)?.map(|decision| db::id(&decision, "decision id")).transpose()?,
        at: Moment(at.fixed_offset()),
        state: LogState::of(&text(5)?).ok_or_else(stored)?,
        party: text(6)?.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Which lines of the log are asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked<'a> {
    /// Of one file; of all of them where none is given.
    pub case: Option<CaseId>,
    /// With whom: folded words, of which all are said of them.
    pub words: &'a [String],
    /// In one state.
    pub state: Option<LogState>,
    /// Those whose answer is overdue at a moment.
    pub overdue: Option<Moment>,
    /// From this moment on.
    pub from: Option<Moment>,
    /// Before this moment.
    pub before: Option<Moment>,
    /// Without those of restricted files: where something is looked for, they are not found.
    pub without_restricted: bool,
}

/// Lines of the log, the latest first; those behind `after`, where it is given.
///
/// # Errors
/// [`Error::NoSuch`] where `after` is no line; [`Error::Sqlite`] where the database refuses.
pub fn page(r: &Reader<'_>, asked: &Asked<'_>, after: Option<Uuid>, limit: usize) -> Result<Vec<LogLine>> {
    let after = match after {
        Some(id) => Some(find(r.db(), id)?.ok_or(Error::NoSuch { what: "line" })?),
        None => None,
    };
    let mut values: Vec<Value> = Vec::new();
    let mut bind = |value: Value| {
        values.push(value);
        format!("?{}", values.len())
    };
    let mut conditions: Vec<String> = Vec::new();
    let mut words = asked.words.iter();
    // Read off the index of the first word, in its order.
    let (from, by) = match words.next() {
        Some(word) => {
            conditions.push(format!("w.word = {}", bind(word.clone().into())));
            ("sharing_log_words w JOIN sharing_log l ON l.id = w.id", "w")
        }
        None => ("sharing_log l", "l"),
    };
    for word in words {
        let word = bind(word.clone().into());
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM sharing_log_words o WHERE o.word = {word} AND o.at = l.at AND o.id = l.id)"
        ));
    }
    if let Some(case) = asked.case {
        conditions.push(format!("l.case_id = {}", bind(case.to_string().into())));
    }
    if let Some(state) = asked.state {
        conditions.push(format!("l.state = {}", bind(state.word().to_owned().into())));
    }
    if let Some(now) = asked.overdue {
        let now = bind(now.0.timestamp_micros().into());
        conditions.push(format!(
            "l.kind = 'left' AND l.state IN ('made', 'sent', 'delivered', 'returned') AND l.decision IN \
             (SELECT o.decision FROM obligations o WHERE o.settled IS NULL AND o.due < {now} \
             AND o.decision IS NOT NULL AND json_extract(o.body, '$.duty') = 'escalate')"
        ));
    }
    if let Some(from) = asked.from {
        conditions.push(format!("{by}.at >= {}", bind(from.0.timestamp_micros().into())));
    }
    if let Some(before) = asked.before {
        conditions.push(format!("{by}.at < {}", bind(before.0.timestamp_micros().into())));
    }
    if asked.without_restricted {
        conditions.push("l.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = l.case_id AND c.restricted = 1)".to_owned());
    }
    if let Some(line) = after {
        let (at, id) = (bind(line.at.0.timestamp_micros().into()), bind(line.id.to_string().into()));
        conditions.push(format!("({by}.at, {by}.id) < ({at}, {id})"));
    }
    let limit = bind(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let all = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
    let sql =
        format!("SELECT {COLUMNS} FROM {from} WHERE {all} ORDER BY {by}.at DESC, {by}.id DESC LIMIT {limit}");
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(line(row)?);
    }
    Ok(lines)
}

/// One line.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: Uuid) -> Result<LogLine> {
    find(r.db(), id)?.ok_or(Error::NoSuch { what: "line" })
}

/// By what a note or a paper left, as far as it was chosen by itself.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn carried(r: &Reader<'_>, thing: Uuid) -> Result<Vec<DisclosureId>> {
    let mut statement =
        r.db().prepare_cached("SELECT disclosure FROM carried WHERE item = ?1 ORDER BY disclosure")?;
    let mut rows = statement.query([thing.to_string()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(db::id(&row.get::<_, String>(0)?, "disclosure id")?);
    }
    Ok(all)
}
