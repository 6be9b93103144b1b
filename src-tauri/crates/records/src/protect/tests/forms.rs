//! One row for each form in which somebody was given away, in a bundle, a letter or another program.

use super::*;

pub(super) const JO: &str = "[Protected person 1, carer]";

pub(super) fn jo(address: &str) -> Person {
    Person { address: address.into(), ..person(2, "Jo Quillfeather", PersonRole::Carer) }
}

pub(super) fn hidden_at(address: &str) -> Protection {
    Family::with(jo(address), vec![person(3, "Ayla Sampleton", PersonRole::Child)]).protection()
}

#[test]
fn a_home_is_found_in_every_form_however_it_was_typed() {
    for address in [
        "14 Larch Road Fablewell FB1 2CD",
        "14 Larch Road, Fablewell, FB1 2CD",
        "14 Larch Road\nFablewell\nFB1 2CD",
        "14 Larch Road, Fablewell FB1 2CD",
        "14 larch rd fablewell fb12cd",
        "14, Larch Road, Fablewell, FB1 2CD",
    ] {
        let protection = hidden_at(address);
        for (text, expected) in [
            ("She lives at 14 Larch Road;", "She lives at [];"),
            ("on Larch Road;", "on [];"),
            ("at 14 Larch Rd;", "at [];"),
            ("on Larch Rd.", "on []."),
            ("fourteen Larch Road;", "[];"),
            ("Fourteen, Larch Road", "[]"),
            ("number 14 Larch Road", "number []"),
            ("twenty-seven Larch Road", "[]"),
            ("a hundred and four Larch Road", "a []"),
            ("14a Larch Road", "[]"),
            ("Flat 3, 14 Larch Road", "Flat 3, []"),
            ("14 Larch", "[]"),
            ("14, Larch Road", "[]"),
            ("postcode FB1 2CD, FB12CD.", "postcode [], []."),
            ("FB1-2CD", "[]"),
            ("FB1\u{a0}2CD", "[]"),
            ("fb1 2cd", "[]"),
            ("FB1 2", "[] 2"),
            ("a school in FB1 9ZZ", "a school in FB1 9ZZ"),
            ("FB12 3CD", "FB12 3CD"),
            ("in FB1", "in []"),
            ("FB1.", "[]."),
            ("fb1 area", "[] area"),
            ("a larch in the road", "a larch in the road"),
            ("the road", "the road"),
        ] {
            assert_eq!(protection.scrub(text), expected.replace("[]", JO), "{address:?}: {text:?}");
        }
    }
}

#[test]
fn a_street_is_found_whether_or_not_its_name_says_that_it_is_one() {
    for (address, texts) in [
        (
            "12 Heol y Bont, Treffablwell, LL99 9ZZ",
            vec!["12 Heol y Bont", "on Heol y Bont", "heol y bont", "14 Heol y Bont"],
        ),
        ("3 Stryd Fawr\nTreffablwell", vec!["in Stryd Fawr", "3 stryd fawr"]),
        ("7 The Larches, Fablewell", vec!["in The Larches", "at the Larches", "9 The Larches"]),
        ("Flat 2, 5 Mockway, Fablewell", vec!["along Mockway", "5 mockway", "MOCKWAY"]),
    ] {
        let protection = hidden_at(address);
        for text in texts {
            assert!(protection.names_protected(text), "{address:?}: {text:?}");
        }
    }
    let protection = hidden_at("7 The Larches, Fablewell");
    assert!(!protection.names_protected("larches grow there"), "a word like any other");
    assert!(!hidden_at("7 The Church, Fablewell").names_protected("He goes to Church"));
    assert!(!hidden_at("Flat 2, Rosebank").names_protected("the flat"));
}

#[test]
fn a_houses_name_is_found_apart_and_in_one() {
    for address in [
        "Rosebank, Mill Lane",
        "Rose Bank, Mill Ln",
        "Rosebank Mill Lane",
        "Rosebank\nMill Lane",
        "The Rosebank, Mill Lane, Fablewell",
    ] {
        let protection = hidden_at(address);
        for text in ["Rosebank", "Rose Bank", "rose-bank", "ROSEBANK", "Mill Lane", "Mill Ln", "mill ln."] {
            assert!(protection.names_protected(text), "{text:?}");
        }
    }
}

#[test]
fn a_home_typed_with_its_town_in_one_piece_is_taken_apart() {
    let protection = hidden_at("88 Refuge Street, Hiddenham HD1 1HD");
    for text in ["HD1 1HD", "HD11HD", "hd1", "88 Refuge St", "Refuge Street"] {
        assert!(protection.names_protected(text), "{text:?}");
    }
}

#[test]
fn a_name_is_found_in_every_form_that_people_type() {
    let protection = hidden_at("14 Larch Road, Fablewell, FB1 2CD");
    for (text, expected) in [
        ("the Quillfeathers", "the []"),
        ("the Quillfeather’s house", "the []’s house"),
        ("joquillfeather@example.org", "[]"),
        ("jo.quillfeather@example.org", "[]"),
        ("j.quillfeather@example.org", "[]"),
        ("jquillfeather@example.org", "[]"),
        ("quillfeatherjo@example.org", "[]"),
        ("jo_quillfeather_82@example.org!", "[]!"),
        ("quillfeather.j@example.org", "[]"),
        ("joq@example.org", "[]"),
        ("@JoQuill", "@[]"),
        ("@joquill said", "@[] said"),
        ("@jo_quill82 said", "@[] said"),
        ("@quillfeather", "@[]"),
        ("@JQuill", "@[]"),
        ("@jqfeather", "@jqfeather"),
        ("#joquillfeather", "#[]"),
        ("JoQuillfeather", "[]"),
        ("https://example.org/joquillfeather/x", "https://example.org/[]/x"),
        ("www.example.org/jo-quillfeather", "www.example.org/[]"),
        ("J.Q.", "[]."),
        ("J. Q.", "[]."),
        ("J.Q. came", "[]. came"),
        ("JQ said", "JQ said"),
        ("Quill-\nfeather", "[]"),
        ("Quill-\r\nfeather", "[]"),
        ("Quill- feather", "[]"),
        ("Quill\u{ad}feather", "[]"),
        ("Quill\u{200b}feather", "[]"),
        ("Quill\u{ad}\nfeather", "[]"),
        ("Q-u-i-l-l-f-e-a-t-h-e-r", "[]"),
        ("QUILLFEATHER", "[]"),
        ("Quillfeather, J.", "[]."),
        ("Jo's", "[]'s"),
        ("job", "job"),
        ("major quill", "major quill"),
    ] {
        assert_eq!(protection.scrub(text), expected.replace("[]", JO), "{text:?}");
    }
}

#[test]
fn names_of_other_alphabets_are_found_inside_a_sentence() {
    for (name, texts) in [
        ("Siân O'Dreamwell", vec!["ODreamwell", "O Dreamwell", "o'dreamwells"]),
        ("Łucja Żmijewska", vec!["Lucja", "LUCJA", "Zmijewska came"]),
        ("王小明", vec!["我看见王小明在学校", "小明", "the boy王小明here"]),
        ("محمد الهاشمي", vec!["ومحمد", "وﻣﺤﻤﺪ", "مُحَمَّد", "محـمد", "والهاشمي", "لمحمد"]),
        ("Þóra Ægisdóttir", vec!["Thora", "Aegisdottir"]),
        ("Дарья Выдумова", vec!["дарья", "ВЫДУМОВА"]),
        ("Işıl Örnek", vec!["Isil", "ISIL", "Ornek", "IŞIL"]),
        ("Đặng Thị Mộng", vec!["Dang Thi Mong", "Mong"]),
        ("Ἀλέξανδρος Φαντασίας", vec!["Αλεξανδρος", "ΦΑΝΤΑΣΙΑΣ"]),
        ("דוד כהן", vec!["ודוד", "לכהן"]),
    ] {
        let protection = named(name);
        for text in texts {
            assert!(protection.names_protected(text), "{text:?}");
        }
    }
}

#[test]
fn a_number_is_found_without_the_code_of_its_town_however_long_that_is() {
    for (phone, texts) in [
        ("01632 960201", vec!["960201", "960 201"]),
        ("0131 496 0123", vec!["496 0123", "4960123", "0131 4960123"]),
        ("0118 496 0123", vec!["496 0123"]),
        ("020 7946 0018", vec!["7946 0018"]),
        ("029 2018 0123", vec!["2018 0123"]),
    ] {
        let protection = Family::with(Person { phone: phone.into(), ..jo("") }, vec![]).protection();
        for text in texts {
            assert!(protection.names_protected(text), "{phone}: {text}");
        }
    }
}

#[test]
fn a_number_is_found_in_the_digits_of_any_script() {
    let zoe = Person {
        address: "14 Larch Road, Fablewell, FB1 2CD".into(),
        identifiers: vec![Identifier::of(IdentifierKind::NhsNumber, "9434765919".into())],
        phone: "٠٧٧٠٠ ٩٠٠١٢٣".into(),
        ..zoe()
    };
    let protection = Family::with(zoe, vec![]).protection();
    for (text, expected) in [
        ("رقمها ٠٧٧٠٠٩٠٠١٢٣", "رقمها []"),
        ("Ring 07700 900123", "Ring []"),
        ("Ring ۰۷۷۰۰ ۹۰۰۱۲۳", "Ring []"),
        ("NHS ९४३ ४७६ ५९१९", "NHS []"),
        ("at ١٤ Larch Road", "at []"),
        ("FB١ ٢CD", "[]"),
        ("٠٧٧٠٠٩٠٠١٢٤", "٠٧٧٠٠٩٠٠١٢٤"),
    ] {
        assert_eq!(protection.scrub(text), expected.replace("[]", JO), "{text:?}");
    }
}

/// What looks like a leftover in a text, by form: what makes it look so, and how often.
fn asked(protection: &Protection, text: &str) -> Vec<(String, LeftoverKind, u32)> {
    let mut found = Leftovers::default();
    protection.look_over(&protection.scrub(text), &mut found);
    found.groups().map(|one| (one.form.clone(), one.like, one.count)).collect()
}

#[test]
fn what_only_looks_like_somebody_stays_and_is_asked_about_once() {
    use LeftoverKind as L;
    let protection = hidden_at("14 Larch Road, Fablewell, FB1 2CD");
    for (text, form, like) in [
        ("Quilfeather came", "quilfeather", L::Spelling),
        ("the quillfaether house", "quillfaether", L::Spelling),
        ("Quillfeatherr’s", "quillfeatherr", L::Spelling),
        ("Quill\nfeather", "quillfeather", L::Spelling),
        ("Quill feather", "quillfeather", L::Spelling),
        ("Q u i l l f e a t h e r", "quillfeather", L::Spelling),
        ("JQ rang", "jq", L::Initials),
        ("a house near Fablewell", "fablewell", L::Town),
        ("she lives in Larhc Road", "larhc", L::Street),
        ("at number 14 on Larchh", "larchh", L::Street),
        ("it ends 2CD", "2cd", L::Postcode),
    ] {
        assert_eq!(protection.scrub(text), text, "it is not cut");
        assert_eq!(asked(&protection, text), [(form.to_owned(), like, 1)], "{text:?}");
    }
    assert_eq!(
        asked(&protection, "Quilfeather, QUILFEATHER; Quilfeather"),
        [("quilfeather".into(), L::Spelling, 3)]
    );
    for text in [
        "a quill, a feather",
        "Jo Quillfeather",
        "14 Larch Road",
        "Ayla Sampleton",
        "the Quillfeathers",
        "job",
    ] {
        assert_eq!(asked(&protection, text), [], "{text:?}");
    }
    for (name, text, form) in [
        ("Siân O'Dreamwell", "Dreamwell rang", "dreamwell"),
        ("Łucja Żmijewska", "to Lucji", "lucji"),
        ("Łucja Żmijewska", "o Żmijewskiej", "zmijewskiej"),
        ("Дарья Выдумова", "у Выдумовой", "выдумовои"),
        ("O", "then O came", "o"),
    ] {
        let asked = asked(&named(name), text);
        assert!(asked.iter().any(|(found, _, _)| found == form), "{name}: {text}: {asked:?}");
    }
}

#[test]
fn an_ordinary_word_is_untouched_in_a_sentence_and_asked_about_where_it_begins_one() {
    let protection = named("Will Hope");
    for text in ["she will come in hope", "We hope she will. Hopefully.", "free will"] {
        assert_eq!(protection.scrub(text), text);
        assert_eq!(asked(&protection, text), [], "{text}");
    }
    for (text, form) in [
        ("Will she come?", "will"),
        ("She left. Will she come?", "will"),
        ("Hope is all there is.", ""),
        ("- Hope for the best", "hope"),
        ("“Will you?”", "will"),
    ] {
        let asked = asked(&protection, text);
        if form.is_empty() {
            assert!(protection.names_protected(text), "{text}");
        } else {
            assert_eq!(protection.scrub(text), text);
            assert_eq!(asked, [(form.to_owned(), LeftoverKind::Word, 1)], "{text}");
        }
    }
    for text in
        ["Then Will came", "Will said so", "Will’s door", "Will", "Mr Hope", "WILL HOPE", "Will Hope came"]
    {
        assert!(protection.names_protected(text), "{text}");
    }
}

#[test]
fn an_answer_is_remembered_and_counts_everywhere() {
    let mut family =
        Family::with(jo("14 Larch Road, Fablewell"), vec![person(3, "Ayla Sampleton", PersonRole::Child)]);
    let answer = |form: &str, means| LeftoverAnswer { person: PersonId(id(2)), form: form.into(), means };
    family.answers = vec![
        answer("quilfeather", LeftoverMeans::Them),
        answer("fablewell", LeftoverMeans::NotThem),
        answer("jq", LeftoverMeans::Them),
    ];
    let protection = family.protection();
    let text = "Quilfeather’s in Fablewell; JQ";
    assert_eq!(protection.scrub(text), format!("{JO}’s in Fablewell; {JO}"));
    assert_eq!(asked(&protection, text), []);
    family.answers[0].means = LeftoverMeans::NotThem;
    assert_eq!(asked(&family.protection(), "Quilfeather"), [], "asked once");
    assert_eq!(family.protection().scrub("Quilfeather"), "Quilfeather");
    // Somebody else's name that is near is never asked about.
    let near = Family::with(jo(""), vec![person(3, "Ayla Quilfeather", PersonRole::Child)]).protection();
    assert_eq!(asked(&near, "Ayla Quilfeather, the Quilfeather girl"), []);
}

#[test]
fn somebody_protected_in_another_file_is_hidden_in_this_one_in_every_form_they_ever_had() {
    let wren = |name: &str, address: &str, phone: &str| Person {
        address: address.into(),
        phone: phone.into(),
        ..person(20, name, PersonRole::Parent)
    };
    let elsewhere = [
        wren("Wren Inventwood", "27 Mock Terrace, Fablewell", "01632 960201"),
        wren("Wren Newname", "88 Refuge Street, Hiddenham HD1 1HD", "07700 900123"),
    ];
    let child = person(3, "Ayla Sampleton", PersonRole::Child);
    let again = person(4, "Wren Inventwood", PersonRole::Parent);
    let other = Person {
        birth: Birth::Born { on: crate::Day("1950-01-01".parse().unwrap()) },
        ..person(5, "Dale Inventwood", PersonRole::OtherAdult)
    };
    let there =
        Person { address: "88 refuge st, Hiddenham".into(), ..person(6, "Kit Sampleton", PersonRole::Child) };
    let of = |people: Vec<&Person>| {
        let circle =
            Circle { people: people.clone(), elsewhere: elsewhere.iter().collect(), ..Circle::default() };
        Protection::of(&circle, &called())
    };
    let several = "[A protected person]";
    let protection = of(vec![&child, &other, &there]);
    for (text, expected) in [
        ("lives with Wren Inventwood at 27 Mock Terrace", "lives with [] at []"),
        ("Wren Newname, 88 Refuge St, HD1 1HD, 07700900123", "[], [], [], []"),
        ("Dale Inventwood came", "Dale Inventwood came"),
        ("Ayla Sampleton", "Ayla Sampleton"),
    ] {
        assert_eq!(protection.scrub(text), expected.replace("[]", several), "{text}");
    }
    assert!(protection.people().next().is_none(), "nobody of this file");
    assert!(!protection.is_empty());
    assert!(protection.shares_home(there.id).is_some(), "who lives there gives the home away");
    // The same person, recorded anew and not flagged here.
    let protection = of(vec![&child, &again]);
    assert_eq!(protection.scrub("Wren Inventwood"), several);
    assert_eq!(protection.label(again.id), Some("A protected person"));
}

#[test]
fn one_home_is_one_however_it_is_written_and_two_are_two() {
    for (one, other) in [
        ("2 Elm Row", "2 elm row, Fablewell"),
        ("2 Elm Row, Fablewell FB1 2CD", "2 Elm Row\nFB12CD"),
        ("2, Elm Row", "Two Elm Row"),
        ("14 Larch Road Fablewell FB1 2CD", "14 Larch Rd., Fablewell"),
        ("Flat 2, 14 Larch Road", "14 Larch Road"),
        ("Rosebank, Mill Lane", "Rosebank, Mill Ln"),
    ] {
        assert!(same_address(one, other) && same_address(other, one), "{one:?} is {other:?}");
    }
    for (one, other) in [
        ("", ""),
        ("2 Elm Row", "3 Elm Row"),
        ("2 Elm Row, Fablewell", "2 Elm Row, Mockton"),
        ("2 Elm Row FB1 2CD", "2 Elm Row FB2 2CD"),
        ("Flat 2, 14 Larch Road", "Flat 3, 14 Larch Road"),
        ("Flat 2, 14 Larch Road", "2 Larch Road"),
        ("Fablewell", "14 Larch Road, Fablewell"),
    ] {
        assert!(!same_address(one, other), "{one:?} is not {other:?}");
    }
}

proptest! {
    #[test]
    fn asking_changes_nothing_and_never_asks_of_what_was_freed(text in "[a-zA-Z ,.'@-]{0,60}") {
        let protection = hidden_at("14 Larch Road, Fablewell, FB1 2CD");
        let freed = protection.scrub(&format!("{text} Jo Quillfeather {text}"));
        let mut found = Leftovers::default();
        protection.look_over(&freed, &mut found);
        prop_assert!(found.groups().all(|one| !one.form.contains("protected")), "{:?}", found);
        let mut again = Leftovers::default();
        protection.look_over(&freed, &mut again);
        prop_assert_eq!(found, again);
    }
}

#[test]
fn an_address_that_cannot_be_taken_apart_is_known() {
    for whole in
        ["14 Larch Fablewell", "Rosebank near the mill Fablewell", "the blue narrowboat at Elm Wharf"]
    {
        assert!(address_stays_whole(whole), "{whole}");
    }
    for apart in [
        "",
        "Rosebank",
        "Rosebank Mill",
        "14 Larch Road Fablewell",
        "14 Larch, Fablewell",
        "Rosebank\nMill Lane\nFablewell",
        "Rosebank Fablewell FB1 2CD",
    ] {
        assert!(!address_stays_whole(apart), "{apart}");
    }
}
