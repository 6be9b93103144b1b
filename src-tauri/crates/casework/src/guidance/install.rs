//! The guidance in use, and taking a new pack into use from a signed file (M2, M3, M6).
//!
//! Nothing of a file is believed before its signature holds under a key of the roster that the caller gives;
//! the shell gives the publishers that are built in, and no others. A pack is then held to the twelve
//! conditions and to the line of versions that it continues. What is accepted is what was previewed: the
//! content hash says so. Taking a pack out of use leaves its bytes, so that earlier decisions replay.

use std::sync::Arc;

use sharewell_documents::Language;
use sharewell_exchange::pack::{self as signed, Opened, Roster};
use sharewell_exchange::{Error as Exchange, PublicKey};
use sharewell_guidance::{
    Confidence, Error as Engine, Files, Pack, What, check, content_hash, lay, overlay_base,
};
use sharewell_records::{Day, Moment, Nation, PackKind, PackRef, Payload, Sha256};
use sharewell_vault::installed_packs::{self, Installed, PackKey};
use sharewell_vault::{Content, Reader, Recorded, Vault, ledger, practitioner};

use crate::error::{Error, PackFault, PackFaultKind, Problem, Refusal, Result};
use crate::guidance::Wording;
use crate::guidance::serving::{self, Carried};
use crate::input::Form;
use crate::views::{
    AgencyKeyView, GuidancePage, NationGuidance, OverlayView, PackTrust, PackView, RemovedPackView,
    SourceCounts, UnreadablePack,
};
use crate::{clock, input, language, store};

/// The page *Guidance*.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn page(vault: &Vault, publishers: &[PublicKey], now: Moment) -> Result<GuidancePage> {
    let on = clock::day_of(now);
    store::read(vault, |r| {
        let own = practitioner::current(r)?.record.nation;
        let mut nations = Vec::new();
        for nation in Nation::ALL {
            let one = of_nation(r, nation, publishers, nation == own, on)?;
            let empty = one.current.is_none() && one.others.is_empty() && one.unreadable.is_empty();
            if !empty || !one.removed.is_empty() {
                nations.push(one);
            }
        }
        nations.sort_by_key(|one| !one.own);
        let key = |one: Recorded<PackKey>| AgencyKeyView {
            name: one.record.name,
            fingerprint: PublicKey::from_hex(&one.record.key)
                .map(|key| key.fingerprint())
                .unwrap_or_default(),
            imported_at: one.recorded_at,
        };
        Ok(GuidancePage {
            nations,
            publishers: publishers.iter().map(PublicKey::fingerprint).collect(),
            agencies: installed_packs::keys(r)?.into_iter().map(key).collect(),
        })
    })
}

fn of_nation(
    r: &Reader<'_>,
    nation: Nation,
    publishers: &[PublicKey],
    own: bool,
    on: Day,
) -> Result<NationGuidance> {
    let installed = installed_packs::in_use(r)?;
    let (bases, unreadable) = serving::bases(r, nation)?;
    let mut bases = bases;
    bases.sort_by_cached_key(|carried| std::cmp::Reverse(serving::newness(&carried.pack)));
    let current = serving::newest(bases.clone(), on);
    let language = language::of(r)?;
    let view = |carried: &Arc<Carried>| pack_view(carried, &installed, publishers, language, on);
    let is_current = |carried: &Arc<Carried>| {
        current.as_ref().is_some_and(|current| current.pack.hash == carried.pack.hash)
    };
    let mut removed = Vec::new();
    for one in installed_packs::removed(r)? {
        if one.record.nation == nation {
            removed.push(removed_view(r, &one)?);
        }
    }
    Ok(NationGuidance {
        nation,
        own,
        others: bases.iter().filter(|carried| !is_current(carried)).map(view).collect(),
        current: current.as_ref().map(view),
        overlays: overlays(r, nation, &bases, on)?,
        removed,
        unreadable: unreadable.iter().map(unreadable_pack).collect(),
    })
}

/// A pack that cannot be read; its name where that much is known.
fn unreadable_pack(error: &Error) -> UnreadablePack {
    let name = match error {
        Error::BadPack { pack, .. } => pack.clone(),
        _ => String::new(),
    };
    UnreadablePack { name, fault: fault_of(error) }
}

/// What is wrong with a pack that does not serve.
fn fault_of(error: &Error) -> PackFault {
    match error {
        Error::BadPack { fault, .. } => fault.clone(),
        Error::Guidance(error) => PackFault::from(error),
        _ => PackFault::of(PackFaultKind::MissingFile, ""),
    }
}

/// Agencies' protocols in use over a nation's packs.
fn overlays(r: &Reader<'_>, nation: Nation, bases: &[Arc<Carried>], on: Day) -> Result<Vec<OverlayView>> {
    let (keys, language) = (installed_packs::keys(r)?, language::of(r)?);
    let today = serving::for_day(r, nation, on).ok().map(|carried| carried.pack.hash);
    let mut views = Vec::new();
    for one in installed_packs::in_use(r)? {
        let (row, at) = (&one.record, one.recorded_at);
        if row.what != PackKind::Overlay || row.nation != nation {
            continue;
        }
        let base = bases.iter().find(|base| row.base == Some(base.pack.hash));
        let whole = match base {
            Some(base) => serving::with_overlay(r, base, &row.pack).map_err(|error| fault_of(&error)),
            None => Err(PackFault::of(PackFaultKind::UnknownBase, &row.pack.id)),
        };
        let name = format!("{}@{}", row.pack.id, row.pack.version);
        let about = whole.as_ref().ok().and_then(|whole| whole.pack.overlay.as_ref());
        let text =
            |key: &str| whole.as_ref().map(|whole| Wording::new(&whole.pack, language).text(key).to_owned());
        views.push(OverlayView {
            title: text("overlay.title").unwrap_or_else(|_| name.clone()),
            lineage: text("overlay.lineage").unwrap_or_default(),
            applies_from: about.map(|about| about.applies_from),
            applies_until: about.and_then(|about| about.applies_until),
            serves: whole.as_ref().is_ok_and(|whole| Some(whole.pack.hash) == today),
            unreadable: whole.as_ref().err().cloned(),
            agency: keys
                .iter()
                .find(|key| key.record.key == row.signer)
                .map(|key| key.record.name.clone())
                .unwrap_or_default(),
            signer: PublicKey::from_hex(&row.signer).map(|key| key.fingerprint()).unwrap_or_default(),
            hash: row.pack.hash.to_string(),
            installed_at: at,
            name,
        });
    }
    Ok(views)
}

fn pack_view(
    carried: &Carried,
    installed: &[Recorded<Installed>],
    publishers: &[PublicKey],
    language: Language,
    on: Day,
) -> PackView {
    let (pack, wording) = (&carried.pack, Wording::new(&carried.pack, language));
    let row = installed.iter().find(|one| one.record.pack.hash == pack.hash);
    let signer = row.and_then(|row| PublicKey::from_hex(&row.record.signer).ok());
    PackView {
        name: name(pack),
        version: pack.version.clone(),
        hash: pack.hash.to_string(),
        title: wording.text("pack.title").to_owned(),
        lineage: wording.text("pack.lineage").to_owned(),
        applies_from: pack.applies_from,
        applies_until: pack.applies_until,
        expired: serving::expired(pack, on),
        supersedes: pack.supersedes.clone(),
        trust: match (row, signer) {
            (None, _) => PackTrust::BuiltIn,
            (Some(_), Some(key)) if publishers.contains(&key) => PackTrust::Publisher,
            (Some(_), _) => PackTrust::FormerPublisher,
        },
        signer: signer.map(|key| key.fingerprint()),
        installed_at: row.map(|row| row.recorded_at),
        sources: counts(pack.sources.iter()),
        steps: store::small(pack.steps().len() as u64),
        outcomes: store::small(pack.outcomes().len() as u64),
        holidays_until: pack.calendar.until(),
        holidays_end: pack.calendar.runs_out(on).is_some(),
    }
}

/// `id@version`.
pub(super) fn name(pack: &Pack) -> String {
    format!("{}@{}", pack.id, pack.version)
}

fn counts<'a>(sources: impl Iterator<Item = &'a sharewell_guidance::Source>) -> SourceCounts {
    let mut counts = SourceCounts::default();
    for source in sources {
        let count = match source.confidence {
            Confidence::Original => &mut counts.original,
            Confidence::Secondary => &mut counts.secondary,
            Confidence::Local => &mut counts.local,
            Confidence::Unconfirmed => &mut counts.unconfirmed,
        };
        *count += 1;
    }
    counts
}

fn removed_view(r: &Reader<'_>, one: &Recorded<Installed>) -> Result<RemovedPackView> {
    let pack = &one.record.pack;
    let (mut removed_at, mut why) = (one.recorded_at, String::new());
    for entry in ledger::history(r, pack.hash)? {
        if let Content::Known(payload) = entry.content
            && let Payload::PackRemoved { reason, .. } = *payload
        {
            (removed_at, why) = (entry.header.recorded_at, reason);
        }
    }
    Ok(RemovedPackView {
        name: format!("{}@{}", pack.id, pack.version),
        hash: pack.hash.to_string(),
        installed_at: one.recorded_at,
        removed_at,
        reason: why,
    })
}

/// What a file holds, once everything about it holds. Only this room makes one.
pub struct Examined {
    pub(super) what: PackKind,
    /// What is kept under which name and hash: the pack, or the overlay alone.
    pub(super) reference: PackRef,
    pub(super) files: Files,
    /// The pack, with the overlay laid over it where it is one.
    pub(super) pack: Pack,
    pub(super) signer: PublicKey,
    /// The pack that it continues, or over which it is laid.
    pub(super) before: Arc<Carried>,
    pub(super) paths: u64,
}

impl Examined {
    /// The keys under which its own words stand.
    pub(super) fn words(&self) -> (&str, &str) {
        match self.what {
            PackKind::Pack => ("pack.title", "pack.lineage"),
            PackKind::Overlay => ("overlay.title", "overlay.lineage"),
        }
    }

    pub(super) fn applies(&self) -> (Day, Option<Day>) {
        match &self.pack.overlay {
            Some(overlay) => (overlay.applies_from, overlay.applies_until),
            None => (self.pack.applies_from, self.pack.applies_until),
        }
    }

    /// Sources, only those that are new where it is an overlay.
    pub(super) fn sources(&self) -> SourceCounts {
        let new = |source: &&sharewell_guidance::Source| {
            self.what == PackKind::Pack || !self.before.pack.sources.contains(source)
        };
        counts(self.pack.sources.iter().filter(new))
    }
}

/// Opens a signed file: a publisher's pack, or an overlay of an agency whose key was imported.
pub(super) fn open(r: &Reader<'_>, bytes: &[u8], publishers: &[PublicKey]) -> Result<Opened> {
    let keys = installed_packs::keys(r)?;
    let agencies: Vec<_> = keys.iter().filter_map(|key| PublicKey::from_hex(&key.record.key).ok()).collect();
    signed::read(bytes, Roster { publishers, agencies: &agencies }).map_err(|error| match error {
        Exchange::UnknownSigner | Exchange::BadSignature | Exchange::SignatureHeader { .. } => {
            Refusal::NotTrusted.into()
        }
        other => Error::Exchange(other),
    })
}

/// Reads the files of a pack.
fn load(files: &Files) -> Result<Pack> {
    Pack::load(files).map_err(|error| match error {
        Engine::Pack(problems) if problems.iter().any(|problem| problem.what == What::WrongEngine) => {
            Refusal::NeedsNewerProgram.into()
        }
        other => Error::from(Refusal::Unsafe { fault: PackFault::from(&other) }),
    })
}

/// Walks every path.
fn safe(pack: &Pack) -> Result<u64> {
    let report = check(pack);
    match report.findings.first() {
        Some(finding) => Err(Refusal::Unsafe { fault: PackFault::from(finding) }.into()),
        None => Ok(report.paths),
    }
}

/// Holds a file's content to everything that must hold before it may guide anybody.
pub(super) fn examine(r: &Reader<'_>, opened: Opened) -> Result<Examined> {
    match opened.kind {
        signed::Kind::Pack => {
            let pack = load(&opened.files)?;
            let before = continues(r, &pack)?;
            let paths = safe(&pack)?;
            let (what, reference) = (PackKind::Pack, pack.reference());
            Ok(Examined { what, reference, files: opened.files, pack, signer: opened.signer, before, paths })
        }
        signed::Kind::Overlay => overlay(r, opened),
    }
}

/// The same of an agency's overlay: it is laid over the pack that it names, and the whole is examined.
fn overlay(r: &Reader<'_>, opened: Opened) -> Result<Examined> {
    let Some((name_of_base, base_hash)) = overlay_base(&opened.files) else {
        let fault = PackFault::of(PackFaultKind::NoBase, "overlay.toml");
        return Err(Refusal::Unsafe { fault }.into());
    };
    let mut known = Vec::new();
    for nation in Nation::ALL {
        known.extend(serving::bases(r, nation)?.0);
    }
    // Where only the name is known, laying it on says which text it was written for.
    let by_hash = known.iter().find(|base| base.pack.hash == base_hash);
    let base = by_hash.or_else(|| known.iter().find(|base| name(&base.pack) == name_of_base));
    let before = Arc::clone(base.ok_or(Refusal::UnknownLine)?);
    let pack = load(&lay(&before.files, &opened.files))?;
    let about = pack.overlay.clone().ok_or(Refusal::UnknownLine)?;
    let hash = content_hash(&opened.files);
    for one in installed_packs::in_use(r)?.into_iter().map(|one| one.record) {
        if one.pack.hash == hash {
            return Err(Refusal::AlreadyThere.into());
        }
        let same = one.what == PackKind::Overlay && one.base == Some(base_hash) && one.pack.id == about.id;
        if same && serving::order(&one.pack.version) >= serving::order(&about.version) {
            let serving = format!("{}@{}", one.pack.id, one.pack.version);
            return Err(Refusal::Older { serving }.into());
        }
    }
    let paths = safe(&pack)?;
    let reference = PackRef { id: about.id, version: about.version, hash };
    let what = PackKind::Overlay;
    Ok(Examined { what, reference, files: opened.files, pack, signer: opened.signer, before, paths })
}

/// The pack that this one continues: it must be known, and not newer.
fn continues(r: &Reader<'_>, pack: &Pack) -> Result<Arc<Carried>> {
    let (bases, _) = serving::bases(r, pack.nation)?;
    if bases.iter().any(|known| known.pack.hash == pack.hash) {
        return Err(Refusal::AlreadyThere.into());
    }
    let line: Vec<_> = bases.into_iter().filter(|known| known.pack.id == pack.id).collect();
    let newest = line.iter().max_by_key(|known| serving::newness(&known.pack));
    let Some(newest) = newest else { return Err(Refusal::UnknownLine.into()) };
    if serving::newness(pack) <= serving::newness(&newest.pack) {
        return Err(Refusal::Older { serving: name(&newest.pack) }.into());
    }
    if !line.iter().any(|known| pack.supersedes.as_deref() == Some(name(&known.pack).as_str())) {
        return Err(Refusal::UnknownLine.into());
    }
    Ok(Arc::clone(newest))
}

/// Imports the key with which an agency signs its own protocol. Its fingerprint is compared by telephone.
///
/// # Errors
/// [`Error::Exchange`] where the text is no signing key, [`Error::Fields`] without a name.
pub fn import_agency_key(
    vault: &mut Vault,
    text: &str,
    name: &str,
    publishers: &[PublicKey],
    now: Moment,
) -> Result<GuidancePage> {
    let mut form = Form::new();
    let text = form.required_name("key", text);
    let key = PublicKey::from_hex(&text).ok();
    form.fault_if(!text.is_empty() && key.is_none(), "key", Problem::BadSigningKey);
    let name = form.required_name("name", name);
    let key = form.end(|| key)?.to_string();
    store::write(vault, now, |w| {
        w.append(None, &Payload::PackKeyImported { key, name }, &[])?;
        Ok(())
    })?;
    page(vault, publishers, now)
}

/// Takes an installed pack out of use, so that the one before it serves again. Its bytes stay.
///
/// # Errors
/// [`Error::Fields`] without a reason; [`Error::Vault`] where it is not installed.
pub fn remove_pack(
    vault: &mut Vault,
    hash: &str,
    reason: &str,
    publishers: &[PublicKey],
    now: Moment,
) -> Result<GuidancePage> {
    let reason = input::reason(reason)?;
    let pack: Sha256 = hash.parse().map_err(|_| Error::NotFound { what: "guidance pack" })?;
    store::write(vault, now, |w| {
        let installed = installed_packs::in_use(&w.reader())?;
        let installed = installed.iter().find(|one| one.record.pack.hash == pack);
        let basis: Vec<_> = installed.iter().map(|one| one.entry).collect();
        w.append(None, &Payload::PackRemoved { pack, reason }, &basis)?;
        Ok(())
    })?;
    page(vault, publishers, now)
}
