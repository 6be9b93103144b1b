//! Confirming in writing what was told aloud: the text for the front door's form, a section at a time.
//!
//! It is made of the decision and the file, on the one rule for protected people, and is the same on the page, in what
//! is copied and on paper. Neither copying nor printing closes the duty: it closes where a person says that it is sent.

use std::path::PathBuf;

use sharewell_documents::{self as documents, Line, Referral, Section};
use sharewell_records::{
    Birth, CaseId, Door, ExtentCount, Identifier, Item, ItemId, Mark, Moment, ObligationId, Person, PersonId,
    Protection,
};
use sharewell_vault::{Access, Beside, Reader, Vault, ledger, obligations, practitioner};

use super::basis::Basis;
use super::extent::{kept, said as said_aloud};
use super::lines::plain;
use super::saved::save;
use super::{Frame, all_answered, child_of, file, practitioner_of};
use crate::copied::Copied;
use crate::duties::{self, Veil};
use crate::error::{Error, Result};
use crate::long::{Long, at_once};
use crate::people::Family;
use crate::people::leftover_views;
use crate::sharing::extent::{Chooser, Holding, as_it_goes};
use crate::sharing::held::{agreed, held};
use crate::sharing::limits::Limits;
use crate::views::{ReferralLine, ReferralPart, ReferralSection, ReferralView, WorkKind};
use crate::words::Words;
use crate::{clock, flagged, store};

/// Saves the referral of a duty.
#[derive(Debug, Clone)]
pub struct SaveReferral {
    /// Which duty.
    pub duty: ObligationId,
    /// Where.
    pub path: PathBuf,
}

impl Long for SaveReferral {
    type Made = CaseId;
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<CaseId> {
        save(&beside, now, &self.path, |r, frame| {
            let made = Made::of(r, self.duty, frame, now)?;
            all_answered(&made.referral, &made.protection)?;
            Ok((made.case, documents::referral(&made.referral, &made.protection)?))
        })
    }

    fn end(self, vault: &mut Vault, case: CaseId, now: Moment) -> Result<()> {
        store::log(vault, Some(case), now, |by| Access::Printed {
            by,
            what: format!("referral:{}", self.duty),
        })
    }
}

/// Saves the referral of a duty as PDF where the practitioner chose. It stands in the access log.
///
/// # Errors
/// As [`referral`]; [`Error::Leftovers`] while something looks like somebody protected.
pub fn save_referral_pdf(vault: &mut Vault, save: SaveReferral, now: Moment) -> Result<()> {
    at_once(save, vault, now)
}

/// The text for the form, to be copied a section at a time. Of the notes of the file those go along that were chosen item
/// by item, with the decision or since (`extent.rs`), and no other.
///
/// # Errors
/// [`Error::NotFound`] where the duty is none to confirm in writing, or follows from nothing that stands in a file.
pub fn referral(vault: &Vault, duty: ObligationId, now: Moment) -> Result<ReferralView> {
    store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        let made = Made::of(r, duty, &frame, now)?;
        let line = duties::lines(r, std::iter::once(obligations::get(r, duty)?), now, Veil::On)?;
        let leftovers = leftover_views(r, &documents::leftovers(&made.referral, &made.protection)?)?;
        let words = frame.words();
        Ok(ReferralView {
            duty: line.into_iter().next().ok_or(Error::NotFound { what: "obligation" })?,
            case: made.case,
            flags: flagged::lines(&Family::of(r, made.case)?),
            to: made.referral.to.clone(),
            reach: made.reach.clone(),
            sections: if leftovers.is_empty() { made.sections(words) } else { Vec::new() },
            protects: made.protection.people().next().is_some(),
            notes: made.count,
            chosen: made.chosen,
            said: made.said,
            call: made.call,
            leftovers,
        })
    })
}

/// The text of one section, for the one who copies it. That it was taken stands in the access log.
///
/// # Errors
/// As [`referral`]; [`Error::Leftovers`] while something looks like somebody protected.
pub fn copied_section(
    vault: &mut Vault,
    duty: ObligationId,
    part: ReferralPart,
    now: Moment,
) -> Result<Copied> {
    let view = referral(vault, duty, now)?;
    if !view.leftovers.is_empty() {
        return Err(Error::Leftovers);
    }
    let found = view.sections.into_iter().find(|one| one.part == part);
    let text = found.map(|one| one.text).ok_or(Error::NotFound { what: "section" })?;
    Copied::of(vault, Some(view.case), now, format!("referral:{duty}"), text)
}

/// A referral with what is known beside it.
pub(super) struct Made {
    pub(super) case: CaseId,
    reach: String,
    pub(super) referral: Referral,
    pub(super) protection: Protection,
    /// The items behind the lines of what was seen, what is thought and what others said.
    items: [Vec<ItemId>; 3],
    /// How many notes of the file go along, and how many stay.
    count: ExtentCount,
    /// Whether anybody chose among them.
    chosen: bool,
    /// How many of them were told aloud already.
    said: u32,
    call: Option<ObligationId>,
}

impl Made {
    /// Makes the referral of a duty.
    pub(super) fn of(r: &Reader<'_>, duty: ObligationId, frame: &Frame, now: Moment) -> Result<Self> {
        let words = frame.words();
        let (case, basis) = Basis::of_duty(r, duty, words)?;
        let (family, own) = (Family::of(r, case)?, practitioner::current(r)?.record);
        let protection = family.protection(r)?;
        let recorded = held(r, &family)?;
        let holding = Holding::of(&recorded);
        let (consents, limits) = (agreed(r, &family, now)?, Limits::of(r, &family)?);
        let chooser =
            Chooser::of(&holding, &family, basis.chosen_for(&consents, &limits, clock::day_of(now)));
        let extent = chooser.standing(kept(r, duty, (case, &basis))?.as_ref());
        let nameless = family.nameless(r)?;
        let notes: Vec<Item> =
            chooser.going(&extent).map(|(item, choice)| as_it_goes(item, choice, &nameless, words)).collect();
        let all = || notes.iter();
        let of = |mark: Mark| all().filter(move |item| item.mark == mark);
        let lines = |mark: Mark| of(mark).map(|item| line_of(item, words)).collect();
        let ids = |mark: Mark| of(mark).map(|item| item.id).collect();
        let said = &words.referral;
        let section = |title: &str, lines: Vec<Line>| Section { title: title.to_owned(), lines };
        let sections = vec![
            section(&said.child, who_the_child_is(&family, &protection, now, words)),
            section(&said.home, who_is_at_home(&family, &protection, words)),
            section(&said.facts, lines(Mark::Fact)),
            section(&said.opinions, lines(Mark::Opinion)),
            section(&said.reported, lines(Mark::Reported)),
            section(&said.call, basis.call.clone()),
            section(&said.why, basis.why.clone()),
            section(&said.ask, asked(&basis, words)),
            section(&said.told, told(&basis, &family, words)),
        ];
        let referral = Referral {
            sheet: frame.sheet(family.case.reference.clone(), Some(&family)),
            to: basis.to(words),
            child: child_of(&family, clock::day_of(now), words),
            practitioner: practitioner_of(&own),
            sections,
            check: file::check(r, case, frame)?,
        };
        let items = [ids(Mark::Fact), ids(Mark::Opinion), ids(Mark::Reported)];
        let (count, chosen) = (extent.count(), extent.is_begun());
        let told = said_aloud(r, &basis)?;
        let told = extent.leaving().filter(|one| told.contains(&one.item)).count();
        let reach = basis.recipient.reach;
        let (said, call) = (store::small(told as u64), basis.open);
        Ok(Self { case, reach, referral, protection, items, count, chosen, said, call })
    }

    /// The sections as they may leave, as lines and as one text each.
    fn sections(&self, words: &Words) -> Vec<ReferralSection> {
        const PARTS: [ReferralPart; 9] = [
            ReferralPart::Child,
            ReferralPart::Home,
            ReferralPart::Facts,
            ReferralPart::Opinions,
            ReferralPart::Reported,
            ReferralPart::Call,
            ReferralPart::Why,
            ReferralPart::Ask,
            ReferralPart::Told,
        ];
        let scrub = |text: &str| self.protection.scrub(text);
        let line = |(line, item): (&Line, Option<ItemId>)| ReferralLine {
            item,
            mark: line.mark,
            text: scrub(&line.text),
            speaker: scrub(&line.speaker),
            when: scrub(&line.when),
        };
        let [facts, opinions, reported] = &self.items;
        let items = |part: ReferralPart| match part {
            ReferralPart::Facts => facts.as_slice(),
            ReferralPart::Opinions => opinions,
            ReferralPart::Reported => reported,
            ReferralPart::Child
            | ReferralPart::Home
            | ReferralPart::Call
            | ReferralPart::Why
            | ReferralPart::Ask
            | ReferralPart::Told => &[],
        };
        let section = |(part, section): (ReferralPart, &Section)| {
            let ids = items(part).iter().copied().map(Some).chain(std::iter::repeat(None));
            let lines: Vec<ReferralLine> = section.lines.iter().zip(ids).map(line).collect();
            let text = lines.iter().map(|one| as_text(one, words)).collect::<Vec<_>>().join("\n");
            ReferralSection { part, title: section.title.clone(), text, lines }
        };
        PARTS.into_iter().zip(&self.referral.sections).map(section).collect()
    }
}

/// A line for a form that knows no marks: the mark as a word before it, and who said it behind it. Quotation marks
/// stand where somebody's own words were typed in them.
fn as_text(line: &ReferralLine, words: &Words) -> String {
    let text = words.join.phrase.join([line.text.as_str(), &spoken(&line.speaker, words)]);
    let marked = line.mark.map(|mark| words.mark.of(mark)).unwrap_or_default();
    let text = words.said(marked, &text);
    if line.when.is_empty() { text } else { words.list(&[&text, &line.when]) }
}

fn spoken(speaker: &str, words: &Words) -> String {
    if speaker.is_empty() { String::new() } else { words.event.by.fill(&[("by", speaker)]) }
}

fn line_of(item: &Item, words: &Words) -> Line {
    Line {
        mark: Some(item.mark),
        text: item.text.clone(),
        speaker: item.by.clone(),
        when: words.occurred(&item.occurred),
    }
}

/// Who the child is: names, birth, numbers, and where they can be reached safely.
pub(crate) fn who_the_child_is(
    family: &Family,
    protection: &Protection,
    now: Moment,
    words: &Words,
) -> Vec<Line> {
    let Some(child) = family.child() else { return who_the_adult_is(family, protection) };
    let said = &words.referral;
    let called = protection.label(child.id);
    let mut lines = vec![called.map_or_else(|| child.name.clone(), |called| format!("[{called}]"))];
    if called.is_none() {
        lines.extend(child.also_known_as.iter().map(|name| said.also.fill(&[("name", name)])));
        let age = words.age(&child.birth, clock::day_of(now));
        lines.push(words.list(&[&born(child, words), &age]));
        lines.extend(child.identifiers.iter().map(Identifier::shown));
    }
    // Those who protect children need the address, whoever opens the post there; the flags say how to use it.
    let (phone, address) = file::ways(child, family, protection, words, Door::Share);
    lines.extend([address, phone]);
    if !child.language.is_empty() {
        lines.push(said.language.fill(&[("language", &child.language)]));
    }
    lines.push(child.needs.clone());
    lines.into_iter().filter(|line| !line.is_empty()).map(plain).collect()
}

/// Who the adult is whom a file without a child is about, and where they work. Nobody where it is about numbers.
fn who_the_adult_is(family: &Family, protection: &Protection) -> Vec<Line> {
    let Some(adult) = family.subject() else { return Vec::new() };
    let called = protection.label(adult.id);
    let name = called.map_or_else(|| adult.name.clone(), |called| format!("[{called}]"));
    let lines = [name, adult.agency.clone()].into_iter();
    lines.filter(|line| !line.is_empty()).map(plain).collect()
}

/// A birth that is known to the day, as a line says it; another as it is known, and an age alone nowhere twice.
fn born(person: &Person, words: &Words) -> String {
    match &person.birth {
        Birth::Born { .. } => words.referral.born.fill(&[("born", &words.birth(&person.birth))]),
        Birth::Expected { .. } => words.birth(&person.birth),
        Birth::About { .. } | Birth::Unknown => String::new(),
    }
}

/// Who is at home, and who else belongs to the family.
fn who_is_at_home(family: &Family, protection: &Protection, words: &Words) -> Vec<Line> {
    let said = &words.referral;
    let home: Vec<PersonId> = family.shares_home_with(family.case.child).map(|one| one.id).collect();
    let others = family.affected().into_iter().filter(|one| one.id != family.case.child);
    let line = |person: &Person| {
        let called = protection.label(person.id);
        let name = called.map_or_else(|| person.name.clone(), |called| format!("[{called}]"));
        let born = if called.is_none() { born(person, words) } else { String::new() };
        let tie = family.ties.iter().find(|tie| tie.from == person.id && tie.to == family.case.child);
        let holds = tie.map(|tie| words.responsibility.of(tie.parental_responsibility)).unwrap_or_default();
        let holds =
            if holds.is_empty() { String::new() } else { said.responsibility.fill(&[("holds", holds)]) };
        let (phone, address) = file::ways(person, family, protection, words, Door::Share);
        let at_home = home.contains(&person.id);
        let place = if at_home { said.at_home.clone() } else { said.elsewhere.clone() };
        let address = if at_home { String::new() } else { address };
        let relation = words.relation(family.relation(person.id));
        plain(words.list(&[&name, relation, &born, &holds, &place, &address, &phone]))
    };
    others.map(line).collect()
}

/// What is asked of them, and by when an answer is waited for.
fn asked(basis: &Basis, words: &Words) -> Vec<Line> {
    let said = &words.referral;
    vec![plain(match basis.answer_by {
        Some(by) => said.answer_by.fill(&[("when", &words.moment(by))]),
        None => said.answer.clone(),
    })]
}

/// Who was told and who is not, and what each flag asks: whoever reads it must not tell them either.
fn told(basis: &Basis, family: &Family, words: &Words) -> Vec<Line> {
    let flags = family.flags.iter().filter_map(|flag| {
        let person = family.person(flag.person)?;
        Some(plain(words.flag.fill(flag.kind, &[("person", &person.name)])))
    });
    basis.told.iter().cloned().chain(flags).collect()
}
