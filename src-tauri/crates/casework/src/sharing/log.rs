//! The log of what left: what each thing that was told becomes as entries.

use sharewell_guidance::practice;
use sharewell_records::{
    Advice, Disclosure, DisclosureId, EmergencyId, Moment, Nation, Obligation, ObligationId, Payload, Route,
};

use crate::store;

/// That it is still to be made sure who received something that left before anybody could.
pub(crate) fn verify_recipient(nation: Nation, emergency: Option<EmergencyId>, now: Moment) -> Payload {
    let (duty, due) = practice::unchecked::duty(nation, now);
    let obligation = Obligation {
        id: ObligationId(store::new_id(now)),
        decision: None,
        emergency,
        duty,
        key: duty.word().to_owned(),
        person: None,
        due,
        settled: None,
    };
    Payload::ObligationAdded { obligation }
}

/// Advice as it is logged: where the child was named to somebody outside the agency, it is a disclosure too.
pub(crate) fn advice_payloads(advice: Advice, now: Moment) -> Vec<Payload> {
    let disclosed = (advice.named && !advice.own_agency).then(|| Payload::DisclosureRecorded {
        disclosure: Disclosure {
            id: DisclosureId(store::new_id(now)),
            decision: advice.decision,
            recipient: advice.adviser.clone(),
            recipient_role: String::new(),
            check: None,
            checked: String::new(),
            route: Route::Telephone,
            what: advice.question.clone(),
            why: advice.answer.clone(),
            limits: String::new(),
            at: now,
            extent: None,
        },
    });
    std::iter::once(Payload::AdviceRecorded { advice }).chain(disclosed).collect()
}
