//! Whom to ring, the first first, each with a number and how it was found.

use sharewell_guidance::Ring;
use sharewell_guidance::practice::call::{Hour, Rung, ladder};
use sharewell_guidance::practice::hours;
use sharewell_records::{
    Contact, ContactRole, ContactState, Moment, NumberFound, Practitioner, folded_words,
};
use sharewell_vault::{Reader, contacts, contacts::Sought};

use crate::clock;
use crate::error::Result;
use crate::guidance::Wording;
use crate::guidance::serving::Carried;
use crate::language;
use crate::views::RungView;
use crate::words::Words;

/// How many contacts of a post are looked at.
const LOOKED_AT: usize = 40;

/// Whom to ring for a duty.
pub(super) fn of(
    r: &Reader<'_>,
    own: &Practitioner,
    carried: &Carried,
    ring: Ring,
    at_once: bool,
    now: Moment,
) -> Result<Vec<RungView>> {
    let open = hours::open(now, &carried.pack.calendar);
    let hour = Hour { open, night_known: !own.out_of_hours_phone.is_empty(), at_once };
    let wording = Wording::new(&carried.pack, language::of(r)?);
    let is_themselves = |rung: &Rung| *rung == Rung::Adviser && same(&own.lead_name, &own.name);
    let all = ladder(ring, hour).into_iter().filter(|rung| !is_themselves(rung));
    all.map(|rung| view(r, own, wording, (rung, ring), now)).collect()
}

fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && folded_words(one).eq(folded_words(other))
}

/// The rung of a sort among those of a duty.
pub(super) fn all() -> [Rung; 9] {
    [
        Rung::Emergency,
        Rung::FrontDoor,
        Rung::NightService,
        Rung::Police,
        Rung::Adviser,
        Rung::AllegationsOfficer,
        Rung::LegalAdviser,
        Rung::DataAdviser,
        Rung::OtherArea,
    ]
}

fn view(
    r: &Reader<'_>,
    own: &Practitioner,
    wording: Wording<'_>,
    (rung, ring): (Rung, Ring),
    now: Moment,
) -> Result<RungView> {
    let words = Words::of(language::of(r)?);
    let term = rung.term().map(|term| wording.text(&format!("term.{term}"))).unwrap_or_default();
    let named = |name: &str| if name.is_empty() { term.to_owned() } else { name.to_owned() };
    let (name, number) = match rung {
        Rung::Emergency => {
            (words.call.emergency.clone(), Ring::Emergency.public_number().unwrap_or_default())
        }
        Rung::Police => (named(""), Ring::Police.public_number().unwrap_or_default()),
        Rung::FrontDoor => (named(&own.front_door_name), own.front_door_phone.as_str()),
        Rung::NightService => (words.call.night.clone(), own.out_of_hours_phone.as_str()),
        Rung::Adviser => (named(&own.lead_name), own.lead_phone.as_str()),
        Rung::AllegationsOfficer => (named(""), own.officer_phone.as_str()),
        Rung::LegalAdviser | Rung::DataAdviser => (named(""), ""),
        Rung::OtherArea => (words.call.other_area.clone(), ""),
    };
    let everybody = matches!(rung, Rung::Emergency | Rung::Police);
    let known = role(rung).map(|role| of_post(r, role)).transpose()?.unwrap_or_default();
    let mut view = RungView {
        rung: rung.into(),
        name,
        number: number.to_owned(),
        found: match (everybody, number.is_empty()) {
            (true, _) => NumberFound::Everybody,
            (false, false) => NumberFound::OwnDetails,
            (false, true) => NumberFound::NotSaid,
        },
        state: None,
        verified_on: None,
        closes: rung.answers_for(ring),
    };
    let has = |contact: &&Contact| {
        number.is_empty() || [&contact.phone, &contact.out_of_hours].into_iter().any(|one| one == number)
    };
    if let Some(contact) = known.iter().find(has).filter(|_| !everybody) {
        view.state = Some(contact.state(clock::day_of(now)));
        view.verified_on = contact.verified.as_ref().map(|verified| verified.on);
        if number.is_empty() && !contact.phone.is_empty() {
            view.number = contact.phone.clone();
            view.name = contact.name.clone();
        }
        view.found = NumberFound::Directory;
    } else if !everybody && !number.is_empty() {
        view.state = Some(ContactState::Unverified);
    }
    Ok(view)
}

/// The post in the directory of somebody to ring.
fn role(rung: Rung) -> Option<ContactRole> {
    match rung {
        Rung::FrontDoor | Rung::NightService => Some(ContactRole::FrontDoor),
        Rung::Adviser => Some(ContactRole::Lead),
        Rung::AllegationsOfficer => Some(ContactRole::DesignatedOfficer),
        Rung::LegalAdviser => Some(ContactRole::Legal),
        Rung::DataAdviser => Some(ContactRole::DataProtection),
        // Which area it is, and that the number is theirs, is looked up for this call.
        Rung::Emergency | Rung::Police | Rung::OtherArea => None,
    }
}

/// The contacts of a post.
fn of_post(r: &Reader<'_>, role: ContactRole) -> Result<Vec<Contact>> {
    let called = folded_words(Words::of(language::of(r)?).posts.of(role)).next().unwrap_or_default();
    let sought = [Sought { word: called, roles: vec![role] }];
    let found = contacts::page(r, &sought, None, LOOKED_AT)?.into_iter().map(|one| one.record);
    Ok(found.filter(|contact| contact.role == role).collect())
}
