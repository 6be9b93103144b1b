//! One SQLCipher file under a key file.
//!
//! The key file is made with the store and never anew: a store whose key file is gone is an error, and nothing of it
//! is touched. Durability is that of the vault: an answer is given once it is on the disk.

mod open;
mod tx;

use std::path::Path;

use rusqlite::{Connection, Row, TransactionBehavior, params, params_from_iter};
use sharewell_exchange::receipt::HeldTo;
use sharewell_records::{CaseId, HandoverId, OriginId, Sha256};

use super::row::{count, hash, header, id, moment, outcome, reason, seq};
use super::{EntryRow, FileRow, Files, Held, Store, Tx, Which};
use crate::Result;

const FILES: &str =
    "SELECT sha256, bytes, given_at, outcome, reason, handover, contents_hash, made_by, receipt FROM files";

/// The store that needs no set-up.
#[derive(Debug)]
pub struct Embedded {
    db: Connection,
}

impl Embedded {
    /// Opens the store, and makes it with its key where neither is there.
    ///
    /// # Errors
    /// [`crate::Error::StoreKeyMissing`], [`crate::Error::WrongStoreKey`], [`crate::Error::NewerStore`], [`crate::Error::File`].
    pub fn open(store: &Path, key_file: &Path) -> Result<Self> {
        Ok(Self { db: open::open(store, key_file)? })
    }
}

impl Store for Embedded {
    fn transact(&mut self, work: &mut dyn FnMut(&mut dyn Tx) -> Result<()>) -> Result<()> {
        // The whole file is one writer's from the first look on, so that nothing changes between look and write.
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        work(&mut tx::EmbeddedTx { db: &tx })?;
        tx.commit()?;
        Ok(())
    }

    fn each_file(&mut self, which: Files, take: &mut dyn FnMut(FileRow) -> Result<()>) -> Result<()> {
        let sql = format!("{FILES} {} ORDER BY given_at DESC, sha256", which.filter());
        let mut statement = self.db.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            take(file_row(row)?)?;
        }
        Ok(())
    }

    fn chain(&mut self, origin: OriginId) -> Result<Option<Held>> {
        let origin = origin.to_string();
        let sql = "SELECT sequence, link,
            (SELECT count(*) FROM entries WHERE origin = ?1),
            (SELECT count(*) FROM entries WHERE origin = ?1 AND stored IS NULL),
            (SELECT count(*) FROM seen WHERE origin = ?1),
            (SELECT min(received_at) FROM checkpoints WHERE origin = ?1),
            (SELECT max(received_at) FROM checkpoints WHERE origin = ?1),
            (SELECT header FROM entries WHERE origin = ?1 ORDER BY sequence DESC LIMIT 1)
            FROM origins WHERE origin = ?1";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query([&origin])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (entries, seen) = (count(row.get(2)?), count(row.get(4)?));
        let newest = row.get::<_, Option<String>>(7)?.map(|json| header(&json)).transpose()?;
        Ok(Some(Held {
            to: HeldTo { sequence: seq(row.get(0)?), link: hash(&row.get::<_, Vec<u8>>(1)?)? },
            entries,
            gone: count(row.get(3)?),
            hashes: seen.saturating_sub(entries),
            first_came: moment(&row.get::<_, String>(5)?)?,
            last_came: moment(&row.get::<_, String>(6)?)?,
            newest: newest.map(|header| header.recorded_at),
        }))
    }

    fn files_of(&mut self, origin: OriginId) -> Result<Vec<FileRow>> {
        let sql = format!(
            "{FILES} WHERE sha256 IN (SELECT file FROM entries WHERE origin = ?1) ORDER BY given_at DESC, sha256"
        );
        let mut statement = self.db.prepare(&sql)?;
        let mut rows = statement.query([origin.to_string()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(file_row(row)?);
        }
        Ok(all)
    }

    fn cases_of(&mut self, origin: OriginId) -> Result<Vec<CaseId>> {
        let sql = "SELECT DISTINCT case_id FROM entries WHERE origin = ?1 AND case_id IS NOT NULL ORDER BY 1";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query([origin.to_string()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(id(&row.get::<_, String>(0)?, "case")?);
        }
        Ok(all)
    }

    fn cases(&mut self) -> Result<Vec<CaseId>> {
        let mut statement = self
            .db
            .prepare("SELECT DISTINCT case_id FROM entries WHERE case_id IS NOT NULL ORDER BY case_id")?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(id(&row.get::<_, String>(0)?, "case")?);
        }
        Ok(all)
    }

    fn entries(&mut self, which: Which<'_>, take: &mut dyn FnMut(EntryRow) -> Result<()>) -> Result<()> {
        let (filter, values): (String, Vec<String>) = match which {
            Which::Kinds(kinds) => {
                let marks = vec!["?"; kinds.len()].join(", ");
                (format!("kind IN ({marks})"), kinds.iter().map(|kind| (*kind).to_owned()).collect())
            }
            Which::Case(case) => (
                "case_id = ?1 OR (case_id IS NULL AND origin IN (SELECT origin FROM entries WHERE case_id = ?1))"
                    .to_owned(),
                vec![case.to_string()],
            ),
        };
        let sql = format!("SELECT header, stored FROM entries WHERE {filter} ORDER BY origin, sequence");
        let mut statement = self.db.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            take(entry_row(row)?)?;
        }
        Ok(())
    }

    fn piece(&mut self, file: Sha256, number: u32) -> Result<Option<Vec<u8>>> {
        let mut statement = self.db.prepare("SELECT piece FROM kept WHERE file = ?1 AND number = ?2")?;
        let mut rows = statement.query(params![file.0, number])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    fn papers(&mut self, case: CaseId) -> Result<Vec<(HandoverId, String)>> {
        let mut statement =
            self.db.prepare("SELECT handover, path FROM papers WHERE case_id = ?1 ORDER BY 1, 2")?;
        let mut rows = statement.query([case.to_string()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((id(&row.get::<_, String>(0)?, "handover")?, row.get(1)?));
        }
        Ok(all)
    }
}

fn file_row(row: &Row<'_>) -> Result<FileRow> {
    Ok(FileRow {
        sha256: hash(&row.get::<_, Vec<u8>>(0)?)?,
        bytes: count(row.get(1)?),
        given_at: moment(&row.get::<_, String>(2)?)?,
        outcome: outcome(&row.get::<_, String>(3)?)?,
        reason: row.get::<_, Option<String>>(4)?.map(|word| reason(&word)).transpose()?,
        handover: row.get::<_, Option<String>>(5)?.map(|text| id(&text, "handover")).transpose()?,
        contents_hash: row.get::<_, Option<Vec<u8>>>(6)?.map(|bytes| hash(&bytes)).transpose()?,
        made_by: row.get(7)?,
        receipt: row.get(8)?,
    })
}

fn entry_row(row: &Row<'_>) -> Result<EntryRow> {
    Ok(EntryRow { header: header(&row.get::<_, String>(0)?)?, stored: row.get(1)? })
}
