//! Which other agencies hold a record about somebody, and how to ask for it (F5). It says where something is, and never
//! what stands in it.

use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{ContactId, Day, HeldElsewhereId};

closed_set! {
    /// What kind of record another agency holds.
    ElsewhereKind in "snake_case" {
        /// Of health: a practice, a hospital, health visiting, school nursing.
        Health = "health",
        /// Of a school, a nursery or a college; its child protection file is apart from the pupil's record.
        School = "school",
        /// Of children's social care.
        SocialCare = "social_care",
        /// Of the police.
        Police = "police",
        /// Of youth justice.
        YouthJustice = "youth_justice",
        /// Of housing.
        Housing = "housing",
        /// Of early help, or a charity that helps.
        EarlyHelp = "early_help",
        /// Of a court, or an officer of it.
        Court = "court",
        /// Another.
        Other = "other",
    }
}

closed_set! {
    /// By which lawful route it is asked for.
    AskRoute in "snake_case" {
        /// With the agreement of whoever may give it.
        Agreement = "agreement",
        /// Because harm is suspected: the front door or the lead asks, and nobody's agreement is waited for.
        Harm = "harm",
        /// Under a duty or a power that is named.
        Duty = "duty",
        /// By the order of a court.
        Order = "order",
        /// The person asks for it themself.
        OwnRequest = "own_request",
        /// Nobody knows yet: the adviser is asked first.
        NotKnown = "not_known",
    }
}

/// A record that another agency holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldElsewhere {
    /// Identifies it.
    pub id: HeldElsewhereId,
    /// Whom to ask, where they stand in the directory.
    #[serde(default)]
    pub contact: Option<ContactId>,
    /// The agency, and whom to ask there, as they are called.
    pub agency: String,
    /// What kind of record.
    pub kind: ElsewhereKind,
    /// More of the kind in words; never what stands in it.
    #[serde(default)]
    pub words: String,
    /// By which lawful route it is asked for.
    pub route: AskRoute,
    /// How to ask.
    #[serde(default)]
    pub how: String,
    /// The last day on which somebody was in touch about it.
    #[serde(default)]
    pub last_contact: Option<Day>,
    /// Whether they hold it no more.
    #[serde(default)]
    pub ended: bool,
    /// Why it was changed; empty in its first form.
    #[serde(default)]
    pub reason: String,
}

impl HeldElsewhere {
    /// Whether this can be recorded after an earlier form, or as the first one: what is changed says why, and what is new
    /// has nothing to say that of.
    #[must_use]
    pub fn follows(&self, before: Option<&Self>) -> bool {
        match before {
            None => self.reason.is_empty() && !self.ended,
            Some(before) => {
                self.id == before.id
                    && !self.reason.trim().is_empty()
                    && Self { reason: String::new(), ..self.clone() }
                        != Self { reason: String::new(), ..before.clone() }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn held() -> HeldElsewhere {
        HeldElsewhere {
            id: "0192f0c1-2345-7abc-8def-000000000001".parse().unwrap(),
            contact: None,
            agency: "Northmere Hospital, records".into(),
            kind: ElsewhereKind::Health,
            words: "Paediatrics".into(),
            route: AskRoute::Agreement,
            how: "By their form".into(),
            last_contact: None,
            ended: false,
            reason: String::new(),
        }
    }

    #[test]
    fn what_is_changed_says_why_and_what_is_new_has_nothing_to_say_that_of() {
        let first = held();
        assert!(first.follows(None));
        assert!(!HeldElsewhere { reason: "why".into(), ..first.clone() }.follows(None));
        assert!(!HeldElsewhere { ended: true, ..first.clone() }.follows(None));
        let moved = HeldElsewhere { how: "Ring them".into(), ..first.clone() };
        assert!(!moved.follows(Some(&first)), "why is missing");
        assert!(HeldElsewhere { reason: "They moved".into(), ..moved }.follows(Some(&first)));
        let same = HeldElsewhere { reason: "No matter".into(), ..first.clone() };
        assert!(!same.follows(Some(&first)), "nothing changed");
    }
}
