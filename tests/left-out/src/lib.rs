//! The one way for a test to say that it was left out: `left_out!("why")`, and then `return`.
//!
//! The runner of the tests knows only *passed*, *failed* and *ignored*, and the last must be written before it
//! is known what a machine allows. A test that lacks a right or a tool (to mount, to make a namespace, to look
//! into another process) would end as *passed*, having shown nothing. It says so with a line that
//! `cargo xtask test` reads: the test is counted as left out and never as passed, named in the last lines, and
//! where nothing may be left out (`CI` is set, as `.ci/run` does) the whole run fails.

pub mod ground;

use std::io::Write as _;

/// How the line begins. `cargo xtask test` reads on: the name of the test, a colon, and why.
pub const BEGINS: &str = "left out: ";

/// Says that the test in which it stands is left out, and why (as `format!` takes it). The test then returns.
#[macro_export]
macro_rules! left_out {
    ($($why:tt)+) => {{
        fn here() {}
        $crate::say(::std::any::type_name_of_val(&here), &::std::format!($($why)+));
    }};
}

/// What [`left_out!`] calls with the path of a function inside the test.
pub fn say(here: &str, why: &str) {
    // Not `eprintln!`: the runner keeps that to itself when a test passes.
    let _nobody_listens = std::io::stderr().write_all(line(here, why).as_bytes());
}

fn line(here: &str, why: &str) -> String {
    let test = here.strip_suffix("::here").unwrap_or(here).replace("::{{closure}}", "");
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    // On a line of its own, whatever stands on the last one.
    format!("\n{BEGINS}{test}: {why}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_names_the_test_and_why_on_one_line() {
        fn here() {}
        let named = "sharewell_left_out::tests::the_line_names_the_test_and_why_on_one_line";
        let said = line(std::any::type_name_of_val(&here), "no right\n to mount");
        assert_eq!(said, format!("\nleft out: {named}: no right to mount\n"));
        let within = line("canary::after_a_lock::{{closure}}::here", "no");
        assert_eq!(
            within, "\nleft out: canary::after_a_lock: no\n",
            "a test that waits is a closure within itself"
        );
    }
}
