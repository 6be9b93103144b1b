//! Recipient and identity keys of age (X25519).
//!
//! A recipient key is what an agency gives out; an identity is what it keeps. Only native X25519 keys are
//! taken: no passphrases, plugins or SSH keys, so that a file opens the same way everywhere.

use data_encoding::{BitOrder, HEXLOWER, Specification};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// Length of a recipient in text: `age1`, 52 characters of key, 6 of checksum.
const RECIPIENT_LENGTH: usize = 62;

/// Points of small order on Curve25519 (RFC 7748 section 6.1 asks to refuse what they lead to). A file
/// encrypted to one could be opened by anybody.
const SMALL_ORDER: [&str; 7] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

/// A key to which a handover is encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Recipient(age::x25519::Recipient);

impl Recipient {
    /// Reads `age1…`; blanks and line ends around it are ignored.
    ///
    /// # Errors
    /// [`Error::SecretKeyGiven`] for a secret key, [`Error::NotARecipient`] for anything else that is not a
    /// usable X25519 recipient.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if is_secret(text) {
            return Err(Error::SecretKeyGiven);
        }
        if text.is_empty() {
            return Err(Error::NotARecipient { why: "nothing was given" });
        }
        if text.starts_with("ssh-") {
            return Err(Error::NotARecipient { why: "SSH keys are not used" });
        }
        if text.starts_with("-----BEGIN") {
            return Err(Error::NotARecipient { why: "it is a key of another kind" });
        }
        if crate::PublicKey::from_hex(text).is_ok() {
            return Err(Error::NotARecipient { why: "it is a key that signs, and none to encrypt to" });
        }
        let lower = text.to_ascii_lowercase();
        let Some(body) = lower.strip_prefix("age1") else {
            return Err(Error::NotARecipient { why: "it does not begin with age1" });
        };
        if lower.len() < RECIPIENT_LENGTH {
            return Err(Error::NotARecipient { why: "it is too short: part of it is missing" });
        }
        if lower.len() > RECIPIENT_LENGTH {
            return Err(Error::NotARecipient { why: "it is too long, or a kind of key that is not used" });
        }
        let key = text
            .parse::<age::x25519::Recipient>()
            .map_err(|_| Error::NotARecipient { why: "a character is wrong: the checksum does not match" })?;
        let mut point = point(body).ok_or(Error::NotARecipient { why: "it holds no key" })?;
        if let Some(last) = point.last_mut() {
            *last &= 0x7f;
        }
        if SMALL_ORDER.contains(&HEXLOWER.encode(&point).as_str()) {
            return Err(Error::NotARecipient { why: "the key protects nothing" });
        }
        Ok(Self(key))
    }

    /// For a person to compare by telephone: the first 32 hexadecimal digits of the SHA-256 of the
    /// recipient's text, in groups of four (`printf %s age1… | sha256sum`).
    #[must_use]
    pub fn fingerprint(&self) -> String {
        grouped(&self.to_string())
    }

    /// Seals a short secret to this recipient, as an age file.
    ///
    /// # Errors
    /// [`Error::NoRecipient`], [`Error::Io`] where it cannot be sealed.
    pub fn seal(&self, secret: &[u8]) -> Result<Vec<u8>> {
        let to = std::iter::once(&self.0 as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(to).map_err(|_| Error::NoRecipient)?;
        let mut sealed = Vec::new();
        let mut stream = encryptor.wrap_output(&mut sealed)?;
        std::io::Write::write_all(&mut stream, secret)?;
        stream.finish()?;
        Ok(sealed)
    }

    pub(crate) fn age(&self) -> &age::x25519::Recipient {
        &self.0
    }
}

/// The first 32 hexadecimal digits of the SHA-256 of a text, in groups of four.
pub(crate) fn grouped(text: &str) -> String {
    let hex = sharewell_records::Sha256::of(&[text.as_bytes()]).to_string();
    let mut shown = String::new();
    for (at, digit) in hex.chars().take(32).enumerate() {
        if at > 0 && at % 4 == 0 {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Recipient {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl serde::Serialize for Recipient {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Recipient {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        // What stood there is not repeated: it may be a secret key that somebody took for the other.
        let text = <String as serde::Deserialize>::deserialize(from)?;
        Self::parse(&text).map_err(|_| serde::de::Error::custom("not an age recipient"))
    }
}

/// Whether a text holds the secret half of a key, of ours or of another kind.
fn is_secret(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    ["AGE-SECRET-KEY-", "AGE-PLUGIN-", "PRIVATE KEY"].into_iter().any(|mark| upper.contains(mark))
}

/// The 32 bytes in the data part of a recipient whose checksum was already found right.
fn point(body: &str) -> Option<Vec<u8>> {
    let mut bech32 = Specification::new();
    bech32.symbols.push_str("qpzry9x8gf2tvdw0s3jn54khce6mua7l");
    bech32.bit_order = BitOrder::MostSignificantFirst;
    let data = body.get(..52)?;
    bech32.encoding().ok()?.decode(data.as_bytes()).ok().filter(|key| key.len() == 32)
}

/// A secret key that opens what was encrypted to its recipient. Shows nothing in `Debug`.
#[derive(Clone)]
pub struct Identity(age::x25519::Identity);

impl Identity {
    /// Makes a new key with the age library's own randomness.
    #[must_use]
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// Reads `AGE-SECRET-KEY-1…`, or the text of a key file: lines that begin with `#` are ignored.
    ///
    /// # Errors
    /// [`Error::NotAnIdentity`]; it never shows what was given.
    pub fn parse(text: &str) -> Result<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        match (lines.next(), lines.next()) {
            (Some(line), None) => line.parse().map(Self).map_err(|_| Error::NotAnIdentity),
            (_, _) => Err(Error::NotAnIdentity),
        }
    }

    /// The secret as text, to be written to a file that only its owner can read.
    #[must_use]
    pub fn to_secret(&self) -> SecretString {
        self.0.to_string()
    }

    /// The key to give out.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// Opens a short secret that was sealed to this identity's recipient.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`] where it was sealed to another; [`Error::NotAge`], [`Error::Damaged`],
    /// [`Error::TooLarge`].
    pub fn unseal(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        const MOST: usize = 4096;
        if sealed.len() > MOST {
            return Err(Error::TooLarge { what: "the sealed secret".to_owned(), limit: MOST as u64 });
        }
        let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| Error::NotAge)?;
        let mut stream = decryptor
            .decrypt(std::iter::once(&self.0 as &dyn age::Identity))
            .map_err(|_| Error::NotForThisKey)?;
        // Room for all of it, so that nothing is left behind by a buffer that grows.
        let mut secret = Zeroizing::new(Vec::with_capacity(MOST));
        std::io::Read::read_to_end(&mut stream, &mut secret).map_err(|_| Error::Damaged)?;
        Ok(secret)
    }

    pub(crate) fn age(&self) -> &age::x25519::Identity {
        &self.0
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(secret)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    const KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    #[test]
    fn a_recipient_reads_back_as_it_was_written_whatever_blanks_stand_around_it() {
        assert_eq!(Recipient::parse(&format!("  {KEY}\r\n")).unwrap().to_string(), KEY);
    }

    #[test]
    fn what_is_wrong_with_a_key_is_said() {
        let why = |text: &str| Recipient::parse(text).unwrap_err().to_string();
        assert!(why("").contains("nothing"));
        assert!(why(&KEY[..40]).contains("too short"));
        assert!(why(&KEY.replace("ql3z", "qq3z")).contains("checksum"));
        assert!(why("ssh-ed25519 AAAA").contains("SSH"));
        assert!(why("hello").contains("begin with age1"));
    }

    #[test]
    fn a_secret_key_pasted_by_mistake_is_refused_and_not_shown() {
        let secret = Identity::generate().to_secret();
        let error = Recipient::parse(secret.expose_secret()).unwrap_err();
        assert!(matches!(error, Error::SecretKeyGiven), "{error}");
        assert!(!format!("{error:?}").contains(secret.expose_secret()));
    }

    #[test]
    fn the_secret_half_of_any_kind_of_key_is_known_as_one_and_never_shown() {
        let (_, pem) = crate::SigningKey::generate().unwrap();
        let inside = pem.expose_secret().lines().nth(1).unwrap();
        let ssh = format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{inside}\n-----END OPENSSH PRIVATE KEY-----");
        let rsa = format!("-----BEGIN RSA PRIVATE KEY-----\n{inside}");
        let age = format!("# created\n{}", Identity::generate().to_secret().expose_secret().to_lowercase());
        for text in [pem.expose_secret(), &ssh, &rsa, &age, &format!("AGE-PLUGIN-YUBIKEY-1{inside}")] {
            let error = Recipient::parse(text).unwrap_err();
            assert!(matches!(error, Error::SecretKeyGiven), "{error}");
            assert!(!format!("{error:?} {error}").contains(inside));
        }
    }

    #[test]
    fn a_public_key_of_another_kind_is_refused_for_what_it_is() {
        let why = |text: &str| Recipient::parse(text).unwrap_err().to_string();
        let signs = crate::Signer::public_key(&crate::SigningKey::generate().unwrap().0).to_string();
        assert!(why(&signs).contains("signs"));
        assert!(why("-----BEGIN PUBLIC KEY-----\nMCow").contains("another kind"));
        assert!(why("-----BEGIN PGP PUBLIC KEY BLOCK-----").contains("another kind"));
        assert!(why("ssh-ed25519 AAAAC3").contains("SSH"));
        assert!(!why(&signs).contains(&signs[..8]), "what was typed is not repeated");
    }

    #[test]
    fn a_key_that_protects_nothing_is_refused_before_the_age_library_can_panic_on_it() {
        for hex in SMALL_ORDER {
            let bytes: [u8; 32] = HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap();
            let text = recipient_text(&bytes);
            assert!(
                matches!(
                    Recipient::parse(&text),
                    Err(Error::NotARecipient { why: "the key protects nothing" })
                ),
                "{text}"
            );
        }
    }

    /// Bech32 of 32 bytes under `age`, so that keys nobody would make can be made.
    fn recipient_text(bytes: &[u8; 32]) -> String {
        let mut five: Vec<u8> = Vec::new();
        let (mut held, mut bits) = (0u32, 0);
        for byte in bytes {
            held = held << 8 | u32::from(*byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                five.push((held >> bits & 31) as u8);
            }
        }
        five.push((held << (5 - bits) & 31) as u8);
        let human = [3, 3, 3, 0, 1, 7, 5];
        let polymod = |values: &mut dyn Iterator<Item = u8>| {
            values.fold(1u32, |sum, value| {
                let top = sum >> 25;
                let next = (sum & 0x1ff_ffff) << 5 ^ u32::from(value);
                [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
                    .iter()
                    .enumerate()
                    .fold(next, |n, (i, g)| if top >> i & 1 == 1 { n ^ g } else { n })
            })
        };
        let sum = polymod(&mut human.iter().copied().chain(five.iter().copied()).chain([0; 6])) ^ 1;
        five.extend((0..6).map(|i| (sum >> (5 * (5 - i)) & 31) as u8));
        let letters: Vec<char> = "qpzry9x8gf2tvdw0s3jn54khce6mua7l".chars().collect();
        format!("age1{}", five.iter().map(|at| letters[usize::from(*at)]).collect::<String>())
    }

    #[test]
    fn the_fingerprint_can_be_made_with_sha256sum() {
        let shown = Recipient::parse(KEY).unwrap().fingerprint();
        let hex = sharewell_records::Sha256::of(&[KEY.as_bytes()]).to_string();
        assert_eq!(shown.replace(' ', ""), hex[..32]);
        assert_eq!(shown.split(' ').count(), 8);
    }

    #[test]
    fn a_sealed_secret_opens_with_its_identity_alone() {
        let (identity, other) = (Identity::generate(), Identity::generate());
        let sealed = identity.recipient().seal(&[7; 32]).unwrap();
        assert_eq!(identity.unseal(&sealed).unwrap().as_slice(), [7; 32]);
        assert!(matches!(other.unseal(&sealed), Err(Error::NotForThisKey)));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(identity.unseal(&changed).is_err(), "byte {at}");
        }
        assert!(matches!(identity.unseal(&[0; 5000]), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn an_identity_reads_back_from_a_key_file_and_shows_nothing() {
        let identity = Identity::generate();
        let file = format!("# created: today\n# public key: x\n{}\n", identity.to_secret().expose_secret());
        assert_eq!(Identity::parse(&file).unwrap().recipient(), identity.recipient());
        assert_eq!(format!("{identity:?}"), "Identity(secret)");
        assert!(matches!(Identity::parse("hello"), Err(Error::NotAnIdentity)));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parsers_panic(text in ".{0,80}", tail in "[a-z0-9]{58}") {
            let _ = Recipient::parse(&text);
            let _ = Recipient::parse(&format!("age1{tail}"));
            let _ = Identity::parse(&text);
        }
    }
}
