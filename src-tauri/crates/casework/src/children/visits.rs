//! A visit, a call or a meeting: written down once, with as many statements as it gave, all in one write.
//!
//! Each line is an item of its own, under every rule of items, and bears what the visit was with it
//! (`docs/decisions/0030-a-visit-stands-in-its-lines.md`).

use sharewell_records::{
    CaseId, EntryId, Item, ItemSource, Mark, Moment, Occurred, Payload, PersonId, PersonRole, Visit, VisitId,
};
use sharewell_vault::{Recorded, Vault, items, people};

use crate::error::{Error, Problem, Result};
use crate::input::{Form, at_most};
use crate::sharing::notices::{after_change, reads_otherwise};
use crate::store;
use crate::views::{LineInput, VisitHead, VisitInput};

/// What a visit was: what all of its lines have in common.
struct Head {
    source: ItemSource,
    occurred: Occurred,
    visit: Visit,
}

/// One statement, without what it has in common with others.
pub(super) struct Statement {
    pub mark: Mark,
    pub text: String,
    pub by: String,
    pub about: Vec<PersonId>,
}

/// One statement as typed. `at` names each of its fields on the page.
pub(super) fn statement(
    form: &mut Form,
    typed: &LineInput,
    in_file: &[PersonId],
    at: impl Fn(&str) -> String,
) -> Option<Statement> {
    let mark = form.chosen(&at("mark"), typed.mark);
    let text = form.required(&at("text"), &typed.text);
    let by = form.name(&at("by"), &typed.by);
    // A reported statement without its speaker cannot be judged by whoever reads it (S75).
    form.fault_if(typed.mark == Some(Mark::Reported) && by.is_empty(), &at("by"), Problem::Missing);
    let about = of_file(form, &at("about"), in_file, &typed.about);
    Some(Statement { mark: mark?, text, by, about })
}

/// Those of the file who were chosen, in the file's order; whoever is not in it cannot be.
fn of_file(form: &mut Form, field: &str, in_file: &[PersonId], chosen: &[PersonId]) -> Vec<PersonId> {
    form.fault_if(chosen.iter().any(|person| !in_file.contains(person)), field, Problem::NotAnOption);
    in_file.iter().filter(|person| chosen.contains(person)).copied().collect()
}

/// Everybody in a file, and who of them is a child.
fn people_of(vault: &Vault, case: CaseId) -> Result<(Vec<PersonId>, Vec<PersonId>)> {
    let all = store::read(vault, |r| Ok(people::of_case(r, case)?))?;
    let children = all.iter().filter(|one| one.record.role == PersonRole::Child);
    let children = children.map(|one| one.record.id).collect();
    Ok((all.into_iter().map(|one| one.record.id).collect(), children))
}

fn head(form: &mut Form, vault: &Vault, case: CaseId, typed: &VisitHead, now: Moment) -> Option<Head> {
    let occurred = form.occurred("occurred", typed.occurred.as_ref(), now);
    let source = form.chosen("source", typed.source);
    let place = form.name("place", &typed.place);
    let (in_file, children) = form.take(people_of(vault, case)).unwrap_or_default();
    let there = of_file(form, "there", &in_file, &typed.there);
    let others = form.name("others", &typed.others);
    // Whether a child was seen alone is what everybody asks later, so it is not left open where one was there.
    let child_there = there.iter().any(|one| children.contains(one));
    form.fault_if(child_there && typed.alone.is_none(), "alone", Problem::Missing);
    let seen: Vec<PersonId> = there.iter().filter(|one| children.contains(one)).copied().collect();
    let chosen: &[PersonId] = if child_there { typed.alone.as_deref().unwrap_or_default() } else { &[] };
    let alone = of_file(form, "alone", &seen, chosen);
    let id = VisitId(store::new_id(now));
    Some(Head { source: source?, occurred: occurred?, visit: Visit { id, place, there, others, alone } })
}

/// The lines of a form, each with what is wrong at its own place: `lines.0.text`. A line with nothing in it is no
/// line, as long as there is another.
fn lines(form: &mut Form, vault: &Vault, case: CaseId, typed: &[LineInput]) -> Option<Vec<Statement>> {
    form.take(at_most(typed, "lines"))?;
    let (in_file, _) = form.take(people_of(vault, case))?;
    let empty = |line: &LineInput| {
        line.mark.is_none()
            && line.about.is_empty()
            && line.text.trim().is_empty()
            && line.by.trim().is_empty()
    };
    let nothing = LineInput::default();
    let mut all: Vec<(usize, &LineInput)> =
        typed.iter().enumerate().filter(|(_, line)| !empty(line)).collect();
    if all.is_empty() {
        all.push((0, typed.first().unwrap_or(&nothing)));
    }
    // Every line is looked at, so that all of its faults are told.
    let read: Vec<Option<Statement>> = all
        .into_iter()
        .map(|(at, line)| statement(form, line, &in_file, |field| format!("lines.{at}.{field}")))
        .collect();
    read.into_iter().collect()
}

fn write_lines(
    vault: &mut Vault,
    case: CaseId,
    head: &Head,
    lines: Vec<Statement>,
    basis: &[EntryId],
    now: Moment,
) -> Result<()> {
    store::write(vault, now, |w| {
        for Statement { mark, text, by, about } in lines {
            let item = Item {
                id: store::item_id(now),
                mark,
                source: head.source,
                text,
                by,
                about,
                occurred: head.occurred.clone(),
                labels: Vec::new(),
                visit: Some(head.visit.clone()),
            };
            w.append(Some(case), &Payload::ItemRecorded { item }, basis)?;
        }
        Ok(())
    })
}

/// Writes a visit down with all of its lines, in one write. Gives its id.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be, each line's at its own place.
pub fn add_visit(vault: &mut Vault, case: CaseId, typed: &VisitInput, now: Moment) -> Result<VisitId> {
    let mut form = Form::new();
    let head = head(&mut form, vault, case, &typed.head, now);
    let lines = lines(&mut form, vault, case, &typed.lines);
    let (head, lines) = form.end(|| Some((head?, lines?)))?;
    write_lines(vault, case, &head, lines, &[], now)?;
    Ok(head.visit.id)
}

/// The standing lines of a visit, the first first.
fn standing(vault: &Vault, case: CaseId, id: VisitId) -> Result<(Recorded<Item>, Vec<Recorded<Item>>)> {
    let of_visit = |item: &Item| item.visit.as_ref().is_some_and(|visit| visit.id == id);
    let mut all = store::read(vault, |r| Ok(items::of_case(r, case)?))?;
    all.retain(|item| of_visit(&item.record));
    all.sort_by_key(|item| item.record.id);
    let first = all.first().cloned().ok_or(Error::NotFound { what: "visit" })?;
    Ok((first, all))
}

/// What a visit was, to be corrected or to get further lines.
///
/// # Errors
/// [`Error::NotFound`] where no line of it stands in the file.
pub fn visit_of(vault: &Vault, case: CaseId, id: VisitId) -> Result<VisitHead> {
    let Item { source, occurred, visit, .. } = standing(vault, case, id)?.0.record;
    let visit = visit.ok_or(Error::NotFound { what: "visit" })?;
    Ok(VisitHead {
        occurred: Some(occurred.into()),
        source: Some(source),
        place: visit.place,
        there: visit.there,
        others: visit.others,
        alone: Some(visit.alone),
    })
}

/// Adds lines to a visit that is written down already.
///
/// # Errors
/// [`Error::NotFound`] where no line of it stands in the file, [`Error::Fields`] for what is not as it must be.
pub fn add_lines(
    vault: &mut Vault,
    case: CaseId,
    id: VisitId,
    typed: &[LineInput],
    now: Moment,
) -> Result<()> {
    let first = standing(vault, case, id)?.0;
    let mut form = Form::new();
    let lines = lines(&mut form, vault, case, typed);
    let lines = form.end(|| lines)?;
    let Item { source, occurred, visit, .. } = first.record;
    let head = Head { source, occurred, visit: visit.ok_or(Error::NotFound { what: "visit" })? };
    write_lines(vault, case, &head, lines, &[first.entry], now)
}

/// Corrects what a visit was, in each of its lines at once. What the lines say stays.
///
/// # Errors
/// [`Error::Fields`] without a reason or for what is not as it must be, [`Error::NotFound`] where no line stands.
pub fn amend_visit(
    vault: &mut Vault,
    case: CaseId,
    id: VisitId,
    typed: &VisitHead,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let all = standing(vault, case, id)?.1;
    let mut form = Form::new();
    let head = head(&mut form, vault, case, typed, now);
    let reason = form.reason("reason", reason);
    let Head { source, occurred, visit } = form.end(|| head)?;
    let amended = |line: &Recorded<Item>| {
        let visit = Some(Visit { id, ..visit.clone() });
        Item { source, occurred: occurred.clone(), visit, ..line.record.clone() }
    };
    let changed = all.iter().filter(|line| reads_otherwise(&line.record, &amended(line)));
    let changed: Vec<_> = changed.map(|line| line.record.id).collect();
    let to_tell = store::read(vault, |r| after_change(r, changed.iter().map(|one| one.0), now))?;
    store::write(vault, now, |w| {
        let mut last = None;
        for line in &all {
            let payload = Payload::ItemAmended { item: amended(line), reason: reason.clone() };
            last = Some(w.append(Some(case), &payload, &[line.entry])?.id);
        }
        let basis: Vec<_> = last.into_iter().collect();
        for (case, duty) in &to_tell {
            w.append(*case, duty, &basis)?;
        }
        Ok(())
    })
}

/// The people of a file, for a statement by itself.
pub(super) fn in_file(form: &mut Form, vault: &Vault, case: CaseId) -> Vec<PersonId> {
    form.take(people_of(vault, case)).map(|(all, _)| all).unwrap_or_default()
}
