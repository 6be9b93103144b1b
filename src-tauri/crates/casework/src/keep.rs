//! Writing a file where the practitioner chose to have it, and reading one that they chose.
//!
//! The bytes go to a file without a name, are flushed to the disk, and then take the chosen name. A full disk or a
//! power cut leaves what was there before, and never half a file; a program that is killed leaves nothing that
//! anybody could read. Where a disk knows no files without a name (a stick formatted as FAT, and outside Linux), the
//! unfinished file stands beside the chosen one under a hidden name, and the next one of that name removes what a
//! kill left.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, Write};
use std::path::{Path, PathBuf};

use sharewell_records::Sha256;
use sharewell_vault::patiently;

use crate::error::{Error, Result};

/// The path that is written where somebody chose `chosen` for a file of a kind: with the ending of the kind, which some
/// dialogs do not add, and without the dots and blanks at the end that some systems drop.
#[must_use]
pub fn with_ending(chosen: &Path, kind: &str) -> PathBuf {
    let Some(name) = chosen.file_name().and_then(OsStr::to_str) else { return chosen.to_owned() };
    let name = name.trim_end_matches(['.', ' ']);
    let ended = name.len() > kind.len() + 1
        && name.to_lowercase().strip_suffix(kind).is_some_and(|before| before.ends_with('.'));
    let name = if ended { name.to_owned() } else { format!("{name}.{kind}") };
    chosen.with_file_name(name)
}

/// A file that is whole and on the disk, and has not its name yet: without [`Prepared::take_name`] it is gone.
pub struct Prepared {
    path: PathBuf,
    unfinished: Unfinished,
}

impl Prepared {
    /// Reads it back and holds it to the hash of what was written: a stick that is worn out, or says that it is larger
    /// than it is, takes everything and gives something else back. `go_on` says whether to.
    pub(crate) fn reads_back(&self, hash: Sha256, go_on: impl Fn() -> Result<()>) -> Result<()> {
        let mut file = self.unfinished.as_file();
        from_disk(file);
        file.rewind().map_err(not_written)?;
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        let mut piece = vec![0; 1 << 16];
        loop {
            go_on()?;
            match file.read(&mut piece).map_err(not_written)? {
                0 => break,
                read => context.update(piece.get(..read).unwrap_or_default()),
            }
        }
        if context.finish().as_ref() == hash.0 {
            Ok(())
        } else {
            Err(Error::NotWritten(io::ErrorKind::InvalidData))
        }
    }

    /// Gives it its name.
    pub(crate) fn take_name(self) -> Result<()> {
        let target = Target::of(&self.path)?;
        target.take_name(self.unfinished).map_err(not_written)?;
        sync_folder(target.folder);
        Ok(())
    }
}

/// Writes a file through `fill`, all but its name: for what must be recorded before anybody can have the file.
pub(crate) fn prepare<T>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<(Prepared, T)> {
    let target = Target::of(path)?;
    let unfinished = match nameless::create(target.folder) {
        Some(file) => Unfinished::Nameless(file),
        None => target.hidden().map(Unfinished::Hidden).map_err(not_written)?,
    };
    let mut out = BufWriter::with_capacity(1 << 16, unfinished.as_file());
    let given = fill(&mut out)?;
    out.flush().map_err(not_written)?;
    drop(out);
    unfinished.as_file().sync_all().map_err(not_written)?;
    Ok((Prepared { path: path.to_owned(), unfinished }, given))
}

fn not_written(error: io::Error) -> Error {
    Error::NotWritten(error.kind())
}

/// Lets what is read next come from the disk, and not from what the system remembers of the writing. Where it cannot be
/// asked to forget, it answers from there.
#[cfg(target_os = "linux")]
fn from_disk(file: &File) {
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn from_disk(_: &File) {}

/// A file that has not its name yet. It goes with the value.
enum Unfinished {
    Nameless(File),
    Hidden(tempfile::NamedTempFile),
}

impl Unfinished {
    fn as_file(&self) -> &File {
        match self {
            Self::Nameless(file) => file,
            Self::Hidden(file) => file.as_file(),
        }
    }
}

/// Where a file is to stand.
struct Target<'a> {
    path: &'a Path,
    name: &'a OsStr,
    folder: &'a Path,
}

impl<'a> Target<'a> {
    fn of(path: &'a Path) -> Result<Self> {
        let name = path.file_name().ok_or(Error::NotWritten(io::ErrorKind::InvalidInput))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Self { path, name, folder })
    }

    /// What the name of an unfinished file begins with.
    fn prefix(&self) -> OsString {
        let mut prefix = OsString::from(".");
        prefix.push(self.name);
        prefix.push(".");
        prefix
    }

    /// A hidden file beside the chosen one that only its owner can read.
    fn hidden(&self) -> io::Result<tempfile::NamedTempFile> {
        self.remove_leftovers();
        tempfile::Builder::new().prefix(&self.prefix()).suffix(PART).tempfile_in(self.folder)
    }

    /// Removes what an earlier try left when it was killed. What cannot be seen or removed does not stand in the way
    /// of a new one.
    fn remove_leftovers(&self) {
        let prefix = self.prefix();
        for entry in std::fs::read_dir(self.folder).into_iter().flatten().filter_map(io::Result::ok) {
            let name = entry.file_name();
            let rest = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
            let middle = rest.and_then(|rest| rest.strip_suffix(PART.as_bytes()));
            if middle.is_some_and(|middle| middle.iter().all(u8::is_ascii_alphanumeric)) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Gives a finished file the chosen name, in place of what has it now.
    fn take_name(&self, unfinished: Unfinished) -> io::Result<()> {
        match unfinished {
            Unfinished::Hidden(file) => {
                let mut file = Some(file);
                patiently(|| match file.take() {
                    Some(kept) => kept.persist(self.path).map(drop).map_err(|failed| {
                        file = Some(failed.file);
                        failed.error
                    }),
                    None => Ok(()),
                })
            }
            Unfinished::Nameless(file) => match nameless::name(&file, self.path) {
                // A name that is taken cannot be given; it can be moved.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => tempfile::Builder::new()
                    .prefix(&self.prefix())
                    .suffix(PART)
                    .make_in(self.folder, |beside| nameless::name(&file, beside))?
                    .persist(self.path)
                    .map(drop)
                    .map_err(|failed| failed.error),
                named => named,
            },
        }
    }
}

/// What the name of an unfinished file ends with.
const PART: &str = ".part";

/// Files without a name, which Linux has on the file systems of its own.
#[cfg(target_os = "linux")]
mod nameless {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd as _;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};

    /// A new file in a folder; none where its file system has no such files, or the folder takes none.
    pub(super) fn create(folder: &Path) -> Option<File> {
        // To be read back as well.
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        open(folder, flags, Mode::RUSR | Mode::WUSR).ok().map(File::from)
    }

    /// Gives it its name.
    pub(super) fn name(file: &File, path: &Path) -> io::Result<()> {
        let open = format!("/proc/self/fd/{}", file.as_raw_fd());
        Ok(linkat(CWD, open, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
    }
}

/// Elsewhere there are none.
#[cfg(not(target_os = "linux"))]
mod nameless {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(super) fn create(_: &Path) -> Option<File> {
        None
    }

    pub(super) fn name(_: &File, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Writes bytes.
pub(crate) fn bytes(path: &Path, bytes: &[u8]) -> Result<()> {
    prepare_bytes(path, bytes)?.take_name()
}

/// Writes bytes, all but the file's name.
pub(crate) fn prepare_bytes(path: &Path, bytes: &[u8]) -> Result<Prepared> {
    let (prepared, ()) = prepare(path, |out| out.write_all(bytes).map_err(not_written))?;
    Ok(prepared)
}

/// Reads a file that somebody chose, and one byte more than it may have at most, so that whoever looks at it can
/// tell that it is too large.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>> {
    let unreadable = |error: std::io::Error| Error::NotRead(error.kind());
    let file = File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(Error::NotRead(std::io::ErrorKind::InvalidInput));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Makes the new name durable. Some file systems have no such thing for a folder; the file itself is safe.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Writes a file through `fill`.
    fn file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        prepare(path, fill)?.0.take_name()
    }

    #[test]
    fn a_file_that_cannot_be_finished_leaves_the_earlier_one_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("summary.pdf");
        std::fs::write(&path, b"earlier").unwrap();
        let outcome: Result<()> = file(&path, |out| {
            out.write_all(b"half").unwrap();
            Err(Error::RestrictedAlone)
        });
        assert!(matches!(outcome, Err(Error::RestrictedAlone)));
        assert_eq!(std::fs::read(&path).unwrap(), b"earlier");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no piece is left behind");
    }

    #[test]
    fn a_file_that_was_given_no_name_leaves_the_earlier_one_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("answer");
        std::fs::write(&path, b"earlier").unwrap();
        drop(prepare_bytes(&path, b"whole").unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"earlier");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no piece is left behind");
    }

    #[test]
    fn a_disk_that_gives_back_something_else_than_it_took_is_found_before_the_file_has_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("october.sharewell");
        for hidden in [false, true] {
            let (mut prepared, hash) = (prepare_bytes(&path, b"whole").unwrap(), Sha256::of(&[b"whole"]));
            if hidden {
                let mut file = Target::of(&path).unwrap().hidden().unwrap();
                file.write_all(b"whole").unwrap();
                prepared.unfinished = Unfinished::Hidden(file);
            }
            prepared.reads_back(hash, || Ok(())).unwrap();
            let mut file = prepared.unfinished.as_file();
            file.rewind().unwrap();
            file.write_all(b"w").unwrap();
            prepared.reads_back(hash, || Ok(())).unwrap();
            file.rewind().unwrap();
            file.write_all(b"H").unwrap();
            let error = prepared.reads_back(hash, || Ok(())).unwrap_err();
            assert!(matches!(error, Error::NotWritten(io::ErrorKind::InvalidData)), "{error}");
            drop(prepared);
            assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "and nothing is left of it");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_said_to_be_the_trouble() {
        let dir = tempfile::tempdir().unwrap();
        let error = bytes(&dir.path().join("nowhere/x.pdf"), b"x").unwrap_err();
        assert!(matches!(error, Error::NotWritten(std::io::ErrorKind::NotFound)), "{error}");
    }

    #[test]
    fn a_finished_file_takes_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("summary.pdf");
        bytes(&path, b"whole").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
    }

    /// Where the second process of the next test writes to, if this is that process.
    const WRITES_TO: &str = "SHAREWELL_TEST_WRITES_TO";
    const SECOND: &str = "a_second_process_that_is_never_done_with_its_file";
    const SECRET: &str = "Ayla Sampleton is not to be read here";

    #[test]
    fn a_second_process_that_is_never_done_with_its_file() {
        let Some(path) = std::env::var_os(WRITES_TO) else { return };
        let _ = file(Path::new(&path), |out| -> Result<()> {
            for _ in 0..10_000 {
                out.write_all(SECRET.as_bytes()).unwrap();
            }
            out.flush().unwrap();
            println!("half way");
            loop {
                std::thread::park();
            }
        });
    }

    /// Kills a program in the middle of writing a file; gives the names in the folder before and after.
    fn killed_while_writing(path: &Path) -> (Vec<OsString>, Vec<OsString>) {
        let here = module_path!().split_once("::").unwrap().1;
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture", &format!("{here}::{SECOND}")])
            .env(WRITES_TO, path)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = std::io::BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("half way") {
            line.clear();
            assert_ne!(std::io::BufRead::read_line(&mut said, &mut line).unwrap(), 0, "it began to write");
        }
        let names = || {
            let entries = std::fs::read_dir(path.parent().unwrap()).unwrap();
            entries.map(|entry| entry.unwrap().file_name()).collect()
        };
        let before = names();
        child.kill().unwrap();
        child.wait().unwrap();
        (before, names())
    }

    #[test]
    fn a_chosen_name_gets_the_ending_of_its_kind_once() {
        let ended = |name: &str| with_ending(&Path::new("/folder.d").join(name), "sharewell");
        for (chosen, written) in [
            ("march", "march.sharewell"),
            ("march.pdf", "march.pdf.sharewell"),
            ("march.sharewell", "march.sharewell"),
            ("March.SHAREWELL", "March.SHAREWELL"),
            ("march.", "march.sharewell"),
            ("12.3.2026", "12.3.2026.sharewell"),
            ("sharewell", "sharewell.sharewell"),
            (".sharewell", ".sharewell.sharewell"),
            ("März 2026", "März 2026.sharewell"),
        ] {
            assert_eq!(ended(chosen), Path::new("/folder.d").join(written), "{chosen}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_killed_in_the_middle_of_a_file_leaves_nothing_to_read() {
        let dir = tempfile::tempdir().unwrap();
        assert!(nameless::create(dir.path()).is_some(), "the folder for tests is on a file system of Linux");
        let path = dir.path().join("summary.pdf");
        assert_eq!(killed_while_writing(&path), (vec![], vec![]), "neither while it writes nor afterwards");
        std::fs::write(&path, b"earlier").unwrap();
        let only = vec![OsString::from("summary.pdf")];
        assert_eq!(killed_while_writing(&path), (only.clone(), only));
        assert_eq!(std::fs::read(&path).unwrap(), b"earlier");
    }

    #[test]
    fn what_a_kill_left_where_files_need_a_name_is_removed_by_the_next_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("summary.pdf");
        let target = Target { path: &path, name: path.file_name().unwrap(), folder: dir.path() };
        let (_, left) = target.hidden().unwrap().keep().unwrap();
        std::fs::write(&left, SECRET).unwrap();
        let others = [".summary.pdf", "summary.pdf.part", ".summary.pdf..part.txt", ".other.pdf.abc123.part"];
        others.iter().for_each(|other| std::fs::write(dir.path().join(other), b"mine").unwrap());
        let mut hidden = target.hidden().unwrap();
        assert!(!left.exists(), "what was left is gone");
        hidden.write_all(b"whole").unwrap();
        target.take_name(Unfinished::Hidden(hidden)).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert!(others.iter().all(|other| dir.path().join(other).exists()), "and nothing else is touched");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), others.len() + 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_a_new_file_and_one_that_took_anothers_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("summary.pdf");
        for _ in 0..2 {
            bytes(&path, b"whole").unwrap();
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
