//! The library and the flow map.

use sharewell_casework::Failure;
use sharewell_casework::guidance::library;
use sharewell_casework::records::{DecisionId, Nation};
use sharewell_casework::views::{ArticleView, FlowView, LibraryHit, LibraryView};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// A nation's library.
#[tauri::command(async)]
#[specta::specta]
pub fn library(session: State<'_, Session>, nation: Nation) -> Result<LibraryView, Failure> {
    session.open(|vault, now| library::library(vault, nation, now))
}

/// One article of it.
#[tauri::command(async)]
#[specta::specta]
pub fn article(session: State<'_, Session>, nation: Nation, id: String) -> Result<ArticleView, Failure> {
    session.open(|vault, now| library::article(vault, nation, &id, now))
}

/// Paragraphs that hold every word of a query.
#[tauri::command(async)]
#[specta::specta]
pub fn search_library(
    session: State<'_, Session>,
    nation: Nation,
    query: String,
) -> Result<Vec<LibraryHit>, Failure> {
    session.open(|vault, now| library::search_library(vault, nation, &query, now))
}

/// The map of a nation's questions.
#[tauri::command(async)]
#[specta::specta]
pub fn flow_map(session: State<'_, Session>, nation: Nation) -> Result<FlowView, Failure> {
    session.open(|vault, now| library::flow_map(vault, nation, now))
}

/// The map of the questions that a signed decision followed, with its path marked.
#[tauri::command(async)]
#[specta::specta]
pub fn decision_map(session: State<'_, Session>, id: DecisionId) -> Result<FlowView, Failure> {
    session.open(|vault, _| library::decision_map(vault, id))
}

/// Saves a map as a drawing.
#[tauri::command]
#[specta::specta]
pub async fn save_flow_map(
    app: AppHandle,
    nation: Nation,
    decision: Option<DecisionId>,
    path: String,
) -> Result<(), Failure> {
    work::run(app, library::SaveMap { nation, decision, path: path.into() }).await
}
