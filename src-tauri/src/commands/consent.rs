//! Consent in a file.

use sharewell_casework::records::{CaseId, ConsentId, Nation};
use sharewell_casework::views::{
    ConsentInput, ConsentPage, GiversAsked, GiversTable, GiversView, WithdrawalInput, WithdrawalOf,
    WithdrawalView,
};
use sharewell_casework::{Failure, consent};
use tauri::State;

use crate::session::Session;

/// What stands in a file, and everything that happened.
#[tauri::command(async)]
#[specta::specta]
pub fn consent_page(session: State<'_, Session>, file: CaseId) -> Result<ConsentPage, Failure> {
    session.open(|vault, now| consent::consent_page(vault, file, now))
}

/// Who may answer for somebody of a file.
#[tauri::command(async)]
#[specta::specta]
pub fn consent_givers(
    session: State<'_, Session>,
    file: CaseId,
    asked: GiversAsked,
) -> Result<GiversView, Failure> {
    session.open(|vault, now| consent::consent_givers(vault, file, &asked, now))
}

/// A nation's rules of who may give consent.
#[tauri::command(async)]
#[specta::specta]
pub fn givers_table(session: State<'_, Session>, nation: Nation) -> Result<GiversTable, Failure> {
    session.open(|vault, now| consent::givers_table(vault, nation, now))
}

/// The words to read to somebody, for what stands in the form.
#[tauri::command(async)]
#[specta::specta]
pub fn consent_wording(
    session: State<'_, Session>,
    file: CaseId,
    typed: ConsentInput,
) -> Result<String, Failure> {
    session.open(|vault, now| consent::consent_wording(vault, file, &typed, now))
}

/// Writes down that somebody was asked, answered, did not answer, was told, or was not asked.
#[tauri::command(async)]
#[specta::specta]
pub fn record_consent(
    session: State<'_, Session>,
    file: CaseId,
    typed: ConsentInput,
) -> Result<ConsentId, Failure> {
    session.open(|vault, now| consent::record_consent(vault, file, &typed, now))
}

/// What somebody agreed to, recipient by recipient, for them to take it back.
#[tauri::command(async)]
#[specta::specta]
pub fn withdrawal(
    session: State<'_, Session>,
    file: CaseId,
    of: WithdrawalOf,
) -> Result<WithdrawalView, Failure> {
    session.open(|vault, now| consent::withdrawal(vault, file, &of, now))
}

/// Writes down that somebody took their yes back.
#[tauri::command(async)]
#[specta::specta]
pub fn withdraw_consent(
    session: State<'_, Session>,
    file: CaseId,
    typed: WithdrawalInput,
) -> Result<ConsentId, Failure> {
    session.open(|vault, now| consent::withdraw_consent(vault, file, &typed, now))
}

/// Says of an event that it was never true.
#[tauri::command(async)]
#[specta::specta]
pub fn strike_consent(
    session: State<'_, Session>,
    file: CaseId,
    id: ConsentId,
    reason: String,
) -> Result<ConsentId, Failure> {
    session.open(|vault, now| consent::strike_consent(vault, file, id, &reason, now))
}
