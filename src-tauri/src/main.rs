//! The shell: one window over one vault.
//!
//! It parses arguments, opens the window, keeps the one open vault, locks it, and passes commands to the
//! use cases. It decides nothing about sharing.
#![cfg_attr(all(not(debug_assertions), target_os = "windows"), windows_subsystem = "windows")]

mod activity;
mod bindings;
mod commands;
mod copied;
mod launch;
mod lock;
#[cfg(feature = "marked")]
mod marked;
mod running;
mod session;
#[cfg(target_os = "linux")]
mod sleep;
mod walk;
mod window;

use tauri::Manager as _;

fn main() -> std::process::ExitCode {
    let launch = match launch::Launch::from_args(std::env::args_os().skip(1)) {
        Ok(launch) => launch,
        Err(problem) => return problem.tell(),
    };
    let session = match session::Session::new(launch) {
        Ok(session) => session,
        Err(problem) => return problem.tell(),
    };
    let context = tauri::generate_context!();
    #[cfg(feature = "marked")]
    let context = marked::pages(context);
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(window::second_start))
        .plugin(tauri_plugin_dialog::init())
        .manage(session)
        .invoke_handler(bindings::answer())
        .setup(|app| {
            window::open(app.handle())?;
            lock::watch(app.handle().clone());
            if let Some(folder) = app.state::<session::Session>().launch().walk.clone() {
                walk::start(app.handle().clone(), folder);
            }
            Ok(())
        })
        .build(context);
    match built {
        Ok(app) => {
            app.run(|app, event| match event {
                // The demonstration's first process has no window left and waits for the fresh one.
                tauri::RunEvent::ExitRequested { code: None, api, .. }
                    if app.state::<session::Session>().waits_for_the_fresh_one() =>
                {
                    api.prevent_exit();
                }
                tauri::RunEvent::Exit => app.state::<session::Session>().end(lock::PATIENCE.stopping),
                _ => {}
            });
            std::process::ExitCode::SUCCESS
        }
        Err(error) => launch::Problem::NoWindow(error.to_string()).tell(),
    }
}
