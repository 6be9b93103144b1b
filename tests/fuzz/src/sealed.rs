//! Files sealed and signed with keys of the tests around bytes that may be anything.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use ring::signature::Ed25519KeyPair;
use secrecy::SecretString;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{PublicKey, Signer};
use sharewell_records::Sha256;

/// The code of a countersignature.
pub(crate) const CODE: &str = "K7QM";

/// The agency's key in the fixtures; it protects nothing real.
const AGENCY: &str = include_str!("../../fixtures/handovers/agency-test-key.txt");

pub(crate) fn agency() -> Identity {
    let line = AGENCY.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap();
    Identity::parse(line).unwrap()
}

/// The practitioner's key of the example family.
pub(crate) fn pair() -> Ed25519KeyPair {
    crate::family::signer()
}

pub(crate) fn key() -> PublicKey {
    Signer::public_key(&pair())
}

/// The compact form of a signature over a body, whole or detached.
fn jws(typ: &str, body: &[u8], whole: bool) -> String {
    let header = serde_json::json!({ "alg": "EdDSA", "kid": key().id(), "typ": typ });
    let header = BASE64URL.encode(header.to_string());
    let payload = BASE64URL.encode(body);
    let signature = Signer::sign(&pair(), format!("{header}.{payload}").as_bytes()).unwrap();
    let between = if whole { payload.as_str() } else { "" };
    format!("{header}.{between}.{}", BASE64URL.encode(signature))
}

/// A receipt's file around a body.
pub(crate) fn whole(typ: &str, body: &[u8]) -> Vec<u8> {
    jws(typ, body, true).into_bytes()
}

/// The body of such a file.
pub(crate) fn body_of_whole(file: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(file).unwrap();
    BASE64URL.decode(text.split('.').nth(1).unwrap()).unwrap()
}

/// A signed file that stands by itself, around a body.
pub(crate) fn envelope(typ: &str, body: &[u8]) -> Vec<u8> {
    let body = String::from_utf8_lossy(body);
    let jws = jws(typ, body.as_bytes(), false);
    serde_json::json!({ "body": body, "jws": jws }).to_string().into_bytes()
}

/// The body of such a file.
pub(crate) fn body(file: &[u8]) -> Vec<u8> {
    let read: serde_json::Value = serde_json::from_slice(file).unwrap();
    read["body"].as_str().unwrap().as_bytes().to_vec()
}

/// What is in a file that was sealed to the agency.
pub(crate) fn opened(sealed: &[u8], identity: &Identity) -> Vec<u8> {
    use secrecy::ExposeSecret as _;
    let identity: age::x25519::Identity = identity.to_secret().expose_secret().parse().unwrap();
    let decryptor = age::Decryptor::new(sealed).unwrap();
    let mut plain = Vec::new();
    let mut stream = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).unwrap();
    stream.read_to_end(&mut plain).unwrap();
    plain
}

/// Seals under a code, with next to no work.
pub(crate) fn under_code(plain: &[u8]) -> Vec<u8> {
    let mut to = age::scrypt::Recipient::new(SecretString::from(CODE));
    to.set_work_factor(2);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&to as &dyn age::Recipient)).unwrap();
    let mut sealed = Vec::new();
    let mut stream = encryptor.wrap_output(&mut sealed).unwrap();
    stream.write_all(plain).unwrap();
    stream.finish().unwrap();
    sealed
}

/// The files of an archive, in their order.
pub(crate) fn unpacked(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in tar::Archive::new(archive).entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.push((path, bytes));
    }
    files
}

/// An archive of files.
fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap()
}

/// A bag with one of its files changed, and manifests and the signature of its kind made anew over what it holds now. A
/// manifest that is itself what was changed stays so.
pub(crate) fn bag(mut files: Vec<(String, Vec<u8>)>, changed: usize, typ: &str) -> Vec<u8> {
    let inside = |path: &str| path.split_once('/').map_or(path, |(_, inside)| inside).to_owned();
    let named = |files: &[(String, Vec<u8>)], name: &str| {
        files.iter().position(|(path, _)| inside(path) == name).unwrap()
    };
    let line = |files: &[(String, Vec<u8>)], at: usize| {
        let (path, bytes) = &files[at];
        format!("{}  {}\n", Sha256::of(&[bytes]), inside(path))
    };
    let payload: Vec<usize> =
        (0..files.len()).filter(|at| inside(&files[*at].0).starts_with("data/")).collect();
    let info = named(&files, "bag-info.txt");
    if info != changed {
        let octets: usize = payload.iter().map(|at| files[*at].1.len()).sum();
        let text = String::from_utf8(files[info].1.clone()).unwrap();
        let oxum = format!("Payload-Oxum: {octets}.{}", payload.len());
        let line =
            |line: &str| if line.starts_with("Payload-Oxum:") { oxum.clone() } else { line.to_owned() };
        files[info].1 = text.lines().map(|one| line(one) + "\n").collect::<String>().into_bytes();
    }
    let listed = |files: &[(String, Vec<u8>)], of: &[usize]| {
        let mut lines: Vec<String> = of.iter().map(|at| line(files, *at)).collect();
        // After the hash, of 64 digits.
        lines.sort_by(|one, other| one.get(64..).cmp(&other.get(64..)));
        lines.concat().into_bytes()
    };
    let manifest = named(&files, "manifest-sha256.txt");
    if manifest != changed {
        files[manifest].1 = listed(&files, &payload);
    }
    let tags = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"].map(|name| named(&files, name));
    let tag_manifest = named(&files, "tagmanifest-sha256.txt");
    if tag_manifest != changed {
        files[tag_manifest].1 = listed(&files, &tags);
    }
    let signature = named(&files, "tagmanifest-sha256.txt.jws");
    if signature != changed {
        files[signature].1 = jws(typ, &files[tag_manifest].1, false).into_bytes();
    }
    packed(&files)
}
