//! A publisher's or an agency's signing key in a file of its own, for the command line alone.
//!
//! Kept as PKCS#8 in PEM (RFC 5958, RFC 7468), the form that other tools read and write too
//! (`openssl genpkey -algorithm ed25519`). It is not encrypted: whoever holds the file can sign.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::Ed25519KeyPair;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{Error, PublicKey, Result, Signer};

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// An Ed25519 key that signs packs. Shows nothing in `Debug`.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// Makes a new key from the system's randomness and gives it with the text of its file.
    ///
    /// # Errors
    /// [`Error::Signing`] where the system has no randomness.
    pub fn generate() -> Result<(Self, SecretString)> {
        let random = ring::rand::SystemRandom::new();
        let document = Ed25519KeyPair::generate_pkcs8(&random).map_err(|_| Error::Signing)?;
        let body = Zeroizing::new(STANDARD.encode(document.as_ref()));
        let mut pem = Zeroizing::new(format!("{BEGIN}\n"));
        for (at, letter) in body.chars().enumerate() {
            if at > 0 && at % 64 == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem.push_str(&format!("\n{END}\n"));
        let pem = SecretString::from(pem.as_str());
        Ok((Self(Ed25519KeyPair::from_pkcs8(document.as_ref()).map_err(|_| Error::Signing)?), pem))
    }

    /// Reads the text of a key file.
    ///
    /// # Errors
    /// [`Error::NotASigningKey`]; it never shows what was given.
    pub fn parse(text: &str) -> Result<Self> {
        let body = text.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
        let body: Zeroizing<String> =
            Zeroizing::new(body.ok_or(Error::NotASigningKey)?.split_ascii_whitespace().collect());
        let document = Zeroizing::new(STANDARD.decode(body.as_str()).map_err(|_| Error::NotASigningKey)?);
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(&document).map(Self).map_err(|_| Error::NotASigningKey)
    }
}

impl Signer for SigningKey {
    fn public_key(&self) -> PublicKey {
        Signer::public_key(&self.0)
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        Signer::sign(&self.0, message)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(secret)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_key_file_reads_back_and_shows_nothing() {
        let (key, pem) = SigningKey::generate().unwrap();
        let again = SigningKey::parse(pem.expose_secret()).unwrap();
        assert_eq!(again.public_key(), key.public_key());
        assert_eq!(format!("{key:?}"), "SigningKey(secret)");
        assert!(pem.expose_secret().lines().all(|line| line.len() <= 64));
    }

    #[test]
    fn a_key_made_by_openssl_is_read() {
        // The form that `openssl genpkey` writes, around the first secret of RFC 8032 section 7.1.
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
        let key = SigningKey::parse(pem).unwrap();
        assert_eq!(
            key.public_key().to_string(),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in [
            "",
            "hello",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        ] {
            assert!(matches!(SigningKey::parse(text), Err(Error::NotASigningKey)), "{text}");
        }
    }
}
