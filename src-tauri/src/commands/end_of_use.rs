//! The end of use of the vault.

use std::path::PathBuf;
use std::time::Duration;

use sharewell_casework::end_of_use::{self, EndUse, LookAtEnd};
use sharewell_casework::views::{EndPage, EndTyped, EndedView, WorkKind};
use sharewell_casework::{Code, Failure};
use tauri::AppHandle;

use super::work;
use crate::session::now;

/// Work that reads beside the vault has this long to let go of it.
const LETS_GO: Duration = Duration::from_millis(400);

/// What stands before the end, with the sealed files that lie in a folder.
#[tauri::command]
#[specta::specta]
pub async fn look_at_end(app: AppHandle, folder: Option<String>) -> Result<EndPage, Failure> {
    work::run(app, LookAtEnd { folder: folder.map(PathBuf::from) }).await
}

/// Ends the use of the vault: destroys its keys and everything else of it, and leaves a certificate.
#[tauri::command]
#[specta::specta]
pub async fn end_use(app: AppHandle, typed: EndTyped, passphrase: String) -> Result<EndedView, Failure> {
    let copied = app.clone();
    work::apart(app, move |session| {
        let (places, asked) = session.places();
        let second = if typed.copies { places.second(asked) } else { None };
        session.long(EndUse { typed, passphrase: passphrase.into(), second })?;
        // From here on there is no way back, whatever goes wrong: the next start goes on.
        crate::copied::take_back(&copied);
        for kind in [WorkKind::Backup, WorkKind::Check, WorkKind::Handover, WorkKind::Rehearsal] {
            session.running().stop(kind);
        }
        session.running().wait(LETS_GO);
        let folder = session.folder();
        drop(session.take());
        let ended = end_of_use::finish(&folder, None, false, now());
        let _ = places.forget(asked);
        session.look_again();
        ended?.ok_or_else(|| Failure::of(Code::NotFound))
    })
    .await
}
