//! A child's file as one line of a list.

use sharewell_records::{Birth, CaseId, Moment};
use sharewell_vault::{Reader, cases, flags, obligations};

use super::namesakes::{Line, Namesakes};
use crate::error::Result;
use crate::views::ChildLine;
use crate::{clock, input, store};

/// The lines of files, in the order given.
pub(crate) fn lines(r: &Reader<'_>, rows: Vec<cases::CaseRow>, now: Moment) -> Result<Vec<ChildLine>> {
    let mut namesakes = Namesakes::default();
    rows.into_iter().map(|row| line(r, row, &mut namesakes, now)).collect()
}

fn line(r: &Reader<'_>, row: cases::CaseRow, namesakes: &mut Namesakes, now: Moment) -> Result<ChildLine> {
    let case = row.case.record.id;
    let (telling, alike) = match &row.child {
        Some(child) => namesakes.telling(r, (case, child), Line::NameAndAge(now))?,
        None => (vec![], 0),
    };
    let kind = row.case.record.kind;
    let (name, birth) =
        row.child.map_or((row.case.record.title, Birth::Unknown), |child| (child.name, child.birth));
    Ok(ChildLine {
        case,
        kind,
        telling,
        alike,
        name,
        age: input::age(&birth, clock::day_of(now)),
        birth,
        flagged: flags::any_in(r, case)?,
        last_kind: row.last_kind,
        last_at: row.last_at,
        to_do: store::small(obligations::outstanding_in(r, case, now)?),
    })
}

/// The line of one file; none for a restricted one.
pub(crate) fn line_of(r: &Reader<'_>, id: CaseId, now: Moment) -> Result<Option<ChildLine>> {
    let row = cases::row(r, id)?;
    (!row.case.record.kind.is_restricted()).then(|| line(r, row, &mut Namesakes::default(), now)).transpose()
}
