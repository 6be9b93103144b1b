//! Papers in a share: which may go, which were chosen, and their pages as they go.
//!
//! Nothing is chosen beforehand. A paper goes whole or stays, and goes only once every page of it was looked at; whether
//! it may go to this recipient says the one verdict.

use std::collections::BTreeMap;

use sharewell_documents::SharedPaper;
use sharewell_records::{
    AgreedFor, Attachment, AttachmentForm, AttachmentId, EntryId, ItemId, Judge, ManifestPaper, MayGo,
    Payload, Route, Share, before,
};
use sharewell_vault::{Content, Reader, Recorded, attached, attachments, ledger};

use super::basis::Basis;
use super::inside::Inside;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::store;
use crate::views::{PaperBefore, ShareInput, SharePaper, SharePaperInput};
use crate::words::Words;

/// The most bytes of pages in one file: what a secure mailbox takes.
const MOST_BYTES: usize = 40 << 20;

/// What the papers of a share are judged by.
pub(super) struct Papers<'a> {
    judge: Judge<'a>,
    agreed: AgreedFor<'a>,
}

impl<'a> Papers<'a> {
    /// `route`: by which way it goes, where that is known.
    pub(super) fn of(basis: &'a Basis, inside: &'a Inside, route: Option<Route>) -> Self {
        let recipient = &basis.decision.recipient;
        Self {
            judge: Judge::of(basis.sharing(route)),
            agreed: AgreedFor::of(&inside.consents, recipient, &basis.decision.rests_on, basis.agreed),
        }
    }

    /// Whether a paper may go. What was agreed to about it is what was agreed to about the note that it belongs to, and
    /// where it belongs to none, about any that nobody named.
    pub(super) fn may_go(&self, paper: &Attachment) -> MayGo {
        let permission = self.agreed.to(paper.item.unwrap_or(ItemId(paper.id.0)));
        self.judge.paper_may_go(&paper.about, permission, !paper.limits.trim().is_empty())
    }
}

/// The papers that stand in the place of another, each with that one. Also those that were replaced again.
pub(super) fn older(
    r: &Reader<'_>,
    papers: &[Recorded<Attachment>],
) -> Result<BTreeMap<AttachmentId, AttachmentId>> {
    let mut all = BTreeMap::new();
    let mut next: Vec<(AttachmentId, AttachmentId)> =
        papers.iter().filter_map(|one| Some((one.record.id, one.record.replaces?))).collect();
    while let Some((paper, old)) = next.pop() {
        if all.insert(paper, old).is_none() {
            match attachments::get(r, old) {
                Ok(before) => next.extend(before.record.replaces.map(|older| (old, older))),
                Err(sharewell_vault::Error::NoSuch { .. }) => {}
                Err(other) => return Err(other.into()),
            }
        }
    }
    Ok(all)
}

/// What the same recipient has of a paper in an earlier form: itself, or an older one in whose place it stands.
fn earlier(
    r: &Reader<'_>,
    one: &Recorded<Attachment>,
    older: &BTreeMap<AttachmentId, AttachmentId>,
    sent: &[Share],
) -> Result<Option<PaperBefore>> {
    let replaced = before(one.record.id, |paper| older.get(&paper).copied());
    let replaced: Vec<AttachmentId> = replaced.collect();
    let went = sent.iter().rev().find_map(|share| {
        let gone = share.manifest.papers.iter().find(|gone| match gone.paper == one.record.id {
            true => gone.entry != one.entry,
            false => replaced.contains(&gone.paper),
        })?;
        Some((gone, share.sent.as_ref()?.at))
    });
    let before = match (went, replaced.first()) {
        (Some((gone, at)), _) => PaperBefore {
            what: match paper_as_it_went(r, gone) {
                Ok((_, paper)) => paper.what,
                // Disposed of since: that it went is all that is known.
                Err(Error::NotFound { .. }) => String::new(),
                Err(other) => return Err(other),
            },
            replaced: gone.paper != one.record.id,
            sent_at: Some(at),
        },
        (None, Some(old)) => PaperBefore { what: attachments::what(r, *old)?, replaced: true, sent_at: None },
        (None, None) => return Ok(None),
    };
    Ok(Some(before))
}

/// Every paper of the file whose bytes are there, with what stands in its way.
pub(super) fn lines(
    r: &Reader<'_>,
    basis: &Basis,
    inside: &Inside,
    words: &Words,
) -> Result<Vec<SharePaper>> {
    let (names, judging) = (basis.family.names(), Papers::of(basis, inside, None));
    let (older, sent) = (older(r, &inside.papers)?, basis.sent_before(r)?);
    let mut lines = Vec::new();
    for one in &inside.papers {
        let paper = one.record.clone();
        match attached::stored(r, paper.id) {
            Ok(_) => {}
            Err(sharewell_vault::Error::NoSuch { .. }) => continue,
            Err(other) => return Err(other.into()),
        }
        let looked = attached::pages_looked(r, paper.id)?;
        lines.push(SharePaper {
            paper: paper.id,
            verdict: judging.may_go(&paper),
            before: earlier(r, one, &older, &sent)?,
            source: source(&paper, words),
            about: paper
                .about
                .iter()
                .filter(|one| **one != basis.family.case.child)
                .filter_map(|one| names.get(one).cloned())
                .collect(),
            what: paper.what,
            form: paper.form,
            limits: paper.limits,
            looked: looked.looked,
            pages: looked.pages,
            is_whole: looked.is_whole(),
        });
    }
    Ok(lines)
}

fn source(paper: &Attachment, words: &Words) -> String {
    words.list(&[&paper.from, &words.occurred(&paper.came)])
}

/// The papers that were chosen, held to the rules: in the file, looked at to the last page, and allowed to go.
pub(super) fn chosen(
    r: &Reader<'_>,
    form: &mut Form,
    basis: &Basis,
    inside: &Inside,
    typed: &ShareInput,
) -> Result<Vec<(EntryId, Attachment)>> {
    let judging = Papers::of(basis, inside, typed.route);
    let typed = &typed.papers;
    let mut found = Vec::new();
    let is_chosen = |id: AttachmentId| typed.iter().find(|one| one.paper == id);
    let (mut known, mut bytes) = (0, 0);
    for one in &inside.papers {
        let Some(said) = is_chosen(one.record.id) else { continue };
        known += 1;
        if !attached::pages_looked(r, one.record.id)?.is_whole() {
            form.fault_once("papers", Problem::NotLookedAt);
        }
        match judging.may_go(&one.record) {
            MayGo::Goes { .. } | MayGo::Shown { .. } => {}
            MayGo::Unlock { .. } => drop(form.reason(&format!("paper_why-{}", said.paper), &said.why)),
            MayGo::Blocked { .. } => form.fault_once("papers", Problem::NotAnOption),
        }
        bytes += attached::bytes_looked(r, one.record.id)?;
        found.push((one.entry, one.record.clone()));
    }
    form.fault_if(known < typed.len(), "papers", Problem::NotAnOption);
    form.fault_if(bytes > MOST_BYTES as u64, "papers", Problem::TooLong);
    Ok(found)
}

/// Why papers go though something stands against them, a line each, for the record.
pub(super) fn reasons(
    chosen: &[(EntryId, Attachment)],
    typed: &[SharePaperInput],
    words: &Words,
) -> Vec<String> {
    let why = |paper: &Attachment| typed.iter().find(|one| one.paper == paper.id).map(|one| one.why.trim());
    let lines =
        chosen.iter().filter_map(|(_, paper)| Some((paper, why(paper).filter(|why| !why.is_empty())?)));
    lines.map(|(paper, why)| words.said(&paper.what, why)).collect()
}

/// Papers as they are set, and as they stand in the manifest.
///
/// # Errors
/// [`Error::Fields`] where not every page of one was looked at, or not any more.
pub(super) fn set(
    r: &Reader<'_>,
    chosen: &[(EntryId, Attachment)],
    words: &Words,
) -> Result<(Vec<SharedPaper>, Vec<ManifestPaper>)> {
    let (mut papers, mut manifest) = (Vec::new(), Vec::new());
    for (entry, paper) in chosen {
        if !attached::pages_looked(r, paper.id)?.is_whole() {
            return Err(Error::field("papers", Problem::NotLookedAt));
        }
        let mut pages = Vec::new();
        attached::each_looked(r, paper.id, |bytes| {
            pages.push(bytes);
            Ok::<_, Error>(())
        })?;
        let count = store::small(pages.len() as u64);
        let is_text = paper.form == AttachmentForm::Text;
        let text = if is_text {
            pages.iter().map(|page| String::from_utf8_lossy(page)).collect()
        } else {
            String::new()
        };
        papers.push(SharedPaper {
            name: paper.what.clone(),
            source: source(paper, words),
            pages: count,
            text,
            pictures: if is_text { Vec::new() } else { pages },
        });
        let payload = ledger::payload_hash(r, *entry)?;
        manifest.push(ManifestPaper { paper: paper.id, entry: *entry, payload, pages: count });
    }
    Ok((papers, manifest))
}

/// A paper in the form that an entry gave it.
pub(super) fn paper_as_it_went(r: &Reader<'_>, gone: &ManifestPaper) -> Result<(EntryId, Attachment)> {
    let entry = ledger::get(r, gone.entry)?;
    let Content::Known(payload) = entry.content else { return Err(Error::NotFound { what: "paper" }) };
    match *payload {
        Payload::AttachmentAdded { attachment } | Payload::AttachmentAmended { attachment, .. }
            if attachment.id == gone.paper =>
        {
            Ok((gone.entry, attachment))
        }
        _ => Err(Error::NotFound { what: "paper" }),
    }
}
