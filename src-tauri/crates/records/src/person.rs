//! People, how they are tied to each other, and the flags that keep them safe.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{Day, FlagId, PersonId, RelationshipId};

closed_set! {
    /// The part a person plays in a file.
    PersonRole in "snake_case" {
        /// A child or young person under 18; an unborn child has an expected date instead of a birth date.
        Child = "child",
        /// A parent.
        Parent = "parent",
        /// Somebody else who looks after the child.
        Carer = "carer",
        /// Any other adult around the child (S9).
        OtherAdult = "other_adult",
        /// A practitioner of any agency: a teacher, a family doctor, an adviser.
        Practitioner = "practitioner",
    }
}

/// When somebody was or will be born.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(tag = "known", rename_all = "snake_case")]
pub enum Birth {
    /// The date is known.
    Born {
        /// The date of birth.
        on: Day,
    },
    /// The child is unborn.
    Expected {
        /// The expected date.
        on: Day,
    },
    /// Only about how old.
    About {
        /// Years of age when recorded.
        years: u16,
        /// The day on which that was recorded.
        on: Day,
    },
    /// Not known.
    Unknown,
}

/// A person as a file knows them. Amended as a whole; the history keeps every earlier form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Person {
    /// Identifies the person in this vault.
    pub id: PersonId,
    /// The full name as written by the practitioner.
    pub name: String,
    /// Other names, nicknames, spellings.
    #[serde(default)]
    pub also_known_as: Vec<String>,
    /// The part played in the file.
    pub role: PersonRole,
    /// When born.
    pub birth: Birth,
    /// Identifiers such as the NHS number, each with its kind.
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    /// Kinds of number that were asked for and are not known (from version 3). A kind that stands neither here nor in
    /// `identifiers` was not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown_numbers: Vec<IdentifierKind>,
    /// Address, free text, may be empty.
    #[serde(default)]
    pub address: String,
    /// Telephone, free text, may be empty.
    #[serde(default)]
    pub phone: String,
    /// For a practitioner: the agency and post.
    #[serde(default)]
    pub agency: String,
    /// Language or interpreter needs, may be empty.
    #[serde(default)]
    pub language: String,
    /// Disability or communication needs, may be empty.
    #[serde(default)]
    pub needs: String,
    /// That there is no fixed address, and how to reach them all the same; none where nothing was said of that.
    #[serde(default)]
    pub no_fixed_address: Option<String>,
    /// What of a name is used or shown with care. It stands in this vault and on no paper, in no table and no list.
    #[serde(default)]
    pub care: Care,
}

/// What is said about somebody's names, and may give away more than they chose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Care {
    /// Earlier names that are not used or shown any more: who looks for one finds the person by the name they have.
    #[serde(default)]
    pub earlier_names: Vec<String>,
    /// The name that is used, where it is another than the full one.
    #[serde(default)]
    pub name_used: WithWhom,
    /// Pronouns.
    #[serde(default)]
    pub pronouns: WithWhom,
    /// Sex as registered.
    #[serde(default)]
    pub sex_registered: WithWhom,
}

/// A few words, and who may be told them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WithWhom {
    /// The words, may be empty.
    pub words: String,
    /// Who may be told; empty where nobody may.
    pub may_be_told: String,
}

/// Whether a text holds a postcode that stands for no place: those that begin with ZZ99 are made up for people
/// without one.
#[must_use]
pub fn has_pseudo_postcode(text: &str) -> bool {
    crate::fold::folded_words(text).any(|word| word.starts_with("zz99"))
}

/// How people write that somebody has no address, folded, one a line.
const NO_ADDRESS: &[&[&str]] = &[
    &["nfa"],
    &["n", "f", "a"],
    &["no", "fixed", "abode"],
    &["no", "fixed", "address"],
    &["of", "no", "fixed", "abode"],
    &["of", "no", "fixed", "address"],
    &["no", "settled", "address"],
    &["no", "permanent", "address"],
    &["homeless"],
    &["street", "homeless"],
    &["sofa", "surfing"],
    &["sofasurfing"],
    &["rough", "sleeping"],
    &["sleeping", "rough"],
    &["rough", "sleeper"],
    &["no", "address"],
    &["none"],
];

/// What is said before it: *currently NFA*.
const AT_PRESENT: &[&str] =
    &["currently", "now", "still", "presently", "temporarily", "is", "he", "she", "they", "are"];

/// Whether a text that was typed as an address says that there is none: *NFA*, *of no fixed abode*, *homeless*, by itself
/// or before a comma. A house that is called so beside other words is a house.
#[must_use]
pub fn says_no_address(text: &str) -> bool {
    let parts = text.split([',', ';', ':', '\n', '(', ')', '\u{2013}', '\u{2014}']);
    // With blanks around it a hyphen is a dash.
    parts.flat_map(|part| part.split(" - ")).any(|part| {
        let words = crate::fold::folded_words(part);
        let words: Vec<String> = words.skip_while(|word| AT_PRESENT.contains(&word.as_str())).collect();
        NO_ADDRESS.iter().any(|known| words.iter().map(String::as_str).eq(known.iter().copied()))
    })
}

impl Person {
    /// Somebody of whom no more is known than a name and the part played.
    #[must_use]
    pub fn named(id: PersonId, name: String, role: PersonRole) -> Self {
        Self {
            id,
            name,
            also_known_as: Vec::new(),
            role,
            birth: Birth::Unknown,
            identifiers: Vec::new(),
            unknown_numbers: Vec::new(),
            address: String::new(),
            phone: String::new(),
            agency: String::new(),
            language: String::new(),
            needs: String::new(),
            no_fixed_address: None,
            care: Care::default(),
        }
    }

    /// The person as others than this vault may have them: without what is said with care.
    #[must_use]
    pub fn without_care(&self) -> Self {
        Self { care: Care::default(), ..self.clone() }
    }
}

/// An identifier given by an agency.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct Identifier {
    /// Which kind.
    pub kind: IdentifierKind,
    /// The digits and letters, without spaces.
    pub value: String,
    /// Whose number it is, where the kind does not say it: the school, the youth team (from version 3); may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issuer: String,
}

impl Identifier {
    /// A number whose kind says whose it is.
    #[must_use]
    pub fn of(kind: IdentifierKind, value: String) -> Self {
        Self { kind, value, issuer: String::new() }
    }

    /// The number as it stands on a paper, with whose it is where that was said.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.issuer.is_empty() { self.value.clone() } else { format!("{} ({})", self.value, self.issuer) }
    }
}

closed_set! {
    /// Kinds of identifier.
    IdentifierKind in "snake_case" {
        /// NHS number (England, Wales): ten digits, the last a check digit modulo 11.
        NhsNumber = "nhs_number",
        /// Community Health Index number (Scotland).
        ChiNumber = "chi_number",
        /// Health and Care number (Northern Ireland).
        HcNumber = "hc_number",
        /// Unique pupil number (schools in England and Wales): a check letter, eleven digits, and a digit or, where it
        /// is temporary, a letter.
        Upn = "upn",
        /// An agency's own number; whose it is stands beside it.
        Agency = "agency",
    }
}

/// Whether two identifiers are one number for one person. The three health numbers are of one form and are told
/// apart by nation alone, so that one typed under another's name is the same number. An agency's own number may be
/// that of a family, and tells nobody apart.
#[must_use]
pub fn same_person_number(one: &Identifier, other: &Identifier) -> bool {
    let signs = |value: &str| {
        value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect::<String>()
    };
    let health = |kind| {
        matches!(kind, IdentifierKind::NhsNumber | IdentifierKind::ChiNumber | IdentifierKind::HcNumber)
    };
    let own = one.kind == other.kind && one.kind != IdentifierKind::Agency;
    let alike = own || (health(one.kind) && health(other.kind));
    let value = signs(&one.value);
    alike && !value.is_empty() && value == signs(&other.value)
}

/// How one person is tied to another: `from` is the `kind` of `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Relationship {
    /// Identifies the tie.
    pub id: RelationshipId,
    /// The parent, carer, partner …
    pub from: PersonId,
    /// … of this person.
    pub to: PersonId,
    /// The kind of tie.
    pub kind: RelationshipKind,
    /// Whether `from` holds parental responsibility for `to`, and how that is known.
    pub parental_responsibility: ParentalResponsibility,
    /// Whether both live at the same home; none where that is not known (from version 2).
    pub same_home: Option<bool>,
    /// Anything else, may be empty.
    #[serde(default)]
    pub note: String,
}

closed_set! {
    /// Kinds of tie.
    RelationshipKind in "snake_case" {
        /// Mother of.
        Mother = "mother",
        /// Father of.
        Father = "father",
        /// Another parent of.
        Parent = "parent",
        /// Step-parent of.
        StepParent = "step_parent",
        /// Adoptive parent of.
        AdoptiveParent = "adoptive_parent",
        /// Partner of a parent of, who is no step-parent.
        PartnerOfParent = "partner_of_parent",
        /// Grandparent of.
        Grandparent = "grandparent",
        /// Great-grandparent of.
        GreatGrandparent = "great_grandparent",
        /// Aunt or uncle of.
        AuntOrUncle = "aunt_or_uncle",
        /// Cousin of.
        Cousin = "cousin",
        /// Brother or sister of.
        Sibling = "sibling",
        /// Half-brother or half-sister of.
        HalfSibling = "half_sibling",
        /// Step-brother or step-sister of.
        StepSibling = "step_sibling",
        /// Foster carer of.
        FosterCarer = "foster_carer",
        /// Relative or friend who brings up, under whatever arrangement.
        KinshipCarer = "kinship_carer",
        /// Special guardian of.
        SpecialGuardian = "special_guardian",
        /// Another carer of.
        Carer = "carer",
        /// Partner of.
        Partner = "partner",
        /// Former partner of.
        FormerPartner = "former_partner",
        /// Other relative of.
        OtherRelative = "other_relative",
        /// Friend of the family of.
        FamilyFriend = "family_friend",
        /// Neighbour of.
        Neighbour = "neighbour",
        /// Lodger in the home of.
        Lodger = "lodger",
        /// Childminder, nanny or babysitter of.
        Childminder = "childminder",
        /// Another contact of.
        Contact = "contact",
        /// Practitioner who works with.
        Professional = "professional",
    }
}

impl RelationshipKind {
    /// The part that somebody plays who is tied so to the child; none where a tie says too little: a brother may be
    /// grown up.
    #[must_use]
    pub fn role(self) -> Option<PersonRole> {
        match self {
            Self::Mother | Self::Father | Self::Parent | Self::StepParent | Self::AdoptiveParent => {
                Some(PersonRole::Parent)
            }
            Self::FosterCarer | Self::KinshipCarer | Self::SpecialGuardian | Self::Carer => {
                Some(PersonRole::Carer)
            }
            Self::PartnerOfParent
            | Self::Grandparent
            | Self::GreatGrandparent
            | Self::AuntOrUncle
            | Self::FamilyFriend
            | Self::Neighbour
            | Self::Lodger
            | Self::Childminder => Some(PersonRole::OtherAdult),
            Self::Professional => Some(PersonRole::Practitioner),
            Self::Sibling
            | Self::HalfSibling
            | Self::StepSibling
            | Self::Cousin
            | Self::Partner
            | Self::FormerPartner
            | Self::OtherRelative
            | Self::Contact => None,
        }
    }

    /// The parts by which whoever is tied so may be called: a foster carer is a *carer* as well.
    #[must_use]
    pub fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Mother => &["mother"],
            Self::Father => &["father"],
            Self::Parent | Self::AdoptiveParent => &["mother", "father"],
            Self::StepParent => &["step_parent"],
            Self::PartnerOfParent => &["partner", "step_parent"],
            Self::Grandparent | Self::GreatGrandparent => &["grandparent"],
            Self::AuntOrUncle => &["aunt_or_uncle"],
            Self::Cousin => &["cousin"],
            Self::FosterCarer | Self::KinshipCarer | Self::SpecialGuardian | Self::Carer => &["carer"],
            Self::Partner => &["partner"],
            Self::FormerPartner => &["former_partner"],
            Self::Neighbour => &["neighbour"],
            Self::Lodger => &["lodger"],
            Self::Childminder => &["childminder"],
            Self::Sibling
            | Self::HalfSibling
            | Self::StepSibling
            | Self::OtherRelative
            | Self::FamilyFriend
            | Self::Contact
            | Self::Professional => &[],
        }
    }
}

closed_set! {
    /// Whether somebody holds parental responsibility (5.4 of the guidance facts). Reconfirmed, never assumed.
    ParentalResponsibility in "snake_case" {
        /// Holds it.
        Holds = "holds",
        /// Does not hold it.
        DoesNotHold = "does_not_hold",
        /// Not known yet.
        NotKnown = "not_known",
    }
}

/// A safety flag. It binds on every screen, print, pack and export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Flag {
    /// Identifies the flag.
    pub id: FlagId,
    /// Whom it is about.
    pub person: PersonId,
    /// The kind.
    pub kind: FlagKind,
    /// Why, and what to do instead.
    pub reason: String,
    /// When to look again.
    pub review: Option<Day>,
}

closed_set! {
    /// Kinds of safety flag.
    FlagKind in "snake_case" {
        /// Do not tell this person that information is shared, or that a worry exists.
        DoNotTell = "do_not_tell",
        /// Do not contact this person.
        NoContact = "no_contact",
        /// Do not post to this person's home.
        DoNotPost = "do_not_post",
        /// Do not ring or text: others may see or answer the phone.
        UnsafePhone = "unsafe_phone",
        /// The name or whereabouts are protected: never on anything that leaves, save a restricted sheet.
        ProtectedIdentity = "protected_identity",
        /// Two workers should visit together.
        WorkerSafety = "worker_safety",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_postcode_is_known_however_it_is_written() {
        for text in ["No fixed abode, ZZ99 3VZ", "zz993vz", "ZZ99\u{a0}3WZ"] {
            assert!(has_pseudo_postcode(text), "{text}");
        }
        assert!(!has_pseudo_postcode("99 Zz Row, FA1 2ZZ"));
    }

    #[test]
    fn that_somebody_has_no_address_is_known_however_it_is_written_and_a_house_stays_a_house() {
        for text in [
            "NFA",
            " n.f.a. ",
            "No fixed abode",
            "of no fixed abode, ask at the Elm Row hostel",
            "sofa-surfing, ask for Mo at the Elm Row hostel",
            "Homeless (sleeps at the library)",
            "NFA \u{2013} c/o Mockford school",
            "ROUGH SLEEPING",
            "none",
            "None.",
            "homeless - hostel",
            "Currently NFA",
            "She is currently homeless",
        ] {
            assert!(says_no_address(text), "{text}");
        }
        for text in [
            "",
            "2 Elm Row",
            "NFA House, 3 Mill Lane",
            "Homeless shelter, 4 Elm Row",
            "Narrowboat Fable, Mill Lock",
            "Traveller site, Weir Lane",
            "c/o Fablewell Primary",
            "No 4, Fixed Street",
            "Nonesuch House, 2 Elm Row",
            "The Now, 2 Elm Row",
        ] {
            assert!(!says_no_address(text), "{text}");
        }
    }
}
