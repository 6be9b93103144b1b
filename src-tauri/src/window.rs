//! The one window: private, neutral in its title, and alone.

use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::launch;
use crate::session::Session;

/// Opens the window.
///
/// # Errors
/// Tauri's, where the platform has no web view.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let session = app.state::<Session>();
    let settings = sharewell_casework::settings::plain(&session.folder());
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        // The title stands in task switchers and logs: it names nobody.
        .title("Sharewell")
        .inner_size(1280.0, 720.0)
        .min_inner_size(320.0, 480.0)
        // No cache, history or storage on disk. WebKit's private mode refuses automation.
        .incognito(!launch::automated())
        // Kept out of screen captures where the platform can; never promised.
        .content_protected(protected(&session, settings.screen_protected))
        // The size of text is ours to set: the platform's own keys would ask for a right that the page has not.
        .zoom_hotkeys_enabled(false)
        .initialization_script(stands_at_first(&session))
        // A platform may forget the size with the page that it was set for.
        .on_page_load(|window, _| resize(&window, window.state::<Session>().text_size()))
        .on_navigation(|url| matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost"))
        .build()?;
    resize(&window, session.text_size());
    Ok(())
}

/// Tells the page where the program stands before its first line runs: it shows its first words without asking.
fn stands_at_first(session: &Session) -> String {
    let seen = session.view().ok().and_then(|seen| serde_json::to_string(&seen).ok());
    // Without it the page asks, and hears what is wrong.
    seen.map(|seen| format!("window.standsAtFirst = {seen};")).unwrap_or_default()
}

/// Shows the page with text of a size, in hundredths of the usual one. The page is laid out anew in the room that is
/// left.
fn resize(window: &WebviewWindow, size: u16) {
    // A web view that cannot be asked any more is going away.
    let _ = window.set_zoom(f64::from(size) / 100.0);
}

/// Shows the text of the one window in the size in force.
pub fn show_text_size(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        resize(&window, app.state::<Session>().text_size());
    }
}

fn protected(session: &Session, wanted: bool) -> bool {
    wanted && !session.launch().allow_capture
}

/// Keeps the window out of screen captures, or lets it be seen in them, as the open vault's settings say.
pub fn protect(app: &AppHandle, wanted: bool) {
    if let Some(window) = app.get_webview_window("main") {
        // Where the platform cannot, nothing was promised.
        let _ = window.set_content_protected(protected(&app.state::<Session>(), wanted));
    }
}

/// A second start brings the first window forward.
pub fn second_start(app: &AppHandle, _arguments: Vec<String>, _folder: String) {
    if let Some(window) = app.get_webview_window("main") {
        // Each is a courtesy of the window manager; the vault's own lock is what keeps one process a vault.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Takes the window away before the process waits for its successor.
pub fn hide(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that has gone already is as good as hidden.
        let _ = window.destroy();
    }
}
