//! Confirming in writing what was told aloud.

use sharewell_casework::records::ObligationId;
use sharewell_casework::views::{ReferralPart, ReferralView, SentInput};
use sharewell_casework::{Failure, paper};
use tauri::{AppHandle, State};

use super::work;
use crate::copied;
use crate::session::Session;

/// The text for the form, a section at a time, with the notes that were chosen to go along.
#[tauri::command(async)]
#[specta::specta]
pub fn referral(session: State<'_, Session>, duty: ObligationId) -> Result<ReferralView, Failure> {
    session.open(|vault, now| paper::referral(vault, duty, now))
}

/// Puts one section where it can be pasted from, for a minute at most. False where this system gives no such place.
#[tauri::command(async)]
#[specta::specta]
pub fn copy_section(
    app: AppHandle,
    session: State<'_, Session>,
    duty: ObligationId,
    part: ReferralPart,
) -> Result<bool, Failure> {
    let text = session.open(|vault, now| paper::copied_section(vault, duty, part, now))?;
    Ok(copied::hold(&app, text))
}

/// Closes the duty: it is sent.
#[tauri::command(async)]
#[specta::specta]
pub fn sent_referral(
    session: State<'_, Session>,
    duty: ObligationId,
    sent: SentInput,
) -> Result<(), Failure> {
    session.open(|vault, now| paper::sent_referral(vault, duty, &sent, now))
}

/// Saves the referral as a document.
#[tauri::command]
#[specta::specta]
pub async fn save_referral_pdf(app: AppHandle, duty: ObligationId, path: String) -> Result<(), Failure> {
    work::run(app, paper::SaveReferral { duty, path: path.into() }).await
}
