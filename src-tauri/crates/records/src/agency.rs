//! What an agency settles for those who work for it: roles, what it wants of a record, and how long it keeps one.
//!
//! None of it stands before an emergency, a share or a save: there is no word here for *before*.

use serde::{Deserialize, Serialize};
use specta::Type;

use uuid::Uuid;

use crate::words::closed_set;
use crate::{Birth, Case, CaseKind, Person, Sha256};

closed_set! {
    /// What somebody does for an agency. A role is bound to a key, so that it is shown by a signature (M5).
    Role in "snake_case" {
        /// Works with children and keeps records.
        Practitioner = "practitioner",
        /// Leads on safeguarding: countersigns.
        Lead = "lead",
        /// Hears of allegations against people who work with children, and alone receives restricted files.
        DesignatedOfficer = "designated_officer",
        /// Takes handovers in for the agency, and answers with receipts.
        Intake = "intake",
    }
}

closed_set! {
    /// A day of the week.
    Weekday in "snake_case" {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

closed_set! {
    /// What an agency wants a file to have before it is handed over (J9). What is missing is asked for then, and
    /// stops nothing.
    WantedField in "snake_case" {
        /// The agency's own number for the file.
        FileReference = "file_reference",
        /// The child's date of birth, or the expected one.
        ChildBirth = "child_birth",
        /// Where the child lives, or that there is no fixed address.
        ChildAddress = "child_address",
        /// A number of the child's, or that it was asked for and is not known.
        ChildNumber = "child_number",
        /// The child's language.
        ChildLanguage = "child_language",
        /// A parent or carer.
        ParentNamed = "parent_named",
        /// How each parent or carer is reached by telephone.
        ParentPhone = "parent_phone",
    }
}

closed_set! {
    /// Which signed decisions an agency wants countersigned. It follows the decision, never comes before it.
    ToCountersign in "snake_case" {
        /// Those that do otherwise than was advised.
        Otherwise = "otherwise",
        /// Those not to share.
        NotShared = "not_shared",
        /// Those to share without consent.
        WithoutConsent = "without_consent",
        /// All of them.
        Every = "every",
    }
}

closed_set! {
    /// From when the years of a retention count.
    KeptFrom in "snake_case" {
        /// From the child's birth.
        Birth = "birth",
        /// From the last entry of the file.
        LastEntry = "last_entry",
    }
}

impl WantedField {
    /// Whether a file lacks it. A file without a child lacks nothing of one; `parents` are the parents and carers.
    #[must_use]
    pub fn is_missing(self, case: &Case, child: Option<&Person>, parents: &[&Person]) -> bool {
        let of_child = |lacks: fn(&Person) -> bool| child.is_some_and(lacks);
        match self {
            Self::FileReference => case.reference.is_empty(),
            Self::ChildBirth => of_child(|child| matches!(child.birth, Birth::About { .. } | Birth::Unknown)),
            Self::ChildAddress => {
                of_child(|child| child.address.is_empty() && child.no_fixed_address.is_none())
            }
            Self::ChildNumber => {
                of_child(|child| child.identifiers.is_empty() && child.unknown_numbers.is_empty())
            }
            Self::ChildLanguage => of_child(|child| child.language.is_empty()),
            Self::ParentNamed => child.is_some() && parents.is_empty(),
            Self::ParentPhone => child.is_some() && parents.iter().any(|one| one.phone.is_empty()),
        }
    }
}

/// How long an agency keeps one kind of file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// The kind of file.
    pub of: CaseKind,
    /// Full years.
    pub years: u16,
    /// From when they count.
    pub from: KeptFrom,
    /// The schedule or law behind it, in the agency's words.
    pub source: String,
}

/// How long the copy of a file stays on a laptop once the agency's receipts name all of it (G7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CopiesKept {
    /// Full days after the last entry and after the last receipt, whichever is later.
    pub days: u16,
    /// The schedule behind it, in the agency's words: under this a copy is removed.
    pub source: String,
}

/// An agency's rule about countersigning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CountersignRule {
    /// Which decisions.
    pub of: ToCountersign,
    /// Who countersigns.
    pub by: Role,
    /// Within how many working days after the decision; 0 is the same day.
    pub within_working_days: u8,
}

/// An agency's profile as a vault took it in: the signed file whole, and what is asked of it without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenProfile {
    /// The agency.
    pub agency: Uuid,
    /// What it is called.
    pub name: String,
    /// The profile's number; a later one has a higher number.
    pub serial: u32,
    /// The Ed25519 public key that signed it, in hexadecimal, its fingerprint compared by a person.
    pub key: String,
    /// The age recipient to which the agency's files go: a receipt alone says that it has them.
    pub encryption: String,
    /// The Ed25519 public key that signs the agency's receipts, in hexadecimal.
    pub receipts: String,
    /// The age recipient whose holder can open the vault.
    pub recovery: String,
    /// SHA-256 of the file.
    pub hash: Sha256,
    /// The file, byte for byte.
    pub file: String,
}

/// That an agency opened a vault which its holder could not open any more, or had left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyRecovery {
    /// Who opened it.
    pub by: String,
    /// Why.
    pub why: String,
    /// The two people who agreed to it.
    pub agreed: [String; 2],
    /// The age recipient whose secret half opened it.
    pub recovery: String,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{CaseId, Day, Identifier, IdentifierKind, Nation, PersonId, PersonRole};

    #[test]
    fn what_an_agency_wants_is_missing_until_it_stands_in_the_file() {
        let id = |number| uuid::Uuid::from_u128(number);
        let mut child = Person::named(PersonId(id(1)), "Ayla Sampleton".into(), PersonRole::Child);
        let mut mother = Person::named(PersonId(id(2)), "Jo Sampleton".into(), PersonRole::Parent);
        let mut case = Case::family(CaseId(id(3)), child.id, Nation::England);
        let missing = |case: &Case, child: Option<&Person>, parents: &[&Person]| {
            WantedField::ALL
                .into_iter()
                .filter(|one| one.is_missing(case, child, parents))
                .collect::<Vec<_>>()
        };
        let bare = missing(&case, Some(&child), &[]);
        assert_eq!(bare.len(), WantedField::ALL.len() - 1, "whoever is not named has no number to lack");
        assert_eq!(missing(&case, None, &[]), [WantedField::FileReference], "a file without a child");
        case.reference = "FCH-1".into();
        child.birth = Birth::Born { on: Day("2019-05-04".parse().unwrap()) };
        child.no_fixed_address = Some("Her aunt knows.".into());
        child.unknown_numbers = vec![IdentifierKind::NhsNumber];
        child.language = "Welsh".into();
        assert_eq!(missing(&case, Some(&child), &[&mother]), [WantedField::ParentPhone]);
        mother.phone = "01632 960401".into();
        child.unknown_numbers.clear();
        child.identifiers = vec![Identifier::of(IdentifierKind::NhsNumber, "9434765919".into())];
        assert_eq!(missing(&case, Some(&child), &[&mother]), []);
    }
}
