//! A statement that was drafted and not released is something to do, by the day on which a request is answered. That day is
//! counted in `records/src/statement.rs` alone; nobody has confirmed the law, and nothing waits for it.

use sharewell_records::{
    CaseId, Duty, Moment, Obligation, ObligationId, Payload, Statement, StatementId, WORKING_DAY_ENDS,
    answer_by,
};
use sharewell_vault::{Reader, obligations, statements};

use crate::error::Result;
use crate::words::Words;
use crate::{clock, store};

const KEY: &str = "statement";

fn key(id: StatementId) -> String {
    format!("{KEY}:{id}")
}

/// The statement that a duty is about; none where it is about something else.
pub(crate) fn statement_of(key: &str) -> Option<StatementId> {
    let (kind, id) = key.split_once(':')?;
    (kind == KEY).then(|| id.parse().ok())?
}

/// The duty that a draft is.
pub(crate) fn duty(statement: &Statement, now: Moment) -> Payload {
    let obligation = Obligation {
        id: ObligationId(store::new_id(now)),
        decision: None,
        emergency: None,
        duty: Duty::Review,
        key: key(statement.id),
        person: None,
        due: answer_by(statement.asked).map(|day| clock::at(day, WORKING_DAY_ENDS)),
        settled: None,
    };
    Payload::ObligationAdded { obligation }
}

/// That duty, while it is open.
pub(crate) fn open(
    r: &Reader<'_>,
    case: CaseId,
    id: StatementId,
) -> Result<Option<obligations::ObligationRow>> {
    let key = key(id);
    let rows = obligations::of_case(r, case)?;
    Ok(rows.into_iter().find(|row| row.settled.is_none() && row.obligation.key == key))
}

/// What it says, and a second line.
pub(crate) fn words(
    r: &Reader<'_>,
    id: StatementId,
    veiled: bool,
    words: &Words,
) -> Result<(String, String)> {
    let said = &words.statement;
    if veiled {
        return Ok((said.due_veiled.clone(), String::new()));
    }
    let statement = match statements::get(r, id) {
        Ok(one) => one.record,
        // Disposed of since: that there was one is all that is known.
        Err(sharewell_vault::Error::NoSuch { .. }) => return Ok((said.due_veiled.clone(), String::new())),
        Err(other) => return Err(other.into()),
    };
    let month = answer_by(statement.asked).map(|day| said.month.fill(&[("day", &words.day(day))]));
    let law = month.map(|month| said.unconfirmed.fill(&[("law", &month)])).unwrap_or_default();
    Ok((said.due.fill(&[("who", &statement.asker.name)]), words.series(&[&said.due_hint, &law])))
}
