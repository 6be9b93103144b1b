//! Entries that stand in a file and that no finished handover holds, and which entries each recipient has.
//!
//! The rule is `sharewell_records::waits`; these tables hold its outcome, so that no page works it out anew. As long as
//! no agency's profile can be had, a handover is finished once its file was written.
//!
//! Entries of a file in one chain are found by the index over files: the `+` before chain and place keeps SQLite from
//! walking the chain once for each file.

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{CaseId, EntryId, HandoverId, HandoverState, OriginId, Seq};

use crate::ledger::{At, set_apart};
use crate::tables::handovers;
use crate::{Reader, Result, db};

/// Whether there is an agency's profile: only its receipt would finish a handover then.
const HAS_PROFILE: bool = false;

pub(crate) fn put(db: &Connection, at: &At) -> Result<()> {
    let Some(case) = at.case_text() else { return Ok(()) };
    db.prepare_cached(
        "INSERT INTO waiting (case_id, entry) SELECT ?1, ?2 \
         WHERE NOT EXISTS (SELECT 1 FROM set_apart a WHERE a.entry = ?2) \
         AND NOT EXISTS (SELECT 1 FROM covered c WHERE c.case_id = ?1 AND c.origin = ?3 \
         AND c.to_seq >= ?4 AND c.from_seq <= ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![case, at.n, at.origin.to_string(), db::int(at.sequence.0)])?;
    db.prepare_cached(
        "INSERT INTO given (entry, recipient) SELECT DISTINCT ?2, c.recipient FROM covered c \
         WHERE c.case_id = ?1 AND c.origin = ?3 AND c.to_seq >= ?4 AND c.from_seq <= ?4 \
         AND NOT EXISTS (SELECT 1 FROM set_apart a WHERE a.entry = ?2) ON CONFLICT DO NOTHING",
    )?
    .execute(params![case, at.n, at.origin.to_string(), db::int(at.sequence.0)])?;
    Ok(())
}

/// What was set apart stands in its file no more; what was stated instead is an entry of its own.
pub(crate) fn set_apart(db: &Connection, from: CaseId, entries: &[EntryId]) -> Result<()> {
    for entry in entries {
        db.prepare_cached(
            "DELETE FROM waiting WHERE case_id = ?1 AND entry = (SELECT n FROM entries WHERE id = ?2)",
        )?
        .execute(params![from.to_string(), entry.to_string()])?;
        db.prepare_cached("DELETE FROM given WHERE entry = (SELECT n FROM entries WHERE id = ?1)")?
            .execute([entry.to_string()])?;
    }
    Ok(())
}

/// A handover was frozen. That covers nothing, but for one whose file an earlier program wrote.
pub(crate) fn made(db: &Connection, id: HandoverId) -> Result<()> {
    if handovers::was_written_before(db, id)? { cover(db, id) } else { Ok(()) }
}

/// The file of a handover was written: its recipient has the entries of its files that it holds, and they wait for
/// nobody else to get them first.
pub(crate) fn cover(db: &Connection, id: HandoverId) -> Result<()> {
    if !HandoverState::Written.ends_the_offer(HAS_PROFILE) {
        return Ok(());
    }
    let id = id.to_string();
    let mut stretches = db.prepare_cached(
        "SELECT c.case_id, s.origin, s.from_seq, s.to_seq, h.recipient FROM handovers h \
         JOIN handover_cases c ON c.handover = h.id JOIN handover_slices s ON s.handover = h.id WHERE h.id = ?1",
    )?;
    let mut rows = stretches.query([&id])?;
    while let Some(row) = rows.next()? {
        let (case, origin, from, to, recipient): (String, String, i64, i64, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let new = db
            .prepare_cached(
                "INSERT INTO covered (case_id, origin, to_seq, from_seq, recipient) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![case, origin, to, from, recipient])?;
        // Written again, it holds what it held.
        if new == 0 {
            continue;
        }
        db.prepare_cached(
            "DELETE FROM waiting WHERE case_id = ?1 AND EXISTS \
             (SELECT 1 FROM entries e WHERE e.n = waiting.entry AND e.origin = ?2 AND e.sequence BETWEEN ?3 AND ?4)",
        )?
        .execute(params![case, origin, from, to])?;
        let sql = format!(
            "INSERT INTO given (entry, recipient) SELECT e.n, ?5 FROM entries e \
             WHERE e.case_id = ?1 AND +e.origin = ?2 AND +e.sequence BETWEEN ?3 AND ?4 AND {} ON CONFLICT DO NOTHING",
            set_apart::STANDS
        );
        db.prepare_cached(&sql)?.execute(params![case, origin, from, to, recipient])?;
    }
    Ok(())
}

/// How many entries stand in a file, and how many of them no finished handover to anybody holds.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<(u64, u64)> {
    let sql = format!(
        "SELECT (SELECT count(*) FROM entries e WHERE e.case_id = ?1 AND {}), \
         (SELECT count(*) FROM waiting WHERE case_id = ?1)",
        set_apart::STANDS
    );
    let counts = r
        .db()
        .prepare_cached(&sql)?
        .query_row([case.to_string()], |row| Ok((db::count(row.get(0)?), db::count(row.get(1)?))))?;
    Ok(counts)
}

/// Whether any entry of another chain than this one waits for somebody to get it first.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn any_outside(r: &Reader<'_>, origin: OriginId) -> Result<bool> {
    let sql = "SELECT 1 FROM waiting w JOIN entries e ON e.n = w.entry WHERE e.origin <> ?1";
    Ok(r.db().prepare_cached(sql)?.exists([origin.to_string()])?)
}

/// How many entries of a file each recipient has who has any.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn given(r: &Reader<'_>, case: CaseId) -> Result<Vec<(String, u64)>> {
    let mut statement = r.db().prepare_cached(
        "SELECT recipient, count FROM given_tallies WHERE case_id = ?1 AND count > 0 ORDER BY recipient",
    )?;
    let rows = statement.query_map([case.to_string()], |row| Ok((row.get(0)?, db::count(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where the entries of one chain stand that stand in a file, before a place in it.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn places_before(r: &Reader<'_>, case: CaseId, origin: OriginId, place: Seq) -> Result<Vec<Seq>> {
    let sql = format!(
        "SELECT e.sequence FROM entries e WHERE e.case_id = ?1 AND +e.origin = ?2 AND +e.sequence < ?3 AND {} \
         ORDER BY e.sequence",
        set_apart::STANDS
    );
    let mut statement = r.db().prepare_cached(&sql)?;
    let before = params![case.to_string(), origin.to_string(), db::int(place.0)];
    let rows = statement.query_map(before, |row| row.get::<_, i64>(0))?;
    rows.map(|at| Ok(Seq(db::count(at?)))).collect()
}

/// The first entry of a file in one chain that a recipient has not.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn first_for(r: &Reader<'_>, case: CaseId, origin: OriginId, recipient: &str) -> Result<Option<Seq>> {
    let sql = format!(
        "SELECT min(e.sequence) FROM entries e WHERE e.case_id = ?1 AND +e.origin = ?2 AND {} \
         AND NOT EXISTS (SELECT 1 FROM given g WHERE g.entry = e.n AND g.recipient = ?3)",
        set_apart::STANDS
    );
    let first: Option<i64> = r
        .db()
        .prepare_cached(&sql)?
        .query_row(params![case.to_string(), origin.to_string(), recipient], |row| row.get(0))?;
    Ok(first.map(|first| Seq(db::count(first))))
}

/// Where each stretch of a file in one chain ends that a recipient has.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn ends(r: &Reader<'_>, case: CaseId, origin: OriginId, recipient: &str) -> Result<Vec<Seq>> {
    let mut statement = r.db().prepare_cached(
        "SELECT to_seq FROM covered WHERE case_id = ?1 AND origin = ?2 AND recipient = ?3 ORDER BY to_seq",
    )?;
    let rows = statement
        .query_map(params![case.to_string(), origin.to_string(), recipient], |row| row.get::<_, i64>(0))?;
    rows.map(|to| Ok(Seq(db::count(to?)))).collect()
}

/// The last entry of one chain that stands in a file.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn last_of(r: &Reader<'_>, case: CaseId, origin: OriginId) -> Result<Option<Seq>> {
    let sql = format!(
        "SELECT e.sequence FROM entries e WHERE e.case_id = ?1 AND +e.origin = ?2 AND {} ORDER BY e.n DESC LIMIT 1",
        set_apart::STANDS
    );
    let last: Option<i64> = r
        .db()
        .prepare_cached(&sql)?
        .query_row(params![case.to_string(), origin.to_string()], |row| row.get(0))
        .optional()?;
    Ok(last.map(|last| Seq(db::count(last))))
}
