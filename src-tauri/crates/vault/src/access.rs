//! The access log: who looked, searched, printed and unlocked, in a chain of its own beside the ledger.
//!
//! It says that something was looked at, never what stood there: a search is logged without its words.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, Moment, OriginId, PersonId, Seq, Sha256};

use crate::ledger::entries;
use crate::{Error, Reader, Result, db};

const TAG: &[u8] = b"sharewell/access/v1\0";
/// The most rows that one call returns.
pub const MOST: usize = 1000;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Access {
    /// The vault was opened.
    Unlocked {
        /// With the recovery code instead of the passphrase.
        #[serde(default)]
        by_recovery_code: bool,
    },
    /// A secret was wrong.
    UnlockFailed {},
    /// The vault was locked.
    Locked {},
    /// The passphrase or the recovery code was changed.
    KeysChanged {},
    /// A file was looked at.
    CaseViewed {
        /// By whom.
        by: PersonId,
    },
    /// A search was made. Its words are not kept.
    Searched {
        /// By whom.
        by: PersonId,
        /// How many results were shown.
        results: u32,
    },
    /// Something was printed or saved as a document.
    Printed {
        /// By whom.
        by: PersonId,
        /// What, by its id.
        what: String,
    },
    /// Something left the vault as a file.
    Exported {
        /// By whom.
        by: PersonId,
        /// What, by its id.
        what: String,
    },
    /// The person decided otherwise than advised, or went past a warning.
    Overridden {
        /// By whom.
        by: PersonId,
        /// What, by its id.
        what: String,
    },
    /// A decision that was begun was given up unsigned.
    DraftDiscarded {
        /// By whom.
        by: PersonId,
        /// What, by its id.
        what: String,
        /// The reason that was given.
        reason: String,
    },
    /// A receipt was skipped.
    ReceiptSkipped {
        /// By whom.
        by: PersonId,
        /// What, by its id.
        what: String,
    },
    /// The clock moved other than by itself.
    ClockChanged {
        /// By how many seconds.
        seconds: i32,
    },
    /// A backup was made and verified.
    BackedUp {},
    /// The vault was restored from a backup.
    Restored {},
    /// A copy of the vault was opened with the recovery code, to see that it opens.
    RecoveryRehearsed {},
    /// The ledger was shorter than its head, or another than it.
    LossFound {
        /// The origin that the head names.
        origin: OriginId,
        /// The last sequence that is there.
        held: Seq,
        /// The last sequence that was there.
        head: Seq,
        /// Saves of drafts that were lost.
        drafts: u32,
        /// Rows of this log that were lost.
        access: u32,
    },
}

impl Access {
    /// Whether something left the vault, on paper or as a file.
    #[must_use]
    pub fn leaves(&self) -> bool {
        matches!(self, Self::Printed { .. } | Self::Exported { .. })
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// Its place, from 1.
    pub number: u64,
    /// When.
    pub at: Moment,
    /// Which file.
    pub case: Option<CaseId>,
    /// What; none where a newer version wrote it.
    pub access: Option<Access>,
}

/// The end of the log's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccessTip {
    pub count: u64,
    pub link: Sha256,
}

pub(crate) fn tip(db: &Connection) -> Result<AccessTip> {
    let last: Option<(i64, Vec<u8>)> = db
        .query_row("SELECT n, link FROM access ORDER BY n DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    match last {
        None => Ok(AccessTip { count: 0, link: Sha256([0; 32]) }),
        Some((n, link)) => Ok(AccessTip { count: db::count(n), link: db::hash(&link)? }),
    }
}

pub(crate) fn link_at(db: &Connection, n: u64) -> Result<Option<Sha256>> {
    let link: Option<Vec<u8>> =
        db.query_row("SELECT link FROM access WHERE n = ?1", [db::int(n)], |row| row.get(0)).optional()?;
    link.map(|l| db::hash(&l)).transpose()
}

/// The next link: tag, previous link, number, and the row in RFC 8785 form.
pub(crate) fn link(previous: Sha256, n: u64, at: &str, case: Option<&str>, detail: &str) -> Result<Sha256> {
    let row = serde_json::json!({ "at": at, "case": case, "detail": detail });
    let row = serde_json_canonicalizer::to_vec(&row).map_err(|_| Error::Stored { what: "access row" })?;
    Ok(Sha256::of(&[TAG, &previous.0, &n.to_be_bytes(), &row]))
}

pub(crate) fn append(
    db: &Connection,
    tip: AccessTip,
    at: Moment,
    case: Option<CaseId>,
    access: &Access,
) -> Result<AccessTip> {
    let value = serde_json::to_value(access).map_err(|_| Error::Stored { what: "access row" })?;
    let kind = value.get("kind").and_then(|k| k.as_str()).unwrap_or_default().to_owned();
    let (at, case, detail) = (entries::moment_text(at)?, case.map(|c| c.to_string()), value.to_string());
    let count = tip.count + 1;
    let link = link(tip.link, count, &at, case.as_deref(), &detail)?;
    db.prepare_cached(
        "INSERT INTO access (n, at, kind, case_id, detail, link) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![db::int(count), at, kind, case, detail, link.0])?;
    Ok(AccessTip { count, link })
}

/// Rows of the log, the latest first, for one file or for all; those before `before` where given.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn list(
    r: &Reader<'_>,
    case: Option<CaseId>,
    limit: usize,
    before: Option<u64>,
) -> Result<Vec<AccessRow>> {
    let limit = i64::try_from(limit.min(MOST)).unwrap_or(0);
    // Two questions, since an index serves only the one that names a file.
    let of = if case.is_some() { "case_id = ?1" } else { "?1 IS NULL" };
    let sql =
        format!("SELECT n, at, case_id, detail FROM access WHERE {of} AND n < ?2 ORDER BY n DESC LIMIT ?3");
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows =
        statement.query(params![case.map(|c| c.to_string()), before.map_or(i64::MAX, db::int), limit])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let case: Option<String> = row.get(2)?;
        all.push(AccessRow {
            number: db::count(row.get(0)?),
            at: entries::moment(&row.get::<_, String>(1)?)?,
            case: case.map(|c| db::id(&c, "case id")).transpose()?,
            access: serde_json::from_str(&row.get::<_, String>(3)?).ok(),
        });
    }
    Ok(all)
}

/// When the way back into the vault was last tried; none where it never was. It takes as long in a log of many years as
/// in a short one.
///
/// # Errors
/// [`Error::Stored`] where the row cannot be read.
pub fn rehearsed(r: &Reader<'_>) -> Result<Option<Moment>> {
    let at: Option<String> = r
        .db()
        .prepare_cached("SELECT at FROM access WHERE kind = 'recovery_rehearsed' ORDER BY n DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    at.map(|at| entries::moment(&at)).transpose()
}

/// Whether the clock changed since the vault was last opened, as far as its last rows tell.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn clock_changed(r: &Reader<'_>, rows: usize) -> Result<bool> {
    let mut statement = r.db().prepare_cached("SELECT kind FROM access ORDER BY n DESC")?;
    let mut kinds = statement.query([])?;
    let mut left = rows;
    while left > 0
        && let Some(row) = kinds.next()?
    {
        match row.get_ref(0)?.as_str().map_err(|_| Error::Stored { what: "access row" })? {
            "clock_changed" => return Ok(true),
            "unlocked" => return Ok(false),
            _ => left -= 1,
        }
    }
    Ok(false)
}
