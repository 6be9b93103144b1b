//! What follows from what became of something that left: the duties that it closes, or that are open again.

use sharewell_guidance::practice::closing;
use sharewell_records::{
    AccountNote, Became, CaseId, DecisionId, DisclosureId, Duty, EntryId, LogKind, LogLine, Moment, Payload,
    PurposeMet, Settlement, Share, ShareAcknowledged, ShareState,
};
use sharewell_vault::obligations::ObligationRow;
use sharewell_vault::{Reader, Recorded, disclosures, ledger, obligations, sharing_log};

use super::log::share_of;
use crate::error::{Error, Result};
use crate::language;
use crate::sharing::notices::{Notice, notice_of};
use crate::words::Words;

/// A line of something that left, and its file.
pub(super) fn left(r: &Reader<'_>, id: DisclosureId) -> Result<(LogLine, CaseId)> {
    let line = sharing_log::get(r, id.0)?;
    let case = line.case.filter(|_| line.kind == LogKind::Left).ok_or(Error::NotFound { what: "share" })?;
    Ok((line, case))
}

/// What follows from what became of something: duties that it closes, or that are open again.
pub(super) struct Follows {
    /// The entry by which it left.
    pub basis: Vec<EntryId>,
    payloads: Vec<(Option<CaseId>, Payload, EntryId)>,
}

impl Follows {
    pub(super) fn of(
        r: &Reader<'_>,
        id: DisclosureId,
        case: CaseId,
        decision: Option<DecisionId>,
        note: &AccountNote,
    ) -> Result<Self> {
        let words = Words::of(language::of(r)?);
        let left = disclosures::find(r, id)?.map(|one| one.entry);
        let share = share_of(r, id)?;
        let basis: Vec<EntryId> = left.into_iter().chain(share.as_ref().map(|one| one.entry)).collect();
        let duties = match decision {
            Some(decision) => obligations::of_decision(r, decision)?,
            None => Vec::new(),
        };
        let mut payloads = Vec::new();
        match &note.became {
            Became::Answered { by, reply, purpose } => {
                payloads.extend(acknowledged(share.as_ref(), case, note.at, by, reply));
                let met = words.account.purpose.of(*purpose);
                let said = [("who", by.as_str()), ("moment", &words.moment(note.at)), ("what", reply)];
                let said = words.series(&[&words.share.answered.fill(&said), met]);
                // Where the purpose was not met, somebody still has to see to it.
                let chased = |row: &&ObligationRow| {
                    row.obligation.duty == Duty::Escalate && row.settled.is_none() && closes(*purpose)
                };
                payloads.extend(duties.iter().find(chased).map(|row| settled(row, said)));
            }
            Became::Returned { .. } | Became::WrongPerson { .. } => {
                // A call that was told closes its duties itself, and what left builds on it.
                let mut by = basis.clone();
                for entry in &basis {
                    by.extend(ledger::get(r, *entry)?.header.basis);
                }
                for row in &duties {
                    if closing::open_again(row.obligation.duty) && is_shown_by(r, row, &by)? {
                        let again = Payload::ObligationReopened { id: row.obligation.id };
                        payloads.push((row.case, again, row.entry));
                    }
                }
            }
            Became::Recalled { .. } => {
                let open = obligations::of_case(r, case)?.into_iter().find(|row| {
                    row.settled.is_none() && notice_of(&row.obligation.key) == Some(Notice::Recall(id))
                });
                let said = || words.account.recalled.fill(&[("moment", &words.moment(note.at))]);
                payloads.extend(open.map(|row| settled(&row, said())));
            }
            Became::Delivered { .. } | Became::NoticeSent { .. } | Became::NoticeAnswered { .. } => {}
        }
        Ok(Self { basis, payloads })
    }

    /// What is appended, each with the entry that it builds on.
    pub(super) fn payloads(&self) -> impl Iterator<Item = &(Option<CaseId>, Payload, EntryId)> {
        self.payloads.iter()
    }
}

/// Whether an answer ends the chase: also one that says no. What cannot be said yet is still waited for.
const fn closes(purpose: PurposeMet) -> bool {
    match purpose {
        PurposeMet::Met | PurposeMet::Partly | PurposeMet::NotMet => true,
        PurposeMet::NotYet => false,
    }
}

fn settled(row: &ObligationRow, note: String) -> (Option<CaseId>, Payload, EntryId) {
    let settlement = Settlement::Done { note };
    (row.case, Payload::ObligationSettled { id: row.obligation.id, settlement }, row.entry)
}

/// The share, where one was made and sent and nobody had answered: it is answered with the line.
fn acknowledged(
    share: Option<&Recorded<Share>>,
    case: CaseId,
    at: Moment,
    by: &str,
    reply: &str,
) -> Option<(Option<CaseId>, Payload, EntryId)> {
    let one = share.filter(|one| one.record.state() == ShareState::Sent)?;
    let answered = ShareAcknowledged { at, by: by.to_owned(), will_do: reply.to_owned() };
    let share = Share { acknowledged: Some(answered), ..one.record.clone() };
    Some((Some(case), Payload::ShareRecorded { share }, one.entry))
}

/// Whether a duty was closed by one of these entries.
fn is_shown_by(r: &Reader<'_>, row: &ObligationRow, by: &[EntryId]) -> Result<bool> {
    let Some(settled) = &row.settled else { return Ok(false) };
    let closing = ledger::get(r, settled.entry)?;
    // Every closing builds on the duty too, which stands with its decision.
    Ok(closing.header.basis.iter().any(|entry| *entry != row.entry && by.contains(entry)))
}
