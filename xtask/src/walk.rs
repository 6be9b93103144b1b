//! The demonstration journey on a virtual display, photographed. The module header of `main.rs` has the
//! protocol.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::command::{not_started, shown};
use crate::display::{TIME_UP, Virtual, bounded};
use crate::leftover::Mark;
use crate::place::file_problem;
use crate::problem::{Outcome, Problem};

/// The size of the screen, and so of every picture.
pub const SCREEN: &str = "1280x720";

/// The whole journey may take this long, in seconds; a slow machine needs about two minutes.
const LIMIT: u32 = 600;

/// A page is given this many looks to come to rest. A blinking cursor never does.
const LOOKS: usize = 6;

/// A picture of an empty screen this size compresses to less than this; any page to far more.
const EMPTY: usize = 4096;

/// Starts the program on a virtual display, takes the pictures that it asks for, and checks what it left.
pub fn walk(program: &Path, folder: &Path) -> Outcome {
    clear(folder)?;
    let display = Virtual::start(SCREEN)?;
    let mut command = bounded(LIMIT, program.as_os_str());
    command.arg("--demo").arg("--walk").arg(folder).stdin(Stdio::null());
    display.dress(&mut command);
    let mark = Mark::new();
    mark.put_on(&mut command);
    println!("      $ {}", shown(&command));
    let child = command.spawn().map_err(|error| not_started(&command, &error))?;
    let mut journey = Journey(child, mark);
    let status = loop {
        if let Some(status) = journey.0.try_wait().map_err(|error| not_started(&command, &error))? {
            break status;
        }
        for ready in files(folder, "ready")? {
            photograph(&display, &ready)?;
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    if status.code() == Some(TIME_UP) {
        return Err(Problem::new(
            format!("The demonstration journey did not end within {LIMIT} seconds."),
            format!("Look at the last picture in {} to see where it stood.", folder.display()),
        ));
    }
    if !status.success() {
        return Err(Problem::new(
            format!("The demonstration journey ended with {status}."),
            "Read what the program printed above; the last picture shows where it stood.",
        ));
    }
    for (ending, what) in [("png", "picture"), ("pdf", "decision as PDF"), ("sharewell", "handover")] {
        let found = files(folder, ending)?;
        if !found.iter().any(|file| fs::metadata(file).is_ok_and(|about| about.len() > 0)) {
            return Err(Problem::new(
                format!("The demonstration journey ended well but left no {what} (*.{ending})."),
                "This is a fault in the program's own journey: see src-tauri/src for `--walk`.",
            ));
        }
    }
    Ok(())
}

/// Prints what the journey left behind.
pub fn list(folder: &Path) -> Outcome {
    println!("\nThere is no display here, so the program walked its demonstration journey by itself.");
    println!("It left in {}:", folder.display());
    for ending in ["png", "pdf", "sharewell"] {
        for file in files(folder, ending)? {
            let size = fs::metadata(&file).map_or(0, |about| about.len());
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            println!("  {name:<40} {:>6} KB", size.div_ceil(1024));
        }
    }
    Ok(())
}

/// The running journey. It is asked to end, with all it started, when a failure leaves it behind.
struct Journey(Child, #[expect(dead_code, reason = "what is left is ended when this is dropped")] Mark);

impl Drop for Journey {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            // `timeout` passes a TERM on to everything that it started; a KILL it could not.
            let _sent = Command::new("kill").arg("-TERM").arg(self.0.id().to_string()).status();
            let _reaped = self.0.wait();
        }
    }
}

fn clear(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| file_problem("empty", folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| file_problem("create", folder, &error))
}

fn photograph(display: &Virtual, ready: &Path) -> Outcome {
    let mut last = Vec::new();
    for _ in 0..LOOKS {
        let picture = look(display)?;
        if picture == last && picture.len() > EMPTY {
            break;
        }
        last = picture;
        std::thread::sleep(Duration::from_millis(150));
    }
    let file = ready.with_extension("png");
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if last.len() <= EMPTY {
        return Err(Problem::new(
            format!("The page for {name} stayed empty."),
            "Run this again; if it stays so, start the program on a real display and look at that page.",
        ));
    }
    fs::write(&file, &last).map_err(|error| file_problem("write", &file, &error))?;
    fs::remove_file(ready).map_err(|error| file_problem("remove", ready, &error))?;
    println!("      {name}");
    Ok(())
}

/// One picture of the screen as PNG bytes, without dates, so that equal screens give equal bytes.
fn look(display: &Virtual) -> Outcome<Vec<u8>> {
    let mut command = Command::new("import");
    command.args(["-silent", "-window", "root", "-strip"]);
    command.args(["-define", "png:exclude-chunks=date,time", "png:-"]);
    display.dress(&mut command);
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_started(&command, &error))?;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout);
    }
    Err(Problem::new(
        format!("The screen could not be photographed: {}", String::from_utf8_lossy(&output.stderr).trim()),
        "Check that ImageMagick's `import` works here, then run this again.",
    ))
}

/// The files with this ending, in the order of their names.
fn files(folder: &Path, ending: &str) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| file_problem("read", folder, &error))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == ending))
        .collect();
    found.sort();
    Ok(found)
}
