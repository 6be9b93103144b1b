//! Looking at a paper, inside the window alone: what it is, and its bytes piece by piece.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use sharewell_records::{Attachment, AttachmentId, CaseId, Moment, PersonId};
use sharewell_vault::{Access, Beside, Reader, Recorded, Vault, attached, attachments, cases};

use super::room::kib;
use super::standing;
use crate::error::Result;
use crate::long::Long;
use crate::people::{Names, authors};
use crate::store;
use crate::views::{PaperView, WorkKind};

/// The papers of a file, the one that was said or corrected last first.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such file.
pub fn papers(vault: &Vault, case: CaseId) -> Result<Vec<PaperView>> {
    store::read(vault, |r| {
        cases::get(r, case)?;
        let (names, authors) = (Names::of(r, case)?.by_id(), authors(r)?);
        attachments::of_case(r, case)?.into_iter().map(|one| view(r, one, &names, &authors)).collect()
    })
}

fn view(
    r: &Reader<'_>,
    one: Recorded<Attachment>,
    names: &BTreeMap<PersonId, String>,
    authors: &BTreeMap<PersonId, String>,
) -> Result<PaperView> {
    let paper = one.record;
    let there = match attached::stored(r, paper.id) {
        Ok(_) => true,
        Err(sharewell_vault::Error::NoSuch { .. }) => false,
        Err(other) => return Err(other.into()),
    };
    let replaces = match paper.replaces {
        Some(old) => attachments::what(r, old)?,
        None => String::new(),
    };
    let pieces = paper.size.div_ceil(attached::PIECE as u64);
    Ok(PaperView {
        id: paper.id,
        entry: one.entry,
        name: paper.name,
        form: paper.form,
        kib: kib(paper.size),
        pieces: store::small(pieces),
        what: paper.what,
        from: paper.from,
        said_by: paper.said_by,
        came: paper.came,
        limits: paper.limits,
        about_names: paper.about.iter().filter_map(|id| names.get(id).cloned()).collect(),
        about: paper.about,
        item: paper.item,
        replaces,
        recorded_at: one.recorded_at,
        author: authors.get(&one.author).cloned().unwrap_or_default(),
        there,
    })
}

/// Opens a paper: every byte is held to the hash that the ledger carries before any of it is shown, and that the file
/// was looked at stands in the access log.
#[derive(Debug, Clone, Copy)]
pub struct LookAtPaper {
    case: CaseId,
    id: AttachmentId,
}

impl LookAtPaper {
    /// A paper of a file.
    #[must_use]
    pub fn new(case: CaseId, id: AttachmentId) -> Self {
        Self { case, id }
    }
}

impl Long for LookAtPaper {
    type Made = ();
    type Told = PaperView;

    const KIND: WorkKind = WorkKind::Attachment;
    const LEAVES: bool = false;

    fn begin(&mut self, vault: &mut Vault, _now: Moment) -> Result<()> {
        standing(vault, self.case, self.id).map(drop)
    }

    fn run(&self, beside: Beside, _now: Moment) -> Result<()> {
        let work = beside.work().clone();
        beside.read(|r| {
            work.expect(attached::stored(r, self.id)?.size);
            attached::each_piece(r, self.id, |bytes| Ok(work.did(bytes.len() as u64)?))
        })
    }

    fn end(self, vault: &mut Vault, (): (), now: Moment) -> Result<PaperView> {
        let one = standing(vault, self.case, self.id)?;
        let view = store::read(vault, |r| view(r, one, &Names::of(r, self.case)?.by_id(), &authors(r)?))?;
        store::log(vault, Some(self.case), now, |by| Access::CaseViewed { by })?;
        Ok(view)
    }
}

/// One piece of a paper that stands in a file, from 0, in base 64; none behind the last.
///
/// # Errors
/// [`crate::Error::NotFound`] where no such paper stands in the file.
pub fn paper_piece(vault: &Vault, case: CaseId, id: AttachmentId, number: u32) -> Result<Option<String>> {
    standing(vault, case, id)?;
    store::read(vault, |r| Ok(attached::piece(r, id, u64::from(number))?.map(|bytes| BASE64.encode(&bytes))))
}
