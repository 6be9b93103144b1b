//! Building and writing the file of a frozen handover, beside the open vault.

use std::io::Write;
use std::path::PathBuf;

use sharewell_exchange::handover::{Beginning, Contents, Summary};
use sharewell_exchange::keys::Recipient;
use sharewell_records::{Handover, HandoverId, Moment, Profile, Sha256, WrittenFile};
use sharewell_vault::{Beside, Recorded, Vault, Work, handovers};

use super::attached::FromVault;
use super::offer::{again, freeze};
use super::{contents, record};
use crate::error::{Error, Result};
use crate::keep;
use crate::long::Long;
use crate::signing::{Signer, signer};
use crate::views::{HandoverAsk, HandoverView, WorkKind};

/// A handover to be frozen and written, or one that is frozen and written again. Stopped, it leaves no file, and
/// what is frozen stays frozen: it can be written again, and until then nothing of it counts as handed over.
#[derive(Debug, Clone)]
pub struct HandOver {
    what: What,
    path: PathBuf,
}

#[derive(Debug, Clone)]
enum What {
    New { ask: HandoverAsk, profile: Profile },
    Frozen(HandoverId),
}

impl HandOver {
    /// A new handover, with tables that a person can open.
    #[must_use]
    pub fn new(ask: HandoverAsk, path: PathBuf) -> Self {
        Self { what: What::New { ask, profile: Profile::default() }, path }
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

    /// One that is frozen already. Where its file was written before, or another program froze it, one that takes its place
    /// is frozen and written.
    #[must_use]
    pub fn again(id: HandoverId, path: PathBuf) -> Self {
        Self { what: What::Frozen(id), path }
    }

    fn frozen(&self) -> Result<HandoverId> {
        match &self.what {
            What::Frozen(id) => Ok(*id),
            What::New { .. } => Err(Error::NotFound { what: "handover" }),
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

impl Long for HandOver {
    type Made = OnDisk;
    type Told = HandoverView;

    const KIND: WorkKind = WorkKind::Handover;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        self.what = What::Frozen(match &self.what {
            What::New { ask, profile } => freeze(vault, ask, *profile, &self.path, now)?,
            What::Frozen(id) => again(vault, *id, &self.path, now)?,
        });
        Ok(())
    }

    fn run(&self, beside: Beside, _now: Moment) -> Result<OnDisk> {
        let id = self.frozen()?;
        let frozen = beside.read(|r| handovers::get(r, id))?;
        self.written(&beside, frozen).map_err(|why| unwritten(id, why))
    }

    fn end(self, vault: &mut Vault, made: OnDisk, now: Moment) -> Result<HandoverView> {
        let OnDisk { frozen, file, beginning } = made;
        let id = frozen.record.id;
        record(vault, &frozen, file, &beginning, now).map_err(|why| unwritten(id, why))
    }
}

/// Whatever went wrong, the handover stands frozen, and that names it.
fn unwritten(handover: HandoverId, why: Error) -> Error {
    Error::Unwritten { handover, why: Box::new(why) }
}

impl HandOver {
    /// Writes the file, to the disk and its name, and holds what is there to what was written.
    fn written(&self, beside: &Beside, frozen: Recorded<Handover>) -> Result<OnDisk> {
        let recipient = Recipient::parse(&frozen.record.recipient)?;
        let contents = contents::build(beside, &frozen)?;
        let (signer, work) = (signer(beside)?, beside.work());
        let (prepared, (summary, hash, bytes)) =
            keep::prepare(&self.path, |out| write(out, &contents, &recipient, &signer, beside))?;
        prepared.reads_back(hash, || Ok(work.go_on()?))?;
        prepared.take_name()?;
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
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
