//! Whom an outcome's act is put to (DESIGN, *Safe practice*: "the first action of an outcome is the act itself: ring
//! this recipient on this number, by this time").
//!
//! The recipient is data of the pack (`ring`, from engine 3 on), never found by looking for words in a sentence: a
//! sentence may be reworded or written in another language and must not lose its telephone number by that.
//! Whether the sentence names the recipient is checked in every language by `check/act.rs`.

use serde::Serialize;

use crate::Pack;

/// The police, fire and ambulance services, everywhere in the United Kingdom.
pub const EMERGENCY_SERVICES: &str = "999";
/// The police where nobody is in danger at this moment, everywhere in the United Kingdom.
const POLICE: &str = "101";

/// Who is rung first. A closed set: what the acts of the four nations need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ring {
    /// The emergency services, on 999.
    Emergency,
    /// The front door of children's social care.
    FrontDoor,
    /// The agency's own adviser for safeguarding.
    Adviser,
    /// The police, on 101.
    Police,
    /// The agency's legal adviser.
    LegalAdviser,
    /// Whoever advises the agency on data protection law.
    DataAdviser,
    /// Who hears worries about people who work with children.
    AllegationsOfficer,
    /// The children's office of another area, whose number is looked up for the call (from engine 6 on).
    OtherArea,
    /// Nobody whom the program could know: the person whom an order names, who needs the information, who can
    /// agree; or the act is not to be put to anybody.
    #[serde(rename = "none")]
    Nobody,
}

impl Ring {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Emergency,
        Self::FrontDoor,
        Self::Adviser,
        Self::Police,
        Self::LegalAdviser,
        Self::DataAdviser,
        Self::AllegationsOfficer,
        Self::OtherArea,
        Self::Nobody,
    ];

    /// The word in a pack.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::FrontDoor => "front_door",
            Self::Adviser => "adviser",
            Self::Police => "police",
            Self::LegalAdviser => "legal_adviser",
            Self::DataAdviser => "data_adviser",
            Self::AllegationsOfficer => "allegations_officer",
            Self::OtherArea => "other_area",
            Self::Nobody => "none",
        }
    }

    /// The nation's term for them, worded in `term.<name>`. The emergency services are put down as the police.
    #[must_use]
    pub fn term(self) -> Option<&'static str> {
        match self {
            Self::Emergency | Self::Police => Some("police"),
            Self::FrontDoor => Some("front_door"),
            Self::Adviser => Some("adviser"),
            Self::LegalAdviser => Some("legal_adviser"),
            Self::DataAdviser => Some("data_adviser"),
            Self::AllegationsOfficer => Some("allegations_officer"),
            Self::OtherArea | Self::Nobody => None,
        }
    }

    /// The number that is the same for everybody in the United Kingdom; none where it is the agency's or the
    /// practitioner's to know.
    #[must_use]
    pub fn public_number(self) -> Option<&'static str> {
        match self {
            Self::Emergency => Some(EMERGENCY_SERVICES),
            Self::Police => Some(POLICE),
            Self::FrontDoor
            | Self::Adviser
            | Self::LegalAdviser
            | Self::DataAdviser
            | Self::AllegationsOfficer
            | Self::OtherArea
            | Self::Nobody => None,
        }
    }

    /// The term whose placeholder must stand in the words of the act. 999 is said by its number alone.
    pub(crate) fn named_by(self) -> Option<&'static str> {
        if self == Self::Emergency { None } else { self.term() }
    }
}

/// What an outcome asks to be done first, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Act {
    /// Who is rung. None in a pack of an earlier engine, which does not say: then no number is shown, since a
    /// guessed one could be the wrong person's.
    pub recipient: Option<Ring>,
}

/// Somebody whom the words of a pack may name and who has a number of their own in the practitioner's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Body {
    /// The front door of children's social care.
    FrontDoor,
    /// Who answers for it at night and on days off.
    OutOfHours,
    /// The agency's own adviser for safeguarding.
    Adviser,
    /// Who hears worries about people who work with children.
    AllegationsOfficer,
}

impl Body {
    /// Whom a nation's term means; none for a term of something else.
    fn of_term(term: &str) -> Option<Self> {
        match term {
            "front_door" => Some(Self::FrontDoor),
            "night_service" | "emergency_duty_team" => Some(Self::OutOfHours),
            // The lead is the next rung, and somebody else: the adviser's number never stands behind that name.
            "adviser" => Some(Self::Adviser),
            "allegations_officer" => Some(Self::AllegationsOfficer),
            _ => None,
        }
    }
}

/// A part of a line that may name several of them, so that each number can stand straight after its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// Words as they are.
    Words(String),
    /// A name, as the nation has it.
    Named(Body, String),
}

impl Pack {
    /// The words of an outcome's act in parts, terms filled in. `{child}` and `{person}` are left to the caller. None
    /// where the pack has no such outcome or language.
    #[must_use]
    pub fn act_words(&self, lang: &str, outcome: &str) -> Option<Vec<Saying>> {
        self.saying(lang, &format!("outcome.{outcome}.act"))
    }

    /// The words of an act, or of a duty (`obligation.<id>.what`), in parts. A pack that does not say whom its acts
    /// ring is left whole: nobody is guessed from a sentence.
    #[must_use]
    pub fn saying(&self, lang: &str, key: &str) -> Option<Vec<Saying>> {
        let whole = self.text(lang, key)?;
        let says = self.outcomes.iter().any(|one| one.act.recipient.is_some());
        let Some(mut rest) = self.as_written(lang, key).filter(|_| says) else {
            return Some(vec![Saying::Words(whole.to_owned())]);
        };
        let mut parts = Vec::new();
        while let Some((before, body, term, after)) = first_named(rest) {
            if !before.is_empty() {
                parts.push(Saying::Words(self.filled(lang, before)));
            }
            let name = self.text(lang, &format!("term.{term}")).unwrap_or_default();
            parts.push(Saying::Named(body, name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Saying::Words(self.filled(lang, rest)));
        }
        Some(parts)
    }

    /// The words of an act as the pack's file has them, with its placeholders.
    pub(crate) fn act_as_written(&self, lang: &str, outcome: &str) -> Option<&str> {
        self.as_written(lang, &format!("outcome.{outcome}.act"))
    }

    fn as_written(&self, lang: &str, key: &str) -> Option<&str> {
        self.written.get(lang)?.get(key).map(String::as_str)
    }

    /// A text with the nation's terms in place of their placeholders.
    fn filled(&self, lang: &str, text: &str) -> String {
        let word = |term: &String| Some((format!("{{{term}}}"), self.text(lang, &format!("term.{term}"))?));
        let words = self.terms.iter().filter_map(word);
        words.fold(text.to_owned(), |text, (name, word)| text.replace(&name, word))
    }
}

/// The first placeholder that names somebody with a number: what stands before it, whom it means, and what follows.
fn first_named(text: &str) -> Option<(&str, Body, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let inside = text.get(open + 1..)?;
        let (term, after) = inside.split_once('}')?;
        if let Some(body) = Body::of_term(term) {
            return Some((text.get(..open)?, body, term, after));
        }
        from = open + 1;
    }
}
