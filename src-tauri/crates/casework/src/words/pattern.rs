//! Messages in several forms, and words for every member of a closed set.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use sharewell_records::Pattern;

/// A message in several forms by number: `1`, `2`, … where a language has a form for that number alone, and `other`.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    exact: BTreeMap<u32, Pattern>,
    other: Pattern,
}

impl Counted {
    /// The form for a number.
    pub(crate) fn of(&self, count: u32) -> &Pattern {
        self.exact.get(&count).unwrap_or(&self.other)
    }
}

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut forms = BTreeMap::<String, Pattern>::deserialize(from)?;
        let other = forms.remove("other").ok_or_else(|| D::Error::missing_field("other"))?;
        let exact = forms.into_iter().map(|(count, form)| {
            let count = count.parse().map_err(|_| D::Error::custom(format!("{count} is no number")))?;
            Ok((count, form))
        });
        Ok(Self { exact: exact.collect::<Result<_, D::Error>>()?, other })
    }
}

/// A set of which every member has words.
pub(crate) trait Closed: Copy + 'static {
    /// Its members as they are stored. An empty one stands for nothing chosen yet, and has no words.
    fn all() -> Vec<&'static str>;
    /// One of them.
    fn stored(self) -> &'static str;
}

/// Makes closed sets of the vocabulary into sets that have words.
macro_rules! closed {
    ($($set:ty),* $(,)?) => {$(
        impl Closed for $set {
            fn all() -> Vec<&'static str> {
                <$set>::ALL.map(<$set>::word).to_vec()
            }
            fn stored(self) -> &'static str {
                self.word()
            }
        }
    )*};
}
pub(super) use closed;

/// Declares a group of the catalogue: a struct that is read whole or not at all.
macro_rules! group {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name { $(pub(crate) $field: $type,)* }
    };
}
pub(super) use group;

/// Words for every member of a set, and for nothing else: a catalogue that lacks one, or has one too many, is not
/// read.
#[derive(Debug)]
pub(crate) struct Set<K, W = String> {
    words: BTreeMap<String, W>,
    of: PhantomData<K>,
}

impl<K, W> Default for Set<K, W> {
    fn default() -> Self {
        Self { words: BTreeMap::new(), of: PhantomData }
    }
}

impl<K: Closed> Set<K> {
    /// The words of a member; empty for nothing chosen yet.
    pub(crate) fn of(&self, one: K) -> &str {
        self.words.get(one.stored()).map_or("", String::as_str)
    }
}

impl<K: Closed> Set<K, Pattern> {
    /// The message of a member with its places filled.
    pub(crate) fn fill(&self, one: K, values: &[(&str, &str)]) -> String {
        self.words.get(one.stored()).map(|pattern| pattern.fill(values)).unwrap_or_default()
    }
}

impl<K: Closed, W> Set<K, W> {
    /// The words of a member as it is stored; none where it is none.
    pub(crate) fn stored(&self, word: &str) -> Option<&W> {
        self.words.get(word)
    }
}

impl<'de, K: Closed, W: Deserialize<'de>> Deserialize<'de> for Set<K, W> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words<K, W>(PhantomData<(K, W)>);

        impl<'de, K: Closed, W: Deserialize<'de>> Visitor<'de> for Words<K, W> {
            type Value = BTreeMap<String, W>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "words for each of {:?}", K::all())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (all, mut words) = (K::all(), BTreeMap::new());
                while let Some((member, said)) = map.next_entry::<String, W>()? {
                    if !all.contains(&member.as_str()) {
                        return Err(A::Error::custom(format!("{member} is none of {all:?}")));
                    }
                    words.insert(member, said);
                }
                match all.iter().find(|member| !member.is_empty() && !words.contains_key(**member)) {
                    Some(member) => Err(A::Error::custom(format!("no words for {member}"))),
                    None => Ok(words),
                }
            }
        }

        Ok(Self { words: from.deserialize_map(Words(PhantomData::<(K, W)>))?, of: PhantomData })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sharewell_records::{Nation, PointAnswer};

    use super::*;

    #[test]
    fn a_number_has_its_own_form_or_the_common_one() {
        let forms: Counted = serde_json::from_str(r#"{"1": "one", "6": "six", "other": "{n}"}"#).unwrap();
        let said: Vec<String> = [1, 6, 7].map(|n| forms.of(n).fill(&[("n", &n.to_string())])).to_vec();
        assert_eq!(said, ["one", "six", "7"]);
        assert!(serde_json::from_str::<Counted>(r#"{"1": "one"}"#).is_err());
    }

    #[test]
    fn a_set_is_read_whole_or_not_at_all() {
        type Points = Set<PointAnswer>;
        let whole: Points =
            serde_json::from_str(r#"{"yes": "Yes", "no": "No", "not_sure": "Unsure"}"#).unwrap();
        assert_eq!((whole.of(PointAnswer::NotSure), whole.of(PointAnswer::Blank)), ("Unsure", ""));
        assert!(serde_json::from_str::<Points>(r#"{"yes": "Yes", "no": "No"}"#).is_err(), "one is missing");
        let more = r#"{"yes": "a", "no": "b", "not_sure": "c", "perhaps": "d"}"#;
        assert!(serde_json::from_str::<Points>(more).is_err(), "one is none of the set");
        assert!(serde_json::from_str::<Set<Nation, Pattern>>("{}").is_err());
    }
}
