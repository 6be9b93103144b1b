//! What a practitioner may decide, whatever was advised (conditions 4 and 9).
//!
//! Every way is theirs to choose but two: a duty that nobody confirmed and a consent that nobody gave cannot be
//! decided into being, since the record would then claim what did not happen.

use sharewell_records::{Answer, OutcomeKind};

use crate::{Pack, Position, Tag};

/// Whether the practitioner may decide on this kind. `consent`: consent was given on the path ([`consent_given`]).
#[must_use]
pub fn may_decide(advised: OutcomeKind, consent: bool, kind: OutcomeKind) -> bool {
    match kind {
        OutcomeKind::MustShare => advised == kind,
        OutcomeKind::ShareWithConsent => advised == kind || consent,
        OutcomeKind::EmergencyShare
        | OutcomeKind::ShareWithoutConsent
        | OutcomeKind::ShareLimited
        | OutcomeKind::HoldAndSeekAdvice
        | OutcomeKind::DoNotShare => true,
    }
}

/// Whether an answer on the path says that consent was given, whole or with limits.
#[must_use]
pub fn consent_given(pack: &Pack, position: &Position) -> bool {
    position.path.iter().any(|asked| {
        let Answer::Choice { value, .. } = &asked.answer else { return false };
        let step = pack.step(&asked.key).filter(|step| step.asks(Tag::Consent));
        step.is_some_and(|step| matches!(step.means(value), "given" | "limited"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duty_and_a_consent_are_never_decided_into_being() {
        for advised in OutcomeKind::ALL {
            for consent in [false, true] {
                for kind in OutcomeKind::ALL {
                    let may = may_decide(advised, consent, kind);
                    let claims = match kind {
                        OutcomeKind::MustShare => advised != OutcomeKind::MustShare,
                        OutcomeKind::ShareWithConsent => advised != OutcomeKind::ShareWithConsent && !consent,
                        _ => false,
                    };
                    assert_eq!(may, !claims, "{kind:?} against {advised:?}, consent {consent}");
                }
            }
        }
    }
}
