//! What can be wrong with a pack's files, each with its place and what to do about it.

/// Something wrong in a pack's files. All are reported, not only the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Problem {
    /// Path inside the pack.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The step, outcome, obligation or key; empty where there is none.
    pub id: String,
    /// What kind of problem.
    pub what: What,
    /// What exactly.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.id.is_empty() {
            write!(f, "{}: ", self.id)?;
        }
        write!(f, "{}. {}", self.message, self.what.advice())
    }
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Not TOML.
    Syntax,
    /// Not UTF-8, or with a byte order mark.
    Encoding,
    /// A carriage return.
    LineEnds,
    /// Above a limit.
    TooLarge,
    /// A file that the format does not know.
    UnknownFile,
    /// A file that must be there.
    MissingFile,
    /// A field that the format does not know.
    UnknownField,
    /// A field that must be there.
    MissingField,
    /// A field of another type.
    WrongType,
    /// A word outside a closed set.
    NotAWord,
    /// An id that is not one.
    BadId,
    /// A date that is not one.
    BadDate,
    /// An id used twice.
    DuplicateId,
    /// A name of something that is not there.
    Dangling,
    /// Wording that must be there.
    MissingText,
    /// Wording that nothing uses.
    UnusedText,
    /// A placeholder that nothing fills.
    BadPlaceholder,
    /// Steps that lead back to themselves.
    Cycle,
    /// A step, outcome, obligation or ground that nothing leads to.
    Unreachable,
    /// No source.
    NoSource,
    /// An engine version that this engine is not.
    WrongEngine,
    /// Something in a place where it may not stand.
    Misplaced,
}

impl What {
    /// What to do about it.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Syntax => "Correct the TOML",
            Self::Encoding => "Save the file as UTF-8 without a byte order mark",
            Self::LineEnds => "Save the file with LF line ends",
            Self::TooLarge => "Make it smaller: 512 KiB a file, 64 files, 4 MiB in all",
            Self::UnknownFile => "Remove it, or rename it as docs/pack-format.md section 1 says",
            Self::MissingFile => "Add it",
            Self::UnknownField => "Remove it, or correct its name",
            Self::MissingField => "Add it",
            Self::WrongType => "Give a value of that type",
            Self::NotAWord => "Choose one of the words of docs/pack-format.md",
            Self::BadId => "Use lower-case letters, digits, - and _, beginning with a letter, at most 48",
            Self::BadDate => "Write it as 2026-03-12",
            Self::DuplicateId => "Rename one of the two",
            Self::Dangling => "Add it, or correct the name",
            Self::MissingText => "Add it to this file",
            Self::UnusedText => "Remove it, or correct the key",
            Self::BadPlaceholder => "Use a declared term, {child} or {person}",
            Self::Cycle => "Lead one of these steps elsewhere",
            Self::Unreachable => "Lead to it, or remove it",
            Self::NoSource => "Cite at least one",
            Self::WrongEngine => "Use a newer program for this pack",
            Self::Misplaced => "See docs/pack-format.md",
        }
    }
}
