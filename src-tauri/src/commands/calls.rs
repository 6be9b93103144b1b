//! The call card.

use sharewell_casework::records::DecisionId;
use sharewell_casework::views::{CallInput, CallView};
use sharewell_casework::{Failure, FieldFailure, calls};
use tauri::State;

use crate::session::Session;

/// The card of a call about a decision, signed or not.
#[tauri::command(async)]
#[specta::specta]
pub fn call(session: State<'_, Session>, decision: DecisionId, key: String) -> Result<CallView, Failure> {
    session.open(|vault, now| calls::call(vault, decision, &key, now))
}

/// What is still to be said before somebody counts as told.
#[tauri::command(async)]
#[specta::specta]
pub fn call_gaps(
    session: State<'_, Session>,
    decision: DecisionId,
    key: String,
    typed: CallInput,
) -> Result<Vec<FieldFailure>, Failure> {
    session.open(|vault, now| calls::call_gaps(vault, decision, &key, &typed, now))
}

/// Records how a call ended.
#[tauri::command(async)]
#[specta::specta]
pub fn record_call(
    session: State<'_, Session>,
    decision: DecisionId,
    key: String,
    typed: CallInput,
) -> Result<CallView, Failure> {
    session.open(|vault, now| calls::record_call(vault, decision, &key, &typed, now))
}
