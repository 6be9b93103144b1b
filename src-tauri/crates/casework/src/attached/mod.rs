//! Papers of a file: a document, a picture or a text that somebody was given, kept as it came and looked at inside the
//! program alone (E6).
//!
//! The bytes go into the vault piece by piece, as long work beside it, and come out to the window piece by piece. No
//! file of the program's own ever holds them.

mod add;
mod chosen;
mod look;
mod looked;
mod room;

use sharewell_records::{Attachment, AttachmentId, CaseId, ItemId, Moment, Payload, PersonId};
use sharewell_vault::{Recorded, Vault, attachments, cases, items, people};

pub use add::AddPaper;
pub use look::{LookAtPaper, paper_piece, papers};
pub use looked::{ReadThroughPaper, keep_paper_back, let_page_go};
pub use room::offer_paper;

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::sharing::notices::after_change;
use crate::views::PaperInput;
use crate::{input, store};

/// What is said of a paper, checked.
struct Said {
    what: String,
    from: String,
    said_by: String,
    came: sharewell_records::Occurred,
    limits: String,
    about: Vec<PersonId>,
    item: Option<ItemId>,
}

fn said(form: &mut Form, vault: &Vault, case: CaseId, typed: &PaperInput, now: Moment) -> Option<Said> {
    let what = form.required_name("what", &typed.what);
    let from = form.required_name("from", &typed.from);
    let said_by = form.name("said_by", &typed.said_by);
    let came = form.occurred("came", typed.came.as_ref(), now);
    let limits = form.text("limits", &typed.limits);
    let in_file = form.take(store::read(vault, |r| Ok(people::of_case(r, case)?)))?;
    let is_in = |id: &PersonId| in_file.iter().any(|one| one.record.id == *id);
    form.fault_if(!typed.about.iter().all(is_in), "about", Problem::NotAnOption);
    let about = in_file.iter().map(|one| one.record.id).filter(|id| typed.about.contains(id)).collect();
    if let Some(item) = typed.item {
        let standing = form.take(store::read(vault, |r| Ok(items::of_case(r, case)?)))?;
        form.fault_if(!standing.iter().any(|one| one.record.id == item), "item", Problem::NotAnOption);
    }
    Some(Said { what, from, said_by, came: came?, limits, about, item: typed.item })
}

/// A paper that stands in a file, with the entry that gave it its form.
fn standing(vault: &Vault, case: CaseId, id: AttachmentId) -> Result<Recorded<Attachment>> {
    store::read(vault, |r| {
        let all = attachments::of_case(r, case)?;
        all.into_iter().find(|one| one.record.id == id).ok_or(Error::NotFound { what: "paper" })
    })
}

/// Corrects what is said of a paper. Its bytes never change, and both forms stay to be seen. Whoever was given it is to be
/// told.
///
/// # Errors
/// [`Error::Fields`] without a reason and for what is not as it must be; [`Error::NotFound`] where no such paper stands.
pub fn amend_paper(
    vault: &mut Vault,
    case: CaseId,
    id: AttachmentId,
    typed: &PaperInput,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let Recorded { entry: before, record, .. } = standing(vault, case, id)?;
    let mut form = Form::of_past_days(vault, now)?;
    let said = said(&mut form, vault, case, typed, now);
    let reason = form.reason("reason", reason);
    let was = record.clone();
    let attachment = form.end(|| said.map(|said| said.of(record)))?;
    let told = attachment.reads_otherwise(&was) || attachment.limits != was.limits;
    let to_tell = store::read(vault, |r| after_change(r, told.then_some(id.0), now))?;
    store::write(vault, now, |w| {
        let amended = w.append(Some(case), &Payload::AttachmentAmended { attachment, reason }, &[before])?;
        for (case, duty) in &to_tell {
            w.append(*case, duty, &[amended.id])?;
        }
        Ok(())
    })
}

/// Takes a paper back that was added in error. It stays to be seen that it was there, with the reason; its bytes stay
/// in the vault, are shown no more and leave with no handover. Only a disposal takes them away.
///
/// # Errors
/// [`Error::Fields`] without a reason, [`Error::NotFound`] where no such paper stands.
pub fn withdraw_paper(
    vault: &mut Vault,
    case: CaseId,
    id: AttachmentId,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = standing(vault, case, id)?.entry;
    let to_tell = store::read(vault, |r| after_change(r, [id.0], now))?;
    store::write(vault, now, |w| {
        let withdrawn = w.append(Some(case), &Payload::AttachmentWithdrawn { id, reason }, &[before])?;
        for (case, duty) in &to_tell {
            w.append(*case, duty, &[withdrawn.id])?;
        }
        Ok(())
    })
}

impl Said {
    /// A paper of which this is said.
    fn of(self, paper: Attachment) -> Attachment {
        let Self { what, from, said_by, came, limits, about, item } = self;
        Attachment { what, from, said_by, came, limits, about, item, ..paper }
    }
}

/// Whether there is such a file.
fn must_be_there(vault: &Vault, case: CaseId) -> Result<()> {
    store::read(vault, |r| Ok(cases::get(r, case).map(drop)?))
}
