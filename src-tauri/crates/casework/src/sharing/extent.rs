//! What of a file goes to one recipient: what is held, the verdict on each item, and the moves of whoever chooses.
//!
//! The rules are `records`' (`extent.rs`, `verdict.rs`, `needed.rs`); here they are asked of a file. A decision that is
//! not signed yet and a duty to confirm in writing both choose here.

use std::collections::BTreeMap;

use sharewell_records::{
    Against, AgreedFor, Asked, Choice, Consents, Counted, Day, Extent, ExtentGap, ExtentMove, Held, Item,
    ItemId, Judge, Mark, MayGo, More, NotMoved, Occurred, OutcomeKind, PersonId, Protection, Purpose,
    Recipient, RestsOn, Route, Scope, Sharing, WhyStays, is_old, london_day, months_old, more_than_needed, of_which,
};
use sharewell_vault::{Reader, Recorded};

use crate::error::{Error, Field, Problem, Result};
use crate::flagged;
use crate::input::Form;
use crate::people::Family;
use crate::sharing::limits::{self, Limits};
use crate::views::{ExtentGoes, ExtentLine, ExtentSaid, ExtentView, MoreLine, StayLine};
use crate::words::Words;

/// How many items stand on a page.
pub(crate) const PAGE: usize = 20;

/// What is held in a file, what happened last first.
pub(crate) struct Holding<'a> {
    items: Vec<&'a Recorded<Item>>,
}

impl<'a> Holding<'a> {
    /// Sorts what is held.
    pub(crate) fn of(items: impl IntoIterator<Item = &'a Recorded<Item>>) -> Self {
        // A restricted file states again what it speaks of; where that stands first is where it is held.
        let once: BTreeMap<ItemId, &Recorded<Item>> =
            items.into_iter().map(|one| (one.record.id, one)).collect();
        let mut items: Vec<&Recorded<Item>> = once.into_values().collect();
        items.sort_by_key(|one| std::cmp::Reverse((day_of(one), one.recorded_at)));
        Self { items }
    }

    /// Each with the hash of its entry.
    pub(crate) fn held(&self) -> Vec<Held> {
        self.items.iter().map(|one| Held { item: one.record.id, hash: one.hash }).collect()
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = &'a Item> + '_ {
        self.items.iter().map(|one| &one.record)
    }
}

/// The day at which an item stands in the list: when it happened, or when it was written down.
fn day_of(one: &Recorded<Item>) -> Day {
    match &one.record.occurred {
        Occurred::Day { on } => *on,
        Occurred::Moment { at } => london_day(*at),
        Occurred::Month { year, month } => {
            let first = chrono::NaiveDate::from_ymd_opt(i32::from(*year), u32::from(*month), 1);
            first.map_or_else(|| london_day(one.recorded_at), Day)
        }
        Occurred::Unknown { .. } => london_day(one.recorded_at),
    }
}

/// For what, and for whom it is chosen.
pub(crate) struct For<'a> {
    pub decided: OutcomeKind,
    /// Whether harm is suspected, or could not be ruled out.
    pub harm: bool,
    /// Whether whoever is owed the confidence agreed, as the decision's answers say.
    pub agreed: bool,
    /// The consent on which it rests, where it names one.
    pub rests_on: Vec<RestsOn>,
    /// What was written down of consent.
    pub consents: &'a Consents,
    /// What the senders of its notes set.
    pub limits: &'a Limits,
    pub recipient: &'a Recipient,
    /// By which way it goes, where that is known.
    pub route: Option<Route>,
    /// What was signed to go, where it was signed.
    pub scope: Scope<'a>,
    /// Everything in which the purpose is said.
    pub said: Vec<&'a str>,
    pub on: Day,
}

/// Chooses among what is held.
pub(crate) struct Chooser<'a> {
    holding: &'a Holding<'a>,
    family: &'a Family,
    of: For<'a>,
    /// What the verdict on each is, whatever was signed of it.
    judged: BTreeMap<ItemId, MayGo>,
    /// Whether each may go.
    verdicts: BTreeMap<ItemId, MayGo>,
    refuses: Option<Against>,
}

impl<'a> Chooser<'a> {
    /// Asks the verdict on every item.
    pub(crate) fn of(holding: &'a Holding<'a>, family: &'a Family, of: For<'a>) -> Self {
        let share = Sharing {
            decided: of.decided,
            harm: of.harm,
            names_consent: !of.rests_on.is_empty(),
            recipient: &of.recipient.name,
            recipient_role: &of.recipient.role,
            route: of.route,
            case: &family.case,
            people: &family.people,
            ties: &family.ties,
            flags: &family.flags,
        };
        let judge = Judge::of(share);
        let agreed = AgreedFor::of(of.consents, of.recipient, &of.rests_on, of.agreed);
        let verdict = |item: &Item| {
            let limited = of.limits.against(item.id, family, of.recipient, of.on).next().is_some();
            judge.may_go(&Asked { item, permission: agreed.to(item.id), limited })
        };
        let judged: BTreeMap<ItemId, MayGo> = holding.items().map(|item| (item.id, verdict(item))).collect();
        let held = holding.held().into_iter();
        let may = |held: Held| Some((held.item, of.scope.may_go(held, judged.get(&held.item)?.clone())));
        let verdicts = held.filter_map(may).collect();
        Self { holding, family, judged, verdicts, refuses: judge.refuses(), of }
    }

    /// Whether the choice may be left open: harm and danger wait for nothing.
    pub(crate) fn may_wait(&self) -> bool {
        self.of.harm || self.of.decided == OutcomeKind::EmergencyShare
    }

    /// What lets nothing go to the recipient at all.
    pub(crate) fn refuses(&self) -> Option<Against> {
        self.refuses
    }

    /// What was chosen for this recipient, over what is held now. What was chosen for another is not taken over.
    pub(crate) fn standing(&self, kept: Option<&Extent>) -> Extent {
        let Recipient { name, role, .. } = self.of.recipient;
        let held = self.holding.held();
        match kept.filter(|one| one.is_for(name, role)) {
            Some(kept) => {
                let kept = kept.standing(&held);
                let kept = self.of.scope.within(kept);
                let more = self.more(&kept);
                kept.counted(&more)
            }
            None => Extent::of(name, role, &held),
        }
    }

    /// Whether an item may go.
    pub(crate) fn may(&self, item: ItemId) -> MayGo {
        self.verdicts.get(&item).cloned().unwrap_or(MayGo::Blocked { against: Vec::new() })
    }

    /// What there is more of in what goes than the purpose may need.
    pub(crate) fn more(&self, extent: &Extent) -> Vec<Counted> {
        let children = self.children();
        let words = &Words::of(self.family.language).extent.sensitive;
        more_than_needed(&self.purpose(&children), words, &self.leaves(extent), extent.items.len())
    }

    /// Of which items there is more.
    fn which(&self, extent: &Extent, more: More) -> Vec<ItemId> {
        let children = self.children();
        let words = &Words::of(self.family.language).extent.sensitive;
        let which = of_which(more, &self.purpose(&children), words, &self.leaves(extent), extent.items.len());
        which.into_iter().map(|item| item.id).collect()
    }

    fn leaves(&self, extent: &Extent) -> Vec<&'a Item> {
        self.holding.items().filter(|item| extent.choice_of(item.id).leaves()).collect()
    }

    fn children(&self) -> Vec<PersonId> {
        self.family.children().into_iter().collect()
    }

    fn purpose<'p>(&'p self, children: &'p [PersonId]) -> Purpose<'p> {
        Purpose { said: &self.of.said, child: self.family.case.child, children, on: self.of.on }
    }

    /// What leaves of a choice now, and what was chosen and stays after all.
    pub(crate) fn leaving(&self, extent: &Extent) -> Extent {
        let judged = |item: ItemId| self.judged.get(&item).cloned();
        self.of.scope.leaving(extent, |item| judged(item).unwrap_or(MayGo::Blocked { against: Vec::new() }))
    }

    /// What leaves, in the order of what is held. Nothing that may not go now, whatever was chosen then.
    pub(crate) fn going<'e>(&'e self, extent: &'e Extent) -> impl Iterator<Item = (&'a Item, Choice)> + 'e {
        let chosen = |item: &'a Item| (item, extent.choice_of(item.id));
        let all = self.holding.items().map(chosen);
        all.filter(|(item, choice)| choice.leaves() && self.may(item.id).may())
    }

    /// The same as an extent: what was chosen and may not go now stays.
    pub(crate) fn only_what_may(&self, mut extent: Extent) -> Extent {
        for one in &mut extent.items {
            if one.choice.leaves() && !self.may(one.item).may() {
                (one.choice, one.why) = (Choice::Stays, WhyStays::NoPermission);
                one.unlocked.clear();
            }
        }
        extent
    }

    /// What is missing before it is signed; nothing where nothing is held.
    pub(crate) fn missing(&self, extent: &Extent) -> Vec<(Field, Problem)> {
        let gaps = extent.gaps(|item| self.may(item), &self.more(extent));
        let told = |gap: ExtentGap| match gap {
            ExtentGap::Unchosen(_) => ("extent".into(), Problem::Missing),
            ExtentGap::Unexplained(_) => ("extent_why".into(), Problem::ReasonMissing),
            ExtentGap::NoWords(_) => ("extent_words".into(), Problem::ReasonMissing),
            ExtentGap::Locked(_) => ("extent_unlock".into(), Problem::ReasonMissing),
            ExtentGap::Blocked(_) => ("extent_blocked".into(), Problem::NotAnOption),
            ExtentGap::More(_) => ("extent_more".into(), Problem::ReasonMissing),
        };
        let mut missing: Vec<(Field, Problem)> = Vec::new();
        for one in gaps.into_iter().map(told) {
            if !missing.contains(&one) {
                missing.push(one);
            }
        }
        missing
    }

    /// Does one thing to what was chosen.
    ///
    /// # Errors
    /// [`Error::Fields`] where that cannot be done.
    pub(crate) fn moved(&self, extent: &Extent, act: &ExtentMove) -> Result<Extent> {
        let mut form = Form::new();
        match act {
            ExtentMove::Because { words, .. } => drop(form.text("words", words)),
            ExtentMove::Unlock { reason, .. } => drop(form.text("reason", reason)),
            ExtentMove::Needed { why, .. } => drop(form.text("why", why)),
            ExtentMove::Choose { .. }
            | ExtentMove::RestStays
            | ExtentMove::Reopen { .. }
            | ExtentMove::LeaveOut { .. } => {}
        }
        form.end(|| Some(()))?;
        let which = |more: More| self.which(extent, more);
        let moved = extent.moved(act, |item| self.may(item), which).map_err(|why| match why {
            NotMoved::NotHeld => Error::NotFound { what: "note" },
            NotMoved::Blocked => Error::field("choice", Problem::NotAnOption),
            NotMoved::NoReason => Error::field("why", Problem::ReasonMissing),
            NotMoved::Nothing => Error::field("why", Problem::NotAnOption),
        })?;
        let moved = self.of.scope.within(moved);
        let more = self.more(&moved);
        Ok(moved.counted(&more))
    }

    /// Where more goes than the purpose may need, and what was said of it.
    pub(crate) fn more_lines(&self, extent: &Extent) -> Vec<MoreLine> {
        let line = |one: Counted| MoreLine {
            more: one.more,
            count: one.count,
            why: said_of(extent, one.more),
            can_stay: one.more.stays_for().is_some(),
        };
        self.more(extent).into_iter().map(line).collect()
    }

    /// A page of it, as it is looked through. `kept`: what was chosen at all, for whomever.
    pub(crate) fn view(
        &self,
        r: &Reader<'_>,
        extent: &Extent,
        kept: Option<&Extent>,
        page: u32,
    ) -> Result<ExtentView> {
        let nameless = self.family.nameless(r)?;
        let names = self.family.names();
        let words = Words::of(self.family.language);
        let pages = self.holding.items.len().div_ceil(PAGE).max(1);
        let page = usize::try_from(page).unwrap_or(0).min(pages - 1);
        let signed: BTreeMap<ItemId, Held> =
            self.holding.held().into_iter().map(|held| (held.item, held)).collect();
        let line = |item: &Item| {
            let chosen = extent.items.iter().find(|one| one.item == item.id);
            let without = as_it_goes(item, Choice::WithoutName, &nameless, words);
            ExtentLine {
                item: item.id,
                mark: item.mark,
                text: item.text.clone(),
                by: item.by.clone(),
                without_text: without.text,
                without_by: without.by,
                occurred: item.occurred.clone(),
                months: months_old(&item.occurred, self.of.on),
                old: is_old(&item.occurred, self.of.on),
                about: item
                    .about
                    .iter()
                    .filter(|one| **one != self.family.case.child)
                    .filter_map(|one| names.get(one).cloned())
                    .collect(),
                choice: chosen.map(|one| one.choice).unwrap_or_default(),
                why: chosen.map(|one| one.why).unwrap_or_default(),
                unlocked: chosen.map(|one| one.unlocked.clone()).unwrap_or_default(),
                only_nameless: signed.get(&item.id).is_some_and(|held| self.of.scope.only_nameless(*held)),
                verdict: self.may(item.id),
                limits: self
                    .of
                    .limits
                    .against(item.id, self.family, self.of.recipient, self.of.on)
                    .map(limits::line)
                    .collect(),
            }
        };
        let begun = kept.filter(|one| one.is_begun());
        Ok(ExtentView {
            case: self.family.case.id,
            child: self.family.child_name(),
            recipient: self.of.recipient.name.clone(),
            recipient_role: self.of.recipient.role.clone(),
            lines: self.holding.items().skip(page * PAGE).take(PAGE).map(line).collect(),
            page: u32::try_from(page).unwrap_or(0),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            count: extent.count(),
            staying: extent.staying().into_iter().map(StayLine::from).collect(),
            more: self.more_lines(extent),
            missing: self.missing(extent).into_iter().map(Into::into).collect(),
            refused: self.refuses.is_some(),
            may_wait: self.may_wait(),
            cleared: begun.is_some_and(|one| !one.is_for(&self.of.recipient.name, &self.of.recipient.role)),
            flags: flagged::lines(self.family),
        })
    }
}

/// What was said of why so much is needed.
fn said_of(extent: &Extent, more: More) -> String {
    extent.needed.iter().find(|one| one.more == more).map(|one| one.why.clone()).unwrap_or_default()
}

/// What goes and what stays, as it is said of a signed decision: with the words of what goes, as they stand in the file.
pub(crate) fn extent_said(extent: &Extent, items: &[Item]) -> ExtentSaid {
    let goes = extent.leaving().filter_map(|chosen| {
        let item = items.iter().find(|one| one.id == chosen.item)?;
        Some(ExtentGoes {
            mark: item.mark,
            text: item.text.clone(),
            by: item.by.clone(),
            nameless: chosen.choice == Choice::WithoutName,
        })
    });
    ExtentSaid {
        count: extent.count(),
        goes: goes.collect(),
        staying: extent.staying().into_iter().map(StayLine::from).collect(),
    }
}

/// An item as it leaves: without a name, nobody in it is named but whom the file is about, and nobody who said it.
pub(crate) fn as_it_goes(item: &Item, choice: Choice, nameless: &Protection, words: &Words) -> Item {
    if choice != Choice::WithoutName {
        return item.clone();
    }
    let by = nameless.scrub(&item.by);
    // Somebody who said something need not stand in the file to be known by the name that stands here.
    let by = if item.mark == Mark::Reported && by == item.by && !by.trim().is_empty() {
        words.extent.kept_name.clone()
    } else {
        by
    };
    Item { text: nameless.scrub(&item.text), by, ..item.clone() }
}
