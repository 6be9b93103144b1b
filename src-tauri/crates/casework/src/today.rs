//! The home page: what needs attention, the most urgent first.

use sharewell_records::{EntryId, Moment, ObligationId, Payload, Settlement};
use sharewell_vault::{
    Access, HeadState, Reader, Vault, access, backups, cases, drafts, obligations, practitioner,
};

use crate::duties::{self, Veil};
use crate::error::{Error, Result};
use crate::guidance::serving;
use crate::views::TodayView;
use crate::{children, decide, handover, input, start, store};

/// How many files the home page shows as touched last.
const RECENT: usize = 5;
/// How far back in the access log a changed clock is still worth a notice.
const LOG_ROWS: usize = 200;

/// The home page.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn today(vault: &Vault, now: Moment) -> Result<TodayView> {
    store::read(vault, |r| {
        let begun = drafts::list(r)?.into_iter().rev().filter(|draft| draft.kind == decide::DRAFT_KIND);
        Ok(TodayView {
            now,
            to_do: duties::lines(r, obligations::outstanding(r)?.into_iter(), now, Veil::On)?,
            drafts: begun.map(|draft| decide::draft_line(r, &draft, now)).collect::<Result<_>>()?,
            recent: children::lines(r, now, RECENT, |_| Ok(true))?,
            children: store::small(cases::list(r)?.len() as u64),
            not_handed_over: handover::waiting(r)?,
            notices: notices(vault, r, now)?,
            lost: start::lost(vault),
        })
    })
}

/// Notices about the vault itself, as codes of the catalogue.
fn notices(vault: &Vault, r: &Reader<'_>, now: Moment) -> Result<Vec<String>> {
    let mut notices = Vec::new();
    let mut add = |on: bool, code: &str| notices.extend(on.then(|| code.to_owned()));
    add(!start::recovery_confirmed(r)?, "recovery_not_confirmed");
    let lost = match vault.opening().head {
        HeadState::Lost(_) | HeadState::Unreadable => true,
        HeadState::Agrees | HeadState::Missing => false,
    };
    add(lost, "damage_found");
    // Nothing to lose, nothing to remind of.
    let started = practitioner::recovery_confirmed(r)?.is_some();
    add(started && backups(vault.dir()).unwrap_or_default().is_empty(), "no_backup");
    add(vault.backup_failed().is_some(), "backup_failed");
    let rows = access::list(r, None, LOG_ROWS, None)?;
    let since_unlock = rows.iter().take_while(|row| !matches!(row.access, Some(Access::Unlocked { .. })));
    add(
        since_unlock.into_iter().any(|row| matches!(row.access, Some(Access::ClockChanged { .. }))),
        "clock_changed",
    );
    let on = crate::clock::day_of(now);
    let pack = serving::for_day(r, practitioner::current(r)?.record.nation, on).ok();
    add(pack.is_some_and(|carried| carried.pack.calendar.runs_out(on).is_some()), "holidays_end");
    Ok(notices)
}

/// Closes a duty.
///
/// # Errors
/// [`Error::AlreadySettled`]; [`Error::Field`] where something is not needed and no reason is given.
pub fn settle_obligation(
    vault: &mut Vault,
    id: ObligationId,
    settlement: Settlement,
    now: Moment,
) -> Result<()> {
    let settlement = checked(&settlement)?;
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

/// A settlement as typed: a reason wherever something is not needed.
fn checked(settlement: &Settlement) -> Result<Settlement> {
    Ok(match settlement {
        Settlement::Done { note } => Settlement::Done { note: input::text(note, "note")? },
        Settlement::NotNeeded { reason } => Settlement::NotNeeded { reason: input::reason(reason)? },
    })
}
