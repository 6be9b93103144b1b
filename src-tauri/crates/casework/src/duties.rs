//! Duties as lines, in the words of the guidance that they follow from, and veiled where somebody may glance.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use sharewell_records::{DecisionId, Moment, Obligation, ObligationId, Settlement, is_overdue};
use sharewell_vault::{Reader, emergencies, obligations, practitioner};

use crate::decide::{self, fill_title};
use crate::error::Result;
use crate::guidance::serving;
use crate::people::Family;
use crate::restricted;
use crate::views::{DutyState, ToDoLine};
use crate::words::{THE_CHILD, duty};

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
            None => (DutyState::Outstanding, String::new()),
            Some(settled) => match &settled.how {
                Some(Settlement::Done { note }) => (DutyState::Done, note.clone()),
                Some(Settlement::NotNeeded { reason }) => (DutyState::NotNeeded, reason.clone()),
                None => (DutyState::Done, String::new()),
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
            overdue: is_overdue(obligation.due, row.settled.is_some(), now),
            state,
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
    let pack = serving::for_day(r, nation, crate::clock::day_of(row.recorded_at)).ok();
    let text = |part: &str| {
        let words = pack
            .as_ref()
            .map(|carried| serving::text(&carried.pack, &format!("obligation.{}.{part}", obligation.key)));
        words.unwrap_or_default().replace("{child}", &child)
    };
    let words = (text("what"), text("hint"));
    Ok((if veiled { String::new() } else { child }, words))
}
