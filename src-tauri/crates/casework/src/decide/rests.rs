//! On which consent of the file a decision rests: taken where exactly one fits, chosen where several do, and shown before
//! it is signed. Where the file holds none, the decision's own answers say who agreed.

use std::collections::BTreeMap;

use sharewell_records::{ConsentThing, Item, PersonId, RestsOn, ShareGround};

use super::advised::Advised;
use super::draft::Open;
use crate::error::{Field, Problem};
use crate::views::{ConsentWhat, RestsOnLine, RestsOnView, SignOffInput};
use crate::words::Words;

/// Every consent that fits, one for each purpose. None where the ground is no permission: danger, harm and duty ask for
/// none and wait for none.
fn fitting(open: &Open, advised: &Advised, typed: &SignOffInput) -> Vec<Vec<RestsOn>> {
    let decided = typed.decided.unwrap_or(advised.advice.kind);
    let ground = ShareGround::behind(decided, advised.advice.harm_suspected);
    let named = !typed.recipient.name.trim().is_empty();
    match ground == Some(ShareGround::Permission) && named {
        true => open.consents.fitting(&typed.recipient),
        false => Vec::new(),
    }
}

/// Whether a consent is the one that was chosen.
fn is_chosen(consent: &[RestsOn], typed: &SignOffInput) -> bool {
    let chosen = typed.rests_on.as_ref().map(sharewell_records::ConsentPurpose::key);
    consent.first().map(|one| one.purpose.key()) == chosen
}

/// The consent on which it rests: the one that fits, or of several the one that was chosen.
pub(super) fn rests_on(open: &Open, advised: &Advised, typed: &SignOffInput) -> Vec<RestsOn> {
    let mut fitting = fitting(open, advised, typed);
    match fitting.len() {
        0 | 1 => fitting.pop().unwrap_or_default(),
        _ => fitting.into_iter().find(|one| is_chosen(one, typed)).unwrap_or_default(),
    }
}

/// That one must be chosen, where several fit and none was.
pub(super) fn missing(open: &Open, advised: &Advised, typed: &SignOffInput) -> Option<(Field, Problem)> {
    let fitting = fitting(open, advised, typed);
    let open = fitting.len() > 1 && !fitting.iter().any(|one| is_chosen(one, typed));
    open.then(|| ("rests_on".into(), Problem::Missing))
}

/// Every consent that fits, as it is shown before the signature.
pub(super) fn offered(open: &Open, advised: &Advised, typed: &SignOffInput) -> Vec<RestsOnView> {
    let names = open.family.names();
    let items: Vec<&Item> = open.items.iter().map(|one| &one.record).collect();
    let fitting = fitting(open, advised, typed);
    let alone = fitting.len() == 1;
    let view = |one: &Vec<RestsOn>| shown(one, alone || is_chosen(one, typed), &names, &items);
    fitting.iter().filter_map(view).collect()
}

/// A consent as it is shown; none of nothing. What a note says stands as the file holds it.
pub(super) fn shown(
    rests_on: &[RestsOn],
    chosen: bool,
    names: &BTreeMap<PersonId, String>,
    items: &[&Item],
) -> Option<RestsOnView> {
    let text = |thing: &ConsentThing| match thing {
        ConsentThing::Kind { .. } => String::new(),
        ConsentThing::Item { item, .. } => {
            items.iter().find(|one| one.id == *item).map(|one| one.text.clone()).unwrap_or_default()
        }
    };
    let what = |thing: &ConsentThing| ConsentWhat { thing: thing.clone(), text: text(thing) };
    let line = |one: &RestsOn| RestsOnLine {
        owed: names.get(&one.owed).cloned().unwrap_or_default(),
        recipient: one.recipient.clone(),
        what: one.things.iter().map(what).collect(),
        until: one.until,
    };
    Some(RestsOnView {
        purpose: rests_on.first()?.purpose.clone(),
        chosen,
        of: rests_on.iter().map(line).collect(),
    })
}

/// A consent on paper, a line for each person whose confidence it is.
pub(crate) fn on_paper(
    rests_on: &[RestsOn],
    names: &BTreeMap<PersonId, String>,
    words: &Words,
) -> Vec<String> {
    let said = &words.consent;
    let line = |one: &RestsOn| {
        let owed = names.get(&one.owed).map(String::as_str).unwrap_or_default();
        let kinds = one.things.iter().filter_map(|thing| match thing {
            ConsentThing::Kind { kind } => Some(said.info.of(*kind)),
            ConsentThing::Item { .. } => None,
        });
        let notes = one.things.iter().filter(|thing| matches!(thing, ConsentThing::Item { .. })).count();
        let notes = match notes {
            0 => String::new(),
            1 => said.one_note.clone(),
            some => said.notes.fill(&[("count", &some.to_string())]),
        };
        let what: Vec<&str> = kinds.chain([notes.as_str()]).collect();
        let until = one.until.map(|day| said.until.fill(&[("day", &words.day(day))])).unwrap_or_default();
        words.list(&[
            &said.about.fill(&[("name", owed), ("purpose", &one.purpose.words)]),
            &said.to.fill(&[("recipient", &one.recipient.name), ("what", &words.list(&what))]),
            &until,
        ])
    };
    rests_on.iter().map(line).collect()
}
