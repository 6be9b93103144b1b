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
    /// Nobody whom the program could know: the person whom an order names, who needs the information, who can
    /// agree; or the act is not to be put to anybody.
    #[serde(rename = "none")]
    Nobody,
}

impl Ring {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Emergency,
        Self::FrontDoor,
        Self::Adviser,
        Self::Police,
        Self::LegalAdviser,
        Self::DataAdviser,
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
            Self::Nobody => None,
        }
    }

    /// The number that is the same for everybody in the United Kingdom; none where it is the agency's or the
    /// practitioner's to know.
    #[must_use]
    pub fn public_number(self) -> Option<&'static str> {
        match self {
            Self::Emergency => Some(EMERGENCY_SERVICES),
            Self::Police => Some(POLICE),
            Self::FrontDoor | Self::Adviser | Self::LegalAdviser | Self::DataAdviser | Self::Nobody => None,
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

/// The words of an act around the name of whom it rings, so that a number can stand beside that name and nowhere
/// else: an act may name a second person for afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActWords {
    /// Up to and with the name; the whole act where it has no name of a recipient.
    pub to_name: String,
    /// After the name.
    pub rest: String,
}

impl Pack {
    /// The words of an outcome's act in a language, terms filled in, split after the name of whom it rings.
    /// `{child}` and `{person}` are left to the caller. None where the pack has no such outcome or language.
    #[must_use]
    pub fn act_words(&self, lang: &str, outcome: &str) -> Option<ActWords> {
        let whole = self.text(lang, &format!("outcome.{outcome}.act"))?;
        let ring = self.outcomes.iter().find(|one| one.id == outcome)?.act.recipient;
        let term = ring.and_then(Ring::named_by);
        let split = term.and_then(|term| {
            let (before, after) = self.act_as_written(lang, outcome)?.split_once(&format!("{{{term}}}"))?;
            let name = self.text(lang, &format!("term.{term}"))?;
            Some(ActWords {
                to_name: format!("{}{name}", self.filled(lang, before)),
                rest: self.filled(lang, after),
            })
        });
        Some(split.unwrap_or_else(|| ActWords { to_name: whole.to_owned(), rest: String::new() }))
    }

    /// The words of an act as the pack's file has them, with its placeholders.
    pub(crate) fn act_as_written(&self, lang: &str, outcome: &str) -> Option<&str> {
        self.acts.get(lang)?.get(outcome).map(String::as_str)
    }

    /// A text with the nation's terms in place of their placeholders.
    fn filled(&self, lang: &str, text: &str) -> String {
        let word = |term: &String| Some((format!("{{{term}}}"), self.text(lang, &format!("term.{term}"))?));
        let words = self.terms.iter().filter_map(word);
        words.fold(text.to_owned(), |text, (name, word)| text.replace(&name, word))
    }
}
