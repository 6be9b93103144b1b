//! What a new pack would change, as a page shows it.

use sharewell_guidance::{Changed, Changes, Difference, Named, Part, Side};

use crate::views::{ChangedView, ChangesView, DeadlineBy, DifferenceView, SidePart, SideView};

pub(super) fn difference_view(change: &Difference) -> DifferenceView {
    DifferenceView {
        steps: changes_view(&change.steps),
        outcomes: changes_view(&change.outcomes),
        obligations: changes_view(&change.obligations),
        words: changes_view(&change.words),
        holidays: changes_view(&change.holidays),
    }
}

fn changes_view(changes: &Changes) -> ChangesView {
    let texts = |all: &[Named]| all.iter().map(|one| one.text.clone()).collect();
    let parts = |all: &[Part]| all.iter().map(part).collect();
    let side = |side: &Side| SideView {
        what: side.what.into(),
        before: parts(&side.before),
        after: parts(&side.after),
    };
    let changed =
        |one: &Changed| ChangedView { text: one.text.clone(), sides: one.sides.iter().map(side).collect() };
    ChangesView {
        added: texts(&changes.added),
        removed: texts(&changes.removed),
        changed: changes.changed.iter().map(changed).collect(),
    }
}

fn part(part: &Part) -> SidePart {
    match part {
        Part::Text(text) => SidePart::Text { text: text.clone() },
        Part::Code(code) => SidePart::Code { code: code.clone() },
        Part::Kind(kind) => SidePart::Kind { kind: (*kind).into() },
        Part::NotSure(does) => SidePart::NotSure { does: (*does).into() },
        Part::Outcome(kind) => SidePart::Outcome { kind: *kind },
        Part::Duty(duty) => SidePart::Duty { duty: *duty },
        Part::Ring(who) => SidePart::Ring { who: (*who).into() },
        Part::Deadline(deadline) => {
            let (by, count) = DeadlineBy::of(*deadline);
            SidePart::Deadline { by, count }
        }
    }
}
