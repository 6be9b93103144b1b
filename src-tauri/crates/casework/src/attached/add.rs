//! A paper comes in: checked, taken in beside the vault, and then said.

use std::path::{Path, PathBuf};

use sharewell_records::{Attachment, AttachmentForm, AttachmentId, CaseId, Moment, Occurred, Payload};
use sharewell_vault::{Beside, NotTaken, Taken, Vault};

use super::chosen::{Chosen, file_name};
use super::{Said, must_be_there, room, said, standing};
use crate::error::{Error, Result};
use crate::input::Form;
use crate::long::Long;
use crate::sharing::notices::after_change;
use crate::store;
use crate::views::{PaperInput, WorkKind};

/// A paper that is being added.
pub struct AddPaper {
    case: CaseId,
    path: PathBuf,
    typed: PaperInput,
    id: Option<AttachmentId>,
    said: Option<Said>,
    /// The older paper in whose place it comes, and why.
    instead: Option<(AttachmentId, String)>,
}

impl std::fmt::Debug for AddPaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddPaper").field("case", &self.case).finish_non_exhaustive()
    }
}

impl AddPaper {
    /// Adds the file at a path to a child's file, with what is said of it. Where it comes in the place of an older paper,
    /// that one is withdrawn with it, and whoever was given it is to be told.
    #[must_use]
    pub fn new(case: CaseId, path: PathBuf, typed: PaperInput) -> Self {
        Self { case, path, typed, id: None, said: None, instead: None }
    }
}

impl Long for AddPaper {
    type Made = Taken;
    type Told = AttachmentId;

    const KIND: WorkKind = WorkKind::Attachment;
    const LEAVES: bool = false;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        if vault.is_looked_at() {
            return Err(sharewell_vault::Error::ReadOnly.into());
        }
        must_be_there(vault, self.case)?;
        let mut form = Form::of_past_days(vault, now)?;
        let said = said(&mut form, vault, self.case, &self.typed, now);
        let instead = match self.typed.instead {
            Some(old) => {
                standing(vault, self.case, old)?;
                Some((old, form.reason("reason", &self.typed.why)))
            }
            None => None,
        };
        let said = form.end(|| said)?;
        self.instead = instead;
        let size = Chosen::open(&self.path)?.size();
        room::must_do(vault, size)?;
        (self.said, self.id) = (Some(said), Some(AttachmentId(store::new_id(now))));
        Ok(())
    }

    fn run(&self, beside: Beside, _now: Moment) -> Result<Taken> {
        let id = self.id.ok_or(Error::Stored { what: "paper" })?;
        let mut chosen = Chosen::open(&self.path)?;
        let size = chosen.size();
        let taken = beside.take_in(id, &mut chosen, size).map_err(|error| match chosen.failed {
            Some(kind) => Error::NotRead(kind),
            None => error.into(),
        })?;
        if chosen.was_written_to()? {
            // What cannot be taken back now goes at the next opening.
            let _ = beside.give_up(id);
            return Err(sharewell_vault::Error::NotTaken(NotTaken::Changed).into());
        }
        Ok(taken)
    }

    fn end(self, vault: &mut Vault, made: Taken, now: Moment) -> Result<AttachmentId> {
        let (case, id, basis) = (self.case, made.id, self.typed.item);
        let said = self.said.ok_or(Error::Stored { what: "paper" })?;
        let mut attachment = said.of(bare(&self.path, made));
        attachment.replaces = self.instead.as_ref().map(|(old, _)| *old);
        let replaced = match self.instead {
            Some((old, reason)) => {
                let told = standing(vault, case, old).and_then(|before| {
                    let to_tell = store::read(vault, |r| after_change(r, [old.0], now))?;
                    Ok((Payload::AttachmentWithdrawn { id: old, reason }, before.entry, to_tell))
                });
                // Somebody withdrew the older one meanwhile: nothing came in its place.
                Some(told.inspect_err(|_| drop(vault.give_up(id)))?)
            }
            None => None,
        };
        let added = store::write(vault, now, |w| {
            let basis = match basis {
                Some(item) => {
                    let standing = sharewell_vault::items::of_case(&w.reader(), case)?;
                    standing.into_iter().filter(|one| one.record.id == item).map(|one| one.entry).collect()
                }
                None => Vec::new(),
            };
            let added = w.append(Some(case), &Payload::AttachmentAdded { attachment }, &basis)?;
            if let Some((withdrawn, before, to_tell)) = &replaced {
                let withdrawn = w.append(Some(case), withdrawn, &[*before, added.id])?;
                for (case, duty) in to_tell {
                    w.append(*case, duty, &[withdrawn.id])?;
                }
            }
            Ok(id)
        });
        if added.is_err() {
            let _ = vault.give_up(id);
        }
        added
    }
}

/// A paper of which nothing is said yet.
fn bare(path: &Path, Taken { id, form, size, hash }: Taken) -> Attachment {
    Attachment {
        id,
        name: shown_name(path, form),
        form,
        size,
        hash,
        what: String::new(),
        from: String::new(),
        said_by: String::new(),
        came: Occurred::Unknown { words: String::new() },
        limits: String::new(),
        about: Vec::new(),
        item: None,
        replaces: None,
    }
}

fn shown_name(path: &Path, form: AttachmentForm) -> String {
    let name = file_name(path);
    if name.is_empty() { format!("paper.{}", form.ending()) } else { name }
}
