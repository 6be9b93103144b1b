//! From the start of the program to its first page on the screen: at most 1.25 times an empty window of the same
//! kind.
//!
//! Both are started by turns on a display that keeps what it shows in a file. Each is ready when enough of it shows
//! the colour that the program's first button has and the empty window is filled with: before that, neither has
//! painted its page.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::report::{Budget, Line, Report, Unit};
use crate::timing::{by_turns, ratio};

/// Rounds. Each starts two programs.
const ROUNDS: usize = 10;
/// A window that is not there by then never comes.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at the display.
const LOOK: Duration = Duration::from_millis(2);
/// The colour of the first button, as the display keeps it: blue, green, red.
const COLOUR: [u8; 3] = [0x59, 0x50, 0x0a];
/// So many points of it are more than the edge of something.
const POINTS: usize = 400;
/// Where `cargo xtask bench` says that the two programs are.
const OURS: &str = "SHAREWELL_BIN";
const EMPTY: &str = "SHAREWELL_EMPTY_WINDOW";

/// Measures where there is a display to be had and the programs were built. Otherwise says why not.
pub fn measure(dir: &Path, report: &mut Report) -> Result<Option<String>> {
    let (Some(ours), Some(empty)) = (built(OURS), built(EMPTY)) else {
        return Ok(Some("Run it through `cargo xtask bench`, which builds the window.".to_owned()));
    };
    let folder = tempfile::Builder::new().prefix("sharewell-bench-").tempdir_in(dir)?;
    let Some(mut screen) = Screen::new(folder.path())? else {
        return Ok(Some("It takes Xvfb and dbus-daemon, which are not here.".to_owned()));
    };
    let none_yet = folder.path().join("vault").display().to_string();
    let (first, limit) = by_turns(
        ROUNDS,
        &mut screen,
        |screen, _| screen.ready(&ours, &["--vault", &none_yet]),
        |screen, _| screen.ready(&empty, &[]),
    )?;
    report.push(Line {
        what: "window ready, against an empty window",
        entries: 0,
        unit: Unit::Milliseconds,
        ours: first.median(),
        p95: Some(first.p95()),
        limit: limit.median(),
        ratio: ratio(&first, &limit),
        budget: Budget::AtMost(1.25),
    });
    Ok(None)
}

fn built(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

/// A display of its own, a session bus of its own, and folders of their own.
struct Screen {
    display: Served,
    bus: Served,
    shown: PathBuf,
    home: PathBuf,
}

/// A program that runs as long as this is held, and the first line that it printed.
struct Served {
    child: Child,
    said: String,
}

impl Served {
    /// None where it is not installed.
    fn start(command: &mut Command) -> Result<Option<Self>> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut said = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut said)?;
        }
        Ok(Some(Self { child, said: said.trim().to_owned() }))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that has gone already cannot be ended twice.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Screen {
    fn new(dir: &Path) -> Result<Option<Self>> {
        let (shown, home) = (dir.join("display"), dir.join("home"));
        std::fs::create_dir_all(&shown)?;
        std::fs::create_dir_all(&home)?;
        let mut display = Command::new("Xvfb");
        display
            .args(["-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-fbdir"])
            .arg(&shown);
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let (Some(display), Some(bus)) = (Served::start(&mut display)?, Served::start(&mut bus)?) else {
            return Ok(None);
        };
        Ok(Some(Self { display, bus, shown: shown.join("Xvfb_screen0"), home }))
    }

    /// Starts a program, waits until it has painted, ends it, and gives the time that it took.
    fn ready(&mut self, program: &Path, arguments: &[&str]) -> Result<Duration> {
        let folder = |name: &str| self.home.join(name);
        let started = Instant::now();
        let mut child = Command::new(program)
            .args(arguments)
            .env("DISPLAY", format!(":{}", self.display.said))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.said)
            .env("NO_AT_BRIDGE", "1")
            .env("GDK_BACKEND", "x11")
            .env("HOME", &self.home)
            .env("XDG_DATA_HOME", folder("data"))
            .env("XDG_CACHE_HOME", folder("cache"))
            .env("XDG_CONFIG_HOME", folder("config"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let painted = self.wait(true, started);
        let took = started.elapsed();
        let _ = child.kill();
        child.wait()?;
        if !painted? {
            return Err(Error::NoWindow);
        }
        // The next one begins on an empty display.
        if !self.wait(false, Instant::now())? {
            return Err(Error::NoWindow);
        }
        Ok(took)
    }

    /// Waits until the display shows the colour, or no longer does. Says whether it came to that.
    fn wait(&self, wanted: bool, from: Instant) -> Result<bool> {
        while from.elapsed() < PATIENCE {
            if shows(&std::fs::read(&self.shown)?) == wanted {
                return Ok(true);
            }
            std::thread::sleep(LOOK);
        }
        Ok(false)
    }
}

/// Whether enough of a display shows the colour. It is kept as an X window dump: a header that says how long it is
/// and how many colours follow it, and four bytes a point.
fn shows(dump: &[u8]) -> bool {
    let number = |at: usize| {
        let bytes = dump.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let (Some(header), Some(colours)) = (number(0), number(76)) else { return false };
    let points = dump.get(header + colours * 12..).unwrap_or_default();
    points.chunks_exact(4).filter(|point| point.starts_with(&COLOUR)).take(POINTS).count() == POINTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_shows_the_colour_where_enough_points_have_it() {
        let mut dump = vec![0; 100 + 2 * 12];
        dump.splice(0..4, 100_u32.to_be_bytes());
        dump.splice(76..80, 2_u32.to_be_bytes());
        assert!(!shows(&dump), "nothing is painted");
        let point = [COLOUR[0], COLOUR[1], COLOUR[2], 0];
        dump.extend(point.repeat(POINTS - 1));
        assert!(!shows(&dump), "an edge is not a page");
        dump.extend(point);
        assert!(shows(&dump));
        assert!(!shows(&[1, 2, 3]), "what is cut off shows nothing");
    }
}
