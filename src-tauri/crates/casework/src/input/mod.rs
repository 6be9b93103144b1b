//! The boundary: everything that was typed is looked at here before a use case believes it.
//!
//! Each check names the field and what is wrong with it, and never repeats what was typed. Here alone what nobody
//! typed is taken out of a text ([`cleaned`]), and its characters are counted.

mod form;
mod when;

use sharewell_records::{
    Birth, Care, Identifier, IdentifierKind, Moment, NumberFault, Person, PersonId, PersonRole, Practitioner,
    WithWhom, can_be_seen, cleaned, has_pseudo_postcode, names_somebody, read_number, says_no_address,
};

use crate::error::{Error, Problem, Result};
use crate::views::{BirthTyped, NewPractitioner, PersonInput};

pub(crate) use crate::clock::age;
pub(crate) use form::Form;
pub(crate) use when::{birth, coming_day, day, left, occurred, year_in_range};
pub use when::{read_day, spread_day};

/// The longest text that one field takes, in characters. About ten printed pages.
pub(crate) const LONGEST: usize = 20_000;
/// The longest name, post, label or number, in characters.
pub(crate) const LONGEST_NAME: usize = 300;
/// The most entries that one list takes: people in an answer, labels, attempts.
pub(crate) const MOST: usize = 200;

/// A text of any length up to the limit, trimmed of blanks around it. May be empty.
pub(crate) fn text(value: &str, field: &str) -> Result<String> {
    limited(value, field, LONGEST)
}

/// A reason that must say something.
pub(crate) fn reason(value: &str) -> Result<String> {
    filled(text(value, "reason")?, "reason", Problem::ReasonMissing)
}

/// A short text on one line, with one blank where there were more. May be empty.
pub(crate) fn name(value: &str, field: &str) -> Result<String> {
    let value = limited(value, field, LONGEST_NAME)?;
    Ok(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A short text that must say something.
pub(crate) fn required_name(value: &str, field: &str) -> Result<String> {
    filled(name(value, field)?, field, Problem::Missing)
}

/// What was typed, without what nobody did; nothing where nothing of it can be seen.
fn limited(value: &str, field: &str, longest: usize) -> Result<String> {
    let value = cleaned(value);
    let value = value.trim();
    let length = value.chars().count();
    if length > longest {
        let most = u32::try_from(longest).unwrap_or(u32::MAX);
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        return Err(Error::field(field, Problem::TooManyCharacters { length, most }));
    }
    Ok(if can_be_seen(value) { value.to_owned() } else { String::new() })
}

fn filled(value: String, field: &str, problem: Problem) -> Result<String> {
    if value.is_empty() { Err(Error::field(field, problem)) } else { Ok(value) }
}

/// A list that is not too long, each entry a short text; empty entries are left out.
pub(crate) fn names(values: &[String], field: &str) -> Result<Vec<String>> {
    at_most(values, field)?;
    let all = values.iter().map(|value| name(value, field)).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|value| !value.is_empty()).collect())
}

/// Whether a list is short enough.
pub(crate) fn at_most<T>(values: &[T], field: &str) -> Result<()> {
    if values.len() > MOST { Err(Error::field(field, Problem::TooLong)) } else { Ok(()) }
}

/// Identifiers as they are kept (E1): without what letters write around them. One that stood there before is taken as it
/// stands, so that nobody is kept from correcting a telephone number by a number of another year.
pub(crate) fn identifiers(
    values: &[Identifier],
    before: &[Identifier],
    field: &str,
) -> Result<Vec<Identifier>> {
    at_most(values, field)?;
    let mut kept = Vec::new();
    for identifier in values {
        if before.contains(identifier) {
            kept.push(identifier.clone());
            continue;
        }
        let read = read_number(identifier.kind, &name(&identifier.value, field)?);
        if let Some(value) = read.map_err(|fault| Error::field(field, fault.into()))? {
            // Whose it is, is said where the kind does not say it.
            let issuer = match identifier.kind {
                IdentifierKind::Agency => name(&identifier.issuer, field)?,
                IdentifierKind::NhsNumber
                | IdentifierKind::ChiNumber
                | IdentifierKind::HcNumber
                | IdentifierKind::Upn => String::new(),
            };
            kept.push(Identifier { kind: identifier.kind, value, issuer });
        }
    }
    Ok(kept)
}

/// A person as typed, checked, with an id. `before` is the person as recorded.
pub(crate) fn person(
    form: &mut Form,
    id: PersonId,
    typed: &PersonInput,
    before: Option<&Person>,
    now: Moment,
) -> Option<Person> {
    let name = form.required_name("name", &typed.name);
    form.fault_if(!name.is_empty() && !names_somebody(&name), "name", Problem::NothingToRead);
    let also_known_as = form.names("also_known_as", &typed.also_known_as);
    let role = form.chosen("role", typed.role);
    let agency = form.name("agency", &typed.agency);
    let birth = match role {
        // Nobody is asked when a colleague was born.
        Some(PersonRole::Practitioner) => Some(Birth::Unknown),
        Some(role) => {
            // A file about a child says what is known of the birth. Of an adult, a name is enough to begin.
            let typed = match role {
                PersonRole::Child => form.chosen("birth", typed.birth.as_ref()),
                _ => Some(typed.birth.as_ref().unwrap_or(&BirthTyped::Unknown)),
            };
            let known = before.map(|before| &before.birth);
            typed.and_then(|typed| {
                form.take(birth(typed, Some(role), known, (now, form.latest(now)), "birth"))
            })
        }
        None => None,
    };
    let unborn = matches!(birth, Some(Birth::Expected { .. }));
    form.fault_if(unborn && role.is_some_and(|role| role != PersonRole::Child), "birth", Problem::BadDate);
    let stood = before.map(|before| before.identifiers.as_slice()).unwrap_or_default();
    let identifiers = numbers(form, &typed.identifiers, stood);
    let unknown_numbers = not_known(&typed.unknown_numbers, identifiers.as_deref().unwrap_or_default());
    let no_fixed_address = typed.no_fixed_address.as_ref().map(|reach| form.text("no_fixed_address", reach));
    // Who has no fixed address has none that anybody would write to.
    let address = match &no_fixed_address {
        Some(_) => String::new(),
        None => form.text("address", &typed.address),
    };
    form.fault_if(has_pseudo_postcode(&address), "address", Problem::PseudoPostcode);
    form.fault_if(!has_pseudo_postcode(&address) && says_no_address(&address), "address", Problem::NoAddress);
    let phone = form.name("phone", &typed.phone);
    let care = Care {
        earlier_names: form.names("earlier_names", &typed.care.earlier_names),
        name_used: with_whom(form, "name_used", &typed.care.name_used),
        pronouns: with_whom(form, "pronouns", &typed.care.pronouns),
        sex_registered: with_whom(form, "sex_registered", &typed.care.sex_registered),
    };
    let language = form.name("language", &typed.language);
    let needs = form.text("needs", &typed.needs);
    Some(Person {
        id,
        name,
        also_known_as,
        role: role?,
        birth: birth?,
        identifiers: identifiers?,
        unknown_numbers,
        address,
        phone,
        agency,
        language,
        needs,
        no_fixed_address,
        care,
    })
}

/// The numbers of a person, each told at the box of its kind: *identifiers* the health numbers, *upn*, *local*.
fn numbers(form: &mut Form, typed: &[Identifier], stood: &[Identifier]) -> Option<Vec<Identifier>> {
    let mut all = Some(Vec::new());
    form.take(at_most(typed, "identifiers"));
    for one in typed.iter().take(MOST) {
        let field = match one.kind {
            IdentifierKind::NhsNumber | IdentifierKind::ChiNumber | IdentifierKind::HcNumber => "identifiers",
            IdentifierKind::Upn => "upn",
            IdentifierKind::Agency => "local",
        };
        let read = form.take(identifiers(std::slice::from_ref(one), stood, field));
        all = all.zip(read).map(|(mut all, mut read)| {
            all.append(&mut read);
            all
        });
    }
    all
}

/// The kinds of number that were asked for and are not known: a number that is there says more. Each once, in the order
/// of the kinds. An agency's own number is none that everybody has, and is never *not known*.
fn not_known(typed: &[IdentifierKind], numbers: &[Identifier]) -> Vec<IdentifierKind> {
    let unknown = |kind: &IdentifierKind| {
        *kind != IdentifierKind::Agency
            && typed.contains(kind)
            && numbers.iter().all(|number| number.kind != *kind)
    };
    IdentifierKind::ALL.into_iter().filter(unknown).collect()
}

/// A few words and who may be told them; nobody is named for words that are not there.
fn with_whom(form: &mut Form, field: &str, typed: &WithWhom) -> WithWhom {
    let words = form.name(field, &typed.words);
    let may_be_told = form.name(&format!("{field}_told"), &typed.may_be_told);
    WithWhom { may_be_told: if words.is_empty() { String::new() } else { may_be_told }, words }
}

/// The practitioner as typed, checked, with an id.
pub(crate) fn practitioner(form: &mut Form, id: PersonId, typed: &NewPractitioner) -> Option<Practitioner> {
    let name = form.required_name("name", &typed.name);
    let role = form.required_name("role", &typed.role);
    let agency = form.required_name("agency", &typed.agency);
    let team = form.name("team", &typed.team);
    let nation = form.chosen("nation", typed.nation);
    let phone = form.name("phone", &typed.phone);
    let lead_name = form.name("lead_name", &typed.lead_name);
    let lead_phone = form.name("lead_phone", &typed.lead_phone);
    let front_door_name = form.name("front_door_name", &typed.front_door_name);
    let front_door_phone = form.name("front_door_phone", &typed.front_door_phone);
    let out_of_hours_phone = form.name("out_of_hours_phone", &typed.out_of_hours_phone);
    let officer_phone = form.name("officer_phone", &typed.officer_phone);
    Some(Practitioner {
        id,
        name,
        role,
        agency,
        team,
        nation: nation?,
        phone,
        lead_name,
        lead_phone,
        front_door_name,
        front_door_phone,
        out_of_hours_phone,
        officer_phone,
        body: typed.body,
    })
}

impl From<NumberFault> for Problem {
    fn from(fault: NumberFault) -> Self {
        match fault {
            NumberFault::Slip => Self::BadIdentifier,
            NumberFault::Placeholder => Self::NumberIsPlaceholder,
            NumberFault::NoSuchDate => Self::NumberHasNoDate,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problem<T: std::fmt::Debug>(result: Result<T>) -> (String, Problem) {
        match result.unwrap_err() {
            Error::Fields(faults) => faults.into_iter().next().map(|(f, p)| (f.0, p)).unwrap(),
            other => unreachable!("a field was expected to be at fault, not {other}"),
        }
    }

    #[test]
    fn a_field_that_holds_too_much_is_named() {
        let too_many = |length, most| Problem::TooManyCharacters { length, most };
        assert_eq!(
            problem(text(&"a".repeat(LONGEST + 1), "reasons")),
            ("reasons".into(), too_many(20_001, 20_000))
        );
        assert!(text(&"a".repeat(LONGEST), "reasons").is_ok(), "the limit itself is allowed");
        for letter in ["a", "م", "王", "😀"] {
            assert!(name(&letter.repeat(LONGEST_NAME), "f").is_ok(), "a letter is one, whatever the script");
            assert_eq!(
                problem(name(&letter.repeat(LONGEST_NAME + 2), "f")).1,
                too_many(302, 300),
                "{letter}"
            );
        }
    }

    #[test]
    fn what_nobody_typed_does_not_come_in() {
        assert_eq!(text("a\u{0}b\u{202e}c\nd\te", "f").unwrap(), "abc\nd\te");
        assert_eq!(text("\u{200b}", "f").unwrap(), "", "nothing that one can see is nothing");
        assert_eq!(name("Wolfe-Montague,\u{a0}  Jr\n", "f").unwrap(), "Wolfe-Montague, Jr");
        assert_eq!(problem(required_name("\u{200b}\u{feff}", "f")).1, Problem::Missing);
    }

    #[test]
    fn a_wrong_number_is_refused_by_name_and_what_letters_write_around_it_is_forgiven() {
        let nhs = |value: &str| vec![Identifier::of(IdentifierKind::NhsNumber, value.into())];
        let read = |value: &str| identifiers(&nhs(value), &[], "identifiers");
        assert_eq!(read("NHS 943-476-5919").unwrap(), nhs("9434765919"));
        assert_eq!(problem(read("943 476 5918")).1, Problem::BadIdentifier);
        assert_eq!(problem(read("9999999999")).1, Problem::NumberIsPlaceholder);
        assert_eq!(read(" - ").unwrap(), []);
        let stood = nhs("9999999999");
        assert_eq!(identifiers(&stood, &stood, "identifiers").unwrap(), stood, "what stood there stays");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_check_panic(value in ".{0,400}") {
            let _ = name(&value, "f");
            let _ = identifiers(&[Identifier::of(IdentifierKind::Upn, value)], &[], "f");
        }
    }
}
