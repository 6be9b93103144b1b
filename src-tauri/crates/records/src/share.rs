//! A share as it goes its way: made, sent, acknowledged. Three things, and none of them says another (`practice.md` 3).
//!
//! Making the file tells nobody anything, so it is no disclosure yet: what left is recorded where a person says that it
//! is sent, under the same id. A share is recorded again at each step; the latest form counts, and what an earlier form
//! says never changes.

use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{Day, DecisionId, DisclosureId, ItemId, Manifest, Moment, Occurred, Route, SharedFile};

/// A share that was made from a signed decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Identifies it, and the disclosure that it becomes.
    pub id: DisclosureId,
    /// The decision on which it rests.
    pub decision: DecisionId,
    /// By which route it goes.
    pub route: Route,
    /// What went.
    pub manifest: Manifest,
    /// Files with the same content that took the place of the first, where its words were lost; the latest last.
    #[serde(default)]
    pub again: Vec<SharedFile>,
    /// Earlier shares of which this one says something otherwise: the page says to read it in their place (from
    /// version 2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<DisclosureId>,
    /// That a person sent it.
    #[serde(default)]
    pub sent: Option<ShareSent>,
    /// That somebody on the other side answered.
    #[serde(default)]
    pub acknowledged: Option<ShareAcknowledged>,
}

/// How a share was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareSent {
    /// When.
    pub at: Moment,
    /// How.
    pub how: String,
    /// The reference that they gave; may be empty.
    #[serde(default)]
    pub reference: String,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareAcknowledged {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// What they will do.
    pub will_do: String,
}

closed_set! {
    /// How far a share has come.
    ShareState in "snake_case" {
        /// The file is made. Nobody was told anything by it.
        Made = "made",
        /// A person said that it is sent.
        Sent = "sent",
        /// Somebody on the other side answered.
        Acknowledged = "acknowledged",
    }
}

impl Share {
    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> ShareState {
        match (&self.sent, &self.acknowledged) {
            (_, Some(_)) => ShareState::Acknowledged,
            (Some(_), None) => ShareState::Sent,
            (None, None) => ShareState::Made,
        }
    }

    /// Whether it is as it is when it was just made.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.again.is_empty() && self.sent.is_none() && self.acknowledged.is_none()
    }

    /// Whether this can be recorded as the next step of an earlier form: one step, and nothing said before is changed.
    #[must_use]
    pub fn follows(&self, before: &Self) -> bool {
        let same = self.id == before.id
            && self.decision == before.decision
            && self.route == before.route
            && self.manifest == before.manifest
            && self.replaces == before.replaces;
        let made_again = self.again.len() == before.again.len() + 1 && self.again.starts_with(&before.again);
        let sent = before.sent.is_none() && self.sent.is_some();
        let answered = before.acknowledged.is_none() && self.acknowledged.is_some();
        let kept = (made_again || self.again == before.again)
            && (sent || self.sent == before.sent)
            && (answered || self.acknowledged == before.acknowledged);
        // Nothing is answered that was not sent.
        let in_order = !answered || before.sent.is_some();
        same && kept && in_order && usize::from(made_again) + usize::from(sent) + usize::from(answered) == 1
    }

    /// The file that is to be sent: the latest that was made.
    #[must_use]
    pub fn file(&self) -> &SharedFile {
        self.again.last().unwrap_or(&self.manifest.file)
    }

    /// Whether an item went.
    #[must_use]
    pub fn holds(&self, item: ItemId) -> bool {
        self.manifest.holds(item)
    }
}

/// From how many days on what was seen or said is historic: to be looked at again before anybody relies on it.
pub const HISTORIC_AFTER: i64 = 365;

/// How many days ago something was seen or said, counted from the earliest day that it can have been; none where that is
/// not known.
#[must_use]
pub fn days_old(occurred: &Occurred, on: Day) -> Option<i64> {
    let then = match occurred {
        Occurred::Day { on } => on.0,
        Occurred::Moment { at } => at.day().0,
        Occurred::Month { year, month } => {
            chrono::NaiveDate::from_ymd_opt(i32::from(*year), u32::from(*month), 1)?
        }
        Occurred::Unknown { .. } => return None,
    };
    Some((on.0 - then).num_days().max(0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{EntryId, ManifestItem, Sha256};

    fn id<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
        "0192f0c1-2345-7abc-8def-000000000001".parse().unwrap()
    }

    fn made() -> Share {
        let item = ManifestItem { item: id(), entry: id::<EntryId>(), payload: Sha256([1; 32]) };
        Share {
            id: id(),
            decision: id(),
            route: Route::EncryptedFile,
            manifest: Manifest {
                items: vec![item],
                papers: Vec::new(),
                left_out: Vec::new(),
                file: SharedFile::of(b"first"),
            },
            again: Vec::new(),
            replaces: Vec::new(),
            sent: None,
            acknowledged: None,
        }
    }

    fn moment() -> Moment {
        Moment("2026-03-12T12:34:00+00:00".parse().unwrap())
    }

    fn sent(share: &Share) -> Share {
        let sent = ShareSent { at: moment(), how: "by e-mail".into(), reference: String::new() };
        Share { sent: Some(sent), ..share.clone() }
    }

    fn answered(share: &Share) -> Share {
        let by = ShareAcknowledged { at: moment(), by: "Pat Mockford".into(), will_do: "read it".into() };
        Share { acknowledged: Some(by), ..share.clone() }
    }

    fn again(share: &Share) -> Share {
        let mut next = share.clone();
        next.again.push(SharedFile::of(b"again"));
        next
    }

    #[test]
    fn a_share_is_made_then_sent_then_acknowledged_and_in_no_other_order() {
        let made = made();
        assert!(made.is_new() && made.state() == ShareState::Made);
        assert!(sent(&made).follows(&made) && answered(&sent(&made)).follows(&sent(&made)));
        assert!(!answered(&made).follows(&made), "nothing is answered that was not sent");
        assert!(!answered(&sent(&made)).follows(&made), "one step at a time");
        assert!(!made.follows(&made) && !made.follows(&sent(&made)), "nothing is taken back");
        assert_eq!(answered(&sent(&made)).state(), ShareState::Acknowledged);
        assert_eq!(sent(&made).state(), ShareState::Sent);
    }

    #[test]
    fn how_old_something_is_counts_from_the_earliest_day_that_it_can_have_been() {
        let day = |text: &str| Day(text.parse().unwrap());
        let old = |occurred: &Occurred| days_old(occurred, day("2026-03-12"));
        assert_eq!(old(&Occurred::Day { on: day("2026-03-12") }), Some(0));
        assert_eq!(old(&Occurred::Month { year: 2026, month: 2 }), Some(39));
        assert_eq!(old(&Occurred::Day { on: day("2026-04-01") }), Some(0), "a clock that stands behind");
        assert_eq!(old(&Occurred::Unknown { words: "before Christmas".into() }), None);
    }

    #[test]
    fn lost_words_make_another_file_of_the_same_share_and_change_nothing_else() {
        for share in [made(), sent(&made()), answered(&sent(&made()))] {
            let next = again(&share);
            assert!(next.follows(&share) && next.state() == share.state());
            assert_eq!(*next.file(), SharedFile::of(b"again"));
            assert_eq!(next.manifest.file, SharedFile::of(b"first"), "the first one is known too");
            let mut other = next.clone();
            other.replaces.push(id());
            assert!(!other.follows(&share), "nor what it takes the place of");
            let mut other = next.clone();
            other.manifest.items.clear();
            assert!(!other.follows(&share), "what went stays what went");
        }
    }
}
