//! What stands between the parts of a number or a name, names of accounts, and names that are not shown any more.

use super::forms::{JO, hidden_at, jo};
use super::*;

#[test]
fn a_number_is_found_however_its_groups_are_parted_and_by_its_end() {
    let jo = Person { phone: "07700 900123".into(), ..jo("") };
    let protection = Family::with(jo, vec![]).protection();
    for text in [
        "07700_900123",
        "07700,900,123",
        "07700*900123",
        "07700, 900123",
        "07700: 900 123",
        "a number that ends in 900123",
    ] {
        assert!(protection.names_protected(text), "{text}");
        assert!(!protection.scrub(text).contains("900"), "{text}");
    }
    for text in ["07700_900124", "1900123", "900,1234", "900 124"] {
        assert!(!protection.names_protected(text), "{text}");
    }
    let town = Person { phone: "0131 496 0123".into(), ..person(2, "Jo Quillfeather", PersonRole::Carer) };
    let protection = Family::with(town, vec![]).protection();
    assert!(protection.names_protected("room 12, 496 0123"), "a comma does not make it another number");
}

#[test]
fn a_post_office_box_is_found_with_and_without_full_stops() {
    for address in ["PO Box 12, Fablewell", "P.O. Box 12, Fablewell", "P O Box 12\nFablewell"] {
        let protection = hidden_at(address);
        for text in ["write to P.O. Box 12", "write to PO Box 12", "po box 12", "P O Box 12"] {
            assert!(protection.names_protected(text), "{address:?}: {text}");
        }
        assert!(!protection.names_protected("PO Box 13"), "another box");
    }
}

#[test]
fn a_name_is_found_on_both_sides_of_a_mark_of_a_page() {
    let protection = hidden_at("");
    for text in [
        "Quill<br>feather",
        "Jo<br/>Quillfeather",
        "<b>Quill</b>feather",
        "Quill<BR />feather",
        "<Quillfeather>",
        "x <jo> y",
    ] {
        assert!(protection.names_protected(text), "{text}");
        assert!(!protection.scrub(text).to_lowercase().contains("feather"), "{text}");
    }
    assert!(!protection.names_protected("Line one<br>line two"));
}

#[test]
fn the_name_of_an_account_without_its_sign_is_asked_about_and_not_cut() {
    let protection = hidden_at("");
    let asked = |text: &str| -> Vec<(String, LeftoverKind)> {
        let mut found = Leftovers::default();
        protection.look_over(&protection.scrub(text), &mut found);
        found.groups().map(|one| (one.shown.clone(), one.like)).collect()
    };
    for (text, shown) in [
        ("insta: joquill99", "joquill99"),
        ("She is joquill99 there", "joquill99"),
        ("IG quilljo", "quilljo"),
        ("snapchat jquill", "jquill"),
        ("j_quill", "j_quill"),
        ("username \"quil.j\"", "quil.j"),
    ] {
        assert_eq!(asked(text), [(shown.to_owned(), LeftoverKind::Account)], "{text}");
    }
    for text in
        ["room12", "covid19", "mar_2024", "IMG_2041", "insta: someone99", "the joquil line", "A1 form_b"]
    {
        assert!(asked(text).iter().all(|(_, like)| *like != LeftoverKind::Account), "{text}");
    }
    let mut family = Family::with(jo(""), vec![]);
    let answer = |means| LeftoverAnswer { person: PersonId(id(2)), form: "joquill99".into(), means };
    family.answers = vec![answer(LeftoverMeans::Them)];
    assert_eq!(
        family.protection().scrub("insta: joquill99."),
        format!("insta: {JO}."),
        "hidden once it is said"
    );
    family.answers = vec![answer(LeftoverMeans::NotThem)];
    let mut found = Leftovers::default();
    family.protection().look_over("insta: joquill99", &mut found);
    assert!(found.is_empty(), "and not asked again");
}

#[test]
fn an_earlier_name_that_is_never_shown_is_asked_about_though_nobody_is_protected() {
    let mut max = person(3, "Max Sampleton", PersonRole::Child);
    max.care.earlier_names = vec!["Grace Sampleton".into(), "Merrily".into()];
    let mut family = Family::with(max, vec![person(4, "Ann Fictley", PersonRole::Parent)]);
    family.flags.clear();
    let protection = family.protection();
    let asked = |protection: &Protection, text: &str| -> Vec<(String, LeftoverKind)> {
        let mut found = Leftovers::default();
        protection.look_over(&protection.scrub(text), &mut found);
        found.groups().map(|one| (one.form.clone(), one.like)).collect()
    };
    for (text, form) in [
        ("Nan called him Grace again", "grace"),
        ("Grace Sampleton came", "grace"),
        ("MERRILY’s school", "merrily"),
    ] {
        assert_eq!(asked(&protection, text), [(form.to_owned(), LeftoverKind::Earlier)], "{text}");
        assert_eq!(protection.scrub(text), text, "nothing is cut before it is answered");
    }
    for text in ["Max Sampleton came", "with good grace", "Ann Fictley", "merrily they went"] {
        assert_eq!(asked(&protection, text), [], "{text}");
    }
    assert_eq!(protection.people().count(), 0, "nobody is protected");
    assert!(!protection.names_protected("Max Sampleton"));
    family.answers =
        vec![LeftoverAnswer { person: PersonId(id(3)), form: "grace".into(), means: LeftoverMeans::Them }];
    let protection = family.protection();
    assert_eq!(protection.scrub("Nan called him Grace again"), "Nan called him [Max Sampleton] again");
    assert_eq!(asked(&protection, "Nan called him Grace again"), []);
}
