//! On which card a duty stands, and in which order the cards come.
//!
//! After any decision there are few cards, and the act comes first (`practice.md` 2). A card is a kind of thing to do:
//! every call that is due today is one card, with a line for each call. Which one a duty stands on follows from the
//! duty alone, so that a list, a paper and a page never sort the same duty in two ways.
//!
//! A **point** is said on a card and ticked by nobody: how the call is made, and what stays behind. Nothing that
//! protects somebody by being done is ever one.

use sharewell_records::Duty;

/// The most cards after any decision.
pub const MOST_CARDS: usize = 7;
/// The most of them that are due today.
pub const MOST_TODAY: usize = 3;

/// A card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Card {
    /// The act, and every call that goes with it.
    Ring,
    /// Telling, asking and hearing the child and the people.
    Telling,
    /// What is gone through with the adviser or the lead.
    Adviser,
    /// Other people at risk, each with a decision of their own.
    Others,
    /// What is written down of what left.
    Written,
    /// Why, where nothing leaves yet.
    Reasons,
    /// No answer, or no action: going further.
    Chase,
    /// Coming back to it.
    LookAgain,
}

impl Card {
    /// All of them, in the order of doing.
    pub const ALL: [Self; 8] = [
        Self::Ring,
        Self::Telling,
        Self::Adviser,
        Self::Others,
        Self::Written,
        Self::Reasons,
        Self::Chase,
        Self::LookAgain,
    ];

    /// The word in a pack.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::Telling => "telling",
            Self::Adviser => "adviser",
            Self::Others => "others",
            Self::Written => "written",
            Self::Reasons => "reasons",
            Self::Chase => "chase",
            Self::LookAgain => "look_again",
        }
    }

    /// Where what is said on this card stands among those that there are, the act's first: with the act, where nothing
    /// is to be done on its own; nowhere, where there is no card.
    #[must_use]
    pub fn among(self, there: &[Self]) -> Option<Self> {
        if there.contains(&self) { Some(self) } else { there.first().copied() }
    }

    /// The card of a duty. `today`: whether it is due today. Somebody else at risk is named in today's call, and has a
    /// card of their own only where that is later.
    #[must_use]
    pub fn of(duty: Duty, today: bool) -> Self {
        match duty {
            Duty::Act
            | Duty::NotifyPolice
            | Duty::ConsultFrontDoor
            | Duty::LegalAdvice
            | Duty::StatePurpose
            | Duty::ConsiderEveryone
            | Duty::HowMuch
            | Duty::SeparateFactOpinion
            | Duty::VerifyRecipient
            | Duty::ProtectIdentities
            | Duty::SecureRoute
            | Duty::TellLimits
            | Duty::WhoElseActed
            | Duty::ProtectAfterBreach
            | Duty::TellDataProtectionOfficer
            | Duty::ReportBreach => Self::Ring,
            Duty::LinkedDecision => {
                if today {
                    Self::Ring
                } else {
                    Self::Others
                }
            }
            Duty::HearViews | Duty::Explain | Duty::KeepWorkingWithFamily => Self::Telling,
            Duty::DiscussWithAdviser
            | Duty::CheckAssumptions
            | Duty::Countersign
            | Duty::TellLeadOfBreach => Self::Adviser,
            Duty::RecordDisclosure | Duty::ConfirmInWriting | Duty::SeparateFile | Duty::WriteUp => {
                Self::Written
            }
            Duty::RecordReasons | Duty::WhatWouldChange => Self::Reasons,
            Duty::Escalate => Self::Chase,
            Duty::Review => Self::LookAgain,
        }
    }
}

/// Whether a duty may be said without being ticked. What somebody is protected by is done, and closed by somebody: the
/// act, a legal report, telling a person, another person at risk, the chase, what is written down.
#[must_use]
pub fn may_be_point(duty: Duty) -> bool {
    match duty {
        Duty::StatePurpose
        | Duty::HearViews
        | Duty::ConsiderEveryone
        | Duty::HowMuch
        | Duty::SeparateFactOpinion
        | Duty::VerifyRecipient
        | Duty::ProtectIdentities
        | Duty::SecureRoute
        | Duty::TellLimits
        | Duty::WhoElseActed
        | Duty::CheckAssumptions
        | Duty::KeepWorkingWithFamily => true,
        Duty::Act
        | Duty::NotifyPolice
        | Duty::ConsultFrontDoor
        | Duty::LegalAdvice
        | Duty::LinkedDecision
        | Duty::Explain
        | Duty::DiscussWithAdviser
        | Duty::Countersign
        | Duty::RecordDisclosure
        | Duty::ConfirmInWriting
        | Duty::SeparateFile
        | Duty::WriteUp
        | Duty::RecordReasons
        | Duty::WhatWouldChange
        | Duty::Escalate
        | Duty::Review
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => false,
    }
}

/// Whether what a duty says can be said or asked in a call: whom it is about, who else, what must stay hidden, who tells
/// whom. A call of its own, what is written down and what comes later are not.
#[must_use]
pub fn may_be_in_call(duty: Duty) -> bool {
    match duty {
        Duty::StatePurpose
        | Duty::HearViews
        | Duty::ConsiderEveryone
        | Duty::HowMuch
        | Duty::SeparateFactOpinion
        | Duty::VerifyRecipient
        | Duty::ProtectIdentities
        | Duty::TellLimits
        | Duty::Explain
        | Duty::LinkedDecision
        | Duty::WhoElseActed
        | Duty::KeepWorkingWithFamily => true,
        Duty::Act
        | Duty::NotifyPolice
        | Duty::ConsultFrontDoor
        | Duty::LegalAdvice
        | Duty::DiscussWithAdviser
        | Duty::CheckAssumptions
        | Duty::Countersign
        | Duty::SeparateFile
        | Duty::SecureRoute
        | Duty::RecordDisclosure
        | Duty::ConfirmInWriting
        | Duty::WriteUp
        | Duty::RecordReasons
        | Duty::WhatWouldChange
        | Duty::Escalate
        | Duty::Review
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => false,
    }
}

/// A duty on its way to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its card.
    pub card: Card,
    /// Whether it is due today.
    pub today: bool,
    /// Whether it is said and ticked by nobody.
    pub point: bool,
}

/// A card with what stands on it, as positions in what was dealt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dealt {
    /// Which.
    pub card: Card,
    /// What is done, each with an end of its own.
    pub lines: Vec<usize>,
    /// What is said.
    pub points: Vec<usize>,
}

/// Deals duties to their cards. The card of the first one comes first: it is the act. Then come the cards that are due
/// today, then the rest. A point whose card holds nothing to do stands with the act, where it is read.
#[must_use]
pub fn deal(all: &[Placed]) -> Vec<Dealt> {
    let lines = || all.iter().enumerate().filter(|(_, one)| !one.point);
    let Some(first) = lines().map(|(_, one)| one.card).next().or(all.first().map(|one| one.card)) else {
        return Vec::new();
    };
    let used = |card: Card| card == first || lines().any(|(_, one)| one.card == card);
    let today = |card: Card| lines().any(|(_, one)| one.card == card && one.today);
    let mut cards: Vec<Card> = Card::ALL.into_iter().filter(|card| used(*card)).collect();
    cards.sort_by_key(|card| (*card != first, !today(*card)));
    let there = cards.clone();
    let home = |one: &Placed| one.card.among(&there).unwrap_or(first);
    let on = |card: Card, point: bool| {
        let here = all.iter().enumerate().filter(|(_, one)| one.point == point && home(one) == card);
        here.map(|(at, _)| at).collect()
    };
    cards.into_iter().map(|card| Dealt { card, lines: on(card, false), points: on(card, true) }).collect()
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used)]
mod tests {
    use super::*;

    fn line(duty: Duty, today: bool) -> Placed {
        Placed { card: Card::of(duty, today), today, point: false }
    }

    fn point(duty: Duty) -> Placed {
        Placed { card: Card::of(duty, false), today: false, point: true }
    }

    #[test]
    fn every_call_of_today_is_a_line_on_one_card_and_the_act_comes_first() {
        let all = [
            line(Duty::Act, true),
            line(Duty::NotifyPolice, false),
            line(Duty::LinkedDecision, true),
            line(Duty::Review, false),
            line(Duty::Explain, true),
            line(Duty::LegalAdvice, true),
        ];
        let dealt = deal(&all);
        assert_eq!(
            dealt.iter().map(|one| one.card).collect::<Vec<_>>(),
            [Card::Ring, Card::Telling, Card::LookAgain]
        );
        assert_eq!(dealt[0].lines, [0, 1, 2, 5], "each call is a line of its own, and nothing is folded");
    }

    #[test]
    fn the_card_of_the_act_comes_first_whatever_the_act_is() {
        let dealt = deal(&[line(Duty::DiscussWithAdviser, true), line(Duty::ConsultFrontDoor, true)]);
        assert_eq!(dealt[0].card, Card::Adviser);
        let dealt = deal(&[line(Duty::Act, false), line(Duty::Review, false), line(Duty::Countersign, true)]);
        assert_eq!(
            dealt.iter().map(|one| one.card).collect::<Vec<_>>(),
            [Card::Ring, Card::Adviser, Card::LookAgain],
            "what is due today comes before what is later"
        );
    }

    #[test]
    fn a_point_makes_no_card_and_stands_with_the_act_where_its_own_card_has_nothing_to_do() {
        let all = [
            line(Duty::Act, true),
            point(Duty::TellLimits),
            point(Duty::CheckAssumptions),
            line(Duty::Explain, true),
            point(Duty::HearViews),
        ];
        let dealt = deal(&all);
        assert_eq!(dealt.len(), 2);
        assert_eq!((dealt[0].card, &dealt[0].points), (Card::Ring, &vec![1, 2]));
        assert_eq!((dealt[1].card, &dealt[1].points), (Card::Telling, &vec![4]));
        let said: usize = dealt.iter().map(|one| one.points.len()).sum();
        assert_eq!(said, 3, "no point is lost");
    }

    #[test]
    fn somebody_else_at_risk_is_named_in_todays_call_and_has_a_card_where_it_is_later() {
        assert_eq!(Card::of(Duty::LinkedDecision, true), Card::Ring);
        assert_eq!(Card::of(Duty::LinkedDecision, false), Card::Others);
    }

    #[test]
    fn nothing_that_is_never_dropped_in_one_press_is_a_point() {
        for duty in Duty::ALL.iter().copied().filter(|duty| may_be_point(*duty)) {
            assert!(crate::practice::closing::dropped_at_once(duty), "{duty:?}");
            assert!(!duty.stands_with_the_act(), "{duty:?}");
        }
    }

    #[test]
    fn what_is_said_on_a_card_that_is_not_there_is_said_with_the_act() {
        let there = [Card::Ring, Card::Telling];
        assert_eq!(Card::Telling.among(&there), Some(Card::Telling));
        assert_eq!(Card::Written.among(&there), Some(Card::Ring), "it is lost on no advice");
        assert_eq!(Card::Written.among(&[]), None);
    }

    #[test]
    fn a_pack_names_a_card_as_a_page_does() {
        for card in Card::ALL {
            assert_eq!(serde_json::to_value(card).unwrap(), card.word(), "one card has one word");
        }
    }

    #[test]
    fn nothing_dealt_gives_no_card() {
        assert_eq!(deal(&[]), []);
        assert_eq!(deal(&[point(Duty::HowMuch)]).len(), 1, "what is said is said, also alone");
    }
}
