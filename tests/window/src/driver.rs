//! tauri-driver, WebKitWebDriver and the program under test: started, bounded, and ended with the test.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::ClientBuilder;
use fantoccini::wd::Capabilities;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::Window;

/// How the program is started.
#[derive(Debug, Default, Clone)]
pub struct Start {
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its environment, besides the test's own.
    pub environment: Vec<(String, PathBuf)>,
}

impl Start {
    /// With the vault in this folder.
    pub fn vault(folder: &Path) -> Self {
        Self {
            arguments: vec!["--vault".into(), folder.to_string_lossy().into_owned()],
            environment: Vec::new(),
        }
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<PathBuf>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }
}

/// A running tauri-driver.
pub struct Driver {
    process: Child,
    port: u16,
    start: Start,
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port of this machine is free");
    listener.local_addr().expect("it has an address").port()
}

/// What `cargo xtask test` tells the tests.
pub(crate) fn wanted(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable).map(PathBuf::from);
    path.unwrap_or_else(|| panic!("{variable} is not set: run the window's tests through `cargo xtask test`"))
}

impl Driver {
    /// Starts tauri-driver for a program that is started so.
    pub fn start(start: Start) -> Self {
        let (port, native) = (free_port(), free_port());
        let mut command = Command::new(wanted("TAURI_DRIVER"));
        command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        for (name, value) in &start.environment {
            command.env(name, value);
        }
        let process = command.spawn().expect("tauri-driver starts");
        Self { process, port, start }
    }

    /// Opens a window.
    pub async fn open(&self) -> Window {
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".into(), json!("wry"));
        capabilities.insert(
            "tauri:options".into(),
            json!({ "application": wanted("SHAREWELL_BIN"), "args": self.start.arguments }),
        );
        let address = format!("http://127.0.0.1:{}", self.port);
        let end = tokio::time::Instant::now() + Duration::from_secs(40);
        loop {
            let tried = ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.clone())
                .connect(&address)
                .await;
            match tried {
                Ok(client) => {
                    let window = Window::new(client);
                    window.until("the first page", "return !!document.querySelector('h1');", vec![]).await;
                    return window;
                }
                Err(problem) => {
                    assert!(tokio::time::Instant::now() < end, "no window opened: {problem}");
                    tokio::time::sleep(Duration::from_millis(300)).await;
                }
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ends WebKitWebDriver with it; a process that has gone already cannot be ended twice.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
