//! A slip is made: its words are written down as they are, once for the same words.

use sharewell_records::{Bound, CaseId, Door, Moment, Payload, Slip, SlipId, SlipPaper, leaving_stands};
use sharewell_vault::{Reader, Vault, leavings, practitioner, slips};

use super::compose::Composing;
use super::offered;
use crate::consent::{self, ToAsk};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::paper::all_answered;
use crate::people::Family;
use crate::views::SlipChoice;
use crate::words::Words;
use crate::{clock, store};

/// What a form asks, held to the rules anew: the file may have changed since.
pub(super) fn asked(r: &Reader<'_>, case: CaseId, family: &Family, now: Moment) -> Result<ToAsk> {
    let mut form = Form::new();
    let asked = consent::asked(&mut form, r, case, family, &offered(r, case)?, now)?;
    form.end(|| asked)
}

/// The slip of a choice, held to the rules.
pub(super) fn made(r: &Reader<'_>, case: CaseId, choice: &SlipChoice, now: Moment) -> Result<Slip> {
    let family = Family::of(r, case)?;
    let asked = asked(r, case, &family, now)?;
    let own = practitioner::current(r)?.record;
    let today = clock::day_of(now);
    let mut form = Form::new();
    // Whom a flag says not to tell or to meet gets no slip.
    let refused = asked.giver.person.is_some_and(|person| {
        family.flags_binding(person).into_iter().any(|kind| kind.binds(Door::Slip) == Bound::Refuse)
    });
    form.fault_if(refused, "giver", Problem::Flagged);
    let composing = Composing::of(r, &asked, choice, &family, &own)?;
    composing.check(&mut form);
    form.end(|| Some(()))?;
    let protection = family.protection(r)?;
    let text = composing.text(today, &protection)?;
    all_answered(&text, &protection)?;
    let words = Words::of(family.language);
    let (paper, tone) = (composing.paper(), composing.tone(today));
    let until = asked.until.filter(|_| paper == SlipPaper::Choose);
    Ok(Slip {
        id: SlipId(store::new_id(now)),
        paper,
        tone,
        neutral: choice.neutral,
        owed: asked.owed,
        sense: asked.sense,
        purpose: asked.purpose,
        giver: asked.giver,
        cells: asked.cells,
        until,
        review: asked.review,
        version: words.slip.version.clone(),
        language: family.language.tag().to_owned(),
        hash: text.hash(),
        text,
    })
}

/// Writes a slip down, where the same does not stand already, and gives its id.
pub(super) fn kept(vault: &mut Vault, case: CaseId, slip: Slip, now: Moment) -> Result<SlipId> {
    let there = store::read(vault, |r| {
        Ok(slips::of_case(r, case)?.into_iter().map(|one| one.record).find(|one| one.is_again(&slip)))
    })?;
    if let Some(there) = there {
        return Ok(there.id);
    }
    let id = slip.id;
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::SlipMade { slip: Box::new(slip) }, &[])?;
        Ok(id)
    })
}

/// Refuses that a slip goes home where that is not known to be safe.
pub(super) fn goes_home(r: &Reader<'_>, case: CaseId, slip: &Slip, now: Moment) -> Result<()> {
    let Some(person) = slip.giver.person else { return Ok(()) };
    let family = Family::of(r, case)?;
    let view = super::leaving::view(r, &family, Some(person), slip.neutral, clock::day_of(now))?;
    if view.may_go {
        return Ok(());
    }
    let flags: Vec<_> = family.flags_binding(person).into_iter().collect();
    let last = leavings::of_person(r, person)?.into_iter().next().map(|one| one.record);
    let problem = match leaving_stands(last.as_ref(), &flags, clock::day_of(now)) {
        sharewell_records::LeavingStands::Ask => Problem::Missing,
        sharewell_records::LeavingStands::Flagged(_) => Problem::Flagged,
        sharewell_records::LeavingStands::May(_) => Problem::NotAnOption,
    };
    Err(Error::field("goes", problem))
}

/// Makes the slip that somebody is to sign on the screen, and gives its id.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be; [`Error::Leftovers`] while something looks like somebody protected;
/// [`Error::NotFound`] where nothing was offered.
pub fn begin_signing(vault: &mut Vault, case: CaseId, choice: &SlipChoice, now: Moment) -> Result<SlipId> {
    if vault.is_looked_at() {
        return Err(sharewell_vault::Error::ReadOnly.into());
    }
    let slip = store::read(vault, |r| made(r, case, choice, now))?;
    kept(vault, case, slip, now)
}
