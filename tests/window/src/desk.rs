//! A desk of its own for the program: every folder that it knows of lies in one fresh folder, and its
//! session bus is its own, so that what it leaves and what it starts can be told from everything else.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::driver::wanted;
use crate::processes::{self, LOCKED, Process};
use crate::wait;

/// The variables that name folders, and what the folders are called here.
const FOLDERS: [(&str, &str); 6] = [
    ("HOME", "home"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_RUNTIME_DIR", "run"),
    ("TMPDIR", "tmp"),
];

/// A session bus; it ends when this is dropped.
pub struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    /// How to reach it.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        end(&mut self.daemon);
    }
}

/// The desk.
pub struct Desk {
    root: TempDir,
}

impl Desk {
    /// A desk with nothing on it.
    pub fn new() -> Self {
        let root = tempfile::Builder::new().prefix("desk-").tempdir().expect("a folder can be made");
        for (_, name) in FOLDERS {
            let folder = root.path().join(name);
            std::fs::create_dir(&folder).expect("a folder can be made");
            // The runtime folder is refused if anybody else can read it.
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))
                .expect("it can be private");
        }
        Self { root }
    }

    /// The folder that holds everything.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The vaults that lie in the temporary folder.
    pub fn sample_vaults(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.root().join("tmp")).expect("the temporary folder can be read");
        let folders = entries.filter_map(Result::ok).map(|entry| entry.path());
        folders.filter(|path| path.join("vault.db").exists()).collect()
    }

    /// What a command has to be told to work at this desk.
    pub fn surroundings(&self) -> Vec<(String, PathBuf)> {
        FOLDERS.iter().map(|(variable, name)| ((*variable).to_owned(), self.root().join(name))).collect()
    }

    /// Starts a session bus. Without one of its own a program would talk to that of another test.
    pub fn bus(&self) -> Bus {
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let daemon = command
            .envs(self.surroundings())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(self.log("bus"))
            .spawn()
            .expect("dbus-daemon starts");
        let mut bus = Bus { daemon, address: String::new() };
        let told = bus.daemon.stdout.take().expect("its output is ours");
        BufReader::new(told).read_line(&mut bus.address).expect("it tells its address, or ends");
        bus.address = bus.address.trim().to_owned();
        assert!(!bus.address.is_empty(), "the session bus tells where it is");
        bus
    }

    /// Starts the program in its shipped mode; what it prints goes to a log on the desk.
    pub fn start(&self, bus: &Bus, log: &str, arguments: &[&Path], variables: &[(&str, &str)]) -> Program {
        let mut command = Command::new(wanted("SHAREWELL_BIN"));
        command
            .args(arguments)
            .current_dir(self.root())
            .envs(self.surroundings())
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .env("NO_AT_BRIDGE", "1")
            .env("GDK_BACKEND", "x11")
            .env_remove("TAURI_WEBVIEW_AUTOMATION")
            .env_remove(LOCKED)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(self.log(log))
            .stderr(self.log(&format!("{log}-errors")));
        Program(command.spawn().expect("the program starts"))
    }

    fn log(&self, name: &str) -> std::fs::File {
        std::fs::File::create(self.root().join(format!("{name}.log"))).expect("a log can be made")
    }

    /// What has been logged so far, for a failure's words.
    pub fn logs(&self) -> String {
        let mut all = String::new();
        for entry in std::fs::read_dir(self.root()).expect("the desk can be read").filter_map(Result::ok) {
            if entry.path().extension().is_some_and(|ending| ending == "log") {
                let text = std::fs::read(entry.path()).unwrap_or_default();
                all += &format!("{}:\n{}\n", entry.path().display(), String::from_utf8_lossy(&text));
            }
        }
        all
    }

    /// Every process that was started at this desk and still runs: each has the desk in its environment.
    pub fn processes(&self) -> Vec<Process> {
        let here = self.root().to_string_lossy().into_owned();
        processes::with(|variable| variable.starts_with("HOME=") && variable.contains(&here))
    }

    /// Waits until something holds on this desk.
    pub fn until<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        wait::until(what, look).unwrap_or_else(|in_vain| panic!("{in_vain}; the logs say:\n{}", self.logs()))
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // A failed test must not leave windows behind, nor what a lock relaunched.
        for process in self.processes() {
            // It may have ended by itself meanwhile.
            let _ =
                Command::new("kill").arg("-KILL").arg(process.pid.to_string()).stderr(Stdio::null()).status();
        }
    }
}

/// The program, as this test started it.
pub struct Program(Child);

impl Program {
    /// Its process.
    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Its exit status, where it has ended; negative where a signal ended it.
    pub fn ended(&mut self) -> Option<i32> {
        self.0.try_wait().expect("a process of ours can be asked").map(|status| status.code().unwrap_or(-1))
    }

    /// Ends it.
    pub fn end(mut self) {
        end(&mut self.0);
    }
}

fn end(child: &mut Child) {
    // A process that has gone already cannot be ended twice.
    let _ = child.kill();
    let _ = child.wait();
}
