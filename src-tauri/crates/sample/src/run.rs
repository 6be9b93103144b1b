//! Living the stories: each step through the use case that a practitioner would have used, in the order of time.

use chrono::TimeDelta;
use sharewell_casework::guidance::serving;
use sharewell_casework::views::{
    AttemptInput, BeginInput, DisclosureInput, EmergencyInput, FlagInput, ItemInput, KeptFromInput,
    LeftTyped, NewCase, PersonInput, Place, TieInput, WriteUpInput,
};
use sharewell_casework::{Error, Result, children, clock, decide, emergency, restricted, today};
use sharewell_records::{
    AttemptResult, Birth, Care, CaseId, CheckedBy, Day, DecisionId, Duty, EmergencyId, FlagKind, Identifier,
    IdentifierKind, ItemId, Mark, Moment, Nation, Occurred, ParentalResponsibility, PersonId, PersonRole,
    RelationshipKind, Settlement, Trigger,
};
use sharewell_vault::{Vault, obligations};

use super::answering::{self, Named, Said};
use super::choosing::choose_what_goes;
use super::everyday;
use super::families::Family;
use super::stories::{Sign, Step, Who};

/// In how many days after the end of the history an early review falls.
const REVIEW_SOON: i64 = 3;

/// What is known of a family once its file is open.
struct Opened {
    case: CaseId,
    child: PersonId,
    named: Named,
    father: PersonId,
    carer: Option<PersonId>,
    last_item: Option<(ItemId, ItemInput)>,
    decision: Option<DecisionId>,
    emergency: Option<EmergencyId>,
}

/// Lives every story, all families side by side in the order of time.
pub(super) fn history(vault: &mut Vault, families: Vec<Family>, until: Moment) -> Result<()> {
    let mut planned: Vec<(Moment, usize, usize)> = Vec::new();
    for (family, one) in families.iter().enumerate() {
        planned.extend(one.steps.iter().enumerate().map(|(step, (at, _))| (*at, family, step)));
    }
    planned.sort();
    let mut opened: Vec<Option<Opened>> = families.iter().map(|_| None).collect();
    let mut clock = Clock { last: None, until };
    for (at, family, step) in planned {
        let (Some(one), Some(slot)) = (families.get(family), opened.get_mut(family)) else { continue };
        let Some((_, step)) = one.steps.get(step) else { continue };
        clock.reach(at);
        live(vault, &mut clock, one, slot, step)?;
    }
    Ok(())
}

/// The moment of each act: never before the act that came last.
struct Clock {
    last: Option<Moment>,
    /// Where the history ends.
    until: Moment,
}

impl Clock {
    fn reach(&mut self, planned: Moment) {
        if self.last.is_none_or(|last| last < planned) {
            self.last = Some(planned);
        }
    }

    /// A little later each time.
    fn tick(&mut self, minutes: i64) -> Moment {
        let last = self.last.unwrap_or_else(|| clock::now_from(chrono::DateTime::UNIX_EPOCH));
        let next = Moment(last.0 + TimeDelta::minutes(minutes));
        self.last = Some(next);
        next
    }
}

fn live(
    vault: &mut Vault,
    clock: &mut Clock,
    family: &Family,
    slot: &mut Option<Opened>,
    step: &Step,
) -> Result<()> {
    if let Step::Open { reason } = step {
        *slot = Some(open(vault, clock, family, reason)?);
        return Ok(());
    }
    let Some(open) = slot else { return Err(Error::NotFound { what: "family" }) };
    let case = open.case;
    match step {
        Step::Open { .. } => {}
        Step::Colleague { name, agency } => {
            let person =
                PersonInput { agency: (*agency).to_owned(), ..person(name, PersonRole::Practitioner) };
            let tie = tie(open.child, RelationshipKind::Professional, ParentalResponsibility::DoesNotHold);
            children::add_person(vault, case, person, Some(tie), clock.tick(3))?;
        }
        Step::ProtectedCarer { name, address } => {
            let carer = PersonInput { address: (*address).to_owned(), ..person(name, PersonRole::Carer) };
            let mut tie = tie(open.child, RelationshipKind::Carer, ParentalResponsibility::DoesNotHold);
            tie.same_home = Some(true);
            open.carer = Some(children::add_person(vault, case, carer, Some(tie), clock.tick(3))?);
        }
        Step::Item { mark, source, by, about, text, label } => {
            let about = open.who(*about)?;
            let now = clock.tick(2);
            let item = ItemInput {
                mark: Some(*mark),
                source: Some(*source),
                text: open.named.fill(text),
                by: open.named.fill(by),
                about: vec![about],
                occurred: Some(Occurred::Day { on: clock::day_of(now) }.into()),
                labels: vec![(*label).to_owned()],
            };
            open.last_item = Some((children::add_item(vault, case, item.clone(), now)?, item));
        }
        Step::Correct { text, reason } => {
            if let Some((id, item)) = open.last_item.clone() {
                let item = ItemInput { text: open.named.fill(text), ..item };
                children::amend_item(vault, case, id, item, reason, clock.tick(2))?;
            }
        }
        Step::Flag { who, kind, reason } => {
            let flag = FlagInput {
                person: Some(open.who(*who)?),
                kind: Some(*kind),
                reason: open.named.fill(reason),
                review: review(*kind, clock).into(),
            };
            children::set_flag(vault, case, flag, clock.tick(1))?;
        }
        Step::Decide { trigger, said, sign } => {
            open.decision = Some(decide_as(vault, clock, open, *trigger, said, sign.as_ref())?);
        }
        Step::SetApart { about, post } => set_apart(vault, clock, open, about, post)?,
        Step::Settle { duty, note } => settle(vault, clock, open, *duty, note)?,
        Step::Again { duty, note } => {
            let mut closed = duties(vault, open)?.into_iter();
            let closed = closed.rfind(|row| row.settled.is_some() && row.obligation.duty == *duty);
            if let Some(row) = closed {
                let (opened, note) = (clock.tick(1), open.named.fill(note));
                everyday::again(vault, row.obligation.id, note, opened, clock.tick(1))?;
            }
        }
        Step::Visit { place, lines } => {
            let fill =
                |(mark, text, by): &(Mark, &str, &str)| (*mark, open.named.fill(text), open.named.fill(by));
            let (there, lines) = ([open.child, open.named.mother], lines.iter().map(fill).collect());
            everyday::visit(vault, case, there, place, lines, clock.tick(1))?;
        }
        Step::TidyUp { keep } => tidy_up(vault, clock, open, keep)?,
        Step::Disclose { recipient, role, route, what, why } => {
            let disclosure = DisclosureInput {
                decision: open.decision,
                somebody_else: false,
                recipient: (*recipient).to_owned(),
                recipient_role: (*role).to_owned(),
                when: Some(LeftTyped::Now),
                check: Some(CheckedBy::RangBack),
                checked: "On a number that I found myself.".to_owned(),
                in_danger: false,
                route: Some(*route),
                what: open.named.fill(what),
                why: open.named.fill(why),
                limits: "For this purpose only. Ask me before it goes any further.".to_owned(),
                happened: false,
                names_meant: false,
                as_decided: false,
            };
            children::record_disclosure(vault, case, disclosure, clock.tick(4))?;
        }
        Step::Emergency { told, others } => {
            let now = clock.tick(1);
            let attempt = |who: &str, number: &str, result: AttemptResult, minutes: i64| AttemptInput {
                who: who.to_owned(),
                number: number.to_owned(),
                result,
                said: String::new(),
                at: Some(Moment(now.0 + TimeDelta::minutes(minutes))),
            };
            let typed = EmergencyInput {
                case: Some(case),
                child: String::new(),
                attempts: vec![
                    attempt("Police", "999", AttemptResult::Told, -4),
                    attempt("Fablewell Family Front Door", "01632 960203", AttemptResult::NoAnswer, -2),
                    attempt(
                        "Fablewell Family Front Door, out of hours",
                        "0808 157 0204",
                        AttemptResult::Told,
                        0,
                    ),
                ],
                told: open.named.fill(told),
                others_at_risk: open.named.fill(others),
                worker_safe: Some(true),
            };
            open.emergency = Some(emergency::record_emergency(vault, None, typed, now)?.id);
        }
        Step::WriteUp { account, urgent, explained } => {
            if let Some(id) = open.emergency {
                let typed = WriteUpInput {
                    case: Some(case),
                    account: open.named.fill(account),
                    why_urgent: open.named.fill(urgent),
                    explained: open.named.fill(explained),
                    held_back: String::new(),
                    staff: false,
                    restricted_file: None,
                };
                emergency::write_up_emergency(vault, id, typed, clock.tick(30))?;
            }
        }
    }
    Ok(())
}

/// Flags that depend on how things stand are looked at again; a protected identity is not.
fn review(kind: FlagKind, clock: &Clock) -> Option<sharewell_records::Day> {
    let today = clock::day_of(clock.last?);
    (kind != FlagKind::ProtectedIdentity).then(|| clock::days_after(today, 90))
}

impl Opened {
    fn who(&self, who: Who) -> Result<PersonId> {
        Ok(match who {
            Who::Child => self.child,
            Who::Mother => self.named.mother,
            Who::Father => self.father,
            Who::Carer => self.carer.ok_or(Error::NotFound { what: "carer" })?,
        })
    }
}

fn person(name: &str, role: PersonRole) -> PersonInput {
    PersonInput {
        name: name.to_owned(),
        also_known_as: Vec::new(),
        role: Some(role),
        birth: Some(Birth::Unknown.into()),
        identifiers: Vec::new(),
        address: String::new(),
        phone: String::new(),
        agency: String::new(),
        language: String::new(),
        needs: String::new(),
        no_fixed_address: None,
        unknown_numbers: Vec::new(),
        care: Care::default(),
        forget_earlier_names: false,
        another: vec![],
    }
}

fn tie(to: PersonId, kind: RelationshipKind, parental_responsibility: ParentalResponsibility) -> TieInput {
    TieInput {
        to: Some(to),
        kind: Some(kind),
        parental_responsibility: Some(parental_responsibility),
        same_home: Some(false),
        note: String::new(),
    }
}

fn open(vault: &mut Vault, clock: &mut Clock, family: &Family, reason: &str) -> Result<Opened> {
    let child = PersonInput {
        birth: Some(
            (if family.unborn {
                Birth::Expected { on: family.child_born }
            } else {
                Birth::Born { on: family.child_born }
            })
            .into(),
        ),
        identifiers: if family.unborn {
            Vec::new()
        } else {
            vec![Identifier::of(IdentifierKind::NhsNumber, family.nhs_number.clone())]
        },
        address: family.address.clone(),
        ..person(&family.child, PersonRole::Child)
    };
    // Invented children are many and names are few: who comes out alike is another child.
    let alike = children::same_child(vault, &child, None, None, clock.tick(0))?;
    let child = PersonInput { another: alike.into_iter().map(|one| one.person).collect(), ..child };
    let new = NewCase {
        child,
        nation: Nation::England,
        reference: family.reference.clone(),
        reason: reason.to_owned(),
    };
    let case = children::open_case(vault, new, clock.tick(1))?;
    let child = vault.read(|r| sharewell_vault::cases::get(r, case))?.record.child;
    let mother = PersonInput {
        birth: Some(Birth::Born { on: family.mother_born }.into()),
        address: family.address.clone(),
        phone: family.phone.clone(),
        ..person(&family.mother, PersonRole::Parent)
    };
    let mut of_mother = tie(child, RelationshipKind::Mother, ParentalResponsibility::Holds);
    of_mother.same_home = Some(true);
    let mother = children::add_person(vault, case, mother, Some(of_mother), clock.tick(2))?;
    let role = if family.father_tie == RelationshipKind::StepParent {
        PersonRole::Carer
    } else {
        PersonRole::Parent
    };
    let mut of_father = tie(child, family.father_tie, family.father_pr);
    of_father.same_home = Some(family.father_at_home);
    let father =
        children::add_person(vault, case, person(&family.father, role), Some(of_father), clock.tick(2))?;
    let mut sibling = None;
    if let Some((name, born)) = &family.sibling {
        let brother_or_sister = PersonInput {
            birth: Some(Birth::Born { on: *born }.into()),
            address: family.address.clone(),
            ..person(name, PersonRole::Child)
        };
        let mut of_sibling = tie(child, RelationshipKind::Sibling, ParentalResponsibility::DoesNotHold);
        of_sibling.same_home = Some(true);
        let of = Some(of_sibling);
        sibling = Some(children::add_person(vault, case, brother_or_sister, of, clock.tick(2))?);
    }
    Ok(Opened {
        case,
        child,
        father,
        carer: None,
        last_item: None,
        decision: None,
        emergency: None,
        named: Named {
            child: family.child.clone(),
            mother_name: family.mother.clone(),
            father_name: family.father.clone(),
            mother,
            sibling,
        },
    })
}

/// The most questions that a decision can have; a sample never asks for ever.
pub(super) const MOST_QUESTIONS: usize = 40;

/// Goes through the guided decision as the story says, and signs it where the story does.
fn decide_as(
    vault: &mut Vault,
    clock: &mut Clock,
    open: &Opened,
    trigger: Trigger,
    said: &[Said],
    sign: Option<&Sign>,
) -> Result<DecisionId> {
    let mut place = decide::begin_decision(vault, open.case, &BeginInput::of(trigger), clock.tick(2))?;
    for _ in 0..MOST_QUESTIONS {
        let question = match place {
            Place::Signed { id } => return Ok(id),
            Place::Question { question } => question,
            Place::Outcome { outcome } => match (&outcome.write_up_next, sign) {
                (Some(next), Some(_)) => {
                    Box::new(decide::question(vault, outcome.decision, next, clock.tick(0))?)
                }
                (None, Some(sign)) => return sign_as(vault, clock, open, *outcome, sign),
                (_, None) => return Ok(outcome.decision),
            },
        };
        let key = question.step.id.clone();
        let last_said = said.last().map(|(key, _, _)| *key);
        // A story without a signature stops after the last thing that it has to say.
        if sign.is_none()
            && question.answers.last().is_some_and(|line| Some(line.step.0.as_str()) == last_said)
        {
            return Ok(question.decision);
        }
        let now = clock.tick(1);
        let pack = vault.read(|r| serving::for_day(r, Nation::England, clock::day_of(now)))?;
        let step = pack.pack.step(&key).ok_or(Error::NotOnPath { step: key.0.clone() })?;
        let answer = answering::answer(&question, step, said, &open.named, now);
        place = decide::answer(vault, question.decision, &key, answer, now)?;
    }
    Err(Error::NotFound { what: "end of the questions" })
}

fn sign_as(
    vault: &mut Vault,
    clock: &mut Clock,
    open: &Opened,
    outcome: sharewell_casework::views::OutcomeView,
    sign: &Sign,
) -> Result<DecisionId> {
    let mut draft = outcome.draft;
    draft.decided = Some(outcome.kind);
    draft.reasons = open.named.fill(sign.reasons);
    draft.what = open.named.fill(sign.what);
    if let Some((name, role, reach)) = sign.recipient {
        draft.recipient.name = name.to_owned();
        draft.recipient.role = role.to_owned();
        draft.recipient.reach = reach.to_owned();
    }
    let now = clock.tick(6);
    // A review that would have come and gone before the end of the history is set for the days after it, so
    // that the home page shows what comes next.
    let end = clock::day_of(clock.until);
    let review: Option<Day> = draft.review.as_ref().and_then(|typed| typed.0.parse().ok().map(Day));
    if review.is_none_or(|review| review < end) {
        draft.review = Some(clock::days_after(end, REVIEW_SOON).into());
    }
    choose_what_goes(vault, outcome.decision, &draft, now)?;
    decide::sign_off(vault, outcome.decision, draft, now)
}

/// Says whom a restricted file is about, and sets the last item apart into it.
fn set_apart(vault: &mut Vault, clock: &mut Clock, open: &Opened, about: &str, post: &str) -> Result<()> {
    let file = restricted::restricted_files(vault, Some(open.case), clock::now())?.into_iter().next_back();
    let file = file.ok_or(Error::NotFound { what: "restricted file" })?.case;
    let kept = KeptFromInput { people: Vec::new(), name: about.to_owned(), post: post.to_owned() };
    restricted::save_kept_from(vault, file, &kept, clock.tick(2))?;
    let item: Vec<String> = open.last_item.iter().map(|(id, _)| id.to_string()).collect();
    restricted::set_apart(vault, file, &item, clock.tick(3))?;
    Ok(())
}

/// Every duty of the family's file and of the restricted ones beside it.
fn duties(vault: &Vault, open: &Opened) -> Result<Vec<obligations::ObligationRow>> {
    let beside = restricted::restricted_files(vault, Some(open.case), clock::now())?;
    vault.read(|r| {
        let mut all = obligations::of_case(r, open.case)?;
        for file in beside {
            all.extend(obligations::of_case(r, file.case)?);
        }
        Ok(all)
    })
}

/// Closes the first outstanding duty of this kind in the family's file.
fn settle(vault: &mut Vault, clock: &mut Clock, open: &Opened, duty: Duty, note: &str) -> Result<()> {
    let open_still = duties(vault, open)?;
    let due = open_still.into_iter().find(|one| one.obligation.duty == duty && one.settled.is_none());
    if let Some(due) = due {
        let settlement = Settlement::Done { note: open.named.fill(note) };
        today::settle_obligation(vault, due.obligation.id, settlement, clock.tick(2))?;
    }
    Ok(())
}

/// What a practitioner writes beside a duty that was done, in a few words.
fn done(duty: Duty) -> &'static str {
    match duty {
        Duty::VerifyRecipient => "Rang back on the number in the directory.",
        Duty::HowMuch => "Read through once more; two sentences taken out.",
        Duty::SeparateFactOpinion => "Each line says who saw or said it.",
        Duty::TellLimits => "Said at the start and at the end of the call.",
        Duty::SecureRoute => "Agency e-mail, encrypted.",
        Duty::ProtectIdentities => "No name or address of the carer in it.",
        Duty::Explain => "Told {mother} at home, alone; she had questions and had them answered.",
        Duty::HearViews => "{child} drew the house and said who is in it.",
        Duty::WhoElseActed => "Rang the surgery: they know, and have it on the list.",
        Duty::CheckAssumptions => "Talked over in supervision.",
        Duty::DiscussWithAdviser => "Ada Mockford agrees with what was shared.",
        Duty::Escalate => "Reply came the next day; no need to ring again.",
        Duty::Review => "Looked again. Nothing to change.",
        Duty::LinkedDecision => "Seen on the same visit; a decision of its own.",
        Duty::Act
        | Duty::StatePurpose
        | Duty::SeparateFile
        | Duty::ConsiderEveryone
        | Duty::RecordDisclosure
        | Duty::ConsultFrontDoor
        | Duty::ConfirmInWriting
        | Duty::LegalAdvice
        | Duty::WriteUp
        | Duty::RecordReasons
        | Duty::WhatWouldChange
        | Duty::Countersign
        | Duty::NotifyPolice
        | Duty::KeepWorkingWithFamily
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => "Done, see the notes of the day.",
    }
}

/// Goes through the open duties of the family's file and closes them, save those to be kept.
fn tidy_up(vault: &mut Vault, clock: &mut Clock, open: &Opened, keep: &[Duty]) -> Result<()> {
    // Read anew each time: a call that ends in words closes what would have chased it.
    while let Some(row) = duties(vault, open)?
        .into_iter()
        .find(|row| row.settled.is_none() && !keep.contains(&row.obligation.duty))
    {
        let note = open.named.fill(done(row.obligation.duty));
        today::settle_obligation(vault, row.obligation.id, Settlement::Done { note }, clock.tick(1))?;
    }
    Ok(())
}
