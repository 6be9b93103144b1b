//! The statement for somebody: reviewed, drafted for the data protection officer, sent there and answered.

use sharewell_casework::records::{CaseId, StatementId};
use sharewell_casework::views::{
    LeftoverView, OfficerAnswerInput, StatementAsk, StatementInput, StatementPaper, StatementReview,
    StatementSentInput, StatementView, StatementsView,
};
use sharewell_casework::{Failure, account};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// The statements of a file, the latest first.
#[tauri::command(async)]
#[specta::specta]
pub fn statements(session: State<'_, Session>, file: CaseId) -> Result<StatementsView, Failure> {
    session.open(|vault, _| account::statements(vault, file))
}

/// Every line of a file's log for somebody who asks, with what keeps each from going by a tick alone.
#[tauri::command(async)]
#[specta::specta]
pub fn review_statement(
    session: State<'_, Session>,
    file: CaseId,
    ask: StatementAsk,
) -> Result<StatementReview, Failure> {
    session.open(|vault, now| account::review_statement(vault, file, &ask, now))
}

/// Writes down a reviewed draft for the data protection officer.
#[tauri::command(async)]
#[specta::specta]
pub fn draft_statement(
    session: State<'_, Session>,
    file: CaseId,
    statement: StatementInput,
) -> Result<StatementId, Failure> {
    session.open(|vault, now| account::draft_statement(vault, file, &statement, now))
}

/// A statement, with whether it still holds.
#[tauri::command(async)]
#[specta::specta]
pub fn statement(session: State<'_, Session>, id: StatementId) -> Result<StatementView, Failure> {
    session.open(|vault, now| account::statement(vault, id, now))
}

/// Writes down that the draft went to the data protection officer.
#[tauri::command(async)]
#[specta::specta]
pub fn statement_sent(
    session: State<'_, Session>,
    id: StatementId,
    sent: StatementSentInput,
) -> Result<(), Failure> {
    session.open(|vault, now| account::statement_sent(vault, id, &sent, now))
}

/// Writes down what the data protection officer answered.
#[tauri::command(async)]
#[specta::specta]
pub fn statement_answered(
    session: State<'_, Session>,
    id: StatementId,
    answered: OfficerAnswerInput,
) -> Result<(), Failure> {
    session.open(|vault, now| account::statement_answered(vault, id, &answered, now))
}

/// What looks like somebody protected in one of the papers of a statement.
#[tauri::command(async)]
#[specta::specta]
pub fn leftovers_in_statement(
    session: State<'_, Session>,
    id: StatementId,
    paper: StatementPaper,
) -> Result<Vec<LeftoverView>, Failure> {
    session.open(|vault, now| account::leftovers_in_statement(vault, id, paper, now))
}

/// The lines of one of the papers in which something cannot be printed, before it is saved.
#[tauri::command(async)]
#[specta::specta]
pub fn statement_not_printed(
    session: State<'_, Session>,
    id: StatementId,
    paper: StatementPaper,
) -> Result<Vec<String>, Failure> {
    session.open(|vault, now| account::statement_not_printed(vault, id, paper, now))
}

/// Saves one of the papers of a statement as a document.
#[tauri::command]
#[specta::specta]
pub async fn save_statement(
    app: AppHandle,
    id: StatementId,
    paper: StatementPaper,
    path: String,
) -> Result<(), Failure> {
    work::run(app, account::SaveStatement { id, paper, path: path.into() }).await
}
