//! Looking a paper through before it goes along in a share: what it holds beside what it shows, and each of its pages,
//! which goes as the picture that somebody looked at and as nothing else.
//!
//! Words cannot vouch for pictures, so a person does: a paper is *not checked* until every page of it was looked at, and
//! then goes whole or stays (`practice.md` 21).

use data_encoding::BASE64;
use sharewell_documents::paper::{LONGEST_SIDE, NotRedrawn, holds, redrawn};
use sharewell_records::{AttachmentForm, AttachmentId, CaseId, MOST_PAGES, Moment, PaperHolds};
use sharewell_vault::attached::{self, MOST_OF_A_PAGE, PageLooked};
use sharewell_vault::{Beside, Reader, Vault};

use super::standing;
use crate::error::{Error, PageFault, Result};
use crate::long::Long;
use crate::store;
use crate::views::{PageInput, PaperLooked, WorkKind};

/// The most letters of a text that goes along: some forty pages.
const LONGEST_TEXT: usize = 100_000;
/// The most letters of a page that comes drawn, in base 64: a picture larger than any that is asked for.
const LONGEST_DRAWN: usize = 96 << 20;

/// Reads a paper through: what it holds beside what it shows, and which of its pages were looked at.
#[derive(Debug, Clone, Copy)]
pub struct ReadThroughPaper {
    case: CaseId,
    id: AttachmentId,
}

impl ReadThroughPaper {
    /// A paper of a file.
    #[must_use]
    pub fn new(case: CaseId, id: AttachmentId) -> Self {
        Self { case, id }
    }
}

impl Long for ReadThroughPaper {
    type Made = Vec<PaperHolds>;
    type Told = PaperLooked;

    const KIND: WorkKind = WorkKind::Attachment;
    const LEAVES: bool = false;

    fn begin(&mut self, vault: &mut Vault, _now: Moment) -> Result<()> {
        standing(vault, self.case, self.id).map(drop)
    }

    fn run(&self, beside: Beside, _now: Moment) -> Result<Vec<PaperHolds>> {
        let work = beside.work().clone();
        beside.read(|r| {
            let all = sharewell_vault::attachments::of_case(r, self.case)?;
            let paper = all.into_iter().find(|one| one.record.id == self.id);
            let form = paper.ok_or(Error::NotFound { what: "paper" })?.record.form;
            work.expect(attached::stored(r, self.id)?.size);
            let bytes = bytes(r, self.id, |piece| Ok(work.did(piece.len() as u64)?))?;
            Ok(holds(form, &bytes))
        })
    }

    fn end(self, vault: &mut Vault, holds: Vec<PaperHolds>, _now: Moment) -> Result<PaperLooked> {
        looked(vault, self.case, self.id, holds)
    }
}

/// All bytes of a paper, held to their hash.
fn bytes(r: &Reader<'_>, id: AttachmentId, mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<Vec<u8>> {
    let size = attached::stored(r, id)?.size;
    let mut all = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    attached::each_piece(r, id, |piece| {
        all.extend_from_slice(piece);
        each(piece)
    })?;
    Ok(all)
}

fn looked(vault: &Vault, case: CaseId, id: AttachmentId, holds: Vec<PaperHolds>) -> Result<PaperLooked> {
    let form = standing(vault, case, id)?.record.form;
    store::read(vault, |r| {
        let count = attached::pages_looked(r, id)?;
        Ok(PaperLooked {
            holds,
            looked: attached::which_looked(r, id)?,
            pages: count.pages,
            is_whole: count.is_whole(),
            is_drawn_here: form == AttachmentForm::Pdf,
            longest_side: LONGEST_SIDE,
            most_pages: MOST_PAGES,
        })
    })
}

/// Lets a page of a paper go in a share, as it was looked at. A page of a PDF comes as it was drawn; a picture and a text
/// are their own only page, and their bytes are taken from the vault.
///
/// # Errors
/// [`Error::Page`] names the page and what is wrong with it; [`Error::NotFound`] where no such paper stands in the file.
pub fn let_page_go(
    vault: &mut Vault,
    case: CaseId,
    id: AttachmentId,
    typed: &PageInput,
    now: Moment,
) -> Result<PaperLooked> {
    let form = standing(vault, case, id)?.record.form;
    let fault = |why| Error::Page { page: typed.page, why };
    let (page, pages) = match form {
        AttachmentForm::Pdf => (typed.page, typed.pages),
        AttachmentForm::Png | AttachmentForm::Jpeg | AttachmentForm::Text => (1, 1),
    };
    if pages > MOST_PAGES {
        return Err(fault(PageFault::TooMany));
    }
    if page == 0 || page > pages {
        return Err(fault(PageFault::NoSuchPage));
    }
    let stored = |vault: &Vault| store::read(vault, |r| bytes(r, id, |_| Ok(())));
    let went = match form {
        AttachmentForm::Pdf if typed.drawn.len() > LONGEST_DRAWN => return Err(fault(PageFault::TooLarge)),
        AttachmentForm::Pdf => {
            let drawn = BASE64.decode(typed.drawn.as_bytes()).map_err(|_| fault(PageFault::NoPicture))?;
            picture(&drawn).map_err(fault)?
        }
        AttachmentForm::Png | AttachmentForm::Jpeg => picture(&stored(vault)?).map_err(fault)?,
        AttachmentForm::Text => {
            let text = stored(vault)?;
            if text.len() > LONGEST_TEXT {
                return Err(fault(PageFault::TooLarge));
            }
            text
        }
    };
    if went.len() > MOST_OF_A_PAGE {
        return Err(fault(PageFault::TooLarge));
    }
    store::write(vault, now, |w| {
        Ok(w.keep_page(&PageLooked { paper: id, page, pages, looked: now, bytes: went })?)
    })?;
    looked(vault, case, id, Vec::new())
}

fn picture(bytes: &[u8]) -> std::result::Result<Vec<u8>, PageFault> {
    redrawn(bytes).map(|drawn| drawn.jpeg).map_err(|why| match why {
        NotRedrawn::NoPicture => PageFault::NoPicture,
        NotRedrawn::Damaged => PageFault::Damaged,
        NotRedrawn::TooLarge => PageFault::TooLarge,
    })
}

/// Keeps a paper back from every share that is still to be made: no page of it counts as looked at.
///
/// # Errors
/// [`Error::NotFound`] where no such paper stands in the file.
pub fn keep_paper_back(
    vault: &mut Vault,
    case: CaseId,
    id: AttachmentId,
    now: Moment,
) -> Result<PaperLooked> {
    standing(vault, case, id)?;
    store::write(vault, now, |w| Ok(w.forget_pages(id)?))?;
    looked(vault, case, id, Vec::new())
}
