//! Long work: running it where nobody waits for its thread, seeing how far it is, stopping it.

use sharewell_casework::long::{self, Long};
use sharewell_casework::views::{WorkKind, WorkView};
use sharewell_casework::{Code, Failure};
use tauri::{AppHandle, Manager as _, State};

use crate::session::Session;

/// Runs on a thread of its own: the few that answer the window's other commands stay free.
pub async fn apart<T: Send + 'static>(
    app: AppHandle,
    act: impl FnOnce(&Session) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let done = tauri::async_runtime::spawn_blocking(move || act(&app.state::<Session>())).await;
    done.unwrap_or_else(|_| Err(Failure::of(Code::Unexpected)))
}

/// Runs long work beside the open vault.
pub async fn run<L>(app: AppHandle, work: L) -> Result<L::Told, Failure>
where
    L: Long + Send + 'static,
    L::Told: Send + 'static,
{
    apart(app, |session| session.long(work)).await
}

/// How far the work of a kind is; none where none runs.
#[tauri::command(async)]
#[specta::specta]
pub fn work_progress(session: State<'_, Session>, kind: WorkKind) -> Result<Option<WorkView>, Failure> {
    Ok(session.running().last(kind).map(|work| long::view(&work)))
}

/// Asks the work of a kind to end. It ends with its own answer.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_work(session: State<'_, Session>, kind: WorkKind) -> Result<(), Failure> {
    session.running().stop(kind);
    Ok(())
}
