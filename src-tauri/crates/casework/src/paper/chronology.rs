//! A chronology on paper: the rows of a file's story that somebody ticked, and no other (E5).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sharewell_documents as documents;
use sharewell_records::{CaseId, EntryId, Mark, Moment, Protection};
use sharewell_vault::{Access, Beside, Reader, Vault, ledger, practitioner};

use super::{Frame, all_answered, child_of, file, practitioner_of, save};
use crate::error::{Error, Problem, Result};
use crate::long::{Long, at_once};
use crate::people::{Family, leftover_views};
use crate::views::{LeftoverView, WorkKind};
use crate::{clock, store};

/// Saves a chronology of the rows that were ticked.
#[derive(Debug, Clone)]
pub struct SaveChronology {
    /// Whose file.
    pub case: CaseId,
    /// The entries of the ticked rows.
    pub rows: Vec<EntryId>,
    /// Where.
    pub path: PathBuf,
}

impl Long for SaveChronology {
    type Made = ();
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<()> {
        save(&beside, now, &self.path, |r, frame| {
            let (chronology, protection) = document(r, self.case, &self.rows, frame, now)?;
            all_answered(&chronology, &protection)?;
            Ok(((), documents::chronology(&chronology, &protection)?))
        })
    }

    fn end(self, vault: &mut Vault, _made: (), now: Moment) -> Result<()> {
        store::log(vault, Some(self.case), now, |by| Access::Printed {
            by,
            what: format!("chronology:{}", self.case),
        })
    }
}

/// Saves a chronology as PDF where the practitioner chose. It stands in the access log.
///
/// # Errors
/// [`Error::Fields`] where nothing is ticked; [`Error::NotFound`] where a row does not stand in the story; else as
/// [`super::save_file_summary`].
pub fn save_chronology(
    vault: &mut Vault,
    case: CaseId,
    rows: &[EntryId],
    path: &Path,
    now: Moment,
) -> Result<()> {
    at_once(SaveChronology { case, rows: rows.to_vec(), path: path.to_owned() }, vault, now)
}

/// What looks like somebody protected in a chronology of these rows.
///
/// # Errors
/// As [`save_chronology`].
pub fn leftovers_in_chronology(
    vault: &Vault,
    case: CaseId,
    rows: &[EntryId],
    now: Moment,
) -> Result<Vec<LeftoverView>> {
    store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        let (chronology, protection) = document(r, case, rows, &frame, now)?;
        leftover_views(r, &documents::leftovers(&chronology, &protection)?)
    })
}

/// The lines of a chronology in which something has no letter in the typefaces.
///
/// # Errors
/// As [`save_chronology`].
pub fn chronology_not_printed(
    vault: &Vault,
    case: CaseId,
    rows: &[EntryId],
    now: Moment,
) -> Result<Vec<String>> {
    store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        let (chronology, protection) = document(r, case, rows, &frame, now)?;
        Ok(documents::not_printed(documents::Paper::Chronology(&chronology, &protection))?)
    })
}

fn document(
    r: &Reader<'_>,
    case: CaseId,
    rows: &[EntryId],
    frame: &Frame,
    now: Moment,
) -> Result<(documents::Chronology, Protection)> {
    if rows.is_empty() {
        return Err(Error::field("rows", Problem::Missing));
    }
    let ticked: BTreeSet<EntryId> = rows.iter().copied().collect();
    let (words, view) = (frame.words(), file::view(r, case, now)?);
    // As they happened, the earliest first; the lines of a visit stay in the order of their writing.
    let chosen: Vec<_> = view.timeline.iter().filter(|line| ticked.contains(&line.entry)).cloned().collect();
    if chosen.len() < ticked.len() {
        return Err(Error::NotFound { what: "entry" });
    }
    let family = Family::of(r, case)?;
    let told = file::in_order(&chosen).into_iter().map(|line| {
        let documents::Event { when, kind, mark, text, speaker, notes, .. } = file::event(line, words);
        documents::ChronologyRow {
            happened: when,
            written: file::recorded(line, words),
            source: kind,
            by: match mark {
                // Whoever wrote down what somebody else said is not its author.
                Some(Mark::Reported) => words.event.written.fill(&[("who", &line.author)]),
                Some(Mark::Fact | Mark::Opinion) | None => line.author.clone(),
            },
            mark,
            text,
            speaker,
            notes,
        }
    });
    let chronology = documents::Chronology {
        sheet: frame.sheet(view.reference.clone(), Some(&family)),
        child: child_of(&family, clock::day_of(now), words),
        practitioner: practitioner_of(&practitioner::current(r)?.record),
        rows: told.collect(),
        check: file::check(r, case, frame)?,
    };
    Ok((chronology, family.protection(r)?))
}
