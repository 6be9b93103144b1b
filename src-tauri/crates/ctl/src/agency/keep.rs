//! Where an agency's files lie: what is secret is readable by its owner alone, and nothing is ever written over but the
//! roster and the profile in use, each as a whole. A key that another one takes the place of stays beside it.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::profile::{self, AgencyProfile, Opened};
use sharewell_exchange::roster::{self, Roster};
use sharewell_exchange::{Signer as _, SigningKey};
use zeroize::Zeroizing;

use super::refused::Refused;
use crate::error::Error;
use crate::pack_file::limited;

/// In the offline folder: signs profiles, rosters and overlays.
pub const SIGNING: &str = "profile-signing.key";
/// In the offline folder: opens a vault that its holder cannot open any more.
pub const RECOVERY: &str = "recovery.key";
/// With intake: opens handovers.
pub const ENCRYPTION: &str = "encryption.key";
/// With intake: signs receipts.
pub const RECEIPTS: &str = "receipts.key";
/// With intake: who is enrolled.
pub const ROSTER: &str = "roster.sharewell-roster";
/// With intake: the profile in use, which also goes to everybody.
pub const PROFILE: &str = "profile.sharewell-profile";

/// A key file is a few lines.
const KEY_FILE: u64 = 16 * 1024;

/// Files that are written together or not at all.
#[derive(Default)]
pub struct Together {
    files: Vec<(PathBuf, Content)>,
}

enum Content {
    Secret(SecretString),
    Plain(Vec<u8>),
}

impl Together {
    /// One more file that only its owner can read.
    pub fn secret(&mut self, path: PathBuf, text: SecretString) {
        self.files.push((path, Content::Secret(text)));
    }

    /// One more file.
    pub fn plain(&mut self, path: PathBuf, bytes: Vec<u8>) {
        self.files.push((path, Content::Plain(bytes)));
    }

    /// Writes them all. Where one cannot be written, those before it are taken away again.
    ///
    /// # Errors
    /// [`Error::OutExists`] where one is there already, before anything is written; [`Error::Unwritable`].
    pub fn write(&self) -> Result<(), Error> {
        if let Some((path, _)) = self.files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
            return Err(Error::OutExists { path: path.display().to_string() });
        }
        for (at, (path, content)) in self.files.iter().enumerate() {
            let (bytes, secret) = match content {
                Content::Secret(text) => (text.expose_secret().as_bytes(), true),
                Content::Plain(bytes) => (bytes.as_slice(), false),
            };
            if let Err(error) = new_file(path, bytes, secret) {
                for (made, _) in self.files.iter().take(at) {
                    // What cannot be taken away again stays, and the next run says that it is there.
                    let _ = std::fs::remove_file(made);
                }
                return Err(unwritable(path, &error));
            }
        }
        Ok(())
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    let path = path.display().to_string();
    match error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::OutExists { path },
        kind => Error::Unwritable { path, kind },
    }
}

fn new_file(path: &Path, bytes: &[u8], secret: bool) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let mut file = options.open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // A part of a key is no key: it must not stay as if it were one.
        let _ = std::fs::remove_file(path);
    }
    written
}

/// Puts a key in the place of an older one, which stays beside it: what it opened or signed is not lost with it. At each
/// moment one of the files is the older one whole.
///
/// # Errors
/// [`Error::Unwritable`], [`Error::Unreadable`].
pub fn replace_key(folder: &Path, name: &str, key: &SecretString) -> Result<(), Error> {
    let path = folder.join(name);
    let old = key_text(&path)?;
    let (kept, free) = before(folder, name);
    // A run that was cut off has kept it already.
    let mut held = false;
    for one in &kept {
        held |= *key_text(one)? == *old;
    }
    if !held {
        new_file(&free, old.as_bytes(), true).map_err(|error| unwritable(&free, &error))?;
    }
    replace_with(&path, key.expose_secret().as_bytes(), true)
}

/// The keys that a key has taken the place of, in their order, and the name that the next one gets.
fn before(folder: &Path, name: &str) -> (Vec<PathBuf>, PathBuf) {
    let stem = name.strip_suffix(".key").unwrap_or(name);
    let mut kept = Vec::new();
    let mut path = folder.join(format!("{stem}-before-1.key"));
    while path.symlink_metadata().is_ok() {
        kept.push(path);
        path = folder.join(format!("{stem}-before-{}.key", kept.len().saturating_add(1)));
    }
    (kept, path)
}

/// A key and those that it has taken the place of: the one in use first, then the latest before it.
///
/// # Errors
/// What `read` says of the first that cannot be read.
pub fn every<K>(
    folder: &Path,
    name: &str,
    read: impl Fn(&Path) -> Result<K, Error>,
) -> Result<Vec<K>, Error> {
    let (kept, _) = before(folder, name);
    std::iter::once(folder.join(name)).chain(kept.into_iter().rev()).map(|path| read(&path)).collect()
}

/// Makes a folder that only its owner can look into.
///
/// # Errors
/// [`Error::Unwritable`].
pub fn folder(path: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| unwritable(path, &error))
}

/// Puts a file in the place of an older one, as a whole.
///
/// # Errors
/// [`Error::Unwritable`].
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_with(path, bytes, false)
}

fn replace_with(path: &Path, bytes: &[u8], secret: bool) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    // Left behind by a run that was cut off: it was never in use.
    let _ = std::fs::remove_file(&beside);
    new_file(&beside, bytes, secret)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|error| unwritable(path, &error))
}

/// Where a folder is, or will be, by the nearest part of its path that is there.
///
/// # Errors
/// [`Error::Unreadable`].
pub fn real(path: &Path) -> Result<PathBuf, Error> {
    let unreadable =
        |error: std::io::Error| Error::Unreadable { path: path.display().to_string(), kind: error.kind() };
    let whole = std::path::absolute(path).map_err(unreadable)?;
    for there in whole.ancestors() {
        match there.canonicalize() {
            Ok(real) => return Ok(real.join(whole.strip_prefix(there).unwrap_or(Path::new("")))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
    Ok(whole)
}

/// The offline folder must not be reached from where intake works.
///
/// # Errors
/// [`Refused::NotOffline`], [`Refused::InsideOffline`].
pub fn must_be_offline(offline: &Path, out: &Path) -> Result<(), Error> {
    let (real_off, real_out) = (real(offline)?, real(out)?);
    let here = real(Path::new("."))?;
    for (place, inside) in [(&real_out, out.display().to_string()), (&here, "the working folder".to_owned())]
    {
        if real_off.starts_with(place) {
            return Err(Refused::NotOffline { offline: offline.display().to_string(), inside }.into());
        }
    }
    if real_out.starts_with(&real_off) {
        let (out, offline) = (out.display().to_string(), offline.display().to_string());
        return Err(Refused::InsideOffline { out, offline }.into());
    }
    Ok(())
}

/// The text of a key file.
///
/// # Errors
/// [`Error::Unreadable`], [`Error::TooLarge`].
pub fn key_text(path: &Path) -> Result<Zeroizing<String>, Error> {
    let bytes = Zeroizing::new(limited(path, KEY_FILE)?);
    Ok(Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The key that signs profiles and rosters.
///
/// # Errors
/// [`Error::Unreadable`], [`Error::Refused`].
pub fn signing_key(offline: &Path) -> Result<SigningKey, Error> {
    signer(&offline.join(SIGNING))
}

/// A key that signs.
///
/// # Errors
/// As [`signing_key`].
pub fn signer(path: &Path) -> Result<SigningKey, Error> {
    Ok(SigningKey::parse(&key_text(path)?)?)
}

/// The key that opens vaults.
///
/// # Errors
/// As [`signing_key`].
pub fn identity(path: &Path) -> Result<Identity, Error> {
    Ok(Identity::parse(&key_text(path)?)?)
}

/// The profile in use.
///
/// # Errors
/// [`Refused::NoProfile`]; [`Error::Refused`] for what is wrong with it.
pub fn profile_in(agency: &Path) -> Result<Opened, Error> {
    let path = agency.join(PROFILE);
    if path.symlink_metadata().is_err() {
        return Err(Refused::NoProfile { path: agency.display().to_string() }.into());
    }
    profile_at(&path)
}

/// A profile in a file.
///
/// # Errors
/// As [`profile_in`].
pub fn profile_at(path: &Path) -> Result<Opened, Error> {
    Ok(AgencyProfile::read(&limited(path, profile::MOST_BYTES)?)?)
}

/// The roster in use, signed by the key of the profile in use.
///
/// # Errors
/// As [`profile_in`].
pub fn roster_in(agency: &Path, profile: &Opened) -> Result<Roster, Error> {
    Ok(Roster::read(&limited(&agency.join(ROSTER), roster::MOST_BYTES)?, &profile.key)?)
}

/// The agency as it stands, with the key that may change it.
pub struct Agency {
    pub folder: PathBuf,
    pub profile: Opened,
    pub roster: Roster,
    pub key: SigningKey,
}

impl Agency {
    /// Opens both folders.
    ///
    /// # Errors
    /// [`Refused::NotOffline`] where the keys lie with intake; [`Refused::OtherKey`] where the keys are another agency's; as [`profile_in`].
    pub fn open(offline: &Path, agency: &Path) -> Result<Self, Error> {
        must_be_offline(offline, agency)?;
        let profile = profile_in(agency)?;
        let roster = roster_in(agency, &profile)?;
        let key = signing_key(offline)?;
        if key.public_key() != profile.key {
            return Err(Refused::OtherKey { path: offline.join(SIGNING).display().to_string() }.into());
        }
        Ok(Self { folder: agency.to_path_buf(), profile, roster, key })
    }

    /// Signs the roster as it is now, with the next number.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Unwritable`].
    pub fn keep_roster(&mut self, on: sharewell_casework::records::Day) -> Result<(), Error> {
        self.roster.serial = self.roster.serial.saturating_add(1);
        self.roster.issued = on;
        replace(&self.folder.join(ROSTER), &self.roster.sign(&self.key)?)
    }
}
