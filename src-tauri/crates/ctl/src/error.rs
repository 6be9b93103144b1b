//! Why a verb did not do its work: what happened, what to do next, and the exit status.

use std::io::ErrorKind;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Value, json};
use sharewell_casework::records::HandoverId;
use sharewell_casework::{Failure, FieldFailure};
use sharewell_guidance::Problem;

use crate::agency::Refused;
use crate::intake::NotTaken;
use crate::share::NotOpened;
use crate::{failure, say};

/// One thing that is wrong in a file of facts or answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// The file, as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// The entry: a step or a fact.
    pub entry: String,
    /// The field of the answer; empty for the whole.
    pub field: String,
    /// What is wrong and what to write instead. Never what was typed as an answer.
    pub message: String,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}: ", self.file, self.line, self.entry)?;
        if !self.field.is_empty() {
            write!(f, "field {}: ", self.field)?;
        }
        write!(f, "{}.", self.message)
    }
}

/// Everything that can keep a verb from its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder that was named cannot be read.
    #[error("{path} cannot be read ({})", kind_words(*.kind))]
    Unreadable {
        /// The path, as it was given.
        path: String,
        /// Why.
        kind: ErrorKind,
    },
    /// A file cannot be written.
    #[error("{path} cannot be written ({})", kind_words(*.kind))]
    Unwritable {
        /// The path, as it was given.
        path: String,
        /// Why.
        kind: ErrorKind,
    },
    /// An option that must say something is empty.
    #[error("{field} is empty: say who, and as what")]
    Empty {
        /// The option.
        field: &'static str,
    },
    /// A signed file, or a key for it, is refused.
    #[error("the file is refused: {0}")]
    Refused(#[from] sharewell_exchange::Error),
    /// A file is larger than such a file can be.
    #[error("{path} is larger than {limit} bytes")]
    TooLarge {
        /// The path, as it was given.
        path: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file is not the JSON that it should be.
    #[error("{path}:{line}:{column}: {why}")]
    NotJson {
        /// The path, as it was given.
        path: String,
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
        /// What is wrong there.
        why: &'static str,
    },
    /// Facts or answers are refused; every flaw found.
    #[error("{} refused", say::count(.0.len(), "entry is", "entries are"))]
    Input(Vec<Flaw>),
    /// No pack of this name is carried.
    #[error("there is no guidance pack {name}")]
    NoSuchPack {
        /// The name asked for.
        name: String,
        /// The names that there are.
        have: Vec<String>,
    },
    /// A pack has no table of who may give consent.
    #[error("{name} has no table of who may give consent")]
    NoTable {
        /// The pack.
        name: String,
    },
    /// A pack does not load; every problem found.
    #[error("the guidance pack {name} does not load: {}", say::count(.problems.len(), "problem", "problems"))]
    BrokenPack {
        /// The name or folder.
        name: String,
        /// The problems.
        problems: Vec<Problem>,
    },
    /// The pack does not apply on the day.
    #[error("the guidance pack {name} does not apply on {on}: {applies}")]
    NotThatDay {
        /// `id@version`.
        name: String,
        /// The day.
        on: String,
        /// When it applies.
        applies: String,
    },
    /// The pack's engine could not follow the answers.
    #[error("the guidance cannot be followed: {0}")]
    Engine(String),
    /// The passphrase file is missing, unreadable or empty.
    #[error("the passphrase file {path} {why}")]
    PassphraseFile {
        /// Its path.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// There is no terminal at which the passphrase could be asked for.
    #[error("there is no terminal at which to ask for the passphrase")]
    NoTerminal,
    /// A new passphrase was typed differently the second time.
    #[error("the two passphrases are not the same")]
    PassphrasesDiffer,
    /// The file to be written is there already.
    #[error("{path} is there already")]
    OutExists {
        /// The path, as it was given.
        path: String,
    },
    /// The folder to restore from holds no backup.
    #[error("{path} holds no backup")]
    NoBackup {
        /// The path, as it was given.
        path: String,
    },
    /// An id on the command line is not one, or not of this vault.
    #[error("{id} is not a file of this vault")]
    NoSuchCase {
        /// As it was given.
        id: String,
    },
    /// No restricted file has this number.
    #[error("{number} is not the number of a restricted file of this vault")]
    NoSuchRestricted {
        /// As it was given.
        number: u32,
    },
    /// An id on the command line is not one of a handover, or not of this vault.
    #[error("{id} is not a handover of this vault")]
    NoSuchHandover {
        /// As it was given.
        id: String,
    },
    /// Every handover was written, or is held by one that was.
    #[error("no handover waits for its file")]
    NothingUnwritten {
        /// The newest one.
        last: Option<HandoverId>,
    },
    /// An agency's keys, profile or roster.
    #[error(transparent)]
    Agency(#[from] Refused),
    /// The agency's intake.
    #[error(transparent)]
    Intake(#[from] NotTaken),
    /// A share that came.
    #[error(transparent)]
    Share(#[from] NotOpened),
    /// A vault or a backup does not open, since it is damaged.
    #[error("{}", failure::damaged(.failure, *.of_backup))]
    Damaged {
        /// What the opening said.
        failure: Box<Failure>,
        /// Whether it is a backup.
        of_backup: bool,
        /// The newest backup that is whole.
        newest: Option<String>,
    },
    /// A use case refused, or could not be done.
    #[error("{}", failure::said(.0).0)]
    Failure(Failure),
}

impl From<sharewell_casework::Error> for Error {
    fn from(error: sharewell_casework::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl Error {
    /// 1 for what was refused, 2 for what cannot run.
    pub fn exit(&self) -> u8 {
        match self {
            Self::Input(_)
            | Self::Refused(_)
            | Self::BrokenPack { .. }
            | Self::NotThatDay { .. }
            | Self::Engine(_)
            | Self::PassphrasesDiffer
            | Self::OutExists { .. }
            | Self::NoSuchCase { .. }
            | Self::NoSuchRestricted { .. }
            | Self::NoSuchHandover { .. }
            | Self::NothingUnwritten { .. }
            | Self::Share(_)
            | Self::Agency(_) => 1,
            Self::Unreadable { .. }
            | Self::Unwritable { .. }
            | Self::TooLarge { .. }
            | Self::NotJson { .. }
            | Self::NoSuchPack { .. }
            | Self::NoTable { .. }
            | Self::PassphraseFile { .. }
            | Self::NoTerminal
            | Self::Empty { .. }
            | Self::NoBackup { .. } => 2,
            Self::Intake(not_taken) => not_taken.exit(),
            Self::Failure(failure) => failure::exit(failure.code),
            Self::Damaged { failure, .. } => failure::exit(failure.code),
        }
    }

    /// A word for programs.
    fn code(&self) -> Value {
        let word = match self {
            Self::Unreadable { .. } => "unreadable",
            Self::Unwritable { .. } => "unwritable",
            Self::Refused(_) => "refused_file",
            Self::TooLarge { .. } => "too_large",
            Self::NotJson { .. } => "not_json",
            Self::Input(_) => "refused_input",
            Self::NoSuchPack { .. } => "no_such_pack",
            Self::NoTable { .. } => "no_table",
            Self::BrokenPack { .. } => "bad_pack",
            Self::NotThatDay { .. } => "not_that_day",
            Self::Engine(_) => "engine",
            Self::Empty { .. } => "empty",
            Self::PassphraseFile { .. } => "passphrase_file",
            Self::NoTerminal => "no_terminal",
            Self::PassphrasesDiffer => "passphrases_differ",
            Self::OutExists { .. } => "out_exists",
            Self::NoBackup { .. } => "no_backup",
            Self::NoSuchCase { .. } => "no_such_case",
            Self::NoSuchRestricted { .. } => "no_such_restricted_file",
            Self::NoSuchHandover { .. } => "no_such_handover",
            Self::NothingUnwritten { .. } => "nothing_unwritten",
            Self::Agency(refused) => refused.code(),
            Self::Intake(not_taken) => not_taken.code(),
            Self::Share(not_opened) => not_opened.code(),
            Self::Failure(failure) => return json!(failure.code),
            Self::Damaged { failure, .. } => return json!(failure.code),
        };
        json!(word)
    }

    /// What to do next, as a sentence.
    fn next(&self) -> String {
        let words = match self {
            Self::Unreadable { .. } => "Check the path and who may read it.",
            Self::Unwritable { .. } => "Choose another place.",
            Self::Refused(_) => "Nothing of it is to be trusted. Get it again from whoever made it.",
            Self::TooLarge { .. } => "Check that it is the right file.",
            Self::NotJson { .. } => "Correct the file there, then try again.",
            Self::Input(_) => "Correct them, then try again.",
            Self::NoSuchPack { have, .. } => {
                let have = if have.is_empty() { "none".to_owned() } else { have.join(", ") };
                return format!("There is: {have}. A folder is named by a path with a / in it.");
            }
            Self::NoTable { .. } => "Packs have one from engine 7 on. Read the flow with --as text.",
            Self::BrokenPack { .. } => "Correct them, and run pack check on the folder.",
            Self::NotThatDay { .. } => "Give another day with --on, or another version of the pack.",
            Self::Engine(_) => "Run pack check on this pack.",
            Self::Empty { .. } => "Give a name and a role.",
            Self::PassphraseFile { .. } => {
                "Put the passphrase in its first line, or unset SHAREWELL_PASSPHRASE_FILE to be asked."
            }
            Self::NoTerminal => {
                "Put it in the first line of a file, and name that file in SHAREWELL_PASSPHRASE_FILE."
            }
            Self::PassphrasesDiffer => "Nothing was made. Try again.",
            Self::OutExists { .. } => "Nothing was changed. Choose another name, or move that file away.",
            Self::NoBackup { .. } => "Give one folder from a vault's backups folder after --from.",
            Self::NoSuchCase { .. } => "Find the id with sharewellctl search --json.",
            Self::NoSuchRestricted { .. } => "The window shows the numbers: Children, then Restricted files.",
            Self::NoSuchHandover { .. } => "The ids stand in what the verb printed, and in the window.",
            Self::NothingUnwritten { last: Some(last) } => {
                return format!("To write the newest once more, give its id: --again {last}.");
            }
            Self::NothingUnwritten { last: None } => "Make one with --recipient.",
            Self::Agency(refused) => refused.next(),
            Self::Intake(not_taken) => not_taken.next(),
            Self::Share(not_opened) => not_opened.next(),
            Self::Damaged { of_backup: true, .. } => {
                "Do not delete it. Try an older backup: they lie beside it. vault rehearse says whether one is whole."
            }
            Self::Damaged { newest: Some(newest), .. } => {
                return format!(
                    "Do not delete anything. The newest backup that is whole is {newest}: bring it back into another folder \
                     with vault restore --from, or into this one with --set-aside."
                );
            }
            Self::Damaged { failure, .. } => return failure::said(failure).1,
            Self::Failure(failure) => return failure::said(failure).1,
        };
        words.to_owned()
    }

    /// Every single thing that is wrong, with its place.
    fn places(&self) -> Vec<String> {
        match self {
            Self::Input(flaws) => flaws.iter().map(ToString::to_string).collect(),
            Self::BrokenPack { problems, .. } => problems.iter().map(ToString::to_string).collect(),
            // One is told in the sentence itself.
            Self::Failure(failure) if failure.fields.len() > 1 => {
                failure.fields.iter().map(failure::of_field).collect()
            }
            _ => Vec::new(),
        }
    }

    fn problems(&self) -> Value {
        match self {
            Self::Input(flaws) => json!(flaws),
            Self::BrokenPack { problems, .. } => json!(problems),
            Self::NotJson { path, line, column, why } => {
                json!([{ "file": path, "line": line, "column": column, "message": why }])
            }
            Self::Failure(failure) => {
                let one =
                    |one: &FieldFailure| json!({ "field": one.field, "message": failure::of_field(one) });
                failure.fields.iter().map(one).collect()
            }
            _ => json!([]),
        }
    }

    /// The handover whose file can be written with `--again`, where it comes to that.
    fn handover(&self) -> Option<HandoverId> {
        match self {
            Self::Failure(failure) => failure.handover,
            Self::NothingUnwritten { last } => *last,
            _ => None,
        }
    }

    /// What happened, as a sentence.
    fn sentence(&self) -> String {
        let text = self.to_string();
        let mut letters = text.chars();
        let ends = text.ends_with(['.', '!', '?']);
        // A path keeps its own letters.
        let named = matches!(self, Self::Agency(refused) if refused.begins_with_path())
            || matches!(self, Self::Intake(not_taken) if not_taken.begins_with_path());
        let path = named
            || matches!(
                self,
                Self::Unreadable { .. }
                    | Self::Unwritable { .. }
                    | Self::TooLarge { .. }
                    | Self::NotJson { .. }
                    | Self::OutExists { .. }
                    | Self::NoBackup { .. }
                    | Self::NoSuchCase { .. }
                    | Self::NoSuchHandover { .. }
            );
        let mut sentence: String = match letters.next() {
            Some(first) if !path => first.to_uppercase().chain(letters).collect(),
            _ => text.clone(),
        };
        if !ends {
            sentence.push('.');
        }
        sentence
    }

    /// Tells the person, or the program, and gives the exit status.
    pub fn print(&self, json: bool) -> ExitCode {
        if json {
            let value = json!({ "error": {
                "code": self.code(),
                "exit": self.exit(),
                "said": self.sentence(),
                "next": self.next(),
                "problems": self.problems(),
                "handover": self.handover(),
            }});
            if let Err(error) = say::write_json(&value) {
                return say::unwritten(&error);
            }
        } else {
            for place in self.places() {
                say::tell(&place);
            }
            say::tell(&format!("{} {}", self.sentence(), self.next()));
        }
        ExitCode::from(self.exit())
    }
}

/// The usual reasons in plain words.
pub fn kind_words(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "no permission".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        other => format!("{other:?}"),
    }
}
