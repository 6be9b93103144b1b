//! When a duty is late, and which ones are done first.

use crate::{Duty, Moment, Obligation};

/// Whether something that is due by a moment, and not closed, is late. The moment itself is still in time.
#[must_use]
pub fn is_overdue(due: Option<Moment>, settled: bool, now: Moment) -> bool {
    !settled && due.is_some_and(|due| due < now)
}

impl Obligation {
    /// Whether it is open and its moment has passed.
    #[must_use]
    pub fn is_overdue(&self, now: Moment) -> bool {
        is_overdue(self.due, self.settled.is_some(), now)
    }
}

impl Duty {
    /// Whether it stands with the act, before what is due at some later time of the day. These are calls to make now,
    /// and one thing to know before anybody is rung: whom to tell and whom not yet (S59, S60; condition 6). Read
    /// after the call it would come too late.
    #[must_use]
    pub fn stands_with_the_act(self) -> bool {
        match self {
            Self::Act
            | Self::NotifyPolice
            | Self::LegalAdvice
            | Self::ConsultFrontDoor
            | Self::Explain
            | Self::ProtectAfterBreach
            | Self::TellLeadOfBreach => true,
            Self::StatePurpose
            | Self::HearViews
            | Self::ConsiderEveryone
            | Self::HowMuch
            | Self::SeparateFactOpinion
            | Self::VerifyRecipient
            | Self::ProtectIdentities
            | Self::SeparateFile
            | Self::SecureRoute
            | Self::TellLimits
            | Self::RecordDisclosure
            | Self::DiscussWithAdviser
            | Self::ConfirmInWriting
            | Self::LinkedDecision
            | Self::WhoElseActed
            | Self::CheckAssumptions
            | Self::WriteUp
            | Self::RecordReasons
            | Self::WhatWouldChange
            | Self::Review
            | Self::Countersign
            | Self::Escalate
            | Self::KeepWorkingWithFamily
            | Self::TellDataProtectionOfficer
            | Self::ReportBreach => false,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Settlement;

    fn at(text: &str) -> Moment {
        Moment(text.parse().unwrap())
    }

    #[test]
    fn a_duty_is_late_once_its_moment_has_passed_and_never_when_it_is_closed() {
        let due = at("2026-03-12T17:00:00+00:00");
        let mut duty = Obligation {
            id: "00000000-0000-4000-8000-000000000001".parse().unwrap(),
            decision: None,
            emergency: None,
            duty: Duty::Act,
            key: "act".into(),
            person: None,
            due: Some(due),
            settled: None,
        };
        assert!(!duty.is_overdue(at("2026-03-12T16:59:59+00:00")));
        assert!(!duty.is_overdue(due), "by five o'clock includes five o'clock");
        assert!(duty.is_overdue(at("2026-03-12T17:00:01+00:00")));
        assert!(duty.is_overdue(at("2026-03-12T18:30:00+01:00")), "half past five, told at another offset");
        duty.settled = Some(Settlement::NotNeeded { reason: "She moved away.".into() });
        assert!(!duty.is_overdue(at("2027-01-01T00:00:00+00:00")));
        duty.settled = None;
        duty.due = None;
        assert!(!duty.is_overdue(at("2027-01-01T00:00:00+00:00")), "nothing is late without a time");
    }

    #[test]
    fn whom_to_tell_is_known_before_anybody_is_rung() {
        assert!(Duty::Act.stands_with_the_act() && Duty::Explain.stands_with_the_act());
        assert!(!Duty::WriteUp.stands_with_the_act() && !Duty::Review.stands_with_the_act());
    }
}
