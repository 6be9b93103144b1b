//! When telling somebody later is what safe practice suggests (DESIGN, *Coercion*; S31, S32, S60).
//!
//! The default is *do not tell yet*: where a flag says so, and where the answers say that somebody could be put under
//! pressure or at risk by being told or asked. It is a suggestion that stands beside the choice, and never a choice
//! made for the practitioner. Nothing ever suggests telling at once, but for one: the child who spoke is not left without a
//! word, and is told in person.

use std::collections::BTreeSet;

use sharewell_records::{Answer, FlagKind};

use crate::{Kind, Pack, Position, Step, Tag};

/// The option that is suggested.
pub const LATER: &str = "later";

/// Why telling later is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// A flag on the person says that they are not to be told.
    FlagDoNotTell,
    /// A flag on the person says that they are not to be contacted.
    FlagNoContact,
    /// Somebody could be put under pressure or at risk.
    CoercionPossible,
    /// The same, and this is the child who spoke: the child hears it in person, and what more is agreed in the call.
    ChildInPerson,
}

impl Caution {
    /// The caution about the child to whom the advice says to speak at once ([`super::child`]). A flag stays.
    #[must_use]
    pub fn for_the_child(self) -> Self {
        if self == Self::CoercionPossible { Self::ChildInPerson } else { self }
    }
}

/// Whether a step asks whom to tell and when.
#[must_use]
pub fn asks_about_telling(step: &Step) -> bool {
    step.kind == Kind::EachPerson && step.asks(Tag::TellEachPerson)
}

/// Whether the answers say that somebody could be put under pressure or at risk by being told or asked.
#[must_use]
pub fn coercion_possible(pack: &Pack, position: &Position, step: &Step) -> bool {
    // The pack asks about telling in a question of its own where telling is a risk.
    step.asks(Tag::ContactSafety) || coercion_answered(pack, position)
}

/// Whether the answers so far say so, at whatever question.
fn coercion_answered(pack: &Pack, position: &Position) -> bool {
    position.path.iter().any(|asked| {
        let Some(earlier) = pack.step(&asked.key) else { return false };
        let said_unsafe = match &asked.answer {
            Answer::Choice { value, .. } => {
                (earlier.asks(Tag::Consent) && earlier.means(value) == "unsafe")
                    || (earlier.asks(Tag::ContactSafety) && matches!(value.as_str(), "no" | "not_sure"))
            }
            Answer::Choices { .. }
            | Answer::Text { .. }
            | Answer::Date { .. }
            | Answer::People { .. }
            | Answer::Adviser { .. }
            | Answer::Items { .. }
            | Answer::Weighing { .. }
            | Answer::EachPerson { .. }
            | Answer::Checklist { .. } => false,
        };
        earlier.asks(Tag::UnsafeToAskReasons) || said_unsafe
    })
}

/// Whether it is possible by everything that was answered, or is asked next: at the sign-off.
#[must_use]
pub fn coercion_at_the_end(pack: &Pack, position: &Position) -> bool {
    let asked = position.path.iter().map(|asked| &asked.key).chain(position.next().map(|next| &next.key));
    let mut telling = asked.filter_map(|key| pack.step(key)).filter(|step| asks_about_telling(step));
    telling.any(|step| step.asks(Tag::ContactSafety)) || coercion_answered(pack, position)
}

/// Why telling a person later is suggested at a step; none where nothing suggests it or the step does not offer it.
#[must_use]
pub fn suggested(step: &Step, flags: &BTreeSet<FlagKind>, coercion: bool) -> Option<Caution> {
    if !asks_about_telling(step) || step.option(LATER).is_none() {
        return None;
    }
    of(flags, coercion)
}

/// Why telling a person later is what safe practice suggests.
#[must_use]
pub fn of(flags: &BTreeSet<FlagKind>, coercion: bool) -> Option<Caution> {
    if flags.contains(&FlagKind::DoNotTell) {
        Some(Caution::FlagDoNotTell)
    } else if flags.contains(&FlagKind::NoContact) {
        Some(Caution::FlagNoContact)
    } else {
        coercion.then_some(Caution::CoercionPossible)
    }
}
