//! Encrypted file in, signed bag out, opened a step at a time.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use sharewell_records::{Moment, Sha256};

use super::{Kind, Trust};
use crate::bag::{self, Labels};
use crate::error::shown;
use crate::keys::{Identity, Recipient};
use crate::ustar::{Bounded, Files};
use crate::{Error, PublicKey, Result, Where, jws};

/// The longest age header that is looked at: room for several hundred recipients.
const AGE_HEADER: u64 = 64 << 10;
/// The longest file that describes the bag.
const TAG_FILE: u64 = 8 << 20;
/// The label with the key that signed.
const SIGNING_KEY: &str = "Sharewell-Signing-Key";

/// The plain archive of an encrypted file, as a stream that ends in an error where it was damaged or cut short.
pub(crate) fn decrypt(input: impl Read, identity: &Identity, total: u64) -> Result<impl Read> {
    let mut input = BufReader::new(Limited { input, left: total, limit: total });
    let mut header = Vec::new();
    let mut before = 0;
    loop {
        let left = AGE_HEADER.saturating_sub(header.len() as u64);
        let read = input.by_ref().take(left).read_until(b'\n', &mut header).map_err(from_io)?;
        let line = header.get(before..).unwrap_or_default();
        if read == 0 || !line.ends_with(b"\n") || (before == 0 && line != b"age-encryption.org/v1\n") {
            return Err(Error::NotAge);
        }
        if line.starts_with(b"---") {
            break;
        }
        before = header.len();
    }
    let decryptor = age::Decryptor::new_buffered(Cursor::new(header).chain(input)).map_err(from_age)?;
    decryptor.decrypt(std::iter::once(identity.age() as &dyn age::Identity)).map_err(from_age)
}

fn from_age(error: age::DecryptError) -> Error {
    match error {
        age::DecryptError::NoMatchingKeys => Error::NotForThisKey,
        age::DecryptError::Io(error) => from_io(error),
        // The library's list is open; what is left are headers that are damaged or of another version.
        _ => Error::NotAge,
    }
}

fn from_io(error: io::Error) -> Error {
    match error.downcast::<Bounded>() {
        Ok(bounded) => Error::TooLarge { what: "the file".to_owned(), limit: bounded.0 },
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Error::Damaged,
        Err(error) => Error::Io(error),
    }
}

/// A reader that fails, rather than ends, at a limit.
struct Limited<R> {
    input: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(Bounded(self.limit))),
        }
        Ok(read)
    }
}

/// A bag whose signature holds, and of whose payload nothing was read yet.
pub(crate) struct Bag<R> {
    archive: Files<R>,
    kind: Kind,
    root: String,
    manifest: Vec<u8>,
    /// What `bag-info.txt` says.
    pub(crate) labels: Labels,
    /// The key that signed.
    pub(crate) signer: PublicKey,
    /// SHA-256 of the tag manifest.
    pub(crate) contents_hash: Sha256,
}

/// Reads what vouches: the signature of this kind, what it covers, and the version.
///
/// # Errors
/// [`Error::OtherKind`] for what is of another kind, and one for each way in which it can be broken.
pub(crate) fn opened<R: Read>(plain: R, kind: Kind, trust: Trust<'_>, files: u64) -> Result<Bag<R>> {
    let mut archive = Files::new(plain, files);
    let (root, declaration) = first(&mut archive)?;
    let info = tag_file(&mut archive, &root, bag::INFO)?;
    let manifest = tag_file(&mut archive, &root, bag::MANIFEST)?;
    let tag_manifest = tag_file(&mut archive, &root, bag::TAG_MANIFEST)?;
    let signature = tag_file(&mut archive, &root, bag::SIGNATURE)?;

    if let Some(typ) = jws::typ(&signature) {
        kind.is_not(&typ)?;
    }
    // Trust begins here: signature, then what it covers, and nothing before but the name of the key.
    let signer = match trust {
        Trust::Roster(roster) => jws::verify(kind.typ, &tag_manifest, &signature, roster)?,
        Trust::Named => {
            let named = PublicKey::from_hex(Labels::parse(&info)?.one(SIGNING_KEY)?)?;
            jws::verify(kind.typ, &tag_manifest, &signature, &[named])?
        }
    };
    let tags = [(bag::BAGIT, &declaration), (bag::INFO, &info), (bag::MANIFEST, &manifest)];
    let listed = bag::parse_manifest(bag::TAG_MANIFEST, &tag_manifest, |path| {
        tags.iter().any(|(name, _)| *name == path)
    })?;
    for (name, bytes) in tags {
        let hash = listed.get(name).ok_or_else(|| Error::NotListed { path: name.to_owned() })?;
        if Sha256::of(&[bytes]) != *hash {
            return Err(Error::Altered { path: name.to_owned() });
        }
    }
    if declaration != bag::DECLARATION.as_bytes() {
        return Err(Error::UnknownVersion { at: Where::file(bag::BAGIT), version: "of BagIt".to_owned() });
    }
    let labels = Labels::parse(&info)?;
    let off = |why: &str| Error::malformed(Where::file(bag::INFO), why);
    let version = labels.one("Sharewell-Format-Version")?;
    if version != kind.version.to_string() {
        return Err(Error::UnknownVersion { at: Where::file(bag::INFO), version: shown(version) });
    }
    if labels.one(SIGNING_KEY)? != signer.to_string() {
        return Err(off("Sharewell-Signing-Key is not the key that signed"));
    }
    let contents_hash = Sha256::of(&[&tag_manifest]);
    Ok(Bag { archive, kind, root, manifest, labels, signer, contents_hash })
}

impl<R: Read> Bag<R> {
    /// When it was made, as it says.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub(crate) fn made_at(&self) -> Result<Moment> {
        let text = self.labels.one("Sharewell-Made-At")?;
        let off = |_| Error::malformed(Where::file(bag::INFO), "Sharewell-Made-At is not a moment");
        chrono::DateTime::parse_from_rfc3339(text).map(Moment).map_err(off)
    }

    /// The keys to which it says that it was encrypted.
    ///
    /// # Errors
    /// As [`Recipient::parse`].
    pub(crate) fn recipients(&self) -> Result<Vec<Recipient>> {
        self.labels.all("Sharewell-Recipient-Key").map(Recipient::parse).collect()
    }

    /// Holds it to what it is called and to whom it is meant for: a recipient who encrypts it again to somebody else
    /// cannot make it look meant for them.
    ///
    /// # Errors
    /// [`Error::BadPath`] where its folder is not called after its id, [`Error::NotForThisKey`].
    pub(crate) fn is_for(
        &self,
        id: &impl std::fmt::Display,
        recipients: &[Recipient],
        me: &Identity,
    ) -> Result<()> {
        if self.root != format!("{}{id}", self.kind.root) {
            return Err(Error::BadPath { path: shown(&self.root) });
        }
        if recipients.contains(&me.recipient()) { Ok(()) } else { Err(Error::NotForThisKey) }
    }

    /// Everything under `data/`, each file of at most `most` bytes and held to its listed hash. `belongs` says of each listed path whether it may
    /// be there, before a byte of any is read.
    ///
    /// # Errors
    /// What `belongs` refuses with, and one for each way in which the payload can be broken.
    pub(crate) fn payload(
        mut self,
        most: u64,
        belongs: impl Fn(&str) -> Result<()>,
    ) -> Result<BTreeMap<String, Vec<u8>>> {
        let manifest = bag::parse_manifest(bag::MANIFEST, &self.manifest, |path| path.starts_with("data/"))?;
        manifest.keys().try_for_each(|path| belongs(path))?;
        let files = payload(&mut self.archive, &self.root, &manifest, most)?;
        let octets: u64 = files.values().map(|bytes| bytes.len() as u64).sum();
        if self.labels.one("Payload-Oxum")? != format!("{octets}.{}", files.len()) {
            return Err(Error::malformed(
                Where::file(bag::INFO),
                "Payload-Oxum is not what the payload holds",
            ));
        }
        Ok(files)
    }
}

/// The first member: gives the bag's root folder and the declaration.
fn first(archive: &mut Files<impl Read>) -> Result<(String, Vec<u8>)> {
    let missing = || Error::Missing { path: bag::BAGIT.to_owned() };
    let member = archive.next()?.ok_or_else(missing)?;
    let root = match member.path.split_once('/') {
        Some((root, bag::BAGIT)) => root.to_owned(),
        _ => return Err(Error::OutOfOrder { path: shown(&member.path) }),
    };
    let bytes = bounded(archive, bag::BAGIT, member.size, TAG_FILE)?;
    Ok((root, bytes))
}

fn tag_file(archive: &mut Files<impl Read>, root: &str, name: &str) -> Result<Vec<u8>> {
    let member = archive.next()?.ok_or_else(|| Error::Missing { path: name.to_owned() })?;
    if member.path != format!("{root}/{name}") {
        return Err(Error::OutOfOrder { path: shown(&member.path) });
    }
    bounded(archive, name, member.size, TAG_FILE)
}

fn bounded(archive: &mut Files<impl Read>, name: &str, size: u64, limit: u64) -> Result<Vec<u8>> {
    if size > limit {
        return Err(Error::TooLarge { what: shown(name), limit });
    }
    archive.bytes(size)
}

fn payload(
    archive: &mut Files<impl Read>,
    root: &str,
    manifest: &BTreeMap<String, Sha256>,
    most: u64,
) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    while let Some(member) = archive.next()? {
        let path = member
            .path
            .strip_prefix(root)
            .and_then(|rest| rest.strip_prefix('/'))
            .ok_or_else(|| Error::BadPath { path: shown(&member.path) })?;
        if files.contains_key(path) {
            return Err(Error::Twice { path: shown(path) });
        }
        let listed = manifest.get(path).ok_or_else(|| Error::NotListed { path: shown(path) })?;
        let bytes = bounded(archive, path, member.size, most)?;
        if Sha256::of(&[&bytes]) != *listed {
            return Err(Error::Altered { path: shown(path) });
        }
        files.insert(path.to_owned(), bytes);
    }
    match manifest.keys().find(|path| !files.contains_key(*path)) {
        Some(path) => Err(Error::Missing { path: shown(path) }),
        None => Ok(files),
    }
}
