//! `handover`: the window's own handover, to a key and a file that were named.

use std::path::PathBuf;

use serde_json::json;
use sharewell_casework::handover::HandOver;
use sharewell_casework::long::at_once;
use sharewell_casework::records::{CaseId, HandoverId, Profile};
use sharewell_casework::views::{BeginningView, HandoverAsk, HandoverLook};
use sharewell_casework::{Code, Failure, Vault, handover, restricted};

use crate::args::{Handover, TablesFor};
use crate::error::Error;
use crate::say::{self, Lines, Said};
use crate::vault::{close, now, open};

/// Writes a handover file: of a new handover, or of one that stands frozen.
pub fn handover(args: &Handover) -> Result<Said, Error> {
    // Everything that can be refused without the passphrase is refused before it is asked for.
    if let Some(recipient) = &args.recipient {
        sharewell_exchange::keys::Recipient::parse(recipient).map_err(sharewell_casework::Error::from)?;
    }
    if args.out.symlink_metadata().is_ok() {
        return Err(Error::OutExists { path: args.out.display().to_string() });
    }
    let asked =
        args.cases.iter().map(|id| id.parse::<CaseId>().map_err(|_| Error::NoSuchCase { id: id.clone() }));
    let asked = asked.collect::<Result<Vec<_>, _>>()?;
    let again = args.again.as_deref().map(named).transpose()?;
    let mut vault = open(&args.vault)?;
    let work = match (again, &args.recipient) {
        (Some(again), _) => HandOver::again(frozen(&vault, again)?, args.out.clone()),
        (None, Some(recipient)) => {
            let chosen = chosen(&vault, args, asked)?;
            let recipient = handover::ensure_recipient(&mut vault, recipient, now())?;
            let (from_beginning, reason) = (args.from_beginning, args.reason.clone());
            let ask = HandoverAsk { cases: chosen, recipient, from_beginning, reason };
            let profile = match args.tables {
                TablesFor::SpreadsheetSafe => Profile::SpreadsheetSafe,
                TablesFor::Strict => Profile::Strict,
            };
            HandOver::new(ask, args.out.clone()).with_tables(profile)
        }
        // Whoever parses the arguments asks for one of the two.
        (None, None) => return Err(Failure::of(Code::NoRecipient).into()),
    };
    let view = at_once(work, &mut vault, now())?;
    let (origin, signed_by) = handover::signing_key(&vault)?;
    let tables = handover::tables_of(&vault, view.id)?;
    close(vault)?;
    let mut lines = Lines::default();
    let beside = |name: &str| args.out.with_file_name(name);
    let files: Vec<PathBuf> = match view.part.filter(|_| !view.beside.is_empty()) {
        Some(_) => std::iter::once(&view.file_name)
            .chain(view.beside.iter().map(|one| &one.file_name))
            .map(|name| beside(name))
            .collect(),
        None => vec![args.out.clone()],
    };
    for file in &files {
        lines.add("file", file.display());
    }
    if let Some(part) = view.part {
        lines.add("part", format!("{} of {}", part.number, part.count));
    }
    lines
        .add("handover", view.id)
        .add("files", view.children.len() + usize::from(view.restricted.is_some()))
        .add("entries", format!("{} (from {} to {})", view.entries, view.from, view.to))
        .add("documents", view.documents)
        .add("tables", tables.word())
        .add("kilobytes", view.kilobytes)
        .add("SHA-256", &view.file_hash)
        .add("key fingerprint", &view.fingerprint)
        .add("signed by", &signed_by);
    let beginning = view.beginning.as_ref().map(beginning).unwrap_or_default();
    let plain = format!(
        "Written. Compare the key fingerprint with the agency by telephone before you send the file. Nobody has \
         confirmed yet that they have it.\n{lines}{beginning}"
    );
    let json = json!({ "file": files.first(), "files": files, "handover": view, "origin": origin, "signed_by": signed_by, "tables": tables });
    Ok(Said { findings: false, plain, json })
}

/// A handover by its id; none where the newest that was not written is meant.
fn named(id: &str) -> Result<Option<HandoverId>, Error> {
    match id {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::NoSuchHandover { id: id.to_owned() }),
    }
}

/// The handover that is written again.
fn frozen(vault: &Vault, named: Option<HandoverId>) -> Result<HandoverId, Error> {
    // Whichever of them is named, however long ago it was made.
    let all = HandoverLook { made: u32::MAX, ..HandoverLook::default() };
    let page = handover::handover_page_at(vault, &all)?;
    match named {
        Some(id) if page.made.iter().any(|one| one.id == id) => Ok(id),
        Some(id) => Err(Error::NoSuchHandover { id: id.to_string() }),
        None => page.unwritten.ok_or(Error::NothingUnwritten { last: page.made.first().map(|one| one.id) }),
    }
}

/// The files that are meant.
fn chosen(vault: &Vault, args: &Handover, asked: Vec<CaseId>) -> Result<Vec<CaseId>, Error> {
    let all = handover::every_case(vault)?;
    if let Some(other) = asked.iter().find(|case| !all.contains(case)) {
        return Err(Error::NoSuchCase { id: other.to_string() });
    }
    match args.restricted {
        None if asked.is_empty() => Ok(all),
        None => Ok(asked),
        Some(number) => {
            let files = restricted::restricted_files(vault, None, sharewell_casework::clock::now())?;
            let file = files.into_iter().find(|file| file.number == number);
            Ok(vec![file.ok_or(Error::NoSuchRestricted { number })?.case])
        }
    }
}

/// What of the files comes before and is not in it.
fn beginning(of: &BeginningView) -> String {
    if of.entries == 0 {
        return "It begins at the beginning of these files.\n".to_owned();
    }
    let mut text = format!(
        "It does not begin at the beginning: {} of these files came before and not in it.\n",
        say::count(of.entries as usize, "entry", "entries")
    );
    if of.never < of.entries {
        text.push_str(&format!("This recipient got {} of them before, in:\n", of.entries - of.never));
    }
    for given in &of.given {
        text.push_str(&format!("  {} (entries {} to {})\n", given.id, given.from, given.to));
    }
    if of.never > 0 {
        text.push_str(&format!(
            "This recipient never got {} of them. For everything, add --from-beginning and --reason.\n",
            of.never
        ));
    }
    text
}
