//! The practitioner's directory: the people and posts to whom they turn, chosen by name wherever somebody is named.
//!
//! The front door and the lead stand in the practitioner's own details, since the lock screen needs them, and are
//! shown here from there: a number has one home. Nobody comes in from what was typed before, and nobody of a child's
//! family is offered: a recipient is chosen by somebody who sees the number and when it was made sure of.

mod list;

use sharewell_exchange::Error as Exchange;
use sharewell_exchange::keys::Recipient;
use sharewell_guidance::EMERGENCY_SERVICES;
use sharewell_records::{
    CaseId, Contact, ContactId, ContactRole, ContactState, Door, Homes, Moment, Payload, PersonRole,
    Protection, Verified, folded_words, read_email, read_phone,
};
use sharewell_vault::contacts::Sought;
use sharewell_vault::{Reader, Vault, contacts, people, practitioner};

use crate::error::{Problem, Result};
use crate::input::Form;
use crate::people::{Family, protection_in_no_file};
use crate::views::{ContactInput, ContactView, DirectoryPage, KeySeen, Suggestion};
use crate::words::Words;
use crate::{clock, input, language, store};

pub(crate) use list::nobody;
pub use list::{look_at_list, take_list};

/// How many contacts a page shows at a time.
const SHOWN: usize = 50;
/// How many are offered beside a box.
const OFFERED: usize = 8;
/// How many that fit are looked at for those that may be offered.
const LOOKED_AT: usize = 40;

/// The contacts by the alphabet; with a query only those that fit it, by the beginnings of words. Those behind
/// `after`, where it is given.
///
/// # Errors
/// [`crate::Error::Fields`] where the query holds too much, [`crate::Error::Vault`] where the vault refuses.
pub fn directory(vault: &Vault, query: &str, after: Option<ContactId>, now: Moment) -> Result<DirectoryPage> {
    let query = input::name(query, "query")?;
    store::read(vault, |r| {
        let words = sought(r, &query)?;
        let lines = contacts::page(r, &words, after, SHOWN)?;
        Ok(DirectoryPage {
            own: if after.is_none() { own(r, &words)? } else { Vec::new() },
            lines: lines.into_iter().map(|one| view(one.record, now)).collect(),
            in_all: store::small(contacts::count(r, &words)?),
        })
    })
}

fn view(contact: Contact, now: Moment) -> ContactView {
    let state = contact.state(clock::day_of(now));
    let fingerprint = fingerprint(&contact.key);
    ContactView { contact, state, fingerprint }
}

/// The fingerprint of a key; empty where it is none to which a share can be encrypted.
pub(crate) fn fingerprint(key: &str) -> String {
    Recipient::parse(key).map(|key| key.fingerprint()).unwrap_or_default()
}

/// What a key is that somebody types into the directory: its fingerprint, before anybody says that it was compared.
#[must_use]
pub fn key_seen(text: &str) -> KeySeen {
    let is_secret = matches!(Recipient::parse(text), Err(Exchange::SecretKeyGiven));
    KeySeen { fingerprint: fingerprint(text), is_secret }
}

/// One contact, to be looked at or corrected.
///
/// # Errors
/// [`crate::Error::Vault`] where there is none, or it was taken out.
pub fn contact(vault: &Vault, id: ContactId, now: Moment) -> Result<ContactView> {
    store::read(vault, |r| Ok(view(contacts::get(r, id)?.record, now)))
}

/// Who can be chosen for what was typed so far, those of the practitioner's own details first. Nobody who is
/// protected, and in a file nobody to whom nothing of it goes.
///
/// # Errors
/// [`crate::Error::Fields`] where the query holds too much, [`crate::Error::Vault`] where the vault refuses.
pub fn suggest(vault: &Vault, query: &str, case: Option<CaseId>, now: Moment) -> Result<Vec<Suggestion>> {
    let query = input::name(query, "query")?;
    store::read(vault, |r| {
        let words = sought(r, &query)?;
        let family = case.map(|case| Family::of(r, case)).transpose()?;
        let protection = match &family {
            Some(family) => family.protection(r)?,
            None => protection_in_no_file(r)?,
        };
        let may = |one: &Suggestion| {
            // Those of the practitioner's own details stand on the lock screen: a family that lives in the place after
            // which the front door is called hides nobody by it.
            let own = one.contact.is_none();
            let shown = [&one.name, &one.agency, &one.safe_channel];
            let receives = family.as_ref().is_none_or(|family| {
                family.may_receive_at(Door::Share, &one.name, &one.agency).is_ok()
                    && !family.forbids_to_reach(&one.name, &one.agency, None)
            });
            receives && (own || !shown.into_iter().any(|text| protection.names_protected(text)))
        };
        let found = contacts::page(r, &words, None, LOOKED_AT)?.into_iter();
        let found = found.map(|one| suggestion(view(one.record, now)));
        // Nobody is offered from whom the file is kept, whoever noted their number: a call would warn them.
        Ok(own(r, &words)?.into_iter().chain(found).filter(may).take(OFFERED).collect())
    })
}

fn suggestion(ContactView { contact, state, .. }: ContactView) -> Suggestion {
    Suggestion {
        contact: Some(contact.id),
        name: contact.name,
        role: contact.role,
        agency: contact.agency,
        phone: contact.phone,
        out_of_hours: contact.out_of_hours,
        safe_channel: contact.safe_channel,
        state,
        verified_on: contact.verified.as_ref().map(|one| one.on),
        source: contact.verified.map(|one| one.source).unwrap_or_default(),
    }
}

/// The words of a query, each with the posts that people call by it, in the vault's language.
fn sought(r: &Reader<'_>, query: &str) -> Result<Vec<Sought>> {
    let posts = &Words::of(language::of(r)?).posts;
    let called: Vec<(ContactRole, Vec<String>)> =
        ContactRole::ALL.into_iter().map(|role| (role, folded_words(posts.of(role)).collect())).collect();
    let one = |word: String| {
        let so = |(_, names): &&(ContactRole, Vec<String>)| names.iter().any(|one| one.starts_with(&word));
        let roles = called.iter().filter(so).map(|(role, _)| *role).collect();
        Sought { word, roles }
    };
    Ok(folded_words(query).map(one).collect())
}

/// The front door, the lead and the officer for allegations of the practitioner's own details, where they fit.
pub(crate) fn own(r: &Reader<'_>, words: &[Sought]) -> Result<Vec<Suggestion>> {
    let own = practitioner::current(r)?.record;
    let one = |role, name: &str, phone: &str, out_of_hours: &str, agency: &str| Suggestion {
        contact: None,
        name: name.to_owned(),
        role,
        agency: agency.to_owned(),
        phone: phone.to_owned(),
        out_of_hours: out_of_hours.to_owned(),
        safe_channel: String::new(),
        // Nothing is noted of how they were found.
        state: ContactState::Unverified,
        verified_on: None,
        source: String::new(),
    };
    let all = [
        one(ContactRole::FrontDoor, &own.front_door_name, &own.front_door_phone, &own.out_of_hours_phone, ""),
        one(ContactRole::Lead, &own.lead_name, &own.lead_phone, "", &own.agency),
        one(ContactRole::DesignatedOfficer, "", &own.officer_phone, "", ""),
    ];
    let there = |one: &Suggestion| {
        [&one.name, &one.phone, &one.out_of_hours].into_iter().any(|text| !text.is_empty())
    };
    let fits = |one: &Suggestion| {
        let text = [one.name.as_str(), &one.agency, &one.phone, &one.out_of_hours].join(" ");
        let in_one = |number: &str| number.chars().filter(char::is_ascii_digit).collect::<String>();
        let numbers = [in_one(&one.phone), in_one(&one.out_of_hours)];
        let has: Vec<String> = folded_words(&text).chain(numbers).collect();
        let fits = |sought: &Sought| {
            sought.roles.contains(&one.role) || has.iter().any(|other| other.starts_with(&sought.word))
        };
        words.iter().all(fits)
    };
    Ok(all.into_iter().filter(|one| there(one) && fits(one)).collect())
}

/// Adds somebody to the directory.
///
/// # Errors
/// [`crate::Error::Fields`] for what is not as it must be; whoever is protected, and an address at which somebody of a
/// child's file lives, is refused.
pub fn add_contact(vault: &mut Vault, typed: &ContactInput, now: Moment) -> Result<ContactId> {
    let id = ContactId(store::new_id(now));
    let mut form = Form::new();
    let contact = read(&mut form, &store::read(vault, Known::of)?, id, typed, now);
    let contact = form.end(|| contact)?;
    store::write(vault, now, |w| {
        w.append(None, &Payload::ContactAdded { contact }, &[])?;
        Ok(())
    })?;
    Ok(id)
}

/// Corrects what is known of a contact. A number or address that is another than before has to be made sure of anew.
///
/// # Errors
/// As [`add_contact`], and without a reason; [`crate::Error::Vault`] where there is no such contact.
pub fn change_contact(
    vault: &mut Vault,
    id: ContactId,
    typed: &ContactInput,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let before = store::read(vault, |r| Ok(contacts::get(r, id)?))?;
    let mut form = Form::new();
    let contact = read(&mut form, &store::read(vault, Known::of)?, id, typed, now);
    let reason = form.reason("reason", reason);
    let contact = form.end(|| contact)?.after(&before.record);
    store::write(vault, now, |w| {
        w.append(None, &Payload::ContactChanged { contact, reason }, &[before.entry])?;
        Ok(())
    })
}

/// Takes somebody out of the directory. What was written with their name stays as it is.
///
/// # Errors
/// [`crate::Error::Fields`] without a reason; [`crate::Error::Vault`] where there is no such contact.
pub fn remove_contact(vault: &mut Vault, id: ContactId, reason: &str, now: Moment) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = store::read(vault, |r| Ok(contacts::get(r, id)?))?;
    store::write(vault, now, |w| {
        w.append(None, &Payload::ContactRemoved { id, reason }, &[before.entry])?;
        Ok(())
    })
}

/// Whom and what no contact may be: worked out once for many of them.
pub(crate) struct Known {
    protection: Protection,
    /// Where somebody of a child's file who is no practitioner lives.
    homes: Homes,
}

impl Known {
    pub(crate) fn of(r: &Reader<'_>) -> Result<Self> {
        let people = people::all(r)?.into_iter().map(|one| one.record);
        let homes: Vec<String> = people
            .filter(|one| one.role != PersonRole::Practitioner && !one.address.is_empty())
            .map(|one| one.address)
            .collect();
        let homes = Homes::of(homes.iter().map(String::as_str));
        Ok(Self { protection: protection_in_no_file(r)?, homes })
    }
}

/// A contact as typed, checked.
pub(crate) fn read(
    form: &mut Form,
    known: &Known,
    id: ContactId,
    typed: &ContactInput,
    now: Moment,
) -> Option<Contact> {
    let name = form.required_name("name", &typed.name);
    let role = form.chosen("role", typed.role);
    let agency = form.name("agency", &typed.agency);
    let phone = form.name("phone", &typed.phone);
    let out_of_hours = form.name("out_of_hours", &typed.out_of_hours);
    let email = form.name("email", &typed.email);
    let address = form.text("address", &typed.address);
    let safe_channel = form.text("safe_channel", &typed.safe_channel);
    let key = key(form, &typed.key);
    for (field, number) in [("phone", &phone), ("out_of_hours", &out_of_hours)] {
        if let Err(fault) = read_phone(number) {
            form.fault_once(field, Problem::Way(fault));
        }
    }
    if let Err(fault) = read_email(&email) {
        form.fault_once("email", Problem::Way(fault));
    }
    let shown: [(&str, &str); 4] =
        [("name", &name), ("agency", &agency), ("address", &address), ("safe_channel", &safe_channel)];
    no_protected(form, &known.protection, &shown);
    if known.homes.has(&address) {
        form.fault_once("address", Problem::FamilyAddress);
    }
    let ways = [&phone, &out_of_hours, &email, &address, &safe_channel, &key];
    let any = ways.into_iter().any(|way| !way.is_empty());
    form.fault_if(typed.is_verified == Some(true) && !any, "is_verified", Problem::NothingToVerify);
    let verified = match form.chosen("is_verified", typed.is_verified) {
        Some(true) => verified(form, typed, now).map(Some),
        Some(false) => Some(None),
        None => None,
    };
    let changed_since = false;
    Some(Contact {
        id,
        name,
        role: role?,
        agency,
        phone,
        out_of_hours,
        email,
        address,
        safe_channel,
        key,
        verified: verified?,
        changed_since,
    })
}

/// A public key, as it is kept; empty where there is none. What was typed instead is repeated nowhere.
fn key(form: &mut Form, typed: &str) -> String {
    if typed.trim().is_empty() {
        return String::new();
    }
    let fault = match Recipient::parse(typed) {
        Ok(key) => return key.to_string(),
        Err(Exchange::SecretKeyGiven) => Problem::SecretKeyGiven,
        Err(_) => Problem::NotAShareKey,
    };
    form.fault_once("key", fault);
    String::new()
}

fn no_protected(form: &mut Form, protection: &Protection, shown: &[(&str, &str)]) {
    for (field, text) in shown {
        if protection.names_protected(text) {
            form.fault_once(field, Problem::NamesProtected);
        }
    }
}

fn verified(form: &mut Form, typed: &ContactInput, now: Moment) -> Option<Verified> {
    let by = form.required_name("verified_by", &typed.verified_by);
    let how = form.required("verified_how", &typed.verified_how);
    let source = form.name("verified_source", &typed.verified_source);
    let on = form.past_day("verified_on", &typed.verified_on, now);
    if on.is_none() {
        form.fault_once("verified_on.day", Problem::DateMissing);
    }
    let until = form.day("verified_until", &typed.verified_until, now);
    let before = on.zip(until).is_some_and(|(on, until)| until < on);
    form.fault_if(before, "verified_until.day", Problem::DayPassed);
    Some(Verified { by, how, source, on: on?, until })
}

/// Whether a number was looked up before it was rung: one of the practitioner's own, or one of the directory that
/// somebody made sure of.
pub(crate) fn is_looked_up(r: &Reader<'_>, number: &str, now: Moment) -> Result<bool> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let number = digits(number);
    if number.is_empty() {
        return Ok(false);
    }
    let own = practitioner::current(r)?.record;
    let mine = [&own.front_door_phone, &own.out_of_hours_phone, &own.lead_phone, &own.officer_phone];
    if number == digits(EMERGENCY_SERVICES) || mine.into_iter().any(|one| digits(one) == number) {
        return Ok(true);
    }
    let sure = contacts::page(r, &[], None, usize::MAX)?.into_iter().map(|one| one.record);
    let mut sure = sure.filter(|one| one.state(clock::day_of(now)) == ContactState::Verified);
    Ok(sure.any(|one| [&one.phone, &one.out_of_hours].into_iter().any(|mine| digits(mine) == number)))
}
