//! What is done within one transaction of a database.

use std::io::Read;

use postgres::Transaction;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::Type;
use sharewell_exchange::receipt::{Disposal, HeldTo, NamedEntry};
use sharewell_records::{CaseId, Day, Moment, OriginId, Payload, ReadPayload, Seq, Sha256};

use super::super::row::{hash, header_json, int, moment, outcome_word, seq};
use super::super::{EntryRow, FileRow, NewEntry, Paper, Tx};
use super::{FILES, entry_row, file_row};
use crate::compare::{Known, Seen};
use crate::pieces::each_piece;
use crate::{Error, Result};

pub(super) struct PostgresTx<'a> {
    pub(super) tx: Transaction<'a>,
}

impl Tx for PostgresTx<'_> {
    fn given(&mut self, file: Sha256) -> Result<Option<FileRow>> {
        let row = self.tx.query_opt(&format!("{FILES} WHERE sha256 = $1"), &[&&file.0[..]])?;
        row.as_ref().map(file_row).transpose()
    }

    fn newest(&mut self) -> Result<Option<Moment>> {
        let row = self.tx.query_one("SELECT max(given_at COLLATE \"C\") FROM files", &[])?;
        row.try_get::<_, Option<&str>>(0)?.map(moment).transpose()
    }

    fn lock(&mut self, origins: &[OriginId]) -> Result<()> {
        // In the order of their ids, so that no two intakes wait for one another.
        for origin in origins {
            let origin = origin.to_string();
            self.tx.execute(
                "INSERT INTO origins (origin, sequence, link) VALUES ($1, 0, '') ON CONFLICT DO NOTHING",
                &[&origin],
            )?;
            self.tx.query("SELECT 1 FROM origins WHERE origin = $1 FOR UPDATE", &[&origin])?;
        }
        Ok(())
    }

    fn known(&mut self, origin: OriginId, from: Seq, to: Seq) -> Result<Known> {
        let origin = origin.to_string();
        let held = self
            .tx
            .query_opt("SELECT sequence, link FROM origins WHERE origin = $1 AND sequence > 0", &[&origin])?;
        let held = held
            .map(|row| {
                Ok::<_, Error>(HeldTo { sequence: seq(row.try_get(0)?), link: hash(row.try_get(1)?)? })
            })
            .transpose()?;
        let mut known = Known { held, ..Known::default() };
        let rows = self.tx.query(
            "SELECT seen.sequence, seen.entry_hash, entries.sequence IS NOT NULL FROM seen
             LEFT JOIN entries ON entries.origin = seen.origin AND entries.sequence = seen.sequence
             WHERE seen.origin = $1 AND seen.sequence BETWEEN $2 AND $3",
            &[&origin, &int(from.0), &int(to.0)],
        )?;
        for row in rows {
            let seen = Seen { entry_hash: hash(row.try_get(1)?)?, entry: row.try_get(2)? };
            known.seen.insert(seq(row.try_get(0)?), seen);
        }
        Ok(known)
    }

    fn checkpoint_before(&mut self, origin: OriginId, day: Day) -> Result<Option<Seq>> {
        let row = self.tx.query_one(
            "SELECT max(sequence) FROM checkpoints WHERE origin = $1 AND received_on < $2 COLLATE \"C\"",
            &[&origin.to_string(), &day.to_string()],
        )?;
        Ok(row.try_get::<_, Option<i64>>(0)?.map(seq))
    }

    fn first_entry(&mut self, origin: OriginId) -> Result<Option<EntryRow>> {
        let row = self.tx.query_opt(
            "SELECT header, stored FROM entries WHERE origin = $1 AND sequence = 1",
            &[&origin.to_string()],
        )?;
        row.as_ref().map(entry_row).transpose()
    }

    fn put(
        &mut self,
        origin: OriginId,
        file: Sha256,
        seen: &[NamedEntry],
        entries: &[NewEntry<'_>],
    ) -> Result<()> {
        let origin = origin.to_string();
        self.put_seen(&origin, seen)?;
        self.put_entries(&origin, file, entries)?;
        self.put_cases(entries)
    }

    fn put_held(&mut self, origin: OriginId, held: HeldTo) -> Result<()> {
        self.tx.execute(
            "INSERT INTO origins (origin, sequence, link) VALUES ($1, $2, $3)
             ON CONFLICT (origin) DO UPDATE SET sequence = excluded.sequence, link = excluded.link",
            &[&origin.to_string(), &int(held.sequence.0), &&held.link.0[..]],
        )?;
        Ok(())
    }

    fn put_checkpoint(&mut self, origin: OriginId, held: HeldTo, at: Moment) -> Result<()> {
        self.tx.execute(
            "INSERT INTO checkpoints (origin, sequence, link, received_at, received_on)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            &[
                &origin.to_string(),
                &int(held.sequence.0),
                &&held.link.0[..],
                &at.to_string(),
                &sharewell_records::london_day(at).to_string(),
            ],
        )?;
        Ok(())
    }

    fn put_paper(&mut self, paper: &Paper) -> Result<()> {
        self.tx.execute(
            "INSERT INTO papers (handover, path, case_id, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            &[
                &paper.handover.to_string(),
                &paper.path,
                &paper.case.map(|case| case.to_string()),
                &paper.bytes,
            ],
        )?;
        Ok(())
    }

    fn date_back(&mut self, now: Moment) -> Result<()> {
        let sql = "UPDATE files SET given_at = $1 WHERE given_at > $1 COLLATE \"C\"";
        self.tx.execute(sql, &[&now.to_string()])?;
        Ok(())
    }

    fn put_file(&mut self, row: &FileRow) -> Result<()> {
        self.tx.execute(
            "INSERT INTO files (sha256, bytes, given_at, outcome, reason, handover, contents_hash, made_by, receipt)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (sha256) DO UPDATE SET given_at = excluded.given_at, outcome = excluded.outcome,
               reason = excluded.reason, handover = excluded.handover, contents_hash = excluded.contents_hash,
               made_by = excluded.made_by, receipt = excluded.receipt",
            &[
                &&row.sha256.0[..],
                &int(row.bytes),
                &row.given_at.to_string(),
                &outcome_word(row.outcome),
                &row.reason.map(|reason| reason.word()),
                &row.handover.map(|handover| handover.to_string()),
                &row.contents_hash.as_ref().map(|hash| &hash.0[..]),
                &row.made_by,
                &row.receipt,
            ],
        )?;
        Ok(())
    }

    fn keep(&mut self, file: Sha256, bytes: &mut dyn Read) -> Result<()> {
        let kept = self.tx.query_opt("SELECT 1 FROM kept WHERE file = $1 AND number = 0", &[&&file.0[..]])?;
        if kept.is_some() {
            return Ok(());
        }
        let put = self.tx.prepare("INSERT INTO kept (file, number, piece) VALUES ($1, $2, $3)")?;
        each_piece(bytes, file, |number, piece| {
            self.tx.execute(&put, &[&&file.0[..], &i64::from(number), &piece])?;
            Ok(())
        })
    }

    fn let_go(&mut self, file: Sha256) -> Result<()> {
        self.tx.execute("DELETE FROM kept WHERE file = $1", &[&&file.0[..]])?;
        Ok(())
    }

    fn tell_disposals(&mut self, origins: &[OriginId], receipt: uuid::Uuid) -> Result<Vec<Disposal>> {
        let mut all = Vec::new();
        for origin in origins {
            let name = origin.to_string();
            let rows = self.tx.query(
                "SELECT sequence, entry_hash, at, authority FROM disposals
                 WHERE origin = $1 AND told_in IS NULL ORDER BY sequence",
                &[&name],
            )?;
            for row in rows {
                all.push(Disposal {
                    origin: *origin,
                    sequence: seq(row.try_get(0)?),
                    entry_hash: hash(row.try_get(1)?)?,
                    at: moment(row.try_get(2)?)?,
                    authority: row.try_get(3)?,
                });
            }
            self.tx.execute(
                "UPDATE disposals SET told_in = $2 WHERE origin = $1 AND told_in IS NULL",
                &[&name, &receipt.to_string()],
            )?;
        }
        Ok(all)
    }

    fn has_paper(&mut self, path: &str) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM papers WHERE path = $1)";
        Ok(self.tx.query_one(sql, &[&path])?.try_get(0)?)
    }

    fn is_disposed(&mut self, case: CaseId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM disposals WHERE case_id = $1)";
        Ok(self.tx.query_one(sql, &[&case.to_string()])?.try_get(0)?)
    }

    fn dispose(&mut self, case: CaseId, at: Moment, authority: &str) -> Result<u64> {
        let case = case.to_string();
        let logged = self.tx.execute(
            "INSERT INTO disposals (origin, sequence, entry_hash, case_id, at, authority)
             SELECT entries.origin, entries.sequence, seen.entry_hash, entries.case_id, $2, $3 FROM entries
             JOIN seen ON seen.origin = entries.origin AND seen.sequence = entries.sequence
             WHERE entries.part = $1 AND entries.case_id = $1 AND entries.stored IS NOT NULL",
            &[&case, &at.to_string(), &authority],
        )?;
        self.tx.execute(
            "UPDATE entries SET stored = NULL, salt = NULL WHERE part = $1 AND case_id = $1 AND stored IS NOT NULL",
            &[&case],
        )?;
        self.tx.execute("DELETE FROM papers WHERE case_id = $1", &[&case])?;
        Ok(logged)
    }
}

impl PostgresTx<'_> {
    /// COPY into a staging table, INSERT what is not there, and hold the hashes of what was to one another.
    fn put_seen(&mut self, origin: &str, seen: &[NamedEntry]) -> Result<()> {
        if seen.is_empty() {
            return Ok(());
        }
        self.tx.execute("DELETE FROM staged_seen", &[])?;
        let copy = self.tx.copy_in("COPY staged_seen (sequence, entry_hash) FROM STDIN BINARY")?;
        let mut rows = BinaryCopyInWriter::new(copy, &[Type::INT8, Type::BYTEA]);
        for one in seen {
            rows.write(&[&int(one.sequence.0), &&one.entry_hash.0[..]])?;
        }
        rows.finish()?;
        self.tx.execute(
            "INSERT INTO seen (origin, sequence, entry_hash) SELECT $1, sequence, entry_hash FROM staged_seen
             ON CONFLICT DO NOTHING",
            &[&origin],
        )?;
        let other = self.tx.query_one(
            "SELECT count(*) FROM staged_seen JOIN seen ON seen.origin = $1 AND seen.sequence = staged_seen.sequence
             WHERE seen.entry_hash <> staged_seen.entry_hash",
            &[&origin],
        )?;
        if other.try_get::<_, i64>(0)? == 0 { Ok(()) } else { Err(Error::Together) }
    }

    fn put_entries(&mut self, origin: &str, file: Sha256, entries: &[NewEntry<'_>]) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        self.tx.execute("DELETE FROM staged_entries", &[])?;
        let copy = self.tx.copy_in(
            "COPY staged_entries (part, sequence, case_id, kind, header, payload_hash, salt, stored)
             FROM STDIN BINARY",
        )?;
        let text = Type::TEXT;
        let types = [
            text.clone(),
            Type::INT8,
            text.clone(),
            text.clone(),
            text,
            Type::BYTEA,
            Type::BYTEA,
            Type::BYTEA,
        ];
        let mut rows = BinaryCopyInWriter::new(copy, &types);
        for one in entries {
            let case = one.header.case.map(|case| case.to_string());
            let part = case.as_deref().unwrap_or(origin);
            let (salt, stored) = one.content.map(|(salt, stored)| (&salt[..], stored)).unzip();
            rows.write(&[
                &part,
                &int(one.header.sequence.0),
                &case,
                &one.header.kind,
                &header_json(one.header)?,
                &&one.payload_hash.0[..],
                &salt,
                &stored,
            ])?;
        }
        rows.finish()?;
        let put = self.tx.execute(
            "INSERT INTO entries
               (part, origin, sequence, case_id, kind, header, payload_hash, salt, stored, file)
             SELECT part, $1, sequence, case_id, kind, header, payload_hash, salt, stored, $2 FROM staged_entries
             ON CONFLICT DO NOTHING",
            &[&origin, &&file.0[..]],
        )?;
        // Each was found missing under the lock of its chain: one that is there now was written past it.
        if put == entries.len() as u64 { Ok(()) } else { Err(Error::Together) }
    }

    /// What row security goes by: which files are restricted.
    fn put_cases(&mut self, entries: &[NewEntry<'_>]) -> Result<()> {
        let cases: Vec<(String, bool)> = entries.iter().filter_map(opened).collect();
        if cases.is_empty() {
            return Ok(());
        }
        let put = self
            .tx
            .prepare("INSERT INTO cases (case_id, restricted) VALUES ($1, $2) ON CONFLICT DO NOTHING")?;
        for (id, restricted) in &cases {
            self.tx.execute(&put, &[id, restricted])?;
        }
        Ok(())
    }
}

/// The kind of what opens a file.
const OPENS: &str = "case_opened";

/// The file that an entry opens, and whether it is restricted.
fn opened(entry: &NewEntry<'_>) -> Option<(String, bool)> {
    let (_, stored) = entry.content.filter(|_| entry.header.kind == OPENS)?;
    match Payload::read(&entry.header.kind, entry.header.version, stored) {
        Ok(ReadPayload::Known(payload)) => match *payload {
            Payload::CaseOpened { case } => Some((case.id.to_string(), case.kind.is_restricted())),
            _ => None,
        },
        Ok(ReadPayload::Unknown { .. }) | Err(_) => None,
    }
}
