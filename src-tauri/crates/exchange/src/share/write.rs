//! Documents in, encrypted file out. Nothing is written in plain anywhere.

use std::collections::BTreeMap;
use std::io::Write;

use sharewell_records::Sha256;

use super::{Contents, Document, VERSION, read};
use crate::bag::Labels;
use crate::error::shown;
use crate::jws::Signer;
use crate::keys::Recipient;
use crate::sealed::{self, Measured, Outside};
use crate::{Error, Result, ustar};

/// What says in words what it is.
pub(super) const README: &str = "data/README.txt";

/// Writes a share, encrypted to one recipient. Gives the SHA-256 of the tag manifest, which stands for the contents: it is
/// the same each time the share is made again for the same key.
///
/// # Errors
/// What [`super::read()`] would refuse leaves nowhere: [`Error::NotOfAShare`], [`Error::BadPath`], [`Error::Twice`],
/// [`Error::Contents`]; [`Error::Signing`], [`Error::Io`].
pub fn write(
    out: impl Write,
    contents: &Contents,
    recipient: &Recipient,
    signer: &dyn Signer,
) -> Result<Sha256> {
    let age = std::iter::once(recipient.age() as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(age).map_err(|_| Error::NoRecipient)?;
    let mut stream = encryptor.wrap_output(out)?;
    let hash = write_bag(&mut stream, contents, recipient, signer)?;
    stream.finish()?.flush()?;
    Ok(hash)
}

/// Writes the plain archive. Deterministic.
pub(super) fn write_bag(
    out: &mut impl Write,
    contents: &Contents,
    recipient: &Recipient,
    signer: &dyn Signer,
) -> Result<Sha256> {
    let fingerprint = signer.public_key().fingerprint();
    let readme = contents.words.body.fill(&[("fingerprint", &fingerprint)]);
    let mut files: BTreeMap<String, Measured<&[u8]>> = BTreeMap::new();
    let mut folded = std::collections::BTreeSet::new();
    let mut add = |path: String, part| {
        ustar::safe(&path)?;
        read::of_a_share(&path)?;
        if !folded.insert(path.to_ascii_lowercase()) {
            return Err(Error::Twice { path: shown(&path) });
        }
        let (size, hash) = (<[u8]>::len(part) as u64, Sha256::of(&[part]));
        files.insert(path, Measured { part, size, hash });
        Ok(())
    };
    add(README.to_owned(), readme.as_bytes())?;
    for Document { path, bytes } in &contents.documents {
        if !bytes.starts_with(b"%PDF-") {
            return Err(Error::contents("a document is no PDF"));
        }
        add(format!("{}{path}", sealed::DOCUMENTS), bytes)?;
    }
    if contents.documents.is_empty() {
        return Err(Error::contents("there is no document"));
    }
    let octets: u64 = files.values().map(|file| file.size).sum();
    let mut labels = Labels::default();
    labels.add("Source-Organization", &contents.practitioner.agency);
    labels.add("Contact-Name", &contents.practitioner.name);
    labels.add("External-Identifier", contents.id);
    labels.add("Bagging-Date", contents.made_at.day());
    labels.add("Payload-Oxum", format!("{octets}.{}", files.len()));
    labels.add("Sharewell-Format-Version", VERSION);
    labels.add("Sharewell-Made-At", contents.made_at);
    labels.add("Sharewell-Signing-Key", signer.public_key());
    labels.add("Sharewell-Recipient-Key", recipient);
    sealed::add_behind(&mut labels, contents.agency.as_ref(), &contents.words.statement);
    let (id, made_at) = (contents.id.to_string(), contents.made_at);
    let outside = Outside { kind: sealed::SHARE, id, made_at, labels: &labels };
    sealed::write(out, &outside, &files, signer, |out, part| Ok(out.write_all(part)?))
}
