//! The home page: what needs attention, the most urgent first.

mod closing;
mod list;

use sharewell_records::{DecisionId, Moment, ObligationId};
use sharewell_vault::{
    HeadState, Reader, Vault, access, backups, cases, drafts, ledger, obligations, practitioner, tallies,
};

pub use closing::{drop_obligation, note_obligation, reopen_obligation, settle_obligation};
pub use list::{duties, duties_by_child, duties_of, duties_of_consent, duties_of_no_file};

use crate::duties::Veil;
use crate::error::{Error, Result};
use crate::guidance::serving;
use crate::views::{DecisionLine, DutySpan, DutyState, Notice, ToDoLine, TodayView};
use crate::{children, decide, duties as lines_of, handover, rehearsal, start, store};

/// How many files the home page shows as touched last.
const RECENT: usize = 5;
/// How many duties a page shows at a time.
const DUTIES: usize = 25;
/// How many begun decisions a page shows at a time.
const BEGUN: usize = 10;
/// How far back in the access log a changed clock is still worth a notice.
const LOG_ROWS: usize = 200;

/// The home page. Of the duties it shows what is due now and today, and counts the rest. It shows the first lines of each
/// list and says how many there are; whoever wants more asks for them ([`more_duties`], [`more_begun`]), so that it is as quick in the tenth year as on the first day.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn today(vault: &Vault, now: Moment) -> Result<TodayView> {
    store::read(vault, |r| {
        Ok(TodayView {
            now,
            to_do: duties_behind(r, None, now)?,
            spans: lines_of::spans(r, now)?,
            to_do_in_all: lines_of::shown(r, now)?,
            drafts: begun_behind(r, None, now)?,
            drafts_in_all: store::small(drafts::count_of_kind(r, decide::DRAFT_KIND)?),
            recent: children::lines(r, cases::page(r, None, RECENT)?, now)?,
            children: store::small(tallies::families(r)?),
            not_handed_over: handover::waiting(r)?,
            notices: notices(vault, r, now)?,
            lost: start::lost(vault),
        })
    })
}

/// The duties that come behind one of the home page: what is due now and today, the most urgent first.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn more_duties(vault: &Vault, after: ObligationId, now: Moment) -> Result<Vec<ToDoLine>> {
    store::read(vault, |r| duties_behind(r, Some(after), now))
}

/// The begun decisions that come behind one of the home page.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn more_begun(vault: &Vault, after: DecisionId, now: Moment) -> Result<Vec<DecisionLine>> {
    store::read(vault, |r| begun_behind(r, Some(after), now))
}

/// One duty as the home page tells it, closed or not.
///
/// # Errors
/// [`Error::Vault`] where there is no such duty.
pub fn duty(vault: &Vault, id: ObligationId, now: Moment) -> Result<ToDoLine> {
    store::read(vault, |r| {
        let lines = lines_of::lines(r, std::iter::once(obligations::get(r, id)?), now, Veil::On)?;
        let mut line = lines.into_iter().next().ok_or(Error::NotFound { what: "obligation" })?;
        // What was noted at a tick is not lost from sight because the tick was taken back.
        if line.state == DutyState::Outstanding && line.restricted.is_none() {
            line.note = lines_of::said_before(r, id)?;
        }
        Ok(line)
    })
}

fn duties_behind(r: &Reader<'_>, after: Option<ObligationId>, now: Moment) -> Result<Vec<ToDoLine>> {
    lines_of::lines(
        r,
        obligations::page(r, lines_of::stretch(DutySpan::Now, now), after, DUTIES, now)?.into_iter(),
        now,
        Veil::On,
    )
}

fn begun_behind(r: &Reader<'_>, after: Option<DecisionId>, now: Moment) -> Result<Vec<DecisionLine>> {
    let begun = decide::drafts_behind(r, after, BEGUN)?;
    begun.iter().map(|draft| decide::draft_line(r, draft, now)).collect()
}

/// Notices about the vault itself.
fn notices(vault: &Vault, r: &Reader<'_>, now: Moment) -> Result<Vec<Notice>> {
    let mut notices = Vec::new();
    let mut add = |on: bool, notice: Notice| notices.extend(on.then_some(notice));
    add(!start::recovery_confirmed(r)?, Notice::RecoveryNotConfirmed);
    add(matches!(vault.opening().head, HeadState::Lost(_)), Notice::DamageFound);
    let doubts = ledger::doubts(r)?;
    // A vault that is only looked at holds no entry of what this opening found.
    let looked = matches!(vault.opening().head, HeadState::Missing | HeadState::Unreadable);
    add(looked || !doubts.heads().is_empty(), Notice::HeadNotFound);
    add(doubts.clock_last().is_some(), Notice::ClockDoubtful);
    // Nothing to lose, nothing to remind of. Where the vault is only looked at, none can be made.
    let started = practitioner::recovery_confirmed(r)?.is_some() && !vault.is_looked_at();
    add(started && backups(vault.dir()).unwrap_or_default().is_empty(), Notice::NoBackup);
    add(vault.backup_failed().is_some(), Notice::BackupFailed);
    add(access::clock_changed(r, LOG_ROWS)?, Notice::ClockChanged);
    let on = crate::clock::day_of(now);
    let pack = serving::for_day(r, practitioner::current(r)?.record.nation, on).ok();
    add(pack.is_some_and(|carried| carried.pack.calendar.runs_out(on).is_some()), Notice::HolidaysEnd);
    add(!vault.is_looked_at() && rehearsal::is_due(r, now)?, Notice::RehearsalDue);
    Ok(notices)
}
