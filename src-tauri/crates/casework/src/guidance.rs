//! The guidance in use, and taking a new pack into use from a signed file (M2, M3, M6).
//!
//! Nothing of a file is believed before its signature holds under a key of the roster that the caller gives;
//! the shell gives the publishers that are built in, and no others. A pack is then held to the twelve
//! conditions and to the line of versions that it continues. What is accepted is what was previewed: the
//! content hash says so. Taking a pack out of use leaves its bytes, so that earlier decisions replay.

use std::path::Path;
use std::sync::Arc;

use sharewell_exchange::pack::{self as signed, Opened, Roster};
use sharewell_exchange::{Error as Exchange, PublicKey};
use sharewell_guidance::{
    Changes, Confidence, Difference, Error as Engine, Files, Pack, What, check, difference,
};
use sharewell_records::{Day, Moment, Nation, PackKind, Payload, Sha256};
use sharewell_vault::installed_packs::{self, Installed};
use sharewell_vault::{Content, Reader, Recorded, Vault, ledger, practitioner};

use crate::error::{Error, Refusal, Result};
use crate::packs::{self, Carried};
use crate::views::{
    ChangedView, ChangesView, DifferenceView, GuidancePage, NationGuidance, PackPreview, PackTrust, PackView,
    RemovedPackView, SideView, SourceCounts,
};
use crate::{clock, input, keep, store};

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
        Ok(GuidancePage { nations, publishers: publishers.iter().map(PublicKey::fingerprint).collect() })
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
    let (bases, unreadable) = packs::bases(r, nation)?;
    let mut bases = bases;
    bases.sort_by_cached_key(|carried| std::cmp::Reverse(packs::newness(&carried.pack)));
    let current = packs::newest(bases.clone(), on);
    let view = |carried: &Arc<Carried>| pack_view(carried, &installed, publishers, on);
    let is_current = |carried: &Arc<Carried>| {
        current.as_ref().is_some_and(|current| current.pack.hash == carried.pack.hash)
    };
    let mut removed = Vec::new();
    for one in installed_packs::removed(r)? {
        if one.record.nation == nation && one.record.what == PackKind::Pack {
            removed.push(removed_view(r, &one)?);
        }
    }
    Ok(NationGuidance {
        nation,
        own,
        others: bases.iter().filter(|carried| !is_current(carried)).map(view).collect(),
        current: current.as_ref().map(view),
        removed,
        unreadable: unreadable.iter().map(ToString::to_string).collect(),
    })
}

fn pack_view(
    carried: &Carried,
    installed: &[Recorded<Installed>],
    publishers: &[PublicKey],
    on: Day,
) -> PackView {
    let pack = &carried.pack;
    let row = installed.iter().find(|one| one.record.pack.hash == pack.hash);
    let signer = row.and_then(|row| PublicKey::from_hex(&row.record.signer).ok());
    PackView {
        name: name(pack),
        version: pack.version.clone(),
        hash: pack.hash.to_string(),
        title: packs::text(pack, "pack.title").to_owned(),
        lineage: packs::text(pack, "pack.lineage").to_owned(),
        applies_from: pack.applies_from,
        applies_until: pack.applies_until,
        expired: packs::expired(pack, on),
        supersedes: pack.supersedes.clone(),
        trust: match (row, signer) {
            (None, _) => PackTrust::BuiltIn,
            (Some(_), Some(key)) if publishers.contains(&key) => PackTrust::Publisher,
            (Some(_), _) => PackTrust::FormerPublisher,
        },
        signer: signer.map(|key| key.fingerprint()),
        installed_at: row.map(|row| row.recorded_at),
        sources: counts(pack),
        steps: store::small(pack.steps().len() as u64),
        outcomes: store::small(pack.outcomes().len() as u64),
    }
}

/// `id@version`.
fn name(pack: &Pack) -> String {
    format!("{}@{}", pack.id, pack.version)
}

fn counts(pack: &Pack) -> SourceCounts {
    let mut counts = SourceCounts::default();
    for source in &pack.sources {
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

/// What a file holds, once everything about it holds.
struct Examined {
    files: Files,
    pack: Pack,
    signer: PublicKey,
    /// The pack that it continues.
    before: Arc<Carried>,
    paths: u64,
}

/// Opens a signed file under a roster.
fn open(bytes: &[u8], roster: Roster<'_>) -> Result<Opened> {
    signed::read(bytes, roster).map_err(|error| match error {
        Exchange::UnknownSigner | Exchange::BadSignature | Exchange::SignatureHeader { .. } => {
            Refusal::NotTrusted.into()
        }
        other => Error::Exchange(other),
    })
}

/// Holds a pack's files to everything that must hold before they may guide anybody.
fn examine(r: &Reader<'_>, opened: Opened) -> Result<Examined> {
    let pack = Pack::load(&opened.files).map_err(|error| match error {
        Engine::Pack(problems) if problems.iter().any(|problem| problem.what == What::WrongEngine) => {
            Refusal::NeedsNewerProgram.into()
        }
        other => Error::from(Refusal::Unsafe { place: other.to_string() }),
    })?;
    let before = continues(r, &pack)?;
    let report = check(&pack);
    if let Some(finding) = report.findings.first() {
        return Err(Refusal::Unsafe { place: finding.to_string() }.into());
    }
    Ok(Examined { files: opened.files, pack, signer: opened.signer, before, paths: report.paths })
}

/// The pack that this one continues: it must be known, and not newer.
fn continues(r: &Reader<'_>, pack: &Pack) -> Result<Arc<Carried>> {
    let (bases, _) = packs::bases(r, pack.nation)?;
    if bases.iter().any(|known| known.pack.hash == pack.hash) {
        return Err(Refusal::AlreadyThere.into());
    }
    let line: Vec<_> = bases.into_iter().filter(|known| known.pack.id == pack.id).collect();
    let newest = line.iter().max_by_key(|known| packs::newness(&known.pack));
    let Some(newest) = newest else { return Err(Refusal::UnknownLine.into()) };
    if packs::newness(pack) <= packs::newness(&newest.pack) {
        return Err(Refusal::Older { serving: name(&newest.pack) }.into());
    }
    if !line.iter().any(|known| pack.supersedes.as_deref() == Some(name(&known.pack).as_str())) {
        return Err(Refusal::UnknownLine.into());
    }
    Ok(Arc::clone(newest))
}

/// What a file would change. Nothing is stored.
///
/// # Errors
/// [`Error::Refused`] says why it is not taken, [`Error::Exchange`] what is wrong with the file,
/// [`Error::NotRead`] that it cannot be read.
pub fn preview_pack(
    vault: &Vault,
    path: &Path,
    publishers: &[PublicKey],
    now: Moment,
) -> Result<PackPreview> {
    let _ = now;
    let opened = open(&keep::read(path, signed::MOST_BYTES)?, Roster { publishers, agencies: &[] })?;
    store::read(vault, |r| {
        let new = examine(r, opened)?;
        Ok(PackPreview {
            what: PackKind::Pack,
            nation: new.pack.nation,
            name: name(&new.pack),
            hash: new.pack.hash.to_string(),
            title: packs::text(&new.pack, "pack.title").to_owned(),
            lineage: packs::text(&new.pack, "pack.lineage").to_owned(),
            applies_from: new.pack.applies_from,
            applies_until: new.pack.applies_until,
            signer: new.signer.fingerprint(),
            compared_with: name(&new.before.pack),
            paths: store::small(new.paths),
            sources: counts(&new.pack),
            change: difference_view(&difference(&new.before.pack, &new.pack)),
        })
    })
}

/// Takes a pack into use, if the file is still the one that was shown.
///
/// # Errors
/// As [`preview_pack`]; [`Refusal::FileChanged`] where the file is another one by now.
pub fn install_pack(
    vault: &mut Vault,
    path: &Path,
    shown: &str,
    publishers: &[PublicKey],
    now: Moment,
) -> Result<GuidancePage> {
    let opened = open(&keep::read(path, signed::MOST_BYTES)?, Roster { publishers, agencies: &[] })?;
    let new = store::read(vault, |r| examine(r, opened))?;
    let pack = new.pack.reference();
    if shown != pack.hash.to_string() {
        return Err(Refusal::FileChanged.into());
    }
    let files: Vec<_> = new.files.into_iter().collect();
    let entry = Payload::PackInstalled {
        pack: pack.clone(),
        what: PackKind::Pack,
        nation: new.pack.nation,
        base: None,
        signer: new.signer.to_string(),
    };
    store::write(vault, now, |w| {
        w.keep_pack(&pack, &files)?;
        w.append(None, &entry, &[])?;
        Ok(())
    })?;
    page(vault, publishers, now)
}

/// Takes an installed pack out of use, so that the one before it serves again. Its bytes stay.
///
/// # Errors
/// [`Error::Field`] without a reason; [`Error::Vault`] where it is not installed.
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

fn difference_view(change: &Difference) -> DifferenceView {
    DifferenceView {
        steps: changes_view(&change.steps),
        outcomes: changes_view(&change.outcomes),
        obligations: changes_view(&change.obligations),
        words: changes_view(&change.words),
    }
}

fn changes_view(changes: &Changes) -> ChangesView {
    let texts = |all: &[sharewell_guidance::Named]| all.iter().map(|one| one.text.clone()).collect();
    let side = |side: &sharewell_guidance::Side| SideView {
        what: side.what.to_owned(),
        before: side.before.clone(),
        after: side.after.clone(),
    };
    let changed = |one: &sharewell_guidance::Changed| ChangedView {
        text: one.text.clone(),
        sides: one.sides.iter().map(side).collect(),
    };
    ChangesView {
        added: texts(&changes.added),
        removed: texts(&changes.removed),
        changed: changes.changed.iter().map(changed).collect(),
    }
}
