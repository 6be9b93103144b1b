//! What may be left with somebody: asked once, shown where something would go home, and binding.

use sharewell_records::{
    CaseId, Day, Leaving, LeavingId, LeavingStands, MayLeave, Moment, Payload, PersonId, leaving_stands,
};
use sharewell_vault::{Reader, Vault, leavings};

use crate::error::{Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::views::{LeavingInput, LeavingSaid, LeavingState, LeavingView};
use crate::{clock, store};

/// What stands of leaving a slip with whoever reads it.
pub(super) fn view(
    r: &Reader<'_>,
    family: &Family,
    person: Option<PersonId>,
    neutral: bool,
    today: Day,
) -> Result<LeavingView> {
    let Some(person) = person else {
        let state = LeavingState::NoHome;
        return Ok(LeavingView { state, person: None, flag: None, said: None, may_go: true });
    };
    let last = leavings::of_person(r, person)?.into_iter().next().map(|one| one.record);
    let flags: Vec<_> = family.flags_binding(person).into_iter().collect();
    let stands = leaving_stands(last.as_ref(), &flags, today);
    let (state, flag, may_go) = match stands {
        LeavingStands::Ask => (LeavingState::Ask, None, false),
        LeavingStands::Flagged(flag) => (LeavingState::Flagged, Some(flag), false),
        LeavingStands::May(may) => (LeavingState::Asked, None, goes(may, neutral)),
    };
    let said =
        last.map(|one| LeavingSaid { sees: one.sees, may: one.may, reason: one.reason, asked: one.asked });
    Ok(LeavingView { state, person: Some(person), flag, said, may_go })
}

const fn goes(may: MayLeave, neutral: bool) -> bool {
    match may {
        MayLeave::AsItIs => true,
        MayLeave::Neutral => neutral,
        MayLeave::Spoken | MayLeave::Nothing => false,
    }
}

/// Writes down what somebody said may be left with them.
///
/// # Errors
/// [`crate::Error::Fields`] for everything that is not as it must be.
pub fn say_leaving(
    vault: &mut Vault,
    case: CaseId,
    person: PersonId,
    typed: &LeavingInput,
    now: Moment,
) -> Result<()> {
    let mut form = Form::new();
    let known = store::read(vault, |r| Ok(Family::of(r, case)?.person(person).is_some()))?;
    form.fault_if(!known, "person", Problem::NotAnOption);
    let sees = form.chosen("sees", typed.sees);
    let may = form.chosen("may", typed.may);
    // Where everything may be left there is nothing to give a reason for.
    let reason = match may {
        Some(MayLeave::AsItIs) | None => form.text("reason", &typed.reason),
        Some(MayLeave::Neutral | MayLeave::Spoken | MayLeave::Nothing) => {
            form.reason("reason", &typed.reason)
        }
    };
    let leaving = form.end(|| {
        Some(Leaving {
            id: LeavingId(store::new_id(now)),
            person,
            sees: sees?,
            may: may?,
            reason,
            asked: clock::day_of(now),
        })
    })?;
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::LeavingSaid { leaving }, &[])?;
        Ok(())
    })
}
