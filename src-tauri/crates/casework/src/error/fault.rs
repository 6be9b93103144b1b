//! What is wrong with a guidance pack: which rule, and where.

use serde::{Deserialize, Serialize};
use sharewell_guidance::What;
use specta::Type;

/// What is wrong with a pack's files: which rule, and where. Whoever shows it has the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackFault {
    /// What.
    pub what: PackFaultKind,
    /// Which of the thirteen conditions, where it is one of them.
    pub condition: Option<u8>,
    /// Where: the file, the line where there is one, and the step, outcome or key.
    pub place: String,
}

impl PackFault {
    /// Something that belongs to a file and to no line of it.
    pub(crate) fn of(what: PackFaultKind, place: &str) -> Self {
        Self { what, condition: None, place: place.to_owned() }
    }

    fn at(what: PackFaultKind, (file, line, id): (&str, u32, &str)) -> Self {
        let file = if line > 0 { format!("{file}:{line}") } else { file.to_owned() };
        let parts = [file.as_str(), id];
        let place: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Self { what, condition: None, place: place.join(" ") }
    }
}

impl From<&sharewell_guidance::Problem> for PackFault {
    fn from(problem: &sharewell_guidance::Problem) -> Self {
        Self::at(problem.what.into(), (&problem.file, problem.line, &problem.id))
    }
}

impl From<&sharewell_guidance::Finding> for PackFault {
    fn from(found: &sharewell_guidance::Finding) -> Self {
        let place = (found.file.as_str(), found.line, found.id.as_str());
        Self { condition: Some(found.condition), ..Self::at(PackFaultKind::Condition, place) }
    }
}

impl From<&sharewell_guidance::Error> for PackFault {
    fn from(error: &sharewell_guidance::Error) -> Self {
        use sharewell_guidance::Error as Guidance;
        match error {
            Guidance::Pack(problems) => {
                problems.first().map_or_else(|| Self::of(PackFaultKind::Syntax, ""), Self::from)
            }
            Guidance::NoOutcome | Guidance::NotYet => Self::of(PackFaultKind::NoOutcome, ""),
            Guidance::NoSuchStep { step } | Guidance::Answer { step, .. } => {
                Self::of(PackFaultKind::Dangling, &step.0)
            }
        }
    }
}

/// For developers and the terminal: names and numbers alone.
impl std::fmt::Display for PackFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.place, self.what.word())?;
        self.condition.map_or(Ok(()), |number| write!(f, " {number}"))
    }
}

macro_rules! pack_faults {
    ($($name:ident = $word:literal,)*) => {
        /// What can be wrong with a pack's files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
        #[serde(rename_all = "snake_case")]
        pub enum PackFaultKind {
            /// One of the thirteen conditions of safe guidance is not met.
            Condition,
            /// A path ends without advice.
            NoOutcome,
            /// The content is not what a decision names.
            OtherContent,
            /// An overlay does not say over which pack it is laid.
            NoBase,
            /// The pack over which an overlay is laid is not known here.
            UnknownBase,
            $(#[doc = concat!("As in a pack's check: `", $word, "`.")] $name,)*
        }

        impl From<What> for PackFaultKind {
            fn from(what: What) -> Self {
                match what { $(What::$name => Self::$name,)* }
            }
        }

        impl PackFaultKind {
            /// Its word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    Self::Condition => "condition",
                    Self::NoOutcome => "no_outcome",
                    Self::OtherContent => "other_content",
                    Self::NoBase => "no_base",
                    Self::UnknownBase => "unknown_base",
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

pack_faults! {
    Syntax = "syntax",
    Encoding = "encoding",
    LineEnds = "line_ends",
    TooLarge = "too_large",
    UnknownFile = "unknown_file",
    MissingFile = "missing_file",
    UnknownField = "unknown_field",
    MissingField = "missing_field",
    WrongType = "wrong_type",
    NotAWord = "not_a_word",
    BadId = "bad_id",
    BadDate = "bad_date",
    DuplicateId = "duplicate_id",
    Dangling = "dangling",
    MissingText = "missing_text",
    UnusedText = "unused_text",
    BadPlaceholder = "bad_placeholder",
    Cycle = "cycle",
    Unreachable = "unreachable",
    NoSource = "no_source",
    WrongEngine = "wrong_engine",
    Misplaced = "misplaced",
}
