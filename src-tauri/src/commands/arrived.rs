//! A share in our container that somebody made for us: its key, opened, shown and written down.

use std::path::Path;

use sharewell_casework::Failure;
use sharewell_casework::account::{self, ArrivedDocument, OpenArrived, TakeArrived};
use sharewell_casework::records::{CaseId, ReceivedId};
use sharewell_casework::views::{ArrivedInput, ArrivedView, ShareKeyView};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// The keys to which others share with us, the one that is given out first.
#[tauri::command(async)]
#[specta::specta]
pub fn share_keys(session: State<'_, Session>) -> Result<Vec<ShareKeyView>, Failure> {
    session.open(|vault, _| account::share_keys(vault))
}

/// Makes a key to which others share with us.
#[tauri::command(async)]
#[specta::specta]
pub fn make_share_key(session: State<'_, Session>) -> Result<Vec<ShareKeyView>, Failure> {
    session.open(account::make_share_key)
}

/// Takes in the secret half of a key that was made elsewhere.
#[tauri::command(async)]
#[specta::specta]
pub fn bring_share_key(session: State<'_, Session>, path: String) -> Result<Vec<ShareKeyView>, Failure> {
    session.open(|vault, now| account::bring_share_key(vault, Path::new(&path), now))
}

/// Opens and verifies a share, and shows it.
#[tauri::command]
#[specta::specta]
pub async fn open_arrived(app: AppHandle, file: CaseId, path: String) -> Result<ArrivedView, Failure> {
    work::run(app, OpenArrived::new(file, path.into())).await
}

/// One document of a share that was shown, in base 64.
#[tauri::command]
#[specta::specta]
pub async fn arrived_document(
    app: AppHandle,
    path: String,
    contents: String,
    number: u32,
) -> Result<String, Failure> {
    work::run(app, ArrivedDocument::new(path.into(), contents, number)).await
}

/// Writes a share down as what we were told, under its limits, with its documents as papers.
#[tauri::command]
#[specta::specta]
pub async fn take_arrived(
    app: AppHandle,
    file: CaseId,
    path: String,
    arrived: ArrivedInput,
) -> Result<ReceivedId, Failure> {
    work::run(app, TakeArrived::new(file, path.into(), arrived)).await
}
