//! The log of what left: what each thing that was told becomes as entries.

use sharewell_records::{Advice, Disclosure, DisclosureId, Moment, Payload, Route};

use crate::store;

/// Advice as it is logged: where the child was named to somebody outside the agency, it is a disclosure too.
pub(crate) fn advice_payloads(advice: Advice, now: Moment) -> Vec<Payload> {
    let disclosed = (advice.named && !advice.own_agency).then(|| Payload::DisclosureRecorded {
        disclosure: Disclosure {
            id: DisclosureId(store::new_id(now)),
            decision: advice.decision,
            recipient: advice.adviser.clone(),
            recipient_role: String::new(),
            checked: String::new(),
            route: Route::Telephone,
            what: advice.question.clone(),
            why: advice.answer.clone(),
            limits: String::new(),
            at: now,
        },
    });
    std::iter::once(Payload::AdviceRecorded { advice }).chain(disclosed).collect()
}
