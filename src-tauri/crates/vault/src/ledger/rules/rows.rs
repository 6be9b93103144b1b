//! Looks into tables, for what may be appended.

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{AccountNote, Case, CaseId, CaseKind, HandoverId, Payload, ReceivedId, Share};

use crate::ledger::set_apart;
use crate::tables::{handovers, shares};
use crate::{Error, Result};

/// Looks into projections. Table and column names are this file's own, never anything typed.
pub(super) struct Rows<'a> {
    pub db: &'a Connection,
}

impl Rows<'_> {
    pub fn has(&self, table: &str, id: &dyn std::fmt::Display) -> Result<bool> {
        Ok(self
            .db
            .prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?
            .exists([id.to_string()])?)
    }

    pub fn present(&self, table: &str, id: &dyn std::fmt::Display, what: &'static str) -> Result<()> {
        if self.has(table, id)? { Ok(()) } else { Err(Error::NoSuch { what }) }
    }

    pub fn absent(&self, table: &str, id: &dyn std::fmt::Display, what: &'static str) -> Result<()> {
        if self.has(table, id)? { Err(Error::AlreadyRecorded { what }) } else { Ok(()) }
    }

    /// Not there yet; or stated again in a restricted file, where it may stand once more.
    pub fn once(
        &self,
        case: Option<CaseId>,
        table: &str,
        id: &dyn std::fmt::Display,
        what: &'static str,
        payload: &Payload,
    ) -> Result<()> {
        if self.may_be_said_again(case, id, payload)? { Ok(()) } else { self.absent(table, id, what) }
    }

    /// There and open; or closed in a child's file, and that is said again in a restricted one.
    pub fn closes(
        &self,
        case: Option<CaseId>,
        (table, column): (&str, &str),
        id: &dyn std::fmt::Display,
        what: &'static str,
        payload: &Payload,
    ) -> Result<()> {
        if self.may_be_said_again(case, id, payload)? {
            return self.present(table, id, what);
        }
        self.open(table, column, id, what)
    }

    /// A restricted file says again what a child's file says of people and of what happened, so that it can be
    /// read, checked and handed over without the child's file; each thing once.
    pub fn may_be_said_again(
        &self,
        case: Option<CaseId>,
        id: &dyn std::fmt::Display,
        payload: &Payload,
    ) -> Result<bool> {
        let Some(case) = case else { return Ok(false) };
        if !set_apart::is_restricted(self.db, Some(case))? {
            return Ok(false);
        }
        let sql = "SELECT 1 FROM subjects s JOIN entries e ON e.n = s.entry \
                   WHERE s.subject = ?1 AND e.case_id = ?2 AND e.kind = ?3";
        let said = self.db.prepare_cached(sql)?.exists([
            id.to_string(),
            case.to_string(),
            payload.kind().to_owned(),
        ])?;
        Ok(!said)
    }

    /// An allegation stands beside a child's file, never beside a restricted one or one without a child; every other
    /// file beside none.
    pub fn beside(&self, opened: &Case) -> Result<()> {
        match (opened.kind.stands_beside(), opened.beside) {
            (false, None) => Ok(()),
            (true, Some(beside)) => {
                self.present("cases", &beside, "case")?;
                let childs = "SELECT 1 FROM cases WHERE id = ?1 AND kind = ?2";
                match self
                    .db
                    .prepare_cached(childs)?
                    .exists([beside.to_string(), CaseKind::Family.word().to_owned()])?
                {
                    true => Ok(()),
                    false => Err(Error::CaseMismatch { kind: "case_opened" }),
                }
            }
            (false, Some(_)) | (true, None) => Err(Error::CaseMismatch { kind: "case_opened" }),
        }
    }

    /// What a file is for and beside which it stands never changes.
    pub fn same_kind(&self, amended: &Case) -> Result<()> {
        let beside = amended.beside.map(|beside| beside.to_string());
        let sql = "SELECT 1 FROM cases WHERE id = ?1 AND (kind <> ?2 OR beside IS NOT ?3)";
        let changed = self.db.prepare_cached(sql)?.exists(params![
            amended.id.to_string(),
            amended.kind.word(),
            beside
        ])?;
        if changed { Err(Error::CaseMismatch { kind: "case_amended" }) } else { Ok(()) }
    }

    /// A share stands with its decision, begins as it is made, and goes on a step at a time.
    pub fn next_step(&self, case: Option<CaseId>, share: &Share) -> Result<()> {
        self.present("decisions", &share.decision, "decision")?;
        if !self.is_of(case, "decisions", &share.decision)? {
            return Err(Error::CaseMismatch { kind: "share_recorded" });
        }
        if !self.has("shares", &share.id)? {
            let begins = share.is_new();
            return if begins { Ok(()) } else { Err(Error::NoSuch { what: "share" }) };
        }
        match shares::find(self.db, share.id)? {
            Some(before) if share.follows(&before.record) => Ok(()),
            // What is gone, or was written by a newer version, is not gone on with.
            Some(_) | None => Err(Error::AlreadyRecorded { what: "share" }),
        }
    }

    /// An account is of something that left the same file.
    pub fn has_left(&self, case: Option<CaseId>, note: &AccountNote) -> Result<()> {
        if note.of.is_empty() {
            return Err(Error::NoSuch { what: "disclosure" });
        }
        for of in &note.of {
            self.present("sharing_log", of, "disclosure")?;
            if !self.is_of(case, "sharing_log", of)? {
                return Err(Error::CaseMismatch { kind: "account_noted" });
            }
        }
        Ok(())
    }

    /// Whether a thing stands in a file, or in none.
    pub fn is_of(&self, case: Option<CaseId>, table: &str, id: &dyn std::fmt::Display) -> Result<bool> {
        let sql = format!("SELECT 1 FROM {table} WHERE id = ?1 AND case_id IS ?2");
        let case = case.map(|case| case.to_string());
        Ok(self.db.prepare_cached(&sql)?.exists(params![id.to_string(), case])?)
    }

    /// Whether a thing is closed; none where it is not there.
    pub fn closed(&self, table: &str, column: &str, id: &dyn std::fmt::Display) -> Result<Option<bool>> {
        let sql = format!("SELECT {column} IS NOT NULL FROM {table} WHERE id = ?1");
        Ok(self.db.prepare_cached(&sql)?.query_row([id.to_string()], |row| row.get(0)).optional()?)
    }

    pub fn open(
        &self,
        table: &str,
        column: &str,
        id: &dyn std::fmt::Display,
        what: &'static str,
    ) -> Result<()> {
        match self.closed(table, column, id)? {
            Some(false) => Ok(()),
            Some(true) => Err(Error::AlreadyClosed { what }),
            None => Err(Error::NoSuch { what }),
        }
    }

    /// Something that came to us stands open in this file.
    pub fn open_in(&self, case: Option<CaseId>, id: ReceivedId, payload: &Payload) -> Result<()> {
        self.open("received", "withdrawn", &id, "received")?;
        match self.is_of(case, "received", &id)? {
            true => Ok(()),
            false => Err(Error::CaseMismatch { kind: payload.kind() }),
        }
    }

    /// A handover of which a file may be anywhere is not dropped.
    pub fn never_written(&self, id: &HandoverId) -> Result<()> {
        if handovers::is_out(self.db, *id)? { Err(Error::AlreadyClosed { what: "handover" }) } else { Ok(()) }
    }
}
