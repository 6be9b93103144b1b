//! Which papers go along in a handover: those that were added in its slices, stand in its files and were not withdrawn.
//! The others went in the handover before, or leave no more.

use std::cell::RefCell;
use std::io;

use sharewell_exchange::handover::{Attached, Bytes};
use sharewell_exchange::tables::{Salts, attachment_path};
use sharewell_records::{Attachment, AttachmentId, CaseId, Handover, OriginId, Payload, Seq, Standing};
use sharewell_vault::{Beside, Content, Entry, Reader, Recorded, attached, ledger};

use crate::error::Result;

/// A paper that goes along.
pub(super) struct Going {
    paper: Attachment,
    salt: [u8; 32],
}

/// What goes along in a frozen handover.
pub(super) fn going(r: &Reader<'_>, standing: &Standing, frozen: &Recorded<Handover>) -> Result<Vec<Going>> {
    let mut all = Vec::new();
    for (id, one) in &standing.attachments {
        let in_files = one.case.is_some_and(|case| frozen.record.cases.contains(&case));
        if !in_files || one.ended.is_some() || !added_in(r, frozen, *id)? {
            continue;
        }
        match attached::stored(r, *id) {
            Ok(stored) => all.push(Going { paper: one.record.clone(), salt: stored.salt }),
            // Disposed of since it was frozen.
            Err(sharewell_vault::Error::NoSuch { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(all)
}

/// Whether an entry of the slices added a paper to one of the files.
fn added_in(r: &Reader<'_>, frozen: &Recorded<Handover>, id: AttachmentId) -> Result<bool> {
    let Handover { cases, from, to, earlier, .. } = &frozen.record;
    let own = (frozen.origin, *from, *to);
    let slices: Vec<_> =
        earlier.iter().map(|slice| (slice.origin, slice.from, slice.to)).chain([own]).collect();
    added(r, cases, id, |origin, at| {
        slices.iter().any(|(of, from, to)| *of == origin && (*from..=*to).contains(&at))
    })
}

fn added(
    r: &Reader<'_>,
    cases: &[CaseId],
    id: AttachmentId,
    within: impl Fn(OriginId, Seq) -> bool,
) -> Result<bool> {
    Ok(added_at(r, cases, id)?.into_iter().any(|(origin, at)| within(origin, at)))
}

/// The places of the entries that added a paper to one of the files.
pub(super) fn added_at(r: &Reader<'_>, cases: &[CaseId], id: AttachmentId) -> Result<Vec<(OriginId, Seq)>> {
    let adds = |entry: &Entry| {
        let adds = match &entry.content {
            Content::Known(payload) => matches!(**payload, Payload::AttachmentAdded { .. }),
            Content::Newer { .. } | Content::Disposed | Content::Unreadable => false,
        };
        adds && entry.header.case.is_some_and(|case| cases.contains(&case))
    };
    let history = ledger::history(r, id)?;
    let places = history.iter().filter(|entry| adds(entry));
    Ok(places.map(|entry| (entry.header.origin, entry.header.sequence)).collect())
}

pub(super) fn salts(going: &[Going]) -> Salts {
    going.iter().map(|one| (one.paper.id, one.salt)).collect()
}

pub(super) fn files(going: &[Going]) -> Vec<Attached> {
    going.iter().map(|one| Attached { path: attachment_path(&one.paper), size: one.paper.size }).collect()
}

/// The bytes of papers, read beside the open vault.
pub(super) struct FromVault<'a> {
    beside: &'a Beside,
    /// Why they could not be read: a reader of bytes is told no more than that.
    failed: RefCell<Option<sharewell_vault::Error>>,
}

impl<'a> FromVault<'a> {
    pub(super) fn new(beside: &'a Beside) -> Self {
        Self { beside, failed: RefCell::new(None) }
    }

    /// Why a paper could not be read, where that is what went wrong.
    pub(super) fn failed(self) -> Option<sharewell_vault::Error> {
        self.failed.into_inner()
    }
}

impl Bytes for FromVault<'_> {
    fn each(&self, paper: &Attached, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let id = paper.path.split('.').next().and_then(|id| id.parse::<AttachmentId>().ok());
        let id = id.ok_or(io::ErrorKind::NotFound)?;
        let given = self.beside.read(|r| {
            attached::each_piece(r, id, |piece| {
                self.beside.work().go_on()?;
                take(piece).map_err(Stopped::Taking)
            })
        });
        given.map_err(|stopped| match stopped {
            Stopped::Taking(error) => error,
            Stopped::Reading(error) => {
                self.failed.replace(Some(error));
                io::ErrorKind::InvalidData.into()
            }
        })
    }
}

/// What ended the giving of bytes.
enum Stopped {
    Reading(sharewell_vault::Error),
    Taking(io::Error),
}

impl From<sharewell_vault::Error> for Stopped {
    fn from(error: sharewell_vault::Error) -> Self {
        Self::Reading(error)
    }
}
