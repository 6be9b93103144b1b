//! As what somebody stands to the person whose confidence it is, and whether their answer may count: the words in which a
//! nation's rules say so. The rules themselves are data of the guidance pack.

use super::GiverCapacity;
use crate::words::closed_set;
use crate::{ParentalResponsibility, RelationshipKind};

closed_set! {
    /// As what somebody gives an answer.
    GiverKind in "snake_case" {
        /// A child or young person, for themselves.
        Child = "child",
        /// An adult, for themselves.
        Adult = "adult",
        /// A parent with parental responsibility.
        ParentWith = "parent_with",
        /// A parent without it, or of whom it is not known.
        ParentWithout = "parent_without",
        /// Somebody else who holds responsibility by an order that was seen.
        OrderHolder = "order_holder",
        /// A special guardian.
        SpecialGuardian = "special_guardian",
        /// A council with a care order.
        CouncilCareOrder = "council_care_order",
        /// A council that looks after a child by agreement.
        CouncilByAgreement = "council_by_agreement",
        /// A foster carer, or anybody else who only looks after a child.
        FosterCarer = "foster_carer",
        /// An attorney under a registered power for this matter.
        Attorney = "attorney",
        /// A deputy, or a guardian under Scots law, within the order.
        Appointed = "appointed",
        /// Next of kin, and anybody else.
        NextOfKin = "next_of_kin",
    }
}

closed_set! {
    /// How old the person is whose confidence it is, as far as any nation's rules tell ages apart.
    AgeBand in "snake_case" {
        /// Not 12 yet.
        Under12 = "under12",
        /// From 12 to 15.
        From12 = "from12",
        /// 16 or 17.
        From16 = "from16",
        /// 18 or older.
        Adult = "adult",
    }
}

closed_set! {
    /// Whether somebody's answer may count.
    MayConsent in "snake_case" {
        /// It does.
        May = "may",
        /// It does, and others are asked as well.
        MayWith = "may_with",
        /// It does not. They are heard.
        MayNot = "may_not",
        /// Nobody settles that alone.
        AskAdviser = "ask_adviser",
    }
}

impl AgeBand {
    /// The band of an age in full years.
    #[must_use]
    pub const fn of_age(years: u16) -> Self {
        match years {
            0..12 => Self::Under12,
            12..16 => Self::From12,
            16..18 => Self::From16,
            18.. => Self::Adult,
        }
    }

    /// Its first age, in full years.
    #[must_use]
    pub const fn first(self) -> u16 {
        match self {
            Self::Under12 => 0,
            Self::From12 => 12,
            Self::From16 => 16,
            Self::Adult => 18,
        }
    }
}

impl MayConsent {
    /// Whether the answer counts.
    #[must_use]
    pub const fn counts(self) -> bool {
        match self {
            Self::May | Self::MayWith => true,
            Self::MayNot | Self::AskAdviser => false,
        }
    }
}

impl GiverKind {
    /// As what somebody stands to a child whom a tie binds them to. Responsibility is never assumed: where it is not known,
    /// a parent stands as one without. None for whoever is no relative and looks after nobody, such as a practitioner.
    #[must_use]
    pub const fn of_tie(kind: RelationshipKind, responsibility: ParentalResponsibility) -> Option<Self> {
        use RelationshipKind as Tie;
        let holds = matches!(responsibility, ParentalResponsibility::Holds);
        Some(match kind {
            Tie::Mother | Tie::Father | Tie::Parent | Tie::AdoptiveParent if holds => Self::ParentWith,
            Tie::Mother | Tie::Father | Tie::Parent | Tie::AdoptiveParent => Self::ParentWithout,
            Tie::SpecialGuardian if !matches!(responsibility, ParentalResponsibility::DoesNotHold) => {
                Self::SpecialGuardian
            }
            Tie::StepParent if holds => Self::ParentWith,
            Tie::Professional | Tie::Contact if !holds => return None,
            _ if holds => Self::OrderHolder,
            Tie::FosterCarer | Tie::KinshipCarer | Tie::Carer | Tie::SpecialGuardian | Tie::Childminder => {
                Self::FosterCarer
            }
            Tie::StepParent
            | Tie::PartnerOfParent
            | Tie::Grandparent
            | Tie::GreatGrandparent
            | Tie::AuntOrUncle
            | Tie::Cousin
            | Tie::Sibling
            | Tie::HalfSibling
            | Tie::StepSibling
            | Tie::Partner
            | Tie::FormerPartner
            | Tie::OtherRelative
            | Tie::FamilyFriend
            | Tie::Neighbour
            | Tie::Lodger
            | Tie::Contact
            | Tie::Professional => Self::NextOfKin,
        })
    }

    /// The capacity in which an answer is kept, where the rules let it count.
    #[must_use]
    pub const fn capacity(self) -> GiverCapacity {
        match self {
            Self::Child => GiverCapacity::Child,
            Self::Adult => GiverCapacity::Adult,
            Self::ParentWith => GiverCapacity::Parent,
            Self::OrderHolder | Self::SpecialGuardian | Self::CouncilCareOrder => GiverCapacity::OrderHolder,
            Self::Attorney => GiverCapacity::Attorney,
            Self::Appointed => GiverCapacity::Guardian,
            Self::ParentWithout | Self::CouncilByAgreement | Self::FosterCarer | Self::NextOfKin => {
                GiverCapacity::NoSay
            }
        }
    }

    /// The same, as the verdict leaves it: whoever may not decide for somebody else is heard and decides nothing. What a
    /// person says for themselves stays their own, and weighs by whether they can decide.
    #[must_use]
    pub const fn kept_as(self, verdict: MayConsent) -> GiverCapacity {
        match self {
            Self::Child | Self::Adult => self.capacity(),
            _ if verdict.counts() => self.capacity(),
            _ => GiverCapacity::NoSay,
        }
    }

    /// Whether they answer for themselves.
    #[must_use]
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Child | Self::Adult)
    }

    /// Whether what lets them decide is a paper that has to be seen.
    #[must_use]
    pub const fn by_paper(self) -> bool {
        matches!(
            self,
            Self::OrderHolder
                | Self::SpecialGuardian
                | Self::CouncilCareOrder
                | Self::Attorney
                | Self::Appointed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responsibility_is_never_assumed_of_anybody() {
        for kind in RelationshipKind::ALL {
            for responsibility in [ParentalResponsibility::DoesNotHold, ParentalResponsibility::NotKnown] {
                let stands = GiverKind::of_tie(kind, responsibility);
                let deciding = stands.filter(|one| one.capacity() != GiverCapacity::NoSay);
                // A special guardian holds by what they are; whether one is, the order says, which is asked for.
                let guardian = kind == RelationshipKind::SpecialGuardian
                    && responsibility == ParentalResponsibility::NotKnown;
                assert_eq!(deciding.is_some(), guardian, "{kind:?} {responsibility:?}");
            }
            assert!(GiverKind::of_tie(kind, ParentalResponsibility::Holds).is_some(), "{kind:?}");
        }
    }

    #[test]
    fn ages_fall_into_the_bands_on_the_birthday() {
        let bands = [11, 12, 15, 16, 17, 18].map(AgeBand::of_age);
        use AgeBand::{Adult, From12, From16, Under12};
        assert_eq!(bands, [Under12, From12, From12, From16, From16, Adult]);
        for band in AgeBand::ALL {
            assert_eq!(AgeBand::of_age(band.first()), band);
        }
    }

    #[test]
    fn nobody_who_may_not_is_kept_as_somebody_who_decides_for_another() {
        for kind in GiverKind::ALL {
            for verdict in MayConsent::ALL.into_iter().filter(|verdict| !verdict.counts()) {
                assert!(kind.is_own() || kind.kept_as(verdict) == GiverCapacity::NoSay, "{kind:?}");
            }
        }
    }
}
