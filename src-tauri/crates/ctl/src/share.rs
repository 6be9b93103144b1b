//! `share key` and `share open`: the side of whoever receives a share in our container.
//!
//! They need no vault and no passphrase: a key in a file of its own opens it. Nothing is written before all of it is
//! verified, and nothing is relied on before two people have compared whose key signed.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::share::{self, Limits, Share};
use sharewell_exchange::{Error as Exchange, PublicKey};

use crate::agency::keep::{Together, folder, key_text};
use crate::error::Error;
use crate::say::{Lines, Said};

/// Why a share was not opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// The key file holds no secret key.
    #[error("{path} holds no secret key that opens a share")]
    NoKey {
        /// The path, as it was given.
        path: String,
    },
    /// The share is refused.
    #[error("the share is refused: {0}")]
    Refused(Exchange),
}

impl NotOpened {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoKey { .. } => "no_share_key",
            Self::Refused(why) => match why {
                Exchange::NotForThisKey => "not_for_this_key",
                Exchange::OtherKind { .. } => "other_kind",
                Exchange::UnknownSigner => "unknown_signer",
                Exchange::UnknownVersion { .. } => "newer_version",
                Exchange::NotAge | Exchange::Damaged | Exchange::Tar { .. } => "damaged",
                Exchange::TooLarge { .. } => "too_large",
                _ => "refused_share",
            },
        }
    }

    /// What to do next.
    pub fn next(&self) -> &'static str {
        match self {
            Self::NoKey { .. } => {
                "Give the file with the secret half: the one that sharewellctl share key, or age-keygen, wrote."
            }
            Self::Refused(why) => match why {
                Exchange::NotForThisKey => {
                    "Nothing was written. Give the secret half of the key that the sender has of you, or ask them \
                     to make it again for another."
                }
                Exchange::OtherKind { .. } => {
                    "Nothing was written. An agency takes handovers in with intake."
                }
                Exchange::UnknownSigner => {
                    "Nothing was written. Rely on nothing in it, and ring the sender on a number that you looked up."
                }
                Exchange::UnknownVersion { .. } => {
                    "Nothing was written. Open it with a newer version of Sharewell."
                }
                Exchange::NotAge | Exchange::Damaged | Exchange::Tar { .. } => {
                    "Nothing was written. Ask the sender for it again."
                }
                _ => {
                    "Nothing was written, and nothing of it is to be trusted. Ring the sender on a number that you \
                     looked up."
                }
            },
        }
    }
}

/// Makes a key to which shares can be encrypted: the secret half into a file that only its owner can read.
pub fn key(out: &Path) -> Result<Said, Error> {
    let identity = Identity::generate();
    let public = identity.recipient();
    let text = format!("# public key: {public}\n{}\n", identity.to_secret().expose_secret());
    let mut files = Together::default();
    files.secret(out.to_owned(), SecretString::from(text));
    files.write()?;
    let mut lines = Lines::default();
    lines.add("public key", &public).add("fingerprint", public.fingerprint());
    let plain = format!(
        "{lines}\nGive the public key to whoever shares with you, and compare its fingerprint with them by telephone.\n\
         The secret half is in {}. Whoever has that file can open what is shared with you; if it is lost, nobody can.\n",
        out.display()
    );
    let json = json!({ "public_key": public.to_string(), "fingerprint": public.fingerprint() });
    Ok(Said { findings: false, plain, json })
}

/// Opens a share, says who signed it, and writes its documents into a new folder.
pub fn open(file: &Path, key: &Path, to: &Path, signers: &[PublicKey]) -> Result<Said, Error> {
    if to.symlink_metadata().is_ok() {
        return Err(Error::OutExists { path: to.display().to_string() });
    }
    let identity = Identity::parse(&key_text(key)?);
    let identity = identity.map_err(|_| NotOpened::NoKey { path: key.display().to_string() })?;
    let unreadable =
        |error: std::io::Error| Error::Unreadable { path: file.display().to_string(), kind: error.kind() };
    let input = std::fs::File::open(file).map_err(unreadable)?;
    let named = Some(signers).filter(|signers| !signers.is_empty());
    let opened = share::read(input, &identity, named, Limits::default()).map_err(|why| match why {
        Exchange::Io(error) => unreadable(error),
        other => NotOpened::Refused(other).into(),
    })?;
    let written = write(to, &opened)?;
    Ok(told(&opened, &written, named.is_some()))
}

/// Writes the documents into a folder that only its owner can look into: all of them or none.
fn write(to: &Path, opened: &Share) -> Result<Vec<PathBuf>, Error> {
    folder(to)?;
    let mut files = Together::default();
    let mut written = Vec::new();
    for document in &opened.documents {
        let path = to.join(&document.path);
        files.plain(path.clone(), document.bytes.clone());
        written.push(path);
    }
    files.write().inspect_err(|_| {
        // It holds nothing by now; what cannot be taken away again is said by the next run.
        let _ = std::fs::remove_dir(to);
    })?;
    Ok(written)
}

fn told(opened: &Share, written: &[PathBuf], expected: bool) -> Said {
    let info = &opened.info;
    let mut lines = Lines::default();
    lines
        .add("share", info.id)
        .add("made", info.made_at)
        .add("from", &info.made_by)
        .add("agency", &info.agency)
        .add("signed by", info.signer)
        .add("fingerprint", info.signer.fingerprint());
    for (path, document) in written.iter().zip(&opened.documents) {
        lines.add("written", format!("{} ({} bytes)", path.display(), document.bytes.len()));
    }
    let compare = if expected {
        "The signature is that of a key that you named."
    } else {
        "The signature holds, and says that one holder wrote all of it. The name is what they wrote: compare the \
         fingerprint with them by telephone, on a number that you looked up, before you rely on it."
    };
    let plain = format!("Opened. {compare}\n{lines}");
    let files: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    let json = json!({
        "share": info.id, "made_at": info.made_at, "from": info.made_by, "agency": info.agency,
        "signed_by": info.signer.to_string(), "fingerprint": info.signer.fingerprint(),
        "signer_was_named": expected, "files": files,
    });
    Said { findings: false, plain, json }
}
