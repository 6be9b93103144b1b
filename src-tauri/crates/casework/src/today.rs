//! The home page: what needs attention, the most urgent first.

use sharewell_records::{DecisionId, EntryId, Moment, ObligationId, Payload, Settlement};
use sharewell_vault::{
    HeadState, Reader, Vault, access, backups, cases, drafts, ledger, obligations, practitioner, tallies,
};

use crate::duties::{self, Veil};
use crate::error::{Error, Result};
use crate::guidance::serving;
use crate::input::Form;
use crate::views::{DecisionLine, Notice, ToDoLine, TodayView};
use crate::{children, decide, handover, start, store};

/// How many files the home page shows as touched last.
const RECENT: usize = 5;
/// How many duties a page shows at a time.
const DUTIES: usize = 25;
/// How many begun decisions a page shows at a time.
const BEGUN: usize = 10;
/// How far back in the access log a changed clock is still worth a notice.
const LOG_ROWS: usize = 200;

/// The home page. It shows the first lines of each list and says how many there are; whoever wants more asks for
/// them ([`more_duties`], [`more_begun`]), so that it is as quick in the tenth year as on the first day.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn today(vault: &Vault, now: Moment) -> Result<TodayView> {
    store::read(vault, |r| {
        Ok(TodayView {
            now,
            to_do: duties_behind(r, None, now)?,
            to_do_in_all: store::small(tallies::outstanding(r)?),
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

/// The duties that come behind one of the home page, the most urgent first.
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
    let lines =
        store::read(vault, |r| duties::lines(r, std::iter::once(obligations::get(r, id)?), now, Veil::On))?;
    lines.into_iter().next().ok_or(Error::NotFound { what: "obligation" })
}

fn duties_behind(r: &Reader<'_>, after: Option<ObligationId>, now: Moment) -> Result<Vec<ToDoLine>> {
    duties::lines(r, obligations::page(r, after, DUTIES)?.into_iter(), now, Veil::On)
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
    Ok(notices)
}

/// Closes a duty.
///
/// # Errors
/// [`Error::AlreadySettled`]; [`Error::Fields`] where something is not needed and no reason is given.
pub fn settle_obligation(
    vault: &mut Vault,
    id: ObligationId,
    settlement: impl Into<Option<Settlement>>,
    now: Moment,
) -> Result<()> {
    let settlement = checked(settlement.into())?;
    let row = store::read(vault, |r| Ok(obligations::get(r, id)?))?;
    if row.settled.is_some() {
        return Err(Error::AlreadySettled);
    }
    let basis: [EntryId; 1] = [row.entry];
    store::write(vault, now, |w| {
        w.append(row.case, &Payload::ObligationSettled { id, settlement }, &basis)?;
        Ok(())
    })
}

/// A settlement as typed: one of the two, and a reason wherever something is not needed.
fn checked(settlement: Option<Settlement>) -> Result<Settlement> {
    let mut form = Form::new();
    let settlement = form.chosen("how", settlement).map(|settlement| match settlement {
        Settlement::Done { note } => Settlement::Done { note: form.text("note", &note) },
        Settlement::NotNeeded { reason } => Settlement::NotNeeded { reason: form.reason("reason", &reason) },
    });
    form.end(|| settlement)
}
