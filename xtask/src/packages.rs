//! What the operating system has to bring: looked for, installed where that is safe, named elsewhere.
//!
//! Only Debian's and Ubuntu's package manager is driven, since that is where this was tried. For other
//! systems the exact names are printed and nothing is changed.

use std::process::Command;

use crate::command::{asked, found, run};
use crate::problem::{Outcome, Problem};

/// Needed to compile the program.
pub const BUILD: &[&str] =
    &["libwebkit2gtk-4.1-dev", "librsvg2-dev", "build-essential", "pkg-config", "perl", "make"];

/// Needed to show and photograph a window where there is no screen.
pub const DISPLAY: &[&str] = &["xvfb", "dbus-x11", "imagemagick"];

/// Needed by the tests besides: the driver of the real window, the tools that open a handover without us,
/// the one that reads a process's memory, the database of an agency's intake, and the one that brings up the loopback of a network without any way
/// out.
pub const TESTS: &[&str] =
    &["webkit2gtk-driver", "age", "poppler-utils", "qpdf", "gdb", "python3-venv", "iproute2", "postgresql"];

const ELSEWHERE: &str = "\
  Fedora:    webkit2gtk4.1-devel librsvg2-devel gcc gcc-c++ make perl pkgconf-pkg-config
             tests: webkit2gtk-driver xorg-x11-server-Xvfb dbus-daemon ImageMagick age poppler-utils qpdf gdb python3 iproute postgresql-server
  Arch:      webkit2gtk-4.1 librsvg base-devel perl
             tests: xorg-server-xvfb dbus imagemagick age poppler qpdf gdb python iproute2 postgresql
  openSUSE:  webkit2gtk3-devel librsvg-devel gcc gcc-c++ make perl pkgconf-pkg-config
             tests: webkit2gtk-driver xorg-x11-server-Xvfb dbus-1-daemon ImageMagick age poppler-tools qpdf gdb python3 iproute2 postgresql-server
  macOS:     the Xcode command line tools (`xcode-select --install`)
  Windows:   Visual Studio Build Tools with the C++ workload, Strawberry Perl, the WebView2 runtime";

/// Sees to it that these Debian packages are there, or that what they bring is.
pub fn provide(wanted: &[&[&str]]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return other_system();
    }
    if !found("apt-get") || !found("dpkg-query") {
        return other_linux();
    }
    let wanted: Vec<&str> = wanted.iter().flat_map(|list| list.iter().copied()).collect();
    let missing = missing(&wanted);
    if missing.is_empty() {
        println!("      All {} system packages are there.", wanted.len());
        return Ok(());
    }
    println!("      Missing: {}", missing.join(" "));
    let by_hand = format!("Install them yourself: apt-get install {}", missing.join(" "));
    let lists_stale = "Check the network and the package sources, then run this again.";
    run(administrator(&by_hand)?.args(["apt-get", "update", "-q"]), lists_stale)?;
    let mut install = administrator(&by_hand)?;
    install.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q"]);
    install.arg("--no-install-recommends").args(&missing);
    run(&mut install, &by_hand)
}

fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    wanted
        .iter()
        .copied()
        .filter(|package| {
            let mut query = Command::new("dpkg-query");
            query.args(["-W", "-f=${db:Status-Abbrev}", package]);
            !asked(&mut query).is_some_and(|status| status.starts_with("ii"))
        })
        .collect()
}

/// A command that runs its arguments with the rights to install.
fn administrator(by_hand: &str) -> Outcome<Command> {
    if asked(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Ok(Command::new("env"));
    }
    if found("sudo") {
        return Ok(Command::new("sudo"));
    }
    Err(Problem::new("System packages are missing, and there is no sudo to install them.", by_hand))
}

fn other_linux() -> Outcome {
    let mut lacking: Vec<String> = ["cc", "make", "perl", "pkg-config"]
        .iter()
        .filter(|tool| !found(tool))
        .map(|&tool| tool.to_owned())
        .collect();
    if lacking.is_empty() {
        for library in ["webkit2gtk-4.1", "librsvg-2.0"] {
            if asked(Command::new("pkg-config").args(["--exists", library])).is_none() {
                lacking.push(library.to_owned());
            }
        }
    }
    named(&lacking)
}

fn other_system() -> Outcome {
    let tools: &[&str] = if cfg!(windows) { &["perl"] } else { &["cc", "make", "perl"] };
    let lacking: Vec<String> =
        tools.iter().filter(|tool| !found(tool)).map(|&tool| tool.to_owned()).collect();
    named(&lacking)
}

fn named(lacking: &[String]) -> Outcome {
    if lacking.is_empty() {
        println!("      Everything for the build is there.");
        return Ok(());
    }
    Err(Problem::new(
        format!("This system lacks: {}.", lacking.join(", ")),
        format!("Install the packages of your system, then run this again:\n{ELSEWHERE}"),
    ))
}
