//! What brings somebody to a decision: the doors of its first page.

use crate::words::closed_set;
use crate::{CaseKind, Trigger};

closed_set! {
    /// A door of the first page. Each has its own shortest path; a guidance pack knows it as the fact `door`.
    WayIn in "kebab-case" {
        /// A worry about a child.
        Worried = "worried",
        /// An adult who works or volunteers with children worries somebody.
        WorksWithChildren = "works-with-children",
        /// Somebody asks for information.
        Request = "request",
        /// An adult may be a risk to children, and somebody should perhaps be told.
        RiskyAdult = "risky-adult",
        /// A family wants help or a service.
        Service = "service",
        /// A permission ends.
        ChangedMind = "changed-mind",
        /// The child moves.
        Moves = "moves",
        /// Somebody asks for numbers.
        Numbers = "numbers",
    }
}

impl WayIn {
    /// The kind of file in which a decision through this door lives where no child is chosen; none where it needs one.
    #[must_use]
    pub fn without_child(self) -> Option<CaseKind> {
        match self {
            Self::WorksWithChildren | Self::RiskyAdult => Some(CaseKind::Adult),
            Self::Numbers => Some(CaseKind::Numbers),
            Self::Worried | Self::Request | Self::Service | Self::ChangedMind | Self::Moves => None,
        }
    }

    /// Whether a decision in a file of a kind can be begun through this door, or changed to it. Numbers never stand in
    /// a child's file: they are about nobody.
    #[must_use]
    pub fn fits(self, kind: CaseKind) -> bool {
        match kind {
            CaseKind::Family | CaseKind::Allegation => self != Self::Numbers,
            CaseKind::Adult => self == Self::Request || self.without_child() == Some(kind),
            CaseKind::Numbers => self == Self::Numbers,
        }
    }

    /// What brings a decision about that is begun through this door.
    #[must_use]
    pub fn trigger(self) -> Trigger {
        match self {
            Self::Request => Trigger::Request,
            Self::Worried
            | Self::WorksWithChildren
            | Self::RiskyAdult
            | Self::Service
            | Self::ChangedMind
            | Self::Moves
            | Self::Numbers => Trigger::Worry,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_without_a_child_fits_the_file_that_it_opens_and_every_door_fits_some_file() {
        for door in WayIn::ALL {
            assert!(CaseKind::ALL.into_iter().any(|kind| door.fits(kind)), "{door:?}");
            if let Some(kind) = door.without_child() {
                assert!(door.fits(kind) && !kind.has_child(), "{door:?}");
            }
        }
    }

    #[test]
    fn numbers_never_stand_in_a_childs_file_and_a_worry_about_a_child_in_no_other() {
        assert!(!WayIn::Numbers.fits(CaseKind::Family));
        assert!(!WayIn::Worried.fits(CaseKind::Adult) && !WayIn::Worried.fits(CaseKind::Numbers));
        assert!(WayIn::WorksWithChildren.fits(CaseKind::Family), "the child may be known");
    }
}
