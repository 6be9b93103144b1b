//! Encrypted file in, verified handover out.
//!
//! The order is the defence: limits, then the encryption, then the signature under a key that the caller
//! trusts, and only then anything under `data/`, each file against its listed hash before it is parsed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Cursor, Read};

use sharewell_records::{CaseId, HandoverId, Moment, OriginId, Seq, Sha256};

use super::attached;
use super::{Bounded, Document, EarlierChain, Handover, Info, Limits, SIGNATURE_TYPE, VERSION};
use crate::bag::{self, Labels};
use crate::error::shown;
use crate::keys::{Identity, Recipient};
use crate::ustar::Files;
use crate::{EntryLine, Error, PublicKey, Result, Where, entries, jws, readme, table};

/// The longest age header that is looked at: room for several hundred recipients.
const AGE_HEADER: u64 = 64 << 10;
/// The longest file that describes the bag.
const TAG_FILE: u64 = 8 << 20;

/// Opens and verifies a handover.
///
/// The signer must be on `roster`; no key is ever taken from the file itself.
///
/// # Errors
/// One for each way in which a file can be broken, see [`Error`].
pub fn read(input: impl Read, identity: &Identity, roster: &[PublicKey], limits: Limits) -> Result<Handover> {
    let input = Limited { input, left: limits.total, limit: limits.total };
    let plain = decrypt(input, identity)?;
    read_bag(plain, identity, roster, limits)
}

fn decrypt(input: impl Read, identity: &Identity) -> Result<impl Read> {
    let mut input = BufReader::new(input);
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

/// Reads the plain archive.
pub(super) fn read_bag(
    plain: impl Read,
    identity: &Identity,
    roster: &[PublicKey],
    limits: Limits,
) -> Result<Handover> {
    let mut archive = Files::new(plain, limits.files);
    let (root, declaration) = first(&mut archive)?;
    let info = tag_file(&mut archive, &root, bag::INFO)?;
    let manifest = tag_file(&mut archive, &root, bag::MANIFEST)?;
    let tag_manifest = tag_file(&mut archive, &root, bag::TAG_MANIFEST)?;
    let signature = tag_file(&mut archive, &root, bag::SIGNATURE)?;

    // Trust begins here: signature, then what it covers, and nothing before.
    let signer = jws::verify(SIGNATURE_TYPE, &tag_manifest, &signature, roster)?;
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
    let info = about(&labels, signer, Sha256::of(&[&tag_manifest]))?;
    if root != format!("sharewell-{}", info.id) {
        return Err(Error::BadPath { path: shown(&root) });
    }
    // A recipient who encrypts the file again to somebody else cannot make it look meant for them.
    if !info.recipients.contains(&identity.recipient()) {
        return Err(Error::NotForThisKey);
    }
    let manifest = bag::parse_manifest(bag::MANIFEST, &manifest, |path| path.starts_with("data/"))?;
    let files = payload(&mut archive, &root, &manifest, limits)?;
    let octets: u64 = files.values().map(|bytes| bytes.len() as u64).sum();
    if labels.one("Payload-Oxum")? != format!("{octets}.{}", files.len()) {
        return Err(Error::malformed(Where::file(bag::INFO), "Payload-Oxum is not what the payload holds"));
    }
    assemble(info, &labels, files, limits)
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
    limits: Limits,
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
        let bytes = bounded(archive, path, member.size, limits.file)?;
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

fn about(labels: &Labels, signer: PublicKey, contents_hash: Sha256) -> Result<Info> {
    let off = |why: &str| Error::malformed(Where::file(bag::INFO), why);
    let version = labels.one("Sharewell-Format-Version")?;
    if version != VERSION.to_string() {
        return Err(Error::UnknownVersion { at: Where::file(bag::INFO), version: shown(version) });
    }
    if labels.one("Sharewell-Signing-Key")? != signer.to_string() {
        return Err(off("Sharewell-Signing-Key is not the key that signed"));
    }
    let moment = chrono::DateTime::parse_from_rfc3339(labels.one("Sharewell-Made-At")?)
        .map_err(|_| off("Sharewell-Made-At is not a moment"))?;
    let (from, to) = labels
        .one("Sharewell-Range")?
        .split_once('-')
        .and_then(|(from, to)| Some((Seq(from.parse().ok()?), Seq(to.parse().ok()?))))
        .ok_or_else(|| off("Sharewell-Range is not a range"))?;
    let cases: Result<Vec<CaseId>> = labels
        .all("Sharewell-Case")
        .map(|case| case.parse().map_err(|_| off("a Sharewell-Case is not an id")))
        .collect();
    Ok(Info {
        id: labels.read::<HandoverId>("External-Identifier")?,
        made_at: Moment(moment),
        origin: labels.read::<OriginId>("Sharewell-Origin")?,
        from,
        to,
        previous_link: labels.read("Sharewell-Previous-Link")?,
        head: labels.read("Sharewell-Head")?,
        signer,
        made_by: labels.one("Contact-Name")?.to_owned(),
        agency: labels.one("Source-Organization")?.to_owned(),
        cases: cases?,
        not_here: not_here(labels)?,
        replaces: replaces(labels)?,
        recipients: labels.all("Sharewell-Recipient-Key").map(Recipient::parse).collect::<Result<_>>()?,
        contents_hash,
    })
}

/// What the bag says of entries that come before; none where it does not.
fn not_here(labels: &Labels) -> Result<Option<(u64, u64)>> {
    if labels.all(bag::EARLIER_ENTRIES).next().is_none() {
        return Ok(None);
    }
    Ok(Some((labels.read(bag::EARLIER_ENTRIES)?, labels.read(bag::NEVER_GIVEN)?)))
}

/// The handover whose place this one takes; none where it takes none.
fn replaces(labels: &Labels) -> Result<Option<HandoverId>> {
    labels.all(bag::REPLACES).next().map(|_| labels.read(bag::REPLACES)).transpose()
}

fn assemble(
    info: Info,
    labels: &Labels,
    mut files: BTreeMap<String, Vec<u8>>,
    limits: Limits,
) -> Result<Handover> {
    let missing = |path: &str| Error::Missing { path: path.to_owned() };
    let ndjson = files.remove(entries::PATH).ok_or_else(|| missing(entries::PATH))?;
    let (slice, lines) = entries::read(entries::PATH, &ndjson, limits.line)?;
    drop(ndjson);
    let stated = entries::Slice {
        origin: info.origin,
        from: info.from,
        to: info.to,
        previous_link: info.previous_link,
        head: info.head,
    };
    if slice != stated {
        return Err(Error::malformed(
            Where::line(entries::PATH, 1),
            "the slice is not the one in bag-info.txt",
        ));
    }
    let withheld = lines.iter().filter(|line| matches!(line, EntryLine::Withheld { .. })).count();
    for (label, count) in [("Sharewell-Entries", lines.len() - withheld), ("Sharewell-Withheld", withheld)] {
        if labels.one(label)? != count.to_string() {
            return Err(Error::malformed(
                Where::file(bag::INFO),
                format!("{label} is not the number of entries"),
            ));
        }
    }
    chosen_alone(&info, entries::PATH, &lines)?;
    let chains = earlier(&info, &mut files, limits)?;
    let contract = files.remove(table::CONTRACT).ok_or_else(|| missing(table::CONTRACT))?;
    let (profile, tables) = table::read(&contract, |path| files.remove(path))?;
    files.remove(readme::PATH);
    let mut documents = Vec::new();
    let mut attachments = Vec::new();
    let mut others = Vec::new();
    for (path, bytes) in files {
        if path.starts_with("data/tables/") {
            return Err(Error::NotListed { path: shown(&path) });
        }
        match path.strip_prefix("data/documents/") {
            Some(path) => documents.push(Document { path: path.to_owned(), bytes }),
            None => match path.strip_prefix(attached::FOLDER) {
                Some(path) => attachments.push(Document { path: path.to_owned(), bytes }),
                None => others.push(Document { path, bytes }),
            },
        }
    }
    attached::check(&tables, &attachments)?;
    Ok(Handover { info, lines, chains, profile, tables, documents, attachments, others })
}

/// No entry of a file stands there that is not handed over.
fn chosen_alone(info: &Info, path: &str, lines: &[EntryLine]) -> Result<()> {
    let chosen: BTreeSet<CaseId> = info.cases.iter().copied().collect();
    for line in lines {
        if let EntryLine::Whole { header, .. } | EntryLine::Disposed { header, .. } = line
            && header.case.is_some_and(|case| !chosen.contains(&case))
        {
            return Err(Error::Entry {
                at: Where::file(path),
                sequence: header.sequence,
                why: "it belongs to a file that is not handed over",
            });
        }
    }
    Ok(())
}

/// The slices of earlier chains, each verified like the handover's own.
fn earlier(info: &Info, files: &mut BTreeMap<String, Vec<u8>>, limits: Limits) -> Result<Vec<EarlierChain>> {
    let paths: Vec<String> =
        files.keys().filter(|path| path.starts_with(entries::EARLIER)).cloned().collect();
    let mut chains = Vec::new();
    for path in paths {
        let bytes = files.remove(&path).unwrap_or_default();
        let (slice, lines) = entries::read(&path, &bytes, limits.line)?;
        let entries::Slice { origin, from, to, previous_link, head } = slice;
        if path != entries::earlier(origin) || origin == info.origin {
            return Err(Error::malformed(Where::line(&path, 1), "it is not the chain that its name says"));
        }
        chosen_alone(info, &path, &lines)?;
        chains.push(EarlierChain { origin, from, to, head, previous_link, lines });
    }
    Ok(chains)
}
