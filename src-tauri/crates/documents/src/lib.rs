//! Paper: the records of a vault as PDF.
//!
//! Values in, bytes out. This crate reads no clock, opens no file and asks no network; typefaces, templates and
//! fixed wording are part of the program. The same values give the same bytes. Every document meets PDF/UA-1
//! and PDF/A-3a together, and carries what it says once more as JSON, so that a machine can read it in thirty
//! years.
//!
//! A share may be encrypted as it is made ([`share_encrypted`]): for that alone random numbers are drawn.
//!
//! It decides nothing: the caller chooses what to print, in which language, and formats dates and names. What
//! people typed is handed to the templates as data and never becomes part of their source. Every text passes
//! through [`Protection`]: a protected name never leaves on anything but a [`restricted_sheet`].

mod chronology;
mod decision;
mod emergency;
mod encrypt;
mod error;
mod file_summary;
mod inside;
mod language;
#[cfg(feature = "marked")]
pub mod marked;
pub mod paper;
mod parts;
mod printable;
mod recovery_kit;
mod referral;
mod render;
mod restricted_sheet;
mod share;
mod slip;
mod statement;
mod world;

// Tests and the example share their sample documents under the crate's public name.
#[cfg(test)]
extern crate self as sharewell_documents;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
mod tests;

pub use chronology::{Chronology, ChronologyRow};
pub use decision::{
    Advice, Checked, Checklist, DecisionDocument, Grounds, Guidance, Notice, Question, Reason, Recipient,
    Side, Telling, Weighing,
};
pub use emergency::{Attempt, AttemptResult, EmergencyDocument, WriteUp};
pub use error::{Error, Result};
pub use file_summary::{Event, FileSummary, Flag, Person};
pub use inside::share_inside;
pub use language::Language;
#[cfg(feature = "marked")]
pub use language::MARKED;
pub use parts::{
    Change, CheckValues, Child, Item, Obligation, ObligationState, Practitioner, Record, Sheet, Signature,
};
pub use recovery_kit::{RecoveryCode, RecoveryKit};
pub use referral::{Line, Referral, Section};
pub use restricted_sheet::{ProtectedPerson, RestrictedSheet};
pub use share::{Asked, Keeping, Share, ShareTitles, Shared, SharedPaper, Told};
pub use slip::{Slip, SlipPart, SlipRow, SlipThing};
pub use statement::{FamilyCopy, LabelledValue, StatementDraft, StatementReason};

use render::{Attach, Job, Keep, Kind, render};
use sharewell_records::{Called, Leftovers, Protection};

/// What the papers of a language call protected people.
#[must_use]
pub fn called(language: Language) -> Called {
    #[derive(serde::Deserialize, Default)]
    struct Words {
        called: Called,
    }
    serde_json::from_slice::<Words>(language.words()).unwrap_or_default().called
}

/// What the parts of a share are called in a language.
#[must_use]
pub fn share_titles(language: Language) -> ShareTitles {
    #[derive(serde::Deserialize, Default)]
    struct Words {
        share: ShareTitles,
    }
    serde_json::from_slice::<Words>(language.words()).unwrap_or_default().share
}

/// A signed decision on paper: the advice, what was decided and why, what it rests on, every question as asked,
/// what follows, and how to check the record.
///
/// Attached: `decision.json` (this document's values) and, where given, the stored record.
///
/// # Errors
/// [`Error::Compose`] or [`Error::Export`], which a value cannot bring about as far as the tests know.
pub fn decision(document: &DecisionDocument, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::Decision,
        document,
        sheet: &document.sheet,
        attach: Attach::Values { record: document.record.as_ref() },
        protection: Some(protection),
        keep: Keep::Archive,
        picture: None,
    })
}

/// A document before it is set.
#[derive(Debug, Clone, Copy)]
pub enum Paper<'a> {
    /// A signed decision.
    Decision(&'a DecisionDocument, &'a Protection),
    /// An emergency.
    Emergency(&'a EmergencyDocument, &'a Protection),
    /// A child's file.
    FileSummary(&'a FileSummary, &'a Protection),
    /// The sheet of protected names.
    RestrictedSheet(&'a RestrictedSheet),
    /// A referral in writing.
    Referral(&'a Referral, &'a Protection),
    /// What is shared with somebody.
    Share(&'a Share, &'a Protection),
    /// A statement for somebody, as a draft for the data protection officer.
    Statement(&'a StatementDraft, &'a Protection),
    /// What of it goes home.
    FamilyCopy(&'a FamilyCopy, &'a Protection),
    /// Chosen rows of a file's story.
    Chronology(&'a Chronology, &'a Protection),
}

/// The lines of a document in which something cannot be printed, and would stand as a code.
///
/// # Errors
/// [`Error::Values`] where the values do not serialise.
pub fn not_printed(paper: Paper<'_>) -> Result<Vec<String>> {
    match paper {
        Paper::Decision(document, protection) => {
            render::not_printed(Kind::Decision, document, Some(protection))
        }
        Paper::Emergency(document, protection) => {
            render::not_printed(Kind::Emergency, document, Some(protection))
        }
        Paper::FileSummary(document, protection) => {
            render::not_printed(Kind::FileSummary, document, Some(protection))
        }
        Paper::RestrictedSheet(document) => render::not_printed(Kind::RestrictedSheet, document, None),
        Paper::Referral(document, protection) => {
            render::not_printed(Kind::Referral, document, Some(protection))
        }
        Paper::Share(document, protection) => render::not_printed(Kind::Share, document, Some(protection)),
        Paper::Statement(document, protection) => {
            render::not_printed(Kind::Statement, document, Some(protection))
        }
        Paper::FamilyCopy(document, protection) => {
            render::not_printed(Kind::FamilyCopy, document, Some(protection))
        }
        Paper::Chronology(document, protection) => {
            render::not_printed(Kind::Chronology, document, Some(protection))
        }
    }
}

/// The one sheet on which protected names and whereabouts stand. It travels apart from everything else.
///
/// Attached: `restricted-sheet.json`.
///
/// # Errors
/// As [`decision`].
pub fn restricted_sheet(document: &RestrictedSheet) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::RestrictedSheet,
        document,
        sheet: &document.sheet,
        attach: Attach::Values { record: None },
        protection: None,
        keep: Keep::Archive,
        picture: None,
    })
}

/// An emergency: who was rung and when, what was said, and the write-up that came later.
///
/// Attached: `emergency.json` and, where given, the stored record.
///
/// # Errors
/// As [`decision`].
pub fn emergency(document: &EmergencyDocument, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::Emergency,
        document,
        sheet: &document.sheet,
        attach: Attach::Values { record: document.record.as_ref() },
        protection: Some(protection),
        keep: Keep::Archive,
        picture: None,
    })
}

/// A child's file on paper: people, safety flags, timeline and what is still to be done.
///
/// Attached: `file-summary.json`.
///
/// # Errors
/// As [`decision`].
pub fn file_summary(document: &FileSummary, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::FileSummary,
        document,
        sheet: &document.sheet,
        attach: Attach::Values { record: None },
        protection: Some(protection),
        keep: Keep::Archive,
        picture: None,
    })
}

/// Rows of a file's story that somebody chose.
///
/// Attached: `chronology.json`.
///
/// # Errors
/// As [`decision`].
pub fn chronology(document: &Chronology, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::Chronology,
        document,
        sheet: &document.sheet,
        attach: Attach::Values { record: None },
        protection: Some(protection),
        keep: Keep::Archive,
        picture: None,
    })
}

/// A referral in writing: what the front door's form asks for, a section at a time.
///
/// Attached: `referral.json`.
///
/// # Errors
/// As [`decision`].
pub fn referral(document: &Referral, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::Referral,
        document,
        sheet: &document.sheet,
        attach: Attach::Values { record: None },
        protection: Some(protection),
        keep: Keep::Archive,
        picture: None,
    })
}

/// What is shared with somebody, as a PDF that anybody can open: for a portal or a mailbox that is secure itself, and for
/// paper.
///
/// Attached: `share.json`.
///
/// # Errors
/// As [`decision`].
pub fn share(document: &Share, protection: &Protection) -> Result<Vec<u8>> {
    render(&share_job(document, protection, Keep::Archive))
}

/// The same, encrypted: AES-256 under these words, which stand nowhere in it. Everything is encrypted, its values, its
/// titles and its structure too; what may be read aloud to somebody stays so.
///
/// It meets PDF/UA-1, and not PDF/A, which knows no encryption.
///
/// # Errors
/// As [`decision`]; [`Error::Words`] where the words are none that a PDF takes; [`Error::Encrypt`].
pub fn share_encrypted(document: &Share, protection: &Protection, words: &str) -> Result<Vec<u8>> {
    encrypt::taken(words)?;
    encrypt::encrypted(&render(&share_job(document, protection, Keep::Readable))?, words)
}

fn share_job<'a>(document: &'a Share, protection: &'a Protection, keep: Keep) -> Job<'a, Share> {
    Job {
        kind: Kind::Share,
        document,
        sheet: &document.sheet,
        attach: Attach::Share { papers: &document.papers },
        protection: Some(protection),
        keep,
        picture: None,
    }
}

/// A slip: what somebody is asked or told, for them to read, with the signature (PNG) where one was drawn.
///
/// Nothing is attached: a form that machines read never goes home.
///
/// # Errors
/// As [`decision`]; [`Error::Compose`] too where the signature is no picture.
pub fn slip(document: &Slip, signature: Option<&[u8]>, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::Slip,
        document,
        sheet: &document.sheet,
        attach: Attach::Nothing,
        protection: Some(protection),
        keep: Keep::Archive,
        picture: signature,
    })
}

/// A statement for somebody, drafted for the data protection officer: what would go home, and on pages of their own what
/// does not and why.
///
/// Attached: `statement.json`.
///
/// # Errors
/// As [`decision`].
pub fn statement(document: &StatementDraft, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::Statement,
        document,
        sheet: &document.sheet,
        attach: Attach::Values { record: None },
        protection: Some(protection),
        keep: Keep::Archive,
        picture: None,
    })
}

/// What of a statement goes home.
///
/// Nothing is attached: a form that machines read never goes home.
///
/// # Errors
/// As [`decision`].
pub fn family_copy(document: &FamilyCopy, protection: &Protection) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::FamilyCopy,
        document,
        sheet: &document.sheet,
        attach: Attach::Nothing,
        protection: Some(protection),
        keep: Keep::Archive,
        picture: None,
    })
}

/// What in a document, freed of protected people, still looks like one of them.
///
/// # Errors
/// [`Error::Values`] where the document has no values.
pub fn leftovers<D: serde::Serialize>(document: &D, protection: &Protection) -> Result<Leftovers> {
    let mut found = Leftovers::default();
    if !protection.is_empty() {
        let mut values =
            serde_json::to_value(document).map_err(|_| Error::Values { document: "leftovers" })?;
        protection.scrub_value(&mut values);
        protection.look_over_value(&values, &mut found);
    }
    Ok(found)
}

/// The recovery kit: the code that opens the vault when the passphrase is forgotten (H3).
///
/// Nothing is attached: the code stands on the page and nowhere else.
///
/// # Errors
/// As [`decision`].
pub fn recovery_kit(document: &RecoveryKit) -> Result<Vec<u8>> {
    render(&Job {
        kind: Kind::RecoveryKit,
        document,
        sheet: &document.sheet,
        attach: Attach::Nothing,
        protection: None,
        keep: Keep::Archive,
        picture: None,
    })
}
