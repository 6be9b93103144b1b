//! Asking where a file goes or comes from. Paths are chosen in the platform's own dialog.

use std::path::{Path, PathBuf};

use sharewell_casework::views::SavePath;
use sharewell_casework::{Code, Failure, with_ending};
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

/// A path as text. One that is none is refused, since what was shown would not be what is written.
fn text(path: &Path) -> Result<String, Failure> {
    path.to_str().map(str::to_owned).ok_or_else(|| Failure::of(Code::PathNotText))
}

fn chosen(path: Option<FilePath>) -> Result<Option<PathBuf>, Failure> {
    path.map(|path| path.into_path().map_err(|_| Failure::of(Code::PathNotText))).transpose()
}

/// The latest file of a kind in a folder: what whoever drives the window put there last.
fn newest(folder: &Path, kind: &str) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|file| file.path());
    let of_kind = files.filter(|path| path.extension().is_some_and(|ending| ending == kind));
    of_kind.max_by_key(|path| std::fs::metadata(path).and_then(|about| about.modified()).ok())
}

/// Asks where to save. `kind` is the file's ending. Gives the path that will be written.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_save_path(
    app: AppHandle,
    suggested: String,
    kind: String,
) -> Result<Option<SavePath>, Failure> {
    let name =
        Path::new(&suggested).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(folder) = driven(&app) {
        let path = text(&with_ending(&folder.join(name), &kind))?;
        return Ok(Some(SavePath { path, replaces: false }));
    }
    let dialog = app.dialog().file().set_file_name(name).add_filter(&kind, &[&kind]);
    let Some(chosen) = chosen(dialog.blocking_save_file())? else { return Ok(None) };
    let written = with_ending(&chosen, &kind);
    let replaces = written != chosen && written.exists();
    Ok(Some(SavePath { path: text(&written)?, replaces }))
}

/// Asks which file to open. `kind` is the file's ending.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_open_path(app: AppHandle, kind: String) -> Result<Option<String>, Failure> {
    let path = match driven(&app) {
        Some(folder) => newest(&folder, &kind),
        None => chosen(app.dialog().file().add_filter(&kind, &[&kind]).blocking_pick_file())?,
    };
    path.as_deref().map(text).transpose()
}

/// What a paper can be, by the ending of its file. What it is in truth is found by its content.
const PAPERS: &[&str] = &["pdf", "png", "jpg", "jpeg", "txt"];

/// Asks which paper to add. A driven window takes the newest of any of those kinds.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_paper(app: AppHandle) -> Result<Option<String>, Failure> {
    let path = match driven(&app) {
        Some(folder) => PAPERS
            .iter()
            .filter_map(|kind| newest(&folder, kind))
            .max_by_key(|path| std::fs::metadata(path).and_then(|about| about.modified()).ok()),
        // Any file can be chosen: one without an ending may be a paper all the same.
        None => {
            let dialog =
                app.dialog().file().add_filter("PDF, PNG, JPEG, TXT", PAPERS).add_filter("*", &["*"]);
            chosen(dialog.blocking_pick_file())?
        }
    };
    path.as_deref().map(text).transpose()
}

/// Asks for a folder.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_folder(app: AppHandle) -> Result<Option<String>, Failure> {
    let path = match driven(&app) {
        Some(folder) => Some(folder),
        None => chosen(app.dialog().file().blocking_pick_folder())?,
    };
    path.as_deref().map(text).transpose()
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn a_path_that_is_no_text_is_refused_and_never_written_under_another_name() {
        let odd = Path::new("/tmp").join(std::ffi::OsStr::from_bytes(b"m\xe4rz.sharewell"));
        assert_eq!(text(&odd).unwrap_err().code, Code::PathNotText);
        assert_eq!(text(Path::new("/tmp/märz.sharewell")).unwrap(), "/tmp/märz.sharewell");
    }
}
