//! What in a paper looks like somebody protected, asked about before the paper leaves.
//!
//! Each form is asked once: the answer is an entry, and counts in everything from then on. An emergency asks nothing,
//! nor does what is told aloud; a handover carries a list instead.

use sharewell_documents as documents;
use sharewell_records::{
    CaseId, DecisionId, FlagKind, LeftoverAnswer, Leftovers, Moment, Payload, PersonId, fold,
};
use sharewell_vault::{Reader, Vault, flags, ledger, people};

use super::{Frame, Past, decision_document, file};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::leftover_views;
use crate::views::{LeftoverInput, LeftoverView};
use crate::{decide, restricted, store};

/// What looks like somebody protected in the paper of a file.
///
/// # Errors
/// [`Error::Vault`] where there is no such file.
pub fn leftovers_in_file(vault: &Vault, case: CaseId, now: Moment) -> Result<Vec<LeftoverView>> {
    asked(vault, now, |r, frame| {
        let (summary, protection) = file::document(r, case, frame, now)?;
        Ok(documents::leftovers(&summary, &protection)?)
    })
}

/// What looks like somebody protected in the paper of a decision.
///
/// # Errors
/// [`Error::Vault`] where there is no such decision.
pub fn leftovers_in_decision(vault: &Vault, id: DecisionId, now: Moment) -> Result<Vec<LeftoverView>> {
    asked(vault, now, |r, frame| {
        decide::read_signed(r, id, |signed| {
            let past = Past::of_file(r, &signed.family.case)?;
            let document = decision_document(signed, &past, frame)?;
            Ok(documents::leftovers(&document, &signed.family.protection(r)?)?)
        })
    })
}

fn asked(
    vault: &Vault,
    now: Moment,
    find: impl FnOnce(&Reader<'_>, &Frame) -> Result<Leftovers>,
) -> Result<Vec<LeftoverView>> {
    store::read(vault, |r| {
        let frame = Frame::of(r, ledger::tip(r)?.link, now)?;
        let found = find(r, &frame)?;
        leftover_views(r, &found)
    })
}

/// Writes down what was answered of forms that looked like somebody protected. Each counts in every file.
///
/// # Errors
/// [`Error::Fields`] for what was not answered, or is about somebody who is not protected.
pub fn answer_leftovers(vault: &mut Vault, typed: &[LeftoverInput], now: Moment) -> Result<()> {
    let mut form = Form::new();
    let mut answers = Vec::new();
    for (at, one) in typed.iter().enumerate() {
        let field = format!("leftover_{at}");
        let means = form.chosen(&field, one.means);
        let home = form.take(store::read(vault, |r| of_protected(r, one.person, &field)));
        let text = fold(&one.form);
        form.fault_if(text.trim().is_empty(), &field, Problem::NotAnOption);
        if let (Some(means), Some(home)) = (means, home) {
            answers.push((home, LeftoverAnswer { person: one.person, form: text, means }));
        }
    }
    let answers = form.end(|| Some(answers))?;
    store::write(vault, now, |w| {
        for (case, answer) in answers {
            w.append(Some(case), &Payload::LeftoverAnswered { answer }, &[])?;
        }
        Ok(())
    })
}

/// The file in which an answer about somebody stands: the child's, where there is one.
fn of_protected(r: &Reader<'_>, person: PersonId, field: &str) -> Result<CaseId> {
    // A name that is not shown any more is asked about as well.
    let renamed = people::get(r, person).is_ok_and(|one| !one.record.care.earlier_names.is_empty());
    let mut home = None;
    for case in people::cases_of(r, person)? {
        let protects = flags::of_case(r, case)?
            .into_iter()
            .any(|flag| flag.record.person == person && flag.record.kind == FlagKind::ProtectedIdentity);
        if (protects || renamed) && (home.is_none() || restricted::number(r, case)?.is_none()) {
            home = Some(case);
        }
    }
    home.ok_or_else(|| Error::field(field, Problem::NotAnOption))
}
