//! The shipped mode, after a whole journey and a lock: what was typed, and the names of the children that were
//! shown, are in no file that the program keeps and in no memory of the process that it relaunched into.
//!
//! The program walks its own demonstration, since WebKit's private mode refuses a driver. It types a word that
//! this test makes up anew each time and lays in a file, so that neither the program nor its environment holds
//! it by itself. That the search sees at all is shown first, on the open program.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sharewell_left_out::left_out;
use sharewell_window::{Desk, Process, Searched, Words, may_look_into_others};

/// The names that the sample gives to children, of which some are in the vault. The program's text has no
/// first name next to a surname.
const FIRST: [&str; 23] = [
    "Ayla", "Jaden", "Mina", "Rhys", "Kofi", "Isla", "Tomasz", "Saoirse", "Idris", "Leila", "Harvey",
    "Anwen", "Malik", "Poppy", "Femi", "Niamh", "Arjun", "Ruby", "Yusuf", "Cerys", "Danylo", "Esme", "Theo",
];
const SURNAMES: [&str; 12] = [
    "Sampleton",
    "Notreal",
    "Madeup",
    "Fablewell",
    "Nosuch",
    "Mockford",
    "Exampleton",
    "Imagina",
    "Fictley",
    "Pretendham",
    "Storyman",
    "Inventwood",
];

fn names() -> Words {
    let all: Vec<String> =
        FIRST.iter().flat_map(|first| SURNAMES.iter().map(move |last| format!("{first} {last}"))).collect();
    Words::new(&all)
}

/// A word that nobody has ever typed.
fn made_up() -> String {
    let mut chance = [0; 12];
    let mut source = std::fs::File::open("/dev/urandom").expect("Linux has random bytes");
    std::io::Read::read_exact(&mut source, &mut chance).expect("and gives them");
    format!("canary{}", chance.map(|byte| char::from(b'a' + byte % 26)).iter().collect::<String>())
}

fn is_web_page(process: &Process) -> bool {
    process.name.starts_with("WebKitWebProces")
}

fn memory_of(processes: &[Process], words: &Words) -> Searched {
    let mut searched = Searched::default();
    for process in processes {
        searched.memory(process.pid, &process.name, words);
    }
    searched
}

/// The next page that asks for its picture.
fn next_ready(walk: &Path) -> Option<PathBuf> {
    let mut ready: Vec<PathBuf> = std::fs::read_dir(walk)
        .expect("the journey's folder can be read")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "ready"))
        .collect();
    ready.sort();
    ready.into_iter().next()
}

#[test]
fn after_a_journey_and_a_lock_nothing_typed_or_shown_is_in_any_file_or_in_the_fresh_process() {
    if let Err(why) = may_look_into_others() {
        left_out!("{why}");
        return;
    }
    let desk = Desk::new();
    let bus = desk.bus();
    let walk = desk.root().join("walk");
    std::fs::create_dir(&walk).expect("a folder can be made");
    let word = made_up();
    std::fs::write(walk.join("word.txt"), &word).expect("the word can be laid");
    let typed = Words::new(&[&word]);
    let mut program = desk.start(&bus, "program", &["--demo".as_ref(), "--walk".as_ref(), &walk], &[]);

    let mut typed_seen = false;
    let mut shown: BTreeSet<String> = BTreeSet::new();
    let mut names_seen = |processes: &[Process]| {
        let pages: Vec<Process> = processes.iter().filter(|process| is_web_page(process)).cloned().collect();
        let searched = memory_of(&pages, &names());
        shown.extend(searched.words().into_iter().map(str::to_owned));
        searched.tell("  names shown so far, in the open page's memory");
    };
    let locked = loop {
        let ready = desk.until("the journey's next page", || {
            let ended = program.ended();
            assert!(ended.is_none(), "the journey ended with {ended:?}:\n{}", desk.logs());
            next_ready(&walk)
        });
        let name = ready.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        println!("page {name}");
        if name.ends_with("locked") {
            break ready;
        }
        if name.ends_with("children") || name.ends_with("child") {
            names_seen(&desk.processes());
        }
        if name.ends_with("check") {
            // The proof that this way of looking sees: the page before the lock holds the word.
            let searched = memory_of(&desk.processes(), &typed);
            searched.tell("  the typed word, in the memory of the open program");
            for (place, _) in &searched.found {
                println!("    {place}");
            }
            assert!(
                searched.found.iter().any(|(place, _)| place.contains("WebKitWebProces")),
                "the open page holds what was typed, and the search must see it"
            );
            assert!(
                searched.found.iter().any(|(place, _)| place.contains("sharewell")),
                "the open program holds what was typed, and the search must see it"
            );
            typed_seen = true;
        }
        std::fs::remove_file(&ready).expect("the page is answered");
    };
    assert!(typed_seen, "the journey passed the page where its reasons are checked");
    assert!(shown.len() >= 3, "the journey showed children's names: {shown:?}");
    assert!(!walk.join("word.txt").exists(), "the program took the word away");
    println!("names that were shown: {shown:?}");
    let mut canaries: Vec<String> = shown.into_iter().collect();
    canaries.push(word);
    let canaries = Words::new(&canaries);

    let all = desk.processes();
    let fresh: Vec<Process> = all.iter().filter(|process| process.locked).cloned().collect();
    assert!(
        fresh.iter().any(|process| process.name.starts_with("sharewell")) && fresh.iter().any(is_web_page),
        "the lock screen is a fresh process with a page of its own: {all:?}"
    );
    assert!(
        fresh.iter().all(|process| process.pid != program.pid()),
        "it is another process than the open one"
    );
    for process in &fresh {
        println!("  fresh: {} {}", process.pid, process.name);
    }
    let searched = memory_of(&fresh, &canaries);
    searched.tell("the memory of the relaunched process and its web processes");
    assert!(
        searched.found.is_empty(),
        "the fresh process holds what was shown or typed: {:?}",
        searched.found
    );
    assert!(searched.unread * 20 < searched.bytes, "nearly all of its memory could be read");

    let opened = fresh.iter().find(|process| process.name.starts_with("sharewell")).unwrap();
    let dump = core_dump(opened);
    let mut searched = Searched::default();
    searched.folder(dump.path(), &canaries, |_| false);
    searched.tell("the core dump of the relaunched process");
    assert!(searched.places == 1 && searched.bytes > 1 << 24, "the process left its core");
    assert!(searched.found.is_empty(), "the core dump holds what was shown or typed: {:?}", searched.found);
    drop(dump);

    let vaults = desk.sample_vaults();
    assert_eq!(vaults.len(), 1, "the vault lies in the folder that is searched");
    let mut searched = Searched::default();
    // The decision as PDF is for people to read, and its name is the practitioner's choice.
    searched.folder(desk.root(), &canaries, |path| {
        path.starts_with(&walk) && path.extension().is_some_and(|e| e == "pdf")
    });
    searched.tell("the vault, the web view's folders, the handover, the temporary folder and the logs");
    assert!(searched.places > 5 && searched.bytes > 1 << 18, "the vault and its company are there");
    assert!(searched.found.is_empty(), "a file holds what was shown or typed: {:?}", searched.found);

    std::fs::remove_file(&locked).expect("the lock screen is answered");
    let status = desk.until("the end of the journey", || {
        if let Some(ready) = next_ready(&walk) {
            std::fs::remove_file(ready).expect("the page is answered");
        }
        program.ended()
    });
    assert_eq!(status, 0, "the vault opened again and the journey ended well:\n{}", desk.logs());
    let mut searched = Searched::default();
    searched.folder(desk.root(), &canaries, |path| {
        path.starts_with(&walk) && path.extension().is_some_and(|e| e == "pdf")
    });
    searched.tell("the same folders after the end");
    assert!(searched.found.is_empty(), "a file holds what was shown or typed: {:?}", searched.found);
}

/// The core dump of a process, in a folder of its own. It takes some gigabytes, nearly all of them zeros.
fn core_dump(process: &Process) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("core");
    let done = std::process::Command::new("timeout")
        .args(["--kill-after=30", "1200", "gdb", "-nx", "-batch", "-iex", "set auto-load no"])
        .args(["-iex", "set auto-solib-add off", "-p", &process.pid.to_string(), "-ex"])
        .arg(format!("generate-core-file {}", file.display()))
        .output()
        .expect("gdb is installed by `cargo xtask tools`");
    assert!(
        done.status.success() && file.exists(),
        "gdb may not look into process {}: it needs root, or kernel.yama.ptrace_scope = 0. It says:\n{}",
        process.pid,
        String::from_utf8_lossy(&done.stderr)
    );
    folder
}

#[test]
fn a_lock_by_time_ends_the_process_that_showed_names_and_every_page_of_it() {
    if let Err(why) = may_look_into_others() {
        left_out!("{why}");
        return;
    }
    let desk = Desk::new();
    let bus = desk.bus();
    let mut program =
        desk.start(&bus, "program", &["--demo".as_ref()], &[("SHAREWELL_LOCK_AFTER_SECONDS", "45")]);
    let mut before = Vec::new();
    let shown = desk.until("names on the open page", || {
        before = desk.processes();
        let pages: Vec<Process> = before.iter().filter(|process| is_web_page(process)).cloned().collect();
        let searched = memory_of(&pages, &names());
        (!searched.found.is_empty()).then(|| {
            searched.tell("the open page");
            searched.words().into_iter().map(str::to_owned).collect::<Vec<String>>()
        })
    });
    println!("names that were shown: {shown:?}");
    let status = desk.until("the lock", || program.ended());
    assert_eq!(status, 0, "the process that held the open vault ends well:\n{}", desk.logs());
    let fresh = desk.until("the lock screen, and the end of every page before it", || {
        let now = desk.processes();
        let ours = |name: &str| name.starts_with("sharewell") || name.starts_with("WebKit");
        let gone = now.iter().all(|process| process.locked || !ours(&process.name));
        (gone && now.iter().any(|process| process.locked && is_web_page(process))).then_some(now)
    });
    assert!(fresh.iter().all(|process| process.pid != program.pid()), "the open process is gone");
    let searched = memory_of(&fresh, &Words::new(&shown));
    searched.tell("everything that runs after the lock");
    assert!(searched.found.is_empty(), "a process holds names after the lock: {:?}", searched.found);
}
