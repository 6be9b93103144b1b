//! A second person's word on a decision, by file between two laptops.

use sharewell_casework::records::{CountersignatureId, DecisionId, Verdict};
use sharewell_casework::views::{AskView, CountersignInput, CountersigningView, SaidView};
use sharewell_casework::{Failure, countersign};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// Where the countersigning of a decision stands.
#[tauri::command(async)]
#[specta::specta]
pub fn countersigning(
    session: State<'_, Session>,
    decision: DecisionId,
) -> Result<CountersigningView, Failure> {
    session.open(|vault, now| countersign::countersigning(vault, decision, now))
}

/// Writes the file that asks for a countersignature.
#[tauri::command]
#[specta::specta]
pub async fn ask_countersignature(
    app: AppHandle,
    decision: DecisionId,
    path: String,
) -> Result<CountersigningView, Failure> {
    work::run(app, countersign::SaveAsk { decision, path: path.into() }).await
}

/// Shows the decision for which somebody asks a countersignature.
#[tauri::command]
#[specta::specta]
pub async fn open_ask(app: AppHandle, path: String, code: String) -> Result<AskView, Failure> {
    work::run(app, countersign::OpenAsk { path: path.into(), code: code.into() }).await
}

/// Whether a word can be said of it, before a place for the file is chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn check_countersign(verdict: Option<Verdict>, words: String) -> Result<(), Failure> {
    Ok(countersign::check_word(verdict, &words)?)
}

/// Signs what is said of it, keeps it, and writes the answer.
#[tauri::command]
#[specta::specta]
pub async fn answer_ask(app: AppHandle, typed: CountersignInput) -> Result<SaidView, Failure> {
    work::run(app, countersign::SaveAnswer { typed }).await
}

/// What was said here of others' decisions.
#[tauri::command(async)]
#[specta::specta]
pub fn said_here(session: State<'_, Session>) -> Result<Vec<SaidView>, Failure> {
    session.open(|vault, _| countersign::said_here(vault))
}

/// Shows what an answer says.
#[tauri::command]
#[specta::specta]
pub async fn open_answer(app: AppHandle, decision: DecisionId, path: String) -> Result<SaidView, Failure> {
    work::run(app, countersign::OpenAnswer { decision, path: path.into() }).await
}

/// Takes an answer in, as it was shown.
#[tauri::command]
#[specta::specta]
pub async fn take_answer(
    app: AppHandle,
    decision: DecisionId,
    path: String,
    shown: CountersignatureId,
) -> Result<CountersigningView, Failure> {
    work::run(app, countersign::TakeAnswer { decision, path: path.into(), shown }).await
}
