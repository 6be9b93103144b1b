//! The demonstration journey: the program shows itself, in the mode in which it is shipped.
//!
//! It drives the fictional sample vault only. Pictures are taken by whoever started it (`cargo xtask run`
//! without a display, or a test): the program leaves `NN-name.ready` in the folder and waits until the file
//! is gone. What it saves (the decision's PDF, a handover file) goes to the same folder.

mod journey;
mod page;
mod wait;

use std::path::PathBuf;

use tauri::{AppHandle, Manager as _};

use crate::session::Session;

/// Starts the journey beside the window, and ends the program with it.
pub fn start(app: AppHandle, folder: PathBuf) {
    std::thread::spawn(move || {
        let Some(window) = app.get_webview_window("main") else {
            app.exit(1);
            return;
        };
        let mut page = page::Page::new(window, folder);
        let locked = app.state::<Session>().is_locked_sample();
        let walked = if locked { journey::after_lock(&mut page) } else { journey::from_today(&mut page) };
        match walked {
            // The first half ends by locking: the fresh process walks the second half and ends the program.
            Ok(()) if !locked => {}
            Ok(()) => app.exit(0),
            Err(page::Lost(why)) => {
                eprintln!("sharewell: the demonstration stopped: {why}");
                app.exit(1);
            }
        }
    });
}
