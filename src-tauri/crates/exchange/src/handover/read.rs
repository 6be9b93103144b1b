//! Encrypted file in, verified handover out.
//!
//! The signed bag is opened as every bag is (`sealed/open.rs`); what a handover holds is verified here: the slices of the
//! ledger, hash by hash, and the tables against their contract.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use sharewell_records::{CaseId, HandoverId, OriginId, Seq};

use super::attached;
use super::{Document, EarlierChain, Handover, Info, Limits, Part};
use crate::bag::{self, Labels};
use crate::error::shown;
use crate::keys::Identity;
use crate::sealed::{self, Bag, Trust};
use crate::{EntryLine, Error, PublicKey, Result, Where, entries, readme, table};

/// Opens and verifies a handover.
///
/// The signer must be on `roster`; no key is ever taken from the file itself.
///
/// # Errors
/// One for each way in which a file can be broken, see [`Error`].
pub fn read(input: impl Read, identity: &Identity, roster: &[PublicKey], limits: Limits) -> Result<Handover> {
    let plain = sealed::decrypt(input, identity, limits.total)?;
    read_bag(plain, identity, roster, limits)
}

/// Reads the plain archive.
pub(super) fn read_bag(
    plain: impl Read,
    identity: &Identity,
    roster: &[PublicKey],
    limits: Limits,
) -> Result<Handover> {
    let bag = sealed::opened(plain, sealed::HANDOVER, Trust::Roster(roster), limits.files)?;
    let info = about(&bag)?;
    bag.is_for(&info.id, &info.recipients, identity)?;
    let labels = bag.labels.clone();
    let files = bag.payload(limits.file, |_| Ok(()))?;
    assemble(info, &labels, files, limits)
}

fn about(bag: &Bag<impl Read>) -> Result<Info> {
    let (labels, signer) = (&bag.labels, bag.signer);
    let off = |why: &str| Error::malformed(Where::file(bag::INFO), why);
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
        made_at: bag.made_at()?,
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
        part: part(labels)?,
        replaces: replaces(labels)?,
        recipients: bag.recipients()?,
        contents_hash: bag.contents_hash,
    })
}

/// What the bag says of entries that come before; none where it does not.
fn not_here(labels: &Labels) -> Result<Option<(u64, u64)>> {
    if labels.all(bag::EARLIER_ENTRIES).next().is_none() {
        return Ok(None);
    }
    Ok(Some((labels.read(bag::EARLIER_ENTRIES)?, labels.read(bag::NEVER_GIVEN)?)))
}

/// Which part the bag says that it is; none where it says nothing of parts.
fn part(labels: &Labels) -> Result<Option<Part>> {
    if labels.all(bag::PART).chain(labels.all(bag::PART_OF)).next().is_none() {
        return Ok(None);
    }
    let off = || Error::malformed(Where::file(bag::INFO), format!("{} is no part", bag::PART));
    let (number, count) = labels.one(bag::PART)?.split_once(" of ").ok_or_else(off)?;
    let (number, count) = (number.parse().map_err(|_| off())?, count.parse().map_err(|_| off())?);
    if number == 0 || number > count || count < 2 {
        return Err(off());
    }
    Ok(Some(Part { of: labels.read(bag::PART_OF)?, number, count }))
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
        match path.strip_prefix(sealed::DOCUMENTS) {
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
