//! `cargo xtask test`: everything that has to hold, in one order, stopping at the first failure.
//!
//! Which packages are compiled together is fixed in `selection.rs`.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{cargo, run, this};
use crate::counting::{Counts, in_ci, run_tests};
use crate::display::{Virtual, bounded};
use crate::place::Place;
use crate::problem::Outcome;
use crate::selection::{set_aside, set_marked_aside, with_tests};
use crate::steps::Steps;
use crate::wall::{self, Wall};
use crate::{node, outside, packages, room};

/// Only WebKitGTK and Windows have a driver for their web view, and only the first was tried.
const WINDOW: bool = cfg!(target_os = "linux");

/// The window's tests may take this long, in seconds. They need about ten minutes; a machine that is busy with
/// other work many times that.
const WINDOW_LIMIT: u32 = 5400;

const MEND: &str = "Mend what is named above, then run `cargo xtask test` again.";

/// What the tests are told about their surroundings.
struct Surroundings {
    place: Place,
    python: PathBuf,
    driver: Option<PathBuf>,
}

impl Surroundings {
    fn set_up(place: Place) -> Outcome<Self> {
        let driver = if WINDOW { Some(outside::tauri_driver(&place)?) } else { None };
        Ok(Self { python: outside::python(&place)?, place, driver })
    }

    fn tell(&self, command: &mut Command) {
        command
            .current_dir(&self.place.root)
            .env("SHAREWELL_BIN", self.place.set_aside("sharewell"))
            .env("SHAREWELL_CTL", self.place.set_aside("sharewellctl"))
            .env("SHAREWELL_MARKED_BIN", self.place.for_tests("sharewell"))
            .env("SHAREWELL_MARKED_PAGES", node::marked(&self.place))
            .env("OUTSIDE_PYTHON", &self.python);
        if let Some(driver) = &self.driver {
            command.env("TAURI_DRIVER", driver);
        }
    }
}

/// Everything.
pub fn everything() -> Outcome {
    let mut steps = Steps::new(if WINDOW { 14 } else { 12 });
    steps.step("Looking for what the build and the tests need", || {
        packages::provide(&[packages::BUILD, packages::DISPLAY, packages::TESTS])?;
        node::present()
    })?;
    let place = Place::find()?;
    steps.step("Looking whether there is room", || room::provide(&place, room::TESTS))?;
    steps.step("Checking the format of the Rust sources", || {
        run(cargo().current_dir(&place.root).args(["fmt", "--all", "--check"]), "Run `cargo fmt --all`.")
    })?;
    steps.step("Installing the packages of the window's pages", || node::packages(&place))?;
    steps.step("Checking the window's pages", || node::script(&place, "check", MEND))?;
    steps.step("Building the window's pages", || {
        node::build(&place)?;
        node::build_marked(&place)
    })?;
    steps.step("Clippy, warnings as errors", || {
        let lint = |clippy: &mut Command| run(clippy.args(["--all-targets", "--", "-D", "warnings"]), MEND);
        lint(&mut with_tests(&place, "clippy"))?;
        lint(&mut window_tests(&place, "clippy"))
    })?;
    steps.step("Building the tests", || {
        run(with_tests(&place, "build").arg("--all-targets"), MEND)?;
        set_marked_aside(&place)
    })?;
    steps.step("Building the program and sharewellctl as they are given out", || set_aside(&place))?;
    let surroundings = steps.step("Setting up the outside tools", || Surroundings::set_up(place))?;
    let wall = steps.step("Walling the tests off from the network", || Wall::before_tests(in_ci()))?;
    let mut counts = steps.step("Testing the rules, the store, the formats and the journeys", || {
        let mut test = with_tests(&surroundings.place, "test");
        surroundings.tell(&mut test);
        run_tests(&mut wall.around(&test), MEND)
    })?;
    if let Wall::Refused(why) = &wall {
        counts.leave_out(wall::NAME, why);
    }
    if WINDOW {
        steps.step("Building the window's tests", || {
            run(window_tests(&surroundings.place, "test").arg("--no-run"), MEND)
        })?;
        counts.add(steps.step("Testing the real window", || real_window(&surroundings, &wall))?);
    } else {
        counts.leave_out("the window's tests", "they drive WebKitGTK and run on Linux only");
    }
    summary(&steps, &counts)
}

/// Installs what [`everything`] needs besides the build, and says where it is, for a test run by hand.
pub fn tools() -> Outcome {
    let place = Place::find()?;
    let mut steps = Steps::new(2);
    steps.step("Looking for what the build and the tests need", || {
        packages::provide(&[packages::BUILD, packages::DISPLAY, packages::TESTS])?;
        node::present()
    })?;
    let surroundings = steps.step("Setting up the outside tools", || Surroundings::set_up(place))?;
    let mut told = Command::new("a test");
    surroundings.tell(&mut told);
    println!("\nThe tests are told:");
    for (name, value) in told.get_envs() {
        println!("  {}={}", name.display(), value.unwrap_or_default().display());
    }
    Ok(())
}

/// What can be said in seconds while writing a rule.
pub fn fast() -> Outcome {
    let place = Place::find()?;
    let mut steps = Steps::new(2);
    steps.step("Checking the format of the Rust sources", || {
        run(cargo().current_dir(&place.root).args(["fmt", "--all", "--check"]), "Run `cargo fmt --all`.")
    })?;
    let counts = steps.step("Testing the records and the guidance", || {
        let mut test = cargo();
        test.current_dir(&place.root).args(["test", "-p", "sharewell-records", "-p", "sharewell-guidance"]);
        run_tests(&mut test, "Mend what is named above, then run `cargo xtask test --fast` again.")
    })?;
    summary(&steps, &counts)
}

fn window_tests(place: &Place, verb: &str) -> Command {
    let mut command = cargo();
    command.current_dir(&place.root).args([verb, "-p", "sharewell-window"]);
    command
}

/// The real window's tests, with their display and everything else that they start, behind the wall.
fn real_window(surroundings: &Surroundings, wall: &Wall) -> Outcome<Counts> {
    let mut test = Command::new(this()?);
    test.arg("window");
    surroundings.tell(&mut test);
    run_tests(&mut wall.around(&test), "Read what is said above.")
}

/// One window at a time, on a virtual display and a session bus of its own.
pub fn window() -> Outcome {
    let surroundings = Surroundings::set_up(Place::find()?)?;
    let display = Virtual::start("1280x900")?;
    let mut test = bounded(WINDOW_LIMIT, cargo().get_program());
    test.args(["test", "-p", "sharewell-window", "--", "--test-threads=1"]);
    surroundings.tell(&mut test);
    display.dress(&mut test);
    run(&mut test, "Read the failed assertion above; a status of 124 means that the time was up.")
}

fn summary(steps: &Steps, counts: &Counts) -> Outcome {
    counts.whole(in_ci())?;
    println!("\nEverything that was run held, in {}.", steps.elapsed());
    println!("{}", counts.closing());
    Ok(())
}
