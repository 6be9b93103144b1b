//! Every reader of bytes that come from outside, and what it is given: what stands in the fixtures, changed in ways that
//! nobody meant.
//!
//! Two properties: no panic, and no more memory than is told beside the reader, however much the bytes themselves ask
//! for. `README.md` beside this says which reader stands in which source, and `table.rs` keeps that true.
//!
//! What is encrypted or signed would stop at its first changed byte and nothing behind it would ever be read. So such a
//! reader has a second one with `_inside` in its name: its bytes are put into the file, and the file is sealed and
//! signed anew with keys of the tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

pub mod change;
mod ended;
mod files;
mod made;
mod papers;
mod sealed;
mod shares;
mod stored;
#[cfg(test)]
mod table;
mod typed;

#[path = "../../../src-tauri/crates/exchange/tests/support/mod.rs"]
#[allow(dead_code, missing_docs)]
mod family;

use std::path::{Path, PathBuf};

use peak_alloc::PeakAlloc;
use sharewell_records::Sha256;

/// Counts what is allocated, to hold each reader to its ceiling.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;
/// For each byte that was given a reader may take so many, for the copies and the trees that it makes of it.
const FOR_EACH_BYTE: usize = 64;

/// A reader of outside bytes.
#[derive(Clone, Copy)]
pub struct Reader {
    /// Its name, in the table of `README.md` and as the folder of its files in `corpus/`.
    pub name: &'static str,
    /// Reads what may be anything.
    pub read: fn(&[u8]),
    /// What is changed to make such bytes, beside the files in `corpus/`.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// The most bytes of memory that it may take besides [`FOR_EACH_BYTE`].
    pub memory: usize,
}

macro_rules! readers {
    ($($name:ident: $room:ident, $memory:expr;)*) => {
        /// All of them.
        pub const READERS: &[Reader] = &[$(Reader {
            name: stringify!($name),
            read: $room::$name::read,
            seeds: $room::$name::seeds,
            memory: $memory,
        }),*];
    };
}
readers! {
    handover: files, 4 * MIB;
    handover_inside: files, 8 * MIB;
    share: shares, 4 * MIB;
    share_inside: shares, 8 * MIB;
    receipt: files, 2 * MIB;
    receipt_inside: files, 2 * MIB;
    profile: files, 2 * MIB;
    profile_inside: files, 2 * MIB;
    roster: files, 2 * MIB;
    roster_inside: files, 2 * MIB;
    enrolment: files, 2 * MIB;
    enrolment_inside: files, 2 * MIB;
    // The derivation of a code: 2^18 blocks of a kilobyte is the most that a file may ask for.
    countersign: files, 300 * MIB;
    countersign_inside: files, 8 * MIB;
    pack: files, 2 * MIB;
    pack_inside: files, 64 * MIB;
    certificate: ended, 2 * MIB;
    ending: ended, 2 * MIB;
    payload: stored, 2 * MIB;
    vault_beside: stored, 8 * MIB;
    key: typed, MIB;
    sealed_key: typed, 2 * MIB;
    address: typed, MIB;
    recovery_code: typed, MIB;
    date: typed, MIB;
    day_meant: typed, MIB;
    number: typed, MIB;
    search: typed, MIB;
    list: typed, MIB;
    paper_pdf: papers, 200 * MIB;
    share_shown: papers, 16 * MIB;
    paper_jpeg: papers, 2 * MIB;
    paper_png: papers, 2 * MIB;
    picture: papers, 640 * MIB;
}

/// The reader of this name.
#[must_use]
pub fn reader(name: &str) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.name == name)
}

/// Where the files stand that are given to each reader.
#[must_use]
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Keeps what a reader did not stand in its folder of the corpus, where every run begins with it: the test fails until
/// it is cured. Says where, or why it is not kept there and then which bytes they are.
#[must_use]
pub fn keep(reader: &Reader, bytes: &[u8]) -> String {
    let folder = corpus().join(reader.name);
    let name = Sha256::of(&[bytes]).to_string();
    let path = folder.join(format!("found-{name:.12}"));
    match std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes)) {
        Ok(()) => format!("given what is kept in {}", path.display()),
        Err(error) => format!("given (not kept: {error}) {}", bytes.escape_ascii()),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fixture(path: &str) -> Vec<u8> {
    let path = root().join("tests/fixtures").join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Reader {
    /// The seeds and the files of the corpus, in the order of their names.
    #[must_use]
    pub fn starts(&self) -> Vec<Vec<u8>> {
        let mut all = (self.seeds)();
        if let Ok(entries) = std::fs::read_dir(corpus().join(self.name)) {
            let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            all.extend(paths.iter().map(|path| std::fs::read(path).unwrap()));
        }
        all
    }

    /// Reads, and says how much memory it took where that was too much. It counts what the whole program allocates, so
    /// nothing else may run beside it.
    ///
    /// # Errors
    /// How much it took and how much it may take.
    pub fn stands(&self, bytes: &[u8]) -> Result<(), String> {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        (self.read)(bytes);
        let took = MEMORY.peak_usage().saturating_sub(before);
        let may = self.memory + FOR_EACH_BYTE * bytes.len();
        if took <= may {
            return Ok(());
        }
        Err(format!(
            "{} took {took} bytes of memory for {} that it was given, and may take {may}",
            self.name,
            bytes.len()
        ))
    }
}
