//! The home page.

use sharewell_casework::Failure;
use sharewell_casework::records::{ObligationId, Settlement};
use sharewell_casework::today;
use sharewell_casework::views::TodayView;
use tauri::State;

use crate::session::Session;

/// What needs attention.
#[tauri::command(async)]
#[specta::specta]
pub fn today(session: State<'_, Session>) -> Result<TodayView, Failure> {
    session.open(|vault, now| today::today(vault, now))
}

/// Closes an obligation.
#[tauri::command(async)]
#[specta::specta]
pub fn settle_obligation(
    session: State<'_, Session>,
    id: ObligationId,
    settlement: Settlement,
) -> Result<(), Failure> {
    session.open(|vault, now| today::settle_obligation(vault, id, settlement, now))
}
