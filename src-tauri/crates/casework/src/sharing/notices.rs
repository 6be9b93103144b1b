//! Whoever has something that changed since is told: what was corrected, or taken out as recorded in error. A duty for
//! each thing that left with it, closed by the notice; and the duty to ask something back that went to the wrong person.
//!
//! No duty here speaks of telling somebody whom a flag keeps from it: then it says to ask first how that can be done.

use sharewell_records::{
    CaseId, DisclosureId, Door, Duty, Item, LogKind, LogState, Moment, Obligation, ObligationId, Payload,
    Route, WORKING_DAY_ENDS, london_day,
};
use sharewell_vault::{Reader, disclosures, obligations, sharing_log};
use uuid::Uuid;

use super::shares::reference;
use crate::error::Result;
use crate::people::Family;
use crate::words::Words;
use crate::{clock, store};

/// In how many days they are told.
const NOTICE_DAYS: i64 = 1;

const CORRECTED: &str = "corrected";
const UNSAFE: &str = "corrected_unsafe";
const RECALL: &str = "recall";

/// What is to be done about something that left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Tell whoever has it what changed.
    Corrected(DisclosureId),
    /// The same, where a flag keeps anything from whoever has it: ask first how.
    Unsafe(DisclosureId),
    /// Ask it back from whoever should not have it.
    Recall(DisclosureId),
}

impl Notice {
    /// What left.
    pub(crate) fn of(self) -> DisclosureId {
        match self {
            Self::Corrected(id) | Self::Unsafe(id) | Self::Recall(id) => id,
        }
    }

    pub(crate) fn key(self) -> String {
        let kind = match self {
            Self::Corrected(_) => CORRECTED,
            Self::Unsafe(_) => UNSAFE,
            Self::Recall(_) => RECALL,
        };
        format!("{kind}:{}", self.of())
    }

    const fn duty(self) -> Duty {
        match self {
            Self::Corrected(_) => Duty::TellLimits,
            Self::Unsafe(_) => Duty::Review,
            // It protects, like everything that is done about a breach.
            Self::Recall(_) => Duty::ProtectAfterBreach,
        }
    }

    /// It as a duty of a file.
    pub(crate) fn payload(self, now: Moment) -> Payload {
        let due = match self {
            Self::Recall(_) => now,
            Self::Corrected(_) | Self::Unsafe(_) => {
                clock::at(clock::days_after(london_day(now), NOTICE_DAYS), WORKING_DAY_ENDS)
            }
        };
        let obligation = Obligation {
            id: ObligationId(store::new_id(now)),
            decision: None,
            emergency: None,
            duty: self.duty(),
            key: self.key(),
            person: None,
            due: Some(due),
            settled: None,
        };
        Payload::ObligationAdded { obligation }
    }

    /// What it says, and a second line. On a page that somebody may glance at it names nobody.
    pub(crate) fn words(self, r: &Reader<'_>, veiled: bool, words: &Words) -> Result<(String, String)> {
        let said = &words.account;
        if veiled {
            return Ok((said.due_veiled.clone(), String::new()));
        }
        let line = sharing_log::get(r, self.of().0)?;
        let left = disclosures::find(r, self.of())?;
        let who = left.map(|one| one.record.recipient).unwrap_or_default();
        let day = words.day(london_day(line.at));
        let values = [("recipient", who.as_str()), ("day", &day), ("reference", &reference(self.of()))];
        Ok(match self {
            Self::Corrected(_) => (said.due.fill(&values), said.due_hint.clone()),
            Self::Unsafe(_) => (said.due_unsafe.fill(&values), said.due_unsafe_hint.clone()),
            Self::Recall(_) => (said.due_recall.fill(&values), said.due_recall_hint.clone()),
        })
    }
}

/// What a duty's key says is to be done about something that left; none where it is about something else.
pub(crate) fn notice_of(key: &str) -> Option<Notice> {
    let (kind, id) = key.split_once(':')?;
    let id = id.parse().ok()?;
    match kind {
        CORRECTED => Some(Notice::Corrected(id)),
        UNSAFE => Some(Notice::Unsafe(id)),
        RECALL => Some(Notice::Recall(id)),
        _ => None,
    }
}

/// Whether a note says something else than before: what whoever has it would read.
pub(crate) fn reads_otherwise(before: &Item, after: &Item) -> bool {
    let read = |item: &Item| {
        (item.mark, item.text.clone(), item.by.clone(), item.occurred.clone(), item.visit.clone())
    };
    read(before) != read(after)
}

/// The duties to tell everybody who has one of these notes or papers, each in the file of what left. A duty that is open
/// covers every change until it is done.
pub(crate) fn after_change(
    r: &Reader<'_>,
    things: impl IntoIterator<Item = Uuid>,
    now: Moment,
) -> Result<Vec<(Option<CaseId>, Payload)>> {
    let mut all = Vec::new();
    let mut seen: Vec<DisclosureId> = Vec::new();
    for thing in things {
        for id in sharing_log::carried(r, thing)? {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            // Set apart and stated nowhere, there is no line of it any more.
            let Ok(line) = sharing_log::get(r, id.0) else { continue };
            // Nobody has what was only made.
            if line.kind != LogKind::Left || line.state == LogState::Made {
                continue;
            }
            let notice = notice_for(r, id, line.case)?;
            let open = match line.case {
                Some(case) => obligations::of_case(r, case)?
                    .iter()
                    .any(|row| row.settled.is_none() && row.obligation.key == notice.key()),
                None => false,
            };
            if !open {
                all.push((line.case, notice.payload(now)));
            }
        }
    }
    Ok(all)
}

/// Telling whoever has it; or asking how, where a flag keeps anything from them.
fn notice_for(r: &Reader<'_>, id: DisclosureId, case: Option<CaseId>) -> Result<Notice> {
    let (Some(left), Some(case)) = (disclosures::find(r, id)?, case) else {
        return Ok(Notice::Corrected(id));
    };
    let family = Family::of(r, case)?;
    let safe = is_safe(&family, (&left.record.recipient, &left.record.recipient_role), left.record.route);
    Ok(if safe { Notice::Corrected(id) } else { Notice::Unsafe(id) })
}

/// Whether no flag keeps anything from whoever received something, by the way in which they did.
pub(crate) fn is_safe(family: &Family, (who, post): (&str, &str), route: Route) -> bool {
    family.may_receive_at(Door::Share, who, post).is_ok() && !family.forbids_to_reach(who, post, Some(route))
}
