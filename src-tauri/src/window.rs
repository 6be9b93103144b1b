//! The one window: private, neutral in its title, and alone.

use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindowBuilder};

use crate::launch;

/// Opens the window.
///
/// # Errors
/// Tauri's, where the platform has no web view.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        // The title stands in task switchers and logs: it names nobody.
        .title("Sharewell")
        .inner_size(1280.0, 720.0)
        .min_inner_size(320.0, 480.0)
        // No cache, history or storage on disk. WebKit's private mode refuses automation.
        .incognito(!launch::automated())
        // Kept out of screen captures where the platform can; never promised.
        .content_protected(true)
        .zoom_hotkeys_enabled(true)
        .on_navigation(|url| matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost"))
        .build()?;
    Ok(())
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
