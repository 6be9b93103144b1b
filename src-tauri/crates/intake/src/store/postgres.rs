//! PostgreSQL, for an agency that outgrows one machine. The tables are made by an administrator from the SQL files of
//! this crate ([`sql`]); the intake connects in a role that changes and removes no entry.
//!
//! What stands there is readable by whoever administers the server: the embedded store is encrypted, this one is not.

mod connect;
mod tx;

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::ToSql;
use postgres::{Client, Row};
use sharewell_exchange::receipt::HeldTo;
use sharewell_records::{CaseId, HandoverId, OriginId, Sha256};

use super::row::{count, hash, header, id, moment, outcome, reason, seq};
use super::{EntryRow, FileRow, Files, Held, Store, Tx, Which};
use crate::{Error, Result};

pub use connect::Server;

const FILES: &str =
    "SELECT sha256, bytes, given_at, outcome, reason, handover, contents_hash, made_by, receipt FROM files";

/// Staging tables of the connection's own. Made outside any transaction and without `ON COMMIT`, which distributed engines
/// do not have or have with faults.
const STAGING: &str = "
CREATE TEMP TABLE IF NOT EXISTS staged_seen (sequence bigint, entry_hash bytea);
CREATE TEMP TABLE IF NOT EXISTS staged_entries (part text, sequence bigint, case_id text, kind text, header text,
  payload_hash bytea, salt bytea, stored bytea);";

/// A part that an engine may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// Partitions by hash.
    Partitions,
    /// Policies for rows.
    RowSecurity,
}

/// What an administrator runs once to make the tables and roles.
#[must_use]
pub fn sql(without: &[Without]) -> String {
    let entries = if without.contains(&Without::Partitions) {
        include_str!("../../sql/postgres/20-entries-plain.sql")
    } else {
        include_str!("../../sql/postgres/20-entries-partitioned.sql")
    };
    let mut files = vec![
        include_str!("../../sql/postgres/10-tables.sql"),
        entries,
        include_str!("../../sql/postgres/30-roles.sql"),
    ];
    if !without.contains(&Without::RowSecurity) {
        files.push(include_str!("../../sql/postgres/40-row-security.sql"));
    }
    files.join("\n")
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        match error.code() {
            Some(state)
                if [
                    SqlState::T_R_SERIALIZATION_FAILURE,
                    SqlState::T_R_DEADLOCK_DETECTED,
                    SqlState::UNIQUE_VIOLATION,
                ]
                .contains(state) =>
            {
                Self::Together
            }
            // The server's own message can repeat a value.
            Some(state) => Self::Database { what: format!("state {}", state.code()) },
            None if error.is_closed() => Self::Database { what: "the connection was closed".to_owned() },
            None => Self::Database { what: "it cannot be reached, or does not let this login in".to_owned() },
        }
    }
}

/// The store in a database.
pub struct Postgres {
    client: Client,
    staged: bool,
}

impl Postgres {
    /// Connects.
    ///
    /// # Errors
    /// [`Error::TlsRequired`], [`Error::Database`].
    pub fn connect(server: &Server) -> Result<Self> {
        let mut client = server.client()?;
        client.batch_execute("SET search_path = sharewell")?;
        Ok(Self { client, staged: false })
    }
}

impl Store for Postgres {
    fn transact(&mut self, work: &mut dyn FnMut(&mut dyn Tx) -> Result<()>) -> Result<()> {
        if !self.staged {
            self.client.batch_execute(STAGING)?;
            self.staged = true;
        }
        let mut tx = tx::PostgresTx { tx: self.client.transaction()? };
        work(&mut tx)?;
        Ok(tx.tx.commit()?)
    }

    fn each_file(&mut self, which: Files, take: &mut dyn FnMut(FileRow) -> Result<()>) -> Result<()> {
        let sql = format!("{FILES} {} ORDER BY given_at COLLATE \"C\" DESC, sha256", which.filter());
        let mut rows = self.client.query_raw(&sql, std::iter::empty::<&(dyn ToSql + Sync)>())?;
        while let Some(row) = rows.next()? {
            take(file_row(&row)?)?;
        }
        Ok(())
    }

    fn chain(&mut self, origin: OriginId) -> Result<Option<Held>> {
        let sql = "SELECT sequence, link,
            (SELECT count(*) FROM entries WHERE origin = $1),
            (SELECT count(*) FROM entries WHERE origin = $1 AND stored IS NULL),
            (SELECT count(*) FROM seen WHERE origin = $1),
            (SELECT min(received_at COLLATE \"C\") FROM checkpoints WHERE origin = $1),
            (SELECT max(received_at COLLATE \"C\") FROM checkpoints WHERE origin = $1),
            (SELECT header FROM entries WHERE origin = $1 ORDER BY sequence DESC LIMIT 1)
            FROM origins WHERE origin = $1 AND sequence > 0";
        let Some(row) = self.client.query_opt(sql, &[&origin.to_string()])? else { return Ok(None) };
        let (entries, seen) = (count(row.try_get(2)?), count(row.try_get(4)?));
        let newest = row.try_get::<_, Option<&str>>(7)?.map(header).transpose()?;
        Ok(Some(Held {
            to: HeldTo { sequence: seq(row.try_get(0)?), link: hash(row.try_get(1)?)? },
            entries,
            gone: count(row.try_get(3)?),
            hashes: seen.saturating_sub(entries),
            first_came: moment(row.try_get(5)?)?,
            last_came: moment(row.try_get(6)?)?,
            newest: newest.map(|header| header.recorded_at),
        }))
    }

    fn files_of(&mut self, origin: OriginId) -> Result<Vec<FileRow>> {
        let sql = format!(
            "{FILES} WHERE sha256 IN (SELECT file FROM entries WHERE origin = $1)
               ORDER BY given_at COLLATE \"C\" DESC, sha256"
        );
        self.client.query(&sql, &[&origin.to_string()])?.iter().map(file_row).collect()
    }

    fn cases_of(&mut self, origin: OriginId) -> Result<Vec<CaseId>> {
        let sql = "SELECT DISTINCT case_id FROM entries WHERE origin = $1 AND case_id IS NOT NULL ORDER BY 1";
        let rows = self.client.query(sql, &[&origin.to_string()])?;
        rows.iter().map(|row| id(row.try_get(0)?, "case")).collect()
    }

    fn cases(&mut self) -> Result<Vec<CaseId>> {
        let sql = "SELECT DISTINCT case_id FROM entries WHERE case_id IS NOT NULL ORDER BY 1";
        self.client.query(sql, &[])?.iter().map(|row| id(row.try_get(0)?, "case")).collect()
    }

    fn entries(&mut self, which: Which<'_>, take: &mut dyn FnMut(EntryRow) -> Result<()>) -> Result<()> {
        const ORDER: &str = "ORDER BY origin COLLATE \"C\", sequence";
        let mut rows = match which {
            Which::Kinds(kinds) => {
                let sql = format!("SELECT header, stored FROM entries WHERE kind = ANY($1) {ORDER}");
                let kinds: Vec<&str> = kinds.to_vec();
                self.client.query_raw(&sql, [&kinds as &(dyn ToSql + Sync)])?
            }
            Which::Case(case) => {
                let sql = format!(
                    "SELECT header, stored FROM entries WHERE part = $1
                       OR part IN (SELECT origin FROM entries WHERE part = $1) {ORDER}"
                );
                let case = case.to_string();
                self.client.query_raw(&sql, [&case as &(dyn ToSql + Sync)])?
            }
        };
        while let Some(row) = rows.next()? {
            take(entry_row(&row)?)?;
        }
        Ok(())
    }

    fn piece(&mut self, file: Sha256, number: u32) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT piece FROM kept WHERE file = $1 AND number = $2";
        let row = self.client.query_opt(sql, &[&&file.0[..], &i64::from(number)])?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    fn papers(&mut self, case: CaseId) -> Result<Vec<(HandoverId, String)>> {
        let sql = "SELECT handover, path FROM papers WHERE case_id = $1 ORDER BY 1, 2";
        let rows = self.client.query(sql, &[&case.to_string()])?;
        rows.iter().map(|row| Ok((id(row.try_get(0)?, "handover")?, row.try_get(1)?))).collect()
    }
}

fn file_row(row: &Row) -> Result<FileRow> {
    Ok(FileRow {
        sha256: hash(row.try_get(0)?)?,
        bytes: count(row.try_get(1)?),
        given_at: moment(row.try_get(2)?)?,
        outcome: outcome(row.try_get(3)?)?,
        reason: row.try_get::<_, Option<&str>>(4)?.map(reason).transpose()?,
        handover: row.try_get::<_, Option<&str>>(5)?.map(|text| id(text, "handover")).transpose()?,
        contents_hash: row.try_get::<_, Option<&[u8]>>(6)?.map(hash).transpose()?,
        made_by: row.try_get(7)?,
        receipt: row.try_get(8)?,
    })
}

fn entry_row(row: &Row) -> Result<EntryRow> {
    Ok(EntryRow { header: header(row.try_get(0)?)?, stored: row.try_get(1)? })
}
