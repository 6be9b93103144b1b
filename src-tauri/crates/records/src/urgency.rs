//! Which duty is done before another.

use crate::{Day, Duty, Moment, Obligation, london_day};

/// How urgent a duty is among those of one day, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// It protects somebody: a call that has not been made leaves a child where they are.
    Protects,
    /// It follows from an emergency that was told: the account of it is owed while it is fresh.
    AfterEmergency,
    /// Somebody else waits for it: it is said, sent or asked for.
    Speaks,
    /// It reminds the one who does it.
    Reminds,
}

impl Urgency {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Protects, Self::AfterEmergency, Self::Speaks, Self::Reminds];
}

impl Duty {
    /// How urgent it is among those of one day. No wildcard: a new duty does not compile until somebody has decided.
    #[must_use]
    pub fn urgency(self) -> Urgency {
        match self {
            Self::Act
            | Self::NotifyPolice
            | Self::ConsultFrontDoor
            | Self::LegalAdvice
            // The act of every *hold*.
            | Self::DiscussWithAdviser
            | Self::Escalate
            | Self::ProtectAfterBreach
            | Self::TellLeadOfBreach
            | Self::TellDataProtectionOfficer
            | Self::ReportBreach => Urgency::Protects,
            Self::LinkedDecision
            | Self::Explain
            | Self::ConfirmInWriting
            | Self::Countersign
            | Self::WhoElseActed
            | Self::WriteUp
            | Self::SeparateFile => Urgency::Speaks,
            Self::StatePurpose
            | Self::HearViews
            | Self::ConsiderEveryone
            | Self::HowMuch
            | Self::SeparateFactOpinion
            | Self::VerifyRecipient
            | Self::ProtectIdentities
            | Self::SecureRoute
            | Self::TellLimits
            | Self::RecordDisclosure
            | Self::CheckAssumptions
            | Self::RecordReasons
            | Self::WhatWouldChange
            | Self::Review
            | Self::KeepWorkingWithFamily => Urgency::Reminds,
        }
    }
}

/// The day on which a duty stands in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StandsOn {
    /// Before every day: it follows from an emergency, and is at hand from then on, whenever it is due.
    AtOnce,
    /// On the day by which it is due.
    On(Day),
    /// After every day: it has no deadline.
    Undated,
}

/// Where a duty stands in a list on a day. What is overdue, due today, or of an emergency is one part: in it what
/// protects comes before every reminder, however late that is. Of the days to come each is a part of its own. Within
/// the same part and urgency the earlier comes first.
pub type DutyPlace = (Option<StandsOn>, Urgency, bool, Option<Moment>);

impl Obligation {
    /// How urgent it is among those of one day.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        let own = self.duty.urgency();
        if self.emergency.is_some() { own.min(Urgency::AfterEmergency) } else { own }
    }

    /// The day on which it stands.
    #[must_use]
    pub fn stands(&self) -> StandsOn {
        match (self.emergency, self.due) {
            (Some(_), _) => StandsOn::AtOnce,
            (None, Some(due)) => StandsOn::On(london_day(due)),
            (None, None) => StandsOn::Undated,
        }
    }

    /// Its place in a list on a day, to be sorted by.
    #[must_use]
    pub fn place(&self, today: Day) -> DutyPlace {
        let stands = self.stands();
        let ahead = (stands > StandsOn::On(today)).then_some(stands);
        (ahead, self.urgency(), self.emergency.is_none(), self.due)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment(text.parse().unwrap())
    }

    fn duty(duty: Duty, due: Option<&str>, emergency: bool) -> Obligation {
        let id = "00000000-0000-4000-8000-000000000001";
        Obligation {
            id: id.parse().unwrap(),
            decision: None,
            emergency: emergency.then(|| id.parse().unwrap()),
            duty,
            key: String::new(),
            person: None,
            due: due.map(at),
            settled: None,
        }
    }

    #[test]
    fn a_call_that_protects_comes_before_every_reminder_of_today_and_before() {
        let today = london_day(at("2026-11-30T09:00:00Z"));
        let in_order = [
            duty(Duty::Escalate, Some("2026-11-27T17:00:00Z"), false),
            duty(Duty::Act, Some("2026-11-30T08:59:00Z"), false),
            duty(Duty::NotifyPolice, Some("2026-11-30T17:00:00Z"), false),
            duty(Duty::WriteUp, Some("2026-12-01T17:00:00Z"), true),
            duty(Duty::ConfirmInWriting, Some("2026-11-30T17:00:00Z"), false),
            duty(Duty::Review, Some("2026-09-01T17:00:00Z"), false),
            duty(Duty::HowMuch, Some("2026-11-30T09:00:00Z"), false),
            duty(Duty::Act, Some("2026-12-01T17:00:00Z"), false),
            duty(Duty::Review, Some("2026-12-01T00:30:00Z"), false),
            duty(Duty::Act, Some("2026-12-02T17:00:00Z"), false),
            duty(Duty::Act, None, false),
            duty(Duty::Review, None, false),
        ];
        let places: Vec<_> = in_order.iter().map(|one| one.place(today)).collect();
        assert!(places.is_sorted(), "{places:#?}");
        let distinct = places.windows(2).all(|two| two.first() < two.last());
        assert!(distinct, "no two of them stand in one place");
    }

    #[test]
    fn what_an_emergency_leaves_to_do_is_at_hand_whenever_it_is_due() {
        let today = london_day(at("2026-11-30T09:00:00Z"));
        let account = duty(Duty::WriteUp, Some("2027-01-04T17:00:00Z"), true);
        let reminder = duty(Duty::Review, Some("2026-09-01T17:00:00Z"), false);
        assert!(account.place(today) < reminder.place(today));
        let lead = duty(Duty::DiscussWithAdviser, Some("2026-11-30T17:00:00Z"), true);
        assert_eq!(lead.urgency(), Urgency::Protects);
        assert!(lead.place(today) < account.place(today));
    }

    #[test]
    fn what_stands_with_the_act_is_never_a_reminder() {
        for duty in Duty::ALL.iter().copied().filter(|duty| duty.stands_with_the_act()) {
            assert!(duty.urgency() < Urgency::Reminds, "{duty:?}");
        }
    }
}
