//! What became of something that left: it arrived, was answered, came back, or was asked back. Told, sent and answered are
//! three things, and none of them says another (`practice.md` 3).

use sharewell_guidance::practice::closing;
use sharewell_records::{
    AccountNote, AccountNoteId, Became, CaseId, DecisionId, DisclosureId, Duty, EntryId, LogKind, LogLine,
    LogState, Moment, Payload, PurposeMet, Settlement, Share, ShareAcknowledged, ShareState,
};
use sharewell_vault::obligations::ObligationRow;
use sharewell_vault::{Reader, Recorded, Vault, disclosures, ledger, obligations, sharing_log};

use super::breach;
use super::log::{row, share_of};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::sharing::notices::{Notice, notice_of};
use crate::views::{BecameChoice, BecameInput, LineView};
use crate::words::Words;
use crate::{flagged, language, store};

/// A line of the log with what can be written down of it, and the notes that a breach asks for.
///
/// # Errors
/// [`Error::NotFound`] where nothing left by that id.
pub fn line(vault: &Vault, id: DisclosureId, now: Moment) -> Result<LineView> {
    store::read(vault, |r| {
        let (line, case) = left(r, id)?;
        let family = Family::of(r, case)?;
        let notes = match line.state {
            LogState::Astray => breach::notes(r, id, &line, &family)?,
            _ => Vec::new(),
        };
        let choices = choices(line.state);
        Ok(LineView {
            line: row(r, line, true, now)?,
            now,
            case,
            child: family.child_name(),
            flags: flagged::lines(&family),
            choices,
            notes,
        })
    })
}

/// A line of something that left, and its file.
pub(super) fn left(r: &Reader<'_>, id: DisclosureId) -> Result<(LogLine, CaseId)> {
    let line = sharing_log::get(r, id.0)?;
    let case = line.case.filter(|_| line.kind == LogKind::Left).ok_or(Error::NotFound { what: "share" })?;
    Ok((line, case))
}

/// What can be written down of something in a state. Of what was only made nothing: it tells nobody anything.
fn choices(state: LogState) -> Vec<BecameChoice> {
    use BecameChoice::{Answered, Delivered, Recalled, Returned};
    match state {
        LogState::Sent => vec![Delivered, Answered, Returned],
        LogState::Delivered => vec![Answered, Returned],
        LogState::Acknowledged => vec![Answered, Returned],
        LogState::Returned => vec![Delivered, Answered],
        LogState::Astray => vec![Recalled],
        LogState::Made | LogState::Refused | LogState::Received => Vec::new(),
    }
}

/// Writes down what became of something that left.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be; [`Error::NotFound`] where nothing left by that id.
pub fn became(vault: &mut Vault, id: DisclosureId, typed: &BecameInput, now: Moment) -> Result<()> {
    let (line, case) = store::read(vault, |r| left(r, id))?;
    let mut form = Form::of_past_days(vault, now)?;
    let event = form.chosen("event", typed.event);
    form.fault_if(
        event.is_some_and(|event| !choices(line.state).contains(&event)),
        "event",
        Problem::NotAnOption,
    );
    let at = form.left("when", typed.when.as_ref(), now);
    // Nothing becomes of what has not left yet.
    form.fault_if(at.is_some_and(|at| at < line.at), "when.day", Problem::BadDate);
    let became = match event {
        Some(BecameChoice::Delivered) => {
            Some(Became::Delivered { how: form.required("words", &typed.words) })
        }
        Some(BecameChoice::Returned) => Some(Became::Returned { why: form.required("words", &typed.words) }),
        Some(BecameChoice::Answered) => {
            let by = form.required_name("by", &typed.by);
            let reply = form.required("words", &typed.words);
            let purpose = form.chosen("purpose", typed.purpose);
            purpose.map(|purpose| Became::Answered { by, reply, purpose })
        }
        Some(BecameChoice::Recalled) => {
            let words = form.text("words", &typed.words);
            form.chosen("came", typed.came).map(|came| Became::Recalled { came, words })
        }
        None => None,
    };
    let note = form.end(|| {
        Some(AccountNote { id: AccountNoteId(store::new_id(now)), of: vec![id], at: at?, became: became? })
    })?;
    let follows = store::read(vault, |r| Follows::of(r, id, case, line.decision, &note))?;
    store::write(vault, now, |w| {
        let noted = w.append(Some(case), &Payload::AccountNoted { note }, &follows.basis)?;
        for (case, payload, entry) in &follows.payloads {
            w.append(*case, payload, &[*entry, noted.id])?;
        }
        Ok(())
    })
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
