//! Whom to ring, as the agency's profile says it, taken into the directory: its front doors, its advisers and the
//! designated officer (M1). Nobody types what stands in a signed file.
//!
//! Nothing is put in by itself: the page says how many are not there yet. What a practitioner noted of a contact besides
//! stays as it is.

use sharewell_exchange::profile::{AgencyProfile, Service};
use sharewell_records::{
    Contact, ContactId, ContactRole, ContactState, EntryId, Moment, Payload, Verified, fold,
};
use sharewell_vault::{Reader, Vault, contacts};

use crate::directory::{Known, nobody, read};
use crate::error::Result;
use crate::input::Form;
use crate::views::{AgencyNumbers, ContactInput};
use crate::words::Words;
use crate::{agency, clock, language, store};

/// What would be written.
#[derive(Default)]
struct Found {
    new: Vec<Contact>,
    changed: Vec<(Contact, EntryId)>,
    refused: u32,
}

impl Found {
    fn counted(&self) -> AgencyNumbers {
        AgencyNumbers {
            new: store::small(self.new.len() as u64),
            changed: store::small(self.changed.len() as u64),
            refused: self.refused,
        }
    }
}

/// How the numbers of the profile in use stand to the directory.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub fn agency_numbers(vault: &Vault, now: Moment) -> Result<AgencyNumbers> {
    Ok(store::read(vault, |r| find(r, now))?.counted())
}

/// Puts the numbers of the profile in use into the directory, as made sure of by the agency until the profile runs out;
/// whoever stands there with another number is corrected. Says what was done.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub fn take_agency_numbers(vault: &mut Vault, now: Moment) -> Result<AgencyNumbers> {
    let (found, reason) = store::read(vault, |r| {
        Ok((find(r, now)?, Words::of(language::of(r)?).agency_numbers.reason.clone()))
    })?;
    let counted = found.counted();
    if !found.new.is_empty() || !found.changed.is_empty() {
        store::write(vault, now, |w| {
            for contact in found.new {
                w.append(None, &Payload::ContactAdded { contact }, &[])?;
            }
            for (contact, entry) in found.changed {
                w.append(None, &Payload::ContactChanged { contact, reason: reason.clone() }, &[entry])?;
            }
            Ok(())
        })?;
    }
    Ok(counted)
}

fn find(r: &Reader<'_>, now: Moment) -> Result<Found> {
    let Some(opened) = agency::standing(r)? else { return Ok(Found::default()) };
    let profile = opened.profile;
    let words = &Words::of(language::of(r)?).agency_numbers;
    let verified = Verified {
        by: profile.name.clone(),
        how: words.how.clone(),
        source: words.source.fill(&[("serial", &profile.serial.to_string())]),
        on: profile.issued,
        until: Some(profile.expires),
    };
    let known = Known::of(r)?;
    let here = contacts::page(r, &[], None, usize::MAX)?;
    let mut found = Found::default();
    for (role, service) in services(&profile) {
        let name = match service.area.is_empty() {
            true => service.name.clone(),
            false => words.of_area.fill(&[("name", &service.name), ("area", &service.area)]),
        };
        let typed = ContactInput {
            name,
            role: Some(role),
            agency: profile.name.clone(),
            phone: service.phone.clone(),
            email: service.email.clone(),
            ..nobody()
        };
        let mut form = Form::new();
        let checked = read(&mut form, &known, ContactId(store::new_id(now)), &typed, now);
        // A number that is none, or that is somebody's of a file, costs no other.
        let Ok(contact) = form.end(|| checked) else {
            found.refused += 1;
            continue;
        };
        let contact = Contact { verified: Some(verified.clone()), ..contact };
        let same = |one: &Contact| {
            one.role == role
                && fold(&one.name) == fold(&contact.name)
                && fold(&one.agency) == fold(&contact.agency)
        };
        match here.iter().find(|one| same(&one.record)) {
            // Two hours of one desk are one line where they have one number.
            None if found.new.iter().any(|one| same(one) && one.phone == contact.phone) => {}
            None => found.new.push(contact),
            Some(before) => {
                let stands = before.record.state(clock::day_of(now)) == ContactState::Verified;
                let new = Contact {
                    phone: contact.phone,
                    email: contact.email,
                    verified: contact.verified,
                    changed_since: false,
                    ..before.record.clone()
                };
                let reaches = |one: &Contact| (one.phone.clone(), one.email.clone());
                if !stands || reaches(&new) != reaches(&before.record) {
                    found.changed.push((new, before.entry));
                }
            }
        }
    }
    Ok(found)
}

/// Every one with what it is.
fn services(profile: &AgencyProfile) -> Vec<(ContactRole, Service)> {
    let all =
        |role, services: &[Service]| -> Vec<_> { services.iter().map(|one| (role, one.clone())).collect() };
    let officer = profile.officer.iter().filter(|one| !one.phone.is_empty()).map(|one| {
        let service = Service {
            area: String::new(),
            name: one.name.clone(),
            phone: one.phone.clone(),
            email: String::new(),
            hours: None,
        };
        (ContactRole::DesignatedOfficer, service)
    });
    let doors = all(ContactRole::FrontDoor, &profile.front_doors);
    doors.into_iter().chain(all(ContactRole::Lead, &profile.advisers)).chain(officer).collect()
}
