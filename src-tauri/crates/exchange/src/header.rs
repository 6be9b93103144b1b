//! A header as text, in both of the forms that a handover needs: as it stands in `entries.ndjson`, and as
//! RFC 8785 has it, which is what an entry's hash covers.
//!
//! Both are put together from the same pieces, without a tree of JSON values between. What the canonical
//! form is, is said in `sharewell-records` alone; the tests here hold this one against it.

use data_encoding::HEXLOWER;
use sharewell_records::{Header, Sha256};
use uuid::Uuid;

use crate::{Error, Result};

/// The tag before what an entry's hash covers.
const TAG: &[u8] = b"sharewell/entry/v1\0";
/// From here on a number is not the same in every reader, and there is no canonical form.
const UNSAFE: u64 = 1 << 53;

/// Room that is used again from header to header.
#[derive(Default)]
pub(crate) struct Scratch {
    canonical: Vec<u8>,
    kind: Vec<u8>,
    recorded_at: Vec<u8>,
}

impl Scratch {
    /// Hash of the entry: tag, canonical header with its payload's hash.
    ///
    /// # Errors
    /// [`Error::Contents`] where the header has no canonical form.
    pub(crate) fn entry_hash(&mut self, header: &Header, payload_hash: Sha256) -> Result<Sha256> {
        let none = || Error::contents(format!("entry {}: the header has no canonical form", header.sequence));
        if header.sequence.0 >= UNSAFE {
            return Err(none());
        }
        self.texts(header).map_err(|_| none())?;
        let Self { canonical: out, kind, recorded_at } = self;
        out.clear();
        out.extend_from_slice(b"{\"author\":");
        id(out, header.author.0);
        out.extend_from_slice(b",\"basis\":");
        basis(out, header);
        out.extend_from_slice(b",\"case\":");
        case(out, header);
        out.extend_from_slice(b",\"id\":");
        id(out, header.id.0);
        out.extend_from_slice(b",\"kind\":");
        out.extend_from_slice(kind);
        out.extend_from_slice(b",\"origin\":");
        id(out, header.origin.0);
        out.extend_from_slice(b",\"payload_hash\":\"");
        hex(out, &payload_hash.0);
        out.extend_from_slice(b"\",\"recorded_at\":");
        out.extend_from_slice(recorded_at);
        out.extend_from_slice(b",\"sequence\":");
        number(out, header.sequence.0);
        out.extend_from_slice(b",\"version\":");
        number(out, u64::from(header.version));
        out.push(b'}');
        Ok(Sha256::of(&[TAG, out]))
    }

    /// The header as it stands in a line.
    ///
    /// # Errors
    /// [`Error::Contents`] where it cannot be written as JSON.
    pub(crate) fn write(&mut self, out: &mut Vec<u8>, header: &Header) -> Result<()> {
        self.texts(header).map_err(|_| Error::contents("a line cannot be written as JSON"))?;
        out.extend_from_slice(b"{\"id\":");
        id(out, header.id.0);
        out.extend_from_slice(b",\"origin\":");
        id(out, header.origin.0);
        out.extend_from_slice(b",\"sequence\":");
        number(out, header.sequence.0);
        out.extend_from_slice(b",\"case\":");
        case(out, header);
        out.extend_from_slice(b",\"author\":");
        id(out, header.author.0);
        out.extend_from_slice(b",\"kind\":");
        out.extend_from_slice(&self.kind);
        out.extend_from_slice(b",\"version\":");
        number(out, u64::from(header.version));
        out.extend_from_slice(b",\"recorded_at\":");
        out.extend_from_slice(&self.recorded_at);
        out.extend_from_slice(b",\"basis\":");
        basis(out, header);
        out.push(b'}');
        Ok(())
    }

    /// The two members that need escaping or a calendar.
    fn texts(&mut self, header: &Header) -> serde_json::Result<()> {
        self.kind.clear();
        serde_json::to_writer(&mut self.kind, &header.kind)?;
        self.recorded_at.clear();
        serde_json::to_writer(&mut self.recorded_at, &header.recorded_at)
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex<const N: usize>(out: &mut Vec<u8>, bytes: &[u8; N]) {
    let from = out.len();
    out.resize(from + 2 * N, 0);
    if let Some(digits) = out.get_mut(from..) {
        HEXLOWER.encode_mut(bytes, digits);
    }
}

/// A whole number in decimal digits.
pub(crate) fn number(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(digits(number, &mut [0; 20]));
}

/// The digits of a number, at the end of the buffer.
fn digits(mut number: u64, buffer: &mut [u8; 20]) -> &[u8] {
    let mut used = 0;
    for digit in buffer.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
        used += 1;
        if number == 0 {
            break;
        }
    }
    buffer.get(20 - used..).unwrap_or_default()
}

fn id(out: &mut Vec<u8>, id: Uuid) {
    out.push(b'"');
    out.extend_from_slice(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
    out.push(b'"');
}

fn case(out: &mut Vec<u8>, header: &Header) {
    match header.case {
        Some(case) => id(out, case.0),
        None => out.extend_from_slice(b"null"),
    }
}

fn basis(out: &mut Vec<u8>, header: &Header) {
    out.push(b'[');
    for (at, entry) in header.basis.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        id(out, entry.0);
    }
    out.push(b']');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::{DateTime, FixedOffset, TimeZone as _};
    use proptest::prelude::*;
    use sharewell_records::{CaseId, EntryId, Moment, OriginId, PersonId, Seq, entry_hash};

    use super::*;

    prop_compose! {
        fn uuids()(bytes: [u8; 16]) -> Uuid { Uuid::from_bytes(bytes) }
    }

    prop_compose! {
        fn moments()(
            seconds in -60_000_000_000i64..200_000_000_000,
            nanos in prop_oneof![Just(0u32), Just(120_000_000), Just(1_000), 0u32..1_000_000_000],
            minutes in prop_oneof![Just(0i32), Just(60), -720i32..840],
        ) -> Moment {
            let offset = FixedOffset::east_opt(minutes * 60).unwrap();
            let utc = DateTime::from_timestamp(seconds, nanos).unwrap();
            Moment(offset.from_utc_datetime(&utc.naive_utc()))
        }
    }

    prop_compose! {
        fn headers()(
            id in uuids(), origin in uuids(), author in uuids(),
            sequence in prop_oneof![1u64..100, 0..UNSAFE],
            case in prop::option::of(uuids()),
            kind in prop_oneof!["[a-z_]{1,30}", any::<String>(), "[\\x00-\\x7f\"\\\\/\u{2028}é]{0,40}"],
            version: u32,
            recorded_at in moments(),
            basis in prop::collection::vec(uuids(), 0..4),
        ) -> Header {
            Header {
                id: EntryId(id), origin: OriginId(origin), sequence: Seq(sequence), case: case.map(CaseId),
                author: PersonId(author), kind, version, recorded_at,
                basis: basis.into_iter().map(EntryId).collect(),
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn both_forms_are_those_of_the_libraries(header in headers(), hash: [u8; 32]) {
            let mut scratch = Scratch::default();
            let ours = scratch.entry_hash(&header, Sha256(hash)).unwrap();
            let canonical = sharewell_records::canonical(&header, Sha256(hash)).unwrap();
            prop_assert_eq!(
                std::str::from_utf8(&scratch.canonical).unwrap(), std::str::from_utf8(&canonical).unwrap()
            );
            prop_assert_eq!(ours, entry_hash(&header, Sha256(hash)).unwrap(), "the tag is the same too");
            let mut line = Vec::new();
            scratch.write(&mut line, &header).unwrap();
            prop_assert_eq!(std::str::from_utf8(&line).unwrap(), serde_json::to_string(&header).unwrap());
        }

        #[test]
        fn a_number_is_written_as_the_library_writes_it(value in prop_oneof![0u64..2000, any::<u64>()]) {
            let mut out = Vec::new();
            number(&mut out, value);
            prop_assert_eq!(out, value.to_string().into_bytes());
        }
    }

    #[test]
    fn a_header_without_a_canonical_form_is_refused() {
        let mut header = crate::support::contents()
            .lines
            .into_iter()
            .find_map(|line| match line {
                crate::EntryLine::Whole { header, .. } => Some(header),
                crate::EntryLine::Disposed { .. } | crate::EntryLine::Withheld { .. } => None,
            })
            .unwrap();
        header.sequence = Seq(UNSAFE);
        let result = Scratch::default().entry_hash(&header, Sha256([0; 32]));
        assert!(matches!(result, Err(Error::Contents { .. })), "{result:?}");
    }
}
