//! The home page: what needs attention, the most urgent first.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use sharewell_records::{DecisionId, EntryId, Moment, Obligation, ObligationId, Payload, Settlement};
use sharewell_vault::{
    Access, HeadState, Reader, Vault, access, backups, cases, drafts, emergencies, obligations, practitioner,
};

use crate::decide::{self, fill_title};
use crate::error::{Error, Result};
use crate::paper::words::{THE_CHILD, duty};
use crate::people::Family;
use crate::views::{ToDoLine, TodayView};
use crate::{children, handover, input, packs, restricted, start, store};

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
            to_do: lines(r, obligations::outstanding(r)?.into_iter(), now, Veil::On)?,
            drafts: begun.map(|draft| decide::draft_line(r, &draft, now)).collect::<Result<_>>()?,
            recent: children::lines(r, now, RECENT, |_| Ok(true))?,
            children: store::small(cases::list(r)?.len() as u64),
            not_handed_over: handover::waiting(r)?,
            notices: notices(vault, r)?,
            lost: start::lost(vault),
        })
    })
}

/// Notices about the vault itself, as codes of the catalogue.
fn notices(vault: &Vault, r: &Reader<'_>) -> Result<Vec<String>> {
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
    let rows = access::list(r, None, LOG_ROWS, None)?;
    let since_unlock = rows.iter().take_while(|row| !matches!(row.access, Some(Access::Unlocked { .. })));
    add(
        since_unlock.into_iter().any(|row| matches!(row.access, Some(Access::ClockChanged { .. }))),
        "clock_changed",
    );
    Ok(notices)
}

/// Whether lines of restricted files name anybody. On a page that somebody may glance at they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Veil {
    /// They name nobody.
    On,
    /// Inside the file itself.
    Off,
}

/// Words of a decision's obligations: read once for all lines of that decision.
struct Words {
    child: String,
    titles: BTreeMap<ObligationId, (String, String)>,
}

/// Obligations as lines, in the order given.
pub(crate) fn lines(
    r: &Reader<'_>,
    rows: impl Iterator<Item = obligations::ObligationRow>,
    now: Moment,
    veil: Veil,
) -> Result<Vec<ToDoLine>> {
    let rows: Vec<_> = rows.collect();
    let mut decisions: BTreeMap<DecisionId, Words> = BTreeMap::new();
    let mut lines = Vec::new();
    for row in rows {
        let obligation = &row.obligation;
        let case = match (row.case, obligation.emergency) {
            (Some(case), _) => Some(case),
            (None, Some(id)) => {
                let written = emergencies::get(r, id)?.written_up;
                written.map(|one| one.record.case)
            }
            (None, None) => None,
        };
        let restricted = match (veil, case) {
            (Veil::On, Some(case)) => restricted::number(r, case)?,
            (Veil::On, None) | (Veil::Off, _) => None,
        };
        let (child, (title, hint)) = match obligation.decision {
            Some(id) => {
                let words = match decisions.entry(id) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(place) => place.insert(words_of(r, id, restricted.is_some())?),
                };
                (words.child.clone(), words.titles.get(&obligation.id).cloned().unwrap_or_default())
            }
            None => words_of_emergency(r, obligation, &row, restricted.is_some())?,
        };
        let (state, note) = match &row.settled {
            None => ("outstanding", String::new()),
            Some(settled) => match &settled.how {
                Some(Settlement::Done { note }) => ("done", note.clone()),
                Some(Settlement::NotNeeded { reason }) => ("not_needed", reason.clone()),
                None => ("done", String::new()),
            },
        };
        lines.push(ToDoLine {
            id: obligation.id,
            duty: obligation.duty,
            title,
            hint,
            case: row.case,
            restricted,
            child,
            decision: obligation.decision,
            emergency: obligation.emergency,
            due: obligation.due,
            overdue: row.settled.is_none() && obligation.due.is_some_and(|due| due < now),
            state: state.to_owned(),
            note,
        });
    }
    Ok(lines)
}

fn words_of(r: &Reader<'_>, id: DecisionId, veiled: bool) -> Result<Words> {
    decide::read_signed(r, id, |signed| {
        let mut wording = signed.wording();
        let who = decide::in_words(&signed.replay()?.advice);
        if veiled {
            THE_CHILD.clone_into(&mut wording.child);
        }
        let title = |one: &Obligation| {
            // What concerns one person has words without a name; the file itself says who it is.
            let words = match veiled && (one.person.is_some() || who.contains_key(&one.key)) {
                true => (duty(one.duty).to_owned(), String::new()),
                false => fill_title(&wording, one, &who),
            };
            (one.id, words)
        };
        let child = if veiled { String::new() } else { signed.family.child_name() };
        Ok(Words { child, titles: signed.standing.iter().map(title).collect() })
    })
}

/// The words of a duty that follows from an emergency: those of the nation's pack for the same duty, where
/// there is a pack; the page has its own for the rest.
fn words_of_emergency(
    r: &Reader<'_>,
    obligation: &Obligation,
    row: &obligations::ObligationRow,
    veiled: bool,
) -> Result<(String, (String, String))> {
    let emergency = match obligation.emergency {
        Some(id) => Some(emergencies::get(r, id)?),
        None => None,
    };
    let case = row.case.or_else(|| emergency.as_ref().and_then(|one| one.emergency.record.case));
    let child = match case {
        _ if veiled => THE_CHILD.to_owned(),
        Some(case) => Family::of(r, case)?.child_name(),
        None => emergency.map(|one| one.emergency.record.child).unwrap_or_default(),
    };
    let nation = practitioner::current(r)?.record.nation;
    let pack = packs::for_day(r, nation, crate::clock::day_of(row.recorded_at)).ok();
    let text = |part: &str| {
        let words = pack
            .as_ref()
            .map(|carried| packs::text(&carried.pack, &format!("obligation.{}.{part}", obligation.key)));
        words.unwrap_or_default().replace("{child}", &child)
    };
    let words = (text("what"), text("hint"));
    Ok((if veiled { String::new() } else { child }, words))
}

/// Closes a duty and returns what is still outstanding.
///
/// # Errors
/// [`Error::AlreadySettled`]; [`Error::Field`] where something is not needed and no reason is given.
pub fn settle_obligation(
    vault: &mut Vault,
    id: ObligationId,
    settlement: Settlement,
    now: Moment,
) -> Result<TodayView> {
    let settlement = checked(&settlement)?;
    let row = store::read(vault, |r| Ok(obligations::get(r, id)?))?;
    if row.settled.is_some() {
        return Err(Error::AlreadySettled);
    }
    let basis: [EntryId; 1] = [row.entry];
    store::write(vault, now, |w| {
        w.append(row.case, &Payload::ObligationSettled { id, settlement }, &basis)?;
        Ok(())
    })?;
    today(vault, now)
}

/// A settlement as typed: a reason wherever something is not needed.
fn checked(settlement: &Settlement) -> Result<Settlement> {
    Ok(match settlement {
        Settlement::Done { note } => Settlement::Done { note: input::text(note, "note")? },
        Settlement::NotNeeded { reason } => Settlement::NotNeeded { reason: input::reason(reason)? },
    })
}
