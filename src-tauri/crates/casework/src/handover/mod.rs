//! Handing the records over to the agency (J8).
//!
//! What is handed over is frozen first, as an entry of its own with a signed checkpoint before it: which
//! files, which range, for whom. Only then is the file built, and it can be built again from that entry with
//! the same contents. Nothing is written that is not encrypted.

mod contents;
mod writing;

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sharewell_exchange::PublicKey;
use sharewell_exchange::keys::Recipient;
use sharewell_records::{CaseId, Door, HandoverId, Moment, OriginId, Payload, Profile, Seq};
use sharewell_vault::{
    Access, Reader, Recorded, Vault, cases, handovers, ledger, recipients, tallies, waiting,
};

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::long::at_once;
use crate::people::Family;
use crate::views::{FileFacts, HandoverFile, HandoverPage, HandoverView, RecipientKeyView};
use crate::{restricted, state, store};

pub use writing::HandOver;

/// What keeps what was written for a handover.
const WRITTEN: &str = "handover_file";

/// What was written, for the list of handovers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Written {
    entries: u32,
    documents: u32,
    file_hash: String,
    file_name: String,
    kilobytes: u32,
}

/// The handover page.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn handover_page(vault: &Vault) -> Result<HandoverPage> {
    store::read(vault, |r| {
        let frozen = handovers::all(r)?;
        let made: Vec<HandoverView> = frozen.iter().map(|one| view(r, one)).collect::<Result<_>>()?;
        let unwritten: BTreeSet<CaseId> = std::iter::zip(&frozen, &made)
            .filter(|(_, view)| view.facts == FileFacts::NotWritten)
            .flat_map(|(one, _)| one.record.cases.iter().copied())
            .collect();
        let file = |row: cases::CaseRow, restricted: Option<u32>| -> Result<HandoverFile> {
            let case = row.case.record.id;
            let (entries, waiting) = counts(r, case)?;
            // The list of restricted files names nobody.
            let named = row.child.filter(|_| restricted.is_none());
            let name = named.map(|child| child.name).unwrap_or_default();
            let unwritten = unwritten.contains(&case);
            Ok(HandoverFile { case, name, restricted, entries, waiting, unwritten })
        };
        let files = cases::list(r)?.into_iter().map(|row| file(row, None)).collect::<Result<_>>()?;
        let restricted = (1..)
            .zip(cases::restricted(r)?)
            .map(|(number, row)| file(row, Some(number)))
            .collect::<Result<_>>()?;
        let keys = recipients::all(r)?;
        Ok(HandoverPage {
            recipients: keys.iter().map(key_view).collect::<Result<_>>()?,
            files,
            restricted,
            made,
            has_profile: false,
        })
    })
}

fn key_view(key: &Recorded<recipients::RecipientKey>) -> Result<RecipientKeyView> {
    Ok(RecipientKeyView {
        recipient: key.record.recipient.clone(),
        name: key.record.name.clone(),
        fingerprint: Recipient::parse(&key.record.recipient)?.fingerprint(),
        imported_at: key.recorded_at,
    })
}

/// Entries of a file in all, and those of them that no handover covers yet.
fn counts(r: &Reader<'_>, case: CaseId) -> Result<(u32, u32)> {
    let (all, waiting) = waiting::of_case(r, case)?;
    Ok((store::small(all), store::small(waiting)))
}

/// Entries of files that no handover covers yet.
pub(crate) fn waiting(r: &Reader<'_>) -> Result<u32> {
    Ok(store::small(tallies::waiting(r)?))
}

fn view(r: &Reader<'_>, made: &Recorded<handovers::Handover>) -> Result<HandoverView> {
    let handover = &made.record;
    let (written, facts) = match state::read::<Written>(r, &key(handover.id), WRITTEN) {
        Ok(Some(written)) => (written, FileFacts::Known),
        Ok(None) => (Written::default(), FileFacts::NotWritten),
        Err(Error::Stored { .. }) => (Written::default(), FileFacts::Unreadable),
        Err(error) => return Err(error),
    };
    let mut children = Vec::new();
    let mut restricted = None;
    for case in &handover.cases {
        match restricted::number(r, *case)? {
            Some(number) => restricted = Some(number),
            None => children.push(Family::of(r, *case)?.child_name()),
        }
    }
    let fingerprint = Recipient::parse(&handover.recipient)?.fingerprint();
    Ok(HandoverView {
        id: handover.id,
        made_at: made.recorded_at,
        recipient_name: handover.recipient_name.clone(),
        fingerprint,
        children,
        restricted,
        from: store::small(handover.from.0),
        to: store::small(handover.to.0),
        facts,
        entries: written.entries,
        documents: written.documents,
        file_hash: written.file_hash,
        file_name: written.file_name,
        kilobytes: written.kilobytes,
    })
}

fn key(id: HandoverId) -> String {
    format!("{WRITTEN}:{id}")
}

/// Imports the key of an agency under a name.
///
/// # Errors
/// [`Error::Exchange`] where the text is not an age recipient, or is a secret key.
pub fn import_recipient(vault: &mut Vault, text: &str, name: &str, now: Moment) -> Result<HandoverPage> {
    let mut form = Form::new();
    let text = form.required_name("recipient", text);
    let recipient = Recipient::parse(&text).ok();
    form.fault_if(!text.is_empty() && recipient.is_none(), "recipient", Problem::BadRecipientKey);
    let name = form.required_name("name", name);
    let recipient = form.end(|| recipient)?.to_string();
    store::write(vault, now, |w| {
        w.append(None, &Payload::RecipientKeyImported { recipient, name }, &[])?;
        Ok(())
    })?;
    handover_page(vault)
}

/// Freezes what is handed over and writes the file.
///
/// # Errors
/// [`Error::Fields`] where no file was chosen, or the key was not imported,
/// [`Error::NothingToHandOver`] where everything was handed over before, [`Error::NotWritten`]. Where only the
/// writing failed, the handover stands frozen and can be written again.
pub fn make_handover(
    vault: &mut Vault,
    chosen: &[CaseId],
    recipient: &str,
    path: &Path,
    now: Moment,
) -> Result<HandoverView> {
    at_once(HandOver::new(chosen.to_vec(), recipient.to_owned(), path.to_owned()), vault, now)
}

/// Freezes what is handed over.
fn freeze(
    vault: &mut Vault,
    chosen: &[CaseId],
    recipient: &str,
    profile: Profile,
    path: &Path,
    now: Moment,
) -> Result<HandoverId> {
    let (chosen, known, from) = store::read(vault, |r| ready(r, chosen, recipient))?;
    writable(path)?;
    let (recipient, name, key_entry) = (known.record.recipient, known.record.name, known.entry);
    let id = HandoverId(store::new_id(now));
    store::write(vault, now, |w| {
        // The checkpoint goes along, so that whoever opens the file can compare it with any other head.
        w.sign_checkpoint()?;
        let tip = ledger::tip(&w.reader())?;
        let frozen = Payload::HandoverMade {
            id,
            recipient: recipient.clone(),
            recipient_name: name,
            cases: chosen,
            from,
            to: tip.sequence,
            head: tip.link,
            profile,
        };
        w.append(None, &frozen, &[key_entry])?;
        Ok(())
    })?;
    Ok(id)
}

/// Whether files can be handed over to somebody, asked before a place for the file is chosen.
///
/// # Errors
/// As [`make_handover`], but for the writing.
pub fn check_handover(vault: &Vault, chosen: &[CaseId], recipient: &str) -> Result<()> {
    store::read(vault, |r| ready(r, chosen, recipient)).map(|_| ())
}

/// The files without doubles, the key, and from where on they are handed over.
fn ready(
    r: &Reader<'_>,
    chosen: &[CaseId],
    recipient: &str,
) -> Result<(Vec<CaseId>, Recorded<recipients::RecipientKey>, Seq)> {
    let chosen: Vec<CaseId> = chosen.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut form = Form::new();
    let parsed = Recipient::parse(recipient).ok().map(|key| key.to_string());
    let known = recipients::all(r)?.into_iter().find(|key| Some(&key.record.recipient) == parsed.as_ref());
    form.fault_if(known.is_none(), "recipient", Problem::NoRecipient);
    form.fault_if(chosen.is_empty(), "cases", Problem::NothingChosen);
    let known = form.end(|| known)?;
    let from = first_uncovered(r, &chosen)?;
    alone(r, &chosen, &known.record.name)?;
    Ok((chosen, known, from))
}

/// A restricted file goes with no other, and never to whom it is kept from.
fn alone(r: &Reader<'_>, chosen: &[CaseId], recipient_name: &str) -> Result<()> {
    for case in chosen {
        let family = Family::of(r, *case)?;
        if family.case.kind.is_restricted() && chosen.len() > 1 {
            return Err(Error::RestrictedAlone);
        }
        family
            .may_receive(Door::Share, recipient_name)
            .map_err(|why| Error::field("recipient", why.into()))?;
    }
    Ok(())
}

/// A path that cannot take a file is told before anything is frozen.
fn writable(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let about = std::fs::metadata(folder).map_err(|error| Error::NotWritten(error.kind()))?;
    if about.is_dir() && path.file_name().is_some() && !path.is_dir() {
        Ok(())
    } else {
        Err(Error::NotWritten(std::io::ErrorKind::NotADirectory))
    }
}

/// The first sequence that some chosen file has not handed over yet.
fn first_uncovered(r: &Reader<'_>, chosen: &[CaseId]) -> Result<Seq> {
    let origin = ledger::tip(r)?.origin;
    let mut first = None;
    let mut waiting = 0;
    for case in chosen {
        cases::get(r, *case)?;
        let covered = handovers::last_of_case(r, origin, *case)?.unwrap_or(Seq(0));
        let next = Seq(covered.0 + 1);
        first = Some(first.map_or(next, |earlier: Seq| earlier.min(next)));
        let (all, not_covered) = counts(r, *case)?;
        // What an earlier chain handed over can be handed over once more by the one that goes on from a backup.
        waiting += if covered == Seq(0) { all } else { not_covered };
    }
    match first {
        Some(first) if waiting > 0 => Ok(first),
        Some(_) | None => Err(Error::NothingToHandOver),
    }
}

/// Writes a frozen handover again: the same contents, under a fresh encryption.
///
/// # Errors
/// [`Error::Vault`] where there is no such handover, [`Error::NotWritten`], [`Error::Exchange`].
pub fn rebuild_handover(vault: &mut Vault, id: HandoverId, path: &Path, now: Moment) -> Result<HandoverView> {
    at_once(HandOver::again(id, path.to_owned()), vault, now)
}

/// Takes note of what was written.
fn note(vault: &mut Vault, id: HandoverId, written: &Written, now: Moment) -> Result<HandoverView> {
    store::keep(vault, &state::values(&key(id), WRITTEN, written, now)?)?;
    store::log(vault, None, now, |by| Access::Exported { by, what: format!("handover:{id}") })?;
    store::read(vault, |r| view(r, &handovers::get(r, id)?))
}

/// The public key and origin of a vault, for a roster: what an agency needs to check a handover.
///
/// # Errors
/// [`Error::Vault`] where the key is not usable.
pub fn signing_key(vault: &Vault) -> Result<(OriginId, String)> {
    Ok((vault.origin(), PublicKey(vault.public_key()?).to_string()))
}

/// A recipient that was named at the command line: imported under its own fingerprint where it is new.
///
/// # Errors
/// As [`import_recipient`].
pub fn ensure_recipient(vault: &mut Vault, text: &str, now: Moment) -> Result<String> {
    let recipient = Recipient::parse(text)?;
    let known = store::read(vault, |r| Ok(recipients::all(r)?))?;
    if !known.iter().any(|key| key.record.recipient == recipient.to_string()) {
        import_recipient(vault, &recipient.to_string(), &recipient.fingerprint(), now)?;
    }
    Ok(recipient.to_string())
}

/// Every child's file of the vault, for a handover of all. A restricted file goes by itself or not at all.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn every_case(vault: &Vault) -> Result<Vec<CaseId>> {
    let all =
        store::read(vault, |r| Ok(cases::list(r)?.iter().map(|row| row.case.record.id).collect::<Vec<_>>()))?;
    if all.is_empty() { Err(Error::field("case", Problem::Missing)) } else { Ok(all) }
}
