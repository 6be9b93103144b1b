//! What may be said of a statement, and of a record that another agency holds.

use sharewell_records::{CaseId, HeldElsewhere, Statement};

use super::Rows;
use crate::tables::{elsewhere, statements};
use crate::{Error, Result};

impl Rows<'_> {
    /// A statement stands in the file of whomever it is about, begins as a reviewed draft, and goes on a step at a time.
    pub(super) fn next_of_statement(&self, case: Option<CaseId>, statement: &Statement) -> Result<()> {
        const KIND: &str = "statement_recorded";
        if case.is_none() {
            return Err(Error::CaseMismatch { kind: KIND });
        }
        if !self.has("statements", &statement.id)? {
            self.present("people", &statement.about, "person")?;
            if let Some(before) = statement.instead_of {
                self.present("statements", &before, "statement")?;
                if !self.is_of(case, "statements", &before)? {
                    return Err(Error::CaseMismatch { kind: KIND });
                }
            }
            // What nobody reviewed line by line is no draft, and what is answered before it was drafted is none either.
            let begins = statement.is_new() && statement.is_reviewed();
            return if begins { Ok(()) } else { Err(Error::NotAllowed { kind: KIND.to_owned() }) };
        }
        if !self.is_of(case, "statements", &statement.id)? {
            return Err(Error::CaseMismatch { kind: KIND });
        }
        match statements::find(self.db, statement.id)? {
            Some(before) if statement.follows(&before.record) => Ok(()),
            // What is gone, or was written by a newer version, is not gone on with.
            Some(_) | None => Err(Error::AlreadyRecorded { what: "statement" }),
        }
    }

    /// A record that another agency holds is told in a file, and what is changed of it says why.
    pub(super) fn known_elsewhere(&self, case: Option<CaseId>, held: &HeldElsewhere) -> Result<()> {
        const KIND: &str = "elsewhere_recorded";
        if case.is_none() {
            return Err(Error::CaseMismatch { kind: KIND });
        }
        if !self.has("held_elsewhere", &held.id)? {
            return match held.follows(None) {
                true => Ok(()),
                false => Err(Error::NotAllowed { kind: KIND.to_owned() }),
            };
        }
        if !self.is_of(case, "held_elsewhere", &held.id)? {
            return Err(Error::CaseMismatch { kind: KIND });
        }
        match elsewhere::find(self.db, held.id)? {
            Some(before) if held.follows(Some(&before.record)) => Ok(()),
            // What is gone, or was written by a newer version, is not gone on with.
            Some(_) | None => Err(Error::AlreadyRecorded { what: "record" }),
        }
    }
}
