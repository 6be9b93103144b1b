//! What of a paper cannot be printed, told before it is written.

use serde::{Deserialize, Serialize};
use sharewell_documents as documents;
use sharewell_records::{CaseId, DecisionId, EmergencyId, Moment, ObligationId};
use sharewell_vault::{Vault, ledger};
use specta::Type;

use super::referral::Made;
use super::{Frame, Past, Told, decision_document, emergency_document, file, sheet};
use crate::error::Result;
use crate::{decide, store};

/// A paper that can be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "paper", content = "of", rename_all = "snake_case")]
pub enum WhichPaper {
    /// A signed decision.
    Decision(DecisionId),
    /// An emergency.
    Emergency(EmergencyId),
    /// A child's file.
    File(CaseId),
    /// The sheet of a file's protected names.
    Sheet(CaseId),
    /// The referral of a duty to confirm in writing.
    Referral(ObligationId),
}

/// The lines of a paper in which something has no letter in the typefaces, and would be printed as a code. Nothing is
/// written for it.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such thing; [`crate::Error::NobodyProtected`] for a sheet of nobody.
pub fn not_printed(vault: &Vault, paper: WhichPaper, now: Moment) -> Result<Vec<String>> {
    store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        Ok(match paper {
            WhichPaper::Decision(id) => decide::read_signed(r, id, |signed| {
                let past = Past::of_file(r, &signed.family.case)?;
                let document = decision_document(signed, &past, &frame)?;
                Ok(documents::not_printed(documents::Paper::Decision(
                    &document,
                    &signed.family.protection(r)?,
                ))?)
            })?,
            WhichPaper::Emergency(id) => {
                let told = Told::read(r, id)?;
                let protection =
                    told.family.as_ref().map(|one| one.protection(r)).transpose()?.unwrap_or_default();
                let document = emergency_document(&told, &Past::of_emergency(r, id)?, &frame);
                documents::not_printed(documents::Paper::Emergency(&document, &protection))?
            }
            WhichPaper::File(case) => {
                let (summary, protection) = file::document(r, case, &frame, now)?;
                documents::not_printed(documents::Paper::FileSummary(&summary, &protection))?
            }
            WhichPaper::Referral(duty) => {
                let made = Made::of(r, duty, &frame, now)?;
                documents::not_printed(documents::Paper::Referral(&made.referral, &made.protection))?
            }
            WhichPaper::Sheet(case) => {
                documents::not_printed(documents::Paper::RestrictedSheet(&sheet::document(r, case, &frame)?))?
            }
        })
    })
}
