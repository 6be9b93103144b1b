//! Reviewing the lines of a file's log for somebody who asks, and drafting the statement.

use sharewell_records::{
    AbleToDecide, CaseId, CutTest, Entitlement, LineGoes, LineLacks, Moment, Nation, Payload, Settlement,
    Statement, StatementAsker, StatementId, StatementLine, answer_by,
};
use sharewell_vault::{Reader, Vault, statements};

use super::review::{Line, Review, file};
use crate::consent::stands_to;
use crate::error::{Error, Problem, Result};
use crate::input::{self, Form};
use crate::people::Family;
use crate::sharing::statements_due;
use crate::views::{ReviewLine, StatementAsk, StatementInput, StatementLineInput, StatementReview};
use crate::words::Words;
use crate::{clock, language, store};

/// Every line of the log of a file for somebody who asks, with what keeps each from going by a tick alone.
///
/// # Errors
/// [`Error::Vault`] where there is no such file; [`Error::NotFound`] where it is none of a child, or the person does not
/// stand in it; [`Error::Fields`] for a day that is none.
pub fn review_statement(
    vault: &Vault,
    case: CaseId,
    ask: &StatementAsk,
    now: Moment,
) -> Result<StatementReview> {
    let asked = input::day(&ask.asked, now, "asked")?;
    store::read(vault, |r| {
        let family = file(r, case)?;
        let asker = asker(&family, ask.asker, &ask.asker_name);
        let review = Review::of(r, &family, (ask.about, &asker), now)?;
        let before = match ask.instead_of {
            Some(id) => lines_of(r, case, id)?,
            None => Vec::new(),
        };
        let own = asker.person == Some(ask.about);
        let today = clock::day_of(now);
        let (stands_as, responsibility) = match asker.person {
            Some(person) => stands_to(&family, person, ask.about, today),
            None => (None, None),
        };
        Ok(StatementReview {
            stands_as,
            responsibility,
            own,
            flagged: review.flagged(),
            month: asked.and_then(answer_by),
            tests: CutTest::ALL.into_iter().filter(|test| test.is_there(family.case.nation, own)).collect(),
            lines: review.lines(r)?.into_iter().map(|line| shown(line, &before)).collect(),
        })
    })
}

/// Who asks: somebody of the file goes by the name that they have there.
fn asker(family: &Family, person: Option<sharewell_records::PersonId>, name: &str) -> StatementAsker {
    let known = person.and_then(|id| family.person(id));
    StatementAsker {
        person: known.map(|one| one.id),
        name: known.map_or_else(|| name.trim().to_owned(), |one| one.name.clone()),
        checked: String::new(),
    }
}

/// The lines of an earlier draft in the same file.
fn lines_of(r: &Reader<'_>, case: CaseId, id: StatementId) -> Result<Vec<StatementLine>> {
    let found = statements::of_case(r, case)?.into_iter().find(|one| one.record.id == id);
    Ok(found.ok_or(Error::NotFound { what: "statement" })?.record.lines)
}

/// A line with what an earlier draft had for it, where the log says the same of it.
fn shown(line: Line, before: &[StatementLine]) -> ReviewLine {
    let same =
        before.iter().find(|one| one.line == line.id && one.said == line.said && one.binds == line.binds);
    ReviewLine {
        line: line.id.to_string(),
        kind: line.kind,
        at: line.at,
        said: line.said,
        binds: line.binds,
        others: line.others,
        before: same.map(|one| StatementLineInput {
            line: one.line.to_string(),
            goes: Some(one.goes),
            words: one.words.clone(),
            test: one.test,
            reason: one.reason.clone(),
        }),
    }
}

/// Writes down a reviewed draft for the data protection officer, and gives its id. Nothing leaves by it.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be, each line by itself; as [`review_statement`].
pub fn draft_statement(
    vault: &mut Vault,
    case: CaseId,
    typed: &StatementInput,
    now: Moment,
) -> Result<StatementId> {
    let mut form = Form::of_past_days(vault, now)?;
    let about = form.chosen("about", typed.about);
    let asker_name = match typed.asker {
        Some(_) => String::new(),
        None => form.required_name("asker_name", &typed.asker_name),
    };
    let checked = form.text("checked", &typed.checked);
    let asked = form.past_day("asked", &typed.asked, now);
    form.fault_if(typed.asked.is_empty(), "asked", Problem::DateMissing);
    let record = form.chosen("record", typed.record);
    let able = form.chosen("able", typed.able);
    // What was found of somebody has to be shown; that nothing is settled shows itself.
    let shows = match able {
        Some(AbleToDecide::Able | AbleToDecide::NotAble) => form.required("shows", &typed.shows),
        Some(AbleToDecide::NotSettled) | None => String::new(),
    };
    let orders = form.text("orders", &typed.orders);
    let id = StatementId(store::new_id(now));
    let drafted = store::read(vault, |r| {
        let family = file(r, case)?;
        let nation = family.case.nation;
        if let Some(before) = typed.instead_of {
            lines_of(r, case, before)?;
        }
        let known = |one| family.person(one).is_some();
        form.fault_if(about.is_some_and(|one| !known(one)), "about", Problem::NotAnOption);
        form.fault_if(typed.asker.is_some_and(|one| !known(one)), "asker", Problem::NotAnOption);
        let Some(about) = about.filter(|one| known(*one)) else { return Ok(None) };
        let asker = StatementAsker { checked, ..asker(&family, typed.asker, &asker_name) };
        let review = Review::of(r, &family, (about, &asker), now)?;
        let own = asker.person == Some(about);
        let mut lines = Vec::new();
        for (at, line) in review.lines(r)?.into_iter().enumerate() {
            lines.extend(reviewed(&mut form, &review, line, at, &typed.lines, (nation, own)));
        }
        let (stands_as, responsibility) = match asker.person {
            Some(person) => stands_to(&family, person, about, clock::day_of(now)),
            None => (None, None),
        };
        Ok::<_, Error>(Some((nation, about, asker, stands_as, responsibility, lines)))
    })?;
    let statement = form.end(|| {
        let (nation, about, asker, stands_as, responsibility, lines) = drafted?;
        Some(Statement {
            id,
            nation,
            about,
            asker,
            asked: asked?,
            record: record?,
            entitlement: Entitlement { stands_as, responsibility, able: able?, shows, orders },
            lines,
            instead_of: typed.instead_of,
            sent: None,
            answered: None,
        })
    })?;
    // One that stands in the place of another goes on with its clock.
    let duty = statements_due::duty(&statement, now);
    let before = match typed.instead_of {
        Some(before) => store::read(vault, |r| statements_due::open(r, case, before))?,
        None => None,
    };
    let words = Words::of(store::read(vault, language::of)?);
    store::write(vault, now, |w| {
        let drafted =
            w.append(Some(case), &Payload::StatementRecorded { statement: Box::new(statement) }, &[])?;
        if let Some(row) = before {
            let settlement = Settlement::Done { note: words.statement.due_anew.clone() };
            let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
            w.append(Some(case), &settled, &[row.entry, drafted.id])?;
        }
        w.append(Some(case), &duty, &[drafted.id])?;
        Ok(())
    })?;
    Ok(id)
}

/// A line as it was reviewed; none where nothing was chosen for it.
fn reviewed(
    form: &mut Form,
    review: &Review<'_>,
    line: Line,
    at: usize,
    typed: &[StatementLineInput],
    (nation, own): (Nation, bool),
) -> Option<StatementLine> {
    let field = |name: &str| format!("line_{at}_{name}");
    let id = line.id.to_string();
    let chosen = typed.iter().find(|one| one.line == id);
    let goes = form.chosen(&field("goes"), chosen.and_then(|one| one.goes))?;
    let chosen = chosen?;
    let apart = matches!(goes, LineGoes::Reworded | LineGoes::Cut);
    // What hangs on another choice is dropped with it.
    let words = match goes {
        LineGoes::Reworded => form.text(&field("words"), &chosen.words),
        LineGoes::Goes | LineGoes::Cut => String::new(),
    };
    let needs = apart || !line.binds.is_empty();
    let reason = if needs { form.text(&field("reason"), &chosen.reason) } else { String::new() };
    let reviewed = StatementLine {
        line: line.id,
        kind: line.kind,
        at: line.at,
        said: line.said,
        goes,
        words,
        binds: line.binds,
        test: chosen.test.filter(|_| apart),
        reason,
    };
    for lacks in reviewed.lacks(nation, own) {
        match lacks {
            LineLacks::OtherWords => form.fault(&field("goes"), Problem::NamesProtected),
            LineLacks::Words => form.fault_once(&field("words"), Problem::Missing),
            LineLacks::Test => form.fault(&field("test"), Problem::Missing),
            LineLacks::Reason => form.fault_once(&field("reason"), Problem::ReasonMissing),
        }
    }
    let named = goes == LineGoes::Reworded && review.names_protected(&reviewed.words);
    form.fault_if(named, &field("words"), Problem::NamesProtected);
    Some(reviewed)
}
