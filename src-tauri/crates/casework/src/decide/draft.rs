//! A decision that is not signed yet, as the vault keeps it, and all that its questions need.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sharewell_guidance::practice::child;
use sharewell_guidance::{Answers, Position, Step, place};
use sharewell_records::{
    Answer, Answered, Call, CaseId, Consents, Day, DecisionId, Extent, Grounds, Item, ItemId, KnownFacts,
    Moment, Nation, OutcomeKind, PackRef, PersonId, Request, Sha256, StepId, Trigger, WayIn,
};
use sharewell_vault::{Draft, Reader, Recorded, decisions, drafts, items};

use super::answers::{Choosable, as_answers};
use super::cautions::Cautions;
use super::filled::Filled;
use super::known;
use super::ringing::Ringing;
use crate::error::{Error, Result};
use crate::guidance::Wording;
use crate::guidance::serving::{self, Carried};
use crate::people::{Family, Names, own};
use crate::sharing::limits::Limits;
use crate::views::{DecisionLine, ExpiredView, SignOffInput};
use crate::{clock, consent, language, restricted, store};

/// The kind of draft that a decision is.
pub(crate) const KIND: &str = "decision";

/// A decision that is not signed yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DraftDecision {
    pub id: DecisionId,
    pub case: CaseId,
    pub child: PersonId,
    pub trigger: Trigger,
    /// The door through which it was begun; none in a draft of an earlier program, and where it follows from an
    /// earlier decision.
    #[serde(default)]
    pub door: Option<WayIn>,
    pub follows: Option<DecisionId>,
    pub nation: Nation,
    /// The nation of the file when it began; none in a draft of an earlier program.
    #[serde(default)]
    pub file_nation: Option<Nation>,
    pub pack: PackRef,
    pub started: Moment,
    /// Whole answers in the order of first asking, those off the path included.
    pub answers: Vec<Answered>,
    /// What is being typed and is not an answer yet.
    #[serde(default)]
    pub typing: Vec<Answered>,
    /// What was typed towards the sign-off; none before anything was.
    #[serde(default)]
    pub sign_off: Option<SignOffInput>,
    /// The grounds that were suggested when that was saved. What was not typed over follows the suggestions when
    /// answers change.
    #[serde(default)]
    pub suggested: Option<Grounds>,
    /// The expired pack under which the practitioner confirmed going on, and when.
    #[serde(default)]
    pub expired_confirmed: Option<(Sha256, Moment)>,
    /// The day on which it was decided, where it is written down later.
    #[serde(default)]
    pub on: Option<Day>,
    /// The request that brings it about.
    #[serde(default)]
    pub request: Option<Request>,
    /// The item that says in the file what was asked.
    #[serde(default)]
    pub asked: Option<ItemId>,
    /// Calls that were made beside the advice. They are written down with the signature.
    #[serde(default)]
    pub calls: Vec<DraftCall>,
    /// Other nations under whose guidance it needs a decision too.
    #[serde(default)]
    pub also: Vec<Nation>,
    /// What goes and what stays, as far as it was chosen.
    #[serde(default)]
    pub extent: Option<Extent>,
}

/// A call that was made before the signature.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DraftCall {
    pub call: Call,
    /// Whether what was told left the agency.
    pub outside: bool,
}

impl DraftDecision {
    /// The key of a decision's draft.
    pub(crate) fn key(id: DecisionId) -> String {
        format!("{KIND}:{id}")
    }

    /// The draft as the vault keeps it.
    pub(crate) fn to_draft(&self, now: Moment) -> Result<Draft> {
        let body = serde_json::to_string(self).map_err(|_| Error::Stored { what: "draft" })?;
        Ok(Draft {
            key: Self::key(self.id),
            kind: KIND.to_owned(),
            case: Some(self.case),
            body,
            updated: now,
        })
    }

    pub(crate) fn from_draft(draft: &Draft) -> Result<Self> {
        serde_json::from_str(&draft.body).map_err(|_| Error::Stored { what: "draft" })
    }

    /// The day for which it is decided: today, or the day on which it was, where it is written down later.
    pub(crate) fn day(&self, now: Moment) -> Day {
        self.on.unwrap_or_else(|| clock::day_of(now))
    }

    /// Sets a whole answer; it stays at the place of its first asking.
    pub(crate) fn set(&mut self, step: &StepId, answer: Answer, at: Moment) {
        self.typing.retain(|typed| typed.step != *step);
        put(&mut self.answers, step, answer, at);
    }

    /// Sets what is being typed.
    pub(crate) fn set_typing(&mut self, step: &StepId, answer: Answer, at: Moment) {
        put(&mut self.typing, step, answer, at);
    }
}

fn put(list: &mut Vec<Answered>, step: &StepId, answer: Answer, at: Moment) {
    match list.iter_mut().find(|one| one.step == *step) {
        Some(one) => (one.answer, one.at) = (answer, at),
        None => list.push(Answered { step: step.clone(), answer, at }),
    }
}

/// A draft with its file, its pack and where its answers lead.
pub(crate) struct Open {
    pub draft: DraftDecision,
    pub saved_at: Moment,
    pub family: Family,
    pub items: Vec<Recorded<Item>>,
    /// What was written down of consent, as it stands.
    pub consents: Consents,
    /// What the senders of its notes set.
    pub limits: Limits,
    pub carried: Arc<Carried>,
    pub known: KnownFacts,
    pub on: Day,
    pub answers: Answers,
    pub position: Position,
    /// The practitioner, for names and numbers.
    pub practitioner: sharewell_records::Practitioner,
    /// The number of the restricted file in which it was begun.
    pub restricted: Option<u32>,
}

impl Open {
    /// Reads a draft.
    ///
    /// # Errors
    /// [`Error::AlreadySigned`] where it was signed, [`Error::NotFound`] where there is none.
    /// [`Error::NationChanged`] where the file was given another nation since: duties, ages and holidays are others
    /// there.
    pub(crate) fn read(r: &Reader<'_>, id: DecisionId, now: Moment) -> Result<Self> {
        let open = Self::read_stopped(r, id, now)?;
        if open.nation_was().is_some() { Err(Error::NationChanged) } else { Ok(open) }
    }

    /// The nation of the file when this began, where it has another one now.
    pub(crate) fn nation_was(&self) -> Option<Nation> {
        self.draft.file_nation.filter(|was| *was != self.family.case.nation)
    }

    /// Reads a draft, also one that stopped since the file has another nation.
    ///
    /// # Errors
    /// [`Error::AlreadySigned`] where it was signed, [`Error::NotFound`] where there is none.
    pub(crate) fn read_stopped(r: &Reader<'_>, id: DecisionId, now: Moment) -> Result<Self> {
        match drafts::get(r, &DraftDecision::key(id))? {
            Some(draft) => Self::of(r, &draft, now),
            None if decisions::get(r, id).is_ok() => Err(Error::AlreadySigned),
            None => Err(Error::NotFound { what: "decision" }),
        }
    }

    pub(crate) fn of(r: &Reader<'_>, kept: &Draft, now: Moment) -> Result<Self> {
        let mut draft = DraftDecision::from_draft(kept)?;
        let on = draft.day(now);
        let family = Family::of(r, draft.case)?;
        let carried = pack_of(r, &draft, on)?;
        draft.pack = carried.pack.reference();
        let settings = sharewell_vault::practitioner::current(r)?.record;
        let of = known::Of {
            own: &settings,
            child: family.child(),
            has_child: family.has_child(),
            door: draft.door,
            request: draft.request.as_ref(),
            on,
        };
        let known = known::facts(&of, &carried.pack, &draft.answers);
        let answers = as_answers(&draft.answers);
        let position = place(&carried.pack, &known, on, &answers)?;
        let mut items = items::of_case(r, draft.case)?;
        // A restricted file speaks of what the child's file holds as well.
        if let Some(beside) = family.case.beside {
            items.extend(items::of_case(r, beside)?);
        }
        let practitioner = own(r, &family)?;
        Ok(Self {
            saved_at: kept.updated,
            limits: Limits::of(r, &family)?,
            consents: consent::folded(r, family.case.beside.unwrap_or(draft.case), now)?.1,
            items,
            practitioner,
            restricted: restricted::number(r, draft.case)?,
            draft,
            family,
            carried,
            known,
            on,
            answers,
            position,
        })
    }

    /// What is advised about telling each person, at a question about it or at the sign-off.
    pub(crate) fn cautions(&self, step: Option<&Step>) -> Cautions {
        let pack = &self.carried.pack;
        let told = child::hears_at_once(pack, &self.known, self.on, &self.answers);
        Cautions::of(pack, &self.position, &self.family, step, told.then_some(self.draft.child))
    }

    /// The numbers that the practitioner noted, as they are answered at a moment.
    pub(crate) fn ringing(&self, now: Moment) -> Ringing<'_> {
        Ringing { own: &self.practitioner, now, calendar: &self.carried.pack.calendar }
    }

    /// Follows the answers anew after one was changed.
    pub(crate) fn follow(&mut self) -> Result<()> {
        self.answers = as_answers(&self.draft.answers);
        self.position = place(&self.carried.pack, &self.known, self.on, &self.answers)?;
        Ok(())
    }

    /// Where the pack has expired: its last day, and when the practitioner confirmed going on under it.
    pub(crate) fn expired(&self) -> Option<ExpiredView> {
        let pack = &self.carried.pack;
        let until = pack.applies_until.filter(|_| serving::expired(pack, self.on))?;
        let confirmed = self.draft.expired_confirmed.filter(|(hash, _)| *hash == pack.hash);
        Some(ExpiredView { until, confirmed_at: confirmed.map(|(_, at)| at) })
    }

    /// The pack's words with the names of the file filled in.
    pub(crate) fn filled(&self) -> Filled<'_> {
        Filled::new(&self.carried.pack, &self.family, self.items.iter().map(|item| &item.record))
    }

    /// The pack's words alone.
    pub(crate) fn wording(&self) -> Wording<'_> {
        Wording::new(&self.carried.pack, self.family.language)
    }

    /// When an answer was given.
    pub(crate) fn at(&self, step: &StepId) -> Moment {
        let found = self.draft.answers.iter().find(|one| one.step == *step);
        found.map_or(self.draft.started, |one| one.at)
    }

    /// Who and what an answer may speak of.
    pub(crate) fn choosable(&self, step: &Step) -> Choosable {
        Choosable {
            people: self.family.people.iter().map(|person| person.id).collect(),
            each: self.family.affected().iter().map(|person| person.id).collect(),
            items: self.items.iter().map(|item| item.record.id).collect(),
            cautions: self.cautions(Some(step)),
        }
    }
}

/// The pack that a draft began under, while it applies; otherwise the one that applies now. Answers are kept
/// by step, so what still fits is not asked again.
pub(crate) fn pack_of(r: &Reader<'_>, draft: &DraftDecision, on: Day) -> Result<Arc<Carried>> {
    match serving::by_hash(r, draft.nation, draft.pack.hash, on)? {
        Some(carried) if carried.pack.applies_on(on) => Ok(carried),
        Some(_) | None => serving::for_day(r, draft.nation, on),
    }
}

/// A draft as one line of a list.
pub(crate) fn draft_line(r: &Reader<'_>, kept: &Draft, now: Moment) -> Result<DecisionLine> {
    let draft = DraftDecision::from_draft(kept)?;
    let restricted = restricted::number(r, draft.case)?;
    let names = Names::of(r, draft.case)?;
    let child = if restricted.is_some() { String::new() } else { names.child_name() };
    // A draft whose pack is gone is still a draft; only where it stands is not known.
    let stands = match stands(r, &draft, &names, now) {
        Ok(stands) => stands,
        Err(Error::NoPack { .. } | Error::BadPack { .. } | Error::Guidance(_)) => Stands::default(),
        Err(error) => return Err(error),
    };
    // On a page that somebody may glance at, a restricted file says nothing of what it is about.
    let told = restricted.is_none();
    Ok(DecisionLine {
        id: draft.id,
        child,
        restricted,
        signed: false,
        decided: None,
        at_question: stands.number,
        asks: if told { stands.asks } else { String::new() },
        advised: stands.advised.filter(|_| told),
        worries: if told { stands.worries } else { Vec::new() },
        trigger: draft.trigger,
        door: draft.door.filter(|_| told),
        at: kept.updated,
    })
}

/// Where a draft stands, in words by which one is told from another.
#[derive(Default)]
struct Stands {
    number: Option<u32>,
    asks: String,
    advised: Option<OutcomeKind>,
    worries: Vec<String>,
}

fn stands(r: &Reader<'_>, draft: &DraftDecision, names: &Names, now: Moment) -> Result<Stands> {
    let (carried, position) = position(r, draft, names, now)?;
    let pack = &carried.pack;
    let wording = Filled::named(pack, language::of(r)?, names);
    // What worries is the first question with many answers, in every pack.
    let worries = position.path.iter().find_map(|asked| match &asked.answer {
        Answer::Choices { values, .. } => Some((pack.step(&asked.step)?, values)),
        _ => None,
    });
    let advised = position.advised().and_then(|id| pack.outcomes().iter().find(|one| one.id == id));
    Ok(Stands {
        number: position.next().map(|next| next.number),
        asks: position
            .next()
            .map(|next| wording.say(&format!("step.{}.question", next.step)))
            .unwrap_or_default(),
        advised: advised.map(|outcome| outcome.kind),
        worries: worries
            .map(|(step, values)| values.iter().map(|value| wording.option(step, value)).collect())
            .unwrap_or_default(),
    })
}

/// Where the answers of a draft lead, and nothing else.
fn position(
    r: &Reader<'_>,
    draft: &DraftDecision,
    names: &Names,
    now: Moment,
) -> Result<(Arc<Carried>, Position)> {
    let on = draft.day(now);
    let carried = pack_of(r, draft, on)?;
    let own = sharewell_vault::practitioner::current(r)?.record;
    let of = known::Of {
        own: &own,
        child: names.child(),
        has_child: names.has_child(),
        door: draft.door,
        request: draft.request.as_ref(),
        on,
    };
    let known = known::facts(&of, &carried.pack, &draft.answers);
    let position = place(&carried.pack, &known, on, &as_answers(&draft.answers))?;
    Ok((carried, position))
}

/// The known facts of a draft if it had been begun through another door.
pub(crate) fn known_through(open: &Open, r: &Reader<'_>, door: WayIn) -> Result<KnownFacts> {
    let own = sharewell_vault::practitioner::current(r)?.record;
    let of = known::Of {
        own: &own,
        child: open.family.child(),
        has_child: open.family.has_child(),
        door: Some(door),
        request: open.draft.request.as_ref(),
        on: open.on,
    };
    Ok(known::facts(&of, &open.carried.pack, &open.draft.answers))
}

/// The next begun decisions behind one of them, those that were left longest first.
pub(crate) fn behind(r: &Reader<'_>, after: Option<DecisionId>, limit: usize) -> Result<Vec<Draft>> {
    Ok(drafts::of_kind(r, KIND, after.map(DraftDecision::key).as_deref(), limit)?)
}

/// The draft of a file, where one is begun.
pub(crate) fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Option<Draft>> {
    Ok(drafts::of_case(r, KIND, case)?.into_iter().next())
}

/// The decision that is begun in a file and not signed yet.
pub(crate) fn begun(r: &Reader<'_>, case: CaseId) -> Result<Option<DecisionId>> {
    of_case(r, case)?.map(|kept| Ok(DraftDecision::from_draft(&kept)?.id)).transpose()
}

/// Keeps a draft.
pub(crate) fn save(vault: &mut sharewell_vault::Vault, draft: &DraftDecision, now: Moment) -> Result<()> {
    store::save_draft(vault, &draft.to_draft(now)?)
}

/// The draft as kept, without its file: for saves that must be quick.
pub(crate) fn raw(r: &Reader<'_>, decision: DecisionId) -> Result<DraftDecision> {
    match drafts::get(r, &DraftDecision::key(decision))? {
        Some(kept) => DraftDecision::from_draft(&kept),
        None if decisions::get(r, decision).is_ok() => Err(Error::AlreadySigned),
        None => Err(Error::NotFound { what: "decision" }),
    }
}
