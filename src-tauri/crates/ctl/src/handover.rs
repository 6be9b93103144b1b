//! `handover`: the window's own handover, to a key and a file that were named.

use serde_json::json;
use sharewell_casework::handover::HandOver;
use sharewell_casework::long::at_once;
use sharewell_casework::records::{CaseId, Profile};
use sharewell_casework::{handover, restricted};

use crate::args::{Handover, TablesFor};
use crate::error::Error;
use crate::say::{Lines, Said};
use crate::vault::{close, now, open};

/// Writes a handover file.
pub fn handover(args: &Handover) -> Result<Said, Error> {
    // Everything that can be refused without the passphrase is refused before it is asked for.
    sharewell_exchange::keys::Recipient::parse(&args.recipient).map_err(sharewell_casework::Error::from)?;
    if args.out.symlink_metadata().is_ok() {
        return Err(Error::OutExists { path: args.out.display().to_string() });
    }
    let asked =
        args.cases.iter().map(|id| id.parse::<CaseId>().map_err(|_| Error::NoSuchCase { id: id.clone() }));
    let asked = asked.collect::<Result<Vec<_>, _>>()?;
    let mut vault = open(&args.vault)?;
    let all = handover::every_case(&vault)?;
    if let Some(other) = asked.iter().find(|case| !all.contains(case)) {
        return Err(Error::NoSuchCase { id: other.to_string() });
    }
    let asked = match args.restricted {
        None => asked,
        Some(number) => {
            let files = restricted::restricted_files(&vault, None)?;
            let file = files.into_iter().find(|file| file.number == number);
            vec![file.ok_or(Error::NoSuchRestricted { number })?.case]
        }
    };
    let recipient = handover::ensure_recipient(&mut vault, &args.recipient, now())?;
    let chosen = if asked.is_empty() { all } else { asked };
    let profile = match args.tables {
        TablesFor::SpreadsheetSafe => Profile::SpreadsheetSafe,
        TablesFor::Strict => Profile::Strict,
    };
    let work = HandOver::new(chosen, recipient, args.out.clone()).with_tables(profile);
    let view = at_once(work, &mut vault, now())?;
    let (origin, signed_by) = handover::signing_key(&vault)?;
    close(vault)?;
    let mut lines = Lines::default();
    lines
        .add("file", args.out.display())
        .add("handover", view.id)
        .add("files", view.children.len() + usize::from(view.restricted.is_some()))
        .add("entries", format!("{} (from {} to {})", view.entries, view.from, view.to))
        .add("documents", view.documents)
        .add("tables", profile.word())
        .add("kilobytes", view.kilobytes)
        .add("SHA-256", &view.file_hash)
        .add("key fingerprint", &view.fingerprint)
        .add("signed by", &signed_by);
    let plain = format!(
        "Handed over. Compare the key fingerprint with the agency by telephone before you send the file.\n{lines}"
    );
    let json = json!({ "file": args.out, "handover": view, "origin": origin, "signed_by": signed_by, "tables": profile });
    Ok(Said { findings: false, plain, json })
}
