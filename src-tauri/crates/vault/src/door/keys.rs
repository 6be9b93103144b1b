//! `vault.keys`: one random data key, wrapped once for every secret that opens the vault.
//!
//! Each slot is bound to its vault, its own id, kind and parameters; the list as a whole is bound to the
//! data key, so that a slot can be neither moved nor added nor dropped unseen. The file is written in one
//! form only: a byte that differs from that form is damage, told apart from a wrong secret by a checksum.
//! What is never here: the data key in the clear, or anything about a case.

use std::path::Path;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::{hkdf, hmac};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sharewell_records::{Sha256, VaultId};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::bytes::{hex, random, unhex};
use crate::door::kdf::{Argon, Kdf};
use crate::{Error, Part, RecoveryCode, Result, files};

const FORMAT: &str = "sharewell-keys";
const VERSION: u32 = 2;
/// The version of a list without an agency's slot, which older programs read.
const FIRST: u32 = 1;
/// The most bytes of a sealed key in an agency's slot.
const MOST_SEALED: usize = 1024;
const LIMIT: u64 = 256 * 1024;
const CHECKSUM: &[u8] = b"sharewell/keys-checksum/v1\0";
const DAMAGED: Error = Error::Damaged { part: Part::Keys };

/// What a person offers to open a vault.
#[derive(Debug, Clone)]
pub enum Secret {
    /// The passphrase.
    Passphrase(SecretString),
    /// The recovery code as typed.
    RecoveryCode(SecretString),
    /// The key of the agency's slot, as whoever holds the agency's identity opened it.
    AgencyKey(SlotKey),
}

/// The key of an agency's slot. Shows nothing in `Debug`.
#[derive(Clone)]
pub struct SlotKey(Zeroizing<[u8; 32]>);

impl SlotKey {
    /// A key that was opened.
    #[must_use]
    pub fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self(key)
    }
}

impl std::fmt::Debug for SlotKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SlotKey(..)")
    }
}

/// An agency's slot as it lies in the key file: for which recipient, and the slot's key sealed to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencySlot {
    /// The age recipient.
    pub recipient: String,
    /// The slot's key under that recipient, as an age file.
    pub sealed: Vec<u8>,
}

/// The agency's slot of the vault or the backup in a folder; none where there is none. Whether it is genuine is known
/// only once it was opened.
///
/// # Errors
/// [`Error::Damaged`], [`Error::TooNew`], [`Error::Io`].
pub fn agency_slot(dir: &Path) -> Result<Option<AgencySlot>> {
    Ok(Keys::read(&dir.join(files::KEYS))?.agency())
}

impl Secret {
    /// What is said of a secret that does not open a copy. There is no wait: whoever holds one needs no program to
    /// try.
    pub(crate) fn wrong(&self) -> Error {
        self.wrong_for(0)
    }

    /// What is said of a secret that does not open the vault, with the seconds until the next try.
    pub(crate) fn wrong_for(&self, wait_seconds: u32) -> Error {
        match self {
            Self::Passphrase(_) => Error::WrongPassphrase { wait_seconds },
            Self::RecoveryCode(_) => Error::WrongRecoveryCode { wait_seconds },
            // What was sealed to the agency's own recipient and opens nothing was changed by somebody.
            Self::AgencyKey(_) => DAMAGED,
        }
    }
}

/// The key of the vault. Wiped when it goes.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct DataKey([u8; 32]);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// HKDF-SHA256 to 32 bytes.
fn derive(salt: &[u8], secret: &[u8], info: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(&[info], hkdf::HKDF_SHA256)?
        .fill(key.as_mut())?;
    Ok(key)
}

impl DataKey {
    pub(crate) fn generate() -> Result<Self> {
        Ok(Self(random()?))
    }

    /// The same key once more, for a second connection. Wiped by itself when it goes.
    pub(crate) fn again(&self) -> Self {
        Self(self.0)
    }

    /// The raw key of the database.
    pub(crate) fn database(&self) -> Result<Zeroizing<[u8; 32]>> {
        derive(&[], &self.0, b"sharewell/database/v1")
    }

    /// The key that authenticates `vault.head`.
    pub(crate) fn head(&self) -> Result<hmac::Key> {
        Ok(hmac::Key::new(hmac::HMAC_SHA256, derive(&[], &self.0, b"sharewell/head/v1")?.as_ref()))
    }

    fn slots(&self) -> Result<hmac::Key> {
        Ok(hmac::Key::new(hmac::HMAC_SHA256, derive(&[], &self.0, b"sharewell/slots/v1")?.as_ref()))
    }
}

/// How a slot's own key comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Lock {
    /// Argon2id over the passphrase.
    Passphrase { argon2id: Argon, salt: Hex<32> },
    /// HKDF-SHA256 over the recovery code.
    RecoveryCode { salt: Hex<32> },
    /// A random key, sealed to an agency's age recipient.
    Agency { recipient: String, sealed: String },
}

/// One wrapping of the data key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    id: Uuid,
    lock: Lock,
    nonce: Hex<12>,
    /// The data key and the tag of AES-256-GCM.
    wrapped: Hex<48>,
}

/// The list of slots, authenticated as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    format: String,
    version: u32,
    vault: VaultId,
    slots: Vec<Slot>,
}

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "keys")]
    list: List,
    /// HMAC-SHA256 under the data key over the list in RFC 8785 form.
    mac: Hex<32>,
    /// SHA-256 over list and MAC: tells a damaged file from a wrong secret, and protects nothing.
    checksum: Sha256,
}

/// The slots of one vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys(Written);

/// Whose vault lies in a folder, by its key slots; none where there are none that can be read. Nothing is opened.
#[must_use]
pub fn vault_in(dir: &Path) -> Option<VaultId> {
    Keys::read(&dir.join(files::KEYS)).ok().map(|keys| keys.vault())
}

impl Keys {
    /// A list for a new vault with its first passphrase and recovery code.
    pub(crate) fn create(
        vault: VaultId,
        key: &DataKey,
        passphrase: &SecretString,
        kdf: Kdf,
        code: &RecoveryCode,
    ) -> Result<Self> {
        let list = List { format: FORMAT.to_owned(), version: FIRST, vault, slots: vec![] };
        let mut keys = Self(Written { list, mac: Hex([0; 32]), checksum: Sha256([0; 32]) });
        keys.set_passphrase(key, passphrase, kdf)?;
        keys.set_recovery_code(key, code)?;
        Ok(keys)
    }

    /// Reads and checks the file's form. Whether the list is genuine is known only after unwrapping.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let bytes = files::read_small(path, LIMIT, "key file").map_err(|e| match e {
            Error::TooLarge { .. } => DAMAGED,
            other => other,
        })?;
        #[derive(Deserialize)]
        struct Version {
            keys: VersionOnly,
        }
        #[derive(Deserialize)]
        struct VersionOnly {
            format: String,
            version: u32,
        }
        let Version { keys: VersionOnly { format, version } } =
            serde_json::from_slice(&bytes).map_err(|_| DAMAGED)?;
        if format == FORMAT && version > VERSION && bytes.is_ascii() {
            return Err(Error::TooNew { found: version, known: VERSION });
        }
        let keys = Self(serde_json::from_slice(&bytes).map_err(|_| DAMAGED)?);
        // One form only: anything else, were it only a space, was not written by us.
        if format != FORMAT || keys.bytes()? != bytes || keys.checksum()? != keys.0.checksum {
            return Err(DAMAGED);
        }
        Ok(keys)
    }

    /// Writes the file as a whole, or leaves the old one.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        files::replace(path, &self.bytes()?)
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(&self.0).map_err(|_| DAMAGED)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    pub(crate) fn vault(&self) -> VaultId {
        self.0.list.vault
    }

    /// Unwraps the data key; none where no slot opens with this secret.
    pub(crate) fn unwrap(&self, secret: &Secret) -> Result<Option<DataKey>> {
        let code = match secret {
            Secret::Passphrase(_) | Secret::AgencyKey(_) => None,
            Secret::RecoveryCode(typed) => Some(RecoveryCode::read(typed)?),
        };
        for slot in &self.0.list.slots {
            let key = match (&slot.lock, secret, &code) {
                (Lock::Passphrase { argon2id, salt }, Secret::Passphrase(text), _) => {
                    argon2id.derive(text, &salt.0)?
                }
                (Lock::RecoveryCode { salt }, Secret::RecoveryCode(_), Some(code)) => {
                    recovery_key(salt, code)?
                }
                (Lock::Agency { .. }, Secret::AgencyKey(SlotKey(key)), _) => key.clone(),
                (Lock::Passphrase { .. }, Secret::RecoveryCode(_) | Secret::AgencyKey(_), _)
                | (Lock::RecoveryCode { .. }, _, _)
                | (Lock::Agency { .. }, Secret::Passphrase(_) | Secret::RecoveryCode(_), _) => continue,
            };
            if let Some(data) = self.open(slot, &key)? {
                let genuine = hmac::verify(&data.slots()?, &self.canonical()?, &self.0.mac.0).is_ok();
                return if genuine { Ok(Some(data)) } else { Err(DAMAGED) };
            }
        }
        Ok(None)
    }

    /// The parameters of the passphrase slot, kept when the passphrase changes.
    pub(crate) fn kdf(&self) -> Kdf {
        let argon = self.0.list.slots.iter().find_map(|slot| match &slot.lock {
            Lock::Passphrase { argon2id, .. } => Some(*argon2id),
            Lock::RecoveryCode { .. } | Lock::Agency { .. } => None,
        });
        argon.map_or(Kdf::Calibrate, |a| Kdf::Fixed { memory_kib: a.memory_kib, passes: a.passes })
    }

    /// Replaces every passphrase slot by one.
    pub(crate) fn set_passphrase(
        &mut self,
        key: &DataKey,
        passphrase: &SecretString,
        kdf: Kdf,
    ) -> Result<()> {
        let argon2id = kdf.settle()?;
        let salt = Hex(random()?);
        let own = argon2id.derive(passphrase, &salt.0)?;
        self.put(key, Lock::Passphrase { argon2id, salt }, &own)
    }

    /// Replaces every recovery slot by one.
    pub(crate) fn set_recovery_code(&mut self, key: &DataKey, code: &RecoveryCode) -> Result<()> {
        let salt = Hex(random()?);
        let own = recovery_key(&salt, code)?;
        self.put(key, Lock::RecoveryCode { salt }, &own)
    }

    /// The agency's slot, where there is one.
    pub(crate) fn agency(&self) -> Option<AgencySlot> {
        self.0.list.slots.iter().find_map(|slot| match &slot.lock {
            Lock::Agency { recipient, sealed } => {
                Some(AgencySlot { recipient: recipient.clone(), sealed: unhex(sealed)? })
            }
            Lock::Passphrase { .. } | Lock::RecoveryCode { .. } => None,
        })
    }

    /// Replaces every agency's slot by one. `seal` seals the slot's key to the recipient.
    pub(crate) fn set_agency<E: From<Error>>(
        &mut self,
        key: &DataKey,
        recipient: &str,
        seal: impl FnOnce(&[u8; 32]) -> std::result::Result<Vec<u8>, E>,
    ) -> std::result::Result<(), E> {
        let own = Zeroizing::new(random().map_err(E::from)?);
        let sealed = seal(&own)?;
        if sealed.len() > MOST_SEALED {
            return Err(Error::Crypto.into());
        }
        // Programs before this one do not know the slot, and say that the file is newer.
        self.0.list.version = VERSION;
        let lock = Lock::Agency { recipient: recipient.to_owned(), sealed: hex(&sealed) };
        Ok(self.put(key, lock, &own)?)
    }

    fn put(&mut self, key: &DataKey, lock: Lock, own: &[u8; 32]) -> Result<()> {
        let id = Uuid::now_v7();
        let nonce = Hex(random()?);
        let aad = self.aad(id, &lock)?;
        let mut sealed = Zeroizing::new(key.0.to_vec());
        cipher(own)?.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce.0),
            Aad::from(aad),
            &mut *sealed,
        )?;
        let wrapped = Hex(sealed.as_slice().try_into().map_err(|_| Error::Crypto)?);
        self.0.list.slots.retain(|old| std::mem::discriminant(&old.lock) != std::mem::discriminant(&lock));
        self.0.list.slots.push(Slot { id, lock, nonce, wrapped });
        let tag = hmac::sign(&key.slots()?, &self.canonical()?);
        self.0.mac = Hex(tag.as_ref().try_into().map_err(|_| Error::Crypto)?);
        self.0.checksum = self.checksum()?;
        Ok(())
    }

    fn open(&self, slot: &Slot, own: &[u8; 32]) -> Result<Option<DataKey>> {
        let aad = self.aad(slot.id, &slot.lock)?;
        let mut bytes = Zeroizing::new(slot.wrapped.0);
        let nonce = Nonce::assume_unique_for_key(slot.nonce.0);
        let Ok(plain) = cipher(own)?.open_in_place(nonce, Aad::from(aad), bytes.as_mut()) else {
            return Ok(None);
        };
        Ok(Some(DataKey((&*plain).try_into().map_err(|_| Error::Crypto)?)))
    }

    /// What a slot's wrapping is bound to: vault, slot, kind and parameters, in RFC 8785 form.
    fn aad(&self, slot: Uuid, lock: &Lock) -> Result<Vec<u8>> {
        let bound = serde_json::json!({ "vault": self.0.list.vault, "slot": slot, "lock": lock });
        serde_json_canonicalizer::to_vec(&bound).map_err(|_| Error::Crypto)
    }

    fn canonical(&self) -> Result<Vec<u8>> {
        serde_json_canonicalizer::to_vec(&self.0.list).map_err(|_| Error::Crypto)
    }

    fn checksum(&self) -> Result<Sha256> {
        Ok(Sha256::of(&[CHECKSUM, &self.canonical()?, &self.0.mac.0]))
    }
}

fn recovery_key(salt: &Hex<32>, code: &RecoveryCode) -> Result<Zeroizing<[u8; 32]>> {
    derive(&salt.0, code.secret(), b"sharewell/recovery/v1")
}

fn cipher(key: &[u8; 32]) -> Result<LessSafeKey> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key)?))
}

/// Bytes as lower-case hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hex<const N: usize>([u8; N]);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&hex(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let bytes = unhex(&text).and_then(|b| b.try_into().ok());
        bytes.map(Self).ok_or_else(|| serde::de::Error::custom("not hexadecimal of the right length"))
    }
}
