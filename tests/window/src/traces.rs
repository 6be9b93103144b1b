//! Looks for words where none may be: in files, and in the memory of running processes.
//!
//! Every word is looked for in UTF-8 and in UTF-16LE, since a web view keeps text in both. Memory is read
//! page by page as the kernel has it, so more is looked at than a core dump holds: pages that ask not to be
//! dumped are read too. What cannot be read is a failed test and never a word that was not found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::process::Command;

/// The size of a page of memory here.
const PAGE: u64 = 4096;
/// So much is read at a time.
const BLOCK: usize = 8 << 20;
/// So many entries of the page map are read at a time.
const ENTRIES: usize = 1 << 16;
/// A shorter word is found by chance.
const SHORTEST: usize = 6;

/// Words to look for, ready for one pass over many bytes.
pub struct Words {
    patterns: Vec<(usize, Vec<u8>)>,
    words: Vec<String>,
    /// By the last two bytes of a window: how far it may move on (Wu and Manber's way).
    shifts: Vec<u8>,
    ends: BTreeMap<u16, Vec<usize>>,
    window: usize,
}

fn pair(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

impl Words {
    /// These words, each of six letters at least.
    pub fn new<S: AsRef<str>>(words: &[S]) -> Self {
        let words: Vec<String> = words.iter().map(|word| word.as_ref().to_owned()).collect();
        let mut patterns = Vec::new();
        for (index, word) in words.iter().enumerate() {
            assert!(word.len() >= SHORTEST, "{word:?} is too short to look for");
            patterns.push((index, word.as_bytes().to_vec()));
            patterns.push((index, word.encode_utf16().flat_map(u16::to_le_bytes).collect()));
        }
        let window =
            patterns.iter().map(|(_, bytes)| bytes.len()).min().expect("there is a word to look for");
        let farthest = u8::try_from(window - 1).expect("words are short");
        let mut shifts = vec![farthest; 1 << 16];
        let mut ends: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for (number, (_, bytes)) in patterns.iter().enumerate() {
            for at in 0..window - 1 {
                let shift = &mut shifts[usize::from(pair(bytes, at))];
                *shift = (*shift).min(u8::try_from(window - 2 - at).expect("words are short"));
            }
            ends.entry(pair(bytes, window - 2)).or_default().push(number);
        }
        Self { patterns, words, shifts, ends, window }
    }

    /// The words that stand in these bytes.
    pub fn within(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut start = 0;
        while start + self.window <= bytes.len() {
            let end = pair(bytes, start + self.window - 2);
            match self.shifts[usize::from(end)] {
                0 => {
                    for number in self.ends.get(&end).into_iter().flatten() {
                        let (word, pattern) = &self.patterns[*number];
                        if bytes[start..].starts_with(pattern) {
                            found.insert(self.words[*word].as_str());
                        }
                    }
                    start += 1;
                }
                shift => start += usize::from(shift),
            }
        }
        found
    }

    /// A word may lie across two blocks by so many bytes.
    fn overlap(&self) -> usize {
        self.patterns.iter().map(|(_, bytes)| bytes.len()).max().unwrap_or_default() - 1
    }
}

/// What was looked through, and what was found where.
#[derive(Debug, Default)]
pub struct Searched {
    /// Files or processes.
    pub places: usize,
    /// How much was read.
    pub bytes: u64,
    /// How much could not be read: memory that was given back meanwhile, or that belongs to a device.
    pub unread: u64,
    /// Each place and word that was found.
    pub found: BTreeSet<(String, String)>,
}

impl Searched {
    /// Tells a reader what was done.
    pub fn tell(&self, what: &str) {
        println!(
            "{what}: {} places, {:.1} MB read, {:.1} MB unreadable, {} finds",
            self.places,
            self.bytes as f64 / 1e6,
            self.unread as f64 / 1e6,
            self.found.len()
        );
    }

    /// The words that were found anywhere.
    pub fn words(&self) -> BTreeSet<&str> {
        self.found.iter().map(|(_, word)| word.as_str()).collect()
    }

    fn note(&mut self, place: &str, words: BTreeSet<&str>) {
        self.found.extend(words.into_iter().map(|word| (place.to_owned(), word.to_owned())));
    }

    /// Looks through every file under a folder, and through the names of files and folders, but for what
    /// `spared` spares.
    pub fn folder(&mut self, folder: &Path, words: &Words, spared: impl Fn(&Path) -> bool + Copy) {
        let entries =
            std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{} is read: {e}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry of a folder can be read").path();
            if spared(&path) {
                println!("  spared: {}", path.display());
                continue;
            }
            let name = path.to_string_lossy();
            self.note(&format!("the name {name}"), words.within(name.as_bytes()));
            let kind = match std::fs::symlink_metadata(&path) {
                Ok(about) => about.file_type(),
                // A temporary file may go between the listing and the look.
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
                Err(e) => panic!("{name} can be looked at: {e}"),
            };
            if kind.is_dir() {
                self.folder(&path, words, spared);
            } else if kind.is_file() {
                self.file(&path, words);
            }
        }
    }

    fn file(&mut self, path: &Path, words: &Words) {
        let mut file = File::open(path).unwrap_or_else(|e| panic!("{} can be opened: {e}", path.display()));
        let mut held: Vec<u8> = Vec::new();
        let mut block = vec![0; BLOCK];
        loop {
            let read =
                file.read(&mut block).unwrap_or_else(|e| panic!("{} can be read: {e}", path.display()));
            if read == 0 {
                break;
            }
            self.bytes += read as u64;
            held.extend_from_slice(&block[..read]);
            self.note(&path.to_string_lossy(), words.within(&held));
            held.drain(..held.len().saturating_sub(words.overlap()));
        }
        self.places += 1;
    }

    /// Looks through the memory of a process: every page that it has, whatever its protection.
    pub fn memory(&mut self, pid: u32, name: &str, words: &Words) {
        let place = format!("the memory of {name} ({pid})");
        let open = |part: &str| {
            File::open(format!("/proc/{pid}/{part}")).unwrap_or_else(|e| {
                panic!("{place} is closed to this test ({part}: {e}): it needs root, or kernel.yama.ptrace_scope = 0")
            })
        };
        let (memory, map) = (open("mem"), open("pagemap"));
        let mut block = Vec::new();
        let before = self.bytes;
        for (start, end) in present(&map, &regions(pid), &place) {
            let mut at = start;
            while at < end {
                let size = (end - at).min(BLOCK as u64);
                block.resize(usize::try_from(size).expect("a block is small"), 0);
                match memory.read_exact_at(&mut block, at) {
                    Ok(()) => self.note(&place, words.within(&block)),
                    Err(_) => self.page_by_page(&memory, &place, words, at, size),
                }
                self.bytes += size;
                if at + size == end {
                    break;
                }
                at += size - PAGE;
                self.bytes -= PAGE;
            }
        }
        assert!(self.bytes > before, "{place} has pages that can be read");
        self.places += 1;
    }

    fn page_by_page(&mut self, memory: &File, place: &str, words: &Words, start: u64, size: u64) {
        let mut held = Vec::new();
        let mut page = vec![0; usize::try_from(PAGE).expect("a page is small")];
        for at in (start..start + size).step_by(page.len()) {
            if memory.read_exact_at(&mut page, at).is_ok() {
                held.extend_from_slice(&page);
            } else {
                self.unread += PAGE;
                self.bytes -= PAGE;
                self.note(place, words.within(&held));
                held.clear();
            }
        }
        self.note(place, words.within(&held));
    }
}

/// Whether this test may look into a process that is no child of its own, as the program is that a lock
/// relaunches: root may, others where the system lets them.
///
/// # Errors
/// Why not.
pub fn may_look_into_others() -> Result<(), String> {
    // The shell ends at once and leaves its child to the first process of the machine.
    let orphan = Command::new("sh").args(["-c", "sleep 3600 >/dev/null 2>&1 & echo $!"]).output();
    let orphan = orphan.map_err(|error| format!("no process can be started: {error}"))?;
    let pid = String::from_utf8_lossy(&orphan.stdout).trim().to_owned();
    let looked = File::open(format!("/proc/{pid}/mem")).map(drop);
    // It has nothing to do but to be looked into.
    let _ = Command::new("kill").args(["-KILL", &pid]).status();
    looked.map_err(|error| {
        format!(
            "another process is closed to this one ({error}): it needs root, or kernel.yama.ptrace_scope = 0"
        )
    })
}

/// The regions of a process's address space, in order; those that touch are one.
fn regions(pid: u32) -> Vec<(u64, u64)> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).expect("the process still runs");
    let mut regions: Vec<(u64, u64)> = Vec::new();
    for line in maps.lines() {
        // The kernel's own page, which is no memory of the process.
        if line.ends_with("[vsyscall]") {
            continue;
        }
        let range = line.split(' ').next().and_then(|range| range.split_once('-')).expect("a line of maps");
        let at = |text| u64::from_str_radix(text, 16).expect("an address");
        let (start, end) = (at(range.0), at(range.1));
        match regions.last_mut() {
            Some(last) if last.1 == start => last.1 = end,
            _ => regions.push((start, end)),
        }
    }
    regions
}

/// The stretches of these regions that are in memory or in swap.
fn present(map: &File, regions: &[(u64, u64)], place: &str) -> Vec<(u64, u64)> {
    /// Bits 62 and 63 of an entry: swapped, present.
    const THERE: u64 = 3 << 62;
    let mut found: Vec<(u64, u64)> = Vec::new();
    let mut entries = vec![0; ENTRIES * 8];
    for &(start, end) in regions {
        let mut page = start / PAGE;
        while page < end / PAGE {
            let count = usize::try_from(end / PAGE - page).unwrap_or(ENTRIES).min(ENTRIES);
            let part = &mut entries[..count * 8];
            map.read_exact_at(part, page * 8)
                .unwrap_or_else(|e| panic!("the page map of {place} is read: {e}"));
            for (offset, entry) in part.chunks_exact(8).enumerate() {
                if entry[7] == 0 || u64::from_le_bytes(entry.try_into().expect("eight bytes")) & THERE == 0 {
                    continue;
                }
                let at = (page + offset as u64) * PAGE;
                match found.last_mut() {
                    Some(last) if last.1 == at => last.1 = at + PAGE,
                    _ => found.push((at, at + PAGE)),
                }
            }
            page += count as u64;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait;

    #[test]
    fn a_word_is_found_in_both_encodings_at_every_place() {
        let words = Words::new(&["harbour", "lantern kettle"]);
        for at in 0..40 {
            let mut bytes = vec![b'a'; 80];
            bytes[at..at + 7].copy_from_slice(b"harbour");
            assert_eq!(words.within(&bytes), BTreeSet::from(["harbour"]), "UTF-8 at {at}");
            let wide: Vec<u8> = "lantern kettle".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let mut bytes = vec![0; 80];
            bytes[at..at + wide.len()].copy_from_slice(&wide);
            assert_eq!(words.within(&bytes), BTreeSet::from(["lantern kettle"]), "UTF-16 at {at}");
        }
        assert!(
            words.within(b"harbou r, lanternkettle, HARBOUR").is_empty(),
            "nothing else is taken for a word"
        );
    }

    #[test]
    fn a_word_that_lies_across_two_blocks_of_a_file_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bytes = vec![b'-'; BLOCK + 100];
        bytes[BLOCK - 3..BLOCK + 4].copy_from_slice(b"harbour");
        std::fs::write(folder.path().join("large"), &bytes).expect("a file can be written");
        let mut searched = Searched::default();
        searched.folder(folder.path(), &Words::new(&["harbour"]), |_| false);
        assert_eq!(searched.words(), BTreeSet::from(["harbour"]), "no place is between two blocks");
        assert_eq!((searched.places, searched.bytes), (1, bytes.len() as u64));
    }

    #[test]
    fn a_word_in_the_memory_of_another_process_is_found_and_another_word_is_not() {
        let mut other = Command::new("sleep")
            .arg("3600")
            .env("MARK", "a-marble-stone")
            .spawn()
            .expect("another process starts");
        let mut searched = Searched::default();
        // Until the new program has taken the place of this one's copy.
        wait::until("the other process", || {
            let name = std::fs::read_to_string(format!("/proc/{}/comm", other.id())).ok()?;
            (name.trim() == "sleep").then_some(())
        })
        .unwrap_or_else(|in_vain| panic!("{in_vain}"));
        searched.memory(other.id(), "sleep", &Words::new(&["a-marble-stone", "a-copper-stone"]));
        other.kill().expect("it can be ended");
        other.wait().expect("it has ended");
        assert_eq!(searched.words(), BTreeSet::from(["a-marble-stone"]), "its environment is in its memory");
    }
}
