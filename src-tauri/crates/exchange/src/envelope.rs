//! One JSON object of two texts: `body`, JSON of its own, and `jws`, a detached signature over the bytes of `body`.
//! A JSON reader and any JWS library can check one. The key that signed stands in the body: that one holder wrote all
//! of it is then shown, and who that is comes from elsewhere, a roster or a fingerprint that two people compare.

use std::ops::RangeInclusive;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Error, PublicKey, Result, Signer, Where, jws};

/// The text that is signed, as a place in errors.
pub(crate) const BODY: &str = "body";

/// The two texts.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope {
    pub(crate) body: String,
    pub(crate) jws: String,
}

/// The version and the key, read before anything else of a body.
#[derive(Serialize, Deserialize)]
struct Signed<T> {
    version: u32,
    public_key: String,
    content: T,
}

/// The body and the signature over it.
///
/// # Errors
/// [`Error::Signing`], [`Error::Contents`] where it does not serialise.
pub(crate) fn signed<T: Serialize>(
    typ: &str,
    version: u32,
    content: &T,
    signer: &dyn Signer,
) -> Result<(String, String)> {
    let whole = Signed { version, public_key: signer.public_key().to_string(), content };
    // The reason of the library could hold a value.
    let body = serde_json::to_string(&whole).map_err(|_| Error::contents("it does not serialise"))?;
    let jws = jws::sign(typ, body.as_bytes(), signer)?;
    Ok((body, jws))
}

/// What a body holds, and the key that signed it. Nothing but the version and the key is looked at before the
/// signature holds.
///
/// # Errors
/// [`Error::UnknownVersion`], [`Error::Malformed`], and those of a signature.
pub(crate) fn verified<T: DeserializeOwned>(
    typ: &str,
    versions: RangeInclusive<u32>,
    body: &str,
    jws: &str,
) -> Result<(T, PublicKey)> {
    /// Only what says how to read the rest.
    #[derive(Deserialize)]
    struct Head {
        version: u32,
        public_key: String,
    }
    let at = || Where::file(BODY);
    let head: Head = serde_json::from_str(body)
        .map_err(|_| Error::malformed(at(), "it does not say its version and key"))?;
    if !versions.contains(&head.version) {
        return Err(Error::UnknownVersion { at: at(), version: head.version.to_string() });
    }
    let key = PublicKey::from_hex(&head.public_key)?;
    jws::verify(typ, body.as_bytes(), jws.as_bytes(), &[key])?;
    let whole: Signed<T> = serde_json::from_str(body).map_err(|error| {
        Error::malformed(at(), format!("it is not what it must be at column {}", error.column()))
    })?;
    Ok((whole.content, key))
}

/// A kind of signed file that stands by itself, unencrypted.
pub(crate) struct Kind {
    /// The type that its signature names.
    pub(crate) typ: &'static str,
    /// The newest version of its form.
    pub(crate) version: u32,
    /// The most bytes of a file.
    pub(crate) most: u64,
}

impl Kind {
    /// The bytes of a signed file: the same content and key give the same bytes.
    ///
    /// # Errors
    /// [`Error::Signing`], [`Error::Contents`], [`Error::TooLarge`].
    pub(crate) fn write<T: Serialize>(&self, content: &T, signer: &dyn Signer) -> Result<Vec<u8>> {
        let (body, jws) = signed(self.typ, self.version, content, signer)?;
        let mut bytes = serde_json::to_vec(&Envelope { body, jws })
            .map_err(|_| Error::contents("it does not serialise"))?;
        bytes.push(b'\n');
        if bytes.len() as u64 > self.most { Err(self.too_large()) } else { Ok(bytes) }
    }

    /// What a file holds and who signed it.
    ///
    /// # Errors
    /// [`Error::TooLarge`] before anything is read, [`Error::Malformed`], [`Error::UnknownVersion`], and those of a
    /// signature.
    pub(crate) fn read<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<(T, PublicKey)> {
        if bytes.len() as u64 > self.most {
            return Err(self.too_large());
        }
        let envelope: Envelope = serde_json::from_slice(bytes)
            .map_err(|_| Error::malformed(Where::file("file"), "it does not hold exactly body and jws"))?;
        verified(self.typ, 1..=self.version, &envelope.body, &envelope.jws)
    }

    fn too_large(&self) -> Error {
        Error::TooLarge { what: "the file".to_owned(), limit: self.most }
    }
}

/// A text that a person reads: not longer than `most` letters, and with nothing in it that nobody typed.
///
/// # Errors
/// [`Error::Malformed`] at the place.
pub(crate) fn text(at: &str, text: &str, most: usize, required: bool) -> Result<()> {
    let bad = |why| Err(Error::malformed(Where::file(at), why));
    if required && !sharewell_records::names_somebody(text) {
        return bad("nothing stands there");
    }
    if text.chars().nth(most).is_some() {
        return bad("it is too long");
    }
    if text.contains(['\n', '\t']) || sharewell_records::cleaned(text) != text {
        return bad("it holds signs that nobody types");
    }
    Ok(())
}
