//! Whom a recipient may be, where it is too unsure to forbid anything: asked about, and never a stop.
//!
//! A slip in the name, the family as a whole, a number or an account that is somebody's: whoever writes down what was
//! shared knows at once which it is, and nobody else does. So it is a question to them, and no rule rests on it.

use crate::fold::folded_words;
use crate::home::shares_home;
use crate::protect::{
    is_address, is_at, is_family, is_reached_by, is_said_of_a_part, is_way_to_somebody, one_slip,
    parts_called,
};
use crate::receive::{is_named, plays};
use crate::{Case, Flag, FlagKind, Person, PersonId, Relationship, Route, forbids};

/// Letters of a name from which on one slip is noticed where nothing else of the name stands beside it.
const ALONE: usize = 5;
/// The same beside another word of the name.
const BESIDE: usize = 4;

/// The flag that would forbid that something reaches whom a name and a post may mean, were it they. What is sure is
/// for [`crate::forbidden_to_reach`] to say.
#[must_use]
pub fn may_be_forbidden(
    (case, people, ties, flags): (&Case, &[Person], &[Relationship], &[Flag]),
    (name, post): (&str, &str),
    route: Option<Route>,
) -> Option<FlagKind> {
    let around: (Vec<&Person>, Vec<&Relationship>) = (people.iter().collect(), ties.iter().collect());
    let binding =
        flags.iter().filter(|flag| flag.kind != FlagKind::ProtectedIdentity && forbids(flag.kind, route));
    let mut asked = binding.filter(|flag| {
        let bound = |one: &&Person| {
            one.id == flag.person
                || flag.kind.binds_the_home()
                    && shares_home(flag.person, &around.0, &around.1).contains(&one.id)
        };
        let bound: Vec<&Person> = people.iter().filter(bound).collect();
        // Who bears the same surname and is told by name is meant, and not the one like them.
        let another = |text: &str| {
            let others = people.iter().filter(|one| bound.iter().all(|bound| bound.id != one.id));
            others.into_iter().any(|one| is_named(one, text))
        };
        bound.iter().any(|person| {
            [name, post].into_iter().any(|text| {
                is_reached_by(person, text)
                    || route == Some(Route::Post) && is_at(&person.address, text)
                    || pieces(text).any(|piece| {
                        is_nearly_named(person, piece) && !another(piece)
                            || is_called(case.child, person, (people, ties), piece)
                    })
            })
        })
    });
    asked.next().map(|flag| flag.kind)
}

/// A text, and what stands between its commas and brackets: *Paul Imagna, his dad*.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    std::iter::once(text)
        .chain(text.split([',', ';', ':', '(', ')', '/', '\n', '\u{2013}', '\u{2014}']))
        .filter(|piece| !piece.trim().is_empty())
}

/// Whether every word of a piece is a word of the name, but for a slip, a plural or all but its first letter, and what
/// is said around it.
fn is_nearly_named(person: &Person, piece: &str) -> bool {
    let around = |word: &String| is_address(word) || is_said_of_a_part(word) || is_family(word);
    let words: Vec<String> = folded_words(piece).map(|word| in_latin(&word)).filter(|w| !around(w)).collect();
    std::iter::once(&person.name).chain(&person.also_known_as).any(|name| {
        let parts: Vec<String> = folded_words(name).filter(|word| !is_address(word)).collect();
        let least = if words.len() > 1 { BESIDE } else { ALONE };
        let like = |word: &String| parts.iter().any(|part| is_like(word, &in_latin(part), least));
        let initial = |word: &String| {
            word.chars().count() == 1 && parts.iter().any(|part| in_latin(part).starts_with(word.as_str()))
        };
        words.iter().any(like) && words.iter().all(|word| like(word) || initial(word))
    })
}

fn is_like(word: &str, part: &str, least: usize) -> bool {
    let plural = ["s", "es"].into_iter().filter_map(|ending| word.strip_suffix(ending));
    std::iter::once(word)
        .chain(plural)
        .any(|word| word == part || part.chars().count() >= least && one_slip(part, word))
}

/// Whether a piece speaks of the whole family, or of a way to somebody by the part they play: *dad's phone*.
fn is_called(
    child: PersonId,
    person: &Person,
    (people, ties): (&[Person], &[Relationship]),
    piece: &str,
) -> bool {
    let childs: Vec<String> = people
        .iter()
        .filter(|one| one.id == child)
        .flat_map(|one| folded_words(&one.name).collect::<Vec<_>>())
        .flat_map(|word| [format!("{word}s"), word])
        .collect();
    let words: Vec<String> = folded_words(piece).collect();
    let part = |word: &str| -> Vec<&'static str> {
        // *Dad's* is folded to *dads*.
        let owned = word.strip_suffix('s').unwrap_or(word);
        let mut parts: Vec<&'static str> = parts_called(word).collect();
        parts.extend(parts_called(owned));
        parts
    };
    let said = |word: &String| {
        is_said_of_a_part(word)
            || is_way_to_somebody(word)
            || is_family(word)
            || childs.contains(word)
            || word.bytes().all(|byte| byte.is_ascii_digit())
            || !part(word).is_empty()
    };
    if person.id == child || !words.iter().all(said) {
        return false;
    }
    let parts: Vec<&str> = words.iter().flat_map(|word| part(word)).collect();
    let of_family = person.role == crate::PersonRole::Parent
        || ties.iter().any(|tie| tie.from == person.id && tie.to == child);
    plays(child, person, ties, &parts) || of_family && words.iter().any(|word| is_family(word))
}

/// A folded word in the Latin letters that its own letters look like: a name that was copied from a page may hold
/// letters of another alphabet that nobody sees.
fn in_latin(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            '\u{430}' | '\u{3b1}' => 'a',
            '\u{432}' | '\u{3b2}' => 'b',
            '\u{441}' | '\u{3f2}' => 'c',
            '\u{501}' => 'd',
            '\u{435}' | '\u{3b5}' => 'e',
            '\u{43d}' | '\u{4bb}' => 'h',
            '\u{456}' | '\u{3b9}' => 'i',
            '\u{458}' => 'j',
            '\u{43a}' | '\u{3ba}' => 'k',
            '\u{43c}' => 'm',
            '\u{3bd}' => 'n',
            '\u{43e}' | '\u{3bf}' => 'o',
            '\u{440}' | '\u{3c1}' => 'p',
            '\u{51b}' => 'q',
            '\u{455}' => 's',
            '\u{442}' | '\u{3c4}' => 't',
            '\u{51d}' => 'w',
            '\u{445}' | '\u{3c7}' => 'x',
            '\u{443}' | '\u{3c5}' => 'y',
            '\u{3b6}' => 'z',
            other => other,
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{CaseId, FlagId, Nation, PersonRole, forbidden_to_reach};

    fn id(n: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(n)
    }

    struct File {
        case: Case,
        people: Vec<Person>,
        flags: Vec<Flag>,
    }

    /// Paul Imagina, father of Ayla Sampleton, under a flag.
    fn file(kind: FlagKind) -> File {
        let mut father = Person::named(PersonId(id(5)), "Paul Imagina".into(), PersonRole::Parent);
        father.phone = "07700 900123".into();
        father.address = "5 Pine Way, Fablewell".into();
        let mother = Person::named(PersonId(id(6)), "Paula Sampleton".into(), PersonRole::Parent);
        let child = Person::named(PersonId(id(3)), "Ayla Sampleton".into(), PersonRole::Child);
        let flag =
            Flag { id: FlagId(id(9)), person: PersonId(id(5)), kind, reason: String::new(), review: None };
        let case = Case::family(CaseId(id(1)), PersonId(id(3)), Nation::England);
        File { case, people: vec![child, father, mother], flags: vec![flag] }
    }

    impl File {
        fn asks(&self, name: &str, post: &str, route: Route) -> bool {
            let around = (&self.case, self.people.as_slice(), [].as_slice(), self.flags.as_slice());
            may_be_forbidden(around, (name, post), Some(route)).is_some()
        }

        fn stops(&self, name: &str, route: Route) -> bool {
            let around = (&self.case, self.people.as_slice(), [].as_slice(), self.flags.as_slice());
            forbidden_to_reach(around, (name, ""), Some(route)).is_some()
        }
    }

    #[test]
    fn whoever_must_not_be_told_is_asked_about_under_every_other_name_and_nobody_is_stopped_by_it() {
        let file = file(FlagKind::DoNotTell);
        for text in [
            "Paul Imagna",
            "Pual Imagina",
            "Mr Imaginna",
            "Mr and Mrs Imagina",
            "The Imaginas",
            "the Imagina family",
            "the family",
            "Ayla’s family",
            "Paul I.",
            "Paul I",
            "dad's phone",
            "Dad’s mobile",
            "dad's new number 07700 900999",
            "07700 900123",
            "+44 7700 900 123",
            "text to 07700900123",
            "pimagina@example.org",
            "paul.imagina@example.org",
            "P\u{430}ul Im\u{430}gin\u{430}",
            "\u{420}aul Imagina",
            "Paul Imagna, father of Ayla",
        ] {
            assert!(file.asks(text, "", Route::SecureEmail), "{text}");
        }
        assert!(file.asks("Reception", "Paul Imagna", Route::Telephone), "in the post as well");
        for text in ["Paul Imagna", "The Imaginas", "the family", "07700 900123", "pimagina@example.org"] {
            assert!(!file.stops(text, Route::SecureEmail), "a question alone: {text}");
        }
        for text in [
            "",
            "Police, 101",
            "Children’s social care (MASH)",
            "Family Support team, Fablewell",
            "Family court",
            "Paul Fictley, police",
            "PC Imagina Smith",
            "Paula Sampleton",
            "Ms Sampleton",
            "Fablewell Primary School",
            "01632 960000",
            "duty@example.org",
            "GP",
            "5 Pine Way surgery",
        ] {
            assert!(!file.asks(text, "", Route::Telephone), "{text}");
        }
        assert!(
            !self::file(FlagKind::WorkerSafety).asks("Paul Imagna", "", Route::Post),
            "nothing is forbidden"
        );
    }

    #[test]
    fn a_letter_to_the_occupier_is_a_letter_to_whoever_must_not_be_posted_to() {
        let file = file(FlagKind::DoNotPost);
        for text in ["The Occupier, 5 Pine Way", "The Occupier 5 Pine Way", "5 Pine Way, Fablewell"] {
            assert!(file.stops(text, Route::Post), "{text}");
            assert!(!file.stops(text, Route::Telephone), "another way: {text}");
        }
        for text in
            ["The Occupier, 7 Pine Way", "The Occupier, 5 Pine Way, Mockford", "School, 5 Elm Row", ""]
        {
            assert!(!file.stops(text, Route::Post), "{text}");
        }
        let told = self::file(FlagKind::DoNotTell);
        assert!(told.asks("The Occupier, 5 Pine Way", "", Route::Post), "asked, where others may live there");
        assert!(!told.stops("The Occupier, 5 Pine Way", Route::Post));
    }
}
