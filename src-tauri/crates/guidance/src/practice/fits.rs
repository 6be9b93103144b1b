//! Which duty may stand beside which kind of outcome. A duty that speaks of a share, beside *do not share*, is read
//! past, and with it the ones that count.

use sharewell_records::{Duty, OutcomeKind};

/// Whether a duty fits what is advised.
#[must_use]
pub fn fits(duty: Duty, kind: OutcomeKind) -> bool {
    let shares = kind.shares();
    let refused = kind == OutcomeKind::DoNotShare;
    match duty {
        // Also beside *do not share*: where permission was taken back, the act is to tell each one who holds it to stop.
        Duty::Act => shares || refused,
        // What is done with what leaves, and with whom it goes to.
        Duty::HowMuch
        | Duty::SeparateFactOpinion
        | Duty::ProtectIdentities
        | Duty::SecureRoute
        | Duty::TellLimits
        | Duty::RecordDisclosure
        | Duty::Explain
        | Duty::ConfirmInWriting
        | Duty::NotifyPolice => shares,
        Duty::WriteUp => kind == OutcomeKind::EmergencyShare,
        Duty::WhatWouldChange => !shares,
        // Where nothing leaves and no harm is suspected there is nobody to hurry, and nothing to weigh with anybody.
        Duty::StatePurpose
        | Duty::HearViews
        | Duty::ConsiderEveryone
        | Duty::ConsultFrontDoor
        | Duty::LegalAdvice
        | Duty::WhoElseActed
        | Duty::SeparateFile
        | Duty::Escalate => !refused,
        Duty::CheckAssumptions | Duty::KeepWorkingWithFamily => kind != OutcomeKind::EmergencyShare,
        Duty::VerifyRecipient
        | Duty::DiscussWithAdviser
        | Duty::LinkedDecision
        | Duty::RecordReasons
        | Duty::Review => true,
        // These follow from what a practitioner decides, or from a breach, and from no advice.
        Duty::Countersign
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => false,
    }
}
