//! To whom nothing of a restricted file goes: whom it is about, and a manager who may be part of it.

use std::collections::BTreeSet;

use sharewell_records::{Case, CaseId, Moment, Payload, Person, PersonRole};
use sharewell_vault::{Vault, cases, people};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::error::{Error, Problem, Result};
use crate::people::Family;
use crate::views::KeptFromInput;
use crate::{input, store};

/// Says to whom nothing of a restricted file goes: people who stand in it, and one more by name and post.
///
/// # Errors
/// [`Error::Field`] where the file is not a restricted one, or somebody does not stand in it.
pub fn save_kept_from(vault: &mut Vault, case: CaseId, typed: &KeptFromInput, now: Moment) -> Result<()> {
    let (before, known) = store::read(vault, |r| {
        let known: BTreeSet<_> = people::of_case(r, case)?.into_iter().map(|one| one.record.id).collect();
        Ok((cases::get(r, case)?, known))
    })?;
    if !before.record.kind.is_restricted() {
        return Err(Error::field("case", Problem::NotAnOption));
    }
    if typed.people.iter().any(|person| !known.contains(person)) {
        return Err(Error::field("people", Problem::NotAnOption));
    }
    let name = input::name(&typed.name, "name")?;
    let post = input::name(&typed.post, "post")?;
    let added = (!name.is_empty()).then(|| Person {
        agency: post,
        ..Person::named(store::person_id(now), name, PersonRole::Practitioner)
    });
    let mut kept_from = typed.people.clone();
    kept_from.extend(added.iter().map(|person| person.id));
    let amended = Case { kept_from, ..before.record };
    store::write(vault, now, |w| {
        if let Some(person) = added {
            w.append(Some(case), &Payload::PersonRecorded { person }, &[])?;
        }
        let amended = Payload::CaseAmended { case: amended, reason: String::new() };
        w.append(Some(case), &amended, &[before.entry])?;
        Ok(())
    })
}

/// Whether a text names somebody to whom nothing of the file goes. Only a whole name counts: the police officer
/// who shares a first name with the coach is told all the same.
pub(crate) fn is_kept_from(family: &Family, text: &str) -> bool {
    let said: BTreeSet<String> = words(text).collect();
    let named = |name: &String| {
        let mut parts = words(name).filter(|word| !is_title(word)).peekable();
        parts.peek().is_some() && parts.all(|part| said.contains(&part))
    };
    let kept = family.people.iter().filter(|person| family.case.kept_from.contains(&person.id));
    kept.flat_map(|person| std::iter::once(&person.name).chain(&person.also_known_as)).any(named)
}

/// Words in lower case without accents.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|word| word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect())
        .filter(|word: &String| !word.is_empty())
}

fn is_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs" | "ms" | "miss" | "mx" | "dr" | "sir" | "coach" | "father" | "reverend" | "rev"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sharewell_records::{Nation, PersonId};

    use super::*;

    fn family(name: &str) -> Family {
        let id = |n: u128| uuid::Uuid::from_u128(n);
        let person = Person {
            also_known_as: vec!["Danny".into()],
            ..Person::named(PersonId(id(2)), name.into(), PersonRole::Practitioner)
        };
        let case = Case {
            kept_from: vec![person.id],
            ..Case::family(CaseId(id(1)), PersonId(id(3)), Nation::England)
        };
        Family { case, people: vec![person], ties: vec![], flags: vec![] }
    }

    #[test]
    fn a_whole_name_counts_in_any_order_case_and_accents_and_a_first_name_alone_does_not() {
        let family = family("Mr Dan Märlow");
        for text in ["Dan Marlow", "MARLOW, Dan (coach)", "Mr. dan marlow", "danny"] {
            assert!(is_kept_from(&family, text), "{text}");
        }
        for text in ["Dan Fictley, police", "Marlow Road surgery", "Mr", "", "Children's social care"] {
            assert!(!is_kept_from(&family, text), "{text}");
        }
    }

    #[test]
    fn nobody_is_kept_from_a_file_that_says_so_of_nobody() {
        let mut family = family("Dan Marlow");
        family.case.kept_from.clear();
        assert!(!is_kept_from(&family, "Dan Marlow"));
    }
}
