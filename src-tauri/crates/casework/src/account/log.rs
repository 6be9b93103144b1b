//! The sharing log, a page at a time: over all files or of one, with whom, in which state and how far back.
//!
//! A line of a restricted file says outside it no more than that there is one, and is not found by a name. Whoever gave
//! us something and may not be named stands nowhere in it (`practice.md` 23).

use sharewell_records::{
    AccountNote, Became, CaseId, DecisionId, DisclosureId, Duty, Extent, LogKind, LogLine, LogState, Moment,
    ReceivedId, folded_words, london_day,
};
use sharewell_vault::sharing_log::{self, Asked};
use sharewell_vault::{
    Reader, Recorded, Vault, accounts, decisions, disclosures, obligations, received, shares,
};
use uuid::Uuid;

use super::corrected::{can_be_corrected, corrections};
use crate::error::{Error, Result};
use crate::people::child_name_of;
use crate::sharing::limits;
use crate::sharing::notices::notice_of;
use crate::sharing::shares::reference;
use crate::views::{AccountEvent, AccountLine, LogAsk, LogFile, LogRow, LogShow, LogSpan, LogView};
use crate::{clock, restricted, store};

/// How many lines a page shows.
const LINES: usize = 50;

/// A page of the log.
///
/// # Errors
/// [`Error::Vault`] where there is no such file or line.
pub fn sharing_log(vault: &Vault, ask: &LogAsk, now: Moment) -> Result<LogView> {
    let after: Option<Uuid> = match &ask.after {
        Some(id) => Some(id.parse().map_err(|_| Error::NotFound { what: "line" })?),
        None => None,
    };
    let words: Vec<String> = folded_words(&ask.with).collect();
    store::read(vault, |r| {
        let file = ask.case.map(|case| file(r, case)).transpose()?;
        let asked = Asked {
            case: ask.case,
            words: &words,
            state: state(ask.show),
            overdue: (ask.show == LogShow::Overdue).then_some(now),
            from: since(ask.span, now),
            before: None,
            // Somebody's name finds no line that may not show it.
            without_restricted: ask.case.is_none() && !words.is_empty(),
        };
        let mut found = sharing_log::page(r, &asked, after, LINES + 1)?;
        let more = found.len() > LINES;
        found.truncate(LINES);
        let open = ask.case.is_some();
        let lines = found.into_iter().map(|line| row(r, line, open, now)).collect::<Result<_>>()?;
        Ok(LogView { now, file, lines, more })
    })
}

/// The file of a line. What left stays in the log where the copy of its file was removed.
fn file(r: &Reader<'_>, case: CaseId) -> Result<LogFile> {
    let (child, gone) = match child_name_of(r, case) {
        Err(Error::Vault(sharewell_vault::Error::NoSuch { .. })) => (String::new(), true),
        child => (child?, false),
    };
    Ok(LogFile { case, child, restricted: restricted::number(r, case)?, gone })
}

fn state(show: LogShow) -> Option<LogState> {
    match show {
        LogShow::All | LogShow::Overdue => None,
        LogShow::Made => Some(LogState::Made),
        LogShow::Sent => Some(LogState::Sent),
        LogShow::Delivered => Some(LogState::Delivered),
        LogShow::Acknowledged => Some(LogState::Acknowledged),
        LogShow::Returned => Some(LogState::Returned),
        LogShow::Astray => Some(LogState::Astray),
        LogShow::Refused => Some(LogState::Refused),
        LogShow::Received => Some(LogState::Received),
    }
}

fn since(span: LogSpan, now: Moment) -> Option<Moment> {
    let days = match span {
        LogSpan::All => return None,
        LogSpan::Week => 7,
        LogSpan::Month => 30,
        LogSpan::Year => 366,
    };
    Some(clock::at(clock::days_after(london_day(now), -days), chrono::NaiveTime::MIN))
}

/// A line as it is shown. `open`: whether its file is the one that is looked at.
pub(super) fn row(r: &Reader<'_>, line: LogLine, open: bool, now: Moment) -> Result<LogRow> {
    let file = line.case.map(|case| file(r, case)).transpose()?;
    let veiled = !open && file.as_ref().is_some_and(|file| file.restricted.is_some());
    let file = file.map(|file| if veiled { LogFile { child: String::new(), ..file } } else { file });
    let mut row = LogRow {
        id: line.id.to_string(),
        kind: line.kind,
        state: line.state,
        file,
        veiled,
        who: String::new(),
        role: String::new(),
        named: true,
        went: None,
        notes: None,
        why: String::new(),
        ground: None,
        route: None,
        reference: String::new(),
        at: line.at,
        recorded_at: None,
        decision: None,
        chase: None,
        chase_duty: None,
        overdue: false,
        account: Vec::new(),
        limit: None,
        corrections: Vec::new(),
        can_correct: open && can_be_corrected(line.kind, line.state),
        notices: Vec::new(),
        can_go_on: false,
    };
    if veiled {
        return Ok(row);
    }
    match line.kind {
        LogKind::Left => left(r, &line, open, &mut row, now)?,
        LogKind::Refused => {
            if let Some(id) = line.decision {
                let signed = decisions::get(r, id)?;
                row.recorded_at = Some(signed.recorded_at);
                rests_on(r, id, open, &mut row)?;
            }
        }
        LogKind::Received => {
            let one = received::get(r, ReceivedId(line.id))?;
            row.recorded_at = Some(one.recorded_at);
            let it = one.record;
            row.named = it.named;
            if it.named {
                (row.who, row.role) = (it.from.clone(), it.from_role.clone());
            }
            row.route = Some(it.route);
            row.notes = Some(store::small(it.items.len() as u64));
            row.limit = Some(limits::line(&it));
            if open {
                row.corrections = corrections(r, &it)?;
                row.why = it.support;
            }
        }
    }
    Ok(row)
}

fn left(r: &Reader<'_>, line: &LogLine, open: bool, row: &mut LogRow, now: Moment) -> Result<()> {
    let id = DisclosureId(line.id);
    if let Some(decision) = line.decision {
        rests_on(r, decision, open, row)?;
        chase(r, decision, row, now)?;
    }
    if let Some(share) = share_of(r, id)? {
        row.reference = reference(id);
        row.notes = Some(store::small(share.record.manifest.items.len() as u64));
        row.route = Some(share.record.route);
        row.recorded_at = Some(share.recorded_at);
    }
    if let Some(one) = disclosures::find(r, id)? {
        let it = one.record;
        (row.who, row.role) = (it.recipient, it.recipient_role);
        row.went = it.extent.as_ref().map(Extent::count);
        row.route = Some(it.route);
        row.recorded_at = Some(one.recorded_at);
        if open {
            row.why = it.why;
        }
    }
    row.account = accounts::of_disclosure(r, id)?.into_iter().map(told).collect();
    if let Some(case) = line.case {
        let open = obligations::of_case(r, case)?.into_iter().filter(|row| row.settled.is_none());
        let about = open.filter(|row| notice_of(&row.obligation.key).is_some_and(|one| one.of() == id));
        row.notices = about.map(|row| row.obligation.id).collect();
    }
    let gone = row.file.as_ref().is_some_and(|file| file.gone);
    row.can_go_on = line.state != LogState::Made && !gone;
    Ok(())
}

/// The share that a line is of, where it was made into a file.
pub(super) fn share_of(
    r: &Reader<'_>,
    id: DisclosureId,
) -> Result<Option<Recorded<sharewell_records::Share>>> {
    match shares::get(r, id) {
        Ok(share) => Ok(Some(share)),
        Err(sharewell_vault::Error::NoSuch { .. }) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// What the decision says of a line that rests on it.
fn rests_on(r: &Reader<'_>, id: DecisionId, open: bool, row: &mut LogRow) -> Result<()> {
    let decision = match decisions::get(r, id) {
        Ok(signed) => signed.record,
        // Disposed of since: the line says what it says by itself.
        Err(sharewell_vault::Error::NoSuch { .. }) => return Ok(()),
        Err(other) => return Err(other.into()),
    };
    row.decision = Some(id);
    row.ground = Some(decision.decided);
    (row.who, row.role) = (decision.recipient.name, decision.recipient.role);
    if open {
        row.why = decision.reasons;
    }
    Ok(())
}

/// By when an answer is chased. The duty stands on the page of what is to be done; here it is led to.
fn chase(r: &Reader<'_>, id: DecisionId, row: &mut LogRow, now: Moment) -> Result<()> {
    let waits = matches!(row.state, LogState::Sent | LogState::Delivered | LogState::Returned);
    let duties = obligations::of_decision(r, id)?;
    let chase = duties.iter().find(|one| one.obligation.duty == Duty::Escalate && one.settled.is_none());
    if let Some(chase) = chase.filter(|_| waits) {
        row.chase = chase.obligation.due;
        row.chase_duty = Some(chase.obligation.id);
        row.overdue = chase.obligation.due.is_some_and(|due| due < now);
    }
    Ok(())
}

/// What became of something, as a line.
fn told(one: Recorded<AccountNote>) -> AccountLine {
    let note = one.record;
    let line = |event, by: String, words: String| AccountLine {
        at: note.at,
        event,
        by,
        words,
        purpose: None,
        came: None,
    };
    match note.became {
        Became::Delivered { how } => line(AccountEvent::Delivered, String::new(), how),
        Became::Returned { why } => line(AccountEvent::Returned, String::new(), why),
        Became::Answered { by, reply, purpose } => {
            AccountLine { purpose: Some(purpose), ..line(AccountEvent::Answered, by, reply) }
        }
        Became::WrongPerson { who, .. } => line(AccountEvent::WrongPerson, who, String::new()),
        Became::Recalled { came, words } => {
            AccountLine { came: Some(came), ..line(AccountEvent::Recalled, String::new(), words) }
        }
        Became::NoticeSent { how, .. } => line(AccountEvent::NoticeSent, String::new(), how),
        Became::NoticeAnswered { by, reply, .. } => line(AccountEvent::NoticeAnswered, by, reply),
    }
}
