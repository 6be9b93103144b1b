//! Removing copies that the agency has.

use sharewell_casework::Failure;
use sharewell_casework::removal::{self, RemoveCopies};
use sharewell_casework::views::{RemovalDone, RemovalPage, RemoveTyped};
use tauri::{AppHandle, Manager as _, State};

use super::work;
use crate::session::Session;

/// What may go, what stays and why.
#[tauri::command(async)]
#[specta::specta]
pub fn removal_page(session: State<'_, Session>) -> Result<RemovalPage, Failure> {
    session.open(|vault, now| removal::removal_page(vault, now))
}

/// Removes copies as they were shown, then makes the backup that takes the place of those which hold them.
#[tauri::command]
#[specta::specta]
pub async fn remove_copies(app: AppHandle, typed: RemoveTyped) -> Result<RemovalDone, Failure> {
    let backup = app.state::<Session>().backup();
    work::run(app, RemoveCopies::new(typed, backup)).await
}
