//! How the duties of a signed decision are called, for a list: read with no more than that needs. A list shows
//! the duties of many decisions, and neither their answers nor what else stands in their files.

use std::collections::BTreeMap;
use std::sync::Arc;

use sharewell_guidance::practice::cards::Card;
use sharewell_records::{DecisionId, Duty, HowDue, Moment, Obligation, Practitioner};
use sharewell_vault::{Reader, decisions, flags, practitioner};

use super::answers::as_answers;
use super::cards::card_of;
use super::filled::Filled;
use super::obligations::{Called, in_words, is_at_once};
use super::ringing::Ringing;
use crate::error::Result;
use crate::guidance::serving::{Carried, kept_pack};
use crate::language;
use crate::people::{self, Family, Names};
use crate::restricted;
use crate::words::Words;

/// What words the duties of one decision.
pub(crate) struct Titles<'w> {
    carried: Arc<Carried>,
    names: Names,
    words: &'w Words,
    language: sharewell_documents::Language,
    /// Who is meant by duties about those whom an answer names in words, by the pack's id.
    who: BTreeMap<String, String>,
    /// Everybody of the file, where a flag stands in it or it is a restricted one.
    family: Option<Family>,
    own: Practitioner,
    now: Moment,
    /// The outcome of the decision, where one of the duties chases its act.
    outcome: String,
}

/// A duty as a list tells it.
pub(crate) struct Title {
    pub what: String,
    /// The same without anybody's number, for paper.
    pub plain: String,
    pub hint: String,
    /// What the safety flags bind on those whom it names.
    pub careful: Vec<String>,
    /// How it stands.
    pub how: HowDue,
    /// On which card of its decision it stands.
    pub card: Card,
    /// Whether it is done by a call.
    pub call: bool,
}

impl Titles<'_> {
    /// Reads what those duties of a decision need. The answers are followed again only where one of them is about
    /// somebody whom an answer names: who that is stands nowhere else.
    pub(crate) fn of(r: &Reader<'_>, id: DecisionId, duties: &[&Obligation], now: Moment) -> Result<Self> {
        let decisions::Under { case, pack } = decisions::under(r, id)?;
        let carried = kept_pack(r, &pack)?;
        let pack = &carried.pack;
        let in_answers = |duty: &&Obligation| {
            duty.person.is_none()
                && pack.obligations().iter().any(|one| one.id == duty.key && one.is_for_those_named())
        };
        let who = if duties.iter().any(in_answers) {
            let decision = decisions::get(r, id)?.record;
            let answers = as_answers(&decision.answers);
            in_words(&sharewell_guidance::outcome(pack, &decision.known, decision.on, &answers)?)
        } else {
            BTreeMap::new()
        };
        let chases = duties.iter().any(|duty| duty.duty == Duty::Escalate);
        let outcome = if chases { decisions::get(r, id)?.record.outcome } else { String::new() };
        let language = language::of(r)?;
        let names = Names::of(r, case)?;
        let bound = restricted::number(r, case)?.is_some() || !flags::of_case(r, case)?.is_empty();
        let family = if bound { Some(Family::of(r, case)?) } else { None };
        let own = match &family {
            Some(family) => people::own(r, family)?,
            None => practitioner::current(r)?.record,
        };
        Ok(Self { carried, names, words: Words::of(language), language, who, family, own, now, outcome })
    }

    /// How the file of the decision is called.
    pub(crate) fn child(&self) -> String {
        self.names.child_name()
    }

    /// A duty's words. Veiled, they name nobody: what concerns one person has words without a name, and the file itself
    /// says who it is.
    pub(crate) fn title(&self, duty: &Obligation, veiled: bool) -> Title {
        let pack = &self.carried.pack;
        let how = duty.how_due(is_at_once(pack, duty), self.now);
        let card = card_of(pack, &duty.key, duty.duty);
        let call = pack.rung_by(&self.outcome, &duty.key, duty.duty).is_some();
        if veiled && (duty.person.is_some() || self.who.contains_key(&duty.key)) {
            let what = self.words.duty.of(duty.duty).to_owned();
            return Title {
                plain: what.clone(),
                what,
                hint: String::new(),
                careful: Vec::new(),
                how,
                card,
                call,
            };
        }
        let mut filled = Filled::named(pack, self.language, &self.names);
        if veiled {
            let words = self.words;
            let veiled = if self.names.has_child() { &words.the_child } else { &words.any_child };
            veiled.clone_into(&mut filled.child);
        }
        let ringing = Ringing { own: &self.own, now: self.now, calendar: &pack.calendar };
        let plainly = Called { wording: &filled, who: &self.who, ringing: None, outcome: &self.outcome };
        let (plain, _) = plainly.title(duty);
        let called = Called { ringing: Some(ringing), ..plainly };
        let (what, hint) = called.title(duty);
        let family = self.family.as_ref().filter(|_| !veiled);
        Title {
            what,
            plain,
            hint,
            careful: family.map(|one| called.careful(duty, one)).unwrap_or_default(),
            how,
            card,
            call,
        }
    }
}
