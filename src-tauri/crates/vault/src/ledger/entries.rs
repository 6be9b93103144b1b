//! Appending to the ledger.
//!
//! An entry, its payload with a salt of its own, and what the projections make of it stand in one
//! transaction. `fold_at` gives the order of projecting: within an origin the chain's own order, between
//! origins what an entry builds on, then the clock. It is worked out from the entries alone, so every vault
//! that holds the same entries folds them alike, and a clock that was set back cannot reorder a chain.

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{
    CaseId, EntryId, GENESIS, Header, Moment, OriginId, Payload, Seq, Sha256, Stamp, entry_hash, link,
    payload_hash,
};

use crate::bytes::{new_id, random};
use crate::{Error, Result, db};

/// An entry as it was appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The entry.
    pub id: EntryId,
    /// Its place in the chain.
    pub sequence: Seq,
    /// Its hash.
    pub entry_hash: Sha256,
}

/// The end of an origin's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tip {
    /// The origin.
    pub origin: OriginId,
    /// The last sequence; 0 before the first entry.
    pub sequence: Seq,
    /// The last link.
    pub link: Sha256,
    /// Where the last entry folds.
    pub(crate) fold_at: i64,
}

impl Tip {
    /// Before the first entry.
    pub(crate) fn genesis(origin: OriginId) -> Self {
        Self { origin, sequence: Seq(0), link: GENESIS, fold_at: i64::MIN }
    }
}

/// Where the chain of an origin ends.
pub(crate) fn tip(db: &Connection, origin: OriginId) -> Result<Tip> {
    let found = db
        .prepare_cached(
            "SELECT sequence, link, fold_at FROM entries WHERE origin = ?1 ORDER BY sequence DESC LIMIT 1",
        )?
        .query_row([origin.to_string()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((sequence, link, fold_at)) = found else { return Ok(Tip::genesis(origin)) };
    Ok(Tip { origin, sequence: Seq(db::count(sequence)), link: db::hash(&link)?, fold_at })
}

/// When the last entry of a chain was recorded; none where it has none.
pub(crate) fn last_recorded(db: &Connection, origin: OriginId) -> Result<Option<Moment>> {
    let at: Option<String> = db
        .prepare_cached("SELECT recorded_at FROM entries WHERE origin = ?1 ORDER BY sequence DESC LIMIT 1")?
        .query_row([origin.to_string()], |row| row.get(0))
        .optional()?;
    at.as_deref().map(moment).transpose()
}

/// A moment as headers hash it and as the database keeps it.
pub(crate) fn moment_text(moment: Moment) -> Result<String> {
    match serde_json::to_value(moment) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(Error::Stored { what: "time" }),
    }
}

/// A stored moment.
pub(crate) fn moment(text: &str) -> Result<Moment> {
    chrono::DateTime::parse_from_rfc3339(text).map(Moment).map_err(|_| Error::Stored { what: "time" })
}

/// When the entry that came last was recorded; none in an empty ledger.
pub(crate) fn newest(db: &Connection) -> Result<Option<Moment>> {
    let at: Option<String> = db
        .query_row("SELECT recorded_at FROM entries ORDER BY n DESC LIMIT 1", [], |row| row.get(0))
        .optional()?;
    at.map(|at| moment(&at)).transpose()
}

/// Where an entry folds: not before its predecessor, and after everything of another origin that it
/// builds on or continues.
pub(crate) fn fold_at(recorded_at: Moment, previous: i64, builds_on: impl Iterator<Item = i64>) -> i64 {
    builds_on
        .map(|other| other.saturating_add(1))
        .fold(recorded_at.0.timestamp_micros().max(previous), i64::max)
}

/// An entry before it has its place.
pub(crate) struct New<'a> {
    pub stamp: &'a Stamp,
    pub case: Option<CaseId>,
    pub payload: &'a Payload,
    pub basis: &'a [EntryId],
}

/// Appends to the chain that ends at `tip`; returns the row's number and the new tip.
pub(crate) fn append(db: &Connection, tip: &Tip, new: &New<'_>) -> Result<(i64, Header, Tip, Appended)> {
    let header = Header {
        id: new_id(),
        origin: tip.origin,
        sequence: Seq(tip.sequence.0 + 1),
        case: new.case,
        author: new.stamp.author,
        kind: new.payload.kind().to_owned(),
        version: new.payload.version(),
        recorded_at: new.stamp.at,
        basis: new.basis.to_vec(),
    };
    let bytes = new.payload.to_bytes()?;
    let salt = random::<32>()?;
    let payload_hash = payload_hash(&salt, &bytes);
    let entry_hash = entry_hash(&header, payload_hash)?;
    let link = link(tip.link, header.sequence, entry_hash);
    let fold_at =
        fold_at(header.recorded_at, tip.fold_at, elsewhere(db, &header, Some(new.payload))?.into_iter());
    let basis = serde_json::to_string(&header.basis).map_err(|_| Error::Stored { what: "basis" })?;
    db.prepare_cached(
        "INSERT INTO entries (id, origin, sequence, case_id, author, kind, version, recorded_at, basis, payload_hash, \
         entry_hash, link, fold_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        header.id.to_string(),
        header.origin.to_string(),
        db::int(header.sequence.0),
        header.case.map(|c| c.to_string()),
        header.author.to_string(),
        header.kind,
        header.version,
        moment_text(header.recorded_at)?,
        basis,
        payload_hash.0,
        entry_hash.0,
        link.0,
        fold_at,
    ])?;
    let n = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO payloads (entry, salt, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![n, salt, bytes])?;
    let appended = Appended { id: header.id, sequence: header.sequence, entry_hash };
    let tip = Tip { origin: tip.origin, sequence: header.sequence, link, fold_at };
    Ok((n, header, tip, appended))
}

/// Where the entries of other origins fold that this one builds on or continues.
///
/// An entry that it names and that this vault does not hold counts for nothing; whoever appends locally is
/// refused before (see [`crate::Writer::append`]).
pub(crate) fn elsewhere(db: &Connection, header: &Header, payload: Option<&Payload>) -> Result<Vec<i64>> {
    let mut folds = Vec::new();
    for id in &header.basis {
        let fold: Option<i64> = db
            .prepare_cached("SELECT fold_at FROM entries WHERE id = ?1 AND origin <> ?2")?
            .query_row(params![id.to_string(), header.origin.to_string()], |row| row.get(0))
            .optional()?;
        folds.extend(fold);
    }
    if let Some(Payload::OriginStarted { continues: Some(old), .. }) = payload {
        let fold: Option<i64> = db
            .prepare_cached("SELECT fold_at FROM entries WHERE origin = ?1 AND sequence = ?2")?
            .query_row(params![old.origin.to_string(), db::int(old.last.0)], |row| row.get(0))
            .optional()?;
        folds.extend(fold);
    }
    Ok(folds)
}

/// Whether an entry is in this vault.
pub(crate) fn exists(db: &Connection, id: EntryId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM entries WHERE id = ?1")?.exists([id.to_string()])?)
}
