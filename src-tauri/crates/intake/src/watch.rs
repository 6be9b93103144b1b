//! A folder into which files are copied: each is taken once it is whole.
//!
//! Nobody says when a copy is done. A file whose size or time changed since the last look is still written; one that
//! cannot be read to its end may be. Only what stayed the same for ten minutes by this program's own looks is judged
//! for good.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::{Error, Result};

/// How long a file stays the same until it is judged as it is.
pub const UNCHANGED: Duration = Duration::from_secs(600);
/// The ending of the names that are looked at.
pub const ENDING: &str = "sharewell";

/// What is to be done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Try it; if it does not seem whole, it is tried again later.
    Try,
    /// Judge it: it will not change any more.
    Judge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Looked {
    size: u64,
    modified: Option<SystemTime>,
    /// Since when it looks like this, by the clock of the looks.
    since: Duration,
    /// It was tried as it is, and did not seem whole.
    tried: bool,
    settled: bool,
}

/// What was seen in a folder so far.
#[derive(Debug, Default)]
pub struct Watch(BTreeMap<PathBuf, Looked>);

impl Watch {
    /// Looks into a folder, `now` by a clock that never goes back. Gives what is to be done, in the order of names.
    ///
    /// # Errors
    /// [`Error::File`] where the folder cannot be read.
    pub fn look(&mut self, folder: &Path, now: Duration) -> Result<Vec<(PathBuf, Due)>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
            let path = entry.map_err(Error::file(folder))?.path();
            // What is gone again between two looks is no error.
            let Ok(about) = fs::metadata(&path) else { continue };
            if !about.is_file() || path.extension().is_none_or(|ending| ending != ENDING) {
                continue;
            }
            let fresh = Looked {
                size: about.len(),
                modified: about.modified().ok(),
                since: now,
                tried: false,
                settled: false,
            };
            let same = |old: &&Looked| (old.size, old.modified) == (fresh.size, fresh.modified);
            found.insert(path.clone(), self.0.get(&path).filter(same).copied().unwrap_or(fresh));
        }
        self.0 = found;
        let due = |one: &Looked| match now.saturating_sub(one.since) {
            waited if waited >= UNCHANGED => Some(Due::Judge),
            // The same bytes read no better a second time.
            _ if one.tried => None,
            // Seen for the first time in this form: it is looked at once more before it is read.
            waited if waited.is_zero() => None,
            _ => Some(Due::Try),
        };
        let open = self.0.iter().filter(|(_, one)| !one.settled);
        Ok(open.filter_map(|(path, one)| Some((path.clone(), due(one)?))).collect())
    }

    /// A file did not seem whole. It is tried again once it changes.
    pub fn tried(&mut self, path: &Path) {
        if let Some(one) = self.0.get_mut(path) {
            one.tried = true;
        }
    }

    /// A file was answered. It is taken up again only if it changes.
    pub fn settle(&mut self, path: &Path) {
        if let Some(one) = self.0.get_mut(path) {
            one.settled = true;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn what_still_grows_is_left_alone_and_what_stays_is_tried_and_after_ten_minutes_judged() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.sharewell");
        fs::write(dir.path().join("notes.txt"), "x").unwrap();
        fs::write(&path, "one").unwrap();
        let mut watch = Watch::default();
        let look = |watch: &mut Watch, at| watch.look(dir.path(), seconds(at)).unwrap();
        assert_eq!(look(&mut watch, 0), [], "seen for the first time");
        assert_eq!(look(&mut watch, 5), [(path.clone(), Due::Try)]);
        watch.tried(&path);
        assert_eq!(look(&mut watch, 7), [], "it did not seem whole, and is the same");
        fs::write(&path, "one and more").unwrap();
        assert_eq!(look(&mut watch, 10), [], "it grew");
        assert_eq!(look(&mut watch, 15), [(path.clone(), Due::Try)], "so it is tried again");
        watch.tried(&path);
        assert_eq!(look(&mut watch, 609), [], "nearly ten minutes");
        assert_eq!(look(&mut watch, 610), [(path.clone(), Due::Judge)]);
        watch.settle(&path);
        assert_eq!(watch.look(dir.path(), seconds(700)).unwrap(), []);
        fs::write(&path, "another").unwrap();
        assert_eq!(watch.look(dir.path(), seconds(705)).unwrap(), []);
        assert_eq!(watch.look(dir.path(), seconds(710)).unwrap(), [(path.clone(), Due::Try)], "it changed");
        fs::remove_file(&path).unwrap();
        assert_eq!(watch.look(dir.path(), seconds(715)).unwrap(), [], "it is gone");
    }
}
