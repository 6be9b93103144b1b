//! Restricted files: allegations about staff.

use sharewell_casework::records::CaseId;
use sharewell_casework::views::{ApartLine, KeptFromInput, RestrictedLine};
use sharewell_casework::{Failure, restricted};
use tauri::State;

use crate::session::Session;

/// The restricted files; those beside one child's where that is given.
#[tauri::command(async)]
#[specta::specta]
pub fn restricted_files(
    session: State<'_, Session>,
    beside: Option<CaseId>,
) -> Result<Vec<RestrictedLine>, Failure> {
    session.open(|vault, now| restricted::restricted_files(vault, beside, now))
}

/// Opens a restricted file beside a child's.
#[tauri::command(async)]
#[specta::specta]
pub fn open_restricted(session: State<'_, Session>, beside: Option<CaseId>) -> Result<CaseId, Failure> {
    session.open(|vault, now| restricted::open_restricted(vault, beside, now))
}

/// Says to whom nothing of a restricted file goes.
#[tauri::command(async)]
#[specta::specta]
pub fn save_kept_from(session: State<'_, Session>, file: CaseId, kept: KeptFromInput) -> Result<(), Failure> {
    session.open(|vault, now| restricted::save_kept_from(vault, file, &kept, now))
}

/// What the child's file holds that can be set apart.
#[tauri::command(async)]
#[specta::specta]
pub fn to_set_apart(session: State<'_, Session>, file: CaseId) -> Result<Vec<ApartLine>, Failure> {
    session.open(|vault, _| restricted::to_set_apart(vault, file))
}

/// Sets what was chosen apart, and closes the duty to look through the child's file.
#[tauri::command(async)]
#[specta::specta]
pub fn set_apart(session: State<'_, Session>, file: CaseId, things: Vec<String>) -> Result<(), Failure> {
    session.open(|vault, now| restricted::set_apart(vault, file, &things, now))
}
