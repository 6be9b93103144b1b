//! Building and writing the file of a frozen handover, beside the open vault.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};

use sharewell_exchange::handover::{Beginning, Contents, Limits, Summary};
use sharewell_exchange::keys::Recipient;
use sharewell_records::{Handover, HandoverId, Moment, Profile, Sha256, WrittenFile};
use sharewell_vault::{Beside, Recorded, Vault, Work, handovers};

use super::attached::FromVault;
use super::offer::{again, freeze};
use super::{contents, record};
use crate::error::{Error, Piece, Result};
use crate::keep;
use crate::long::Long;
use crate::signing::{Signer, signer};
use crate::views::{HandoverAsk, HandoverView, PartFile, WorkKind};

/// A handover to be frozen and written, or one that is frozen and written again. Stopped, it leaves no file, and
/// what is frozen stays frozen: it can be written again, and until then nothing of it counts as handed over.
#[derive(Debug, Clone)]
pub struct HandOver {
    what: What,
    path: PathBuf,
    /// What a reader takes in; what is larger goes in parts.
    limits: Limits,
}

#[derive(Debug, Clone)]
enum What {
    New {
        ask: HandoverAsk,
        profile: Profile,
    },
    /// One that is frozen, to be written again.
    Again(HandoverId),
    /// What is written, in order: one, or the parts of what was too large for one file.
    Frozen {
        ids: Vec<HandoverId>,
        /// How large a file may be: how one that is written again goes was settled when it was frozen.
        most: u64,
    },
}

impl HandOver {
    /// A new handover, with tables that a person can open.
    #[must_use]
    pub fn new(ask: HandoverAsk, path: PathBuf) -> Self {
        Self { what: What::New { ask, profile: Profile::default() }, path, limits: Limits::default() }
    }

    /// The same with tables written so. It stands with what is frozen, so that the file can be written again as it
    /// was; it is nothing to one that is frozen already.
    #[must_use]
    pub fn with_tables(mut self, as_asked: Profile) -> Self {
        if let What::New { profile, .. } = &mut self.what {
            *profile = as_asked;
        }
        self
    }

    /// For whoever takes in less than is usual: what is larger goes in more parts.
    #[must_use]
    pub fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// One that is frozen already. Where its file was written before, or another program froze it, one that takes its place
    /// is frozen and written.
    #[must_use]
    pub fn again(id: HandoverId, path: PathBuf) -> Self {
        Self { what: What::Again(id), path, limits: Limits::default() }
    }

    fn frozen(&self) -> Result<(&[HandoverId], u64)> {
        match &self.what {
            What::Frozen { ids, most } => Ok((ids, *most)),
            What::New { .. } | What::Again(_) => Err(Error::NotFound { what: "handover" }),
        }
    }
}

/// A file that was written, and what it was written from.
#[derive(Debug)]
pub struct OnDisk {
    frozen: Recorded<Handover>,
    file: WrittenFile,
    beginning: Beginning,
}

/// The files that were written, and why the next one was not: the ones before it count all the same.
#[derive(Debug)]
pub struct AllOnDisk {
    written: Vec<OnDisk>,
    failed: Option<Error>,
}

impl Long for HandOver {
    type Made = AllOnDisk;
    type Told = HandoverView;

    const KIND: WorkKind = WorkKind::Handover;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        let limits = &self.limits;
        let (ids, most) = match &self.what {
            What::New { ask, profile } => {
                (freeze(vault, ask, *profile, limits, &self.path, now)?, limits.total)
            }
            What::Again(id) => (again(vault, *id, limits, &self.path, now)?, u64::MAX),
            What::Frozen { .. } => return Ok(()),
        };
        self.what = What::Frozen { ids, most };
        Ok(())
    }

    fn run(&self, beside: Beside, _now: Moment) -> Result<AllOnDisk> {
        let (ids, most) = self.frozen()?;
        let paths = paths(&self.path, ids.len());
        let mut all = AllOnDisk { written: Vec::new(), failed: None };
        for (id, path) in ids.iter().zip(&paths) {
            let one = beside.read(|r| Ok::<_, Error>(handovers::get(r, *id)?));
            match one.and_then(|frozen| written(&beside, frozen, path, most)) {
                Ok(one) => all.written.push(one),
                Err(why) => {
                    all.failed = Some(unwritten(*id, why));
                    break;
                }
            }
        }
        match all.failed.take() {
            Some(why) if all.written.is_empty() => Err(why),
            failed => Ok(AllOnDisk { failed, ..all }),
        }
    }

    fn end(self, vault: &mut Vault, made: AllOnDisk, now: Moment) -> Result<HandoverView> {
        let mut views = Vec::new();
        for OnDisk { frozen, file, beginning } in made.written {
            let id = frozen.record.id;
            views.push(record(vault, &frozen, file, &beginning, now).map_err(|why| unwritten(id, why))?);
        }
        if let Some(why) = made.failed {
            return Err(why);
        }
        let mut views = views.into_iter();
        let first = views.next().ok_or(Error::NotFound { what: "handover" })?;
        let beside = views.map(|one| PartFile { id: one.id, file_name: one.file_name });
        Ok(HandoverView { beside: beside.collect(), ..first })
    }
}

/// Where the files go: where one does, under the name that was chosen; where several do, beside one another under
/// names that say which part each is, and that no file has.
fn paths(chosen: &Path, count: usize) -> Vec<PathBuf> {
    if count == 1 {
        return vec![chosen.to_owned()];
    }
    let text =
        |part: Option<&OsStr>| part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, ending) = (text(chosen.file_stem()), text(chosen.extension()));
    let named = |again: u32| -> Vec<PathBuf> {
        let again = if again == 1 { String::new() } else { format!("-{again}") };
        let ending = if ending.is_empty() { String::new() } else { format!(".{ending}") };
        let name = |number: usize| format!("{stem}{again}-{number}-of-{count}{ending}");
        (1..=count).map(|number| chosen.with_file_name(name(number))).collect()
    };
    (1..).map(named).find(|all| all.iter().all(|path| path.symlink_metadata().is_err())).unwrap_or_default()
}

/// Whatever went wrong, the handover stands frozen, and that names it.
fn unwritten(handover: HandoverId, why: Error) -> Error {
    Error::Unwritten { handover, why: Box::new(why) }
}

/// Writes a file, to the disk and its name, and holds what is there to what was written.
fn written(beside: &Beside, frozen: Recorded<Handover>, path: &Path, most: u64) -> Result<OnDisk> {
    let recipient = Recipient::parse(&frozen.record.recipient)?;
    let contents = contents::build(beside, &frozen)?;
    let (signer, work) = (signer(beside)?, beside.work());
    let (prepared, (summary, hash, bytes)) =
        keep::prepare(path, |out| write(out, &contents, &recipient, &signer, beside))?;
    // What was reckoned from above is held to what came of it: whoever opens it would refuse the file.
    if bytes > most {
        return Err(Error::TooLargeToHandOver { piece: Piece::Documents, limit: most });
    }
    prepared.reads_back(hash, || Ok(work.go_on()?))?;
    prepared.take_name()?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let file = WrittenFile {
        name: name.unwrap_or_default(),
        hash,
        bytes,
        entries: summary.entries,
        documents: summary.documents,
        contents_hash: summary.contents_hash,
    };
    Ok(OnDisk { frozen, file, beginning: contents.beginning })
}

/// Passes bytes on, counting and hashing what goes through, until the work is stopped.
struct Measure<'a, W> {
    out: W,
    hash: ring::digest::Context,
    bytes: u64,
    work: &'a Work,
}

impl<W: Write> Write for Measure<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.work.go_on().map_err(std::io::Error::other)?;
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

fn write(
    out: &mut dyn Write,
    contents: &Contents,
    recipient: &Recipient,
    signer: &Signer<'_>,
    beside: &Beside,
) -> Result<(Summary, Sha256, u64)> {
    let (work, papers) = (beside.work(), FromVault::new(beside));
    let mut measure =
        Measure { out, hash: ring::digest::Context::new(&ring::digest::SHA256), bytes: 0, work };
    let recipients = std::slice::from_ref(recipient);
    let summary =
        sharewell_exchange::handover::write_with(&mut measure, contents, &papers, recipients, signer);
    // What a stop did to the writing is told as a stop.
    work.go_on()?;
    if let (Err(_), Some(why)) = (&summary, papers.failed()) {
        return Err(why.into());
    }
    let summary = summary?;
    let mut hash = [0; 32];
    hash.copy_from_slice(measure.hash.finish().as_ref());
    Ok((summary, Sha256(hash), measure.bytes))
}
