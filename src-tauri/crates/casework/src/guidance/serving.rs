//! The guidance packs that serve: those that the program carries, those that were installed from a signed
//! file, with an agency's overlay laid over them where it has one.
//!
//! A pack is embedded as it stands in `assets/guidance/<nation>/<version>/`, with the parts that it shares with
//! others (`assets/guidance/shared/`) in it, and read once. Its bytes are
//! fixed when the program is built, each with its hash (`docs/decisions/0007-trust-in-packs.md`). Installed
//! packs and overlays come from the vault. A decision that was signed under a pack that serves no more is
//! replayed from the bytes kept in the vault.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rust_embed::RustEmbed;
use sharewell_exchange::PublicKey;
use sharewell_guidance::{Files, Pack, lay, mount};
use sharewell_records::{Day, Nation, PackKind, PackRef, Sha256};
use sharewell_vault::{Reader, installed_packs, packs as kept_bytes};

use crate::error::{Error, PackFault, PackFaultKind, Result};

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

/// Reads a pack from its files.
fn read(name: &str, files: Files) -> Result<Carried> {
    let pack = Pack::load(&files)
        .map_err(|error| Error::BadPack { pack: name.to_owned(), fault: PackFault::from(&error) })?;
    Ok(Carried { pack, files })
}

/// The files of every embedded pack, by `<nation>/<version>`, whether they load or not: for the check of packs.
#[must_use]
pub fn embedded_files() -> BTreeMap<String, Files> {
    let (packs, shared) = embedded();
    let packs = packs.into_iter().map(|(name, files)| (name, mount(files, &shared)));
    #[cfg(feature = "marked")]
    let packs = packs.map(|(name, files)| (name, super::marked::if_asked(files)));
    packs.collect()
}

/// The embedded trace from the factsheet's statements to what fulfils them (`assets/guidance/trace.toml`).
#[must_use]
pub fn trace() -> String {
    let file = Embedded::get("trace.toml");
    file.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// The embedded shared parts, as `<part>/<version>/…`: for a pack that is written away from them.
#[must_use]
pub fn shared_parts() -> Files {
    embedded().1
}

/// What is embedded: the packs by `<nation>/<version>`, and the shared parts.
fn embedded() -> (BTreeMap<String, Files>, Files) {
    let mut packs: BTreeMap<String, Files> = BTreeMap::new();
    let mut shared = Files::new();
    for path in Embedded::iter() {
        let mut parts = path.splitn(3, '/');
        let (Some(nation), Some(version), Some(inside)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if let Some(file) = Embedded::get(&path) {
            // The hash was taken when the program was built; what differs was changed in the program since.
            if Sha256::of(&[&file.data]) != Sha256(file.metadata.sha256_hash()) {
                continue;
            }
            if nation == "shared" {
                shared.insert(format!("{version}/{inside}"), file.data.into_owned());
                continue;
            }
            packs
                .entry(format!("{nation}/{version}"))
                .or_default()
                .insert(inside.to_owned(), file.data.into_owned());
        }
    }
    (packs, shared)
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

/// The keys whose signatures on packs the program takes: the public half of the publisher's key is built in.
#[must_use]
pub fn publishers() -> Vec<PublicKey> {
    const KEYS: &str = include_str!("../../../../../assets/publisher.pub");
    KEYS.lines().filter_map(|line| PublicKey::from_hex(line).ok()).collect()
}

/// A version as its numbers, for comparing: `2024-10` is newer than `2024-05` and than `2024-9`.
pub(crate) fn order(version: &str) -> Vec<u32> {
    let numbers = version.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    numbers.map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

/// Which of two packs of a nation is the newer one.
pub(crate) fn newness(pack: &Pack) -> (Day, Vec<u32>, String) {
    (pack.applies_from, order(&pack.version), pack.version.clone())
}

/// The bytes of what is installed, read from the vault.
fn installed_files(r: &Reader<'_>, hash: Sha256) -> Result<Files> {
    Ok(kept_bytes::files(r, hash)?.into_iter().collect())
}

/// The most packs that are held read. A vault has a handful.
const MOST_READ: usize = 64;

/// A pack that was read from a vault, by the hashes of its base and its overlay; read once, since the same
/// bytes always give the same pack.
fn once(
    hash: Sha256,
    overlay: Option<Sha256>,
    make: impl FnOnce() -> Result<Arc<Carried>>,
) -> Result<Arc<Carried>> {
    type Read = BTreeMap<(Sha256, Option<Sha256>), Arc<Carried>>;
    static READ: Mutex<Read> = Mutex::new(BTreeMap::new());
    let lock = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(carried) = lock().get(&(hash, overlay)) {
        return Ok(Arc::clone(carried));
    }
    let made = make()?;
    let mut read = lock();
    if read.len() >= MOST_READ {
        read.clear();
    }
    read.insert((hash, overlay), Arc::clone(&made));
    Ok(made)
}

/// An installed pack.
fn installed(r: &Reader<'_>, reference: &PackRef) -> Result<Arc<Carried>> {
    once(reference.hash, None, || kept(reference, installed_files(r, reference.hash)?))
}

/// Every pack that serves, without overlays, and the first installed one that cannot be read.
pub(crate) fn bases(r: &Reader<'_>, nation: Nation) -> Result<(Vec<Arc<Carried>>, Option<Error>)> {
    let mut found: Vec<Arc<Carried>> =
        all().filter(|carried| carried.pack.nation == nation).map(Arc::clone).collect();
    let mut bad = None;
    for one in installed_packs::in_use(r)? {
        let one = one.record;
        if one.nation != nation || one.what != PackKind::Pack {
            continue;
        }
        match installed(r, &one.pack) {
            Ok(carried) => found.push(carried),
            Err(error @ (Error::BadPack { .. } | Error::Guidance(_))) => bad = bad.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    Ok((found, bad))
}

/// The newest pack of a nation that began to apply by a day. Guidance that has expired serves on, with a
/// banner: having none would help nobody, and what it superseded is older still.
pub(crate) fn newest(found: Vec<Arc<Carried>>, on: Day) -> Option<Arc<Carried>> {
    let begun = found.into_iter().filter(|carried| carried.pack.applies_from <= on);
    begun.max_by_key(|carried| newness(&carried.pack))
}

/// The pack of a nation that serves on a day, with the agency's overlay where it was written for that pack.
///
/// # Errors
/// [`Error::NoPack`] where there is none, [`Error::BadPack`] where the nation's pack does not load.
pub fn for_day(r: &Reader<'_>, nation: Nation, on: Day) -> Result<Arc<Carried>> {
    let (found, bad) = bases(r, nation)?;
    match newest(found, on) {
        Some(base) => Ok(overlaid(r, &base, on)?.unwrap_or(base)),
        None => Err(bad.or_else(|| broken(nation)).unwrap_or(Error::NoPack { nation })),
    }
}

/// The pack that the program itself carries for a day, where there is no vault yet.
///
/// # Errors
/// As [`for_day`].
pub fn built_in_for_day(nation: Nation, on: Day) -> Result<Arc<Carried>> {
    let own = all().filter(|carried| carried.pack.nation == nation).map(Arc::clone).collect();
    newest(own, on).ok_or_else(|| broken(nation).unwrap_or(Error::NoPack { nation }))
}

/// A pack with an installed overlay over it.
pub(crate) fn with_overlay(r: &Reader<'_>, base: &Arc<Carried>, overlay: &PackRef) -> Result<Arc<Carried>> {
    once(base.pack.hash, Some(overlay.hash), || {
        let name = format!("{}@{}+{}@{}", base.pack.id, base.pack.version, overlay.id, overlay.version);
        read(&name, lay(&base.files, &installed_files(r, overlay.hash)?)).map(Arc::new)
    })
}

/// A pack with the agency's overlay over it, where one is in use that was written for exactly this pack and
/// applies on the day: the newest of them. One that cannot be laid on is left off, and the page *Guidance* says so:
/// the nation's guidance never waits for an agency's.
fn overlaid(r: &Reader<'_>, base: &Arc<Carried>, on: Day) -> Result<Option<Arc<Carried>>> {
    let mut newest: Option<(Day, Vec<u32>, Arc<Carried>)> = None;
    for one in installed_packs::in_use(r)?.into_iter().map(|one| one.record) {
        if one.what != PackKind::Overlay || one.base != Some(base.pack.hash) {
            continue;
        }
        let whole = match with_overlay(r, base, &one.pack) {
            Ok(whole) => whole,
            Err(Error::BadPack { .. } | Error::Guidance(_)) => continue,
            Err(error) => return Err(error),
        };
        let Some(about) = &whole.pack.overlay else { continue };
        if about.applies_from > on || about.applies_until.is_some_and(|until| until < on) {
            continue;
        }
        let (from, version) = (about.applies_from, order(&about.version));
        if newest.as_ref().is_none_or(|(day, other, _)| (from, &version) > (*day, other)) {
            newest = Some((from, version, whole));
        }
    }
    Ok(newest.map(|(_, _, whole)| whole))
}

/// Whether a pack's last day has passed: it serves on, and is shown as expired.
#[must_use]
pub fn expired(pack: &Pack, on: Day) -> bool {
    pack.applies_until.is_some_and(|until| until < on)
}

/// The error of a pack of this nation that does not load.
fn broken(nation: Nation) -> Option<Error> {
    carried().iter().find_map(|pack| match pack {
        Err(Error::BadPack { pack, fault }) if pack.starts_with(nation.word()) => {
            Some(Error::BadPack { pack: pack.clone(), fault: fault.clone() })
        }
        _ => None,
    })
}

/// The serving pack of a nation with exactly this content.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn by_hash(r: &Reader<'_>, nation: Nation, hash: Sha256, on: Day) -> Result<Option<Arc<Carried>>> {
    let (found, _) = bases(r, nation)?;
    for base in found {
        if base.pack.hash == hash {
            return Ok(Some(base));
        }
        if let Some(whole) = overlaid(r, &base, on)?
            && whole.pack.hash == hash
        {
            return Ok(Some(whole));
        }
    }
    Ok(None)
}

/// The pack of exactly this content that the program carries.
#[must_use]
pub fn built_in(hash: Sha256) -> Option<Arc<Carried>> {
    all().find(|carried| carried.pack.hash == hash).cloned()
}

/// The pack under which a decision was signed, from the bytes that the vault kept. What the bytes are is
/// checked against the hash that the decision carries.
pub(crate) fn kept(reference: &PackRef, files: Files) -> Result<Arc<Carried>> {
    let name = format!("{}@{}", reference.id, reference.version);
    let carried = read(&name, files)?;
    if carried.pack.hash != reference.hash {
        return Err(Error::BadPack { pack: name, fault: PackFault::of(PackFaultKind::OtherContent, "") });
    }
    Ok(Arc::new(carried))
}

/// The pack of a signed decision: the embedded one of the same content, or the bytes that the vault kept.
pub(crate) fn kept_pack(r: &Reader<'_>, reference: &PackRef) -> Result<Arc<Carried>> {
    match built_in(reference.hash) {
        Some(carried) => Ok(carried),
        // Read once: a list words the duties of many decisions under one pack.
        None => once(reference.hash, None, || kept(reference, installed_files(r, reference.hash)?)),
    }
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
        assert_eq!(built_in_for_day(Nation::England, today).unwrap().pack.nation, Nation::England);
        let before = clock::day(1990, 1, 1).unwrap();
        let none = built_in_for_day(Nation::England, before);
        assert!(matches!(none, Err(Error::NoPack { nation: Nation::England })));
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(order("2024-10") > order("2024-05"));
        assert!(order("2024-10") > order("2024-9"));
        assert!(order("2024-05.1") > order("2024-05"));
        assert_eq!(order("99999999999999"), vec![u32::MAX], "no number is too large to compare");
    }

    #[test]
    fn one_publisher_is_built_in() {
        assert_eq!(publishers().len(), 1);
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
