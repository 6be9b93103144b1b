//! The home page.

use sharewell_casework::Failure;
use sharewell_casework::records::{DecisionId, ObligationId, Settlement};
use sharewell_casework::today;
use sharewell_casework::views::{DecisionLine, ToDoLine, TodayView};
use tauri::State;

use crate::session::Session;

/// What needs attention.
#[tauri::command(async)]
#[specta::specta]
pub fn today(session: State<'_, Session>) -> Result<TodayView, Failure> {
    session.open(|vault, now| today::today(vault, now))
}

/// The duties that come behind one of the home page.
#[tauri::command(async)]
#[specta::specta]
pub fn more_duties(session: State<'_, Session>, after: ObligationId) -> Result<Vec<ToDoLine>, Failure> {
    session.open(|vault, now| today::more_duties(vault, after, now))
}

/// The begun decisions that come behind one of the home page.
#[tauri::command(async)]
#[specta::specta]
pub fn more_begun(session: State<'_, Session>, after: DecisionId) -> Result<Vec<DecisionLine>, Failure> {
    session.open(|vault, now| today::more_begun(vault, after, now))
}

/// One duty, closed or not.
#[tauri::command(async)]
#[specta::specta]
pub fn duty(session: State<'_, Session>, id: ObligationId) -> Result<ToDoLine, Failure> {
    session.open(|vault, now| today::duty(vault, id, now))
}

/// Closes an obligation.
#[tauri::command(async)]
#[specta::specta]
pub fn settle_obligation(
    session: State<'_, Session>,
    id: ObligationId,
    settlement: Option<Settlement>,
) -> Result<(), Failure> {
    session.open(|vault, now| today::settle_obligation(vault, id, settlement, now))
}
