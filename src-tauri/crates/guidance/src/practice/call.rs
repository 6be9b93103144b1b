//! Calls: which duties are done by ringing somebody, whom to ring where nobody answers, and whose *told* closes what.
//!
//! The act closes on *told*: a named person reached, and when (`practice.md` 3). A voicemail, an engaged line and a
//! promise to ring back tell nobody. Where nobody answers the next number stands in the same place, and whoever is told
//! on it closes the duty only where they answer for the one who was to be told: the police know then, and children's
//! social care still has to hear of it.

use sharewell_records::{Duty, folded_words};

use crate::{Pack, Ring};

/// Somebody who is rung, on the way from the first number to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// The emergency services.
    Emergency,
    /// The front door of children's social care.
    FrontDoor,
    /// Who answers for it at night and on days off.
    NightService,
    /// The police, where nobody is in danger at this moment.
    Police,
    /// The agency's own adviser.
    Adviser,
    /// Who hears worries about people who work with children.
    AllegationsOfficer,
    /// The agency's legal adviser.
    LegalAdviser,
    /// Whoever advises the agency on data protection law.
    DataAdviser,
    /// The children's office of another area: where the child moves, or is.
    OtherArea,
}

/// What is known at the moment of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// Whether offices are open.
    pub open: bool,
    /// Whether a number of the night service is known.
    pub night_known: bool,
    /// Whether it is to be done the moment it appears: then the police are 999, and never 101.
    pub at_once: bool,
}

/// Whom to ring, the first first. Never empty, but where nobody is rung.
#[must_use]
pub fn ladder(ring: Ring, hour: Hour) -> Vec<Rung> {
    let social_care = match (hour.open, hour.night_known) {
        (true, true) => vec![Rung::FrontDoor, Rung::NightService],
        (false, true) => vec![Rung::NightService],
        (_, false) => vec![Rung::FrontDoor],
    };
    let police = if hour.at_once { Rung::Emergency } else { Rung::Police };
    let then = |first: &[Rung], last: &[Rung]| [first, &social_care, last].concat();
    match ring {
        Ring::Nobody => Vec::new(),
        Ring::FrontDoor => then(&[], &[police, Rung::Adviser]),
        Ring::Emergency => then(&[Rung::Emergency], &[Rung::Adviser]),
        Ring::Police => then(&[police], &[Rung::Adviser]),
        Ring::AllegationsOfficer => then(&[Rung::AllegationsOfficer], &[police]),
        // Our own front door cannot act there.
        Ring::OtherArea => vec![Rung::OtherArea, police, Rung::Adviser],
        Ring::Adviser => then(&[Rung::Adviser], &[]),
        Ring::LegalAdviser => vec![Rung::LegalAdviser, Rung::Adviser],
        Ring::DataAdviser => vec![Rung::DataAdviser, Rung::Adviser],
    }
}

impl Rung {
    /// The nation's term for them, worded in `term.<name>`; none for the emergency services and for who answers at night.
    #[must_use]
    pub fn term(self) -> Option<&'static str> {
        match self {
            Self::Emergency | Self::NightService | Self::OtherArea => None,
            Self::FrontDoor => Some("front_door"),
            Self::Police => Some("police"),
            Self::Adviser => Some("adviser"),
            Self::AllegationsOfficer => Some("allegations_officer"),
            Self::LegalAdviser => Some("legal_adviser"),
            Self::DataAdviser => Some("data_adviser"),
        }
    }

    /// Whether *told* on this rung is *told* where that one was to be rung. Nobody but who answers at night answers for
    /// somebody else.
    #[must_use]
    pub fn answers_for(self, ring: Ring) -> bool {
        match self {
            Self::FrontDoor | Self::NightService => ring == Ring::FrontDoor,
            Self::Emergency => matches!(ring, Ring::Emergency | Ring::Police),
            Self::Police => ring == Ring::Police,
            Self::Adviser => ring == Ring::Adviser,
            Self::AllegationsOfficer => ring == Ring::AllegationsOfficer,
            Self::LegalAdviser => ring == Ring::LegalAdviser,
            Self::DataAdviser => ring == Ring::DataAdviser,
            Self::OtherArea => ring == Ring::OtherArea,
        }
    }

    /// Whether what they are told leaves the agency, and stands in the log of what left.
    #[must_use]
    pub fn is_outside(self) -> bool {
        match self {
            Self::Emergency
            | Self::FrontDoor
            | Self::NightService
            | Self::Police
            | Self::AllegationsOfficer
            | Self::OtherArea => true,
            Self::Adviser | Self::LegalAdviser | Self::DataAdviser => false,
        }
    }
}

/// Whether somebody was reached, and not only a desk: a name, or what a call taker is known by. `desks`: how services are
/// called.
#[must_use]
pub fn is_somebody(who: &str, desks: &[&str]) -> bool {
    let who: Vec<String> = folded_words(who).collect();
    let is = |desk: &&str| folded_words(desk).eq(who.iter().cloned());
    !who.is_empty() && !desks.iter().any(is)
}

/// Whether a duty closes only where they said what they will do: the chase, on nothing less than *acknowledged*.
#[must_use]
pub fn takes_an_answer(duty: Duty) -> bool {
    duty == Duty::Escalate
}

/// Whether what the pack marks for the call is said in this one: in the act, and wherever somebody outside the agency is
/// rung. The lead who only hears that it was done is asked for no plan.
#[must_use]
pub fn takes_lines(duty: Duty, ring: Ring) -> bool {
    let first = ladder(ring, Hour { open: true, night_known: true, at_once: false });
    duty == Duty::Act || first.first().is_some_and(|rung| rung.is_outside())
}

impl Pack {
    /// Whom a duty of an outcome rings; none where it is done in another way, or the pack does not say whom.
    #[must_use]
    pub fn rung_by(&self, outcome: &str, id: &str, duty: Duty) -> Option<Ring> {
        let ring = match duty {
            Duty::Act => self.act_of(id).or_else(|| self.named_in(id)),
            Duty::NotifyPolice => Some(Ring::Police),
            Duty::ConsultFrontDoor => self.named_in(id).or(Some(Ring::FrontDoor)),
            Duty::LegalAdvice => self.named_in(id).or(Some(Ring::LegalAdviser)),
            Duty::DiscussWithAdviser | Duty::TellDataProtectionOfficer => self.named_in(id),
            Duty::Escalate => self.outcomes.iter().find(|one| one.id == outcome)?.act.recipient,
            Duty::StatePurpose
            | Duty::HearViews
            | Duty::ConsiderEveryone
            | Duty::HowMuch
            | Duty::SeparateFactOpinion
            | Duty::VerifyRecipient
            | Duty::ProtectIdentities
            | Duty::SeparateFile
            | Duty::SecureRoute
            | Duty::TellLimits
            | Duty::RecordDisclosure
            | Duty::Explain
            | Duty::ConfirmInWriting
            | Duty::LinkedDecision
            | Duty::WhoElseActed
            | Duty::CheckAssumptions
            | Duty::WriteUp
            | Duty::RecordReasons
            | Duty::WhatWouldChange
            | Duty::Review
            | Duty::Countersign
            | Duty::KeepWorkingWithFamily
            | Duty::ProtectAfterBreach
            | Duty::TellLeadOfBreach
            | Duty::ReportBreach => None,
        };
        ring.filter(|ring| *ring != Ring::Nobody)
    }

    /// Whom the act rings of which a duty is the record: the first of its outcome. What is chased is that act.
    fn act_of(&self, id: &str) -> Option<Ring> {
        let first = |outcome: &&crate::Outcome| self.duties_of(outcome).next().is_some_and(|one| one == id);
        self.outcomes.iter().find(first)?.act.recipient
    }

    fn duties_of<'p>(&'p self, outcome: &'p crate::Outcome) -> impl Iterator<Item = &'p str> {
        outcome.obligations.iter().filter_map(|at| self.obligations.get(*at)).map(|one| one.id.as_str())
    }

    /// Whom the words of a duty name first, of those who can be rung.
    fn named_in(&self, id: &str) -> Option<Ring> {
        let key = format!("obligation.{id}.what");
        let text = self.written.values().find_map(|texts| texts.get(&key))?;
        let named = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        named.flat_map(|term| Ring::ALL.into_iter().find(|ring| ring.named_by() == Some(term))).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Hour = Hour { open: true, night_known: true, at_once: false };

    #[test]
    fn no_answer_brings_forward_the_night_service_then_the_police_then_the_lead() {
        let of = |hour| ladder(Ring::FrontDoor, hour);
        assert_eq!(of(DAY), [Rung::FrontDoor, Rung::NightService, Rung::Police, Rung::Adviser]);
        let night = Hour { open: false, ..DAY };
        assert_eq!(of(night), [Rung::NightService, Rung::Police, Rung::Adviser], "the day's desk is empty");
        let unknown = Hour { night_known: false, ..night };
        assert_eq!(of(unknown).first(), Some(&Rung::FrontDoor), "the only number is better than none");
    }

    #[test]
    fn what_is_done_now_goes_on_to_999_and_never_to_101() {
        for ring in Ring::ALL {
            for (open, night_known) in [(true, true), (true, false), (false, true), (false, false)] {
                let now = ladder(ring, Hour { open, night_known, at_once: true });
                assert!(!now.contains(&Rung::Police), "{ring:?}");
                let mut once = now.clone();
                once.dedup();
                assert_eq!(once, now, "{ring:?}: nobody is rung twice in a row");
            }
        }
    }

    #[test]
    fn the_police_and_the_lead_are_told_and_social_care_still_has_to_be() {
        let closes: Vec<Rung> = ladder(Ring::FrontDoor, DAY)
            .into_iter()
            .filter(|rung| rung.answers_for(Ring::FrontDoor))
            .collect();
        assert_eq!(closes, [Rung::FrontDoor, Rung::NightService]);
        for ring in Ring::ALL.into_iter().filter(|ring| *ring != Ring::Nobody) {
            let first = ladder(ring, DAY).into_iter().next();
            assert!(first.is_some_and(|rung| rung.answers_for(ring)), "{ring:?}: the first number closes it");
        }
    }

    #[test]
    fn what_is_asked_in_the_call_is_asked_of_whoever_acts_and_not_of_the_lead_who_hears_of_it() {
        assert!(takes_lines(Duty::ConsultFrontDoor, Ring::FrontDoor));
        assert!(
            takes_lines(Duty::NotifyPolice, Ring::Police) && takes_lines(Duty::Escalate, Ring::FrontDoor)
        );
        assert!(!takes_lines(Duty::DiscussWithAdviser, Ring::Adviser));
        assert!(!takes_lines(Duty::LegalAdvice, Ring::LegalAdviser));
        assert!(takes_lines(Duty::Act, Ring::Adviser), "where the adviser is whom the act rings");
    }

    #[test]
    fn where_the_child_moves_the_office_there_alone_closes_it() {
        let there = ladder(Ring::OtherArea, DAY);
        assert_eq!(
            there,
            [Rung::OtherArea, Rung::Police, Rung::Adviser],
            "our own front door cannot act there"
        );
        let closes: Vec<_> = there.into_iter().filter(|rung| rung.answers_for(Ring::OtherArea)).collect();
        assert_eq!(closes, [Rung::OtherArea]);
        assert!(Rung::OtherArea.is_outside() && !Rung::FrontDoor.answers_for(Ring::OtherArea));
    }

    #[test]
    fn a_call_taker_counts_as_somebody_and_a_desk_does_not() {
        let desks = ["children's social care (the MASH)", "Northmere front door"];
        assert!(is_somebody("Robin Pretence", &desks) && is_somebody("call taker 4", &desks));
        assert!(!is_somebody(" ", &desks) && !is_somebody("northmere FRONT door", &desks));
    }

    #[test]
    fn nothing_that_is_told_inside_the_agency_is_logged_as_having_left_it() {
        assert!(Rung::NightService.is_outside() && Rung::AllegationsOfficer.is_outside());
        assert!(!Rung::Adviser.is_outside() && !Rung::DataAdviser.is_outside());
    }
}
