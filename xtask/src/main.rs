//! The project's own tool: `cargo xtask VERB`.
//!
//! It takes a fresh machine to a running window, to a complete test run, or to installers, and says at
//! each step what it does. A failure names the step and what to do next. It holds no rule of the program
//! itself and depends on next to nothing, because it is compiled first.
//!
//! # The demonstration without a screen
//!
//! `cargo xtask run` on a machine without a display starts the same program on a virtual one, as
//! `sharewell --demo --walk DIR` with `DIR` = `demo` in the target folder. The program walks its own
//! demonstration journey and ends with status 0. The two speak through files in `DIR`:
//!
//! 1. The program has shown a page that deserves a picture. It creates an empty `NN-name.ready`
//!    (`NN` two digits, so that the pictures sort in the order of the journey) and waits.
//! 2. xtask photographs the whole virtual screen, 1280 by 720, until it shows another page than the picture
//!    before and has stayed the same for a while, saves `NN-name.png`, and only then removes `NN-name.ready`.
//! 3. The file is gone: the program goes on.
//!
//! The program leaves at least one `*.pdf` (the decision) and one `*.sharewell` (the handover) in `DIR`.
//! The walk has failed when one of these or the pictures are missing, when the program ends with another
//! status, or when it takes longer than the limit in `walk.rs`.

mod bench;
mod bindings;
mod command;
mod counting;
mod display;
mod fuzz;
mod kills;
mod leftover;
mod node;
mod notices;
mod outside;
mod packages;
mod place;
mod problem;
mod release;
mod room;
mod run;
mod selection;
mod steps;
mod test;
mod wait;
mod walk;
mod wall;

use std::process::ExitCode;

use problem::{Outcome, Problem};

const HELP: &str = "\
Usage: cargo xtask VERB [ARGUMENTS]

  run [-- ARGUMENTS]   Install or name what is missing, build, and open the window.
                       -- --demo        a fictional sample vault in a temporary folder
                       -- --vault DIR   the vault in this folder
                       Without a display: walks the demonstration journey on a virtual one and leaves
                       pictures, the decision's PDF and a handover file in target/demo.
  test [--fast]        Everything: format, the window's pages, clippy, all tests, the window itself.
                       --fast           format, records and guidance only; no Tauri, no browser engine
  window               The real window's tests alone, once `test` has built everything.
  tools                Install what `test` needs besides the build, and say where it is.
  bench [ARGUMENTS]    Measure against the limit in the same run; prints ratios (-- --help says which).
  fuzz [ARGUMENTS]     Give every reader of outside bytes what nobody meant it to read, guided by what that reaches.
                       --minutes N      for each reader (1)
                       --only READER    one of those in tests/fuzz/README.md
  kills                Kill what must survive it in the middle, 200 times and more, and say how often.
  bindings             Write ui/src/lib/bindings.ts anew from the Rust commands.
  pack                 Check every guidance pack in assets/guidance.
  notices [--check]    Write THIRD-PARTY.md anew, or only say whether it is up to date.
  release              Build the installers and sharewellctl for this system.
  help                 This page.
";

fn main() -> ExitCode {
    if fuzz::is_compiler() {
        return fuzz::as_compiler();
    }
    // Before any build can put another program in this one's place.
    command::remember_this();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match perform(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: &[String]) -> Outcome {
    let (verb, rest) = match arguments.split_first() {
        Some((verb, rest)) => (verb.as_str(), rest),
        None => ("help", arguments),
    };
    // Both `run --demo` and `run -- --demo` are understood.
    let rest = match rest.split_first() {
        Some((first, after)) if first == "--" => after,
        _ => rest,
    };
    match (verb, rest) {
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(())
        }
        ("run", rest) => run::run(rest),
        ("tools", []) => test::tools(),
        ("test", []) => test::everything(),
        ("window", []) => test::window(),
        ("test", [only]) if only == "--fast" => test::fast(),
        ("bench", rest) => bench::bench(rest),
        ("fuzz", rest) => fuzz::fuzz(rest),
        ("kills", []) => kills::kills(),
        ("bindings", []) => bindings::bindings(),
        ("pack", []) => bindings::pack(),
        ("notices", []) => notices::write(),
        ("notices", [only]) if only == "--check" => notices::check(),
        ("release", []) => release::release(),
        ("tools" | "test" | "window" | "kills" | "bindings" | "pack" | "notices" | "release", rest) => {
            Err(Problem::new(
                format!("`cargo xtask {verb}` does not know `{}`.", rest.join(" ")),
                "See what each verb takes with `cargo xtask help`.",
            ))
        }
        (other, _) => {
            Err(Problem::new(format!("There is no verb `{other}`."), "See the list with `cargo xtask help`."))
        }
    }
}
