//! What became of files, in words and for programs.

use std::path::Path;

use serde_json::{Value, json};
use sharewell_exchange::receipt::{Outcome, Reason};
use sharewell_intake::Answer;
use sharewell_intake::store::FileRow;

use crate::say::count;

/// An outcome in a word.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Taken => "taken",
        Outcome::Had => "had",
        Outcome::Sealed => "sealed",
        Outcome::Quarantined => "quarantined",
    }
}

/// Whether somebody should look at it.
pub fn waits(row: &FileRow) -> bool {
    matches!(row.outcome, Outcome::Sealed | Outcome::Quarantined)
}

/// A reason in words, with what to do.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NotAHandover => {
            "It is no handover. Ask whoever gave it for the file that ends in .sharewell."
        }
        Reason::Damaged => "It is damaged or cut short. Ask for it once more.",
        Reason::TooLarge => "It is larger than is taken in. Ask for fewer files in each handover.",
        Reason::NewerVersion => "A newer version wrote it. Update sharewellctl, then run intake again.",
        Reason::UnknownSigner => {
            "Whoever signed it is not on the roster. Enrol them, then run intake again; or tell your data-protection officer."
        }
        Reason::BadSignature => {
            "Its signature does not hold: somebody changed it. Tell your data-protection officer."
        }
        Reason::OtherRole => "It was signed by a key that is on the roster for something else.",
        Reason::NotInForce => {
            "It was made before or after the days for which the key is on the roster. If the roster is wrong, correct it and run intake again; else ask about the clock of that laptop."
        }
        Reason::Revoked => {
            "The key was revoked, and nothing that came before covers this. Tell your data-protection officer."
        }
        Reason::OtherOrigin => {
            "The key is not enrolled for this vault. Enrol the restored vault, then run intake again."
        }
        Reason::BrokenChain => "An entry is not the one that was hashed. Tell support, and keep the file.",
        Reason::OtherHash => {
            "At the same place another entry is held: two vaults go on from one. Both are kept. Ask the practitioner which one they use."
        }
        Reason::Fork => {
            "It goes on from another history than the one that is held. Both are kept. Ask the practitioner which vault they use."
        }
        Reason::Gap => "Something before it has not come yet. Once it does, this is taken by itself.",
    }
}

/// One answer in a few lines.
pub fn answer(name: &str, answer: &Answer, receipt: &Path) -> String {
    let of = |number: usize| count(number, "entry", "entries");
    let (taken, had, apart) = counts(answer);
    let row = &answer.row;
    let by = if row.made_by.is_empty() { String::new() } else { format!(" by {}", shown(&row.made_by)) };
    let first = match row.outcome {
        Outcome::Taken => format!("taken{by}: {} new, {} held before", of(taken), of(had)),
        Outcome::Had => format!("held before{by}: {}, nothing new", of(had)),
        Outcome::Sealed => "sealed: no key here opens it, so nothing in it counts as received".to_owned(),
        // What could not be read or believed has no entries that could be counted.
        Outcome::Quarantined if apart == 0 && taken == 0 => format!("kept apart as it came{by}"),
        Outcome::Quarantined => {
            let some = if taken > 0 { format!("; {} of it taken", of(taken)) } else { String::new() };
            format!("kept apart{by}: {}{some}", of(apart))
        }
    };
    let more = match (row.outcome, row.reason) {
        (Outcome::Sealed, _) => {
            "  If it is for the designated officer, give it to them. If it was meant for intake, ask for it again with the agency's key.\n".to_owned()
        }
        (_, Some(why)) => format!("  {}\n", reason(why)),
        _ => String::new(),
    };
    let again = if answer.again { " (answered before)" } else { "" };
    format!("{name}: {first}{again}\n{more}  receipt: {}\n", receipt.display())
}

/// One answer for programs.
pub fn json(name: &str, answer: &Answer, receipt: &Path) -> Value {
    let (taken, had, apart) = counts(answer);
    let row = &answer.row;
    json!({
        "given": name,
        "sha256": row.sha256.to_string(),
        "bytes": row.bytes,
        "outcome": outcome(row.outcome),
        "reason": row.reason.map(|reason| reason.word()),
        "handover": row.handover,
        "made_by": row.made_by,
        "taken": taken,
        "had": had,
        "quarantined": apart,
        "again": answer.again,
        "receipt": receipt,
    })
}

fn counts(answer: &Answer) -> (usize, usize, usize) {
    let of = &answer.receipt.origins;
    (
        of.iter().map(|one| one.taken.len()).sum(),
        of.iter().map(|one| one.had.len()).sum(),
        of.iter().map(|one| one.quarantined.len()).sum(),
    )
}

/// Text from a record, on one line and without anything that a terminal would obey.
pub fn shown(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
