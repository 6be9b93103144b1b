//! The languages of the program: listed here and nowhere else.
//!
//! A language is a set of files (`docs/decisions/0018-a-language-is-a-set-of-files.md`). What it brings to paper is
//! one of them, and its line below is what makes the program offer it.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A language that has words for every paper. There is no other way to one than this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

/// What a language brings to paper, as JSON.
type Words = Cow<'static, [u8]>;

macro_rules! words {
    ($tag:literal) => {
        (
            Language($tag),
            include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../assets/templates/words.",
                $tag,
                ".json"
            )),
        )
    };
}

/// Every language with its words for paper, the first one first: it serves wherever nothing else was chosen.
const LANGUAGES: &[(Language, &[u8])] = &[words!("en")];

/// The same, read once; in a program made for tests, the marked language behind them.
static LISTED: LazyLock<Vec<(Language, Words)>> = LazyLock::new(|| {
    #[cfg_attr(not(feature = "marked"), allow(unused_mut))]
    let mut listed: Vec<(Language, Words)> =
        LANGUAGES.iter().map(|(language, words)| (*language, Cow::Borrowed(*words))).collect();
    #[cfg(feature = "marked")]
    listed.extend(LANGUAGES.first().map(|(_, words)| (MARKED, Cow::Owned(crate::marked::catalogue(words)))));
    listed
});

/// The language of the tests in which every word that the program says is marked (`marked.rs`).
#[cfg(feature = "marked")]
pub const MARKED: Language = Language("qps");

impl Language {
    /// The first one listed.
    #[must_use]
    pub fn first() -> Self {
        LANGUAGES.first().map_or(Self(""), |(language, _)| *language)
    }

    /// Every one, the first one first.
    pub fn all() -> impl Iterator<Item = Self> {
        LISTED.iter().map(|(language, _)| *language)
    }

    /// The language of a tag (BCP 47); none where it is not listed.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        Self::all().find(|language| language.0 == tag)
    }

    /// Its tag, as packs and files name it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.0
    }

    /// Its words for paper, as JSON: what the templates say, and below `values` what is filled into them.
    #[must_use]
    pub fn words(self) -> &'static [u8] {
        LISTED.iter().find(|(language, _)| *language == self).map_or(b"{}", |(_, words)| words)
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::first()
    }
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let tag = Cow::<str>::deserialize(from)?;
        Self::of(&tag).ok_or_else(|| serde::de::Error::custom("no language of this program"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_itself_in_its_words() {
        for language in Language::all() {
            let words: serde_json::Value = serde_json::from_slice(language.words()).unwrap();
            assert_eq!(Language::of(language.tag()), Some(language));
            assert_eq!(words["lang"], language.tag());
        }
        assert_eq!(Language::of("tlh"), None);
    }

    #[test]
    fn every_file_of_words_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/templates");
        let there = std::fs::read_dir(folder).unwrap().filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            Some(name.strip_prefix("words.")?.strip_suffix(".json")?.to_owned())
        });
        let there: std::collections::BTreeSet<String> = there.collect();
        let listed = LANGUAGES.iter().map(|(language, _)| language.tag().to_owned()).collect();
        assert_eq!(there, listed);
    }
}
