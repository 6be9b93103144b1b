//! Looking at a pack in a file, and taking it into use. Walking every path takes its time, so both are long work.

use std::path::{Path, PathBuf};

use sharewell_exchange::PublicKey;
use sharewell_exchange::pack as signed;
use sharewell_guidance::{Fact, Pack, difference};
use sharewell_records::{Moment, PackKind, Payload};
use sharewell_vault::{Beside, Reader, Vault, Work, installed_packs};

use crate::error::{Error, Refusal, Result};
use crate::guidance::Wording;
use crate::guidance::change::difference_view;
use crate::guidance::install::{Examined, examine, name, open, page};
use crate::guidance::library::flow_words;
use crate::long::{Long, at_once};
use crate::views::{GuidancePage, LawToConfirm, PackPreview, WorkKind};
use crate::{keep, language, store};

/// What a file would change. Nothing is stored.
#[derive(Debug, Clone)]
pub struct PreviewPack {
    /// The file.
    pub path: PathBuf,
    /// Whose packs are taken.
    pub publishers: Vec<PublicKey>,
}

/// Takes a pack into use, if the file is still the one that was shown.
#[derive(Debug, Clone)]
pub struct InstallPack {
    /// The file.
    pub path: PathBuf,
    /// The hash that was shown.
    pub shown: String,
    /// Whose packs are taken.
    pub publishers: Vec<PublicKey>,
}

/// Reads a file and holds it to everything that must hold.
fn examined(r: &Reader<'_>, path: &Path, publishers: &[PublicKey]) -> Result<Examined> {
    let bytes = keep::read(path, signed::MOST_BYTES)?;
    examine(r, open(r, &bytes, publishers)?)
}

/// Law that a pack says to be in force, where the one that serves does not.
fn confirms(new: &Pack, before: &Pack, wording: &Wording<'_>) -> Vec<LawToConfirm> {
    let known =
        |fact: &&Fact| before.facts.iter().any(|old| old.id == fact.id && old.settled == fact.settled);
    let one = |fact: &Fact| {
        let about = wording.text(&format!("fact.{}.about", fact.id)).to_owned();
        Some(LawToConfirm { about, law: fact.settled.as_ref()?.into() })
    };
    new.facts.iter().filter(|fact| !known(fact)).filter_map(one).collect()
}

impl Long for PreviewPack {
    type Made = PackPreview;
    type Told = PackPreview;

    const KIND: WorkKind = WorkKind::Guidance;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<PackPreview> {
        let (new, language) = beside
            .read(|r| Ok::<_, Error>((examined(r, &self.path, &self.publishers)?, language::of(r)?)))?;
        beside.work().go_on()?;
        let wording = Wording::new(&new.pack, language);
        let ((title, lineage), (applies_from, applies_until)) = (new.words(), new.applies());
        Ok(PackPreview {
            what: new.what,
            nation: new.pack.nation,
            name: format!("{}@{}", new.reference.id, new.reference.version),
            hash: new.reference.hash.to_string(),
            title: wording.text(title).to_owned(),
            lineage: wording.text(lineage).to_owned(),
            applies_from,
            applies_until,
            signer: new.signer.fingerprint(),
            compared_with: name(&new.before.pack),
            paths: store::small(new.paths),
            sources: new.sources(),
            confirms: confirms(&new.pack, &new.before.pack, &wording),
            change: difference_view(&difference(
                (&new.before.pack, Wording::new(&new.before.pack, language).spoken()),
                (&new.pack, wording.spoken()),
                flow_words(language),
            )),
        })
    }

    fn end(self, _vault: &mut Vault, made: PackPreview, _now: Moment) -> Result<PackPreview> {
        Ok(made)
    }
}

impl Long for InstallPack {
    type Made = Examined;
    type Told = GuidancePage;

    const KIND: WorkKind = WorkKind::Guidance;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<Examined> {
        let new = beside.read(|r| examined(r, &self.path, &self.publishers))?;
        beside.work().go_on()?;
        if self.shown == new.reference.hash.to_string() { Ok(new) } else { Err(Refusal::FileChanged.into()) }
    }

    fn end(self, vault: &mut Vault, new: Examined, now: Moment) -> Result<GuidancePage> {
        let pack = new.reference.clone();
        let base = (new.what == PackKind::Overlay).then_some(new.before.pack.hash);
        let files: Vec<_> = new.files.into_iter().collect();
        let entry = Payload::PackInstalled {
            pack: pack.clone(),
            what: new.what,
            nation: new.pack.nation,
            base,
            signer: new.signer.to_string(),
        };
        store::write(vault, now, |w| {
            let in_use = installed_packs::in_use(&w.reader())?;
            if in_use.iter().any(|one| one.record.pack.hash == pack.hash) {
                // Taken meanwhile.
                return Err(Refusal::AlreadyThere.into());
            }
            // One agency's protocol at a time: another agency's is taken out of use by this one.
            let others = in_use.into_iter().filter(|one| {
                base.is_some()
                    && one.record.what == PackKind::Overlay
                    && one.record.base == base
                    && one.record.pack.id != pack.id
            });
            for other in others {
                let reason = format!("{}@{}", pack.id, pack.version);
                w.append(
                    None,
                    &Payload::PackRemoved { pack: other.record.pack.hash, reason },
                    &[other.entry],
                )?;
            }
            w.keep_pack(&pack, &files)?;
            w.append(None, &entry, &[])?;
            Ok(())
        })?;
        page(vault, &self.publishers, now)
    }
}

/// What a file would change. Nothing is stored.
///
/// # Errors
/// [`crate::Error::Refused`] says why it is not taken, [`crate::Error::Exchange`] what is wrong with the file,
/// [`crate::Error::NotRead`] that it cannot be read.
pub fn preview_pack(
    vault: &Vault,
    path: &Path,
    publishers: &[PublicKey],
    now: Moment,
) -> Result<PackPreview> {
    let look = PreviewPack { path: path.to_owned(), publishers: publishers.to_vec() };
    look.run(vault.beside(&Work::new())?, now)
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
    let shown = shown.to_owned();
    at_once(InstallPack { path: path.to_owned(), shown, publishers: publishers.to_vec() }, vault, now)
}
