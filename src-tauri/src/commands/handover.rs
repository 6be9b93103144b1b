//! Handing over to the agency.

use std::path::Path;

use sharewell_casework::Failure;
use sharewell_casework::handover;
use sharewell_casework::records::{CaseId, HandoverId};
use sharewell_casework::views::{HandoverPage, HandoverView};
use tauri::State;

use crate::session::Session;

/// Keys, files and handovers made.
#[tauri::command(async)]
#[specta::specta]
pub fn handover_page(session: State<'_, Session>) -> Result<HandoverPage, Failure> {
    session.open(|vault, now| handover::handover_page(vault, now))
}

/// Imports an agency's key.
#[tauri::command(async)]
#[specta::specta]
pub fn import_recipient(
    session: State<'_, Session>,
    text: String,
    name: String,
) -> Result<HandoverPage, Failure> {
    session.open(|vault, now| handover::import_recipient(vault, &text, &name, now))
}

/// Freezes and writes a handover.
#[tauri::command(async)]
#[specta::specta]
pub fn make_handover(
    session: State<'_, Session>,
    cases: Vec<CaseId>,
    recipient: String,
    path: String,
) -> Result<HandoverView, Failure> {
    session.open(|vault, now| handover::make_handover(vault, &cases, &recipient, Path::new(&path), now))
}

/// Writes a frozen handover again.
#[tauri::command(async)]
#[specta::specta]
pub fn rebuild_handover(
    session: State<'_, Session>,
    id: HandoverId,
    path: String,
) -> Result<HandoverView, Failure> {
    session.open(|vault, now| handover::rebuild_handover(vault, id, Path::new(&path), now))
}
