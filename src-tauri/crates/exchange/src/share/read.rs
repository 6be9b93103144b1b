//! Encrypted file in, verified share out.

use std::io::Read;

use sharewell_records::cleaned;

use super::write::README;
use super::{Document, Info, Limits, Share};
use crate::error::shown;
use crate::keys::{Identity, Recipient};
use crate::sealed::{self, Trust};
use crate::{Error, PublicKey, Result, Where};

/// How a PDF begins.
const PDF: &[u8] = b"%PDF-";
/// Names that are no files on Windows, whatever ending they have.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same, with one digit behind them.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Opens and verifies a share.
///
/// `signers`: the keys whose signature counts. Where none is known, the key that the file names is taken: it shows that
/// one holder wrote all of it, and whoever opens it compares [`PublicKey::fingerprint`] with the sender by telephone.
///
/// # Errors
/// [`Error::OtherKind`] for a handover, [`Error::NotOfAShare`] for a share that holds entries of a ledger or anything
/// else that none holds; one for each way in which a file can be broken, see [`Error`].
pub fn read(
    input: impl Read,
    identity: &Identity,
    signers: Option<&[PublicKey]>,
    limits: Limits,
) -> Result<Share> {
    let plain = sealed::decrypt(input, identity, limits.total)?;
    read_bag(plain, identity, signers, limits)
}

/// Reads the plain archive.
pub(super) fn read_bag(
    plain: impl Read,
    identity: &Identity,
    signers: Option<&[PublicKey]>,
    limits: Limits,
) -> Result<Share> {
    let trust = signers.map_or(Trust::Named, Trust::Roster);
    let bag = sealed::opened(plain, sealed::SHARE, trust, limits.files)?;
    let labels = &bag.labels;
    let info = Info {
        id: labels.read("External-Identifier")?,
        made_at: bag.made_at()?,
        signer: bag.signer,
        // They are shown at a terminal, and whoever signed may have written anything.
        made_by: cleaned(labels.one("Contact-Name")?),
        agency: cleaned(labels.one("Source-Organization")?),
        // What goes is chosen for one recipient, so one that names two was not made by us.
        recipient: Recipient::parse(labels.one("Sharewell-Recipient-Key")?)?,
        contents_hash: bag.contents_hash,
    };
    bag.is_for(&info.id, std::slice::from_ref(&info.recipient), identity)?;
    let mut files = bag.payload(limits.file, of_a_share)?;
    files.remove(README).ok_or_else(|| Error::Missing { path: README.to_owned() })?;
    let documents = files.into_iter().map(document).collect::<Result<Vec<_>>>()?;
    if documents.is_empty() {
        return Err(Error::Missing { path: sealed::DOCUMENTS.to_owned() });
    }
    Ok(Share { info, documents })
}

/// Whether a share may hold a file: the README and documents, each a PDF that every system can write.
pub(super) fn of_a_share(path: &str) -> Result<()> {
    if path == README {
        return Ok(());
    }
    let name = path.strip_prefix(sealed::DOCUMENTS).filter(|name| !name.contains('/'));
    let Some(stem) = name.and_then(|name| name.strip_suffix(".pdf")).filter(|stem| !stem.is_empty()) else {
        return Err(Error::NotOfAShare { path: shown(path) });
    };
    let first = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = first.strip_suffix(|last: char| last.is_ascii_digit());
    let device = DEVICES.contains(&first.as_str()) || numbered.is_some_and(|n| NUMBERED_DEVICES.contains(&n));
    if device { Err(Error::BadPath { path: shown(path) }) } else { Ok(()) }
}

fn document((path, bytes): (String, Vec<u8>)) -> Result<Document> {
    if !bytes.starts_with(PDF) {
        return Err(Error::malformed(Where::file(&path), "it is not a PDF document"));
    }
    let name = path.strip_prefix(sealed::DOCUMENTS).unwrap_or(&path).to_owned();
    Ok(Document { path: name, bytes })
}
