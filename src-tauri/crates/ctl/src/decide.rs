//! `decide`: the same engine as the window's, on files. A pure function of pack, facts, answers and day.

use serde_json::{Value, json};
use sharewell_casework::{clock, records::Day};
use sharewell_guidance::{Error as Engine, Pack, Place, outcome, place};

use crate::args::Decide;
use crate::error::Error;
use crate::say::Said;
use crate::{advice, answers, pack, question};

/// The next question, or the advice, or both where the write-up goes on.
pub fn decide(args: &Decide) -> Result<Said, Error> {
    let pack = pack::named(&args.pack)?;
    let on = args.on.map_or_else(|| clock::now_from(chrono::Utc::now()).day(), Day);
    applies(&pack, on)?;
    // Both files are read before either is refused, so that one run names everything.
    let (facts, answers) = match (answers::facts(&args.facts, &pack), answers::answers(&args.answers, &pack))
    {
        (Ok(facts), Ok(answers)) => (facts, answers),
        (Err(Error::Input(mut all)), Err(Error::Input(more))) => {
            all.extend(more);
            return Err(Error::Input(all));
        }
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    let engine = |error: Engine| Error::Engine(error.to_string());
    let position = place(&pack, &facts, on, &answers).map_err(engine)?;
    let state = match position.place {
        Place::Asking { .. } => "asking",
        Place::Advised { .. } => "advised",
        Place::Done { .. } => "done",
    };
    let advice = match outcome(&pack, &facts, on, &answers) {
        Ok(advice) => advice::advice(&pack, &advice),
        Err(Engine::NotYet) => Value::Null,
        Err(error) => return Err(engine(error)),
    };
    let not_asked = position.not_asked.iter().map(|skipped| {
        json!({
            "step": skipped.step,
            "answer": skipped.answer,
            "because": question::text(&pack, &skipped.because),
        })
    });
    let json = json!({
        "pack": pack.reference(),
        "on": on,
        "state": state,
        "next": position.next().map(|asking| question::question(&pack, asking)),
        "outcome": advice,
        "path": position.path,
        "not_asked": not_asked.collect::<Vec<_>>(),
        "to_go": position.to_go,
        "unknown": position.unknown,
        "off_path": position.off_path,
    });
    // The result is JSON for people too: it is the record of what the engine said.
    Ok(Said { findings: false, plain: format!("{json:#}\n"), json })
}

fn applies(pack: &Pack, on: Day) -> Result<(), Error> {
    if pack.applies_on(on) {
        return Ok(());
    }
    let applies = match pack.applies_until {
        Some(until) => format!("it applies from {} to {until}", pack.applies_from),
        None => format!("it applies from {}", pack.applies_from),
    };
    Err(Error::NotThatDay { name: format!("{}@{}", pack.id, pack.version), on: on.to_string(), applies })
}
