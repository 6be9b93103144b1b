#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::{Birth, FlagId, Identifier, IdentifierKind, LeftoverKind, RelationshipId};

mod forms;
mod parted;

fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

/// The words of the catalogue that the papers use.
pub(crate) fn called() -> Called {
    let words = include_str!("../../../../../assets/templates/words.en.json");
    let mut words: serde_json::Value = serde_json::from_str(words).unwrap();
    serde_json::from_value(words["called"].take()).unwrap()
}

const LABEL: &str = "[Protected person 1, carer]";

fn person(n: u128, name: &str, role: PersonRole) -> Person {
    Person::named(PersonId(id(n)), name.to_owned(), role)
}

/// Mrs Zoë Madeup, who is protected.
fn zoe() -> Person {
    Person {
        birth: Birth::Unknown,
        address: "Nosuch House, 27 Mock Terrace, Fablewell AB1 2CD".into(),
        phone: "01632 960201".into(),
        identifiers: vec![Identifier::of(IdentifierKind::NhsNumber, "9434765919".into())],
        ..person(2, "Mrs Zoë Madeup", PersonRole::Carer)
    }
}

struct Family {
    people: Vec<Person>,
    earlier: Vec<Person>,
    flags: Vec<Flag>,
    ties: Vec<Relationship>,
    agencies: Vec<&'static str>,
    answers: Vec<LeftoverAnswer>,
}

impl Family {
    fn with(protected: Person, open: Vec<Person>) -> Self {
        let flag = Flag {
            id: FlagId(id(90)),
            person: protected.id,
            kind: FlagKind::ProtectedIdentity,
            reason: String::new(),
            review: None,
        };
        let people = std::iter::once(protected).chain(open).collect();
        Self { people, earlier: vec![], flags: vec![flag], ties: vec![], agencies: vec![], answers: vec![] }
    }

    fn protection(&self) -> Protection {
        let circle = Circle {
            people: self.people.iter().collect(),
            earlier: self.earlier.iter().collect(),
            elsewhere: vec![],
            answers: self.answers.iter().collect(),
            flags: self.flags.iter().collect(),
            ties: self.ties.iter().collect(),
            open_names: vec!["Nia Exampleton"],
            agencies: self.agencies.clone(),
        };
        Protection::of(&circle, &called())
    }
}

fn named(name: &str) -> Protection {
    Family::with(person(2, name, PersonRole::Carer), vec![person(3, "Ayla Sampleton", PersonRole::Child)])
        .protection()
}

fn protection() -> Protection {
    let open = vec![
        person(3, "Ayla Sampleton", PersonRole::Child),
        person(4, "Mrs Fictley", PersonRole::Practitioner),
    ];
    Family::with(zoe(), open).protection()
}

#[test]
fn a_protected_person_is_found_however_they_are_written() {
    let protection = protection();
    for (text, expected) in [
        ("Zoe rang", "[] rang"),
        ("ZOË rang", "[] rang"),
        ("Zoe\u{308} rang", "[] rang"),
        ("Madeup, Zoë", "[]"),
        ("Zoë Madeup", "[]"),
        ("zoe madeup", "[]"),
        ("Mrs Madeup came", "[] came"),
        ("Mrs. Z. Madeup came", "[] came"),
        ("Z Madeup came", "[] came"),
        ("Zoë M. came", "[]. came"),
        ("Z.M. came", "[]. came"),
        ("Zoe's door", "[]'s door"),
        ("Zoë’s door", "[]’s door"),
        ("the Madeups", "the []"),
        ("Zoe'll come", "[]'ll come"),
        ("ZoëMadeup", "[]"),
        ("Zoë\u{a0}Madeup", "[]"),
        ("Zo\u{ad}ë Made\u{200b}up", "[]"),
        ("Made-\nup came", "[] came"),
        ("Zoë\nMadeup", "[]"),
        ("zoe.madeup@example.org.", "[]."),
        ("Write to zoemadeup82@example.org, please", "Write to [], please"),
        ("Ring 01632960201", "Ring []"),
        ("Ring +44 1632 960201.", "Ring +[]."),
        ("Ring +44 (0)1632 960-201", "Ring +[]"),
        ("Ring 0044 1632 960201", "Ring []"),
        ("Ring 1632 960201", "Ring []"),
        ("Ring 01632-960-201 or not", "Ring [] or not"),
        ("Ring 960201 here", "Ring [] here"),
        ("NHS 943 476 5919", "NHS []"),
        ("NHS 943-476-5919", "NHS []"),
        ("lives at Nosuch House", "lives at []"),
        ("lives at nosuch house", "lives at []"),
        ("at 27 Mock Terrace now", "at [] now"),
        ("at 27 Mock Terr. now", "at []. now"),
        ("in Mock Terrace", "in []"),
        ("at 29 mock terrace", "at []"),
        ("at 27 Mock", "at []"),
        ("AB12CD", "[]"),
        ("ab1 2cd", "[]"),
        ("near Fablewell", "near Fablewell"),
        ("Mrs Fictley at school", "Mrs Fictley at school"),
        ("made up a story", "made up a story"),
        ("zoetrope, Madeupham", "zoetrope, Madeupham"),
        ("01632 960202", "01632 960202"),
    ] {
        assert_eq!(protection.scrub(text), expected.replace("[]", LABEL), "{text:?}");
    }
}

#[test]
fn letters_that_do_not_come_apart_and_other_scripts_are_found() {
    for (name, texts) in [
        ("Łucja Żmijewska", vec!["Lucja came", "ŁUCJA came", "Zmijewska", "Lucja Zmijewska"]),
        ("Søren Groß", vec!["Soren", "Gross", "GROSS, Søren", "Soeren"]),
        ("Jürgen Müller", vec!["Mueller", "Muller", "Juergen"]),
        ("Siân O'Dreamwell", vec!["ODreamwell", "O’Dreamwell", "O Dreamwell", "Sian", "sian odreamwell"]),
        ("王小明", vec!["我看见王小明在学校", "小明"]),
        ("محمد الخيالي", vec!["جاء محمد", "ومحمد"]),
        ("김민수", vec!["김민수가", "민수"]),
        ("Anne-Marie Fictwell", vec!["Anne Marie", "AnneMarie", "anne-marie", "Marie"]),
        ("Jo Quill-Feather", vec!["Quill", "Feather's", "Quill Feather", "Jo Feather"]),
        ("Ade van der Madeup", vec!["van der Madeup, Ade", "Ade Madeup", "Madeup"]),
        ("Bo Jones", vec!["Jones' car", "Mr Jones", "bo said"]),
        ("Nan", vec!["Nan came"]),
    ] {
        let protection = named(name);
        for text in texts {
            assert!(protection.names_protected(text), "{name}: {text}");
        }
    }
}

#[test]
fn an_ordinary_word_that_is_a_name_counts_with_a_capital_only() {
    let protection = named("Will Hope");
    for (text, found) in [
        ("Will rang", true),
        ("WILL RANG", true),
        ("Mr Hope rang", true),
        ("she will come in hope", false),
        ("she will hope", false),
        ("We will. Hopeful.", false),
        ("Will Hope", true),
    ] {
        assert_eq!(protection.names_protected(text), found, "{text}");
    }
    let may = named("May Madeup");
    assert!(may.names_protected("May said so"));
    for text in ["in May 2026", "on 3 May", "on 3rd May", "it may be"] {
        assert!(!may.names_protected(text), "{text}");
    }
    let don = named("Don Madeup");
    assert!(!don.names_protected("Don't go"));
    assert!(don.names_protected("Don's car"));
}

#[test]
fn the_recorded_name_of_somebody_else_is_never_changed() {
    let open = vec![
        person(3, "Áine D'Arcy-O'Néill", PersonRole::Child),
        person(4, "Tam O'Néill", PersonRole::Child),
        person(5, "Gráinne Fictley", PersonRole::Practitioner),
        person(6, "Gráinne's friend", PersonRole::OtherAdult),
    ];
    let protection = Family::with(person(2, "Gráinne O'Néill", PersonRole::Parent), open).protection();
    let label = "[Protected person 1, parent]";
    for (text, expected) in [
        ("Áine D'Arcy-O'Néill", "Áine D'Arcy-O'Néill"),
        ("aine d’arcy-oneill", "aine d’arcy-oneill"),
        ("O'Néill, Tam", "O'Néill, Tam"),
        ("Gráinne Fictley said", "Gráinne Fictley said"),
        ("Gráinne O'Néill said", "[] said"),
        ("ONeill, Grainne", "[]"),
        ("Mrs O’Neill came", "[] came"),
        ("Tam O'Néill, Gráinne O'Néill", "Tam O'Néill, []"),
        ("Nia Exampleton", "Nia Exampleton"),
    ] {
        assert_eq!(protection.scrub(text), expected.replace("[]", label), "{text}");
    }
    let mut town = Family::with(person(2, "Zoë Fablewell", PersonRole::Carer), vec![]);
    town.agencies = vec!["Fablewell Front Door"];
    assert_eq!(town.protection().scrub("Ring the Fablewell Front Door"), "Ring the Fablewell Front Door");
    assert!(town.protection().names_protected("Fablewell came"));
}

#[test]
fn two_protected_people_of_one_surname_are_not_taken_for_each_other() {
    let mut family = Family::with(zoe(), vec![person(3, "Kit Madeup", PersonRole::Child)]);
    let other = Flag { id: FlagId(id(91)), person: PersonId(id(3)), ..family.flags[0].clone() };
    family.flags.push(other);
    let protection = family.protection();
    assert_eq!(protection.scrub("Kit Madeup"), "[Protected person 2, child]");
    assert_eq!(protection.scrub("the Madeups"), "the [A protected person]");
    assert_eq!(protection.scrub("Zoë Madeup"), LABEL);
}

#[test]
fn a_home_is_hidden_for_everybody_who_lives_there_and_a_neighbours_is_not() {
    let at = |n, name: &str, address: &str| Person {
        address: address.into(),
        ..person(n, name, PersonRole::Child)
    };
    let mut family = Family::with(
        Person {
            address: "14 Larch Road Fablewell FB1 2CD".into(),
            ..person(2, "Jo Quillfeather", PersonRole::Carer)
        },
        vec![
            at(3, "Ayla Sampleton", "Flat 2, 14 Larch Road"),
            at(4, "Tam Sampleton", "14 larch road, Fablewell, FB1 2CD"),
            at(5, "Ned Fictley", "2 Larch Road, Fablewell"),
        ],
    );
    family.ties.push(Relationship {
        id: RelationshipId(id(80)),
        from: PersonId(id(3)),
        to: PersonId(id(2)),
        kind: crate::RelationshipKind::Contact,
        parental_responsibility: crate::ParentalResponsibility::NotKnown,
        same_home: Some(true),
        note: String::new(),
    });
    let protection = family.protection();
    for text in [
        "14 Larch Road",
        "on Larch Road",
        "14 Larch Rd",
        "14 larch road, fablewell",
        "FB1 2CD",
        "fb12cd",
        "fourteen Larch Road",
        "Flat 2",
    ] {
        assert!(protection.names_protected(text), "{text}");
    }
    assert_eq!(protection.scrub("2 Larch Road, Fablewell"), "2 Larch Road, Fablewell");
    assert!(protection.shares_home(PersonId(id(3))).is_some());
    assert!(protection.shares_home(PersonId(id(4))).is_some(), "the same address, tied or not");
    assert!(protection.shares_home(PersonId(id(5))).is_none());
    let named =
        Person { address: "Rosebank, Mill Lane, Fablewell".into(), ..person(2, "Jo", PersonRole::Carer) };
    let protection = Family::with(named, vec![]).protection();
    for text in ["Rosebank", "Rose Bank", "Mill Ln", "mill lane, fablewell"] {
        assert!(protection.names_protected(text), "{text}");
    }
    assert!(!protection.names_protected("a new lane"));
    let named = Person { address: "3 High Street, Fablewell".into(), ..person(2, "Jo", PersonRole::Carer) };
    let protection = Family::with(named, vec![]).protection();
    assert!(!protection.names_protected("on the high street"), "every town has one");
    assert!(protection.names_protected("at 3 high street") && protection.names_protected("in High Street"));
}

#[test]
fn a_name_or_home_that_was_changed_still_binds() {
    let mut family = Family::with(zoe(), vec![person(3, "Ayla Sampleton", PersonRole::Child)]);
    family.earlier = vec![Person {
        address: "88 Refuge Street, Hiddenham HD1 1HD".into(),
        phone: "07700 900123".into(),
        ..person(2, "Zoë Formerly", PersonRole::Carer)
    }];
    let protection = family.protection();
    for text in ["Ms Formerly", "88 Refuge Street", "HD1 1HD", "07700900123"] {
        assert!(protection.names_protected(text), "{text}");
    }
    family.people[1].address = "88 Refuge Street, Hiddenham HD1 1HD".into();
    let protection = family.protection();
    assert!(!protection.names_protected("88 Refuge Street"), "it is somebody else's home now");
    assert!(protection.names_protected("Ms Formerly"));
}

#[test]
fn what_a_person_is_called_is_no_name_and_a_lifted_flag_binds_nobody() {
    let protection = named("Person Carer");
    assert_eq!(protection.scrub("Person Carer and Carer"), format!("{LABEL} and {LABEL}"));
    assert_eq!(protection.scrub(LABEL), LABEL);
    let mut family = Family::with(zoe(), vec![]);
    family.flags.clear();
    assert!(family.protection().is_empty());
    assert_eq!(family.protection().scrub("Zoë Madeup"), "Zoë Madeup");
}

#[test]
fn json_is_freed_in_its_texts_and_read_in_its_keys() {
    let protection = protection();
    let mut value = serde_json::json!({"a": ["Zoe rang", 1], "b": {"c": "nothing"}});
    assert!(protection.scrub_value(&mut value));
    assert_eq!(value, serde_json::json!({"a": [format!("{LABEL} rang"), 1], "b": {"c": "nothing"}}));
    assert!(!protection.scrub_value(&mut value), "once is enough");
    for json in [r#"{"Zo\u00eb": 1}"#, r#"["z\u006fe"]"#, "[01", "[9434765919]"] {
        assert!(protection.names_protected_in_json(json), "{json}");
    }
    assert!(!protection.names_protected_in_json(r#"{"a": "nothing", "b": 2}"#));
    assert!(!Protection::default().names_protected_in_json("{"));
}

#[test]
fn a_debug_print_holds_no_name() {
    let printed = format!("{:?}", protection()).to_lowercase();
    assert!(!printed.contains("zo") && !printed.contains("madeup"), "{printed}");
}

/// Ways of writing a name that a person would still read as that name.
fn spelling() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "Zoë Madeup",
        "Zoe Madeup",
        "Madeup, Zoë",
        "madeup zoe",
        "Zoë",
        "Madeup",
        "Mrs Madeup",
        "Z. Madeup",
        "zoe-madeup",
        "ZOË MADEUP",
        "Zoë  Madeup",
        "Zoe's",
        "Madeups",
        "01632 960201",
        "+44 1632 960 201",
        "(01632) 960201",
        "943 476 5919",
        "27 Mock Terrace",
        "27 Mock Ter",
        "mock terrace",
        "Nosuch House",
        "AB1 2CD",
        "ab12cd",
        "zoe.madeup@example.com",
    ]);
    let invisible = prop::sample::select(vec!['\u{ad}', '\u{200b}', '\u{200d}', '\u{feff}', '\u{2060}']);
    (name, prop::collection::vec((0_usize..24, invisible), 0..4), any::<u8>()).prop_map(
        |(name, inserted, how)| {
            let mut signs: Vec<char> = match how % 3 {
                0 => unicode_normalization::UnicodeNormalization::nfd(name).collect(),
                1 => name.replace(' ', "\u{a0}").chars().collect(),
                _ => name.to_uppercase().chars().collect(),
            };
            for (at, sign) in inserted {
                let at = at % signs.len().max(1);
                signs.insert(at, sign);
            }
            signs.into_iter().collect()
        },
    )
}

proptest! {
    #[test]
    fn every_spelling_is_hidden_wherever_it_stands(
        spelling in spelling(), before in "[a-y ,;:!?(]{0,12}", after in "[a-y ,;:!?)]{0,12}",
    ) {
        let protection = protection();
        let text = format!("{before} {spelling} {after}");
        let scrubbed = protection.scrub(&text);
        prop_assert!(scrubbed.contains(LABEL), "{text:?} gave {scrubbed:?}");
        let left = crate::fold(&scrubbed);
        for telling in ["zoe", "madeup", "960201", "960 201", "4765919", "mock", "nosuch", "2cd"] {
            prop_assert!(!left.contains(telling), "{text:?} gave {scrubbed:?}");
        }
    }

    #[test]
    fn freeing_a_text_twice_is_freeing_it_once(text in "[a-zA-Z0-9 ,.'+@\u{200b}-]{0,40}", spelling in spelling()) {
        let protection = protection();
        let once = protection.scrub(&format!("{text} {spelling}{text}"));
        prop_assert_eq!(protection.scrub(&once), once);
    }

    #[test]
    fn a_text_that_names_nobody_comes_back_byte_for_byte(text in "\\PC{0,80}") {
        let protection = protection();
        let telling = ["zoe", "made", "mad-", "96", "943", "nosuch", "mock", "ab", "z"];
        prop_assume!(!telling.iter().any(|one| crate::fold(&text).contains(one)));
        prop_assert_eq!(protection.scrub(&text), text);
    }

    #[test]
    fn names_of_others_survive(
        first in "[A-Z][a-z]{2,8}", last in "[A-Z][a-z]{2,8}", shared in any::<bool>(), spelling in spelling(),
    ) {
        let last = if shared { "Madeup".to_owned() } else { last };
        let name = format!("{first} {last}");
        prop_assume!(!crate::fold(&name).contains("zoe") && first.as_str() != "Madeup");
        prop_assume!(!is_address(&crate::fold(&first)) && !is_address(&crate::fold(&last)));
        let protection = Family::with(zoe(), vec![person(3, &name, PersonRole::Child)]).protection();
        let scrubbed = protection.scrub(&format!("{name}; {spelling}; {name}"));
        prop_assert_eq!(scrubbed.matches(&name).count(), 2, "{}", scrubbed);
    }

    #[test]
    fn no_text_makes_it_panic(text: String, name: String, address: String) {
        let one = Person { phone: text.clone(), address, ..person(2, &name, PersonRole::Carer) };
        let protection = Family::with(one, vec![person(3, &text, PersonRole::Child)]).protection();
        let once = protection.scrub(&text);
        prop_assert_eq!(protection.scrub(&once), once);
    }
}
