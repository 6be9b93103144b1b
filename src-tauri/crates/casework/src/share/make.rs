//! Making the file of a share, and making it again where its words, or the recipient's key, were lost.
//!
//! What went is recorded before anybody can have the file: a file without a record would be a share that nobody can
//! account for. Where the name cannot be given after all, the share stands as made and can be made again.

use std::path::PathBuf;

use sharewell_records::{
    Attachment, CaseId, DecisionId, DisclosureId, EntryId, Extent, Item, Manifest, Moment, Payload, PersonId,
    Route, Share,
};
use sharewell_vault::{Access, Beside, Kept, Reader, Vault, shares};

use super::basis::Basis;
use super::compose::{Going, as_it_went};
use super::door::Door;
use super::inside::{self, Inside};
use super::made::{self, Noted};
use super::seal::{Seal, ToKey, written};
use super::typed::{self, Typed};
use super::{names, papers};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::keep::Prepared;
use crate::long::{Long, at_once};
use crate::paper::{Frame, all_answered};
use crate::views::{ShareInput, WorkKind};
use crate::words::Words;
use crate::{Secret, clock, language, store};

/// Makes the file of a share from a signed decision.
#[derive(Debug, Clone)]
pub struct SaveShare {
    /// The decision.
    pub decision: DecisionId,
    /// What goes and what is said with it.
    pub typed: ShareInput,
    /// The words under which it is encrypted; not looked at where it is not, nor where it goes to the recipient's key.
    pub words: Secret,
    /// Where.
    pub path: PathBuf,
}

/// Makes the file of a share again, with the same content: under new words, or to the key that the recipient has now.
#[derive(Debug, Clone)]
pub struct SaveShareAgain {
    /// The share.
    pub share: DisclosureId,
    /// The new words; not looked at where it goes to the recipient's key.
    pub words: Secret,
    /// Where.
    pub path: PathBuf,
}

/// A file that is whole and has not its name yet, and what is recorded before it gets it.
pub struct MadeShare {
    case: CaseId,
    basis: EntryId,
    share: Share,
    /// What is noted with it; none where that stands already.
    noted: Option<(Typed, Noted)>,
    file: Prepared,
}

/// Reading and setting, encrypting and writing: what is told of how far it is.
const STAGES: u64 = 3;

impl Long for SaveShare {
    type Made = MadeShare;
    type Told = DisclosureId;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        // All that is wrong is told before anybody waits.
        store::read(vault, |r| self.read(r, now).map(drop))
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<MadeShare> {
        beside.work().expect(STAGES);
        beside.work().go_on()?;
        let frame = Frame::beside(&beside, now)?;
        let id = DisclosureId(store::new_id(now));
        let (chosen, composed) = beside.read(|r| {
            let chosen = self.read(r, now)?;
            let composed = chosen.basis.compose(r, id, &chosen.going(), &chosen.typed, &frame)?;
            Ok::<_, Error>((chosen, composed))
        })?;
        let Chosen { basis, route, typed, extent, left_out, .. } = chosen;
        all_answered(&composed.document, &basis.protection)?;
        beside.work().did(1)?;
        let seal = match (route, typed.to_key) {
            (Route::EncryptedFile, true) => to_key(&beside, &basis, id, now)?,
            (Route::EncryptedFile, false) => Seal::Words(&self.words),
            _ => Seal::Open,
        };
        let (file, written) = written(&composed, &basis.protection, &seal, &self.path)?;
        beside.work().did(1)?;
        let share = Share {
            id,
            decision: self.decision,
            route,
            manifest: Manifest { items: composed.items, papers: composed.papers, left_out, file: written },
            again: Vec::new(),
            replaces: composed.replaces,
            sent: None,
            acknowledged: None,
        };
        Ok(MadeShare {
            case: basis.decision.case,
            basis: basis.entry,
            share,
            noted: Some((typed, Noted { extent, sections: None })),
            file,
        })
    }

    fn end(self, vault: &mut Vault, made: MadeShare, now: Moment) -> Result<DisclosureId> {
        made.recorded(vault, now)
    }
}

/// What was chosen to go, held to the rules.
pub(super) struct Chosen {
    pub basis: Basis,
    pub route: Route,
    pub typed: Typed,
    pub extent: Extent,
    pub items: Vec<(EntryId, Item)>,
    pub papers: Vec<(EntryId, Attachment)>,
    pub left_out: Vec<PersonId>,
}

impl Chosen {
    /// What is typed, and what goes by what was signed, judged now. `in_form`: it goes by the recipient's own form.
    pub(super) fn read(
        r: &Reader<'_>,
        decision: DecisionId,
        typed: &ShareInput,
        in_form: bool,
        now: Moment,
    ) -> Result<Self> {
        let basis = Basis::of(r, decision)?;
        let inside = Inside::of(r, &basis, now)?;
        let words = Words::of(language::of(r)?);
        let mut form = Form::new();
        let (read, items, extent) = {
            let holding = inside.holding();
            let door = Door::of(&basis, &inside, &holding, typed.route);
            let read = typed::read(&mut form, &basis, &door, typed, in_form);
            (read, door.items(&inside)?, door.leaving)
        };
        let texts = names::decided(r, &basis, &items, Some(&extent), words)?;
        let left_out = names::read(r, &mut form, &basis, &texts, &typed.names)?;
        let papers = papers::chosen(r, &mut form, &basis, &inside, typed)?;
        let (route, mut read) = form.end(|| read)?;
        read.papers_why = papers::reasons(&papers, &typed.papers, words);
        Ok(Self { basis, route, typed: read, extent, items, papers, left_out })
    }

    /// It as it is set.
    pub(super) fn going(&self) -> Going<'_> {
        let Self { items, papers, left_out, extent, .. } = self;
        Going { items, papers, left_out, extent: Some(extent), replaces: None }
    }
}

impl SaveShare {
    fn read(&self, r: &Reader<'_>, now: Moment) -> Result<Chosen> {
        Chosen::read(r, self.decision, &self.typed, false, now)
    }
}

/// Our container to the recipient's key, where somebody made sure of it.
fn to_key<'a>(beside: &'a Beside, basis: &Basis, id: DisclosureId, now: Moment) -> Result<Seal<'a>> {
    let key = basis.key(clock::day_of(now)).ok_or_else(|| Error::field("route", Problem::KeyNotSure))?;
    let to = beside.read(|r| ToKey::of(r, beside, id, key, now))?;
    Ok(Seal::Key(Box::new(to)))
}

impl Long for SaveShareAgain {
    type Made = MadeShare;
    type Told = DisclosureId;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<MadeShare> {
        beside.work().expect(STAGES);
        beside.work().go_on()?;
        let frame = Frame::beside(&beside, now)?;
        let (mut share, basis, composed) = beside.read(|r| {
            let share = shares::get(r, self.share)?.record;
            if share.route != Route::EncryptedFile {
                return Err(Error::NotFound { what: "share" });
            }
            let basis = Basis::of(r, share.decision)?;
            let typed = typed::noted(r, share.id)?;
            let items = share.manifest.items.iter().map(|one| as_it_went(r, one));
            let items = items.collect::<Result<Vec<_>>>()?;
            let papers = share.manifest.papers.iter().map(|one| papers::paper_as_it_went(r, one));
            let papers = papers.collect::<Result<Vec<_>>>()?;
            // What was noted before it was chosen at the door went as it was signed.
            let noted = made::of(r, share.id)?.map(|one| one.extent);
            let extent = noted.as_ref().or(basis.decision.extent.as_ref());
            let going = Going {
                items: &items,
                papers: &papers,
                left_out: &share.manifest.left_out,
                extent,
                replaces: Some(&share.replaces),
            };
            let composed = basis.compose(r, share.id, &going, &typed, &frame)?;
            Ok((share, basis, composed))
        })?;
        if composed.items != share.manifest.items || composed.papers != share.manifest.papers {
            return Err(Error::Stored { what: "share" });
        }
        all_answered(&composed.document, &basis.protection)?;
        beside.work().did(1)?;
        // A key that was lost is another by now: it goes to the one that they have.
        let seal = match share.file().key {
            Some(_) => to_key(&beside, &basis, share.id, now)?,
            None => Seal::Words(&self.words),
        };
        let (file, written) = written(&composed, &basis.protection, &seal, &self.path)?;
        beside.work().did(1)?;
        share.again.push(written);
        Ok(MadeShare { case: basis.decision.case, basis: basis.entry, share, noted: None, file })
    }

    fn end(self, vault: &mut Vault, made: MadeShare, now: Moment) -> Result<DisclosureId> {
        made.recorded(vault, now)
    }
}

impl MadeShare {
    /// Records what went, and gives the file its name.
    fn recorded(self, vault: &mut Vault, now: Moment) -> Result<DisclosureId> {
        let Self { case, basis, share, noted, file } = self;
        let (id, chosen) = (share.id, inside::key(share.decision));
        // What it takes to make it again, or to say that it was sent, is on disk with the record or not at all.
        let noted = noted.map(|(typed, noted)| {
            let body = serde_json::to_string(&typed).map_err(|_| Error::Stored { what: "share" })?;
            let kept = Kept { key: typed::key(id), body, updated: now };
            Ok::<_, Error>((kept, made::draft(id, &noted, now)?))
        });
        let noted = noted.transpose()?;
        store::write(vault, now, |w| {
            w.append(Some(case), &Payload::ShareRecorded { share }, &[basis])?;
            if let Some((kept, draft)) = &noted {
                w.keep(kept)?;
                w.save_draft(draft)?;
                // The next share of this decision begins with what was signed.
                w.delete_draft(&chosen)?;
            }
            Ok(())
        })?;
        store::log(vault, Some(case), now, |by| Access::Printed { by, what: format!("share:{id}") })?;
        file.take_name()?;
        Ok(id)
    }
}

/// Makes the file of a share where nobody waits beside it.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be; [`Error::Leftovers`] while something looks like somebody protected;
/// [`Error::NotWritten`].
pub fn save_share(vault: &mut Vault, save: SaveShare, now: Moment) -> Result<DisclosureId> {
    at_once(save, vault, now)
}

/// Makes the file of a share again where nobody waits beside it.
///
/// # Errors
/// As [`save_share`]; [`Error::NotFound`] where it was acknowledged, or was never encrypted.
pub fn save_share_again(vault: &mut Vault, save: SaveShareAgain, now: Moment) -> Result<DisclosureId> {
    at_once(save, vault, now)
}
