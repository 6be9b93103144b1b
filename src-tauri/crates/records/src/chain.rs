//! How entries are hashed and chained.
//!
//! A payload is hashed with a salt of its own, so that a hash that stays after a lawful disposal tells
//! nothing of what was there. Every hash begins with a tag, so that no value can pass for another.

use crate::{Error, Header, OriginId, Result, Seq, Sha256};

const PAYLOAD: &[u8] = b"sharewell/payload/v1\0";
const ENTRY: &[u8] = b"sharewell/entry/v1\0";
const LINK: &[u8] = b"sharewell/link/v1\0";
const CHECKPOINT: &[u8] = b"sharewell/checkpoint/v1\0";

/// The link before an origin's first entry.
pub const GENESIS: Sha256 = Sha256([0; 32]);

/// Hash of a payload: tag, 32-byte salt, stored bytes.
#[must_use]
pub fn payload_hash(salt: &[u8; 32], stored: &[u8]) -> Sha256 {
    Sha256::of(&[PAYLOAD, salt, stored])
}

/// The RFC 8785 form of a header together with its payload's hash: what [`entry_hash`] covers.
///
/// # Errors
/// [`Error::Canonical`] where the header has no canonical form.
pub fn canonical(header: &Header, payload_hash: Sha256) -> Result<Vec<u8>> {
    let mut value = serde_json::to_value(header).map_err(|_| Error::Canonical)?;
    let object = value.as_object_mut().ok_or(Error::Canonical)?;
    object.insert("payload_hash".to_owned(), serde_json::Value::String(payload_hash.to_string()));
    serde_json_canonicalizer::to_vec(&value).map_err(|_| Error::Canonical)
}

/// Hash of an entry: tag, canonical header with its payload's hash.
///
/// # Errors
/// [`Error::Canonical`] where the header has no canonical form.
pub fn entry_hash(header: &Header, payload_hash: Sha256) -> Result<Sha256> {
    Ok(Sha256::of(&[ENTRY, &canonical(header, payload_hash)?]))
}

/// The chain's next link: tag, previous link, sequence as eight bytes (big-endian), entry hash.
#[must_use]
pub fn link(previous: Sha256, sequence: Seq, entry_hash: Sha256) -> Sha256 {
    Sha256::of(&[LINK, &previous.0, &sequence.0.to_be_bytes(), &entry_hash.0])
}

/// The bytes that a checkpoint signs: tag, origin, sequence, link.
#[must_use]
pub fn checkpoint_bytes(origin: OriginId, at: Seq, link: Sha256) -> Vec<u8> {
    [CHECKPOINT, origin.0.as_bytes(), &at.0.to_be_bytes(), &link.0].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn another_salt_or_another_byte_gives_another_hash(a in any::<[u8; 32]>(), b in any::<[u8; 32]>(), x: Vec<u8>, y: Vec<u8>) {
            prop_assert_eq!(payload_hash(&a, &x) == payload_hash(&b, &y), a == b && x == y);
        }

        #[test]
        fn a_link_binds_its_place(hash in any::<[u8; 32]>(), previous in any::<[u8; 32]>(), at in 1u64..1 << 53) {
            let (hash, previous) = (Sha256(hash), Sha256(previous));
            prop_assert_ne!(link(previous, Seq(at), hash), link(previous, Seq(at + 1), hash));
        }
    }

    #[test]
    fn the_canonical_header_is_sorted_and_carries_the_payload_hash() {
        let header = Header {
            id: "0192f0c1-2345-7abc-8def-0123456789ab".parse::<crate::EntryId>().unwrap(),
            origin: "0192f0c1-2345-7abc-8def-0123456789ac".parse().unwrap(),
            sequence: Seq(1),
            case: None,
            author: "0192f0c1-2345-7abc-8def-0123456789ad".parse().unwrap(),
            kind: "recovery_confirmed".into(),
            version: 1,
            recorded_at: crate::Moment(
                chrono::DateTime::parse_from_rfc3339("2026-03-12T10:42:00+00:00").unwrap(),
            ),
            basis: vec![],
        };
        let text = String::from_utf8(canonical(&header, GENESIS).unwrap()).unwrap();
        assert!(text.starts_with(r#"{"author":"#), "{text}");
        assert!(text.contains(&format!(r#""payload_hash":"{GENESIS}""#)), "{text}");
    }
}
