//! `entries.ndjson`: a slice of the ledger, one JSON object a line, with all that its chain needs.
//!
//! The first line says which slice it is. An entry of a chosen file stands whole: header, stored bytes in
//! base64 with their salt, hashes, link, and a readable copy of the content. Of an entry of another file
//! only its place and hash stand there, so the chain verifies and tells nothing of other families.

mod write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sharewell_records::{Header, OriginId, Seq, Sha256, entry_hash, link, payload_hash};

use crate::table::json_place;
use crate::{Error, Result, Where};

pub(crate) use write::Checked;

/// Path of the entries inside the bag.
pub(crate) const PATH: &str = "data/entries.ndjson";
/// Folder inside the bag of the slices of earlier chains, each `<origin>.ndjson`.
pub(crate) const EARLIER: &str = "data/earlier/";
const FORMAT: &str = "sharewell-entries";
const VERSION: u32 = 1;

/// Path inside the bag of the slice of an earlier chain.
pub(crate) fn earlier(origin: OriginId) -> String {
    format!("{EARLIER}{origin}.ndjson")
}

/// One entry of the slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryLine {
    /// An entry that is handed over.
    Whole {
        /// What the entry is.
        header: Header,
        /// The payload's bytes exactly as stored.
        stored: Vec<u8>,
        /// The payload's salt.
        salt: [u8; 32],
    },
    /// An entry of a chosen file whose content was removed lawfully. The chain still verifies.
    Disposed {
        /// What the entry is.
        header: Header,
        /// Hash of the payload that was removed.
        payload_hash: Sha256,
    },
    /// An entry of another file.
    Withheld {
        /// Its place.
        sequence: Seq,
        /// Its hash.
        entry_hash: Sha256,
    },
}

impl EntryLine {
    /// The entry's place in the chain.
    #[must_use]
    pub fn sequence(&self) -> Seq {
        match self {
            Self::Whole { header, .. } | Self::Disposed { header, .. } => header.sequence,
            Self::Withheld { sequence, .. } => *sequence,
        }
    }

    /// The entry's hash, worked out where the entry stands there.
    ///
    /// # Errors
    /// [`Error::Contents`] where the header has no canonical form.
    pub fn hash(&self) -> Result<Sha256> {
        Ok(self.hashes()?.0)
    }

    /// The entry's hash, and its payload's, each worked out where the entry stands there; of an entry of another file no
    /// payload's hash is known.
    ///
    /// # Errors
    /// As [`EntryLine::hash`].
    pub fn hashes(&self) -> Result<(Sha256, Option<Sha256>)> {
        let of = |header: &Header, payload| match entry_hash(header, payload) {
            Ok(hash) => Ok((hash, Some(payload))),
            Err(_) => {
                Err(Error::contents(format!("entry {}: the header has no canonical form", header.sequence)))
            }
        };
        match self {
            Self::Whole { header, stored, salt } => of(header, payload_hash(salt, stored)),
            Self::Disposed { header, payload_hash } => of(header, *payload_hash),
            Self::Withheld { entry_hash, .. } => Ok((*entry_hash, None)),
        }
    }
}

/// Which slice of which chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slice {
    pub(crate) origin: OriginId,
    pub(crate) from: Seq,
    pub(crate) to: Seq,
    /// The link before `from`.
    pub(crate) previous_link: Sha256,
    /// The link at `to`.
    pub(crate) head: Sha256,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstLine {
    format: String,
    version: u32,
    origin: OriginId,
    from: Seq,
    to: Seq,
    previous_link: Sha256,
    head: Sha256,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    header: Option<serde_json::Value>,
    #[serde(default)]
    payload: Option<String>,
    #[serde(default)]
    salt: Option<String>,
    #[serde(default)]
    payload_hash: Option<Sha256>,
    entry_hash: Sha256,
    #[serde(default)]
    link: Option<Sha256>,
    #[serde(default)]
    content: Option<serde_json::Value>,
    #[serde(default)]
    disposed: bool,
    #[serde(default)]
    sequence: Option<Seq>,
}

/// Reads and verifies the slice in a file: every hash, every link, the order, the start and the head.
pub(crate) fn read(path: &str, bytes: &[u8], longest: usize) -> Result<(Slice, Vec<EntryLine>)> {
    let mut rest = bytes.split_inclusive(|byte| *byte == b'\n').enumerate().map(|(at, line)| {
        let at = Where::line(path, at as u64 + 1);
        match line.strip_suffix(b"\n") {
            _ if line.len() > longest => Err(Error::TooLarge { what: at.to_string(), limit: longest as u64 }),
            Some(line) => Ok((at, line)),
            None => Err(Error::malformed(at, "the last line has no end")),
        }
    });
    let (at, first) = rest.next().ok_or_else(|| Error::malformed(Where::file(path), "it is empty"))??;
    let slice = first_line(&at, first)?;
    let mut lines = Vec::new();
    let mut chain = slice.previous_link;
    let mut expected = slice.from;
    for next in rest {
        let (at, line) = next?;
        if expected > slice.to {
            return Err(Error::Chain { at, why: "there are more entries than the range has" });
        }
        let line = entry(&at, line, &slice, expected, &mut chain)?;
        lines.push(line);
        expected = Seq(expected.0.saturating_add(1));
    }
    if expected.0 != slice.to.0.saturating_add(1) {
        return Err(Error::Chain { at: Where::file(path), why: "entries are missing at the end" });
    }
    if chain != slice.head {
        return Err(Error::Chain { at: Where::file(path), why: "it does not lead to the stated head" });
    }
    Ok((slice, lines))
}

fn first_line(at: &Where, line: &[u8]) -> Result<Slice> {
    #[derive(Deserialize)]
    struct Versioned {
        format: String,
        version: u32,
    }
    let malformed = |e: serde_json::Error| Error::malformed(at.clone(), json_place(&e));
    let head: Versioned = serde_json::from_slice(line).map_err(malformed)?;
    if head.format != FORMAT {
        return Err(Error::malformed(at.clone(), "it is not a list of entries"));
    }
    if head.version != VERSION {
        return Err(Error::UnknownVersion { at: at.clone(), version: head.version.to_string() });
    }
    let first: FirstLine = serde_json::from_slice(line).map_err(malformed)?;
    let FirstLine { origin, from, to, previous_link, head, .. } = first;
    if from.0 == 0 || from.0 > to.0 || to.0 >= 1 << 53 {
        return Err(Error::malformed(at.clone(), "the range is not a range"));
    }
    Ok(Slice { origin, from, to, previous_link, head })
}

fn entry(at: &Where, line: &[u8], slice: &Slice, expected: Seq, chain: &mut Sha256) -> Result<EntryLine> {
    let off = |why| Error::Entry { at: at.clone(), sequence: expected, why };
    let line: Line =
        serde_json::from_slice(line).map_err(|e| Error::malformed(at.clone(), json_place(&e)))?;
    let stated = line.entry_hash;
    let (read, stated_link) = match line {
        Line {
            header: None,
            payload: None,
            salt: None,
            payload_hash: None,
            link: None,
            content: None,
            disposed: false,
            sequence: Some(sequence),
            entry_hash,
        } => (EntryLine::Withheld { sequence, entry_hash }, None),
        Line {
            header: Some(header),
            payload: None,
            salt: None,
            payload_hash: Some(payload_hash),
            link: Some(link),
            content: None,
            disposed: true,
            sequence: None,
            ..
        } => (
            EntryLine::Disposed { header: typed(header).ok_or_else(|| off(HEADER))?, payload_hash },
            Some(link),
        ),
        Line {
            header: Some(header),
            payload: Some(payload),
            salt: Some(salt),
            payload_hash: Some(hash),
            link: Some(link),
            content: Some(content),
            disposed: false,
            sequence: None,
            ..
        } => {
            let header = typed(header).ok_or_else(|| off(HEADER))?;
            let stored = BASE64.decode(payload).map_err(|_| off("the payload is not base64"))?;
            let salt = HEXLOWER
                .decode(salt.as_bytes())
                .ok()
                .and_then(|salt| salt.try_into().ok())
                .ok_or_else(|| off("the salt is not 32 bytes"))?;
            if payload_hash(&salt, &stored) != hash {
                return Err(off("the payload is not the one that was hashed"));
            }
            let same =
                serde_json::from_slice::<serde_json::Value>(&stored).is_ok_and(|value| value == content);
            if !same {
                return Err(off("the readable content is not the payload"));
            }
            (EntryLine::Whole { header, stored, salt }, Some(link))
        }
        _ => return Err(off("the line has not the fields it must have")),
    };
    if read.sequence() != expected {
        return Err(Error::Chain { at: at.clone(), why: "the entry is not the next one" });
    }
    if let EntryLine::Whole { header, .. } | EntryLine::Disposed { header, .. } = &read
        && header.origin != slice.origin
    {
        return Err(off("it is of another origin"));
    }
    if read.hash()? != stated {
        return Err(off("the header is not the one that was hashed"));
    }
    *chain = link(*chain, expected, stated);
    if stated_link.is_some_and(|stated| stated != *chain) {
        return Err(Error::Chain { at: at.clone(), why: "the link does not follow from the one before" });
    }
    Ok(read)
}

const HEADER: &str = "the header has not the form it must have";

/// A header that says no more and no less than this version knows, so that every reader hashes the same.
fn typed(value: serde_json::Value) -> Option<Header> {
    let header: Header = serde_json::from_value(value.clone()).ok()?;
    (serde_json::to_value(&header).ok()? == value).then_some(header)
}
