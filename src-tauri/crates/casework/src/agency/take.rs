//! Looking at a profile in a file, and taking it in.
//!
//! What is taken in is what was shown: the file's hash says so. The entry comes first and the agency's slot after it;
//! where the slot could not be written, taking the same file in once more puts it right.

use std::path::Path;

use sharewell_exchange::Error as Exchange;
use sharewell_exchange::profile::{self as format, AgencyProfile, Opened};
use sharewell_records::{Moment, Payload, Sha256, TakenProfile};
use sharewell_vault::{Reader, Vault, installed_packs, profiles, recipients};

use super::{opened, shown};
use crate::error::{Error, Problem, Refusal, Result};
use crate::input::Form;
use crate::views::{AgencyPage, ProfilePreview, TakeProfile};
use crate::{keep, store};

/// A profile in a file, with the file's bytes and their hash.
struct InFile {
    opened: Opened,
    text: String,
    hash: Sha256,
}

fn read(path: &Path) -> Result<InFile> {
    let bytes = keep::read(path, format::MOST_BYTES)?;
    let opened = AgencyProfile::read(&bytes).map_err(|error| match error {
        newer @ Exchange::UnknownVersion { .. } => Error::Exchange(newer),
        other => Error::NotAProfile(other),
    })?;
    let hash = Sha256::of(&[&bytes]);
    let text = String::from_utf8(bytes).map_err(|_| Error::NotAProfile(Exchange::BadSignature))?;
    Ok(InFile { opened, text, hash })
}

/// What stands, beside what a file brings.
struct Compared {
    before: Option<Opened>,
    /// The same file is in use.
    same: bool,
    other_agency: bool,
}

/// An older profile never takes the place of a newer one, and the same one only puts right what was left undone.
fn compare(r: &Reader<'_>, new: &InFile) -> Result<Compared> {
    let taken = profiles::current(r)?;
    let same = taken.as_ref().is_some_and(|taken| taken.record.hash == new.hash);
    let before = taken.as_ref().and_then(opened);
    let other_agency =
        before.as_ref().is_some_and(|before| before.profile.agency != new.opened.profile.agency);
    if let Some(before) = &before
        && !same
        && !other_agency
    {
        new.opened.profile.follows(&before.profile)?;
    }
    if other_agency {
        // An agency that was left and is gone back to: what was taken in of it before stays the floor.
        let earlier =
            profiles::all(r)?.into_iter().find(|one| one.record.agency == new.opened.profile.agency);
        if let Some(earlier) = earlier {
            let (new, old) = (&new.opened.profile, earlier.record);
            format::newer((new.agency, new.serial), (old.agency, old.serial))?;
        }
    }
    Ok(Compared { before, same, other_agency })
}

/// What a profile in a file would change. Nothing is stored.
///
/// # Errors
/// [`Error::NotRead`], [`Error::NotAProfile`]; [`Error::Exchange`] where a newer program made it, or where it is older
/// than the one in use.
pub fn preview_profile(vault: &Vault, path: &Path, now: Moment) -> Result<ProfilePreview> {
    let new = read(path)?;
    store::read(vault, |r| {
        let Compared { before, other_agency, .. } = compare(r, &new)?;
        Ok(ProfilePreview {
            profile: shown::profile(r, &new.opened, now)?,
            changed: before
                .as_ref()
                .map(|before| shown::changed(&before.profile, &new.opened.profile))
                .unwrap_or_default(),
            other_key: before.as_ref().is_some_and(|before| before.key != new.opened.key),
            before: before.map(|before| shown::profile(r, &before, now)).transpose()?,
            hash: new.hash.to_string(),
            other_agency,
        })
    })
}

/// Takes a profile in: from here on it counts. Handovers can go to its key, its overlays are taken, and the agency can
/// open the vault.
///
/// # Errors
/// As [`preview_profile`]; [`Error::Fields`] where the fingerprint was not compared, or another agency was not agreed
/// to; [`Refusal::FileChanged`] where the file is no longer the one that was shown. Where only the agency's slot could
/// not be written, [`Error::Vault`]: the profile stands, and taking it in once more writes the slot.
pub fn take_profile(vault: &mut Vault, typed: &TakeProfile, now: Moment) -> Result<AgencyPage> {
    let new = read(Path::new(&typed.path))?;
    if typed.shown != new.hash.to_string() {
        return Err(Refusal::FileChanged.into());
    }
    let Compared { same, other_agency, .. } = store::read(vault, |r| compare(r, &new))?;
    let mut form = Form::new();
    form.fault_if(!typed.compared, "compared", Problem::NotCompared);
    form.fault_if(other_agency && !typed.other_agency, "other_agency", Problem::OtherAgency);
    form.end(|| Some(()))?;
    let InFile { opened: Opened { profile, key }, text, hash } = new;
    let recovery = profile.keys.recovery.clone();
    if !same {
        store::write(vault, now, |w| {
            let taken = TakenProfile {
                agency: profile.agency,
                name: profile.name.clone(),
                serial: profile.serial,
                key: key.to_string(),
                encryption: profile.keys.encryption.to_string(),
                receipts: profile.keys.receipts.to_string(),
                recovery: recovery.to_string(),
                hash,
                file: text,
            };
            w.append(None, &Payload::ProfileTaken { profile: Box::new(taken) }, &[])?;
            let name = &profile.name;
            let known = recipients::all(&w.reader())?;
            let officer = profile.officer.as_ref().map(|officer| (&officer.recipient, &officer.name));
            for (recipient, name) in [(&profile.keys.encryption, name)].into_iter().chain(officer) {
                let recipient = recipient.to_string();
                let there = |one: &recipients::RecipientKey| one.recipient == recipient && one.name == *name;
                if !known.iter().any(|one| there(&one.record)) {
                    w.append(None, &Payload::RecipientKeyImported { recipient, name: name.clone() }, &[])?;
                }
            }
            let key = key.to_string();
            let keys = installed_packs::keys(&w.reader())?;
            if !keys.iter().any(|one| one.record.key == key && one.record.name == *name) {
                w.append(None, &Payload::PackKeyImported { key, name: name.clone() }, &[])?;
            }
            Ok(())
        })?;
    }
    if vault.agency_recipient() != Some(recovery.to_string()) {
        vault.set_agency(&recovery.to_string(), |key| recovery.seal(key).map_err(Error::Exchange), now)?;
    }
    super::agency_page(vault, now)
}
