//! A slip before it is used, and the one slip that the signing view shows.

use sharewell_records::{CaseId, Moment, Slip, SlipId, reading_age};
use sharewell_vault::{Vault, practitioner, slips};

use super::compose::Composing;
use super::{leaving, make};
use crate::emergency::emergency_numbers;
use crate::error::Result;
use crate::flagged::{self, Named};
use crate::people::Family;
use crate::views::{NamedNumber, SigningNow, SigningPhase, SigningSlip, SlipChoice, SlipView};
use crate::{clock, store};

/// The language whose reading age the formula tells.
const COUNTED_IN: &str = "en";

/// A slip as it would be made.
///
/// # Errors
/// [`crate::Error::NotFound`] where nothing was offered; [`crate::Error::Fields`] where the file has changed so that
/// what was asked does not hold any more.
pub fn slip(vault: &Vault, case: CaseId, choice: &SlipChoice, now: Moment) -> Result<SlipView> {
    store::read(vault, |r| {
        let family = Family::of(r, case)?;
        let asked = make::asked(r, case, &family, now)?;
        let own = practitioner::current(r)?.record;
        let composing = Composing::of(r, &asked, choice, &family, &own)?;
        let today = clock::day_of(now);
        let text = composing.text(today, &family.protection(r)?)?;
        let english = family.language.tag() == COUNTED_IN;
        let named = Named { person: asked.giver.person, words: "", child: false };
        Ok(SlipView {
            now,
            child: family.child_name(),
            giver: asked.giver.name.clone(),
            paper: composing.paper(),
            tone: composing.tone(today),
            reading_age: english.then(|| reading_age(&text.plain())).flatten(),
            names: if choice.neutral { Vec::new() } else { composing.names() },
            leaving: leaving::view(r, &family, asked.giver.person, choice.neutral, today)?,
            careful: flagged::careful(&family, named),
            text,
        })
    })
}

/// What the signing view shows: the slip while it is read, and numbers for an emergency without the name of anybody.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such slip.
pub fn signing(vault: &Vault, id: SlipId, phase: SigningPhase, now: Moment) -> Result<SigningNow> {
    let slip = match phase {
        SigningPhase::Reading => {
            let Slip { paper, tone, text, .. } = store::read(vault, |r| Ok(slips::get(r, id)?.record))?;
            Some(SigningSlip { paper, tone, text })
        }
        SigningPhase::Stopped | SigningPhase::Ended => None,
    };
    let numbers = emergency_numbers(vault.dir(), Some(vault), now)?.numbers;
    let nameless = |one| NamedNumber { name: String::new(), ..one };
    Ok(SigningNow { phase, slip, numbers: numbers.into_iter().map(nameless).collect() })
}
