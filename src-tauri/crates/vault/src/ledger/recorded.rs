//! Rows of the ledger as records and entries: what each read of the vault is made of.

use rusqlite::{Connection, Row};
use sharewell_records::{EntryId, Header, Moment, OriginId, Payload, PersonId, ReadPayload, Seq, Sha256};

use crate::ledger::entries;
use crate::{Error, Result, db};

/// A record as the vault keeps it: the latest form, and the entry that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<T> {
    /// The record.
    pub record: T,
    /// The entry.
    pub entry: EntryId,
    /// Its hash: which words they are.
    pub hash: Sha256,
    /// Its origin.
    pub origin: OriginId,
    /// Its place in that origin.
    pub sequence: Seq,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom.
    pub author: PersonId,
}

impl<T> Recorded<T> {
    /// Keeps the entry and changes the record.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Recorded<U> {
        let Self { record, entry, hash, origin, sequence, recorded_at, author } = self;
        Recorded { record: f(record), entry, hash, origin, sequence, recorded_at, author }
    }
}

/// What stands in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A payload of a kind that this version knows.
    Known(Box<Payload>),
    /// A newer version wrote it: a kind, or a form of one, that this version does not know.
    Newer {
        /// The stored kind.
        kind: String,
        /// The version of its form.
        version: u32,
    },
    /// Lawfully removed; the chain still verifies.
    Disposed,
    /// A known form that cannot be read. The other entries are unaffected.
    Unreadable,
}

/// An entry with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The header.
    pub header: Header,
    /// Its hash.
    pub entry_hash: Sha256,
    /// The chain's link at it.
    pub link: Sha256,
    /// The content.
    pub content: Content,
}

/// Columns that make a header, for an `entries e` in the query.
pub(crate) const HEADER: &str = "e.id, e.origin, e.sequence, e.case_id, e.author, e.kind, e.version, e.recorded_at, e.basis, e.payload_hash, e.entry_hash, e.link";

/// A row of `entries` as read, before anything in it is believed.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub header: Header,
    pub payload_hash: Sha256,
    pub entry_hash: Sha256,
    pub link: Sha256,
}

/// Reads the [`HEADER`] columns.
pub(crate) fn stored(row: &Row<'_>) -> Result<Stored> {
    let text = |at: usize| -> Result<String> { Ok(row.get::<_, String>(at)?) };
    let blob = |at: usize| -> Result<Vec<u8>> { Ok(row.get::<_, Vec<u8>>(at)?) };
    let case: Option<String> = row.get(3)?;
    let header = Header {
        id: db::id(&text(0)?, "entry id")?,
        origin: db::id(&text(1)?, "origin")?,
        sequence: Seq(db::count(row.get(2)?)),
        case: case.map(|c| db::id(&c, "case id")).transpose()?,
        author: db::id(&text(4)?, "author")?,
        kind: text(5)?,
        version: row.get(6)?,
        recorded_at: entries::moment(&text(7)?)?,
        basis: serde_json::from_str(&text(8)?).map_err(|_| Error::Stored { what: "basis" })?,
    };
    Ok(Stored {
        header,
        payload_hash: db::hash(&blob(9)?)?,
        entry_hash: db::hash(&blob(10)?)?,
        link: db::hash(&blob(11)?)?,
    })
}

/// Reads the [`HEADER`] columns and the payload's bytes after them.
pub(crate) fn entry(row: &Row<'_>) -> Result<Entry> {
    let Stored { header, entry_hash, link, .. } = stored(row)?;
    let bytes: Option<Vec<u8>> = row.get(12)?;
    let content = match bytes {
        None => Content::Disposed,
        Some(bytes) => match Payload::read(&header.kind, header.version, &bytes) {
            Ok(ReadPayload::Known(payload)) => Content::Known(payload),
            Ok(ReadPayload::Unknown { kind, version }) => Content::Newer { kind, version },
            Err(_) => Content::Unreadable,
        },
    };
    Ok(Entry { header, entry_hash, link, content })
}

/// Reads the latest forms that a projection points at. `pick` takes the record out of its payload.
pub(crate) fn records<T>(
    db: &Connection,
    from_and_where: &str,
    params: impl rusqlite::Params,
    pick: impl Fn(Payload) -> Option<T>,
) -> Result<Vec<Recorded<T>>> {
    records_where(db, from_and_where, params, |_| true, pick)
}

/// As [`records`], those alone whose header is `wanted`: the content of the others is not looked into.
pub(crate) fn records_where<T>(
    db: &Connection,
    from_and_where: &str,
    params: impl rusqlite::Params,
    wanted: impl Fn(&Header) -> bool,
    pick: impl Fn(Payload) -> Option<T>,
) -> Result<Vec<Recorded<T>>> {
    let sql = format!("SELECT {HEADER}, p.bytes FROM {from_and_where}");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let stored = stored(row)?;
        if wanted(&stored.header) {
            all.push(recorded(row, stored, &pick)?);
        }
    }
    Ok(all)
}

/// One row of the [`HEADER`] columns with payload bytes as a record.
fn recorded<T>(row: &Row<'_>, stored: Stored, pick: impl Fn(Payload) -> Option<T>) -> Result<Recorded<T>> {
    let Stored { header, entry_hash, .. } = stored;
    let bytes: Vec<u8> = row.get(12)?;
    let record = match Payload::read(&header.kind, header.version, &bytes) {
        Ok(ReadPayload::Known(payload)) => pick(*payload),
        Ok(ReadPayload::Unknown { .. }) => None,
        Err(reason) => return Err(Error::Unreadable { entry: header.id, reason }),
    };
    Ok(Recorded {
        record: record.ok_or(Error::Stored { what: "projection" })?,
        entry: header.id,
        hash: entry_hash,
        origin: header.origin,
        sequence: header.sequence,
        recorded_at: header.recorded_at,
        author: header.author,
    })
}
