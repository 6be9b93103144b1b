//! Closed sets of words that every crate shares. A released word never changes; a new one is added.

/// Declares a closed set: an enum that is stored by its words. The words of a set stand here and nowhere else.
///
/// A variant `Blank` stands for nothing chosen yet, and is stored as an empty word. The generator of the page's types
/// has no name for an empty word, so it is shown an enum that says `blank`, and `bindings.rs` empties that again.
///
/// A set that grows makes every kind of entry that carries it a newer one (`kinds.rs`).
macro_rules! closed_set {
    ($(#[$meta:meta])* $name:ident in $case:tt { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $(#[$meta])*
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$variant),*];

            /// The stored word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What a stored word stands for; none where it is no word of this set.
            #[must_use]
            pub fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                // What stood there is not repeated: it may be what somebody wrote.
                let word = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                Self::of(&word).ok_or_else(|| serde::de::Error::custom("no word of the set"))
            }
        }

        const _: () = {
            #[derive(serde::Serialize, specta::Type)]
            $(#[$meta])*
            #[serde(rename_all = $case)]
            #[allow(dead_code)]
            enum $name { $($(#[$doc])* $variant,)* }

            impl specta::Type for self::$name {
                fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
                    <$name as specta::Type>::definition(types)
                }
            }
        };
    };
}
pub(crate) use closed_set;

closed_set! {
    /// The four nations. Terms that differ by nation come from the guidance pack, never from code.
    Nation in "snake_case" {
        /// England.
        England = "england",
        /// Scotland.
        Scotland = "scotland",
        /// Wales.
        Wales = "wales",
        /// Northern Ireland.
        NorthernIreland = "northern_ireland",
    }
}

closed_set! {
    /// What kind of statement an information item is (S75). Nothing is shared unmarked.
    Mark in "snake_case" {
        /// Seen, heard, measured or done by the author.
        Fact = "fact",
        /// The author's professional judgement.
        Opinion = "opinion",
        /// Said or written by somebody else, who is named in the item.
        Reported = "reported",
    }
}
