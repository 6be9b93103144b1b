//! What the senders of a file's notes set on passing them on, for the one verdict on what leaves. The rule is
//! `records/src/received.rs`.

use std::collections::BTreeMap;

use sharewell_records::{Day, ItemId, Received, Recipient, SendersLimits, meant};
use sharewell_vault::{Reader, received};

use crate::error::Result;
use crate::people::Family;
use crate::views::LimitLine;

/// The limits under which notes of a file came, by note.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    by_item: BTreeMap<ItemId, Vec<Received>>,
}

impl Limits {
    /// Those of a file; a restricted one speaks of what the child's file holds as well.
    pub(crate) fn of(r: &Reader<'_>, family: &Family) -> Result<Self> {
        let mut by_item: BTreeMap<ItemId, Vec<Received>> = BTreeMap::new();
        for case in std::iter::once(family.case.id).chain(family.case.beside) {
            for one in received::of_case(r, case)? {
                for item in &one.record.items {
                    by_item.entry(*item).or_default().push(one.record.clone());
                }
            }
        }
        Ok(Self { by_item })
    }

    /// The limits that speak against a recipient's having a note on a day.
    pub(crate) fn against(
        &self,
        item: ItemId,
        family: &Family,
        recipient: &Recipient,
        on: Day,
    ) -> impl Iterator<Item = &Received> {
        let of_the_family = is_of(family, recipient);
        let all = self.by_item.get(&item).into_iter().flatten();
        all.filter(move |one| one.speaks_against((&recipient.name, &recipient.role), of_the_family, on))
    }
}

/// Whether a recipient may be somebody of the file.
pub(crate) fn is_of(family: &Family, recipient: &Recipient) -> bool {
    let both = format!("{} {}", recipient.name, recipient.role);
    let means = |text: &str| !meant(family.case.child, &family.people, &family.ties, text).is_empty();
    means(&recipient.name) || means(&recipient.role) || means(&both)
}

/// A limit as it is shown. Whoever may not be named is not.
pub(crate) fn line(one: &Received) -> LimitLine {
    let named = |text: &str| if one.named { text.to_owned() } else { String::new() };
    let SendersLimits { ask_first, not_to, until } = one.limits.clone();
    LimitLine {
        from: named(&one.from),
        from_role: named(&one.from_role),
        at: one.at,
        ask_first,
        not_to,
        until,
        family: one.family_may_know,
    }
}
