//! Condition 4: confirmed law binds, within its bounds; unconfirmed law never decides alone.

use sharewell_records::{Duty, OutcomeKind};

use super::Found;
use super::path::{Path, REPORT, has, is_confirmed_duty, says};
use crate::Tag;

/// From which engine on social care hear of a duty to report the same day.
const REPORTS: u32 = 5;

/// Condition 4 on a path.
///
/// A duty that is asked about only in the write-up changes nothing: the share stands already. The legal hold is for
/// orders and for requests under a law. A duty to report to the police or the council is never held: it binds whoever
/// learned of it, no exception is weighed first, and no lawyer is waited for (practice.md 9). Who could be hurt by it is
/// said in that call, and social care hear of it the same day.
pub(super) fn four(path: &Path<'_>, found: &mut Found) {
    let (kind, before) = (path.outcome.kind, path.before_advice());
    let confirmed = path.confirmed_duty();
    let excepted = says(before, Tag::DutyException, &["yes", "not_sure"]);
    let danger = says(before, Tag::ComplianceDanger, &["yes", "not_sure"]);
    let legal = path.same_day(Duty::LegalAdvice);
    let report = before.iter().any(|stop| is_confirmed_duty(stop) && stop.means() == REPORT);
    if report && !matches!(kind, OutcomeKind::MustShare | OutcomeKind::EmergencyShare) && !path.harm() {
        found.path(4, path, "a duty to report is held");
    }

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
        if report && path.pack.engine >= REPORTS && !path.same_day(Duty::ConsultFrontDoor) {
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
