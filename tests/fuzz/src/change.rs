//! Changes of bytes such as damage, another program or somebody who means harm makes.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::Reader;

/// What stands at the edges of formats: where one thing ends and another begins, and numbers that do not fit.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\n",
    b"\r\n",
    b"\"",
    b"\"\"",
    b"\\u0000",
    b"\\ud800",
    b",",
    b";",
    b"\t",
    b":",
    b".",
    b"..",
    b"../../",
    b"/",
    b"-",
    b"-1",
    b"0",
    b"00",
    b"31",
    b"2027",
    b"18446744073709551615",
    b"18446744073709551616",
    b"9007199254740993",
    b"1e400",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":",
    b"=cmd|'/c calc'!A1",
    "\u{feff}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "e\u{301}".as_bytes(),
    "é".as_bytes(),
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".as_bytes(),
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xff\xd9",
    b"\xff\xda\x00\x00",
    b"IEND",
    b"IHDR",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"%%EOF",
    b"/JS(",
    b"stream\r\n",
    b"endstream",
    b" obj\n<</Type/ObjStm/N 1/First 0/Filter/FlateDecode>>stream\n",
    b"startxref\n-1",
    b"-> X25519 ",
    b"-> scrypt AAAA 63\n",
    b"--- ",
    b"ustar\x0000",
];
/// No piece is repeated beyond this, so that an input stays small.
const LONGEST: usize = 1 << 16;

/// One change.
#[derive(Debug, Clone)]
pub enum Change {
    /// One bit is another.
    Bit(Index, u8),
    /// One byte is another.
    Byte(Index, u8),
    /// The end is missing.
    Cut(Index),
    /// A stretch is missing.
    Without(Index, Index),
    /// A stretch stands there several times.
    Again(Index, Index, u8),
    /// A stretch stands somewhere else as well.
    Moved(Index, Index, Index),
    /// A piece of [`PIECES`] stands between.
    Between(Index, Index, u16),
    /// Four bytes are a number, in the order of the network.
    Number(Index, u32),
    /// From here on it is another seed.
    Spliced(Index, Index, Index),
}

impl Change {
    /// Makes it.
    pub fn make(&self, bytes: &mut Vec<u8>, starts: &[Vec<u8>]) {
        let len = bytes.len();
        let at = |index: &Index| if len == 0 { 0 } else { index.index(len) };
        let stretch = |from: &Index, to: &Index| {
            let (one, other) = (at(from), at(to));
            one.min(other)..one.max(other)
        };
        match self {
            Self::Bit(place, bit) => {
                if let Some(byte) = bytes.get_mut(at(place)) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            Self::Byte(place, new) => {
                if let Some(byte) = bytes.get_mut(at(place)) {
                    *byte = *new;
                }
            }
            Self::Cut(place) => bytes.truncate(at(place)),
            Self::Without(from, to) => drop(bytes.drain(stretch(from, to))),
            Self::Again(from, to, times) => {
                let stretch = stretch(from, to);
                let most = LONGEST / stretch.len().max(1);
                let again = bytes[stretch.clone()].repeat(usize::from(*times).min(most));
                bytes.splice(stretch.end..stretch.end, again);
            }
            Self::Moved(from, to, place) => {
                let copied = bytes[stretch(from, to)].to_vec();
                let place = at(place);
                bytes.splice(place..place, copied);
            }
            Self::Between(place, which, times) => {
                let piece = PIECES[which.index(PIECES.len())];
                let times = usize::from(*times).min(LONGEST / piece.len());
                let place = at(place);
                bytes.splice(place..place, piece.repeat(times));
            }
            Self::Number(place, number) => {
                let place = at(place);
                let end = (place + 4).min(len);
                bytes.splice(place..end, number.to_be_bytes());
            }
            Self::Spliced(place, which, from) => {
                let other = &starts[which.index(starts.len())];
                bytes.truncate(at(place));
                if !other.is_empty() {
                    bytes.extend_from_slice(&other[from.index(other.len())..]);
                }
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<Index>;
    // Mostly once, and now and then very often.
    let times = prop_oneof![4 => Just(1_u16), 2 => 2_u16..40, 1 => 100_u16..9_000];
    let number = prop_oneof![any::<u32>(), Just(0), Just(u32::MAX), Just(i32::MAX as u32), Just(1 << 31)];
    prop_oneof![
        4 => (index(), any::<u8>()).prop_map(|(at, bit)| Change::Bit(at, bit)),
        3 => (index(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => index().prop_map(Change::Cut),
        2 => (index(), index()).prop_map(|(from, to)| Change::Without(from, to)),
        2 => (index(), index(), any::<u8>()).prop_map(|(from, to, times)| Change::Again(from, to, times)),
        2 => (index(), index(), index()).prop_map(|(from, to, at)| Change::Moved(from, to, at)),
        5 => (index(), index(), times).prop_map(|(at, which, times)| Change::Between(at, which, times)),
        2 => (index(), number).prop_map(|(at, number)| Change::Number(at, number)),
        1 => (index(), index(), index()).prop_map(|(at, which, from)| Change::Spliced(at, which, from)),
    ]
}

/// A seed of the reader with changes made, or now and then no seed at all.
pub fn changed(reader: &Reader) -> impl Strategy<Value = Vec<u8>> + use<> {
    let starts = reader.starts();
    assert!(!starts.is_empty(), "{} has nothing to begin with", reader.name);
    let of_a_seed =
        (any::<Index>(), prop::collection::vec(change(), 1..5)).prop_map(move |(which, changes)| {
            let mut bytes = starts[which.index(starts.len())].clone();
            changes.iter().for_each(|change| change.make(&mut bytes, &starts));
            bytes
        });
    prop_oneof![30 => of_a_seed, 1 => prop::collection::vec(any::<u8>(), 0..400)]
}
