//! What it takes to close a duty.
//!
//! A reminder closes in one press. What changes somebody's day does not: it closes on what was reached, said or
//! agreed, so it takes words, and that it is *not needed* is never a slip of the hand. `A.3` and `18` of the practice
//! rules: the act closes on *told*, the chase on *acknowledged*, telling a person on a recorded telling.

use sharewell_records::{Disclosure, Duty, Recipient, Route, folded_words};

use crate::{Obligation, Tag};

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

/// Whether the reasons that are signed show a duty to be done: to write them down is to have written them down. What
/// asks besides for what would change the answer is shown by reasons alone only in part, and stays to be done.
#[must_use]
pub fn shown_by_the_reasons(obligation: &Obligation) -> bool {
    obligation.duty == Duty::RecordReasons && !obligation.covers.contains(&Tag::WhatWouldChange)
}

/// Something that left, beside the decision on which it rests.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// What was recorded of it.
    pub disclosure: &'a Disclosure,
    /// To whom the decision shares.
    pub decided_for: &'a Recipient,
    /// How services are called: a desk is nobody who was reached.
    pub desks: &'a [&'a str],
}

/// Whether what left shows a duty of the same decision to be done. `first`: whether it is the act of the decision.
///
/// The log closes on the record. The written confirmation closes on *sent*, the act on *told*: somebody with a name, on
/// the side of those for whom it was decided. Nothing else is closed by paper: the chase closes on what is answered,
/// telling a person on a telling, and a child's view or an adviser's word on itself (`practice.md` 3).
#[must_use]
pub fn shown_by_what_left(duty: Duty, first: bool, left: &Left<'_>) -> bool {
    match duty {
        Duty::RecordDisclosure => true,
        Duty::ConfirmInWriting => !left.disclosure.route.is_spoken() && left.reached(),
        Duty::Act => first && left.disclosure.route.is_spoken() && left.reached() && left.has_a_name(),
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
        | Duty::Explain
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
        | Duty::Escalate
        | Duty::KeepWorkingWithFamily
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => false,
    }
}

/// Whether a share that was sent as a file shows a duty of the same decision to be done, by what such a file is: each
/// statement stands under its mark, the limits stand on every page, and the one rule for protected people was held. A way
/// that is secure shows itself. How much was needed, and that it was the right recipient, are for a person to say.
#[must_use]
pub fn shown_by_a_share(duty: Duty, route: Route) -> bool {
    match route {
        Route::EncryptedFile | Route::SecureEmail | Route::Portal => matches!(
            duty,
            Duty::SeparateFactOpinion | Duty::TellLimits | Duty::ProtectIdentities | Duty::SecureRoute
        ),
        Route::Telephone | Route::InPerson | Route::ByHand | Route::Post => false,
    }
}

/// Whether a duty that something showed to be done is to be done again where that did not arrive, or reached somebody
/// else (`practice.md` 3): what is done only when the right person has it. That it was written down stays so.
#[must_use]
pub fn open_again(duty: Duty) -> bool {
    matches!(
        duty,
        Duty::Act | Duty::NotifyPolice | Duty::ConsultFrontDoor | Duty::ConfirmInWriting | Duty::TellLimits
    )
}

impl Left<'_> {
    /// Whether it went to those for whom it was decided: the same name, or somebody whose post names them. A post that
    /// many have says nothing of whose side somebody is on; the name of a service does.
    fn reached(&self) -> bool {
        let (to, post) = (&self.disclosure.recipient, &self.disclosure.recipient_role);
        let Recipient { name, role, .. } = self.decided_for;
        let service = Some(role).filter(|role| self.desks.iter().any(|desk| same(desk, role)));
        let theirs = || std::iter::once(name).chain(service);
        same(to, name) || theirs().any(|theirs| within(theirs, post) || within(theirs, to))
    }

    /// Whether somebody was reached, and not only a desk.
    fn has_a_name(&self) -> bool {
        let (to, post) = (&self.disclosure.recipient, &self.disclosure.recipient_role);
        let desk = |name: &str| within(name, to) || within(to, name);
        !to.trim().is_empty()
            && !same(to, post)
            && !same(to, &self.decided_for.role)
            && !self.desks.iter().any(|name| desk(name))
    }
}

/// Whether two names are the same, however they are typed.
fn same(one: &str, other: &str) -> bool {
    !one.trim().is_empty() && folded_words(one).eq(folded_words(other))
}

/// Whether the words of a name stand in a text, one after the other. No name stands anywhere.
fn within(name: &str, text: &str) -> bool {
    let (name, text): (Vec<_>, Vec<_>) = (folded_words(name).collect(), folded_words(text).collect());
    !name.is_empty() && text.windows(name.len()).any(|part| part == name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use sharewell_records::Moment;

    const DESKS: [&str; 3] = ["children's social care (the MASH)", "the police", "Northmere front door"];

    fn closes(duty: Duty, first: bool, route: Route, to: (&str, &str), decided_for: (&str, &str)) -> bool {
        let disclosure = Disclosure {
            id: "00000000-0000-4000-8000-000000000001".parse().unwrap(),
            decision: None,
            recipient: to.0.into(),
            recipient_role: to.1.into(),
            check: None,
            checked: String::new(),
            route,
            what: "The bruise.".into(),
            why: "Harm.".into(),
            limits: String::new(),
            at: Moment("2026-03-12T12:34:00+00:00".parse().unwrap()),
            extent: None,
        };
        let decided_for =
            Recipient { name: decided_for.0.into(), role: decided_for.1.into(), reach: String::new() };
        let left = Left { disclosure: &disclosure, decided_for: &decided_for, desks: &DESKS };
        shown_by_what_left(duty, first, &left)
    }

    const DOOR: (&str, &str) = ("Northmere front door", "children's social care (the MASH)");
    const ROBIN: (&str, &str) = ("Robin Pretence", "Social worker, Northmere front door");

    #[test]
    fn what_did_not_arrive_is_to_be_told_again_and_was_written_down_all_the_same() {
        assert!(open_again(Duty::Act) && open_again(Duty::ConfirmInWriting));
        assert!(!open_again(Duty::RecordDisclosure) && !open_again(Duty::HearViews));
    }

    #[test]
    fn the_act_closes_on_a_named_person_who_was_told_aloud_and_on_nothing_less() {
        let act = |route, to| closes(Duty::Act, true, route, to, DOOR);
        assert!(act(Route::Telephone, ROBIN) && act(Route::InPerson, ROBIN));
        assert!(!act(Route::SecureEmail, ROBIN), "paper closes no act");
        assert!(!act(Route::Telephone, DOOR), "a desk is nobody who was reached");
        assert!(!act(Route::Telephone, ("the MASH", "Northmere front door")), "nor is it by a shorter name");
        assert!(
            !act(Route::Telephone, ("Robin Pretence", "Teacher, Fable School")),
            "somebody else was told"
        );
        assert!(!act(Route::Telephone, ("Robin Pretence", "")), "nobody knows whose side that is");
        assert!(
            !closes(Duty::Act, false, Route::Telephone, ROBIN, DOOR),
            "the designated officer is not told yet"
        );
        let by_name = ("Robin Pretence", "Social worker");
        assert!(closes(Duty::Act, true, Route::Telephone, ("ROBIN PRETENCE", ""), by_name));
        let elsewhere = ("Sam Mockford", "Social worker, another council");
        assert!(!closes(Duty::Act, true, Route::Telephone, elsewhere, by_name), "many have that post");
        assert!(!closes(Duty::Act, true, Route::Telephone, ROBIN, ("", "")), "it was decided for nobody yet");
    }

    #[test]
    fn the_written_confirmation_closes_on_what_was_sent_to_those_who_were_told() {
        let confirm = |route, to| closes(Duty::ConfirmInWriting, false, route, to, DOOR);
        assert!(confirm(Route::SecureEmail, DOOR) && confirm(Route::Portal, ROBIN));
        assert!(!confirm(Route::Telephone, ROBIN), "what was said is not sent");
        assert!(!confirm(Route::SecureEmail, ("Dr Mock", "Fable Surgery")), "the doctor is somebody else");
    }

    #[test]
    fn only_the_log_the_confirmation_and_the_act_are_ever_closed_by_what_left() {
        for duty in Duty::ALL.iter().copied() {
            for route in Route::ALL {
                let closed = closes(duty, true, route, ROBIN, DOOR);
                let may = matches!(duty, Duty::RecordDisclosure | Duty::ConfirmInWriting | Duty::Act);
                assert!(may || !closed, "{duty:?} by {route:?}");
            }
        }
        assert!(closes(Duty::RecordDisclosure, false, Route::Post, ("Dr Mock", ""), DOOR));
    }

    #[test]
    fn a_file_that_was_sent_shows_what_every_such_file_is_and_nothing_that_a_person_says() {
        for duty in Duty::ALL.iter().copied() {
            let shown = shown_by_a_share(duty, Route::EncryptedFile);
            assert!(!shown || !takes_words(duty), "{duty:?} is closed on words");
            assert!(!shown || !duty.stands_with_the_act(), "{duty:?} stands with the act");
            assert!(!shown_by_a_share(duty, Route::Telephone), "{duty:?}: nothing was written");
        }
        assert!(shown_by_a_share(Duty::TellLimits, Route::EncryptedFile));
        for person in [Duty::HowMuch, Duty::VerifyRecipient, Duty::Explain, Duty::Escalate, Duty::HearViews] {
            assert!(!shown_by_a_share(person, Route::EncryptedFile), "{person:?}");
        }
    }

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
