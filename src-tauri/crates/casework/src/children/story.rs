//! The story of a file: one line for each thing that happened, newest first.
//!
//! When something happened and when it was written down are two times; a line holds both. An item stands
//! once, in its latest form, with what it was before.

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::{
    Attachment, CaseId, Doubts, EmergencyId, EntryId, Extent, FlagId, Handover, Header, Item, ItemId, Moment,
    ObligationId, Occurred, Payload, PersonId, ReceivedId, RelationshipId, Settlement, Visit,
};
use sharewell_vault::ledger::Entry;
use sharewell_vault::{Content, Recorded};
use uuid::Uuid;

use super::attached;
use super::order::{in_order, placed};
use super::told_to::told_to;
use crate::consent;
use crate::sharing::{account, calls, shares};
use crate::store;
use crate::views::{Correction, TimelineLine, TimelineWhat, VisitView};
use crate::words::Words;

/// Tells a file's entries as lines.
pub(crate) struct Story<'a> {
    /// Names of the people in the file.
    pub names: BTreeMap<PersonId, String>,
    /// The file whose story it is: a line that was written in another one says so.
    pub case: CaseId,
    /// Entries that were copied from another child's file, and whose that is.
    pub copied: BTreeMap<EntryId, String>,
    /// Who of them is a child.
    pub children: BTreeSet<PersonId>,
    /// Names of those who wrote.
    pub authors: &'a BTreeMap<PersonId, String>,
    /// How the duties of the file are called.
    pub duties: BTreeMap<ObligationId, String>,
    /// The words of the vault.
    pub words: &'static Words,
    /// When the clock was in doubt.
    pub doubts: &'a Doubts,
    /// In a restricted file, the people of the child's file: what is known of them is told there.
    pub of_childs_file: BTreeSet<PersonId>,
}

/// A handover whose file was written.
pub(crate) struct HandedOver {
    /// As it was frozen.
    pub made: Recorded<Handover>,
    /// The entry that first said that it was written; none where an earlier program noted it.
    pub written: Option<Header>,
}

/// Where lines stand that later entries change.
#[derive(Default)]
struct Places {
    things: BTreeMap<Uuid, usize>,
    items: BTreeMap<ItemId, usize>,
    emergencies: BTreeMap<EmergencyId, usize>,
    flags: BTreeMap<FlagId, PersonId>,
    received: BTreeMap<ReceivedId, Vec<usize>>,
    ties: BTreeMap<RelationshipId, PersonId>,
}

impl Story<'_> {
    /// The lines, newest first by when it happened.
    pub(crate) fn tell(&self, entries: &[Entry], handed: Vec<HandedOver>) -> Vec<TimelineLine> {
        let mut lines = Vec::new();
        let mut places = Places::default();
        for entry in entries {
            let what = match &entry.content {
                Content::Known(payload) => self.what(entry, payload, &mut lines, &mut places),
                Content::Newer { kind, .. } => Some((TimelineWhat::Unknown { kind: kind.clone() }, None)),
                Content::Disposed | Content::Unreadable => {
                    Some((other(&entry.header.kind, String::new(), String::new()), None))
                }
            };
            if let Some((what, occurred)) = what {
                let occurred = occurred.unwrap_or(Occurred::Moment { at: entry.header.recorded_at });
                lines.push(self.line(entry, what, occurred));
            }
        }
        lines.extend(handed.into_iter().map(|one| self.handed(one)));
        in_order(&mut lines);
        lines
    }

    fn line(&self, entry: &Entry, what: TimelineWhat, occurred: Occurred) -> TimelineLine {
        TimelineLine {
            entry: entry.header.id,
            sequence: store::small(entry.header.sequence.0),
            placed: placed(&occurred, entry.header.recorded_at),
            occurred,
            recorded_at: entry.header.recorded_at,
            copied_from: self.copied.get(&entry.header.id).cloned(),
            clock_doubtful: self.doubts.is_clock_doubtful(entry.header.origin, entry.header.sequence),
            file: entry.header.case.filter(|file| *file != self.case),
            author: self.authors.get(&entry.header.author).cloned().unwrap_or_default(),
            what,
        }
    }

    /// A handover stands in no file, since it can be of several: each of them tells that it left.
    fn handed(&self, HandedOver { made, written }: HandedOver) -> TimelineLine {
        let (entry, sequence, at, author) = match &written {
            Some(written) => (written.id, written.sequence, written.recorded_at, written.author),
            None => (made.entry, made.sequence, made.recorded_at, made.author),
        };
        let handover = made.record;
        TimelineLine {
            entry,
            sequence: store::small(sequence.0),
            occurred: Occurred::Moment { at },
            placed: None,
            recorded_at: at,
            copied_from: None,
            file: None,
            clock_doubtful: self.doubts.is_clock_doubtful(made.origin, sequence),
            author: self.authors.get(&author).cloned().unwrap_or_default(),
            what: other("handover_made", handover.recipient_name, handover.reason.unwrap_or_default()),
        }
    }

    fn name(&self, person: PersonId) -> String {
        self.names.get(&person).cloned().unwrap_or_default()
    }

    /// The new line that an entry makes, or none where it changes an earlier one or tells nothing.
    fn what(
        &self,
        entry: &Entry,
        payload: &Payload,
        lines: &mut [TimelineLine],
        places: &mut Places,
    ) -> Option<(TimelineWhat, Option<Occurred>)> {
        let kind = payload.kind();
        let told = |name: String, reason: &str| Some((other(kind, name, reason.to_owned()), None));
        if self.said_again(payload, places) {
            return None;
        }
        // No wildcard: a new kind of entry does not compile until someone has chosen how it is told.
        match payload {
            Payload::ItemRecorded { item } => {
                places.items.insert(item.id, lines.len());
                places.things.insert(item.id.0, lines.len());
                Some((self.item(item, vec![]), Some(item.occurred.clone())))
            }
            Payload::ItemAmended { item, reason } => {
                self.amend(item, reason, entry.header.recorded_at, lines, places);
                None
            }
            Payload::ItemWithdrawn { id, reason } => {
                if let Some(line) = places.items.get(id).and_then(|at| lines.get_mut(*at))
                    && let TimelineWhat::Item { withdrawn, .. } = &mut line.what
                {
                    *withdrawn = Some(reason.clone());
                }
                None
            }
            Payload::AttachmentAdded { attachment } => {
                places.things.insert(attachment.id.0, lines.len());
                Some((self.attachment(attachment, vec![]), Some(attachment.came.clone())))
            }
            Payload::AttachmentAmended { attachment, reason } => {
                let line = places.things.get(&attachment.id.0).and_then(|at| lines.get_mut(*at))?;
                let history = attached::corrected(&line.what, reason, entry.header.recorded_at)?;
                (line.what, line.occurred) = (self.attachment(attachment, history), attachment.came.clone());
                line.placed = placed(&line.occurred, line.recorded_at);
                None
            }
            Payload::AttachmentWithdrawn { id, reason } => {
                attached::withdraw(
                    &mut places.things.get(&id.0).and_then(|at| lines.get_mut(*at))?.what,
                    reason,
                );
                None
            }
            // It was first written down in the child's file, on an earlier day.
            Payload::SetApart { thing, first_recorded, .. } => {
                if let Some(line) = places.things.get(thing).and_then(|at| lines.get_mut(*at)) {
                    line.recorded_at = *first_recorded;
                    line.placed = placed(&line.occurred, *first_recorded);
                }
                None
            }
            Payload::DecisionSigned { decision } => Some((
                TimelineWhat::Decision {
                    id: decision.id,
                    decided: decision.decided,
                    advised: decision.advised,
                    recipient: decision.recipient.name.clone(),
                },
                None,
            )),
            Payload::DisclosureRecorded { disclosure } => {
                places.things.insert(disclosure.id.0, lines.len());
                Some((
                    TimelineWhat::Disclosure {
                        id: disclosure.id,
                        recipient: disclosure.recipient.clone(),
                        text: disclosure.what.clone(),
                        route: disclosure.route,
                        went: disclosure.extent.as_ref().map(Extent::count),
                    },
                    Some(Occurred::Moment { at: disclosure.at }),
                ))
            }
            Payload::AdviceRecorded { advice } => {
                places.things.insert(advice.id.0, lines.len());
                Some((
                    TimelineWhat::Advice { adviser: advice.adviser.clone(), text: advice.answer.clone() },
                    Some(advice.at.clone()),
                ))
            }
            Payload::EmergencyRecorded { emergency } => {
                let what = TimelineWhat::Emergency {
                    id: emergency.id,
                    told: emergency.told.clone(),
                    who: told_to(&emergency.attempts),
                    written_up: false,
                };
                if let Some(line) = places.emergencies.get(&emergency.id).and_then(|at| lines.get_mut(*at)) {
                    line.what = what;
                    return None;
                }
                places.emergencies.insert(emergency.id, lines.len());
                places.things.insert(emergency.id.0, lines.len());
                let first = emergency.attempts.first().map(|attempt| Occurred::Moment { at: attempt.at });
                Some((what, first))
            }
            Payload::EmergencyWrittenUp { write_up } => {
                match places.emergencies.get(&write_up.emergency).and_then(|at| lines.get_mut(*at)) {
                    Some(line) => {
                        if let TimelineWhat::Emergency { written_up, .. } = &mut line.what {
                            *written_up = true;
                        }
                        None
                    }
                    // It was told before there was a file.
                    None => Some((
                        TimelineWhat::Emergency {
                            id: write_up.emergency,
                            told: write_up.account.clone(),
                            who: String::new(),
                            written_up: true,
                        },
                        None,
                    )),
                }
            }
            Payload::CaseOpened { case } => told(self.name(case.child), &case.reason),
            Payload::CaseAmended { case, reason } => told(case.reference.clone(), reason),
            Payload::PersonRecorded { person } => told(person.name.clone(), ""),
            Payload::PersonAmended { person, reason } => told(person.name.clone(), reason),
            Payload::RelationshipRecorded { relationship }
            | Payload::RelationshipAmended { relationship, .. } => {
                places.ties.insert(relationship.id, relationship.from);
                told(self.name(relationship.from), &relationship.note)
            }
            Payload::RelationshipEnded { id, reason } => {
                told(places.ties.get(id).map(|person| self.name(*person)).unwrap_or_default(), reason)
            }
            Payload::FilesJoined { join } => told(self.name(join.child), &join.shown),
            Payload::FilesParted { reason, .. } => told(String::new(), reason),
            Payload::FlagSet { flag } => {
                places.flags.insert(flag.id, flag.person);
                told(self.name(flag.person), &flag.reason)
            }
            Payload::FlagLifted { id, reason } => {
                told(places.flags.get(id).map(|person| self.name(*person)).unwrap_or_default(), reason)
            }
            Payload::ObligationSettled { id, settlement } => {
                let which = self.duties.get(id).cloned().unwrap_or_default();
                match settlement {
                    Settlement::Done { note } => told(which, note),
                    Settlement::NotNeeded { reason } => told(which, reason),
                }
            }
            Payload::ObligationReopened { id } => told(self.duties.get(id).cloned().unwrap_or_default(), ""),
            Payload::CallMade { call } => {
                at(kind, (call.recipient.clone(), calls::end(call, self.words)), call.at)
            }
            Payload::ConsentRecorded { consent } => {
                at(kind, consent::line(consent, &self.names, self.words), consent.happened)
            }
            Payload::SlipMade { slip } => told(slip.giver.name.clone(), &slip.text.title),
            Payload::LeavingSaid { leaving } => told(self.name(leaving.person), &leaving.reason),
            Payload::ShareRecorded { share } => Some((
                other(kind, shares::title(share, self.words), shares::stands(share, self.words)),
                shares::happened(share).map(|at| Occurred::Moment { at }),
            )),
            Payload::ReceivedRecorded { received } => {
                places.received.entry(received.id).or_default().push(lines.len());
                at(kind, account::received(received, self.words), received.at)
            }
            Payload::ReceivedAmended { received, reason } => {
                let (name, said) = account::received_amended(received, reason, self.words);
                let of = places.received.entry(received.id).or_default();
                if !received.named {
                    of.iter().for_each(|at| rename(lines.get_mut(*at), &name));
                }
                of.push(lines.len());
                told(name, &said)
            }
            Payload::ReceivedWithdrawn { id, reason } => {
                let of = places.received.get(id).and_then(|of| lines.get(*of.last()?));
                told(of.map(name_of).unwrap_or_default(), reason)
            }
            Payload::AccountNoted { note } => at(kind, account::noted(note, self.words), note.at),
            Payload::ElsewhereRecorded { held } => told(held.agency.clone(), &held.reason),
            Payload::StatementRecorded { statement } => {
                let told = (statement.asker.name.clone(), account::statement(statement, self.words));
                at(kind, told, account::statement_at(statement, entry.header.recorded_at))
            }
            Payload::DecisionCountersigned { countersigned } => {
                told(countersigned.said.by.clone(), &countersigned.said.words)
            }
            Payload::Disposed { reason, .. } => told(String::new(), reason),
            // They follow from a line that is there already, or concern the vault and not the file.
            Payload::ObligationAdded { .. }
            | Payload::LeftoverAnswered { .. }
            | Payload::OriginStarted { .. }
            | Payload::PractitionerRecorded { .. }
            | Payload::RecoveryConfirmed {}
            | Payload::ContactAdded { .. }
            | Payload::ContactChanged { .. }
            | Payload::ContactRemoved { .. }
            | Payload::PackKept { .. }
            | Payload::PackInstalled { .. }
            | Payload::PackRemoved { .. }
            | Payload::PackKeyImported { .. }
            | Payload::ProfileTaken { .. }
            | Payload::RecoveredByAgency { .. }
            | Payload::HandoverMade { .. }
            | Payload::HandoverWritten { .. }
            | Payload::HandoverDropped { .. }
            | Payload::ReceiptTaken { .. }
            | Payload::RecipientKeyImported { .. }
            | Payload::HeadNotFound { .. }
            | Payload::HeadConfirmed { .. }
            | Payload::ClockDoubted { .. }
            | Payload::ClockTrusted { .. }
            | Payload::CheckpointSigned { .. } => None,
        }
    }

    /// Whether an entry of a restricted file only says again what the child's file says of its people.
    fn said_again(&self, payload: &Payload, places: &mut Places) -> bool {
        let theirs = |person: &PersonId| self.of_childs_file.contains(person);
        match payload {
            Payload::PersonRecorded { person } | Payload::PersonAmended { person, .. } => theirs(&person.id),
            Payload::RelationshipRecorded { relationship } => {
                theirs(&relationship.from) && theirs(&relationship.to)
            }
            Payload::FlagSet { flag } => theirs(&flag.person),
            Payload::RelationshipEnded { id, .. } => {
                !self.of_childs_file.is_empty() && !places.ties.contains_key(id)
            }
            Payload::FlagLifted { id, .. } => {
                !self.of_childs_file.is_empty() && !places.flags.contains_key(id)
            }
            // A tie is corrected nowhere but where it was recorded, and the rest is the restricted file's own.
            Payload::RelationshipAmended { .. }
            | Payload::FilesJoined { .. }
            | Payload::FilesParted { .. }
            | Payload::CaseOpened { .. }
            | Payload::CaseAmended { .. }
            | Payload::ItemRecorded { .. }
            | Payload::ItemAmended { .. }
            | Payload::ItemWithdrawn { .. }
            | Payload::AttachmentAdded { .. }
            | Payload::AttachmentAmended { .. }
            | Payload::AttachmentWithdrawn { .. }
            | Payload::SetApart { .. }
            | Payload::AdviceRecorded { .. }
            | Payload::DecisionSigned { .. }
            | Payload::DecisionCountersigned { .. }
            | Payload::ObligationAdded { .. }
            | Payload::ObligationSettled { .. }
            | Payload::ObligationReopened { .. }
            | Payload::DisclosureRecorded { .. }
            | Payload::CallMade { .. }
            | Payload::ConsentRecorded { .. }
            | Payload::SlipMade { .. }
            | Payload::LeavingSaid { .. }
            | Payload::ShareRecorded { .. }
            | Payload::ReceivedRecorded { .. }
            | Payload::ReceivedAmended { .. }
            | Payload::ReceivedWithdrawn { .. }
            | Payload::AccountNoted { .. }
            | Payload::StatementRecorded { .. }
            | Payload::ElsewhereRecorded { .. }
            | Payload::EmergencyRecorded { .. }
            | Payload::EmergencyWrittenUp { .. }
            | Payload::LeftoverAnswered { .. }
            | Payload::OriginStarted { .. }
            | Payload::PractitionerRecorded { .. }
            | Payload::RecoveryConfirmed {}
            | Payload::ContactAdded { .. }
            | Payload::ContactChanged { .. }
            | Payload::ContactRemoved { .. }
            | Payload::PackKept { .. }
            | Payload::PackInstalled { .. }
            | Payload::PackRemoved { .. }
            | Payload::PackKeyImported { .. }
            | Payload::ProfileTaken { .. }
            | Payload::RecoveredByAgency { .. }
            | Payload::HandoverMade { .. }
            | Payload::HandoverWritten { .. }
            | Payload::HandoverDropped { .. }
            | Payload::ReceiptTaken { .. }
            | Payload::RecipientKeyImported { .. }
            | Payload::HeadNotFound { .. }
            | Payload::HeadConfirmed { .. }
            | Payload::ClockDoubted { .. }
            | Payload::ClockTrusted { .. }
            | Payload::CheckpointSigned { .. }
            | Payload::Disposed { .. } => false,
        }
    }

    fn item(&self, item: &Item, history: Vec<Correction>) -> TimelineWhat {
        TimelineWhat::Item {
            id: item.id,
            mark: item.mark,
            source: item.source,
            text: item.text.clone(),
            by: item.by.clone(),
            about: item.about.iter().map(|person| self.name(*person)).collect(),
            about_ids: item.about.clone(),
            labels: item.labels.clone(),
            history,
            withdrawn: None,
            visit: item.visit.as_ref().map(|visit| Box::new(self.visit(visit))),
        }
    }

    fn attachment(&self, paper: &Attachment, history: Vec<Correction>) -> TimelineWhat {
        attached::told(paper, paper.about.iter().map(|person| self.name(*person)).collect(), history)
    }

    fn visit(&self, visit: &Visit) -> VisitView {
        let children = || visit.there.iter().filter(|person| self.children.contains(person));
        VisitView {
            id: visit.id,
            place: visit.place.clone(),
            there: visit.there.iter().map(|person| self.name(*person)).collect(),
            others: visit.others.clone(),
            alone: children().next().map(|_| visit.alone.iter().map(|person| self.name(*person)).collect()),
        }
    }

    fn amend(&self, item: &Item, reason: &str, at: Moment, lines: &mut [TimelineLine], places: &Places) {
        let Some(line) = places.items.get(&item.id).and_then(|at| lines.get_mut(*at)) else { return };
        if let TimelineWhat::Item { text, history, .. } = &line.what {
            let mut corrections = vec![Correction { was: text.clone(), reason: reason.to_owned(), at }];
            corrections.extend(history.iter().cloned());
            line.what = self.item(item, corrections);
            line.occurred = item.occurred.clone();
            line.placed = placed(&line.occurred, line.recorded_at);
        }
    }
}

/// What happened at a moment that its entry says.
fn at(kind: &str, (name, reason): (String, String), at: Moment) -> Option<(TimelineWhat, Option<Occurred>)> {
    Some((other(kind, name, reason), Some(Occurred::Moment { at })))
}

fn other(kind: &str, name: String, reason: String) -> TimelineWhat {
    TimelineWhat::Other { kind: kind.to_owned(), name, reason }
}

/// Whoever may not be named any more is named in no line that was told before.
fn rename(line: Option<&mut TimelineLine>, to: &str) {
    if let Some(TimelineWhat::Other { name, .. }) = line.map(|line| &mut line.what) {
        name.clear();
        name.push_str(to);
    }
}

fn name_of(line: &TimelineLine) -> String {
    if let TimelineWhat::Other { name, .. } = &line.what { name.clone() } else { String::new() }
}
