//! The agency behind a vault: the profile that stands, taking one in, and asking to be enrolled (M1, M5).
//!
//! Nothing here stands before an emergency, a share or a save. A profile that ran out is shown as such, and goes on
//! counting; one that cannot be read is as if there were none.

mod ask;
mod shown;
mod take;

use sharewell_exchange::PublicKey;
use sharewell_exchange::keys::Recipient;
use sharewell_exchange::profile::{AgencyProfile, Opened};
use sharewell_records::{Moment, TakenProfile};
use sharewell_vault::{Reader, Recorded, Vault, profiles};

use crate::error::Result;
use crate::views::{AgencyPage, SaidView};
use crate::{clock, store};

pub use ask::ask_to_be_enrolled;
pub use take::{preview_profile, take_profile};

/// The profile in use, from the file that was taken in.
pub(crate) fn standing(r: &Reader<'_>) -> Result<Option<Opened>> {
    Ok(profiles::current(r)?.as_ref().and_then(opened))
}

/// The profile that stood when something was recorded: by the order of the chain, whatever the clock said.
pub(crate) fn standing_before<T>(r: &Reader<'_>, what: &Recorded<T>) -> Result<Option<Opened>> {
    let before = |one: &Recorded<TakenProfile>| match one.origin == what.origin {
        true => one.sequence < what.sequence,
        false => one.recorded_at <= what.recorded_at,
    };
    Ok(profiles::all(r)?.into_iter().find(before).as_ref().and_then(opened))
}

/// What was taken in, read again. It was whole when it was taken; what a newer program took in is none for this one.
fn opened(taken: &Recorded<TakenProfile>) -> Option<Opened> {
    AgencyProfile::read(taken.record.file.as_bytes()).ok()
}

/// The most minutes until the vault locks, where the agency says so.
pub(crate) fn most_lock_minutes(r: &Reader<'_>) -> Result<Option<u8>> {
    Ok(standing(r)?.and_then(|opened| opened.profile.lock_minutes))
}

/// To whom alone restricted files go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Officer {
    /// No agency stands behind the vault: to whomever the practitioner chooses.
    Anybody,
    /// The agency has not said to whom.
    NotNamed,
    /// To this age recipient.
    Only(Recipient),
}

/// To whom alone restricted files go.
pub(crate) fn officer(r: &Reader<'_>) -> Result<Officer> {
    Ok(match standing(r)?.map(|opened| opened.profile.officer) {
        None => Officer::Anybody,
        Some(None) => Officer::NotNamed,
        Some(Some(officer)) => Officer::Only(officer.recipient),
    })
}

/// Says of each countersignature which role the profile binds to its key, on the day on which it was given (M5).
pub(crate) fn show_roles(r: &Reader<'_>, said: &mut [SaidView]) -> Result<()> {
    let Some(opened) = standing(r)?.filter(|_| !said.is_empty()) else { return Ok(()) };
    for one in said {
        let on = clock::day_of(one.at);
        let holder = opened.profile.people.iter().find(|holder| holder.key.fingerprint() == one.fingerprint);
        one.role_shown =
            holder.filter(|it| opened.profile.holds(&it.key, it.role, on)).map(|holder| holder.role);
    }
    Ok(())
}

/// The page *Your agency*.
///
/// # Errors
/// [`crate::Error::Vault`] where the vault refuses.
pub fn agency_page(vault: &Vault, now: Moment) -> Result<AgencyPage> {
    let own_fingerprint = PublicKey(vault.public_key()?).fingerprint();
    let slot = vault.agency_recipient();
    store::read(vault, |r| {
        let taken = profiles::current(r)?;
        let profile = taken.as_ref().and_then(opened);
        let recovery = profile.as_ref().map(|opened| opened.profile.keys.recovery.to_string());
        Ok(AgencyPage {
            can_recover: recovery.is_some() && slot == recovery,
            taken_at: taken.filter(|_| profile.is_some()).map(|taken| taken.recorded_at),
            profile: profile.map(|opened| shown::profile(r, &opened, now)).transpose()?,
            own_fingerprint,
        })
    })
}
