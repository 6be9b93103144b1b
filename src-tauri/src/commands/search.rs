//! Finding again.

use sharewell_casework::Failure;
use sharewell_casework::search;
use sharewell_casework::views::SearchView;
use tauri::State;

use crate::session::Session;

/// Searches everything, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn search(session: State<'_, Session>, query: String) -> Result<SearchView, Failure> {
    session.open(|vault, now| search::search(vault, &query, now))
}
