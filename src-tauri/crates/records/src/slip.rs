//! A slip: the paper on which somebody reads what is asked of them, or what they are told (practice 11).
//!
//! The words stand in it as they were set, with their hash. A consent that was signed on it names it, so that what was
//! read can be printed again in the same words when the catalogue has long changed.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{
    AttachmentId, ConsentAnswer, ConsentCell, ConsentGiver, ConsentPurpose, ConsentRecipient, ConsentSense,
    ConsentThing, Day, PersonId, Sha256, SlipId, folded_words,
};

closed_set! {
    /// Which of the two papers a slip is.
    SlipPaper in "snake_case" {
        /// *You choose*: each thing beside each recipient.
        Choose = "choose",
        /// *We are telling you*: nothing is asked, since a no would change nothing.
        Telling = "telling",
    }
}

closed_set! {
    /// For whom a slip is written.
    SlipTone in "snake_case" {
        /// Plain English.
        Plain = "plain",
        /// Easy to read: short sentences, one thought each.
        Easy = "easy",
        /// For a child or young person.
        Child = "child",
    }
}

closed_set! {
    /// How somebody ended a slip.
    SignedHow in "snake_case" {
        /// They drew their signature.
        Drawn = "drawn",
        /// They typed their name.
        Typed = "typed",
        /// They made a mark, or somebody saw them make one.
        Mark = "mark",
        /// They said it, and somebody heard it.
        Spoken = "spoken",
        /// They could not sign, and somebody saw or heard what they chose.
        Unable = "unable",
    }
}

/// A heading of a slip and what stands below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlipPart {
    /// What it is about.
    pub heading: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// The words of a slip as they were set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlipText {
    /// Its heading.
    pub title: String,
    /// What stands before the choices.
    pub before: Vec<SlipPart>,
    /// How each thing is called, in the order of [`Slip::things`].
    pub things: Vec<String>,
    /// How each recipient is called, in the order of [`Slip::recipients`].
    pub recipients: Vec<String>,
    /// The answers, in the order of [`ConsentAnswer::OFFERED`]; none where nothing is asked.
    pub answers: Vec<String>,
    /// What stands behind the choices.
    pub after: Vec<SlipPart>,
    /// What is filled in by hand on paper: a name, a day.
    pub fill: Vec<String>,
}

impl SlipText {
    /// Everything it says, a line each: what its hash is taken over, and what its reading age is counted in.
    #[must_use]
    pub fn plain(&self) -> String {
        fn of(parts: &[SlipPart]) -> impl Iterator<Item = &str> {
            parts.iter().flat_map(|part| {
                std::iter::once(part.heading.as_str()).chain(part.lines.iter().map(String::as_str))
            })
        }
        let choices =
            [&self.things, &self.recipients, &self.answers].into_iter().flatten().map(String::as_str);
        std::iter::once(self.title.as_str())
            .chain(of(&self.before))
            .chain(choices)
            .chain(of(&self.after))
            .chain(self.fill.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// SHA-256 over everything it says in UTF-8.
    #[must_use]
    pub fn hash(&self) -> Sha256 {
        Sha256::of(&[self.plain().as_bytes()])
    }
}

/// A slip that was made for somebody to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Slip {
    /// Identifies it.
    pub id: SlipId,
    /// Which paper.
    pub paper: SlipPaper,
    /// For whom it is written.
    pub tone: SlipTone,
    /// Whether it can lie where others read it: it then names no purpose and nobody.
    pub neutral: bool,
    /// Whose confidence it is.
    pub owed: PersonId,
    /// In which sense an answer counts.
    pub sense: ConsentSense,
    /// What the information is for.
    pub purpose: ConsentPurpose,
    /// Who reads it and answers.
    pub giver: ConsentGiver,
    /// Each thing beside each recipient, without an answer.
    pub cells: Vec<ConsentCell>,
    /// The last day on which a yes would hold.
    #[serde(default)]
    pub until: Option<Day>,
    /// When to ask again.
    #[serde(default)]
    pub review: Option<Day>,
    /// Which version of the words.
    pub version: String,
    /// In which language.
    pub language: String,
    /// The words.
    pub text: SlipText,
    /// SHA-256 over them ([`SlipText::hash`]).
    #[specta(type = String)]
    pub hash: Sha256,
}

impl Slip {
    /// Whether these are the words of which the hash was taken, and there is a word for each thing and recipient.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.hash == self.text.hash()
            && self.text.things.len() == self.things().len()
            && self.text.recipients.len() == self.recipients().len()
    }

    /// The things, each once.
    #[must_use]
    pub fn things(&self) -> Vec<&ConsentThing> {
        let mut all: Vec<&ConsentThing> = Vec::new();
        for cell in &self.cells {
            if all.iter().all(|one| one.key() != cell.what.key()) {
                all.push(&cell.what);
            }
        }
        all
    }

    /// The recipients, each once.
    #[must_use]
    pub fn recipients(&self) -> Vec<&ConsentRecipient> {
        let mut all: Vec<&ConsentRecipient> = Vec::new();
        for cell in &self.cells {
            if all.iter().all(|one| one.key() != cell.recipient.key()) {
                all.push(&cell.recipient);
            }
        }
        all
    }

    /// The cell of a thing and a recipient, by their places, with an answer.
    #[must_use]
    pub fn answered(&self, thing: usize, recipient: usize, answer: ConsentAnswer) -> Option<ConsentCell> {
        let (things, recipients) = (self.things(), self.recipients());
        let (what, to) = (things.get(thing)?, recipients.get(recipient)?);
        let there = |cell: &&ConsentCell| cell.what.key() == what.key() && cell.recipient.key() == to.key();
        self.cells.iter().find(there).map(|cell| ConsentCell { answer, ..cell.clone() })
    }

    /// Whether another is the same paper for the same person, in the same words.
    #[must_use]
    pub fn is_again(&self, other: &Self) -> bool {
        *self == Self { id: self.id, ..other.clone() }
    }
}

/// The slip on which an answer was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OnSlip {
    /// The slip.
    pub slip: SlipId,
    /// SHA-256 over its words.
    #[specta(type = String)]
    pub hash: Sha256,
    /// Which version of them.
    pub version: String,
    /// In which language.
    pub language: String,
    /// How it was ended; none where nothing was asked.
    #[serde(default)]
    pub how: Option<SignedHow>,
    /// The signature, where one was drawn.
    #[serde(default)]
    pub signature: Option<AttachmentId>,
}

/// Words in the name of a recipient that tell why somebody turns to them, in a language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub struct TellingWords(pub Vec<String>);

/// Whether a name gives away why somebody turns to whom it names, by a word of it. Whoever writes is asked; nothing is
/// taken out by itself.
#[must_use]
pub fn name_tells(name: &str, words: &TellingWords) -> bool {
    let named: Vec<String> = folded_words(name).collect();
    words.0.iter().any(|telling| {
        let telling: Vec<String> = folded_words(telling).collect();
        !telling.is_empty() && named.windows(telling.len()).any(|part| part == telling)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_by_whole_words_and_no_part_of_one() {
        let words = TellingWords(vec!["refuge".into(), "sexual health".into(), "drugs".into()]);
        for name in ["Sampleshire Refuge", "SEXUAL  HEALTH clinic", "The Drugs Team"] {
            assert!(name_tells(name, &words), "{name}");
        }
        for name in ["The school", "Refugee support", "Health clinic", "Sexual Violence", ""] {
            assert!(!name_tells(name, &words), "{name}");
        }
    }

    #[test]
    fn the_hash_is_over_every_word() {
        let text = SlipText {
            title: "You choose".into(),
            before: vec![SlipPart { heading: "What".into(), lines: vec!["School".into()] }],
            ..SlipText::default()
        };
        assert_eq!(text.plain(), "You choose\nWhat\nSchool");
        let mut other = text.clone();
        other.after.push(SlipPart { heading: String::new(), lines: vec!["More".into()] });
        assert_ne!(text.hash(), other.hash());
    }
}
