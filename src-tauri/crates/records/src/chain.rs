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
    rfc8785(&value)
}

/// JSON in the one form of RFC 8785.
fn rfc8785(value: &serde_json::Value) -> Result<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).map_err(|_| Error::Canonical)
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

    fn canonical_text(value: &serde_json::Value) -> String {
        String::from_utf8(rfc8785(value).unwrap()).unwrap()
    }

    #[test]
    // The number is that of the example, which has more digits than it holds.
    #[allow(clippy::excessive_precision)]
    fn canonical_json_is_that_of_the_examples_of_rfc_8785() {
        // Section 3.2.2.
        let value = serde_json::json!({
            "numbers": [333_333_333.333_333_29_f64, 1e30, 4.50, 2e-3, 0.000_000_000_000_000_000_000_000_001_f64],
            "string": "\u{20ac}$\u{f}\nA'\u{42}\"\\\\\"/",
            "literals": [null, true, false],
        });
        let wanted = r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#;
        let wanted = format!("{wanted}{}", r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#);
        assert_eq!(canonical_text(&value), wanted);
        // Section 3.2.3: by UTF-16 code units, so that a character beyond the first plane comes before U+FB33.
        let value = serde_json::json!({
            "\u{20ac}": "Euro Sign",
            "\r": "Carriage Return",
            "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\u{1f600}": "Emoji: Grinning Face",
            "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis",
        });
        let wanted = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
            \"\u{f6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20ac}\":\"Euro Sign\",\
            \"\u{1f600}\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
        assert_eq!(canonical_text(&value), wanted);
    }

    #[test]
    fn numbers_are_written_as_in_appendix_b_of_rfc_8785() {
        for (bits, wanted) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            let value = serde_json::Value::from(f64::from_bits(bits));
            assert_eq!(canonical_text(&value), wanted, "{bits:016x}");
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
