//! Asks tauri-build only for the desktop build, so that plain `cargo test` needs no WebKit.

fn main() {
    #[cfg(feature = "desktop")]
    desktop();
}

#[cfg(feature = "desktop")]
fn desktop() {
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/*.json");
    if let Err(problem) = tauri_build::try_build(attributes) {
        eprintln!("the window cannot be prepared: {problem:#}");
        std::process::exit(1);
    }
}
