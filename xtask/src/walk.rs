//! The demonstration journey on a virtual display, photographed. The module header of `main.rs` has the
//! protocol.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::command::{not_started, shown};
use crate::display::{TIME_UP, Virtual, bounded};
use crate::leftover::Mark;
use crate::place::file_problem;
use crate::problem::{Outcome, Problem};
use crate::wait::{PATIENCE, until};

/// The size of the screen, and so of every picture.
pub const SCREEN: &str = "1280x720";

/// The whole journey may take this long, in seconds. It needs about two minutes; a machine that is busy with
/// other work many times that.
const LIMIT: u32 = 3600;

/// A page has come to rest when its picture has stayed the same for this long.
const STILL: Duration = Duration::from_millis(500);

/// A page that never comes to rest is taken as it is after this long.
const RESTLESS: Duration = Duration::from_secs(60);

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
    let mut last = Vec::new();
    // `timeout` ends the journey; this wait is longer, and ends should it not.
    let limit = Duration::from_secs(u64::from(LIMIT)) + PATIENCE;
    let status = until("the end of the demonstration journey", limit, || {
        if let Some(status) = journey.0.try_wait().map_err(|error| not_started(&command, &error))? {
            return Ok(Some(status));
        }
        for ready in files(folder, "ready")? {
            last = photograph(&ready, &last, || look(&display))?;
        }
        Ok(None)
    })?;
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

/// Waits until the page is painted and has come to rest, keeps its picture, and tells the program so.
///
/// `before` is the picture of the page before: while the screen still shows that, the new page is not there yet.
/// The program says that its page is complete once the web view has it; when the screen shows it is for the
/// machine, and the first time on a cold one it takes many seconds.
fn photograph(ready: &Path, before: &[u8], mut look: impl FnMut() -> Outcome<Vec<u8>>) -> Outcome<Vec<u8>> {
    let file = ready.with_extension("png");
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let painted = |picture: &[u8]| picture.len() > EMPTY && picture != before;
    let mut last = until(&format!("the page for {name} to be painted"), PATIENCE, || {
        Ok(Some(look()?).filter(|picture| painted(picture)))
    })?;
    let (first_seen, mut unchanged_since) = (Instant::now(), Instant::now());
    let rested = until(&format!("the page for {name} to come to rest"), PATIENCE, || {
        let picture = look()?;
        if picture != last || !painted(&picture) {
            (last, unchanged_since) = (picture, Instant::now());
        } else if unchanged_since.elapsed() >= STILL {
            return Ok(Some(true));
        }
        Ok((first_seen.elapsed() >= RESTLESS && painted(&last)).then_some(false))
    })?;
    fs::write(&file, &last).map_err(|error| file_problem("write", &file, &error))?;
    fs::remove_file(ready).map_err(|error| file_problem("remove", ready, &error))?;
    println!("      {name}{}", if rested { "" } else { " (it never came to rest)" });
    Ok(last)
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::command::found;

    /// A folder of this test's own, gone when it is dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("sharewell-{name}-{}", std::process::id()));
            clear(&folder).unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _gone = fs::remove_dir_all(&self.0);
        }
    }

    /// A screen that shows these pictures one after the other, each for so many looks, and the last for ever.
    fn screen(shown: &[(usize, u8)]) -> impl FnMut() -> Outcome<Vec<u8>> + use<> {
        let mut looks: Vec<u8> = shown.iter().rev().flat_map(|(looks, kind)| vec![*kind; *looks]).collect();
        move || {
            let kind = if looks.len() > 1 { looks.pop() } else { looks.first().copied() };
            Ok(match kind {
                Some(0) | None => vec![0; 100],
                Some(kind) => vec![kind; EMPTY + 1],
            })
        }
    }

    #[test]
    fn a_picture_is_of_the_new_page_at_rest_however_late_it_is_painted() {
        let folder = Folder::new("picture");
        let ready = folder.0.join("02-later.ready");
        fs::write(&ready, []).unwrap();
        let before = vec![1; EMPTY + 1];
        // The page before, an empty window, a page half painted, another half, and the page.
        let taken = photograph(&ready, &before, screen(&[(30, 1), (30, 0), (2, 2), (2, 3), (1, 4)]));
        assert!(taken.unwrap().iter().all(|byte| *byte == 4), "the page at rest, and none before it");
        assert_eq!(fs::read(folder.0.join("02-later.png")).unwrap().first(), Some(&4));
        assert!(!ready.exists(), "the program is told that its picture is taken");
    }

    /// Speaks to the walk as the program does, and paints its one page long after it said that it is ready.
    const PAINTS_LATE: &str = r#"#!/bin/sh
set -eu
cd "$3"
touch 01-late.ready
sleep 20
# It paints, and ends with status 1 because it has no window of its own.
display -size 1280x720 -window root plasma:fractal || :
while [ -e 01-late.ready ]; do sleep 0.1; done
echo decision >decision.pdf
echo handover >handover.sharewell
"#;

    #[test]
    fn a_journey_whose_first_page_is_painted_late_is_photographed_and_passes() {
        if let Some(missing) =
            ["Xvfb", "import", "display", "dbus-run-session"].iter().find(|tool| !found(tool))
        {
            sharewell_left_out::left_out!("{missing} is not installed");
            return;
        }
        let home = Folder::new("late");
        let (program, folder) = (home.0.join("program"), home.0.join("demo"));
        fs::write(&program, PAINTS_LATE).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let walked = walk(&program, &folder);
        assert!(walked.is_ok(), "{}", walked.unwrap_err());
        let picture = fs::metadata(folder.join("01-late.png")).unwrap();
        assert!(picture.len() > EMPTY as u64, "the picture shows what was painted at last");
    }
}
