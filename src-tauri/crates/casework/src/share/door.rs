//! The door of a share: what of the file goes by what was signed, judged again now.
//!
//! The rules are `records`' (`scope.rs`, `verdict.rs`, `needed.rs`). Here they are asked of a signed decision and its
//! file, and the choice at the door, which is never wider than what was signed, is kept until the share is made.

use sharewell_records::{
    Against, Answer, Choice, Day, DecisionId, EntryId, Extent, ExtentItem, ExtentMove, Item, ItemId, MayGo,
    Moment, Route, Scope, Share, ShareGround,
};
use sharewell_vault::{Draft, Reader, Vault};

use super::basis::Basis;
use super::inside::{self, Inside};
use super::papers::Papers;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::sharing::extent::{Chooser, For, Holding};
use crate::store;
use crate::views::{ExtentView, ShareHeld};

/// What goes through the door of a share.
pub(super) struct Door<'a> {
    pub(super) chooser: Chooser<'a>,
    /// What is chosen, by what was signed or at the door.
    pub(super) chosen: Extent,
    /// What leaves of it now.
    pub(super) leaving: Extent,
    /// Whether what stands against something is shown and stops nothing.
    pub(super) never_stops: bool,
    /// The day.
    pub(super) on: Day,
}

impl<'a> Door<'a> {
    /// `route`: by which way it goes, where that is known.
    pub(super) fn of(
        basis: &'a Basis,
        inside: &'a Inside,
        holding: &'a Holding<'a>,
        route: Option<Route>,
    ) -> Self {
        let signed = basis.decision.extent.as_ref();
        let ground = basis.ground();
        let of = For {
            decided: basis.decision.decided,
            harm: basis.harm,
            agreed: basis.agreed,
            rests_on: basis.decision.rests_on.clone(),
            consents: &inside.consents,
            limits: &inside.limits,
            recipient: &basis.decision.recipient,
            route,
            scope: Scope::of(signed, ground),
            said: said(basis),
            on: inside.on,
        };
        let chooser = Chooser::of(holding, &basis.family, of);
        let chosen = chooser.standing(inside.kept.as_ref().or(signed));
        let leaving = chooser.leaving(&chosen);
        let never_stops = ground.is_some_and(ShareGround::never_stops);
        Self { chooser, chosen, leaving, never_stops, on: inside.on }
    }

    /// What is missing before it is made. Papers may go alone. What there is more of than needed is asked, and keeps nothing from a child who
    /// is not safe.
    pub(super) fn told(&self, form: &mut Form, shown: &[ItemId], with_papers: bool) {
        form.fault_if(self.chooser.refuses().is_some(), "recipient", Problem::Flagged);
        let leaves: Vec<ItemId> = self.leaving.leaving().map(|one| one.item).collect();
        let nothing = leaves.is_empty() && !with_papers;
        form.fault_if(nothing, "items", Problem::Missing);
        let same = leaves.len() == shown.len() && leaves.iter().all(|item| shown.contains(item));
        form.fault_if(!nothing && !same, "items", Problem::NotAnOption);
        let locked = |item: &ExtentItem| {
            item.unlocked.is_empty() && matches!(self.chooser.may(item.item), MayGo::Unlock { .. })
        };
        form.fault_if(self.chosen.leaving().any(locked), "unlock", Problem::ReasonMissing);
        let open = self.chooser.more_lines(&self.leaving).iter().any(|one| one.why.is_empty());
        form.fault_if(open && !self.never_stops, "more", Problem::ReasonMissing);
    }

    /// What leaves, each with the entry that gave it its form, in order.
    pub(super) fn items(&self, inside: &Inside) -> Result<Vec<(EntryId, Item)>> {
        let recorded = |one: &ExtentItem| {
            let found =
                inside.recorded.iter().find(|held| held.record.id == one.item && held.hash == one.hash);
            // What is not there any more does not silently stay behind.
            found.map(|held| (held.entry, held.record.clone())).ok_or(Error::NotFound { what: "item" })
        };
        self.leaving.leaving().map(recorded).collect()
    }

    /// What was to go, by what was signed or by what was chosen here, and stays.
    pub(super) fn held_back(&self, basis: &Basis, holding: &Holding<'_>) -> Vec<ShareHeld> {
        let signed = basis.decision.extent.as_ref();
        let wanted = |item: &&Item| {
            let leaves = |extent: &Extent| extent.choice_of(item.id).leaves();
            // What was chosen here to stay is held back by nobody.
            let here = self.chosen.choice_of(item.id);
            leaves(&self.chosen) || (here == Choice::Blank && signed.is_some_and(leaves))
        };
        let held = holding.items().filter(wanted).filter(|item| !self.leaving.choice_of(item.id).leaves());
        held.map(|item| {
            let may = self.chooser.may(item.id);
            ShareHeld {
                item: item.id,
                mark: item.mark,
                text: item.text.clone(),
                against: may.against().to_vec(),
                takes_a_reason: may.may(),
            }
        })
        .collect()
    }

    /// How many notes nobody looked at when it was signed.
    pub(super) fn new_since(&self, basis: &Basis) -> u32 {
        let Some(signed) = &basis.decision.extent else { return 0 };
        let new = self.chosen.items.iter().filter(|one| !signed.items.iter().any(|old| old.item == one.item));
        store::small(new.count() as u64)
    }

    /// What keeps a share that was made from being sent now: what stands against what is in it.
    pub(super) fn bars(&self, basis: &Basis, share: &Share, inside: &Inside) -> Vec<Against> {
        // What was corrected or withdrawn since it was made is looked at again, but where nothing may wait.
        let judged = |as_made: bool, may: MayGo| match as_made || self.never_stops {
            true => may,
            false => MayGo::Blocked { against: vec![Against::NotLookedAt] },
        };
        let notes = share.manifest.items.iter().map(|gone| {
            let as_made = inside.recorded.iter().any(|one| one.entry == gone.entry);
            judged(as_made, self.chooser.may(gone.item))
        });
        let judging = Papers::of(basis, inside, Some(share.route));
        let papers = share.manifest.papers.iter().map(|gone| {
            let paper = inside.papers.iter().find(|one| one.record.id == gone.paper);
            let as_made = paper.is_some_and(|one| one.entry == gone.entry);
            let gone = MayGo::Blocked { against: vec![Against::NotLookedAt] };
            judged(as_made, paper.map_or(gone, |one| judging.may_go(&one.record)))
        });
        let mut against: Vec<Against> = Vec::new();
        for may in notes.chain(papers).filter(|may| !may.may()) {
            for one in may.against() {
                if !against.contains(one) {
                    against.push(*one);
                }
            }
        }
        against
    }
}

/// Everything in which the purpose is said.
fn said(basis: &Basis) -> Vec<&str> {
    let decision = &basis.decision;
    let on_path = decision.answers.iter().filter(|one| decision.path.contains(&one.step));
    let answered = on_path.filter_map(|one| match &one.answer {
        Answer::Choice { words, .. } | Answer::Choices { words, .. } => Some(words.as_str()),
        Answer::Text { text } => Some(text.as_str()),
        _ => None,
    });
    let said = [decision.what.as_str(), &decision.reasons, &decision.recipient.role];
    said.into_iter().chain(answered).collect()
}

/// A page of what is held, with what goes by a signed decision.
///
/// # Errors
/// [`Error::NotFound`] where the decision shares nothing.
pub fn extent_of_share(vault: &Vault, decision: DecisionId, page: u32, now: Moment) -> Result<ExtentView> {
    store::read(vault, |r| looked(r, decision, None, page, now).map(|(_, view)| view))
}

/// Does one thing to what goes, and shows the page again. It is never wider than what was signed.
///
/// # Errors
/// As [`extent_of_share`]; [`Error::Fields`] where it cannot be done.
pub fn move_extent_of_share(
    vault: &mut Vault,
    decision: DecisionId,
    act: &ExtentMove,
    page: u32,
    now: Moment,
) -> Result<ExtentView> {
    let (moved, view) = store::read(vault, |r| looked(r, decision, Some(act), page, now))?;
    let body = serde_json::to_string(&moved).map_err(|_| Error::Stored { what: "draft" })?;
    let draft = Draft {
        key: inside::key(decision),
        kind: inside::KIND.to_owned(),
        case: Some(view.case),
        body,
        updated: now,
    };
    store::save_draft(vault, &draft)?;
    Ok(view)
}

fn looked(
    r: &Reader<'_>,
    decision: DecisionId,
    act: Option<&ExtentMove>,
    page: u32,
    now: Moment,
) -> Result<(Extent, ExtentView)> {
    let basis = Basis::of(r, decision)?;
    let inside = Inside::of(r, &basis, now)?;
    let holding = inside.holding();
    let door = Door::of(&basis, &inside, &holding, None);
    let extent = match act {
        Some(act) => door.chooser.moved(&door.chosen, act)?,
        None => door.chosen,
    };
    let view = door.chooser.view(r, &extent, Some(&extent), page)?;
    Ok((extent, view))
}
