//! What is done within one transaction of the embedded store.

use std::io::Read;

use rusqlite::{OptionalExtension as _, Transaction, params};
use sharewell_exchange::receipt::{Disposal, HeldTo, NamedEntry};
use sharewell_records::{CaseId, Day, Moment, OriginId, Seq, Sha256};

use super::super::row::{count, hash, header_json, int, moment, outcome_word, seq};
use super::super::{EntryRow, FileRow, NewEntry, Paper, Tx};
use super::{FILES, entry_row, file_row};
use crate::compare::{Known, Seen};
use crate::pieces::each_piece;
use crate::{Error, Result};

pub(super) struct EmbeddedTx<'a> {
    pub(super) db: &'a Transaction<'a>,
}

impl Tx for EmbeddedTx<'_> {
    fn given(&mut self, file: Sha256) -> Result<Option<FileRow>> {
        let mut statement = self.db.prepare_cached(&format!("{FILES} WHERE sha256 = ?1"))?;
        let mut rows = statement.query([file.0])?;
        rows.next()?.map(file_row).transpose()
    }

    fn newest(&mut self) -> Result<Option<Moment>> {
        // Written in UTC by one clock, so that they sort as text.
        let newest: Option<String> =
            self.db.query_row("SELECT max(given_at) FROM files", [], |row| row.get(0))?;
        newest.map(|text| moment(&text)).transpose()
    }

    fn lock(&mut self, _: &[OriginId]) -> Result<()> {
        // The transaction has the whole file already.
        Ok(())
    }

    fn known(&mut self, origin: OriginId, from: Seq, to: Seq) -> Result<Known> {
        let held = self
            .db
            .prepare_cached("SELECT sequence, link FROM origins WHERE origin = ?1")?
            .query_row([origin.to_string()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))
            .optional()?;
        let held = held
            .map(|(at, link)| Ok::<_, Error>(HeldTo { sequence: seq(at), link: hash(&link)? }))
            .transpose()?;
        let mut known = Known { held, ..Known::default() };
        let mut statement = self.db.prepare_cached(
            "SELECT seen.sequence, seen.entry_hash, entries.sequence IS NOT NULL FROM seen
             LEFT JOIN entries ON entries.origin = seen.origin AND entries.sequence = seen.sequence
             WHERE seen.origin = ?1 AND seen.sequence BETWEEN ?2 AND ?3",
        )?;
        let mut rows = statement.query(params![origin.to_string(), int(from.0), int(to.0)])?;
        while let Some(row) = rows.next()? {
            let seen = Seen { entry_hash: hash(&row.get::<_, Vec<u8>>(1)?)?, entry: row.get(2)? };
            known.seen.insert(seq(row.get(0)?), seen);
        }
        Ok(known)
    }

    fn checkpoint_before(&mut self, origin: OriginId, day: Day) -> Result<Option<Seq>> {
        let at: Option<i64> = self
            .db
            .prepare_cached("SELECT max(sequence) FROM checkpoints WHERE origin = ?1 AND received_on < ?2")?
            .query_row([origin.to_string(), day.to_string()], |row| row.get(0))?;
        Ok(at.map(seq))
    }

    fn first_entry(&mut self, origin: OriginId) -> Result<Option<EntryRow>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT header, stored FROM entries WHERE origin = ?1 AND sequence = 1")?;
        let mut rows = statement.query([origin.to_string()])?;
        rows.next()?.map(entry_row).transpose()
    }

    fn put(
        &mut self,
        origin: OriginId,
        file: Sha256,
        seen: &[NamedEntry],
        entries: &[NewEntry<'_>],
    ) -> Result<()> {
        let origin = origin.to_string();
        let mut place =
            self.db.prepare_cached("INSERT INTO seen (origin, sequence, entry_hash) VALUES (?1, ?2, ?3)")?;
        for one in seen {
            place.execute(params![origin, int(one.sequence.0), one.entry_hash.0])?;
        }
        let mut put = self.db.prepare_cached(
            "INSERT INTO entries (origin, sequence, case_id, kind, header, payload_hash, salt, stored, file)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for one in entries {
            put.execute(params![
                origin,
                int(one.header.sequence.0),
                one.header.case.map(|case| case.to_string()),
                one.header.kind,
                header_json(one.header)?,
                one.payload_hash.0,
                one.content.map(|(salt, _)| salt),
                one.content.map(|(_, stored)| stored),
                file.0,
            ])?;
        }
        Ok(())
    }

    fn put_held(&mut self, origin: OriginId, held: HeldTo) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO origins (origin, sequence, link) VALUES (?1, ?2, ?3)
                 ON CONFLICT (origin) DO UPDATE SET sequence = excluded.sequence, link = excluded.link",
            )?
            .execute(params![origin.to_string(), int(held.sequence.0), held.link.0])?;
        Ok(())
    }

    fn put_checkpoint(&mut self, origin: OriginId, held: HeldTo, at: Moment) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO checkpoints (origin, sequence, link, received_at, received_on)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                origin.to_string(),
                int(held.sequence.0),
                held.link.0,
                at.to_string(),
                sharewell_records::london_day(at).to_string(),
            ])?;
        Ok(())
    }

    fn put_paper(&mut self, paper: &Paper) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO papers (handover, path, case_id, bytes) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                paper.handover.to_string(),
                paper.path,
                paper.case.map(|case| case.to_string()),
                paper.bytes,
            ])?;
        Ok(())
    }

    fn date_back(&mut self, now: Moment) -> Result<()> {
        self.db.execute("UPDATE files SET given_at = ?1 WHERE given_at > ?1", [now.to_string()])?;
        Ok(())
    }

    fn put_file(&mut self, row: &FileRow) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO files (sha256, bytes, given_at, outcome, reason, handover, contents_hash, made_by,
                   receipt)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (sha256) DO UPDATE SET given_at = excluded.given_at, outcome = excluded.outcome,
                   reason = excluded.reason, handover = excluded.handover,
                   contents_hash = excluded.contents_hash, made_by = excluded.made_by, receipt = excluded.receipt",
            )?
            .execute(params![
                row.sha256.0,
                int(row.bytes),
                row.given_at.to_string(),
                outcome_word(row.outcome),
                row.reason.map(|reason| reason.word()),
                row.handover.map(|handover| handover.to_string()),
                row.contents_hash.map(|hash| hash.0),
                row.made_by,
                row.receipt,
            ])?;
        Ok(())
    }

    fn keep(&mut self, file: Sha256, bytes: &mut dyn Read) -> Result<()> {
        let kept: bool =
            self.db.query_row("SELECT EXISTS (SELECT 1 FROM kept WHERE file = ?1)", [file.0], |row| {
                row.get(0)
            })?;
        if kept {
            return Ok(());
        }
        let mut put = self.db.prepare_cached("INSERT INTO kept (file, number, piece) VALUES (?1, ?2, ?3)")?;
        each_piece(bytes, file, |number, piece| Ok(put.execute(params![file.0, number, piece]).map(drop)?))
    }

    fn let_go(&mut self, file: Sha256) -> Result<()> {
        self.db.prepare_cached("DELETE FROM kept WHERE file = ?1")?.execute([file.0])?;
        Ok(())
    }

    fn tell_disposals(&mut self, origins: &[OriginId], receipt: uuid::Uuid) -> Result<Vec<Disposal>> {
        let mut all = Vec::new();
        for origin in origins {
            let mut statement = self.db.prepare_cached(
                "SELECT sequence, entry_hash, at, authority FROM disposals
                 WHERE origin = ?1 AND told_in IS NULL ORDER BY sequence",
            )?;
            let mut rows = statement.query([origin.to_string()])?;
            while let Some(row) = rows.next()? {
                all.push(Disposal {
                    origin: *origin,
                    sequence: seq(row.get(0)?),
                    entry_hash: hash(&row.get::<_, Vec<u8>>(1)?)?,
                    at: moment(&row.get::<_, String>(2)?)?,
                    authority: row.get(3)?,
                });
            }
            self.db
                .prepare_cached("UPDATE disposals SET told_in = ?2 WHERE origin = ?1 AND told_in IS NULL")?
                .execute(params![origin.to_string(), receipt.as_bytes()])?;
        }
        Ok(all)
    }

    fn has_paper(&mut self, path: &str) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM papers WHERE path = ?1)";
        Ok(self.db.query_row(sql, [path], |row| row.get(0))?)
    }

    fn is_disposed(&mut self, case: CaseId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM disposals WHERE case_id = ?1)";
        Ok(self.db.query_row(sql, [case.to_string()], |row| row.get(0))?)
    }

    fn dispose(&mut self, case: CaseId, at: Moment, authority: &str) -> Result<u64> {
        let case = case.to_string();
        let logged = self.db.execute(
            "INSERT INTO disposals (origin, sequence, entry_hash, case_id, at, authority)
             SELECT entries.origin, entries.sequence, seen.entry_hash, entries.case_id, ?2, ?3 FROM entries
             JOIN seen ON seen.origin = entries.origin AND seen.sequence = entries.sequence
             WHERE entries.case_id = ?1 AND entries.stored IS NOT NULL",
            params![case, at.to_string(), authority],
        )?;
        self.db.execute(
            "UPDATE entries SET stored = NULL, salt = NULL WHERE case_id = ?1 AND stored IS NOT NULL",
            [&case],
        )?;
        self.db.execute("DELETE FROM papers WHERE case_id = ?1", [&case])?;
        Ok(count(i64::try_from(logged).unwrap_or(0)))
    }
}
