//! The table of `README.md` names every reader, and every source that reads bytes at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::READERS;

/// What a source says where it takes bytes apart: the libraries that do, and our own readers by the names that all of
/// them have.
const READS: &[&str] = &[
    "from_slice(",
    "from_slice::",
    "from_str::<",
    "toml::from_str",
    "from_reader(",
    "Decryptor::new",
    "Archive::new",
    "ZlibDecoder::new",
    "ImageReader::new",
    "exif::Reader",
    "ReaderBuilder::new",
    "DeTable::parse",
    "parse::<Config>",
    "address.parse()",
    "fn read(bytes: &[u8]",
    "fn parse(text: &str)",
    "fn parse(bytes: &[u8])",
    "fn read(typed: &",
    "fn read_number(",
    "fn read_day(",
    "fn read_phone(",
    "fn read_slot(",
    "fn read_key(",
    "fn meant(",
    "ustar(",
    "read_small(",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rows of the table: the source, and what stands beside it.
fn rows() -> BTreeMap<String, String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let row = |line: &str| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let (source, second) = (cells.next()?, cells.next()?);
        let source = source.strip_prefix('`')?.strip_suffix('`')?;
        Some((source.to_owned(), second.to_owned()))
    };
    text.lines().filter(|line| line.starts_with("| `")).filter_map(row).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "tests" {
                sources(&path, found);
            }
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// Whether what a source says, without its tests and comments, takes bytes apart.
fn reads(text: &str) -> bool {
    let own = text.split("\nmod tests {").next().unwrap_or_default();
    let lines = own.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.into_iter().any(|line| {
        // One file's bytes copied into another array are read by nobody.
        let line = line.replace("copy_from_slice(", "").replace("extend_from_slice(", "");
        READS.iter().any(|word| line.contains(word))
    })
}

#[test]
fn every_source_that_reads_bytes_stands_in_the_table() {
    let root = root().canonicalize().unwrap();
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join("src-tauri/crates")).unwrap() {
        sources(&entry.unwrap().path().join("src"), &mut found);
    }
    sources(&root.join("src-tauri/src"), &mut found);
    let reading: BTreeSet<String> = found
        .iter()
        .filter(|path| reads(&fs::read_to_string(path).unwrap()))
        .map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    let named: BTreeSet<String> = rows().into_keys().collect();
    let missing: Vec<_> = reading.difference(&named).collect();
    assert!(
        missing.is_empty(),
        "they read bytes and no row of tests/fuzz/README.md says by which reader they are tried: {missing:#?}"
    );
    let gone: Vec<_> = named.iter().filter(|path| !root.join(path).is_file()).collect();
    assert!(gone.is_empty(), "rows of tests/fuzz/README.md name what is not there: {gone:#?}");
}

#[test]
fn the_table_and_the_readers_name_one_another() {
    let words = |cell: &String| {
        let parts: Vec<&str> = cell.split('`').collect();
        // Every second piece stands between two backticks.
        parts.iter().skip(1).step_by(2).map(|name| (*name).to_owned()).collect::<Vec<_>>()
    };
    let named: BTreeSet<String> = rows().values().flat_map(words).collect();
    let there: BTreeSet<String> = READERS.iter().map(|reader| reader.name.to_owned()).collect();
    assert_eq!(named, there, "the second column names each reader at least once, and none that is not there");
    for (source, second) in rows() {
        let says_why = !words(&second).is_empty() || second.len() > 20;
        assert!(says_why, "{source}: it names a reader or says why none is needed");
    }
}

#[test]
fn the_corpus_is_small_and_belongs_to_readers() {
    let mut bytes = 0;
    for entry in fs::read_dir(crate::corpus()).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(crate::reader(&name).is_some(), "corpus/{name} belongs to no reader");
        bytes +=
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum::<u64>();
    }
    assert!(bytes < 1 << 20, "the corpus is {bytes} bytes");
}
