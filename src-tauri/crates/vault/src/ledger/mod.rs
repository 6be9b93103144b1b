//! Reading the ledger: one entry, a subject's history, and slices for a handover.
//!
//! A slice gives whole entries for the files that it is about and only `(sequence, entry hash)` for what it
//! leaves out: the chain verifies across it and tells nothing of other families.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sharewell_records::{
    CaseId, EntryId, Header, Moment, OldOrigin, OriginId, Payload, ReadPayload, Seq, Sha256,
};

mod at;
pub(crate) mod doubts;
pub(crate) mod entries;
pub(crate) mod head;
mod reader;
pub(crate) mod recorded;
pub(crate) mod rules;
pub(crate) mod set_apart;
pub(crate) mod writer;

pub(crate) use at::At;
pub use doubts::doubts;
pub use entries::{Appended, Tip};
pub use reader::Reader;
pub use recorded::{Content, Entry, Recorded};
pub(crate) use recorded::{HEADER, Stored, entry, records, records_where, stored};
pub use writer::Writer;

use crate::{Error, Result, db, files};

/// One entry.
///
/// # Errors
/// [`Error::NoSuch`] where this vault does not hold it.
pub fn get(r: &Reader<'_>, id: EntryId) -> Result<Entry> {
    let sql = format!(
        "SELECT {HEADER}, p.bytes FROM entries e LEFT JOIN payloads p ON p.entry = e.n WHERE e.id = ?1"
    );
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query([id.to_string()])?;
    match rows.next()? {
        Some(row) => entry(row),
        None => Err(Error::NoSuch { what: "entry" }),
    }
}

/// The salted hash of an entry's payload. It stays where the payload is disposed of; the salt does not.
///
/// # Errors
/// [`Error::NoSuch`] where there is no such entry.
pub fn payload_hash(r: &Reader<'_>, id: EntryId) -> Result<Sha256> {
    let sql = format!("SELECT {HEADER} FROM entries e WHERE e.id = ?1");
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query([id.to_string()])?;
    match rows.next()? {
        Some(row) => Ok(stored(row)?.payload_hash),
        None => Err(Error::NoSuch { what: "entry" }),
    }
}

/// Every entry about one thing (a person, an item, a file …), oldest first: its history.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn history(r: &Reader<'_>, subject: impl std::fmt::Display) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {HEADER}, p.bytes FROM subjects s JOIN entries e ON e.n = s.entry LEFT JOIN payloads p ON p.entry = e.n \
         WHERE s.subject = ?1 ORDER BY e.fold_at, e.origin, e.sequence"
    );
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query([subject.to_string()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(entry(row)?);
    }
    Ok(all)
}

/// The files other than one in which something was recorded that builds on entries of it: what was copied from there.
/// Each with the entry on which it builds.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn copied_out(r: &Reader<'_>, case: CaseId) -> Result<Vec<(EntryId, CaseId)>> {
    let sql = "SELECT c.basis, c.case_id FROM entries c \
               WHERE c.kind = 'item_recorded' AND c.basis <> '[]' AND c.case_id <> ?1";
    let mut statement = r.db().prepare_cached(sql)?;
    let mut rows = statement.query([case.to_string()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let basis: Vec<EntryId> =
            serde_json::from_str(&row.get::<_, String>(0)?).map_err(|_| Error::Stored { what: "basis" })?;
        let there = db::id(&row.get::<_, String>(1)?, "case id")?;
        all.extend(basis.into_iter().map(|on| (on, there)));
    }
    Ok(all)
}

/// Hands over every entry of every chain that this vault holds, in the order in which they are folded into tables; for
/// the test that holds the tables to the fold in memory.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read, and whatever `each` returns.
#[cfg(any(test, feature = "test-hooks"))]
pub fn in_order<E: From<Error>>(
    r: &Reader<'_>,
    mut each: impl FnMut(Entry) -> Result<(), E>,
) -> Result<(), E> {
    let sql = format!(
        "SELECT {HEADER}, p.bytes FROM entries e LEFT JOIN payloads p ON p.entry = e.n \
         ORDER BY e.fold_at, e.origin, e.sequence"
    );
    let mut statement = r.db().prepare_cached(&sql).map_err(Error::from)?;
    let mut rows = statement.query([]).map_err(Error::from)?;
    while let Some(row) = rows.next().map_err(Error::from)? {
        each(entry(row)?)?;
    }
    Ok(())
}

/// The end of this vault's own chain.
///
/// # Errors
/// [`Error::Stored`] where it cannot be read.
pub fn tip(r: &Reader<'_>) -> Result<Tip> {
    entries::tip(r.db(), own_origin(r.db())?)
}

/// When the last entry of this vault's own chain was recorded; a clock that stands before it is wrong.
///
/// # Errors
/// [`Error::Stored`] where it cannot be read.
pub fn last_recorded_at(r: &Reader<'_>) -> Result<Option<Moment>> {
    let text: Option<String> = r
        .db()
        .prepare_cached("SELECT recorded_at FROM entries WHERE origin = ?1 ORDER BY sequence DESC LIMIT 1")?
        .query_row([own_origin(r.db())?.to_string()], |row| row.get(0))
        .optional()?;
    text.map(|text| entries::moment(&text)).transpose()
}

/// The ends of every chain that this vault holds.
///
/// # Errors
/// [`Error::Stored`] where one cannot be read.
pub fn tips(r: &Reader<'_>) -> Result<Vec<Tip>> {
    origins(r.db())?.into_iter().map(|origin| entries::tip(r.db(), origin)).collect()
}

/// The chains that a chain goes on from, the earliest first, each as far as the next one took it over.
///
/// # Errors
/// [`Error::Stored`] where one cannot be read.
pub fn before(r: &Reader<'_>, origin: OriginId) -> Result<Vec<OldOrigin>> {
    let mut before: Vec<OldOrigin> = Vec::new();
    let mut of = origin;
    while let Some(old) = continued(r.db(), of)?
        && before.iter().all(|one| one.origin != old.origin)
    {
        of = old.origin;
        before.push(old);
    }
    before.reverse();
    Ok(before)
}

/// What the first entry of a chain says it goes on from.
fn continued(db: &Connection, origin: OriginId) -> Result<Option<OldOrigin>> {
    let first: Option<(String, u32, Vec<u8>)> = db
        .prepare_cached(
            "SELECT e.kind, e.version, p.bytes FROM entries e JOIN payloads p ON p.entry = e.n \
             WHERE e.origin = ?1 AND e.sequence = 1",
        )?
        .query_row([origin.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let read = first.and_then(|(kind, version, bytes)| Payload::read(&kind, version, &bytes).ok());
    Ok(match read {
        Some(ReadPayload::Known(payload)) => match *payload {
            Payload::OriginStarted { continues, .. } => continues,
            _ => None,
        },
        Some(ReadPayload::Unknown { .. }) | None => None,
    })
}

/// When an entry of a chain was recorded; none where this vault does not hold it.
///
/// # Errors
/// [`Error::Stored`] where it cannot be read.
pub fn recorded_at(r: &Reader<'_>, origin: OriginId, at: Seq) -> Result<Option<Moment>> {
    let text: Option<String> = r
        .db()
        .prepare_cached("SELECT recorded_at FROM entries WHERE origin = ?1 AND sequence = ?2")?
        .query_row(params![origin.to_string(), db::int(at.0)], |row| row.get(0))
        .optional()?;
    text.map(|text| entries::moment(&text)).transpose()
}

/// Whether anything was set apart or disposed of since an entry came: what was frozen before is not the same any more.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn took_away_since(r: &Reader<'_>, id: EntryId) -> Result<bool> {
    let sql = "SELECT 1 FROM entries WHERE kind IN ('set_apart', 'disposed') \
               AND n > (SELECT n FROM entries WHERE id = ?1)";
    Ok(r.db().prepare_cached(sql)?.exists([id.to_string()])?)
}

/// How many entries this vault holds.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn count(r: &Reader<'_>) -> Result<u64> {
    Ok(db::count(r.db().query_row("SELECT count(*) FROM entries", [], |row| row.get(0))?))
}

/// How many bytes the whole database takes, free pages included. It takes no longer the more is there.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn bytes(r: &Reader<'_>) -> Result<u64> {
    let pages: i64 = r.db().query_row("PRAGMA page_count", [], |row| row.get(0))?;
    // SQLCipher answers `page_size` in another form; nobody here asks for another size than its own.
    Ok(db::count(pages).saturating_mul(files::PAGE))
}

/// The origin that this vault writes.
pub(crate) fn own_origin(db: &Connection) -> Result<OriginId> {
    let text: String = db.prepare_cached("SELECT origin FROM state")?.query_row([], |row| row.get(0))?;
    db::id(&text, "origin")
}

/// Every origin, in a fixed order.
pub(crate) fn origins(db: &Connection) -> Result<Vec<OriginId>> {
    // From one origin to the next along the index: DISTINCT would walk over every entry.
    let mut statement = db.prepare(
        "WITH RECURSIVE o (origin) AS (SELECT min(origin) FROM entries UNION ALL \
         SELECT (SELECT min(e.origin) FROM entries e WHERE e.origin > o.origin) FROM o WHERE o.origin IS NOT NULL) \
         SELECT origin FROM o WHERE origin IS NOT NULL ORDER BY origin",
    )?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|text| db::id(&text?, "origin")).collect()
}

/// The hash of each entry of a stretch of an origin, as far as this vault holds it.
///
/// # Errors
/// [`Error::Stored`] where one cannot be read.
pub fn hashes(r: &Reader<'_>, origin: OriginId, from: Seq, to: Seq) -> Result<BTreeMap<Seq, Sha256>> {
    let sql = "SELECT sequence, entry_hash FROM entries WHERE origin = ?1 AND sequence BETWEEN ?2 AND ?3";
    let mut statement = r.db().prepare_cached(sql)?;
    let mut rows = statement.query(params![origin.to_string(), db::int(from.0), db::int(to.0)])?;
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next()? {
        all.insert(Seq(db::count(row.get(0)?)), db::hash(&row.get::<_, Vec<u8>>(1)?)?);
    }
    Ok(all)
}

/// The link of an origin at a sequence; none where this vault does not hold that entry.
///
/// # Errors
/// [`Error::Stored`] where it cannot be read.
pub fn link_at(r: &Reader<'_>, origin: OriginId, at: Seq) -> Result<Option<Sha256>> {
    link_of(r.db(), origin, at)
}

pub(crate) fn link_of(db: &Connection, origin: OriginId, at: Seq) -> Result<Option<Sha256>> {
    let link: Option<Vec<u8>> = db
        .prepare_cached("SELECT link FROM entries WHERE origin = ?1 AND sequence = ?2")?
        .query_row(params![origin.to_string(), db::int(at.0)], |row| row.get(0))
        .optional()?;
    link.map(|bytes| db::hash(&bytes)).transpose()
}

/// Where an entry arrived in this vault, among those of every origin: nothing that came later has a smaller number. What
/// the vault does not hold has all before it.
pub(crate) fn place(r: &Reader<'_>, origin: OriginId, at: Seq) -> Result<i64> {
    let sql = "SELECT n FROM entries WHERE origin = ?1 AND sequence = ?2";
    let mut statement = r.db().prepare_cached(sql)?;
    let n = statement.query_row(params![origin.to_string(), db::int(at.0)], |row| row.get(0)).optional()?;
    Ok(n.unwrap_or(i64::MAX))
}

/// A payload as stored, with its salt: what its hash covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The salt.
    pub salt: [u8; 32],
    /// The stored bytes, never serialised again.
    pub bytes: Vec<u8>,
}

/// An entry as it is stored, for somebody else to work out its hash anew. None where its content was lawfully
/// disposed of.
///
/// # Errors
/// [`Error::NoSuch`] where this vault does not hold it.
pub fn as_stored(r: &Reader<'_>, id: EntryId) -> Result<Option<AsStored>> {
    let sql = format!(
        "SELECT {HEADER}, p.salt, p.bytes FROM entries e LEFT JOIN payloads p ON p.entry = e.n WHERE e.id = ?1"
    );
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query([id.to_string()])?;
    let Some(row) = rows.next()? else { return Err(Error::NoSuch { what: "entry" }) };
    let Stored { header, entry_hash, link, .. } = stored(row)?;
    Ok(sealed(row)?.map(|payload| AsStored { header, entry_hash, link, payload }))
}

/// An entry with the bytes that its hash covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsStored {
    /// The header.
    pub header: Header,
    /// Its hash.
    pub entry_hash: Sha256,
    /// The chain's link at it.
    pub link: Sha256,
    /// The payload and its salt.
    pub payload: Sealed,
}

/// One line of a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SliceLine {
    /// An entry that goes along.
    Open {
        /// The header.
        header: Box<Header>,
        /// Hash of the payload.
        payload_hash: Sha256,
        /// Hash of the entry.
        entry_hash: Sha256,
        /// The chain's link at it.
        link: Sha256,
        /// The payload; none where it was lawfully disposed of.
        payload: Option<Sealed>,
    },
    /// An entry that is left out.
    Closed {
        /// Its place.
        sequence: Seq,
        /// Its hash.
        entry_hash: Sha256,
    },
}

/// Hands over a slice of any origin line by line, so that memory stays flat.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read, and whatever `each` returns.
pub fn slice_each<E: From<Error>>(
    r: &Reader<'_>,
    origin: OriginId,
    cases: &[CaseId],
    from: Seq,
    to: Seq,
    mut each: impl FnMut(SliceLine) -> Result<(), E>,
) -> Result<(), E> {
    let sql = format!(
        "SELECT {HEADER}, p.salt, p.bytes, {} FROM entries e LEFT JOIN payloads p ON p.entry = e.n \
         WHERE e.origin = ?1 AND e.sequence BETWEEN ?2 AND ?3 ORDER BY e.sequence",
        set_apart::STANDS
    );
    let mut statement = r.db().prepare_cached(&sql).map_err(Error::from)?;
    let mut rows =
        statement.query(params![origin.to_string(), db::int(from.0), db::int(to.0)]).map_err(Error::from)?;
    while let Some(row) = rows.next().map_err(Error::from)? {
        let Stored { header, payload_hash, entry_hash, link } = stored(row)?;
        let goes = match header.case {
            // What was set apart leaves with no file, also where an earlier handover is written again.
            Some(case) => cases.contains(&case) && row.get::<_, bool>(14).map_err(Error::from)?,
            None => goes_with_every_slice(&header.kind),
        };
        each(if goes {
            let payload = sealed(row)?;
            SliceLine::Open { header: Box::new(header), payload_hash, entry_hash, link, payload }
        } else {
            SliceLine::Closed { sequence: header.sequence, entry_hash }
        })?;
    }
    Ok(())
}

/// An entry of a slice, by how much of it would go along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntrySize {
    /// Its place.
    pub sequence: Seq,
    /// Bytes of its stored content; none where its hash alone goes along.
    pub content: Option<u64>,
}

/// How large each entry of a slice is as it would be handed over ([`slice_each`]). No content is read for it.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read, and whatever `each` returns.
pub fn sizes_each<E: From<Error>>(
    r: &Reader<'_>,
    origin: OriginId,
    cases: &[CaseId],
    (from, to): (Seq, Seq),
    mut each: impl FnMut(EntrySize) -> Result<(), E>,
) -> Result<(), E> {
    let sql = format!(
        "SELECT e.sequence, e.case_id, e.kind, length(p.bytes), {} FROM entries e \
         LEFT JOIN payloads p ON p.entry = e.n \
         WHERE e.origin = ?1 AND e.sequence BETWEEN ?2 AND ?3 ORDER BY e.sequence",
        set_apart::STANDS
    );
    let mut statement = r.db().prepare_cached(&sql).map_err(Error::from)?;
    let mut rows =
        statement.query(params![origin.to_string(), db::int(from.0), db::int(to.0)]).map_err(Error::from)?;
    while let Some(row) = rows.next().map_err(Error::from)? {
        let case: Option<String> = row.get(1).map_err(Error::from)?;
        let case: Option<CaseId> = case.map(|text| db::id(&text, "case id")).transpose()?;
        let goes = match case {
            Some(case) => cases.contains(&case) && row.get::<_, bool>(4).map_err(Error::from)?,
            None => goes_with_every_slice(&row.get::<_, String>(2).map_err(Error::from)?),
        };
        let bytes: Option<i64> = row.get(3).map_err(Error::from)?;
        each(EntrySize {
            sequence: Seq(db::count(row.get(0).map_err(Error::from)?)),
            content: goes.then(|| bytes.map_or(0, db::count)),
        })?;
    }
    Ok(())
}

fn sealed(row: &Row<'_>) -> Result<Option<Sealed>> {
    let (salt, bytes): (Option<[u8; 32]>, Option<Vec<u8>>) = (row.get(12)?, row.get(13)?);
    Ok(salt.zip(bytes).map(|(salt, bytes)| Sealed { salt, bytes }))
}

/// Of the entries that belong to no file, those that say who wrote the chain, where it is signed and when its clock was in doubt. The
/// others can name families (a handover names files, an emergency a child) and are left out.
fn goes_with_every_slice(kind: &str) -> bool {
    matches!(
        kind,
        "origin_started" | "practitioner_recorded" | "clock_doubted" | "clock_trusted" | "checkpoint_signed"
    )
}
