//! Papers that are saved as PDF where the practitioner chose. That it was done stands in the access log.
//!
//! A page is set in memory and written as a whole: one that was stopped leaves no file.

use std::path::{Path, PathBuf};

use sharewell_documents as documents;
use sharewell_records::{CaseId, DecisionId, EmergencyId, Moment};
use sharewell_vault::{Access, Beside, Reader, RecoveryCode, Vault};

use super::{Frame, Past, Told, all_answered, decision_document, emergency_document, file, kit, sheet};
use crate::error::Result;
use crate::long::{Long, at_once};
use crate::people;
use crate::views::WorkKind;
use crate::{Secret, decide, keep, store};

/// Saves a signed decision.
#[derive(Debug, Clone)]
pub struct SaveDecision {
    /// Which.
    pub id: DecisionId,
    /// Where.
    pub path: PathBuf,
}

/// Saves an emergency.
#[derive(Debug, Clone)]
pub struct SaveEmergency {
    /// Which.
    pub id: EmergencyId,
    /// Where.
    pub path: PathBuf,
}

/// Saves a child's file.
#[derive(Debug, Clone)]
pub struct SaveFile {
    /// Which.
    pub case: CaseId,
    /// Where.
    pub path: PathBuf,
}

/// Saves the separate sheet of a file's protected names: by itself, and together with no other paper.
#[derive(Debug, Clone)]
pub struct SaveRestrictedSheet {
    /// Whose file.
    pub case: CaseId,
    /// Where.
    pub path: PathBuf,
}

/// Saves the recovery kit, to be printed.
#[derive(Debug, Clone)]
pub struct SaveKit {
    /// Where.
    pub path: PathBuf,
    /// The code, as it was shown. It must be this vault's.
    pub code: Secret,
}

/// Reading and setting, writing: what is told of how far a paper is.
const STAGES: u64 = 2;

/// Sets a paper and writes it.
pub(crate) fn save<T>(
    beside: &Beside,
    now: Moment,
    path: &Path,
    set: impl FnOnce(&Reader<'_>, &Frame) -> Result<(T, Vec<u8>)>,
) -> Result<T> {
    beside.work().expect(STAGES);
    // Setting a page is one step that nothing interrupts.
    beside.work().go_on()?;
    let frame = Frame::beside(beside, now)?;
    let (given, bytes) = beside.read(|r| set(r, &frame))?;
    beside.work().did(1)?;
    keep::bytes(path, &bytes)?;
    Ok(given)
}

impl Long for SaveDecision {
    type Made = CaseId;
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<CaseId> {
        save(&beside, now, &self.path, |r, frame| {
            decide::read_signed(r, self.id, |signed| {
                let past = Past::of_file(r, &signed.family.case)?;
                let document = decision_document(signed, &past, frame)?;
                let protection = signed.family.protection(r)?;
                all_answered(&document, &protection)?;
                Ok((signed.decision.case, documents::decision(&document, &protection)?))
            })
        })
    }

    fn end(self, vault: &mut Vault, case: CaseId, now: Moment) -> Result<()> {
        store::log(vault, Some(case), now, |by| Access::Printed { by, what: format!("decision:{}", self.id) })
    }
}

impl Long for SaveEmergency {
    type Made = Option<CaseId>;
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<Option<CaseId>> {
        save(&beside, now, &self.path, |r, frame| {
            let told = Told::read(r, self.id)?;
            let protection = match &told.family {
                Some(family) => family.protection(r)?,
                None => people::protection_in_no_file(r)?,
            };
            let document = emergency_document(&told, &Past::of_emergency(r, self.id)?, frame);
            Ok((told.case(), documents::emergency(&document, &protection)?))
        })
    }

    fn end(self, vault: &mut Vault, case: Option<CaseId>, now: Moment) -> Result<()> {
        store::log(vault, case, now, |by| Access::Printed { by, what: format!("emergency:{}", self.id) })
    }
}

impl Long for SaveFile {
    type Made = ();
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<()> {
        save(&beside, now, &self.path, |r, frame| Ok(((), file::set(r, self.case, frame, now)?)))
    }

    fn end(self, vault: &mut Vault, _made: (), now: Moment) -> Result<()> {
        store::log(vault, Some(self.case), now, |by| Access::Printed {
            by,
            what: format!("file:{}", self.case),
        })
    }
}

impl Long for SaveRestrictedSheet {
    type Made = ();
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<()> {
        save(&beside, now, &self.path, |r, frame| Ok(((), sheet::set(r, self.case, frame)?)))
    }

    fn end(self, vault: &mut Vault, _made: (), now: Moment) -> Result<()> {
        store::log(vault, Some(self.case), now, |by| Access::Printed {
            by,
            what: format!("restricted_sheet:{}", self.case),
        })
    }
}

impl Long for SaveKit {
    type Made = ();
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, _now: Moment) -> Result<()> {
        Ok(vault.check_recovery_code(self.code.clone())?)
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<()> {
        let code = RecoveryCode::read(&self.code)?;
        save(&beside, now, &self.path, |r, frame| Ok(((), kit::set(r, beside.id(), &code, frame, now)?)))
    }

    fn end(self, vault: &mut Vault, _made: (), now: Moment) -> Result<()> {
        store::log(vault, None, now, |by| Access::Printed { by, what: "recovery kit".to_owned() })
    }
}

/// Saves a signed decision as PDF where the practitioner chose. It stands in the access log.
///
/// # Errors
/// [`crate::Error::Vault`] where there is none, [`crate::Error::Document`], [`crate::Error::NotWritten`].
pub fn save_decision_pdf(vault: &mut Vault, id: DecisionId, path: &Path, now: Moment) -> Result<()> {
    at_once(SaveDecision { id, path: path.to_owned() }, vault, now)
}

/// Saves an emergency as PDF where the practitioner chose. It stands in the access log.
///
/// # Errors
/// As [`save_decision_pdf`].
pub fn save_emergency_pdf(vault: &mut Vault, id: EmergencyId, path: &Path, now: Moment) -> Result<()> {
    at_once(SaveEmergency { id, path: path.to_owned() }, vault, now)
}

/// Saves a child's file as PDF where the practitioner chose. It stands in the access log.
///
/// # Errors
/// As [`save_decision_pdf`].
pub fn save_file_summary(vault: &mut Vault, case: CaseId, path: &Path, now: Moment) -> Result<()> {
    at_once(SaveFile { case, path: path.to_owned() }, vault, now)
}

/// Saves the separate sheet of a file's protected names as PDF where the practitioner chose. It stands in the access
/// log.
///
/// # Errors
/// As [`save_decision_pdf`]; [`crate::Error::NobodyProtected`] where the file protects nobody.
pub fn save_restricted_sheet(vault: &mut Vault, case: CaseId, path: &Path, now: Moment) -> Result<()> {
    at_once(SaveRestrictedSheet { case, path: path.to_owned() }, vault, now)
}

/// Saves the recovery kit, to be printed, where the practitioner chose. It stands in the access log.
///
/// # Errors
/// [`crate::Error::Vault`] where the code is another vault's, [`crate::Error::Document`],
/// [`crate::Error::NotWritten`].
pub fn save_recovery_kit(vault: &mut Vault, path: &Path, code: &Secret, now: Moment) -> Result<()> {
    at_once(SaveKit { path: path.to_owned(), code: code.clone() }, vault, now)
}
