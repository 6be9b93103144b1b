//! A share in our container that somebody made for us: opened and verified in memory, shown, and written down as what we
//! were told, under the limits that came with it.
//!
//! Nothing of it is ever on the disk outside the vault. What was shown is what is written down: it is opened again for
//! each step, and held to the hash of its contents.

use std::fs::File;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use secrecy::ExposeSecret as _;
use sharewell_documents::{self as documents, Shared};
use sharewell_exchange::Error as Exchange;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::share::{self, Limits, Share};
use sharewell_records::{
    Attachment, AttachmentId, CaseId, Item, Mark, MayKnow, Moment, Occurred, Payload, ReceivedId, Route,
    SourceKind, WhenTold, folded_words,
};
use sharewell_vault::{Beside, Kept, NotTaken, Reader, Taken, Vault, kept, people};

use super::received::{Said, came_as, said_by};
use crate::error::{ArrivedFault, Error, Problem, Result};
use crate::input::{Form, at_most};
use crate::long::Long;
use crate::people::Family;
use crate::views::{
    ArrivedInput, ArrivedNote, ArrivedSays, ArrivedTold, ArrivedView, DayTyped, LeftTyped, ReceivedInput,
    ShareKeyView, WorkKind,
};
use crate::words::Words;
use crate::{language, store};

/// Under which name the secret halves are noted, a line each, the one that is given out first.
const KEYS: &str = "share-keys";
/// The most bytes of a key's file.
const KEY_FILE: u64 = 64 * 1024;

/// The keys to which others share with us, the one that is given out first.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn share_keys(vault: &Vault) -> Result<Vec<ShareKeyView>> {
    store::read(vault, |r| Ok(identities(r)?.iter().map(given_out).collect()))
}

/// Makes a key to which others share with us, and gives what is given out of it. One that is there stays.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn make_share_key(vault: &mut Vault, now: Moment) -> Result<Vec<ShareKeyView>> {
    if store::read(vault, identities)?.is_empty() {
        keep(vault, &[Identity::generate()], now)?;
    }
    share_keys(vault)
}

/// Takes in the secret half of a key that was made elsewhere, out of its file, so that what is shared to it opens here.
///
/// # Errors
/// [`Error::NotRead`]; [`Error::Arrived`] where the file holds no such key.
pub fn bring_share_key(vault: &mut Vault, path: &Path, now: Moment) -> Result<Vec<ShareKeyView>> {
    let not_read = |error: std::io::Error| Error::NotRead(error.kind());
    let about = std::fs::metadata(path).map_err(not_read)?;
    let no_key = Error::Arrived(ArrivedFault::NotAKey);
    if !about.is_file() || about.len() > KEY_FILE {
        return Err(no_key);
    }
    let bytes = zeroize::Zeroizing::new(std::fs::read(path).map_err(not_read)?);
    let brought =
        std::str::from_utf8(&bytes).ok().and_then(|text| Identity::parse(text).ok()).ok_or(no_key)?;
    let mut all = store::read(vault, identities)?;
    if all.iter().all(|one| one.recipient() != brought.recipient()) {
        all.push(brought);
        keep(vault, &all, now)?;
    }
    share_keys(vault)
}

fn keep(vault: &mut Vault, all: &[Identity], now: Moment) -> Result<()> {
    let secrets: Vec<_> = all.iter().map(Identity::to_secret).collect();
    let lines: Vec<&str> = secrets.iter().map(|one| one.expose_secret()).collect();
    let kept = Kept { key: KEYS.to_owned(), body: lines.join("\n"), updated: now };
    store::write(vault, now, |w| Ok(w.keep(&kept)?))
}

fn identities(r: &Reader<'_>) -> Result<Vec<Identity>> {
    let Some(kept) = kept::get(r, KEYS)? else { return Ok(Vec::new()) };
    let identity = |line: &str| Identity::parse(line).map_err(|_| Error::Stored { what: "share key" });
    kept.body.lines().map(identity).collect()
}

fn given_out(identity: &Identity) -> ShareKeyView {
    let public = identity.recipient();
    ShareKeyView { public: public.to_string(), fingerprint: public.fingerprint() }
}

/// Opens and verifies a share, by whichever key of ours it was made for.
fn opened(identities: &[Identity], path: &Path) -> Result<Share> {
    let not_read = |error: std::io::Error| Error::NotRead(error.kind());
    // A pipe would wait for ever.
    if !std::fs::metadata(path).map_err(not_read)?.is_file() {
        return Err(Error::NotRead(std::io::ErrorKind::InvalidInput));
    }
    let mut fault = ArrivedFault::NoKey;
    for identity in identities {
        let file = File::open(path).map_err(not_read)?;
        match share::read(file, identity, None, Limits::default()) {
            Ok(share) => return Ok(share),
            Err(Exchange::NotForThisKey) => fault = ArrivedFault::OtherKey,
            Err(Exchange::Io(error)) => return Err(not_read(error)),
            Err(why) => return Err(Error::Arrived(ArrivedFault::of(&why))),
        }
    }
    Err(Error::Arrived(fault))
}

/// The same, and the share that was shown.
fn as_shown(beside: &Beside, path: &Path, contents: &str) -> Result<Share> {
    let share = opened(&beside.read(identities)?, path)?;
    match share.info.contents_hash.to_string() == contents {
        true => Ok(share),
        false => Err(sharewell_vault::Error::NotTaken(NotTaken::Changed).into()),
    }
}

fn says(share: &Share) -> Option<documents::Share> {
    share.documents.iter().find_map(|one| documents::share_inside(&one.bytes))
}

/// A share that is opened and shown.
#[derive(Debug)]
pub struct OpenArrived {
    case: CaseId,
    path: PathBuf,
}

impl OpenArrived {
    /// The share at a path, for a child's file.
    #[must_use]
    pub fn new(case: CaseId, path: PathBuf) -> Self {
        Self { case, path }
    }
}

impl Long for OpenArrived {
    type Made = ArrivedView;
    type Told = ArrivedView;

    const KIND: WorkKind = WorkKind::Attachment;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<ArrivedView> {
        let share = opened(&beside.read(identities)?, &self.path)?;
        beside.read(|r| view(&share, &Family::of(r, self.case)?))
    }

    fn end(self, _vault: &mut Vault, made: ArrivedView, _now: Moment) -> Result<ArrivedView> {
        Ok(made)
    }
}

fn view(share: &Share, family: &Family) -> Result<ArrivedView> {
    let inside = says(share);
    let info = &share.info;
    Ok(ArrivedView {
        contents: info.contents_hash.to_string(),
        made_by: info.made_by.clone(),
        agency: info.agency.clone(),
        made_at: info.made_at,
        fingerprint: info.signer.fingerprint(),
        documents: store::small(share.documents.len() as u64),
        received: received(share, inside.as_ref()),
        says: inside.map(|inside| shown(inside, family)),
    })
}

fn shown(inside: documents::Share, family: &Family) -> ArrivedSays {
    let same = |name: &str| folded_words(name).eq(folded_words(&inside.child.name));
    let known = family.people.iter().any(|one| same(&one.name));
    ArrivedSays {
        may_be_another: !known,
        reference: inside.sheet.number,
        to: inside.to,
        about: inside.child.name,
        born: inside.child.born,
        asked: inside.asked.what,
        by: inside.asked.by,
        urgency: inside.asked.urgency,
        ground: inside.ground,
        at_risk: inside.at_risk,
        told: inside.told.into_iter().map(|one| ArrivedTold { who: one.who, knows: one.knows }).collect(),
        limits: inside.sheet.limits,
        notes: inside
            .items
            .into_iter()
            .map(|one| ArrivedNote { mark: one.mark, source: one.source, text: one.text })
            .collect(),
    }
}

/// A share as what we were told, as far as it can say so. Its format says that its author is asked before any of it is
/// passed on; whom the sender keeps it from does not hear of it here either.
fn received(share: &Share, inside: Option<&documents::Share>) -> ReceivedInput {
    let info = &share.info;
    let role = inside.map(|one| one.practitioner.role.as_str()).unwrap_or_default();
    let from_role = [role, &info.agency].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let kept_from = inside.is_none_or(|one| one.told.iter().any(|told| !may_know(&told.knows)));
    ReceivedInput {
        source: Some(SourceKind::Agency),
        from: info.made_by.clone(),
        from_role: from_role.join(", "),
        may_be_named: false,
        route: Some(Route::EncryptedFile),
        when: Some(LeftTyped::Now),
        text: String::new(),
        about: Vec::new(),
        ask_first: true,
        not_to: String::new(),
        until: DayTyped::default(),
        family: kept_from.then_some(MayKnow::No),
        support: String::new(),
    }
}

/// Whether the sender's words say of somebody that they know, in any language of the program.
fn may_know(knows: &str) -> bool {
    let told = [WhenTold::Now, WhenTold::Told];
    Words::all().any(|words| told.iter().any(|when| words.share.knows.of(*when) == knows))
}

/// One document of a share, for the window alone.
#[derive(Debug)]
pub struct ArrivedDocument {
    path: PathBuf,
    contents: String,
    number: u32,
}

impl ArrivedDocument {
    /// A document of the share at a path, as it was shown, from 0.
    #[must_use]
    pub fn new(path: PathBuf, contents: String, number: u32) -> Self {
        Self { path, contents, number }
    }
}

impl Long for ArrivedDocument {
    type Made = String;
    type Told = String;

    const KIND: WorkKind = WorkKind::Attachment;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<String> {
        let share = as_shown(&beside, &self.path, &self.contents)?;
        let number = usize::try_from(self.number).unwrap_or(usize::MAX);
        let document = share.documents.get(number).ok_or(Error::NotFound { what: "document" })?;
        Ok(BASE64.encode(&document.bytes))
    }

    fn end(self, _vault: &mut Vault, made: String, _now: Moment) -> Result<String> {
        Ok(made)
    }
}

/// A share that is written down in a file, with its documents as papers.
pub struct TakeArrived {
    case: CaseId,
    path: PathBuf,
    typed: ArrivedInput,
    said: Option<Said>,
}

impl std::fmt::Debug for TakeArrived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TakeArrived").field("case", &self.case).finish_non_exhaustive()
    }
}

impl TakeArrived {
    /// Writes down the share at a path, as it was shown.
    #[must_use]
    pub fn new(case: CaseId, path: PathBuf, typed: ArrivedInput) -> Self {
        Self { case, path, typed, said: None }
    }
}

/// What came into the vault of a share, and the notes that it becomes.
#[derive(Debug)]
pub struct Came {
    papers: Vec<(Taken, String)>,
    notes: Vec<String>,
    reference: String,
    limits: String,
}

impl Long for TakeArrived {
    type Made = Came;
    type Told = ReceivedId;

    const KIND: WorkKind = WorkKind::Attachment;
    const LEAVES: bool = false;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        if vault.is_looked_at() {
            return Err(sharewell_vault::Error::ReadOnly.into());
        }
        let in_file: Vec<_> = store::read(vault, |r| {
            Ok(people::of_case(r, self.case)?.into_iter().map(|one| one.record.id).collect())
        })?;
        let mut form = Form::of_past_days(vault, now)?;
        form.fault_if(!self.typed.compared, "compared", Problem::NotCompared);
        // Its author is asked before any of it is passed on: the file says so, and nobody takes that away here.
        let typed = ReceivedInput { ask_first: true, ..self.typed.received.clone() };
        form.text("text", &typed.text);
        let said = Said::of(&mut form, &typed, &in_file, (None, false), now);
        self.said = Some(form.end(|| said)?);
        Ok(())
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<Came> {
        let share = as_shown(&beside, &self.path, &self.typed.contents)?;
        let inside = says(&share);
        let words = Words::of(beside.read(language::of)?);
        let notes = notes(inside.as_ref(), &self.typed.received.text, words)?;
        let mut came = Came {
            papers: Vec::new(),
            notes,
            reference: inside.as_ref().map(|one| one.sheet.number.clone()).unwrap_or_default(),
            limits: inside.map(|one| one.sheet.limits).unwrap_or_default(),
        };
        for document in &share.documents {
            let id = AttachmentId(store::new_id(now));
            let size = document.bytes.len() as u64;
            match beside.take_in(id, &mut document.bytes.as_slice(), size) {
                Ok(taken) => came.papers.push((taken, document.path.clone())),
                Err(why) => {
                    // What cannot be taken back now goes at the next opening.
                    came.papers.iter().for_each(|(taken, _)| drop(beside.give_up(taken.id)));
                    return Err(why.into());
                }
            }
        }
        Ok(came)
    }

    fn end(self, vault: &mut Vault, made: Came, now: Moment) -> Result<ReceivedId> {
        let words = Words::of(store::read(vault, language::of)?);
        let said = self.said.ok_or(Error::Stored { what: "share" })?;
        let (case, about) = (self.case, said.about.clone());
        let ids: Vec<_> = made.notes.iter().map(|_| store::item_id(now)).collect();
        let received = said.record(ReceivedId(store::new_id(now)), ids.clone());
        let (id, at, by) = (received.id, received.at, said_by(&received, words));
        let item = |(id, text): (_, &String)| Item {
            id,
            mark: Mark::Reported,
            source: came_as(received.route),
            text: text.clone(),
            by: by.clone(),
            about: about.clone(),
            occurred: Occurred::Moment { at },
            labels: Vec::new(),
            visit: None,
        };
        let items: Vec<Item> = ids.iter().copied().zip(&made.notes).map(item).collect();
        let limits = match made.limits.is_empty() {
            true => words.account.ask_first.clone(),
            false => made.limits,
        };
        let paper = |(taken, name): &(Taken, String)| Attachment {
            id: taken.id,
            name: name.clone(),
            form: taken.form,
            size: taken.size,
            hash: taken.hash,
            what: words.account.arrived.paper.fill(&[("reference", &made.reference)]),
            from: by.clone(),
            said_by: String::new(),
            came: Occurred::Moment { at },
            limits: limits.clone(),
            about: about.clone(),
            item: ids.first().copied(),
            replaces: None,
        };
        let papers: Vec<Attachment> = made.papers.iter().map(paper).collect();
        let written = store::write(vault, now, |w| {
            let mut basis = Vec::new();
            for item in items {
                basis.push(w.append(Some(case), &Payload::ItemRecorded { item }, &[])?.id);
            }
            let received = w.append(Some(case), &Payload::ReceivedRecorded { received }, &basis)?;
            for attachment in papers {
                w.append(Some(case), &Payload::AttachmentAdded { attachment }, &[received.id])?;
            }
            Ok(id)
        });
        if written.is_err() {
            made.papers.iter().for_each(|(taken, _)| drop(vault.give_up(taken.id)));
        }
        written
    }
}

/// The notes that a share becomes: what is asked, and each thing that is shared. Where it says nothing of itself, what was
/// typed.
fn notes(inside: Option<&documents::Share>, typed: &str, words: &Words) -> Result<Vec<String>> {
    let mut form = Form::new();
    let said = &words.account.arrived;
    let mut notes: Vec<String> = Vec::new();
    if let Some(inside) = inside {
        let asked = [("what", &*inside.asked.what), ("by", &*inside.asked.by)];
        let asked =
            if inside.asked.by.is_empty() { said.asked.fill(&asked) } else { said.asked_by.fill(&asked) };
        notes.push(words.series(&[&asked, &inside.asked.urgency]));
        form.take(at_most(&inside.items, "text"));
        let note = |one: &Shared| match one.mark {
            Some(mark) => said.note.fill(&[
                ("mark", words.mark.of(mark)),
                ("source", &*one.source),
                ("text", &*one.text),
            ]),
            None => one.text.clone(),
        };
        notes.extend(inside.items.iter().map(note));
    }
    if inside.is_none() || !typed.trim().is_empty() {
        notes.push(typed.to_owned());
    }
    let notes: Vec<String> = notes.iter().map(|text| form.required("text", text)).collect();
    form.end(|| Some(notes))
}
