//! Asks tauri-build only for the desktop build, so that plain `cargo test` needs no WebKit.
fn main() {
    #[cfg(feature = "desktop")]
    tauri_build::build();
}
