//! How far a statement has come: drafted, with the data protection officer, answered.

use sharewell_records::{
    CaseId, Moment, OfficerAnswer, OfficerSaid, Payload, Settlement, Statement, StatementId, StatementLine,
    StatementSent,
};
use sharewell_vault::{Reader, Recorded, Vault, ledger, statements as stored};

use super::review::{Review, file};
use crate::error::{Error, Problem, Result};
use crate::flagged;
use crate::input::Form;
use crate::people::Family;
use crate::sharing::statements_due;
use crate::views::{
    OfficerAnswerInput, StatementLineView, StatementRow, StatementSentInput, StatementView, StatementsView,
};
use crate::words::Words;
use crate::{language, store};

/// A statement with the file in which it stands.
pub(super) fn found(r: &Reader<'_>, id: StatementId) -> Result<(Recorded<Statement>, CaseId)> {
    let one = stored::get(r, id)?;
    let case = ledger::get(r, one.entry)?.header.case.ok_or(Error::Stored { what: "statement" })?;
    Ok((one, case))
}

/// The statements of a file, the latest first.
///
/// # Errors
/// [`Error::Vault`] where there is no such file; [`Error::NotFound`] where it is none of a child.
pub fn statements(vault: &Vault, case: CaseId) -> Result<StatementsView> {
    store::read(vault, |r| {
        let family = file(r, case)?;
        let rows = stored::of_case(r, case)?.into_iter().map(|one| {
            let it = one.record;
            StatementRow {
                id: it.id,
                about: family.person(it.about).map(|about| about.name.clone()).unwrap_or_default(),
                state: it.state(),
                asker: it.asker.name,
                asked: it.asked,
                at: one.recorded_at,
            }
        });
        Ok(StatementsView { case, child: family.child_name(), rows: rows.collect() })
    })
}

/// A statement, with whether it still holds.
///
/// # Errors
/// [`Error::Vault`] where there is none.
pub fn statement(vault: &Vault, id: StatementId, now: Moment) -> Result<StatementView> {
    store::read(vault, |r| {
        let (one, case) = found(r, id)?;
        let family = file(r, case)?;
        let it = one.record;
        let changed = has_changed(r, &family, &it, now)?;
        let later = stored::of_case(r, case)?.into_iter().find(|other| other.record.instead_of == Some(id));
        Ok(StatementView {
            now,
            id,
            case,
            child: family.child_name(),
            flags: flagged::lines(&family),
            about_id: it.about,
            about: family.person(it.about).map(|about| about.name.clone()).unwrap_or_default(),
            state: it.state(),
            recorded_at: one.recorded_at,
            lines: it.lines.into_iter().map(line).collect(),
            asker: it.asker,
            asked: it.asked,
            record: it.record,
            entitlement: it.entitlement,
            sent: it.sent,
            answered: it.answered,
            changed,
            replaced_by: later.map(|one| one.record.id),
        })
    })
}

fn line(one: StatementLine) -> StatementLineView {
    let StatementLine { said, goes, words, binds, test, reason, .. } = one;
    StatementLineView { said, goes, words, binds, test, reason }
}

/// Whether something that goes is not as it was when it was reviewed: it stands in this file no more, reads otherwise,
/// gives somebody away who is protected by now, or is bound by what did not bind it then.
pub(super) fn has_changed(r: &Reader<'_>, family: &Family, of: &Statement, now: Moment) -> Result<bool> {
    let review = match Review::of(r, family, (of.about, &of.asker), now) {
        Ok(review) => review,
        // Whom it is about stands in the file no more.
        Err(Error::NotFound { .. }) => return Ok(true),
        Err(other) => return Err(other),
    };
    let today = review.lines(r)?;
    Ok(of.lines.iter().any(|line| {
        let Some(going) = line.going() else { return false };
        let same = today.iter().find(|one| one.id == line.line);
        let holds = same.is_some_and(|one| {
            one.said == line.said && one.binds.iter().all(|bind| line.binds.contains(bind))
        });
        !holds || review.names_protected(going)
    }))
}

/// Writes down that the draft went to the data protection officer.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be; [`Error::AlreadySettled`] where it went already.
pub fn statement_sent(
    vault: &mut Vault,
    id: StatementId,
    typed: &StatementSentInput,
    now: Moment,
) -> Result<()> {
    let (one, case) = store::read(vault, |r| found(r, id))?;
    if one.record.sent.is_some() {
        return Err(Error::AlreadySettled);
    }
    let mut form = Form::of_past_days(vault, now)?;
    let at = form.left("when", typed.when.as_ref(), now);
    // Nothing goes anywhere before it is there.
    form.fault_if(at.is_some_and(|at| at < whole_minute(one.recorded_at)), "when.day", Problem::BadDate);
    let officer = form.required_name("officer", &typed.officer);
    let theirs = officer.eq_ignore_ascii_case(one.record.asker.name.trim()) && !officer.is_empty();
    form.fault_if(theirs, "officer", Problem::NotAnOption);
    let how = form.required("how", &typed.how);
    let sent = form.end(|| Some(StatementSent { at: at?, officer, how }))?;
    let next = Statement { sent: Some(sent), ..one.record };
    step(vault, case, one.entry, next, now)
}

/// Writes down what the data protection officer answered.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be; [`Error::NotFound`] where it did not go to them,
/// [`Error::AlreadySettled`] where it was answered.
pub fn statement_answered(
    vault: &mut Vault,
    id: StatementId,
    typed: &OfficerAnswerInput,
    now: Moment,
) -> Result<()> {
    let (one, case) = store::read(vault, |r| found(r, id))?;
    let sent = one.record.sent.as_ref().ok_or(Error::NotFound { what: "statement" })?.at;
    if one.record.answered.is_some() {
        return Err(Error::AlreadySettled);
    }
    let mut form = Form::of_past_days(vault, now)?;
    let at = form.left("when", typed.when.as_ref(), now);
    form.fault_if(at.is_some_and(|at| at < sent), "when.day", Problem::BadDate);
    let by = form.required_name("by", &typed.by);
    let said = form.chosen("said", typed.said);
    let words = match said {
        Some(OfficerSaid::Changed | OfficerSaid::Refused) => form.required("words", &typed.words),
        Some(OfficerSaid::Released) | None => form.text("words", &typed.words),
    };
    let answer = form.end(|| Some(OfficerAnswer { at: at?, by, said: said?, words }))?;
    // What the officer wants otherwise is still to be drafted.
    let ends = answer.said != OfficerSaid::Changed;
    let words = Words::of(store::read(vault, language::of)?);
    let note = words
        .statement
        .event_answered
        .fill(&[("answer", words.statement.officer.of(answer.said)), ("moment", &words.moment(answer.at))]);
    let duty = store::read(vault, |r| statements_due::open(r, case, id))?.filter(|_| ends);
    let next = Statement { answered: Some(answer), ..one.record };
    store::write(vault, now, |w| {
        let said = Payload::StatementRecorded { statement: Box::new(next) };
        let answered = w.append(Some(case), &said, &[one.entry])?;
        if let Some(row) = duty {
            let settlement = Settlement::Done { note };
            let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
            w.append(row.case, &settled, &[row.entry, answered.id])?;
        }
        Ok(())
    })
}

/// What is typed has no seconds: a draft of the same minute was there.
fn whole_minute(at: Moment) -> Moment {
    use chrono::Timelike as _;
    Moment(at.0.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at.0))
}

fn step(
    vault: &mut Vault,
    case: CaseId,
    before: sharewell_records::EntryId,
    next: Statement,
    now: Moment,
) -> Result<()> {
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::StatementRecorded { statement: Box::new(next) }, &[before])?;
        Ok(())
    })
}
