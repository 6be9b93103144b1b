//! A virtual display of our own, and whether there is a real one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{TryRecvError, channel};

use crate::command::not_started;
use crate::problem::{Outcome, Problem};
use crate::wait::{PATIENCE, until};

/// Whether a window can be shown to a person here.
pub fn real() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// A running Xvfb; it ends when this is dropped.
pub struct Virtual {
    server: Child,
    name: String,
}

impl Virtual {
    /// Starts Xvfb, which picks a free display number itself.
    pub fn start(size: &str) -> Outcome<Self> {
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"])
            .arg(format!("{size}x24"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let server = command.spawn().map_err(|error| not_started(&command, &error))?;
        let mut display = Self { server, name: String::new() };
        let Some(output) = display.server.stdout.take() else { return Err(mute()) };
        let (tell, told) = channel();
        // Xvfb writes its number once it answers, or ends and closes the pipe.
        std::thread::spawn(move || {
            let mut number = String::new();
            let _ended = BufReader::new(output).read_line(&mut number);
            // Nobody listens any more where the wait was given up.
            let _given_up = tell.send(number);
        });
        let number = until("the virtual display (Xvfb) to answer", PATIENCE, || match told.try_recv() {
            Ok(number) => Ok(Some(number)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(mute()),
        })?;
        let number: u32 = number.trim().parse().map_err(|_| mute())?;
        display.name = format!(":{number}");
        Ok(display)
    }

    /// Points a command at this display and at nothing else.
    pub fn dress(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.name)
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            // The desktop's accessibility bus is not there and would only be waited for.
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY");
    }
}

/// The failure of a display that ended instead of telling its number.
fn mute() -> Problem {
    Problem::new("The virtual display (Xvfb) did not start.", "Run `Xvfb :99` by hand and read what it says.")
}

impl Drop for Virtual {
    fn drop(&mut self) {
        let _already_gone = self.server.kill();
        let _reaped = self.server.wait();
    }
}

/// A command that runs `program` on a session bus of its own and ends it, with all it started, after
/// `seconds`. The program's arguments go to the command that is returned.
pub fn bounded(seconds: u32, program: &std::ffi::OsStr) -> Command {
    let mut command = Command::new("timeout");
    command.arg("--kill-after=15").arg(seconds.to_string());
    command.args(["dbus-run-session", "--"]).arg(program);
    command
}

/// The status with which `timeout` says that the time was up.
pub const TIME_UP: i32 = 124;
