//! The home page.

use sharewell_casework::Failure;
use sharewell_casework::records::{CaseId, DecisionId, ObligationId, Settlement, Unneeded};
use sharewell_casework::today;
use sharewell_casework::views::{
    DecisionLine, DutiesByChild, DutiesPage, DutySpan, FileDuties, ToDoLine, TodayView,
};
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

/// Says in one press that a duty is not needed.
#[tauri::command(async)]
#[specta::specta]
pub fn drop_obligation(session: State<'_, Session>, id: ObligationId, why: Unneeded) -> Result<(), Failure> {
    session.open(|vault, now| today::drop_obligation(vault, id, why, now))
}

/// Opens a closed obligation again.
#[tauri::command(async)]
#[specta::specta]
pub fn reopen_obligation(session: State<'_, Session>, id: ObligationId) -> Result<(), Failure> {
    session.open(|vault, now| today::reopen_obligation(vault, id, now))
}

/// Adds to an obligation that was done what was done.
#[tauri::command(async)]
#[specta::specta]
pub fn note_obligation(session: State<'_, Session>, id: ObligationId, note: String) -> Result<(), Failure> {
    session.open(|vault, now| today::note_obligation(vault, id, &note, now))
}

/// Duties of a span, the most urgent first.
#[tauri::command(async)]
#[specta::specta]
pub fn duties(
    session: State<'_, Session>,
    span: DutySpan,
    after: Option<ObligationId>,
) -> Result<DutiesPage, Failure> {
    session.open(|vault, now| today::duties(vault, span, after, now))
}

/// What consent leaves to be done in all files.
#[tauri::command(async)]
#[specta::specta]
pub fn duties_of_consent(
    session: State<'_, Session>,
    after: Option<ObligationId>,
) -> Result<DutiesPage, Failure> {
    session.open(|vault, now| today::duties_of_consent(vault, after, now))
}

/// The duties that belong to no file yet; those behind one of them, where it is given.
#[tauri::command(async)]
#[specta::specta]
pub fn duties_of_no_file(
    session: State<'_, Session>,
    after: Option<ObligationId>,
) -> Result<DutiesPage, Failure> {
    session.open(|vault, now| today::duties_of_no_file(vault, after, now))
}

/// Duties by child.
#[tauri::command(async)]
#[specta::specta]
pub fn duties_by_child(session: State<'_, Session>, after: Option<CaseId>) -> Result<DutiesByChild, Failure> {
    session.open(|vault, now| today::duties_by_child(vault, after, now))
}

/// The duties of one file.
#[tauri::command(async)]
#[specta::specta]
pub fn duties_of(
    session: State<'_, Session>,
    file: CaseId,
    after: Option<ObligationId>,
) -> Result<FileDuties, Failure> {
    session.open(|vault, now| today::duties_of(vault, file, after, now))
}
