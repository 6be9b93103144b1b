//! A PDF, read as the names that stand in it, from its first byte to its last and in what it packed away.
//!
//! A parser would go where the document's own tables lead, and a hostile one leads it past what a reader finds in repair.
//! So every name counts, wherever it stands. Time is one pass; what is unpacked has a ceiling for the whole paper.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::ZlibDecoder;
use sharewell_records::PaperHolds;

/// The most bytes that are unpacked of one paper.
const MOST_UNPACKED: u64 = 64 << 20;
/// Longer names are none that mean anything.
const LONGEST_NAME: usize = 64;
const END: &[u8] = b"%%EOF";
/// How far into a file it stands that it is ordered for the web, and so has one end more.
const HEAD: usize = 1024;

/// What stands in a PDF.
pub(super) fn pdf(bytes: &[u8]) -> BTreeSet<PaperHolds> {
    within(bytes, MOST_UNPACKED)
}

/// The same, where no more than this is unpacked.
pub(super) fn within(bytes: &[u8], mut left: u64) -> BTreeSet<PaperHolds> {
    let mut found = BTreeSet::new();
    let (mut ends, mut ends_of_one, mut object) = (0_usize, 1_usize, Object::default());
    let mut at = 0;
    while let Some(next) = next_of_interest(bytes, at) {
        let rest = bytes.get(next..).unwrap_or_default();
        at = next + 1;
        if let Some((name, past)) = name(rest) {
            at = next + past;
            if name == b"Linearized" && next < HEAD {
                ends_of_one = 2;
            }
            object.note(&name);
            note(&name, bytes.get(at..).unwrap_or_default(), &mut found);
        } else if rest.starts_with(END) {
            ends += 1;
            at = next + END.len();
        } else if rest.starts_with(b"obj") {
            object = Object::default();
            at = next + 3;
        } else if rest.starts_with(b"stream") {
            at = next + 6;
            if !bytes.get(..next).unwrap_or_default().ends_with(b"end") && object.packs() {
                let packed = bytes.get(at..).unwrap_or_default();
                if !unpacked(&object, packed, &mut left, &mut found) {
                    found.insert(PaperHolds::NotRead);
                }
            }
        }
    }
    if ends > ends_of_one {
        found.insert(PaperHolds::Revisions);
    }
    if ends == 0 {
        found.insert(PaperHolds::NotRead);
    }
    found
}

/// Where the next name, end, object or stream may begin.
fn next_of_interest(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    rest.iter().position(|byte| matches!(byte, b'/' | b'%' | b'o' | b's')).map(|past| at + past)
}

/// The name that begins here, with its escapes undone, and how many bytes it takes in the file.
fn name(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let [b'/', rest @ ..] = bytes else { return None };
    let (mut name, mut past) = (Vec::new(), 0);
    while let Some(letter) = rest.get(past).copied() {
        let ends = letter.is_ascii_whitespace() || letter == 0 || b"()<>[]{}/%".contains(&letter);
        if ends || name.len() >= LONGEST_NAME {
            break;
        }
        let escaped = (letter == b'#').then(|| rest.get(past + 1..past + 3)).flatten().and_then(hex);
        past += if escaped.is_some() { 3 } else { 1 };
        name.push(escaped.unwrap_or(letter));
    }
    Some((name, past + 1))
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// What a name says of the document.
fn note(name: &[u8], behind: &[u8], found: &mut BTreeSet<PaperHolds>) {
    let holds = match name {
        b"JavaScript" | b"Rendition" | b"RichMedia" | b"Launch" | b"SubmitForm" | b"ImportData" => {
            PaperHolds::Scripts
        }
        // Two letters stand by chance in what is packed; a script follows as a text or as a number.
        b"JS" if matches!(behind.trim_ascii_start().first(), Some(b'(' | b'<' | b'0'..=b'9')) => {
            PaperHolds::Scripts
        }
        b"Annots" => PaperHolds::Annotations,
        b"AcroForm" | b"XFA" => PaperHolds::Fields,
        b"EmbeddedFile" | b"EmbeddedFiles" | b"FileAttachment" => PaperHolds::Embedded,
        b"OCProperties" | b"OCMD" => PaperHolds::Layers,
        b"Info" | b"Metadata" | b"PieceInfo" => PaperHolds::Metadata,
        b"Encrypt" => PaperHolds::Encrypted,
        _ => return,
    };
    found.insert(holds);
}

/// What the dictionary of an object says of the stream that may follow.
#[derive(Default)]
struct Object {
    is_of_objects: bool,
    has_first: bool,
    has_count: bool,
    has_filter: bool,
    is_deflated: bool,
    is_strange: bool,
}

impl Object {
    fn note(&mut self, name: &[u8]) {
        match name {
            b"ObjStm" => self.is_of_objects = true,
            b"First" => self.has_first = true,
            b"N" => self.has_count = true,
            b"Filter" | b"F" => self.has_filter = true,
            b"FlateDecode" | b"Fl" => self.is_deflated = true,
            b"DecodeParms" | b"LZWDecode" | b"ASCII85Decode" | b"ASCIIHexDecode" | b"RunLengthDecode"
            | b"Crypt" => self.is_strange = true,
            _ => {}
        }
    }

    /// Whether objects are packed in it. Readers do not all ask for its type.
    fn packs(&self) -> bool {
        self.is_of_objects || (self.has_first && self.has_count)
    }
}

/// Reads what an object stream packs; false where that cannot be done, or would be too much. What is not packed stands
/// in the file itself and was read there.
fn unpacked(object: &Object, behind: &[u8], left: &mut u64, found: &mut BTreeSet<PaperHolds>) -> bool {
    if !object.has_filter {
        return true;
    }
    if !object.is_deflated || object.is_strange {
        return false;
    }
    let data = behind.strip_prefix(b"\r\n").or(behind.strip_prefix(b"\n")).unwrap_or(behind);
    let mut out = Vec::new();
    let read = ZlibDecoder::new(data).take(*left + 1).read_to_end(&mut out);
    let (size, whole) = (out.len() as u64, read.is_ok());
    let within = size <= *left;
    *left = left.saturating_sub(size);
    let mut at = 0;
    while let Some(past) = out.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'/')) {
        at += past;
        let Some((said, taken)) = name(out.get(at..).unwrap_or_default()) else { break };
        at += taken;
        note(&said, out.get(at..).unwrap_or_default(), found);
    }
    whole && within && size > 0
}
