//! The end of use (M8): somebody leaves, or gives the laptop back. What stands first, the one act that ends it, and the
//! certificate that stays.
//!
//! Looking changes nothing, and a person stops whenever they like: until `vault.ending` has its name the vault is as it was.
//! From then on it opens for nobody, and [`finish`] goes on with it, in the same sitting or at the next start.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sharewell_exchange::end_of_use::{Begun, Ended, EndedChain, EndedHandover, EndedReceipt, Held, Stood};
use sharewell_exchange::profile::Opened;
use sharewell_exchange::{PublicKey, Signer as _, SigningKey};
use sharewell_records::{
    EndFacts, EndPiece, EndRefused, EndedPiece, EntryPlace, Handover, HandoverId, HandoverState, Made,
    Moment, Sha256, ShareState, WrittenFile,
};
use sharewell_vault::{
    Beside, Content, Destroyed, EndPlan, Entry, Reader, Recorded, Vault, Work, cases, copies, drafts,
    emergencies, ending, handovers, ledger, obligations, profiles, receipts, shares,
};

use crate::agency;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::long::Long;
use crate::places;
use crate::signing::signer;
use crate::views::{EndFileView, EndFirstView, EndPage, EndTyped, EndedPieceView, EndedView, WorkKind};
use crate::words::Words;
use crate::{keep, language, store};

/// How a certificate's file name ends.
pub const KIND: &str = "sharewell-end";

/// The sealed files of handovers that were found by their hash, and where.
type Seen = BTreeMap<HandoverId, PathBuf>;

/// A handover with its file as it was last written.
struct Left {
    made: Recorded<Handover>,
    state: HandoverState,
    file: WrittenFile,
}

/// Every handover of which a file was written, the earliest first.
fn left(r: &Reader<'_>) -> Result<Vec<Left>> {
    let mut all = Vec::new();
    for made in handovers::all(r)?.into_iter().rev() {
        let state = handovers::state(r, made.record.id)?;
        let out = matches!(state, HandoverState::Written | HandoverState::Received);
        if let (true, Some(file)) = (out, handovers::file(r, made.record.id)?) {
            all.push(Left { made, state, file: file.record });
        }
    }
    Ok(all)
}

/// Looks in a folder for the files of handovers, whatever they are called there, by length and then by hash.
fn look_for(left: &[Left], folder: &Path, work: &Work) -> Result<Seen> {
    let mut wanted: BTreeMap<u64, BTreeMap<Sha256, HandoverId>> = BTreeMap::new();
    for one in left {
        wanted.entry(one.file.bytes).or_default().insert(one.file.hash, one.made.record.id);
    }
    let mut seen = Seen::new();
    let entries = std::fs::read_dir(folder).map_err(|error| Error::NotRead(error.kind()))?;
    for entry in entries.flatten() {
        work.go_on()?;
        let path = entry.path();
        let length = path.metadata().ok().filter(|about| about.is_file()).map(|about| about.len());
        if let Some(of_length) = length.and_then(|length| wanted.get(&length))
            && let Ok(hash) = hash_of(&path, work)?
            && let Some(id) = of_length.get(&hash)
        {
            seen.insert(*id, path);
        }
    }
    Ok(seen)
}

/// SHA-256 of a file; the inner error is that it cannot be read, which is as good as not being there.
fn hash_of(path: &Path, work: &Work) -> Result<std::io::Result<Sha256>> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    let mut piece = vec![0; 1 << 16];
    loop {
        work.go_on()?;
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => context.update(piece.get(..read).unwrap_or_default()),
            Err(error) => return Ok(Err(error)),
        }
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    Ok(Ok(Sha256(hash)))
}

/// What is known of the vault.
struct Known {
    facts: EndFacts,
    agency: Option<Opened>,
    left: Vec<Left>,
    phrase: String,
}

fn known(r: &Reader<'_>, seen: &Seen) -> Result<Known> {
    let taken = profiles::current(r)?;
    let opened = agency::standing(r)?;
    let agency = taken.as_ref().map(|one| one.record.agency);
    // A key that the agency had before counts as well: what it opened then it has.
    let of_agency = profiles::all(r)?.into_iter().filter(|one| Some(one.record.agency) == agency);
    let keys: BTreeSet<String> = of_agency.map(|one| one.record.encryption).collect();
    let keys: Vec<String> = keys.into_iter().collect();
    let left = left(r)?;
    let refused = match (&taken, &opened) {
        (Some(_), None) => Some(EndRefused::ProfileUnreadable),
        (_, Some(opened)) if !opened.profile.legal_hold.trim().is_empty() => Some(EndRefused::LegalHold),
        _ => None,
    };
    let doubts = ledger::doubts(r)?;
    let mut facts = EndFacts {
        outside: copies::without_file(r)?,
        duties: obligations::outstanding(r)?.len() as u64,
        drafts: drafts::list(r)?.len() as u64,
        doubts: u64::from(doubts.clock_last().is_some()) + doubts.heads().len() as u64,
        agency: taken.is_some(),
        refused,
        ..EndFacts::default()
    };
    for row in cases::list(r)?.into_iter().chain(cases::restricted(r)?) {
        let case = row.case.record.id;
        let unreadable = |entry: &Entry| matches!(entry.content, Content::Unreadable);
        facts.unreadable += copies::of_case(r, case)?.iter().filter(|entry| unreadable(entry)).count() as u64;
        for one in copies::standing(r, case, &keys)? {
            facts.entries += 1;
            let place = EntryPlace { case, origin: one.origin, sequence: one.sequence };
            let holds = |one: &&Left| {
                let made = Made { handover: &one.made.record, origin: one.made.origin, state: one.state };
                made.holds(place)
            };
            let holding: Vec<&Left> = left.iter().filter(holds).collect();
            let is_seen = holding.iter().any(|one| seen.contains_key(&one.made.record.id));
            match (one.received, holding.is_empty(), is_seen) {
                (true, ..) => facts.received += 1,
                (false, true, _) => facts.not_handed_over += 1,
                (false, false, true) => facts.in_files += 1,
                (false, false, false) => facts.not_found += 1,
            }
        }
        facts.papers_kept_back += copies::papers_kept_back(r, case)?;
        let told = emergencies::of_case(r, case)?;
        facts.emergencies += told.iter().filter(|one| one.written_up.is_none()).count() as u64;
        let made = shares::of_case(r, case)?;
        facts.shares += made.iter().filter(|one| one.record.state() == ShareState::Made).count() as u64;
    }
    let phrase = Words::of(language::of(r)?).end_of_use.phrase.clone();
    Ok(Known { facts, agency: opened, left, phrase })
}

/// What was shown, as one value: it differs as soon as anything is written, or another file is found or not.
fn shown(r: &Reader<'_>, facts: &EndFacts, seen: &Seen) -> Result<String> {
    let tip = ledger::tip(r)?;
    let seen: Vec<String> = seen.keys().map(ToString::to_string).collect();
    let all = format!("{} {} {facts:?} {}", tip.origin, tip.link, seen.join(" "));
    Ok(Sha256::of(&[all.as_bytes()]).to_string())
}

fn page(r: &Reader<'_>, folder: &str, seen: &Seen) -> Result<EndPage> {
    let Known { facts, agency, left, phrase } = known(r, seen)?;
    let file = |one: &Left| EndFileView {
        handover: one.made.record.id,
        made_at: one.made.recorded_at,
        name: one.file.name.clone(),
        received: one.state == HandoverState::Received,
        seen: seen.contains_key(&one.made.record.id),
    };
    let first = |(what, count)| EndFirstView { what, count: store::small(count) };
    let profile = agency.as_ref().map(|opened| &opened.profile);
    Ok(EndPage {
        refused: facts.refused,
        hold: profile.map(|profile| profile.legal_hold.trim().to_owned()).unwrap_or_default(),
        agency: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
        entries: store::small(facts.entries),
        received: store::small(facts.received),
        in_files: store::small(facts.in_files),
        first: facts.first().into_iter().map(first).collect(),
        needs_reason: facts.needs_reason(),
        folder: folder.to_owned(),
        files: left.iter().map(file).collect(),
        phrase,
        shown: shown(r, &facts, seen)?,
    })
}

/// Looks at everything before the end: what stands first, and which sealed files lie in a folder. Nothing is changed.
#[derive(Debug, Clone)]
pub struct LookAtEnd {
    /// Where the sealed files of handovers lie; none where nobody has said so yet.
    pub folder: Option<PathBuf>,
}

impl LookAtEnd {
    fn shown(&self) -> String {
        self.folder.as_ref().map(|folder| folder.display().to_string()).unwrap_or_default()
    }
}

impl Long for LookAtEnd {
    type Made = Seen;
    type Told = EndPage;

    const KIND: WorkKind = WorkKind::Check;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<Seen> {
        let Some(folder) = &self.folder else { return Ok(Seen::new()) };
        look_for(&beside.read(left)?, folder, beside.work())
    }

    fn end(self, vault: &mut Vault, seen: Seen, _now: Moment) -> Result<EndPage> {
        store::read(vault, |r| page(r, &self.shown(), &seen))
    }
}

/// Ends the use of the vault, up to the point of no return. When this has its `Ok` the vault is to be closed, and [`finish`]
/// does the rest.
#[derive(Debug, Clone)]
pub struct EndUse {
    /// What a person typed.
    pub typed: EndTyped,
    /// The passphrase, once more.
    pub passphrase: crate::Secret,
    /// A second place, whose copies go; none where there is none, or they stay.
    pub second: Option<PathBuf>,
}

/// What [`finish`] needs, in `vault.ending`.
#[derive(Serialize, Deserialize)]
struct Note {
    /// The first line of the certificate.
    begun: String,
    /// The key for the second one.
    closing: String,
    /// Where the certificate lies.
    certificate: PathBuf,
}

impl Long for EndUse {
    type Made = Seen;
    type Told = ();

    const KIND: WorkKind = WorkKind::Check;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, _now: Moment) -> Result<()> {
        let page = store::read(vault, |r| page(r, "", &Seen::new()))?;
        let mut form = Form::new();
        form.fault_if(self.typed.folder.trim().is_empty(), "folder", Problem::Missing);
        let typed = self.typed.phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        form.fault_if(typed.to_lowercase() != page.phrase.to_lowercase(), "phrase", Problem::NotThePhrase);
        form.end(|| Some(()))?;
        places::outside(vault.dir(), Path::new(&self.typed.folder)).map(drop)
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<Seen> {
        beside.check_passphrase(self.passphrase.clone(), now)?;
        look_for(&beside.read(left)?, Path::new(&self.typed.folder), beside.work())
    }

    fn end(self, vault: &mut Vault, seen: Seen, now: Moment) -> Result<()> {
        let (known, shown) = store::read(vault, |r| {
            let known = known(r, &seen)?;
            let shown = shown(r, &known.facts, &seen)?;
            Ok((known, shown))
        })?;
        if let Some(why) = known.facts.refused {
            return Err(Error::NotEnded(why));
        }
        // Whatever came meanwhile, an emergency above all, is looked at before anybody decides again.
        if shown != self.typed.shown {
            return Err(Error::EndChanged);
        }
        let mut form = Form::new();
        form.fault_if(
            known.facts.needs_reason() && self.typed.reason.is_none(),
            "reason",
            Problem::ReasonMissing,
        );
        form.end(|| Some(()))?;
        let elsewhere: Vec<PathBuf> = self
            .second
            .iter()
            .filter_map(|place| sharewell_vault::copies_to_end(vault.id(), place))
            .collect();
        let (closing, pem) = SigningKey::generate()?;
        let destroys = destroys(self.typed.backups, !elsewhere.is_empty());
        let begun = begun(vault, &known, &seen, &self.typed, destroys, &closing, now)?;
        let line = begun.sign(&signer(vault)?)?;
        let certificate = free_name(Path::new(&self.typed.folder), now);
        // That it can be written there is known before there is no way back.
        keep::bytes(&certificate, format!("{line}\n").as_bytes())?;
        let closing = secrecy::ExposeSecret::expose_secret(&pem).to_owned();
        let note = Note { begun: line, closing, certificate: absolute(&certificate) };
        let note = serde_json::to_string(&note).map_err(|_| Error::Stored { what: "ending" })?;
        Ok(vault.begin_end(&EndPlan { backups: self.typed.backups, elsewhere, note })?)
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A name in the folder that no file has.
fn free_name(folder: &Path, now: Moment) -> PathBuf {
    let day = now.0.format("%Y-%m-%d");
    let named = |again: u32| match again {
        1 => folder.join(format!("sharewell-{day}.{KIND}")),
        again => folder.join(format!("sharewell-{day}-{again}.{KIND}")),
    };
    (1..).map(named).find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| named(1))
}

fn destroys(backups: bool, copies: bool) -> Vec<EndPiece> {
    let goes = |piece: &EndPiece| match piece {
        EndPiece::Keys | EndPiece::Database | EndPiece::Notes => true,
        EndPiece::Backups => backups,
        EndPiece::Copies => copies,
        EndPiece::Others => false,
    };
    EndPiece::ALL.into_iter().filter(goes).collect()
}

fn begun(
    vault: &Vault,
    known: &Known,
    seen: &Seen,
    typed: &EndTyped,
    destroys: Vec<EndPiece>,
    closing: &SigningKey,
    now: Moment,
) -> Result<Begun> {
    let facts = &known.facts;
    let handover = |one: &Left| EndedHandover {
        id: one.made.record.id,
        sha256: one.file.hash,
        bytes: one.file.bytes,
        contents_hash: one.file.contents_hash,
        state: one.state,
        seen: seen.contains_key(&one.made.record.id),
    };
    let (chains, receipts) = store::read(vault, |r| {
        let tip = ledger::tip(r)?;
        let own = EndedChain { origin: tip.origin, last: tip.sequence, link: tip.link };
        let before = ledger::before(r, tip.origin)?.into_iter();
        let mut chains: Vec<EndedChain> =
            before.map(|old| EndedChain { origin: old.origin, last: old.last, link: old.link }).collect();
        chains.push(own);
        let receipts = receipts::all(r)?.into_iter().map(|one| EndedReceipt {
            id: one.record.id.0,
            handover: one.record.handover,
            file: one.record.file,
            key: one.record.key,
        });
        Ok((chains, receipts.collect()))
    })?;
    Ok(Begun {
        id: sharewell_vault::new_uuid(),
        vault: vault.id(),
        at: now,
        key: PublicKey(vault.public_key()?),
        closing: closing.public_key(),
        chains,
        held: Held {
            entries: facts.entries,
            received: facts.received,
            in_files: facts.in_files,
            not_found: facts.not_found,
            not_handed_over: facts.not_handed_over,
        },
        first: facts.first().into_iter().map(|(what, count)| Stood { what, count }).collect(),
        reason: typed.reason.filter(|_| facts.needs_reason()),
        handovers: known.left.iter().map(handover).collect(),
        receipts,
        destroys,
    })
}

/// Whether the end of a vault in this folder was begun, so that [`finish`] has to go on.
#[must_use]
pub fn is_ending(dir: &Path) -> bool {
    !matches!(ending(dir), Ok(None))
}

/// Goes on with an end that was begun, until nothing is left: destroys what is there, writes what became of it into the
/// certificate, and removes the last file. `goes_on` says that an earlier try was cut off. None where no end was begun.
///
/// # Errors
/// [`Error::NotWritten`] where the certificate cannot be written, as where a stick is not plugged in: everything else is
/// gone by then, and asked again it is written. `to` names another folder for it. [`Error::Vault`] while another process
/// has the vault open.
pub fn finish(dir: &Path, to: Option<&Path>, goes_on: bool, now: Moment) -> Result<Option<EndedView>> {
    let Some(begun) = ending(dir)? else { return Ok(None) };
    let Destroyed { pieces, not_overwritten } = sharewell_vault::destroy(dir)?;
    let note: Note = serde_json::from_str(&begun.plan.note).map_err(|_| Error::Stored { what: "ending" })?;
    let closing = SigningKey::parse(&note.closing)?;
    let ended = Ended {
        begun: Sha256::of(&[note.begun.as_bytes()]),
        at: now,
        pieces,
        not_overwritten: (!goes_on).then_some(not_overwritten),
    };
    let certificate = match to {
        Some(folder) => free_name(folder, now),
        None => note.certificate,
    };
    keep::bytes(&certificate, &ended.sign(&note.begun, &closing)?)?;
    sharewell_vault::forget_end(dir)?;
    let piece = |one: &EndedPiece| EndedPieceView {
        piece: one.piece,
        removed: store::small(one.removed),
        left: store::small(one.left),
    };
    Ok(Some(EndedView {
        certificate: certificate.display().to_string(),
        pieces: ended.pieces.iter().map(piece).collect(),
        not_overwritten: ended.not_overwritten.map(store::small),
    }))
}
