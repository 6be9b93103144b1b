//! Handing the records over to the agency (J8).
//!
//! What is handed over is frozen first, as an entry of its own with a signed checkpoint before it: which
//! files, which range, for whom. Only then is the file built, and it can be built again from that entry with
//! the same contents. Nothing is written that is not encrypted. What could not be written was not handed over: only
//! once the file was read back from the disk does an entry say that it was written, and what it holds waits no more.

mod attached;
mod beginning;
mod contents;
mod offer;
mod parts;
mod receipt;
mod wanted;
mod writing;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sharewell_exchange::PublicKey;
use sharewell_exchange::handover::{Beginning, EarlierHandover};
use sharewell_exchange::keys::Recipient;
use sharewell_records::{
    self as records, CaseId, Handover, HandoverId, HandoverState, Moment, OriginId, Payload, Profile, Seq,
    WrittenFile,
};
use sharewell_vault::{
    Access, Reader, Recorded, Vault, cases, handovers, ledger, recipients, tallies, waiting,
};

use crate::children;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::long::at_once;
use crate::people::Family;
use crate::views::{
    BeginningView, EarlierHandoverView, FileFacts, HandoverAsk, HandoverFile, HandoverLook, HandoverPage,
    HandoverView, PartView, RecipientKeyView, SinceView, WaitingFor,
};
use crate::{restricted, state, store};

pub use offer::{check_handover, handover_offer};
pub(crate) use receipt::heads;
pub use receipt::{drop_handover, take_receipt};
pub use writing::HandOver;

/// What kept what was written for a handover, before an entry did.
const NOTED: &str = "handover_file";

/// What an earlier program noted of a file that it wrote; an entry says it today.
#[derive(Debug, Default, Deserialize)]
struct Noted {
    entries: u32,
    documents: u32,
    file_hash: String,
    file_name: String,
    kilobytes: u32,
}

/// How many files are shown at first.
const FILES: u32 = 50;

/// How many handovers made are shown at first.
const MADE: u32 = 10;

/// The first lines of the handover page.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn handover_page(vault: &Vault) -> Result<HandoverPage> {
    handover_page_at(vault, &HandoverLook::default())
}

/// The handover page, as far as it is looked at.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn handover_page_at(vault: &Vault, look: &HandoverLook) -> Result<HandoverPage> {
    let shown = |asked: u32, at_first: u32| if asked == 0 { at_first as usize } else { asked as usize };
    let recipient = look.recipient.as_deref();
    store::read(vault, |r| {
        let made = Made::all(r)?;
        let keys = recipients::all(r)?;
        let mut namesakes = children::Namesakes::default();
        let mut file = |row: cases::CaseRow, restricted: Option<u32>| -> Result<HandoverFile> {
            let case = row.case.record.id;
            let (entries, waiting) = waiting::of_case(r, case)?;
            let given = waiting::given(r, case)?;
            let waits = |key: &Recorded<recipients::RecipientKey>| {
                let recipient = key.record.recipient.clone();
                let has = given.iter().find(|(to, _)| *to == recipient).map_or(0, |(_, count)| *count);
                WaitingFor { recipient, waiting: store::small(entries.saturating_sub(has)) }
            };
            // The list of restricted files names nobody.
            let (kind, title) = (row.case.record.kind, row.case.record.title);
            let named = row.child.filter(|_| restricted.is_none());
            let (telling, _) = match &named {
                Some(child) => namesakes.telling(r, (case, child), children::Line::Name)?,
                None => (vec![], 0),
            };
            Ok(HandoverFile {
                case,
                kind,
                name: named.map_or(title, |child| child.name),
                telling,
                restricted,
                entries: store::small(entries),
                waiting: store::small(waiting),
                waits: keys.iter().map(waits).collect(),
            })
        };
        let files = cases::to_hand_over(r, recipient, shown(look.files, FILES))?;
        let files = files.into_iter().map(|row| file(row, None)).collect::<Result<_>>()?;
        let (of_files, files_waiting) = cases::count_to_hand_over(r, recipient)?;
        let restricted = (1..)
            .zip(cases::restricted(r)?)
            .map(|(number, row)| file(row, Some(number)))
            .collect::<Result<_>>()?;
        let unwritten = made.unwritten().map(|one| one.record.id);
        let (first, others) = made.frozen.split_at(made.frozen.len().min(shown(look.made, MADE)));
        let further = others.iter().filter(|one| Some(one.record.id) == unwritten);
        Ok(HandoverPage {
            recipients: keys.iter().map(key_view).collect::<Result<_>>()?,
            files,
            of_files: store::small(of_files),
            files_waiting: store::small(files_waiting),
            restricted,
            made: first.iter().chain(further).map(|one| made.view(r, one)).collect::<Result<_>>()?,
            of_made: store::small(made.frozen.len() as u64),
            unwritten,
            since: since(r, made.own)?,
            has_profile: waiting::agency(r)?.is_some(),
        })
    })
}

/// Why entries wait again that an agency may have: the vault goes on from an earlier state of itself, and what was
/// written after that is not known to it. None where none of them waits.
fn since(r: &Reader<'_>, own: OriginId) -> Result<Option<SinceView>> {
    let Some(old) = ledger::before(r, own)?.pop() else { return Ok(None) };
    let (began, reaches) =
        (ledger::recorded_at(r, own, Seq(1))?, ledger::recorded_at(r, old.origin, old.last)?);
    let (Some(at), Some(reaches_to)) = (began, reaches) else { return Ok(None) };
    let waits = waiting::any_outside(r, own)?;
    Ok(waits.then_some(SinceView { how: old.how, at, reaches_to }))
}

fn key_view(key: &Recorded<recipients::RecipientKey>) -> Result<RecipientKeyView> {
    Ok(RecipientKeyView {
        recipient: key.record.recipient.clone(),
        name: key.record.name.clone(),
        fingerprint: Recipient::parse(&key.record.recipient)?.fingerprint(),
        imported_at: key.recorded_at,
    })
}

/// Entries of files that no finished handover to anybody holds: those that are only on this laptop, as far as this
/// vault knows.
pub(crate) fn waiting(r: &Reader<'_>) -> Result<u32> {
    Ok(store::small(tallies::waiting(r)?))
}

/// Every handover that was made, and how far each has come.
struct Made {
    /// The latest first.
    frozen: Vec<Recorded<Handover>>,
    states: BTreeMap<HandoverId, HandoverState>,
    /// The chain that the vault writes.
    own: OriginId,
}

impl Made {
    fn all(r: &Reader<'_>) -> Result<Self> {
        let frozen = handovers::all(r)?;
        let mut states = BTreeMap::new();
        for one in &frozen {
            states.insert(one.record.id, handovers::state(r, one.record.id)?);
        }
        Ok(Self { frozen, states, own: ledger::tip(r)?.origin })
    }

    fn state(&self, id: HandoverId) -> HandoverState {
        self.states.get(&id).copied().unwrap_or(HandoverState::Frozen)
    }

    fn rule<'a>(&self, one: &'a Recorded<Handover>) -> records::Made<'a> {
        records::Made { handover: &one.record, origin: one.origin, state: self.state(one.record.id) }
    }

    /// Whether its file was not written, and no file that was holds all of it.
    fn lacks_its_file(&self, one: &Recorded<Handover>) -> bool {
        let made = self.rule(one);
        let finished = self.frozen.iter().map(|other| self.rule(other));
        let mut finished = finished.filter(|other| other.state.ends_the_offer(false));
        made.state == HandoverState::Frozen && !finished.any(|other| made.is_held_by(&other))
    }

    fn unwritten(&self) -> Option<&Recorded<Handover>> {
        self.frozen.iter().find(|one| self.lacks_its_file(one))
    }

    fn view(&self, r: &Reader<'_>, made: &Recorded<Handover>) -> Result<HandoverView> {
        let handover = &made.record;
        let state = self.state(handover.id);
        let (file, facts) = match (state, file(r, handover.id)) {
            (HandoverState::Frozen, _) if made.origin != self.own => (Noted::default(), FileFacts::NotKnown),
            (HandoverState::Frozen | HandoverState::Dropped, _) => (Noted::default(), FileFacts::NotWritten),
            (_, Ok(Some(file))) => (file, FileFacts::Known),
            // A receipt answers it, and no entry says that it was written.
            (HandoverState::Received, Ok(None)) => (Noted::default(), FileFacts::NotKnown),
            (_, Ok(None) | Err(Error::Stored { .. })) => (Noted::default(), FileFacts::Unreadable),
            (_, Err(error)) => return Err(error),
        };
        let mut children = Vec::new();
        let (mut restricted, mut gone) = (None, 0);
        for case in &handover.cases {
            match restricted::number(r, *case)? {
                Some(number) => restricted = Some(number),
                None => match Family::of(r, *case) {
                    Err(Error::Vault(sharewell_vault::Error::NoSuch { .. })) => gone += 1,
                    family => children.push(family?.child_name()),
                },
            }
        }
        Ok(HandoverView {
            id: handover.id,
            made_at: made.recorded_at,
            recipient_name: handover.recipient_name.clone(),
            fingerprint: Recipient::parse(&handover.recipient)?.fingerprint(),
            children,
            gone,
            restricted,
            from: store::small(handover.from.0),
            to: store::small(handover.to.0),
            state,
            held: state == HandoverState::Frozen && !self.lacks_its_file(made),
            reason: handover.reason.clone(),
            part: handover.part.map(|part| PartView { number: part.number, count: part.count }),
            beside: Vec::new(),
            replaces: handover.replaces,
            facts,
            entries: file.entries,
            documents: file.documents,
            file_hash: file.file_hash,
            file_name: file.file_name,
            kilobytes: file.kilobytes,
            beginning: None,
            receipts: receipt::answers(r, handover.id)?,
        })
    }
}

/// What is known of a handover's file: what an entry says, or what an earlier program noted.
fn file(r: &Reader<'_>, id: HandoverId) -> Result<Option<Noted>> {
    let Some(written) = handovers::file(r, id)? else {
        return state::read(r, &format!("{NOTED}:{id}"), NOTED);
    };
    let WrittenFile { name, hash, bytes, entries, documents, .. } = written.record;
    Ok(Some(Noted {
        entries: store::small(entries),
        documents: store::small(documents),
        file_hash: hash.to_string(),
        file_name: name,
        kilobytes: store::small(bytes.div_ceil(1024)),
    }))
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

/// Freezes what is handed over and writes the file: what waits for the recipient, with tables that a person can open.
///
/// # Errors
/// [`Error::Fields`] where no file was chosen, the key was not imported, or a reason is missing
/// ([`sharewell_records::on_purpose`]); [`Error::NothingToHandOver`] where the recipient has everything. Where only the
/// writing failed, [`Error::Unwritten`]: the handover stands frozen, nothing of it counts as handed over, and it can be
/// written again.
pub fn make_handover(
    vault: &mut Vault,
    chosen: &[CaseId],
    recipient: &str,
    path: &Path,
    now: Moment,
) -> Result<HandoverView> {
    at_once(HandOver::new(HandoverAsk::of(chosen, recipient), path.to_owned()), vault, now)
}

/// Writes a frozen handover again: the same entries, under a fresh encryption. Where its file was written before, or another
/// program froze it, that is a handover of its own which names the one whose place it takes.
///
/// # Errors
/// [`Error::Vault`] where there is no such handover, [`Error::NotWritten`], [`Error::Exchange`].
pub fn rebuild_handover(vault: &mut Vault, id: HandoverId, path: &Path, now: Moment) -> Result<HandoverView> {
    at_once(HandOver::again(id, path.to_owned()), vault, now)
}

/// Records that its file was written.
fn record(
    vault: &mut Vault,
    frozen: &Recorded<Handover>,
    file: WrittenFile,
    beginning: &Beginning,
    now: Moment,
) -> Result<HandoverView> {
    let id = frozen.record.id;
    store::write(vault, now, |w| {
        w.append(None, &Payload::HandoverWritten { handover: id, file }, &[frozen.entry])?;
        Ok(())
    })?;
    store::log(vault, None, now, |by| Access::Exported { by, what: format!("handover:{id}") })?;
    let view = store::read(vault, |r| Made::all(r)?.view(r, &handovers::get(r, id)?))?;
    Ok(HandoverView { beginning: Some(beginning_view(beginning)), ..view })
}

fn beginning_view(beginning: &Beginning) -> BeginningView {
    let given = |one: &EarlierHandover| EarlierHandoverView {
        id: one.id,
        made_at: one.made_at,
        from: store::small(one.from.0),
        to: store::small(one.to.0),
    };
    BeginningView {
        entries: store::small(beginning.entries),
        never: store::small(beginning.never),
        given: beginning.given.iter().map(given).collect(),
    }
}

/// How the cells of a handover's tables are written.
///
/// # Errors
/// [`Error::Vault`] where there is no such handover.
pub fn tables_of(vault: &Vault, id: HandoverId) -> Result<Profile> {
    store::read(vault, |r| Ok(handovers::get(r, id)?.record.profile))
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
