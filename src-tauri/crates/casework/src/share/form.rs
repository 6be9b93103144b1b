//! A share that goes by the recipient's own form on the web: sections to be copied one at a time, and marks of what was.
//!
//! What stands in the sections is kept as it was made, so that each press copies the same words; the manifest has their
//! hash. What is copied is held for a minute and never past a lock (`src-tauri/src/copied.rs`).

use sharewell_documents::{self as documents, Shared};
use sharewell_records::{
    DecisionId, DisclosureId, Manifest, Moment, Payload, Protection, Route, Share, SharedFile,
};
use sharewell_vault::{Kept, Reader, Vault, decisions, ledger, shares};

use super::basis::Basis;
use super::inside;
use super::made::{self, Noted, Section};
use super::make::Chosen;
use super::typed;
use crate::copied::Copied;
use crate::error::{Error, Result};
use crate::flagged;
use crate::paper::{Frame, all_answered};
use crate::sharing::shares::reference;
use crate::store;
use crate::views::{ShareFormSection, ShareFormView, ShareInput, SharePart};
use crate::words::Words;

/// Makes a share for the recipient's own form: what goes is recorded, and its sections stand ready to be copied.
///
/// # Errors
/// As `save_share`.
pub fn begin_share_form(
    vault: &mut Vault,
    decision: DecisionId,
    typed: ShareInput,
    now: Moment,
) -> Result<DisclosureId> {
    if vault.is_looked_at() {
        return Err(sharewell_vault::Error::ReadOnly.into());
    }
    let id = DisclosureId(store::new_id(now));
    let typed = ShareInput { route: Some(Route::Portal), ..typed };
    let (chosen, composed, sections) = store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        let chosen = Chosen::read(r, decision, &typed, true, now)?;
        let composed = chosen.basis.compose(r, id, &chosen.going(), &chosen.typed, &frame)?;
        let sections = sections(&composed.document, &chosen.basis.protection, frame.words());
        Ok((chosen, composed, sections))
    })?;
    let Chosen { basis, route, typed, extent, left_out, .. } = chosen;
    all_answered(&composed.document, &basis.protection)?;
    let text: Vec<&str> = sections.iter().flat_map(|one| [one.title.as_str(), &one.text]).collect();
    let share = Share {
        id,
        decision,
        route,
        manifest: Manifest {
            items: composed.items,
            papers: composed.papers,
            left_out,
            file: SharedFile::of(text.join("\n").as_bytes()),
        },
        again: Vec::new(),
        replaces: composed.replaces,
        sent: None,
        acknowledged: None,
    };
    let body = serde_json::to_string(&typed).map_err(|_| Error::Stored { what: "share" })?;
    let kept = Kept { key: typed::key(id), body, updated: now };
    let draft = made::draft(id, &Noted { extent, sections: Some(sections) }, now)?;
    let case = Some(basis.decision.case);
    store::write(vault, now, |w| {
        w.append(case, &Payload::ShareRecorded { share }, &[basis.entry])?;
        w.keep(&kept)?;
        w.save_draft(&draft)?;
        w.delete_draft(&inside::key(decision))?;
        Ok(())
    })?;
    Ok(id)
}

/// The sections of a share for the recipient's own form.
///
/// # Errors
/// [`Error::NotFound`] where it is no such share, or somebody answered.
pub fn share_form(vault: &Vault, id: DisclosureId) -> Result<ShareFormView> {
    store::read(vault, |r| {
        let (share, sections) = made_of(r, id)?;
        let basis = Basis::of(r, share.decision)?;
        Ok(ShareFormView {
            share: id,
            decision: share.decision,
            case: basis.decision.case,
            child: basis.family.child_name(),
            flags: flagged::lines(&basis.family),
            recipient: basis.decision.recipient,
            reference: reference(id),
            state: share.state(),
            sections: sections.into_iter().map(Into::into).collect(),
        })
    })
}

/// The text of one section, marked as copied.
///
/// # Errors
/// As [`share_form`].
pub fn copied_share_section(
    vault: &mut Vault,
    id: DisclosureId,
    part: SharePart,
    now: Moment,
) -> Result<Copied> {
    let (case, noted, text) = store::read(vault, |r| {
        let (share, mut sections) = made_of(r, id)?;
        let case = decisions::get(r, share.decision)?.record.case;
        let section = sections.iter_mut().find(|one| one.part == part);
        let section = section.ok_or(Error::NotFound { what: "section" })?;
        section.copied = true;
        let text = section.text.clone();
        let noted = made::of(r, id)?.ok_or(Error::NotFound { what: "share" })?;
        Ok((case, Noted { sections: Some(sections), ..noted }, text))
    })?;
    store::save_draft(vault, &made::draft(id, &noted, now)?)?;
    Copied::of(vault, Some(case), now, format!("share:{id}"), text)
}

fn made_of(r: &Reader<'_>, id: DisclosureId) -> Result<(Share, Vec<Section>)> {
    let share = shares::get(r, id)?.record;
    let sections = made::of(r, id)?.and_then(|noted| noted.sections);
    Ok((share, sections.ok_or(Error::NotFound { what: "share" })?))
}

impl From<Section> for ShareFormSection {
    fn from(one: Section) -> Self {
        Self { part: one.part, title: one.title, text: one.text, copied: one.copied }
    }
}

/// The parts of a share as a form takes them, as they may leave.
fn sections(share: &documents::Share, protection: &Protection, words: &Words) -> Vec<Section> {
    let titles = documents::share_titles(share.sheet.language);
    let child = &share.child;
    let who = [&child.name, &child.born, &child.age, &share.address].map(String::as_str);
    let who = who.into_iter().chain(share.numbers.iter().map(String::as_str));
    let who = who.chain([titles.check_child.as_str()]);
    let asked = [
        share.asked.what.clone(),
        said(words, &titles.by, &share.asked.by),
        said(words, &titles.urgency, &share.asked.urgency),
    ];
    let told = share.told.iter().map(|one| words.list(&[&words.said(&one.who, &one.knows), &one.reach]));
    let told: Vec<String> =
        if share.told.is_empty() { vec![titles.told_none.clone()] } else { told.collect() };
    let own = &share.practitioner;
    let from = words.list(&[&own.name, &own.role, &own.agency, &own.reach]);
    let item = |(n, one): (usize, &Shared)| {
        let mark = one.mark.map(|mark| words.mark.of(mark)).unwrap_or_default();
        let historic = if one.historic { titles.historic.as_str() } else { "" };
        let about = words.list(&[mark, &one.source, &one.age, historic]);
        format!("{}. {}\n{}", n + 1, about, one.text)
    };
    let parts = [
        (SharePart::Replaces, &titles.replaces, lines(share.replaces.iter().map(String::as_str))),
        (SharePart::Ask, &titles.ask, lines(asked.iter().map(String::as_str))),
        (SharePart::Who, &titles.who, lines(who)),
        (SharePart::AtRisk, &titles.at_risk, lines(share.at_risk.iter().map(String::as_str))),
        (SharePart::Told, &titles.told, lines(told.iter().map(String::as_str))),
        (SharePart::Ground, &titles.ground, share.ground.clone()),
        (
            SharePart::Keep,
            &titles.keep,
            lines([titles.keeping(share.keeping), &share.sheet.limits].into_iter()),
        ),
        (SharePart::Ring, &titles.ring, from),
        (
            SharePart::Items,
            &titles.items,
            share.items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n"),
        ),
    ];
    let section = |(part, title, text): (SharePart, &String, String)| Section {
        part,
        title: title.clone(),
        text: protection.scrub(&text),
        copied: false,
    };
    parts.into_iter().filter(|(_, _, text)| !text.is_empty()).map(section).collect()
}

fn said(words: &Words, title: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { words.said(title, text) }
}

fn lines<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
