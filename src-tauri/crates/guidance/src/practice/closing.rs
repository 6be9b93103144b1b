//! What it takes to close a duty.
//!
//! A reminder closes in one press. What changes somebody's day does not: it closes on what was reached, said or
//! agreed, so it takes words, and that it is *not needed* is never a slip of the hand. `A.3` and `18` of the practice
//! rules: the act closes on *told*, the chase on *acknowledged*, telling a person on a recorded telling.

use sharewell_records::Duty;

/// Whether a duty is done only once it is written down who was reached, and what came of it.
#[must_use]
pub fn takes_words(duty: Duty) -> bool {
    match duty {
        Duty::Act
        | Duty::NotifyPolice
        | Duty::ReportBreach
        | Duty::Escalate
        | Duty::Explain
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        // The act of every *hold*: what an adviser said is no inference.
        | Duty::DiscussWithAdviser
        | Duty::ConsultFrontDoor => true,
        Duty::StatePurpose
        | Duty::HearViews
        | Duty::ConsiderEveryone
        | Duty::HowMuch
        | Duty::SeparateFactOpinion
        | Duty::VerifyRecipient
        | Duty::ProtectIdentities
        | Duty::SeparateFile
        | Duty::SecureRoute
        | Duty::TellLimits
        | Duty::RecordDisclosure
        | Duty::ConfirmInWriting
        | Duty::LegalAdvice
        | Duty::LinkedDecision
        | Duty::WhoElseActed
        | Duty::CheckAssumptions
        | Duty::WriteUp
        | Duty::RecordReasons
        | Duty::WhatWouldChange
        | Duty::Review
        | Duty::Countersign
        | Duty::KeepWorkingWithFamily => false,
    }
}

/// Whether one press, with a reason from a list, says that a duty is not needed. Never for the act, a legal report, the
/// chase, looking again, telling somebody, another person at risk, or the account of an emergency.
#[must_use]
pub fn dropped_at_once(duty: Duty) -> bool {
    let never = matches!(
        duty,
        Duty::Review
            | Duty::LegalAdvice
            | Duty::LinkedDecision
            | Duty::WriteUp
            | Duty::SeparateFile
            | Duty::Countersign
    );
    !never && !takes_words(duty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_act_a_legal_report_the_chase_looking_again_and_telling_are_never_dropped_in_one_press() {
        let never =
            [Duty::Act, Duty::NotifyPolice, Duty::ReportBreach, Duty::Escalate, Duty::Review, Duty::Explain];
        for duty in never {
            assert!(!dropped_at_once(duty), "{duty:?}");
        }
        for duty in Duty::ALL.iter().copied().filter(|duty| duty.stands_with_the_act()) {
            assert!(!dropped_at_once(duty), "{duty:?} stands with the act");
        }
        assert!(dropped_at_once(Duty::HowMuch) && dropped_at_once(Duty::CheckAssumptions));
    }

    #[test]
    fn a_reminder_closes_in_one_press_and_what_was_said_to_somebody_does_not() {
        for duty in [Duty::Act, Duty::Escalate, Duty::Explain, Duty::NotifyPolice, Duty::DiscussWithAdviser] {
            assert!(takes_words(duty), "{duty:?}");
        }
        for duty in [Duty::SecureRoute, Duty::ConfirmInWriting, Duty::Review, Duty::HearViews] {
            assert!(!takes_words(duty), "{duty:?}");
        }
    }
}
