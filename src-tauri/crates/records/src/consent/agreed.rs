//! What was agreed to about whatever of a file goes to one recipient, where a decision names no purpose of a consent.

use super::{AskedAbout, ConsentRecipient, ConsentSense, Consents, Permission, ThingKey, Wanted};
use crate::{ItemId, Recipient};

/// Everything that was asked about one recipient, or about whoever they may be.
#[derive(Debug, Clone)]
pub struct AgreedFor<'a> {
    consents: &'a Consents,
    about: Vec<(AskedAbout, ConsentRecipient)>,
    /// Whether whoever is owed the confidence agreed, as the decision's answers say.
    answered: bool,
}

impl<'a> AgreedFor<'a> {
    /// Looks once for everything that was asked about a recipient. `answered`: whether the decision's answers say that it
    /// was agreed to.
    #[must_use]
    pub fn of(consents: &'a Consents, recipient: &Recipient, answered: bool) -> Self {
        let named =
            ConsentRecipient { contact: None, name: recipient.name.clone(), agency: recipient.role.clone() };
        let sense = |one: &AskedAbout| one.sense == ConsentSense::Confidence;
        let of = |one: AskedAbout| {
            let theirs: Vec<_> = one.recipients.iter().filter(|them| them.may_be(&named)).cloned().collect();
            theirs.into_iter().map(move |them| (one.clone(), them))
        };
        let about = consents.asked_about().into_iter().filter(sense).flat_map(of).collect();
        Self { consents, about, answered }
    }

    /// What was agreed to about an item. Every purpose for which they were asked about counts: a *no* to any of them
    /// first, then a *yes*. Of whom nothing was written down, the answer of the decision holds.
    #[must_use]
    pub fn to(&self, item: ItemId) -> Permission {
        let cell = |(asked, recipient): &(AskedAbout, ConsentRecipient)| {
            self.consents.permission(&Wanted {
                owed: asked.owed,
                sense: asked.sense,
                purpose: &asked.purpose,
                thing: ThingKey::Item(item),
                kinds: &[],
                recipient,
            })
        };
        let said: Vec<Permission> = self.about.iter().map(cell).collect();
        let first = [
            Permission::Refused,
            Permission::Withdrawn,
            Permission::Disagree,
            Permission::Given,
            Permission::OtherPurpose,
            Permission::Expired,
        ];
        let stands = first.into_iter().find(|one| said.contains(one));
        let by_answer = self.answered && self.about.is_empty();
        stands.unwrap_or(if by_answer { Permission::Given } else { Permission::NotAsked })
    }
}
