//! To whom something may go: one rule for recipients, advisers, keys, tellings and shares.
//!
//! It judges a person as somebody typed them, before anything is signed or written down. It never judges the
//! act: social care and the police are never refused, and an emergency asks nobody here.

use crate::fold::folded_words;
use crate::home::shares_home;
use crate::protect::{is_address, is_at, is_said_of_a_part, parts_called};
use crate::{Bound, Case, Door, Flag, FlagKind, Person, PersonId, PersonRole, Relationship, Route};

/// Why nothing goes to whoever a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTo {
    /// A restricted file is kept from them.
    KeptFrom,
    /// They are protected: a paper would carry their name. Their part is said instead.
    NamesProtected,
    /// A flag forbids to tell or to contact them.
    Flagged(FlagKind),
}

/// Whether something may go through a door to whom a text names. Only a whole name counts, in any order, case
/// and accents, or what is as good as one: a title or an initial before the surname, a name that stands alone.
/// The police officer who shares a first name with somebody is told all the same.
///
/// # Errors
/// Why it may not.
pub fn may_receive(
    case: &Case,
    people: &[Person],
    flags: &[Flag],
    door: Door,
    text: &str,
) -> Result<(), NotTo> {
    if is_kept_from(case, people, text) {
        return Err(NotTo::KeptFrom);
    }
    let named: Vec<&Person> = people.iter().filter(|person| is_named(person, text)).collect();
    let on_them = flags.iter().filter(|flag| named.iter().any(|person| person.id == flag.person));
    let mut refused: Option<FlagKind> = None;
    for flag in on_them.filter(|flag| matches!(flag.kind.binds(door), Bound::Refuse)) {
        if flag.kind == FlagKind::ProtectedIdentity {
            return Err(NotTo::NamesProtected);
        }
        refused = refused.or(Some(flag.kind));
    }
    refused.map_or(Ok(()), |kind| Err(NotTo::Flagged(kind)))
}

/// The same of a name and a post, in whichever of the two somebody is named, where they are named by the part that they
/// play, and where a flag on whoever lives with them forbids the way.
///
/// # Errors
/// Why it may not.
pub fn may_receive_by(
    (case, people, ties, flags): (&Case, &[Person], &[Relationship], &[Flag]),
    door: Door,
    (name, post): (&str, &str),
    route: Option<Route>,
) -> Result<(), NotTo> {
    let both = format!("{name} {post}");
    may_receive(case, people, flags, door, name)?;
    may_receive(case, people, flags, door, &both)?;
    match forbidden_to_reach((case, people, ties, flags), (name, post), route) {
        Some(kind) => Err(NotTo::Flagged(kind)),
        None => Ok(()),
    }
}

/// The flag that forbids that something reaches, in this way, whom a name and a post may mean, or whoever lives with
/// them. That somebody is protected forbids nothing here: it keeps their name out of what is written.
#[must_use]
pub fn forbidden_to_reach(
    (case, people, ties, flags): (&Case, &[Person], &[Relationship], &[Flag]),
    (name, post): (&str, &str),
    route: Option<Route>,
) -> Option<FlagKind> {
    let both = format!("{name} {post}");
    let around: (Vec<&Person>, Vec<&Relationship>) = (people.iter().collect(), ties.iter().collect());
    // A letter to *the occupier* is read by whoever lives there.
    let lives_there = |flag: &&Flag| {
        let home = people.iter().find(|one| one.id == flag.person).map_or("", |one| &one.address);
        flag.kind.binds_the_home() && forbids(flag.kind, route) && is_at(home, &both)
    };
    if let Some(flag) = flags.iter().find(lives_there) {
        return Some(flag.kind);
    }
    let meant =
        [name, post, both.as_str()].into_iter().flat_map(|text| meant(case.child, people, ties, text));
    let mut binding = meant.flat_map(|person| {
        let there = shares_home(person.id, &around.0, &around.1);
        let binds = move |flag: &&Flag| {
            flag.person == person.id || there.contains(&flag.person) && flag.kind.binds_the_home()
        };
        flags.iter().filter(binds).map(|flag| flag.kind)
    });
    binding.find(|kind| *kind != FlagKind::ProtectedIdentity && forbids(*kind, route))
}

/// Whether a text names somebody to whom nothing of a restricted file goes.
#[must_use]
pub fn is_kept_from(case: &Case, people: &[Person], text: &str) -> bool {
    let kept = people.iter().filter(|person| case.kept_from.contains(&person.id));
    kept.into_iter().any(|person| is_named(person, text))
}

/// Whether a flag on somebody forbids that something reaches them in this way.
#[must_use]
pub fn forbids(kind: FlagKind, route: Option<Route>) -> bool {
    let way = match kind {
        FlagKind::DoNotPost => route == Some(Route::Post),
        FlagKind::UnsafePhone => route == Some(Route::Telephone),
        FlagKind::DoNotTell | FlagKind::NoContact | FlagKind::ProtectedIdentity | FlagKind::WorkerSafety => {
            false
        }
    };
    way || kind.binds(Door::Share) == Bound::Refuse
}

/// Whom of a file a text may mean as the recipient: by name as in [`may_receive`], or by the part they play for the child
/// (*Dad*, *his gran*, *the father of Ayla*).
#[must_use]
pub fn meant<'a>(
    child: PersonId,
    people: &'a [Person],
    ties: &[Relationship],
    text: &str,
) -> Vec<&'a Person> {
    let words: Vec<String> = folded_words(text).collect();
    let child_name = people.iter().find(|one| one.id == child).map_or("", |one| &one.name);
    let around: Vec<String> = folded_words(child_name).flat_map(|word| [format!("{word}s"), word]).collect();
    let parts: Vec<&str> = words.iter().flat_map(|word| parts_called(word)).collect();
    // Nothing but the part and what is said around it: *Father Green* is somebody else.
    let alone = words
        .iter()
        .all(|word| parts_called(word).next().is_some() || is_said_of_a_part(word) || around.contains(word));
    let by_part = |person: &Person| {
        alone && !parts.is_empty() && person.id != child && plays(child, person, ties, &parts)
    };
    people.iter().filter(|person| is_named(person, text) || by_part(person)).collect()
}

/// Whether somebody plays one of these parts for the child.
pub(crate) fn plays(child: PersonId, person: &Person, ties: &[Relationship], parts: &[&str]) -> bool {
    let tied = ties.iter().filter(|tie| tie.from == person.id && tie.to == child).map(|tie| tie.kind);
    let mut tied = tied.peekable();
    let untied = tied.peek().is_none() && person.role == PersonRole::Parent;
    untied && parts.iter().any(|part| matches!(*part, "mother" | "father"))
        || tied.any(|kind| parts.iter().any(|part| kind.parts().contains(part)))
}

/// Whether a text names a person by a whole name, or by what is as good as one.
pub(crate) fn is_named(person: &Person, text: &str) -> bool {
    let typed: Vec<String> = folded_words(text).collect();
    // *Paul (dad)* is Paul as much as *Mr Paul* is.
    let said = |word: &&str| is_address(word) || parts_called(word).next().is_some();
    let bare: Vec<&str> = typed.iter().map(String::as_str).filter(|word| !said(word)).collect();
    std::iter::once(&person.name).chain(&person.also_known_as).any(|name| {
        let words: Vec<String> = folded_words(name).collect();
        let parts: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_address(word)).collect();
        let Some((first, last)) = parts.first().zip(parts.last()) else {
            // Whoever is called Nan and nothing else.
            return !words.is_empty() && typed == words;
        };
        // Both ends of the name beside each other, or with no more than other parts of it in between.
        let at = |part: &&str| {
            let found = typed.iter().enumerate().filter(move |(_, word)| word == part);
            found.map(|(at, _)| at).collect::<Vec<_>>()
        };
        let between = |one: usize, other: usize| {
            let inside = typed.get(one.min(other) + 1..one.max(other)).unwrap_or_default();
            inside.iter().all(|word| word.chars().count() == 1 || parts.contains(&word.as_str()))
        };
        let (firsts, lasts) = (at(first), at(last));
        let whole = firsts
            .iter()
            .any(|one| lasts.iter().any(|other| (parts.len() == 1 || one != other) && between(*one, *other)));
        let alone = matches!(bare.as_slice(), [one] if parts.contains(one) && one.chars().count() > 1);
        let initial = first.chars().next();
        let short = parts.len() > 1
            && typed.windows(2).any(|pair| match pair {
                [before, after] => {
                    let z = before.chars().next();
                    after == last && before.chars().count() == 1 && z == initial
                }
                _ => false,
            });
        let titled = parts.len() > 1
            && typed.first().is_some_and(|word| is_address(word))
            && typed.get(1).is_some_and(|word| word == last)
            && typed.len() == 2;
        whole || alone || short || titled
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{CaseId, FlagId, Nation, PersonId, PersonRole};

    fn id(n: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(n)
    }

    fn person(name: &str) -> Person {
        Person {
            also_known_as: vec!["Danny".into()],
            ..Person::named(PersonId(id(2)), name.into(), PersonRole::Practitioner)
        }
    }

    fn case(kept: bool) -> Case {
        Case {
            kept_from: if kept { vec![PersonId(id(2))] } else { Vec::new() },
            ..Case::family(CaseId(id(1)), PersonId(id(3)), Nation::England)
        }
    }

    #[test]
    fn a_whole_name_counts_in_any_order_case_and_accents_and_a_first_name_alone_does_not() {
        let people = [person("Mr Dan Märlow")];
        for text in [
            "Dan Marlow",
            "MARLOW, Dan (coach)",
            "Mr. dan marlow",
            "danny",
            "Mr Marlow",
            "D. Marlow",
            "Marlow",
            "Dan J. Marlow",
        ] {
            assert!(is_kept_from(&case(true), &people, text), "{text}");
        }
        for text in [
            "Dan Fictley, police",
            "Marlow Road surgery",
            "Mr",
            "",
            "Children's social care",
            "Mr Sam Marlow, police",
            "PC Marlow 1234",
            "Dan House, Marlow Council",
        ] {
            assert!(!is_kept_from(&case(true), &people, text), "{text}");
        }
    }

    #[test]
    fn a_parent_is_meant_by_a_name_beside_the_part_and_by_both_parents() {
        let child = Person::named(PersonId(id(3)), "Ayla Sampleton".into(), PersonRole::Child);
        let father = Person::named(PersonId(id(5)), "Paul Imagina".into(), PersonRole::Parent);
        let people = [child, father];
        let means =
            |text: &str| meant(PersonId(id(3)), &people, &[], text).iter().any(|one| one.id.0 == id(5));
        for text in [
            "Paul",
            "Paul (dad)",
            "Dad (Paul)",
            "Imagina, father",
            "both parents",
            "the parents",
            "Mum and Dad",
        ] {
            assert!(means(text), "{text}");
        }
        for text in ["Father Green, priest", "Paul Fictley, police", "Parents’ evening desk", "School"] {
            assert!(!means(text), "{text}");
        }
    }

    #[test]
    fn nobody_is_kept_from_a_file_that_says_so_of_nobody() {
        assert!(!is_kept_from(&case(false), &[person("Dan Marlow")], "Dan Marlow"));
    }

    #[test]
    fn each_flag_refuses_its_person_and_never_social_care_or_the_police() {
        let people = [person("Dan Marlow")];
        let to = |kind, text| {
            let flag = Flag {
                id: FlagId(id(9)),
                person: PersonId(id(2)),
                kind,
                reason: String::new(),
                review: None,
            };
            may_receive(&case(false), &people, &[flag], Door::SignOff, text)
        };
        assert_eq!(to(FlagKind::ProtectedIdentity, "Dan Marlow"), Err(NotTo::NamesProtected));
        for kind in FlagKind::ALL {
            assert_eq!(
                to(kind, "MARLOW, dan").is_err(),
                kind.binds(Door::SignOff) == Bound::Refuse,
                "{kind:?}"
            );
            for act in ["Children’s social care (MASH)", "Police, 101", "Dan Fictley, duty social worker"] {
                assert_eq!(to(kind, act), Ok(()), "{kind:?}: {act}");
            }
        }
    }
}
