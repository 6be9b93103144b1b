//! The parts of a BagIt bag (RFC 8493) that describe it: declaration, `bag-info.txt`, manifests.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::Sha256;

use crate::error::shown;
use crate::ustar::safe;
use crate::{Error, Result, Where};

/// `bagit.txt`, the same in every bag.
pub(crate) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

pub(crate) const BAGIT: &str = "bagit.txt";
pub(crate) const INFO: &str = "bag-info.txt";
pub(crate) const MANIFEST: &str = "manifest-sha256.txt";
pub(crate) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The label that says how many entries come before and are not in the handover.
pub(crate) const EARLIER_ENTRIES: &str = "Sharewell-Earlier-Entries";
/// The label that says how many of those the recipient never got.
pub(crate) const NEVER_GIVEN: &str = "Sharewell-Never-Given";
/// The label that says which part it is, and of how many.
pub(crate) const PART: &str = "Sharewell-Part";
/// The label that names the first part.
pub(crate) const PART_OF: &str = "Sharewell-Part-Of";
/// The label that names the handover whose place this one takes; missing where it takes none.
pub(crate) const REPLACES: &str = "Sharewell-Replaces";
pub(crate) const SIGNATURE: &str = "tagmanifest-sha256.txt.jws";

/// The labels of `bag-info.txt` with their values, in the order of writing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Labels(pub(crate) Vec<(String, String)>);

impl Labels {
    /// Adds a label. Line ends and other control characters in a value become blanks.
    pub(crate) fn add(&mut self, label: &str, value: impl std::fmt::Display) {
        let value = value.to_string();
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.0.push((label.to_owned(), value.trim().to_owned()));
    }

    pub(crate) fn render(&self) -> String {
        self.0.iter().map(|(label, value)| format!("{label}: {value}\n")).collect()
    }

    /// Reads `Label: value` lines.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self> {
        let text =
            std::str::from_utf8(bytes).map_err(|_| Error::malformed(Where::file(INFO), "it is not UTF-8"))?;
        let mut labels = Self::default();
        for (at, line) in text.lines().enumerate() {
            let (label, value) = line
                .split_once(':')
                .filter(|(label, _)| !label.is_empty() && !label.starts_with([' ', '\t']))
                .ok_or_else(|| {
                    Error::malformed(Where::line(INFO, at as u64 + 1), "it is not a label and a value")
                })?;
            labels.0.push((label.to_owned(), value.trim().to_owned()));
        }
        Ok(labels)
    }

    /// Every value of a label.
    pub(crate) fn all<'a, 'b: 'a>(&'a self, label: &'b str) -> impl Iterator<Item = &'a str> + use<'a, 'b> {
        self.0.iter().filter(move |(name, _)| name == label).map(|(_, value)| value.as_str())
    }

    /// The value of a label that stands exactly once.
    pub(crate) fn one(&self, label: &str) -> Result<&str> {
        let mut values = self.0.iter().filter(|(name, _)| name == label).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(value),
            (_, _) => Err(Error::malformed(Where::file(INFO), format!("{label} must stand there once"))),
        }
    }

    /// The value of a label that stands exactly once, read into a type.
    pub(crate) fn read<T: std::str::FromStr>(&self, label: &str) -> Result<T> {
        self.one(label)?.parse().map_err(|_| {
            Error::malformed(Where::file(INFO), format!("{label} has not the form it must have"))
        })
    }
}

/// A manifest: hash and path, a line each, sorted by path.
pub(crate) fn manifest<'a>(files: impl Iterator<Item = (&'a str, Sha256)>) -> String {
    let sorted: BTreeMap<&str, Sha256> = files.collect();
    sorted.iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect()
}

/// Reads a manifest. Every path is safe, stands once, and is taken or refused by `belongs`.
pub(crate) fn parse_manifest(
    name: &str,
    bytes: &[u8],
    belongs: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, Sha256>> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| Error::malformed(Where::file(name), "it is not UTF-8"))?;
    let mut files = BTreeMap::new();
    // Paths that differ only in case would fall on one file on some systems.
    let mut folded = BTreeSet::new();
    for (at, line) in text.lines().enumerate() {
        let at = || Where::line(name, at as u64 + 1);
        let (hash, path) =
            line.split_once(' ').ok_or_else(|| Error::malformed(at(), "it is not a hash and a path"))?;
        let hash: Sha256 = hash.parse().map_err(|_| Error::malformed(at(), "it has no SHA-256"))?;
        let path = path.trim_start_matches(' ');
        safe(path)?;
        if !belongs(path) {
            return Err(Error::malformed(at(), "the path does not belong in this manifest"));
        }
        if !folded.insert(path.to_ascii_lowercase()) || files.insert(path.to_owned(), hash).is_some() {
            return Err(Error::Twice { path: shown(path) });
        }
    }
    Ok(files)
}
