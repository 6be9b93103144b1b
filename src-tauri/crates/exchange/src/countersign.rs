//! Asking for a countersignature, and answering (A15): one small encrypted file each way
//! (`*.sharewell-countersign`), so that it works between two laptops without a network.
//!
//! An age file under a passphrase, which is a code that travels by another way (read out on the telephone).
//! Inside is one JSON object of two texts: `body`, JSON of its own, and `jws`, a detached signature over the
//! bytes of `body`. So `age -d`, a JSON reader and any JWS library can check one. The key that signed stands in
//! the body: a file proves that one holder wrote all of it, and the fingerprint, compared by telephone, who that
//! is. Whoever opens an ask works out the entry's hash anew from the entry's own bytes, and answers over that.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use age::scrypt;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sharewell_records::{
    Case, Countersignature, Countersigned, Decision, Flag, Header, Item, Moment, Payload, Person,
    Practitioner, ReadPayload, Relationship, Sha256, entry_hash, payload_hash,
};

use crate::envelope::{self, Envelope, signed, verified};
use crate::{Error, PublicKey, Result, Signer, Where};

/// The version of an ask. Raised whenever what they carry beside the entry (people, ties, flags, items) would not
/// be read aright by an older program: above all when a closed set in it grows.
pub const VERSION: u32 = 3;
/// The first version, which every answer still has: it carries nothing that grew.
const FIRST: u32 = 1;
/// The most bytes of a file: 4 MiB.
pub const MOST_BYTES: u64 = 4 * 1024 * 1024;
/// The work that the code's derivation costs. The code is random and long, so this only has to be some.
const WORK: u8 = 15;
/// The most work that a file may ask for, so that a file made in bad faith does not stop the program.
const MOST_WORK: u8 = 18;

const ASK: &str = "sharewell-countersign-ask+jws";
const ANSWER: &str = "sharewell-countersign-answer+jws";

/// What is asked for: a signed decision, with what is needed to read it as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// When it was asked.
    pub asked_at: Moment,
    /// Who asks: the practitioner as they stand in their own vault.
    pub practitioner: Practitioner,
    /// The entry, as it is stored.
    pub entry: Stored,
    /// The file's own record.
    pub case: Case,
    /// The people of the file, with no more of each than reading the decision takes.
    pub people: Vec<Person>,
    /// Their ties.
    pub ties: Vec<Relationship>,
    /// Their safety flags: they bind whoever reads this too.
    pub flags: Vec<Flag>,
    /// The information items that the decision chose.
    pub items: Vec<Item>,
    /// The guidance, where the program does not carry it: text by path inside the pack. May be empty.
    pub pack: BTreeMap<String, String>,
    /// The decision's number in the file, from 1.
    pub number: u32,
    /// Pieces of its texts, as they are written, that name somebody whom another file protects: they are not shown. Since
    /// version 2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
}

/// An entry with the bytes that its hash covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The header.
    pub header: Header,
    /// The salt of the payload, in base64.
    pub salt: String,
    /// The stored payload, byte for byte.
    pub payload: String,
    /// The chain's link at the entry, as the asker's vault has it.
    pub link: Sha256,
}

/// An ask that was opened, its signature and its entry found in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedAsk {
    /// What was asked.
    pub ask: Ask,
    /// The decision in the entry.
    pub decision: Decision,
    /// The entry's hash, worked out here.
    pub entry_hash: Sha256,
    /// The key that signed: the asker's vault.
    pub key: PublicKey,
}

/// Seals an ask under a code.
///
/// # Errors
/// [`Error::Signing`], [`Error::Contents`] where it does not serialise, [`Error::TooLarge`], [`Error::Io`].
pub fn seal_ask(ask: &Ask, code: &SecretString, signer: &dyn Signer) -> Result<Vec<u8>> {
    let (body, jws) = signed(ASK, VERSION, ask, signer)?;
    seal(&Envelope { body, jws }, code)
}

/// Opens an ask.
///
/// # Errors
/// [`Error::WrongCode`] where the code does not open it; what is wrong with the file otherwise.
pub fn open_ask(bytes: &[u8], code: &SecretString) -> Result<OpenedAsk> {
    let envelope = unseal(bytes, code)?;
    let (ask, key): (Ask, _) = verified(ASK, FIRST..=VERSION, &envelope.body, &envelope.jws)?;
    let bad = |why: &str| Error::malformed(Where::file(envelope::BODY), why.to_owned());
    let salt = BASE64.decode(&ask.entry.salt).ok().and_then(|salt| <[u8; 32]>::try_from(salt).ok());
    let salt = salt.ok_or_else(|| bad("the salt is not 32 bytes in base64"))?;
    let stored = ask.entry.payload.as_bytes();
    let entry_hash = entry_hash(&ask.entry.header, payload_hash(&salt, stored))
        .map_err(|_| bad("the entry's header has no canonical form"))?;
    let Header { kind, version, .. } = &ask.entry.header;
    let decision = match Payload::read(kind, *version, stored) {
        Ok(ReadPayload::Known(payload)) => match *payload {
            Payload::DecisionSigned { decision } => *decision,
            _ => return Err(bad("the entry is not a signed decision")),
        },
        // No damage: it is read once the program is as new as that of whoever asks.
        Ok(ReadPayload::Unknown { .. }) => {
            let at = Where::file(envelope::BODY);
            return Err(Error::UnknownVersion { at, version: format!("{kind} {version}") });
        }
        Err(_) => return Err(bad("the entry's payload cannot be read")),
    };
    if ask.entry.header.case != Some(decision.case) || ask.case.id != decision.case {
        return Err(bad("the entry and the file are not of one another"));
    }
    Ok(OpenedAsk { ask, decision, entry_hash, key })
}

/// Signs what was said, and seals it under the code of the ask.
///
/// # Errors
/// As [`seal_ask`].
pub fn seal_answer(
    said: &Countersignature,
    code: &SecretString,
    signer: &dyn Signer,
) -> Result<(Countersigned, Vec<u8>)> {
    let (body, jws) = signed(ANSWER, FIRST, said, signer)?;
    let countersigned = Countersigned {
        said: said.clone(),
        key: signer.public_key().to_string(),
        body: body.clone(),
        jws: jws.clone(),
    };
    Ok((countersigned, seal(&Envelope { body, jws }, code)?))
}

/// Seals what was said before once more.
///
/// # Errors
/// As [`seal_ask`].
pub fn seal_again(countersigned: &Countersigned, code: &SecretString) -> Result<Vec<u8>> {
    seal(&Envelope { body: countersigned.body.clone(), jws: countersigned.jws.clone() }, code)
}

/// Opens an answer.
///
/// # Errors
/// As [`open_ask`].
pub fn open_answer(bytes: &[u8], code: &SecretString) -> Result<Countersigned> {
    let Envelope { body, jws } = unseal(bytes, code)?;
    let (said, key): (Countersignature, _) = verified(ANSWER, FIRST..=VERSION, &body, &jws)?;
    Ok(Countersigned { said, key: key.to_string(), body, jws })
}

/// Whether a kept countersignature is what its key signed.
///
/// # Errors
/// [`Error::BadSignature`] where it is not, and as [`open_answer`].
pub fn check(countersigned: &Countersigned) -> Result<()> {
    let (said, key): (Countersignature, _) =
        verified(ANSWER, FIRST..=VERSION, &countersigned.body, &countersigned.jws)?;
    if said == countersigned.said && key.to_string() == countersigned.key {
        Ok(())
    } else {
        Err(Error::BadSignature)
    }
}

/// The salt as the file carries it.
#[must_use]
pub fn salt_text(salt: &[u8; 32]) -> String {
    BASE64.encode(salt)
}

fn seal(envelope: &Envelope, code: &SecretString) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(envelope).map_err(|_| Error::contents("it does not serialise"))?;
    let mut recipient = scrypt::Recipient::new(SecretString::from(code.expose_secret()));
    recipient.set_work_factor(WORK);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
        .map_err(|_| Error::NoRecipient)?;
    let mut sealed = Vec::new();
    let mut stream = encryptor.wrap_output(&mut sealed)?;
    stream.write_all(&plain)?;
    stream.finish()?;
    if sealed.len() as u64 > MOST_BYTES {
        return Err(Error::TooLarge { what: "the file".to_owned(), limit: MOST_BYTES });
    }
    Ok(sealed)
}

fn unseal(bytes: &[u8], code: &SecretString) -> Result<Envelope> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::TooLarge { what: "the file".to_owned(), limit: MOST_BYTES });
    }
    let decryptor = age::Decryptor::new_buffered(bytes).map_err(from_age)?;
    if !decryptor.is_scrypt() {
        return Err(Error::NotForThisKey);
    }
    let mut identity = scrypt::Identity::new(SecretString::from(code.expose_secret()));
    identity.set_max_work_factor(MOST_WORK);
    let stream = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(from_age)?;
    let mut plain = Vec::new();
    stream.take(MOST_BYTES).read_to_end(&mut plain).map_err(|_| Error::Damaged)?;
    serde_json::from_slice(&plain)
        .map_err(|_| Error::malformed(Where::file("file"), "it does not hold exactly body and jws"))
}

fn from_age(error: age::DecryptError) -> Error {
    match error {
        age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed
        | age::DecryptError::NoMatchingKeys => Error::WrongCode,
        age::DecryptError::ExcessiveWork { .. } => Error::TooLarge {
            what: "the work that the file asks for".to_owned(),
            limit: u64::from(MOST_WORK),
        },
        age::DecryptError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => Error::Io(error),
        // The library's list is open; what is left are headers that are damaged or of another version.
        _ => Error::NotAge,
    }
}

#[cfg(test)]
#[path = "countersign/tests.rs"]
mod tests;
