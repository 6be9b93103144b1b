//! A child's file as a document's values.

use std::collections::BTreeSet;

use sharewell_documents as documents;
use sharewell_records::{
    Bound, CaseId, Door, EntryId, FlagKind, Hidden, Mark, Moment, Payload, Person, Protection, reachable,
};
use sharewell_vault::ledger::Entry;
use sharewell_vault::{Content, Reader, ledger, practitioner};

use super::{Frame, all_answered, child_of, practitioner_of};
use crate::error::Result;
use crate::people::Family;
use crate::views::{ChildFileView, Correction, TimelineLine, TimelineWhat};
use crate::words::{Words, grouped};
use crate::{children, clock, files};

/// A child's file, set as a PDF.
pub(super) fn set(r: &Reader<'_>, case: CaseId, frame: &Frame, now: Moment) -> Result<Vec<u8>> {
    let (summary, protection) = document(r, case, frame, now)?;
    all_answered(&summary, &protection)?;
    Ok(documents::file_summary(&summary, &protection)?)
}

/// A child's file as a document's values, and who is kept out of them.
pub(super) fn document(
    r: &Reader<'_>,
    case: CaseId,
    frame: &Frame,
    now: Moment,
) -> Result<(documents::FileSummary, Protection)> {
    let words = frame.words();
    let view = view(r, case, now)?;
    let (family, own) = (Family::of(r, case)?, practitioner::current(r)?.record);
    let protection = family.protection(r)?;
    let summary = documents::FileSummary {
        sheet: frame.sheet(view.reference.clone(), Some(&family)),
        child: child_of(&family, clock::day_of(now), words),
        about: about(&view, &family, &protection, words),
        practitioner: practitioner_of(&own),
        flags: flags(&view, words),
        people: people(&view, &family, &protection, words),
        timeline: events(&view.timeline, words),
        obligations: view
            .to_do
            .iter()
            .map(|line| documents::Obligation {
                what: if line.plain.is_empty() {
                    words.duty.of(line.duty).to_owned()
                } else {
                    line.plain.clone()
                },
                due: words.moment_or_none(line.due),
                state: if line.overdue {
                    documents::ObligationState::Overdue
                } else {
                    documents::ObligationState::Outstanding
                },
                note: line.note.clone(),
            })
            .collect(),
        check: check(r, case, frame)?,
    };
    Ok((summary, protection))
}

/// A file as its papers tell it: without why somebody is protected.
pub(super) fn view(r: &Reader<'_>, case: CaseId, now: Moment) -> Result<ChildFileView> {
    let mut view = children::view_of(r, case, now)?;
    let secret = reasons_kept_apart(&files::entries_of(r, case)?);
    for line in view.timeline.iter_mut().filter(|line| secret.contains(&line.entry)) {
        if let TimelineWhat::Other { reason, .. } = &mut line.what {
            reason.clear();
        }
    }
    Ok(view)
}

/// How to check a file: the entry that opened it, and the head of the chain.
pub(super) fn check(r: &Reader<'_>, case: CaseId, frame: &Frame) -> Result<documents::CheckValues> {
    let opened = ledger::history(r, case)?.into_iter().next();
    Ok(opened.map_or_else(documents::CheckValues::default, |entry| documents::CheckValues {
        entry: grouped(&entry.entry_hash, 64),
        sequence: entry.header.sequence.to_string(),
        head: grouped(&frame.head, 64),
    }))
}

/// The entries that say why somebody is protected: that tends to say where they are.
fn reasons_kept_apart(entries: &[Entry]) -> BTreeSet<EntryId> {
    let mut flags = BTreeSet::new();
    let mut secret = BTreeSet::new();
    for entry in entries {
        let Content::Known(payload) = &entry.content else { continue };
        let apart = match payload.as_ref() {
            Payload::FlagSet { flag } => kept_apart(flag.kind) && flags.insert(flag.id),
            Payload::FlagLifted { id, .. } => flags.contains(id),
            _ => false,
        };
        if apart {
            secret.insert(entry.header.id);
        }
    }
    secret
}

fn kept_apart(kind: FlagKind) -> bool {
    kind.binds(Door::Print) == Bound::Hide(Hidden::Identity)
}

/// Where the child lives and what they need, in words.
fn about(view: &ChildFileView, family: &Family, protection: &Protection, words: &Words) -> String {
    let child = &view.child.person;
    let (_, address) = ways(child, family, protection, words, Door::Print);
    [&view.reason, &address, &child.language, &child.needs]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
}

fn flags(view: &ChildFileView, words: &Words) -> Vec<documents::Flag> {
    std::iter::once(&view.child)
        .chain(&view.people)
        .flat_map(|person| {
            person.flags.iter().map(|flag| {
                let why = if kept_apart(flag.flag.kind) { "" } else { flag.flag.reason.as_str() };
                let asks = words.flag.fill(flag.flag.kind, &[("person", &person.person.name)]);
                documents::Flag {
                    what: words.flag_why.fill(&[("flag", &asks), ("reason", why)]).trim().to_owned(),
                    since: words.list(&[&words.moment(flag.set_at), &flag.set_by]),
                }
            })
        })
        .collect()
}

fn people(
    view: &ChildFileView,
    family: &Family,
    protection: &Protection,
    words: &Words,
) -> Vec<documents::Person> {
    view.people
        .iter()
        .map(|one| {
            let person = &one.person;
            let tie = view.ties.iter().find(|tie| tie.from == person.id && tie.to == view.child.person.id);
            let (phone, address) = ways(person, family, protection, words, Door::Print);
            let called = protection.label(person.id);
            documents::Person {
                name: called.map_or_else(|| person.name.clone(), |called| format!("[{called}]")),
                relation: words.relation(family.relation(person.id)).to_owned(),
                born: match called {
                    Some(_) => protection.kept_apart().to_owned(),
                    None => words.birth(&person.birth),
                },
                responsibility: tie
                    .map(|tie| words.responsibility.of(tie.parental_responsibility).to_owned())
                    .unwrap_or_default(),
                reach: words.list(&[&phone, &address]),
            }
        })
        .collect()
}

/// How to reach somebody safely, by telephone and by post: what a flag forbids is not printed, and an address that
/// is a protected person's home says so instead.
pub(crate) fn ways(
    person: &Person,
    family: &Family,
    protection: &Protection,
    words: &Words,
    door: Door,
) -> (String, String) {
    let (phone, address) = reachable(family.flags_binding(person.id), door);
    // Whoever is protected is reached by nobody through a paper, whatever a flag of another kind leaves open.
    let known = protection.label(person.id).is_none();
    let (phone, address) = (phone && known, address && known);
    let address = match protection.home_kept_apart(person.id) {
        Some(apart) if address && !person.address.is_empty() => apart,
        Some(_) => String::new(),
        None if address => match &person.no_fixed_address {
            Some(reach) => words.no_fixed_address.fill(&[("reach", reach)]).trim().to_owned(),
            None => person.address.clone(),
        },
        None => String::new(),
    };
    (if phone { person.phone.clone() } else { String::new() }, address)
}

/// When something happened; of words, the day for which they were taken.
fn when(line: &TimelineLine, words: &Words) -> String {
    let said = words.occurred(&line.occurred);
    match line.placed {
        Some(day) => words.event.placed.fill(&[("said", &said), ("day", &words.day(day))]),
        None => said,
    }
}

/// When a line was written down, and that the clock was in doubt where it was.
pub(super) fn recorded(line: &TimelineLine, words: &Words) -> String {
    let when = words.moment(line.recorded_at);
    let when = match line.copied_from {
        // Whose file it is, this paper tells nobody.
        Some(_) => words.copied_here.fill(&[("said", &when)]),
        None => when,
    };
    if line.clock_doubtful { words.event.clock_doubtful.fill(&[("when", &when)]) } else { when }
}

/// Lines of the story from the beginning, each visit's together and in the order of writing.
fn by_visit(timeline: &[TimelineLine]) -> impl Iterator<Item = &[TimelineLine]> {
    let same = |one: &TimelineLine, other: &TimelineLine| {
        children::visit_in(one).is_some_and(|visit| children::visit_in(other) == Some(visit))
    };
    timeline.chunk_by(same).rev()
}

/// Lines of the story from the beginning.
pub(super) fn in_order(timeline: &[TimelineLine]) -> Vec<&TimelineLine> {
    by_visit(timeline).flatten().collect()
}

/// The story from the beginning. What a visit was stands before its lines, and these in the order of writing.
fn events(timeline: &[TimelineLine], words: &Words) -> Vec<documents::Event> {
    let mut told = Vec::new();
    for lines in by_visit(timeline) {
        told.extend(lines.first().and_then(|first| visit_event(first, words)));
        told.extend(lines.iter().map(|line| event(line, words)));
    }
    told
}

/// Where a visit was and who was there; none for a statement by itself.
fn visit_event(line: &TimelineLine, words: &Words) -> Option<documents::Event> {
    let TimelineWhat::Item { source, visit: Some(visit), .. } = &line.what else { return None };
    let list = |names: &[String]| words.list(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let there = words.list(&[&list(&visit.there), &visit.others]);
    let said = |pattern: &sharewell_records::Pattern, what: &str| match what {
        "" => String::new(),
        what => pattern.fill(&[("what", what)]),
    };
    let alone = match &visit.alone {
        None => String::new(),
        Some(alone) if alone.is_empty() => words.visit.nobody_alone.clone(),
        Some(alone) => said(&words.visit.alone, &list(alone)),
    };
    let parts = [said(&words.visit.place, &visit.place), said(&words.visit.there, &there), alone];
    Some(documents::Event {
        when: when(line, words),
        kind: words.source.of(*source).to_owned(),
        by: words.list(&[&line.author, &recorded(line, words)]),
        mark: None,
        text: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
        speaker: String::new(),
        notes: Vec::new(),
    })
}

/// Both forms and the reason stand on paper as they do on the page (G4), the latest correction first.
fn corrected(earlier: &Correction, words: &Words) -> String {
    let when = words.moment(earlier.at);
    let parts = [("when", &*when), ("reason", &*earlier.reason), ("was", &*earlier.was)];
    words.event.corrected.fill(&parts)
}

pub(super) fn event(line: &TimelineLine, words: &Words) -> documents::Event {
    let said = |label: &str, text: &str| words.join.said.fill(&[("label", label), ("words", text)]);
    let (mut speaker, mut notes) = (String::new(), Vec::new());
    let (kind, mark, text): (&str, Option<Mark>, String) = match &line.what {
        TimelineWhat::Item { mark, source, text, by, history, withdrawn, .. } => {
            if !by.is_empty() {
                speaker = words.event.by.fill(&[("by", by)]);
            }
            notes.extend(withdrawn.iter().map(|reason| words.event.withdrawn.fill(&[("reason", reason)])));
            notes.extend(history.iter().map(|earlier| corrected(earlier, words)));
            (words.source.of(*source), Some(*mark), text.clone())
        }
        TimelineWhat::Attachment { text, from, said_by, limits, history, withdrawn, .. } => {
            if !said_by.is_empty() {
                speaker = words.event.by.fill(&[("by", said_by)]);
            }
            let limits = (!limits.is_empty()).then(|| words.event.limits.fill(&[("limits", limits)]));
            notes.extend(limits);
            notes.extend(withdrawn.iter().map(|reason| words.event.withdrawn.fill(&[("reason", reason)])));
            notes.extend(history.iter().map(|earlier| corrected(earlier, words)));
            (&words.event.paper, None, said(from, text))
        }
        TimelineWhat::Decision { decided, advised, recipient, .. } => {
            let what = words.list(&[words.outcome.of(*decided), recipient]);
            let text = match decided == advised {
                true => what,
                false => {
                    words.event.otherwise.fill(&[("decided", &what), ("advised", words.outcome.of(*advised))])
                }
            };
            (&words.event.decision, None, text)
        }
        TimelineWhat::Disclosure { recipient, text, route, went, .. } => {
            let route = words.route.of(*route);
            let sent = [("recipient", recipient.as_str()), ("route", route), ("what", text)];
            let went = went.map(|count| words.how_much(count, true)).unwrap_or_default();
            (&words.event.shared, None, words.series(&[&words.event.sent.fill(&sent), &went]))
        }
        TimelineWhat::Emergency { told, who, .. } => (&words.event.emergency, None, said(who, told)),
        TimelineWhat::Advice { adviser, text } => (&words.event.advice, None, said(adviser, text)),
        TimelineWhat::Other { kind, name, reason } => (words.kind_of(kind), None, words.said(name, reason)),
        TimelineWhat::Unknown { kind } => (words.kind_of(kind), None, words.event.newer.clone()),
    };
    let written = words.list(&[&line.author, &recorded(line, words)]);
    documents::Event {
        when: when(line, words),
        kind: kind.to_owned(),
        by: match mark {
            // Whoever wrote down what somebody else said is not its author.
            Some(Mark::Reported) => words.event.written.fill(&[("who", &written)]),
            Some(Mark::Fact | Mark::Opinion) | None => written,
        },
        mark,
        text,
        speaker,
        notes,
    }
}
