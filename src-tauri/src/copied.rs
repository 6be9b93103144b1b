//! What somebody copied to paste it into a form: for a minute at most, never past a lock, and marked so that programs
//! which keep what was copied leave it out.
//!
//! The one place that puts anything on the clipboard, and it does so only where a person pressed for it. The web view's
//! own way cannot mark a text, so it is not used. Where the platform's way is not built here, nothing is copied and the
//! page says so. It takes a text that casework let leave and noted, and no other.

use sharewell_casework::Copied;
use tauri::AppHandle;

/// Holds a text ready to be pasted. False where this platform gives no way that keeps it out of histories.
#[cfg(target_os = "linux")]
pub fn hold(app: &AppHandle, text: Copied) -> bool {
    linux::hold(app, text.into_text())
}

/// Holds a text ready to be pasted. False where this platform gives no way that keeps it out of histories.
#[cfg(not(target_os = "linux"))]
pub fn hold(_app: &AppHandle, _text: Copied) -> bool {
    false
}

/// Takes back what is still held, before the program locks.
#[cfg(target_os = "linux")]
pub fn take_back(app: &AppHandle) {
    linux::take_back(app);
}

/// Takes back what is still held, before the program locks.
#[cfg(not(target_os = "linux"))]
pub fn take_back(_app: &AppHandle) {}

#[cfg(target_os = "linux")]
mod linux {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use gtk::{Clipboard, TargetEntry, TargetFlags, gdk};
    use tauri::AppHandle;

    /// How long a text stays.
    const FOR: Duration = Duration::from_secs(60);
    /// How long the window has to take it.
    const ASKED: Duration = Duration::from_secs(2);
    /// By which programs that keep what was copied know that they must not keep this.
    const SECRET: u32 = 1;
    const TARGETS: [(&str, u32); 4] = [
        ("UTF8_STRING", 0),
        ("text/plain;charset=utf-8", 0),
        ("text/plain", 0),
        ("x-kde-passwordManagerHint", SECRET),
    ];

    /// Which text was held last, so that an earlier one's minute does not end a later one's.
    static HELD: AtomicU64 = AtomicU64::new(0);

    pub(super) fn hold(app: &AppHandle, text: String) -> bool {
        let this = HELD.fetch_add(1, Ordering::SeqCst) + 1;
        let (answer, taken) = mpsc::channel();
        let asked = app.run_on_main_thread(move || {
            let targets = TARGETS.map(|(name, info)| TargetEntry::new(name, TargetFlags::empty(), info));
            let board = Clipboard::get(&gdk::SELECTION_CLIPBOARD);
            let held = board.set_with_data(&targets, move |_, data, info| {
                let bytes = if info == SECRET { b"secret".as_slice() } else { text.as_bytes() };
                data.set(&data.target(), 8, bytes);
            });
            // Whoever asked may have gone; then nobody reads the answer.
            let _ = answer.send(held);
        });
        let held = asked.is_ok() && taken.recv_timeout(ASKED).unwrap_or(false);
        let app = app.clone();
        std::thread::spawn(move || {
            std::thread::sleep(FOR);
            if HELD.load(Ordering::SeqCst) == this {
                take_back(&app);
            }
        });
        held
    }

    pub(super) fn take_back(app: &AppHandle) {
        // Clears it only while it is ours. A window that has gone holds nothing any more.
        let _ = app.run_on_main_thread(|| Clipboard::get(&gdk::SELECTION_CLIPBOARD).clear());
    }
}
