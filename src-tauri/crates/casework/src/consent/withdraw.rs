//! Taking a yes back, recipient by recipient. It blocks what rests on that person's yes, and nothing else: what had gone
//! stays lawful, another's yes is not undone, and a fresh decision where harm is feared is never in its way.

use sharewell_records::{
    CaseId, ConsentAct, ConsentAnswer, ConsentCell, ConsentEvent, ConsentGiver, ConsentId, ConsentRecipient,
    ConsentState, Consents, Disclosure, GiverKey, Moment, ThingKey, Wanted, Weight,
};
use sharewell_vault::{Reader, Recorded, Vault, disclosures};

use super::page::{self, Notes};
use super::prompts::Prompt;
use super::{folded, record, typed};
use crate::error::{Error, Problem, Result};
use crate::input::{Form, at_most};
use crate::people::Family;
use crate::views::{
    ConsentTold, ConsentWhat, WithdrawalInput, WithdrawalOf, WithdrawalRecipient, WithdrawalView,
};
use crate::words::Words;
use crate::{clock, store};

/// In how many days the recipients are told.
const NOTICE_DAYS: i64 = 1;

/// A recipient for whom somebody's yes stands: to what, and who else agreed to it.
struct Standing {
    recipient: ConsentRecipient,
    giver: ConsentGiver,
    what: Vec<ThingKey>,
    others: Vec<String>,
}

/// Where somebody's yes stands in a matter.
fn standing(stands: &Consents, of: &WithdrawalOf) -> Vec<Standing> {
    let key = of.giver.map_or_else(|| GiverKey::named(&of.giver_name), GiverKey::Person);
    let about = stands.asked_about().into_iter().find(|about| {
        about.owed == of.owed && about.sense == of.sense && about.purpose.key() == of.purpose.key()
    });
    let Some(about) = about else { return Vec::new() };
    let mut found = Vec::new();
    for recipient in &about.recipients {
        let (mut what, mut giver, mut others) = (Vec::new(), None, Vec::new());
        for thing in &about.things {
            let wanted = Wanted {
                owed: about.owed,
                sense: about.sense,
                purpose: &about.purpose,
                thing: *thing,
                kinds: &[],
                recipient,
            };
            let cell = stands.stands(&wanted);
            let is_yes = |state| {
                matches!(state, ConsentState::Given | ConsentState::NotYet | ConsentState::OtherPurpose)
            };
            let theirs = cell
                .givers
                .iter()
                .find(|one| one.giver.as_ref().is_some_and(|giver| giver.key() == key) && is_yes(one.state));
            let Some(theirs) = theirs else { continue };
            what.push(*thing);
            giver.clone_from(&theirs.giver);
            let also = cell.givers.iter().filter(|one| {
                one.state == ConsentState::Given && matches!(one.weight, Weight::Own | Weight::For)
            });
            for name in also.filter_map(|one| one.giver.as_ref()).filter(|one| one.key() != key) {
                if !others.contains(&name.name) {
                    others.push(name.name.clone());
                }
            }
        }
        if let Some(giver) = giver {
            found.push(Standing { recipient: recipient.clone(), giver, what, others });
        }
    }
    found
}

/// The notice that a permission ended: without a reason, and with no name of the file.
pub(crate) fn notice_text(recipient: &str, purpose: &str, day: &str, words: &Words) -> String {
    words.consent.notice.fill(&[("recipient", recipient), ("purpose", purpose), ("day", day)])
}

/// Whether something left to a recipient of a consent: they are named in the record of it.
pub(crate) fn is_to(disclosure: &Disclosure, recipient: &ConsentRecipient) -> bool {
    recipient.is_named_in(&disclosure.recipient) || recipient.is_named_in(&disclosure.recipient_role)
}

/// What somebody agreed to, recipient by recipient, with what each was told.
///
/// # Errors
/// [`Error::NotFound`] where no yes of theirs stands there.
pub fn withdrawal(vault: &Vault, case: CaseId, of: &WithdrawalOf, now: Moment) -> Result<WithdrawalView> {
    store::read(vault, |r| {
        let family = Family::of(r, case)?;
        let words = Words::of(family.language);
        let (_, stands) = folded(r, case, now)?;
        let standing = standing(&stands, of);
        let first = standing.first().ok_or(Error::NotFound { what: "consent" })?;
        let giver = page::giver_line(&first.giver, of.owed, ConsentState::Given, now, None, &family.names());
        let left = disclosures::of_case(r, case)?;
        let notes = Notes::of(r, case)?;
        let recipients = standing.iter().map(|one| recipient(one, of, &left, &notes, words, now)).collect();
        Ok(WithdrawalView {
            now,
            giver,
            owed: family.names().get(&of.owed).cloned().unwrap_or_default(),
            sense: of.sense,
            purpose: of.purpose.clone(),
            recipients,
        })
    })
}

fn recipient(
    standing: &Standing,
    of: &WithdrawalOf,
    left: &[Recorded<Disclosure>],
    notes: &Notes,
    words: &Words,
    now: Moment,
) -> WithdrawalRecipient {
    let to = left.iter().map(|one| &one.record).filter(|one| is_to(one, &standing.recipient));
    let mut told: Vec<ConsentTold> =
        to.map(|one| ConsentTold { what: one.what.clone(), at: one.at }).collect();
    told.sort_by_key(|one| std::cmp::Reverse(one.at));
    let what: Vec<ConsentWhat> = standing.what.iter().map(|thing| notes.what(*thing)).collect();
    let notice = match told.is_empty() {
        true => String::new(),
        false => {
            notice_text(&standing.recipient.name, &of.purpose.words, &words.day(clock::day_of(now)), words)
        }
    };
    WithdrawalRecipient {
        recipient: standing.recipient.clone(),
        what,
        told,
        others: standing.others.clone(),
        notice,
    }
}

/// Writes down that somebody took their yes back, for the recipients that were chosen, and gives the event's id. Each
/// recipient who was told something is told that it ended.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be; [`Error::NotFound`] where no yes of theirs stands.
pub fn withdraw_consent(
    vault: &mut Vault,
    case: CaseId,
    typed: &WithdrawalInput,
    now: Moment,
) -> Result<ConsentId> {
    let mut form = Form::of_past_days(vault, now)?;
    let (standing, left) = store::read(vault, |r: &Reader<'_>| {
        let (_, stands) = folded(r, case, now)?;
        Ok((standing(&stands, &typed.of), disclosures::of_case(r, case)?))
    })?;
    let giver = standing.first().map(|one| one.giver.clone()).ok_or(Error::NotFound { what: "consent" })?;
    form.take(at_most(&typed.recipients, "recipients"));
    form.fault_if(typed.recipients.is_empty(), "recipients", Problem::Missing);
    let chosen: Vec<&Standing> =
        typed.recipients.iter().filter_map(|at| standing.get(usize::from(*at))).collect();
    form.fault_if(chosen.len() != typed.recipients.len(), "recipients", Problem::NotAnOption);
    let method = typed::method(&mut form, &typed.method);
    let happened = form.left("when", typed.when.as_ref(), now);
    let pressed = form.chosen("pressed", typed.pressed);
    let harm = form.chosen("harm", typed.harm);
    let note = form.text("note", &typed.note);
    let mut cells: Vec<ConsentCell> = Vec::new();
    let mut to_tell = Vec::new();
    for one in &chosen {
        if left.iter().any(|left| is_to(&left.record, &one.recipient)) {
            to_tell.push(cells.len());
        }
        cells.extend(one.what.iter().map(|thing| ConsentCell {
            what: thing.thing(),
            recipient: one.recipient.clone(),
            answer: ConsentAnswer::Blank,
        }));
    }
    let event = form.end(|| {
        Some(ConsentEvent {
            id: ConsentId(store::new_id(now)),
            owed: typed.of.owed,
            sense: typed.of.sense,
            purpose: typed.of.purpose.clone(),
            giver: Some(giver),
            act: ConsentAct::Withdrawn { method: method?, pressed: pressed?, harm: harm? },
            cells,
            from: None,
            until: None,
            review: None,
            wording: None,
            slip: None,
            happened: happened?,
            note,
        })
    })?;
    // A yes that was said later is not taken back by what was said before.
    let stuck = store::read(vault, |r| Ok(folded(r, case, event.happened)?.1.cannot_move(&event)))?;
    if !stuck.is_empty() {
        return Err(Error::field("when.day", Problem::BadDate));
    }
    let due = clock::days_after(clock::day_of(now), NOTICE_DAYS);
    let notices = to_tell.iter().map(|at| Prompt::Notice(event.id, *at).payload(&event, due, now)).collect();
    record::write(vault, case, event, Vec::new(), notices, now)
}
