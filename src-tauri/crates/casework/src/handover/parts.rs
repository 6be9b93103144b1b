//! What is too large for one file goes as several, each within what whoever opens it takes in.
//!
//! How large a part becomes is reckoned before anything is frozen, from above: a part that turns out smaller costs
//! nothing, and one that turned out larger could not be opened. Entries and papers go along once, in the order of
//! their chains; tables stand in every part, since they are small and each part is to be read alone; documents, which
//! show how things stand at the end, stand in the last.

use std::collections::BTreeMap;

use sharewell_exchange::handover::Limits;
use sharewell_records::{AttachmentId, CaseId, ChainSlice, OriginId, Seq};
use sharewell_vault::{Reader, attachments, decisions, emergencies, ledger};

use super::attached;
use crate::error::{Error, Piece, Result};

/// What a file holds besides, at most: what describes the bag, its read-me, the encryption.
const BESIDE: u64 = 96 << 10;
/// A header, hashes and names of a line of entries, at most.
const LINE: u64 = 1 << 10;
/// A line of an entry that only its hash stands for.
const HASH: u64 = 160;
/// Bytes of tables for each byte of content: a text can stand in several, as it was and as it stands.
const TABLES: u64 = 4;
/// Rows of tables for each entry, at most, without its texts.
const ROWS: u64 = 1 << 10;
/// A document, at most, that is set for a decision or an emergency.
const DOCUMENT: u64 = 512 << 10;
/// Members of the archive besides papers and documents: tables, folders, what describes the bag.
const MEMBERS: u64 = 200;

/// A stretch of one chain.
pub(super) type Stretch = (OriginId, Seq, Seq);

/// What a part covers: stretches of earlier chains, then of the own one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Covers {
    pub(super) earlier: Vec<Stretch>,
    /// None where it goes on with earlier chains alone.
    pub(super) own: Option<(Seq, Seq)>,
}

/// One place of a chain, by what it adds to a file.
#[derive(Debug, Clone, Copy, Default)]
struct Adds {
    /// Bytes of its line.
    line: u64,
    /// Bytes of the papers that it added.
    papers: u64,
    /// How many.
    files: u64,
    /// The largest of them.
    largest: Option<(AttachmentId, u64)>,
}

/// What is added up of a part.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    lines: u64,
    papers: u64,
    files: u64,
}

impl Sum {
    fn and(self, adds: Adds) -> Self {
        Self {
            lines: self.lines.saturating_add(adds.line),
            papers: self.papers.saturating_add(adds.papers),
            files: self.files.saturating_add(adds.files),
        }
    }
}

/// What stands in a file besides entries and papers.
#[derive(Debug, Clone, Copy)]
struct Fixed {
    /// In every part.
    every: u64,
    /// In the last one besides.
    documents: u64,
    /// How many documents there are.
    files: u64,
}

impl Fixed {
    /// Whether a part is within the limits; the last one has the documents.
    fn fits(&self, sum: Sum, last: bool, limits: &Limits) -> bool {
        let (documents, files) = if last { (self.documents, self.files) } else { (0, 0) };
        let all = [self.every, documents, sum.lines, sum.papers].into_iter().fold(0, u64::saturating_add);
        all <= limits.total && sum.lines <= limits.file && sum.files + files + MEMBERS <= limits.files
    }
}

/// How a handover of these files goes: as one, or in parts. `slices` are the stretches of earlier chains, `own` that of
/// the own one.
///
/// # Errors
/// [`Error::TooLargeToHandOver`] names one thing that no part can hold.
pub(super) fn split(
    r: &Reader<'_>,
    cases: &[CaseId],
    slices: &[ChainSlice],
    own: Stretch,
    limits: &Limits,
) -> Result<Vec<Covers>> {
    let stretches: Vec<Stretch> =
        slices.iter().map(|slice| (slice.origin, slice.from, slice.to)).chain([own]).collect();
    let papers = papers(r, cases)?;
    let fixed = fixed(r, cases, own)?;
    if !fixed.fits(Sum::default(), true, limits) {
        return Err(Error::TooLargeToHandOver { piece: Piece::Documents, limit: limits.total });
    }
    // Whoever goes on with earlier chains alone carries the place from which the own one goes on.
    let mut carried = Sum::default();
    ledger::sizes_each(r, own.0, cases, (own.1, own.1), |one| {
        carried = carried.and(adds(one.content, papers.get(&(own.0, own.1))));
        Ok::<_, Error>(())
    })?;
    let mut parts: Vec<Covers> = Vec::new();
    let (mut part, mut sum) = (Covers::default(), Sum::default());
    for (origin, from, to) in stretches {
        let begins = if origin == own.0 { Sum::default() } else { carried };
        ledger::sizes_each(r, origin, cases, (from, to), |one| {
            let at = one.sequence;
            let adds = adds(one.content, papers.get(&(origin, at)));
            let alone = begins.and(adds);
            alone_fits(origin, at, adds, one.content, alone, &fixed, limits)?;
            if part == Covers::default() {
                sum = alone;
            } else if fixed.fits(sum.and(adds), false, limits) {
                sum = sum.and(adds);
            } else {
                parts.push(std::mem::take(&mut part));
                sum = alone;
            }
            part.reach(origin, at, own.0);
            Ok::<_, Error>(())
        })?;
    }
    // The checkpoint that is about to be signed can always go by itself, with the documents.
    if !fixed.fits(sum, true, limits) {
        parts.push(part);
        let next = Seq(own.2.0.saturating_add(1));
        part = Covers { earlier: Vec::new(), own: Some((next, next)) };
    }
    parts.push(part);
    Ok(parts)
}

impl Covers {
    /// Takes one place more.
    fn reach(&mut self, origin: OriginId, at: Seq, own: OriginId) {
        if origin == own {
            self.own = Some((self.own.map_or(at, |(from, _)| from), at));
            return;
        }
        match self.earlier.last_mut() {
            Some((of, _, to)) if *of == origin => *to = at,
            _ => self.earlier.push((origin, at, at)),
        }
    }
}

/// What an entry adds.
fn adds(content: Option<u64>, papers: Option<&Vec<(AttachmentId, u64)>>) -> Adds {
    let papers = papers.map(Vec::as_slice).unwrap_or_default();
    Adds {
        line: content.map_or(HASH, line),
        papers: papers.iter().map(|(_, size)| padded(*size)).fold(0, u64::saturating_add),
        files: papers.len() as u64,
        largest: papers.iter().copied().max_by_key(|(_, size)| *size),
    }
}

/// The line of an entry that stands whole: its content as it is stored, in base64, and once more to be read.
fn line(content: u64) -> u64 {
    let base64 = content.div_ceil(3).saturating_mul(4);
    LINE.saturating_add(base64).saturating_add(content)
}

/// A file as it lies in the archive.
fn padded(size: u64) -> u64 {
    size.div_ceil(512).saturating_add(1).saturating_mul(512)
}

/// Whether one place alone fits into a part, with what that carries.
fn alone_fits(
    origin: OriginId,
    at: Seq,
    adds: Adds,
    content: Option<u64>,
    alone: Sum,
    fixed: &Fixed,
    limits: &Limits,
) -> Result<()> {
    let entry = Piece::Entry { origin, at };
    if content.is_some_and(|content| line(content) > limits.line as u64) {
        return Err(Error::TooLargeToHandOver { piece: entry, limit: limits.line as u64 });
    }
    if let Some((id, _)) = adds.largest.filter(|(_, size)| *size > limits.file) {
        return Err(Error::TooLargeToHandOver { piece: Piece::Paper { id }, limit: limits.file });
    }
    if fixed.fits(alone, false, limits) {
        return Ok(());
    }
    let piece = adds.largest.map_or(entry, |(id, _)| Piece::Paper { id });
    Err(Error::TooLargeToHandOver { piece, limit: limits.total })
}

/// Papers with their sizes, by the places at which they were added.
type Papers = BTreeMap<(OriginId, Seq), Vec<(AttachmentId, u64)>>;

/// The papers of these files. Those that were withdrawn leave no more.
fn papers(r: &Reader<'_>, cases: &[CaseId]) -> Result<Papers> {
    let mut all = Papers::new();
    for case in cases {
        for one in attachments::of_case(r, *case)? {
            for place in attached::added_at(r, cases, one.record.id)? {
                all.entry(place).or_default().push((one.record.id, one.record.size));
            }
        }
    }
    Ok(all)
}

/// What stands in the files besides. Tables are made of the whole history of the files, also of what does not go along.
fn fixed(r: &Reader<'_>, cases: &[CaseId], own: Stretch) -> Result<Fixed> {
    let mut tables: u64 = 0;
    let mut add = |origin: OriginId, to: Seq| {
        ledger::sizes_each(r, origin, cases, (Seq(1), to), |one| {
            let content =
                one.content.map_or(0, |content| content.saturating_mul(TABLES).saturating_add(ROWS));
            tables = tables.saturating_add(content);
            Ok::<_, Error>(())
        })
    };
    for old in ledger::before(r, own.0)? {
        add(old.origin, old.last)?;
    }
    add(own.0, own.2)?;
    let files = documents(r, cases)?;
    Ok(Fixed { every: BESIDE.saturating_add(tables), documents: files.saturating_mul(DOCUMENT), files })
}

/// How many documents are set.
fn documents(r: &Reader<'_>, cases: &[CaseId]) -> Result<u64> {
    let mut files = 0;
    for case in cases {
        files += decisions::of_case(r, *case)?.len() as u64 + emergencies::of_case(r, *case)?.len() as u64;
    }
    Ok(files)
}

/// What a handover of everything comes to at most, for each byte of the vault's database: an entry lies there with its
/// header, its hashes, its tables and what is searched.
const OF_DATABASE: u64 = 8;

/// Whether all that the vault holds, as a handover, is far below the limit, as for most who have used it for some years:
/// then nobody has to wait until it is reckoned while things are chosen. It takes no longer the more is there.
pub(super) fn is_small(r: &Reader<'_>, cases: &[CaseId], limits: &Limits) -> Result<bool> {
    let entries = ledger::bytes(r)?.saturating_mul(OF_DATABASE);
    Ok(entries.saturating_add(documents(r, cases)?.saturating_mul(DOCUMENT)) <= limits.total)
}
