//! From records to the values of a document: dates, names and codes as people read them.
//!
//! The document crate prints what it is given; here it is chosen. Who is protected goes along and is kept out
//! of every field. Every word comes from the catalogue of the vault's language.

mod basis;
mod changes;
mod chronology;
mod decision;
mod emergency;
mod extent;
mod file;
mod kit;
mod leftovers;
mod letters;
mod lines;
mod past;
mod referral;
mod saved;
mod sent;
mod sheet;

use sharewell_documents::{self as documents, Language};
use sharewell_records::{CaseKind, Day, Moment, PersonId, Practitioner, Protection, Sha256};
use sharewell_vault::{Beside, Reader, practitioner};

use crate::error::{Error, Result};
use crate::language;
use crate::people::Family;
use crate::words::{Words, grouped};

pub use chronology::{SaveChronology, chronology_not_printed, leftovers_in_chronology, save_chronology};
pub(crate) use decision::document as decision_document;
pub(crate) use emergency::{Told, document as emergency_document};
pub use extent::{extent_of_duty, move_extent_of_duty};
pub(crate) use file::ways;
pub use leftovers::{answer_leftovers, leftovers_in_decision, leftovers_in_file};
pub use letters::{WhichPaper, not_printed};
pub(crate) use past::Past;
pub(crate) use referral::who_the_child_is;
pub use referral::{SaveReferral, copied_section, referral, save_referral_pdf};
pub(crate) use saved::save;
pub use saved::{
    SaveDecision, SaveEmergency, SaveFile, SaveKit, SaveRestrictedSheet, save_decision_pdf,
    save_emergency_pdf, save_file_summary, save_recovery_kit, save_restricted_sheet,
};
pub use sent::sent_referral;

/// What stands at the head and foot of a document, whoever it is about.
pub(crate) struct Frame {
    pub author: String,
    pub printed_at: Moment,
    /// The chain's head when it was printed.
    pub head: Sha256,
    /// The language in which it is printed.
    pub language: Language,
}

impl Frame {
    /// The frame of a document that is printed now, beside the open vault.
    pub(crate) fn beside(beside: &Beside, now: Moment) -> Result<Self> {
        beside.read(|r| Self::of(r, beside.tip().link, now))
    }

    /// The same, where the chain's head is known.
    pub(crate) fn of(r: &Reader<'_>, head: Sha256, now: Moment) -> Result<Self> {
        let (own, language) = (practitioner::current(r)?.record, language::of(r)?);
        Ok(Self { author: signature(&own, Words::of(language)), printed_at: now, head, language })
    }

    /// The words in which it is printed.
    pub(crate) fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// Head and foot of a document about a file.
    pub(crate) fn sheet(&self, number: String, family: Option<&Family>) -> documents::Sheet {
        let words = self.words();
        documents::Sheet {
            language: self.language,
            number,
            limits: match family {
                Some(family) => match family.case.kind {
                    CaseKind::Allegation => words.limits.restricted.clone(),
                    CaseKind::Adult => words.limits.adult.clone(),
                    CaseKind::Family | CaseKind::Numbers => words.limits.file.clone(),
                },
                None => words.limits.file.clone(),
            },
            author: self.author.clone(),
            printed: words.moment(self.printed_at),
            printed_at: self.printed_at,
            check: grouped(&self.head, 12),
        }
    }
}

/// Refuses a paper in which something looks like somebody protected and nobody has said what it is.
pub(crate) fn all_answered<D: serde::Serialize>(document: &D, protection: &Protection) -> Result<()> {
    match documents::leftovers(document, protection)?.is_empty() {
        true => Ok(()),
        false => Err(Error::Leftovers),
    }
}

/// Name and post, as a signature gives them.
pub(crate) fn signature(own: &Practitioner, words: &Words) -> String {
    words.list(&[&own.name, &own.role])
}

/// The practitioner as a document names them.
pub(crate) fn practitioner_of(own: &Practitioner) -> documents::Practitioner {
    documents::Practitioner {
        name: own.name.clone(),
        role: own.role.clone(),
        agency: own.agency.clone(),
        reach: own.phone.clone(),
    }
}

/// Whom a document is about, as it names them: the child, or what its file is about instead.
pub(crate) fn child_of(family: &Family, on: Day, words: &Words) -> documents::Child {
    subject_of(family, family.case.child, on, words)
}

/// The same, by whom a decision was about.
pub(crate) fn subject_of(family: &Family, person: PersonId, on: Day, words: &Words) -> documents::Child {
    let about = words.about.of(family.case.kind).to_owned();
    match family.person(person).filter(|_| family.has_child()) {
        Some(child) => documents::Child {
            about,
            name: child.name.clone(),
            born: words.birth(&child.birth),
            age: words.age(&child.birth, on),
        },
        None => documents::Child { about, name: family.called_by(person), ..documents::Child::default() },
    }
}
