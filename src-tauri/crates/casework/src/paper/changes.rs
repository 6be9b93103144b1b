//! What was changed, corrected or added after a decision was signed or an emergency was first told: the earlier form,
//! the later one, who and when, and why (G4).

use std::collections::{BTreeMap, BTreeSet};

use sharewell_documents as documents;
use sharewell_records::{
    Answer, Attempt, Bound, Decision, Disclosure, DisclosureId, Door, Emergency, Hidden, Item, ItemId,
    Obligation, ObligationId, Payload, Person, PersonId, Settlement, Verdict, Written,
};

use super::past::{Past, is_after};
use super::{Frame, signature};
use crate::decide::Signed;
use crate::people::Family;
use crate::sharing::{account, calls, shares};
use crate::views::DecisionView;
use crate::words::Words;

/// What tells every change of one paper.
struct Teller<'a> {
    past: &'a Past,
    words: &'static Words,
    changes: Vec<documents::Change>,
}

/// The two forms of what was changed, and why.
struct Forms<'a> {
    before: &'a str,
    after: &'a str,
    why: &'a str,
}

impl<'a> Teller<'a> {
    fn new(past: &'a Past, frame: &Frame) -> Self {
        Self { past, words: frame.words(), changes: Vec::new() }
    }

    fn tell(&mut self, by: &Written, what: &str, forms: &Forms<'_>) {
        let who = self.past.author(by).map(|own| signature(own, self.words)).unwrap_or_default();
        self.tell_as(who, self.words.moment(by.at), what, forms);
    }

    fn tell_as(&mut self, who: String, when: String, what: &str, forms: &Forms<'_>) {
        let or_nothing = |form: &str| match form.is_empty() {
            true => self.words.change.nothing.clone(),
            false => form.to_owned(),
        };
        self.changes.push(documents::Change {
            when,
            who,
            what: what.to_owned(),
            before: or_nothing(forms.before),
            after: or_nothing(forms.after),
            why: forms.why.to_owned(),
        });
    }

    /// A duty that was closed.
    fn settled(
        &mut self,
        by: &Written,
        what: &str,
        due: Option<sharewell_records::Moment>,
        how: &Settlement,
    ) {
        let said = &self.words.change;
        let before = match due {
            Some(due) => said.to_do_by.fill(&[("when", &self.words.moment(due))]),
            None => said.to_do.clone(),
        };
        let (after, why) = match how {
            Settlement::Done { note } => (&said.done, note),
            Settlement::NotNeeded { reason } => (&said.not_needed, reason),
        };
        self.tell(by, what, &Forms { before: &before, after, why });
    }

    /// A closed duty that was opened again.
    fn opened_again(&mut self, by: &Written, what: &str) {
        let after = &self.words.change.opened_again;
        self.tell(by, what, &Forms { before: "", after, why: "" });
    }
}

/// Everything that changed of a decision since it was signed, the oldest first.
pub(super) fn of_decision(
    signed: &Signed<'_>,
    view: &DecisionView,
    past: &Past,
    frame: &Frame,
) -> Vec<documents::Change> {
    let decision = signed.decision;
    let Some(signing) = past.signing(decision.id) else { return Vec::new() };
    let mut teller = Teller::new(past, frame);
    let words = teller.words;
    let chosen = chosen(decision);
    let duties: BTreeMap<ObligationId, (&str, Option<sharewell_records::Moment>)> = view
        .obligations
        .iter()
        .filter_map(|duty| {
            let title = if duty.title.is_empty() { words.duty.of(duty.duty) } else { &duty.title };
            Some((duty.id?, (title, duty.due)))
        })
        .collect();
    let named = named(decision);
    let left: BTreeSet<DisclosureId> =
        past.steps().filter_map(|step| left_by(&step.payload, decision)).collect();
    let (mut items, mut people) = (BTreeMap::<ItemId, &Item>::new(), BTreeMap::<PersonId, &Person>::new());
    let mut number = 0_u32;
    for step in past.within(&signed.family.case) {
        let (by, later) = (&step.by, is_after(&step.by, &signing));
        let own_file = by.case == Some(decision.case);
        match &step.payload {
            Payload::ItemRecorded { item } => {
                items.insert(item.id, item);
            }
            Payload::ItemAmended { item, reason } => {
                let before = items.insert(item.id, item);
                if let Some(before) = before.filter(|_| later && chosen.contains(&item.id)) {
                    let (before, after) = (note(before, words), note(item, words));
                    teller.tell(
                        by,
                        &words.change.note,
                        &Forms { before: &before, after: &after, why: reason },
                    );
                }
            }
            Payload::ItemWithdrawn { id, reason } => {
                if let Some(before) = items.get(id).filter(|_| later && chosen.contains(id)) {
                    let (before, after) = (note(before, words), &words.change.withdrawn);
                    teller.tell(by, &words.change.note, &Forms { before: &before, after, why: reason });
                }
            }
            Payload::PersonRecorded { person } if own_file => {
                people.insert(person.id, person);
            }
            Payload::PersonAmended { person, reason } if own_file => {
                let before = people.insert(person.id, person);
                if let Some(before) = before.filter(|_| later && named.contains(&person.id)) {
                    let details = Details { family: signed.family, child: decision.child, frame };
                    details.tell(&mut teller, by, before, person, reason);
                }
            }
            Payload::DecisionSigned { decision: other } if own_file => {
                number += 1;
                if other.follows == Some(decision.id) {
                    let trigger = words.trigger.of(other.trigger);
                    let what = words
                        .change
                        .decision
                        .fill(&[("number", &format!("{number:04}")), ("trigger", trigger)]);
                    let (before, after) =
                        (words.outcome.of(decision.decided), words.outcome.of(other.decided));
                    teller.tell(by, &what, &Forms { before, after, why: &other.reasons });
                }
            }
            Payload::DecisionCountersigned { countersigned }
                if countersigned.said.decision == decision.id =>
            {
                let said = &countersigned.said;
                let who = words.list(&[&said.by, &said.role, &said.agency]);
                let after = match said.verdict {
                    Verdict::Agrees => &words.decision.agrees,
                    Verdict::Disagrees => &words.decision.disagrees,
                };
                let forms = Forms { before: "", after, why: &said.words };
                teller.tell_as(who, words.moment(said.at), &words.change.countersignature, &forms);
            }
            Payload::ObligationSettled { id, settlement } if later => {
                if let Some((what, due)) = duties.get(id) {
                    teller.settled(by, what, *due, settlement);
                }
            }
            Payload::ObligationReopened { id } if later => {
                if let Some((what, _)) = duties.get(id) {
                    teller.opened_again(by, what);
                }
            }
            Payload::DisclosureRecorded { disclosure }
                if later && disclosure.decision == Some(decision.id) =>
            {
                let after = sent(disclosure, words);
                let forms = Forms { before: "", after: &after, why: &disclosure.why };
                teller.tell(by, &words.event.shared, &forms);
            }
            // Made beside the advice it was signed with, or after it: there is no call before.
            Payload::CallMade { call } if call.decision == Some(decision.id) => {
                let what =
                    words.call.event.fill(&[("recipient", &words.list(&[&call.recipient, &call.number]))]);
                teller.tell(by, &what, &Forms { before: "", after: &calls::end(call, words), why: "" });
            }
            Payload::AccountNoted { note } if note.of.iter().any(|one| left.contains(one)) => {
                let (of, after) = account::noted(note, words);
                let what = words.said(words.kind_of(step.payload.kind()), &of);
                teller.tell(by, &what, &Forms { before: "", after: &after, why: "" });
            }
            Payload::ShareRecorded { share } if share.decision == decision.id => {
                let after = shares::stands(share, words);
                teller.tell(by, &shares::title(share, words), &Forms { before: "", after: &after, why: "" });
            }
            // What happened before the signature, or is about something else.
            _ => {}
        }
    }
    teller.changes
}

/// What left on a decision's ground by an entry.
fn left_by(payload: &Payload, decision: &Decision) -> Option<DisclosureId> {
    match payload {
        Payload::DisclosureRecorded { disclosure } => {
            (disclosure.decision == Some(decision.id)).then_some(disclosure.id)
        }
        Payload::ShareRecorded { share } => (share.decision == decision.id).then_some(share.id),
        _ => None,
    }
}

/// The items on which a decision rests.
fn chosen(decision: &Decision) -> BTreeSet<ItemId> {
    let on_path = decision.answers.iter().filter(|one| decision.path.contains(&one.step));
    let items = on_path.filter_map(|one| match &one.answer {
        Answer::Items { items, .. } => Some(items),
        _ => None,
    });
    items.flatten().copied().collect()
}

/// The people whom the paper of a decision names from the file.
fn named(decision: &Decision) -> BTreeSet<PersonId> {
    let answered = decision.answers.iter().flat_map(|one| match &one.answer {
        Answer::People { people, .. } => people.clone(),
        Answer::EachPerson { rows } => rows.iter().filter_map(|row| row.person).collect(),
        _ => Vec::new(),
    });
    let told = decision.telling.iter().filter_map(|row| row.person);
    let duties = decision.obligations.iter().filter_map(|duty| duty.person);
    std::iter::once(decision.child).chain(answered).chain(told).chain(duties).collect()
}

/// A note as a line: how it is marked, by whom and of when, and what it says.
fn note(item: &Item, words: &Words) -> String {
    let source = words.list(&[words.mark.of(item.mark), &item.by, &words.occurred(&item.occurred)]);
    words.said(&source, &item.text)
}

/// What left, as a line.
fn sent(disclosure: &Disclosure, words: &Words) -> String {
    let to = words.list(&[&disclosure.recipient, &disclosure.recipient_role]);
    let sent =
        [("recipient", to.as_str()), ("route", words.route.of(disclosure.route)), ("what", &disclosure.what)];
    words.event.sent.fill(&sent)
}

/// What the paper of a decision says of a person from the file.
struct Details<'a> {
    family: &'a Family,
    child: PersonId,
    frame: &'a Frame,
}

impl Details<'_> {
    fn tell(&self, teller: &mut Teller<'_>, by: &Written, before: &Person, after: &Person, why: &str) {
        let words = teller.words;
        let of = |person: &Person| match person.id == self.child {
            true => words.list(&[&person.name, &words.birth(&person.birth)]),
            false => person.name.clone(),
        };
        let (was, is) = (of(before), of(after));
        if was == is {
            return;
        }
        let what = words.change.details.fill(&[("person", &after.name)]);
        // Whoever is protected is told by neither form: that there was another one is all that is said.
        let (was, is) = match protected(self.family, after.id) {
            true => (kept_apart(self.frame), kept_apart(self.frame)),
            false => (was, is),
        };
        teller.tell(by, &what, &Forms { before: &was, after: &is, why });
    }
}

fn protected(family: &Family, person: PersonId) -> bool {
    family.flags_on(person).iter().any(|kind| kind.binds(Door::Print) == Bound::Hide(Hidden::Identity))
}

fn kept_apart(frame: &Frame) -> String {
    documents::called(frame.language).kept
}

/// Everything that changed of an emergency since it was first told, the oldest first. It is recorded anew at every
/// change, so nobody was asked why; an attempt that was added stands among the attempts, with its time.
pub(super) fn of_emergency(
    emergency: &Emergency,
    duties: &[Obligation],
    family: Option<&Family>,
    past: &Past,
    frame: &Frame,
) -> Vec<documents::Change> {
    let mut teller = Teller::new(past, frame);
    let words = teller.words;
    let mut told: Option<&Emergency> = None;
    for step in past.steps() {
        match &step.payload {
            Payload::EmergencyRecorded { emergency: later } if later.id == emergency.id => {
                if let Some(before) = told {
                    told_on(&mut teller, &step.by, before, later, family, frame);
                }
                told = Some(later);
            }
            Payload::ObligationSettled { id, settlement } => {
                if let Some(duty) = duties.iter().find(|duty| duty.id == *id) {
                    teller.settled(&step.by, words.duty.of(duty.duty), duty.due, settlement);
                }
            }
            Payload::ObligationReopened { id } => {
                if let Some(duty) = duties.iter().find(|duty| duty.id == *id) {
                    teller.opened_again(&step.by, words.duty.of(duty.duty));
                }
            }
            // It is about something else.
            _ => {}
        }
    }
    teller.changes
}

/// What one record of an emergency says otherwise than the record before it.
fn told_on(
    teller: &mut Teller<'_>,
    by: &Written,
    before: &Emergency,
    after: &Emergency,
    family: Option<&Family>,
    frame: &Frame,
) {
    let words = teller.words;
    let safe = |said: Option<bool>| match said {
        Some(true) => words.emergency.safe.as_str(),
        Some(false) => &words.emergency.not_safe,
        None => "",
    };
    let child = |one: &Emergency| match (one.case, family) {
        // Told by a name before there was a file: what a protected child was called then is no more told than now.
        (None, Some(family)) if protected(family, family.case.child) => kept_apart(frame),
        (None, _) => one.child.clone(),
        (Some(_), Some(family)) => family.child_name(),
        (Some(_), None) => String::new(),
    };
    let said = &words.change;
    for (what, before, after) in [
        (&said.child, child(before), child(after)),
        (&said.told, before.told.clone(), after.told.clone()),
        (&said.others, before.others_at_risk.clone(), after.others_at_risk.clone()),
        (&said.safety, safe(before.worker_safe).to_owned(), safe(after.worker_safe).to_owned()),
    ] {
        if before != after {
            teller.tell(by, what, &Forms { before: &before, after: &after, why: "" });
        }
    }
    for (at, was) in before.attempts.iter().enumerate() {
        let is = after.attempts.get(at);
        if is != Some(was) {
            let what = said.attempt.fill(&[("number", &(at + 1).to_string())]);
            let after = is.map(|is| attempt(is, words)).unwrap_or_default();
            teller.tell(by, &what, &Forms { before: &attempt(was, words), after: &after, why: "" });
        }
    }
}

/// An attempt as a line.
fn attempt(one: &Attempt, words: &Words) -> String {
    let who = words.list(&[&one.who, &one.number, &words.moment(one.at)]);
    let end = words.list(&[words.attempt_result.of(one.result), &one.said]);
    words.said(&who, &end)
}
