//! Whether a paper is safe to leave where somebody lives: who opens their post and their phone there, and what may be
//! left (practice 11, 12; issue 12 section 2).

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{Bound, Day, Door, FlagKind, LeavingId, PersonId};

closed_set! {
    /// Who sees what comes for somebody.
    WhoSees in "snake_case" {
        /// Nobody but they.
        Nobody = "nobody",
        /// Others at home open their post.
        Post = "post",
        /// Others look into their phone or messages.
        Phone = "phone",
        /// Others open both.
        Both = "both",
        /// It is not known.
        NotKnown = "not_known",
    }
}

closed_set! {
    /// What may be left with somebody, the least first.
    MayLeave in "snake_case" {
        /// Nothing at all: no paper and no message.
        Nothing = "nothing",
        /// It is said to them, and nothing is left on paper.
        Spoken = "spoken",
        /// A paper in neutral words, which tells nobody else anything.
        Neutral = "neutral",
        /// The paper as it is.
        AsItIs = "as_it_is",
    }
}

/// What somebody said of what may be left with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Leaving {
    /// Identifies what was said.
    pub id: LeavingId,
    /// Of whom.
    pub person: PersonId,
    /// Who sees what comes for them.
    pub sees: WhoSees,
    /// What may be left.
    pub may: MayLeave,
    /// Why.
    pub reason: String,
    /// The day on which they were asked.
    pub asked: Day,
}

/// How long what was said holds before it is asked again: three months.
const HOLDS_DAYS: i64 = 91;

/// What stands of leaving something with somebody today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeavingStands {
    /// They have to be asked first: nobody did, it is long ago, or their flags have changed since.
    Ask,
    /// A flag forbids it, whatever was said.
    Flagged(FlagKind),
    /// So much may be left.
    May(MayLeave),
}

impl Leaving {
    /// Whether what was said is too old to be relied on. What was said of a day to come, under a clock that was wrong, is
    /// asked again too.
    #[must_use]
    pub fn is_old(&self, today: Day) -> bool {
        let days = today.0.signed_duration_since(self.asked.0).num_days();
        !(0..=HOLDS_DAYS).contains(&days)
    }
}

/// What may be left with somebody today, by what they said last and by the flags that bind them or their home.
#[must_use]
pub fn leaving_stands(said: Option<&Leaving>, flags: &[FlagKind], today: Day) -> LeavingStands {
    // Who must not be told or met gets no slip; where nothing is to be posted, none is left at home either.
    let forbids = |kind: &&FlagKind| kind.binds(Door::Slip) == Bound::Refuse || **kind == FlagKind::DoNotPost;
    if let Some(flag) = flags.iter().find(forbids) {
        return LeavingStands::Flagged(*flag);
    }
    match said.filter(|said| !said.is_old(today)) {
        None => LeavingStands::Ask,
        Some(said) => LeavingStands::May(said.may),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        serde_json::from_value(text.into()).unwrap()
    }

    fn said(may: MayLeave) -> Leaving {
        Leaving {
            id: LeavingId(uuid::Uuid::nil()),
            person: PersonId(uuid::Uuid::nil()),
            sees: WhoSees::Nobody,
            may,
            reason: String::new(),
            asked: day("2026-03-01"),
        }
    }

    #[test]
    fn it_is_asked_once_and_again_when_it_is_old() {
        let today = day("2026-05-31");
        assert_eq!(leaving_stands(None, &[], today), LeavingStands::Ask);
        for may in MayLeave::ALL {
            assert_eq!(leaving_stands(Some(&said(may)), &[], today), LeavingStands::May(may));
            assert_eq!(leaving_stands(Some(&said(may)), &[], day("2026-06-01")), LeavingStands::Ask);
            assert_eq!(leaving_stands(Some(&said(may)), &[], day("2026-02-28")), LeavingStands::Ask);
        }
    }

    #[test]
    fn a_flag_binds_whatever_was_said_and_one_that_is_only_shown_does_not() {
        let (today, said) = (day("2026-03-02"), said(MayLeave::AsItIs));
        for kind in [FlagKind::DoNotTell, FlagKind::NoContact, FlagKind::DoNotPost] {
            let stands = leaving_stands(Some(&said), &[FlagKind::WorkerSafety, kind], today);
            assert_eq!(stands, LeavingStands::Flagged(kind));
            assert_eq!(leaving_stands(None, &[kind], today), LeavingStands::Flagged(kind));
        }
        for kind in [FlagKind::UnsafePhone, FlagKind::WorkerSafety, FlagKind::ProtectedIdentity] {
            assert_eq!(leaving_stands(Some(&said), &[kind], today), LeavingStands::May(MayLeave::AsItIs));
        }
    }
}
