//! Which duties of a decision something that left shows to be done. The rule is `practice::closing` of the guidance; here
//! it is asked, and what it closes is said in words that name what it rests on.

use sharewell_guidance::practice::closing::{self, Left};
use sharewell_records::{Disclosure, ObligationId, Settlement};
use sharewell_vault::{Reader, decisions, obligations, practitioner};

use crate::error::Result;
use crate::guidance::Wording;
use crate::guidance::serving::kept_pack;
use crate::language;
use crate::words::Words;

/// A duty that is closed, and with what.
pub(crate) struct Closed {
    pub row: obligations::ObligationRow,
    pub settlement: Settlement,
}

/// The open duties that a disclosure closes; none where it rests on no decision.
pub(crate) fn by_what_left(r: &Reader<'_>, disclosure: &Disclosure) -> Result<Vec<Closed>> {
    let Some(decision) = disclosure.decision else { return Ok(Vec::new()) };
    let decision = decisions::get(r, decision)?.record;
    let carried = kept_pack(r, &decision.pack)?;
    let (own, language) = (practitioner::current(r)?.record, language::of(r)?);
    let wording = Wording::new(&carried.pack, language);
    let terms: Vec<String> = carried.pack.terms.iter().map(|term| format!("term.{term}")).collect();
    let mut desks: Vec<&str> = terms.iter().map(|key| wording.text(key)).collect();
    desks.push(&own.front_door_name);
    let left = Left { disclosure, decided_for: &decision.recipient, desks: &desks };
    let act: Option<ObligationId> = decision.obligations.first().map(|one| one.id);
    let open = obligations::of_decision(r, decision.id)?.into_iter().filter(|row| row.settled.is_none());
    let shown = open.filter(|row| {
        closing::shown_by_what_left(row.obligation.duty, act == Some(row.obligation.id), &left)
    });
    let words = Words::of(language);
    let how = if disclosure.route.is_spoken() { &words.shown.told } else { &words.shown.sent };
    let note = how.fill(&[("who", &disclosure.recipient), ("moment", &words.moment(disclosure.at))]);
    let done = Settlement::Done { note };
    Ok(shown.map(|row| Closed { row, settlement: done.clone() }).collect())
}
