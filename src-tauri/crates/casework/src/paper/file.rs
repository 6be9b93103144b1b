//! A child's file as a document's values.

use std::path::Path;

use sharewell_documents as documents;
use sharewell_records::{CaseId, FlagKind, Mark, Moment, OutcomeKind};
use sharewell_vault::{Access, Vault, ledger, practitioner};

use super::{Frame, child_of, practitioner_of};
use crate::error::Result;
use crate::people::Family;
use crate::views::{ChildFileView, TimelineLine, TimelineWhat};
use crate::{children, clock, keep, store, words};

/// Saves a child's file as PDF where the practitioner chose. It stands in the access log.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such file, [`crate::Error::Document`],
/// [`crate::Error::NotWritten`].
pub fn save_file_summary(vault: &mut Vault, case: CaseId, path: &Path, now: Moment) -> Result<()> {
    let frame = Frame::now(vault, now)?;
    let view = children::view(vault, case, now)?;
    let (family, own, opened) = store::read(vault, |r| {
        let opened = ledger::history(r, case)?.into_iter().next();
        Ok((Family::of(r, case)?, practitioner::current(r)?.record, opened))
    })?;
    let check = opened.map_or_else(documents::CheckValues::default, |entry| documents::CheckValues {
        entry: words::grouped(&entry.entry_hash, 64),
        sequence: entry.header.sequence.to_string(),
        head: words::grouped(&frame.head, 64),
    });
    let bytes = documents::file_summary(&documents::FileSummary {
        sheet: frame.sheet(view.reference.clone(), Some(&family)),
        child: child_of(family.child(), clock::day_of(now)),
        about: about(&view),
        practitioner: practitioner_of(&own),
        flags: flags(&view),
        people: people(&view, &family),
        timeline: view.timeline.iter().rev().map(event).collect(),
        obligations: view
            .to_do
            .iter()
            .map(|line| documents::Obligation {
                what: if line.title.is_empty() {
                    words::duty(line.duty).to_owned()
                } else {
                    line.title.clone()
                },
                due: line.due.map(words::moment).unwrap_or_default(),
                state: if line.overdue {
                    documents::ObligationState::Overdue
                } else {
                    documents::ObligationState::Outstanding
                },
                note: line.note.clone(),
            })
            .collect(),
        check,
    })?;
    keep::bytes(path, &bytes)?;
    store::log(vault, Some(case), now, |by| Access::Printed { by, what: format!("file:{case}") })
}

/// Where the child lives and what they need, in words.
fn about(view: &ChildFileView) -> String {
    let child = &view.child.person;
    [&view.reason, &child.address, &child.language, &child.needs]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
}

fn flags(view: &ChildFileView) -> Vec<documents::Flag> {
    std::iter::once(&view.child)
        .chain(&view.people)
        .flat_map(|person| {
            person.flags.iter().map(|flag| documents::Flag {
                what: format!("{} {}. {}", words::flag(flag.flag.kind), person.person.name, flag.flag.reason),
                since: format!("{}, {}", words::moment(flag.set_at), flag.set_by),
            })
        })
        .collect()
}

fn people(view: &ChildFileView, family: &Family) -> Vec<documents::Person> {
    view.people
        .iter()
        .map(|one| {
            let person = &one.person;
            let tie = view.ties.iter().find(|tie| tie.from == person.id && tie.to == view.child.person.id);
            let kinds: Vec<FlagKind> = one.flags.iter().map(|flag| flag.flag.kind).collect();
            documents::Person {
                name: person.name.clone(),
                relation: words::tie(family.tie_to_child(person.id)),
                born: words::birth(&person.birth),
                responsibility: tie
                    .map(|tie| words::responsibility(tie.parental_responsibility).to_owned())
                    .unwrap_or_default(),
                reach: reach(&person.phone, &person.address, &kinds),
            }
        })
        .collect()
}

/// How to reach somebody safely: a number or an address that a flag forbids is not printed.
fn reach(phone: &str, address: &str, flags: &[FlagKind]) -> String {
    let forbids = |kinds: &[FlagKind]| flags.iter().any(|flag| kinds.contains(flag));
    let none = [FlagKind::NoContact, FlagKind::ProtectedIdentity];
    let mut parts = Vec::new();
    if !forbids(&none) && !forbids(&[FlagKind::UnsafePhone]) {
        parts.push(phone);
    }
    if !forbids(&none) && !forbids(&[FlagKind::DoNotPost]) {
        parts.push(address);
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn event(line: &TimelineLine) -> documents::Event {
    let (kind, mark, text): (String, Option<Mark>, String) = match &line.what {
        TimelineWhat::Item { mark, source, text, by, withdrawn, .. } => {
            let said = if by.is_empty() { text.clone() } else { format!("{text} ({by})") };
            let text = match withdrawn {
                Some(reason) => format!("Recorded in error: {reason}. It said: {said}"),
                None => said,
            };
            (words::source(*source).to_owned(), Some(*mark), text)
        }
        TimelineWhat::Decision { decided, advised, recipient, .. } => {
            let to = if recipient.is_empty() { String::new() } else { format!(", {recipient}") };
            let advised = advised_otherwise(*decided, *advised);
            ("Decision".to_owned(), None, format!("{}{to}{advised}", words::outcome(*decided)))
        }
        TimelineWhat::Disclosure { recipient, text, route, .. } => {
            ("Shared".to_owned(), None, format!("{recipient}, {}: {text}", words::route(*route)))
        }
        TimelineWhat::Emergency { told, who, .. } => ("Emergency".to_owned(), None, format!("{who}: {told}")),
        TimelineWhat::Advice { adviser, text } => ("Advice".to_owned(), None, format!("{adviser}: {text}")),
        TimelineWhat::Other { kind, name, reason } => {
            let parts = [name.as_str(), reason].into_iter().filter(|part| !part.is_empty());
            (words::rating(kind), None, parts.collect::<Vec<_>>().join(": "))
        }
        TimelineWhat::Unknown { kind } => (words::rating(kind), None, "From a newer version".to_owned()),
    };
    documents::Event {
        when: words::occurred(&line.occurred),
        kind,
        by: format!("{}, {}", line.author, words::moment(line.recorded_at)),
        mark,
        text,
    }
}

fn advised_otherwise(decided: OutcomeKind, advised: OutcomeKind) -> String {
    if decided == advised { String::new() } else { format!(" (advised: {})", words::outcome(advised)) }
}
