//! What must hold in a profile, asked before it is signed and each time it is read.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use sharewell_records::{CaseKind, Role};
use uuid::Uuid;

use super::{AgencyProfile, Service};
use crate::envelope::text;
use crate::{Error, Result, Where};

/// The most that any list of a profile holds.
pub const MOST_LISTED: usize = 1000;
/// What an agency may ask of the lock: a shorter time would lock a vault under somebody's hands.
pub const LOCK_MINUTES: RangeInclusive<u8> = 1..=30;

/// How many days an agency may let copies stay on laptops; 0 is until the receipt is in.
pub const COPY_DAYS: RangeInclusive<u16> = 0..=3660;

/// The most letters of a name or a number.
const NAME: usize = 200;
/// The most letters of a sentence.
const SENTENCE: usize = 1000;

/// Whether one numbered file of an agency may take the place of another, which is in use.
///
/// # Errors
/// [`Error::OtherAgency`], [`Error::NotNewer`].
pub fn newer((agency, serial): (Uuid, u32), (of, standing): (Uuid, u32)) -> Result<()> {
    match (agency == of, serial > standing) {
        (false, _) => Err(Error::OtherAgency),
        (true, false) => Err(Error::NotNewer { serial, standing }),
        (true, true) => Ok(()),
    }
}

fn bad(at: &str, why: &'static str) -> Error {
    Error::malformed(Where::file(at), why)
}

/// A list that is not too long and has nothing twice.
fn list<T, K: Ord>(at: &str, of: &[T], key: impl Fn(&T) -> K) -> Result<()> {
    if of.len() > MOST_LISTED {
        return Err(Error::TooLarge { what: format!("the list {at}"), limit: MOST_LISTED as u64 });
    }
    let mut seen = BTreeSet::new();
    match (1_u64..).zip(of).find(|(_, one)| !seen.insert(key(one))) {
        Some((number, _)) => Err(Error::Twice { path: format!("{at} {number}") }),
        None => Ok(()),
    }
}

impl AgencyProfile {
    /// What must hold of it, whoever signed it.
    pub(super) fn check(&self) -> Result<()> {
        text("name", &self.name, NAME, true)?;
        text("legal_hold", &self.legal_hold, SENTENCE, false)?;
        if self.serial == 0 {
            return Err(bad("serial", "it begins at 1"));
        }
        if self.expires < self.issued {
            return Err(bad("expires", "it ends before it begins"));
        }
        if self.lock_minutes.is_some_and(|minutes| !LOCK_MINUTES.contains(&minutes)) {
            return Err(bad("lock_minutes", "it is 1 to 30"));
        }
        self.keys_differ()?;
        self.check_people()?;
        services("front_doors", &self.front_doors)?;
        services("advisers", &self.advisers)?;
        list("retention", &self.retention, |one| one.of)?;
        for one in &self.retention {
            text("retention", &one.source, SENTENCE, false)?;
            if !(1..=200).contains(&one.years) {
                return Err(bad("retention", "it is 1 to 200 years"));
            }
            if one.from == sharewell_records::KeptFrom::Birth && !CaseKind::has_child(one.of) {
                return Err(bad("retention", "a file without a child cannot be kept from a birth"));
            }
        }
        if let Some(copies) = &self.copies {
            text("copies", &copies.source, SENTENCE, true)?;
            if !COPY_DAYS.contains(&copies.days) {
                return Err(bad("copies", "it is 0 to 3660 days"));
            }
        }
        list("countersign", &self.countersign, |one| one.of)?;
        for one in &self.countersign {
            if !matches!(one.by, Role::Lead | Role::DesignatedOfficer) {
                return Err(bad("countersign", "only a lead or a designated officer countersigns"));
            }
            if one.within_working_days > 20 {
                return Err(bad("countersign", "it is within 20 working days"));
            }
        }
        list("wanted", &self.wanted, |one| *one)?;
        if let Some(overlay) = &self.overlay {
            text("overlay", &overlay.id, NAME, true)?;
            text("overlay", &overlay.version, NAME, true)?;
        }
        let assurances = &self.assurances;
        for said in [&assurances.impact_assessment, &assurances.policy_document, &assurances.clinical_safety]
        {
            text("assurances", said, SENTENCE, false)?;
        }
        Ok(())
    }

    /// No key does two works: what opens handovers must not open vaults, what signs receipts must not sign profiles,
    /// and what opens restricted files opens nothing else.
    fn keys_differ(&self) -> Result<()> {
        let keys = &self.keys;
        if keys.signing == keys.receipts {
            return Err(Error::SameKey { one: "signing key", other: "receipts key" });
        }
        if keys.encryption == keys.recovery {
            return Err(Error::SameKey { one: "encryption key", other: "recovery key" });
        }
        if let Some(officer) = &self.officer {
            text("officer", &officer.name, NAME, true)?;
            text("officer", &officer.phone, NAME, false)?;
            if officer.recipient == keys.encryption {
                return Err(Error::SameKey { one: "designated officer's key", other: "encryption key" });
            }
            if officer.recipient == keys.recovery {
                return Err(Error::SameKey { one: "designated officer's key", other: "recovery key" });
            }
        }
        Ok(())
    }

    fn check_people(&self) -> Result<()> {
        list("people", &self.people, |one| one.key)?;
        for one in &self.people {
            text("people", &one.name, NAME, true)?;
            text("people", &one.post, NAME, false)?;
            if one.kid != one.key.id() {
                return Err(bad("people", "the id is not that of the key"));
            }
            if one.role == Role::Practitioner {
                return Err(bad("people", "a practitioner's key stands on the roster alone"));
            }
            if one.until.is_some_and(|until| until < one.from) {
                return Err(bad("people", "it ends before it begins"));
            }
            for (key, other) in
                [(self.keys.signing, "agency's signing key"), (self.keys.receipts, "agency's receipts key")]
            {
                if one.key == key {
                    return Err(Error::SameKey { one: "key of a person", other });
                }
            }
        }
        Ok(())
    }
}

fn services(at: &'static str, of: &[Service]) -> Result<()> {
    list(at, of, |one| (one.area.clone(), one.name.clone()))?;
    for one in of {
        text(at, &one.area, NAME, false)?;
        text(at, &one.name, NAME, true)?;
        text(at, &one.email, NAME, false)?;
        if one.phone.is_empty() || sharewell_records::read_phone(&one.phone).is_err() {
            return Err(bad(at, "the telephone number is none that can be rung"));
        }
        if let Some(hours) = &one.hours {
            if hours.days.is_empty() {
                return Err(bad(at, "it is answered on no day"));
            }
            list(at, &hours.days, |day| *day)?;
        }
    }
    Ok(())
}
