//! tauri-driver, WebKitWebDriver and the program under test: started, bounded, and ended with the test.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fantoccini::wd::{Capabilities, TimeoutConfiguration};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::wait::PATIENCE;
use crate::{Window, processes, wait};

/// How the program is started.
#[derive(Debug, Default, Clone)]
pub struct Start {
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its environment, besides the test's own.
    pub environment: Vec<(String, PathBuf)>,
    /// The program of the tests, in the marked language.
    pub marked: bool,
}

impl Start {
    /// With the vault in this folder, on a computer of its own: what it remembers of vaults stands beside the folder.
    pub fn vault(folder: &Path) -> Self {
        let arguments = vec!["--vault".into(), folder.to_string_lossy().into_owned()];
        Self { arguments, ..Self::default() }
            .with("XDG_CONFIG_HOME", folder.with_file_name("of-this-computer"))
    }

    /// The sample vault.
    pub fn demo() -> Self {
        Self { arguments: vec!["--demo".into()], ..Self::default() }
    }

    /// The program of the tests, told where the pages are that speak the marked language.
    #[must_use]
    pub fn marked(mut self) -> Self {
        self.marked = true;
        self.with("SHAREWELL_MARKED", wanted("SHAREWELL_MARKED_PAGES"))
    }

    /// The program that is started.
    fn program(&self) -> PathBuf {
        wanted(if self.marked { "SHAREWELL_MARKED_BIN" } else { "SHAREWELL_BIN" })
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<PathBuf>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }
}

/// How often a window is tried for: a display that is under load now and then refuses a program.
const TRIES: u32 = 3;

/// Carries the port of its driver into the program, so that this one can be told from all others.
const OF_DRIVER: &str = "SHAREWELL_TEST_DRIVER";

/// A running tauri-driver, and the port at which it listens.
struct Running {
    process: Child,
    port: u16,
}

/// A tauri-driver for a program that is started in one way.
pub struct Driver {
    running: Mutex<Running>,
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

impl Running {
    fn start(start: &Start) -> Self {
        let (port, native) = (free_port(), free_port());
        let mut command = Command::new(wanted("TAURI_DRIVER"));
        command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env(OF_DRIVER, port.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        for (name, value) in &start.environment {
            command.env(name, value);
        }
        Self { process: command.spawn().expect("tauri-driver starts"), port }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to, it ends WebKitWebDriver with it; killed, it would leave that behind. One that has gone
        // already cannot be ended twice.
        let _ = Command::new("kill").arg(self.process.id().to_string()).stderr(Stdio::null()).status();
        let gone = || matches!(self.process.try_wait(), Ok(Some(_)) | Err(_)).then_some(());
        if wait::until("tauri-driver to end", gone).is_err() {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
        self.end_what_it_left();
    }
}

impl Running {
    /// A program that its driver left running is the one instance of the next test's bus, and every further one
    /// would end at once.
    fn end_what_it_left(&self) {
        let mark = format!("{OF_DRIVER}={}", self.port);
        let left = || processes::with(|variable| variable == mark);
        for process in left() {
            let _ = Command::new("kill").arg(process.pid.to_string()).stderr(Stdio::null()).status();
        }
        if wait::until("what a driver left to end", || left().is_empty().then_some(())).is_err() {
            for process in left() {
                let pid = process.pid.to_string();
                let _ = Command::new("kill").args(["-KILL", &pid]).stderr(Stdio::null()).status();
            }
        }
    }
}

impl Driver {
    /// Starts tauri-driver for a program that is started so.
    pub fn start(start: Start) -> Self {
        Self { running: Mutex::new(Running::start(&start)), start }
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a window.
    pub async fn open(&self) -> Window {
        for attempt in 1..=TRIES {
            let why = tokio::select! {
                client = self.connect() => return self.opened(client).await,
                // WebKitWebDriver itself would wait for ever for a program that ended before it opened a window.
                () = self.program_has_ended() => "the program ended",
                () = tokio::time::sleep(PATIENCE) => "the time was up",
            };
            println!("no window opened: {why}, try {attempt} of {TRIES}");
            // Its driver still waits for the window that never came: a fresh one is needed.
            let mut running = self.running();
            *running = Running::start(&self.start);
        }
        panic!("no window opened in {TRIES} tries");
    }

    /// A window whose first page is there.
    async fn opened(&self, client: Client) -> Window {
        // The driver's own limits are half a minute.
        let patient = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
        client.update_timeouts(patient).await.expect("the driver can be told to wait");
        let window = Window::new(client, self.start.marked);
        window.rest().await;
        window.until("the first page", "return !!document.querySelector('h1');", vec![]).await;
        window
    }

    /// Ends the program as a power cut would: it is asked nothing, and has no time for anything.
    pub fn kill_program(&self) {
        let mark = format!("{OF_DRIVER}={}", self.running().port);
        let program = processes::with(|variable| variable == mark);
        for process in program.iter().filter(|process| process.name.starts_with("sharewell")) {
            let pid = process.pid.to_string();
            let _ = Command::new("kill").args(["-KILL", &pid]).stderr(Stdio::null()).status();
        }
    }

    /// Waits until no program of this driver runs any more: what it writes when it ends is written.
    pub async fn program_is_gone(&self) {
        let mark = format!("{OF_DRIVER}={}", self.running().port);
        let gone = async || {
            let left = processes::with(|variable| variable == mark);
            (!left.iter().any(|process| process.name.starts_with("sharewell"))).then_some(())
        };
        wait::seen("the program to end", gone).await.unwrap_or_else(|in_vain| panic!("{in_vain}"));
    }

    /// Waits until the program has ended by itself, and takes a fresh driver for the next one: WebKitWebDriver holds
    /// one session at a time, and of one whose program went away under it gives neither an answer nor its place.
    pub async fn program_ended_by_itself(&self) {
        self.program_is_gone().await;
        let mut running = self.running();
        *running = Running::start(&self.start);
    }

    /// Waits until the program that this driver started has been seen and has gone; for ever where it stays.
    async fn program_has_ended(&self) {
        let mark = format!("{OF_DRIVER}={}", self.running().port);
        let mut seen = false;
        let gone = async || {
            let runs = processes::with(|variable| variable == mark)
                .iter()
                .any(|process| process.name.starts_with("sharewell"));
            seen |= runs;
            (seen && !runs).then_some(())
        };
        if wait::seen("the end of the program", gone).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Asks until the driver listens and the window is there.
    async fn connect(&self) -> Client {
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".into(), json!("wry"));
        capabilities.insert(
            "tauri:options".into(),
            json!({ "application": self.start.program(), "args": self.start.arguments }),
        );
        let address = format!("http://127.0.0.1:{}", self.running().port);
        let listens = async || {
            let mut asked = ClientBuilder::new(HttpConnector::new());
            asked.capabilities(capabilities.clone()).connect(&address).await.ok()
        };
        match wait::seen("a driver that listens", listens).await {
            Ok(client) => client,
            // The one who tries has the same limit, and says so.
            Err(_) => std::future::pending().await,
        }
    }
}
