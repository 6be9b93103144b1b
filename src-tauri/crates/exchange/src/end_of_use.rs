//! What is left of a vault whose use was ended (`*.sharewell-end`): what it held, by counts and hashes, where that is, and
//! what was destroyed.
//!
//! Two lines, each a compact JSON Web Signature (RFC 7515), so that any JWS library checks one; in words:
//! `docs/end-of-use-format.md`. The first is signed by the vault's own key before anything is destroyed. It names a key that
//! was made for this one purpose, and the second line is signed by that: by then the vault's own key is gone. Where the
//! second line is missing, the end was begun and nobody has said yet what became of it.
//!
//! It names nobody and no file of a child: chains, places, counts and hashes alone.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    EndFirst, EndPiece, EndReason, EndedPiece, HandoverId, HandoverState, Moment, OriginId, Seq, Sha256,
    VaultId,
};
use uuid::Uuid;

use crate::table::json_place;
use crate::{Error, PublicKey, Result, Signer, Where, jws};

/// The version of the format. Raised whenever a field or a word is added.
pub const VERSION: u32 = 1;
/// The `typ` of the first line's signature.
pub const BEGUN_TYPE: &str = "sharewell-end+jws";
/// The `typ` of the second line's signature.
pub const ENDED_TYPE: &str = "sharewell-ended+jws";
/// The most bytes of a file: 16 MiB, room for some ten thousand handovers.
pub const MOST_BYTES: u64 = 16 << 20;

const FORMAT: &str = "sharewell-end";
const NAME: &str = "end of use";

/// What was said before anything was destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// Identifies the certificate.
    pub id: Uuid,
    /// The vault.
    pub vault: VaultId,
    /// When, by the laptop's clock.
    pub at: Moment,
    /// The vault's own public key: whoever enrolled it knows whose it is.
    pub key: PublicKey,
    /// The key under which the second line is signed.
    pub closing: PublicKey,
    /// Every chain, the vault's own last.
    pub chains: Vec<EndedChain>,
    /// What it held.
    pub held: Held,
    /// What stood first, and how many of each.
    pub first: Vec<Stood>,
    /// Why it was ended all the same; none where nothing needed one.
    pub reason: Option<EndReason>,
    /// Every handover whose file was written, the earliest first.
    pub handovers: Vec<EndedHandover>,
    /// Every receipt that was taken in, the earliest first.
    pub receipts: Vec<EndedReceipt>,
    /// What is to be destroyed.
    pub destroys: Vec<EndPiece>,
}

/// A chain and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedChain {
    /// The chain.
    pub origin: OriginId,
    /// Its last place, which is also how many entries it has.
    pub last: Seq,
    /// The link there: the head.
    pub link: Sha256,
}

/// Entries of files by what is known of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Entries of files whose content was there.
    pub entries: u64,
    /// Those that receipts name by their hash.
    pub received: u64,
    /// Those without a receipt in sealed files that were looked at.
    pub in_files: u64,
    /// Those that stand only in files which were written and not found.
    pub not_found: u64,
    /// Those that stand in no file that was written.
    pub not_handed_over: u64,
}

/// One thing that stood first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stood {
    /// Which.
    pub what: EndFirst,
    /// How many.
    pub count: u64,
}

/// A handover by the file in which it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedHandover {
    /// Its id.
    pub id: HandoverId,
    /// SHA-256 of its file as it was last written.
    pub sha256: Sha256,
    /// How many bytes that has.
    pub bytes: u64,
    /// SHA-256 of its tag manifest.
    pub contents_hash: Sha256,
    /// How far it had come.
    pub state: HandoverState,
    /// Whether a file with that hash was looked at just before the end.
    pub seen: bool,
}

/// A receipt that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedReceipt {
    /// Its id.
    pub id: Uuid,
    /// The handover that it answers.
    pub handover: HandoverId,
    /// SHA-256 of the file that it answers.
    pub file: Sha256,
    /// The id of the agency's key that signed it.
    pub key: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// SHA-256 over the first line, without its line end.
    pub begun: Sha256,
    /// When, by the laptop's clock.
    pub at: Moment,
    /// What was destroyed, and what is still there.
    pub pieces: Vec<EndedPiece>,
    /// Files that were removed and could not be written over before; none where that is not known, since it was cut off and
    /// gone on with later.
    pub not_overwritten: Option<u64>,
}

/// What is signed, and what says how to read it.
#[derive(Serialize, Deserialize)]
struct Signed<T> {
    format: String,
    version: u32,
    end: T,
}

/// A certificate that was read and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// What was said before.
    pub begun: Begun,
    /// What became of it; none where nobody has said so yet.
    pub ended: Option<Ended>,
}

impl Begun {
    /// Signs the first line, without its line end.
    ///
    /// # Errors
    /// [`Error::Contents`] where the signer's key is not the one that it names; [`Error::TooLarge`], [`Error::Signing`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<String> {
        if signer.public_key() != self.key {
            return Err(Error::contents("the key that it names is not the one that signs"));
        }
        hold(self).map_err(Error::contents)?;
        line(BEGUN_TYPE, self, signer)
    }
}

impl Ended {
    /// Signs the second line, and gives the whole file. `begun` is the first line.
    ///
    /// # Errors
    /// [`Error::Contents`] where it is not about that line; [`Error::TooLarge`], [`Error::Signing`].
    pub fn sign(&self, begun: &str, closing: &dyn Signer) -> Result<Vec<u8>> {
        if self.begun != Sha256::of(&[begun.as_bytes()]) {
            return Err(Error::contents("it is about another first line"));
        }
        let ended = line(ENDED_TYPE, self, closing)?;
        Ok(format!("{begun}\n{ended}\n").into_bytes())
    }
}

fn line<T: Serialize>(typ: &str, end: &T, signer: &dyn Signer) -> Result<String> {
    let signed = Signed { format: FORMAT.to_owned(), version: VERSION, end };
    let body = serde_json::to_vec(&signed).map_err(|_| Error::contents("it does not serialise"))?;
    let line = jws::sign_whole(typ, &body, signer)?;
    if line.len() as u64 > MOST_BYTES / 2 {
        return Err(Error::TooLarge { what: NAME.to_owned(), limit: MOST_BYTES / 2 });
    }
    Ok(line)
}

/// What must hold whoever signed.
fn hold(begun: &Begun) -> std::result::Result<(), &'static str> {
    let Held { entries, received, in_files, not_found, not_handed_over } = begun.held;
    let parts = [received, in_files, not_found, not_handed_over];
    let sum = parts.into_iter().try_fold(0u64, u64::checked_add);
    if sum != Some(entries) {
        return Err("its counts do not come to what it held");
    }
    if begun.chains.is_empty() {
        return Err("it names no chain");
    }
    if begun.key == begun.closing {
        return Err("one key signs both lines");
    }
    Ok(())
}

impl Certificate {
    /// Reads a certificate and verifies its signatures. Under `key` where one is given, which whoever enrolled the vault
    /// knows; otherwise under the one that the file names, and then the caller compares that.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::SignatureHeader`], [`Error::UnknownSigner`] where another key signed,
    /// [`Error::BadSignature`], [`Error::UnknownVersion`], and [`Error::Malformed`] where it does not hold together.
    pub fn read(bytes: &[u8], key: Option<&PublicKey>) -> Result<Self> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Error::TooLarge { what: NAME.to_owned(), limit: MOST_BYTES });
        }
        let malformed = |why: &'static str| Error::malformed(Where::file(NAME), why);
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("it is not text"))?;
        let mut lines = text.lines();
        let first = lines.next().filter(|line| !line.is_empty()).ok_or_else(|| malformed("it is empty"))?;
        let (second, more) =
            (lines.next().filter(|line| !line.is_empty()), lines.any(|line| !line.is_empty()));
        if more {
            return Err(malformed("it has more than two lines"));
        }
        let named = match key {
            Some(key) => *key,
            None => parsed::<Begun>(&jws::unverified(first)?)?.key,
        };
        let begun: Begun = parsed(&jws::verify_whole(BEGUN_TYPE, first.as_bytes(), &[named])?)?;
        if begun.key != named {
            return Err(malformed("the key that it names is not the one that signed"));
        }
        hold(&begun).map_err(malformed)?;
        let ended = match second {
            None => None,
            Some(second) => {
                let ended: Ended =
                    parsed(&jws::verify_whole(ENDED_TYPE, second.as_bytes(), &[begun.closing])?)?;
                if ended.begun != Sha256::of(&[first.as_bytes()]) {
                    return Err(malformed("its second line is about another first line"));
                }
                Some(ended)
            }
        };
        Ok(Self { begun, ended })
    }
}

fn parsed<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let at = || Where::file(NAME);
    let malformed = |error: serde_json::Error| Error::malformed(at(), json_place(&error));
    let head: Head = serde_json::from_slice(body).map_err(malformed)?;
    if head.format != FORMAT {
        return Err(Error::malformed(at(), "it is no certificate of an end of use"));
    }
    if head.version != VERSION {
        return Err(Error::UnknownVersion { at: at(), version: head.version.to_string() });
    }
    Ok(serde_json::from_slice::<Signed<T>>(body).map_err(malformed)?.end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use ring::signature::Ed25519KeyPair;

    use super::*;
    use crate::support::id;

    fn pair(seed: u8) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
    }

    fn moment() -> Moment {
        Moment(chrono::DateTime::parse_from_rfc3339("2026-12-01T09:30:00+00:00").unwrap())
    }

    fn begun() -> Begun {
        Begun {
            id: Uuid::from_u128(1),
            vault: id(2),
            at: moment(),
            key: Signer::public_key(&pair(1)),
            closing: Signer::public_key(&pair(2)),
            chains: vec![EndedChain { origin: id(3), last: Seq(12), link: Sha256([3; 32]) }],
            held: Held { entries: 9, received: 5, in_files: 3, not_found: 0, not_handed_over: 1 },
            first: vec![Stood { what: EndFirst::NotHandedOver, count: 1 }],
            reason: Some(EndReason::AgencySaid),
            handovers: vec![EndedHandover {
                id: id(4),
                sha256: Sha256([4; 32]),
                bytes: 4096,
                contents_hash: Sha256([5; 32]),
                state: HandoverState::Written,
                seen: true,
            }],
            receipts: vec![EndedReceipt {
                id: Uuid::from_u128(6),
                handover: id(4),
                file: Sha256([4; 32]),
                key: "k".into(),
            }],
            destroys: vec![EndPiece::Keys, EndPiece::Database],
        }
    }

    fn ended(first: &str) -> Ended {
        Ended {
            begun: Sha256::of(&[first.as_bytes()]),
            at: moment(),
            pieces: vec![EndedPiece { piece: EndPiece::Keys, removed: 1, left: 0 }],
            not_overwritten: Some(0),
        }
    }

    #[test]
    fn both_lines_read_back_and_each_holds_under_its_own_key() {
        let first = begun().sign(&pair(1)).unwrap();
        let whole = ended(&first).sign(&first, &pair(2)).unwrap();
        let own = Signer::public_key(&pair(1));
        for key in [None, Some(&own)] {
            let read = Certificate::read(&whole, key).unwrap();
            assert_eq!((read.begun, read.ended), (begun(), Some(ended(&first))));
        }
        let other = Signer::public_key(&pair(3));
        assert!(matches!(Certificate::read(&whole, Some(&other)), Err(Error::UnknownSigner)));
        let alone = Certificate::read(first.as_bytes(), None).unwrap();
        assert_eq!(alone.ended, None, "begun, and nobody has said what became of it");
    }

    #[test]
    fn a_changed_byte_a_foreign_second_line_and_counts_that_do_not_add_up_are_refused() {
        let first = begun().sign(&pair(1)).unwrap();
        let whole = ended(&first).sign(&first, &pair(2)).unwrap();
        for at in (0..whole.len()).step_by(7) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(Certificate::read(&changed, None).is_err(), "byte {at}");
        }
        let foreign = ended(&first).sign(&first, &pair(3)).unwrap();
        assert!(matches!(Certificate::read(&foreign, None), Err(Error::UnknownSigner)));
        let other = Begun { id: Uuid::from_u128(9), ..begun() }.sign(&pair(1)).unwrap();
        assert!(ended(&first).sign(&other, &pair(2)).is_err());
        let second = String::from_utf8(whole.clone()).unwrap();
        let swapped = format!("{other}\n{}\n", second.lines().nth(1).unwrap());
        assert!(Certificate::read(swapped.as_bytes(), None).is_err());
        let more = format!("{second}{}\n", second.lines().nth(1).unwrap());
        assert!(Certificate::read(more.as_bytes(), None).is_err());
        let held = Held { entries: 10, ..begun().held };
        assert!(Begun { held, ..begun() }.sign(&pair(1)).is_err());
        assert!(begun().sign(&pair(2)).is_err(), "another key than it names");
    }

    #[test]
    fn nothing_of_what_is_no_certificate_is_taken_for_one() {
        for bytes in [&b""[..], b"\n", b"a.b.c", b"a.b.c\nd.e.f\n", &[0xff; 64], &vec![b'a'; 1 << 20]] {
            assert!(Certificate::read(bytes, None).is_err());
        }
        let large = vec![b'a'; usize::try_from(MOST_BYTES).unwrap() + 1];
        assert!(matches!(Certificate::read(&large, None), Err(Error::TooLarge { .. })));
    }
}
