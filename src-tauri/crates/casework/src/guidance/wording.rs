//! The only door to the text of a pack: a pack and the language in which it is read.

use sharewell_documents::Language;
use sharewell_guidance::{Pack, Saying};

/// A pack as it is read in a language. A pack that has no words of that language speaks its first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The language that was asked for.
    pub language: Language,
}

impl<'a> Wording<'a> {
    pub(crate) fn new(pack: &'a Pack, language: Language) -> Self {
        Self { pack, language }
    }

    /// The language in which the pack answers.
    pub(crate) fn spoken(&self) -> &'a str {
        self.pack.language_or_first(self.language.tag())
    }

    /// A text, or nothing where the pack has none. Which keys are there is checked when a pack is read, so nothing
    /// is missing where a use case asks.
    pub(crate) fn text(&self, key: &str) -> &'a str {
        self.pack.text(self.spoken(), key).unwrap_or_default()
    }

    /// The words of an act or a duty, with those whom they name as parts of their own.
    pub(crate) fn saying(&self, key: &str) -> Vec<Saying> {
        self.pack.saying(self.spoken(), key).unwrap_or_default()
    }
}
