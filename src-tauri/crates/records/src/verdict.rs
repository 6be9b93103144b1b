//! May this item go to this recipient now, and on which ground: the one place where that is said.
//!
//! It looks at the decision, at what safety flags and a restricted file refuse (by `receive.rs`, never by a rule of its
//! own), at what the sender of something received allowed, and at what was agreed to. Where harm is suspected, a duty
//! binds or a child is in danger, what stands against it is shown and stops nothing (`practice.md` 8): only a person
//! whom a flag or a restricted file keeps out is told nothing.

#![deny(clippy::wildcard_enum_match_arm)]

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{
    Case, Door, Flag, FlagKind, Item, NotTo, OutcomeKind, Permission, Person, PersonId, Relationship, Route,
    may_receive_by,
};

closed_set! {
    /// The ground on which an item goes.
    ShareGround in "snake_case" {
        /// A child is in danger now.
        Emergency = "emergency",
        /// Harm is suspected.
        Harm = "harm",
        /// A duty or an order requires it.
        Duty = "duty",
        /// Whoever is owed the confidence agreed.
        Permission = "permission",
        /// Reasons that were weighed and signed.
        Judgement = "judgement",
    }
}

impl ShareGround {
    /// The ground on which a decision shares; none where nothing leaves. `harm`: whether it is suspected, or could not be
    /// ruled out.
    #[must_use]
    pub fn behind(decided: OutcomeKind, harm: bool) -> Option<Self> {
        match decided {
            OutcomeKind::HoldAndSeekAdvice | OutcomeKind::DoNotShare => None,
            OutcomeKind::EmergencyShare => Some(Self::Emergency),
            OutcomeKind::MustShare
            | OutcomeKind::ShareWithConsent
            | OutcomeKind::ShareWithoutConsent
            | OutcomeKind::ShareLimited
                if harm =>
            {
                Some(Self::Harm)
            }
            OutcomeKind::MustShare => Some(Self::Duty),
            OutcomeKind::ShareWithConsent => Some(Self::Permission),
            OutcomeKind::ShareWithoutConsent | OutcomeKind::ShareLimited => Some(Self::Judgement),
        }
    }

    /// Whether what stands against it is shown and stops nothing.
    #[must_use]
    pub fn never_stops(self) -> bool {
        match self {
            Self::Emergency | Self::Harm | Self::Duty => true,
            Self::Permission | Self::Judgement => false,
        }
    }
}

closed_set! {
    /// What stands against it.
    Against in "snake_case" {
        /// The decision is not to share, or to wait.
        NotDecided = "not_decided",
        /// A restricted file is kept from the recipient.
        KeptFrom = "kept_from",
        /// The recipient is protected: a paper would carry their name.
        RecipientProtected = "recipient_protected",
        /// A flag forbids to tell the recipient, or to reach them in this way.
        Flagged = "flagged",
        /// Nobody was asked.
        NotAsked = "not_asked",
        /// It was refused.
        Refused = "refused",
        /// Permission was taken back.
        Withdrawn = "withdrawn",
        /// Permission ended.
        Expired = "expired",
        /// Those who may decide do not agree.
        Disagree = "disagree",
        /// It was agreed to for another purpose: what bears on safety never rides on a yes to help.
        OtherPurpose = "other_purpose",
        /// No consent that the decision names covers it.
        NotNamed = "not_named",
        /// Whoever sent it to us said that it goes no further.
        SendersLimit = "senders_limit",
        /// It names somebody protected. The name is left out of whatever is written.
        NamesProtected = "names_protected",
        /// It was signed that it stays.
        DecidedToStay = "decided_to_stay",
        /// It was written or corrected since the decision was signed, so nobody looked at it for this.
        NotLookedAt = "not_looked_at",
    }
}

/// Whether an item may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "may", rename_all = "snake_case")]
pub enum MayGo {
    /// It goes.
    Goes {
        /// On which ground.
        ground: ShareGround,
    },
    /// It goes, and what stands against it is shown.
    Shown {
        /// On which ground.
        ground: ShareGround,
        /// What stands against it.
        against: Vec<Against>,
    },
    /// It goes with a reason, which stays in our record.
    Unlock {
        /// On which ground.
        ground: ShareGround,
        /// What stands against it.
        against: Vec<Against>,
    },
    /// It does not go.
    Blocked {
        /// What stands against it.
        against: Vec<Against>,
    },
}

impl MayGo {
    /// Whether it may go at all, with a reason or without.
    #[must_use]
    pub fn may(&self) -> bool {
        match self {
            Self::Goes { .. } | Self::Shown { .. } | Self::Unlock { .. } => true,
            Self::Blocked { .. } => false,
        }
    }

    /// What stands against it.
    #[must_use]
    pub fn against(&self) -> &[Against] {
        match self {
            Self::Goes { .. } => &[],
            Self::Shown { against, .. } | Self::Unlock { against, .. } | Self::Blocked { against } => against,
        }
    }
}

/// A share: what was decided, to whom it goes, and the file from which.
#[derive(Debug, Clone, Copy)]
pub struct Sharing<'a> {
    /// What is decided.
    pub decided: OutcomeKind,
    /// Whether harm is suspected, or could not be ruled out.
    pub harm: bool,
    /// Whether it names the consent on which it rests: then what of it has ended blocks, and no reason unlocks it.
    pub names_consent: bool,
    /// To whom: the name.
    pub recipient: &'a str,
    /// Their post and agency.
    pub recipient_role: &'a str,
    /// How, where that is known.
    pub route: Option<Route>,
    /// The file.
    pub case: &'a Case,
    /// Its people.
    pub people: &'a [Person],
    /// Their ties.
    pub ties: &'a [Relationship],
    /// The flags that stand.
    pub flags: &'a [Flag],
}

/// An item as it is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The item.
    pub item: &'a Item,
    /// What was agreed to about it and this recipient.
    pub permission: Permission,
    /// Whether whoever sent it to us said that it goes no further.
    pub limited: bool,
}

impl Sharing<'_> {
    /// The ground on which it rests; none where nothing leaves.
    #[must_use]
    pub fn ground(&self) -> Option<ShareGround> {
        ShareGround::behind(self.decided, self.harm)
    }

    /// What refuses the recipient, whatever the item.
    #[must_use]
    pub fn refused(&self) -> Option<Against> {
        let refused = may_receive_by(
            (self.case, self.people, self.ties, self.flags),
            Door::Share,
            (self.recipient, self.recipient_role),
            self.route,
        );
        match refused {
            Ok(()) => None,
            Err(NotTo::KeptFrom) => Some(Against::KeptFrom),
            Err(NotTo::NamesProtected) => Some(Against::RecipientProtected),
            Err(NotTo::Flagged(_)) => Some(Against::Flagged),
        }
    }
}

/// A share of which is known what refuses its recipient: for many items, each asked about.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    share: Sharing<'a>,
    ground: Option<ShareGround>,
    refused: Option<Against>,
}

impl<'a> Judge<'a> {
    /// Looks once at the recipient.
    #[must_use]
    pub fn of(share: Sharing<'a>) -> Self {
        Self { ground: share.ground(), refused: share.refused(), share }
    }

    /// What refuses the recipient, whatever the item.
    #[must_use]
    pub fn refused(&self) -> Option<Against> {
        self.refused
    }

    /// The ground on which it rests; none where nothing leaves.
    #[must_use]
    pub fn ground(&self) -> Option<ShareGround> {
        self.ground
    }

    /// What refuses the recipient and lets nothing go to them at all.
    #[must_use]
    pub fn refuses(&self) -> Option<Against> {
        self.ground.map_or(self.refused, |ground| refuses(ground, self.refused))
    }

    /// Whether an item may go, and on which ground.
    #[must_use]
    pub fn may_go(&self, asked: &Asked<'_>) -> MayGo {
        let named = names_protected(&self.share, asked.item);
        self.on_ground(asked.permission, asked.limited, named, false)
    }

    /// Whether a paper may go, and on which ground. It goes whole, so that nothing takes a protected name out of it: about
    /// somebody protected it stays, but where harm, danger, duty or an order speak for it.
    #[must_use]
    pub fn paper_may_go(&self, about: &[PersonId], permission: Permission, limited: bool) -> MayGo {
        self.on_ground(permission, limited, is_protected(&self.share, about.iter().copied()), true)
    }

    fn on_ground(&self, permission: Permission, limited: bool, named: bool, is_whole: bool) -> MayGo {
        match self.ground {
            Some(ground) => {
                let names = self.share.names_consent;
                on_ground(ground, self.refused, (permission, names, limited), (named, is_whole))
            }
            None => MayGo::Blocked { against: vec![Against::NotDecided] },
        }
    }
}

/// Whether an item may go to the recipient of a share, and on which ground.
#[must_use]
pub fn may_go(share: &Sharing<'_>, asked: &Asked<'_>) -> MayGo {
    Judge::of(*share).may_go(asked)
}

fn on_ground(
    ground: ShareGround,
    refused: Option<Against>,
    (permission, names_consent, limited): (Permission, bool, bool),
    (named, is_whole): (bool, bool),
) -> MayGo {
    if let Some(against) = refuses(ground, refused) {
        return MayGo::Blocked { against: vec![against] };
    }
    let agreed = against_agreement(ground, permission);
    let limit = limited.then_some(Against::SendersLimit);
    let named = named.then_some(Against::NamesProtected);
    let against: Vec<Against> = refused.into_iter().chain(agreed).chain(limit).chain(named).collect();
    let blocks = |one: &Against| {
        let uncut = is_whole && *one == Against::NamesProtected;
        uncut
            || (ground == ShareGround::Permission)
                && matches!(
                    one,
                    Against::Refused
                        | Against::Withdrawn
                        | Against::Disagree
                        | Against::OtherPurpose
                        | Against::NotNamed
                )
            || names_consent && *one == Against::Expired
    };
    // A flag hides a name in what is written, and takes no reason.
    let takes_a_reason = |one: &Against| match one {
        Against::NotAsked | Against::Expired | Against::SendersLimit => true,
        Against::NotDecided
        | Against::KeptFrom
        | Against::RecipientProtected
        | Against::Flagged
        | Against::Refused
        | Against::Withdrawn
        | Against::Disagree
        | Against::OtherPurpose
        | Against::NotNamed
        | Against::NamesProtected
        | Against::DecidedToStay
        | Against::NotLookedAt => false,
    };
    if against.is_empty() {
        MayGo::Goes { ground }
    } else if ground.never_stops() {
        MayGo::Shown { ground, against }
    } else if against.iter().any(blocks) {
        MayGo::Blocked { against }
    } else if against.iter().any(takes_a_reason) {
        MayGo::Unlock { ground, against }
    } else {
        MayGo::Shown { ground, against }
    }
}

/// What refuses a recipient on a ground: an emergency is never made to wait for a flag; a restricted file stays shut to
/// whom it is kept from.
fn refuses(ground: ShareGround, refused: Option<Against>) -> Option<Against> {
    refused.filter(|against| ground != ShareGround::Emergency || *against == Against::KeptFrom)
}

/// What of the permission stands against it. Where the ground is another, only a *no* does: who was not asked has not
/// refused.
fn against_agreement(ground: ShareGround, permission: Permission) -> Option<Against> {
    match permission {
        Permission::NotNeeded | Permission::Given => None,
        Permission::Refused => Some(Against::Refused),
        Permission::Withdrawn => Some(Against::Withdrawn),
        Permission::Disagree => Some(Against::Disagree),
        Permission::NotAsked => (ground == ShareGround::Permission).then_some(Against::NotAsked),
        Permission::Expired => (ground == ShareGround::Permission).then_some(Against::Expired),
        Permission::OtherPurpose => (ground == ShareGround::Permission).then_some(Against::OtherPurpose),
        Permission::NotNamed => (ground == ShareGround::Permission).then_some(Against::NotNamed),
    }
}

/// Whether an item is about somebody whose name does not leave.
fn names_protected(share: &Sharing<'_>, item: &Item) -> bool {
    let there = item.visit.iter().flat_map(crate::Visit::people);
    is_protected(share, item.about.iter().copied().chain(there))
}

fn is_protected(share: &Sharing<'_>, mut people: impl Iterator<Item = PersonId>) -> bool {
    people.any(|person| {
        share.flags.iter().any(|flag| flag.person == person && flag.kind == FlagKind::ProtectedIdentity)
    })
}
