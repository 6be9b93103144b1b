//! A child's file on one page: people, ties, flags, the story, decisions, what left, what is still to do.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_documents::Language;
use sharewell_records::{
    Care, CaseId, CaseKind, EntryId, Extent, Flag, HandoverState, Moment, ObligationId, Person, PersonId,
    PersonRole, Relationship, said_beside_a_name, says_another_birth, waits_for_call,
};
use sharewell_vault::ledger::Entry;
use sharewell_vault::people::amendments;
use sharewell_vault::{
    Access, Reader, Recorded, Vault, cases, decisions, disclosures, drafts, flags, handovers, ledger,
    obligations,
};

use super::namesakes::{Line, Namesakes};
use super::story::{HandedOver, Story};
use crate::duties::{self, Veil};
use crate::error::Result;
use crate::files::entries_of;
use crate::people::{self, Family};
use crate::views::{
    ChildFileView, DecisionLine, DisclosureLine, DutyState, FileHead, FlagView, PersonView, TieView, ToDoLine,
};
use crate::words::Words;
use crate::{clock, decide, flagged, input, restricted, store};

/// A child's file. That it was looked at stands in the access log.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such file.
pub fn child_file(vault: &mut Vault, case: CaseId, now: Moment) -> Result<ChildFileView> {
    let view = view(vault, case, now)?;
    store::log(vault, Some(case), now, |by| Access::CaseViewed { by })?;
    Ok(view)
}

/// What stands above a file: its child and people with their ties and flags, and the decisions that were signed in
/// it. For a form that is about the file: whoever fills it in has looked at the file already, so it makes no row
/// in the access log.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such file.
pub fn file_head(vault: &Vault, case: CaseId, now: Moment) -> Result<FileHead> {
    store::read(vault, |r| head(r, &Family::of(r, case)?, &people::authors(r)?, now))
}

/// The view, after a change that was its own reason to look.
pub(crate) fn view(vault: &Vault, case: CaseId, now: Moment) -> Result<ChildFileView> {
    store::read(vault, |r| build(r, case, now))
}

fn head(
    r: &Reader<'_>,
    family: &Family,
    authors: &BTreeMap<PersonId, String>,
    now: Moment,
) -> Result<FileHead> {
    let case = family.case.id;
    let recorded = cases::get(r, case)?;
    let flags = flags::of_case(r, case)?;
    let views = |of: &dyn Fn(PersonId) -> bool| -> Result<Vec<PersonView>> {
        let chosen = family.people.iter().filter(|person| of(person.id));
        // Whoever stands in the other file alone is known, and changed, there.
        let own =
            |person: &&Person| family.joined.as_ref().is_none_or(|one| !one.people.contains(&person.id));
        chosen.filter(own).map(|person| person_view(r, (family, &flags), person, authors, now)).collect()
    };
    let theirs = |id: PersonId| family.joined.as_ref().is_some_and(|one| one.people.contains(&id));
    let own_tie = |tie: &&Relationship| !theirs(tie.from) && !theirs(tie.to);
    let child_id = family.case.child;
    let kind = family.case.kind;
    let child = match views(&|id| id == child_id)?.into_iter().next() {
        Some(child) => child,
        None if kind == CaseKind::Numbers => nobody(family),
        None => return Err(crate::Error::NotFound { what: "child" }),
    };
    let telling = match kind.has_child() {
        true => Namesakes::default().telling(r, (case, &child.person), Line::Name)?.0,
        false => vec![],
    };
    Ok(FileHead {
        case,
        kind,
        telling,
        nation: family.case.nation,
        reference: family.case.reference.clone(),
        reason: family.case.reason.clone(),
        opened_at: cases::opened_at(r, case)?.unwrap_or(recorded.recorded_at),
        child,
        people: views(&|id| id != child_id)?,
        ties: family.ties.iter().filter(|tie| own_tie(tie)).map(tie_view).collect(),
        decisions: signed_lines(r, family)?,
        begun: decide::begun(r, case)?,
        restricted: restricted::view(r, family, now)?,
        flags: flagged::lines(family),
    })
}

/// Nobody, under the title of a file about numbers.
fn nobody(family: &Family) -> PersonView {
    PersonView {
        person: Person::named(family.case.child, family.child_name(), PersonRole::OtherAdult),
        earlier_names: 0,
        age: None,
        number_differs: false,
        flags: Vec::new(),
        beside_name: Vec::new(),
        amendments: 0,
        at_home: Vec::new(),
    }
}

/// As [`view`], for whoever reads already.
pub(crate) fn build(r: &Reader<'_>, case: CaseId, now: Moment) -> Result<ChildFileView> {
    let family = Family::of(r, case)?;
    let authors = people::authors(r)?;
    // The other file of the same child first: where both change one thing, which cannot be, the own one has the last word.
    let files: Vec<CaseId> = family.joined.iter().map(|one| one.case).chain(std::iter::once(case)).collect();
    let (mut entries, mut to_do, mut handed) = (Vec::new(), Vec::new(), Vec::new());
    for file in &files {
        entries.extend(entries_of(r, *file)?);
        to_do.extend(obligations::of_case(r, *file)?);
        handed.extend(handed_over(r, *file)?);
    }
    let all: Vec<_> = to_do.iter().map(|row| row.obligation.clone()).collect();
    let waits = all.iter().filter(|one| waits_for_call(one, &all, now));
    let waiting: BTreeSet<ObligationId> = waits.map(|one| one.id).collect();
    let head = head(r, &family, &authors, now)?;
    let FileHead {
        kind,
        nation,
        reference,
        reason,
        opened_at,
        child,
        telling,
        people,
        ties,
        mut decisions,
        restricted,
        flags,
        ..
    } = head;
    let (mut begun, mut disclosures) = (Vec::new(), Vec::new());
    for file in files.iter().rev() {
        begun.extend(draft_lines(r, *file, now)?);
        disclosures.extend(disclosure_lines(r, *file)?);
    }
    if let Some(joined) = &family.joined {
        decisions.extend(signed_in(r, &family, joined.case)?);
        decisions.sort_by_key(|line| std::cmp::Reverse(line.at));
        disclosures.sort_by_key(|line| std::cmp::Reverse(line.at));
    }
    let duties = duties::lines(r, to_do.into_iter(), now, Veil::Off)?;
    let of_childs_file = restricted.iter().flat_map(|one| one.of_childs_file.iter().copied()).collect();
    Ok(ChildFileView {
        case,
        kind,
        nation,
        reference,
        reason,
        opened_at,
        child,
        telling,
        people,
        ties,
        joined: super::join::beside(r, case)?,
        flags,
        timeline: Story {
            case,
            names: names_of(&family),
            copied: copied(r, &family, &entries)?,
            children: family.children(),
            authors: &authors,
            duties: duties.iter().map(|duty| (duty.id, called(duty, family.language))).collect(),
            words: Words::of(family.language),
            doubts: &ledger::doubts(r)?,
            of_childs_file,
        }
        .tell(&entries, handed),
        decisions: begun.into_iter().chain(decisions).collect(),
        disclosures,
        to_do: duties
            .into_iter()
            .filter(|duty| duty.state == DutyState::Outstanding && !waiting.contains(&duty.id))
            .collect(),
        protects: family.protects(),
        restricted,
    })
}

/// Names by id; a file about numbers goes by its title.
fn names_of(family: &Family) -> BTreeMap<PersonId, String> {
    let mut names = family.names();
    if let Some(joined) = &family.joined {
        names.insert(joined.child, joined.called.clone());
    }
    if family.case.kind == CaseKind::Numbers {
        names.insert(family.case.child, family.child_name());
    }
    names
}

/// How a duty is called: in the words of the guidance that it follows from, else by its kind.
fn called(duty: &ToDoLine, language: Language) -> String {
    if duty.plain.is_empty() { Words::of(language).duty.of(duty.duty).to_owned() } else { duty.plain.clone() }
}

/// Entries that build on one of another child's file: what they say was copied from there. A restricted file says
/// again what the child's file says, and copies nothing.
fn copied(r: &Reader<'_>, family: &Family, entries: &[Entry]) -> Result<BTreeMap<EntryId, String>> {
    let mut copied = BTreeMap::new();
    if family.case.kind.is_restricted() {
        return Ok(copied);
    }
    let here: BTreeSet<EntryId> = entries.iter().map(|entry| entry.header.id).collect();
    for entry in entries {
        for from in entry.header.basis.iter().filter(|from| !here.contains(from)) {
            let other = ledger::get(r, *from)?.header.case.filter(|other| *other != family.case.id);
            let Some(other) = other else { continue };
            if !cases::get(r, other)?.record.kind.is_restricted() {
                copied.insert(entry.header.id, people::child_name_of(r, other)?);
            }
        }
    }
    Ok(copied)
}

/// The handovers of a file whose files were written: what left with each, to whom, and why once more.
fn handed_over(r: &Reader<'_>, case: CaseId) -> Result<Vec<HandedOver>> {
    let mut handed = Vec::new();
    for made in handovers::of_case(r, case)? {
        if handovers::state(r, made.record.id)? != HandoverState::Frozen {
            let written = handovers::first_written(r, made.record.id)?.map(|entry| entry.header);
            handed.push(HandedOver { made, written });
        }
    }
    Ok(handed)
}

fn person_view(
    r: &Reader<'_>,
    (family, flags): (&Family, &[Recorded<Flag>]),
    person: &Person,
    authors: &BTreeMap<PersonId, String>,
    now: Moment,
) -> Result<PersonView> {
    let flags = flags.iter().filter(|flag| flag.record.person == person.id);
    Ok(PersonView {
        person: Person { care: Care { earlier_names: Vec::new(), ..person.care.clone() }, ..person.clone() },
        earlier_names: store::small(person.care.earlier_names.len() as u64),
        age: input::age(&person.birth, clock::day_of(now)),
        number_differs: person
            .identifiers
            .iter()
            .any(|number| says_another_birth(number.kind, &number.value, &person.birth)),
        flags: flags
            .map(|flag| FlagView {
                flag: flag.record.clone(),
                set_at: flag.recorded_at,
                set_by: authors.get(&flag.author).cloned().unwrap_or_default(),
            })
            .collect(),
        beside_name: said_beside_a_name(family.flags_binding(person.id)),
        amendments: store::small(amendments(r, person.id)?),
        at_home: family.shares_home_with(person.id).map(|one| one.id).collect(),
    })
}

fn tie_view(tie: &Relationship) -> TieView {
    TieView {
        id: tie.id,
        from: tie.from,
        to: tie.to,
        kind: tie.kind,
        parental_responsibility: tie.parental_responsibility,
        same_home: tie.same_home,
        note: tie.note.clone(),
    }
}

fn draft_lines(r: &Reader<'_>, case: CaseId, now: Moment) -> Result<Vec<DecisionLine>> {
    drafts::of_case(r, decide::DRAFT_KIND, case)?
        .iter()
        .map(|draft| decide::draft_line(r, draft, now))
        .collect()
}

fn signed_lines(r: &Reader<'_>, family: &Family) -> Result<Vec<DecisionLine>> {
    signed_in(r, family, family.case.id)
}

fn signed_in(r: &Reader<'_>, family: &Family, case: CaseId) -> Result<Vec<DecisionLine>> {
    let child = family.child_name();
    let line = |signed: Recorded<sharewell_records::Decision>| DecisionLine {
        id: signed.record.id,
        child: child.clone(),
        restricted: None,
        signed: true,
        decided: Some(signed.record.decided),
        at_question: None,
        asks: String::new(),
        advised: None,
        worries: Vec::new(),
        trigger: signed.record.trigger,
        door: decide::door_of(&signed.record.known),
        at: signed.recorded_at,
    };
    Ok(decisions::of_case(r, case)?.into_iter().map(line).collect())
}

fn disclosure_lines(r: &Reader<'_>, case: CaseId) -> Result<Vec<DisclosureLine>> {
    let line = |disclosure: sharewell_records::Disclosure| DisclosureLine {
        id: disclosure.id,
        recipient: disclosure.recipient,
        recipient_role: disclosure.recipient_role,
        what: disclosure.what,
        why: disclosure.why,
        route: disclosure.route,
        limits: disclosure.limits,
        at: disclosure.at,
        went: disclosure.extent.as_ref().map(Extent::count),
    };
    Ok(disclosures::of_case(r, case)?.into_iter().map(|one| line(one.record)).collect())
}
