//! What each safety flag binds, and how, at every door through which something is seen or leaves.
//!
//! No flag binds an act that protects a child: telling social care or the police is never refused, delayed or
//! made to wait for a reason. What a flag refuses is a person: the one it stands on.

use crate::FlagKind;

/// Where somebody meets what a flag is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Door {
    /// A search result.
    Search,
    /// A page of the window, seen by whoever holds the vault.
    Page,
    /// The sign-off of a decision: to whom it goes.
    SignOff,
    /// A slip that a person reads and signs.
    Slip,
    /// A share, and the record of one.
    Share,
    /// The tables and papers that an agency receives.
    Handover,
    /// A paper that is printed or saved.
    Print,
    /// Telling, ringing, writing to or visiting the person.
    Contact,
}

impl Door {
    /// Every door.
    pub const ALL: [Self; 8] = [
        Self::Search,
        Self::Page,
        Self::SignOff,
        Self::Slip,
        Self::Share,
        Self::Handover,
        Self::Print,
        Self::Contact,
    ];
}

/// What of a person a flag keeps off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hidden {
    /// Name, numbers and whereabouts.
    Identity,
    /// Every way to reach the person: telephone and address.
    Reach,
    /// The address.
    Address,
    /// The telephone number.
    Phone,
}

/// How a flag binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// That it stands is shown, and no more.
    Show,
    /// It is shown where the person is about to be met, before that is done.
    Warn,
    /// It is done only with a reason, which is recorded.
    Reason,
    /// It does not go to this person.
    Refuse,
    /// That much of the person is left out.
    Hide(Hidden),
}

impl FlagKind {
    /// What a flag of this kind binds at a door. No wildcard: a new kind or a new door does not compile until
    /// somebody has chosen.
    #[must_use]
    pub fn binds(self, door: Door) -> Bound {
        use Bound::{Hide, Reason, Refuse, Show, Warn};
        use Door as D;
        match (self, door) {
            (Self::DoNotTell, D::Search | D::Page | D::Handover | D::Print) => Show,
            (Self::DoNotTell, D::SignOff | D::Slip | D::Share) => Refuse,
            (Self::DoNotTell, D::Contact) => Reason,

            (Self::NoContact, D::Search | D::Page | D::Handover) => Show,
            (Self::NoContact, D::SignOff | D::Slip | D::Share) => Refuse,
            (Self::NoContact, D::Print) => Hide(Hidden::Reach),
            (Self::NoContact, D::Contact) => Reason,

            (Self::DoNotPost, D::Search | D::Page | D::SignOff | D::Handover) => Show,
            (Self::DoNotPost, D::Slip | D::Share | D::Contact) => Warn,
            (Self::DoNotPost, D::Print) => Hide(Hidden::Address),

            (Self::UnsafePhone, D::Search | D::Page | D::SignOff | D::Handover) => Show,
            (Self::UnsafePhone, D::Slip | D::Share | D::Contact) => Warn,
            (Self::UnsafePhone, D::Print) => Hide(Hidden::Phone),

            (Self::ProtectedIdentity, D::Page | D::Contact) => Warn,
            (Self::ProtectedIdentity, D::SignOff | D::Share) => Refuse,
            (Self::ProtectedIdentity, D::Search | D::Slip | D::Handover | D::Print) => Hide(Hidden::Identity),

            (Self::WorkerSafety, D::Contact) => Warn,
            (
                Self::WorkerSafety,
                D::Search | D::Page | D::SignOff | D::Slip | D::Share | D::Handover | D::Print,
            ) => Show,
        }
    }

    /// Whether a flag binds everybody who lives in the same home: who reads the post there reads all of it.
    #[must_use]
    pub fn binds_the_home(self) -> bool {
        match self {
            Self::DoNotPost => true,
            Self::DoNotTell
            | Self::NoContact
            | Self::UnsafePhone
            | Self::ProtectedIdentity
            | Self::WorkerSafety => false,
        }
    }
}

/// The flags that are said beside the name of whoever they stand on, wherever a line asks that they are spoken of,
/// told, reached or visited: those that bind there. What keeps a name back comes first.
#[must_use]
pub fn said_beside_a_name(kinds: impl IntoIterator<Item = FlagKind>) -> Vec<FlagKind> {
    let binds = |kind: &FlagKind| {
        [Door::Contact, Door::Share].into_iter().any(|door| kind.binds(door) != Bound::Show)
    };
    let mut said: Vec<FlagKind> = kinds.into_iter().filter(binds).collect();
    said.sort_by_key(|kind| (*kind != FlagKind::ProtectedIdentity, *kind));
    said.dedup();
    said
}

/// What flags leave of somebody's ways to be reached at a door: the telephone number, the address.
#[must_use]
pub fn reachable(kinds: impl IntoIterator<Item = FlagKind>, door: Door) -> (bool, bool) {
    kinds.into_iter().fold((true, true), |(phone, address), kind| match kind.binds(door) {
        Bound::Hide(Hidden::Identity | Hidden::Reach) => (false, false),
        Bound::Hide(Hidden::Address) => (phone, false),
        Bound::Hide(Hidden::Phone) => (false, address),
        Bound::Show | Bound::Warn | Bound::Reason | Bound::Refuse => (phone, address),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_binds_somewhere_and_shows_everywhere_else() {
        for kind in FlagKind::ALL {
            assert!(
                Door::ALL.into_iter().any(|door| kind.binds(door) != Bound::Show),
                "{kind:?} would be a note and no flag"
            );
        }
    }

    #[test]
    fn what_forbids_telling_or_contact_refuses_its_person_wherever_something_would_go_to_them() {
        for kind in [FlagKind::DoNotTell, FlagKind::NoContact] {
            for door in [Door::SignOff, Door::Slip, Door::Share] {
                assert_eq!(kind.binds(door), Bound::Refuse, "{kind:?} at {door:?}");
            }
            assert_eq!(kind.binds(Door::Contact), Bound::Reason, "{kind:?}");
        }
    }

    #[test]
    fn every_flag_is_said_beside_the_name_it_stands_on_and_a_kept_name_first() {
        for kind in FlagKind::ALL {
            assert_eq!(said_beside_a_name([kind]), [kind], "a line that names them says nothing of {kind:?}");
        }
        let both =
            said_beside_a_name([FlagKind::DoNotTell, FlagKind::ProtectedIdentity, FlagKind::DoNotTell]);
        assert_eq!(both, [FlagKind::ProtectedIdentity, FlagKind::DoNotTell]);
    }

    #[test]
    fn a_way_to_reach_somebody_is_left_out_where_any_flag_forbids_it() {
        use FlagKind as K;
        for (kinds, left) in [
            (vec![], (true, true)),
            (vec![K::DoNotPost], (true, false)),
            (vec![K::UnsafePhone], (false, true)),
            (vec![K::UnsafePhone, K::DoNotPost], (false, false)),
            (vec![K::NoContact], (false, false)),
            (vec![K::ProtectedIdentity], (false, false)),
            (vec![K::WorkerSafety, K::DoNotTell], (true, true)),
        ] {
            assert_eq!(reachable(kinds.clone(), Door::Print), left, "{kinds:?}");
        }
    }
}
