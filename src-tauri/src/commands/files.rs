//! Asking where a file goes or comes from. Paths are chosen in the platform's own dialog.

use std::path::{Path, PathBuf};

use sharewell_casework::Failure;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::{DialogExt as _, FilePath};

use crate::launch;
use crate::session::Session;

/// Where a driven window saves: a native dialog has no keys that a WebDriver could press.
const SAVE_DIR: &str = "SHAREWELL_SAVE_DIR";

/// The folder of a driven window or of the demonstration; none for a person, who is asked.
fn driven(app: &AppHandle) -> Option<PathBuf> {
    let walk = app.state::<Session>().launch().walk.clone();
    walk.or_else(|| launch::automated().then(|| std::env::var_os(SAVE_DIR).map(PathBuf::from)).flatten())
}

fn text(path: Option<FilePath>) -> Option<String> {
    path.and_then(|chosen| chosen.into_path().ok()).map(|path| path.to_string_lossy().into_owned())
}

/// The latest file of a kind in a folder: what whoever drives the window put there last.
fn newest(folder: &Path, kind: &str) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|file| file.path());
    let of_kind = files.filter(|path| path.extension().is_some_and(|ending| ending == kind));
    of_kind.max_by_key(|path| std::fs::metadata(path).and_then(|about| about.modified()).ok())
}

/// Asks where to save. `kind` is the file's ending.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_save_path(app: AppHandle, suggested: String, kind: String) -> Result<Option<String>, Failure> {
    let name =
        Path::new(&suggested).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(folder) = driven(&app) {
        return Ok(Some(folder.join(name).to_string_lossy().into_owned()));
    }
    Ok(text(app.dialog().file().set_file_name(name).add_filter(&kind, &[&kind]).blocking_save_file()))
}

/// Asks which file to open. `kind` is the file's ending.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_open_path(app: AppHandle, kind: String) -> Result<Option<String>, Failure> {
    if let Some(folder) = driven(&app) {
        return Ok(newest(&folder, &kind).map(|path| path.to_string_lossy().into_owned()));
    }
    Ok(text(app.dialog().file().add_filter(&kind, &[&kind]).blocking_pick_file()))
}

/// Asks for a folder.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_folder(app: AppHandle) -> Result<Option<String>, Failure> {
    Ok(driven(&app)
        .map(|folder| folder.to_string_lossy().into_owned())
        .or_else(|| text(app.dialog().file().blocking_pick_folder())))
}
