//! Terms, sources and licences.

use sharewell_casework::Failure;
use sharewell_casework::guidance::terms;
use sharewell_casework::records::Nation;
use sharewell_casework::views::{SourceView, TermView};
use tauri::State;

use crate::session::Session;

/// A nation's own terms.
#[tauri::command(async)]
#[specta::specta]
pub fn pack_terms(session: State<'_, Session>, nation: Nation) -> Result<Vec<TermView>, Failure> {
    session.open(|vault, now| terms::pack_terms(vault, nation, now))
}

/// Sources of a nation's pack.
#[tauri::command(async)]
#[specta::specta]
pub fn sources(session: State<'_, Session>, nation: Nation) -> Result<Vec<SourceView>, Failure> {
    session.open(|vault, now| terms::sources(vault, nation, now))
}

/// Licences of what the program is made with.
#[tauri::command(async)]
#[specta::specta]
pub fn licences() -> Result<String, Failure> {
    Ok(terms::licences())
}
