//! Files in, signed bag out. What vouches stands before what it vouches for, so that a reader takes in nothing that is
//! not signed. The same files give the same bytes.

use std::collections::BTreeMap;
use std::io::Write;

use sharewell_records::{Moment, Sha256};

use super::Kind;
use crate::bag::{self, Labels};
use crate::jws::{self, Signer};
use crate::{Result, ustar};

/// A file of the payload, measured and hashed.
pub(crate) struct Measured<P> {
    pub(crate) part: P,
    pub(crate) size: u64,
    pub(crate) hash: Sha256,
}

/// What stands around the payload.
pub(crate) struct Outside<'a> {
    pub(crate) kind: Kind,
    /// What identifies it.
    pub(crate) id: String,
    /// Every time inside is this one.
    pub(crate) made_at: Moment,
    pub(crate) labels: &'a Labels,
}

/// Writes the plain archive: the files under `data/` by their paths, each through `put`. Gives the SHA-256 of the tag
/// manifest, which stands for the whole.
///
/// # Errors
/// [`crate::Error::Signing`], and what `put` and `out` fail with.
pub(crate) fn write<P, W: Write>(
    out: &mut W,
    outside: &Outside<'_>,
    files: &BTreeMap<String, Measured<P>>,
    signer: &dyn Signer,
    mut put: impl FnMut(&mut W, &P) -> Result<()>,
) -> Result<Sha256> {
    let info = outside.labels.render();
    let manifest = bag::manifest(files.iter().map(|(path, file)| (path.as_str(), file.hash)));
    let of = |text: &str| Sha256::of(&[text.as_bytes()]);
    let tag_manifest = bag::manifest(
        [(bag::BAGIT, of(bag::DECLARATION)), (bag::INFO, of(&info)), (bag::MANIFEST, of(&manifest))]
            .into_iter(),
    );
    let signature = jws::sign(outside.kind.typ, tag_manifest.as_bytes(), signer)?;

    let mtime = u64::try_from(outside.made_at.0.timestamp()).unwrap_or(0);
    let root = format!("{}{}", outside.kind.root, outside.id);
    for (path, text) in [
        (bag::BAGIT, bag::DECLARATION),
        (bag::INFO, &info),
        (bag::MANIFEST, &manifest),
        (bag::TAG_MANIFEST, &tag_manifest),
        (bag::SIGNATURE, &signature),
    ] {
        ustar::begin(out, &format!("{root}/{path}"), text.len() as u64, mtime)?;
        out.write_all(text.as_bytes())?;
        ustar::pad(out, text.len() as u64)?;
    }
    for (path, file) in files {
        ustar::begin(out, &format!("{root}/{path}"), file.size, mtime)?;
        put(out, &file.part)?;
        ustar::pad(out, file.size)?;
    }
    ustar::end(out)?;
    Ok(of(&tag_manifest))
}
