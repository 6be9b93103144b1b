//! Entries that stand in a file and that no finished handover holds, and which entries each recipient has.
//!
//! The rule is `sharewell_records::waits`; these tables hold its outcome, so that no page works it out anew. A handover is
//! finished once its file was written; one to the agency whose profile stands, entry by entry as its receipts name them.
//!
//! Entries of a file in one chain are found by the index over files: the `+` before chain and place keeps SQLite from
//! walking the chain once for each file.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{CaseId, EntryId, HandoverId, HandoverState, OriginId, Seq, Sha256, TakenReceipt};

use crate::ledger::{At, set_apart};
use crate::tables::written_before::was_written_before;
use crate::{Reader, Result, db};

/// The keys of an agency whose profile stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyKeys {
    /// The age recipient to which files go.
    pub encryption: String,
    /// The Ed25519 public key that signs its receipts, in hexadecimal.
    pub receipts: String,
}

/// A stretch `t` that a receipt names, with an entry `e` of it in one of its files. The order of the two keeps SQLite from
/// walking over the files of every handover.
const NAMED: &str = "received_slices t CROSS JOIN handover_cases tc WHERE t.origin = e.origin \
                     AND t.to_seq >= e.sequence AND t.from_seq <= e.sequence \
                     AND tc.handover = t.handover AND tc.case_id = e.case_id";

/// The same of a stretch of a finished handover.
const COVERED: &str = "covered t WHERE t.case_id = e.case_id AND t.origin = e.origin \
                       AND t.to_seq >= e.sequence AND t.from_seq <= e.sequence";

pub(crate) fn put(db: &Connection, at: &At) -> Result<()> {
    if at.case.is_none() {
        return Ok(());
    }
    settle(db, "e.n = ?1", [at.n])
}

/// Says of some entries `e` whether they wait, and who has them.
fn settle(db: &Connection, which: &str, values: impl rusqlite::Params + Copy) -> Result<()> {
    let stands = set_apart::STANDS;
    db.prepare_cached(&format!(
        "INSERT INTO waiting (case_id, entry) SELECT e.case_id, e.n FROM entries e WHERE {which} AND e.case_id IS NOT NULL \
         AND {stands} AND NOT EXISTS (SELECT 1 FROM {COVERED}) AND NOT EXISTS (SELECT 1 FROM {NAMED}) \
         ON CONFLICT DO NOTHING"
    ))?
    .execute(values)?;
    let theirs = |of: &str| {
        format!(
            "SELECT e.n, t.recipient FROM entries e CROSS JOIN {of} AND {which} AND e.case_id IS NOT NULL AND {stands}"
        )
    };
    let (covered, named) = (theirs(COVERED), theirs(NAMED));
    db.prepare_cached(&format!(
        "INSERT INTO given (entry, recipient) {covered} UNION {named} ON CONFLICT DO NOTHING"
    ))?
    .execute(values)?;
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
    if was_written_before(db, id)? { cover(db, id) } else { Ok(()) }
}

/// The file of a handover was written: its recipient has the entries of its files that it holds, and they wait for
/// nobody else to get them first.
pub(crate) fn cover(db: &Connection, id: HandoverId) -> Result<()> {
    let agency = agency_key(db)?;
    let id = id.to_string();
    let mut stretches = db.prepare_cached(
        "SELECT c.case_id, s.origin, s.from_seq, s.to_seq, h.recipient FROM handovers h \
         JOIN handover_cases c ON c.handover = h.id JOIN handover_slices s ON s.handover = h.id WHERE h.id = ?1",
    )?;
    let mut rows = stretches.query([&id])?;
    while let Some(row) = rows.next()? {
        let (case, origin, from, to, recipient): (String, String, i64, i64, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        if !HandoverState::Written.ends_the_offer(agency.as_deref() == Some(&recipient)) {
            continue;
        }
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

/// A receipt names entries: whoever its handover went to has them, and they wait for nobody else to get them first.
pub(crate) fn received(db: &Connection, receipt: &TakenReceipt) -> Result<()> {
    let id = receipt.handover.to_string();
    let recipient: Option<String> = db
        .prepare_cached("SELECT recipient FROM handovers WHERE id = ?1")?
        .query_row([&id], |row| row.get(0))
        .optional()?;
    let Some(recipient) = recipient else { return Ok(()) };
    for stretch in &receipt.received {
        let (origin, from, to) = (stretch.origin.to_string(), db::int(stretch.from.0), db::int(stretch.to.0));
        let new = db
            .prepare_cached(
                "INSERT INTO received_slices (origin, to_seq, from_seq, recipient, handover) \
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
            )?
            .execute(params![origin, to, from, recipient, id])?;
        // Named again, it is what it was.
        if new == 0 {
            continue;
        }
        let within = "e.case_id IN (SELECT case_id FROM handover_cases WHERE handover = ?1) \
                      AND +e.origin = ?2 AND +e.sequence BETWEEN ?3 AND ?4";
        db.prepare_cached(&format!(
            "DELETE FROM waiting WHERE entry IN (SELECT e.n FROM entries e WHERE {within}) \
             AND case_id IN (SELECT case_id FROM handover_cases WHERE handover = ?1)"
        ))?
        .execute(params![id, origin, from, to])?;
        db.prepare_cached(&format!(
            "INSERT INTO given (entry, recipient) SELECT e.n, ?5 FROM entries e WHERE {within} AND {} \
             ON CONFLICT DO NOTHING",
            set_apart::STANDS
        ))?
        .execute(params![id, origin, from, to, recipient])?;
    }
    Ok(())
}

/// An agency's profile stands from here on. What was written for its key and no receipt names waits again.
pub(crate) fn stand_behind(db: &Connection) -> Result<()> {
    db.execute_batch(
        "DELETE FROM waiting; DELETE FROM covered; DELETE FROM given; DELETE FROM given_tallies",
    )?;
    let ids = "SELECT id FROM handovers WHERE written IS NOT NULL UNION SELECT handover FROM written_before";
    let mut written = db.prepare_cached(ids)?;
    let ids = written.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for id in ids {
        cover(db, db::id(&id, "handover")?)?;
    }
    settle(db, "TRUE", ())
}

fn agency_key(db: &Connection) -> Result<Option<String>> {
    Ok(keys(db)?.map(|keys| keys.encryption))
}

fn keys(db: &Connection) -> Result<Option<AgencyKeys>> {
    let keys = |row: &rusqlite::Row<'_>| Ok(AgencyKeys { encryption: row.get(0)?, receipts: row.get(1)? });
    let sql = "SELECT encryption, receipts FROM profiles ORDER BY entry DESC LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row([], keys).optional()?)
}

/// The keys of the agency whose profile stands; none where no profile does.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn agency(r: &Reader<'_>) -> Result<Option<AgencyKeys>> {
    keys(r.db())
}

/// Whether receipts name every entry that a handover holds of its files.
pub(crate) fn is_received(db: &Connection, id: HandoverId, written: bool) -> Result<bool> {
    let id = id.to_string();
    // Whoever answered it has its file, also where no entry says that it was written.
    let answered = || -> Result<bool> {
        Ok(db.prepare_cached("SELECT 1 FROM received_slices WHERE handover = ?1")?.exists([&id])?)
    };
    if !written && !answered()? {
        return Ok(false);
    }
    let held = format!(
        "SELECT 1 FROM handovers h JOIN handover_cases c ON c.handover = h.id \
         JOIN handover_slices s ON s.handover = h.id JOIN entries e ON e.case_id = c.case_id \
         AND +e.origin = s.origin AND +e.sequence BETWEEN s.from_seq AND s.to_seq WHERE h.id = ?1 AND {}",
        set_apart::STANDS
    );
    let named = format!("EXISTS (SELECT 1 FROM {NAMED} AND t.recipient = h.recipient)");
    let one = db.prepare_cached(&format!("{held} AND {named} LIMIT 1"))?.exists([&id])?;
    Ok(one && !db.prepare_cached(&format!("{held} AND NOT {named} LIMIT 1"))?.exists([&id])?)
}

/// Where the entries of some files stand in a stretch of one chain that stand in them, each with its hash.
///
/// # Errors
/// [`crate::Error::Stored`] where a row cannot be read.
pub fn places(
    r: &Reader<'_>,
    cases: &[CaseId],
    origin: OriginId,
    (from, to): (Seq, Seq),
) -> Result<BTreeMap<Seq, Sha256>> {
    let sql = format!(
        "SELECT e.sequence, e.entry_hash FROM entries e WHERE e.case_id = ?1 AND +e.origin = ?2 \
         AND +e.sequence BETWEEN ?3 AND ?4 AND {}",
        set_apart::STANDS
    );
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut all = BTreeMap::new();
    for case in cases {
        let within = params![case.to_string(), origin.to_string(), db::int(from.0), db::int(to.0)];
        let mut rows = statement.query(within)?;
        while let Some(row) = rows.next()? {
            all.insert(Seq(db::count(row.get(0)?)), db::hash(&row.get::<_, Vec<u8>>(1)?)?);
        }
    }
    Ok(all)
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

/// Whether the age recipient of `?1` lacks something of a file, or, where that is none, whether something of it waits for
/// anybody. `case` is an expression of this crate's own, never anything typed.
pub(crate) fn lacking(case: &str) -> String {
    format!(
        "CASE WHEN ?1 IS NULL THEN EXISTS (SELECT 1 FROM waiting w WHERE w.case_id = {case}) ELSE \
         (SELECT count(*) FROM entries e WHERE e.case_id = {case} AND {}) > \
         coalesce((SELECT g.count FROM given_tallies g WHERE g.case_id = {case} AND g.recipient = ?1), 0) END",
        set_apart::STANDS
    )
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
        "SELECT to_seq FROM covered WHERE case_id = ?1 AND origin = ?2 AND recipient = ?3 \
         UNION SELECT t.to_seq FROM received_slices t JOIN handover_cases c ON c.handover = t.handover \
         WHERE c.case_id = ?1 AND t.origin = ?2 AND t.recipient = ?3 ORDER BY 1",
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
