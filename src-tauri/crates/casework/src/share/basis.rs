//! On what a share rests: a signed decision that shares, its file, and the recipient as the directory has them.

use sharewell_records::{
    Answer, Contact, Decision, DecisionId, Duty, EntryId, Item, ItemId, Protection, folded_words,
};
use sharewell_vault::contacts::{self, Sought};
use sharewell_vault::{Reader, Recorded, decisions, items, obligations};

use crate::error::{Error, Result};
use crate::people::Family;
use crate::words::Words;

/// A signed decision that shares, with its file.
pub(super) struct Basis {
    pub decision: Decision,
    pub entry: EntryId,
    pub family: Family,
    pub protection: Protection,
    /// The recipient as the directory has them, where it names exactly one.
    pub contact: Option<Contact>,
}

impl Basis {
    pub(super) fn of(r: &Reader<'_>, id: DecisionId) -> Result<Self> {
        let signed = decisions::get(r, id)?;
        if !signed.record.decided.shares() {
            return Err(Error::NotFound { what: "share" });
        }
        let family = Family::of(r, signed.record.case)?;
        let protection = family.protection(r)?;
        let contact = contact_of(r, &signed.record.recipient.name)?;
        Ok(Self { decision: signed.record, entry: signed.entry, family, protection, contact })
    }

    /// The way for whoever is in the directory by which something reaches them unencrypted and safe all the same.
    pub(super) fn channel(&self) -> &str {
        self.contact.as_ref().map_or("", |one| one.safe_channel.trim())
    }

    /// The notes that were decided to go; where nobody chose, those on which the decision rests.
    pub(super) fn chosen(&self) -> Vec<ItemId> {
        if let Some(extent) = &self.decision.extent {
            return extent.leaving().map(|one| one.item).collect();
        }
        let on_path = self.decision.answers.iter().filter(|one| self.decision.path.contains(&one.step));
        let chosen = on_path.filter_map(|one| match &one.answer {
            Answer::Items { items, .. } => Some(items.clone()),
            _ => None,
        });
        chosen.flatten().collect()
    }

    /// The notes of the file that were chosen, each with the entry that gave it its form, in the order of the file.
    pub(super) fn items(&self, r: &Reader<'_>, chosen: &[ItemId]) -> Result<Vec<Recorded<Item>>> {
        let all = items::of_case(r, self.decision.case)?;
        let mut found: Vec<_> = all.into_iter().filter(|one| chosen.contains(&one.record.id)).collect();
        found.sort_by_key(|one| chosen.iter().position(|id| *id == one.record.id));
        // What is not there any more does not silently stay behind.
        if found.len() == chosen.len() { Ok(found) } else { Err(Error::NotFound { what: "item" }) }
    }

    /// By when an answer is chased; empty where nothing says so.
    pub(super) fn answer_by(&self, r: &Reader<'_>, words: &Words) -> Result<String> {
        let duties = obligations::of_decision(r, self.decision.id)?;
        let chase = duties.iter().find(|row| row.obligation.duty == Duty::Escalate && row.settled.is_none());
        Ok(words.moment_or_none(chase.and_then(|row| row.obligation.due)))
    }
}

/// The one contact of a name; none where nobody, or more than one, is called so.
fn contact_of(r: &Reader<'_>, name: &str) -> Result<Option<Contact>> {
    const LOOKED_AT: usize = 20;
    let sought: Vec<Sought> = folded_words(name).map(|word| Sought { word, roles: Vec::new() }).collect();
    if sought.is_empty() {
        return Ok(None);
    }
    let same = |one: &Contact| folded_words(&one.name).eq(folded_words(name));
    let found = contacts::page(r, &sought, None, LOOKED_AT)?.into_iter().map(|one| one.record);
    let mut found = found.filter(same);
    let first = found.next();
    Ok(first.filter(|_| found.next().is_none()))
}
