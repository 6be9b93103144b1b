//! The guidance in use, and new packs from signed files.
//!
//! The keys whose signatures on a nation's guidance count are those that are built in; no command can name others.
//! A practitioner adds the keys of agencies, whose signatures count for overlays alone.

use sharewell_casework::Failure;
use sharewell_casework::guidance::{self, serving};
use sharewell_casework::views::{GuidancePage, PackPreview};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// Each nation's pack, and how it is trusted.
#[tauri::command(async)]
#[specta::specta]
pub fn guidance_page(session: State<'_, Session>) -> Result<GuidancePage, Failure> {
    session.open(|vault, now| guidance::page(vault, &serving::publishers(), now))
}

/// What a file would change. Nothing is stored.
#[tauri::command]
#[specta::specta]
pub async fn preview_pack(app: AppHandle, path: String) -> Result<PackPreview, Failure> {
    work::run(app, guidance::PreviewPack { path: path.into(), publishers: serving::publishers() }).await
}

/// Takes a pack into use, as it was shown.
#[tauri::command]
#[specta::specta]
pub async fn install_pack(app: AppHandle, path: String, shown: String) -> Result<GuidancePage, Failure> {
    work::run(app, guidance::InstallPack { path: path.into(), shown, publishers: serving::publishers() })
        .await
}

/// Takes an installed pack out of use.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_pack(
    session: State<'_, Session>,
    hash: String,
    reason: String,
) -> Result<GuidancePage, Failure> {
    session.open(|vault, now| guidance::remove_pack(vault, &hash, &reason, &serving::publishers(), now))
}

/// Adds the key with which an agency signs its own protocol.
#[tauri::command(async)]
#[specta::specta]
pub fn import_agency_key(
    session: State<'_, Session>,
    key: String,
    name: String,
) -> Result<GuidancePage, Failure> {
    session.open(|vault, now| guidance::import_agency_key(vault, &key, &name, &serving::publishers(), now))
}
