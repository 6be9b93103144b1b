//! `intake`: the agency's side. What is believed, kept apart and answered is `sharewell-intake`'s; this names files and
//! says what became of them.

pub mod args;
mod desk;
mod lost;
mod read;
mod refused;
mod told;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sharewell_casework::clock;
use sharewell_casework::records::{CaseId, Day};
use sharewell_intake::watch::{Due, Watch};
use sharewell_intake::{Answer, By, Error as Intake, Given, dispose};

use crate::agency::keep;
use crate::error::Error;
use crate::say::{self, Said, count};

pub use args::{IntakeArgs, IntakeVerb};
pub use refused::NotTaken;

use args::{At, Part};
use desk::Desk;

/// Does what was asked.
pub fn intake(args: &IntakeArgs, json: bool) -> Result<Said, Error> {
    match (&args.verb, &args.at) {
        (Some(IntakeVerb::Watch { at, dir, once, every }), _) => {
            watch(at, dir, *once, Duration::from_secs(*every), json)
        }
        (Some(IntakeVerb::Again { at }), _) => again(at),
        (Some(IntakeVerb::Clock { at }), _) => clock_is_right(at),
        (Some(IntakeVerb::List { reader }), _) => read::list(reader),
        (Some(IntakeVerb::Show { reader, id }), _) => read::show(reader, id),
        (Some(IntakeVerb::Search { reader, query }), _) => read::search(reader, query),
        (Some(IntakeVerb::Lost { reader, who, lost }), _) => {
            lost::report(reader, &who.join(" "), lost.map(Day))
        }
        (Some(IntakeVerb::Sql { without }), _) => Ok(tables(without)),
        (Some(IntakeVerb::Dispose { at, case, authority }), _) => disposed(at, case, authority.as_deref()),
        (None, Some(at)) => taken(at, &args.files),
        // Whoever parses the arguments asks for one of the two.
        (None, None) => Err(NotTaken::NoSuch { id: String::new() }.into()),
    }
}

/// What is told of files, as it gathers.
#[derive(Default)]
struct Told {
    plain: String,
    json: Vec<Value>,
    findings: bool,
}

impl Told {
    fn answers(&mut self, desk: &Desk, name: &str, answers: &[Answer]) -> Result<(), NotTaken> {
        for (number, answer) in answers.iter().enumerate() {
            // Others had waited for what the first one brought.
            let hash: String = answer.row.sha256.to_string().chars().take(16).collect();
            let name = if number == 0 { name } else { hash.as_str() };
            let receipt = desk.give_out(answer)?;
            self.findings |= told::waits(&answer.row);
            self.plain.push_str(&told::answer(name, answer, &receipt));
            self.json.push(told::json(name, answer, &receipt));
        }
        Ok(())
    }

    fn said(self) -> Said {
        Said { findings: self.findings, plain: self.plain, json: json!({ "answers": self.json }) }
    }
}

/// Takes the named files in, one after the other. One that cannot be read is told, and costs no other.
fn taken(at: &At, files: &[PathBuf]) -> Result<Said, Error> {
    let mut desk = Desk::open(at)?;
    let mut told = Told::default();
    for path in files {
        let name = path.display().to_string();
        match desk.intake().take(path) {
            Ok(answers) => told.answers(&desk, &name, &answers)?,
            Err(error @ (Intake::File { .. } | Intake::StillWritten { .. })) => {
                let error = NotTaken::from(error);
                told.findings = true;
                told.plain.push_str(&format!("{error}. {}\n", error.next()));
                told.json.push(json!({ "given": name, "outcome": "not_read", "reason": error.code() }));
            }
            Err(error) => return Err(NotTaken::from(error).into()),
        }
    }
    Ok(told.said())
}

fn again(at: &At) -> Result<Said, Error> {
    let mut desk = Desk::open(at)?;
    let answers = desk.intake().again().map_err(NotTaken::from)?;
    let mut told = Told::default();
    for answer in &answers {
        let name: String = answer.row.sha256.to_string().chars().take(16).collect();
        told.answers(&desk, &name, std::slice::from_ref(answer))?;
    }
    if answers.is_empty() {
        told.plain.push_str("Nothing is otherwise than before.\n");
    }
    Ok(told.said())
}

/// What makes the tables.
fn tables(without: &[Part]) -> Said {
    let without: Vec<_> = without.iter().map(|part| (*part).into()).collect();
    let sql = sharewell_intake::store::sql(&without);
    Said { findings: false, json: json!({ "sql": sql }), plain: sql }
}

fn clock_is_right(at: &At) -> Result<Said, Error> {
    Desk::open(at)?.intake().trust_clock().map_err(NotTaken::from)?;
    let plain =
        "What was taken in while the clock was ahead is dated now. Give the files in again.\n".to_owned();
    Ok(Said { findings: false, plain, json: json!({ "clock": "trusted" }) })
}

fn disposed(at: &At, case: &str, authority: Option<&str>) -> Result<Said, Error> {
    let id = case.parse::<CaseId>().map_err(|_| NotTaken::NoSuch { id: told::shown(case) })?;
    let profile = keep::profile_in(&at.keys)?.profile;
    let mut store = desk::store(at)?;
    let by = By { authority, retention: &profile.retention, legal_hold: &profile.legal_hold };
    let entries = dispose(store.as_mut(), id, &by, clock::now()).map_err(NotTaken::from)?;
    let number = usize::try_from(entries).unwrap_or(usize::MAX);
    let plain = format!(
        "Disposed of {} of {id}. The next receipt tells whoever wrote them. Copies of the store still hold them: make \
         new ones, and destroy the old.\n",
        count(number, "entry", "entries")
    );
    Ok(Said { findings: false, plain, json: json!({ "case": id, "entries": entries }) })
}

/// Looks into a folder again and again. What happens is told as it happens.
fn watch(at: &At, dir: &Path, once: bool, every: Duration, json: bool) -> Result<Said, Error> {
    let mut desk = Desk::open(at)?;
    let mut watch = Watch::default();
    let began = Instant::now();
    let mut all = Told::default();
    loop {
        for (path, due) in watch.look(dir, began.elapsed()).map_err(NotTaken::from)? {
            match desk.intake().give(&path, due == Due::Try) {
                Ok(Given::Answered(answers)) => {
                    let mut told = Told::default();
                    told.answers(&desk, &path.display().to_string(), &answers)?;
                    watch.settle(&path);
                    all.findings |= told.findings;
                    if once {
                        all.plain.push_str(&told.plain);
                        all.json.extend(told.json);
                    } else {
                        say::now(&told.plain, &json!({ "answers": told.json }), json);
                    }
                }
                Ok(Given::NotYet) => watch.tried(&path),
                // Gone, or still copied: the next look says.
                Err(Intake::File { .. } | Intake::StillWritten { .. }) => {}
                Err(error) => return Err(NotTaken::from(error).into()),
            }
        }
        // The first look only sees what is there, the second takes it.
        if once && began.elapsed() >= every {
            return Ok(all.said());
        }
        std::thread::sleep(every);
    }
}
