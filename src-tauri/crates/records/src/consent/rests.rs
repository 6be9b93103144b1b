//! On which consent a decision rests: whose, for what, to whom, and cell by cell what was agreed to when it was signed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ConsentPurpose, ConsentRecipient, ConsentSense, ConsentState, ConsentThing, Consents, Wanted};
use crate::{ConsentId, Day, PersonId, Recipient};

/// What may go to one recipient for one purpose by one person's confidence being lifted: the cells on which a decision
/// rests, as they stood when it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RestsOn {
    /// Whose confidence it is.
    pub owed: PersonId,
    /// For what.
    pub purpose: ConsentPurpose,
    /// To whom, as the person heard it.
    pub recipient: ConsentRecipient,
    /// The kinds and the single statements to which the answer was yes.
    pub things: Vec<ConsentThing>,
    /// The events in which somebody said so.
    pub events: Vec<ConsentId>,
    /// The last day of the first yes that ends; none where none ends.
    #[serde(default)]
    pub until: Option<Day>,
}

impl Recipient {
    /// The recipient of a decision as they are compared with those of a consent.
    #[must_use]
    pub fn of_a_consent(&self) -> ConsentRecipient {
        ConsentRecipient { contact: None, name: self.name.clone(), agency: self.role.clone() }
    }
}

impl Consents {
    /// The consents that let something go to a recipient now, one for each purpose, each with the cells that say so: what
    /// a decision can rest on. A purpose for which nothing is given now is none of them.
    #[must_use]
    pub fn fitting(&self, recipient: &Recipient) -> Vec<Vec<RestsOn>> {
        let named = recipient.of_a_consent();
        let mut fitting: Vec<Vec<RestsOn>> = Vec::new();
        let confidence = |one: &super::AskedAbout| one.sense == ConsentSense::Confidence;
        for about in self.asked_about().into_iter().filter(confidence) {
            for to in about.recipients.iter().filter(|to| to.may_be(&named)) {
                let Some(rests) = self.given(&about, to) else { continue };
                let key = rests.purpose.key();
                let same = |one: &&mut Vec<RestsOn>| one.iter().any(|other| other.purpose.key() == key);
                match fitting.iter_mut().find(same) {
                    Some(same) => same.push(rests),
                    None => fitting.push(vec![rests]),
                }
            }
        }
        fitting
    }

    /// What of a matter is given to one recipient now; none where nothing is.
    fn given(&self, about: &super::AskedAbout, to: &ConsentRecipient) -> Option<RestsOn> {
        let mut things = Vec::new();
        let mut events = BTreeSet::new();
        let mut until: Option<Day> = None;
        for thing in &about.things {
            let cell = self.stands(&Wanted {
                owed: about.owed,
                sense: about.sense,
                purpose: &about.purpose,
                thing: *thing,
                kinds: &[],
                recipient: to,
            });
            if cell.state != ConsentState::Given {
                continue;
            }
            things.push(thing.thing());
            for giver in cell.givers.iter().filter(|giver| giver.state == ConsentState::Given) {
                events.insert(giver.event);
                until = until.into_iter().chain(giver.until).min();
            }
        }
        (!things.is_empty()).then(|| RestsOn {
            owed: about.owed,
            purpose: about.purpose.clone(),
            recipient: to.clone(),
            things,
            events: events.into_iter().collect(),
            until,
        })
    }
}
