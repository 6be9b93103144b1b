//! What a duty to confirm in writing follows from: the decision or the emergency, the call, and to whom it goes.

use sharewell_documents::Line;
use sharewell_guidance::practice::consent_given;
use sharewell_records::{
    CaseId, Consents, Day, DecisionId, Duty, EmergencyId, Extent, Moment, ObligationId, OutcomeKind,
    Recipient, RestsOn, Scope, Settlement, WhenTold,
};
use sharewell_vault::{Reader, decisions, disclosures, emergencies, obligations};

use super::lines::{plain, said_if};
use crate::decide::read_signed;
use crate::error::{Error, Result};
use crate::sharing::extent::For;
use crate::sharing::limits::Limits;
use crate::words::Words;

/// What a duty to confirm in writing follows from.
#[derive(Default)]
pub(super) struct Basis {
    /// The decision, where it is one.
    pub(super) decision: Option<DecisionId>,
    pub(super) decided: Option<OutcomeKind>,
    /// Whether harm is suspected, or could not be ruled out.
    harm: bool,
    /// Whether whoever is owed the confidence agreed.
    agreed: bool,
    /// The consent that the decision names.
    rests_on: Vec<RestsOn>,
    /// What is shared, in a sentence.
    pub(super) said: String,
    pub(super) recipient: Recipient,
    /// What goes and what stays, as it was signed.
    pub(super) extent: Option<Extent>,
    pub(super) call: Vec<Line>,
    /// The call, while nothing says what came of it.
    pub(super) open: Option<ObligationId>,
    pub(super) why: Vec<Line>,
    pub(super) told: Vec<Line>,
    /// By when an answer is chased.
    pub(super) answer_by: Option<Moment>,
}

impl Basis {
    /// What a duty to confirm in writing follows from, and the file in which it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the duty is none to confirm in writing, or stands in no file.
    pub(super) fn of_duty(r: &Reader<'_>, duty: ObligationId, words: &Words) -> Result<(CaseId, Self)> {
        let row = obligations::get(r, duty)?;
        if row.obligation.duty != Duty::ConfirmInWriting {
            return Err(Error::NotFound { what: "obligation" });
        }
        let case = row.case.ok_or(Error::NotFound { what: "file" })?;
        let basis = match (row.obligation.decision, row.obligation.emergency) {
            (Some(id), _) => Self::of_decision(r, id, words)?,
            (None, Some(id)) => Self::of_emergency(r, id, words)?,
            (None, None) => Self::default(),
        };
        Ok((case, basis))
    }

    /// To whom it goes, in a line.
    pub(super) fn to(&self, words: &Words) -> String {
        words.list(&[&self.recipient.name, &self.recipient.role])
    }

    /// For what, and for whom notes are chosen.
    pub(super) fn chosen_for<'a>(&'a self, consents: &'a Consents, limits: &'a Limits, on: Day) -> For<'a> {
        For {
            decided: self.decided.unwrap_or(OutcomeKind::ShareLimited),
            harm: self.harm,
            agreed: self.agreed,
            rests_on: self.rests_on.clone(),
            consents,
            limits,
            recipient: &self.recipient,
            route: None,
            scope: Scope::default(),
            said: std::iter::once(self.said.as_str())
                .chain(self.why.iter().map(|line| line.text.as_str()))
                .collect(),
            on,
        }
    }

    fn of_decision(r: &Reader<'_>, id: DecisionId, words: &Words) -> Result<Self> {
        let decision = decisions::get(r, id)?.record;
        let (harm, agreed) = read_signed(r, id, |signed| {
            let replay = signed.replay()?;
            let agreed = consent_given(&signed.carried.pack, &replay.position);
            Ok((replay.advice.harm_suspected, agreed))
        })?;
        let left = disclosures::of_decision(r, id)?.into_iter().rev().map(|one| one.record);
        let mut call: Vec<Line> = left
            .map(|one| {
                let to = words.list(&[&one.recipient, &one.recipient_role]);
                let sent = [("recipient", &*to), ("route", words.route.of(one.route)), ("what", &*one.what)];
                Line { when: words.moment(one.at), ..plain(words.event.sent.fill(&sent)) }
            })
            .collect();
        // What was planned to be said is not what was said. It stands here once the call was made.
        let duties = obligations::of_decision(r, id)?;
        let mut open = None;
        if call.is_empty() {
            let acts = duties.iter().filter(|row| row.obligation.duty == Duty::Act);
            open = acts.clone().find(|row| row.settled.is_none()).map(|row| row.obligation.id);
            let done = acts.filter_map(|row| {
                let settled = row.settled.as_ref()?;
                match &settled.how {
                    Some(Settlement::Done { note }) => Some((note.clone(), settled.at)),
                    Some(Settlement::NotNeeded { .. }) | None => None,
                }
            });
            let said = |text: &str, at: Moment| Line { when: words.moment(at), ..plain(text.to_owned()) };
            for (note, at) in done {
                let told = [note.as_str(), &decision.what].into_iter().filter(|text| !text.is_empty());
                call.extend(told.map(|text| said(text, at)));
            }
        }
        let told = decision.telling.iter().filter(|row| row.when != WhenTold::Blank).map(|row| {
            let when = words.telling.of(row.when);
            plain(words.said(&words.list(&[&row.name, when]), &row.why))
        });
        let chase = duties.iter().find(|row| row.obligation.duty == Duty::Escalate && row.settled.is_none());
        Ok(Self {
            decision: Some(id),
            decided: Some(decision.decided),
            harm,
            agreed,
            said: decision.what.clone(),
            recipient: decision.recipient,
            rests_on: decision.rests_on,
            extent: decision.extent,
            call,
            open,
            why: said_if(&decision.reasons),
            told: told.collect(),
            answer_by: chase.and_then(|row| row.obligation.due),
        })
    }

    fn of_emergency(r: &Reader<'_>, id: EmergencyId, words: &Words) -> Result<Self> {
        let row = emergencies::get(r, id)?;
        let emergency = row.emergency.record;
        let told = emergency.attempts.iter().map(|one| Line {
            when: words.moment(one.at),
            ..plain(words.list(&[&one.who, words.attempt_result.of(one.result), &one.said]))
        });
        let mut call: Vec<Line> = told.collect();
        call.extend(
            [emergency.told.clone(), emergency.others_at_risk]
                .into_iter()
                .filter(|one| !one.is_empty())
                .map(plain),
        );
        let write_up = row.written_up.map(|one| one.record);
        let explained = write_up.as_ref().map(|one| one.explained.clone()).unwrap_or_default();
        Ok(Self {
            decided: Some(OutcomeKind::EmergencyShare),
            harm: true,
            said: emergency.told,
            recipient: Recipient {
                name: emergency.attempts.last().map(|one| one.who.clone()).unwrap_or_default(),
                ..Recipient::default()
            },
            call,
            why: write_up.as_ref().map(|one| said_if(&one.why_urgent)).unwrap_or_default(),
            told: said_if(&explained),
            ..Self::default()
        })
    }
}
