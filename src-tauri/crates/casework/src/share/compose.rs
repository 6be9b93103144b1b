//! What a share holds: made of the signed decision, the file and what was typed, on the one rule for protected people.

use std::collections::BTreeSet;

use sharewell_documents::{self as documents, Asked, Keeping, Shared, Told};
use sharewell_records::{
    Attachment, CaseKind, Day, DisclosureId, Door, Duty, EntryId, Extent, FlagKind, HISTORIC_AFTER,
    Identifier, Item, Manifest, ManifestItem, ManifestPaper, Mark, Payload, PersonId, Settlement, Share,
    SharedFile, Telling, WhenTold, days_old,
};
use sharewell_vault::{Content, Reader, attachments, ledger, obligations, practitioner};

use super::basis::Basis;
use super::typed::Typed;
use super::{names, papers};
use crate::clock;
use crate::error::{Error, Result};
use crate::paper::{Frame, child_of, practitioner_of, ways};
use crate::sharing::shares::reference;
use crate::views::ShareKeeping;
use crate::words::Words;

/// A share before it is set.
pub(super) struct Composed {
    pub document: documents::Share,
    pub items: Vec<ManifestItem>,
    pub papers: Vec<ManifestPaper>,
    /// Earlier shares of which it says something otherwise.
    pub replaces: Vec<DisclosureId>,
}

/// What goes, with what is known of how.
#[derive(Clone, Copy)]
pub(super) struct Going<'a> {
    /// The notes, each with the entry that gave it its form.
    pub items: &'a [(EntryId, Item)],
    /// The papers, each with the entry that gave it its form.
    pub papers: &'a [(EntryId, Attachment)],
    /// Whose names are left out of the notes, beside those that are protected.
    pub left_out: &'a [PersonId],
    /// What of the notes goes without a name; none where nobody chose.
    pub extent: Option<&'a Extent>,
    /// What it replaced when it was made first, where it is made again.
    pub replaces: Option<&'a [DisclosureId]>,
}

impl Basis {
    /// The share as it is set.
    pub(super) fn compose(
        &self,
        r: &Reader<'_>,
        id: DisclosureId,
        going: &Going<'_>,
        typed: &Typed,
        frame: &Frame,
    ) -> Result<Composed> {
        let Going { items: chosen, papers, left_out, extent, replaces: again } = *going;
        let (words, on) = (frame.words(), clock::day_of(frame.printed_at));
        let (family, protection) = (&self.family, &self.protection);
        let own = practitioner::current(r)?.record;
        let to = words.list(&[&self.decision.recipient.name, &self.decision.recipient.role]);
        let subject = family.subject();
        let (_, address) =
            subject.map(|one| ways(one, family, protection, words, Door::Share)).unwrap_or_default();
        let open = subject.filter(|one| family.has_child() && protection.label(one.id).is_none());
        let mut sheet = frame.sheet(reference(id), Some(family));
        if family.case.kind == CaseKind::Family {
            sheet.limits = words.share.limits.fill(&[("to", &to)]);
        }
        // What was decided to go without a name leaves without it, and so does whoever was left out here.
        let without = family.without(r, left_out.iter().copied())?;
        let texts = names::decided(r, self, chosen, extent, words)?;
        let texts = texts.iter().map(|item| names::cut(item, &without));
        let older = papers::older(r, &attachments::of_case(r, self.decision.case)?)?;
        let (papers, manifest_papers) = papers::set(r, papers, words)?;
        let manifest = chosen.iter().map(|(entry, item)| {
            Ok(ManifestItem { item: item.id, entry: *entry, payload: ledger::payload_hash(r, *entry)? })
        });
        let gone = Manifest {
            items: manifest.collect::<Result<_>>()?,
            papers: manifest_papers,
            left_out: left_out.to_vec(),
            file: SharedFile::of(&[]),
        };
        let earlier: Vec<Share> = self
            .corrected(r, &gone, &older)?
            .into_iter()
            .filter(|one| again.is_none_or(|ids| ids.contains(&one.id)))
            .collect();
        let replaced = |one: &Share| {
            let sent = one.sent.as_ref().map(|sent| words.moment(sent.at)).unwrap_or_default();
            words.share.replaces.fill(&[("moment", &sent), ("reference", &reference(one.id))])
        };
        let lines = typed.at_risk.lines().map(str::trim).filter(|line| !line.is_empty());
        let document = documents::Share {
            sheet,
            to,
            child: child_of(family, on, words),
            address,
            numbers: open
                .map(|one| one.identifiers.iter().map(Identifier::shown).collect())
                .unwrap_or_default(),
            practitioner: practitioner_of(&own),
            asked: Asked { what: typed.ask.clone(), by: typed.by.clone(), urgency: typed.urgency.clone() },
            at_risk: lines.map(str::to_owned).collect(),
            told: self.told(r, words)?,
            ground: words.said(words.share.ground.of(self.decision.decided), &self.decision.grounds.power),
            keeping: match typed.keeping {
                ShareKeeping::WhoActs => Keeping::WhoActs,
                ShareKeeping::School => Keeping::School,
                ShareKeeping::Doctor => Keeping::Doctor,
            },
            replaces: earlier.iter().map(replaced).collect(),
            items: texts.map(|item| shared(&item, on, words)).collect(),
            papers,
        };
        let replaces = earlier.iter().map(|one| one.id).collect();
        Ok(Composed { document, items: gone.items, papers: gone.papers, replaces })
    }

    /// Who knows and who must not, each by role: what is decided, and what a flag forbids whatever was decided.
    fn told(&self, r: &Reader<'_>, words: &Words) -> Result<Vec<Told>> {
        let family = &self.family;
        // Who was to be told, and somebody said since that they were.
        let done = obligations::of_decision(r, self.decision.id)?.into_iter().filter(|row| {
            let how = row.settled.as_ref().and_then(|settled| settled.how.as_ref());
            row.obligation.duty == Duty::Explain && matches!(how, Some(Settlement::Done { .. }))
        });
        let done: BTreeSet<PersonId> = done.filter_map(|row| row.obligation.person).collect();
        let as_it_is = |row: &Telling| match row.person {
            Some(person) if done.contains(&person) => Telling { when: WhenTold::Told, ..row.clone() },
            Some(_) | None => row.clone(),
        };
        let flagged = |person: PersonId| family.flags_binding(person).contains(&FlagKind::DoNotTell);
        let rows = self
            .decision
            .telling
            .iter()
            .map(as_it_is)
            .map(|row| self.row(&row, row.person.is_some_and(flagged), words));
        let others =
            family.people.iter().map(|one| one.id).filter(|id| {
                flagged(*id) && !self.decision.telling.iter().any(|row| row.person == Some(*id))
            });
        let others = others.map(|person| {
            let row = Telling {
                person: Some(person),
                name: String::new(),
                when: WhenTold::Not,
                why: String::new(),
            };
            self.row(&row, true, words)
        });
        Ok(rows.chain(others).filter(|row| !row.who.is_empty()).collect())
    }

    fn row(&self, row: &Telling, flagged: bool, words: &Words) -> Told {
        let family = &self.family;
        let who = match row.person {
            Some(person) => words.relation(family.relation(person)).to_owned(),
            None => row.name.clone(),
        };
        let when = if flagged && row.when != WhenTold::Told { WhenTold::Not } else { row.when };
        let reach = match row.person.and_then(|person| family.person(person)) {
            Some(person) if when.knows() => ways(person, family, &self.protection, words, Door::Share).0,
            Some(_) | None => String::new(),
        };
        Told { who, knows: words.share.knows.of(when).to_owned(), reach }
    }
}

/// What is shared, of one note.
pub(super) fn shared(item: &Item, on: Day, words: &Words) -> Shared {
    let said = &words.share;
    let by = match (item.mark, item.by.is_empty()) {
        (Mark::Fact, _) => said.seen.clone(),
        (Mark::Opinion, true) => String::new(),
        (Mark::Opinion, false) => said.thought.fill(&[("by", &item.by)]),
        (Mark::Reported, true) => said.said_by_nobody.clone(),
        (Mark::Reported, false) => said.said_by.fill(&[("by", &item.by)]),
    };
    let days = days_old(&item.occurred, on);
    Shared {
        mark: Some(item.mark),
        source: words.list(&[&by, &words.occurred(&item.occurred)]),
        age: days.map(|days| age(days, words)).unwrap_or_default(),
        historic: days.is_some_and(|days| days > HISTORIC_AFTER),
        text: item.text.clone(),
    }
}

fn age(days: i64, words: &Words) -> String {
    let said = &words.share;
    let (forms, count) = match days {
        ..61 => (&said.age_days, days),
        61..730 => (&said.age_months, days / 30),
        _ => (&said.age_years, days / 365),
    };
    let count = u32::try_from(count).unwrap_or_default();
    forms.of(count).fill(&[("count", &count.to_string())])
}

/// An item in the form that an entry gave it.
pub(super) fn as_it_went(r: &Reader<'_>, gone: &ManifestItem) -> Result<(EntryId, Item)> {
    let entry = ledger::get(r, gone.entry)?;
    let Content::Known(payload) = entry.content else { return Err(Error::NotFound { what: "item" }) };
    match *payload {
        Payload::ItemRecorded { item } | Payload::ItemAmended { item, .. } if item.id == gone.item => {
            Ok((gone.entry, item))
        }
        _ => Err(Error::NotFound { what: "item" }),
    }
}
