//! When a duty is late, and which ones are done first.

use chrono::{NaiveTime, TimeDelta};

use crate::{Duty, Moment, Obligation, london_at, london_day};

/// When a working day ends, on clocks in London.
pub const WORKING_DAY_ENDS: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// From when a duty to chase is shown: on its own day, or where it is due at an hour, once that has passed. Before, the
/// call that it chases may still be answered, and a list that speaks of it speaks of what has not happened.
#[must_use]
pub fn chased_from(due: Moment) -> Moment {
    let day = london_day(due);
    if due == london_at(day, WORKING_DAY_ENDS) { london_at(day, NaiveTime::MIN) } else { due }
}

/// Whether a duty to chase a call is not shown yet. `of_call`: whether it stands beside a call; one that chases
/// nobody is shown at once.
#[must_use]
pub fn not_yet(duty: Duty, due: Option<Moment>, of_call: bool, now: Moment) -> bool {
    duty == Duty::Escalate && of_call && due.is_some_and(|due| now < chased_from(due))
}

/// Whether a duty is one to chase a call of the same decision among these, and is not shown yet.
#[must_use]
pub fn waits_for_call(one: &Obligation, all: &[Obligation], now: Moment) -> bool {
    let call = |other: &Obligation| other.duty == Duty::Act && other.decision == one.decision;
    not_yet(one.duty, one.due, all.iter().any(call), now)
}

/// How long what is to be done at once is *now*, before it is late.
const AT_ONCE: TimeDelta = TimeDelta::minutes(15);

/// How something that is due stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowDue {
    /// It has no time, its time is to come, or it is closed.
    Ahead,
    /// It is to be done at once, and has only just appeared.
    Now,
    /// It is late.
    Overdue,
}

/// How something stands that is due by a moment. The moment itself is still in time. What is to be done at once is due
/// the moment it appears: it would be late before anybody could have read it, so it is *now* for a quarter of an hour.
#[must_use]
pub fn how_due(due: Option<Moment>, at_once: bool, settled: bool, now: Moment) -> HowDue {
    match due.filter(|_| !settled) {
        Some(due) if at_once && now.0 <= due.0 + AT_ONCE => HowDue::Now,
        Some(due) if due < now => HowDue::Overdue,
        Some(_) | None => HowDue::Ahead,
    }
}

impl Obligation {
    /// How it stands, where it is to be done at once or not.
    #[must_use]
    pub fn how_due(&self, at_once: bool, now: Moment) -> HowDue {
        how_due(self.due, at_once, self.settled.is_some(), now)
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
        assert!(duty.how_due(false, at("2026-03-12T16:59:59+00:00")) == HowDue::Ahead);
        assert!(duty.how_due(false, due) == HowDue::Ahead, "by five o'clock includes five o'clock");
        assert!(duty.how_due(false, at("2026-03-12T17:00:01+00:00")) == HowDue::Overdue);
        assert!(
            duty.how_due(false, at("2026-03-12T18:30:00+01:00")) == HowDue::Overdue,
            "half past five, told at another offset"
        );
        duty.settled = Some(Settlement::NotNeeded { reason: "She moved away.".into() });
        assert!(duty.how_due(false, at("2027-01-01T00:00:00+00:00")) == HowDue::Ahead);
        duty.settled = None;
        duty.due = None;
        assert!(
            duty.how_due(false, at("2027-01-01T00:00:00+00:00")) == HowDue::Ahead,
            "nothing is late without a time"
        );
    }

    #[test]
    fn what_is_to_be_done_at_once_is_now_for_a_quarter_of_an_hour_and_late_after_it() {
        let due = Some(at("2026-11-29T10:49:00+00:00"));
        for (when, how) in [
            ("2026-11-29T10:49:00+00:00", HowDue::Now),
            ("2026-11-29T10:49:30+00:00", HowDue::Now),
            ("2026-11-29T11:04:00+00:00", HowDue::Now),
            ("2026-11-29T11:04:01+00:00", HowDue::Overdue),
            // A clock that was set back makes nothing due later.
            ("2026-11-29T10:00:00+00:00", HowDue::Now),
        ] {
            assert_eq!(how_due(due, true, false, at(when)), how, "{when}");
        }
        assert_eq!(how_due(due, true, true, at("2026-11-29T12:00:00+00:00")), HowDue::Ahead, "it is closed");
        assert_eq!(how_due(None, true, false, at("2026-11-29T12:00:00+00:00")), HowDue::Ahead);
        let soon = at("2026-11-29T10:49:01+00:00");
        assert_eq!(how_due(due, false, false, soon), HowDue::Overdue, "by ten to eleven is no *now*");
    }

    #[test]
    fn a_call_is_chased_on_the_day_after_and_within_the_hour_only_once_it_has_passed() {
        let (today, due) = (at("2026-03-11T15:00:00+00:00"), at("2026-03-12T17:00:00+00:00"));
        assert!(not_yet(Duty::Escalate, Some(due), true, today));
        assert!(!not_yet(Duty::Escalate, Some(due), true, at("2026-03-12T00:00:00+00:00")));
        assert!(!not_yet(Duty::Escalate, Some(due), false, today), "what chases no call stands at once");
        assert!(!not_yet(Duty::Act, Some(due), true, today));
        let hour = at("2026-03-11T16:00:00+00:00");
        assert!(not_yet(Duty::Escalate, Some(hour), true, today));
        assert!(!not_yet(Duty::Escalate, Some(hour), true, hour));
        let summer = at("2026-07-14T17:00:00+01:00");
        assert_eq!(chased_from(summer), at("2026-07-14T00:00:00+01:00"));
    }

    #[test]
    fn whom_to_tell_is_known_before_anybody_is_rung() {
        assert!(Duty::Act.stands_with_the_act() && Duty::Explain.stands_with_the_act());
        assert!(!Duty::WriteUp.stands_with_the_act() && !Duty::Review.stands_with_the_act());
    }
}
