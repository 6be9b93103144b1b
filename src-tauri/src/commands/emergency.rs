//! A child in danger now.

use sharewell_casework::Failure;
use sharewell_casework::records::EmergencyId;
use sharewell_casework::views::{EmergencyInput, EmergencyNumbers, EmergencyView, WriteUpInput};
use sharewell_casework::{emergency, paper};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// Numbers to ring; also while locked.
#[tauri::command(async)]
#[specta::specta]
pub fn emergency_numbers(session: State<'_, Session>) -> Result<EmergencyNumbers, Failure> {
    session.view().map(|seen| seen.numbers)
}

/// Records an emergency as it goes on.
#[tauri::command(async)]
#[specta::specta]
pub fn record_emergency(
    session: State<'_, Session>,
    id: Option<EmergencyId>,
    emergency: EmergencyInput,
) -> Result<EmergencyView, Failure> {
    session.open(|vault, now| emergency::record_emergency(vault, id, emergency, now))
}

/// An emergency.
#[tauri::command(async)]
#[specta::specta]
pub fn emergency(session: State<'_, Session>, id: EmergencyId) -> Result<EmergencyView, Failure> {
    session.open(|vault, _| emergency::emergency(vault, id))
}

/// Writes an emergency up.
#[tauri::command(async)]
#[specta::specta]
pub fn write_up_emergency(
    session: State<'_, Session>,
    id: EmergencyId,
    write_up: WriteUpInput,
) -> Result<EmergencyView, Failure> {
    session.open(|vault, now| emergency::write_up_emergency(vault, id, write_up, now))
}

/// Saves an emergency as a document.
#[tauri::command]
#[specta::specta]
pub async fn save_emergency_pdf(app: AppHandle, id: EmergencyId, path: String) -> Result<(), Failure> {
    work::run(app, paper::SaveEmergency { id, path: path.into() }).await
}
