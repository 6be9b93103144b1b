//! The two papers of a statement: the draft with its reasons, for the data protection officer, and what goes home once they
//! released it. The copy holds what goes and nothing else: no mark, number or word tells that anything is not in it.

use std::path::{Path, PathBuf};

use sharewell_documents as documents;
use sharewell_records::{
    CaseId, CutTest, Moment, Nation, Protection, Statement, StatementId, StatementState, answer_by,
};
use sharewell_vault::{Access, Beside, Reader, Recorded, Vault, ledger, practitioner};

use super::review::file;
use super::steps::{found, has_changed};
use crate::error::{Error, Result};
use crate::long::{Long, at_once};
use crate::paper::{Frame, all_answered, practitioner_of, save};
use crate::people::{Family, leftover_views};
use crate::store;
use crate::views::{LeftoverView, StatementPaper, WorkKind};
use crate::words::{Words, grouped};

/// Saves one of the papers of a statement.
#[derive(Debug, Clone)]
pub struct SaveStatement {
    /// Which statement.
    pub id: StatementId,
    /// Which of its papers.
    pub paper: StatementPaper,
    /// Where.
    pub path: PathBuf,
}

/// A paper before it is set.
enum Set {
    Draft(Box<documents::StatementDraft>),
    Copy(Box<documents::FamilyCopy>),
}

impl Long for SaveStatement {
    type Made = CaseId;
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<CaseId> {
        save(&beside, now, &self.path, |r, frame| {
            let (case, set, protection) = of(r, self.id, self.paper, frame, now)?;
            let bytes = match set {
                Set::Draft(draft) => {
                    all_answered(&draft, &protection)?;
                    documents::statement(&draft, &protection)?
                }
                Set::Copy(copy) => {
                    all_answered(&copy, &protection)?;
                    documents::family_copy(&copy, &protection)?
                }
            };
            Ok((case, bytes))
        })
    }

    fn end(self, vault: &mut Vault, case: CaseId, now: Moment) -> Result<()> {
        let which = match self.paper {
            StatementPaper::Draft => "statement",
            StatementPaper::Copy => "statement_copy",
        };
        store::log(vault, Some(case), now, |by| Access::Printed { by, what: format!("{which}:{}", self.id) })
    }
}

/// Saves one of the papers of a statement as PDF where the practitioner chose. It stands in the access log.
///
/// # Errors
/// [`Error::NotReleased`] for the copy, before the data protection officer released it; [`Error::StatementChanged`] where
/// something that goes is not as it was reviewed; [`Error::Leftovers`], [`Error::Document`], [`Error::NotWritten`].
pub fn save_statement(
    vault: &mut Vault,
    id: StatementId,
    paper: StatementPaper,
    path: &Path,
    now: Moment,
) -> Result<()> {
    at_once(SaveStatement { id, paper, path: path.to_owned() }, vault, now)
}

/// What looks like somebody protected in one of the papers of a statement.
///
/// # Errors
/// As [`save_statement`].
pub fn leftovers_in_statement(
    vault: &Vault,
    id: StatementId,
    paper: StatementPaper,
    now: Moment,
) -> Result<Vec<LeftoverView>> {
    store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        let (_, set, protection) = of(r, id, paper, &frame, now)?;
        let found = match &set {
            Set::Draft(draft) => documents::leftovers(draft, &protection)?,
            Set::Copy(copy) => documents::leftovers(copy, &protection)?,
        };
        leftover_views(r, &found)
    })
}

/// The lines of one of the papers in which something has no letter in the typefaces.
///
/// # Errors
/// As [`save_statement`].
pub fn statement_not_printed(
    vault: &Vault,
    id: StatementId,
    paper: StatementPaper,
    now: Moment,
) -> Result<Vec<String>> {
    store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        let (_, set, protection) = of(r, id, paper, &frame, now)?;
        let paper = match &set {
            Set::Draft(draft) => documents::Paper::Statement(draft, &protection),
            Set::Copy(copy) => documents::Paper::FamilyCopy(copy, &protection),
        };
        Ok(documents::not_printed(paper)?)
    })
}

fn of(
    r: &Reader<'_>,
    id: StatementId,
    paper: StatementPaper,
    frame: &Frame,
    now: Moment,
) -> Result<(CaseId, Set, Protection)> {
    let (one, case) = found(r, id)?;
    let family = file(r, case)?;
    let protection = family.protection(r)?;
    let set = match paper {
        StatementPaper::Draft => Set::Draft(Box::new(draft(r, &family, &one, frame)?)),
        StatementPaper::Copy => {
            if one.record.state() != StatementState::Released {
                return Err(Error::NotReleased);
            }
            // The door looks again: a flag that was set since binds.
            if has_changed(r, &family, &one.record, now)? {
                return Err(Error::StatementChanged);
            }
            // An empty page would say that something is not in it.
            one.record.going().next().ok_or(Error::NotFound { what: "line" })?;
            Set::Copy(Box::new(copy(r, &family, &one.record, frame)?))
        }
    };
    Ok((case, set, protection))
}

fn name(family: &Family, of: &Statement) -> String {
    family.person(of.about).map(|about| about.name.clone()).unwrap_or_default()
}

fn draft(
    r: &Reader<'_>,
    family: &Family,
    one: &Recorded<Statement>,
    frame: &Frame,
) -> Result<documents::StatementDraft> {
    let (words, it, own) = (frame.words(), &one.record, practitioner::current(r)?.record);
    let entry = ledger::get(r, one.entry)?;
    Ok(documents::StatementDraft {
        sheet: frame.sheet(family.case.reference.clone(), Some(family)),
        about: name(family, it),
        practitioner: practitioner_of(&own),
        asked: asked(r, it, words)?,
        entitlement: entitlement(it, words),
        law: law(it, words),
        going: it.going().map(str::to_owned).collect(),
        lines: it.lines.iter().map(|line| reason(line, words)).collect(),
        check: documents::CheckValues {
            entry: grouped(&entry.entry_hash, 64),
            sequence: entry.header.sequence.to_string(),
            head: grouped(&frame.head, 64),
        },
    })
}

fn row(label: &str, value: String) -> documents::LabelledValue {
    documents::LabelledValue { label: label.to_owned(), value }
}

fn asked(r: &Reader<'_>, it: &Statement, words: &Words) -> Result<Vec<documents::LabelledValue>> {
    let said = &words.statement;
    let mut rows = vec![
        row(&said.asker, it.asker.name.clone()),
        row(&said.checked, it.asker.checked.clone()),
        row(&said.asked_on, words.day(it.asked)),
        row(&said.record, said.records.of(it.record).to_owned()),
    ];
    if let Some(before) = it.instead_of {
        let (before, _) = found(r, before)?;
        let moment = words.moment(before.recorded_at);
        rows.push(row(&said.instead, said.instead_of.fill(&[("moment", &moment)])));
    }
    Ok(rows)
}

fn entitlement(it: &Statement, words: &Words) -> Vec<documents::LabelledValue> {
    let (said, of) = (&words.statement, &it.entitlement);
    let or = |text: &str, none: &str| if text.trim().is_empty() { none.to_owned() } else { text.to_owned() };
    let mut rows = vec![row(
        &said.stands_as,
        of.stands_as.map_or(said.not_in_file.clone(), |one| said.r#as.of(one).to_owned()),
    )];
    if !it.is_own() {
        let holds = of.responsibility.map(|one| words.responsibility.of(one).to_owned());
        rows.push(row(&said.responsibility, holds.unwrap_or_else(|| said.not_in_file.clone())));
    }
    rows.extend([
        row(&said.able, said.own_say.of(of.able).to_owned()),
        row(&said.shows, or(&of.shows, &said.not_said)),
        row(&said.orders, or(&of.orders, &said.none_seen)),
    ]);
    rows
}

/// What the law says of it, of which nothing is confirmed by anybody: it decides nothing alone.
fn law(it: &Statement, words: &Words) -> Vec<String> {
    let said = &words.statement;
    let month = answer_by(it.asked).map(|day| said.month.fill(&[("day", &words.day(day))]));
    let abuse = CutTest::ChildAbuse.is_there(it.nation, it.is_own()) || it.nation == Nation::Scotland;
    let lines = [
        month,
        it.record.has_a_school_clock().then(|| said.school_clock.clone()),
        (abuse && !it.is_own()).then(|| said.abuse.clone()),
        Some(said.health.clone()),
    ];
    lines.into_iter().flatten().map(|law| said.unconfirmed.fill(&[("law", &law)])).collect()
}

fn reason(line: &sharewell_records::StatementLine, words: &Words) -> documents::StatementReason {
    let said = &words.statement;
    let test = line.test.map(|test| said.test.of(test)).unwrap_or_default();
    documents::StatementReason {
        said: line.said.clone(),
        outcome: words.said(said.goes.of(line.goes), test),
        words: line.words.clone(),
        binds: line.binds.iter().map(|bind| said.binds.of(*bind).to_owned()).collect(),
        reason: line.reason.clone(),
    }
}

fn copy(r: &Reader<'_>, family: &Family, it: &Statement, frame: &Frame) -> Result<documents::FamilyCopy> {
    let own = practitioner::current(r)?.record;
    // No reference, no author, nothing by which the record could be looked into.
    let sheet = documents::Sheet {
        number: String::new(),
        limits: String::new(),
        author: String::new(),
        check: String::new(),
        ..frame.sheet(String::new(), None)
    };
    Ok(documents::FamilyCopy {
        sheet,
        about: name(family, it),
        from: frame.words().list(&[&own.agency, &own.phone]),
        lines: it.going().map(str::to_owned).collect(),
    })
}
