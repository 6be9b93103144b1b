//! Terms, sources and licences.

use sharewell_casework::Failure;
use sharewell_casework::help;
use sharewell_casework::records::Nation;
use sharewell_casework::views::{SourceView, TermView};

/// A nation's own terms.
#[tauri::command(async)]
#[specta::specta]
pub fn pack_terms(nation: Nation) -> Result<Vec<TermView>, Failure> {
    help::pack_terms(nation, crate::session::now()).map_err(Into::into)
}

/// Sources of a nation's pack.
#[tauri::command(async)]
#[specta::specta]
pub fn sources(nation: Nation) -> Result<Vec<SourceView>, Failure> {
    help::sources(nation, crate::session::now()).map_err(Into::into)
}

/// Licences of what the program is made with.
#[tauri::command(async)]
#[specta::specta]
pub fn licences() -> Result<String, Failure> {
    Ok(help::licences())
}
