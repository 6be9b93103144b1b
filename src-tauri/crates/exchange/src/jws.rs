//! Detached JSON Web Signatures (RFC 7515 appendix F) with EdDSA over Ed25519 (RFC 8037).
//!
//! The compact form `header..signature`: the payload stands beside it as a file. The algorithm is fixed,
//! the type is fixed by the caller, and the key comes from the caller's roster; nothing in the signature's
//! own header can choose them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use data_encoding::HEXLOWER;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The longest signature file that is looked at, in bytes.
const LONGEST: usize = 4096;

/// An Ed25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`Error::NotASigningKey`].
    pub fn from_hex(text: &str) -> Result<Self> {
        HEXLOWER
            .decode(text.trim().to_ascii_lowercase().as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or(Error::NotASigningKey)
    }

    /// The key's id: its RFC 7638 thumbprint, SHA-256 in base64url.
    #[must_use]
    pub fn id(&self) -> String {
        let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, BASE64URL.encode(self.0));
        BASE64URL.encode(sharewell_records::Sha256::of(&[jwk.as_bytes()]).0)
    }

    /// For a person to compare by telephone: the first 32 hexadecimal digits of the SHA-256 of the key's text,
    /// in groups of four (`printf %s KEY | sha256sum`).
    #[must_use]
    pub fn fingerprint(&self) -> String {
        crate::keys::grouped(&self.to_string())
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(message, signature).is_ok()
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl Serialize for PublicKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        // What stood there is not repeated.
        let text = String::deserialize(from)?;
        Self::from_hex(&text).map_err(|_| serde::de::Error::custom("not an Ed25519 public key"))
    }
}

/// Signs with an Ed25519 key that this crate never sees.
pub trait Signer {
    /// The public half.
    fn public_key(&self) -> PublicKey;

    /// Signs the message.
    ///
    /// # Errors
    /// [`Error::Signing`] where the key cannot be used.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64]>;
}

impl Signer for ring::signature::Ed25519KeyPair {
    fn public_key(&self) -> PublicKey {
        let mut key = [0; 32];
        for (to, from) in key.iter_mut().zip(ring::signature::KeyPair::public_key(self).as_ref()) {
            *to = *from;
        }
        PublicKey(key)
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        Self::sign(self, message).as_ref().try_into().map_err(|_| Error::Signing)
    }
}

/// The protected header. Unknown fields are refused, so that no `crit`, `b64` or key can slip in.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Protected {
    alg: String,
    kid: String,
    typ: String,
}

/// Signs a payload and gives the detached compact form.
///
/// # Errors
/// [`Error::Signing`], also where the signature does not verify under the signer's own key.
pub(crate) fn sign(typ: &str, payload: &[u8], signer: &dyn Signer) -> Result<String> {
    let key = signer.public_key();
    let header = Protected { alg: "EdDSA".to_owned(), kid: key.id(), typ: typ.to_owned() };
    let header = BASE64URL.encode(serde_json::to_vec(&header).map_err(|_| Error::Signing)?);
    let input = format!("{header}.{}", BASE64URL.encode(payload));
    let signature = signer.sign(input.as_bytes())?;
    if !key.verifies(input.as_bytes(), &signature) {
        return Err(Error::Signing);
    }
    Ok(format!("{header}..{}", BASE64URL.encode(signature)))
}

/// Signs a payload and gives the compact form with the payload in it.
///
/// # Errors
/// As [`sign`].
pub(crate) fn sign_whole(typ: &str, payload: &[u8], signer: &dyn Signer) -> Result<String> {
    let detached = sign(typ, payload, signer)?;
    let (header, signature) = detached.split_once("..").ok_or(Error::Signing)?;
    Ok(format!("{header}.{}.{signature}", BASE64URL.encode(payload)))
}

/// Verifies a compact form with its payload in it, and gives the payload. A line end may follow, as editors leave one.
///
/// # Errors
/// As [`verify`].
pub(crate) fn verify_whole(typ: &str, whole: &[u8], roster: &[PublicKey]) -> Result<Vec<u8>> {
    let bad = |why| Error::SignatureHeader { why };
    let text = std::str::from_utf8(whole).map_err(|_| bad("it is not text"))?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let mut parts = text.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(bad("it is not the compact form"));
    };
    let payload = BASE64URL.decode(payload).map_err(|_| bad("the payload is not base64url"))?;
    verify(typ, &payload, format!("{header}..{signature}").as_bytes(), roster)?;
    Ok(payload)
}

/// The payload of a compact form before anything of it is believed: good for asking which key it says that it is signed by,
/// under which it is then verified.
///
/// # Errors
/// [`Error::SignatureHeader`] where it is not the compact form.
pub(crate) fn unverified(whole: &str) -> Result<Vec<u8>> {
    let bad = |why| Error::SignatureHeader { why };
    let payload = whole.split('.').nth(1).ok_or_else(|| bad("it is not the compact form"))?;
    BASE64URL.decode(payload).map_err(|_| bad("the payload is not base64url"))
}

/// The type that a detached signature names, before anything of it is believed: good for saying what a file is not.
pub(crate) fn typ(detached: &[u8]) -> Option<String> {
    let text = detached.get(..detached.len().min(LONGEST)).and_then(|some| std::str::from_utf8(some).ok())?;
    let json = BASE64URL.decode(text.split('.').next()?).ok()?;
    serde_json::from_slice::<Protected>(&json).ok().map(|read| read.typ)
}

/// Verifies a detached signature and says which key of the roster made it.
///
/// # Errors
/// [`Error::SignatureHeader`], [`Error::UnknownSigner`] or [`Error::BadSignature`].
pub(crate) fn verify(typ: &str, payload: &[u8], detached: &[u8], roster: &[PublicKey]) -> Result<PublicKey> {
    let bad = |why| Error::SignatureHeader { why };
    if detached.len() > LONGEST {
        return Err(bad("it is too long"));
    }
    let text = std::str::from_utf8(detached).map_err(|_| bad("it is not text"))?;
    let mut parts = text.split('.');
    let (Some(header), Some(""), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(bad("it is not the detached compact form"));
    };
    let json = BASE64URL.decode(header).map_err(|_| bad("it is not base64url"))?;
    let read: Protected =
        serde_json::from_slice(&json).map_err(|_| bad("it does not hold exactly alg, kid and typ"))?;
    if read.alg != "EdDSA" {
        return Err(bad("the algorithm is not EdDSA"));
    }
    if read.typ != typ {
        return Err(bad("it signs another kind of document"));
    }
    let key = roster.iter().find(|key| key.id() == read.kid).ok_or(Error::UnknownSigner)?;
    let signature = BASE64URL.decode(signature).map_err(|_| bad("the signature is not base64url"))?;
    let input = format!("{header}.{}", BASE64URL.encode(payload));
    if key.verifies(input.as_bytes(), &signature) { Ok(*key) } else { Err(Error::BadSignature) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ring::signature::Ed25519KeyPair;

    #[test]
    fn the_key_id_is_the_thumbprint_of_rfc_8037() {
        // Appendix A.2 and A.3 of RFC 8037.
        let x = BASE64URL.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
        assert_eq!(PublicKey(x.try_into().unwrap()).id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_signature_holds_for_its_payload_type_and_signer_only() {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let key = Signer::public_key(&pair);
        let other = PublicKey([9; 32]);
        let jws = sign("a+jws", b"payload", &pair).unwrap();
        assert_eq!(verify("a+jws", b"payload", jws.as_bytes(), &[other, key]).unwrap(), key);
        assert!(matches!(verify("a+jws", b"Payload", jws.as_bytes(), &[key]), Err(Error::BadSignature)));
        assert!(matches!(
            verify("b+jws", b"payload", jws.as_bytes(), &[key]),
            Err(Error::SignatureHeader { .. })
        ));
        assert!(matches!(verify("a+jws", b"payload", jws.as_bytes(), &[other]), Err(Error::UnknownSigner)));
    }
}
