//! The list of duties, by urgency and by child, a part at a time.

use sharewell_records::{CaseId, Moment, ObligationId};
use sharewell_vault::{Reader, Vault, listed, obligations};

use crate::duties::{self, Veil};
use crate::error::Result;
use crate::views::{DutiesByChild, DutiesPage, DutySpan, FileDuties, ToDoLine};
use crate::{children, restricted, store};

/// How many duties a part of the list by urgency shows, and one of a single file.
const LINES: usize = 25;
/// How many files a part of the list by child shows.
const FILES: usize = 8;
/// How many duties of each.
const OF_EACH: usize = 5;

/// Duties of a span, the most urgent first; those behind `after`, where it is given.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub fn duties(vault: &Vault, span: DutySpan, after: Option<ObligationId>, now: Moment) -> Result<DutiesPage> {
    store::read(vault, |r| {
        let rows = obligations::page(r, duties::stretch(span, now), after, LINES + 1, now)?;
        let (lines, more) = shown(r, rows, LINES, now)?;
        Ok(DutiesPage { now, lines, more, spans: duties::spans(r, now)? })
    })
}

/// Duties by child; those of the files behind `after`, where it is given.
///
/// # Errors
/// As [`duties`].
pub fn duties_by_child(vault: &Vault, after: Option<CaseId>, now: Moment) -> Result<DutiesByChild> {
    store::read(vault, |r| {
        let (no_file, no_file_more) = match after {
            None => in_no_file(r, None, now)?,
            Some(_) => (Vec::new(), false),
        };
        let (mut files, mut after, mut more) = (Vec::new(), after, true);
        // A file in which all that is open is not shown yet takes no place in the list.
        while more && files.is_empty() {
            let mut found = listed::with_duties(r, after, FILES + 1)?;
            more = found.len() > FILES;
            found.truncate(FILES);
            after = found.last().copied();
            for case in found {
                let in_all = obligations::outstanding_in(r, case, now)?;
                if in_all > 0 {
                    files.push(of_file(r, case, in_all, None, OF_EACH, now)?);
                }
            }
        }
        Ok(DutiesByChild { now, no_file, no_file_more, files, more })
    })
}

/// What consent leaves to be done in all files: what runs out, what is to be looked at, whom to tell that a permission
/// ended; those behind `after`, where it is given.
///
/// # Errors
/// As [`duties`].
pub fn duties_of_consent(vault: &Vault, after: Option<ObligationId>, now: Moment) -> Result<DutiesPage> {
    store::read(vault, |r| {
        let (lines, more) = shown(r, obligations::of_consent(r, after, LINES + 1)?, LINES, now)?;
        Ok(DutiesPage { now, lines, more, spans: duties::spans(r, now)? })
    })
}

/// The duties that belong to no file yet; those behind `after`, where it is given.
///
/// # Errors
/// As [`duties`].
pub fn duties_of_no_file(vault: &Vault, after: Option<ObligationId>, now: Moment) -> Result<DutiesPage> {
    store::read(vault, |r| {
        let (lines, more) = in_no_file(r, after, now)?;
        Ok(DutiesPage { now, lines, more, spans: Vec::new() })
    })
}

fn in_no_file(r: &Reader<'_>, after: Option<ObligationId>, now: Moment) -> Result<(Vec<ToDoLine>, bool)> {
    shown(r, obligations::open_in(r, None, after, LINES + 1, now)?, LINES, now)
}

/// The duties of one file; those behind `after`, where it is given.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such file.
pub fn duties_of(
    vault: &Vault,
    case: CaseId,
    after: Option<ObligationId>,
    now: Moment,
) -> Result<FileDuties> {
    store::read(vault, |r| of_file(r, case, obligations::outstanding_in(r, case, now)?, after, LINES, now))
}

fn of_file(
    r: &Reader<'_>,
    case: CaseId,
    in_all: u64,
    after: Option<ObligationId>,
    most: usize,
    now: Moment,
) -> Result<FileDuties> {
    let (lines, more) = shown(r, obligations::open_in(r, Some(case), after, most + 1, now)?, most, now)?;
    Ok(FileDuties {
        now,
        case,
        child: children::line_of(r, case, now)?,
        restricted: restricted::number(r, case)?,
        lines,
        in_all: store::small(in_all),
        more,
    })
}

/// As many lines as are shown at a time, and whether there is one more.
fn shown(
    r: &Reader<'_>,
    mut rows: Vec<obligations::ObligationRow>,
    most: usize,
    now: Moment,
) -> Result<(Vec<ToDoLine>, bool)> {
    let more = rows.len() > most;
    rows.truncate(most);
    Ok((duties::lines(r, rows.into_iter(), now, Veil::On)?, more))
}
