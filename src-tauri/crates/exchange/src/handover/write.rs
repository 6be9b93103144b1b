//! Contents in, encrypted file out.
//!
//! Every part is measured and hashed in a first pass, so that the files which vouch for the rest can stand
//! first in the archive: a reader then takes in nothing that is not signed. Nothing is written in plain
//! anywhere.
//!
//! The entries have a thread of their own: it puts them into text while the other files are hashed, helps with
//! those, and puts them into text again while what came before is encrypted. The bytes and their order are the same with one processor or many.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

use sharewell_records::Sha256;

use super::attached::{self, Attached, Bytes, NoBytes};
use super::{Contents, Document, EarlierChain, Part as PartOf, Summary, VERSION};
use crate::bag::{self, Labels};
use crate::entries::{self, Checked, Slice};
use crate::error::shown;
use crate::jws::Signer;
use crate::keys::Recipient;
use crate::sealed::{self, Outside};
use crate::{EntryLine, Error, Result, readme, table, ustar};

/// Up to this many bytes the rendered entries are kept from the first pass to the second.
const KEPT: u64 = 64 << 20;
/// How many pieces of rendered entries may wait to be encrypted.
const AHEAD: usize = 4;

/// Writes a handover, encrypted to every recipient.
///
/// # Errors
/// [`Error::Contents`] where the contents do not hold together (nothing leaves that [`super::read()`] would
/// refuse), [`Error::BadPath`] for a document's path, [`Error::NoRecipient`], [`Error::Signing`],
/// [`Error::Io`].
pub fn write(
    out: impl Write,
    contents: &Contents,
    recipients: &[Recipient],
    signer: &dyn Signer,
) -> Result<Summary> {
    write_with(out, contents, &NoBytes, recipients, signer)
}

/// Writes a handover with papers, whose bytes come from `bytes`.
///
/// # Errors
/// As [`write()`], and what reading a paper fails with.
pub fn write_with(
    out: impl Write,
    contents: &Contents,
    bytes: &dyn Bytes,
    recipients: &[Recipient],
    signer: &dyn Signer,
) -> Result<Summary> {
    let age = recipients.iter().map(|recipient| recipient.age() as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(age).map_err(|_| Error::NoRecipient)?;
    let mut stream = encryptor.wrap_output(out)?;
    let summary = write_all(KEPT, &mut stream, contents, bytes, recipients, signer)?;
    stream.finish()?.flush()?;
    Ok(summary)
}

/// A file of the payload.
enum Part<'a> {
    Here(Vec<u8>),
    There(&'a [u8]),
    /// In the pieces in which they were rendered.
    Pieces(Vec<Vec<u8>>),
    /// Too long to keep; rendered again.
    Entries(Checked<'a>),
    /// Read again when it is written.
    Paper(&'a Attached),
}

type Measured<'a> = sealed::Measured<Part<'a>>;

fn here<'a>(bytes: Vec<u8>) -> Measured<'a> {
    Measured { size: bytes.len() as u64, hash: Sha256::of(&[&bytes]), part: Part::Here(bytes) }
}

/// Writes the plain archive of contents without papers. Deterministic.
#[cfg(test)]
pub(super) fn write_bag(
    out: &mut impl Write,
    contents: &Contents,
    recipients: &[Recipient],
    signer: &dyn Signer,
) -> Result<Summary> {
    write_bag_keeping(KEPT, out, contents, recipients, signer)
}

/// The same; rendered entries are kept up to a number of bytes.
#[cfg(test)]
pub(super) fn write_bag_keeping(
    most: u64,
    out: &mut impl Write,
    contents: &Contents,
    recipients: &[Recipient],
    signer: &dyn Signer,
) -> Result<Summary> {
    write_all(most, out, contents, &NoBytes, recipients, signer)
}

/// Writes the plain archive. Deterministic.
fn write_all(
    most: u64,
    out: &mut impl Write,
    contents: &Contents,
    bytes: &dyn Bytes,
    recipients: &[Recipient],
    signer: &dyn Signer,
) -> Result<Summary> {
    if recipients.is_empty() {
        return Err(Error::NoRecipient);
    }
    if signer.public_key() != contents.public_key {
        return Err(Error::contents("the signer's key is not the one that the contents name"));
    }
    // The reader would refuse it, but by then another family's record would have left.
    let earlier = contents.chains.iter().flat_map(|chain| &chain.lines);
    for line in contents.lines.iter().chain(earlier) {
        if let EntryLine::Whole { header, .. } | EntryLine::Disposed { header, .. } = line
            && header.case.is_some_and(|case| !contents.cases.contains(&case))
        {
            let sequence = header.sequence;
            return Err(Error::contents(format!(
                "entry {sequence} belongs to a file that is not handed over"
            )));
        }
    }
    let slice = Slice {
        origin: contents.origin,
        from: contents.from,
        to: contents.to,
        previous_link: contents.previous_link,
        head: contents.head,
    };
    let files = payload(contents, bytes, &slice, most)?;
    let (entries, withheld) = counted(&contents.lines);
    let payload_bytes = files.values().map(|file| file.size).sum();

    let labels = labels(contents, recipients, files.len(), payload_bytes, entries, withheld);
    let id = contents.id.to_string();
    let outside = Outside { kind: sealed::HANDOVER, id, made_at: contents.made_at, labels: &labels };
    let contents_hash = sealed::write(out, &outside, &files, signer, |out, part| {
        match part {
            Part::Here(bytes) => out.write_all(bytes)?,
            Part::There(bytes) => out.write_all(bytes)?,
            Part::Pieces(pieces) => pieces.iter().try_for_each(|piece| out.write_all(piece))?,
            Part::Entries(entries) => write_ahead(out, entries)?,
            Part::Paper(paper) => bytes.each(paper, &mut |piece| out.write_all(piece))?,
        }
        Ok(())
    })?;
    let earlier: Vec<(u64, u64)> = contents.chains.iter().map(|chain| counted(&chain.lines)).collect();
    Ok(Summary {
        entries: entries + earlier.iter().map(|(entries, _)| entries).sum::<u64>(),
        withheld: withheld + earlier.iter().map(|(_, withheld)| withheld).sum::<u64>(),
        tables: contents.tables.len() as u64,
        documents: contents.documents.len() as u64,
        payload_bytes,
        contents_hash,
    })
}

/// How many entries stand whole, and how many only as a hash.
fn counted(lines: &[EntryLine]) -> (u64, u64) {
    let withheld = lines.iter().filter(|line| matches!(line, EntryLine::Withheld { .. })).count() as u64;
    (lines.len() as u64 - withheld, withheld)
}

/// The files under `data/`, sorted by path, measured and hashed.
fn payload<'a>(
    contents: &'a Contents,
    bytes: &dyn Bytes,
    slice: &Slice,
    most: u64,
) -> Result<BTreeMap<String, Measured<'a>>> {
    let mut files = BTreeMap::new();
    let mut add = |path: String, file: Measured<'a>| {
        ustar::safe(&path)?;
        match files.insert(path.clone(), file) {
            None => Ok(()),
            Some(_) => Err(Error::Twice { path: shown(&path) }),
        }
    };
    // Both threads take the next document as they become free.
    let next = AtomicUsize::new(0);
    scope(|scope| {
        let entries = aside(scope, || {
            let entries = measured(slice, &contents.lines, most)?;
            Ok((entries, hashed(&contents.documents, &next)))
        })?;
        add(readme::PATH.to_owned(), here(readme::text(contents).into_bytes()))?;
        add(table::CONTRACT.to_owned(), here(table::contract(&contents.tables, contents.profile)?))?;
        for table in &contents.tables {
            add(table.file(), here(table.to_csv(contents.profile)?))?;
        }
        for chain in &contents.chains {
            let EarlierChain { origin, from, to, head, previous_link, lines } = chain;
            let (origin, from, to, head) = (*origin, *from, *to, *head);
            let slice = Slice { origin, from, to, previous_link: *previous_link, head };
            add(entries::earlier(origin), measured(&slice, lines, most)?)?;
        }
        for paper in &contents.attachments {
            let (part, size) = (Part::Paper(paper), paper.size);
            let hash = attached::hashed(bytes, paper)?;
            add(format!("{}{}", attached::FOLDER, paper.path), Measured { part, size, hash })?;
        }
        let documents = hashed(&contents.documents, &next);
        let (entries, more) = joined(entries)?;
        add(entries::PATH.to_owned(), entries)?;
        for (Document { path, bytes }, hash) in documents.into_iter().chain(more) {
            let part = Part::There(bytes);
            add(format!("{}{path}", sealed::DOCUMENTS), Measured { part, size: bytes.len() as u64, hash })?;
        }
        Ok::<_, Error>(())
    })?;
    Ok(files)
}

fn labels(
    contents: &Contents,
    recipients: &[Recipient],
    files: usize,
    payload_bytes: u64,
    entries: u64,
    withheld: u64,
) -> Labels {
    let mut labels = Labels::default();
    labels.add("Source-Organization", &contents.practitioner.agency);
    labels.add("Contact-Name", &contents.practitioner.name);
    labels.add("External-Identifier", contents.id);
    labels.add("Bagging-Date", contents.made_at.day());
    labels.add("Payload-Oxum", format!("{payload_bytes}.{files}"));
    labels.add("Sharewell-Format-Version", VERSION);
    labels.add("Sharewell-Made-At", contents.made_at);
    labels.add("Sharewell-Origin", contents.origin);
    labels.add("Sharewell-Range", format!("{}-{}", contents.from, contents.to));
    labels.add("Sharewell-Previous-Link", contents.previous_link);
    labels.add("Sharewell-Head", contents.head);
    labels.add("Sharewell-Entries", entries);
    labels.add("Sharewell-Withheld", withheld);
    for case in &contents.cases {
        labels.add("Sharewell-Case", case);
    }
    for chain in &contents.chains {
        let EarlierChain { origin, from, to, .. } = chain;
        labels.add("Sharewell-Earlier-Chain", format!("{origin} {from}-{to}"));
    }
    labels.add(bag::EARLIER_ENTRIES, contents.beginning.entries);
    labels.add(bag::NEVER_GIVEN, contents.beginning.never);
    for given in &contents.beginning.given {
        labels.add("Sharewell-Earlier-Handover", given.id);
    }
    if let Some(PartOf { of, number, count }) = contents.part {
        labels.add(bag::PART, format!("{number} of {count}"));
        labels.add(bag::PART_OF, of);
    }
    if let Some(replaces) = contents.replaces {
        labels.add(bag::REPLACES, replaces);
    }
    labels.add("Sharewell-Signing-Key", contents.public_key);
    for recipient in recipients {
        labels.add("Sharewell-Recipient-Key", recipient);
    }
    sealed::add_behind(&mut labels, contents.agency.as_ref(), &contents.words.statement);
    labels
}

/// Hashes documents that nobody has taken yet, until none are left.
fn hashed<'a>(documents: &'a [Document], next: &AtomicUsize) -> Vec<(&'a Document, Sha256)> {
    let mut hashes = Vec::new();
    while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
        hashes.push((document, Sha256::of(&[&document.bytes])));
    }
    hashes
}

/// Checks, renders, measures and hashes the entries, and keeps them while they are short.
fn measured<'a>(slice: &Slice, lines: &'a [EntryLine], most: u64) -> Result<Measured<'a>> {
    let entries = Checked::of(slice, lines)?;
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    let mut size = 0;
    let mut kept = Some(Vec::new());
    entries.each(|piece| {
        context.update(&piece);
        size += piece.len() as u64;
        kept = kept.take().filter(|_| size <= most).map(|mut kept| {
            kept.push(piece);
            kept
        });
        Ok(())
    })?;
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    let part = kept.map_or(Part::Entries(entries), Part::Pieces);
    Ok(Measured { part, size, hash: Sha256(hash) })
}

/// Writes the entries while a second thread renders those that follow.
fn write_ahead(out: &mut impl Write, entries: &Checked<'_>) -> Result<()> {
    let (sender, receiver) = sync_channel(AHEAD);
    scope(|scope| {
        let rendering = aside(scope, move || {
            // Nobody takes a piece any more once writing has failed, and writing says why.
            entries.each(|piece| {
                sender.send(piece).map_err(|_| Error::Io(std::io::ErrorKind::BrokenPipe.into()))
            })
        })?;
        // Moved in, so that a failure hangs up and the other thread ends.
        let receiver = receiver;
        let written = receiver.iter().try_for_each(|piece| out.write_all(&piece));
        drop(receiver);
        let rendered = joined(rendering);
        written?;
        rendered
    })
}

/// Starts a thread of the scope.
fn aside<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> Result<T> + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, Result<T>>> {
    Ok(Builder::new().name("handover".to_owned()).spawn_scoped(scope, work)?)
}

/// What a thread came to. A panic goes on in the thread that asked.
fn joined<T>(thread: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
