//! `pack keygen`, `pack sign` and `pack verify`: packs and overlays as signed files.

use std::io::{Read as _, Write as _};
use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use sharewell_casework::guidance::serving;
use sharewell_exchange::pack::{self as signed, Kind, Opened, Roster};
use sharewell_exchange::{PublicKey, Signer as _, SigningKey};
use sharewell_guidance::{Report, check_files};

use crate::error::Error;
use crate::pack;
use crate::say::{Lines, Said, count};

/// A key file is a few lines.
const KEY_FILE: u64 = 16 * 1024;

/// Makes a signing key: the secret half into a file that only its owner can read, the public half to print.
pub fn keygen(out: &Path) -> Result<Said, Error> {
    let (key, secret) = SigningKey::generate().map_err(Error::from)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || -> std::io::Result<()> {
        let mut file = options.open(out)?;
        file.write_all(secret.expose_secret().as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::OutExists { path: out.display().to_string() },
        kind => Error::Unwritable { path: out.display().to_string(), kind },
    })?;
    let public = key.public_key();
    let mut lines = Lines::default();
    lines.add("public key", public).add("fingerprint", public.fingerprint());
    let plain = format!(
        "{lines}\nThe secret half is in {}. Whoever has that file can sign: keep it off this network.\n",
        out.display()
    );
    let json = json!({ "public_key": public.to_string(), "fingerprint": public.fingerprint() });
    Ok(Said { findings: false, plain, json })
}

/// Signs the pack in a folder. What does not meet the conditions is not signed.
pub fn sign(dir: &Path, key: &Path, out: &Path) -> Result<Said, Error> {
    let files = pack::read(dir)?;
    let kind = Kind::of(&files)?;
    let report = check_files(&pack::whole(&files));
    let name = dir.display().to_string();
    if !report.passes() {
        let plain = pack::told(&name, Some(dir), &report);
        return Ok(Said { findings: true, plain, json: json!({ "signed": false, "report": report }) });
    }
    let text = SecretString::from(String::from_utf8_lossy(&limited(key, KEY_FILE)?).into_owned());
    let key = SigningKey::parse(text.expose_secret())?;
    let bytes = signed::write(&files, &key)?;
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(out)?;
        file.write_all(&bytes)?;
        file.sync_all()
    };
    write().map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::OutExists { path: out.display().to_string() },
        kind => Error::Unwritable { path: out.display().to_string(), kind },
    })?;
    let opened = Opened { kind, files, signer: key.public_key() };
    let mut said = describe(&opened, &report);
    said.plain.push_str(&format!("\nWritten to {}.\n", out.display()));
    Ok(said)
}

/// Opens a signed file and holds what is in it to the conditions.
pub fn verify(file: &Path, keys: &[PublicKey]) -> Result<Said, Error> {
    let bytes = limited(file, signed::MOST_BYTES)?;
    let built_in = serving::publishers();
    // Keys that are named count for either kind; without any, the publisher's own, for packs.
    let (publishers, agencies) = if keys.is_empty() { (built_in.as_slice(), keys) } else { (keys, keys) };
    let opened = signed::read(&bytes, Roster { publishers, agencies })?;
    let report = check_files(&pack::whole(&opened.files));
    let mut said = describe(&opened, &report);
    if !report.passes() {
        said.plain.push_str(&pack::told(&file.display().to_string(), Some(Path::new("")), &report));
        said.findings = true;
    }
    Ok(said)
}

fn describe(opened: &Opened, report: &Report) -> Said {
    let kind = match opened.kind {
        Kind::Pack => "pack",
        Kind::Overlay => "overlay",
    };
    let hash = sharewell_guidance::content_hash(&opened.files);
    let mut lines = Lines::default();
    lines
        .add(kind, if report.pack.is_empty() { "does not load" } else { report.pack.as_str() })
        .add("content hash", hash)
        .add("files", opened.files.len())
        .add("signed by", opened.signer)
        .add("fingerprint", opened.signer.fingerprint())
        .add("check", count(report.findings.len(), "finding", "findings"));
    let json = json!({
        "kind": kind,
        "pack": report.pack,
        "hash": hash.to_string(),
        "files": opened.files.keys().collect::<Vec<_>>(),
        "signer": opened.signer.to_string(),
        "fingerprint": opened.signer.fingerprint(),
        "report": report,
    });
    Said { findings: false, plain: lines.to_string(), json }
}

/// Reads a file that may not be larger than this.
pub fn limited(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let unreadable =
        |error: std::io::Error| Error::Unreadable { path: path.display().to_string(), kind: error.kind() };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { path: path.display().to_string(), limit });
    }
    Ok(bytes)
}
