//! Condition 4: confirmed law binds, within its bounds; unconfirmed law never decides alone.

use sharewell_records::{Duty, OutcomeKind};

use super::Found;
use super::path::{Path, has, says};
use crate::{Ring, Tag};

/// From which engine on a duty to report is told apart from an order and a request.
const REPORTS: u32 = 5;

/// Condition 4 on a path.
///
/// A duty that is asked about only in the write-up changes nothing: the share stands already. A duty to report to the
/// police or to the council is never held for an exception or for fear of what may follow: who could be hurt is said in
/// that call (practice.md 9), and social care hear of it the same day. What may be held is what an order or a request
/// calls for.
pub(super) fn four(path: &Path<'_>, found: &mut Found) {
    let (kind, before) = (path.outcome.kind, path.before_advice());
    let confirmed = path.confirmed_duty();
    let excepted = says(before, Tag::DutyException, &["yes", "not_sure"]);
    let danger = says(before, Tag::ComplianceDanger, &["yes", "not_sure"]);
    let legal = path.same_day(Duty::LegalAdvice);

    if confirmed && !excepted {
        let bound = matches!(kind, OutcomeKind::MustShare | OutcomeKind::EmergencyShare);
        let waits = danger && kind == OutcomeKind::HoldAndSeekAdvice;
        let for_harm = path.harm() && kind.shares();
        if !(bound || waits || for_harm) {
            found.path(4, path, "a confirmed duty or valid order must lead to must-share");
        }
    }
    if confirmed && danger && !legal {
        found.path(4, path, "where complying could endanger anyone, legal advice is needed the same day");
    }
    if confirmed && kind == OutcomeKind::DoNotShare {
        found.path(4, path, "a confirmed duty or valid order ends in do-not-share");
    }
    if kind == OutcomeKind::MustShare {
        if !confirmed {
            found.path(4, path, "must-share rests on no confirmed duty or valid order");
        }
        let told = matches!(path.outcome.act.recipient, Some(Ring::Police | Ring::FrontDoor));
        let report = path.pack.engine >= REPORTS && told;
        if report && !path.same_day(Duty::ConsultFrontDoor) {
            found.path(4, path, "a duty to report leaves out social care, the same day");
        }
        if !report && !says(before, Tag::DutyException, &["no"]) {
            found.path(4, path, "must-share comes before the exceptions in the law were asked about");
        }
        if !report && !has(before, Tag::ComplianceDanger) {
            found.path(4, path, "must-share comes before asking whether complying could endanger anyone");
        }
        if !path.covered(Tag::HowMuch) {
            found.path(4, path, "must-share is not bounded by what the law requires");
        }
    }
    let mut deciding = path.outcome.deciding.iter().map(|step| path.pack.step_at(*step));
    let mut on_path =
        deciding.by_ref().filter(|step| before.iter().any(|stop| stop.step.id == step.id)).peekable();
    if on_path.peek().is_some() && on_path.all(|step| step.unconfirmed) {
        found.path(4, path, "unconfirmed law decides this outcome alone");
    }
}
