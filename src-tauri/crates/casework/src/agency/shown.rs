//! A profile as a page shows it, and what one has otherwise than another.

use sharewell_exchange::profile::{AgencyProfile, Opened, Service, Standing};
use sharewell_records::Moment;
use sharewell_vault::{Reader, installed_packs};

use crate::clock;
use crate::error::Result;
use crate::views::{ProfilePart, ProfileStands, ProfileView, RoleHolderView, ServiceView};

/// What a profile says.
pub(super) fn profile(r: &Reader<'_>, opened: &Opened, now: Moment) -> Result<ProfileView> {
    let Opened { profile, key } = opened;
    let service = |one: &Service| ServiceView {
        area: one.area.clone(),
        name: one.name.clone(),
        phone: one.phone.clone(),
        email: one.email.clone(),
        days: one.hours.as_ref().map(|hours| hours.days.clone()).unwrap_or_default(),
        from: one.hours.as_ref().map(|hours| hours.from.format("%H:%M").to_string()).unwrap_or_default(),
        to: one.hours.as_ref().map(|hours| hours.to.format("%H:%M").to_string()).unwrap_or_default(),
        answered: one.is_answered(now),
    };
    let overlay = profile.overlay.as_ref();
    let in_use = installed_packs::in_use(r)?;
    let officer = profile.officer.as_ref();
    Ok(ProfileView {
        name: profile.name.clone(),
        serial: profile.serial,
        issued: profile.issued,
        expires: profile.expires,
        stands: match profile.stands(clock::day_of(now)) {
            Standing::Current => ProfileStands::Current,
            Standing::NotYet => ProfileStands::NotYet,
            Standing::RunOut => ProfileStands::RunOut,
        },
        fingerprint: key.fingerprint(),
        encryption: profile.keys.encryption.fingerprint(),
        recovery: profile.keys.recovery.fingerprint(),
        people: profile
            .people
            .iter()
            .map(|one| RoleHolderView { name: one.name.clone(), post: one.post.clone(), role: one.role })
            .collect(),
        officer: officer.map(|one| one.name.clone()).unwrap_or_default(),
        officer_phone: officer.map(|one| one.phone.clone()).unwrap_or_default(),
        front_doors: profile.front_doors.iter().map(service).collect(),
        advisers: profile.advisers.iter().map(service).collect(),
        lock_minutes: profile.lock_minutes,
        retention: profile.retention.clone(),
        legal_hold: profile.legal_hold.clone(),
        copies: profile.copies.clone(),
        countersign: profile.countersign.clone(),
        wanted: profile.wanted.clone(),
        overlay: overlay.map(|one| format!("{}@{}", one.id, one.version)).unwrap_or_default(),
        overlay_in_use: overlay.is_some_and(|one| in_use.iter().any(|row| row.record.pack.hash == one.hash)),
    })
}

/// What is otherwise in a new profile. No wildcard: what a profile gets anew is decided here.
pub(super) fn changed(before: &AgencyProfile, new: &AgencyProfile) -> Vec<ProfilePart> {
    // Named one by one, so that a field which is added does not compile until somebody has said what it is called.
    let AgencyProfile {
        agency: _,
        name,
        nation: _,
        body: _,
        serial: _,
        issued: _,
        expires,
        keys,
        people,
        officer,
        front_doors,
        advisers,
        lock_minutes,
        retention,
        legal_hold,
        copies,
        countersign,
        wanted,
        overlay,
        assurances: _,
    } = before;
    [
        (*name != new.name, ProfilePart::Name),
        (*expires != new.expires, ProfilePart::Expires),
        (keys.encryption != new.keys.encryption, ProfilePart::Encryption),
        (keys.recovery != new.keys.recovery, ProfilePart::Recovery),
        (*people != new.people, ProfilePart::People),
        (*officer != new.officer, ProfilePart::Officer),
        (*front_doors != new.front_doors, ProfilePart::FrontDoors),
        (*advisers != new.advisers, ProfilePart::Advisers),
        (*lock_minutes != new.lock_minutes, ProfilePart::LockMinutes),
        (*retention != new.retention || *legal_hold != new.legal_hold, ProfilePart::Retention),
        (*copies != new.copies, ProfilePart::Copies),
        (*countersign != new.countersign, ProfilePart::Countersign),
        (*wanted != new.wanted, ProfilePart::Wanted),
        (*overlay != new.overlay, ProfilePart::Overlay),
    ]
    .into_iter()
    .filter_map(|(so, part)| so.then_some(part))
    .collect()
}
