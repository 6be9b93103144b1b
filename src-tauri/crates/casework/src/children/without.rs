//! A decision that begins without a child: about an adult, or about numbers. Its file asks for the least.

use sharewell_records::{Case, CaseKind, Moment, Payload, Person, PersonRole, WayIn, names_somebody};
use sharewell_vault::{Vault, practitioner};

use crate::decide::begin_decision;
use crate::error::{Error, Problem, Result};
use crate::guidance::serving;
use crate::input::Form;
use crate::views::{BeginInput, Place, WithoutChildInput};
use crate::{clock, store};

/// Opens the file that a door without a child needs, under the practitioner's own nation, and begins the decision in
/// it.
///
/// # Errors
/// [`Error::RecoveryNotConfirmed`] until the recovery code was typed back (H3); [`Error::Fields`] for what is missing,
/// and for a door that needs a child; [`Error::NoPack`] where no guidance fits.
pub fn begin_without_child(vault: &mut Vault, typed: &WithoutChildInput, now: Moment) -> Result<Place> {
    let (confirmed, nation) = store::read(vault, |r| {
        let own = practitioner::current(r)?.record;
        Ok((practitioner::recovery_confirmed(r)?.is_some(), own.nation))
    })?;
    if !confirmed {
        return Err(Error::RecoveryNotConfirmed);
    }
    let mut form = Form::new();
    let door = form.chosen("door", typed.door);
    let kind = door.and_then(WayIn::without_child);
    form.fault_if(door.is_some() && kind.is_none(), "door", Problem::NotAnOption);
    let name = form.required_name("name", &typed.name);
    form.fault_if(!name.is_empty() && !names_somebody(&name), "name", Problem::NothingToRead);
    let place = form.name("place", &typed.place);
    let (door, kind) = form.end(|| door.zip(kind))?;
    // Where no decision can begin, no file is opened for one.
    store::read(vault, |r| serving::for_day(r, nation, clock::day_of(now)))?;
    let (id, about) = (store::case_id(now), store::person_id(now));
    let (case, person) = match kind {
        CaseKind::Numbers => (Case::numbers(id, about, nation, name), None),
        CaseKind::Adult | CaseKind::Family | CaseKind::Allegation => {
            let adult = Person { agency: place, ..Person::named(about, name, PersonRole::OtherAdult) };
            (Case::adult(id, about, nation), Some(adult))
        }
    };
    store::write(vault, now, |w| {
        w.append(Some(id), &Payload::CaseOpened { case }, &[])?;
        if let Some(person) = person {
            w.append(Some(id), &Payload::PersonRecorded { person }, &[])?;
        }
        Ok(())
    })?;
    begin_decision(vault, id, &BeginInput::through(door), now)
}
