//! What was agreed to about whatever of a file goes to one recipient: by the consent that a decision names, and where it
//! names none, by everything that was asked about them.

use std::collections::BTreeSet;

use super::{
    AskedAbout, ConsentRecipient, ConsentSense, Consents, InfoKind, Permission, RestsOn, ThingKey, Wanted,
};
use crate::{ItemId, Recipient};

/// Everything that was asked about one recipient, or about whoever they may be.
#[derive(Debug, Clone)]
pub struct AgreedFor<'a> {
    consents: &'a Consents,
    about: Vec<Matter>,
    /// Whether the decision names the consent on which it rests.
    names: bool,
    /// Whether whoever is owed the confidence agreed, as the decision's answers say.
    answered: bool,
}

/// What was asked of one person for one purpose about one recipient.
#[derive(Debug, Clone)]
struct Matter {
    asked: AskedAbout,
    recipient: ConsentRecipient,
    /// Whether the decision rests on that purpose.
    is_purpose: bool,
    /// What of it the decision names.
    named: BTreeSet<ThingKey>,
}

impl Matter {
    fn of(asked: AskedAbout, recipient: ConsentRecipient, rests_on: &[RestsOn]) -> Self {
        let purpose = rests_on.iter().filter(|one| one.purpose.key() == asked.purpose.key());
        let is_purpose = purpose.clone().next().is_some();
        let here = purpose.filter(|one| one.owed == asked.owed && one.recipient.key() == recipient.key());
        let named = here.flat_map(|one| &one.things).map(super::ConsentThing::key).collect();
        Self { asked, recipient, is_purpose, named }
    }

    /// Whether what the decision names carries an item: itself, or every kind that it is of.
    fn carries(&self, item: ItemId, kinds: &[InfoKind]) -> bool {
        let all = |kinds: &[InfoKind]| kinds.iter().all(|kind| self.named.contains(&ThingKey::Kind(*kind)));
        self.named.contains(&ThingKey::Item(item)) || (!kinds.is_empty() && all(kinds))
    }
}

impl<'a> AgreedFor<'a> {
    /// Looks once for everything that was asked about a recipient. `rests_on`: the consent that the decision names; none
    /// where it names none. `answered`: whether its answers say that it was agreed to.
    #[must_use]
    pub fn of(consents: &'a Consents, recipient: &Recipient, rests_on: &[RestsOn], answered: bool) -> Self {
        let named = recipient.of_a_consent();
        let sense = |one: &AskedAbout| one.sense == ConsentSense::Confidence;
        let of = |one: AskedAbout| {
            let theirs: Vec<_> = one.recipients.iter().filter(|them| them.may_be(&named)).cloned().collect();
            theirs.into_iter().map(move |them| Matter::of(one.clone(), them, rests_on))
        };
        let about = consents.asked_about().into_iter().filter(sense).flat_map(of).collect();
        Self { consents, about, names: !rests_on.is_empty(), answered }
    }

    /// Whether the decision names the consent on which it rests.
    #[must_use]
    pub fn names(&self) -> bool {
        self.names
    }

    /// What was agreed to about an item.
    #[must_use]
    pub fn to(&self, item: ItemId) -> Permission {
        if self.names { self.by_what_is_named(item) } else { self.by_what_was_asked(item) }
    }

    /// By the consent that the decision names, and by no other. All of it that carries the item must still be given, and a
    /// *no* for the same purpose counts, whoever says it.
    fn by_what_is_named(&self, item: ItemId) -> Permission {
        let kinds: Vec<InfoKind> = self.consents.kinds_of(item).collect();
        let (mut carrying, mut beside) = (Vec::new(), Vec::new());
        for matter in &self.about {
            let stands = self.stands(matter, item);
            let no = matches!(stands, Permission::Refused | Permission::Withdrawn | Permission::Disagree);
            match stands {
                // What was never true, or was replaced, carries nothing any more.
                Permission::NotAsked if matter.carries(item, &kinds) => carrying.push(Permission::NotNamed),
                stands if matter.carries(item, &kinds) => carrying.push(stands),
                stands if matter.is_purpose && no => carrying.push(stands),
                Permission::Given => beside.push(Permission::NotNamed),
                Permission::Expired | Permission::OtherPurpose if matter.is_purpose => beside.push(stands),
                _ => {}
            }
        }
        let narrowest = Permission::narrowest;
        narrowest(carrying).or_else(|| narrowest(beside)).unwrap_or(Permission::NotAsked)
    }

    /// Every purpose for which they were asked about counts: a *no* to any of them first, then a *yes*. Of whom nothing
    /// was written down, the answer of the decision holds.
    fn by_what_was_asked(&self, item: ItemId) -> Permission {
        let said: Vec<Permission> = self.about.iter().map(|matter| self.stands(matter, item)).collect();
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

    fn stands(&self, matter: &Matter, item: ItemId) -> Permission {
        self.consents.permission(&Wanted {
            owed: matter.asked.owed,
            sense: matter.asked.sense,
            purpose: &matter.asked.purpose,
            thing: ThingKey::Item(item),
            kinds: &[],
            recipient: &matter.recipient,
        })
    }
}
