//! The extent of a share: of everything held, item by item, what goes to one recipient, what goes without a name, and
//! what stays and why.
//!
//! Nothing is chosen beforehand. It is made for one recipient and says nothing of another (`practice.md` 21). Each
//! item is named with the hash of the entry that was looked at, so that it is known which words went out: an item that
//! was corrected since is chosen again. What may be done to an extent stands here, and what still has to be said.

#![deny(clippy::wildcard_enum_match_arm)]

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::needed::Counted;
use crate::words::closed_set;
use crate::{ItemId, MayGo, More, Sha256, folded_words};

closed_set! {
    /// What becomes of an item in a share.
    #[derive(Default)]
    Choice in "snake_case" {
        /// Not chosen yet: in what is still being typed, and in what was never finished.
        #[default]
        Blank = "",
        /// It goes.
        Goes = "goes",
        /// It goes, and nobody in it is named but the child.
        WithoutName = "without_name",
        /// It stays.
        Stays = "stays",
    }
}

impl Choice {
    /// Whether it leaves, with names or without.
    #[must_use]
    pub fn leaves(self) -> bool {
        match self {
            Self::Goes | Self::WithoutName => true,
            Self::Blank | Self::Stays => false,
        }
    }
}

closed_set! {
    /// Why items stay.
    #[derive(Default)]
    WhyStays in "snake_case" {
        /// Not chosen yet.
        #[default]
        Blank = "",
        /// Not needed for this purpose.
        NotNeeded = "not_needed",
        /// No permission for it, and no other ground.
        NoPermission = "no_permission",
        /// Whoever sent it to us said that it goes no further.
        SendersLimit = "senders_limit",
        /// It is somebody else's: another child's, another family's.
        SomebodyElse = "somebody_else",
        /// Too old to bear on this.
        TooOld = "too_old",
        /// Not certain: it is checked first.
        NotCertain = "not_certain",
        /// It could put somebody at risk.
        Unsafe = "unsafe",
        /// Something else, in words.
        Other = "other",
    }
}

/// What goes to one recipient, and what stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct Extent {
    /// For whom it was chosen: the name.
    pub recipient: String,
    /// Their post and agency.
    pub recipient_role: String,
    /// Every item that was held, in the order in which it was looked through.
    pub items: Vec<ExtentItem>,
    /// What was said of each reason why something stays.
    pub because: Vec<Because>,
    /// What was said where more goes than the purpose may need.
    pub needed: Vec<Needed>,
}

/// One item of an extent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExtentItem {
    /// Which.
    pub item: ItemId,
    /// The hash of the entry that holds the words that were looked at.
    pub hash: Sha256,
    /// What becomes of it.
    pub choice: Choice,
    /// Why it stays; blank where it does not.
    pub why: WhyStays,
    /// Why it goes though something stands against it. It stays in this record, and goes to nobody.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unlocked: String,
}

/// What was said of a reason why items stay: once for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Because {
    /// The reason.
    pub why: WhyStays,
    /// More of it in words.
    pub words: String,
}

/// What was said where more goes than the purpose may need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Needed {
    /// What there is more of.
    pub more: More,
    /// How many items, when it was said.
    pub count: u32,
    /// Why they are needed.
    pub why: String,
}

/// An item that is held, and the hash of the entry in which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub item: ItemId,
    /// Its entry.
    pub hash: Sha256,
}

/// One thing that is done to an extent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "move", rename_all = "snake_case")]
pub enum ExtentMove {
    /// An item is chosen; blank takes a choice back.
    Choose {
        /// Which.
        item: ItemId,
        /// What becomes of it.
        choice: Choice,
    },
    /// Everything that stays and says not why stays for this reason. Of a reason that stands it changes the words.
    Because {
        /// The reason.
        why: WhyStays,
        /// More of it in words.
        words: String,
    },
    /// Everything that is not chosen yet stays: not needed for this.
    RestStays,
    /// Whatever stays for this reason is chosen anew.
    Reopen {
        /// The reason.
        why: WhyStays,
    },
    /// Why an item goes though something stands against it.
    Unlock {
        /// Which.
        item: ItemId,
        /// The reason, which stays in the record.
        reason: String,
    },
    /// Why what seems more than needed is needed.
    Needed {
        /// What there is more of.
        more: More,
        /// Why.
        why: String,
    },
    /// What there is more of than the purpose needs stays.
    LeaveOut {
        /// What there is more of.
        more: More,
    },
}

/// Why something cannot be done to an extent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMoved {
    /// No such item is held.
    NotHeld,
    /// Something stands against it that no reason unlocks.
    Blocked,
    /// No reason was chosen.
    NoReason,
    /// There is nothing that this would be about.
    Nothing,
}

/// What an extent still has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtentGap {
    /// So many items are not chosen yet.
    Unchosen(u32),
    /// So many items stay and say not why.
    Unexplained(u32),
    /// A reason that says nothing by itself has no words.
    NoWords(WhyStays),
    /// An item goes though something stands against it, and no reason says why.
    Locked(ItemId),
    /// An item goes that may not.
    Blocked(ItemId),
    /// More goes than the purpose may need, and nothing is said of it.
    More(More),
}

/// How much goes and stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct ExtentCount {
    /// Everything that was held.
    pub held: u32,
    /// What goes as it stands.
    pub goes: u32,
    /// What goes without a name.
    pub nameless: u32,
    /// What stays.
    pub stays: u32,
    /// What is not chosen yet.
    pub open: u32,
}

impl ExtentCount {
    /// Whatever leaves.
    #[must_use]
    pub fn leaves(self) -> u32 {
        self.goes.saturating_add(self.nameless)
    }
}

impl Extent {
    /// An extent for one recipient, with nothing chosen.
    #[must_use]
    pub fn of(recipient: &str, recipient_role: &str, held: &[Held]) -> Self {
        let nothing = Self {
            recipient: recipient.to_owned(),
            recipient_role: recipient_role.to_owned(),
            ..Self::default()
        };
        nothing.standing(held)
    }

    /// The same, where these were said aloud: what nobody chose otherwise goes.
    #[must_use]
    pub fn with_said(mut self, said: &[ItemId]) -> Self {
        for one in self.items.iter_mut().filter(|one| said.contains(&one.item)) {
            if one.choice == Choice::default() {
                one.choice = Choice::Goes;
            }
        }
        self
    }

    /// Whether it was chosen for this recipient, however the name is typed.
    #[must_use]
    pub fn is_for(&self, recipient: &str, recipient_role: &str) -> bool {
        let same = |one: &str, other: &str| folded_words(one).eq(folded_words(other));
        same(&self.recipient, recipient) && same(&self.recipient_role, recipient_role)
    }

    /// Whether anything was chosen or said.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.items.iter().any(|one| one.choice != Choice::Blank)
    }

    /// The extent over what is held now: what is new is not chosen yet, what is held no more is gone, and what was
    /// corrected since it was looked at is chosen anew.
    #[must_use]
    pub fn standing(&self, held: &[Held]) -> Self {
        let chosen: std::collections::BTreeMap<ItemId, &ExtentItem> =
            self.items.iter().map(|one| (one.item, one)).collect();
        let item = |held: &Held| match chosen.get(&held.item) {
            Some(one) if one.hash == held.hash => (*one).clone(),
            Some(_) | None => ExtentItem {
                item: held.item,
                hash: held.hash,
                choice: Choice::Blank,
                why: WhyStays::Blank,
                unlocked: String::new(),
            },
        };
        let mut all = Self { items: held.iter().map(item).collect(), ..self.clone() };
        all.forget();
        all
    }

    /// Does one thing to it. `may`: whether an item may go to its recipient; `more`: of which items there is more.
    ///
    /// # Errors
    /// Why that cannot be done; the extent is as it was then.
    pub fn moved(
        &self,
        act: &ExtentMove,
        may: impl Fn(ItemId) -> MayGo,
        more: impl Fn(More) -> Vec<ItemId>,
    ) -> Result<Self, NotMoved> {
        let mut next = self.clone();
        match act {
            ExtentMove::Choose { item, choice } => {
                if choice.leaves() && !may(*item).may() {
                    return Err(NotMoved::Blocked);
                }
                let one = next.item_mut(*item)?;
                if one.choice != *choice {
                    one.why = WhyStays::Blank;
                }
                one.choice = *choice;
                if !choice.leaves() {
                    one.unlocked.clear();
                }
            }
            ExtentMove::Because { why, words } => {
                if *why == WhyStays::Blank {
                    return Err(NotMoved::NoReason);
                }
                for one in &mut next.items {
                    if one.choice == Choice::Stays && one.why == WhyStays::Blank {
                        one.why = *why;
                    }
                }
                next.because.retain(|one| one.why != *why);
                next.because.push(Because { why: *why, words: words.trim().to_owned() });
                if !next.items.iter().any(|one| one.why == *why) {
                    return Err(NotMoved::Nothing);
                }
            }
            ExtentMove::RestStays => {
                for one in &mut next.items {
                    if one.choice == Choice::Blank {
                        (one.choice, one.why) = (Choice::Stays, WhyStays::NotNeeded);
                    }
                }
            }
            ExtentMove::Reopen { why } => {
                for one in &mut next.items {
                    if one.choice == Choice::Stays && one.why == *why {
                        (one.choice, one.why) = (Choice::Blank, WhyStays::Blank);
                    }
                }
            }
            ExtentMove::Unlock { item, reason } => {
                let one = next.item_mut(*item)?;
                if !one.choice.leaves() {
                    return Err(NotMoved::Nothing);
                }
                one.unlocked = reason.trim().to_owned();
            }
            ExtentMove::LeaveOut { more: which } => {
                let why = which.stays_for().ok_or(NotMoved::Nothing)?;
                for item in more(*which) {
                    let one = next.item_mut(item)?;
                    (one.choice, one.why) = (Choice::Stays, why);
                    one.unlocked.clear();
                }
            }
            ExtentMove::Needed { more, why } => {
                next.needed.retain(|one| one.more != *more);
                if !why.trim().is_empty() {
                    next.needed.push(Needed { more: *more, count: 0, why: why.trim().to_owned() });
                }
            }
        }
        next.forget();
        Ok(next)
    }

    /// Notes how many items each answer was about. An answer about fewer than there are now is none.
    #[must_use]
    pub fn counted(mut self, more: &[Counted]) -> Self {
        self.needed.retain_mut(|one| {
            let now = more.iter().find(|counted| counted.more == one.more).map_or(0, |counted| counted.count);
            let holds = now > 0 && (one.count == 0 || now <= one.count);
            one.count = now;
            holds
        });
        self
    }

    /// How much goes and stays.
    #[must_use]
    pub fn count(&self) -> ExtentCount {
        let of = |choice: Choice| small(self.items.iter().filter(|one| one.choice == choice).count());
        ExtentCount {
            held: small(self.items.len()),
            goes: of(Choice::Goes),
            nameless: of(Choice::WithoutName),
            stays: of(Choice::Stays),
            open: of(Choice::Blank),
        }
    }

    /// What still has to be said before it is signed.
    #[must_use]
    pub fn gaps(&self, may: impl Fn(ItemId) -> MayGo, more: &[Counted]) -> Vec<ExtentGap> {
        let mut gaps = Vec::new();
        let open = self.count().open;
        if open > 0 {
            gaps.push(ExtentGap::Unchosen(open));
        }
        let stays = self.items.iter().filter(|one| one.choice == Choice::Stays);
        let unexplained = small(stays.filter(|one| one.why == WhyStays::Blank).count());
        if unexplained > 0 {
            gaps.push(ExtentGap::Unexplained(unexplained));
        }
        let said = |why: WhyStays| self.because.iter().any(|one| one.why == why && !one.words.is_empty());
        if self.items.iter().any(|one| one.why == WhyStays::Other) && !said(WhyStays::Other) {
            gaps.push(ExtentGap::NoWords(WhyStays::Other));
        }
        for one in self.items.iter().filter(|one| one.choice.leaves()) {
            match may(one.item) {
                MayGo::Goes { .. } | MayGo::Shown { .. } => {}
                MayGo::Unlock { .. } if !one.unlocked.is_empty() => {}
                MayGo::Unlock { .. } => gaps.push(ExtentGap::Locked(one.item)),
                MayGo::Blocked { .. } => gaps.push(ExtentGap::Blocked(one.item)),
            }
        }
        let answered = |counted: &Counted| {
            self.needed.iter().any(|one| one.more == counted.more && one.count >= counted.count)
        };
        gaps.extend(more.iter().filter(|one| !answered(one)).map(|one| ExtentGap::More(one.more)));
        gaps
    }

    /// The same as it went: what was to go and did not stayed, not needed for this; what went though it was to stay went.
    #[must_use]
    pub fn as_went(&self, went: impl Fn(ItemId) -> bool) -> Self {
        let mut gone = self.clone();
        for one in gone.items.iter_mut().filter(|one| one.choice.leaves() != went(one.item)) {
            (one.choice, one.why) = match one.choice.leaves() {
                true => (Choice::Stays, WhyStays::NotNeeded),
                false => (Choice::Goes, WhyStays::Blank),
            };
            one.unlocked.clear();
        }
        gone.forget();
        gone
    }

    /// What leaves, in order.
    pub fn leaving(&self) -> impl Iterator<Item = &ExtentItem> {
        self.items.iter().filter(|one| one.choice.leaves())
    }

    /// What becomes of an item; blank where it was not looked at.
    #[must_use]
    pub fn choice_of(&self, item: ItemId) -> Choice {
        self.items.iter().find(|one| one.item == item).map(|one| one.choice).unwrap_or_default()
    }

    /// The reasons for which something stays, in their order, each with how many items and what was said of it.
    #[must_use]
    pub fn staying(&self) -> Vec<(WhyStays, u32, &str)> {
        let of = |why: WhyStays| {
            let stays = self.items.iter().filter(|one| one.choice == Choice::Stays && one.why == why);
            let words = self.because.iter().find(|one| one.why == why).map_or("", |one| one.words.as_str());
            (why, small(stays.count()), words)
        };
        WhyStays::ALL.into_iter().map(of).filter(|(_, count, _)| *count > 0).collect()
    }

    fn item_mut(&mut self, item: ItemId) -> Result<&mut ExtentItem, NotMoved> {
        self.items.iter_mut().find(|one| one.item == item).ok_or(NotMoved::NotHeld)
    }

    /// The same, without the words of a reason for which nothing stays.
    #[must_use]
    pub(crate) fn kept_to_what_stays(mut self) -> Self {
        self.forget();
        self
    }

    /// Words of a reason for which nothing stays any more are gone.
    fn forget(&mut self) {
        let items = &self.items;
        self.because.retain(|said| items.iter().any(|one| one.why == said.why));
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
