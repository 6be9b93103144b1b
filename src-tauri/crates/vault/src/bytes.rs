//! Bytes: by chance, as ids, and as hexadecimal text.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

use crate::Result;

/// Random bytes from the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes)?;
    Ok(bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// Bytes from hexadecimal, in either case.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()
}

/// A new id, ordered by time (UUIDv7). Every id type takes one: `CaseId(new_uuid())`.
#[must_use]
pub fn new_uuid() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// A new entry id.
pub(crate) fn new_id() -> sharewell_records::EntryId {
    sharewell_records::EntryId(new_uuid())
}
