//! What a share that came says once more as values, beside its pages.
//!
//! Whoever made it may have written anything, so the document's own tables lead nowhere here: attached files are looked
//! for where they stand in its bytes. Time is one pass; what is unpacked has a ceiling for the whole document.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use sharewell_records::cleaned;

use crate::Share;

/// What stands before an attached file.
const ATTACHED: &[u8] = b"/EmbeddedFile";
const STREAM: &[u8] = b"stream";
/// How far behind that its bytes begin at the most.
const HEAD: usize = 2048;
/// The most bytes that are unpacked of one document.
const MOST_UNPACKED: u64 = 4 << 20;
/// The values of a share, as they name themselves.
const FORMAT: &str = "sharewell-share-document/1";

/// The values of a share; none where nothing in the document holds them.
#[must_use]
pub fn share_inside(pdf: &[u8]) -> Option<Share> {
    let (mut rest, mut left) = (pdf, MOST_UNPACKED);
    while let Some(found) = position(rest, ATTACHED) {
        rest = rest.get(found + ATTACHED.len()..)?;
        let head = rest.get(..HEAD.min(rest.len()))?;
        // A list of attached files is none itself.
        let begins = position(head, STREAM).filter(|_| !head.starts_with(b"s"));
        let Some(begins) = begins else { continue };
        let packed = rest.get(begins + STREAM.len()..)?;
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        let mut bytes = Vec::new();
        let read = ZlibDecoder::new(packed).take(left).read_to_end(&mut bytes);
        left = left.saturating_sub(bytes.len() as u64);
        if read.is_ok()
            && let Some(share) = values(&bytes)
        {
            return Some(share);
        }
        if left == 0 {
            return None;
        }
    }
    None
}

fn values(bytes: &[u8]) -> Option<Share> {
    let values: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    if values.get("format")?.as_str()? != FORMAT {
        return None;
    }
    let mut share: serde_json::Value = values;
    clean(&mut share);
    serde_json::from_value(share).ok()
}

/// What turns or hides letters is taken out of every text, as it is at every door.
fn clean(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = cleaned(text),
        serde_json::Value::Array(all) => all.iter_mut().for_each(clean),
        serde_json::Value::Object(all) => all.values_mut().for_each(clean),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}
