//! The guidance packs that the program carries, and those that signed decisions were made under.
//!
//! A pack is embedded as it stands in `assets/guidance/<nation>/<version>/` and read once. A decision that
//! was signed under a pack that the program no longer carries is replayed from the bytes kept in the vault.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rust_embed::RustEmbed;
use sharewell_guidance::{Files, Pack};
use sharewell_records::{Day, Nation, PackRef, Sha256};

use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "../../../assets/guidance"]
struct Embedded;

/// A pack with the bytes that it was read from.
#[derive(Debug)]
pub struct Carried {
    /// The pack.
    pub pack: Pack,
    /// Its files, to be kept in the vault at the first sign-off.
    pub files: Files,
}

/// The first problem of a pack that does not load, as file, line and id.
fn bad(name: &str, error: &sharewell_guidance::Error) -> Error {
    let first = error.to_string().lines().next().unwrap_or_default().to_owned();
    Error::BadPack { pack: name.to_owned(), place: first }
}

/// Reads a pack from its files.
fn read(name: &str, files: Files) -> Result<Carried> {
    let pack = Pack::load(&files).map_err(|error| bad(name, &error))?;
    Ok(Carried { pack, files })
}

/// The files of every embedded pack, by `<nation>/<version>`, whether they load or not: for the check of packs.
#[must_use]
pub fn embedded_files() -> BTreeMap<String, Files> {
    let mut packs: BTreeMap<String, Files> = BTreeMap::new();
    for path in Embedded::iter() {
        let mut parts = path.splitn(3, '/');
        let (Some(nation), Some(version), Some(inside)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if let Some(file) = Embedded::get(&path) {
            packs
                .entry(format!("{nation}/{version}"))
                .or_default()
                .insert(inside.to_owned(), file.data.into_owned());
        }
    }
    packs
}

/// Every embedded pack, read once. A pack that does not load is kept as its error, so that one broken pack
/// does not take the others away.
fn carried() -> &'static [Result<Arc<Carried>>] {
    static CARRIED: OnceLock<Vec<Result<Arc<Carried>>>> = OnceLock::new();
    CARRIED.get_or_init(|| {
        embedded_files().into_iter().map(|(name, files)| read(&name, files).map(Arc::new)).collect()
    })
}

/// Every pack that the program carries and that loads.
pub fn all() -> impl Iterator<Item = &'static Arc<Carried>> {
    carried().iter().filter_map(|pack| pack.as_ref().ok())
}

/// The newest pack of a nation that applies on a day.
///
/// # Errors
/// [`Error::NoPack`] where there is none, [`Error::BadPack`] where the nation's pack does not load.
pub fn for_day(nation: Nation, on: Day) -> Result<Arc<Carried>> {
    let fits = all().filter(|carried| carried.pack.nation == nation && carried.pack.applies_on(on));
    match fits.max_by_key(|carried| (carried.pack.applies_from, carried.pack.version.clone())) {
        Some(carried) => Ok(Arc::clone(carried)),
        None => Err(broken(nation).unwrap_or(Error::NoPack { nation })),
    }
}

/// The error of a pack of this nation that does not load.
fn broken(nation: Nation) -> Option<Error> {
    carried().iter().find_map(|pack| match pack {
        Err(Error::BadPack { pack, place }) if pack.starts_with(nation.word()) => {
            Some(Error::BadPack { pack: pack.clone(), place: place.clone() })
        }
        _ => None,
    })
}

/// The embedded pack of exactly this content.
#[must_use]
pub fn by_hash(hash: Sha256) -> Option<Arc<Carried>> {
    all().find(|carried| carried.pack.hash == hash).cloned()
}

/// The pack named `id` or `id@version`; without a version the newest.
///
/// # Errors
/// [`Error::NotFound`].
pub fn named(name: &str) -> Result<Arc<Carried>> {
    let (id, version) = match name.split_once('@') {
        Some((id, version)) => (id, Some(version)),
        None => (name, None),
    };
    all()
        .filter(|carried| {
            carried.pack.id == id && version.is_none_or(|wanted| carried.pack.version == wanted)
        })
        .max_by_key(|carried| carried.pack.applies_from)
        .cloned()
        .ok_or(Error::NotFound { what: "guidance pack" })
}

/// The pack under which a decision was signed, from the bytes that the vault kept. What the bytes are is
/// checked against the hash that the decision carries.
pub(crate) fn kept(reference: &PackRef, files: Files) -> Result<Arc<Carried>> {
    let name = format!("{}@{}", reference.id, reference.version);
    let carried = read(&name, files)?;
    if carried.pack.hash != reference.hash {
        return Err(Error::BadPack {
            pack: name,
            place: "its content is not what the decision names".to_owned(),
        });
    }
    Ok(Arc::new(carried))
}

/// A text of a pack in English, or nothing where the pack has none. Which keys are there is checked when a
/// pack is read, so nothing is missing where a use case asks.
pub(crate) fn text<'a>(pack: &'a Pack, key: &str) -> &'a str {
    let language = pack.languages.first().map_or("en", String::as_str);
    pack.text("en", key).or_else(|| pack.text(language, key)).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn every_embedded_pack_loads() {
        for pack in carried() {
            assert!(pack.is_ok(), "{:?}", pack.as_ref().err());
        }
    }

    #[test]
    fn england_has_guidance_today_and_none_before_it_was_issued() {
        let today = clock::day(2026, 11, 22).unwrap();
        assert_eq!(for_day(Nation::England, today).unwrap().pack.nation, Nation::England);
        let before = clock::day(1990, 1, 1).unwrap();
        assert!(matches!(for_day(Nation::England, before), Err(Error::NoPack { nation: Nation::England })));
    }

    #[test]
    fn bytes_that_are_not_those_of_the_decision_are_refused() {
        let carried = all().next().unwrap();
        let mut reference = carried.pack.reference();
        assert!(kept(&reference, carried.files.clone()).is_ok());
        reference.hash = Sha256([7; 32]);
        assert!(matches!(kept(&reference, carried.files.clone()), Err(Error::BadPack { .. })));
    }
}
