//! What happens to the fictional families. Names are filled in: `{child}`, `{mother}`, `{father}`.
//!
//! Nobody here lives. The stories are kept plain: enough to see how a worry becomes a decision, each way that a
//! decision can go, and a history that an adviser would recognise.

mod others;
mod shared;

use sharewell_records::{AdviserResult, Duty, FlagKind, ItemSource, Mark, Route, Trigger};

use super::answering::Said;

/// Whom a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Child,
    Mother,
    Father,
    Carer,
}

/// One thing that happens.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// The file is opened, with the family in it.
    Open { reason: &'static str },
    /// A practitioner of another agency joins the file.
    Colleague { name: &'static str, agency: &'static str },
    /// A carer whose name and whereabouts are protected joins the file.
    ProtectedCarer { name: &'static str, address: &'static str },
    /// An information item.
    Item {
        mark: Mark,
        source: ItemSource,
        by: &'static str,
        about: Who,
        text: &'static str,
        label: &'static str,
    },
    /// The last item is corrected.
    Correct { text: &'static str, reason: &'static str },
    /// A safety flag.
    Flag { who: Who, kind: FlagKind, reason: &'static str },
    /// A guided decision, signed where `sign` says what was shared.
    Decide { trigger: Trigger, said: &'static [Said], sign: Option<Sign> },
    /// The last item is set apart into the restricted file of the last decision, and it is said whom that is about.
    SetApart { about: &'static str, post: &'static str },
    /// A duty of the last decision is closed.
    Settle { duty: Duty, note: &'static str },
    /// A duty of the last decision that was closed is opened again, and closed once it is done.
    Again { duty: Duty, note: &'static str },
    /// A visit at home, with what was seen, thought and said at it, and by whom.
    Visit { place: &'static str, lines: &'static [(Mark, &'static str, &'static str)] },
    /// The open duties are gone through and closed, save those named.
    TidyUp { keep: &'static [Duty] },
    /// What left, on the ground of the last decision.
    Disclose {
        recipient: &'static str,
        role: &'static str,
        route: Route,
        what: &'static str,
        why: &'static str,
    },
    /// Told at once; three numbers were rung.
    Emergency { told: &'static str, others: &'static str },
    /// The emergency is written up.
    WriteUp { account: &'static str, urgent: &'static str, explained: &'static str },
}

/// What is typed when a decision is signed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub reasons: &'static str,
    pub what: &'static str,
    pub recipient: Option<(&'static str, &'static str, &'static str)>,
}

/// A story: what happens, and after which share of its length in hundredths.
pub(super) struct Story {
    pub unborn: bool,
    pub youngest: i64,
    pub oldest: i64,
    pub stepfather: bool,
    pub ends_days_ago: i64,
    pub steps: Vec<(i64, Step)>,
}

/// The story of the family of this number; they come round in turn.
pub(super) fn of(number: u32) -> Story {
    match number % 8 {
        0 => shared::refusal_then_shared(),
        1 => shared::neglect(),
        2 => shared::early_help(),
        3 => others::request_without_purpose(),
        4 => others::emergency(),
        5 => others::not_shared_on_balance(),
        6 => others::unborn(),
        _ => others::protected_carer(),
    }
}

pub(super) fn fact(source: ItemSource, about: Who, label: &'static str, text: &'static str) -> Step {
    Step::Item { mark: Mark::Fact, source, by: "", about, text, label }
}

pub(super) fn opinion(about: Who, label: &'static str, text: &'static str) -> Step {
    Step::Item {
        mark: Mark::Opinion,
        source: ItemSource::Visit,
        by: "Nia Exampleton, health visitor",
        about,
        text,
        label,
    }
}

pub(super) fn reported(
    source: ItemSource,
    by: &'static str,
    about: Who,
    label: &'static str,
    text: &'static str,
) -> Step {
    Step::Item { mark: Mark::Reported, source, by, about, text, label }
}

/// An adviser who was reached, and agrees.
const AGREES: &str = AdviserResult::Agrees.word();

/// No danger, no harm; the usual gates are open.
pub(super) const GATES: [Said; 4] =
    [("danger", "no", ""), ("harm", "no", ""), ("others", "nobody", ""), ("duty", "none", "")];

/// The usual gates, and what the story says after them.
macro_rules! with_gates {
    ($($said:expr),* $(,)?) => {{
        const SAID: &[Said] = &[GATES[0], GATES[1], GATES[2], GATES[3], $($said),*];
        SAID
    }};
}

use with_gates;
