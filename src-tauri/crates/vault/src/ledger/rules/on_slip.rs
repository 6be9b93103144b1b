//! Consent, slips, what is answered on them, and what may be left with somebody.

use sharewell_records::{CaseId, ConsentEvent, Leaving, OnSlip, Slip};

use super::Rows;
use crate::tables::slips;
use crate::{Error, Result};

impl Rows<'_> {
    /// An event of consent stands in a file, is said once, and strikes only what stands in the same one. Words that were
    /// shown are the words of which the hash was taken.
    pub(super) fn may_be_answered(&self, case: Option<CaseId>, consent: &ConsentEvent) -> Result<()> {
        if case.is_none() {
            return Err(Error::CaseMismatch { kind: "consent_recorded" });
        }
        if consent.wording.as_ref().is_some_and(|wording| !wording.is_whole()) {
            return Err(Error::NotAllowed { kind: "consent_recorded".to_owned() });
        }
        if let Some(struck) = consent.strikes() {
            self.present("consents", &struck, "consent")?;
            if !self.is_of(case, "consents", &struck)? {
                return Err(Error::CaseMismatch { kind: "consent_recorded" });
            }
        }
        if let Some(on) = &consent.slip {
            self.is_on_slip(case, on)?;
        }
        self.absent("consents", &consent.id, "consent")
    }

    /// A slip stands in a file, is made once, and its words are those of which the hash was taken.
    pub(super) fn may_be_made(&self, case: Option<CaseId>, slip: &Slip) -> Result<()> {
        if case.is_none() {
            return Err(Error::CaseMismatch { kind: "slip_made" });
        }
        if !slip.is_whole() {
            return Err(Error::NotAllowed { kind: "slip_made".to_owned() });
        }
        self.absent("slips", &slip.id, "slip")
    }

    /// What may be left with somebody is said in a file, of a person who is there.
    pub(super) fn may_be_said(&self, case: Option<CaseId>, leaving: &Leaving) -> Result<()> {
        if case.is_none() {
            return Err(Error::CaseMismatch { kind: "leaving_said" });
        }
        self.present("people", &leaving.person, "person")?;
        self.absent("leavings", &leaving.id, "leaving")
    }

    /// A slip stands in the same file and has the words that were signed, and so does the signature.
    fn is_on_slip(&self, case: Option<CaseId>, on: &OnSlip) -> Result<()> {
        let mismatch = || Err(Error::CaseMismatch { kind: "consent_recorded" });
        self.present("slips", &on.slip, "slip")?;
        if !self.is_of(case, "slips", &on.slip)? {
            return mismatch();
        }
        if slips::find(self.db, on.slip)?.is_some_and(|slip| slip.record.hash != on.hash) {
            return Err(Error::NotAllowed { kind: "consent_recorded".to_owned() });
        }
        if let Some(signature) = on.signature {
            self.present("attachments", &signature, "attachment")?;
            if !self.is_of(case, "attachments", &signature)? {
                return mismatch();
            }
        }
        Ok(())
    }
}
