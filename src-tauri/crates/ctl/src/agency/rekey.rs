//! New keys for an agency that goes on: what the old ones opened stays open, and nobody waits for the change.

use std::path::Path;

use sharewell_casework::records::Day;
use sharewell_exchange::SigningKey;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::profile::Keys;

use super::args::{KeyWord, Rekey};
use super::keep::{self, Agency, Together};
use super::settings::Settings;
use super::{next_profile, sign_next};
use crate::error::Error;
use crate::say::Said;

/// A new key and where it goes.
type Made<'a> = (&'a Path, &'static str, secrecy::SecretString);

/// Makes the keys that were asked for, and signs the next profile with them.
pub fn rekey(args: &Rekey, on: Day) -> Result<Said, Error> {
    let (offline, folder) = (args.at.offline.as_path(), args.at.agency.as_path());
    let settings = Settings::read(&args.from)?;
    let agency = Agency::open(offline, folder)?;
    let mut keys: Keys = agency.profile.profile.keys.clone();
    let mut made: Vec<Made<'_>> = Vec::new();
    for which in KeyWord::each(&args.keys) {
        match which {
            KeyWord::Encryption => {
                let new = Identity::generate();
                keys.encryption = new.recipient();
                made.push((folder, keep::ENCRYPTION, new.to_secret()));
            }
            KeyWord::Receipts => {
                let (new, text) = SigningKey::generate()?;
                keys.receipts = sharewell_exchange::Signer::public_key(&new);
                made.push((folder, keep::RECEIPTS, text));
            }
            KeyWord::Recovery => {
                let new = Identity::generate();
                keys.recovery = new.recipient();
                made.push((offline, keep::RECOVERY, new.to_secret()));
            }
        }
    }
    let mut files = Together::default();
    let profile = match next_profile(settings, &args.from, &agency, keys, on, &mut files)? {
        Ok(profile) => profile,
        Err(said) => return Ok(said),
    };
    // The keys lie there before the profile names them, and whoever works with the profile before finds theirs beside.
    let keep_keys = || made.iter().try_for_each(|(folder, name, text)| keep::replace_key(folder, name, text));
    let mut said = sign_next(&agency, profile, &files, on, keep_keys)?;
    said.plain.push_str(NEXT);
    Ok(said)
}

const NEXT: &str = "The keys before stay beside the new ones as …-before-1.key and so on: keep them as long as something \
                    that they open may still come. Give intake its new keys and the profile before anybody else.\n";
