//! `cargo xtask fuzz`: looks for bytes that a reader does not stand, for as long as somebody has.
//!
//! libFuzzer keeps what reaches code that nothing reached before, and changes that. For it to see what is reached our
//! own crates are compiled with counters in them; everything from outside has none, and stays as it was built for the
//! tests but for what is C (`docs/decisions/0073-readers-under-fire.md`). Cargo has a place for that: a program that it
//! starts in place of the compiler for the crates of the workspace alone. This program is that one too
//! ([`as_compiler`]).

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use crate::command::{run, this};
use crate::place::{Place, file_problem};
use crate::problem::{Outcome, Problem};
use crate::selection::with_tests;
use crate::steps::Steps;

/// The feature that links libFuzzer.
const GUIDED: &str = "sharewell-fuzz/guided";
/// Set where this program was started in place of the compiler.
const AS_COMPILER: &str = "SHAREWELL_AS_COMPILER";
/// Says to the guided program which reader it is to try.
const READER: &str = "SHAREWELL_READER";
/// Says where what each reader begins with is written down, and the test that does it.
const CORPUS_TO: &str = "SHAREWELL_CORPUS_TO";
const TEST: &str = "readers";
const MEND: &str = "Mend what the compiler names above, then run this again.";
/// Minutes for each reader where nobody says how many.
const MINUTES: u64 = 1;
/// No input may keep a reader longer than this, in seconds. What it guards against is an input that never ends.
const LONGEST: u32 = 60;
/// What the program itself takes besides the reader, in mebibytes.
const BESIDE: u64 = 400;
/// What libFuzzer asks of the compiler.
const COUNTERS: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "--cfg=fuzzing",
];

/// Whether this program was started in place of the compiler.
pub fn is_compiler() -> bool {
    std::env::var_os(AS_COMPILER).is_some()
}

/// Compiles as cargo asks, with counters in our own crates.
pub fn as_compiler() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(compiler) = arguments.next() else { return ExitCode::FAILURE };
    let arguments: Vec<OsString> = arguments.collect();
    let mut command = Command::new(compiler);
    command.args(&arguments);
    if counted(&arguments) {
        command.args(COUNTERS);
    }
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("The compiler cannot be started: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether a crate is one of those whose code is looked at: a build script and a macro run elsewhere.
fn counted(arguments: &[OsString]) -> bool {
    let after = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.to_str()
    };
    let ours = after("--crate-name").is_some_and(|name| name.starts_with("sharewell") || name == "guided");
    ours && after("--crate-type") != Some("proc-macro")
}

struct Options {
    minutes: u64,
    only: Option<String>,
}

fn options(arguments: &[String]) -> Outcome<Options> {
    let mut options = Options { minutes: MINUTES, only: None };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let value = arguments.next();
        match (argument.as_str(), value) {
            ("--minutes", Some(value)) if value.parse().is_ok_and(|minutes: u64| minutes > 0) => {
                options.minutes = value.parse().unwrap_or(MINUTES);
            }
            ("--only", Some(name)) => options.only = Some(name.clone()),
            _ => {
                return Err(Problem::new(
                    format!("`cargo xtask fuzz` does not know `{argument}`, or it lacks its value."),
                    "It takes --minutes N (for each reader) and --only READER.",
                ));
            }
        }
    }
    Ok(options)
}

/// Tries every reader, or one.
pub fn fuzz(arguments: &[String]) -> Outcome {
    let options = options(arguments)?;
    let place = Place::find()?;
    let mut steps = Steps::new(3);
    let kept = place.target.join("fuzz");
    let readers = steps.step("Writing down what each reader begins with", || {
        // The same selection as that of all tests, so that nothing from outside is compiled for this alone.
        let mut write = with_tests(&place, "test");
        run(write.args(["--quiet", "--test", TEST]).env(CORPUS_TO, &kept), MEND)?;
        let list = kept.join("readers");
        let said = std::fs::read_to_string(&list).map_err(|error| file_problem("read", &list, &error))?;
        Ok(readers(&said, options.only.as_deref()))
    })?;
    if readers.is_empty() {
        return Err(Problem::new("There is no such reader.", "See the names in tests/fuzz/README.md."));
    }
    steps.step("Building with counters in our own crates", || {
        let mut build = with_tests(&place, "build");
        build.args(["--features", GUIDED, "--bin", "guided"]);
        build.env("RUSTC_WORKSPACE_WRAPPER", this()?).env(AS_COMPILER, "1");
        run(&mut build, MEND)
    })?;
    steps.step(&format!("Trying {} readers, {} minutes each", readers.len(), options.minutes), || {
        let mut fell = Vec::new();
        for (name, memory) in &readers {
            let found = kept.join("found").join(name);
            std::fs::create_dir_all(&found).map_err(|error| file_problem("create", &found, &error))?;
            let mut guided = Command::new(place.built("guided"));
            guided.current_dir(&place.root).env(READER, name).arg(kept.join(name));
            guided.arg(format!("-max_total_time={}", options.minutes * 60));
            guided.arg(format!("-timeout={LONGEST}")).arg(format!("-rss_limit_mb={}", memory + BESIDE));
            guided.arg(format!("-artifact_prefix={}/", found.display()));
            guided.args(["-print_final_stats=1", "-verbosity=1"]);
            println!("\n{name}");
            if run(&mut guided, "").is_err() {
                fell.push(format!("{name} (see {})", found.display()));
            }
        }
        if fell.is_empty() {
            return Ok(());
        }
        Err(Problem::new(
            format!("These readers did not stand what they were given:\n    {}", fell.join("\n    ")),
            "Copy what was found to tests/fuzz/corpus/READER, write a test that fails by it, then mend the reader.",
        ))
    })
}

/// The readers and how many mebibytes each may take, as they stand in the list.
fn readers(said: &str, only: Option<&str>) -> Vec<(String, u64)> {
    said.lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(name, _)| only.is_none_or(|only| only == *name))
        .filter_map(|(name, memory)| Some((name.to_owned(), memory.trim().parse().ok()?)))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn given(arguments: &[&str]) -> Vec<OsString> {
        arguments.iter().map(OsString::from).collect()
    }

    #[test]
    fn our_own_crates_are_counted_and_nothing_that_runs_while_compiling() {
        assert!(counted(&given(&["--crate-name", "sharewell_records", "--crate-type", "lib"])));
        assert!(counted(&given(&["--crate-name", "guided", "--crate-type", "bin"])));
        for not in [&["-vV"][..], &["--crate-name", "___"], &["--crate-name", "build_script_build"]] {
            assert!(!counted(&given(not)), "{not:?}");
        }
        assert!(!counted(&given(&["--crate-name", "sharewell_macros", "--crate-type", "proc-macro"])));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let read = |arguments: &[&str]| {
            options(&arguments.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(read(&["--minutes", "5"]).unwrap().minutes, 5);
        for bad in [&["--minutes"][..], &["--minutes", "0"], &["--minutes", "soon"], &["--long", "5"]] {
            let said = read(bad).map(|_| String::new()).unwrap_or_else(|problem| problem.to_string());
            assert!(bad.first().is_some_and(|name| said.contains(name)), "{bad:?}");
        }
    }

    #[test]
    fn one_reader_of_those_that_there_are_is_chosen_by_its_name() {
        let said = "date 1\nhandover 4\nhandover_inside 8\n";
        assert_eq!(readers(said, None).len(), 3);
        assert_eq!(readers(said, Some("handover")), [("handover".to_owned(), 4)]);
        assert!(readers(said, Some("hand")).is_empty());
    }
}
