//! The sharing log: a line for everything that left, was refused or came in, and how far each has come.
//!
//! A line follows from entries alone, one step at a time; the fold in memory and the vault's table take the same steps.
//! That something is overdue hangs on the day on which it is read, and is no state.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::words::closed_set;
use crate::{Became, CaseId, DecisionId, Moment, OutcomeKind, Payload, ShareState, folded_words};

closed_set! {
    /// What a line of the log is about.
    LogKind in "snake_case" {
        /// Something left, or was made to leave.
        Left = "left",
        /// It was decided that nothing leaves.
        Refused = "refused",
        /// Something was told to us.
        Received = "received",
    }
}

closed_set! {
    /// How far it has come.
    LogState in "snake_case" {
        /// The file is made. Nobody was told anything by it.
        Made = "made",
        /// It was sent.
        Sent = "sent",
        /// It arrived: somebody was told, or that it came is known.
        Delivered = "delivered",
        /// Somebody on the other side answered.
        Acknowledged = "acknowledged",
        /// It came back, or did not arrive.
        Returned = "returned",
        /// It went to the wrong person. That stays so, whatever comes of it.
        Astray = "astray",
        /// Nothing left.
        Refused = "refused",
        /// It came in.
        Received = "received",
        /// It was written down as come in by mistake.
        Withdrawn = "withdrawn",
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// What left, the decision that refused, or what came in.
    pub id: Uuid,
    /// Which of the three.
    pub kind: LogKind,
    /// The file.
    pub case: Option<CaseId>,
    /// The decision on which it rests.
    pub decision: Option<DecisionId>,
    /// When it happened.
    pub at: Moment,
    /// How far it has come.
    pub state: LogState,
    /// The words by which the other side is found, folded, each once and in their order. Whoever may not be named has
    /// none.
    pub party: Vec<String>,
}

fn party<const N: usize>(said: [&str; N]) -> Vec<String> {
    let words: BTreeSet<String> = said.into_iter().flat_map(folded_words).collect();
    words.into_iter().collect()
}

impl LogState {
    /// How far something has come once this became of it.
    #[must_use]
    pub fn after(self, became: &Became) -> Self {
        let on_its_way = matches!(self, Self::Made | Self::Sent | Self::Returned);
        let left = on_its_way || matches!(self, Self::Delivered | Self::Acknowledged);
        match became {
            Became::WrongPerson { .. } if left => Self::Astray,
            Became::Delivered { .. } if on_its_way => Self::Delivered,
            Became::Returned { .. } if left => Self::Returned,
            Became::Answered { .. } if left => Self::Acknowledged,
            Became::WrongPerson { .. }
            | Became::Delivered { .. }
            | Became::Returned { .. }
            | Became::Answered { .. }
            | Became::Recalled { .. }
            | Became::NoticeSent { .. }
            | Became::NoticeAnswered { .. } => self,
        }
    }
}

impl Payload {
    /// The lines of the log that an entry writes or changes.
    #[must_use]
    pub fn logs(&self) -> Vec<Uuid> {
        match self {
            Self::DisclosureRecorded { disclosure } => vec![disclosure.id.0],
            Self::ShareRecorded { share } => vec![share.id.0],
            Self::DecisionSigned { decision } if decision.decided == OutcomeKind::DoNotShare => {
                vec![decision.id.0]
            }
            Self::ReceivedRecorded { received } | Self::ReceivedAmended { received, .. } => {
                vec![received.id.0]
            }
            Self::ReceivedWithdrawn { id, .. } => vec![id.0],
            Self::AccountNoted { note } => note.of.iter().map(|one| one.0).collect(),
            _ => Vec::new(),
        }
    }

    /// A line of the log once this entry is taken; none where there is no such line. `before`: as it stood, `case` and
    /// `recorded`: the file in which the entry stands, and when it was written.
    #[must_use]
    pub fn logged(&self, before: Option<LogLine>, case: Option<CaseId>, recorded: Moment) -> Option<LogLine> {
        // What was recorded first says in which file a line stands.
        let case = before.as_ref().map_or(case, |one| one.case);
        match self {
            Self::DisclosureRecorded { disclosure: it } => Some(LogLine {
                id: it.id.0,
                kind: LogKind::Left,
                case,
                decision: it.decision,
                at: it.at,
                state: match before.map(|one| one.state) {
                    None | Some(LogState::Made) if it.route.is_spoken() => LogState::Delivered,
                    None | Some(LogState::Made) => LogState::Sent,
                    Some(state) => state,
                },
                party: party([&it.recipient, &it.recipient_role]),
            }),
            Self::ShareRecorded { share } => {
                let state = match share.state() {
                    ShareState::Made => LogState::Made,
                    ShareState::Sent => LogState::Sent,
                    ShareState::Acknowledged => LogState::Acknowledged,
                };
                Some(match before {
                    None => LogLine {
                        id: share.id.0,
                        kind: LogKind::Left,
                        case,
                        decision: Some(share.decision),
                        at: recorded,
                        state,
                        party: Vec::new(),
                    },
                    // A step goes on; what was said of it meanwhile is not taken back.
                    Some(line) => LogLine { state: further(line.state, state), ..line },
                })
            }
            Self::DecisionSigned { decision } => Some(LogLine {
                id: decision.id.0,
                kind: LogKind::Refused,
                case,
                decision: Some(decision.id),
                at: recorded,
                state: LogState::Refused,
                party: party([&decision.recipient.name, &decision.recipient.role]),
            }),
            Self::ReceivedRecorded { received: it } | Self::ReceivedAmended { received: it, .. } => {
                Some(LogLine {
                    id: it.id.0,
                    kind: LogKind::Received,
                    case,
                    decision: None,
                    at: it.at,
                    state: LogState::Received,
                    party: if it.named { party([&it.from, &it.from_role]) } else { Vec::new() },
                })
            }
            Self::ReceivedWithdrawn { .. } => {
                before.map(|line| LogLine { state: LogState::Withdrawn, ..line })
            }
            Self::AccountNoted { note } => {
                before.map(|line| LogLine { state: line.state.after(&note.became), ..line })
            }
            _ => before,
        }
    }

    /// The notes and the papers that left by what an entry records, and its id; none where nothing was chosen one by one.
    #[must_use]
    pub fn carries(&self) -> Option<(Uuid, Vec<Uuid>)> {
        match self {
            Self::DisclosureRecorded { disclosure: it } => {
                let items = it.extent.as_ref()?.leaving().map(|one| one.item.0);
                Some((it.id.0, items.collect()))
            }
            Self::ShareRecorded { share } => {
                let items = share.manifest.items.iter().map(|one| one.item.0);
                let papers = share.manifest.papers.iter().map(|one| one.paper.0);
                Some((share.id.0, items.chain(papers).collect()))
            }
            _ => None,
        }
    }
}

/// The state of a line where a share says that it has come so far.
fn further(line: LogState, share: LogState) -> LogState {
    match line {
        LogState::Made => share,
        LogState::Sent if share == LogState::Acknowledged => share,
        LogState::Delivered if share == LogState::Acknowledged => share,
        LogState::Sent
        | LogState::Delivered
        | LogState::Acknowledged
        | LogState::Returned
        | LogState::Astray
        | LogState::Refused
        | LogState::Received
        | LogState::Withdrawn => line,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{MayBe, PurposeMet};

    fn at() -> Moment {
        Moment("2026-03-12T09:00:00+00:00".parse().unwrap())
    }

    #[test]
    fn what_went_astray_stays_so_whatever_comes_of_it() {
        let wrong = Became::WrongPerson { who: "Kim".into(), danger: MayBe::No, aware: at() };
        let answered = Became::Answered { by: "Bo".into(), reply: "Yes".into(), purpose: PurposeMet::Met };
        for state in [LogState::Made, LogState::Sent, LogState::Delivered, LogState::Acknowledged] {
            assert_eq!(state.after(&wrong), LogState::Astray);
        }
        assert_eq!(LogState::Astray.after(&answered), LogState::Astray);
        assert_eq!(LogState::Astray.after(&Became::Delivered { how: "seen".into() }), LogState::Astray);
    }

    #[test]
    fn what_came_in_and_what_was_refused_never_leaves() {
        let events = [
            Became::Delivered { how: "seen".into() },
            Became::Returned { why: "gone away".into() },
            Became::WrongPerson { who: String::new(), danger: MayBe::Yes, aware: at() },
            Became::Answered { by: "Bo".into(), reply: String::new(), purpose: PurposeMet::NotMet },
        ];
        for state in [LogState::Refused, LogState::Received, LogState::Withdrawn] {
            assert!(events.iter().all(|became| state.after(became) == state));
        }
    }

    #[test]
    fn told_sent_arrived_and_answered_are_apart() {
        let delivered = Became::Delivered { how: "signed for".into() };
        let returned = Became::Returned { why: "moved".into() };
        assert_eq!(LogState::Sent.after(&delivered), LogState::Delivered);
        assert_eq!(LogState::Acknowledged.after(&delivered), LogState::Acknowledged, "nothing is taken back");
        assert_eq!(LogState::Delivered.after(&returned), LogState::Returned, "it was left next door");
        assert_eq!(LogState::Returned.after(&delivered), LogState::Delivered);
    }
}
