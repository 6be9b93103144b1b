//! A machine that is slow, or busy with other work: what the window shows late is waited for.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use sharewell_window::Desk;

/// Longer than a page takes on any machine that does other work besides.
const STANDSTILL: Duration = Duration::from_secs(45);

/// Sends a signal to every process that draws pages at this desk; gives back how many there are.
fn signal(desk: &Desk, signal: &str) -> usize {
    let mut pages = desk.processes();
    pages.retain(|process| process.name.starts_with("WebKitWebProces"));
    for page in &pages {
        let sent = Command::new("kill").args([signal, &page.pid.to_string()]).status();
        assert!(sent.expect("kill can be started").success(), "{signal} reaches {page:?}");
    }
    pages.len()
}

/// The page that asks for its picture now.
fn asks(walk: &Path) -> Option<String> {
    std::fs::read_dir(walk).unwrap().filter_map(Result::ok).find_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.strip_suffix(".ready").map(str::to_owned)
    })
}

#[test]
fn the_demonstration_waits_for_a_page_that_stands_still_and_does_each_thing_once() {
    let desk = Desk::new();
    let bus = desk.bus();
    let walk = desk.root().join("walk");
    std::fs::create_dir(&walk).expect("a folder can be made");
    let mut program = desk.start(&bus, "program", &["--demo".as_ref(), "--walk".as_ref(), &walk], &[]);
    for wanted in ["01-today", "02-children"] {
        let page = desk.until(&format!("the page {wanted}"), || {
            let ended = program.ended();
            assert!(ended.is_none(), "the journey ended with {ended:?}:\n{}", desk.logs());
            asks(&walk)
        });
        assert_eq!(page, wanted, "the journey goes its way, page by page");
        if wanted == "01-today" {
            assert_eq!(signal(&desk, "-STOP"), 1, "one page is drawn");
        }
        std::fs::remove_file(walk.join(format!("{wanted}.ready"))).expect("the page is answered");
        if wanted == "01-today" {
            // This is the slowness itself: the program wants to go on, and its page does nothing.
            std::thread::sleep(STANDSTILL);
            assert_eq!(signal(&desk, "-CONT"), 1, "the page was not given up");
        }
    }
    program.end();
}
