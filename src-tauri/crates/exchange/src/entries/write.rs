//! Writing the slice: first every hash and link, then as many times as needed the text.
//!
//! A bag names each file's hash before the file, so a long list of entries is put into text twice rather
//! than held. What costs most (hashes, and looking whether the payload is JSON) is done once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sharewell_records::{Header, Sha256, link, payload_hash};

use super::{EntryLine, FORMAT, FirstLine, Slice, VERSION};
use crate::header::{self, Scratch, hex};
use crate::{Error, Result, json};

/// Text is given out in pieces of about this many bytes: short enough for a processor's cache.
const PIECE: usize = 256 << 10;

/// A slice that leads from its previous link to its head.
pub(crate) struct Checked<'a> {
    slice: Slice,
    lines: &'a [EntryLine],
    hashes: Vec<Hashes>,
}

struct Hashes {
    payload: Sha256,
    entry: Sha256,
    link: Sha256,
}

impl<'a> Checked<'a> {
    /// Works out every hash and link.
    ///
    /// # Errors
    /// [`Error::Contents`] where the entries do not lead from the previous link to the head, or one is not
    /// what the reader takes: nothing leaves that its own reader would refuse.
    pub(crate) fn of(slice: &Slice, lines: &'a [EntryLine]) -> Result<Self> {
        let mut scratch = Scratch::default();
        let mut hashes = Vec::with_capacity(lines.len());
        let mut at = slice.previous_link;
        let mut expected = slice.from.0;
        for line in lines {
            let sequence = line.sequence();
            if sequence.0 != expected {
                return Err(Error::contents(format!("entry {expected} is missing or not in its place")));
            }
            expected = expected.saturating_add(1);
            let (payload, entry) = match line {
                EntryLine::Whole { header, stored, salt } => {
                    check_origin(slice, header)?;
                    if header.sequence.0 == 0 {
                        return Err(Error::contents("there is no entry 0"));
                    }
                    if !json::is_json(stored) {
                        let why = format!("entry {sequence}: the stored bytes are not JSON");
                        return Err(Error::contents(why));
                    }
                    let payload = payload_hash(salt, stored);
                    (payload, scratch.entry_hash(header, payload)?)
                }
                EntryLine::Disposed { header, payload_hash } => {
                    check_origin(slice, header)?;
                    (*payload_hash, scratch.entry_hash(header, *payload_hash)?)
                }
                // No text shows a payload's hash here; nothing of it is known.
                EntryLine::Withheld { entry_hash, .. } => (*entry_hash, *entry_hash),
            };
            at = link(at, sequence, entry);
            hashes.push(Hashes { payload, entry, link: at });
        }
        if expected != slice.to.0.saturating_add(1) {
            return Err(Error::contents(format!("entry {expected} is missing")));
        }
        if at != slice.head {
            return Err(Error::contents("the entries do not lead to the head"));
        }
        Ok(Self { slice: *slice, lines, hashes })
    }

    /// Gives the text out, piece by piece and in order. The same every time.
    ///
    /// # Errors
    /// What `take` fails with.
    pub(crate) fn each(&self, mut take: impl FnMut(Vec<u8>) -> Result<()>) -> Result<()> {
        let mut out = Vec::with_capacity(PIECE);
        let mut scratch = Scratch::default();
        self.first_line(&mut out)?;
        for (line, hashes) in self.lines.iter().zip(&self.hashes) {
            render(&mut out, line, hashes, &mut scratch)?;
            if out.len() >= PIECE - PIECE / 16 {
                take(std::mem::replace(&mut out, Vec::with_capacity(PIECE)))?;
            }
        }
        take(out)
    }

    fn first_line(&self, out: &mut Vec<u8>) -> Result<()> {
        let first = FirstLine {
            format: FORMAT.to_owned(),
            version: VERSION,
            origin: self.slice.origin,
            from: self.slice.from,
            to: self.slice.to,
            previous_link: self.slice.previous_link,
            head: self.slice.head,
        };
        serde_json::to_writer(&mut *out, &first)
            .map_err(|_| Error::contents("the first line cannot be written as JSON"))?;
        out.push(b'\n');
        Ok(())
    }
}

fn check_origin(slice: &Slice, header: &Header) -> Result<()> {
    if header.origin == slice.origin {
        Ok(())
    } else {
        Err(Error::contents(format!("entry {} is of another origin", header.sequence)))
    }
}

fn render(out: &mut Vec<u8>, line: &EntryLine, hashes: &Hashes, scratch: &mut Scratch) -> Result<()> {
    match line {
        EntryLine::Whole { header, stored, salt } => {
            out.extend_from_slice(b"{\"header\":");
            scratch.write(out, header)?;
            out.extend_from_slice(b",\"payload\":\"");
            base64(out, stored);
            out.extend_from_slice(b"\",\"salt\":\"");
            hex(out, salt);
            out.push(b'"');
            chain(out, hashes);
            out.extend_from_slice(b",\"content\":");
            json::on_one_line(out, stored);
            out.extend_from_slice(b"}\n");
        }
        EntryLine::Disposed { header, .. } => {
            out.extend_from_slice(b"{\"header\":");
            scratch.write(out, header)?;
            chain(out, hashes);
            out.extend_from_slice(b",\"disposed\":true}\n");
        }
        EntryLine::Withheld { sequence, .. } => {
            out.extend_from_slice(b"{\"sequence\":");
            header::number(out, sequence.0);
            out.extend_from_slice(b",\"entry_hash\":\"");
            hex(out, &hashes.entry.0);
            out.extend_from_slice(b"\"}\n");
        }
    }
    Ok(())
}

/// The three hashes that both forms of an entry with a header have.
fn chain(out: &mut Vec<u8>, hashes: &Hashes) {
    for (label, hash) in [
        (&b",\"payload_hash\":\""[..], hashes.payload),
        (b",\"entry_hash\":\"", hashes.entry),
        (b",\"link\":\"", hashes.link),
    ] {
        out.extend_from_slice(label);
        hex(out, &hash.0);
        out.push(b'"');
    }
}

fn base64(out: &mut Vec<u8>, bytes: &[u8]) {
    let from = out.len();
    // Room for all of it, padding too; what is not used is taken back.
    out.resize(from + bytes.len().div_ceil(3) * 4, 0);
    let room = out.get_mut(from..).unwrap_or_default();
    let used = BASE64.encode_slice(bytes, room).unwrap_or_default();
    out.truncate(from + used);
}
