//! The directory of the people and posts to whom a practitioner turns: what a contact is, and how far its number can
//! be relied on.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{ContactId, Day};

/// Somebody to whom a practitioner turns because of their post: never a child, nor anybody of a child's family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Contact {
    /// Identifies the contact.
    pub id: ContactId,
    /// A person, or a post or desk.
    pub name: String,
    /// What they are; how it is called in the practitioner's nation the window says.
    pub role: ContactRole,
    /// The agency, school or practice.
    #[serde(default)]
    pub agency: String,
    /// The number by day.
    #[serde(default)]
    pub phone: String,
    /// The number out of hours.
    #[serde(default)]
    pub out_of_hours: String,
    /// The e-mail address.
    #[serde(default)]
    pub email: String,
    /// The postal address.
    #[serde(default)]
    pub address: String,
    /// By which route something confidential reaches them, in the practitioner's words.
    #[serde(default)]
    pub safe_channel: String,
    /// Their public key, to which a share for them can be encrypted: an age recipient. Empty where they gave none (from
    /// version 2).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// How their numbers and addresses were checked last; none where nobody did.
    #[serde(default)]
    pub verified: Option<Verified>,
    /// Whether a number or an address was changed since they were checked.
    #[serde(default)]
    pub changed_since: bool,
}

/// That somebody made sure of a contact's numbers and addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Verified {
    /// Who made sure.
    pub by: String,
    /// How: rung back, asked in person …
    pub how: String,
    /// Where the number was looked up: the agency's page, the printed list …
    #[serde(default)]
    pub source: String,
    /// When.
    pub on: Day,
    /// Until when that is taken to hold; none where nothing was said.
    #[serde(default)]
    pub until: Option<Day>,
}

closed_set! {
    /// What a contact is. How a nation calls each is a word of the window's catalogue.
    ContactRole in "snake_case" {
        /// The front door of children's social care: MASH, first response, duty team, gateway.
        FrontDoor = "front_door",
        /// Who leads on safeguarding in the practitioner's own agency.
        Lead = "lead",
        /// Who is told of an allegation against somebody who works with children (LADO in England).
        DesignatedOfficer = "designated_officer",
        /// The police.
        Police = "police",
        /// A social worker.
        SocialWorker = "social_worker",
        /// A school or college.
        School = "school",
        /// A nursery or childminder.
        EarlyYears = "early_years",
        /// A general practice.
        Gp = "gp",
        /// A health visitor.
        HealthVisitor = "health_visitor",
        /// A school nurse.
        SchoolNurse = "school_nurse",
        /// A midwife.
        Midwife = "midwife",
        /// A hospital or its ward.
        Hospital = "hospital",
        /// Mental health services for children and young people.
        MentalHealth = "mental_health",
        /// Early help or family support.
        FamilySupport = "family_support",
        /// A service for those who live with domestic abuse.
        DomesticAbuse = "domestic_abuse",
        /// Housing.
        Housing = "housing",
        /// Youth work or youth justice.
        Youth = "youth",
        /// Who advises on data protection.
        DataProtection = "data_protection",
        /// Legal advice.
        Legal = "legal",
        /// Anybody else.
        Other = "other",
    }
}

closed_set! {
    /// How far a contact's numbers and addresses can be relied on. A fact to be shown, never a gate.
    ContactState in "snake_case" {
        /// Nobody made sure of them yet.
        Unverified = "unverified",
        /// Somebody made sure, and nothing was changed since.
        Verified = "verified",
        /// A number or an address was changed since somebody made sure.
        Changed = "changed",
        /// Somebody made sure, until a day that has passed.
        Lapsed = "lapsed",
    }
}

impl Contact {
    /// How far the numbers and addresses can be relied on, on a day.
    #[must_use]
    pub fn state(&self, on: Day) -> ContactState {
        match &self.verified {
            None => ContactState::Unverified,
            Some(_) if self.changed_since => ContactState::Changed,
            Some(verified) if verified.until.is_some_and(|until| until < on) => ContactState::Lapsed,
            Some(_) => ContactState::Verified,
        }
    }

    /// The contact as corrected: where a number, an address or the key is another than before and nobody made sure anew, what
    /// was made sure before no longer holds.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        let anew = self.verified != before.verified;
        let moved = self.reaches() != before.reaches();
        let changed_since = self.verified.is_some() && !anew && (moved || before.changed_since);
        Self { changed_since, ..self }
    }

    /// Everything by which something reaches them.
    #[must_use]
    pub fn reaches(&self) -> [&str; 6] {
        [&self.phone, &self.out_of_hours, &self.email, &self.address, &self.safe_channel, &self.key]
    }

    /// The key to which a share for them can be encrypted on a day: one that somebody made sure of, and that is as it
    /// was then.
    #[must_use]
    pub fn sure_key(&self, on: Day) -> Option<&str> {
        Some(self.key.as_str()).filter(|key| !key.is_empty() && self.state(on) == ContactState::Verified)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        serde_json::from_value(text.into()).unwrap()
    }

    fn verified(until: Option<&str>) -> Option<Verified> {
        let (by, how, source) = ("Kim Madeup".into(), "rung back".into(), "the council's page".into());
        Some(Verified { by, how, source, on: day("2026-03-02"), until: until.map(day) })
    }

    fn contact() -> Contact {
        Contact {
            id: ContactId(uuid::Uuid::from_u128(1)),
            name: "Duty desk".into(),
            role: ContactRole::FrontDoor,
            agency: "Sampleshire Council".into(),
            phone: "01632 960001".into(),
            out_of_hours: String::new(),
            email: String::new(),
            address: String::new(),
            safe_channel: String::new(),
            key: String::new(),
            verified: verified(Some("2026-09-01")),
            changed_since: false,
        }
    }

    #[test]
    fn a_changed_number_or_address_asks_to_be_verified_again() {
        let before = contact();
        let today = day("2026-04-01");
        assert_eq!(before.state(today), ContactState::Verified);
        let ways: [fn(&mut Contact); 6] = [
            |one| one.phone = "01632 960002".into(),
            |one| one.out_of_hours = "01632 960003".into(),
            |one| one.email = "desk@sampleshire.example".into(),
            |one| one.address = "1 Sample Street".into(),
            |one| one.safe_channel = "the portal".into(),
            |one| one.key = "age1other".into(),
        ];
        for change in ways {
            let mut changed = contact();
            change(&mut changed);
            let changed = changed.after(&before);
            assert_eq!(changed.state(today), ContactState::Changed, "{changed:?}");
            // Another word in the name alone does not make it sure again.
            let renamed = Contact { name: "Front desk".into(), ..changed.clone() }.after(&changed);
            assert_eq!(renamed.state(today), ContactState::Changed);
            let anew = Verified { on: day("2026-04-01"), ..changed.verified.clone().unwrap() };
            let anew = Contact { verified: Some(anew), ..changed.clone() }.after(&changed);
            assert_eq!(anew.state(today), ContactState::Verified);
        }
        let renamed = Contact { name: "Front desk".into(), ..contact() }.after(&before);
        assert_eq!(renamed.state(today), ContactState::Verified, "a name is no number");
    }

    #[test]
    fn a_share_goes_to_no_key_that_nobody_made_sure_of_or_that_changed_since() {
        let today = day("2026-04-01");
        let known = Contact { key: "age1known".into(), ..contact() };
        assert_eq!(known.sure_key(today), Some("age1known"));
        assert_eq!(contact().sure_key(today), None, "there is none");
        let nobody = Contact { verified: None, ..known.clone() };
        let lapsed = Contact { verified: verified(Some("2026-03-31")), ..known.clone() };
        let other = Contact { key: "age1other".into(), ..known.clone() }.after(&known);
        let first = Contact { key: "age1first".into(), ..contact() }.after(&contact());
        for one in [nobody, lapsed, other, first] {
            assert_eq!(one.sure_key(today), None, "{one:?}");
        }
    }

    #[test]
    fn what_was_made_sure_until_a_day_has_lapsed_the_day_after() {
        assert_eq!(contact().state(day("2026-09-01")), ContactState::Verified);
        assert_eq!(contact().state(day("2026-09-02")), ContactState::Lapsed);
        let open = Contact { verified: verified(None), ..contact() };
        assert_eq!(open.state(day("2036-01-01")), ContactState::Verified);
        let nobody = Contact { verified: None, changed_since: true, ..contact() };
        assert_eq!(nobody.state(day("2026-04-01")), ContactState::Unverified);
    }
}
