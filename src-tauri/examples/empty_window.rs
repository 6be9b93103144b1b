//! A window of the same kind with nothing in it but a colour: what `cargo xtask bench` holds the program's own
//! window against.

use tauri::http::Response;
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// The colour by which the measurement sees that the page is painted: that of the program's own first button.
const PAGE: &str = "<!doctype html><html><body style=\"margin:0;background:#0a5059\"></body></html>";

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let mut page = Response::new(PAGE.as_bytes().to_vec());
            page.headers_mut().insert("content-type", tauri::http::HeaderValue::from_static("text/html"));
            page
        })
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::CustomProtocol("empty://localhost/".parse()?))
                .title("Empty")
                .inner_size(1280.0, 720.0)
                .incognito(true)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
