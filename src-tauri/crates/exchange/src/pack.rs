//! A guidance pack, or an agency's overlay, as one signed file (`*.sharewell-pack`).
//!
//! An uncompressed POSIX tar: `manifest-sha256.txt` (a hash and a path a line, as `sha256sum` writes them),
//! its detached signature `manifest-sha256.txt.jws`, then the pack's files under `pack/`. So `tar`,
//! `sha256sum` and any JWS library can check one. Who signed is looked up in rosters that the caller gives;
//! what the signature is for (a pack or an overlay) is part of what is signed, so that an agency's key never
//! vouches for national guidance.

use std::collections::BTreeMap;

use sharewell_records::Sha256;

use crate::{Error, PublicKey, Result, Signer, Where, bag, jws, ustar};

/// The most bytes of a whole file: 8 MiB.
pub const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// The most bytes of one file in it; the format allows 512 KiB.
const MOST_FILE: u64 = 512 * 1024;
/// The most files, with the manifest and its signature.
const MOST_FILES: u64 = 258;

const SIGNATURE: &str = "manifest-sha256.txt.jws";
const INSIDE: &str = "pack/";

/// What a file carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A nation's guidance pack.
    Pack,
    /// An agency's overlay.
    Overlay,
}

impl Kind {
    /// The type that the signature names.
    fn typ(self) -> &'static str {
        match self {
            Self::Pack => "sharewell-pack+jws",
            Self::Overlay => "sharewell-overlay+jws",
        }
    }

    /// What the files are: an overlay has an `overlay.toml`, a pack a `pack.toml`, nothing has both.
    ///
    /// # Errors
    /// [`Error::Contents`].
    pub fn of(files: &BTreeMap<String, Vec<u8>>) -> Result<Self> {
        match (files.contains_key("pack.toml"), files.contains_key("overlay.toml")) {
            (true, false) => Ok(Self::Pack),
            (false, true) => Ok(Self::Overlay),
            (_, _) => Err(Error::contents("it must hold either pack.toml or overlay.toml")),
        }
    }
}

/// Whose signatures count, for each kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Roster<'a> {
    /// Publishers of packs.
    pub publishers: &'a [PublicKey],
    /// Agencies whose overlays are taken.
    pub agencies: &'a [PublicKey],
}

/// A file whose signature and hashes hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it carries.
    pub kind: Kind,
    /// The files, by path inside the pack.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The key that signed.
    pub signer: PublicKey,
}

/// Signs files and makes one file of them: the same files and key give the same bytes.
///
/// # Errors
/// [`Error::Contents`] where they are neither a pack nor an overlay, [`Error::BadPath`], [`Error::TooLarge`],
/// [`Error::Signing`].
pub fn write(files: &BTreeMap<String, Vec<u8>>, signer: &dyn Signer) -> Result<Vec<u8>> {
    let kind = Kind::of(files)?;
    for (path, bytes) in files {
        ustar::safe(&format!("{INSIDE}{path}"))?;
        if bytes.len() as u64 > MOST_FILE {
            return Err(Error::TooLarge { what: crate::error::shown(path), limit: MOST_FILE });
        }
    }
    if files.len() as u64 + 2 > MOST_FILES {
        return Err(Error::TooLarge { what: "the number of files".to_owned(), limit: MOST_FILES });
    }
    let named: Vec<(String, &[u8])> =
        files.iter().map(|(path, bytes)| (format!("{INSIDE}{path}"), bytes.as_slice())).collect();
    let manifest = bag::manifest(named.iter().map(|(path, bytes)| (path.as_str(), Sha256::of(&[*bytes]))));
    let signature = jws::sign(kind.typ(), manifest.as_bytes(), signer)?;
    let mut out = Vec::new();
    let whole = [(bag::MANIFEST, manifest.as_bytes()), (SIGNATURE, signature.as_bytes())];
    for (path, bytes) in whole.into_iter().chain(named.iter().map(|(path, bytes)| (path.as_str(), *bytes))) {
        let size = bytes.len() as u64;
        ustar::begin(&mut out, path, size, 0)?;
        out.extend_from_slice(bytes);
        ustar::pad(&mut out, size)?;
    }
    ustar::end(&mut out)?;
    if out.len() as u64 > MOST_BYTES {
        return Err(Error::TooLarge { what: "the file".to_owned(), limit: MOST_BYTES });
    }
    Ok(out)
}

/// Opens a file. Nothing of it is believed before the manifest's signature and every hash hold.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Tar`], [`Error::NotAFile`], [`Error::BadPath`], [`Error::OutOfOrder`],
/// [`Error::NotListed`], [`Error::Missing`], [`Error::Altered`], [`Error::Twice`], [`Error::Malformed`] for
/// what is wrong with its form; [`Error::SignatureHeader`], [`Error::UnknownSigner`] or
/// [`Error::BadSignature`] for whose it is.
pub fn read(bytes: &[u8], roster: Roster<'_>) -> Result<Opened> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::TooLarge { what: "the file".to_owned(), limit: MOST_BYTES });
    }
    let mut members = ustar::Files::new(bytes, MOST_FILES);
    let manifest = named(&mut members, bag::MANIFEST)?;
    let signature = named(&mut members, SIGNATURE)?;
    let listed = bag::parse_manifest(bag::MANIFEST, &manifest, |path| {
        path.strip_prefix(INSIDE).is_some_and(|inside| !inside.is_empty())
    })?;
    let has = |name: &str| listed.contains_key(&format!("{INSIDE}{name}"));
    let (kind, keys) = match (has("pack.toml"), has("overlay.toml")) {
        (true, false) => (Kind::Pack, roster.publishers),
        (false, true) => (Kind::Overlay, roster.agencies),
        (_, _) => {
            let why = "it must list either pack/pack.toml or pack/overlay.toml";
            return Err(Error::malformed(Where::file(bag::MANIFEST), why));
        }
    };
    let signer = jws::verify(kind.typ(), &manifest, &signature, keys)?;
    let mut files = BTreeMap::new();
    while let Some(member) = members.next()? {
        let shown = || crate::error::shown(&member.path);
        let wanted = listed.get(&member.path).ok_or_else(|| Error::NotListed { path: shown() })?;
        let content = sized(&mut members, &member)?;
        if Sha256::of(&[&content]) != *wanted {
            return Err(Error::Altered { path: shown() });
        }
        let inside = member.path.strip_prefix(INSIDE).unwrap_or(&member.path).to_owned();
        if files.insert(inside, content).is_some() {
            return Err(Error::Twice { path: shown() });
        }
    }
    match listed.keys().find(|path| !files.contains_key(path.strip_prefix(INSIDE).unwrap_or(path))) {
        Some(path) => Err(Error::Missing { path: crate::error::shown(path) }),
        None => Ok(Opened { kind, files, signer }),
    }
}

/// The next member, which must have this name.
fn named(members: &mut ustar::Files<&[u8]>, name: &str) -> Result<Vec<u8>> {
    let member = members.next()?.ok_or_else(|| Error::Missing { path: name.to_owned() })?;
    if member.path != name {
        return Err(Error::OutOfOrder { path: crate::error::shown(&member.path) });
    }
    sized(members, &member)
}

fn sized(members: &mut ustar::Files<&[u8]>, member: &ustar::Member) -> Result<Vec<u8>> {
    if member.size > MOST_FILE {
        return Err(Error::TooLarge { what: crate::error::shown(&member.path), limit: MOST_FILE });
    }
    members.bytes(member.size)
}

#[cfg(test)]
#[path = "pack/tests.rs"]
mod tests;
