//! Tools that are not ours, which the tests use to look at our work from outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{asked, cargo, run};
use crate::place::{Place, file_problem};
use crate::problem::Outcome;

/// Python packages that open and verify a handover and a vault, with their versions.
const PYTHON_PACKAGES: &str = include_str!("../outside-tools.txt");

/// Speaks WebDriver to the real window.
const TAURI_DRIVER: &str = "2.1.0";

/// A Python of our own with the packages above, in the target folder. Gives its interpreter.
pub fn python(place: &Place) -> Outcome<PathBuf> {
    let folder = place.target.join("outside-tools");
    let interpreter = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join("installed.txt");
    if interpreter.exists() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == PYTHON_PACKAGES)
    {
        println!("      The Python tools are there.");
        return Ok(interpreter);
    }
    // Debian's own interpreter is the one that python3-venv completes; another may come first on the path.
    let debian = Path::new("/usr/bin/python3");
    let system = if debian.exists() { debian } else { Path::new("python3") };
    run(
        Command::new(system).args(["-m", "venv", "--clear"]).arg(&folder),
        "Install Python 3 with its venv module, then run this again.",
    )?;
    let list = folder.join("wanted.txt");
    fs::write(&list, PYTHON_PACKAGES).map_err(|error| file_problem("write", &list, &error))?;
    let mut install = Command::new(&interpreter);
    install.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&list);
    run(&mut install, "Check the network, then run this again.")?;
    fs::rename(&list, &stamp).map_err(|error| file_problem("write", &stamp, &error))?;
    Ok(interpreter)
}

/// `tauri-driver`, in the target folder. Gives its path.
pub fn tauri_driver(place: &Place) -> Outcome<PathBuf> {
    let folder = place.kept("tools")?;
    let driver = folder.join("bin").join("tauri-driver");
    // The version is in the stamp that Cargo keeps beside what it installs.
    let installed = asked(cargo().args(["install", "--list", "--root"]).arg(&folder)).unwrap_or_default();
    if driver.exists() && installed.contains(&format!("tauri-driver v{TAURI_DRIVER}")) {
        println!("      tauri-driver {TAURI_DRIVER} is there.");
        return Ok(driver);
    }
    let mut install = cargo();
    install.current_dir(&place.root).args(["install", "tauri-driver", "--locked", "--debug", "--force"]);
    install.args(["--version", TAURI_DRIVER, "--root"]).arg(&folder);
    install.arg("--target-dir").arg(folder.join("build"));
    run(&mut install, "Check the network, then run this again.")?;
    Ok(driver)
}
