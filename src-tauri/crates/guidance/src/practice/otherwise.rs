//! What follows where the practitioner decides otherwise than advised (condition 12).
//!
//! The advice never binds a practitioner: they may decide on another way with a reason. Then duties of the way not
//! taken fall away, what every decision of the chosen kind brings is added (condition 7), and not sharing against
//! `must-share`, `emergency-share` or suspected harm asks for the lead's countersignature the same day. Sharing
//! sooner never does.

use sharewell_records::{Duty, OutcomeKind};

use super::apart;
use crate::{Advice, Obligation, ObligationPlan, Pack, Who, countersign};

/// What every share brings, where it is made against the advice (S84, S85, S71, S59, S87).
pub const SHARING: [Duty; 5] =
    [Duty::HowMuch, Duty::VerifyRecipient, Duty::TellLimits, Duty::Explain, Duty::RecordDisclosure];

/// What every decision not to share brings, where it is made against the advice.
pub const NOT_SHARING: [Duty; 3] = [Duty::RecordReasons, Duty::WhatWouldChange, Duty::Review];

/// Whether a duty makes sense only where something leaves.
#[must_use]
pub fn belongs_to_sharing(duty: Duty) -> bool {
    match duty {
        Duty::Act
        | Duty::HowMuch
        | Duty::SeparateFactOpinion
        | Duty::VerifyRecipient
        | Duty::ProtectIdentities
        | Duty::SecureRoute
        | Duty::TellLimits
        | Duty::RecordDisclosure
        | Duty::Explain
        | Duty::ConfirmInWriting
        | Duty::Escalate => true,
        Duty::StatePurpose
        | Duty::HearViews
        | Duty::ConsiderEveryone
        | Duty::DiscussWithAdviser
        | Duty::ConsultFrontDoor
        | Duty::LegalAdvice
        | Duty::LinkedDecision
        | Duty::WhoElseActed
        | Duty::CheckAssumptions
        | Duty::WriteUp
        | Duty::RecordReasons
        | Duty::WhatWouldChange
        | Duty::Review
        | Duty::Countersign
        | Duty::NotifyPolice
        | Duty::SeparateFile
        | Duty::KeepWorkingWithFamily
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => false,
    }
}

/// Whether a duty makes sense only where nothing leaves yet.
#[must_use]
pub fn belongs_to_not_sharing(duty: Duty) -> bool {
    match duty {
        Duty::RecordReasons | Duty::WhatWouldChange | Duty::KeepWorkingWithFamily => true,
        Duty::Act
        | Duty::StatePurpose
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
        | Duty::Explain
        | Duty::DiscussWithAdviser
        | Duty::ConsultFrontDoor
        | Duty::ConfirmInWriting
        | Duty::LegalAdvice
        | Duty::LinkedDecision
        | Duty::WhoElseActed
        | Duty::CheckAssumptions
        | Duty::WriteUp
        | Duty::Review
        | Duty::Countersign
        | Duty::NotifyPolice
        | Duty::Escalate
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => false,
    }
}

/// Everything that follows from a decision, in the pack's order, what was added last. `apart`: the practitioner
/// signs it into a restricted file of their own accord.
#[must_use]
pub fn follows(pack: &Pack, advice: &Advice, decided: OutcomeKind, apart: bool) -> Vec<ObligationPlan> {
    let mut plans = advice.obligations.clone();
    let brought: &[Duty] = match (decided.shares(), advice.kind.shares()) {
        (true, false) => {
            plans.retain(|plan| !belongs_to_not_sharing(plan.duty) && plan.duty != Duty::Act);
            &SHARING
        }
        (false, true) => {
            plans.retain(|plan| !belongs_to_sharing(plan.duty));
            &NOT_SHARING
        }
        (true, true) | (false, false) => &[],
    };
    // Telling at once is written up after, whatever was advised.
    let written_up = (decided == OutcomeKind::EmergencyShare).then_some(Duty::WriteUp);
    for duty in brought.iter().copied().chain(written_up) {
        // To explain something once is not to decide about telling each person (condition 6).
        let meets =
            |plan: &ObligationPlan| plan.duty == duty && (duty != Duty::Explain || plan.each.is_some());
        if !plans.iter().any(meets)
            && let Some(obligation) = of_duty(pack, duty)
        {
            plans.retain(|plan| plan.key != obligation.id);
            plans.push(plan_of(obligation));
        }
    }
    if apart {
        for obligation in apart::duties(pack) {
            // The officer is told once, whether the advice calls it an act or a talk.
            let told = |plan: &ObligationPlan| obligation.id == apart::IDS[0] && plan.key == apart::DOUBT;
            if !plans.iter().any(|plan| plan.key == obligation.id || told(plan)) {
                plans.push(plan_of(obligation));
            }
        }
    }
    plans.extend(countersign(pack, advice, decided));
    plans
}

/// The pack's first obligation of a duty.
fn of_duty(pack: &Pack, duty: Duty) -> Option<&Obligation> {
    pack.obligations().iter().find(|obligation| obligation.duty == duty)
}

/// An obligation of the pack that follows without its advice.
fn plan_of(obligation: &Obligation) -> ObligationPlan {
    ObligationPlan {
        key: obligation.id.clone(),
        duty: obligation.duty,
        deadline: obligation.deadline,
        // Telling is decided for each person separately, whatever the way to the share (condition 6).
        each: (obligation.duty == Duty::Explain).then_some(Who::Affected),
        met: false,
        point: obligation.point,
        in_call: obligation.in_call,
        card: obligation.card(),
        sources: obligation.sources.clone(),
        unconfirmed: obligation.sources.iter().any(|cite| cite.unconfirmed),
    }
}
