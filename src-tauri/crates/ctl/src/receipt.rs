//! `vault receipt`: what an agency answered to a handover.

use std::path::Path;

use serde_json::json;
use sharewell_casework::handover;

use crate::error::Error;
use crate::say::{self, Lines, Said};
use crate::vault::{close, now, open};

/// Takes a receipt in and tells what it says.
pub fn receipt(dir: &Path, file: &Path) -> Result<Said, Error> {
    // What is not there is told before the passphrase is asked for.
    if let Err(error) = std::fs::metadata(file) {
        return Err(Error::Unreadable { path: file.display().to_string(), kind: error.kind() });
    }
    let mut vault = open(dir)?;
    let view = handover::take_receipt(&mut vault, file, now())?;
    close(vault)?;
    let mut lines = Lines::default();
    lines
        .add("handover", view.handover)
        .add("agency", &view.agency)
        .add("made", view.made_at)
        .add("outcome", view.outcome.word())
        .add("received", say::count(view.entries as usize, "entry", "entries"));
    if let Some(why) = view.reason {
        lines.add("set aside", why.word());
    }
    for one in &view.not_taken {
        let count = say::count(one.entries as usize, "entry", "entries");
        lines.add("set aside", format!("{count}: {}", one.why.word()));
    }
    for at in &view.forked {
        lines.add("differs", format!("from entry {at} on they hold something else than this vault"));
    }
    if view.disposed > 0 {
        lines.add("removed there", say::count(view.disposed as usize, "entry", "entries"));
    }
    let said =
        if view.again { "It was taken in before; nothing changed." } else { "The receipt is taken in." };
    let plain = format!("{said} What it does not name is offered again.\n{lines}");
    Ok(Said { findings: !view.forked.is_empty(), plain, json: json!({ "receipt": view }) })
}
