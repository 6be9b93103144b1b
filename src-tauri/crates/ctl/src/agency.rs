//! `agency`: an agency's keys, its profile and its roster.
//!
//! The forms and what must hold in them are `exchange`'s; this reads what an agency writes, keeps its files, and says
//! what became of them.

pub mod args;
pub mod keep;
pub mod members;
mod recover;
mod refused;
mod rekey;
mod settings;

use std::path::Path;

use serde_json::json;
use sharewell_casework::clock;
use sharewell_casework::records::{Day, Role};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::pack as signed;
use sharewell_exchange::profile::{AgencyProfile, Keys, Opened, Overlay, RoleHolder, Standing};
use sharewell_exchange::roster::{Roster, Stands};
use sharewell_exchange::{Signer as _, SigningKey};
use sharewell_guidance::{check_files, content_hash};

use crate::error::Error;
use crate::pack;
use crate::say::{Lines, Said, count};

pub use args::AgencyVerb;
pub use refused::Refused;

use args::Profile;
use keep::{Agency, Together};
use settings::{Rest, Settings};

const EXAMPLE: &str = include_str!("agency/example.toml");

/// Does what was asked.
pub fn agency(verb: &AgencyVerb) -> Result<Said, Error> {
    let on = clock::day_of(clock::now());
    match verb {
        AgencyVerb::Example => {
            Ok(Said { findings: false, plain: EXAMPLE.to_owned(), json: json!({ "example": EXAMPLE }) })
        }
        AgencyVerb::Init { offline, out, from } => init(offline, out, from, on),
        AgencyVerb::Profile(Profile { show: Some(show), .. }) => Ok(told(&keep::profile_at(show)?, on)),
        AgencyVerb::Profile(Profile { offline: Some(offline), agency, from, .. }) => {
            // Whoever parses the arguments asks for all three.
            let (agency, from) = (agency.as_deref(), from.as_deref());
            next(offline, agency.unwrap_or(Path::new("")), from.unwrap_or(Path::new("")), on)
        }
        AgencyVerb::Profile(Profile { offline: None, .. }) => {
            Err(Refused::NoProfile { path: String::new() }.into())
        }
        AgencyVerb::Rekey(args) => rekey::rekey(args, on),
        AgencyVerb::Enrol(enrol) => members::enrol(enrol, on),
        AgencyVerb::Renew { at, key, until } => members::renew(at, key, args::day(*until), on),
        AgencyVerb::Revoke { at, key, from } => members::revoke(at, key, args::day(*from), on),
        AgencyVerb::Recover(args) => recover::recover(args, on),
        AgencyVerb::Roster { agency } => members::roster(agency, on),
    }
}

/// An agency's protocol, checked and signed: its file's name, its bytes, and how the profile names it.
type Protocol = (String, Vec<u8>, Overlay);

/// Reads the protocol that the settings name. What does not meet the conditions is told as it is of any pack.
fn protocol(folder: &Path, key: &SigningKey) -> Result<Result<Protocol, Said>, Error> {
    let files = pack::read(folder)?;
    if signed::Kind::of(&files)? != signed::Kind::Overlay {
        let place = folder.display().to_string();
        return Err(Refused::Settings {
            place,
            why: "it is no overlay: there is no overlay.toml".to_owned(),
        }
        .into());
    }
    let whole = pack::whole(&files);
    let report = check_files(&whole);
    if !report.passes() {
        let plain = pack::told(&folder.display().to_string(), Some(folder), &report);
        return Ok(Err(Said { findings: true, plain, json: json!({ "signed": false, "report": report }) }));
    }
    let pack = pack::load(&folder.display().to_string(), &files)?;
    let about = pack.overlay.ok_or_else(|| Refused::Settings {
        place: folder.display().to_string(),
        why: "it is no overlay".to_owned(),
    })?;
    let bytes = signed::write(&files, key)?;
    let name = format!("{}-{}.sharewell-pack", about.id, about.version);
    Ok(Ok((name, bytes, Overlay { id: about.id, version: about.version, hash: content_hash(&files) })))
}

fn init(offline: &Path, out: &Path, from: &Path, on: Day) -> Result<Said, Error> {
    keep::must_be_offline(offline, out)?;
    let settings = Settings::read(from)?;
    let (signing, signing_text) = SigningKey::generate()?;
    let (receipts, receipts_text) = SigningKey::generate()?;
    let (encryption, recovery) = (Identity::generate(), Identity::generate());
    let mut files = Together::default();
    let overlay = match settings.overlay(from).map(|folder| protocol(&folder, &signing)).transpose()? {
        Some(Err(said)) => return Ok(said),
        Some(Ok((name, bytes, overlay))) => {
            files.plain(out.join(name), bytes);
            Some(overlay)
        }
        None => None,
    };
    let keys = Keys {
        signing: signing.public_key(),
        receipts: receipts.public_key(),
        encryption: encryption.recipient(),
        recovery: recovery.recipient(),
    };
    let agency = uuid::Uuid::now_v7();
    let (name, members) = (settings.name().to_owned(), Vec::new());
    let roster = Roster { agency, name, serial: 1, issued: on, members };
    let rest = Rest { agency, serial: 1, issued: on, keys, people: Vec::new(), overlay };
    let profile = settings.profile(rest);
    // Both are signed before the first key is written, so that nothing is left where one is refused.
    files.plain(out.join(keep::PROFILE), profile.sign(&signing)?);
    files.plain(out.join(keep::ROSTER), roster.sign(&signing)?);
    files.secret(offline.join(keep::SIGNING), signing_text);
    files.secret(offline.join(keep::RECOVERY), recovery.to_secret());
    files.secret(out.join(keep::ENCRYPTION), encryption.to_secret());
    files.secret(out.join(keep::RECEIPTS), receipts_text);
    keep::folder(offline)?;
    keep::folder(out)?;
    files.write()?;
    let key = signing.public_key();
    let mut said = told(&Opened { profile, key }, on);
    said.plain = format!(
        "Made the agency's keys, its first profile and an empty roster.\n{}\n\
         Take {} away now and keep it in a safe, with a copy in another: it signs for the agency, and it opens vaults.\n\
         What is in {} stays with intake. Give {} to everybody, and read the fingerprint out to each.\n",
        said.plain,
        offline.display(),
        out.display(),
        keep::PROFILE,
    );
    Ok(said)
}

/// Who has a role that a signature can show, as the roster stands.
fn people(roster: &Roster, on: Day) -> Vec<RoleHolder> {
    let stands = |stands| matches!(stands, Stands::Current | Stands::NotYet { .. });
    let shown = roster.members.iter().filter(|one| one.role != Role::Practitioner && stands(one.stands(on)));
    shown.map(RoleHolder::from).collect()
}

fn next(offline: &Path, folder: &Path, from: &Path, on: Day) -> Result<Said, Error> {
    let settings = Settings::read(from)?;
    let agency = Agency::open(offline, folder)?;
    let mut files = Together::default();
    let keys = agency.profile.profile.keys.clone();
    match next_profile(settings, from, &agency, keys, on, &mut files)? {
        Ok(profile) => sign_next(&agency, profile, &files, on, || Ok(())),
        Err(said) => Ok(said),
    }
}

/// The profile that follows the one in use, with these keys; or what is wrong with the protocol that it names.
fn next_profile(
    settings: Settings,
    from: &Path,
    agency: &Agency,
    keys: Keys,
    on: Day,
    files: &mut Together,
) -> Result<Result<AgencyProfile, Said>, Error> {
    let standing = &agency.profile.profile;
    let overlay = match settings.overlay(from).map(|folder| protocol(&folder, &agency.key)).transpose()? {
        Some(Err(said)) => return Ok(Err(said)),
        Some(Ok((name, bytes, overlay))) => {
            // The same protocol as before lies there already.
            if standing.overlay.as_ref() != Some(&overlay) {
                files.plain(agency.folder.join(name), bytes);
            }
            Some(overlay)
        }
        None => None,
    };
    let rest = Rest {
        agency: standing.agency,
        serial: standing.serial.saturating_add(1),
        issued: on,
        keys,
        people: people(&agency.roster, on),
        overlay,
    };
    Ok(Ok(settings.profile(rest)))
}

/// Signs it and puts it in the place of the one in use, once `before` is done.
fn sign_next(
    agency: &Agency,
    profile: AgencyProfile,
    files: &Together,
    on: Day,
    before: impl FnOnce() -> Result<(), Error>,
) -> Result<Said, Error> {
    let bytes = profile.sign(&agency.key)?;
    profile.follows(&agency.profile.profile)?;
    files.write()?;
    before()?;
    let path = agency.folder.join(keep::PROFILE);
    keep::replace(&path, &bytes)?;
    let mut said = told(&Opened { profile, key: agency.profile.key }, on);
    said.plain = format!(
        "Signed the next profile. Give {} to everybody who has the one before.\n{}",
        path.display(),
        said.plain
    );
    Ok(said)
}

/// What a profile holds.
fn told(opened: &Opened, on: Day) -> Said {
    let AgencyProfile { name, serial, issued, expires, keys, officer, overlay, .. } = &opened.profile;
    let profile = &opened.profile;
    let stands = match profile.stands(on) {
        Standing::Current => format!("until {expires}"),
        Standing::NotYet => format!("signed for {issued}, which is after today: look at the clock"),
        Standing::RunOut => format!("ran out on {expires}; laptops warn and go on"),
    };
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    let mut lines = Lines::default();
    lines
        .add("agency", name)
        .add("number", serial)
        .add("stands", stands)
        .add("fingerprint", opened.key.fingerprint())
        .add("encryption key", &keys.encryption)
        .add("recovery key", &keys.recovery)
        .add("designated officer", or_none(officer.as_ref().map(|one| one.name.clone())))
        .add("roles", count(profile.people.len(), "key", "keys"))
        .add("front doors", profile.front_doors.len())
        .add("advisers", profile.advisers.len())
        .add("locks after", or_none(profile.lock_minutes.map(|minutes| format!("{minutes} minutes at most"))))
        .add("protocol", or_none(overlay.as_ref().map(|one| format!("{}@{}", one.id, one.version))));
    let mut plain = lines.to_string();
    for missing in missing(profile) {
        plain.push_str(&format!("not there yet: {missing}\n"));
    }
    let json = json!({
        "profile": profile,
        "fingerprint": opened.key.fingerprint(),
        "stands": matches!(profile.stands(on), Standing::Current),
        "missing": missing(profile),
    });
    Said { findings: false, plain, json }
}

/// What an agency that works with real families still lacks. It stops nobody.
fn missing(profile: &AgencyProfile) -> Vec<&'static str> {
    let assurances = &profile.assurances;
    let lead = profile.people.iter().any(|one| one.role == Role::Lead);
    [
        (profile.front_doors.is_empty(), "a front door"),
        (
            profile.officer.is_none(),
            "a designated officer with a key, so that restricted files can be handed over",
        ),
        (!lead, "a lead on the roster"),
        (profile.retention.is_empty(), "how long files are kept"),
        (assurances.impact_assessment.is_empty(), "the data-protection impact assessment"),
        (assurances.policy_document.is_empty(), "the appropriate policy document"),
    ]
    .into_iter()
    .filter_map(|(lacks, what)| lacks.then_some(what))
    .collect()
}
